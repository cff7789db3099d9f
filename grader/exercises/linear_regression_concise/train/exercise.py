"""The training loop with Gluon's Trainer (section 3.3.7), on a net, batches, a loss and a Trainer that are given."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    by_name,
    check,
    describe_value,
    no_failure,
    show,
)
from grader.checking.margins import near_enough
from grader.exercises.shared import histories, loops
from grader.exercises.shared.descent import (
    LINEAR_REGRESSION,
    OWN_SIZE,
    RIGHT,
    WRONG_STEPS,
    Passes,
    Rule,
    Trace,
    Training,
    squared_error,
)
from grader.exercises.shared.histories import Reckoning, losses, rows_of, wrong_kind
from grader.exercises.shared.loops import HISTORY, MOVES, descent, named
from grader.exercises.shared.trained_nets import FAILURES, STALE_GRADIENT, given_batches, given_net, in_order, moved
from grader.sandbox import wire

EXERCISE = Exercise("train(net, data_iter, loss, trainer, num_epochs)", "3.3.7")

# -- the ways people get it wrong: the steps

TEN = Rule(lambda n, batch_size, lr: batch_size / 10)


def of_all(examples: int) -> Rule:
    return Rule(lambda n, batch_size, lr: batch_size / examples)


def divides_by_all(training: Training, passes: Passes) -> Numbers:
    return training.trace(passes, of_all(training.n)).moved


STEPS = [
    loops.NEVER_MOVES, loops.ASCENDS, loops.DIVIDES_TWICE, loops.NEVER_DIVIDES, loops.ONE_EPOCH_ONLY,
    loops.ONE_EPOCH_TOO_FEW, loops.ONE_EPOCH_TOO_MANY, loops.STEPS_ONCE_PER_EPOCH, loops.FIRST_BATCH_ONLY,
    loops.SKIPS_LAST_BATCH, loops.NOT_RECORDED, loops.STEPS_WHILE_RECORDING, STALE_GRADIENT,
    descent("batch_of_ten", "every step is divided by 10, whatever the size of the batch",
            "Ask the batch: trainer.step(X.shape[0]).", rule=TEN),
    Misconception("divides_by_all", "the steps are divided by the number of all examples, not by that of the batch",
                  "trainer.step(X.shape[0]): a step is the mean over one batch.", divides_by_all),
]  # fmt: skip


# -- the ways people get it wrong: what comes back


def reckoned(name: str, sentence: str, hint: str, loss: Reckoning) -> Misconception:
    return Misconception(name, sentence, hint, lambda trace: losses(trace, loss), "history")


ADD_UP = "Add up l.sum() over the batches; divide once, by the number of examples, at the end of the epoch."
HISTORY_WAYS = [
    reckoned("mean_of_means", "the batches' means are averaged, so that an example in the smaller last batch counts "
             "for more", ADD_UP, histories.mean_of_means),
    reckoned("summed", "the losses of an epoch are added up, and never divided by their number", ADD_UP,
             histories.summed),
    reckoned("over_batches", "the sum of the losses is divided by the number of batches, not of examples", ADD_UP,
             histories.over_batches),
    reckoned("means_over_examples", "the batches' means are added up and divided by the number of examples: too small "
             "by the batch size", ADD_UP, histories.means_over_examples),
    reckoned("keeps_last_loss", "the loss of each batch takes the place of the sum instead of being added to it",
             ADD_UP, histories.last_over_examples),
    reckoned("counts_last_batch", "only the last batch of each epoch is counted", ADD_UP, histories.last_batch),
    reckoned("counts_first_batch", "only the first batch of each epoch is counted", ADD_UP, histories.first_batch),
    reckoned("measures_after_step", "the loss is measured after the step, with a new prediction",
             "Add up the loss that was recorded.", histories.after_steps),
    reckoned("measures_after_the_pass", "the loss is measured on all examples after the pass, as the book prints it, "
             "and not during it", "Add up the loss of each batch as it was recorded.", histories.after_the_pass),
]  # fmt: skip


def _never_reset(trace: Trace) -> Numbers:
    """The epochs' means added up."""
    return numpy.cumsum(losses(trace), axis=0)


def _running_mean(trace: Trace) -> Numbers:
    return numpy.cumsum(losses(trace), axis=0) / numpy.arange(1, len(trace.epochs) + 1)[:, None]


