"""Runs of a student's `train` on few examples whose order is known, so that all that happens can be replayed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy

from grader.checking import Numbers, Result, Rng, Student, StudentObject, no_failure
from grader.diagnosis import habits
from grader.exercises.shared.descent import (
    OWN_SIZE,
    RIGHT,
    Batch,
    Measured,
    Passes,
    Rule,
    Trace,
    Training,
    softmax_regression,
    stacked,
)
from grader.exercises.shared.full_run import INPUTS, OUTPUTS
from grader.exercises.shared.histories import mean, rows_of
from grader.exercises.shared.loops import MOVES

from . import misconceptions

# Where two scores lie nearer to each other than this, rounding could decide which class is predicted.
CLEAR = 1e-4
# The share of the pixels that are not 0.
INK = 0.05


@dataclass(frozen=True)
class Task:
    """What a run is given: a training whose batches come in order, examples to test on, a factor of the loss."""

    training: Training
    test: Batch
    weight: float

    @property
    def passes(self) -> Passes:
        n, size = self.training.n, self.training.batch_size
        return [[range(at, min(at + size, n)) for at in range(0, n, size)]] * self.training.num_epochs

    @cached_property
    def ways(self) -> list[Trace]:
        """Right training, with the last batch divided by batch_size, or by what it holds."""
        return [self.training.trace(self.passes, rule) for rule in (RIGHT, OWN_SIZE)]

    def tested(self, trace: Trace) -> list[Measured]:
        """The test examples after each epoch, and in front of these, before the first."""
        after = [epoch.whole[1].params for epoch in trace.epochs]
        return [Measured(self.training.model, params, self.test) for params in (self.training.start, *after)]

    def history(self, trace: Trace) -> Numbers:
        """The right rows (train loss, train accuracy, test accuracy)."""
        rows = zip(trace.epochs, self.tested(trace)[1:], strict=True)
        return numpy.array([(mean(e, "losses"), mean(e, "hits"), t.hits.mean()) for e, t in rows])


class Run:
    """A call of train: its task, how far W and b have moved, stacked, and what came back."""

    def __init__(self, task: Task, net: StudentObject, result: Result, passes: int) -> None:
        self.task, self.result, self.passes = task, result, passes
        self.moved = stacked(read(net)) - stacked(task.training.start)
        self.history = numpy.array(rows_of(result.value, 3)).reshape(-1, 3)

    @property
    def ends(self) -> list[Trace]:
        """The right ways that lead to where W and b are."""
        return [trace for trace in self.task.ways if MOVES.holds(self.moved, trace.moved)]

    def follows(self, rule: Rule, task: Task | None = None) -> bool:
        task = task or self.task
        return MOVES.holds(self.moved, task.training.trace(task.passes, rule).moved)


def read(net: StudentObject) -> tuple[Numbers, Numbers]:
    """W (784, 10) and b of the net that train was given; nan where it has none any more."""
    values = [array for _, array in net.parameters() if array is not None]
    if [array.shape for array in values] != [(OUTPUTS, INPUTS), (OUTPUTS,)]:
        return numpy.full((INPUTS, OUTPUTS), numpy.nan), numpy.full(OUTPUTS, numpy.nan)
    return values[0].T, values[1]


def draw(rng: Rng, n: int, batch_size: int, num_epochs: int, lr: float, weight: float = 1.0, tests: int = 5) -> Task:
    """Images, labels and a start; no score is so near to another that rounding decides.

    Half of the labels are those that the start predicts, those to test on are predicted at one time or another. A step
    of lr = 0.5 moves the scores by 1 or so.
    """
    while True:
        X = rng.uniform(high=0.5, size=(n + tests, INPUTS)).astype(numpy.float32)
        X *= rng.uniform(size=X.shape) < INK  # images that look alike would all be taken for the same
        W = rng.normal(scale=0.2, size=(INPUTS, OUTPUTS)).astype(numpy.float32)
        b = rng.normal(scale=0.2, size=OUTPUTS).astype(numpy.float32)
        y = (X.astype(float) @ W + b).argmax(axis=1)
        y = numpy.where(rng.permutation(n + tests) % 2, y, rng.integers(OUTPUTS, size=n + tests)).astype(numpy.int32)
        model = softmax_regression(weight)
        training = Training(model, (W, b), (X[:n], y[:n]), num_epochs, lr, batch_size)
        task = _with_telling_labels(Task(training, (X[n:], y[n:]), weight), rng)
        if all(trace.margin > CLEAR and min(m.margin for m in task.tested(trace)) > CLEAR for trace in task.ways):
            return task


def _with_telling_labels(task: Task, rng: Rng) -> Task:
    tested = task.tested(task.ways[0])
    predicted = numpy.array([measured.scores.argmax(axis=1) for measured in tested])
    when = rng.permutation(len(task.test[1])) % len(tested)
    return replace(task, test=(task.test[0], predicted[when, numpy.arange(len(when))].astype(numpy.int32)))


def train_on(student: Student, task: Task) -> Run:
    """Raises `CheckFailed` where train does not come to its end."""
    (W, b), size = task.training.start, task.training.batch_size
    net = student.given_object("gluon_net", W, b)
    given = [
        student.given_object("image_batches", X, y, of)
        for (X, y), of in ((task.training.data, size), (task.test, misconceptions.TEST_BATCH))
    ]
    result = call(student, net, given[0], given[1], task.weight, task.training.lr, task.training.num_epochs)
    passes = given[0].attribute("passes").array
    counted = passes is not None and passes.size == 1 and numpy.isfinite(passes).all()
    return Run(task, net, result, int(passes.reshape(())) if passes is not None and counted else 0)


def call(
    student: Student, net: StudentObject, train_iter: StudentObject, test_iter: StudentObject, weight: float,
    lr: float, num_epochs: int,
) -> Result:  # fmt: skip
    """Raises `CheckFailed` where train ends with an exception, with what that tells."""
    loss, trainer = student.given("weighted_loss", weight), student.given_object("trainer", net, lr)
    result = student.train(net, train_iter, test_iter, loss, trainer, num_epochs)
    no_failure(result, (*misconceptions.FAILURES, *habits.FAILURES))
    return result
