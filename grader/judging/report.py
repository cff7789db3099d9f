"""The report on one submission: its types, and its sums."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from grader.checking.outcomes import CheckReport, Outcome

# The first of these that any check has is the exercise's outcome.
_WORST_FIRST: tuple[Outcome, ...] = ("error", "not_attempted", "crashed", "timed_out", "failed", "passed", "skipped")


class ExerciseReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """One exercise: its outcome, its sums, its checks.

    `replaced`: earlier exercises that the submission got wrong and for which the solution's version stood in here.
    """

    name: str
    outcome: Outcome
    score: float
    max_score: float
    checks: list[CheckReport]
    replaced: list[str] = []

    @classmethod
    def of(cls, name: str, checks: Sequence[CheckReport], replaced: Iterable[str] = ()) -> ExerciseReport:
        found = {check.outcome for check in checks}
        outcome = next(outcome for outcome in _WORST_FIRST if outcome in found)
        score, most = (round(sum(worth), 4) for worth in ([c.score for c in checks], [c.points for c in checks]))
        return cls(name, outcome, score, most, list(checks), sorted(replaced))


class SubmissionReport(msgspec.Struct, frozen=True):
    """What `grader grade --format json` prints for one submission, field by field."""

    assignment: str
    submission: str
    student: str | None
    seed: int
    device: str
    data: str
    sandbox: list[str]
    notes: list[str]
    score: float
    max_score: float
    seconds: float
    exercises: list[ExerciseReport]

    @property
    def who(self) -> str:
        """The student where the layout tells, else the submission as it was named."""
        return self.student or self.submission


class RefusedReport(msgspec.Struct, frozen=True):
    """The line of a submission that could not be graded; `error` says why in one sentence."""

    assignment: str | None
    submission: str
    student: str | None
    error: str

    @property
    def who(self) -> str:
        return self.student or self.submission


Report = SubmissionReport | RefusedReport


def decoded(line: bytes) -> Report:
    """A report from what msgspec has made of it. Raises `msgspec.MsgspecError` for anything else."""
    try:
        return msgspec.json.decode(line, type=SubmissionReport)
    except msgspec.ValidationError:
        return msgspec.json.decode(line, type=RefusedReport)


def pinned(exercises: Sequence[ExerciseReport], notes: Mapping[str, str]) -> list[ExerciseReport]:
    """The same reports, with the instructor's note on what failed: on a misconception, or else on its check."""
    return [
        msgspec.structs.replace(exercise, checks=[_pinned(check, notes) for check in exercise.checks])
        for exercise in exercises
    ]


def _pinned(check: CheckReport, notes: Mapping[str, str]) -> CheckReport:
    note = notes.get(check.misconception or "") or notes.get(check.name, "")
    if not note or check.outcome not in ("failed", "crashed", "timed_out"):
        return check
    return msgspec.structs.replace(check, pin=note)


def without_pictures(report: SubmissionReport) -> SubmissionReport:
    """The same report in words alone."""
    exercises = [
        msgspec.structs.replace(each, checks=[msgspec.structs.replace(check, picture="") for check in each.checks])
        for each in report.exercises
    ]
    return msgspec.structs.replace(report, exercises=exercises)


def as_json(report: Report) -> str:
    """One line of JSON, with the fields that other programs rely on; `replaced` is told in the notes."""
    fields = msgspec.to_builtins(report)
    for exercise in fields.get("exercises", []):
        exercise.pop("replaced", None)
        for check in exercise["checks"]:
            check.pop("picture", None)
    # In ASCII: whatever the encoding of the stream that it goes to, it can be written and read.
    return json.dumps(fields, separators=(",", ":"))
