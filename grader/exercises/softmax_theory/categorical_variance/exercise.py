"""The covariance of a one-hot vector (section 3.4, exercise 3): how much, and with what, the drawn class varies."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Near,
    Numbers,
    Rng,
    Student,
    check,
    expect_each,
    known_failures,
    misconception,
)
from grader.diagnosis import habits
from grader.exercises.shared.covariance import covariance, wrong_versions
from grader.exercises.shared.distributions import distribution, softened, with_zeros
from grader.exercises.shared.kinds import expect_floats, expect_unchanged

EXERCISE = Exercise("categorical_variance(p)", "3.4", needs=("one_hot",))
VALUES = Near(rtol=1e-5, atol=1e-6, any_number=True)


def categorical_variance(p: Numbers) -> Numbers:
    """The truth: diag(p) - p pᵀ, shape (k, k), in float64."""
    return covariance(p)


KNOWN = wrong_versions(numpy.asarray)


@misconception(
    "the variance of the numbers in p is returned: how much the probabilities differ from each other",
    "What varies is the one-hot vector Z that is drawn with these probabilities.",
)
def variance_of_the_probabilities(p: Numbers, *, ddof: Any = (0, 1)) -> float:
    return float(p.astype(float).var(ddof=ddof)) if len(p) > ddof else numpy.nan


@misconception("the class number is taken for the variable: its variance is one number", "Z is the one-hot vector.")
def variance_of_the_class_number(p: Numbers) -> float:
    numbers, p = numpy.arange(len(p)), p.astype(float)
    return float(p @ numbers**2 - (p @ numbers) ** 2)


@misconception(
    "the correlations are returned: each covariance is divided by two standard deviations",
    "Var[Z_i] = p_i (1 − p_i) stands on the diagonal, and not 1.",
)
def correlations(p: Numbers) -> Numbers:
    deviations = numpy.sqrt(p.astype(float) * (1 - p.astype(float)))
    with numpy.errstate(all="ignore"):
        return covariance(p) / numpy.outer(deviations, deviations)


@misconception("a softmax is applied to p, which holds probabilities already", "p is what it is.")
def softmax_first(p: Numbers) -> Numbers:
    return covariance(softened(p))


CHANGES_P = Misconception(
    "changes_p",
    "p itself is changed, by -=, *= or p[…] = …, so that the caller's own array is different afterwards",
    "Make a new array first: p * … leaves p alone.",
)


@check(points=1, hint="E[Z_i Z_j] is p_i where i = j and else 0; what is taken away is E[Z_i] E[Z_j].")
def values(student: Student, rng: Rng) -> None:
    """categorical_variance(p) is the covariance matrix: diag(p) − p pᵀ"""
    every = [*(distribution(rng, k) for k in (3, 3, 5, 2, 12)), *with_zeros(rng), numpy.ones(1, numpy.float32)]
    results = [student.categorical_variance(p) for p in every]
    known_failures(results, habits.FAILURES)
    expect_each(results, [categorical_variance(p) for p in every], **vars(VALUES))


@check(points=0.25, trivial=True, hint="MXNet's functions give MXNet arrays.")
def is_an_array(student: Student, rng: Rng) -> None:
    """the result is an MXNet array"""
    expect_floats(student.categorical_variance(distribution(rng, 3)))


@check(points=0.25, trivial=True, hint="Make new arrays; leave p as it is.")
def leaves_p_alone(student: Student, rng: Rng) -> None:
    """p stays as it was"""
    expect_unchanged(student.categorical_variance(distribution(rng, 3)), ["p"], CHANGES_P)
