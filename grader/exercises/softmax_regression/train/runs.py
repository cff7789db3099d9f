"""Runs of a student's `train`, and where they lead: few examples, so that what is right can be worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy

from grader.checking import CheckFailed, KeptArray, Near, Numbers, Result, Rng, Student, expect
from grader.sandbox import wire

from .descent import Batch, Params, Rule, Trace, orders, stacked, walk
from .inputs import OUTPUTS, draw_for_one_pass, draw_for_steps
from .symptoms import LOSS_ARGUMENTS_SWAPPED, ONE_ITERATOR_FOR_ALL_EPOCHS, by_failure, history_of

# What float32 does to a step: the parameters, up to 1 in size here, are rounded once a step, by 6e-8 at most; a
# gradient is a sum of a few products, each with a relative error below 1e-5 (784 roundings in the scores, of 6e-8 each
# if they all went one way). Most steps here move the parameters by 1e-2: ten times that is granted. (With the rates of
# the history, 3 and 4, they move by up to 2, and 1e-4 of that is granted; float32 was seen to be 5e-7 off.)
MOVES = Near(rtol=1e-4, atol=1e-6)
# Large steps, as the wrong ways take them, may add up to something small: float32's share of the largest is left.
CANCELLED = 1e-5
# A history rounded to three decimals, as for printing, will do: 5e-4, and float32's share is far below that.
HISTORY = Near(rtol=1e-4, atol=6e-4)


def kept_params(student: Student, params: Params) -> list[KeptArray]:
    return [student.param(value, name=name) for value, name in zip(params, ("W", "b"), strict=True)]


def run_train(
    student: Student, params: list[KeptArray], data: tuple[Numbers | wire.Given, Numbers | wire.Given], *args: float,
    seed: int | None = None,
) -> Result:  # fmt: skip
    result = student.train(student.net, params, *data, *args, seed=seed)
    if result.failure is None:
        return result
    known = by_failure(result.failure)
    if known is None and result.failure.where == "cross_entropy" and _only_swapped_fails(student):
        known = LOSS_ARGUMENTS_SWAPPED
    if known is None and args[0] > 1 and student.train(student.net, params, *data, 1, *args[1:]).failure is None:
        known = ONE_ITERATOR_FOR_ALL_EPOCHS
    try:
        expect(result).no_failure()
    except CheckFailed as failed:
        raise CheckFailed(str(failed), known or failed.misconception) from None
    return result


def _only_swapped_fails(student: Student) -> bool:
    y_hat, y = numpy.full((3, OUTPUTS), 0.1, numpy.float32), numpy.arange(3, dtype=numpy.int32)
    return student.cross_entropy(y_hat, y).failure is None and student.cross_entropy(y, y_hat).failure is not None


class FullBatches(NamedTuple):
    """Epochs of one batch: how far the parameters moved, the history, what a misconception takes, what is right."""

    moved: Numbers
    history: list[tuple[float, float]]
    args: tuple[Params, Batch, int, float]
    right: Trace

    @property
    def want(self) -> Numbers:
        return way(self.args[0], self.right.end)

    @property
    def is_back(self) -> bool:
        """Whether the parameters are what they were before the last epoch."""
        start = self.args[0]
        before = any(MOVES.holds(self.moved, way(start, end)) for end in (start, *self.right.ends[:-1]))
        return before and not MOVES.holds(self.moved, self.want)

    @property
    def goes_back(self) -> bool:
        """Whether by the history all steps were taken, and the parameters are yet those of an earlier epoch.

        Where nothing has moved, that is what there is to say.
        """
        right = self.right.history
        all_steps = len(self.history) == len(right) and HISTORY.holds(numpy.array(self.history), right)
        return all_steps and bool(self.moved.any()) and self.is_back


def full_batches(
    student: Student, rng: Rng, n: int, num_epochs: int, lr: float,
    draw_for: Callable[[Rng, int, int, float], tuple[Params, Batch, Trace]] = draw_for_steps,
) -> FullBatches:  # fmt: skip
    start, data, right = draw_for(rng, n, num_epochs, lr)
    params = kept_params(student, start)
    history = history_of(run_train(student, params, data, num_epochs, lr, n).value)
    return FullBatches(moves_of(params, start), history, (start, data, num_epochs, lr), right)


def moves_of(params: list[KeptArray], start: Params) -> Numbers:
    """How far W and b have moved, stacked."""
    return way(start, (params[0].value, params[1].value))


def way(start: Params, end: Params) -> Numbers:
    return stacked(end) - stacked(start)


LR_OF_ONE_PASS = 0.5


@dataclass(frozen=True)
class OnePass:
    """One epoch with batches of two: where it started, how far W and b moved, what was returned."""

    start: Params
    data: Batch
    moved: Numbers
    result: Result
    lr: float

    def traces(self, rule: Rule) -> list[Trace]:
        n = len(self.data[1])
        every = [*orders(n, 2), [tuple(range(n))]] if rule.one_batch else orders(n, 2)
        return [walk(self.start, self.data, [rows], self.lr, 2, rule) for rows in every]

    def ends_with(self, *rules: Rule) -> list[Trace]:
        """The ways, by these rules, that lead to where W and b are."""
        before = stacked(self.start)
        every = [(trace, stacked(trace.end) - before) for rule in rules for trace in self.traces(rule)]
        granted = Near(MOVES.rtol, MOVES.atol + CANCELLED * abs(self.moved).max())
        return [trace for trace, moved in every if granted.holds(self.moved, moved)]

    def possible(self) -> list[tuple[Any, ...]]:
        return [(self.start, self.data, rows, self.lr, 2) for rows in orders(len(self.data[1]), 2)]


def one_pass(student: Student, rng: Rng, n: int, lr: float = LR_OF_ONE_PASS, telling: bool = False) -> OnePass:
    """`telling`: with data whose accuracy shows when, and on what, it was measured."""
    start, data = draw_for_one_pass(rng, n, lr, telling)
    params = kept_params(student, start)
    result = run_train(student, params, data, 1, lr, 2)
    return OnePass(start, data, moves_of(params, start), result, lr)
