"""One neuron: the sigmoid of a weighted sum."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Numbers, Rng, Student, check, expect

from ..sigmoid.exercise import sigmoid

EXERCISE = Exercise("neuron(X)", "2.1.3", needs=("sigmoid",))


def neuron(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    """The truth."""
    return sigmoid(X @ w + b)


@check(points=1, hint="The weighted sum is X·w + b, with one entry for each row of X.")
def values(student: Student, rng: Rng) -> None:
    """neuron(X) is the sigmoid of X·w + b"""
    _expect_neuron(student, rng)


@check(points=1, hint="Use the globals w and b by name.")
def current_parameters(student: Student, rng: Rng) -> None:
    """neuron(X) uses w and b as they are at the time of the call"""
    for _ in range(2):
        _expect_neuron(student, rng)


def _expect_neuron(student: Student, rng: Rng) -> None:
    X, w, b = (rng.normal(size=shape).astype(numpy.float32) for shape in ((4, 2), 2, 1))
    student.param(w, name="w")
    student.param(b, name="b")
    expect(student.neuron(X)).close_to(neuron(X, w, b), rtol=1e-4)
