"""Runs of a student's `train` on few examples, so that all that may have happened can be worked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy

from grader.checking import CheckFailed, KeptArray, Misconception, Near, Numbers, Result, Student, expect, same
from grader.exercises.shared.descent import Params, Rule, Trace, Training, stacked
from grader.exercises.shared.full_run import OUTPUTS
from grader.exercises.shared.histories import rows_of
from grader.sandbox import wire

from . import misconceptions

# What float32 does to a step: the parameters, up to 1 in size here, are rounded once a step, by 6e-8 at most; a
# gradient is a sum of a few products, each with a relative error below 1e-5 (784 roundings in the scores, of 6e-8 each
# if they all went one way). Most steps here move the parameters by 1e-2: ten times that is granted. (With the rates of
# the history, 3 and 4, they move by up to 2, and 1e-4 of that is granted; float32 was seen to be 5e-7 off.)
MOVES = Near(rtol=1e-4, atol=1e-6)
# A history rounded to three decimals, as for printing, will do: 5e-4, and float32's share is far below that.
HISTORY = Near(rtol=1e-4, atol=6e-4)


class Run(NamedTuple):
    """A call of train: what it was given, how far W and b have moved, stacked, and what came back."""

    training: Training
    moved: Numbers
    history: Numbers
    result: Result

    @property
    def steps_right(self) -> bool:
        """Where the order makes no difference: whether W and b are where right training leads."""
        return MOVES.holds(self.moved, self.training.right.moved)

    @property
    def is_back(self) -> bool:
        """After epochs of one batch: whether the parameters are what they were before the last of them."""
        return not self.steps_right and any(MOVES.holds(self.moved, moves) for moves in self.training.right.moves[:-1])

    def ends_with(self, *rules: Rule) -> list[Trace]:
        """The ways, by these rules, that lead to where W and b are."""
        return self.training.leading_to(self.moved, MOVES, *rules)

    def first_epoch(self) -> Run:
        """What it shows if it is not known where the steps have led."""
        return self._replace(training=self.training._replace(num_epochs=1), history=self.history[:1])


def train_on(student: Student, training: Training) -> Run:
    """Raises `CheckFailed` where train does not come to its end."""
    _, start, data, *args = training
    params = kept_params(student, start)
    result = run_train(student, params, data, *args)
    moved = stacked((params[0].value, params[1].value)) - stacked(start)
    return Run(training, moved, numpy.array(rows_of(result.value, 2)), result)


def kept_params(student: Student, params: Params) -> list[KeptArray]:
    return [student.param(value, name=name) for value, name in zip(params, ("W", "b"), strict=True)]


def run_train(
    student: Student, params: list[KeptArray], data: tuple[Numbers | wire.Given, Numbers | wire.Given], *args: float,
    seed: int | None = None,
) -> Result:  # fmt: skip
    """Raises `CheckFailed` where train ends with an exception, with what that tells."""
    result = student.train(student.net, params, *data, *args, seed=seed)
    if result.failure is None:
        return result
    known = _by_failure(result.failure)
    if known is None and result.failure.where == "cross_entropy" and _only_swapped_fails(student):
        known = misconceptions.LOSS_ARGUMENTS_SWAPPED
    if known is None and args[0] > 1 and student.train(student.net, params, *data, 1, *args[1:]).failure is None:
        known = misconceptions.ONE_ITERATOR_FOR_ALL_EPOCHS
    try:
        expect(result).no_failure()
    except CheckFailed as failed:
        raise CheckFailed(str(failed), known or failed.misconception) from None
    return result


def _by_failure(failure: wire.Failure) -> Misconception | None:
    if "not in a computational graph" in failure.message:
        return misconceptions.NOT_RECORDED
    if "already in a computational graph" in failure.message:
        return misconceptions.STEPS_WHILE_RECORDING
    without_gradient = failure.type in ("TypeError", "AttributeError") and "NoneType" in failure.message
    return misconceptions.REBINDS_PARAMETERS if without_gradient and ".grad" in failure.line else None


def _only_swapped_fails(student: Student) -> bool:
    y_hat, y = numpy.full((3, OUTPUTS), 0.1, numpy.float32), numpy.arange(3, dtype=numpy.int32)
    return student.cross_entropy(y_hat, y).failure is None and student.cross_entropy(y, y_hat).failure is not None


Evidence = tuple[Sequence[tuple[Any, ...]], Numbers]


def named(student: Student, of: str, evidence: Sequence[Evidence]) -> Misconception | None:
    """The one misconception that gives each of the results, for one or other of the arguments that it may stem from."""
    found = [
        known
        for known in student.exercise.misconceptions
        if known.of == of and known.function is not None and known.flavour in (None, student.flavour)
        and all(any(same(got, known.function(*args)) for args in possible) for possible, got in evidence)
    ]  # fmt: skip
    return found[0] if len({known.like or known.name for known in found}) == 1 else None


def named_by_steps(student: Student, of: str, *runs: Run) -> Misconception | None:
    """The one that leads W and b where each of the runs has led them, in some order of the examples."""
    return named(
        student, of, [([(run.training, passes) for passes in run.training.orders()], run.moved) for run in runs]
    )


def shares_in_the_steps(run: Run) -> Numbers:
    """By what each example's gradient was multiplied, shape (n,), where W and b have moved from 0.

    The move is the sum of the examples' gradients, each so many times, as long as the steps are so small that the
    gradients stay what they are. Gradients of different images do not depend on each other linearly.
    """
    X, y = numpy.asarray(run.training.data[0], float), run.training.data[1]
    inputs = numpy.hstack([X, numpy.ones((len(y), 1))])
    # An example's gradient is the outer product of its input and its error, and inner products multiply.
    errors = run.training.model.error(numpy.zeros((len(y), OUTPUTS)), y)
    products = (inputs @ inputs.T) * (errors @ errors.T)
    return numpy.linalg.solve(products, -((inputs @ run.moved) * errors).sum(axis=1))
