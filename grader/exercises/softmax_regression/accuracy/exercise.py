"""Accuracy (section 3.6.5): how many predictions are right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    describe_value,
    expect_each,
    no_failure,
    same,
    show,
)
from grader.diagnosis.habits import RETURNS_AN_ARRAY
from grader.sandbox import wire

EXERCISE = Exercise("accuracy(y_hat, y)", "3.6.5")


def accuracy(y_hat: Numbers, y: Numbers) -> float:
    """The truth: how many rows of y_hat have their largest entry at the row's label."""
    return float((numpy.asarray(y_hat).argmax(axis=1) == numpy.asarray(y)).sum())


# -- wrong versions that their values do not give away; the others are in misconceptions.py

COMPARES_DTYPES = Misconception(
    "compares_dtypes",
    "predictions and labels of different dtypes are compared, which MXNet refuses",
    "Cast both sides to one dtype before ==, with .astype('float32') for example.",
)
OTHER_EDITION = Misconception(
    "other_edition",
    "a function of the other array library is used: mxnet.nd has asscalar(), mxnet.np has item()",
    "float(…) of what .asnumpy() gives works in both.",
)
CONVERTS_AN_NDARRAY = Misconception(
    "converts_an_ndarray",
    "float() or int() is used on an NDArray, which MXNet refuses for a result of more than zero axes",
    ".asscalar() gives the number.",
    flavour="nd",
)
MEAN_OF_INTEGERS = Misconception(
    "mean_of_integers",
    "the mean of whole numbers is a whole number, rounded down: two integer arrays compare to an integer array",
    "Cast the labels to float32, or divide the sum by the number of rows yourself.",
    flavour="nd",
)
IF_OF_AN_ARRAY = Misconception(
    "if_of_an_array",
    "a whole array of comparisons is asked whether it is true",
    "if takes one comparison at a time; for all rows at once the comparisons can be added up.",
)
ROWS_AS_NUMBERS = Misconception(
    "rows_as_numbers",
    "a whole row of probabilities is taken for one number",
    "A row's predicted class is its argmax.",
)

FAILURES = (
    (r"Type inconsistent|Incompatible attr|expected \w+, got \w+|incompatible.*dtype|type_flag", COMPARES_DTYPES),
    (r"has no attribute '?(asscalar|item|numpy)\b", OTHER_EDITION),
    (r"(float|int)\(\) argument must be", CONVERTS_AN_NDARRAY),
    (r"truth value of an? ", IF_OF_AN_ARRAY),
    (r"(size-1|length-1) arrays can be converted|not a scalar|array of size 1", ROWS_AS_NUMBERS),
)


# -- inputs


Pair = tuple[Numbers, Numbers]


def _predictions(rng: Rng, n: int, q: int, right: int) -> Pair:
    """Rows of probabilities without ties, and labels of which `right` are at the row's largest entry."""
    y_hat = numpy.stack([rng.permutation(q) + rng.uniform(1, 1.5, size=q) for _ in range(n)])
    y_hat = (y_hat / y_hat.sum(axis=1, keepdims=True)).astype(numpy.float32)
    best = y_hat.argmax(axis=1)
    y = (best + rng.integers(1, q, size=n)) % q
    rows = rng.permutation(n)[:right]
    y[rows] = best[rows]
    return y_hat, y


def _of_classes(rng: Rng, q: int, pairs: Sequence[tuple[int, int]], certain: bool) -> Pair:
    """Predictions and labels with these classes, in any order; `certain` ones have probability 1."""
    predicted, y = rng.permutation(numpy.asarray(pairs)).T
    rest = rng.uniform(0.02, 0.1, size=(len(y), q)) * (not certain)
    y_hat = numpy.where(numpy.arange(q) == predicted[:, None], 0.0, rest)
    y_hat += (numpy.arange(q) == predicted[:, None]) * (1 - y_hat.sum(axis=1, keepdims=True))
    return y_hat.astype(numpy.float32), y


