"""The history that a training function returns, a row of numbers for each epoch: read from the wire, and reckoned from
a trace of right training in the right way or in one of the wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy

from grader.checking import Numbers, as_numpy
from grader.exercises.shared.descent import Epoch, Measured, Trace
from grader.sandbox import wire


def rows_of(value: wire.Value | None, width: int) -> list[tuple[float, ...]]:
    """The rows, if the value is a list of rows of so many numbers (of numbers, for 1), or one array; else none."""
    if isinstance(value, wire.Array):
        table = value.numpy()
        table = table[:, None] if width == 1 and table.ndim == 1 else table
        return [tuple(map(float, row)) for row in table] if table.ndim == 2 and table.shape[1] == width else []
    rows = []
    for item in value.items if isinstance(value, wire.Sequence) else []:
        parts = item.items if isinstance(item, wire.Sequence) and width > 1 else [item]
        numbers = [n for n in map(as_numpy, parts) if n is not None and n.size == 1]
        if not len(numbers) == len(parts) == width:
            return []
        rows.append(tuple(float(n.reshape(())) for n in numbers))
    return rows


def wrong_kind(value: wire.Value | None, width: int, num_epochs: int, num_batches: int) -> str | None:
    """What a value is that is no list of `num_epochs` rows: the name of a misconception."""
    if isinstance(value, wire.Scalar):
        return "returns_nothing" if value.value is None else "returns_one_number"
    if not isinstance(value, wire.Sequence):
        return None
    if num_batches > 1 and len(rows_of(value, width)) == num_epochs * num_batches:
        return "history_inside_batches"
    if count := len(rows_of(value, 1)):
        if count == width != num_epochs:
            return "returns_last_epoch"
        return {num_epochs: "returns_losses_only", width * num_epochs: "returns_flat_list"}.get(count)
    lengths = [len(item.items) if isinstance(item, wire.Sequence) else 0 for item in value.items]
    return "returns_two_lists" if lengths == [num_epochs] * width and num_epochs != width else None


# -- reckoning: what is made of an epoch's "losses", or of its "hits"

Reckoning = Callable[[Epoch, str], float]


def mean_of(measured: Callable[[Epoch], Sequence[Measured]]) -> Reckoning:
    """The mean over all examples of what was measured then."""
    return lambda epoch, what: float(numpy.concatenate([getattr(m, what) for m in measured(epoch)]).mean())


def quotient(of_batch: Callable[[Numbers], float], by: Callable[[Sequence[int]], float]) -> Reckoning:
    """What is reckoned of each batch, added up and divided by what is reckoned of the batches' sizes."""

    def reckon(epoch: Epoch, what: str) -> float:
        batches = [getattr(before, what) for before, _ in epoch.batches]
        return float(sum(map(of_batch, batches))) / by([len(batch) for batch in batches])

    return reckon


# Right: every example counts the same, and each batch is measured on its own predictions, before its step.
mean = mean_of(lambda epoch: [before for before, _ in epoch.batches])
last_batch = mean_of(lambda epoch: [epoch.batches[-1][0]])
first_batch = mean_of(lambda epoch: [epoch.batches[0][0]])
full_batches = mean_of(lambda epoch: [m for m, _ in epoch.batches if m.size == epoch.batches[0][0].size])
after_steps = mean_of(lambda epoch: [after for _, after in epoch.batches])
before_the_pass = mean_of(lambda epoch: epoch.whole[:1])
after_the_pass = mean_of(lambda epoch: epoch.whole[1:])
summed = quotient(numpy.sum, lambda sizes: 1)
over_batches = quotient(numpy.sum, len)
over_full_batches = quotient(numpy.sum, lambda sizes: len(sizes) * sizes[0])
mean_of_means = quotient(numpy.mean, len)
means_over_examples = quotient(numpy.mean, sum)
weighted_twice = quotient(lambda batch: batch.sum() * len(batch), sum)


def last_over_examples(epoch: Epoch, what: str) -> float:
    return last_batch(epoch, what) * epoch.batches[-1][0].size / epoch.whole[0].size


def pairs(trace: Trace, loss: Reckoning = mean, accuracy: Reckoning = mean) -> Numbers:
    """A row (loss, accuracy) for each epoch."""
    return numpy.array([(loss(epoch, "losses"), accuracy(epoch, "hits")) for epoch in trace.epochs])


def losses(trace: Trace, loss: Reckoning = mean) -> Numbers:
    """A row (loss,) for each epoch."""
    return numpy.array([(loss(epoch, "losses"),) for epoch in trace.epochs])
