"""The ways people get the shift in `softmax(X)` wrong: what is taken from the logits before exp."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.arithmetic import divide, exp32


def row_max(X: Numbers) -> Numbers:
    return numpy.asarray(X, "float32").max(axis=1, keepdims=True)


def normalise(E: Numbers) -> Numbers:
    return divide(E, E.sum(axis=1, keepdims=True))


@misconception(
    "the max is taken down each column: the entries of one row are shifted by different amounts, "
    "which changes their softmax",
    hint="A shift leaves the softmax of a row as it is only if it is the same for the whole row.",
)
def max_over_axis_0(X: Numbers) -> Numbers:
    return normalise(exp32(X - numpy.max(X, axis=0)))


@misconception(
    "the row maxima have shape (n,), so the subtraction pairs them with the columns: an error in most cases, "
    "and in a square batch the entries of one row are shifted by different amounts",
    hint="Compare the shapes of the two sides of the subtraction; max has an argument that keeps the axis.",
    line=r"-",
)
def max_without_keepdims(X: Numbers) -> Numbers:
    return normalise(exp32(X - numpy.max(X, axis=1)))


@misconception(
    "one max is taken over the whole batch: in a row that lies far below it every exp is 0, and 0 / 0 is nan",
    hint="What is the largest exp of each row after the shift? It should be 1 in every one of them.",
)
def global_max(X: Numbers) -> Numbers:
    return normalise(exp32(X - numpy.max(X)))


@misconception(
    "the min of each row is subtracted, which leaves large numbers large: "
    "in a row whose entries lie far apart exp still overflows",
    hint="exp overflows upwards: after the shift no entry should be above 0.",
)
def subtracts_min(X: Numbers) -> Numbers:
    return normalise(exp32(X - numpy.min(X, axis=1, keepdims=True)))


@misconception(
    "the mean of each row is subtracted: an entry far above the mean of its row still overflows in exp",
    hint="exp overflows upwards: after the shift no entry should be above 0.",
)
def subtracts_mean(X: Numbers) -> Numbers:
    X = numpy.asarray(X, "float32")
    return normalise(exp32(X - X.mean(axis=1, keepdims=True)))


@misconception(
    "half of each row's max is subtracted: the other half is left, and with large logits exp still overflows",
    hint="After the shift no entry should be above 0.",
)
def subtracts_half_max(X: Numbers) -> Numbers:
    return normalise(exp32(X - row_max(X) / 2))


@misconception(
    "the same constant, 100, is subtracted from every logit: ordinary logits become so small that exp "
    "loses digits "
    "or is 0, and logits far above the constant still overflow",
    hint="The shift has to follow the logits: every row needs its own.",
)
def subtracts_constant(X: Numbers) -> Numbers:
    return normalise(exp32(numpy.asarray(X, "float32") - numpy.float32(100)))


@misconception(
    "the max is subtracted after exp: the largest entry of each row becomes 0 and the others negative, "
    "and these are no longer proportions of exp(X)",
    hint="The shift belongs to the logits, before exp.",
)
def max_after_exp(X: Numbers) -> Numbers:
    with numpy.errstate(all="ignore"):
        E = exp32(X)
        return normalise(E - E.max(axis=1, keepdims=True))


@misconception(
    "each row is divided by its max, which changes the distances between the logits, and so the probabilities",
    hint="Softmax stays the same under a shift, not under a scaling.",
)
def divides_by_max(X: Numbers) -> Numbers:
    return normalise(exp32(divide(numpy.asarray(X, "float32"), row_max(X))))


@misconception(
    "one logit of each row, the first or the last, is subtracted: where another is far above it exp still overflows",
    hint="exp overflows upwards: after the shift no entry should be above 0.",
)
def subtracts_one_column(X: Numbers, *, column: Any = (0, -1)) -> Numbers:
    X = numpy.asarray(X, "float32")
    return normalise(exp32(X - X[:, [column]]))


@misconception(
    "the largest absolute value of each row is subtracted: where it is that of a negative logit, every exp is 0, and "
    "0 / 0 is nan",
    hint="After the shift the largest entry of each row should be 0.",
)
def subtracts_largest_absolute(X: Numbers) -> Numbers:
    X = numpy.asarray(X, "float32")
    return normalise(exp32(X - numpy.abs(X).max(axis=1, keepdims=True)))


@misconception(
    "the absolute value of each row's max is subtracted: where all logits are negative they move further down, every "
    "exp is 0, and 0 / 0 is nan",
    hint="After the shift the largest entry of each row should be 0, whatever its sign was.",
)
def subtracts_absolute_max(X: Numbers) -> Numbers:
    return normalise(exp32(numpy.asarray(X, "float32") - numpy.abs(row_max(X))))


@misconception(
    "the max is sought from 0 upwards: in a row of negative logits it is 0, nothing is subtracted, and every exp is 0",
    hint="Where does the search for the largest logit begin? The first logit is a better start than 0.",
)
def max_from_zero(X: Numbers) -> Numbers:
    return normalise(exp32(numpy.asarray(X, "float32") - numpy.maximum(row_max(X), 0)))


@misconception(
    "the sum of each row is subtracted: it lies far from the largest logit, and exp overflows, or is 0 throughout",
    hint="After the shift the largest entry of each row should be 0.",
)
def subtracts_sum(X: Numbers) -> Numbers:
    X = numpy.asarray(X, "float32")
    return normalise(exp32(X - X.sum(axis=1, keepdims=True)))


@misconception(
    "the max of one row, the first or the last, is subtracted from all: rows that lie far from it overflow in exp, or "
    "are 0 throughout",
    hint="Each row is an example of its own, and has a max of its own.",
)
def max_of_one_row(X: Numbers, *, row: Any = (0, -1)) -> Numbers:
    X = numpy.asarray(X, "float32")
    return normalise(exp32(X - X[row].max()))
