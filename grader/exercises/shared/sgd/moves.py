"""What a call of `sgd` did to its parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy

from grader.checking import Evidence, KeptArray, Misconception, Numbers, Result, Student, no_failure, same

from .behaviour import FAILURES

Known = Misconception | None


def sgd(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    """The truth, for one parameter: what it holds after the step."""
    return numpy.asarray(param, float) - lr * numpy.asarray(grad, float) / batch_size


class Move(NamedTuple):
    """One parameter in one call: what it held before, its gradient, what it holds after, and the call's figures."""

    param: KeptArray
    start: Numbers
    grad: Numbers
    got: Numbers
    lr: float
    batch_size: int

    @property
    def args(self) -> tuple[Numbers, Numbers, float, int]:
        return self.start, self.grad, self.lr, self.batch_size

    @property
    def want(self) -> Numbers:
        return sgd(*self.args)

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.args, self.got, self.want)

    @property
    def right(self) -> bool:
        return same(self.got, self.want)

    @property
    def still(self) -> bool:
        return bool(numpy.array_equal(self.got, self.start))

    @property
    def rate(self) -> float:
        """How many times the gradient was taken away; nan where what was taken is no multiple of it."""
        return multiple(self.start - self.got, self.grad)


class Step(NamedTuple):
    """One call of the student's: its parameters' moves, and what came of it."""

    moves: list[Move]
    result: Result


def step(
    student: Student, params: Sequence[KeptArray], before: Sequence[tuple[Numbers, Numbers]], lr: float,
    batch_size: int, seed: int | None = None,
) -> Step:  # fmt: skip
    """Call sgd on the parameters, which hold the values and gradients in `before`. Raises `CheckFailed`."""
    result = student.sgd(params, lr, batch_size, seed=seed)
    no_failure(result, FAILURES)
    moves = [Move(p, *values, p.value, lr, batch_size) for p, values in zip(params, before, strict=True)]
    return Step(moves, result)


def moves_of(steps: Sequence[Step]) -> list[Move]:
    return [move for each in steps for move in each.moves]


def multiple(these: Numbers, others: Numbers) -> float:
    """How many times the others these numbers are; nan where they are not, to one part in a hundred."""
    with numpy.errstate(all="ignore"):  # what a student's step left may be 0, or no number
        factor = (these * others).sum() / (others**2).sum()
        return float(factor) if abs(these - factor * others).max() < 0.01 * abs(these).max() else numpy.nan
