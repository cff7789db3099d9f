"""The best constant (exercise 1 of section 3.1): one number for all data, with the smallest sum of squared errors."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Numbers, Rng, Student, check, expect, expect_each, known_failures, misconception
from grader.diagnosis import habits

EXERCISE = Exercise("best_constant(x)", "3.1")


def best_constant(x: Numbers) -> float:
    """The truth, in float64: the derivative of Σ(x − b)² is −2·Σ(x − b), which is 0 at the mean."""
    return float(numpy.mean(x, dtype=float))


_SQUARES = "Set the derivative of Σ(x − b)² with respect to b to 0, and solve for b."


@misconception("the median is returned: that minimises Σ|x − b|", _SQUARES)
def median(x: Numbers) -> float:
    return float(numpy.median(x))


@misconception("the middle between the smallest and the largest value is returned: that minimises the largest error",
               _SQUARES)  # fmt: skip
def midrange(x: Numbers) -> float:
    return (float(x.min()) + float(x.max())) / 2


@misconception("the root of the mean square is returned: the x are squared, and not the errors x − b", _SQUARES)
def root_mean_square(x: Numbers) -> float:
    return float(numpy.sqrt((x.astype(float) ** 2).mean()))


@misconception("the sum is returned, and not divided by how many there are", "n·b = Σx, so b = Σx/n.")
def total(x: Numbers) -> float:
    return float(x.sum(dtype=float))


@misconception("the smallest sum of squares itself is returned, and not the b at which it is reached",
               "The question is where the minimum is, not how deep it is.")  # fmt: skip
def the_minimum_itself(x: Numbers) -> float:
    return float(((x.astype(float) - best_constant(x)) ** 2).sum())


@misconception("the mean of the absolute values is returned", "The sign of x counts.")
def mean_of_absolute(x: Numbers) -> float:
    return float(abs(x.astype(float)).mean())


@misconception("the sum is divided by n − 1: that belongs to the variance", "n·b = Σx, so b = Σx/n.")
def divides_by_n_minus_1(x: Numbers) -> float:
    if len(x) == 1:
        raise ValueError("division by zero")
    return total(x) / (len(x) - 1)


@misconception(
    "the result is 2·Σx/n: the 2 of the derivative is left over", "The 2 stands on both sides of the equation."
)
def keeps_the_2(x: Numbers) -> float:
    return 2 * best_constant(x)


@misconception("one of the x is returned: the first, the last, the smallest or the largest", _SQUARES)
def one_of_them(x: Numbers, *, which: object = ("first", "last", "smallest", "largest")) -> float:
    of = {"first": x[0], "last": x[-1], "smallest": x.min(), "largest": x.max()}
    return float(of[str(which)])


@misconception("the result is 0, whatever x holds", _SQUARES)
def always_0(x: Numbers) -> float:
    return 0.0


# Ten times what a sum of 300 float32 numbers was seen to be off by. Gradient descent that has arrived is as near.
RTOL, ATOL = 1e-5, 1e-5


def _draw(rng: Rng, n: int) -> Numbers:
    """Skewed, so that mean and median differ, with some values below 0."""
    return (rng.choice([-1, 1]) * (rng.exponential(3, size=n) + rng.permutation(numpy.linspace(-1, 2, n)))).astype(
        numpy.float32
    )


@check(points=0.75, hint=_SQUARES)
def values(student: Student, rng: Rng) -> None:
    """best_constant(x) is the number b with the smallest Σ(x − b)²"""
    inputs = [_draw(rng, n) for n in (5, 5, 4, 300)]
    inputs.append(_draw(rng, 4)[[0, 1, 1, 2, 3, 1]])  # a value that comes up three times counts three times
    results = [student.best_constant(x) for x in inputs]
    known_failures(results, habits.FAILURES)
    expect_each(results, [best_constant(x) for x in inputs], any_number=True, rtol=RTOL, atol=ATOL,
                oracle=best_constant)  # fmt: skip


@check(points=0.25, hint="One value is its own best constant; and where all are near 10,000, so is b.")
def single_and_large(student: Student, rng: Rng) -> None:
    """it is right for a single value, and for values around 10,000"""
    for x in (-abs(_draw(rng, 1)), (1e4 + rng.uniform(-0.1, 0.1, size=9)).astype(numpy.float32)):
        expect(student.best_constant(x)).close_to(best_constant(x), any_number=True, rtol=RTOL, atol=ATOL)
