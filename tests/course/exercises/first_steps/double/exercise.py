"""Each number, twice."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Numbers, Rng, Student, check, expect, misconception

EXERCISE = Exercise("double(X)", "2.1.1")


def double(X: Numbers) -> Numbers:
    """The truth."""
    return 2 * numpy.asarray(X, float)


@misconception("each entry is multiplied by itself", "Two times 3 is 6.")
def squares(X: Numbers) -> Numbers:
    return X * X


@misconception("2 is added to each entry", "Two times 3 is 6.")
def adds_two(X: Numbers) -> Numbers:
    return X + 2


@misconception("the sign is lost on the way", "What is two times -3?")
def loses_the_sign(X: Numbers) -> Numbers:
    return abs(2 * X)


@check(points=1, hint="Multiply by 2.")
def values(student: Student, rng: Rng) -> None:
    """double(X) holds each entry of X, twice"""
    X = rng.uniform(3, 9, size=(3, 2)).astype(numpy.float32)
    expect(student.double(X)).close_to(double(X), oracle=double)


@check(points=1, hidden=True, hint="Try it with a number below 0.")
def below_zero(student: Student, rng: Rng) -> None:
    """double(X) is right for numbers below 0, too"""
    X = rng.uniform(-9, -3, size=4).astype(numpy.float32)
    expect(student.double(X)).close_to(double(X), oracle=double)
