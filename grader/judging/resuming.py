"""Grading that goes on where an earlier run was broken off: what the ledger has, under the same key, is not done again.

A key says all that a report depends on: whose submission it is, what was handed in, the assignment and its exercises,
the grader, the seed and the options.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable
from typing import Any

import msgspec

from grader.course.catalogue import CourseError
from grader.course.notebook import MAX_NOTEBOOK_BYTES
from grader.judging.batch import Setting, named
from grader.judging.beside import files_beside
from grader.judging.engine import engine
from grader.judging.graded import Graded, graded_by
from grader.judging.judge import Job
from grader.judging.ledger import Ledger, LedgerError, went_wrong
from grader.judging.report import Report, SubmissionReport
from grader.judging.seeds import course_secret


class Keys:
    """The keys of one run's submissions. Raises `NoSecret` where seeds are to be derived and cannot be."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        options = setting.options
        # A secret's own digest, from which it cannot be told: another secret, other inputs.
        seed = options.seed if options.seed is not None else hmac.digest(course_secret(), b"ledger", "sha256").hex()
        self._run = [engine(), seed, options.timeout, sorted(set(options.only)), options.training,
                     setting.slot.device, setting.confinement]  # fmt: skip
        self._assignments: dict[str, list[Any]] = {}

    def of(self, job: Job) -> str | None:
        """None where it cannot be read, or is of no assignment: then it is refused, which is quickly done."""
        try:
            assignment = named(job, self._setting.course, self._setting.options)
            with job.path.open("rb") as file:
                content = file.read(MAX_NOTEBOOK_BYTES + 1)
            beside = files_beside(job.path, assignment, self._setting.course)
            files = [[name, _digest(data)] for name, data in sorted(beside.files.items())]
            parts = [self._run, self._assignment(assignment), job.student, job.seed, job.notes,
                     _digest(content), files, beside.notes]  # fmt: skip
        except (OSError, CourseError):
            return None
        return _digest(msgspec.json.encode(parts))

    def _assignment(self, name: str) -> list[Any]:
        if name not in self._assignments:
            assignment = self._setting.course.assignment(name)
            exercises = [[each, graded_by(assignment, each)] for each in assignment.exercises]
            cells = [[cell.grade_id, cell.role, cell.source, cell.metadata] for cell in assignment.cells]
            data = [[key, self._setting.data[key].name, self._setting.data[key].notes]
                    for key in sorted(assignment.facts.data) if key in self._setting.data]  # fmt: skip
            texts = [sorted(assignment.released.items()), sorted(assignment.pins.items())]
            self._assignments[name] = [name, assignment.flavour, exercises, cells, data, texts]
        return self._assignments[name]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _place(job: Job) -> str:
    return os.path.abspath(job.path)


class Resuming:
    """One run with a ledger: `known` submissions need not be graded, `recorded` were so far.

    Raises `LedgerError` where the ledger lies where a student's code would be given it.
    """

    def __init__(self, ledger: Ledger, setting: Setting, work: Iterable[Job | Report]) -> None:
        self.ledger = ledger
        self.known = self.recorded = 0
        self._keys = Keys(setting)
        self._key: dict[Job, str | None] = {}
        folders = {job.path.parent.resolve() for job in work if isinstance(job, Job)}
        folders.add((setting.course.root / "solutions").resolve())
        if not folders.isdisjoint(ledger.path.resolve().parents):
            raise LedgerError(f"the ledger {ledger.path} would lie where students' code is given what lies there, "
                              "its seeds too: name a file elsewhere with --ledger")  # fmt: skip

    def plan(self, work: Iterable[Job | Report], again: bool) -> list[Job | Report]:
        """In the place of each that is in the ledger its report; with `again`, of none.

        What could not be graded is always tried again: it takes no time, and the reason may have passed.
        """
        planned: list[Job | Report] = []
        for item in work:
            known = self._known(item, again) if isinstance(item, Job) else None
            self.known += known is not None
            planned.append(item if known is None else known)
        return planned

    def _known(self, job: Job, again: bool) -> SubmissionReport | None:
        key = self._key[job] = self._keys.of(job)
        report = self.ledger.report(key) if key is not None and not again else None
        if not isinstance(report, SubmissionReport) or report.student != job.student:
            return None
        return msgspec.structs.replace(report, submission=job.given)

    def failed(self, work: Iterable[Job | Report]) -> list[Job | Report]:
        """Those that could not be graded the last time, or in which the grader erred; and what cannot be now."""
        chosen: list[Job | Report] = []
        for item in work:
            last = self.ledger.last(_place(item)) if isinstance(item, Job) else item
            if last is not None and went_wrong(last):
                chosen.append(item)
        return chosen

    def finished(self, job: Job, graded: Graded) -> None:
        """Keep what a submission came to, unless it has changed since: then it is not known what was graded."""
        key = self._keys.of(job)
        if job in self._key and key != self._key[job]:
            return
        unread = _digest(f"unread\0{_place(job)}".encode())
        self.recorded += self.ledger.record(key or unread, _place(job), graded.report)
