"""What an exercise module is made of: its facts, its checks, and the ways people get it wrong."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any, Literal, TypeVar

F = TypeVar("F", bound=Callable[..., Any])
Of = Literal["value", "gradient", "steps", "history"]


@dataclass(frozen=True)
class Budget:
    """What one exercise may use: `seconds` of wall-clock time in the student's code, `memory_mb` beyond the start."""

    seconds: float = 10.0
    memory_mb: int = 2048


@dataclass(frozen=True)
class Misconception:
    """A named wrong version of an exercise.

    `sentence` completes "This is what you get when …". `function` computes in NumPy what the wrong version returns
    for the same arguments (raising `ValueError` where MXNet would find the shapes unfit), or, `of` the gradient, the
    gradient that it leads to (`of` steps or history: what train's checks say); None where only behaviour tells it
    apart and a check names it outright. `flavour` is set where the idea exists, or has this result, in that flavour
    alone; `like` names a more common misconception that this one is a variant of, so that the two do not count as
    rivals.
    """

    name: str
    sentence: str
    hint: str = ""
    function: Callable[..., Any] | None = None
    of: Of = "value"
    flavour: str | None = None
    like: str | None = None


@dataclass(frozen=True)
class Check:
    """One pytest function about one property; `title` is what students read.

    `hidden` checks are left out of the notebook's self-check. A `trivial` one is passed by a constant too, or by the
    argument itself (it is about how a result is made, or of which type it is): it counts where one is passed that is
    not. `bare` ones are tried last, and in a process without the library's softmax: see grader.scratch.
    """

    name: str
    title: str
    points: float
    hint: str
    hidden: bool = False
    trivial: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Exercise:
    """One function that a student writes: its facts and, once loaded, all that its module defines.

    `signature` as in the book, `nd_signature` where the edition of flavour nd has another order; `section` of the book,
    `needs` the other exercises that its function calls.
    `training` marks the full training run, which --no-training leaves out.
    """

    name: str
    signature: str
    section: str
    budget: Budget = Budget()
    needs: tuple[str, ...] = ()
    training: bool = False
    checks: tuple[Check, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    file: str = ""
    nd_signature: str = ""

    def in_flavour(self, flavour: str) -> Exercise:
        """The exercise with the signature that it has in that flavour."""
        return replace(self, signature=self.nd_signature) if flavour == "nd" and self.nd_signature else self

    @property
    def max_score(self) -> float:
        return sum(check.points for check in self.checks)


class CheckFailed(Exception):
    """The student's result is not right; the message is for the student.

    `hint` stands in for the check's own, where that would lead astray.
    """

    def __init__(self, message: str, misconception: Misconception | None = None, hint: str | None = None) -> None:
        super().__init__(message)
        self.misconception = misconception
        self.hint = hint


class NotAttempted(Exception):
    """The stub is still there."""


class CannotTry(Exception):
    """The property cannot be tried here, through no fault of the student's; the points are kept."""


def check(
    *, points: float, hint: str, hidden: bool = False, trivial: bool = False, bare: bool = False
) -> Callable[[F], F]:
    """Make a function a check; its docstring is the title."""

    def mark(function: F) -> F:
        title = inspect.cleandoc(function.__doc__ or "")
        info = Check(function.__name__, title, float(points), hint, hidden, trivial, bare)
        function.__softmark_check__ = info  # type: ignore[attr-defined]
        return function

    return mark


def misconception(
    sentence: str, hint: str = "", *, of: Of = "value", flavour: str | None = None, like: str | None = None
) -> Callable[[F], F]:
    """Make a NumPy function of the student's arguments a misconception; its name is the misconception's."""

    def mark(function: F) -> F:
        known = Misconception(function.__name__, sentence, hint, function, of, flavour, like)
        function.__softmark_misconception__ = known  # type: ignore[attr-defined]
        return function

    return mark


def check_of(thing: Any) -> Check | None:
    """The check that a module's attribute is, if it is one."""
    return getattr(thing, "__softmark_check__", None) if inspect.isfunction(thing) else None


@functools.cache
def exercise_names() -> tuple[str, ...]:
    """All exercises of the kit: the modules of `grader.exercises`, in alphabetical order."""
    import grader.exercises

    return tuple(sorted(m.name for m in pkgutil.iter_modules(grader.exercises.__path__) if m.name[0] != "_"))


@functools.cache
def load(name: str) -> Exercise:
    """The exercise of that name, with its checks and misconceptions. Raises `ValueError` for an unknown one."""
    if name not in exercise_names():
        known = ", ".join(exercise_names())
        raise ValueError(f"there is no exercise {name!r}; this kit has {known}")
    return _collect(importlib.import_module(f"grader.exercises.{name}"))


def _collect(module: ModuleType) -> Exercise:
    facts: Exercise = module.EXERCISE
    own = [thing for thing in vars(module).values() if getattr(thing, "__module__", "") == module.__name__]
    checks = tuple(info for thing in own if (info := check_of(thing)))
    known = _misconceptions(module)
    # Where there are too many for the exercise's own module, they have a module to themselves, or two.
    for name in (facts.name, f"{facts.name}_nd", f"{facts.name}_history"):
        if importlib.util.find_spec(f"grader.misconceptions.{name}") is not None:
            known += _misconceptions(importlib.import_module(f"grader.misconceptions.{name}"))
    return replace(facts, checks=checks, misconceptions=tuple(known), file=module.__file__ or "")


def _misconceptions(module: ModuleType) -> list[Misconception]:
    found = []
    for thing in vars(module).values():
        marked = getattr(thing, "__softmark_misconception__", None)
        if isinstance(thing, Misconception):
            found.append(thing)
        elif isinstance(thing, list) and all(isinstance(item, Misconception) for item in thing):
            found += thing
        elif isinstance(marked, Misconception) and thing.__module__ == module.__name__:
            found.append(marked)
    return found
