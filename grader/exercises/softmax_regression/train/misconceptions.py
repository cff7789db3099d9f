"""The ways people get `train` wrong: where it leads W and b, in NumPy.

Those of the value take (start, data, num_epochs, lr), with one batch in each epoch; those of the steps take
(start, data, rows, lr, batch_size), an epoch with these rows in its batches. Both return how far W and b move, stacked.
Those of the history are in train_history.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from grader.checking import Numbers, misconception

from .descent import RIGHT, WRONG_STEPS, Batch, Params, Rule, gradient, stacked, stepped, walk

Rows = Sequence[Sequence[int]]


# -- where a few full batches lead


def _moved(rule: Rule, start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    n = len(data[1])
    return stacked(walk(start, data, [[range(n)]] * num_epochs, lr, n, rule).end) - stacked(start)


@misconception(
    "the parameters that train was given stay as they were: nothing calls backward, or sgd, on them, or copies are "
    "trained, or they are put back in the end",
    "backward, then sgd(params, lr, batch_size), with the params that came in.",
)
def never_moves(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return numpy.zeros_like(stacked(start))


@misconception(
    "the loss is averaged before backward and sgd divides by the batch size once more: each step is too small",
    "Call backward on the losses of the batch or their sum; sgd takes care of the batch size.",
)
def divides_twice(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["divides_twice"], start, data, num_epochs, lr)


@misconception(
    "nothing divides by the batch size: every step is that much too large",
    "sgd gets the batch size as its third argument.",
)
def never_divides(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["never_divides"], start, data, num_epochs, lr)


@misconception(
    "the steps go uphill: the loss grows",
    "Descend: minimise the loss itself, not minus the loss.",
)
def ascends(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["ascends"], start, data, num_epochs, lr)


@misconception(
    "every step is taken twice",
    "One call of sgd takes a step with all params: it needs no loop around it.",
)
def steps_twice(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["steps_twice"], start, data, num_epochs, lr)


@misconception(
    "the learning rate is 0.1, whatever lr says",
    "Hand the argument lr on to sgd.",
)
def lr_of_its_own(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["lr_of_its_own"], start, data, num_epochs, lr)


@misconception(
    "every step is divided by 256, whatever batch_size says",
    "Hand the argument batch_size on to data_iter and sgd.",
)
def batch_of_256(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["batch_of_256"], start, data, num_epochs, lr)


@misconception(
    "sgd gets batch_size for its lr and lr for its batch_size: each step is batch_size / lr, not lr / batch_size",
    "sgd(params, lr, batch_size), in this order.",
)
def sgd_arguments_swapped(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["sgd_arguments_swapped"], start, data, num_epochs, lr)


@misconception("W learns and b does not", "Hand all of params to sgd.")
def leaves_the_bias(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["leaves_the_bias"], start, data, num_epochs, lr)


@misconception("b learns and W does not", "Hand all of params to sgd.")
def leaves_the_weight(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(WRONG_STEPS["leaves_the_weight"], start, data, num_epochs, lr)


@misconception(
    "there is one epoch, whatever num_epochs says",
    "for epoch in range(num_epochs): each with a pass of its own, data_iter(…) anew; return after the loop.",
)
def one_epoch_only(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(RIGHT, start, data, 1, lr)


@misconception(
    "the step comes before backward: it takes the gradient that the batch before has left, and the first has none",
    "record, backward, step: in this order.",
)
def steps_before_backward(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    batch = numpy.asarray(data[0], float), data[1]
    moved, left = numpy.zeros_like(stacked(start)), numpy.zeros_like(stacked(start))
    for _ in range(num_epochs):
        W, b = stacked(start)[:-1] + moved[:-1], stacked(start)[-1] + moved[-1]
        moved = moved - lr / len(data[1]) * left
        left = stacked(gradient(W, b, *batch))
    return moved


@misconception(
    "there is one epoch too few",
    "range(num_epochs) holds num_epochs numbers: from 0 to num_epochs - 1.",
)
def one_epoch_too_few(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(RIGHT, start, data, num_epochs - 1, lr)


@misconception(
    "the number of epochs is fixed at five, whatever num_epochs says",
    "for epoch in range(num_epochs): …",
)
def five_epochs(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(RIGHT, start, data, 5, lr)


@misconception(
    "the number of epochs is fixed at ten, whatever num_epochs says",
    "for epoch in range(num_epochs): …",
)
def ten_epochs(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(RIGHT, start, data, 10, lr)


@misconception(
    "there is one epoch too many",
    "range(num_epochs) holds num_epochs numbers: from 0 to num_epochs - 1.",
)
def one_epoch_too_many(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    return _moved(RIGHT, start, data, num_epochs + 1, lr)


@misconception(
    "the learning rate shrinks by a tenth with every epoch, which was not asked for",
    "Every step is taken with the same lr.",
)
def decays_lr(start: Params, data: Batch, num_epochs: int, lr: float) -> Numbers:
    params, batch = start, (numpy.asarray(data[0], float), data[1])
    for epoch in range(num_epochs):
        params = stepped(params, batch, lr * 0.9**epoch, len(data[1]))
    return stacked(params) - stacked(start)


# -- where one pass over several batches leads


def _steps(start: Params, data: Batch, rows: Rows, lr: float, batch_size: int) -> Numbers:
    return stacked(walk(start, data, [rows], lr, batch_size).end) - stacked(start)


@misconception(
    "only the last batch of each epoch takes a step",
    "The step belongs into the loop over the batches, after each backward.",
    of="steps",
)
def steps_once_per_epoch(start: Params, data: Batch, rows: Rows, lr: float, batch_size: int) -> Numbers:
    return _steps(start, data, rows[-1:], lr, batch_size)


@misconception(
    "only the first batch of each epoch takes a step",
    "Nothing may leave the loop over the batches early: look for a break, a return, or next(…).",
    of="steps",
)
def first_batch_only(start: Params, data: Batch, rows: Rows, lr: float, batch_size: int) -> Numbers:
    return _steps(start, data, rows[:1], lr, batch_size)


@misconception(
    "the last and smaller batch takes no step",
    "Its examples count as well: nothing has to be skipped.",
    of="steps",
)
def skips_last_batch(start: Params, data: Batch, rows: Rows, lr: float, batch_size: int) -> Numbers:
    return _steps(start, data, rows[:-1], lr, batch_size)


@misconception(
    "batch_size is not handed on to data_iter: all examples are one batch",
    "data_iter(batch_size, features, labels).",
    of="steps",
)
def one_batch_for_all(start: Params, data: Batch, rows: Rows, lr: float, batch_size: int) -> Numbers:
    return _steps(start, data, [sorted(i for batch in rows for i in batch)], lr, batch_size)
