"""The ways people get `cross_entropy(y_hat, y)` wrong: what each returns, in NumPy. What is about small probabilities
and digits stands in limits.py."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.arithmetic import one_hot, pick

EPS = 1e-12


def minus_log(p: Numbers, eps: float = 0.0) -> Numbers:
    with numpy.errstate(all="ignore"):
        return -numpy.log(numpy.asarray(p, "float64") + eps)


def classes(y_hat: Numbers) -> int:
    return numpy.shape(y_hat)[1]


@misconception(
    "the minus sign is missing: the loss is negative, and making it smaller makes the prediction worse",
    hint="The logarithm of a number below 1 is negative; a loss should not be.",
)
def forgot_minus(y_hat: Numbers, y: Numbers) -> Numbers:
    return -minus_log(pick(y_hat, y), EPS)


@misconception(
    "the logarithm is missing: the loss is minus the probability and never rises above 0",
    hint="Compare with the formula: what happens to the probability before the minus sign?",
)
def forgot_log(y_hat: Numbers, y: Numbers) -> Numbers:
    return -pick(numpy.asarray(y_hat, "float64"), y)


@misconception(
    "the logarithm has base 2: every loss is too large by the same factor, 1.44",
    hint="The formula has the natural logarithm.",
)
def log_base_2(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS) / numpy.log(2)


@misconception(
    "a softmax is applied to y_hat, which holds probabilities already: "
    "the second softmax levels them, and even a perfect prediction keeps a large loss",
    hint="y_hat is what net returns: has it been through a softmax?",
)
def softmax_again(y_hat: Numbers, y: Numbers) -> Numbers:
    E = numpy.exp(numpy.asarray(y_hat, "float64"))
    return minus_log(pick(E / E.sum(axis=1, keepdims=True), y))


@misconception(
    "y_hat[:, y] takes the columns of all labels from every row: "
    "the result is (n, n), a loss for each pair of an example and a label, instead of one for each example",
    hint="Each label has a row of its own: name the row as well.",
)
def every_label_for_every_row(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(numpy.asarray(y_hat)[:, numpy.asarray(y).astype(int)], EPS)


@misconception(
    "the label is looked up along axis 0, as if it were the number of a row: an error in most cases, "
    "and in a square batch the wrong entries",
    hint="The classes lie along axis 1.",
)
def pick_axis_0(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y, axis=0), EPS)


@misconception(
    "the label is used as the row and the row as the column: an error in most cases, "
    "and in a square batch the wrong entries",
    hint="In y_hat[i, j], i is the example and j the class.",
)
def rows_and_labels_swapped(y_hat: Numbers, y: Numbers) -> Numbers:
    y = numpy.asarray(y).astype(int)
    return minus_log(numpy.asarray(y_hat)[y, numpy.arange(len(y))], EPS)


@misconception(
    "the sum runs over axis 0: down the columns, over the batch, "
    "which gives one number for each class instead of one for each example",
    hint="The result should have as many entries as there are labels.",
)
def sum_axis_0(y_hat: Numbers, y: Numbers) -> Numbers:
    return (one_hot(y, classes(y_hat)) * minus_log(y_hat, EPS)).sum(axis=0)


@misconception(
    "the mean over the batch is returned instead of one loss for each example: "
    "sgd divides by the batch size once more, and learning becomes that much slower",
    hint="Return the losses as they are, with shape (n,).",
)
def mean_over_batch(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS).mean()


@misconception(
    "the sum over the batch is returned instead of one loss for each example",
    hint="Return the losses as they are, with shape (n,).",
)
def sum_over_batch(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS).sum()


@misconception(
    "each loss is divided by the number of examples: "
    "sgd divides by the batch size once more, and learning becomes that much slower",
    hint="Averaging is left to whoever uses the losses.",
)
def divides_by_batch(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS) / len(y)


@misconception(
    "the mean over the classes is taken instead of the sum: every loss is divided by the number of classes",
    hint="All terms but one are 0; what should be left is that term itself.",
)
def mean_over_classes(y_hat: Numbers, y: Numbers) -> Numbers:
    return (one_hot(y, classes(y_hat)) * minus_log(y_hat, EPS)).mean(axis=1)


@misconception(
    "the product with the one-hot labels is returned without adding up: "
    "the result is (n, q) instead of one loss for each example",
    hint="One step is left: from a row of terms to one number.",
)
def no_sum_over_classes(y_hat: Numbers, y: Numbers) -> Numbers:
    return one_hot(y, classes(y_hat)) * minus_log(y_hat, EPS)


@misconception(
    "the losses come as a column, (n, 1), instead of (n,): "
    "combined with a vector of shape (n,) later, a column silently spreads to (n, n)",
    hint="Drop the axis of length 1.",
)
def column_result(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS).reshape(-1, 1)


@misconception(
    "the number of the class multiplies the logarithms of the whole row: class 0 never has a loss, "
    "and class 3 counts three times for every entry",
    hint="A label says where to look; it is no amount.",
)
def label_as_one_hot(y_hat: Numbers, y: Numbers) -> Numbers:
    return (numpy.asarray(y, "float64").reshape(-1, 1) * minus_log(y_hat, EPS)).sum(axis=1)


@misconception(
    "the labels multiply the matrix of logarithms: their shapes fit only if there are as many examples "
    "as classes, "
    "and then the labels are paired with the columns",
    hint="A label says where to look; it is no amount.",
)
def label_times_matrix(y_hat: Numbers, y: Numbers) -> Numbers:
    return (numpy.asarray(y, "float64") * minus_log(y_hat, EPS)).sum(axis=1)


@misconception(
    "each class is treated as a yes-or-no question of its own, so that the other classes add to the loss as well",
    hint="The formula has one term for each example: the true class's.",
)
def binary_per_class(y_hat: Numbers, y: Numbers) -> Numbers:
    t, p = one_hot(y, classes(y_hat)), numpy.asarray(y_hat, "float64")
    return (t * minus_log(p, EPS) + (1 - t) * minus_log(1 - p, EPS)).sum(axis=1)


@misconception(
    "the loss is computed from the largest probability of each row, whatever the label: "
    "a confident wrong prediction has next to no loss",
    hint="The labels have to be used somewhere.",
)
def predicted_class(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(numpy.max(y_hat, axis=1), EPS)


@misconception(
    "1 is subtracted from the labels, so that the loss is about the class before the true one",
    hint="The labels count from 0, as the columns do.",
)
def next_class(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, numpy.asarray(y) - 1), EPS)


@misconception(
    "1 is added to the labels, so that the loss is about the class after the true one; the last class has none, and "
    "stands for itself",
    hint="The labels count from 0, as the columns do.",
)
def class_after(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, numpy.minimum(numpy.asarray(y) + 1, classes(y_hat) - 1)), EPS)


@misconception(
    "one minus the probability is returned: it never rises above 1, however bad the prediction",
    hint="Compare with the formula: there is a logarithm in it.",
)
def one_minus_p(y_hat: Numbers, y: Numbers) -> Numbers:
    return 1 - pick(numpy.asarray(y_hat, "float64"), y)


@misconception(
    "the squared distance to the one-hot label is returned, which is the loss of a regression",
    hint="Compare with the formula: there is a logarithm in it.",
)
def squared_error(y_hat: Numbers, y: Numbers) -> Numbers:
    return ((numpy.asarray(y_hat, "float64") - one_hot(y, classes(y_hat))) ** 2).sum(axis=1)


@misconception(
    "the number of classes is fixed at ten, so that the shapes fit for ten classes only",
    hint="The number of classes can be read from y_hat.",
)
def ten_classes(y_hat: Numbers, y: Numbers) -> Numbers:
    return (one_hot(y, 10) * minus_log(y_hat, EPS)).sum(axis=1)


@misconception(
    "the number of examples is fixed at 256, so that any other batch, such as the last one of an epoch, is an error",
    hint="The number of examples can be read from y_hat or y.",
)
def batch_of_256(y_hat: Numbers, y: Numbers) -> Numbers:
    numpy.broadcast_shapes((256,), numpy.shape(y))
    return minus_log(numpy.asarray(y_hat)[numpy.arange(256), numpy.asarray(y).astype(int)], EPS)


@misconception(
    "the labels are taken as the first argument and the probabilities as the second",
    hint="Compare your first line with the task: y_hat comes first, then y.",
)
def arguments_swapped(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y, y_hat), EPS)


@misconception(
    "the labels are not used: each row's probabilities are weighed by themselves, which tells how unsure the "
    "prediction is and not how wrong",
    hint="The labels have to be used somewhere.",
)
def entropy(y_hat: Numbers, y: Numbers) -> Numbers:
    return (numpy.asarray(y_hat, "float64") * minus_log(y_hat, EPS)).sum(axis=1)


@misconception(
    "the logarithm is taken of one minus the probability: a sure and right prediction has the largest loss",
    hint="Compare with the formula: which probability is it about?",
)
def log_of_one_minus_p(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(1 - pick(numpy.asarray(y_hat, "float64"), y), EPS)


@misconception(
    "every loss is halved, as if it were a squared one",
    hint="The factor 1/2 belongs to the squared loss.",
)
def halved(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS) / 2


@misconception(
    "the logarithm has base 10: every loss is too small by the same factor, 0.43",
    hint="The formula has the natural logarithm.",
)
def log_base_10(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS) / numpy.log(10)


@misconception(
    "each loss is weighed with one minus the probability, so that easy examples count for less",
    hint="The formula has no such weight.",
)
def focal(y_hat: Numbers, y: Numbers) -> Numbers:
    p = pick(numpy.asarray(y_hat, "float64"), y)
    return (1 - p) * minus_log(p, EPS)


@misconception(
    "each loss is weighed with the square of one minus the probability, as in the focal loss",
    hint="The formula has no such weight.",
    like="focal",
)
def focal_squared(y_hat: Numbers, y: Numbers) -> Numbers:
    p = pick(numpy.asarray(y_hat, "float64"), y)
    return (1 - p) ** 2 * minus_log(p, EPS)


@misconception(
    "a tenth of each label, or some such part, goes to the other classes (label smoothing), which was not asked for",
    hint="The formula has one term for each example: the true class's.",
)
def label_smoothing(y_hat: Numbers, y: Numbers, *, part: Any = (0.1, 0.01, 0.05, 0.2)) -> Numbers:
    q = classes(y_hat)
    return ((one_hot(y, q) * (1 - part) + part / q) * minus_log(y_hat, EPS)).sum(axis=1)


@misconception(
    "the logarithm is taken of the odds, p / (1 - p): a loss below 0 where the prediction is good",
    hint="Compare with the formula: there is no division in it.",
)
def log_of_odds(y_hat: Numbers, y: Numbers) -> Numbers:
    p = pick(numpy.asarray(y_hat, "float64"), y)
    return minus_log(p, EPS) - minus_log(1 - p, EPS)


@misconception(
    "only wrong predictions get a loss: where the label's probability is the largest of its row, the loss is 0",
    hint="A right prediction can be more or less sure: its loss tells that.",
)
def only_where_wrong(y_hat: Numbers, y: Numbers) -> Numbers:
    return minus_log(pick(y_hat, y), EPS) * (numpy.argmax(y_hat, axis=1) != numpy.asarray(y))


@misconception(
    "one label, the first or the last of the batch, is used for all rows",
    hint="Each row has a label of its own.",
)
def one_label_for_all(y_hat: Numbers, y: Numbers, *, row: Any = (0, -1)) -> Numbers:
    return minus_log(numpy.asarray(y_hat)[:, int(y[row])], EPS)


@misconception(
    "the labels are put into another order, such as backwards or sorted, so that rows get each other's",
    hint="The i-th row of y_hat belongs to the i-th label.",
)
def labels_in_another_order(y_hat: Numbers, y: Numbers, *, order: Any = (numpy.flip, numpy.sort)) -> Numbers:
    return minus_log(pick(y_hat, order(y)), EPS)
