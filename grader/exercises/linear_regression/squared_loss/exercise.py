"""The squared loss (section 3.2.5): one loss for each example, in the shape of the predictions."""

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
    misconception,
    no_failure,
)
from grader.diagnosis import habits

EXERCISE = Exercise("squared_loss(y_hat, y)", "3.2.5")
# The square multiplied out is right too: in float32 its terms, up to 60 here, leave some 4e-6 where they cancel.
RTOL, ATOL = 1e-4, 2e-5


def squared_loss(y_hat: Numbers, y: Numbers) -> Numbers:
    """The truth, for y_hat (n, 1) or (n,) and y (n,)."""
    return error(y_hat, y) ** 2 / 2


def error(y_hat: Numbers, y: Numbers) -> Numbers:
    """The loss's gradient for y_hat."""
    difference: Numbers = numpy.asarray(y_hat, float) - numpy.asarray(y, float).reshape(y_hat.shape)
    return difference


@misconception("the half before the square is left out", "The loss is ½(ŷ − y)².")
def no_half(y_hat: Numbers, y: Numbers) -> Numbers:
    return error(y_hat, y) ** 2


@misconception("the half stands inside the square, and is squared too", "Half of the square, not the square of half.")
def half_inside(y_hat: Numbers, y: Numbers) -> Numbers:
    return (error(y_hat, y) / 2) ** 2


@misconception(
    "nothing is squared: the loss is the error itself, with its sign, as ** (2 / 2) gives it too",
    "** comes before /, so (ŷ − y) ** 2 / 2 needs no more parentheses.",
)
def not_squared(y_hat: Numbers, y: Numbers) -> Numbers:
    return error(y_hat, y)


@misconception("half of the error is taken, and not of its square", "Square before you halve: ** 2 / 2.")
def half_of_the_error(y_hat: Numbers, y: Numbers) -> Numbers:
    return error(y_hat, y) / 2


@misconception("the absolute value takes the place of the square", "½(ŷ − y)².")
def absolute(y_hat: Numbers, y: Numbers) -> Numbers:
    return abs(error(y_hat, y))


@misconception("the root is taken of the square: what is left is the absolute value, scaled", "The square is the loss.")
def root(y_hat: Numbers, y: Numbers) -> Any:
    return numpy.sqrt(error(y_hat, y) ** 2 / 2)


@misconception("ŷ and y are squared one by one, and then subtracted", "Square the difference: (ŷ − y)², not ŷ² − y².")
def squares_apart(y_hat: Numbers, y: Numbers) -> Any:
    return (y_hat.astype(float) ** 2 - y.reshape(y_hat.shape).astype(float) ** 2) / 2


@misconception("ŷ and y are added where one is to be taken away from the other", "½(ŷ − y)².")
def adds(y_hat: Numbers, y: Numbers) -> Any:
    return (y_hat + y.reshape(y_hat.shape).astype(float)) ** 2 / 2


@misconception("predictions that are too low cost nothing", "A mistake costs the same on either side.")
def one_sided(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.maximum(error(y_hat, y), 0) ** 2 / 2


@misconception("the loss has the sign of the error", "A square is never negative.")
def signed(y_hat: Numbers, y: Numbers) -> Numbers:
    return error(y_hat, y) * abs(error(y_hat, y)) / 2


@misconception("the logarithm of 1 plus the loss is taken", "The loss of an example is ½(ŷ − y)², and no more.")
def logarithm(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.log1p(squared_loss(y_hat, y))


@misconception("the losses are averaged, where each of them is asked for", "Leave the mean out: sgd divides later.")
def averages(y_hat: Numbers, y: Numbers) -> Any:
    return squared_loss(y_hat, y).mean()


@misconception("the losses are added up, where each of them is asked for", "Leave the sum out: backward adds up.")
def adds_up(y_hat: Numbers, y: Numbers) -> Any:
    return squared_loss(y_hat, y).sum()


@misconception("each loss is divided by the number of examples", "Leave that to sgd, which divides by the batch size.")
def divides_by_n(y_hat: Numbers, y: Numbers) -> Numbers:
    return squared_loss(y_hat, y) / len(y)


@misconception("the predictions are cast to the labels' type: their decimals are lost", "Cast the labels, if anything.")
def casts_predictions(y_hat: Numbers, y: Numbers) -> Numbers:
    return squared_loss(y_hat.astype(y.dtype), y)


LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph",
    "the result is no longer tied to y_hat: numbers were taken out of MXNet in between",
    "Compute with MXNet's functions to the end, without asnumpy(), float() or detach().",
)
CHANGES_ARGUMENTS = Misconception(
    "changes_arguments", "the caller's array is changed in place, by -= or [:] =", "Make a new array: d = y_hat - y."
)


def draw(rng: Rng, *shape: int) -> tuple[Numbers, Numbers]:
    """Predictions of that shape and labels (n,), whose errors have both signs and various sizes."""
    y_hat, y = (rng.normal(scale=2, size=size).astype(numpy.float32) for size in (shape, shape[0]))
    return y_hat, y


@check(points=1, hint="Give both the same shape first, then ½(ŷ − y)², entry by entry.")
def values(student: Student, rng: Rng) -> None:
    """with y_hat of shape (n, 1), the result is ½(y_hat − y)², one loss for each example, in the same shape"""
    inputs = [draw(rng, n, 1) for n in (4, 3, 1, 300)]
    results = [student.squared_loss(*args) for args in inputs]
    expect_each(
        results, [squared_loss(*args) for args in inputs], rtol=RTOL, atol=ATOL, any_number=True, oracle=squared_loss
    )


@check(points=0.5, hint="y.reshape(y_hat.shape) fits whichever shape y_hat has.")
def vectors(student: Student, rng: Rng) -> None:
    """with y_hat of shape (n,), the result has the shape (n,)"""
    inputs = [draw(rng, n) for n in (4, 3, 270)]
    results = [student.squared_loss(*args) for args in inputs]
    expect_each(
        results, [squared_loss(*args) for args in inputs], rtol=RTOL, atol=ATOL, any_number=True, oracle=squared_loss
    )


@check(points=0.5, hint="MXNet makes floats of y_hat - y itself: leave y_hat's type alone.")
def integer_labels(student: Student, rng: Rng) -> None:
    """the labels may be integers"""
    inputs = [(draw(rng, 5, 1)[0], rng.integers(-3, 4, size=5).astype(dtype)) for dtype in ("int32", "int64")]
    results = [student.squared_loss(*args) for args in inputs]
    expect_each(results, [squared_loss(*args) for args in inputs], rtol=RTOL, atol=ATOL, any_number=True)


@check(points=0.5, trivial=True, hint="y_hat - y makes a new array; y_hat -= y writes into the caller's.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """y_hat and y stay as they were"""
    for shape in ((4, 1), (3,)):
        result = expect(student.squared_loss(*draw(rng, *shape)))
        result.argument_unchanged(0, "y_hat", CHANGES_ARGUMENTS).argument_unchanged(1, "y", CHANGES_ARGUMENTS)


@check(points=0.5, hint="Every operator between y_hat and the result has to be MXNet's.")
def differentiable(student: Student, rng: Rng) -> None:
    """the gradient flows back to y_hat, and is y_hat − y"""
    y_hat, y = draw(rng, 4, 1)
    head = rng.normal(size=(4, 1)).astype(numpy.float32)
    result = student.squared_loss.gradient(y_hat, y, head=head)
    no_failure(result, habits.FAILURES).gradient_close_to(error(y_hat, y) * head)
