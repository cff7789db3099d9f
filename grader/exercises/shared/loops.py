"""Training loops as exercises: what a run shows, which wrong way explains it, and the ways that any loop can go wrong.

`Training.trace` (in `descent`) replays a run in float64, `histories` reckons what it should have returned. A wrong way
is a function of the training and of the batches of each epoch (row numbers) that says how far W and b move. Whoever
imports one of those below has it among the exercise's misconceptions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy

from grader.checking import Misconception, Near, Numbers, Result, Student, same
from grader.exercises.shared.descent import RIGHT, WRONG_STEPS, Passes, Rule, Trace, Training

# What float32 does to a step: parameters of size 1 or so are rounded by 6e-8 once a step, and a gradient is a sum of a
# few products, each with a relative error below 1e-5. Steps of 1e-2 and more leave room for ten times that.
MOVES = Near(rtol=1e-4, atol=1e-6)
# A history rounded to three decimals, as for printing, will do: 5e-4; float32's share is far below that.
HISTORY = Near(rtol=1e-4, atol=6e-4)


class Run(NamedTuple):
    """A call of train: what it was given, how far W and b have moved, stacked, the rows that came back."""

    training: Training
    moved: Numbers
    history: Numbers
    result: Result

    @property
    def steps_right(self) -> bool:
        """Where the order makes no difference: whether W and b are where right training leads."""
        return MOVES.holds(self.moved, self.training.right.moved)

    def ends_with(self, *rules: Rule) -> list[Trace]:
        """The ways, by these rules, that lead to where W and b are."""
        return self.training.leading_to(self.moved, MOVES, *rules)


# -- which misconception it is

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


# -- wrong ways: "value" are those that a few full batches show, "steps" those that show in a pass of several


def descent(
    name: str, sentence: str, hint: str, taken: Callable[[Passes], Passes] = lambda passes: passes, *,
    rule: Rule = RIGHT, of: str = "value",
) -> Misconception:  # fmt: skip
    """Descent that goes another way through the batches, or steps by another rule."""
    return Misconception(name, sentence, hint, lambda training, passes: training.trace(taken(passes), rule).moved, of)


def step(name: str, sentence: str, hint: str) -> Misconception:
    """Descent that steps by the wrong rule of that name."""
    return descent(name, sentence, hint, rule=WRONG_STEPS[name])


_RANGE = "range(num_epochs) holds num_epochs numbers: from 0 to num_epochs - 1."

NEVER_MOVES = descent(
    "never_moves", "the parameters stay as they were: no backward or no step is called, or it goes to others",
    "backward fills the gradients, and the step uses them: both once for each batch.", lambda passes: [])  # fmt: skip
ASCENDS = step("ascends", "the steps go uphill: the loss grows",
               "Descend: minimise the loss itself, not minus the loss.")  # fmt: skip
DIVIDES_TWICE = step(
    "divides_twice", "the loss is averaged before backward, and the step divides by the batch size once more: it is "
    "too small", "Sum and divide by the batch size, or take the mean and divide by 1.")  # fmt: skip
NEVER_DIVIDES = step(
    "never_divides", "nothing divides by the batch size: every step is that much too large",
    "The step is told the batch size, and divides by it.")  # fmt: skip
STEPS_TWICE = step("steps_twice", "every step is taken twice", "One step for each backward.")
ONE_EPOCH_ONLY = descent(
    "one_epoch_only", "there is one epoch, whatever num_epochs says",
    "for epoch in range(num_epochs): each with a pass of its own; return after the loop.",
    lambda passes: passes[:1])  # fmt: skip
ONE_EPOCH_TOO_FEW = descent("one_epoch_too_few", "there is one epoch too few", _RANGE, lambda passes: passes[:-1])
ONE_EPOCH_TOO_MANY = descent("one_epoch_too_many", "there is one epoch too many", _RANGE,
                             lambda passes: [*passes, passes[0]])  # fmt: skip
STEPS_ONCE_PER_EPOCH = descent(
    "steps_once_per_epoch", "only the last batch of each epoch takes a step",
    "The step belongs into the loop over the batches, after each backward.",
    lambda passes: [each[-1:] for each in passes], of="steps")  # fmt: skip
FIRST_BATCH_ONLY = descent(
    "first_batch_only", "only the first batch of each epoch takes a step",
    "Nothing may leave the loop over the batches early: look for a break, a return, or next(…).",
    lambda passes: [each[:1] for each in passes], of="steps")  # fmt: skip
SKIPS_LAST_BATCH = descent(
    "skips_last_batch", "the last and smaller batch takes no step",
    "Its examples count as well: nothing has to be skipped.",
    lambda passes: [each[:-1] for each in passes], of="steps")  # fmt: skip


def steps_before_backward(training: Training, passes: Passes) -> Numbers:
    """How far W and b move where each step takes the gradient of the batch before, and the first takes none."""
    params, left = training.start, (numpy.zeros(1), numpy.zeros(1))
    size = training.lr / training.batch_size
    for rows in (list(rows) for each in passes for rows in each):
        gradient = training.model.gradient(params, (training.data[0][rows], training.data[1][rows]))
        params, left = (params[0] - size * left[0], params[1] - size * left[1]), gradient
    return numpy.vstack([now - begun for now, begun in zip(params, training.start, strict=True)])


STEPS_BEFORE_BACKWARD = Misconception(
    "steps_before_backward", "the step comes before backward: it takes the gradient that the batch before has left, "
    "and the first has none", "record, backward, step: in this order.", steps_before_backward)  # fmt: skip

# -- those that an exception gives away, with `no_failure(result, FAILURES)`

NOT_RECORDED = Misconception(
    "not_recorded", "backward is called on a loss that was not recorded all the way from the parameters: a part stands "
    "outside `with autograd.record()`, or the numbers leave MXNet in between",
    "Inside `with autograd.record():` belong the prediction and its loss, and nothing after them.")  # fmt: skip
STEPS_WHILE_RECORDING = Misconception(
    "steps_while_recording", "the parameters are changed in place while autograd still records",
    "The step belongs after the `with` block.")  # fmt: skip
FAILURES = (
    (r"not in a computational graph", NOT_RECORDED),
    (r"already in a computational graph", STEPS_WHILE_RECORDING),
)
