"""Reads reports on a class: from JSON lines, as `grader grade --format json` prints, or from graded notebooks."""

from __future__ import annotations

import contextlib
import json
import re
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.course.catalogue import CourseError
from grader.course.course import Course
from grader.course.layout import STEP
from grader.course.notebook import MAX_NOTEBOOK_BYTES
from grader.judging.graded import Mark, mark_of
from grader.judging.report import RefusedReport, Report, SubmissionReport

AUTOGRADED, FEEDBACK = "autograded", "feedback"


@dataclass(frozen=True)
class Found:
    """A report, and where it comes from a graded notebook, that and all that it says of its grading."""

    report: Report
    notebook: Path | None = None
    mark: Mark | None = None


def gather(course: Course, files: Sequence[Path]) -> list[Found]:
    """The reports in these files of JSON lines; without any, those in the course's graded notebooks.

    Raises `CourseError` for a file that holds something else, and where there is no report at all.
    """
    found = [Found(report) for file in files for report in read_lines(file)] if files else list(_graded(course))
    if not found:
        where = ", ".join(map(str, files)) or f"{course.root / AUTOGRADED}/"
        raise CourseError(f"{where} holds no report: grade first, with grader grade … --gradebook URL, or name a file "
                          "that grader grade … --format json was written to")  # fmt: skip
    return found


def read_lines(file: Path) -> Iterator[Report]:
    """The reports of a file, one in each line that is not empty. Raises `CourseError`."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CourseError(f"{file} cannot be read ({why}): name a file of JSON lines") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _report(line, file, number)


def _report(line: str, file: Path, number: int) -> Report:
    try:
        return msgspec.json.decode(line, type=SubmissionReport)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        why = str(error)
    with contextlib.suppress(msgspec.DecodeError, UnicodeDecodeError):
        return msgspec.json.decode(line, type=RefusedReport)
    raise CourseError(f"{file}, line {number}, is no report of grader grade --format json ({why})")


def _graded(course: Course) -> Iterator[Found]:
    pattern = course.layout.structure.replace(STEP, AUTOGRADED).format(student_id="*", assignment_id="*")
    for path in sorted(course.root.glob(f"{pattern}/*.ipynb")):
        try:
            if path.stat().st_size > MAX_NOTEBOOK_BYTES:
                continue
            mark = mark_of(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            continue  # not one of ours
        if mark is not None:
            yield Found(mark.report, path, mark)


def shown_by(course: Course, one: Found) -> Path | None:
    """What shows a submission best: its feedback page, else the graded notebook."""
    if one.notebook is None:
        return None
    page = one.notebook.with_suffix(".html")
    parts = [FEEDBACK if part == AUTOGRADED else part for part in page.relative_to(course.root).parts]
    page = course.root.joinpath(*parts)
    return page if page.is_file() else one.notebook


def without_names(found: Sequence[Found]) -> list[Found]:
    """The same with numbers for names, in no order that tells, and without the notebooks."""
    whose = {one.report.who for one in found}
    numbers = {
        name: f"student {number}"
        for number, name in enumerate(secrets.SystemRandom().sample(sorted(whose), len(whose)), 1)
    }
    return [Found(_unnamed(one.report, numbers[one.report.who])) for one in found]


def _unnamed(report: Report, number: str) -> Report:
    def clean(text: str) -> str:
        text = text.replace(report.submission, number)
        return re.sub(rf"\b{re.escape(report.student)}\b", number, text) if report.student else text

    if isinstance(report, RefusedReport):
        return msgspec.structs.replace(report, student=number, submission=number, error=clean(report.error))
    notes = [clean(note) for note in report.notes]
    return msgspec.structs.replace(report, student=number, submission=number, notes=notes)
