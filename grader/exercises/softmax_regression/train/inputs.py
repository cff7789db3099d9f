"""What `train` is tried with: parameters, images and labels drawn until they tell right training from wrong."""

from __future__ import annotations

import itertools

import numpy

from grader.checking import Numbers, Rng

from .descent import OWN_SIZE, RIGHT, Batch, Params, Trace, joined, orders, walk

INPUTS, OUTPUTS = 784, 10
# With a learning rate like this the parameters stay where they are, as far as a history can tell: its steps move the
# scores by 1e-6. (0 would be an error where a wrong form divides by it.)
HARDLY = 1e-6
# Where two scores lie nearer to each other than this, rounding could decide which class is predicted.
CLEAR = 1e-4
# Where two losses lie nearer to each other than this, they could be taken for the same.
APART = 1e-3


def zeros() -> Params:
    """W and b as they are where nothing is learned yet: all classes are equally likely."""
    return numpy.zeros((INPUTS, OUTPUTS), numpy.float32), numpy.zeros(OUTPUTS, numpy.float32)


def draw(rng: Rng, n: int) -> tuple[Params, Batch]:
    """A start for the parameters; images and labels. A step of lr = 0.5 moves the scores by 1 or so."""
    X = rng.uniform(high=0.1, size=(n, INPUTS)).astype(numpy.float32)
    y = rng.permutation(numpy.arange(n) % OUTPUTS).astype(numpy.int32)
    W = rng.normal(scale=0.2, size=(INPUTS, OUTPUTS)).astype(numpy.float32)
    return (W, rng.normal(scale=0.2, size=OUTPUTS).astype(numpy.float32)), (X, y)


def draw_for_steps(rng: Rng, n: int, num_epochs: int, lr: float) -> tuple[Params, Batch, Trace]:
    """For epochs of one batch in which the loss falls and the accuracy does not, with the trace of right training."""
    while True:
        start, data = draw(rng, n)
        right = walk(start, data, [[range(n)]] * num_epochs, lr, n)
        losses, accuracies = right.history.T
        if right.margin > CLEAR and (numpy.diff(losses) < 0).all() and (numpy.diff(accuracies) >= 0).all():
            return start, data, right


def draw_for_one_pass(rng: Rng, n: int, lr: float, telling: bool) -> tuple[Params, Batch]:
    """For one epoch with batches of two; `telling`: the accuracy shows when, and on what, it was measured."""
    while True:
        start, data = draw(rng, n)
        if telling:
            data[1][:] = _predicted(start, data[0])
        traces = [walk(start, data, [rows], lr, 2, rule) for rows in orders(n, 2) for rule in (RIGHT, OWN_SIZE)]
        if all(t.margin > CLEAR and _batches_differ(t) and (_accuracy_tells(t) or not telling) for t in traces):
            return start, data


def draw_for_history(rng: Rng, n: int, num_epochs: int, lr: float, telling: bool = True) -> tuple[Params, Batch, Trace]:
    """For epochs of one batch, with the trace of right training.

    `telling`: the loss rises and the accuracy falls before the last epoch.
    """
    while True:
        start, (X, y) = draw(rng, n)
        # As many as this are classified as labelled in the beginning: with another number, slips in how batches of
        # unequal sizes are counted can come to the same.
        best = _predicted(start, X)
        y[:] = numpy.where(numpy.arange(n) <= n // 2, best, (best + 1) % OUTPUTS)
        right = walk(start, (X, y), [[range(n)]] * num_epochs, lr, n)
        if right.margin > CLEAR and (_rises_and_falls(right) or not telling):
            return start, (X, y), right


def _predicted(start: Params, X: Numbers) -> Numbers:
    """The likeliest class of each example in the beginning."""
    classes: Numbers = (X.astype(float) @ start[0] + start[1]).argmax(axis=1)
    return classes


def _rises_and_falls(trace: Trace) -> bool:
    """Whether the loss rises and the accuracy falls before the last epoch, and the first step changes the accuracy.

    Also, the last epoch's loss and accuracy are not the best, whether measured in the epoch or after it.
    """
    losses, accuracies = trace.history.T
    rises, falls = numpy.diff(losses) > APART, numpy.diff(accuracies) < 0
    ends = [epoch.whole[1] for epoch in trace.epochs]
    later_losses, later_accuracies = [m.losses.mean() for m in ends], [m.hits.mean() for m in ends]
    return bool(
        rises[:-1].any() and falls[:-1].any() and accuracies[0] != accuracies[1]
        and min(losses[:-1]) + APART < losses[-1] and max(accuracies[:-1]) > accuracies[-1]
        and min(later_losses[:-1]) + APART < later_losses[-1] and max(later_accuracies[:-1]) > later_accuracies[-1]
    )  # fmt: skip


def _accuracy_tells(trace: Trace) -> bool:
    """Whether the accuracy is another if measured after each step, or on all examples before or after a pass.

    After each step and after the pass it is not the same either.
    """
    for epoch in trace.epochs:
        own, after = (joined([pair[i].hits for pair in epoch.batches]).sum() for i in (0, 1))
        if own in (after, *(measured.hits.sum() for measured in epoch.whole)) or after == epoch.whole[1].hits.sum():
            return False
    return True


def _batches_differ(trace: Trace) -> bool:
    """Whether no two batches of an epoch have the same mean loss before their steps."""
    means = [sorted(before.losses.mean() for before, _ in epoch.batches) for epoch in trace.epochs]
    return all(b - a > APART for row in means for a, b in itertools.pairwise(row))