SUM_GOES_ON = [
    Misconception("sum_goes_on", "the sum of the losses goes on from one epoch to the next",
                  "Begin each epoch with a sum of 0.", _never_reset, "history"),
    Misconception("mean_goes_on", "sum and number of the losses go on from one epoch to the next",
                  "Begin each epoch with a sum and a number of 0.", _running_mean, "history"),
]  # fmt: skip
KINDS = [
    Misconception("returns_nothing", "nothing is returned: the losses are printed, or lost", "End with return."),
    Misconception("returns_last_epoch", "only one epoch's loss is returned", "Return the list of all."),
    Misconception("returns_one_number", "one number is returned instead of one for each epoch",
                  "Append each epoch's mean to a list, and return the list."),
    Misconception("history_inside_batches", "there is a loss for each batch: the append stands inside the loop over "
                  "the batches", "One epoch is one number: move the append one level out."),
    Misconception("returns_arrays", "an epoch gives an array of losses instead of their mean", "float(….mean()) is a "
                  "number."),
]  # fmt: skip
KEEPS_THE_BATCHES = Misconception(
    "keeps_the_batches", "data_iter is gone through once, and its batches are kept for all epochs: they never come in "
    "another order", "for X, y in data_iter: in each epoch anew.")  # fmt: skip
NEEDS_A_LENGTH = Misconception(
    "needs_a_length", "data_iter is asked for its length, or indexed: all that it can be asked for is a pass",
    "Go through it with a for loop, and count the examples as they come.")  # fmt: skip
LABELS_FIRST = Misconception(
    "labels_first", "the loss gets the labels first and the predictions second, which not every loss puts up with",
    "loss(net(X), y): the predictions come first.")  # fmt: skip
OTHER_LOSS = Misconception(
    "other_loss", "another loss is minimised than the one that is given", "Call the argument: loss(net(X), y)."
)

# -- running it

KNOWN_FAILURES = (*FAILURES, (r"has no len\(\)|object is not subscriptable", NEEDS_A_LENGTH))


class Run(NamedTuple):
    training: Training
    passes: Passes
    moved: Numbers
    result: Result

    @property
    def history(self) -> Numbers:
        return numpy.array(rows_of(self.result.value, 1))

    def trace(self, rule: Rule = RIGHT) -> Trace:
        return self.training.trace(self.passes, rule)

    def follows(self, *rules: Rule) -> list[Trace]:
        """The traces, by these rules, that lead where W and b are."""
        return [trace for trace in map(self.trace, rules) if MOVES.holds(self.moved, trace.moved)]


def train_on(student: Student, training: Training) -> Run:
    """Trains a given net. Raises `CheckFailed` where train raises."""
    passes = in_order(training.n, training.batch_size, training.num_epochs)
    net = given_net(student, training.start)
    trainer, loss = student.given_object("trainer", net, training.lr), student.given("loss", weight_of(training))
    batches = given_batches(student, training.data, passes)
    result = student.train(net, batches, loss, trainer, training.num_epochs)
    no_failure(result, KNOWN_FAILURES)
    return Run(training, passes, moved(net, training.start), result)


def draw(rng: Rng, n: int, d: int, batch_size: int, num_epochs: int, lr: float) -> Training:
    """A start, and data that it does not fit at all."""
    start = rng.normal(size=(d, 1)).astype(numpy.float32), rng.normal(size=1).astype(numpy.float32)
    X, y = rng.normal(size=(n, d)).astype(numpy.float32), rng.normal(size=n, scale=3).astype(numpy.float32)
    return Training(LINEAR_REGRESSION, start, (X, y), num_epochs, lr, batch_size)


def weight_of(training: Training) -> float:
    """How many times ½(ŷ - y)² its loss is."""
    return float(training.model.losses(numpy.ones((1, 1)), numpy.zeros(1))[0] * 2)


def why(student: Student, runs: Sequence[Run]) -> Misconception | None:
    """What leads the parameters where they are in all of these runs."""
    evidence = []
    for run in runs:
        alone = run.training._replace(batch_size=len(run.passes[0][-1]))  # where the last batch is divided by its own
        evidence.append(([(run.training, run.passes), (alone, run.passes)], run.moved))
    return named(student, "value", evidence) or named(student, "steps", evidence)


# -- the checks


@check(points=2, hint="Per batch: record loss(net(X), y), call backward, then trainer.step(X.shape[0]).")
def follows_the_gradient(student: Student, rng: Rng) -> None:
    """training takes one step for each batch of each epoch, by the mean gradient of the batch"""
    runs = [train_on(student, draw(rng, *of)) for of in ((12, 3, 4, 3, 0.1), (6, 1, 3, 2, 0.2), (600, 2, 300, 2, 0.05))]
    for run in runs:
        if not near_enough(MOVES, run.moved, run.trace().moved):
            known = why(student, runs)
            n, batch_size, num_epochs = run.training.n, run.training.batch_size, run.training.num_epochs
            text = f"After {num_epochs} epochs with {n} examples in batches of {batch_size} (learning rate "
            text += f"{run.training.lr}), the parameters of net are not where they should be.\n"
            text += f"  they have moved by {show(run.moved.ravel())}; it should be {show(run.trace().moved.ravel())}"
            raise CheckFailed(text, known)


