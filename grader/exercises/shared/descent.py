"""Minibatch gradient descent on X·W + b in float64: the truth that training is compared with.

A `Training` is what a run is given. `trace` goes through its examples in batches that are given too, by the right rule
or by one of the wrong ones that have names, and tells all there was to measure. Which examples a student's run had in
which batch is random: `traces` tries every order, and `leading_to` picks those that end where the parameters are.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy

from grader.checking import Near, Numbers
from grader.exercises.shared.arithmetic import one_hot, pick
from grader.exercises.shared.softmax import softmax

Params = tuple[Numbers, Numbers]
Batch = tuple[Numbers, Numbers]
# The batches of each epoch, as row numbers.
Passes = Sequence[Sequence[Sequence[int]]]
# Large steps, as wrong ways take them, may add up to something small: float32's share of the largest is left.
CANCELLED = 1e-5


class Rule(NamedTuple):
    """How a loop steps: by lr / batch_size times the gradient of the batch's summed loss, times `factor`.

    `factor` takes the examples in the batch, batch_size and lr; `learns` says which of W and b take part;
    `one_batch`, whether few examples may come all in one batch, whatever batch_size says.
    """

    factor: Callable[[int, int, float], float]
    learns: tuple[bool, bool] = (True, True)
    one_batch: bool = False


RIGHT = Rule(lambda n, batch_size, lr: 1.0)
# The book's editions divide the last and smaller batch by batch_size, or by what it holds.
OWN_SIZE = Rule(lambda n, batch_size, lr: batch_size / n)
# The wrong ways that still take one step for each batch.
WRONG_STEPS = {
    "divides_twice": Rule(lambda n, batch_size, lr: 1 / n),
    "never_divides": Rule(lambda n, batch_size, lr: batch_size),
    "ascends": Rule(lambda n, batch_size, lr: -1.0),
    "steps_twice": Rule(lambda n, batch_size, lr: 2.0),
    "lr_of_its_own": Rule(lambda n, batch_size, lr: 0.1 / lr),
    "batch_of_256": Rule(lambda n, batch_size, lr: batch_size / 256, one_batch=True),
    "sgd_arguments_swapped": Rule(lambda n, batch_size, lr: (batch_size / lr) ** 2),
    "leaves_the_bias": Rule(lambda n, batch_size, lr: 1.0, (True, False)),
    "leaves_the_weight": Rule(lambda n, batch_size, lr: 1.0, (False, True)),
}


class Model(NamedTuple):
    """What is made of scores and labels: each example's loss, the gradient of the losses' sum for the scores, and where
    the labels are classes, which examples are predicted right."""

    losses: Callable[[Numbers, Numbers], Numbers]
    error: Callable[[Numbers, Numbers], Numbers]
    hits: Callable[[Numbers, Numbers], Numbers] | None = None

    def gradient(self, params: Params, batch: Batch) -> Params:
        """Of the summed loss."""
        (W, b), X = params, numpy.asarray(batch[0], float)
        error = self.error(X @ W + b, batch[1])
        return X.T @ error, error.sum(axis=0)

    def stepped(self, params: Params, batch: Batch, lr: float, batch_size: int, rule: Rule = RIGHT) -> Params:
        """The parameters after one step on one batch."""
        size = lr / batch_size * rule.factor(len(batch[1]), batch_size, lr)
        (W, b), (grad_W, grad_b) = params, self.gradient(params, batch)
        return W - size * grad_W * rule.learns[0], b - size * grad_b * rule.learns[1]


def squared_error(weight: float = 1.0) -> Model:
    """The loss ½(ŷ − y)², so many times, of scores (n, 1) and labels (n,)."""
    return Model(
        losses=lambda scores, y: weight * (scores[:, 0] - y) ** 2 / 2,
        error=lambda scores, y: weight * (scores - numpy.asarray(y, float)[:, None]),
    )


def softmax_regression(weight: float = 1.0) -> Model:
    """The cross-entropy, so many times, of scores (n, q) and classes (n,)."""
    return Model(
        losses=lambda scores, y: -weight * numpy.log(pick(softmax(scores), y)),
        error=lambda scores, y: weight * (softmax(scores) - one_hot(y, scores.shape[1])),
        hits=lambda scores, y: scores.argmax(axis=1) == y,
    )


LINEAR_REGRESSION = squared_error()
SOFTMAX_REGRESSION = softmax_regression()


class Training(NamedTuple):
    """What a training run is given."""

    model: Model
    start: Params
    data: Batch
    num_epochs: int
    lr: float
    batch_size: int

    @property
    def n(self) -> int:
        return len(self.data[1])

    def orders(self) -> list[Passes]:
        """Every way in which the examples may have come in batches."""
        return list(itertools.product(orders(self.n, self.batch_size), repeat=self.num_epochs))

    def trace(self, passes: Passes, rule: Rule = RIGHT) -> Trace:
        X, y = numpy.asarray(self.data[0], float), self.data[1]
        epochs, params = [], self.start
        for batches in passes:
            before, pairs = Measured(self.model, params, (X, y)), []
            for rows in map(list, batches):
                batch = X[rows], y[rows]
                after = self.model.stepped(params, batch, self.lr, self.batch_size, rule)
                pairs.append((Measured(self.model, params, batch), Measured(self.model, after, batch)))
                params = after
            epochs.append(Epoch(pairs, (before, Measured(self.model, params, (X, y)))))
        moves = [stacked(of) - stacked(self.start) for of in (self.start, *(e.whole[1].params for e in epochs))]
        return Trace(passes, epochs, moves)

    def traces(self, *rules: Rule) -> Iterator[Trace]:
        """All that may have happened by these rules."""
        for rule in rules:
            yield from (self.trace(passes, rule) for passes in self.orders())
            if rule.one_batch:
                yield self.trace([[range(self.n)]] * self.num_epochs, rule)

    def leading_to(self, moved: Numbers, near: Near, *rules: Rule) -> list[Trace]:
        """Those of the traces that end where the parameters are."""
        near = Near(near.rtol, near.atol + CANCELLED * abs(moved).max())
        return [trace for trace in self.traces(*rules) if near.holds(moved, trace.moved)]

    @property
    def right(self) -> Trace:
        """The trace of right training, in one of the orders that it may have had."""
        return next(self.traces(RIGHT))


@dataclass(frozen=True)
class Measured:
    """What parameters show on some examples: computed when it is asked for, as mostly it is not."""

    model: Model
    params: Params
    batch: Batch

    @property
    def size(self) -> int:
        """How many examples there are."""
        return len(self.batch[1])

    @cached_property
    def scores(self) -> Numbers:
        return self.batch[0] @ self.params[0] + self.params[1]

    @cached_property
    def losses(self) -> Numbers:
        return self.model.losses(self.scores, self.batch[1])

    @cached_property
    def hits(self) -> Numbers:
        assert self.model.hits is not None
        return self.model.hits(self.scores, self.batch[1])

    @property
    def margin(self) -> float:
        """The smallest distance between the two largest scores of an example: near 0, rounding decides."""
        return float(numpy.diff(numpy.sort(self.scores, axis=1)[:, -2:]).min())


class Epoch(NamedTuple):
    """A pass: each batch before and after its step, and all examples before and after the pass."""

    batches: list[tuple[Measured, Measured]]
    whole: tuple[Measured, Measured]


class Trace(NamedTuple):
    """What a run shows on the way; in `moves`, how far W and b have moved, stacked: at the start, after each epoch."""

    passes: Passes
    epochs: list[Epoch]
    moves: list[Numbers]

    @property
    def moved(self) -> Numbers:
        return self.moves[-1]

    @property
    def margin(self) -> float:
        return min(m.margin for epoch in self.epochs for pair in (*epoch.batches, epoch.whole) for m in pair)


def stacked(params: Params) -> Numbers:
    """W and b as one array."""
    return numpy.vstack([numpy.asarray(param, float) for param in params])


def orders(n: int, batch_size: int) -> Iterator[list[tuple[int, ...]]]:
    """Every way to split n rows into batches, one after the other, the last one smaller."""

    def split(rows: frozenset[int]) -> Iterator[list[tuple[int, ...]]]:
        if len(rows) <= batch_size:
            yield [tuple(sorted(rows))] if rows else []
            return
        for batch in itertools.combinations(sorted(rows), batch_size):
            yield from ([batch, *rest] for rest in split(rows.difference(batch)))

    return split(frozenset(range(n)))
