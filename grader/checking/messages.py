"""Words for students: values, calls and exceptions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy

from grader.diagnosis.misconception import Misconception
from grader.diagnosis.translations import meaning
from grader.sandbox import wire
from grader.sandbox.wire import Numbers

if TYPE_CHECKING:
    from grader.checking.result import Result

# A pattern for "Type: message", and what an exception like that means in this exercise.
Known = Sequence[tuple[str, Misconception]]

_MOST = 24


def show(value: Any, digits: int = 4) -> str:
    """A few numbers on few lines, with so many decimals; long arrays are cut."""
    if value is None:
        return "nothing"
    array = numpy.asarray(value)
    largest = numpy.abs(array[numpy.isfinite(array)]).max(initial=0)
    if array.dtype.kind == "f" and largest < 1e4:
        array = numpy.round(array.astype(float), digits) + 0.0  # no "-0."
    text = numpy.array2string(
        array, precision=digits, suppress_small=bool(largest < 1e4),
        threshold=_MOST, edgeitems=2, max_line_width=90, separator=", ", prefix=" " * 12,
    )  # fmt: skip
    if is_cut(array):
        text += f"  (shape {array.shape})"
    return text


def is_cut(array: Numbers) -> bool:
    """Whether `show` leaves some of it out."""
    return array.size > _MOST


def call_text(result: Result) -> str:
    """The call as the student would write it: the exercise's signature, or the function's name; or a part of it."""
    exercise = result.exercise
    text = result.call
    if not text:
        text = exercise.signature if result.function == exercise.name else f"{result.function}(…)"
    return f"{result.part}, {result.made} by {text}," if result.part else text


def describe_value(value: wire.Value | None) -> str:
    """What a value is, in a few words."""
    match value:
        case wire.Array():
            return f"{_LIBRARIES[value.library]} of shape {tuple(value.shape)} and dtype {value.dtype}"
        case wire.Scalar():
            return "None" if value.value is None else f"{_article(value.kind)} ({str(value.value)[:60]})"
        case wire.Sequence():
            return f"{_article(value.kind)} of {counted(len(value.items), 'item')}"
        case wire.Opaque():
            return f"{_article(value.kind)}{', ' + value.why if value.why else ''}"
        case wire.Kept():
            return _article(value.kind)
    return "nothing"


def counted(number: int, noun: str) -> str:
    """So many of these."""
    plural = "es" if noun.endswith(("s", "x", "ch", "sh")) else "s"
    return f"{number} {noun}{plural * (number != 1)}"


def advice_on(value: wire.Value | None) -> str:
    """What to look for where a function gave None."""
    nothing = isinstance(value, wire.Scalar) and value.value is None
    return " Is a `return` missing?" if nothing else ""


_LIBRARIES = {"mxnet.np": "an mxnet.np array", "mxnet.nd": "an NDArray", "numpy": "a NumPy array"}


def _article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def describe_failure(failure: wire.Failure) -> str:
    """An exception of the student's: its kind, its meaning, and the student's own line."""
    message = meaning(failure)
    text = f"raised {failure.type}: {message}" if message else f"raised {failure.type}"
    if failure.line:
        place = f" in {failure.where}" if failure.where else ""
        text += f"\n  line {failure.lineno}{place}:  {failure.line}"
    return text


def given_away(failure: wire.Failure | None, known: Known) -> Misconception | None:
    """The misconception that an exception gives away, if it does."""
    text = "" if failure is None else f"{failure.type}: {failure.message}"
    return next((misconception for pattern, misconception in known if re.search(pattern, text)), None)


def slip_of_the_pen(function: str, names: Sequence[str]) -> str:
    """A sentence on the name that comes near to a function's that there is not, to be added to another; or nothing."""
    close = difflib.get_close_matches(function, names, 1, 0.75)
    return f" You define {close[0]}: is that a slip of the pen?" if close else ""
