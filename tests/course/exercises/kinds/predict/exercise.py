"""A linear model's predictions and their squared losses: a function that returns two values."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Exercise, Numbers, Rng, Student, check, expect_parts, misconception

EXERCISE = Exercise("predict(X, w, b, y)", "3.2.5")

Args = tuple[Numbers, Numbers, float, Numbers]


def predict(X: Numbers, w: Numbers, b: float, y: Numbers) -> dict[str, Numbers]:
    """The truth."""
    y_hat = X.astype(float) @ w + b
    return {"y_hat": y_hat, "loss": (y_hat - y) ** 2 / 2}


@misconception("the bias b is left out of the prediction", "Look at the formula: X·w + b.", of="y_hat")
def leaves_out_b(X: Numbers, w: Numbers, b: float, y: Numbers) -> Numbers:
    return X @ w


@misconception("b is taken away where it is to be added", of="y_hat")
def subtracts_b(X: Numbers, w: Numbers, b: float, y: Numbers) -> Numbers:
    return X @ w - b


@misconception("the half before the square is left out", "The loss is ½(ŷ − y)².", of="loss")
def without_the_half(X: Numbers, w: Numbers, b: float, y: Numbers) -> Numbers:
    return (X @ w + b - y) ** 2


@misconception("the loss is the error itself, with its sign, and not its square", of="loss")
def does_not_square(X: Numbers, w: Numbers, b: float, y: Numbers) -> Numbers:
    return X @ w + b - y


@misconception("the losses are averaged: there is one number for the whole batch", of="loss")
def averages(X: Numbers, w: Numbers, b: float, y: Numbers) -> Any:
    return ((X @ w + b - y) ** 2 / 2).mean()


def draw(rng: Rng, n: int, d: int) -> Args:
    X, w, y = (rng.normal(size=size).astype(numpy.float32) for size in ((n, d), d, n))
    return X, w, round(float(rng.uniform(1, 2)), 2), y


@check(points=1, hint="np.dot, or @, of X and w; then b is added to every row.")
def predictions(student: Student, rng: Rng) -> None:
    """the first value of predict(X, w, b, y) is X·w + b"""
    inputs = [draw(rng, 4, 3), draw(rng, 300, 12)]
    expect_parts([student.predict(*args) for args in inputs], [predict(*args) for args in inputs], only="y_hat",
                 rtol=1e-4, atol=1e-5)  # fmt: skip


@check(points=1, hint="One loss for each example, from its own prediction.")
def losses(student: Student, rng: Rng) -> None:
    """the second value of predict(X, w, b, y) is ½(ŷ − y)², for each example"""
    inputs = [draw(rng, 4, 3), draw(rng, 300, 12)]
    expect_parts([student.predict(*args) for args in inputs], [predict(*args) for args in inputs], only="loss",
                 rtol=1e-4, atol=1e-5)  # fmt: skip
