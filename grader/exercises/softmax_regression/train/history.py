"""The ways people get the history wrong that `train` returns: what it is then, from the trace of right training."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy

from grader.checking import Numbers, misconception

from .descent import Epoch, Measured, Trace

Loss = Callable[[Epoch], float]


def _all(epoch: Epoch, after: int = 0) -> list[Measured]:
    """What was measured on each batch, before its step or after it."""
    return [pair[after] for pair in epoch.batches]


def _loss(epoch: Epoch) -> float:
    return float(numpy.concatenate([m.losses for m in _all(epoch)]).mean())


def _accuracy(epoch: Epoch) -> float:
    return float(numpy.concatenate([m.hits for m in _all(epoch)]).mean())


def _examples(epoch: Epoch) -> int:
    return sum(len(m.hits) for m in _all(epoch))


def _table(trace: Trace, loss: Loss = _loss, accuracy: Loss = _accuracy) -> Numbers:
    return numpy.array([(loss(epoch), accuracy(epoch)) for epoch in trace.epochs])


def _mean_of_means(what: str) -> Loss:
    return lambda epoch: float(numpy.mean([getattr(m, what).mean() for m in _all(epoch)]))


def _over_batches(what: str) -> Loss:
    return lambda epoch: sum(float(getattr(m, what).sum()) for m in _all(epoch)) / len(epoch.batches)


def _summed(what: str) -> Loss:
    return lambda epoch: sum(float(getattr(m, what).sum()) for m in _all(epoch))


def _mean_of(what: str, measured: Callable[[Epoch], Sequence[Measured]]) -> Loss:
    return lambda epoch: float(numpy.concatenate([getattr(m, what) for m in measured(epoch)]).mean())


def _measured(trace: Trace, measured: Callable[[Epoch], Sequence[Measured]]) -> Numbers:
    return _table(trace, _mean_of("losses", measured), _mean_of("hits", measured))


@misconception("accuracy and loss have changed places", "history.append((loss, accuracy)).", of="history")
def accuracy_first(trace: Trace) -> Numbers:
    return trace.history[:, ::-1]


@misconception(
    "the loss is the sum over the examples and not their mean",
    "Divide by the number of examples seen in the epoch.",
    of="history",
)
def loss_not_divided(trace: Trace) -> Numbers:
    return _table(trace, loss=_summed("losses"))


@misconception(
    "the accuracy is the number of correct predictions and not their share",
    "Divide by the number of examples seen in the epoch.",
    of="history",
)
def accuracy_not_divided(trace: Trace) -> Numbers:
    return _table(trace, accuracy=_summed("hits"))


@misconception(
    "loss and accuracy are sums over the examples and not means",
    "Divide both by the number of examples seen in the epoch.",
    of="history",
)
def nothing_divided(trace: Trace) -> Numbers:
    return _table(trace, _summed("losses"), _summed("hits"))


@misconception(
    "the sum of the losses is divided by the number of batches, not by that of the examples",
    "Count the examples: n += len(y).",
    of="history",
)
def loss_over_batches(trace: Trace) -> Numbers:
    return _table(trace, loss=_over_batches("losses"))


@misconception(
    "the number of correct predictions is divided by the number of batches, not by that of the examples",
    "Count the examples: n += len(y).",
    of="history",
)
def accuracy_over_batches(trace: Trace) -> Numbers:
    return _table(trace, accuracy=_over_batches("hits"))


@misconception(
    "the sums are divided by the number of batches, not by that of the examples",
    "Count the examples: n += len(y).",
    of="history",
)
def both_over_batches(trace: Trace) -> Numbers:
    return _table(trace, _over_batches("losses"), _over_batches("hits"))


@misconception(
    "each batch's mean counts the same, so that an example in the smaller last batch counts for more than another",
    "Add up losses and correct predictions; divide by the examples at the end of the epoch.",
    of="history",
)
def mean_of_batch_means(trace: Trace) -> Numbers:
    return _table(trace, _mean_of_means("losses"), _mean_of_means("hits"))


@misconception(
    "the losses of all batches' means are averaged, so that an example in the smaller last batch counts for more",
    "Add up the losses; divide by the examples at the end of the epoch.",
    of="history",
)
def loss_mean_of_batch_means(trace: Trace) -> Numbers:
    return _table(trace, loss=_mean_of_means("losses"))


@misconception(
    "the accuracies of the batches are averaged, so that an example in the smaller last batch counts for more",
    "Add up the correct predictions; divide by the examples at the end of the epoch.",
    of="history",
)
def accuracy_mean_of_batch_means(trace: Trace) -> Numbers:
    return _table(trace, accuracy=_mean_of_means("hits"))


@misconception("the accuracy is given in percent", "A share lies between 0 and 1.", of="history")
def accuracy_in_percent(trace: Trace) -> Numbers:
    return trace.history * (1, 100)


@misconception(
    "the share of wrong predictions stands where that of the right ones belongs",
    "Accuracy counts what is right.",
    of="history",
)
def error_rate(trace: Trace) -> Numbers:
    return trace.history * (1, -1) + (0, 1)


@misconception(
    "the loss is recorded with a minus sign",
    "The loss itself is never below 0.",
    of="history",
)
def negated_loss(trace: Trace) -> Numbers:
    return trace.history * (-1, 1)


@misconception(
    "the sum of a batch's losses is multiplied by the size of the batch once more",
    "l.sum() has each example's loss already; only a mean would have to be multiplied.",
    of="history",
)
def loss_weighted_twice(trace: Trace) -> Numbers:
    return _table(trace, loss=lambda e: sum(float(m.losses.sum()) * len(m.losses) for m in _all(e)) / _examples(e))


@misconception(
    "accuracy(…) gives a number of correct predictions, and it is multiplied by the size of the batch once more",
    "Add up the counts; divide by the examples at the end of the epoch.",
    of="history",
    flavour="np",
)
def counts_weighted(trace: Trace) -> Numbers:
    return _table(trace, accuracy=lambda e: sum(float(m.hits.sum()) * len(m.hits) for m in _all(e)) / _examples(e))


@misconception(
    "accuracy(…) gives a share, and the shares are added up as if they were numbers of correct predictions",
    "A share times the size of the batch is the number of correct predictions.",
    of="history",
    flavour="nd",
)
def adds_shares(trace: Trace) -> Numbers:
    return _table(trace, accuracy=lambda e: sum(float(m.hits.mean()) for m in _all(e)) / _examples(e))


@misconception(
    "a batch's mean loss is added up, and the sum is divided by the number of examples: too small by the batch size",
    "Either add up l.sum(), or divide by the number of batches of equal size.",
    of="history",
)
def means_over_examples(trace: Trace) -> Numbers:
    return _table(trace, loss=lambda e: sum(float(m.losses.mean()) for m in _all(e)) / _examples(e))


@misconception(
    "every batch counts as a full one, the smaller last one too",
    "Count the examples that are there: n += len(y).",
    of="history",
)
def counts_full_batches(trace: Trace) -> Numbers:
    share = [[_examples(e) / (len(e.batches) * trace.batch_size)] for e in trace.epochs]
    return trace.history * share


@misconception(
    "the sums go on over the epochs: each pair is about all epochs up to then",
    "Set the sums to 0 at the start of each epoch.",
    of="history",
)
def sums_across_epochs(trace: Trace) -> Numbers:
    return numpy.cumsum(trace.history, axis=0) / (1 + numpy.arange(len(trace.epochs)))[:, None]


@misconception(
    "the sums of loss and correct predictions go on over the epochs, while the number of examples starts anew",
    "Set the sums to 0 at the start of each epoch, as the count.",
    of="history",
)
def only_count_starts_anew(trace: Trace) -> Numbers:
    return numpy.cumsum(trace.history, axis=0)


@misconception(
    "the number of examples goes on over the epochs, while the sums of loss and correct predictions start anew",
    "Set the count to 0 at the start of each epoch, as the sums.",
    of="history",
)
def count_goes_on(trace: Trace) -> Numbers:
    return trace.history / (1 + numpy.arange(len(trace.epochs)))[:, None]


@misconception(
    "the loss of each batch takes the place of the sum instead of being added: that of the last batch is left, divided "
    "by all examples",
    "Add up with +=.",
    of="history",
)
def keeps_last_loss(trace: Trace) -> Numbers:
    return _table(trace, loss=lambda e: float(_all(e)[-1].losses.sum()) / _examples(e))


@misconception(
    "the correct predictions of each batch take the place of the sum instead of being added: those of the last batch "
    "are left, divided by all examples",
    "Add up with +=.",
    of="history",
)
def keeps_last_count(trace: Trace) -> Numbers:
    return _table(trace, accuracy=lambda e: float(_all(e)[-1].hits.sum()) / _examples(e))


@misconception(
    "only the last batch of each epoch is counted",
    "Add up with +=.",
    of="history",
)
def last_batch_only(trace: Trace) -> Numbers:
    return _measured(trace, lambda epoch: _all(epoch)[-1:])


@misconception(
    "only the first batch of each epoch is counted",
    "Nothing may leave the loop over the batches early.",
    of="history",
)
def counts_first_batch_only(trace: Trace) -> Numbers:
    return _measured(trace, lambda epoch: _all(epoch)[:1])


@misconception(
    "the last and smaller batch is not counted",
    "Its examples count as well.",
    of="history",
)
def leaves_out_last_batch(trace: Trace) -> Numbers:
    return _measured(trace, lambda epoch: [m for m in _all(epoch) if len(m.hits) == trace.batch_size] or _all(epoch))


@misconception(
    "loss and accuracy are measured after the step, with a new prediction, instead of on the one that was recorded",
    "Use the y_hat and the loss that were recorded.",
    of="history",
)
def measures_after_step(trace: Trace) -> Numbers:
    return _measured(trace, lambda epoch: _all(epoch, after=1))


@misconception(
    "the accuracy is measured after the step, with a new prediction, instead of on the one that was recorded",
    "Hand accuracy the y_hat that was recorded.",
    of="history",
)
def accuracy_after_step(trace: Trace) -> Numbers:
    return _table(trace, accuracy=_mean_of("hits", lambda epoch: _all(epoch, after=1)))


@misconception(
    "the loss is measured after the step, with a new prediction, instead of being the one that was recorded",
    "Add up the loss that was recorded.",
    of="history",
)
def loss_after_step(trace: Trace) -> Numbers:
    return _table(trace, loss=_mean_of("losses", lambda epoch: _all(epoch, after=1)))


@misconception(
    "the accuracy is measured on all examples after the pass, and not during it, batch by batch",
    "Add up what each batch showed when it was its turn: accuracy of the y_hat that was recorded.",
    of="history",
)
def accuracy_after_the_pass(trace: Trace) -> Numbers:
    return _table(trace, accuracy=_mean_of("hits", lambda epoch: epoch.whole[1:]))


@misconception(
    "the loss is measured on all examples after the pass, and not during it, batch by batch",
    "Add up the loss of each batch as it was recorded.",
    of="history",
)
def loss_after_the_pass(trace: Trace) -> Numbers:
    return _table(trace, loss=_mean_of("losses", lambda epoch: epoch.whole[1:]))


@misconception(
    "loss and accuracy are measured on all examples after the pass, and not during it, batch by batch",
    "Add up what each batch showed when it was its turn.",
    of="history",
)
def measures_after_the_pass(trace: Trace) -> Numbers:
    return _measured(trace, lambda epoch: epoch.whole[1:])


@misconception(
    "loss and accuracy are measured on all examples before the pass, and not during it, batch by batch",
    "Add up what each batch showed when it was its turn.",
    of="history",
)
def measures_before_the_pass(trace: Trace) -> Numbers:
    return _measured(trace, lambda epoch: epoch.whole[:1])