def _telling(student: Student, rng: Rng) -> list[Pair]:
    """Inputs that tell all known misconceptions apart, drawn again where they do not.

    Ordinary ones come first. Then there are labels that add up to a class (in the third, 6; their mean is 1), rows
    that are certain, where a maximum can be mistaken for a class, and a single row.
    """
    every = student.exercise.misconceptions
    known = [m for m in every if m.function is not None and m.flavour in (None, student.flavour)]
    for _ in range(50):
        pairs = [
            _predictions(rng, 5, 3, 2),
            _predictions(rng, 20, 10, 13),
            _of_classes(rng, 8, ((2, 2), (6, 2), (6, 0), (6, 0), (1, 1), (0, 1)), certain=False),
            _of_classes(rng, 4, ((1, 1), (2, 1), (3, 1), (0, 0)), certain=True),
            _predictions(rng, 5, 3, 5),
            _predictions(rng, 4, 4, 1),
            _of_classes(rng, 4, ((3, 3),), certain=False),
            _predictions(rng, 5, 3, 0),
        ]
        results = {_results(m, pairs) for m in known if m.like is None}
        if len(results) == sum(m.like is None for m in known):
            break
    return pairs


def _results(known: Misconception, pairs: Sequence[Pair]) -> tuple[str, ...]:
    """What a misconception gives for each input; errors are all alike."""
    assert known.function is not None
    results = []
    for y_hat, y in pairs:
        try:
            results.append(str(numpy.round(known.function(y_hat, y), 4).tolist()))
        except (ValueError, IndexError):
            results.append("an error")
    return tuple(results)


def _wanted(student: Student, y_hat: Numbers, y: Numbers) -> float:
    """The book's editions disagree: nd returns the fraction, np the number."""
    return accuracy(y_hat, y) / (len(y) if student.flavour == "nd" else 1)


def _label_dtype(student: Student, y_hat: Numbers, y: Numbers) -> type:
    """A dtype of labels with which the function works, if there is one: that both do is a check of its own."""
    failure = student.accuracy(y_hat, y.astype(numpy.float32)).failure
    return numpy.float32 if failure is None else numpy.int32


# -- the checks

# The number of right rows is exact; the fraction is one division, rounded in float32 to half of 1.2e-7, and a mean
# that is reckoned as a sum of n float32 shares may be off by n such halves: 20 * 6e-8 = 1.2e-6. Two numbers of right
# rows differ by at least 1, two fractions by 1/20.
RTOL = 0.0
ATOL = 5e-6


@check(points=1, hint="The predicted class is the argmax of each row; compare it with y, example by example.")
def values(student: Student, rng: Rng) -> None:
    """accuracy(y_hat, y) counts the rows whose largest entry is at the label"""
    pairs = _telling(student, rng)
    dtype = _label_dtype(student, *pairs[0])
    pairs = [(y_hat, y.astype(dtype)) for y_hat, y in pairs]
    results = [student.accuracy(y_hat, y) for y_hat, y in pairs]

    def wanted(y_hat: Numbers, y: Numbers) -> float:
        return _wanted(student, y_hat, y)

    wants = [wanted(y_hat, y) for y_hat, y in pairs]
    try:
        expect_each(results, wants, any_number=True, rtol=RTOL, atol=ATOL, oracle=wanted)
    except CheckFailed as failed:
        if failed.misconception is None:
            no_failure(results[0], FAILURES)
        raise


@check(points=0.5, trivial=True, hint="Cast both sides to one dtype before ==, with .astype('float32') for example.")
def label_types(student: Student, rng: Rng) -> None:
    """integer and float labels both work, and alike"""
    y_hat, y = _predictions(rng, 6, 4, 4)
    results = [student.accuracy(y_hat, y.astype(dtype)) for dtype in (numpy.int32, numpy.float32)]
    found = [no_failure(result, FAILURES).numbers() for result in results]
    if not same(found[0], found[1]):
        text = f"accuracy(y_hat, y) gives {show(found[0])} with integer labels and {show(found[1])} with the same as "
        cut_off = same(found[0], numpy.floor(found[1]))
        raise CheckFailed(text + "floats.", MEAN_OF_INTEGERS if cut_off else None)


@check(points=0.5, trivial=True, hint=".asscalar() gives the number of an NDArray, float(…) that of an mxnet.np array.")
def is_a_number(student: Student, rng: Rng) -> None:
    """accuracy returns a plain number"""
    y_hat, y = _predictions(rng, 4, 3, 3)
    result = student.accuracy(y_hat, y.astype(_label_dtype(student, y_hat, y)))
    number = no_failure(result, FAILURES).numbers()
    value = result.value
    plain = isinstance(value, wire.Scalar) and not isinstance(value.value, (str, type(None)))
    if not plain and not (isinstance(value, wire.Array) and value.library == "numpy" and value.shape == ()):
        known = RETURNS_AN_ARRAY if number.size == 1 else None
        raise CheckFailed(f"accuracy(y_hat, y) returns {describe_value(value)}; it must be a number.", known)
