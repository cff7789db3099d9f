"""What an exercise is made of: its facts, its checks, and the ways people get it wrong."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from grader.checking.outcomes import CannotTry, CheckFailed, NotAttempted
from grader.diagnosis.misconception import Misconception, by_name, misconception

__all__ = ["Budget", "CannotTry", "Check", "CheckFailed", "Exercise", "Misconception", "NotAttempted", "by_name",
           "check", "check_of", "misconception"]  # fmt: skip

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Budget:
    """What one exercise may use: `seconds` of wall-clock time in the student's code, `memory_mb` beyond the start."""

    seconds: float = 10.0
    memory_mb: int = 2048


@dataclass(frozen=True)
class Check:
    """One pytest function about one property; `title` is what students read.

    `points` is its share of the exercise's points, which the notebook's cell says. `hidden` checks are left out of the
    notebook's self-check. A `trivial` one is passed by a constant too, or by the argument itself (it is about how a
    result is made, or of which type it is): it counts where one is passed that is not. One that is `without` some of
    MXNet's operators is tried last, in a process that has none of them: see grader.checking.from_scratch. A `full_run`
    trains in full, which --no-training leaves out.
    """

    name: str
    title: str
    points: float
    hint: str
    hidden: bool = False
    trivial: bool = False
    without: tuple[str, ...] = ()
    full_run: bool = False


@dataclass(frozen=True)
class Exercise:
    """One thing that a student writes: its facts and, once loaded, all that its folder holds.

    `signature` as in the book, `nd_signature` where the edition of flavour nd has another order; `section` of the book;
    `needs` the other exercises of the assignment, by name, that it calls. The rest is the loader's: `id` is the
    exercise's place, `folder` where that is, `given` the source of what it gives to students' functions in a slot.
    """

    signature: str
    section: str
    budget: Budget = Budget()
    needs: tuple[str, ...] = ()
    nd_signature: str = ""
    id: str = ""
    folder: Path = Path()
    checks: tuple[Check, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    given: str = ""

    @property
    def name(self) -> str:
        """What the notebook calls it."""
        return self.id.rpartition("/")[2]

    @property
    def file(self) -> Path:
        """The module with its checks."""
        return self.folder / "exercise.py"

    @property
    def training(self) -> bool:
        """Whether one of its checks trains in full."""
        return any(check.full_run for check in self.checks)

    def in_flavour(self, flavour: str) -> Exercise:
        """The exercise with the signature that it has in that flavour."""
        return replace(self, signature=self.nd_signature) if flavour == "nd" and self.nd_signature else self

    def worth(self, points: float) -> Exercise:
        """The exercise with its checks' points scaled so that together they make `points`."""
        scale = points / self.max_score if self.max_score else 0.0
        return replace(self, checks=tuple(replace(each, points=round(each.points * scale, 6)) for each in self.checks))

    @property
    def max_score(self) -> float:
        return round(sum(check.points for check in self.checks), 4)


def check(
    *, points: float, hint: str, hidden: bool = False, trivial: bool = False, without: tuple[str, ...] = (),
    full_run: bool = False,
) -> Callable[[F], F]:  # fmt: skip
    """Make a function a check; its docstring is the title. See `Check` for the arguments."""

    def mark(function: F) -> F:
        title = inspect.cleandoc(function.__doc__ or "")
        info = Check(function.__name__, title, float(points), hint, hidden, trivial, without, full_run)
        function.__softmark_check__ = info  # type: ignore[attr-defined]
        return function

    return mark


def check_of(thing: Any) -> Check | None:
    """The check that a module's attribute is, if it is one."""
    return getattr(thing, "__softmark_check__", None) if inspect.isfunction(thing) else None
