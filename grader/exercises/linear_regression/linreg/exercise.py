"""The linear model (section 3.2.4): one prediction for each example, and a gradient for w and b."""

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
    expect_each,
    misconception,
    no_failure,
)
from grader.diagnosis import habits

EXERCISE = Exercise("linreg(X, w, b)", "3.2.4")

Args = tuple[Numbers, Numbers, Numbers]


def linreg(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    """The truth: (n, 1) for w (d, 1), (n,) for w (d,)."""
    return X.astype(float) @ w + b


@misconception("the bias is left out", "After the product, add b.")
def leaves_out_b(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ w


@misconception("b is taken away where it is to be added", "X·w + b.")
def subtracts_b(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ w - b


@misconception("b is multiplied with X·w instead of being added to it", "X·w + b.")
def multiplies_by_b(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ w * b


@misconception("b is added to X before the product: it gets multiplied by the weights", "First np.dot(X, w), then + b.")
def adds_b_to_inputs(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return (X + b) @ w


@misconception("b is added to the weights before the product", "First np.dot(X, w), then + b.")
def adds_b_to_w(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ (w + b)


@misconception(
    "* multiplies entry by entry, and does not add up: there is a number for each feature",
    "A prediction is a sum over the features: np.dot(X, w).",
)
def entry_by_entry(X: Numbers, w: Numbers, b: Numbers) -> Any:
    return X * w.reshape(-1) + b


@misconception(
    "* multiplies entry by entry: the shapes of X and w do not fit for that, or each row gets a weight of its own",
    "A prediction is a sum over the features: np.dot(X, w).",
    like="entry_by_entry",
)
def star(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X * w + b


@misconception("w comes first in the product", "Each row of X meets w: np.dot(X, w), with the shapes (n, d)·(d, 1).")
def w_first(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return w @ X + b


@misconception("w is turned round and comes first in the product", "np.dot(X, w): the shapes fit as they are.")
def w_turned_and_first(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return w.T @ X + b


@misconception("w is transposed before the product", "The shapes fit as they are: (n, d)·(d, 1) is (n, 1).")
def transposes_w(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ w.T + b


@misconception("X is transposed before the product", "The shapes fit as they are: (n, d)·(d, 1) is (n, 1).")
def transposes_inputs(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X.T @ w + b


@misconception("there are two features, as in the example, whatever the shape of X", "np.dot(X, w) takes all of them.")
def two_features(X: Numbers, w: Numbers, b: Numbers) -> Any:
    if len(w) < 2:
        raise IndexError("index 1 is out of bounds")
    return X[:, :2] @ w[:2] + b


@misconception("b is added once for every feature", "b is one number, and is added once: after the sum.")
def adds_b_for_each_feature(X: Numbers, w: Numbers, b: Numbers) -> Numbers:
    return X @ w + len(w) * b


@misconception(
    "a softmax turns the predictions into shares", "Linear regression predicts any number: X·w + b is all there is."
)
def softmax_on_top(X: Numbers, w: Numbers, b: Numbers) -> Any:
    powers = numpy.exp(X @ w + b)
    return powers / powers.sum(axis=0)


@misconception("the predictions are averaged: there is one number for all examples", "One prediction for each example.")
def averages(X: Numbers, w: Numbers, b: Numbers) -> Any:
    return linreg(X, w, b).mean()


@misconception("the predictions are added up over the examples", "One prediction for each example.")
def adds_up(X: Numbers, w: Numbers, b: Numbers) -> Any:
    return linreg(X, w, b).sum()


LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph",
    "the result is no longer tied to w and b: numbers were taken out of MXNet in between",
    "Compute with MXNet's functions from X to the result, without asnumpy() or float().",
)


@misconception(
    "b does not learn: it was taken out of MXNet, or detached, before it was added", "Add b itself.", of="gradient b"
)
def takes_b_out(X: Numbers, w: Numbers, b: Numbers, head: Numbers) -> Numbers:
    return numpy.zeros_like(b)


@misconception("w does not learn: it was taken out of MXNet, or detached", "Multiply with w itself.", of="gradient w")
def takes_w_out(X: Numbers, w: Numbers, b: Numbers, head: Numbers) -> Numbers:
    return numpy.zeros_like(w)


def draw(rng: Rng, n: int, *w_shape: int) -> Args:
    X, w, b = (rng.normal(size=size).astype(numpy.float32) for size in ((n, w_shape[0]), w_shape, 1))
    return X, w, b + numpy.float32(3)


@check(points=1, hint="np.dot, or @, of X and w; then b is added to every row.")
def values(student: Student, rng: Rng) -> None:
    """linreg(X, w, b) is X·w + b, one row for each example"""
    # As many examples as features, one feature, one example, and more of both than anybody writes down.
    inputs = [draw(rng, n, d, 1) for n, d in ((5, 2), (3, 3), (4, 1), (1, 3), (300, 12))]
    results = [student.linreg(*args) for args in inputs]
    expect_each(results, [linreg(*args) for args in inputs], rtol=1e-4, atol=1e-5, any_number=True, oracle=linreg)


@check(points=0.5, hint="Leave the shapes as np.dot makes them.")
def vector_of_weights(student: Student, rng: Rng) -> None:
    """with w of shape (d,), the result has the shape (n,)"""
    inputs = [draw(rng, n, d) for n, d in ((5, 3), (2, 2), (270, 4))]
    results = [student.linreg(*args) for args in inputs]
    expect_each(results, [linreg(*args) for args in inputs], rtol=1e-4, atol=1e-5, any_number=True, oracle=linreg)


@check(points=0.5, hint="Every operator between w, b and the result has to be MXNet's.")
def differentiable(student: Student, rng: Rng) -> None:
    """the gradient flows to w and to b"""
    X, w, b = draw(rng, 4, 3, 1)
    head = rng.normal(size=(4, 1)).astype(numpy.float32)
    result = student.linreg.gradient(X, w, b, head=head, wrt=(1, 2))
    no_failure(result, habits.FAILURES).gradients_close_to([X.T @ head, head.sum(axis=0)])
