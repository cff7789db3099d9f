"""Huber's loss (section 3.3, exercise 2): squared near 0 and straight beyond, written by hand."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Near,
    Numbers,
    Rng,
    Student,
    check,
    expect,
    expect_each,
    known_failures,
    misconception,
    show,
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import expect_floats, expect_unchanged

EXERCISE = Exercise("huber_loss(y_hat, y)", "3.3")


def errors(y_hat: Numbers, y: Numbers) -> Numbers:
    y_hat = numpy.asarray(y_hat, float)
    return y_hat - numpy.asarray(y, float).reshape(y_hat.shape)


def huber_of(e: Numbers) -> Numbers:
    return numpy.where(abs(e) <= 1, e**2 / 2, abs(e) - 0.5)


def huber_loss(y_hat: Numbers, y: Numbers) -> Numbers:
    """The truth, in the shape of y_hat: ½e² where |e| ≤ 1, and |e| - ½ beyond."""
    return huber_of(errors(y_hat, y))


def huber_gradient(y_hat: Numbers, y: Numbers, head: Numbers) -> Numbers:
    """Of sum(loss · head) for y_hat: e, cut off at -1 and 1."""
    return errors(y_hat, y).clip(-1, 1) * head


# -- the ways people get it wrong

JOIN = "At |e| = 1 the two parts meet: ½ · 1² on one side, 1 - ½ on the other."


@misconception("the halves are left out: e², and 2|e| - 1 beyond", "The middle part is ½e².")
def no_half(y_hat: Numbers, y: Numbers) -> Numbers:
    return 2 * huber_loss(y_hat, y)


@misconception("the half is left out of the middle part, which is e²", JOIN)
def no_half_inside(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return numpy.where(abs(e) <= 1, e**2, abs(e) - 0.5)


@misconception("the -½ is left out beyond 1: the loss jumps there", JOIN)
def no_offset(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return numpy.where(abs(e) <= 1, e**2 / 2, abs(e))


@misconception("1 is taken away beyond 1, and not ½: the loss jumps there", JOIN)
def offset_of_one(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return numpy.where(abs(e) <= 1, e**2 / 2, abs(e) - 1)


@misconception("it is |e| - ½ everywhere, as the smaller of the two expressions is: negative near 0",
               "Which of the two is used depends on |e| alone: compare that with 1.")  # fmt: skip
def min_of_both(y_hat: Numbers, y: Numbers) -> Numbers:
    return abs(errors(y_hat, y)) - 0.5


@misconception("it is the squared loss everywhere, also where |e| is above 1",
               "Beyond 1 the loss goes on in a straight line.")  # fmt: skip
def squared_everywhere(y_hat: Numbers, y: Numbers) -> Numbers:
    return errors(y_hat, y) ** 2 / 2


@misconception("the two parts have changed places", "½e² belongs to the small errors.")
def parts_swapped(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return numpy.where(abs(e) > 1, e**2 / 2, abs(e) - 0.5)


@misconception("e is compared with 1, and not |e|: errors below -1 count as small", "The comparison is |e| ≤ 1.")
def threshold_without_abs(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return numpy.where(e <= 1, e**2 / 2, abs(e) - 0.5)


@misconception("beyond 1 it is e - ½ and not |e| - ½, which is negative where the prediction is too low",
               "np.abs(e) - 0.5")  # fmt: skip
def without_abs(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return numpy.where(abs(e) <= 1, e**2 / 2, e - 0.5)


@misconception("the errors are cut off at -1 and 1 and squared: beyond, the loss stays ½, and the gradient is 0",
               "It is the gradient that Huber's loss cuts off, not the error.")  # fmt: skip
def cuts_errors_off(y_hat: Numbers, y: Numbers) -> Numbers:
    return errors(y_hat, y).clip(-1, 1) ** 2 / 2


@misconception("it is |e|, the absolute loss", "Near 0 Huber's loss is ½e².")
def absolute(y_hat: Numbers, y: Numbers) -> Numbers:
    return abs(errors(y_hat, y))


@misconception("it is log(cosh(e)), which looks alike and is another loss", "The formula has two parts.")
def log_cosh(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.log(numpy.cosh(errors(y_hat, y)))


@misconception("it is √(1 + e²) - 1, the smooth relative of Huber's loss", "The formula has two parts.")
def pseudo_huber(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.sqrt(1 + errors(y_hat, y) ** 2) - 1


@misconception("a comparison is multiplied by 0.5: True and False are whole numbers to MXNet, and 0.5 becomes 0 among "
               "those, so that the squared part is lost",
               "Make floats of the comparison, (abs(e) <= 1).astype('float32'), or choose with np.where.")  # fmt: skip
def bool_times_half(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return numpy.where(abs(e) <= 1, 0, abs(e) - 0.5)


@misconception("the two parts are added up, and none is chosen", "Each error has one of the two: np.where chooses.")
def adds_both(y_hat: Numbers, y: Numbers) -> Numbers:
    e = errors(y_hat, y)
    return e**2 / 2 + abs(e) - 0.5


@misconception(
    "the losses are averaged, and one number is returned", "One loss for each example; Trainer does the rest."
)
def mean(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.asarray(huber_loss(y_hat, y).mean())


@misconception(
    "the losses are added up, and one number is returned", "One loss for each example; Trainer does the rest."
)
def total(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.asarray(huber_loss(y_hat, y).sum())


@misconception("y_hat, (n, 1), and y, (n,), make (n, n) differences", "y.reshape(y_hat.shape) comes first.")
def no_reshape(y_hat: Numbers, y: Numbers) -> Numbers:
    return huber_of(numpy.asarray(y_hat, float) - y)


@misconception("the result is a column, (n, 1), also where y_hat is (n,)", "y.reshape(y_hat.shape) suits both.")
def always_a_column(y_hat: Numbers, y: Numbers) -> Numbers:
    return huber_loss(y_hat, y).reshape(-1, 1)


@misconception("the result has the shape of y, (n,), also where y_hat is (n, 1)", "Reshape y and not y_hat.")
def shape_of_y(y_hat: Numbers, y: Numbers) -> Numbers:
    return huber_loss(y_hat, y).reshape(numpy.shape(y))


GLUONS_OWN = Misconception(
    "gluons_own", "Gluon's HuberLoss is used, which in MXNet 1.9.1 cannot take np arrays",
    "Write the two parts yourself: np.where(…, …, …).")  # fmt: skip
IF_OF_AN_ARRAY = Misconception(
    "if_of_an_array", "a whole array of comparisons is asked whether it is true",
    "np.where(condition, a, b) chooses entry by entry.")  # fmt: skip
LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph", "the loss is cut off from y_hat by asnumpy(), float() or NumPy, and the gradient cannot follow",
    "MXNet's own functions all the way.")  # fmt: skip
ROOT_OF_SQUARE = Misconception(
    "root_of_square", "the gradient comes to 0/0 where a prediction is exactly right, as that of √(e²) does",
    "np.abs(e) has the gradient 0 there.")  # fmt: skip
CHANGES_ARGUMENTS = Misconception(
    "changes_arguments", "y_hat or y is changed in place, by -= for one", "e = y_hat - … makes a new array."
)
FAILURES = (
    *habits.FAILURES, (r"legacy operator", GLUONS_OWN), (r"truth value of an? ", IF_OF_AN_ARRAY),
)  # fmt: skip

# -- the checks

# y_hat - y of numbers below 10 is off by 1e-6 at most, and the loss as much beyond 1.
NEAR = Near(rtol=1e-5, atol=5e-6)
SHAPES = ((8, 1), (8,), (3, 1), (1, 1), (300, 1), (270,))


def draw(rng: Rng, shape: tuple[int, ...]) -> tuple[Numbers, Numbers]:
    """y_hat of this shape and y, (n,): errors of both signs on both sides of 1, none near it; a single one is large."""
    n = shape[0]
    size = numpy.where(numpy.arange(n) % 3 == 1, rng.uniform(0.2, 0.9, n), rng.uniform(1.2, 4, n))
    sign = numpy.where(numpy.arange(n) % 2 == 0, -1, 1)
    e = rng.permutation(size * sign)
    y = rng.normal(size=n).astype(numpy.float32)
    return (y + e).astype(numpy.float32).reshape(shape), y


@check(points=1.5, hint="np.where(np.abs(e) <= 1, …, …), with e = y_hat - y.reshape(y_hat.shape).")
def values(student: Student, rng: Rng) -> None:
    """huber_loss(y_hat, y) is ½e² where |e| ≤ 1 and |e| - ½ beyond, one loss per example in the shape of y_hat"""
    pairs = [draw(rng, shape) for shape in SHAPES]
    results = [student.huber_loss(*pair) for pair in pairs]
    known_failures(results, FAILURES)
    expect_each(results, [huber_loss(*pair) for pair in pairs], rtol=NEAR.rtol, atol=NEAR.atol, oracle=huber_loss)


@check(points=1, hint="MXNet's operators all the way from y_hat to the loss.")
def gradient(student: Student, rng: Rng) -> None:
    """the gradient reaches y_hat: e where |e| < 1, and -1 or 1 beyond"""
    y_hat, y = draw(rng, (7, 1))
    head = (rng.uniform(1, 2, size=(7, 1)) * rng.choice([-1, 1], size=(7, 1))).astype(numpy.float32)
    result = student.huber_loss.gradient(y_hat, y, head=head)
    known_failures([result], FAILURES)
    expect(result).gradient_close_to(huber_gradient(y_hat, y, head))


@check(points=1, hint="What stands in the part that is not chosen must not spoil the other: no 0/0, no overflow.")
def extremes(student: Student, rng: Rng) -> None:
    """errors of 0 and of up to 10,000 have the right loss and the right gradient"""
    y = rng.integers(-4, 5, size=6).astype(numpy.float32)
    e = rng.permutation(numpy.array([0, 0, 1e4, -1e4, 40, 0.125])).astype(numpy.float32)
    y_hat = y + e
    result = student.huber_loss(y_hat, y)
    known_failures([result], FAILURES)
    # A difference of squares, ½a² - ½max(a - 1, 0)², is right all the same: off by 4 at 10,000, its gradient by 0.002.
    expect(result).close_to(huber_loss(y_hat, y), rtol=1e-3, atol=5e-6)
    head = (rng.uniform(1, 2, size=6) * rng.choice([-1, 1], size=6)).astype(numpy.float32)
    result = student.huber_loss.gradient(y_hat, y, head=head)
    known_failures([result], FAILURES)
    if result.gradient is not None and numpy.array_equal(numpy.isnan(result.gradient), e == 0):
        raise CheckFailed(f"The gradient is nan where the error is 0.\n  errors:   {show(e)}", ROOT_OF_SQUARE)
    expect(result).gradient_close_to(huber_gradient(y_hat, y, head), rtol=5e-3)


@check(
    points=0.5, trivial=True, hint="e = y_hat - y.reshape(y_hat.shape) makes a new array; what is in y_hat and y stays."
)
def leaves_arguments_alone(student: Student, rng: Rng) -> None:
    """the losses are floats in an MXNet array, and y_hat and y stay as they were"""
    result = student.huber_loss(*draw(rng, (5, 1)))
    known_failures([result], FAILURES)
    expect_floats(result)
    expect_unchanged(result, ("y_hat", "y"), CHANGES_ARGUMENTS)
