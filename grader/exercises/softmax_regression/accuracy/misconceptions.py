"""The ways people get `accuracy(y_hat, y)` wrong: what each returns, in NumPy."""

from __future__ import annotations

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.arithmetic import pick

from .exercise import accuracy


def hits(y_hat: Numbers, y: Numbers) -> Numbers:
    return numpy.argmax(y_hat, axis=1) == numpy.asarray(y)


@misconception(
    "a parenthesis closes too late: the predictions are compared with the sum of all labels, "
    "not each with its own label",
    hint="First compare, one label at a time; reduce the result of the comparison afterwards.",
    flavour="np",
)
def misplaced_parenthesis(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) == numpy.sum(y)).sum())


@misconception(
    "the length of the comparison is taken: it holds an entry for every row, right or wrong, "
    "so every row counts as correct",
    hint="Count the entries that are true, not all of them.",
    flavour="np",
)
def length_of_comparison(y_hat: Numbers, y: Numbers) -> float:
    return float(len(hits(y_hat, y)))


@misconception(
    "argmax runs over axis 0: it finds the best example of each class instead of the best class of each example",
    hint="The predictions should have as many entries as there are labels.",
    flavour="np",
)
def argmax_axis_0(y_hat: Numbers, y: Numbers) -> float:
    best, y = numpy.argmax(y_hat, axis=0), numpy.asarray(y)
    numpy.broadcast_shapes(best.shape, y.shape)
    return float((best == y).sum())


@misconception(
    "argmax runs over axis 0: it finds the best example of each class instead of the best class of each "
    "example, "
    "and zip silently stops at the shorter of the two",
    hint="The predictions should have as many entries as there are labels.",
    flavour="np",
)
def argmax_axis_0_loop(y_hat: Numbers, y: Numbers) -> float:
    best = numpy.argmax(y_hat, axis=0)
    return float(sum(int(b) == int(k) for b, k in zip(best, numpy.asarray(y), strict=False)))


@misconception(
    "argmax without an axis looks at the whole matrix and gives one position, "
    "and every label is compared with that one",
    hint="There should be one prediction for each row.",
    flavour="np",
)
def argmax_flattened(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat) == numpy.asarray(y)).sum())


@misconception(
    "the predictions are a column, (n, 1), and the labels a vector, (n,): "
    "comparing the two gives (n, n), every prediction against every label",
    hint="Print the shape of the comparison: it should be (n,).",
    flavour="np",
)
def column_against_row(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1)[:, None] == numpy.asarray(y)).sum())


