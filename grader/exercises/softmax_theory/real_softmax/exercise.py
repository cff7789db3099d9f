"""The real softmax (section 3.4, exercise 5): a maximum without corners."""

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
from grader.exercises.shared.arithmetic import exp32
from grader.exercises.shared.kinds import expect_unchanged
from grader.exercises.shared.log_sum_exp import ATOL, NO_DEFAULT, RTOL, extreme, log_sum_exp, ordinary
from grader.exercises.shared.log_sum_exp import naive as unshifted
from grader.exercises.shared.softmax import softmax

EXERCISE = Exercise("real_softmax(x, lam=1.0)", "3.4")


def real_softmax(x: Numbers, lam: float = 1.0) -> float:
    """The truth: log Σ exp(lam · x) / lam."""
    return log_sum_exp(x, lam)


@misconception(
    "exp is taken of the numbers as they are: of large ones it is inf, and of very small ones nothing is left but 0, "
    "whose logarithm is −inf",
    "Take the maximum out first: log Σ exp(z) = m + log Σ exp(z − m), with m the largest z.",
)
def naive(x: Numbers, lam: float = 1.0) -> float:
    return unshifted(x, lam)


@misconception("lam multiplies the numbers inside, and the result is not divided by it", "(1/lam) stands in front.")
def lam_inside_alone(x: Numbers, lam: float = 1.0) -> float:
    return lam * log_sum_exp(x, lam)


@misconception("the result is divided by lam, and lam does not multiply the numbers inside", "exp(lam · x)")
def lam_outside_alone(x: Numbers, lam: float = 1.0) -> float:
    return log_sum_exp(x) / lam


@misconception("lam does not come into it", "lam multiplies each x inside, and divides the result.")
def leaves_out_lam(x: Numbers, lam: float = 1.0) -> float:
    return log_sum_exp(x)


@misconception(
    "lam divides inside, where it should multiply, as a temperature does",
    "The larger lam, the nearer the result comes to the maximum.",
)
def lam_divides_inside(x: Numbers, lam: float = 1.0, *, outside: Any = (-1, 0, 1)) -> float:
    return log_sum_exp(x, 1 / lam) / lam * lam**outside


@misconception(
    "the maximum itself is returned: that is what comes out where lam grows beyond all bounds", "log, Σ, exp"
)
def maximum_alone(x: Numbers, lam: float = 1.0) -> float:
    return float(x.max())


@misconception(
    "the probabilities of the softmax are returned, which has nothing but its name in common with this",
    "One number is asked for, near the largest x.",
)
def its_namesake(x: Numbers, lam: float = 1.0) -> Numbers:
    return softmax(lam * x.reshape(1, -1))[0]


@misconception("the average of x, weighed by the softmax's probabilities, is returned: it lies below the maximum",
               "log, Σ, exp: there is no x outside the exp.")  # fmt: skip
def weighted_average(x: Numbers, lam: float = 1.0) -> float:
    return float(its_namesake(x, lam) @ x.astype(float))


@misconception(
    "the maximum is taken away before exp, and not added again at the end", "log Σ exp(z) = m + log Σ exp(z − m)"
)
def shift_not_undone(x: Numbers, lam: float = 1.0) -> float:
    return log_sum_exp(x, lam) - float(x.max())


@misconception(
    "what was taken away before exp and what is added at the end differ by the factor lam",
    "If exp(lam · x − m) stands inside, m / lam is to be added outside the division; if exp(lam · (x − m)), m.",
)
def shift_off_by_lam(x: Numbers, lam: float = 1.0, *, power: Any = (1, -1)) -> float:
    m = float(x.max())
    return log_sum_exp(x, lam) - m + m * lam**power


@misconception(
    "the mean of the exponentials is taken, and not their sum: for equal numbers this is below what is asked by "
    "log(q) / lam",
    "Add them up.",
)
def mean_of_the_exponentials(x: Numbers, lam: float = 1.0) -> float:
    return log_sum_exp(x, lam) - float(numpy.log(len(x))) / lam


