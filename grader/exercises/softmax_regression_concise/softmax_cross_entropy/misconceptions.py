"""The ways people get `softmax_cross_entropy(logits, y)` wrong: what each gives in MXNet's float32."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.arithmetic import divide, exp32, one_hot, pick
from grader.exercises.shared.softmax import softmax

from .exercise import softmax_cross_entropy

FROM_LOGITS = "log Σ exp(o_k) - o_y, with the largest logit subtracted first, needs no probability."
SHIFT = "What is subtracted inside the exponentials has to be added to the logarithm again, or taken from o_y too."
ONE_EACH = "Return the losses as they are, with shape (n,)."


def log32(p: Any) -> Numbers:
    with numpy.errstate(all="ignore"):
        result: Numbers = numpy.log(numpy.asarray(p, "float32"))
        return result


def log_sum_exp(o: Numbers) -> Numbers:
    o = numpy.asarray(o, float)
    most = o.max(axis=1, keepdims=True)
    result: Numbers = (most + numpy.log(numpy.exp(o - most).sum(axis=1, keepdims=True)))[:, 0]
    return result


@misconception(
    "the two functions of the section before are put in a row: the exponential of a large logit is infinite, and "
    "infinity over infinity is nan", FROM_LOGITS)  # fmt: skip
def naive_pair(logits: Numbers, y: Numbers) -> Numbers:
    E = exp32(logits)
    return -log32(pick(divide(E, E.sum(axis=1, keepdims=True)), y))


@misconception(
    "the logarithm of the sum is taken as it is: the exponential of a large logit is infinite, and that of very small "
    "ones is 0", "Subtract the row's largest logit before the exponential.")  # fmt: skip
def no_shift(logits: Numbers, y: Numbers) -> Numbers:
    return log32(exp32(logits).sum(axis=1)) - pick(logits, y)


@misconception(
    "a stable softmax comes first, and its logarithm after it: a probability that is rounded to 0 has an infinite loss",
    FROM_LOGITS)  # fmt: skip
def log_of_stable_softmax(logits: Numbers, y: Numbers) -> Numbers:
    return -log32(pick(softmax(logits), y))


@misconception(
    "the probability is kept away from 0 by a floor, such as 1e-30 or 1e-12: no loss rises above minus its logarithm, "
    "and beyond that the gradient is 0", FROM_LOGITS)  # fmt: skip
def floor(logits: Numbers, y: Numbers, *, least: Any = (1e-30, 1e-12, 1e-10, 1e-8, 1e-6, 1e-7, 1e-20)) -> Numbers:
    return -numpy.log(numpy.maximum(pick(softmax(logits), y), least))


@misconception("the mean over the batch is returned instead of one loss for each example", ONE_EACH)
def mean_over_batch(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, y).mean()


@misconception("the sum over the batch is returned instead of one loss for each example", ONE_EACH)
def sum_over_batch(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, y).sum()


@misconception("the losses come as a column, (n, 1), instead of (n,)", "Drop the axis of length 1.")
def column_result(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, y)[:, None]


@misconception("a softmax is applied twice: a sure and right prediction keeps a large loss",
               "The logits go into the formula as they are.")  # fmt: skip
def double_softmax(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(softmax(logits), y)


@misconception("the logits are taken for probabilities: minus the logarithm of a logit, which may be negative",
               "Scores become probabilities only by a softmax, and this function has to do its work.")  # fmt: skip
def logits_as_probabilities(logits: Numbers, y: Numbers) -> Numbers:
    return -log32(pick(logits, y))


@misconception("minus the label's logit is returned: nothing makes up for the other classes",
               "The logarithm of the sum over all classes is missing.")  # fmt: skip
def logit_only(logits: Numbers, y: Numbers) -> Numbers:
    return -pick(numpy.asarray(logits, float), y)


@misconception("the label's logit is not subtracted: the loss does not depend on the label",
               "The loss is log Σ exp(o_k) - o_y.")  # fmt: skip
def without_the_label(logits: Numbers, y: Numbers) -> Numbers:
    return log_sum_exp(logits)


@misconception("the largest logit is subtracted before the exponentials and not made up for after them", SHIFT)
def shift_not_undone(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, y) - numpy.asarray(logits, float).max(axis=1)


@misconception("the largest logit is made up for twice: it is added to the logarithm and taken from o_y as well", SHIFT)
def shift_undone_twice(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, y) + numpy.asarray(logits, float).max(axis=1)


@misconception(
    "one number, the largest logit of the whole batch, is subtracted from all rows: those far below it lose all their "
    "exponentials", "Each row needs its own maximum: max(axis=1, keepdims=True).")  # fmt: skip
def one_maximum_for_all(logits: Numbers, y: Numbers) -> Numbers:
    shifted = numpy.asarray(logits, "float32") - numpy.asarray(logits, "float32").max()
    return log32(exp32(shifted).sum(axis=1)) - pick(shifted, y)


@misconception("the largest of each column is subtracted, and not the largest of each row",
               "The classes lie along axis 1.")  # fmt: skip
def maximum_of_columns(logits: Numbers, y: Numbers) -> Numbers:
    shifted = numpy.asarray(logits, "float32") - numpy.asarray(logits, "float32").max(axis=0)
    return log32(exp32(shifted).sum(axis=1)) - pick(shifted, y)


@misconception("the sum runs over axis 0, down the batch, instead of over the classes of each row",
               "The classes lie along axis 1.")  # fmt: skip
def sum_axis_0(logits: Numbers, y: Numbers) -> Numbers:
    E = exp32(logits)
    return -log32(pick(divide(E, E.sum(axis=0, keepdims=True)), y))


@misconception("the logarithm has base 2: every loss is too large by the same factor, 1.44",
               "The formula has the natural logarithm.")  # fmt: skip
def log_base_2(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, y) / numpy.log(2)


@misconception(
    "1 is subtracted from the labels, as if they counted from 1", "The labels count from 0, as the columns do."
)
def next_class(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, numpy.maximum(numpy.asarray(y) - 1, 0))


@misconception("the loss is that of the likeliest class, whatever the label", "The labels have to be used somewhere.")
def predicted_class(logits: Numbers, y: Numbers) -> Numbers:
    return softmax_cross_entropy(logits, numpy.argmax(logits, axis=1))


@misconception("the one-hot labels multiply the losses of all classes, and nothing adds them up: (n, q) comes back",
               "One step is left: from a row of terms to one number.")  # fmt: skip
def no_sum_over_classes(logits: Numbers, y: Numbers) -> Numbers:
    return one_hot(y, numpy.shape(logits)[1]) * (log_sum_exp(logits)[:, None] - numpy.asarray(logits, float))


@misconception("logits beyond a bound, such as 50, are cut off: rows with larger ones get other losses",
               "Subtract the largest logit of the row instead: that changes nothing but the rounding.")  # fmt: skip
def clips_logits(logits: Numbers, y: Numbers, *, bound: Any = (50, 20, 30, 80, 88, 100)) -> Numbers:
    return softmax_cross_entropy(numpy.clip(logits, -bound, bound), y)


@misconception(
    "the logarithm of the sum is cut off from the logits, by detach() for example: the gradient is minus the one-hot "
    "labels alone", "Only the maximum may be detached, since it cancels.", of="gradient")  # fmt: skip
def detaches_the_sum(logits: Numbers, y: Numbers, head: Numbers) -> Numbers:
    return -one_hot(y, numpy.shape(logits)[1]) * numpy.asarray(head, float)[:, None]


@misconception(
    "the maximum is detached, or has no gradient, where it is subtracted, and not where it is added again",
    "Detach it once, before both.", of="gradient")  # fmt: skip
def detaches_one_maximum(logits: Numbers, y: Numbers, head: Numbers) -> Numbers:
    grad = softmax(logits) - one_hot(y, numpy.shape(logits)[1])
    grad += one_hot(numpy.argmax(logits, axis=1), numpy.shape(logits)[1])
    return grad * numpy.asarray(head, float)[:, None]