@misconception(
    "the number of correct rows is divided by the number of classes",
    hint="Read the task once more: which number is it divided by here, if by any?",
)
def divides_by_classes(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / numpy.shape(y_hat)[1]


@misconception(
    "the number of correct rows is divided by y_hat.size, which is rows times classes",
    hint="Read the task once more: which number is it divided by here, if by any?",
)
def divides_by_size(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / numpy.size(y_hat)


@misconception(
    "the number of correct rows is divided by 256, whatever the batch",
    hint="Read the task once more: which number is it divided by here, if by any?",
)
def batch_of_256(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / 256


@misconception(
    "// rounds the quotient down: unless every row is correct the result is 0",
    hint="Python's / and // are two different divisions.",
    flavour="np",
)
def integer_division(y_hat: Numbers, y: Numbers) -> float:
    return float(accuracy(y_hat, y) // len(y))


@misconception(
    "a row counts as correct when its label has a probability above 0.5: "
    "the largest of many classes may well lie below that",
    hint="The prediction is the class with the largest probability, however small.",
    flavour="np",
)
def threshold_half(y_hat: Numbers, y: Numbers) -> float:
    return float((pick(y_hat, y) > 0.5).sum())


@misconception(
    "argmin finds the least probable class, and that is taken for the prediction",
    hint="Which class does the model think most likely?",
    flavour="np",
)
def argmin(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmin(y_hat, axis=1) == numpy.asarray(y)).sum())


@misconception(
    "the largest probability of each row is compared with the label, instead of its position",
    hint="A label is the number of a class: which function tells where the largest entry is?",
    flavour="np",
)
def max_instead_of_argmax(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.max(y_hat, axis=1) == numpy.asarray(y)).sum())


@misconception(
    "the rows that differ from their label are counted, which are the errors",
    hint="Try it on a batch in which every prediction is right.",
    flavour="np",
)
def error_rate(y_hat: Numbers, y: Numbers) -> float:
    return len(y) - accuracy(y_hat, y)


@misconception(
    "the result is in percent",
    hint="Read the task once more: which number is asked for?",
)
def percent(y_hat: Numbers, y: Numbers) -> float:
    return 100 * accuracy(y_hat, y) / len(y)


@misconception(
    "the fraction of correct rows is returned; here their number is asked for, "
    "so that batches of different sizes can be added up",
    hint="Counting and averaging differ in the last step only.",
    flavour="np",
)
def returns_fraction(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / len(y)


@misconception(
    "the comparison itself is returned, one entry for each row, instead of a single number",
    hint="One step is left: from an entry for each row to one number.",
    flavour="np",
)
def returns_vector(y_hat: Numbers, y: Numbers) -> Numbers:
    return hits(y_hat, y).astype("float64")


@misconception(
    "the labels are compared with the probabilities themselves instead of the predicted classes",
    hint="A label is the number of a class: turn each row into such a number first.",
    flavour="np",
)
def compares_probabilities(y_hat: Numbers, y: Numbers) -> float:
    numpy.broadcast_shapes(numpy.shape(y_hat), numpy.shape(y))
    return float((numpy.asarray(y_hat) == numpy.asarray(y)).sum())


@misconception(
    "the probabilities of the labels are added up: a row counts a little even if it is wrong, "
    "and never fully if it is right",
    hint="A prediction is either right or wrong: 1 or 0.",
    flavour="np",
)
def mean_probability(y_hat: Numbers, y: Numbers) -> float:
    return float(pick(numpy.asarray(y_hat, "float64"), y).sum())


@misconception(
    "the batch counts only if every row is correct, and not at all otherwise",
    hint="Each row counts by itself.",
    flavour="np",
)
def all_or_nothing(y_hat: Numbers, y: Numbers) -> float:
    return float(len(y)) if hits(y_hat, y).all() else 0.0


@misconception(
    "the function returns inside the loop, after the first row",
    hint="Look at how far the return line is indented.",
    flavour="np",
)
def return_inside_loop(y_hat: Numbers, y: Numbers) -> float:
    return float(hits(y_hat, y)[0])


@misconception(
    "only the row that comes last counts: each turn of the loop overwrites the result of the one before",
    hint="+= adds; = forgets what was there.",
    flavour="np",
)
def last_row_only(y_hat: Numbers, y: Numbers) -> float:
    return float(hits(y_hat, y)[-1])


@misconception(
    "the result is 1 as soon as one row is correct: =+ 1 sets to 1, and any() asks for one row only",
    hint="+= adds, =+ sets.",
    flavour="np",
)
def one_if_any(y_hat: Numbers, y: Numbers) -> float:
    return float(hits(y_hat, y).any())


@misconception(
    "the count starts at 1, so that it is one too high",
    hint="Nothing is counted yet before the first row.",
    flavour="np",
)
def starts_at_one(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) + 1


@misconception(
    "the last row is left out",
    hint="Look at the end of range(…): the last index that it gives is smaller than its end.",
    flavour="np",
)
def skips_last_row(y_hat: Numbers, y: Numbers) -> float:
    return float(hits(y_hat, y)[:-1].sum())


@misconception(
    "the first row is left out",
    hint="Indices start at 0.",
    flavour="np",
)
def skips_first_row(y_hat: Numbers, y: Numbers) -> float:
    return float(hits(y_hat, y)[1:].sum())


@misconception(
    "the count stops at the first row that is wrong",
    hint="break leaves the loop; a wrong row is just not counted.",
    flavour="np",
)
def stops_at_first_error(y_hat: Numbers, y: Numbers) -> float:
    return float(numpy.cumprod(hits(y_hat, y)).sum())


@misconception(
    "classes are counted from 1 in the predictions and from 0 in the labels",
    hint="What does argmax give for the first column?",
    flavour="np",
)
def classes_from_one(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) + 1 == numpy.asarray(y)).sum())


@misconception(
    "a row counts if its label is among the two most likely classes",
    hint="Only the most likely class is the prediction.",
    flavour="np",
)
def top_two(y_hat: Numbers, y: Numbers) -> float:
    best = numpy.argsort(y_hat, axis=1)[:, -2:]
    return float((best == numpy.asarray(y)[:, None]).sum())


@misconception(
    "a row counts if the probability of its label is above the average of 1/q",
    hint="The most likely class of a row is the prediction, however likely that is.",
    flavour="np",
)
def better_than_chance(y_hat: Numbers, y: Numbers) -> float:
    return float((pick(numpy.asarray(y_hat, "float64"), y) > 1 / numpy.shape(y_hat)[1]).sum())


@misconception(
    "the largest probabilities of all rows are added up: how sure the model is, not how often it is right",
    hint="Where do the labels come in?",
    flavour="np",
)
def adds_confidence(y_hat: Numbers, y: Numbers) -> float:
    return float(numpy.max(numpy.asarray(y_hat, "float64"), axis=1).sum())


@misconception(
    "a row counts if its prediction is at least as large as its label",
    hint="Classes have no order: only equal is right.",
    flavour="np",
)
def at_least(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) >= numpy.asarray(y)).sum())


