"""The gradient of the softmax loss (section 3.4.2): what was predicted less what happened."""

from __future__ import annotations

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Near,
    Numbers,
    Result,
    Rng,
    Student,
    check,
    expect,
    expect_each,
    known_failures,
    misconception,
    no_failure,
)
from grader.diagnosis import habits
from grader.exercises.shared.arithmetic import divide, exp32, one_hot, pick
from grader.exercises.shared.kinds import (
    LABELS_OF_ONE_DTYPE,
    accepted,
    expect_all_labels,
    expect_floats,
    expect_unchanged,
)
from grader.exercises.shared.softmax import COARSE, softmax

EXERCISE = Exercise("softmax_gradient(o, y)", "3.4.2", needs=("one_hot",))
OF_KIND = [LABELS_OF_ONE_DTYPE]
# The gradient of the library's loss, which will do as well, was seen 3.1e-6 off.
VALUES = Near(rtol=1e-5, atol=1e-5, any_number=True)


def softmax_gradient(o: Numbers, y: Numbers) -> Numbers:
    """The truth: softmax of each row, less the one-hot row of its label."""
    return softmax(o) - one_hot(y, o.shape[1])


@misconception("the one-hot labels are not taken away: these are the probabilities", "What happened has to come in.")
def leaves_out_the_labels(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o)


@misconception("the sign is turned around: the one-hot labels less the probabilities",
               "Where a class was thought too likely, the loss falls when its logit does.")  # fmt: skip
def labels_less_probabilities(o: Numbers, y: Numbers) -> Numbers:
    return -softmax_gradient(o, y)


@misconception("only the column of the true class gets a gradient", "The other logits stand in the denominator.")
def true_column_alone(o: Numbers, y: Numbers) -> Numbers:
    return softmax_gradient(o, y) * one_hot(y, o.shape[1])


@misconception(
    "p (1 − p) is returned: the derivative of each probability for its own logit, and not that of the loss",
    "The loss depends on a logit through the whole row.",
)
def derivative_of_the_probabilities(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o) * (1 - softmax(o))


@misconception(
    "the loss is differentiated for the probabilities, −1 / p at the label, and not for the logits",
    "Go on through the softmax, to the logits.",
)
def for_the_probabilities(o: Numbers, y: Numbers) -> Numbers:
    return -one_hot(y, o.shape[1]) / softmax(o)


@misconception(
    "the label's number is taken away from every probability of its row",
    "One entry of each row, the one at the label, is made smaller by 1.",
)
def takes_away_the_number(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o) - y.astype(float)[:, None]


@misconception(
    "1 is taken away from the columns of all labels in every row: p[:, y] takes those columns of all rows",
    "Each row i has one column: p[i, y[i]].",
)
def takes_away_in_all_rows(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o) - one_hot(y, o.shape[1]).max(axis=0)


@misconception("the one-hot labels are taken away from the logits themselves", "The softmax is missing.")
def leaves_out_the_softmax(o: Numbers, y: Numbers) -> Numbers:
    return numpy.asarray(o, float) - one_hot(y, o.shape[1])


@misconception("the labels are taken to begin with 1", "The first class is 0, and its column is the first.")
def counts_from_one(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o) - one_hot((y.astype(int) - 1) % o.shape[1], o.shape[1])


@misconception(
    "the likeliest class is taken for the label", "y says what happened, whatever had been predicted."
)  # fmt: skip
def takes_the_prediction(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o) - one_hot(o.argmax(axis=1), o.shape[1])


@misconception("the softmax runs over axis 0: down the columns, over the batch", "Each row adds up to 1: axis=1.")
def softmax_over_axis_0(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o.T).T - one_hot(y, o.shape[1])


@misconception(
    "all exponentials are divided by one sum, that of the whole batch", "Each row has a sum of its own: axis=1."
)
def one_sum_for_all(o: Numbers, y: Numbers) -> Numbers:
    return softmax(o.reshape(1, -1)).reshape(o.shape) - one_hot(y, o.shape[1])


@misconception("the losses themselves are returned", "Their derivatives for the logits are asked for.")
def losses(o: Numbers, y: Numbers) -> Numbers:
    o = numpy.asarray(o, float)
    largest = o.max(axis=1, keepdims=True)
    return largest[:, 0] + numpy.log(numpy.exp(o - largest).sum(axis=1)) - pick(o, y)


