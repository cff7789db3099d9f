"""The ways people get `train` wrong, besides those that any loop has (`shared.loops`)."""

from __future__ import annotations

from grader.checking import Misconception, Numbers
from grader.exercises.shared import histories
from grader.exercises.shared.descent import LINEAR_REGRESSION, Passes, Rule, Training
from grader.exercises.shared.histories import Reckoning, losses
from grader.exercises.shared.loops import (
    ASCENDS,
    DIVIDES_TWICE,
    FIRST_BATCH_ONLY,
    NEVER_DIVIDES,
    NEVER_MOVES,
    NOT_RECORDED,
    ONE_EPOCH_ONLY,
    ONE_EPOCH_TOO_FEW,
    ONE_EPOCH_TOO_MANY,
    SKIPS_LAST_BATCH,
    STEPS_BEFORE_BACKWARD,
    STEPS_ONCE_PER_EPOCH,
    STEPS_WHILE_RECORDING,
    descent,
    step,
)

SHARED = [
    ASCENDS, DIVIDES_TWICE, FIRST_BATCH_ONLY, NEVER_DIVIDES, NEVER_MOVES, NOT_RECORDED, ONE_EPOCH_ONLY,
    ONE_EPOCH_TOO_FEW, ONE_EPOCH_TOO_MANY, SKIPS_LAST_BATCH, STEPS_BEFORE_BACKWARD, STEPS_ONCE_PER_EPOCH,
    STEPS_WHILE_RECORDING,
]  # fmt: skip


def _own_loss(training: Training, passes: Passes) -> Numbers:
    return training._replace(model=LINEAR_REGRESSION).trace(passes).moved


RATE_OF_THE_BOOK = Rule(lambda n, batch_size, lr: 0.03 / lr)
BATCH_OF_10 = Rule(lambda n, batch_size, lr: batch_size / 10, one_batch=True)

LABELS_FIRST = Misconception(
    "labels_first", "the loss gets the labels first and the predictions second, which not every loss puts up with",
    "loss(net(X), y): the predictions come first.")  # fmt: skip

STEPS = [
    Misconception("own_loss", "the squared loss is used, whatever loss says",
                  "Call the loss that train is given: loss(net(X), y).", _own_loss),
    step("sgd_arguments_swapped", "sgd gets batch_size for its lr and lr for its batch_size: each step is "
         "batch_size / lr, not lr / batch_size", "sgd(params, lr, batch_size), in this order."),
    step("leaves_the_bias", "w learns and b does not", "Hand all of params to sgd."),
    descent("rate_of_the_book", "the learning rate is 0.03, whatever lr says", "Hand the argument lr on to sgd.",
            rule=RATE_OF_THE_BOOK),
    descent("batch_of_10", "every step is divided by 10, whatever batch_size says",
            "Hand the argument batch_size on to sgd.", rule=BATCH_OF_10),
    descent("three_epochs", "the number of epochs is fixed at three, whatever num_epochs says",
            "for epoch in range(num_epochs): …", lambda passes: [passes[0]] * 3),
    descent("one_batch_for_all", "an epoch is one step, on all examples: data_iter is not called, or not with "
            "batch_size", "for X, y in data_iter(batch_size, features, labels): and the loss of that batch.",
            lambda passes: [[[row for rows in each for row in rows]] for each in passes], of="steps"),
    descent("all_in_every_step", "each batch takes a step on all examples",
            "The loss that is recorded is the batch's: loss(net(X), y).",
            lambda passes: [[[row for rows in each for row in rows]] * len(each) for each in passes], of="steps"),
]  # fmt: skip


def reckoned(name: str, sentence: str, hint: str, loss: Reckoning) -> Misconception:
    return Misconception(name, sentence, hint, lambda trace: losses(trace, loss), "history")


AFTER = "After the loop over the batches: loss(net(features), labels), and its mean."
HISTORY = [
    reckoned("measured_while_training", "the loss is that of the predictions made while training, averaged, and not "
             "measured after the epoch", AFTER, histories.mean),
    reckoned("last_batch_before_step", "the loss is that of the epoch's last batch alone, before its step", AFTER,
             histories.last_batch),
    reckoned("last_batch_after_step", "the loss is that of the epoch's last batch alone: after the loop, X and y are "
             "still that batch", AFTER, histories.mean_of(lambda epoch: [epoch.batches[-1][1]])),
    reckoned("mean_of_batch_means", "the batches' mean losses, met while training, are averaged", AFTER,
             histories.mean_of_means),
    reckoned("measured_before", "the loss is measured before the epoch, and not after it", AFTER,
             histories.before_the_pass),
    reckoned("after_each_step", "each batch's loss is measured after its step, and averaged: the other batches' steps "
             "are not all in it", AFTER, histories.after_steps),
    Misconception("summed_losses", "the losses are added up and not averaged", "mean, not sum.",
                  lambda trace: losses(trace, histories.after_the_pass) * trace.epochs[0].whole[0].size, "history"),
    Misconception("twice_the_loss", "the losses are doubled: the half of the squared loss is lost on the way",
                  "loss(net(features), labels) has the half in it.",
                  lambda trace: 2 * losses(trace, histories.after_the_pass), "history"),
]  # fmt: skip

REBINDS_PARAMETERS = Misconception(
    "rebinds_parameters", "the step makes new arrays, which have no gradient, instead of changing the parameters "
    "themselves", "sgd(params, lr, batch_size) changes them in place.")  # fmt: skip
ONE_ITERATOR_FOR_ALL_EPOCHS = Misconception(
    "one_iterator_for_all_epochs", "data_iter is called once, before the first epoch: its batches are used up after "
    "one pass, and the epochs after it find none", "Call data_iter(…) anew in each epoch.")  # fmt: skip
KEEPS_THE_BATCHES = Misconception(
    "keeps_the_batches", "data_iter is called once and its batches are kept: every epoch sees the same ones in the "
    "same order", "Call data_iter(…) anew in each epoch.")  # fmt: skip
STOPS_AFTER_SOME_BATCHES = Misconception(
    "stops_after_some_batches", "an epoch ends after so many batches, however many there are: the others have no step",
    "Is there a break, left from trying things out? An epoch is a pass over all the batches.")  # fmt: skip
STARTS_ANEW = Misconception(
    "starts_anew", "train gives the parameters new values before it trains, or in each epoch, and what they held is "
    "lost", "Train the params that come in from where they are.")  # fmt: skip

# What comes back for a history: by name, as grader.exercises.shared.histories tells them apart.
KINDS = [
    Misconception("returns_nothing", "nothing is returned: the history is printed, or lost", "return history."),
    Misconception("returns_one_number", "one number is returned instead of one for each epoch",
                  "Append to a list in each epoch, and return the list."),
    Misconception("history_inside_batches", "there is a number for each batch: the append stands inside the loop over "
                  "the batches", "One epoch is one number: move the append one level out."),
    Misconception("all_losses", "each epoch gives the losses of all examples instead of their mean",
                  "loss(net(features), labels).mean()."),
]  # fmt: skip
