"""The analytic solution of linear regression (section 3.1.1, exercise 2): weights without any training."""

from __future__ import annotations

import numpy

from grader.checking import (
    Budget,
    Exercise,
    Known,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect_each,
    known_failures,
    misconception,
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import expect_floats, expect_unchanged

# Gradient descent that has arrived is a solution as well, and takes its time.
EXERCISE = Exercise("closed_form(X, y)", "3.1.1", budget=Budget(seconds=60))


def closed_form(X: Numbers, y: Numbers) -> Numbers:
    """The truth, in float64: the w (d,) with the smallest ‖Xw − y‖."""
    w: Numbers = numpy.linalg.lstsq(X.astype(float), y.astype(float), rcond=None)[0]
    return w


def _parts(X: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """XᵀX and Xᵀy, in float64."""
    X = X.astype(float)
    return X.T @ X, X.T @ y


# -- wrong versions


@misconception("only Xᵀy comes back: the inverse of XᵀX is missing", "Solve (XᵀX)·w = Xᵀy for w.")
def no_inverse(X: Numbers, y: Numbers) -> Numbers:
    return _parts(X, y)[1]


@misconception("XᵀX multiplies where its inverse should", "w = (XᵀX)⁻¹Xᵀy: np.linalg.inv, or np.linalg.solve.")
def not_inverted(X: Numbers, y: Numbers) -> Numbers:
    A, c = _parts(X, y)
    return A @ c


@misconception("each entry of XᵀX is turned upside down: 1 / A, or A ** -1, is not the inverse of a matrix",
               "np.linalg.inv(A), or np.linalg.solve(A, c).")  # fmt: skip
def elementwise_inverse(X: Numbers, y: Numbers) -> Numbers:
    A, c = _parts(X, y)
    return (1 / A) @ c


@misconception("XᵀX is divided out entry by entry along its diagonal: that treats the features as unrelated",
               "np.linalg.solve(A, c) solves for all weights together.")  # fmt: skip
def diagonal_only(X: Numbers, y: Numbers) -> Numbers:
    A, c = _parts(X, y)
    return c / numpy.diag(A)


@misconception("the inverse is applied twice", "w = (XᵀX)⁻¹Xᵀy: once.")
def inverse_twice(X: Numbers, y: Numbers) -> Numbers:
    A, c = _parts(X, y)
    return numpy.linalg.solve(A, numpy.linalg.solve(A, c))


@misconception("the result is divided by n, as a mean would be: the n of both sides has cancelled already",
               "(XᵀX/n)⁻¹(Xᵀy/n): the same n above and below.")  # fmt: skip
def one_over_n(X: Numbers, y: Numbers) -> Numbers:
    return closed_form(X, y) / len(y)


@misconception("something is added to the diagonal of XᵀX: that is ridge regression, whose weights are smaller",
               "Nothing but the squared error is to be minimised.")  # fmt: skip
def ridge(X: Numbers, y: Numbers, *, weight: float | tuple[float, ...] = (0.1, 0.5, 1, 2, 10)) -> Numbers:
    A, c = _parts(X, y)
    return numpy.linalg.solve(A + numpy.asarray(weight) * numpy.eye(len(A)), c)


@misconception("the square system of the first d examples is solved: the others are not used",
               "All examples count: XᵀX is square for any n.")  # fmt: skip
def first_rows_only(X: Numbers, y: Numbers) -> Numbers:
    d = X.shape[1]
    return numpy.linalg.solve(X[:d].astype(float), y[:d].astype(float))


@misconception("the sign is turned around", "From Xᵀ(Xw − y) = 0 follows XᵀXw = Xᵀy.")
def negative(X: Numbers, y: Numbers) -> Numbers:
    return -closed_form(X, y)


@misconception("a column of ones is added to X: there is a weight more than features", "X is taken as it is.")
def adds_ones(X: Numbers, y: Numbers, *, first: bool | tuple[bool, ...] = (True, False)) -> Numbers:
    ones = numpy.ones((len(X), 1))
    return closed_form(numpy.hstack([ones, X] if first else [X, ones]), y)


@misconception("a column of ones is added to X, and its weight dropped: the others fit a model with a bias",
               "X is taken as it is: with a column of ones only if the caller has put one there.")  # fmt: skip
def drops_the_bias(X: Numbers, y: Numbers) -> Numbers:
    return closed_form(numpy.hstack([numpy.ones((len(X), 1)), X]), y)[1:]


@misconception("the gradient at 0, or a step or two of gradient descent, stands for the solution",
               "Solve (XᵀX)·w = Xᵀy; or go on until the gradient is 0.")  # fmt: skip
def one_step(X: Numbers, y: Numbers, *, lr: float | tuple[float, ...] = (0.5, 0.1, 0.03, 0.01)) -> Numbers:
    return numpy.asarray(lr) * _parts(X, y)[1] / len(y)


@misconception("the predictions Xw come back, and not the weights", "Return w.")
def predictions(X: Numbers, y: Numbers) -> Numbers:
    return X.astype(float) @ closed_form(X, y)


@misconception("XXᵀ stands where XᵀX belongs: it is n × n, and has no inverse where n is larger than d",
               "XᵀX is d × d.")  # fmt: skip
def outer_product(X: Numbers, y: Numbers) -> Numbers:
    return numpy.linalg.pinv(X.astype(float) @ X.T) @ y


INVERTS_X = Misconception(
    "inverts_X", "X itself is inverted, or solved for, which only a square matrix can be",
    "XᵀX is square: (XᵀX)⁻¹Xᵀy.")  # fmt: skip
SINGULAR = Misconception(
    "singular", "a matrix is inverted that has no inverse: XXᵀ for one, which is n × n and of rank d, or "
    "XᵀX of a matrix with two columns of ones",
    "XᵀX, of shape (d, d), has one.")  # fmt: skip
CHANGES_ARGUMENTS = Misconception(
    "changes_arguments", "an array that was given is changed in place, by -= or [:] =",
    "Make a new array of what you change.")  # fmt: skip
FAILURES: Known = (
    (r"last two dimension must be equal|must be square", INVERTS_X),
    (r"(?i)singular|getr[fi]|potrf", SINGULAR),
    *habits.FAILURES,
)  # fmt: skip

# -- the checks

# The condition number of XᵀX is below 10 here: float32 was seen 1e-5 off in proportion to the largest weight. Three
# digits are asked for, which leaves room for descent that is nearly there, and for a ridge of 0.01 that was meant well.
DIGITS = 1e-3

Pair = tuple[Numbers, Numbers]


def draw(rng: Rng, n: int, d: int) -> Pair:
    """Features and labels with noise, and the latter not around 0; no column is short, no weight near 0."""
    X = rng.uniform(0.8, 1.2, size=d) * rng.normal(size=(n, d))
    w = rng.choice([-1, 1], size=d) * rng.uniform(1, 2, size=d)
    y = X @ w + rng.normal(size=n) + 0.7
    return X.astype(numpy.float32), y.astype(numpy.float32)


def _with_ones(rng: Rng, n: int, first: bool) -> Pair:
    """A column of ones among the features, and labels without noise."""
    X = rng.normal(size=(n, 2)) + 0.5
    ones = numpy.ones((n, 1))
    X = numpy.hstack([ones, X] if first else [X, ones]).astype(numpy.float32)
    w = numpy.append(rng.choice([-1, 1], size=2) * rng.uniform(1, 2, size=2), rng.uniform(3, 4))
    return X, (X @ w).astype(numpy.float32)


def _right(student: Student, pairs: list[Pair]) -> None:
    results = [student.closed_form(X, y) for X, y in pairs]
    known_failures(results, FAILURES)
    wants = [closed_form(X, y) for X, y in pairs]
    largest = max(float(abs(want).max()) for want in wants)
    expect_each(results, wants, any_number=True, rtol=0, atol=DIGITS * largest)


@check(points=2, hint="Xᵀ(Xw − y) = 0, so (XᵀX)·w = Xᵀy: np.linalg.solve, or np.linalg.inv.")
def values(student: Student, rng: Rng) -> None:
    """closed_form(X, y) is the w of shape (d,) with the smallest ‖Xw − y‖²"""
    # More examples than anybody writes down, and more features; one feature alone.
    _right(student, [draw(rng, n, d) for n, d in ((60, 3), (60, 3), (50, 2), (300, 12), (40, 1))])


@check(points=1, hint="X is taken as it is: no column is added, and none is centred.")
def recovers(student: Student, rng: Rng) -> None:
    """from labels without noise it recovers the weights, that of a column of ones as well"""
    _right(student, [_with_ones(rng, 80, first) for first in (True, False)])


@check(points=0.5, trivial=True, hint="np.array(…) makes an MXNet array of NumPy's.")
def is_an_array(student: Student, rng: Rng) -> None:
    """it returns an MXNet array of floats"""
    expect_floats(student.closed_form(*draw(rng, 30, 2)))


@check(points=0.5, trivial=True, hint="Compute with new arrays.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """X and y stay as they were"""
    expect_unchanged(student.closed_form(*draw(rng, 30, 2)), ("X", "y"), CHANGES_ARGUMENTS)
