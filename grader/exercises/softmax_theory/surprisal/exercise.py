"""Surprisal (section 3.4.3): how surprising an event is that had this probability."""

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
from grader.exercises.shared.distributions import LIFTS
from grader.exercises.shared.kinds import expect_floats, expect_unchanged
from grader.exercises.shared.vectors import FAILURES, MATH_TAKES_NUMBERS

EXERCISE = Exercise("surprisal(p)", "3.4.3")
OF_MATH = [MATH_TAKES_NUMBERS]


def surprisal(p: Numbers) -> Numbers:
    """The truth: minus the natural logarithm of each entry."""
    return -numpy.log(numpy.asarray(p, float))


@misconception(
    "the minus is missing: the logarithm of a probability is never above 0, and surprise never below", "−log p"
)
def forgets_the_minus(p: Numbers) -> Numbers:
    return numpy.log(p.astype(float))


@misconception(
    "the surprisals are added up, or averaged, to one number", "Each entry of p keeps a surprisal of its own."
)
def one_number_for_all(p: Numbers, *, reduce: Any = (numpy.sum, numpy.mean)) -> float:
    return float(reduce(surprisal(p)))


@misconception(
    "each surprisal is multiplied by its probability: that is a term of the entropy",
    "How surprising an event is when it happens does not count how often it does.",
)
def weighs_by_p(p: Numbers) -> Numbers:
    return -p.astype(float) * numpy.log(p.astype(float))


@misconception(
    "the reciprocal 1 / p is returned, without its logarithm",
    "log(1 / p) is −log p; without the logarithm, the surprises of independent events would not add up.",
)
def reciprocal(p: Numbers) -> Numbers:
    return 1 / p.astype(float)


@misconception(
    "the logarithm is taken of 1 − p: what is certain surprises most",
    "The less likely the event, the larger its surprisal.",
)
def of_the_opposite(p: Numbers) -> Numbers:
    with numpy.errstate(all="ignore"):
        return -numpy.log(1 - p.astype(float))


@misconception("1 is added inside the logarithm", "The surprisal of what is certain, p = 1, is 0.")
def adds_one(p: Numbers) -> Numbers:
    return -numpy.log1p(p.astype(float))


@misconception(
    "the logarithm of the odds, p / (1 − p), is taken", "p itself goes into the logarithm; p = 1 surprises nobody."
)
def log_odds(p: Numbers) -> Numbers:
    with numpy.errstate(all="ignore"):
        return -numpy.log(p.astype(float) / (1 - p.astype(float)))


@misconception(
    "so much is added inside the logarithm, or small probabilities are raised so far, that unlikely events surprise "
    "less than they should",
    "p is never 0 here: nothing has to be added, and nothing to be cut off.",
)
def adds_too_much(p: Numbers, *, lifted: Any = LIFTS) -> Numbers:
    return -numpy.log(lifted(p.astype(float)))


CHANGES_P = Misconception(
    "changes_p",
    "the result is written into p itself, which is the caller's own array: what p is used for next goes wrong",
    "-np.log(p) is a new array; p[:] = … and p *= … are not.",
)
# What 1e-7, which some add, makes of the least probabilities is half of this.
OF_THE_UNLIKELY = 0.1


@check(points=1, hint="np.log is the natural logarithm, and works entry by entry.")
def values(student: Student, rng: Rng) -> None:
    """surprisal(p) is −log p, for each entry of an array of any shape"""
    shapes = ((4,), (4,), (2, 3), (3, 2, 2), (1,), (300,))
    every = [rng.uniform(0.05, 0.95, size=shape).astype(numpy.float32) for shape in shapes]
    # What is certain, and what is unlikely; 1e-8, which some add, does no harm beside 0.001.
    every += [numpy.array([1.0, p, 0.5, 2 * p], numpy.float32) for p in rng.uniform(1e-3, 2e-3, size=1)]
    results = [student.surprisal(p) for p in every]
    known_failures(results, (*habits.FAILURES, *FAILURES))
    expect_each(results, [surprisal(p) for p in every], rtol=1e-5, atol=1e-5, any_number=True, oracle=surprisal)
    p = rng.permutation(numpy.array([2e-6, 2e-5, 2e-4, 0.2]) * rng.uniform(1, 2, size=4)).astype(numpy.float32)
    expect(student.surprisal(p)).close_to(surprisal(p), rtol=0, atol=OF_THE_UNLIKELY, any_number=True)


@check(points=0.5, trivial=True, hint="np.log of an MXNet array is one; math.log and NumPy's log give other things.")
def is_an_array(student: Student, rng: Rng) -> None:
    """the result is an MXNet array"""
    expect_floats(student.surprisal(rng.uniform(0.1, 0.9, size=4).astype(numpy.float32)))


@check(points=0.25, trivial=True, hint="Make a new array; leave p as it is.")
def leaves_p_alone(student: Student, rng: Rng) -> None:
    """p stays as it was"""
    expect_unchanged(student.surprisal(rng.uniform(0.1, 0.9, size=4).astype(numpy.float32)), ["p"], CHANGES_P)
