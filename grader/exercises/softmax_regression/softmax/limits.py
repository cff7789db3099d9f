"""The ways people get `softmax(X)` wrong with limits and digits: what is cut off, replaced, or rounded."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.arithmetic import divide, exp32
from grader.exercises.shared.softmax import softmax

from .misconceptions import naive_exp
from .shifts import normalise, row_max


@misconception(
    "the logits are cut off at some bound, ±50 say: two logits beyond it get the same probability, however far apart "
    "they are",
    hint="Look for a change to the logits that leaves their differences as they are.",
)
def clips_logits(X: Numbers, *, bound: Any = (50, 5, 10, 20, 30, 80, 88)) -> Numbers:
    return normalise(exp32(numpy.clip(X, -bound, bound)))


@misconception(
    "a small number is added to the denominator: 0 / 0 becomes 0, so a row of very low logits turns into "
    "zeros, "
    "and large logits still give inf / inf, which is nan",
    hint="Keep exp itself from overflowing; then the denominator can never be 0.",
)
def eps_in_denominator(X: Numbers) -> Numbers:
    E = exp32(X)
    return divide(E, E.sum(axis=1, keepdims=True) + numpy.float32(1e-8))


@misconception(
    "nan is replaced by 0: the largest logit of the row, which should get the largest probability, gets none",
    hint="A nan shows that something overflowed before; keep that from happening instead.",
)
def nan_replaced_by_zero(X: Numbers) -> Numbers:
    P = naive_exp(X)
    return numpy.where(numpy.isnan(P), 0, P)


@misconception(
    "the probabilities are rounded to two decimals: small ones become 0 and no gradient passes through the rounding",
    hint="Return the numbers as they are; rounding is for printing.",
)
def rounds(X: Numbers) -> Numbers:
    return numpy.rint(softmax(X) * 100) / 100


@misconception(
    "the logits are cut off from above only, at some bound: two logits beyond it get the same probability, however far "
    "apart they are",
    hint="Look for a change to the logits that leaves their differences as they are.",
)
def cuts_large_logits(X: Numbers, *, bound: Any = (50, 5, 10, 20, 30, 80, 88)) -> Numbers:
    return normalise(exp32(numpy.minimum(X, bound)))


@misconception(
    "what lies far below the row's max is lifted to some bound, -5 say: unlikely classes all get the same probability",
    hint="exp of a very negative number is 0, which does no harm: no limit is needed.",
)
def lifts_small_exponents(X: Numbers, *, bound: Any = (1, 2, 3, 4, 5, 6, 8, 10, 12)) -> Numbers:
    return normalise(numpy.exp(numpy.maximum(numpy.asarray(X, "float64") - row_max(X), -bound)))


@misconception(
    "the logits are rounded first, to whole numbers or to a few decimals: what lies between is lost, and no gradient "
    "passes through the rounding",
    hint="Use the numbers as they are; rounding is for printing.",
)
def rounds_logits(X: Numbers, *, decimals: Any = (0, 1, 2, 3)) -> Numbers:
    return softmax(numpy.round(numpy.asarray(X, "float64"), decimals))


@misconception(
    "the logits lose their decimals before exp, as in a cast to an integer dtype",
    hint="Leave X in the dtype in which it comes.",
)
def integer_logits(X: Numbers) -> Numbers:
    return softmax(numpy.trunc(X))


@misconception(
    "the logits are put into float16 first, which holds three digits",
    hint="Leave X in the dtype in which it comes.",
)
def half_logits(X: Numbers) -> Numbers:
    return softmax(numpy.asarray(X, "float16"))


@misconception(
    "exp is computed by the first terms of its series, or by a power (1 + x/n)^n, which is right near 0 only",
    hint="MXNet has exp.",
)
def series_for_exp(X: Numbers, *, terms: Any = (*range(2, 21), 50, 100, 256, 1000, 1024)) -> Numbers:
    return normalise(_series(numpy.asarray(X, "float64"), terms))


@misconception(
    "exp is computed by the first terms of its series, or by a power (1 + x/n)^n, which is right near 0 only; and the "
    "row's max that is taken away first leads far from 0",
    hint="MXNet has exp.",
    like="series_for_exp",
)
def series_after_shift(X: Numbers, *, terms: Any = (*range(2, 21), 50, 100, 256, 1000, 1024)) -> Numbers:
    return normalise(_series(numpy.asarray(X, "float64") - row_max(X), terms))


def _series(Z: Numbers, terms: int) -> Numbers:
    """So many terms of the series; many make no difference any more, and stand for a power."""
    if terms > 20:
        return (1 + Z / terms) ** terms
    result, term = numpy.ones_like(Z), numpy.ones_like(Z)
    for k in range(1, terms):
        term = term * Z / k
        result = result + term
    return result


@misconception(
    "every class gets a little beside its share: something is added to each exp, or the probabilities are mixed with "
    "those of chance",
    hint="exp is never negative, and the largest of a row is 1 after the shift: nothing has to be added.",
)
def share_for_every_class(X: Numbers, *, kind: Any = (
    ("exp", 1e-3), ("exp", 1e-2), ("exp", 1e-4), ("exp", 1e-5), ("exp", 1), ("mixed", 0.1), ("mixed", 0.01),
)) -> Numbers:  # fmt: skip
    where, size = kind
    if where == "mixed":
        return (1 - size) * softmax(X) + size / numpy.shape(X)[1]
    return normalise(numpy.exp(numpy.asarray(X, "float64") - row_max(X)) + size)


@misconception(
    "the logits lose their sign: a very negative one counts as much as a very large one",
    hint="exp takes negative numbers too.",
)
def absolute_logits(X: Numbers) -> Numbers:
    return softmax(numpy.abs(X))
