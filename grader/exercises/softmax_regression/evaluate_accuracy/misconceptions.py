"""The ways people get `evaluate_accuracy(net, data_iter)` wrong: what each returns, in NumPy."""

from __future__ import annotations

import numpy

from grader.checking import Numbers, misconception

from .exercise import evaluate_accuracy

Batches = list[tuple[Numbers, Numbers]]


def hits(scores: Numbers, y: Numbers) -> int:
    return int((numpy.argmax(scores, axis=1) == numpy.asarray(y)).sum())


def counts(batches: Batches, W: Numbers, b: Numbers) -> list[tuple[int, int]]:
    """(correct, examples) of each batch."""
    return [(hits(numpy.asarray(X, "float64") @ W + b, y), len(y)) for X, y in batches]


@misconception(
    "the accuracies of the batches are averaged, each with the same weight: "
    "the examples of a smaller last batch count for more than the others",
    hint="Every example should count the same, whichever batch it came in.",
)
def mean_of_batch_means(batches: Batches, W: Numbers, b: Numbers) -> float:
    return float(numpy.mean([c / n for c, n in counts(batches, W, b)]))


@misconception(
    "the average so far is averaged with each new batch in equal parts: the last batch counts for half of the result",
    hint="Keep two sums, and divide once at the end.",
)
def running_average_halved(batches: Batches, W: Numbers, b: Numbers) -> float:
    first, *rest = (c / n for c, n in counts(batches, W, b))
    for now in rest:
        first = (first + now) / 2
    return first


@misconception(
    "the function returns inside the loop, after the first batch",
    hint="Look at how far the return line is indented.",
)
def first_batch_only(batches: Batches, W: Numbers, b: Numbers) -> float:
    correct, examples = counts(batches, W, b)[0]
    return correct / examples


@misconception(
    "only the first ten batches are looked at, to save time",
    hint="Go through all the data: the answer is about every example.",
)
def ten_batches_only(batches: Batches, W: Numbers, b: Numbers) -> float:
    first = counts(batches, W, b)[:10]
    return sum(correct for correct, _ in first) / sum(examples for _, examples in first)


@misconception(
    "only the last batch is left: each batch overwrites the result of the one before",
    hint="The sums have to start before the loop and grow inside it.",
)
def last_batch_only(batches: Batches, W: Numbers, b: Numbers) -> float:
    correct, examples = counts(batches, W, b)[-1]
    return correct / examples


@misconception(
    "all correct predictions are divided by the size of the last batch alone: = stands where += should",
    hint="Both counts go on from batch to batch.",
)
def keeps_last_size(batches: Batches, W: Numbers, b: Numbers) -> float:
    every = counts(batches, W, b)
    return sum(correct for correct, _ in every) / every[-1][1]


@misconception(
    "only the last batch's correct predictions are divided by the number of all examples: = stands where += should",
    hint="Both counts go on from batch to batch.",
)
def keeps_last_hits(batches: Batches, W: Numbers, b: Numbers) -> float:
    every = counts(batches, W, b)
    return every[-1][0] / sum(examples for _, examples in every)


@misconception(
    "a last batch that is smaller than the others is left out",
    hint="Every example should count, also those of a smaller batch.",
)
def skips_last_batch(batches: Batches, W: Numbers, b: Numbers) -> float:
    full = [(c, n) for c, n in counts(batches, W, b) if n >= len(batches[0][1])]
    correct, examples = numpy.sum(full, axis=0)
    return float(correct / examples)


@misconception(
    "every batch is counted as 256 examples, whatever its size",
    hint="The size of a batch can be read from its labels.",
)
def batch_of_256(batches: Batches, W: Numbers, b: Numbers) -> float:
    return sum(c for c, _ in counts(batches, W, b)) / (256 * len(batches))


@misconception(
    "every batch is counted as large as the first: a smaller last batch makes the result too small",
    hint="The size of each batch can be read from its own labels.",
)
def size_of_first_batch(batches: Batches, W: Numbers, b: Numbers) -> float:
    return sum(c for c, _ in counts(batches, W, b)) / (len(batches[0][1]) * len(batches))


@misconception(
    "the correct predictions are divided by the number of pixels, X.size, instead of the number of examples",
    hint="There is one label for each example.",
)
def divides_by_features(batches: Batches, W: Numbers, b: Numbers) -> float:
    return sum(c for c, _ in counts(batches, W, b)) / sum(numpy.size(X) for X, _ in batches)


@misconception(
    "the number of correct predictions is returned, not their share",
    hint="An accuracy lies between 0 and 1.",
)
def returns_count(batches: Batches, W: Numbers, b: Numbers) -> float:
    return float(sum(c for c, _ in counts(batches, W, b)))


@misconception(
    "the number of correct predictions is divided by the number of batches instead of the number of examples",
    hint="An accuracy lies between 0 and 1.",
)
def count_over_batches(batches: Batches, W: Numbers, b: Numbers) -> float:
    return sum(c for c, _ in counts(batches, W, b)) / len(batches)


@misconception(
    "accuracy returns a fraction here, and the fractions are added up and divided by the number of examples: "
    "the result is far too small",
    hint="How many examples of the batch are correct, if accuracy gives their share?",
    flavour="nd",
)
def divides_fractions_by_examples(batches: Batches, W: Numbers, b: Numbers) -> float:
    pairs = counts(batches, W, b)
    return sum(c / n for c, n in pairs) / sum(n for _, n in pairs)


@misconception(
    "the result is in percent",
    hint="An accuracy lies between 0 and 1.",
)
def percent(batches: Batches, W: Numbers, b: Numbers) -> float:
    return 100 * evaluate_accuracy(batches, W, b)


@misconception(
    "the share of wrong predictions is returned",
    hint="Try it with a model that is always right.",
)
def error_rate(batches: Batches, W: Numbers, b: Numbers) -> float:
    return 1 - evaluate_accuracy(batches, W, b)


@misconception(
    "// rounds the quotient down: unless every prediction is right the result is 0",
    hint="Python's / and // are two different divisions.",
)
def integer_division(batches: Batches, W: Numbers, b: Numbers) -> float:
    return float(evaluate_accuracy(batches, W, b) // 1)


@misconception(
    "the best batch is returned instead of an average over all examples",
    hint="Every example should count.",
)
def best_batch(batches: Batches, W: Numbers, b: Numbers) -> float:
    return max(c / n for c, n in counts(batches, W, b))


@misconception(
    "the predictions are compared with themselves, which is always right",
    hint="Where do the labels of the batch come in?",
)
def compares_labels_with_labels(batches: Batches, W: Numbers, b: Numbers) -> float:
    return 1.0


@misconception(
    "the features are compared with the labels, without going through the net",
    hint="What turns X into a prediction?",
)
def forgets_net(batches: Batches, W: Numbers, b: Numbers) -> float:
    return sum(hits(X, y) for X, y in batches) / sum(len(y) for _, y in batches)
