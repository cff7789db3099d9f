"""What a training run looks like that missed its target, and where to look."""

from __future__ import annotations

import numpy

from grader.checking import Numbers

# More than any first epoch ends with, on average, on the embedded set, and the right runs' last by far.
SLOW = 1.5
# ln 10: the loss of somebody who knows nothing about ten classes.
GUESSING = float(numpy.log(10))


def symptom(losses: Numbers, accuracies: Numbers, moved: float, reached: float) -> tuple[str, str] | None:
    """What the run shows, and a hint: from its curve, how far W moved at most, and its test accuracy.

    The limits lie far from what right runs show: there the loss falls from epoch to epoch, from about 0.8 to 0.5 on
    the full set, from 1.8 to 0.9 (5 epochs) or 0.8 (10) on the embedded one.
    """
    if moved == 0:
        return (
            "The parameters are exactly what they were before training.",
            "backward fills the gradients, sgd takes the step: are both called, on the params given?",
        )
    if not numpy.isfinite(moved):
        return (
            "The parameters are nan or infinite.",
            "Steps that are too large end so: does something divide by batch_size? If so, look for log(0) "
            "in cross_entropy and for an exp in softmax that overflows.",
        )
    bad = numpy.flatnonzero(~numpy.isfinite(losses))
    if len(bad):
        return (
            f"The loss is {losses[bad[0]]} in epoch {bad[0] + 1}.",
            "The parameters are finite, so look at cross_entropy first: log(0)? Then at softmax: exp of large numbers?",
        )
    return _of_curve(losses, accuracies, reached) if len(losses) > 2 else None


def _of_curve(losses: Numbers, accuracies: Numbers, reached: float) -> tuple[str, str] | None:
    first, last = float(losses[0]), float(losses[-1])
    steady = numpy.ptp(losses) < 0.03 * abs(first)
    signs = [
        (last > 1.2 * first or last > 3 * GUESSING,
         "The loss grows." if last > 1.2 * first else "The loss is far above 2.30, that of mere guessing.",
         "Either the steps go uphill (a sign, in sgd or in the loss), or they are too large: the step is "
         "lr * param.grad / batch_size."),
        (steady and abs(first - GUESSING) < 0.1, "The loss stays near 2.30, which is ln 10: the model guesses.",
         "The steps are far too small, or images and labels do not belong together: look for a mean in the loss or a "
         "division by batch_size that comes twice, then at data_iter."),
        (steady, "Every epoch shows the same loss.", "Do the parameters start anew in each epoch?"),
        (numpy.ptp(losses[1:]) < 1e-3 * abs(first), "Only the first epoch learns; the others change nothing.",
         "Call data_iter(…) anew in each epoch: a generator can be read once."),
        (last > SLOW,
         "The loss falls, but too slowly: after all epochs it is no lower than the first epoch's should be.",
         "The steps are too small, or too few: one for each batch, lr * param.grad / batch_size, and nothing else may "
         "divide."),
        (accuracies[-1] - reached > 0.15,
         f"The history ends with an accuracy of {accuracies[-1]:.1%}, and the parameters do not have it.",
         "Is the history measured with these params, before copies or other ones take over? Do images and labels stay "
         "together in data_iter?"),
        (accuracies[-1] < accuracies[0] + 0.02 and last < 0.9 * first,
         "The loss falls, but the accuracy in the history does not rise.",
         "Look at accuracy, and at what it is given: predictions first, labels second."),
    ]  # fmt: skip
    return next(((sentence, hint) for shows, sentence, hint in signs if shows), None)
