"""The negative log-likelihood of a linear model with Laplace noise (exercise 3 of section 3.1): another loss."""

from __future__ import annotations

import numpy

from grader.checking import (
    Budget,
    Exercise,
    Numbers,
    Rng,
    Student,
    check,
    expect_each,
    known_failures,
    misconception,
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import CHANGES_ARGUMENTS, expect_unchanged
from grader.exercises.shared.likelihood import MANY, NLL, SIZES, Inputs, draw, fitting, residuals, wrong_ways
from grader.exercises.shared.vectors import FAILURES, MATH_TAKES_NUMBERS

# A loop over 300 examples of 12 features is right, and takes its time.
EXERCISE = Exercise("laplace_nll(X, y, w, b)", "3.1", budget=Budget(seconds=60))
LOG_2 = float(numpy.log(2))


def costs(r: Numbers) -> Numbers:
    """Minus the log of the density ½·exp(−|r|) at each residual, in float64."""
    return LOG_2 + abs(r)


def laplace_nll(X: Numbers, y: Numbers, w: Numbers, b: float) -> float:
    """The truth: the sum of the costs of y − Xw − b."""
    return float(costs(residuals(X, y, w, b)).sum())


# -- wrong versions

WRONG = [*wrong_ways(costs), MATH_TAKES_NUMBERS]


@misconception("the residuals keep their sign: those below 0 make the result smaller", "The exponent is −|ε|.")
def without_absolute(X: Numbers, y: Numbers, w: Numbers, b: float, *, sign: int | tuple[int, ...] = (1, -1)) -> Numbers:
    assert isinstance(sign, int)
    return (LOG_2 + sign * residuals(X, y, w, b)).sum()


@misconception("the residuals are squared and halved, as for normal noise", "The exponent is −|ε| here.")
def squared(X: Numbers, y: Numbers, w: Numbers, b: float) -> Numbers:
    return (LOG_2 + residuals(X, y, w, b) ** 2 / 2).sum()


@misconception("the residuals are squared", "The exponent is −|ε| here.")
def squared_whole(X: Numbers, y: Numbers, w: Numbers, b: float) -> Numbers:
    return (LOG_2 + residuals(X, y, w, b) ** 2).sum()


@misconception(
    "the ½ before the exponential halves the absolute residuals, and log 2 is missing", "−log(½·e^(−a)) = log 2 + a."
)
def half_outside(X: Numbers, y: Numbers, w: Numbers, b: float) -> Numbers:
    return abs(residuals(X, y, w, b)).sum() / 2


@misconception("the absolute residuals are halved", "−log(½·e^(−a)) = log 2 + a: the ½ is no part of the exponent.")
def halves_residuals(X: Numbers, y: Numbers, w: Numbers, b: float) -> Numbers:
    return (LOG_2 + abs(residuals(X, y, w, b)) / 2).sum()


@misconception("the ½ itself is added for each example, and not log 2", "−log ½ = log 2 = 0.693.")
def adds_a_half(X: Numbers, y: Numbers, w: Numbers, b: float) -> Numbers:
    return (0.5 + abs(residuals(X, y, w, b))).sum()


@misconception("the constant of the normal density, ½ log 2π, stands for that of the Laplace density",
               "The factor before the exponential is ½.")  # fmt: skip
def normal_constant(X: Numbers, y: Numbers, w: Numbers, b: float) -> Numbers:
    return (numpy.log(2 * numpy.pi) / 2 + abs(residuals(X, y, w, b))).sum()


# -- the checks


def _right(student: Student, inputs: list[Inputs]) -> None:
    results = [student.laplace_nll(*args) for args in inputs]
    known_failures(results, (*habits.FAILURES, *FAILURES))
    expect_each(results, [laplace_nll(*args) for args in inputs], any_number=True, rtol=NLL.rtol, atol=NLL.atol)


@check(points=1, hint="For every example log 2 + |r|; then the sum.")
def values(student: Student, rng: Rng) -> None:
    """laplace_nll(X, y, w, b) is −log P(y | X) under Laplace noise"""
    _right(student, [*(draw(rng, n, d, sign=sign) for n, d, sign in SIZES), fitting(rng, 4, 2)])


@check(points=0.5, hint="The product of so many densities is 0 in float32: add up logarithms instead.")
def many_examples(student: Student, rng: Rng) -> None:
    """it is right for many examples, of which the likelihood itself is 0 in float32"""
    _right(student, [draw(rng, *MANY, size) for size in (0.8, 2.5)])


@check(
    points=0.5,
    hidden=True,
    hint="A label that is far off has the density 0 in float32: take the logarithm on paper first.",
)
def far_labels(student: Student, rng: Rng) -> None:
    """it is right for labels that are off by hundreds"""
    _right(student, [draw(rng, 5, 2, size) for size in (200.0, 300.0)])


@check(points=0.25, trivial=True, hint="Make new arrays; leave the arguments as they are.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """the arguments stay as they were"""
    expect_unchanged(student.laplace_nll(*draw(rng, 5, 2)), ("X", "y", "w"), CHANGES_ARGUMENTS)
