"""Runs of a student's `train` on few examples, so that all that may have happened can be worked out."""

from __future__ import annotations

import numpy

from grader.checking import CheckFailed, KeptArray, Misconception, Numbers, Result, Student, expect
from grader.exercises.shared import loops
from grader.exercises.shared.descent import Params, Training, stacked
from grader.exercises.shared.full_run import OUTPUTS
from grader.exercises.shared.histories import rows_of
from grader.exercises.shared.loops import MOVES
from grader.sandbox import wire

from . import misconceptions


# `MOVES` leaves room for 784 roundings in the scores, too; with the rates of the history, 3 and 4, the parameters move
# by up to 2, and 1e-4 of that is granted: float32 was seen to be 5e-7 off.
class Run(loops.Run):
    """A call of train, with the student's own functions."""

    @property
    def is_back(self) -> bool:
        """After epochs of one batch: whether the parameters are what they were before the last of them."""
        return not self.steps_right and any(MOVES.holds(self.moved, moves) for moves in self.training.right.moves[:-1])

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
