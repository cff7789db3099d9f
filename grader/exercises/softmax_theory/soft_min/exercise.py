"""The soft minimum (section 3.4, exercise 5): the real softmax, seen in the mirror."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect,
    expect_each,
    known_failures,
    misconception,
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import expect_unchanged
from grader.exercises.shared.log_sum_exp import ATOL, NO_DEFAULT, RTOL, extreme, log_sum_exp, naive, ordinary
from grader.exercises.shared.softmax import softmax

EXERCISE = Exercise("soft_min(x, lam=1.0)", "3.4", needs=("real_softmax",))


def soft_min(x: Numbers, lam: float = 1.0) -> float:
    """The truth: minus the real softmax of minus x."""
    return -log_sum_exp(-x, lam)


@misconception("the real softmax of x is returned, the smooth maximum", "Two signs have to be turned around.")
def smooth_maximum(x: Numbers, lam: float = 1.0) -> float:
    return log_sum_exp(x, lam)


@misconception(
    "the minus in front is missing: the numbers are turned around, and never turned back",
    "The largest of the −x is minus the smallest x.",
)
def forgets_to_turn_back(x: Numbers, lam: float = 1.0) -> float:
    return log_sum_exp(-x, lam)


@misconception(
    "the minus inside is missing: this is minus the smooth maximum",
    "Turn the numbers around first: the largest of the −x is minus the smallest x.",
)
def forgets_to_turn_around(x: Numbers, lam: float = 1.0) -> float:
    return -log_sum_exp(x, lam)


@misconception(
    "the minimum itself is returned: that is what comes out where lam grows beyond all bounds",
    "The real softmax does the work.",
)
def minimum_alone(x: Numbers, lam: float = 1.0) -> float:
    return float(x.min())


@misconception(
    "the probabilities of a softmax of −x are returned, which has nothing but its name in common with this",
    "One number is asked for, near the smallest x.",
)
def its_namesake(x: Numbers, lam: float = 1.0) -> Numbers:
    return softmax(-lam * x.reshape(1, -1))[0]


@misconception("the average of x, weighed by the probabilities of a softmax of −x, is returned",
               "The real softmax does the work.")  # fmt: skip
def weighted_average(x: Numbers, lam: float = 1.0) -> float:
    return float(its_namesake(x, lam) @ x.astype(float))


@misconception("lam does not come into it: it is not handed on", "real_softmax takes it as its second argument.")
def leaves_out_lam(x: Numbers, lam: float = 1.0) -> float:
    return soft_min(x)


@misconception(
    "the mean of the exponentials is taken, and not their sum", "The soft minimum lies below the smallest number."
)
def mean_of_the_exponentials(x: Numbers, lam: float = 1.0) -> float:
    return soft_min(x, lam) + float(numpy.log(len(x))) / lam


@misconception("x is divided into 1, where it should be turned around", "The mirror of x is −x.")
def of_reciprocals(x: Numbers, lam: float = 1.0) -> float:
    return 1 / log_sum_exp(1 / x, lam)


@misconception(
    "exp is taken of the numbers as they are: of large ones it is inf, and of very small ones nothing is left but 0, "
    "whose logarithm is −inf",
    "With real_softmax, which takes the maximum out, there is nothing more to do.",
)
def unshifted(x: Numbers, lam: float = 1.0) -> float:
    return -naive(-x, lam)


@misconception("lam has another value than 1 where it is not given", "def soft_min(x, lam=1.0):")
def another_default(x: Numbers, lam: float | None = None, *, default: Any = (2.0, 0.5, 10.0, 0.1, 100.0)) -> float:
    return soft_min(x, default if lam is None else lam)


CHANGES_X = Misconception(
    "changes_x",
    "x itself is turned around, by *= or x[…] = …, so that the caller's own array is different afterwards",
    "Make a new array: -x leaves x alone.",
)


@check(points=1, hint="The smallest x is minus the largest −x. What does that make of a smooth maximum?")
def values(student: Student, rng: Rng) -> None:
    """soft_min(x, lam) is −log(Σ exp(−lam · x)) / lam"""
    every = ordinary(rng)
    results = [student.soft_min(x, lam) for x, lam in every]
    known_failures(results, habits.FAILURES)
    wants = [soft_min(x, lam) for x, lam in every]
    expect_each(results, wants, any_number=True, rtol=RTOL, atol=ATOL, oracle=soft_min)


@check(points=0.5, hint="Let real_softmax do the work: it can cope with such numbers.")
def large_numbers(student: Student, rng: Rng) -> None:
    """x of ±1000, and lam as large as 10,000, give finite results, and the right ones"""
    every = extreme(rng)
    results = [student.soft_min(x, lam) for x, lam in every]
    expect_each(results, [soft_min(x, lam) for x, lam in every], any_number=True, rtol=RTOL, atol=ATOL)


@check(points=0.25, trivial=True, hint="def soft_min(x, lam=1.0):")
def default(student: Student, rng: Rng) -> None:
    """lam is 1 where it is not given"""
    x = rng.uniform(-2, 2, size=4).astype(numpy.float32)
    result = student.soft_min(x)
    known_failures([result], ((r"missing 1 required positional argument", NO_DEFAULT),))
    expect(result).close_to(soft_min(x), any_number=True, rtol=RTOL, atol=ATOL)


@check(points=0.25, trivial=True, hint="Make a new array; leave x as it is.")
def leaves_x_alone(student: Student, rng: Rng) -> None:
    """x stays as it was"""
    x = rng.uniform(-2, 2, size=4).astype(numpy.float32)
    expect_unchanged(student.soft_min(x, 2.0), ["x"], CHANGES_X)
