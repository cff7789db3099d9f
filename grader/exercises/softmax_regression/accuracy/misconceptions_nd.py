"""The ways people get `accuracy(y_hat, y)` wrong where it returns the fraction, in flavour nd."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy

from grader.checking import Misconception, Numbers, misconception

from . import misconceptions as counting
from .exercise import accuracy


@misconception(
    "a parenthesis closes too late: the predictions are compared with the mean of all labels, "
    "not each with its own label",
    hint="First compare, one label at a time; take the mean of the comparison afterwards.",
    flavour="nd",
)
def misplaced_parenthesis(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) == numpy.mean(numpy.asarray(y, "float32"))).mean())


@misconception(
    "the mean is taken of the labels and not of the comparison: "
    "the result is a comparison of every prediction with the mean label",
    hint="A pair of parentheses around the comparison is missing.",
    flavour="nd",
)
def misplaced_parenthesis_no_scalar(y_hat: Numbers, y: Numbers) -> Numbers:
    return (numpy.argmax(y_hat, axis=1) == numpy.mean(numpy.asarray(y, "float32"))).astype("float64")


@misconception(
    "argmax runs over axis 0: it finds the best example of each class instead of the best class of each example",
    hint="The predictions should have as many entries as there are labels.",
    flavour="nd",
)
def argmax_axis_0(y_hat: Numbers, y: Numbers) -> float:
    best, y = numpy.argmax(y_hat, axis=0), numpy.asarray(y)
    numpy.broadcast_shapes(best.shape, y.shape)
    return float((best == y).mean())


@misconception(
    "the predictions are a column, (n, 1), and the labels a vector, (n,): "
    "comparing the two gives (n, n), every prediction against every label",
    hint="Print the shape of the comparison: it should be (n,).",
    flavour="nd",
)
def column_against_row(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1)[:, None] == numpy.asarray(y)).mean())


@misconception(
    "the labels are compared with the probabilities themselves instead of the predicted classes",
    hint="A label is the number of a class: turn each row into such a number first.",
    flavour="nd",
)
def compares_probabilities(y_hat: Numbers, y: Numbers) -> float:
    numpy.broadcast_shapes(numpy.shape(y_hat), numpy.shape(y))
    return float((numpy.asarray(y_hat) == numpy.asarray(y)).mean())


@misconception(
    "the number of correct rows is returned; here the fraction is asked for",
    hint="Counting and averaging differ in the last step only.",
    flavour="nd",
)
def returns_count(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y)


@misconception(
    "the comparison itself is returned, one entry for each row, instead of a single number",
    hint="One step is left: from an entry for each row to one number.",
    flavour="nd",
)
def returns_vector(y_hat: Numbers, y: Numbers) -> Numbers:
    return (numpy.argmax(y_hat, axis=1) == numpy.asarray(y)).astype("float64")


@misconception(
    "the result is 1 if every row is right and 0 otherwise: // and int() round down, and all() asks for every row",
    hint="Each row counts by itself, and a fraction needs the division /.",
    flavour="nd",
)
def all_or_nothing(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) == numpy.asarray(y)).all())


@misconception(
    "the fraction is rounded to two decimals",
    hint="Round what you print, not what you return.",
    flavour="nd",
)
def rounds_to_two_decimals(y_hat: Numbers, y: Numbers) -> float:
    return round(accuracy(y_hat, y) / len(y), 2)


@misconception(
    "the fraction is rounded to a whole number",
    hint="Round what you print, not what you return.",
    flavour="nd",
)
def rounds_to_whole_numbers(y_hat: Numbers, y: Numbers) -> float:
    return float(round(accuracy(y_hat, y) / len(y)))


def _fraction(count: Callable[..., Any]) -> Callable[..., Any]:
    def fraction(y_hat: Numbers, y: Numbers) -> Any:
        return count(y_hat, y) / len(y)

    return fraction


def _as_fraction(known: Misconception) -> Misconception:
    assert known.function is not None
    return dataclasses.replace(known, flavour="nd", function=_fraction(known.function))


_DIFFERENT = (
    "misplaced_parenthesis",
    "argmax_axis_0",
    "column_against_row",
    "compares_probabilities",
    "returns_vector",
    "returns_fraction",
    "integer_division",
    "all_or_nothing",
)

# The others give their number divided by the rows, where the right one is a number divided by the rows.
AS_FRACTIONS = [
    _as_fraction(thing.__softmark_misconception__)
    for thing in vars(counting).values()
    if hasattr(thing, "__softmark_misconception__")
    and thing.__softmark_misconception__.flavour == "np"
    and thing.__name__ not in _DIFFERENT
]
