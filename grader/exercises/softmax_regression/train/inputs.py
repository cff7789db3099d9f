"""What `train` is tried with: parameters, images and labels drawn until they tell right training from wrong."""

from __future__ import annotations

import itertools

import numpy

from grader.checking import Numbers, Rng
from grader.exercises.shared.descent import OWN_SIZE, RIGHT, SOFTMAX_REGRESSION, Params, Trace, Training
from grader.exercises.shared.full_run import INPUTS, OUTPUTS
from grader.exercises.shared.histories import after_steps, after_the_pass, before_the_pass, mean, pairs

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


def draw(rng: Rng, n: int, num_epochs: int, lr: float, batch_size: int) -> Training:
    """A start for the parameters; images and labels. A step of lr = 0.5 moves the scores by 1 or so."""
    X = rng.uniform(high=0.1, size=(n, INPUTS)).astype(numpy.float32)
    y = rng.permutation(numpy.arange(n) % OUTPUTS).astype(numpy.int32)
    W = rng.normal(scale=0.2, size=(INPUTS, OUTPUTS)).astype(numpy.float32)
    b = rng.normal(scale=0.2, size=OUTPUTS).astype(numpy.float32)
    return Training(SOFTMAX_REGRESSION, (W, b), (X, y), num_epochs, lr, batch_size)


def draw_for_steps(rng: Rng, n: int, num_epochs: int, lr: float) -> Training:
    """Epochs of one batch in which the loss falls and the accuracy does not."""
    while True:
        training = draw(rng, n, num_epochs, lr, n)
        right = training.right
        losses, accuracies = pairs(right).T
        if right.margin > CLEAR and (numpy.diff(losses) < 0).all() and (numpy.diff(accuracies) >= 0).all():
            return training


def draw_for_one_pass(rng: Rng, n: int, lr: float, telling: bool) -> Training:
    """One epoch with batches of two; `telling`: the accuracy shows when, and on what, it was measured."""
    while True:
        training = draw(rng, n, 1, lr, 2)
        if telling:
            training.data[1][:] = _predicted(training)
        traces = training.traces(RIGHT, OWN_SIZE)
        if all(t.margin > CLEAR and _batches_differ(t) and (_accuracy_tells(t) or not telling) for t in traces):
            return training


def draw_for_history(rng: Rng, n: int, num_epochs: int, lr: float, batch_size: int) -> Training:
    """Epochs of one batch, in which the loss rises and the accuracy falls before the last; or of several batches, at a
    rate so small that to the history it makes no difference which example comes in which."""
    while True:
        training = draw(rng, n, num_epochs, lr, batch_size)
        # As many as this are classified as labelled in the beginning: with another number, slips in how batches of
        # unequal sizes are counted can come to the same.
        best = _predicted(training)
        training.data[1][:] = numpy.where(numpy.arange(n) <= n // 2, best, (best + 1) % OUTPUTS)
        right = training.right
        if right.margin > CLEAR and (batch_size < n or _rises_and_falls(right)):
            return training


def _predicted(training: Training) -> Numbers:
    """The likeliest class of each example in the beginning."""
    (W, b), (X, _) = training.start, training.data
    return (X.astype(float) @ W + b).argmax(axis=1)


def _rises_and_falls(trace: Trace) -> bool:
    """Whether the loss rises and the accuracy falls before the last epoch, and the first step changes the accuracy.

    Also, the last epoch's loss and accuracy are not the best, whether measured in the epoch or after it.
    """
    losses, accuracies = pairs(trace).T
    after_losses, after_accuracies = pairs(trace, after_the_pass, after_the_pass).T
    rises, falls = numpy.diff(losses) > APART, numpy.diff(accuracies) < 0
    return bool(
        rises[:-1].any() and falls[:-1].any() and accuracies[0] != accuracies[1]
        and all(min(each[:-1]) + APART < each[-1] for each in (losses, after_losses))
        and all(max(each[:-1]) > each[-1] for each in (accuracies, after_accuracies))
    )  # fmt: skip


def _accuracy_tells(trace: Trace) -> bool:
    """Whether the accuracy is another if measured after each step, or on all examples before or after a pass.

    After each step and after the pass it is not the same either.
    """
    own, after, *whole = (
        pairs(trace, accuracy=when)[:, 1] for when in (mean, after_steps, before_the_pass, after_the_pass)
    )
    return not any((own == other).any() for other in (after, *whole)) and not (after == whole[1]).any()


def _batches_differ(trace: Trace) -> bool:
    """Whether no two batches of an epoch have the same mean loss before their steps."""
    means = [sorted(before.losses.mean() for before, _ in epoch.batches) for epoch in trace.epochs]
    return all(b - a > APART for row in means for a, b in itertools.pairwise(row))
