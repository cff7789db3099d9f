"""How a failed check is explained: the call, what is wrong with it, small inputs, what came and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy

from grader.checking.authoring import Misconception
from grader.checking.messages import call_text, show
from grader.checking.result import Result
from grader.diagnosis.slips import Slip
from grader.sandbox.wire import Numbers

# Larger arrays are not shown with the inputs.
_SMALL = 64


class Fault(NamedTuple):
    """What is wrong with a result, to go on after the call's name, and the numbers that came, if any."""

    what: str
    got: Numbers | None
    unfit: bool = False  # no array or number at all, or of the wrong kind


def explained(result: Result, fault: Fault, want: Numbers | None, known: Misconception | None, name: str = "") -> str:
    """All of it; `name` says what the numbers are, where they are not the result itself."""
    text = [f"{call_text(result)} {fault.what}", *lines(_small_inputs(result))]
    if result.failure is None:
        text += _compared(name or result.made, fault.got, want)
    return "\n".join([*text, *fact(known)])


def argument_names(result: Result) -> list[str]:
    """The arguments as the exercise's signature names them; those of something that lives on are only numbered."""
    if result.call:
        return ["argument"] if len(result.args) == 1 else [f"argument {n}" for n in range(1, len(result.args) + 1)]
    signature = result.exercise.signature.partition("(")[2].rpartition(")")[0]
    names = [name.partition("=")[0].strip() for name in signature.split(",")]
    if result.through is not None:
        names[0] = result.through.name
    return names


def _small_inputs(result: Result) -> dict[str, Any]:
    given = zip(argument_names(result), result.args, strict=False)
    return {name: arg for name, arg in given if _is_shown(arg)}


def _is_shown(arg: Any) -> bool:
    return arg.size <= _SMALL if isinstance(arg, numpy.ndarray) else type(arg) in (int, float)


def _compared(name: str, got: Numbers | None, want: Numbers | None) -> list[str]:
    """The two under each other, in as many digits as show that they differ."""
    arrays = {name: got, "expected": want}
    short = [show(array) for array in arrays.values()]
    return lines(arrays, digits=8) if short[0] == short[1] else lines(arrays)


def lines(arrays: Mapping[str, Any], digits: int = 4) -> list[str]:
    """One line for each, or as many as an array takes."""
    return [f"  {name + ':':10}{show(array, digits)}" for name, array in arrays.items() if array is not None]


def fact(known: Misconception | None) -> list[str]:
    """What a slip has to say about these very numbers."""
    return [f"  {known.fact}"] if isinstance(known, Slip) and known.fact else []
