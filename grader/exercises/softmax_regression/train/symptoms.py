"""What goes wrong while training, read from what is there: an exception, the kind of history, the curve of the loss."""

from __future__ import annotations

from typing import NamedTuple

import numpy

from grader.checking import Misconception, Numbers, as_numpy
from grader.sandbox import wire

NOT_RECORDED = Misconception(
    "not_recorded",
    "backward is called on a loss that was not recorded all the way from params: net, the loss or a sign stands "
    "outside `with autograd.record()`, or the numbers leave MXNet in between",
    "Inside `with autograd.record():` belong net(X) and cross_entropy(…), nothing after them is needed.",
)
STEPS_WHILE_RECORDING = Misconception(
    "steps_while_recording",
    "the parameters are changed in place while autograd still records",
    "The step belongs after the `with` block, and into sgd.",
)
REBINDS_PARAMETERS = Misconception(
    "rebinds_parameters",
    "the step makes new arrays, which have no gradient, instead of changing the parameters themselves",
    "sgd(params, lr, batch_size) changes them in place.",
)
LOSS_ARGUMENTS_SWAPPED = Misconception(
    "loss_arguments_swapped",
    "cross_entropy gets the labels first and the predictions second",
    "cross_entropy(y_hat, y): the prediction comes first.",
)
ONE_ITERATOR_FOR_ALL_EPOCHS = Misconception(
    "one_iterator_for_all_epochs",
    "data_iter is called once, before the first epoch: its batches are used up after one pass, and the second epoch "
    "finds none",
    "Call data_iter(…) anew in each epoch.",
)

KEEPS_THE_BATCHES = Misconception(
    "keeps_the_batches",
    "data_iter is called once, before the first epoch, and its batches are kept: every epoch sees the same ones in the "
    "same order",
    "Call data_iter(…) anew in each epoch.",
)

STOPS_AFTER_SOME_BATCHES = Misconception(
    "stops_after_some_batches",
    "an epoch ends after so many batches, however many there are: the others have no step",
    "Is there a break, left from trying things out? An epoch is a pass over all the batches.",
)

STARTS_ANEW = Misconception(
    "starts_anew",
    "train gives the parameters new values before it trains, or in each epoch, and what they held is lost",
    "Train the params that come in from where they are.",
)

STOPS_WHEN_THE_LOSS_RISES = Misconception(
    "stops_when_the_loss_rises",
    "training ends early, as the loss rises or the accuracy falls, and the epochs that are left do not take place",
    "num_epochs says how many epochs there are: let the loop run to its end.",
)

PUTS_THE_BEST_BACK = Misconception(
    "puts_the_best_back",
    "the parameters are set back to what they were earlier, when the loss or the accuracy was better",
    "Every step counts, and training ends where the last one leads: leave the parameters there.",
)

RETURNS_NOTHING = Misconception(
    "returns_nothing", "nothing is returned: the history is printed or plotted, or lost", "End with return history."
)
RETURNS_LAST_EPOCH = Misconception(
    "returns_last_epoch", "only one epoch's pair is returned instead of the list of all", "Return the whole list."
)
RETURNS_ONE_NUMBER = Misconception(
    "returns_one_number", "one number is returned instead of a pair for each epoch", "Return the whole list."
)
RETURNS_ONE_OF_TWO = Misconception(
    "returns_losses_only",
    "each epoch gives one number instead of a pair",
    "Append both of them as one pair: history.append((loss, accuracy)).",
)
RETURNS_TWO_LISTS = Misconception(
    "returns_two_lists",
    "the losses and the accuracies come in a list each, instead of one list of pairs",
    "Append both of them as one pair, or zip the two lists.",
)
RETURNS_FLAT_LIST = Misconception(
    "returns_flat_list",
    "losses and accuracies stand in one flat list instead of pairs",
    "history.append((loss, accuracy)) takes another pair of brackets.",
)
HISTORY_INSIDE_BATCHES = Misconception(
    "history_inside_batches",
    "there is a pair for each batch: the append stands inside the loop over the batches",
    "One epoch is one pair: move the append one level out.",
)


def by_failure(failure: wire.Failure) -> Misconception | None:
    """What an exception that ended training tells."""
    if "not in a computational graph" in failure.message:
        return NOT_RECORDED
    if "already in a computational graph" in failure.message:
        return STEPS_WHILE_RECORDING
    without_gradient = failure.type in ("TypeError", "AttributeError") and "NoneType" in failure.message
    return REBINDS_PARAMETERS if without_gradient and ".grad" in failure.line else None


def history_of(value: wire.Value | None) -> list[tuple[float, float]]:
    """The pairs, if the value is a list of pairs of numbers, or an array (num_epochs, 2) of them; else nothing."""
    table = value.numpy() if isinstance(value, wire.Array) else None
    if table is not None and table.ndim == 2 and table.shape[1] == 2:
        return [(float(loss), float(accuracy)) for loss, accuracy in table]
    pairs = []
    for item in value.items if isinstance(value, wire.Sequence) else []:
        numbers = [as_numpy(part) for part in item.items] if isinstance(item, wire.Sequence) else []
        if len(numbers) != 2 or any(n is None or n.size != 1 for n in numbers):
            return []
        pairs.append((float(numbers[0].reshape(())), float(numbers[1].reshape(()))))  # type: ignore[union-attr]
    return pairs


