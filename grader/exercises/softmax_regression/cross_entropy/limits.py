"""The ways people get `cross_entropy(y_hat, y)` wrong with small probabilities and digits: what each returns."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.arithmetic import one_hot, pick

from .exercise import cross_entropy
from .misconceptions import EPS, classes, minus_log


@misconception(
    "the logarithm is taken of the probability as it is: where the true class has probability 0 the loss "
    "is infinite, "
    "and the gradient with it",
    hint="Keep the probability a tiny bit away from 0 before the logarithm; below 1e-45 float32 takes it for 0.",
)
def log_of_zero(y_hat: Numbers, y: Numbers) -> Numbers:
    return cross_entropy(y_hat, y)


@misconception(
    "every logarithm is multiplied by 0 or 1: where another class has probability 0 this is 0 times "
    "minus infinity, "
    "which is nan, and it spoils the row",
    hint="Choose the probability first and take the logarithm afterwards, or keep all of them away from 0.",
)
def zero_times_log_zero(y_hat: Numbers, y: Numbers) -> Numbers:
    with numpy.errstate(all="ignore"):
        return (one_hot(y, classes(y_hat)) * minus_log(y_hat)).sum(axis=1)


@misconception(
    "1e-6 is added to the probability: next to a small probability that is large enough to change the loss",
    hint="A much smaller number serves as well to keep the logarithm finite.",
)
def eps_1e_6(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), 1e-6)


@misconception(
    "1e-3 is added to the probability: every loss is too small, and none can rise above 6.9",
    hint="A much smaller number serves as well to keep the logarithm finite.",
)
def eps_1e_3(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), 1e-3)


@misconception(
    "1e-4 is added to the probability: every loss is a little too small, and none can rise above 9.3",
    hint="A much smaller number serves as well to keep the logarithm finite.",
)
def eps_1e_4(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), 1e-4)


@misconception(
    "1e-5 is added to the probability: next to a small probability that is large enough to change the loss",
    hint="A much smaller number serves as well to keep the logarithm finite.",
)
def eps_1e_5(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), 1e-5)


@misconception(
    "probabilities below some bound, 0.01 or 0.001 say, are cut off: the worst predictions all get the same loss and, "
    "with it, no gradient",
    hint="A much smaller limit serves as well to keep the logarithm finite.",
)
def clips_at_1e_2(y_hat: Numbers, y: Numbers, *, bound: Any = (1e-2, 0.1, 0.05, 5e-3, 1e-3, 1e-4)) -> Numbers:
    return minus_log(numpy.clip(pick(y_hat, y), bound, 1))


@misconception(
    "an infinite loss is replaced by 0: the worst prediction of all counts as perfect",
    hint="A true class with probability 0 should give a large loss: act before the logarithm.",
)
def inf_replaced_by_zero(y_hat: Numbers, y: Numbers) -> Numbers:
    loss = cross_entropy(y_hat, y)
    return numpy.where(numpy.isinf(loss), 0, loss)


@misconception(
    "1 is added to the probability inside the logarithm: the loss is negative, and grows less than it should",
    hint="A much smaller number serves as well to keep the logarithm finite.",
)
def plus_one_in_log(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), 1)


@misconception(
    "the probabilities are rounded to a few decimals first: small ones become 0, and no gradient passes through the "
    "rounding",
    hint="Use the numbers as they are; rounding is for printing.",
)
def rounds_probabilities(y_hat: Numbers, y: Numbers, *, decimals: Any = (2, 1, 3, 4)) -> Numbers:
    return minus_log(numpy.round(pick(y_hat, y), decimals), EPS)


@misconception(
    "the probabilities are put into float16 first, which holds three digits",
    hint="Leave the arrays in the dtype in which they come.",
)
def half_probabilities(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(numpy.asarray(pick(y_hat, y), "float16"), EPS)


@misconception(
    "losses above some bound, 5 or 10 say, are cut off: the worst predictions all get the same loss and no gradient",
    hint="A loss may be large: it is finite if the argument of the log is kept away from 0, by very little.",
)
def caps_the_loss(y_hat: Numbers, y: Numbers, *, most: Any = (5, 1, 2, 3, 4, 6, 8, 10)) -> Numbers:
    return numpy.minimum(minus_log(pick(y_hat, y), EPS), most)
