"""The ways people get `evaluate_accuracy(net, data_iter)` wrong: what each returns, in NumPy. What leaves out a part of
the data stands in parts.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy

from grader.checking import Numbers, misconception

from .exercise import evaluate_accuracy

Batches = list[tuple[Numbers, Numbers]]


def hits(scores: Numbers, y: Numbers) -> int:
    return int((numpy.argmax(scores, axis=1) == numpy.asarray(y)).sum())


def share(pairs: Sequence[tuple[float, float]]) -> float:
    """All that is correct, divided by all examples; 0 where there are none."""
    correct, examples = numpy.sum(pairs, axis=0) if len(pairs) else (0, 0)
    return float(correct / max(examples, 1))


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


@misconception(
    "a count does not start at 0, or is one too large or too small in the end: with few examples it shows",
    hint="Both sums start at 0; the number of examples is what is divided by.",
)
def off_by_one(batches: Batches, W: Numbers, b: Numbers, *, more: Any = ((0, 1), (1, 0), (0, -1), (1, 1))) -> float:
    correct, examples = numpy.sum(counts(batches, W, b), axis=0)
    return float((correct + more[0]) / max(examples + more[1], 1))


@misconception(
    "the accuracies of the batches are added up, and not divided",
    hint="An accuracy lies between 0 and 1.",
)
def sum_of_batch_means(batches: Batches, W: Numbers, b: Numbers) -> float:
    return float(sum(c / n for c, n in counts(batches, W, b)))


@misconception(
    "each new batch counts for a tenth of the average, or some such part, whatever its size",
    hint="Keep two sums, and divide once at the end.",
    like="running_average_halved",
)
def smoothed_average(batches: Batches, W: Numbers, b: Numbers, *, part: Any = (0.1, 0.01, 0.05, 0.2, 0.9)) -> float:
    first, *rest = (c / n for c, n in counts(batches, W, b))
    for now in rest:
        first = (1 - part) * first + part * now
    return first


@misconception(
    "the accuracies of the classes are averaged, so that the examples of a rare class count for more",
    hint="Every example should count the same, whichever class it is of.",
)
def mean_of_class_means(batches: Batches, W: Numbers, b: Numbers) -> float:
    hit = numpy.concatenate([numpy.argmax(X @ W + b, axis=1) == y for X, y in batches])
    y = numpy.concatenate([y for _, y in batches])
    return float(numpy.mean([hit[y == k].mean() for k in numpy.unique(y)]))


@misconception(
    "the class with the smallest score is taken for the prediction",
    hint="The larger a score, the likelier the class.",
)
def smallest_score(batches: Batches, W: Numbers, b: Numbers) -> float:
    return share([(hits(-(X @ W + b), y), len(y)) for X, y in batches])


@misconception(
    "the labels of the first batch are used again for those that follow",
    hint="Each batch comes with its own labels.",
)
def labels_of_the_first_batch(batches: Batches, W: Numbers, b: Numbers) -> float:
    labels: Numbers = batches[0][1]
    pairs = []
    for X, y in batches:
        labels = labels if len(labels) == len(y) else y
        pairs.append((hits(X @ W + b, labels), len(y)))
    return share(pairs)
