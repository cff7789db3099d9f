"""The Hessian of the softmax loss (section 3.4.2, exercises 2 and 3): how its gradient changes with the logits."""

from __future__ import annotations

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
from grader.exercises.shared.arithmetic import divide, exp32
from grader.exercises.shared.covariance import covariance, wrong_versions
from grader.exercises.shared.kinds import expect_floats, expect_unchanged
from grader.exercises.shared.softmax import COARSE, softmax

EXERCISE = Exercise("softmax_hessian(o)", "3.4.2", needs=("one_hot", "softmax_gradient"))
# The products were seen 1.3e-7 off in float32; rows of the Jacobian by autograd as well.
VALUES = Near(rtol=1e-5, atol=5e-6, any_number=True)


def probabilities(o: Numbers) -> Numbers:
    return softmax(o.reshape(1, -1))[0]


def softmax_hessian(o: Numbers) -> Numbers:
    """The truth: diag(p) - p pᵀ with p = softmax(o), in float64."""
    return covariance(probabilities(o))


KNOWN = wrong_versions(probabilities)

SECOND_BACKWARD = Misconception(
    "second_backward",
    "a gradient is differentiated a second time, which most of MXNet's operators are not made for",
    "Work out the derivative of p_i for o_j on paper; or take one gradient for each of the p_i.",
)


@misconception(
    "the logits stand where their softmax belongs: diag(o) − o oᵀ", "Begin with p, the softmax of o."
)  # fmt: skip
def of_the_logits(o: Numbers) -> Numbers:
    return covariance(o)


@misconception("exp(o) stands where the softmax belongs, without the division by the sum", "The p have to add up to 1.")
def of_the_exponentials(o: Numbers) -> Numbers:
    return covariance(numpy.exp(o.astype(float)))


@misconception(
    "exp is taken of the logits as they are: large ones overflow, and inf / inf is nan; of very small ones nothing is "
    "left, and 0 / 0 is nan",
    "Take the largest logit away first: the quotient stays the same.",
)
def naive_exp(o: Numbers) -> Numbers:
    with numpy.errstate(all="ignore"):
        return covariance(divide(exp32(o), exp32(o).sum()))


CHANGES_O = Misconception(
    "changes_o",
    "o itself is changed, by -= or o[…] = …, so that the caller's own array is different afterwards",
    "Make a new array first: o - … leaves o alone.",
)
FAILURES = (*habits.FAILURES, (r"[Dd]ifferentiab|FGradient|_backward_|backward_", SECOND_BACKWARD))


@check(points=1.5, hint="With p = softmax(o), ∂p_i/∂o_j is p_i (1 − p_i) on the diagonal and −p_i p_j elsewhere.")
def values(student: Student, rng: Rng) -> None:
    """softmax_hessian(o) is the matrix of the ∂²/∂o_i∂o_j: diag(p) − p pᵀ with p = softmax(o)"""
    every = [rng.normal(size=q).astype(numpy.float32) for q in (3, 3, 2, 5, 1, 12)]
    results = [student.softmax_hessian(o) for o in every]
    known_failures(results, FAILURES)
    expect_each(results, [softmax_hessian(o) for o in every], **vars(VALUES), oracle=softmax_hessian)


@check(points=1, hint="exp(1000) is inf. Which number may be taken from all logits without any effect?")
def large_logits(student: Student, rng: Rng) -> None:
    """logits may be as large as 10,000, or as small as −10,000"""
    every = [numpy.array(o) + rng.integers(-20, 20) for o in ([1e3, 1001, 999], [-1e4, -1e4], [1e4, 0, -1e4, 1e4])]
    results = [student.softmax_hessian(o.astype(numpy.float32)) for o in every]
    expect_each(results, [softmax_hessian(o) for o in every], rtol=0, atol=COARSE, any_number=True)


@check(points=0.25, trivial=True, hint="MXNet's functions give MXNet arrays.")
def is_an_array(student: Student, rng: Rng) -> None:
    """the result is an MXNet array"""
    expect_floats(student.softmax_hessian(rng.normal(size=3).astype(numpy.float32)))


@check(points=0.25, trivial=True, hint="Make new arrays; leave o as it is.")
def leaves_o_alone(student: Student, rng: Rng) -> None:
    """o stays as it was"""
    expect_unchanged(student.softmax_hessian(rng.normal(size=3).astype(numpy.float32)), ["o"], CHANGES_O)