@misconception("the signs are those of the smooth minimum", "Neither x nor the result gets a minus.")
def smooth_minimum(x: Numbers, lam: float = 1.0) -> float:
    return -log_sum_exp(-x, lam)


@misconception("only the first two numbers count", "The sum runs over all of them.")
def first_two_alone(x: Numbers, lam: float = 1.0) -> float:
    return log_sum_exp(x[:2], lam)


@misconception("the logarithm of each exponential is added up: log and exp cancel, and the sum of x is left",
               "First the sum of all exponentials, then one logarithm.")  # fmt: skip
def sum_of_logarithms(x: Numbers, lam: float = 1.0) -> float:
    return float(x.astype(float).sum())


@misconception(
    "a number below the largest is taken away before exp, the smallest, the first or the mean for example: what is "
    "left may still be so large that exp is inf",
    "Take the largest away: then no exponent is above 0.",
)
def shift_too_small(x: Numbers, lam: float = 1.0, *, shift: Any = (numpy.min, numpy.mean, lambda x: x[0])) -> float:
    with numpy.errstate(all="ignore"):
        return float(shift(x) + numpy.log(exp32(numpy.float32(lam) * (x - shift(x))).sum()) / lam)


@misconception(
    "what goes into exp is cut off, at 80 or so: beyond that, all numbers are taken for the same",
    "Nothing has to be cut off: take the maximum out, and no exponent is above 0.",
)
def clips_the_exponents(x: Numbers, lam: float = 1.0, *, bound: Any = (80, 88, 50, 30, 20, 10)) -> float:
    return log_sum_exp(numpy.clip(lam * x.astype(float), -bound, bound)) / lam


@misconception("lam has another value than 1 where it is not given", "def real_softmax(x, lam=1.0):")
def another_default(x: Numbers, lam: float | None = None, *, default: Any = (2.0, 0.5, 10.0, 0.1, 100.0)) -> float:
    return real_softmax(x, default if lam is None else lam)


CHANGES_X = Misconception(
    "changes_x",
    "x itself is changed, by -= or *=, so that the caller's own array is different afterwards",
    "Make a new array: x - m leaves x alone.",
)


@check(points=2, hint="Multiply by lam, exp, add up, log, divide by lam: in this order.")
def values(student: Student, rng: Rng) -> None:
    """real_softmax(x, lam) is log(Σ exp(lam · x)) / lam"""
    every = ordinary(rng)
    results = [student.real_softmax(x, lam) for x, lam in every]
    known_failures(results, habits.FAILURES)
    wants = [real_softmax(x, lam) for x, lam in every]
    expect_each(results, wants, any_number=True, rtol=RTOL, atol=ATOL, oracle=real_softmax)


@check(points=1.5, hint="exp(100) is inf. log Σ exp(z) = m + log Σ exp(z − m), for any m: which is a good one?")
def large_numbers(student: Student, rng: Rng) -> None:
    """x of ±1000, and lam as large as 10,000, give finite results, and the right ones"""
    every = extreme(rng)
    results = [student.real_softmax(x, lam) for x, lam in every]
    expect_each(results, [real_softmax(x, lam) for x, lam in every], any_number=True, rtol=RTOL, atol=ATOL)


@check(points=0.25, trivial=True, hint="def real_softmax(x, lam=1.0):")
def default(student: Student, rng: Rng) -> None:
    """lam is 1 where it is not given"""
    x = rng.uniform(-2, 2, size=4).astype(numpy.float32)
    result = student.real_softmax(x)
    known_failures([result], ((r"missing 1 required positional argument", NO_DEFAULT),))
    expect(result).close_to(real_softmax(x), any_number=True, rtol=RTOL, atol=ATOL)


@check(points=0.25, trivial=True, hint="Make new arrays; leave x as it is.")
def leaves_x_alone(student: Student, rng: Rng) -> None:
    """x stays as it was"""
    x = rng.uniform(-2, 2, size=4).astype(numpy.float32)
    expect_unchanged(student.real_softmax(x, 2.0), ["x"], CHANGES_X)
