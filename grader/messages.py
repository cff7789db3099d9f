"""Words for students: values, calls, and MXNet's errors in plain language."""

from __future__ import annotations

import re
from typing import Any

import numpy

from grader.sandbox import wire
from grader.student import Result

_MOST = 24


def show(value: Any) -> str:
    """A few numbers on few lines; long arrays are cut."""
    if value is None:
        return "nothing"
    array = numpy.asarray(value)
    largest = numpy.abs(array[numpy.isfinite(array)]).max(initial=0)
    text = numpy.array2string(
        array, precision=4, suppress_small=bool(largest < 1e4),
        threshold=_MOST, edgeitems=2, max_line_width=90, separator=", ", prefix=" " * 12,
    )  # fmt: skip
    if array.size > _MOST:
        text += f"  (shape {array.shape})"
    return text


def call_text(result: Result) -> str:
    """The call as the student would write it: the exercise's signature, or the function's name."""
    exercise = result.exercise
    return exercise.signature if result.function == exercise.name else f"{result.function}(…)"


def describe_value(value: wire.Value | None) -> str:
    """What a value is, in a few words."""
    match value:
        case wire.Array():
            return f"{_LIBRARIES[value.library]} of shape {tuple(value.shape)} and dtype {value.dtype}"
        case wire.Scalar():
            return "None" if value.value is None else f"{_article(value.kind)} ({str(value.value)[:60]})"
        case wire.Sequence():
            return f"{_article(value.kind)} of {len(value.items)}"
        case wire.Opaque():
            return f"{_article(value.kind)}{', ' + value.why if value.why else ''}"
    return "nothing"


def advice_on(value: wire.Value | None) -> str:
    """What to look for where a function gave None."""
    nothing = isinstance(value, wire.Scalar) and value.value is None
    return " Is a `return` missing?" if nothing else ""


_LIBRARIES = {"mxnet.np": "an mxnet.np array", "mxnet.nd": "an NDArray", "numpy": "a NumPy array"}


def _article(noun: str) -> str:
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


# MXNet's own words, and what they mean to somebody who writes these functions.
_TRANSLATIONS: tuple[tuple[str, str], ...] = (
    (
        r"operands could not be broadcast together with shapes \[([\d,]*)\] \[([\d,]*)\]",
        "arrays of the shapes ({0}) and ({1}) do not fit together. A reduction such as sum or max drops its axis "
        "unless it is told keepdims=True",
    ),
    (
        r"Cannot differentiate node because it is not in a computational graph",
        "the result does not depend on the input through MXNet operations that were recorded (asnumpy(), float() and "
        "the like leave the graph)",
    ),
    (
        r"Assigning to NDArrays that are already in a computational graph",
        "an array that takes part in the gradient is changed in place (-=, [:] =); make a new array instead",
    ),
    (
        r"(?:Type inconsistent|Incompatible attr).*?(float\d+|int\d+).*?(float\d+|int\d+)",
        "two arrays have different dtypes ({0} and {1}); cast one with .astype(…)",
    ),
    (
        r"Reduction axis (\d+) Exceeds input dimensions",
        "a reduction over axis {0} of an array that has no such axis",
    ),
    (r"(?i)memory allocation failed|std::bad_alloc|out of memory", "it needs more memory than the budget allows"),
)


def describe_failure(failure: wire.Failure) -> str:
    """An exception of the student's: its kind, its meaning, and the student's own line."""
    message = failure.message
    for pattern, meaning in _TRANSLATIONS:
        if found := re.search(pattern, message):
            message = meaning.format(*(group.replace(",", ", ") for group in found.groups()))
            break
    if failure.type == "MemoryError":
        message = "it needs more memory than the budget allows"
    if failure.type == "EOFError":
        message = "input() waits for an answer that nobody can give while grading; remove it"
    text = f"raised {failure.type}: {message}" if message else f"raised {failure.type}"
    if failure.line:
        place = f" in {failure.where}" if failure.where else ""
        text += f"\n  line {failure.lineno}{place}:  {failure.line}"
    return text