def by_shape(value: wire.Value | None, num_epochs: int, num_batches: int) -> Misconception | None:
    """What the kind of value tells that is no list of `num_epochs` pairs."""
    if isinstance(value, wire.Scalar):
        return RETURNS_NOTHING if value.value is None else RETURNS_ONE_NUMBER
    if not isinstance(value, wire.Sequence):
        return None
    numbers = [as_numpy(item) for item in value.items]
    if all(n is not None and n.size == 1 for n in numbers):
        if len(numbers) == 2 != num_epochs:
            return RETURNS_LAST_EPOCH
        return {num_epochs: RETURNS_ONE_OF_TWO, 2 * num_epochs: RETURNS_FLAT_LIST}.get(len(numbers))
    lengths = [len(item.items) if isinstance(item, wire.Sequence) else 0 for item in value.items]
    if lengths == [num_epochs] * 2 and num_epochs != 2:
        return RETURNS_TWO_LISTS
    if num_batches > 1 and lengths == [2] * (num_epochs * num_batches):
        return HISTORY_INSIDE_BATCHES
    return None


class Symptom(NamedTuple):
    """What a training run shows, and where to look."""

    sentence: str
    hint: str


# More than any first epoch ends with, on average, on the embedded set, and the right runs' last by far.
SLOW = 1.5
# ln 10: the loss of somebody who knows nothing about ten classes.
GUESSING = float(numpy.log(10))


def symptom(losses: Numbers, accuracies: Numbers, moved: float, reached: float) -> Symptom | None:
    """What a run looks like that missed its target: its curve, how far W moved at most, and its test accuracy.

    The limits lie far from what right runs show: there the loss falls from epoch to epoch, from about 0.8 to 0.5 on
    the full set, from 1.8 to 0.9 (5 epochs) or 0.8 (10) on the embedded one.
    """
    if moved == 0:
        return Symptom(
            "The parameters are exactly what they were before training.",
            "backward fills the gradients, sgd takes the step: are both called, on the params given?",
        )
    if not numpy.isfinite(moved):
        return Symptom(
            "The parameters are nan or infinite.",
            "Steps that are too large end so: does something divide by batch_size? If so, look for log(0) "
            "in cross_entropy and for an exp in softmax that overflows.",
        )
    if not len(losses):
        return None
    if not numpy.isfinite(losses).all():
        return Symptom(
            f"The loss is {losses[~numpy.isfinite(losses)][0]} in epoch {_first_bad(losses)}.",
            "The parameters are finite, so look at cross_entropy first: log(0)? Then at softmax: exp of large numbers?",
        )
    if len(losses) < 3:
        return None
    return _of_curve(losses, accuracies, reached)


def _first_bad(losses: Numbers) -> int:
    return int(numpy.flatnonzero(~numpy.isfinite(losses))[0]) + 1


def _of_curve(losses: Numbers, accuracies: Numbers, reached: float) -> Symptom | None:
    first, last = float(losses[0]), float(losses[-1])
    if last > 1.2 * first or last > 3 * GUESSING:
        what = "The loss grows." if last > 1.2 * first else "The loss is far above 2.30, that of mere guessing."
        return Symptom(
            what,
            "Either the steps go uphill (a sign, in sgd or in the loss), or they are too large: the step "
            "is lr * param.grad / batch_size.",
        )
    steady = numpy.ptp(losses) < 0.03 * abs(first)
    if steady and abs(first - GUESSING) < 0.1:
        return Symptom(
            "The loss stays near 2.30, which is ln 10: the model guesses.",
            "The steps are far too small, or images and labels do not belong together: look for a mean in "
            "the loss or a division by batch_size that comes twice, then at data_iter.",
        )
    if steady:
        return Symptom("Every epoch shows the same loss.", "Do the parameters start anew in each epoch?")
    if numpy.ptp(losses[1:]) < 1e-3 * abs(first):
        return Symptom(
            "Only the first epoch learns; the others change nothing.",
            "Call data_iter(…) anew in each epoch: a generator can be read once.",
        )
    if last > SLOW:
        return Symptom(
            "The loss falls, but too slowly: after all epochs it is no lower than the first epoch's should be.",
            "The steps are too small, or too few: one for each batch, lr * param.grad / batch_size, and "
            "nothing else may divide.",
        )
    if len(accuracies) == len(losses) and accuracies[-1] - reached > 0.15:
        return Symptom(
            f"The history ends with an accuracy of {accuracies[-1]:.1%}, and the parameters do not have it.",
            "Is the history measured with these params, before copies or other ones take over? Do images "
            "and labels stay together in data_iter?",
        )
    if len(accuracies) == len(losses) and accuracies[-1] < accuracies[0] + 0.02 and last < 0.9 * first:
        return Symptom(
            "The loss falls, but the accuracy in the history does not rise.",
            "Look at accuracy, and at what it is given: predictions first, labels second.",
        )
    return None
