"""Why a gradient is wrong: the misconceptions, differentiated for the argument that the gradient is of.

A misconception of "value" leads to the gradient that its own result has. One that is `of` "gradient" gives the gradient
for the first argument outright, and one that is `of` "gradient w" that for the argument w.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from grader.checking.explanation import argument_names
from grader.checking.result import Result
from grader.checking.seen import seen_of
from grader.diagnosis.diagnose import Evidence, diagnose
from grader.diagnosis.misconception import Misconception
from grader.sandbox.wire import Numbers


@dataclass(frozen=True)
class _ForOne:
    """An exercise with its misconceptions as they are for the gradient of one argument."""

    misconceptions: tuple[Misconception, ...]
    signature: str


def name_of(result: Result, place: int) -> str:
    """The argument's name."""
    names = argument_names(result)
    return names[place] if place < len(names) else f"argument {place + 1}"


def diagnose_gradient(
    result: Result, against: tuple[Any, ...], place: int, got: Numbers, want: Numbers | None
) -> Misconception | None:
    """What gives this gradient for the argument at that place, if anything does."""
    forward = result.through.function if result.through else None
    subject: Any = result.exercise
    args = against
    if place > 0:
        # The diagnosis differentiates for the first argument: this one comes first, and goes back where it belongs.
        args = (against[place], *against[:place], *against[place + 1 :])
        found = [_for_one(known, place, name_of(result, place), forward) for known in result.exercise.misconceptions]
        subject = _ForOne(tuple(known for known in found if known is not None), result.exercise.signature)
        forward = None
    evidence = Evidence((*args, result.head), got, want, result.array, forward)
    return diagnose(subject, result.flavour, [evidence], "gradient", seen_of(result) if place == 0 else [])


def _for_one(
    known: Misconception, place: int, name: str, forward: Callable[[Numbers], Numbers] | None
) -> Misconception | None:
    function = known.function
    if function is None or known.of not in ("value", f"gradient {name}"):
        return None

    def of_reordered(this: Any, *others: Any) -> Any:
        args = [*others[:place], this, *others[place:]]
        if forward is not None:
            args[0] = forward(args[0])
        return function(*args)

    return replace(known, function=of_reordered, of="value" if known.of == "value" else "gradient")
