"""How a check can end: with which outcome, by which exception, and what is reported of it."""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.diagnosis.misconception import Misconception

Outcome = Literal["passed", "failed", "not_attempted", "crashed", "timed_out", "skipped", "error"]

# How the last line of a check's message begins where the misconception is known.
DIAGNOSIS = "\n  This is what you get when "

# A check that could not be tried, or that the grader itself broke on, costs the student nothing.
_KEEPS_POINTS: tuple[Outcome, ...] = ("passed", "skipped", "error")


class CheckFailed(Exception):
    """The student's result is not right; the message is for the student.

    `hint` stands in for the check's own, where that would lead astray. `picture` is what the student has drawn, or the
    numbers that came beside those that were expected, as a PNG.
    """

    def __init__(
        self, message: str, misconception: Misconception | None = None, hint: str | None = None, picture: bytes = b""
    ) -> None:
        super().__init__(message)
        self.misconception = misconception
        self.hint = hint
        self.picture = picture


class NotAttempted(Exception):
    """The stub is still there."""


class CannotTry(Exception):
    """The property cannot be tried here, through no fault of the student's; the points are kept."""


class Crashed(Exception):
    """The submission's process ended in this check; the message is for the student."""


class TimedOut(Exception):
    """The exercise has used up its time."""


class AskAgain(Exception):
    """What a check has asked for so far went without something that is there now: the check begins anew."""


class GraderFault(Exception):
    """Something of the grader's own failed; never the student's loss."""


OUTCOMES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (CheckFailed, "failed"),
    (NotAttempted, "not_attempted"),
    (Crashed, "crashed"),
    (TimedOut, "timed_out"),
    (CannotTry, "skipped"),
)


class CheckReport(msgspec.Struct, frozen=True):
    """One check's outcome; `points` is what it is worth, `misconception` the name of the diagnosis, if any.

    `picture` is that of `CheckFailed`, in base64; `pin` the instructor's own note on what failed.
    """

    name: str
    title: str
    outcome: Outcome
    hidden: bool
    points: float
    message: str = ""
    hint: str = ""
    misconception: str | None = None
    picture: str = ""
    pin: str = ""

    @property
    def score(self) -> float:
        return self.points if self.outcome in _KEEPS_POINTS else 0.0
