"""The ways people leave a part of the data out in `evaluate_accuracy`, or count one twice: what each returns."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception

from .misconceptions import Batches, counts, hits, share


@misconception(
    "the function returns inside the loop, after the first batch",
    hint="Look at how far the return line is indented.",
)
def first_batch_only(batches: Batches, W: Numbers, b: Numbers) -> float:
    correct, examples = counts(batches, W, b)[0]
    return correct / examples


@misconception(
    "only the first ten batches are looked at, or some such number, to save time",
    hint="Go through all the data: the answer is about every example.",
)
def ten_batches_only(batches: Batches, W: Numbers, b: Numbers, *, most: Any = (10, 2, 3, 5, 20, 30, 32)) -> float:
    return share(counts(batches, W, b)[:most])


@misconception(
    "only the last batch is left: each batch overwrites the result of the one before",
    hint="The sums have to start before the loop and grow inside it.",
)
def last_batch_only(batches: Batches, W: Numbers, b: Numbers) -> float:
    correct, examples = counts(batches, W, b)[-1]
    return correct / examples


@misconception(
    "a last batch that is smaller than the others is left out",
    hint="Every example should count, also those of a smaller batch.",
)
def skips_last_batch(batches: Batches, W: Numbers, b: Numbers) -> float:
    full = [(c, n) for c, n in counts(batches, W, b) if n >= len(batches[0][1])]
    correct, examples = numpy.sum(full, axis=0)
    return float(correct / examples)


@misconception(
    "the best batch is returned instead of an average over all examples",
    hint="Every example should count.",
)
def best_batch(batches: Batches, W: Numbers, b: Numbers) -> float:
    return max(c / n for c, n in counts(batches, W, b))


@misconception(
    "only every other batch counts",
    hint="Go through all the data: the answer is about every example.",
)
def every_other_batch(batches: Batches, W: Numbers, b: Numbers, *, first: Any = (0, 1)) -> float:
    every = counts(batches, W, b)
    return share(every[first::2] or every)


@misconception(
    "the first batch is left out, or the last one, whatever its size",
    hint="Go through all the data: the answer is about every example.",
)
def one_batch_left_out(batches: Batches, W: Numbers, b: Numbers, *, part: Any = (slice(-1), slice(1, None))) -> float:
    every = counts(batches, W, b)
    return share(every[part] or every)


@misconception(
    "one batch, the first or the last, counts twice",
    hint="Every example should count once: what is read before the loop, or after it, must not come once more.",
)
def one_batch_twice(batches: Batches, W: Numbers, b: Numbers, *, place: Any = (0, -1)) -> float:
    every = counts(batches, W, b)
    return share([*every, every[place]])


@misconception(
    "the loop ends as soon as a hundred examples are counted, or some such number",
    hint="Go through all the data: the answer is about every example.",
)
def enough_examples(batches: Batches, W: Numbers, b: Numbers, *, most: Any = (100, 10, 20, 50, 64, 256)) -> float:
    every = counts(batches, W, b)
    before = numpy.cumsum([0, *(n for _, n in every)])[:-1]
    return share([pair for pair, n in zip(every, before, strict=True) if n < most])


@misconception(
    "the loop ends at the first batch that is not all right",
    hint="Look at the condition of the break: every batch is to be counted.",
)
def until_something_is_wrong(batches: Batches, W: Numbers, b: Numbers) -> float:
    every = counts(batches, W, b)
    last = next((place for place, (c, n) in enumerate(every) if c < n), len(every))
    return share(every[: last + 1])


@misconception(
    "only a part of each batch counts: its first example alone, all but one, or not more than 256, say",
    hint="The size of each batch can be read from its own labels.",
)
def part_of_each_batch(batches: Batches, W: Numbers, b: Numbers, *, part: Any = (
    slice(1), slice(-1), slice(1, None), slice(-1, None), slice(2), slice(10), slice(100), slice(128), slice(256),
)) -> float:  # fmt: skip
    return share([(hits(X[part] @ W + b, y[part]), len(y[part])) for X, y in batches if len(y[part])])


@misconception(
    "one class does not count: its examples are never taken for right, or are left out",
    hint="A label of 0 is one like any other: look for a comparison with it.",
)
def one_class_left_out(batches: Batches, W: Numbers, b: Numbers, *, which: Any = (
    (0, True), (1, True), (2, True), (0, False), (1, False), (2, False),
)) -> float:  # fmt: skip
    label, counted = which
    pairs = []
    for X, y in batches:
        other = y != label
        pairs.append((hits(X[other] @ W + b, y[other]) if other.any() else 0, len(y) if counted else other.sum()))
    return share(pairs)


@misconception(
    "some batches are left out: those of one example, or those in which nothing is right",
    hint="Every example should count: look for a condition that passes over a batch.",
)
def odd_batches_left_out(batches: Batches, W: Numbers, b: Numbers, *, kind: Any = ("single", "wrong")) -> float:
    every = counts(batches, W, b)
    return share([(c, n) for c, n in every if (n > 1 if kind == "single" else c > 0)])


@misconception(
    "one batch stands for all: the worst, or the one in the middle",
    hint="Every example should count.",
    like="best_batch",
)
def worst_or_median_batch(batches: Batches, W: Numbers, b: Numbers, *, choose: Any = (min, numpy.median)) -> float:
    return float(choose([c / n for c, n in counts(batches, W, b)]))
