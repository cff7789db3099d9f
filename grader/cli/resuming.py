"""How `grader grade` goes on where it was broken off, and what it says of it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import msgspec

from grader.judging.batch import Setting, grade_all
from grader.judging.graded import Graded
from grader.judging.judge import Job
from grader.judging.ledger import Ledger, LedgerError, ledger_of
from grader.judging.report import Report, SubmissionReport
from grader.judging.resuming import Resuming

INTERRUPTED = 130  # as shells have it: 128 and the number of SIGINT


@contextlib.contextmanager
def resuming(
    path: Path | None, setting: Setting, work: Sequence[Job | Report], notes: list[str]
) -> Iterator[Resuming | None]:
    """A run with the ledger at `path`, or with the course's own; None, and a note, where that cannot be kept.

    What is to be said of the ledger in the end is added to `notes`. Raises `LedgerError` for one that was named.
    """
    try:
        ledger = Ledger(path or ledger_of(setting.course.root), named=path is not None)
    except LedgerError as error:
        if path is not None:
            raise
        notes.append(f"{error}; where this run is broken off, the next begins anew")
        yield None
        return
    with contextlib.closing(ledger):
        try:
            yield Resuming(ledger, setting, work)
        finally:
            notes += ledger.notes


def grade_planned(
    work: Sequence[Job | Report], setting: Setting, jobs: int, kept: Resuming | None
) -> Generator[Graded, None, None]:
    """As `grade_all`; what the plan has a report for is marked as unchanged."""
    graded = grade_all(work, setting, jobs, kept.finished) if kept is not None else grade_all(work, setting, jobs)
    with contextlib.closing(graded):
        for item, one in zip(work, graded, strict=True):
            yield replace(one, unchanged=isinstance(item, SubmissionReport))


def broken_off(kept: Resuming | None, total: int, gradebook: str | None) -> str:
    """What to say after Ctrl-C."""
    if gradebook is not None:
        return "broken off; what is in the gradebook is left alone, and the same command goes on from there"
    if kept is None:
        return "broken off; nothing of it is kept, since there is no ledger"
    done = kept.known + kept.recorded
    return (f"broken off after {done} of {total} submissions; the same command goes on from there, by the ledger "
            f"{kept.ledger.path}")  # fmt: skip


def what_was_known(kept: Resuming | None, done: int, failed: bool) -> Iterator[str]:
    """Notes on what was not graded, and why."""
    if failed and not done:
        yield "nothing went wrong the last time, and nothing was graded"
    elif failed:
        yield "only what went wrong the last time was graded (--failed)"
    if kept is not None and kept.known:
        whose = "it has" if done == 1 else f"{kept.known} of {done} submissions have"
        yield (f"{whose} not changed since an earlier run, and nothing was done: the ledger {kept.ledger.path} has "
               "what came of it; --again grades all the same")  # fmt: skip


@dataclass(frozen=True)
class Log:
    """A line of JSON on each submission, as it is reported: to be searched, and added to by the next run."""

    file: TextIO

    def add(self, graded: Graded) -> None:
        report = graded.report
        line: dict[str, Any] = {"time": datetime.now(UTC).isoformat(timespec="milliseconds")}
        fields = msgspec.structs.asdict(report)
        names = ("student", "assignment", "submission", "score", "max_score", "seconds", "error")
        line |= {name: fields[name] for name in names if name in fields}
        print(json.dumps({**line, "unchanged": graded.unchanged}), file=self.file, flush=True)
