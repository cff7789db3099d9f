"""Which submissions somebody should look at, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.judging.report import RefusedReport, Report, SubmissionReport

PASS_MARK = 0.5
# As far from the pass mark as one exercise is worth, on a notebook of ten.
NEAR = 0.05
# Notes on how grading went, which ask nobody to do anything.
_ROUTINE = re.compile(r" was graded with the solution's |^graded on the CPU|\(--no-training\)$|cannot be read, so ")


def reasons(report: Report, pass_mark: float = PASS_MARK) -> list[str]:
    """In plain words, the gravest first; none where nothing asks for a look."""
    if isinstance(report, RefusedReport):
        return [f"not graded: {report.error}"]
    notes = [note for note in report.notes if not _ROUTINE.search(note)]
    return [*_by_outcome(report), *_near(report, pass_mark), *notes]


def _by_outcome(report: SubmissionReport) -> Iterator[str]:
    told = {"error": "the grader failed at", "crashed": "crashed", "timed_out": "took too long"}
    for outcome, words in told.items():
        if some := [one.name for one in report.exercises if one.outcome == outcome]:
            yield f"{words}: {', '.join(some)}"
    written = [one for one in report.exercises if one.outcome != "not_attempted"]
    if not written:
        yield "nothing is written yet"
    elif missing := [one.name for one in report.exercises if one.outcome == "not_attempted"]:
        yield f"not written: {', '.join(missing)}"


def _near(report: SubmissionReport, pass_mark: float) -> Iterator[str]:
    share = report.score / report.max_score if report.max_score else 1.0
    if abs(share - pass_mark) <= NEAR:
        yield f"near the pass mark: {share:.0%}"
