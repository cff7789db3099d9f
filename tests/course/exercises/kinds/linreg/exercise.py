"""A linear model's output: a function that is differentiated for each of its arguments."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Misconception, Numbers, Rng, Student, check, expect, misconception, no_failure
from grader.diagnosis import habits

EXERCISE = Exercise("linreg(X, w, b)", "3.2.4")

LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph",
    "the result is no longer tied to what it was computed from: numbers were taken out of MXNet in between",
    "Compute with MXNet's functions from X to the result, without asnumpy() or detach().",
)


def linreg(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    """The truth."""
    return X.astype(float) @ w + b


def gradients(X: Numbers, w: Numbers, head: Numbers) -> list[Numbers]:
    """Those of sum(linreg(X, w, b) · head), for X, for w and for b."""
    return [numpy.outer(head, w), X.T @ head, numpy.array([head.sum()])]


@misconception("the bias is left out")
def leaves_out_b(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ w


@misconception(
    "the result does not depend on b as MXNet sees it: a number was taken out of b and added", of="gradient b"
)
def takes_b_out(X: Numbers, w: Numbers, b: Numbers, head: Numbers) -> Numbers:
    return numpy.zeros(1)


@misconception("the result does not depend on w as MXNet sees it: w was detached, or copied", of="gradient w")
def takes_w_out(X: Numbers, w: Numbers, b: Numbers, head: Numbers) -> Numbers:
    return numpy.zeros_like(w)


@misconception("w is used twice: the result is X·(2w) + b", "Each weight counts once.")
def doubles_w(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ (2 * w) + b


def draw(rng: Rng, n: int, d: int) -> tuple[Numbers, Numbers, Numbers]:
    X, w, b = (rng.normal(size=size).astype(numpy.float32) for size in ((n, d), d, 1))
    return X, w, b + 3


@check(points=1, hint="np.dot, or @, of X and w; then b is added to every row.")
def values(student: Student, rng: Rng) -> None:
    """linreg(X, w, b) is X·w + b"""
    X, w, b = draw(rng, 4, 3)
    expect(student.linreg(X, w, b)).close_to(linreg(X, w, b), rtol=1e-4, atol=1e-5)


@check(points=1, hint="Compute with MXNet's functions from the arguments to the result.")
def differentiable(student: Student, rng: Rng) -> None:
    """the gradient flows to X, to w and to b"""
    X, w, b = draw(rng, 4, 3)
    head = rng.normal(size=4).astype(numpy.float32)
    result = student.linreg.gradient(X, w, b, head=head, wrt=(0, 1, 2))
    no_failure(result, habits.FAILURES).gradients_close_to(gradients(X, w, head))
