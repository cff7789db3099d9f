"""The ways people get `accuracy(y_hat, y)` wrong, in NumPy.

Most of them are one idea in both flavours, and differ only in what becomes of the hits (`counting`): np's accuracy is
their number, nd's their share. An idea that exists in one flavour alone, or has other words there, says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy

from grader.checking import Misconception, Numbers, misconception
from grader.exercises.shared.arithmetic import pick

from .exercise import accuracy

Function = Callable[[Numbers, Numbers], Any]


def counting(sentence: str, hint: str) -> Callable[[Function], list[Misconception]]:
    """Make a function that counts wrongly a misconception in both flavours, under its own name.

    It gives the hits, one for each row or pair, of which np takes the sum and nd the mean; or it gives their number.
    """

    def mark(function: Function) -> list[Misconception]:
        def fraction(y_hat: Numbers, y: Numbers) -> float:
            found = function(y_hat, y)
            return float(numpy.mean(found) if numpy.ndim(found) else found / len(y))

        def number(y_hat: Numbers, y: Numbers) -> float:
            return float(numpy.sum(function(y_hat, y)))

        known = Misconception(function.__name__, sentence, hint)
        return [replace(known, function=number, flavour="np"), replace(known, function=fraction, flavour="nd")]

    return mark


def hits(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat, axis=1) == y


# -- which rows count


@misconception(
    "a parenthesis closes too late: the predictions are compared with the sum of all labels, "
    "not each with its own label",
    "First compare, one label at a time; reduce the result of the comparison afterwards.",
    flavour="np",
)
def misplaced_parenthesis(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) == numpy.sum(y)).sum())


@misconception(
    "the mean is taken of the labels and not of the comparison: "
    "the result is a comparison of every prediction with the mean label",
    "A pair of parentheses around the comparison is missing.",
    flavour="nd",
)
def misplaced_parenthesis_no_scalar(y_hat: Numbers, y: Numbers) -> Numbers:
    return (numpy.argmax(y_hat, axis=1) == numpy.mean(numpy.asarray(y, "float32"))).astype("float64")


MISPLACED_PARENTHESIS_IN_ND = Misconception(
    "misplaced_parenthesis",
    "a parenthesis closes too late: the predictions are compared with the mean of all labels, "
    "not each with its own label",
    "First compare, one label at a time; take the mean of the comparison afterwards.",
    lambda y_hat, y: misplaced_parenthesis_no_scalar(y_hat, y).mean(),
    flavour="nd",
)


@counting(
    "argmax runs over axis 0: it finds the best example of each class instead of the best class of each example",
    "The predictions should have as many entries as there are labels.",
)
def argmax_axis_0(y_hat: Numbers, y: Numbers) -> Numbers:
    best = numpy.argmax(y_hat, axis=0)
    numpy.broadcast_shapes(best.shape, y.shape)
    return best == y


@counting(
    "argmax runs over axis 0: it finds the best example of each class instead of the best class of each "
    "example, and zip silently stops at the shorter of the two",
    "The predictions should have as many entries as there are labels.",
)
def argmax_axis_0_loop(y_hat: Numbers, y: Numbers) -> int:
    return sum(int(b) == int(k) for b, k in zip(numpy.argmax(y_hat, axis=0), y, strict=False))


@counting(
    "argmax without an axis looks at the whole matrix and gives one position, "
    "and every label is compared with that one",
    "There should be one prediction for each row.",
)
def argmax_flattened(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat) == y


@counting(
    "the predictions are a column, (n, 1), and the labels a vector, (n,): "
    "comparing the two gives (n, n), every prediction against every label",
    "Print the shape of the comparison: it should be (n,).",
)
def column_against_row(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat, axis=1)[:, None] == y


@counting(
    "a row counts as correct when its label has a probability above 0.5: "
    "the largest of many classes may well lie below that",
    "The prediction is the class with the largest probability, however small.",
)
def threshold_half(y_hat: Numbers, y: Numbers) -> Numbers:
    return pick(y_hat, y) > 0.5


@counting(
    "argmin finds the least probable class, and that is taken for the prediction",
    "Which class does the model think most likely?",
)
def argmin(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmin(y_hat, axis=1) == y


@counting(
    "the largest probability of each row is compared with the label, instead of its position",
    "A label is the number of a class: which function tells where the largest entry is?",
)
def max_instead_of_argmax(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.max(y_hat, axis=1) == y


@counting(
    "the labels are compared with the probabilities themselves instead of the predicted classes",
    "A label is the number of a class: turn each row into such a number first.",
)
def compares_probabilities(y_hat: Numbers, y: Numbers) -> Numbers:
    numpy.broadcast_shapes(y_hat.shape, y.shape)
    return y_hat == y


@counting(
    "the probabilities of the labels are added up: a row counts a little even if it is wrong, "
    "and never fully if it is right",
    "A prediction is either right or wrong: 1 or 0.",
)
def mean_probability(y_hat: Numbers, y: Numbers) -> Numbers:
    return pick(y_hat.astype("float64"), y)


@counting(
    "the largest probabilities of all rows are added up: how sure the model is, not how often it is right",
    "Where do the labels come in?",
)
def adds_confidence(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.max(y_hat.astype("float64"), axis=1)


@counting(
    "classes are counted from 1 in the predictions and from 0 in the labels",
    "What does argmax give for the first column?",
)
def classes_from_one(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat, axis=1) + 1 == y


@counting(
    "a row counts if its label is among the two most likely classes", "Only the most likely class is the prediction."
)
def top_two(y_hat: Numbers, y: Numbers) -> Numbers:
    return (numpy.argsort(y_hat, axis=1)[:, -2:] == y[:, None]).any(axis=1)


@counting(
    "a row counts if the probability of its label is above the average of 1/q",
    "The most likely class of a row is the prediction, however likely that is.",
)
def better_than_chance(y_hat: Numbers, y: Numbers) -> Numbers:
    return pick(y_hat.astype("float64"), y) > 1 / y_hat.shape[1]


@counting(
    "a row counts if its prediction is at least as large as its label", "Classes have no order: only equal is right."
)
def at_least(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat, axis=1) >= y


@counting("a row counts if its prediction is not larger than its label", "Classes have no order: only equal is right.")
def at_most(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat, axis=1) <= y


@counting(
    "the distances between predictions and labels are added up, as if classes were amounts",
    "A prediction is either right or wrong: 1 or 0.",
)
def adds_distances(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.abs(numpy.argmax(y_hat, axis=1) - y.astype("float64"))


@counting(
    "rows of class 0 never count: 0 is false in Python", "if prediction and … is no when the prediction is class 0."
)
def ignores_class_0(y_hat: Numbers, y: Numbers) -> Numbers:
    return hits(y_hat, y) & (y != 0)


@counting(
    "predictions and labels are sorted before they are compared, so that rows meet others' labels",
    "Leave the rows where they are.",
)
def compares_sorted(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.sort(numpy.argmax(y_hat, axis=1)) == numpy.sort(y)


@counting(
    "the classes that occur both among the predictions and among the labels are counted, not the rows",
    "Go through predictions and labels side by side.",
)
def counts_common_classes(y_hat: Numbers, y: Numbers) -> int:
    return len(set(numpy.argmax(y_hat, axis=1).tolist()) & {int(k) for k in y})


@counting(
    "a row counts if its predicted class is anywhere among the labels",
    "in looks at all labels; each row has one of its own.",
)
def anywhere_among_labels(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.isin(numpy.argmax(y_hat, axis=1), y)


@counting(
    "the position of the largest label is taken, as if the labels were one-hot, and compared with every prediction",
    "The labels are class numbers already.",
)
def argmax_of_labels(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat, axis=1) == numpy.argmax(y)


@counting(
    "the length of the comparison is taken: it holds an entry for every row, right or wrong, "
    "so every row counts as correct",
    "Count the entries that are true, not all of them.",
)
def length_of_comparison(y_hat: Numbers, y: Numbers) -> int:
    return len(hits(y_hat, y))


@counting(
    "the rows that differ from their label are counted, which are the errors",
    "Try it on a batch in which every prediction is right.",
)
def error_rate(y_hat: Numbers, y: Numbers) -> Numbers:
    return ~hits(y_hat, y)


@misconception(
    "the batch counts only if every row is correct, and not at all otherwise",
    "Each row counts by itself.",
    flavour="np",
)
def all_or_nothing(y_hat: Numbers, y: Numbers) -> float:
    return float(len(y)) if hits(y_hat, y).all() else 0.0


ALL_OR_NOTHING_IN_ND = Misconception(
    "all_or_nothing",
    "the result is 1 if every row is right and 0 otherwise: // and int() round down, and all() asks for every row",
    "Each row counts by itself, and a fraction needs the division /.",
    lambda y_hat, y: float(hits(y_hat, y).all()),
    flavour="nd",
)


@counting("the function returns inside the loop, after the first row", "Look at how far the return line is indented.")
def return_inside_loop(y_hat: Numbers, y: Numbers) -> int:
    return int(hits(y_hat, y)[0])


@counting(
    "only the row that comes last counts: each turn of the loop overwrites the result of the one before",
    "+= adds; = forgets what was there.",
)
def last_row_only(y_hat: Numbers, y: Numbers) -> int:
    return int(hits(y_hat, y)[-1])


@counting(
    "the result is 1 as soon as one row is correct: =+ 1 sets to 1, and any() asks for one row only",
    "+= adds, =+ sets.",
)
def one_if_any(y_hat: Numbers, y: Numbers) -> int:
    return int(hits(y_hat, y).any())


@counting("the count starts at 1, so that it is one too high", "Nothing is counted yet before the first row.")
def starts_at_one(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) + 1


@counting(
    "the last row is left out", "Look at the end of range(…): the last index that it gives is smaller than its end."
)
def skips_last_row(y_hat: Numbers, y: Numbers) -> int:
    return int(hits(y_hat, y)[:-1].sum())


@counting("the first row is left out", "Indices start at 0.")
def skips_first_row(y_hat: Numbers, y: Numbers) -> int:
    return int(hits(y_hat, y)[1:].sum())


@counting("the count stops at the first row that is wrong", "break leaves the loop; a wrong row is just not counted.")
def stops_at_first_error(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.cumprod(hits(y_hat, y))


# -- what becomes of the hits


@misconception(
    "the comparison itself is returned, one entry for each row, instead of a single number",
    "One step is left: from an entry for each row to one number.",
)
def returns_vector(y_hat: Numbers, y: Numbers) -> Numbers:
    return hits(y_hat, y).astype("float64")


@misconception(
    "the fraction of correct rows is returned; here their number is asked for, "
    "so that batches of different sizes can be added up",
    "Counting and averaging differ in the last step only.",
    flavour="np",
)
def returns_fraction(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / len(y)


@misconception(
    "the number of correct rows is returned; here the fraction is asked for",
    "Counting and averaging differ in the last step only.",
    flavour="nd",
)
def returns_count(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y)


@misconception(
    "// rounds the quotient down: unless every row is correct the result is 0",
    "Python's / and // are two different divisions.",
    flavour="np",
)
def integer_division(y_hat: Numbers, y: Numbers) -> float:
    return float(accuracy(y_hat, y) // len(y))


@misconception("the fraction is rounded to two decimals", "Round what you print, not what you return.", flavour="nd")
def rounds_to_two_decimals(y_hat: Numbers, y: Numbers) -> float:
    return round(accuracy(y_hat, y) / len(y), 2)


@misconception("the fraction is rounded to a whole number", "Round what you print, not what you return.", flavour="nd")
def rounds_to_whole_numbers(y_hat: Numbers, y: Numbers) -> float:
    return float(round(accuracy(y_hat, y) / len(y)))


@misconception("the result is in percent", "Read the task once more: which number is asked for?")
def percent(y_hat: Numbers, y: Numbers) -> float:
    return 100 * accuracy(y_hat, y) / len(y)


def divided(name: str, by: str, hint: str, divisor: Function) -> Misconception:
    sentence = f"the number of correct rows is divided by {by}"
    return Misconception(name, sentence, hint, lambda y_hat, y: accuracy(y_hat, y) / divisor(y_hat, y))


WHICH = "Read the task once more: which number is it divided by here, if by any?"
OTHER_DIVISORS = [
    divided("divides_by_classes", "the number of classes", WHICH, lambda p, y: p.shape[1]),
    divided("divides_by_size", "y_hat.size, which is rows times classes", WHICH, lambda p, y: p.size),
    divided("batch_of_256", "256, whatever the batch", WHICH, lambda p, y: 256),
    divided("divides_by_10", "10, whatever the batch", "Is it the number of rows that you divide by?", lambda p, y: 10),
    divided("divides_twice", "the number of rows twice", "mean() divides already.", lambda p, y: len(y) ** 2),
]


@misconception("the result is divided by the number of rows plus one", "How many rows are there?")
def divides_by_one_more(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / (len(y) + 1)
