"""Misconceptions: the named wrong versions that a student's result is compared with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Misconception:
    """A named wrong version of an exercise.

    `sentence` completes "This is what you get when …". `function` computes in NumPy what the wrong version returns
    for the same arguments (raising `ValueError` where MXNet would find the shapes unfit); None where only behaviour
    tells it apart and a check names it outright. `of` says what it computes: "value", what the call returns;
    "gradient", the gradient that it leads to; or any other word that an exercise's checks ask for, such as the name of
    one of several returned values. `flavour` is set where the idea exists, or has this result, in that flavour alone;
    `like` names a more common misconception that this one is a variant of, so that the two do not count as rivals.
    `line` is a pattern for the student's line that fails, where two would fail alike.
    """

    name: str
    sentence: str
    hint: str = ""
    function: Callable[..., Any] | None = None
    of: str = "value"
    flavour: str | None = None
    like: str | None = None
    line: str = ""


class Subject(Protocol):
    """What is diagnosed: an exercise, of which the diagnosis needs no more than this."""

    @property
    def misconceptions(self) -> tuple[Misconception, ...]: ...

    @property
    def signature(self) -> str: ...


def misconception(
    sentence: str, hint: str = "", *, of: str = "value", flavour: str | None = None, like: str | None = None,
    line: str = "",
) -> Callable[[F], F]:  # fmt: skip
    """Make a NumPy function of the student's arguments a misconception; its name is the misconception's."""

    def mark(function: F) -> F:
        known = Misconception(function.__name__, sentence, hint, function, of, flavour, like, line)
        function.__softmark_misconception__ = known  # type: ignore[attr-defined]
        return function

    return mark


def misconceptions_in(namespace: dict[str, Any], module: str) -> list[Misconception]:
    """Those that a module's namespace holds: functions of its own, instances, and lists of instances."""
    found = []
    for thing in namespace.values():
        marked = getattr(thing, "__softmark_misconception__", None)
        if isinstance(thing, Misconception):
            found.append(thing)
        elif isinstance(thing, list) and all(isinstance(item, Misconception) for item in thing):
            found += thing
        elif isinstance(marked, Misconception) and thing.__module__ == module:
            found.append(marked)
    return found


def by_name(subject: Subject, name: str) -> Misconception | None:
    """The misconception of that name, where the exercise has it."""
    return next((m for m in subject.misconceptions if m.name == name), None)