@misconception(
    "exp is taken of the logits as they are: large ones overflow, and inf / inf is nan; of very small ones nothing is "
    "left, and 0 / 0 is nan",
    "Take the largest logit of each row away first: the quotient stays the same.",
)
def naive_exp(o: Numbers, y: Numbers) -> Numbers:
    E = exp32(o)
    with numpy.errstate(all="ignore"):
        return divide(E, E.sum(axis=1, keepdims=True)) - one_hot(y, o.shape[1])


@misconception(
    "the largest logit of the whole batch is taken away: of a row that lies far below nothing is left, and 0 / 0 is "
    "nan",
    "Each row has a largest logit of its own: o.max(axis=1, keepdims=True).",
)
def one_shift_for_all(o: Numbers, y: Numbers) -> Numbers:
    return naive_exp(o.astype("float32") - o.max().astype("float32"), y)


CHANGES_O = Misconception(
    "changes_o",
    "o itself is changed, by -=, /= or o[…] = …, so that the caller's own array is different afterwards",
    "Make a new array first: o - … leaves o alone.",
)


def _draw(rng: Rng, n: int, q: int) -> tuple[Numbers, Numbers]:
    """Logits, and labels of which neither all nor none are the likeliest class; the last class does not come last."""
    o = rng.normal(size=(n, q)).astype(numpy.float32)
    y = rng.permutation(numpy.arange(n) % q)
    if n > 2:
        y[:2] = o[0].argmax(), o[1].argmin()
    if q > 10:
        y[2:4] = q - 1, q - 2  # beyond what anybody writes down
    return o, y


@check(points=1.25, hint="softmax(o), less 1 at each row's label.")
def values(student: Student, rng: Rng) -> None:
    """softmax_gradient(o, y) is softmax(o) less the one-hot labels, row by row"""
    every = [_draw(rng, n, q) for n, q in ((3, 4), (3, 4), (4, 4), (1, 3), (5, 2), (300, 3), (6, 12))]
    dtype = accepted(lambda y: student.softmax_gradient(every[0][0], y), every[0][1])
    results = [student.softmax_gradient(o, y.astype(dtype)) for o, y in every]
    known_failures(results, habits.FAILURES)
    wants = [softmax_gradient(o, y) for o, y in every]
    expect_each(results, wants, **vars(VALUES), oracle=softmax_gradient)


@check(points=1, hint="exp(1000) is inf. Which number may be taken from all logits of a row without any effect?")
def large_logits(student: Student, rng: Rng) -> None:
    """logits may be as large as 10,000, or as small as −10,000"""
    o = numpy.array([[0, 1, 2], [-1e3, -999, -1001], [1e4, 0, -1e4], [-1e4, -1e4, -1e4], [1e3, 999, 1001]])
    o = (o + rng.integers(-20, 20, size=(5, 1))).astype(numpy.float32)
    y = rng.integers(0, 3, size=5)
    dtype = accepted(lambda y: student.softmax_gradient(o, y), y)
    result = student.softmax_gradient(o, y.astype(dtype))
    expect(result).close_to(softmax_gradient(o, y), rtol=0, atol=COARSE, any_number=True)


@check(points=0.25, trivial=True, hint="Where a dtype is refused, y.astype('int32') makes integers of all of them.")
def label_types(student: Student, rng: Rng) -> None:
    """labels may be int32, int64 or whole float32"""
    o, y = _draw(rng, 4, 5)

    def call(y: Numbers) -> Result:
        return student.softmax_gradient(o, y)

    for result in expect_all_labels(call, y):
        no_failure(result, ()).close_to(softmax_gradient(o, y), **vars(VALUES))


@check(points=0.25, trivial=True, hint="MXNet's functions give MXNet arrays.")
def is_an_array(student: Student, rng: Rng) -> None:
    """the result is an MXNet array"""
    o, y = _draw(rng, 3, 3)
    expect_floats(student.softmax_gradient(o, y.astype(accepted(lambda y: student.softmax_gradient(o, y), y))))


@check(points=0.25, trivial=True, hint="Make new arrays; leave o as it is.")
def leaves_o_alone(student: Student, rng: Rng) -> None:
    """o stays as it was"""
    o, y = _draw(rng, 3, 3)
    result = student.softmax_gradient(o, y.astype(accepted(lambda y: student.softmax_gradient(o, y), y)))
    expect_unchanged(result, ["o"], CHANGES_O)
