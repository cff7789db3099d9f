"""The ways people get `train` wrong: how far W and b move, for a training and its batches; what the history says, for a
task and the trace of right training; and what an exception or the kind of the returned value gives away."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy

from grader.checking import Misconception, Numbers
from grader.exercises.shared import histories, loops
from grader.exercises.shared.descent import SOFTMAX_REGRESSION, Passes, Trace, Training
from grader.exercises.shared.histories import Reckoning, mean
from grader.exercises.shared.loops import descent, step

if TYPE_CHECKING:
    from .runs import Task

# The examples to test on come in batches of so many.
TEST_BATCH = 3

# -- the steps


def with_its_own_loss(training: Training, passes: Passes) -> Numbers:
    return training._replace(model=SOFTMAX_REGRESSION).trace(passes).moved


STEPS = [
    loops.NEVER_MOVES, loops.ASCENDS, loops.DIVIDES_TWICE, loops.ONE_EPOCH_ONLY, loops.STEPS_ONCE_PER_EPOCH,
    loops.FIRST_BATCH_ONLY, loops.SKIPS_LAST_BATCH,
    step("never_divides", "nothing divides by the batch size: trainer.step(1) goes with a mean, and here comes after a "
         "vector or a sum of losses", "trainer.step(X.shape[0]), or the mean of the losses and trainer.step(1)."),
    step("batch_of_256", "every step is divided by 256, however many examples the batch has",
         "Read the size of the batch from the batch: X.shape[0]."),
    step("lr_of_its_own", "the learning rate is 0.1, whatever that of the trainer is: another one takes the steps",
         "Use the trainer that train is given."),
    descent("ten_epochs", "the number of epochs is fixed at ten, whatever num_epochs says",
            "for epoch in range(num_epochs): …", lambda passes: [passes[0]] * 10),
    Misconception("loss_of_its_own", "a loss of its own is computed, and not the one that train is given",
                  "loss(net(X), y), with the argument loss.", with_its_own_loss),
]  # fmt: skip
TRAINS_ON_TEST = Misconception(
    "trains_on_test", "the examples of test_iter take part in the training",
    "What is to be tested on must not have been trained on: no backward and no step for these.")  # fmt: skip
STARTS_ANEW = Misconception(
    "starts_anew", "the net is initialised again, and what it had learned before is lost",
    "Train the net from where it is.")  # fmt: skip
KEEPS_THE_BATCHES = Misconception(
    "keeps_the_batches", "train_iter is gone through once, and its batches are kept: a DataLoader shuffles anew in "
    "each pass, and this is lost", "for X, y in train_iter: in each epoch.")  # fmt: skip
STOPS_AFTER_SOME_BATCHES = Misconception(
    "stops_after_some_batches", "an epoch ends after so many batches, however many there are",
    "Is there a break, left from trying things out? An epoch is a pass over all the batches.")  # fmt: skip

# -- the history: a row (train loss, train accuracy, test accuracy) for each epoch


def reckoned(
    name: str, sentence: str, hint: str, loss: Reckoning = mean, accuracy: Reckoning = mean,
    test: Callable[[Task, Trace, int], float] | None = None,
) -> Misconception:  # fmt: skip
    """A history in which one of the three is reckoned in another way; `test` for the epoch of that number."""

    def rows(task: Task, trace: Trace) -> Numbers:
        right = task.history(trace)[:, 2]
        tested = right if test is None else [test(task, trace, number) for number in range(len(right))]
        both = [(loss(epoch, "losses"), accuracy(epoch, "hits")) for epoch in trace.epochs]
        return numpy.column_stack([both, tested])

    return Misconception(name, sentence, hint, rows, "history")


def changed(name: str, sentence: str, hint: str, change: Callable[[Numbers], Numbers]) -> Misconception:
    return Misconception(name, sentence, hint, lambda task, trace: change(task.history(trace)), "history")


def of_batches(task: Task, trace: Trace, epoch: int) -> float:
    hits = task.tested(trace)[epoch + 1].hits
    return float(numpy.mean([hits[at : at + TEST_BATCH].mean() for at in range(0, len(hits), TEST_BATCH)]))


def so_far(rows: Numbers) -> Numbers:
    """Loss and train accuracy of all epochs up to each."""
    return numpy.column_stack([rows[:, :2].cumsum(axis=0) / numpy.arange(1, len(rows) + 1)[:, None], rows[:, 2]])


BY_EXAMPLES = "Add up over the batches; divide by the number of examples at the end of the epoch."
AS_RECORDED = "Use the scores and the loss that were recorded."
OTHERS = [
    reckoned("loss_not_divided", "the loss is the sum over the examples and not their mean", BY_EXAMPLES,
             histories.summed),
    reckoned("mean_of_batch_means", "the losses of the batches are averaged, so that an example in the smaller last "
             "batch counts for more", BY_EXAMPLES, histories.mean_of_means),
    reckoned("means_over_examples", "a batch's mean loss is added up, and the sum is divided by the number of examples",
             "Add up l.sum(), or l.mean() times the size of the batch.", histories.means_over_examples),
    reckoned("loss_of_last_batch", "the loss is that of the last batch alone", BY_EXAMPLES, histories.last_batch),
    reckoned("measures_after_step", "loss and train accuracy are measured after the step, with a new prediction",
             AS_RECORDED, histories.after_steps, histories.after_steps),
    reckoned("accuracy_after_the_pass", "the train accuracy is measured after the epoch, and not on the predictions "
             "made while training", AS_RECORDED, accuracy=histories.after_the_pass),
    reckoned("test_before_the_epoch", "the test accuracy is measured before the epoch, and not after it",
             "Go through test_iter behind the loop over train_iter.",
             test=lambda task, trace, epoch: float(task.tested(trace)[epoch].hits.mean())),
    reckoned("test_on_train", "the test accuracy is measured on the training examples", "Go through test_iter for it.",
             test=lambda task, trace, epoch: histories.after_the_pass(trace.epochs[epoch], "hits")),
    reckoned("test_mean_of_batches", "the test accuracies of the batches are averaged, so that an example in the "
             "smaller last batch counts for more", BY_EXAMPLES, test=of_batches),
    changed("accuracy_first", "train accuracy and loss have changed places",
            "(train loss, train accuracy, test accuracy).", lambda rows: rows[:, [1, 0, 2]]),
    changed("in_percent", "the accuracies are given in percent", "A share lies between 0 and 1.",
            lambda rows: rows * (1, 100, 100)),
    changed("sums_across_epochs", "the sums go on over the epochs: each row is about all epochs up to then",
            "Set the sums to 0 at the start of each epoch.", so_far),
]  # fmt: skip
# What comes back for a history: by name, as grader.exercises.shared.histories tells them apart.
KINDS = [
    Misconception("returns_nothing", "nothing is returned: the history is printed, or lost",
                  "End with return history."),
    Misconception("returns_last_epoch", "only one epoch's row is returned instead of the list of all",
                  "Return the whole list."),
    Misconception("history_inside_batches", "there is a row for each batch: the append stands inside the loop over the "
                  "batches", "One epoch is one row: move the append one level out."),
]  # fmt: skip
NO_TEST = Misconception("no_test", "each epoch gives two numbers: the test accuracy is missing",
                        "Go through test_iter after each epoch.")  # fmt: skip

# -- what an exception gives away

STALE_GRADIENT = Misconception(
    "stale_gradient", "the trainer is to take a step, and there is no new gradient for it: backward is missing, comes "
    "after the step, or comes once for two steps", "l.backward(), and then one trainer.step(…).")  # fmt: skip
TRAINER_CALLED = Misconception(
    "trainer_called", "the trainer is called as if it were a function", "trainer.step(X.shape[0])"
)
NO_BATCH_SIZE = Misconception(
    "no_batch_size", "batch_size is no argument of train: what the notebook may call so need not be the size of these "
    "batches", "Read it from the batch: X.shape[0].")  # fmt: skip
BY_EXCEPTION = [STALE_GRADIENT, TRAINER_CALLED, NO_BATCH_SIZE, loops.NOT_RECORDED, loops.STEPS_WHILE_RECORDING]
FAILURES = (
    *loops.FAILURES,
    (r"has not been updated by backward", STALE_GRADIENT),
    (r"'Trainer' object is not callable", TRAINER_CALLED),
    (r"name 'batch_size' is not defined", NO_BATCH_SIZE),
)
