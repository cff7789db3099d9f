"""Accuracy (section 3.6.5): how many predictions are right."""

from __future__ import annotations

import numpy

from grader.authoring import CheckFailed, Exercise, Misconception, check
from grader.expect import Rng, expect, expect_each
from grader.messages import describe_value
from grader.sandbox import wire
from grader.student import Numbers, Student

EXERCISE = Exercise("accuracy", "accuracy(y_hat, y)", "3.6.5")


def accuracy(y_hat: Numbers, y: Numbers) -> float:
    """The truth: how many rows of y_hat have their largest entry at the row's label."""
    return float((numpy.asarray(y_hat).argmax(axis=1) == numpy.asarray(y)).sum())


# -- wrong versions that their values do not give away; the others are in grader.misconceptions.accuracy

RETURNS_AN_ARRAY = Misconception(
    "returns_an_array",
    "an array with one element is returned instead of the number in it",
    "float(…), .item() or .asscalar() gives the number.",
)


# -- the checks


def _predictions(rng: Rng, n: int, q: int, right: int) -> tuple[Numbers, Numbers]:
    """Rows of probabilities without ties, and labels of which `right` are at the row's largest entry."""
    y_hat = numpy.stack([rng.permutation(q) + rng.uniform(1, 1.5, size=q) for _ in range(n)])
    y_hat = (y_hat / y_hat.sum(axis=1, keepdims=True)).astype(numpy.float32)
    best = y_hat.argmax(axis=1)
    y = (best + rng.integers(1, q, size=n)) % q
    rows = rng.permutation(n)[:right]
    y[rows] = best[rows]
    return y_hat, y


def _wanted(student: Student, y_hat: Numbers, y: Numbers) -> float:
    """The book's editions disagree: nd returns the fraction, np the number."""
    return accuracy(y_hat, y) / (len(y) if student.flavour == "nd" else 1)


@check(points=1, hint="The predicted class is the argmax of each row; compare it with y, example by example.")
def values(student: Student, rng: Rng) -> None:
    """accuracy(y_hat, y) counts the rows whose largest entry is at the label"""
    # Either dtype of labels will do here; that both do is a check of its own.
    y_hat, y = _predictions(rng, 5, 3, 2)
    dtype = numpy.int32 if student.accuracy(y_hat, y.astype(numpy.float32)).failure else numpy.float32
    sizes = ((5, 3, 2), (5, 3, 5), (5, 3, 0), (4, 4, 1), (20, 10, 13))
    pairs = [(y_hat, y.astype(dtype)) for y_hat, y in (_predictions(rng, *size) for size in sizes)]
    results = [student.accuracy(y_hat, y) for y_hat, y in pairs]
    expect_each(results, [_wanted(student, y_hat, y) for y_hat, y in pairs], any_number=True)


@check(points=0.5, hint="Cast both sides to one dtype before ==, with .astype('float32') for example.")
def label_types(student: Student, rng: Rng) -> None:
    """integer and float labels both work"""
    y_hat, y = _predictions(rng, 6, 4, 4)
    for dtype in (numpy.int32, numpy.float32):
        expect(student.accuracy(y_hat, y.astype(dtype))).close_to(_wanted(student, y_hat, y), any_number=True)


@check(points=0.5, trivial=True, hint="float(…), .item() or .asscalar() turns an array with one element into a number.")
def is_a_number(student: Student, rng: Rng) -> None:
    """accuracy returns a plain number"""
    y_hat, y = _predictions(rng, 4, 3, 3)
    result = student.accuracy(y_hat, y.astype(numpy.float32))
    if result.failure is not None:
        result = student.accuracy(y_hat, y.astype(numpy.int32))
    expect(result).numbers()
    value = result.value
    plain = isinstance(value, wire.Scalar) and not isinstance(value.value, (str, type(None)))
    if not plain and not (isinstance(value, wire.Array) and value.library == "numpy" and value.shape == ()):
        raise CheckFailed(f"accuracy(y_hat, y) returns {describe_value(value)}; it must be a number.", RETURNS_AN_ARRAY)
