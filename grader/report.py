"""The report on one submission: its types, and its sums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

Outcome = Literal["passed", "failed", "not_attempted", "crashed", "timed_out", "skipped", "error"]

# How the last line of a check's message begins where the misconception is known.
DIAGNOSIS = "\n  This is what you get when "

# The first of these that any check has is the exercise's outcome.
_WORST_FIRST: tuple[Outcome, ...] = ("error", "not_attempted", "crashed", "timed_out", "failed", "passed", "skipped")
# A check that could not be tried, or that the grader itself broke on, costs the student nothing.
_KEEPS_POINTS: tuple[Outcome, ...] = ("passed", "skipped", "error")


class CheckReport(msgspec.Struct, frozen=True):
    """One check's outcome; `points` is what it is worth, `misconception` the name of the diagnosis, if any."""

    name: str
    title: str
    outcome: Outcome
    hidden: bool
    points: float
    message: str = ""
    hint: str = ""
    misconception: str | None = None

    @property
    def score(self) -> float:
        return self.points if self.outcome in _KEEPS_POINTS else 0.0


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
        score = sum(check.score for check in checks)
        return cls(name, outcome, score, sum(check.points for check in checks), list(checks), sorted(replaced))


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


class RefusedReport(msgspec.Struct, frozen=True):
    """The line of a submission that could not be graded; `error` says why in one sentence."""

    assignment: str | None
    submission: str
    student: str | None
    error: str


Report = SubmissionReport | RefusedReport


def as_json(report: Report) -> str:
    """One line of JSON, with the fields that other programs rely on; `replaced` is told in the notes."""
    fields = msgspec.to_builtins(report)
    for exercise in fields.get("exercises", []):
        exercise.pop("replaced", None)
    return msgspec.json.encode(fields).decode()
