"""The ways people get `train` wrong.

Those of the steps say how far W and b move, stacked, for a training and each epoch's batches; "value" are those that a
few full batches show, "steps" those that show in one pass of several. Those of the history say what it is, for the
trace of right training. The others have no numbers: an exception, what a check has tried, or the kind of value that
comes back gives them away.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy

from grader.checking import Misconception, Numbers, misconception
from grader.exercises.shared import histories
from grader.exercises.shared.descent import Passes, Training, stacked
from grader.exercises.shared.histories import Reckoning, mean, pairs
from grader.exercises.shared.loops import descent, step

# -- the steps


RANGE = "range(num_epochs) holds num_epochs numbers: from 0 to num_epochs - 1."

STEPS = [
    descent("never_moves", "the parameters that train was given stay as they were: nothing calls backward, or sgd, on "
            "them, or copies are trained, or they are put back in the end",
            "backward, then sgd(params, lr, batch_size), with the params that came in.", lambda passes: []),
    step("divides_twice", "the loss is averaged before backward and sgd divides by the batch size once more: each step "
         "is too small", "Call backward on the losses of the batch or their sum; sgd takes care of the batch size."),
    step("never_divides", "nothing divides by the batch size: every step is that much too large",
         "sgd gets the batch size as its third argument."),
    step("ascends", "the steps go uphill: the loss grows", "Descend: minimise the loss itself, not minus the loss."),
    step("steps_twice", "every step is taken twice",
         "One call of sgd takes a step with all params: it needs no loop around it."),
    step("lr_of_its_own", "the learning rate is 0.1, whatever lr says", "Hand the argument lr on to sgd."),
    step("batch_of_256", "every step is divided by 256, whatever batch_size says",
         "Hand the argument batch_size on to data_iter and sgd."),
    step("sgd_arguments_swapped", "sgd gets batch_size for its lr and lr for its batch_size: each step is "
         "batch_size / lr, not lr / batch_size", "sgd(params, lr, batch_size), in this order."),
    step("leaves_the_bias", "W learns and b does not", "Hand all of params to sgd."),
    step("leaves_the_weight", "b learns and W does not", "Hand all of params to sgd."),
    descent("one_epoch_only", "there is one epoch, whatever num_epochs says", "for epoch in range(num_epochs): each "
            "with a pass of its own, data_iter(…) anew; return after the loop.", lambda passes: passes[:1]),
    descent("one_epoch_too_few", "there is one epoch too few", RANGE, lambda passes: passes[:-1]),
    descent("one_epoch_too_many", "there is one epoch too many", RANGE, lambda passes: [*passes, passes[0]]),
    descent("five_epochs", "the number of epochs is fixed at five, whatever num_epochs says",
            "for epoch in range(num_epochs): …", lambda passes: [passes[0]] * 5),
    descent("ten_epochs", "the number of epochs is fixed at ten, whatever num_epochs says",
            "for epoch in range(num_epochs): …", lambda passes: [passes[0]] * 10),
    descent("steps_once_per_epoch", "only the last batch of each epoch takes a step", "The step belongs into the loop "
            "over the batches, after each backward.", lambda passes: [each[-1:] for each in passes], of="steps"),
    descent("first_batch_only", "only the first batch of each epoch takes a step", "Nothing may leave the loop over "
            "the batches early: look for a break, a return, or next(…).",
            lambda passes: [each[:1] for each in passes], of="steps"),
    descent("skips_last_batch", "the last and smaller batch takes no step",
            "Its examples count as well: nothing has to be skipped.",
            lambda passes: [each[:-1] for each in passes], of="steps"),
    descent("one_batch_for_all", "batch_size is not handed on to data_iter: all examples are one batch",
            "data_iter(batch_size, features, labels).",
            lambda passes: [[[row for rows in each for row in rows]] for each in passes], of="steps"),
]  # fmt: skip


@misconception(
    "the step comes before backward: it takes the gradient that the batch before has left, and the first has none",
    "record, backward, step: in this order.",
)
def steps_before_backward(training: Training, passes: Passes) -> Numbers:
    (W, b), left = training.start, (numpy.zeros(1), numpy.zeros(1))
    size = training.lr / training.batch_size
    for _ in passes:
        gradient = training.model.gradient((W, b), training.data)
        W, b, left = W - size * left[0], b - size * left[1], gradient
    return stacked((W, b)) - stacked(training.start)


@misconception(
    "the learning rate shrinks by a tenth with every epoch, which was not asked for",
    "Every step is taken with the same lr.",
)
def decays_lr(training: Training, passes: Passes) -> Numbers:
    params = training.start
    for epoch in range(len(passes)):
        params = training.model.stepped(params, training.data, training.lr * 0.9**epoch, training.batch_size)
    return stacked(params) - stacked(training.start)


# -- the history


def reckoned(
    name: str, sentence: str, hint: str, loss: Reckoning = mean, accuracy: Reckoning = mean, flavour: str | None = None
) -> Misconception:
    """A history in which loss or accuracy is reckoned in another way."""
    return Misconception(name, sentence, hint, lambda trace: pairs(trace, loss, accuracy), "history", flavour)


def changed(name: str, sentence: str, hint: str, change: Callable[[Numbers], Numbers]) -> Misconception:
    """A history that is the right one, changed."""
    return Misconception(name, sentence, hint, lambda trace: change(pairs(trace)), "history")


BY_EXAMPLES = "Divide by the number of examples seen in the epoch."
COUNT = "Count the examples: n += len(y)."
ADD_UP = "Add up with +=."
AS_RECORDED = "Add up what each batch showed when it was its turn"

HISTORY = [
    changed("accuracy_first", "accuracy and loss have changed places", "history.append((loss, accuracy)).",
            lambda right: right[:, ::-1]),
    changed("accuracy_in_percent", "the accuracy is given in percent", "A share lies between 0 and 1.",
            lambda right: right * (1, 100)),
    changed("error_rate", "the share of wrong predictions stands where that of the right ones belongs",
            "Accuracy counts what is right.", lambda right: right * (1, -1) + (0, 1)),
    changed("negated_loss", "the loss is recorded with a minus sign", "The loss itself is never below 0.",
            lambda right: right * (-1, 1)),
    changed("sums_across_epochs", "the sums go on over the epochs: each pair is about all epochs up to then",
            "Set the sums to 0 at the start of each epoch.",
            lambda right: numpy.cumsum(right, axis=0) / numpy.arange(1, len(right) + 1)[:, None]),
    changed("only_count_starts_anew", "the sums of loss and correct predictions go on over the epochs, while the "
            "number of examples starts anew", "Set the sums to 0 at the start of each epoch, as the count.",
            lambda right: numpy.cumsum(right, axis=0)),
    changed("count_goes_on", "the number of examples goes on over the epochs, while the sums of loss and correct "
            "predictions start anew", "Set the count to 0 at the start of each epoch, as the sums.",
            lambda right: right / numpy.arange(1, len(right) + 1)[:, None]),
    reckoned("loss_not_divided", "the loss is the sum over the examples and not their mean", BY_EXAMPLES,
             loss=histories.summed),
    reckoned("accuracy_not_divided", "the accuracy is the number of correct predictions and not their share",
             BY_EXAMPLES, accuracy=histories.summed),
    reckoned("nothing_divided", "loss and accuracy are sums over the examples and not means",
             "Divide both by the number of examples seen in the epoch.", histories.summed, histories.summed),
    reckoned("loss_over_batches", "the sum of the losses is divided by the number of batches, not by that of the "
             "examples", COUNT, loss=histories.over_batches),
    reckoned("accuracy_over_batches", "the number of correct predictions is divided by the number of batches, not by "
             "that of the examples", COUNT, accuracy=histories.over_batches),
    reckoned("both_over_batches", "the sums are divided by the number of batches, not by that of the examples", COUNT,
             histories.over_batches, histories.over_batches),
    reckoned("mean_of_batch_means", "each batch's mean counts the same, so that an example in the smaller last batch "
             "counts for more than another", "Add up losses and correct predictions; divide by the examples at the end "
             "of the epoch.", histories.mean_of_means, histories.mean_of_means),
    reckoned("loss_mean_of_batch_means", "the losses of all batches' means are averaged, so that an example in the "
             "smaller last batch counts for more", "Add up the losses; divide by the examples at the end of the epoch.",
             loss=histories.mean_of_means),
    reckoned("accuracy_mean_of_batch_means", "the accuracies of the batches are averaged, so that an example in the "
             "smaller last batch counts for more", "Add up the correct predictions; divide by the examples at the end "
             "of the epoch.", accuracy=histories.mean_of_means),
    reckoned("means_over_examples", "a batch's mean loss is added up, and the sum is divided by the number of "
             "examples: too small by the batch size", "Either add up l.sum(), or divide by the number of batches of "
             "equal size.", loss=histories.means_over_examples),
    reckoned("adds_shares", "accuracy(…) gives a share, and the shares are added up as if they were numbers of correct "
             "predictions", "A share times the size of the batch is the number of correct predictions.",
             accuracy=histories.means_over_examples, flavour="nd"),
    reckoned("loss_weighted_twice", "the sum of a batch's losses is multiplied by the size of the batch once more",
             "l.sum() has each example's loss already; only a mean would have to be multiplied.",
             loss=histories.weighted_twice),
    reckoned("counts_weighted", "accuracy(…) gives a number of correct predictions, and it is multiplied by the size "
             "of the batch once more", "Add up the counts; divide by the examples at the end of the epoch.",
             accuracy=histories.weighted_twice, flavour="np"),
    reckoned("counts_full_batches", "every batch counts as a full one, the smaller last one too",
             "Count the examples that are there: n += len(y).", histories.over_full_batches,
             histories.over_full_batches),
    reckoned("keeps_last_loss", "the loss of each batch takes the place of the sum instead of being added: that of the "
             "last batch is left, divided by all examples", ADD_UP, loss=histories.last_over_examples),
    reckoned("keeps_last_count", "the correct predictions of each batch take the place of the sum instead of being "
             "added: those of the last batch are left, divided by all examples", ADD_UP,
             accuracy=histories.last_over_examples),
    reckoned("last_batch_only", "only the last batch of each epoch is counted", ADD_UP,
             histories.last_batch, histories.last_batch),
    reckoned("counts_first_batch_only", "only the first batch of each epoch is counted",
             "Nothing may leave the loop over the batches early.", histories.first_batch, histories.first_batch),
    reckoned("leaves_out_last_batch", "the last and smaller batch is not counted", "Its examples count as well.",
             histories.full_batches, histories.full_batches),
    reckoned("measures_after_step", "loss and accuracy are measured after the step, with a new prediction, instead of "
             "on the one that was recorded", "Use the y_hat and the loss that were recorded.",
             histories.after_steps, histories.after_steps),
    reckoned("accuracy_after_step", "the accuracy is measured after the step, with a new prediction, instead of on the "
             "one that was recorded", "Hand accuracy the y_hat that was recorded.", accuracy=histories.after_steps),
    reckoned("loss_after_step", "the loss is measured after the step, with a new prediction, instead of being the one "
             "that was recorded", "Add up the loss that was recorded.", loss=histories.after_steps),
    reckoned("accuracy_after_the_pass", "the accuracy is measured on all examples after the pass, and not during it, "
             "batch by batch", f"{AS_RECORDED}: accuracy of the y_hat that was recorded.",
             accuracy=histories.after_the_pass),
    reckoned("loss_after_the_pass", "the loss is measured on all examples after the pass, and not during it, batch by "
             "batch", "Add up the loss of each batch as it was recorded.", loss=histories.after_the_pass),
    reckoned("measures_after_the_pass", "loss and accuracy are measured on all examples after the pass, and not during "
             "it, batch by batch", f"{AS_RECORDED}.", histories.after_the_pass, histories.after_the_pass),
    reckoned("measures_before_the_pass", "loss and accuracy are measured on all examples before the pass, and not "
             "during it, batch by batch", f"{AS_RECORDED}.", histories.before_the_pass, histories.before_the_pass),
]  # fmt: skip


# -- what has no numbers

NOT_RECORDED = Misconception(
    "not_recorded", "backward is called on a loss that was not recorded all the way from params: net, the loss or a "
    "sign stands outside `with autograd.record()`, or the numbers leave MXNet in between",
    "Inside `with autograd.record():` belong net(X) and cross_entropy(…), nothing after them is needed.")  # fmt: skip
STEPS_WHILE_RECORDING = Misconception(
    "steps_while_recording", "the parameters are changed in place while autograd still records",
    "The step belongs after the `with` block, and into sgd.")  # fmt: skip
REBINDS_PARAMETERS = Misconception(
    "rebinds_parameters", "the step makes new arrays, which have no gradient, instead of changing the parameters "
    "themselves", "sgd(params, lr, batch_size) changes them in place.")  # fmt: skip
LOSS_ARGUMENTS_SWAPPED = Misconception(
    "loss_arguments_swapped", "cross_entropy gets the labels first and the predictions second",
    "cross_entropy(y_hat, y): the prediction comes first.")  # fmt: skip
ONE_ITERATOR_FOR_ALL_EPOCHS = Misconception(
    "one_iterator_for_all_epochs", "data_iter is called once, before the first epoch: its batches are used up after "
    "one pass, and the second epoch finds none", "Call data_iter(…) anew in each epoch.")  # fmt: skip
KEEPS_THE_BATCHES = Misconception(
    "keeps_the_batches", "data_iter is called once, before the first epoch, and its batches are kept: every epoch sees "
    "the same ones in the same order", "Call data_iter(…) anew in each epoch.")  # fmt: skip
STOPS_AFTER_SOME_BATCHES = Misconception(
    "stops_after_some_batches", "an epoch ends after so many batches, however many there are: the others have no step",
    "Is there a break, left from trying things out? An epoch is a pass over all the batches.")  # fmt: skip
STARTS_ANEW = Misconception(
    "starts_anew", "train gives the parameters new values before it trains, or in each epoch, and what they held is "
    "lost", "Train the params that come in from where they are.")  # fmt: skip
STOPS_WHEN_THE_LOSS_RISES = Misconception(
    "stops_when_the_loss_rises", "training ends early, as the loss rises or the accuracy falls, and the epochs that "
    "are left do not take place",
    "num_epochs says how many epochs there are: let the loop run to its end.")  # fmt: skip
PUTS_THE_BEST_BACK = Misconception(
    "puts_the_best_back", "the parameters are set back to what they were earlier, when the loss or the accuracy was "
    "better", "Every step counts, and training ends where the last one leads: leave the parameters there.")  # fmt: skip

# What comes back for a history: by name, as grader.exercises.shared.histories tells them apart.
KINDS = [
    Misconception("returns_nothing", "nothing is returned: the history is printed or plotted, or lost",
                  "End with return history."),
    Misconception("returns_last_epoch", "only one epoch's pair is returned instead of the list of all",
                  "Return the whole list."),
    Misconception("returns_one_number", "one number is returned instead of a pair for each epoch",
                  "Return the whole list."),
    Misconception("returns_losses_only", "each epoch gives one number instead of a pair",
                  "Append both of them as one pair: history.append((loss, accuracy))."),
    Misconception("returns_two_lists", "the losses and the accuracies come in a list each, instead of one list of "
                  "pairs", "Append both of them as one pair, or zip the two lists."),
    Misconception("returns_flat_list", "losses and accuracies stand in one flat list instead of pairs",
                  "history.append((loss, accuracy)) takes another pair of brackets."),
    Misconception("history_inside_batches", "there is a pair for each batch: the append stands inside the loop over "
                  "the batches", "One epoch is one pair: move the append one level out."),
]  # fmt: skip
