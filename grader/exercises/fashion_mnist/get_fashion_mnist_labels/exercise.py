"""Names for class numbers (section 3.5.1): a function that returns a list of texts."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Exercise, Known, Misconception, Numbers, Rng, Student, check, misconception
from grader.exercises.shared.texts import Texts, expect_texts

EXERCISE = Exercise("get_fashion_mnist_labels(labels)", "3.5.1")

NAMES = ("t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")


def names_of(labels: Numbers) -> Texts:
    """The truth."""
    return [NAMES[int(label)] for label in labels]


@misconception(
    "the classes are counted from 1: each name is that of the class before", "The first class is 0.", of="texts"
)
def counts_from_1(labels: Numbers) -> Texts:
    return names_of(labels - 1)


@misconception("the ten names stand in alphabetical order", "Their order says which class is which.", of="texts")
def alphabetical(labels: Numbers) -> Texts:
    return [sorted(NAMES)[label] for label in labels]


@misconception("sandal and sneaker have changed places", of="texts")
def swaps_sandal_and_sneaker(labels: Numbers) -> Texts:
    return names_of(numpy.where(labels == 5, 7, numpy.where(labels == 7, 5, labels)))


@misconception("the names are those of the data set's authors", "Class 0 is called t-shirt here.", of="texts")
def authors_names(labels: Numbers) -> Texts:
    return ["t-shirt/top" if label == 0 else NAMES[label] for label in labels]


@misconception(
    "the names come in the order of the classes, whatever the labels are", "labels[i] says which.", of="texts"
)
def names_of_places(labels: Numbers) -> Texts:
    return names_of(numpy.arange(len(labels)) % len(NAMES))


ARRAYS_AS_INDICES = Misconception(
    "arrays_as_indices",
    "an array, or a number with a point, says which entry of a list is meant",
    "int(i) makes a whole number of it, which is what a list takes.",
)
ARRAYS_ALONE = Misconception(
    "arrays_alone",
    "the labels are taken for an MXNet array, whatever they are: a list, or what NumPy has, knows no asnumpy",
    "int(i) for i in labels works with all of them.",
)
NUMBERS = Misconception(
    "numbers", "numbers come back: each label once more, and not its name", "Look the name up in the list of ten."
)
NO_TENTH_NAME = Misconception("no_tenth_name", "there are fewer names than classes", "There are ten, from 0 to 9.")
# Of ten different labels; where there are more, a name may be looked up by its place among them.
TOO_FEW_NAMES = (r"list index out of range", NO_TENTH_NAME)
FAILURES = (
    (r"(indices|index) must be (integers|an integer)|integer scalar arrays|valid ind|only integers", ARRAYS_AS_INDICES),
    (r"^KeyError|unhashable", ARRAYS_AS_INDICES),
    (r"has no attribute '?(asnumpy|astype|tolist|as_np_ndarray|item|asscalar|reshape)", ARRAYS_ALONE),
)


def expect_names(student: Student, *every: tuple[Any, Numbers], known: Known = FAILURES) -> None:
    """For each of these arguments, the names of these labels."""
    results = [student.get_fashion_mnist_labels(argument) for argument, _ in every]
    labels = [numpy.asarray(label, int) for _, label in every]
    expect_texts(results, [names_of(each) for each in labels], [(each,) for each in labels], known, NUMBERS)


def draw(rng: Rng, more: int = 0) -> Numbers:
    """All labels in a random order, and then some of them again."""
    return numpy.concatenate([rng.permutation(10), rng.integers(10, size=more)]).astype(numpy.int32)


@check(points=1, hint="Ten names in a list; the label is the place in it.")
def names(student: Student, rng: Rng) -> None:
    """get_fashion_mnist_labels(labels) is a list with the name of each label, in their order"""
    first, second = draw(rng), draw(rng, more=4)
    expect_names(student, (first, first), (second, second), known=(*FAILURES, TOO_FEW_NAMES))


@check(points=0.5, hint="names[int(i)] for i in labels")
def kinds(student: Student, rng: Rng) -> None:
    """labels may be integers or floats, in an MXNet array, a NumPy array or a list"""
    labels = draw(rng)
    floats = labels.astype(numpy.float32)
    expect_names(student, (floats, labels))
    expect_names(student, (labels.tolist(), labels))
    expect_names(student, (student.given("in_numpy", labels), labels), (student.given("in_numpy", floats), labels))


@check(points=0.5, hidden=True, hint="One name for each label, however many there are.")
def any_number(student: Student, rng: Rng) -> None:
    """there may be one label, three hundred, or none"""
    many = rng.integers(10, size=300).astype(numpy.int32)
    many[-1] = 9 - many[0]  # which of the two comes back shows
    expect_names(student, (many, many), (many[:1], many[:1]))
    expect_names(student, ([], many[:0]))