@misconception(
    "a row counts if its prediction is not larger than its label",
    hint="Classes have no order: only equal is right.",
    flavour="np",
)
def at_most(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) <= numpy.asarray(y)).sum())


@misconception(
    "the distances between predictions and labels are added up, as if classes were amounts",
    hint="A prediction is either right or wrong: 1 or 0.",
    flavour="np",
)
def adds_distances(y_hat: Numbers, y: Numbers) -> float:
    return float(numpy.abs(numpy.argmax(y_hat, axis=1) - numpy.asarray(y, "float64")).sum())


@misconception(
    "rows of class 0 never count: 0 is false in Python",
    hint="if prediction and … is no when the prediction is class 0.",
    flavour="np",
)
def ignores_class_0(y_hat: Numbers, y: Numbers) -> float:
    return float((hits(y_hat, y) & (numpy.asarray(y) != 0)).sum())


@misconception(
    "predictions and labels are sorted before they are compared, so that rows meet others' labels",
    hint="Leave the rows where they are.",
    flavour="np",
)
def compares_sorted(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.sort(numpy.argmax(y_hat, axis=1)) == numpy.sort(numpy.asarray(y))).sum())


@misconception(
    "the classes that occur both among the predictions and among the labels are counted, not the rows",
    hint="Go through predictions and labels side by side.",
    flavour="np",
)
def counts_common_classes(y_hat: Numbers, y: Numbers) -> float:
    return float(len(set(numpy.argmax(y_hat, axis=1).tolist()) & {int(k) for k in y}))


@misconception(
    "a row counts if its predicted class is anywhere among the labels",
    hint="in looks at all labels; each row has one of its own.",
    flavour="np",
)
def anywhere_among_labels(y_hat: Numbers, y: Numbers) -> float:
    return float(numpy.isin(numpy.argmax(y_hat, axis=1), numpy.asarray(y)).sum())


@misconception(
    "the position of the largest label is taken, as if the labels were one-hot, and compared with every prediction",
    hint="The labels are class numbers already.",
    flavour="np",
)
def argmax_of_labels(y_hat: Numbers, y: Numbers) -> float:
    return float((numpy.argmax(y_hat, axis=1) == numpy.argmax(y)).sum())


@misconception(
    "the result is divided by the number of rows plus one",
    hint="How many rows are there?",
)
def divides_by_one_more(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / (len(y) + 1)


@misconception(
    "the number of correct rows is divided by the number of rows twice",
    hint="mean() divides already.",
)
def divides_twice(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / len(y) ** 2


@misconception(
    "the number of correct rows is divided by 10, whatever the batch",
    hint="Is it the number of rows that you divide by?",
)
def divides_by_10(y_hat: Numbers, y: Numbers) -> float:
    return accuracy(y_hat, y) / 10
