"""What exercises ask of arrays besides their numbers: their kind, labels of every kind, and leaving arguments alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from grader.checking import (
    CheckFailed,
    Known,
    Misconception,
    Numbers,
    Result,
    describe_value,
    expect,
    known_failures,
    no_failure,
)
from grader.diagnosis import habits

NOT_FLOATS = Misconception(
    "not_floats",
    "the right numbers come as booleans or integers: much of what is computed with those goes wrong, often silently",
    ".astype('float32') makes floats of them.",
)
CHANGES_ARGUMENTS = Misconception(
    "changes_arguments", "an argument itself is changed, by += or -= or […] = …: the caller's own array is different "
    "afterwards", "Make a new array, or a copy.")  # fmt: skip
LABELS_OF_ONE_DTYPE = Misconception(
    "labels_of_one_dtype",
    "labels of one dtype meet numbers of another, which MXNet refuses",
    "Cast the labels first, with y.astype('int32') for example; then any will do.",
)
LABEL_DTYPES = ("int32", "float32", "int64")
# What MXNet says where dtypes do not fit.
_FAILURES: Known = (
    (r"Type inconsistent|Incompatible attr|expected \w+, got \w+|incompatible.*dtype|type_flag|inferred type",
     LABELS_OF_ONE_DTYPE),
    (r"indices must be integers|cannot be interpreted as an integer|valid ind", LABELS_OF_ONE_DTYPE),
)  # fmt: skip


def expect_floats(result: Result) -> None:
    """It is an MXNet array of floats."""
    if expect(result).array().dtype.kind != "f":
        what = f"{result.function}(…) returns {describe_value(result.value)}; it must hold floats."
        raise CheckFailed(what, NOT_FLOATS)


def accepted(call: Callable[[Numbers], Result], y: Numbers) -> str:
    """A dtype of labels with which the function works, if there is one: that all do is a check of its own."""
    return next((dtype for dtype in LABEL_DTYPES if call(y.astype(dtype)).failure is None), LABEL_DTYPES[0])


def expect_all_labels(call: Callable[[Numbers], Result], y: Numbers) -> list[Result]:
    """The results with integer and float labels, all of which came."""
    results = [call(y.astype(dtype)) for dtype in LABEL_DTYPES]
    known_failures(results, (*habits.FAILURES, *_FAILURES))
    for result in results:
        no_failure(result, _FAILURES)
    return results


def expect_unchanged(result: Result, names: Sequence[str], known: Misconception) -> None:
    """The arrays that it was given hold what they held."""
    for place, name in enumerate(names):
        expect(result).argument_unchanged(place, name, known)
