"""The negative log-likelihood of a linear model with normal noise (section 3.1.2): where the square comes from."""

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
from grader.exercises.shared.likelihood import MANY, NLL, SIZES, draw, fitting, residuals, wrong_ways
from grader.exercises.shared.vectors import FAILURES, MATH_TAKES_NUMBERS

# A loop over 300 examples of 12 features is right, and takes its time.
EXERCISE = Exercise("gaussian_nll(X, y, w, b, sigma)", "3.1.2", budget=Budget(seconds=60))


def costs(r: Numbers, sigma: float) -> Numbers:
    """Minus the log of the density of N(0, σ²) at each residual, in float64."""
    return numpy.log(2 * numpy.pi * sigma**2) / 2 + r**2 / (2 * sigma**2)


def gaussian_nll(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> float:
    """The truth: the sum of the costs of y − Xw − b."""
    return float(costs(residuals(X, y, w, b), sigma).sum())


# -- wrong versions

WRONG = [*wrong_ways(costs), MATH_TAKES_NUMBERS]


@misconception("the squared residuals are divided by 2σ, and not by 2σ²", "The density has σ² there.")
def sigma_not_squared(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    r = residuals(X, y, w, b)
    return (costs(0 * r, sigma) + r**2 / (2 * sigma)).sum()


@misconception("sigma is taken for the variance; it is the standard deviation", "The density has σ², both times.")
def sigma_is_variance(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    return costs(residuals(X, y, w, b), sigma**0.5).sum()


@misconception("the squares have no ½: they are divided by σ², and not by 2σ²", "The exponent is −r²/(2σ²).")
def squares_without_half(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    r = residuals(X, y, w, b)
    return (costs(r, sigma) + r**2 / (2 * sigma**2)).sum()


@misconception("the squares are not divided by σ²: ½r² alone", "The exponent is −r²/(2σ²).")
def squares_without_sigma(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    r = residuals(X, y, w, b)
    return (costs(0 * r, sigma) + r**2 / 2).sum()


@misconception("the constant is log(2πσ²), without the ½ that the root makes", "log √a = ½ log a.")
def constant_without_half(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    r = residuals(X, y, w, b)
    return (costs(r, sigma) + costs(0 * r, sigma)).sum()


@misconception("the constant is log σ alone: ½ log 2π is left out", "½ log(2πσ²) = ½ log 2π + log σ.")
def log_sigma_only(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    return (costs(residuals(X, y, w, b), sigma) - numpy.log(2 * numpy.pi) / 2).sum()


@misconception("the constant is ½ log 2π alone: log σ is left out", "½ log(2πσ²) = ½ log 2π + log σ.")
def log_2_pi_only(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    return (costs(residuals(X, y, w, b), sigma) - numpy.log(sigma)).sum()


@misconception("the result is kept from being negative", "A density may be above 1, and minus its logarithm below 0.")
def never_below_0(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> float:
    return max(0.0, gaussian_nll(X, y, w, b, sigma))


@misconception("the residuals are not squared, but taken without their sign", "The exponent is −r²/(2σ²).")
def absolute_residuals(X: Numbers, y: Numbers, w: Numbers, b: float, sigma: float) -> Numbers:
    r = residuals(X, y, w, b)
    return (costs(0 * r, sigma) + abs(r) / (2 * sigma**2)).sum()


# -- the checks

Args = tuple[Numbers, Numbers, Numbers, float, float]


def _right(student: Student, inputs: list[Args]) -> None:
    results = [student.gaussian_nll(*args) for args in inputs]
    known_failures(results, (*habits.FAILURES, *FAILURES))
    expect_each(results, [gaussian_nll(*args) for args in inputs], any_number=True, rtol=NLL.rtol, atol=NLL.atol)


@check(points=1.5, hint="For every example ½·log(2πσ²) + r²/(2σ²); then the sum.")
def values(student: Student, rng: Rng) -> None:
    """gaussian_nll(X, y, w, b, sigma) is −log P(y | X) under normal noise"""
    sigmas = [round(float(rng.uniform(*of)), 3) for of in ((0.4, 0.6), (1.7, 2.3), (0.6, 0.8), (2.4, 3))]
    inputs = [(*draw(rng, n, d, sigma, sign), sigma) for (n, d, sign), sigma in zip(SIZES, sigmas, strict=True)]
    # Of labels that are predicted exactly the constants are left, and with a small sigma they are negative.
    _right(student, [*inputs, (*fitting(rng, 4, 2), 0.3), (*fitting(rng, 4, 2), 1.5)])


@check(points=1, hint="The product of so many densities is 0 in float32: add up logarithms instead.")
def many_examples(student: Student, rng: Rng) -> None:
    """it is right for many examples, of which the likelihood itself is 0 in float32"""
    _right(student, [(*draw(rng, *MANY, sigma), sigma) for sigma in (0.8, 2.5)])


@check(
    points=0.5,
    hidden=True,
    hint="A label that is far off has the density 0 in float32: take the logarithm on paper first.",
)
def far_labels(student: Student, rng: Rng) -> None:
    """it is right for labels that are thousands of standard deviations off"""
    _right(student, [(*draw(rng, 5, 2, size), 0.1) for size in (150.0, 300.0)])


@check(points=0.25, trivial=True, hint="Make new arrays; leave the arguments as they are.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """the arguments stay as they were"""
    expect_unchanged(student.gaussian_nll(*draw(rng, 5, 2), 0.8), ("X", "y", "w"), CHANGES_ARGUMENTS)
