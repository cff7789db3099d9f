"""The gradient of the squared error (exercise 2 of section 3.1): which way is uphill."""

from __future__ import annotations

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect_each,
    known_failures,
    misconception,
    show,
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import expect_floats, expect_unchanged

# Loops over n and d are right, and take their time.
EXERCISE = Exercise("gradient(X, y, w)", "3.1", budget=Budget(seconds=60))


def residual(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return X.astype(float) @ w - y


def gradient(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    """The truth, in float64: Xᵀ(Xw − y), of shape (d,), the gradient of ½‖Xw − y‖²."""
    return X.T @ residual(X, y, w)


# -- wrong versions


@misconception(
    "the gradient is that of the mean: the sum is divided by n", "The loss is a sum here; nothing divides by n."
)
def of_the_mean(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return gradient(X, y, w) / len(y)


@misconception("the result is 2·Xᵀ(Xw − y): the ½ of the loss is left out", "The ½ cancels the 2 of the square.")
def without_the_half(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return 2 * gradient(X, y, w)


@misconception("the sign is turned around: this is the way downhill, Xᵀ(y − Xw)", "The gradient points uphill: Xw − y.")
def downhill(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return -gradient(X, y, w)


@misconception("X stands where its transpose belongs: X·(Xw − y), which fits only where n = d",
               "One number for each feature: a row of Xᵀ holds what one feature was in all examples.")  # fmt: skip
def no_transpose(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return X @ residual(X, y, w)


@misconception("the errors Xw − y themselves come back", "Each weight is to blame by as much as its feature was: Xᵀ.")
def errors_alone(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return residual(X, y, w)


@misconception("y is left out: XᵀXw", "The error is Xw − y.")
def forgets_y(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return X.T @ (X.astype(float) @ w)


@misconception("only −Xᵀy comes back, or Xᵀy: the gradient at w = 0", "The error is Xw − y.")
def forgets_predictions(X: Numbers, y: Numbers, w: Numbers, *, sign: int | tuple[int, ...] = (1, -1)) -> Numbers:
    assert isinstance(sign, int)
    return sign * (X.T.astype(float) @ y)


@misconception(
    "each example's gradient comes back in a row of its own: they are not added up", "Sum over the examples."
)
def per_example(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return residual(X, y, w)[:, None] * X


@misconception("the sum runs over the features, and not over the examples", "Sum over axis 0.")
def sums_over_features(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return per_example(X, y, w).sum(axis=1)


@misconception("the loss comes back, and not its gradient", "One number for each weight: ∂L/∂w.")
def loss_itself(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return (residual(X, y, w) ** 2).sum() / 2


@misconception("the gradient is that of the absolute error: only the errors' signs are used", "The errors are squared.")
def of_absolute_errors(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return X.T @ numpy.sign(residual(X, y, w))


@misconception(
    "w is added to the gradient: that belongs to weight decay", "Nothing but the squared error is asked for."
)
def decays_weights(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return gradient(X, y, w) + w


@misconception("the weights after a step come back, and not the gradient", "No step is taken yet.")
def takes_a_step(X: Numbers, y: Numbers, w: Numbers, *, lr: float | tuple[float, ...] = (1, 0.1, 0.01)) -> Numbers:
    assert isinstance(lr, int | float)
    return w - lr * gradient(X, y, w)


@misconception("a column y (n, 1) meets the predictions (n,): every error is a row of n, of each label",
               "y has shape (n,): leave it so.")  # fmt: skip
def column_of_labels(X: Numbers, y: Numbers, w: Numbers) -> Numbers:
    return X.T @ (X.astype(float) @ w - y[:, None])


CHANGES_ARGUMENTS = Misconception(
    "changes_arguments",
    "an array that was given is changed in place, by -= or [:] =",
    "Make a new array: r = Xw − y, and not y -= Xw.",
)
ATTACHES_TO_CALLERS_W = Misconception(
    "attaches_to_callers_w",
    "attach_grad or backward is called on the caller's w, whose own gradient is lost by that",
    "w = w.copy() first; then attach_grad and backward concern the copy alone.",
)

# -- the checks

# A gradient is a sum of n products of size |X|·|r|, 2 or so: float32 was seen 3e-5 off for n = 300. By XᵀXw − Xᵀy two
# sums of some hundreds are taken from each other: 1e-4 at most.
RTOL, ATOL = 1e-4, 2e-4
# The second is as large as the first; the fourth has n = d, where a missing transpose fits. More examples than anybody
# writes down, and more features, come last.
SIZES = ((4, 3), (4, 3), (5, 1), (3, 3), (300, 2), (14, 12))

Inputs = tuple[Numbers, Numbers, Numbers]


def draw(rng: Rng, n: int, d: int) -> Inputs:
    X, y, w = (rng.normal(size=size).astype(numpy.float32) for size in ((n, d), n, d))
    return X, y + numpy.float32(0.5), w


@check(points=1, hint="Xᵀ times the errors Xw − y: (d, n) times (n,) is (d,).")
def values(student: Student, rng: Rng) -> None:
    """gradient(X, y, w) is the gradient of ½‖Xw − y‖² with respect to w, of shape (d,)"""
    inputs = [draw(rng, n, d) for n, d in SIZES]
    results = [student.gradient(*args) for args in inputs]
    known_failures(results, habits.FAILURES)
    expect_each(results, [gradient(*args) for args in inputs], any_number=True, rtol=RTOL, atol=ATOL)


@check(points=0.5, trivial=True, hint="np.array(…) makes an MXNet array of NumPy's.")
def is_an_array(student: Student, rng: Rng) -> None:
    """it returns an MXNet array of floats"""
    expect_floats(student.gradient(*draw(rng, 4, 2)))


@check(points=0.5, trivial=True, hint="Compute with new arrays; and autograd's attach_grad belongs on a copy of w.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """X, y and w stay as they were, and so does the gradient that w carries"""
    X, y, w = draw(rng, 4, 3)
    expect_unchanged(student.gradient(X, y, w), ("X", "y", "w"), CHANGES_ARGUMENTS)
    grad = rng.normal(size=3).astype(numpy.float32)
    kept = student.param(w, grad=grad)
    student.gradient(X, y, kept)
    if not numpy.array_equal(kept.grad, grad):
        text = f"w.grad was {show(grad)} before the call of gradient(X, y, w), and is {show(kept.grad)} after it."
        raise CheckFailed(text, ATTACHES_TO_CALLERS_W)