# How large a step is, and how many epochs there are, is the first check's affair: in the others any known ones will do.
def any_rule(training: Training) -> list[Rule]:
    rules = [RIGHT, TEN, of_all(training.n), *WRONG_STEPS.values()]
    return [*rules, *map(by_own_size, rules)]


def by_own_size(rule: Rule) -> Rule:
    """The same where the smaller batch is divided by its own size."""
    return Rule(lambda n, batch_size, lr: rule.factor(n, batch_size, lr) * batch_size / n, rule.learns)


@check(points=0.5, hint="No batch is left out, however small: trainer.step is told how many examples it holds.")
def takes_every_batch(student: Student, rng: Rng) -> None:
    """a smaller last batch takes a step as well"""
    run = train_on(student, draw(rng, 7, 2, 3, 2, 0.1))
    epochs = run.passes[0]
    ways = [run, *(run._replace(passes=[epochs] * times) for times in (1, 3))]
    if not any(way.follows(*any_rule(run.training)) for way in ways):
        text = "With 7 examples in batches of 3, 3 and 1, the parameters of net are not where three steps lead."
        raise CheckFailed(text, why(student, [run]))


FAR = 8  # so many times as long are steps that nobody takes who only misses a division


@check(points=0.5, trivial=True, hint="net, data_iter, loss and trainer are all that train knows.")
def uses_what_it_is_given(student: Student, rng: Rng) -> None:
    """train minimises the loss that it is given, and goes through data_iter anew in each epoch"""
    training = draw(rng, 8, 2, 4, 3, 1e-3)
    run = train_on(student, training)
    threefold = train_on(student, training._replace(model=squared_error(3.0)))
    # Whatever the steps are: at this rate, they are three times as long with three times the loss.
    if 0 < abs(threefold.moved).sum() < 2 * abs(run.moved).sum():
        text = "With three times the loss, given as the argument loss, the steps should be three times as long; they "
        # Much longer ones have another reason: a net that is initialised anew, say.
        known = OTHER_LOSS if abs(run.moved).max() < FAR * abs(run.trace().moved).max() else None
        raise CheckFailed(f"{text}are {abs(threefold.moved).sum() / abs(run.moved).sum():.3g} times.", known)
    if run.result.facts.get("labels_first"):
        raise CheckFailed("train calls loss(y, …), with the labels first.", LABELS_FIRST)
    if run.result.facts.get("passes") == 1 and run.follows(*any_rule(training)):
        raise CheckFailed("In 3 epochs, train has gone through data_iter once.", KEEPS_THE_BATCHES)


# So small a rate that to the history it makes no difference how the steps are taken.
HARDLY = 1e-7


@check(points=2, hint="Add up l.sum() over the batches of an epoch, divide by the number of examples, append.")
def returns_the_losses(student: Student, rng: Rng) -> None:
    """train returns one number per epoch: the mean loss over all examples of the pass, measured while training"""
    still, moving = (train_on(student, draw(rng, *of)) for of in ((8, 2, 3, 3, HARDLY), (11, 3, 4, 2, 0.1)))
    cases = [(still, still.trace()), *((moving, trace) for trace in moving.follows(RIGHT, OWN_SIZE)[:1])]
    for run in (still, moving):
        _expect_numbers(run)
    for run, trace in cases:
        if not near_enough(HISTORY, run.history, losses(trace)):
            text = f"The losses of {run.training.num_epochs} epochs with {run.training.n} examples in batches of "
            text += f"{run.training.batch_size} are not right.\n"
            text += f"  returned: {show(run.history.ravel())}\n  expected: {show(losses(trace).ravel())}"
            raise CheckFailed(text, named(student, "history", [([(of,)], one.history) for one, of in cases]))


def _expect_numbers(run: Run) -> None:
    """One for each epoch."""
    num_epochs, value = run.training.num_epochs, run.result.value
    if len(run.history) == num_epochs:
        return
    kinds = {num_epochs - 1: "one_epoch_too_few", num_epochs + 1: "one_epoch_too_many"}
    kind = kinds.get(len(run.history)) or wrong_kind(value, 1, num_epochs, len(run.passes[0]))
    if isinstance(value, wire.Sequence) and any(isinstance(item, wire.Array) and item.shape for item in value.items):
        kind = "returns_arrays"
    text = f"train(…, num_epochs={num_epochs}) returns {describe_value(value)}; it must be a list of {num_epochs} "
    raise CheckFailed(f"{text}numbers.", by_name(run.result.exercise, kind) if kind else None)
