"""The sigmoid: any number becomes one between 0 and 1."""

from __future__ import annotations

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect,
    expect_from_scratch,
    misconception,
)

EXERCISE = Exercise("sigmoid(X)", "2.1.2")

OPERATORS = ("sigmoid", "_npx_sigmoid", "Activation", "_npx_activation")


def sigmoid(X: Numbers) -> Numbers:
    """The truth."""
    return numpy.exp(-numpy.logaddexp(0, -numpy.asarray(X, float)))


CHANGES_ITS_INPUT = Misconception("changes_its_input", "X is changed in place", "Make a new array.")
USES_THE_LIBRARY = Misconception("uses_the_library", "the library's sigmoid does the work", "All it takes is exp.")


@misconception("the minus before X is forgotten: large numbers become small", "What should become of 100?")
def forgets_the_minus(X: Numbers) -> Numbers:
    return sigmoid(-X)


@misconception(
    "exp(X) is divided by 1 + exp(X): from about 89 on float32 has no number large enough, and inf / inf is nan",
    "Divide both by exp(X).",
)
def quotient(X: Numbers) -> Numbers:
    E = numpy.exp(numpy.asarray(X, "float32"))
    return E / (1 + E)


@check(points=2, hint="One divided by the sum of 1 and exp(-X).")
def values(student: Student, rng: Rng) -> None:
    """sigmoid(X) is 1 / (1 + exp(-X))"""
    X = rng.normal(size=(4, 3)).astype(numpy.float32)
    expect(student.sigmoid(X)).close_to(sigmoid(X), oracle=sigmoid)


@check(points=0.5, trivial=True, hint="Make new arrays: no X -= …")
def leaves_its_input_alone(student: Student, rng: Rng) -> None:
    """sigmoid(X) leaves the array X as it was"""
    result = student.sigmoid(rng.normal(size=3).astype(numpy.float32))
    expect(result).array()
    expect(result).argument_unchanged(0, "X", CHANGES_ITS_INPUT)


@check(points=1, hint="Use MXNet's own functions from X to the result.")
def gradient(student: Student, rng: Rng) -> None:
    """the gradient flows through sigmoid(X) to X"""
    X, head = rng.normal(size=(2, 3, 2)).astype(numpy.float32)
    s = sigmoid(X)
    expect(student.sigmoid.gradient(X, head=head)).gradient_close_to(head * s * (1 - s))


@check(points=0.5, trivial=True, without=OPERATORS, hint="exp, a sum and a division are all that it takes.")
def from_scratch(student: Student, rng: Rng) -> None:
    """sigmoid is written without the library's own"""
    X = rng.normal(size=(2, 3)).astype(numpy.float32)
    expect_from_scratch(student, [(X,)], sigmoid, OPERATORS, USES_THE_LIBRARY)


@check(points=1, hidden=True, hint="exp(100) does not fit into float32.")
def large_numbers(student: Student, rng: Rng) -> None:
    """sigmoid(X) is right for numbers of any size"""
    X = (rng.uniform(100, 900, size=4) * [1, -1, 1, -1]).astype(numpy.float32)
    expect(student.sigmoid(X)).close_to(sigmoid(X))
