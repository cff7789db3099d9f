"""The logistic function: a function that is to be written without the library's own."""

from __future__ import annotations

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect_each,
    expect_from_scratch,
    known_failures,
    misconception,
)
from grader.diagnosis import habits

EXERCISE = Exercise("logistic(z)", "3.4.1")

OPERATORS = ("sigmoid", "hard_sigmoid", "_npx_sigmoid", "log_sigmoid", "softmax", "Activation")
USES_THE_LIBRARY = Misconception("uses_the_library", "the library's sigmoid does the work", "exp and a division do it.")


def logistic(z: Numbers) -> Numbers:
    """The truth."""
    return 1 / (1 + numpy.exp(-z.astype(float)))


@misconception("the minus before z is left out", "1 / (1 + exp(−z))")
def falls(z: Numbers) -> Numbers:
    return 1 / (1 + numpy.exp(z))


@misconception("the odds are given, and not the probability")
def odds(z: Numbers) -> Numbers:
    return numpy.exp(z)


@check(points=1, hint="1 / (1 + exp(−z))")
def values(student: Student, rng: Rng) -> None:
    """logistic(z) is 1 / (1 + exp(−z)), for arrays of any shape"""
    inputs = [rng.normal(size=size).astype(numpy.float32) for size in ((2, 3), 5, 300)]
    results = [student.logistic(z) for z in inputs]
    known_failures(results, habits.FAILURES)
    expect_each(results, [logistic(z) for z in inputs], oracle=logistic)


@check(points=0.5, trivial=True, without=OPERATORS, hint="Build it from exp and a division.")
def from_scratch(student: Student, rng: Rng) -> None:
    """logistic is written from scratch, without the library's sigmoid"""
    z = rng.normal(size=4).astype(numpy.float32)
    expect_from_scratch(student, [(z,)], logistic, OPERATORS, USES_THE_LIBRARY)
