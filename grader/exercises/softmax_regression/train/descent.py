"""Minibatch gradient descent on softmax regression in float64: the truth that `train` is compared with."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy

from grader.checking import Numbers
from grader.exercises.shared.softmax import softmax

Params = tuple[Numbers, Numbers]
Batch = tuple[Numbers, Numbers]


class Rule(NamedTuple):
    """How a loop steps: the step is lr / batch_size times the gradient of the batch's sum, times `factor`.

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


def gradient(W: Numbers, b: Numbers, X: Numbers, y: Numbers) -> Params:
    """The gradient of the summed cross-entropy of softmax(X·W + b)."""
    error = softmax(X @ W + b)
    error[numpy.arange(len(y)), y] -= 1
    return X.T @ error, error.sum(axis=0)


@dataclass(frozen=True)
class Measured:
    """What the parameters W, b show on some examples: computed when it is asked for, as mostly it is not."""

    W: Numbers
    b: Numbers
    X: Numbers
    y: Numbers

    @cached_property
    def _scores(self) -> Numbers:
        scores: Numbers = self.X @ self.W + self.b
        return scores

    @cached_property
    def losses(self) -> Numbers:
        p: Numbers = softmax(self._scores)[numpy.arange(len(self.y)), self.y]
        return -numpy.log(p)

    @cached_property
    def hits(self) -> Numbers:
        """Which of the examples are classified as labelled."""
        hits: Numbers = self._scores.argmax(axis=1) == self.y
        return hits

    @cached_property
    def margin(self) -> float:
        """The smallest distance between the two largest scores of an example: near 0, rounding decides."""
        ordered = numpy.sort(self._scores, axis=1)
        return float((ordered[:, -1] - ordered[:, -2]).min())


class Epoch(NamedTuple):
    """A pass: each batch before and after its step, and all examples before and after the pass."""

    batches: list[tuple[Measured, Measured]]
    whole: tuple[Measured, Measured]


@dataclass(frozen=True)
class Trace:
    """What right training shows on the way; `history` is what `train` should return."""

    epochs: list[Epoch]
    end: Params
    batch_size: int

    @property
    def history(self) -> Numbers:
        rows = [[before for before, _ in epoch.batches] for epoch in self.epochs]
        pairs = [(joined([m.losses for m in row]).mean(), joined([m.hits for m in row]).mean()) for row in rows]
        return numpy.array(pairs)

    @property
    def ends(self) -> list[Params]:
        """The parameters after each epoch."""
        return [(after.W, after.b) for _, after in (epoch.whole for epoch in self.epochs)]

    @property
    def margin(self) -> float:
        return min(m.margin for epoch in self.epochs for pair in (*epoch.batches, epoch.whole) for m in pair)


def joined(arrays: Sequence[Numbers]) -> Numbers:
    return numpy.concatenate(arrays)


def walk(
    start: Params, data: Batch, passes: Sequence[Sequence[Sequence[int]]], lr: float, batch_size: int,
    rule: Rule = RIGHT,
) -> Trace:  # fmt: skip
    """Train on `data`, each pass in the batches of row numbers given."""
    X, y = numpy.asarray(data[0], float), data[1]
    W, b = (numpy.asarray(a, float) for a in start)
    epochs = []
    for batches in passes:
        whole, pairs = Measured(W, b, X, y), []
        for rows in map(list, batches):
            before = Measured(W, b, X[rows], y[rows])
            W, b = stepped((W, b), (X[rows], y[rows]), lr, batch_size, rule)
            pairs.append((before, Measured(W, b, X[rows], y[rows])))
        epochs.append(Epoch(pairs, (whole, Measured(W, b, X, y))))
    return Trace(epochs, (W, b), batch_size)


def stepped(start: Params, batch: Batch, lr: float, batch_size: int, rule: Rule = RIGHT) -> Params:
    """One step on one batch."""
    grad_W, grad_b = gradient(*start, *batch)
    size = lr / batch_size * rule.factor(len(batch[1]), batch_size, lr)
    return start[0] - size * grad_W * rule.learns[0], start[1] - size * grad_b * rule.learns[1]


def orders(n: int, batch_size: int) -> Iterator[list[tuple[int, ...]]]:
    """Every way to split n rows into batches, one after the other, the last one smaller."""

    def split(rows: frozenset[int]) -> Iterator[list[tuple[int, ...]]]:
        if len(rows) <= batch_size:
            yield [tuple(sorted(rows))] if rows else []
            return
        for batch in itertools.combinations(sorted(rows), batch_size):
            yield from ([batch, *rest] for rest in split(rows.difference(batch)))

    return split(frozenset(range(n)))


def stacked(params: Params) -> Numbers:
    """W and b as one array."""
    return numpy.vstack([numpy.asarray(param, float) for param in params])


def shares_in_the_steps(data: Batch, moved: Numbers) -> Numbers:
    """By what each example's gradient at W = b = 0 was multiplied, shape (n,), where W and b moved from there.

    `moved` (785, 10), stacked, is the sum of the examples' gradients, each so many times, as long as the steps are so
    small that the gradients stay what they are. Gradients of different images do not depend on each other linearly.
    """
    X, y = numpy.asarray(data[0], float), data[1]
    inputs = numpy.hstack([X, numpy.ones((len(y), 1))])
    # An example's gradient is the outer product of its input and its error, and inner products multiply.
    errors = numpy.full((len(y), moved.shape[1]), 1 / moved.shape[1])
    errors[numpy.arange(len(y)), y] -= 1
    products = (inputs @ inputs.T) * (errors @ errors.T)
    shares: Numbers = numpy.linalg.solve(products, -((inputs @ moved) * errors).sum(axis=1))
    return shares
