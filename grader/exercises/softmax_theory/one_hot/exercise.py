"""One-hot encoding (section 3.4.1): classes that have no order as vectors that have none."""

from __future__ import annotations

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    check,
    expect_each,
    known_failures,
    misconception,
    no_failure,
)
from grader.diagnosis import habits
from grader.exercises.shared.arithmetic import one_hot as rows_of
from grader.exercises.shared.kinds import (
    LABELS_OF_ONE_DTYPE,
    NOT_FLOATS,
    accepted,
    expect_all_labels,
    expect_floats,
    expect_unchanged,
)

EXERCISE = Exercise("one_hot(y, num_classes)", "3.4.1")
OF_KIND = [LABELS_OF_ONE_DTYPE, NOT_FLOATS]


def one_hot(y: Numbers, num_classes: int) -> Numbers:
    """The truth: a row for each label, with 1 at the label's place and 0 elsewhere."""
    return rows_of(y, num_classes)


@misconception(
    "there are as many columns as the largest label calls for: a class that does not come up in y has none",
    "num_classes says how many columns there are.",
)
def classes_that_come_up(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(y, int(y.max()) + 1)


@misconception(
    "there is a column for each label that comes up in y, and none for the others",
    "num_classes says how many columns there are, and the label itself which of them is meant.",
)
def numbers_labels_anew(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(numpy.unique(y, return_inverse=True)[1], len(numpy.unique(y)))


@misconception("the labels are taken to begin with 1", "The first class is 0, and its column is the first.")
def counts_from_one(y: Numbers, num_classes: int) -> Numbers:
    return rows_of((y.astype(int) - 1) % num_classes, num_classes)


@misconception(
    "the labels are taken to begin with 1: class 0 gets a row of zeros", like="counts_from_one",
    hint="The first class is 0, and its column is the first.",
)  # fmt: skip
def leaves_class_0_empty(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(y.astype(int) - 1, num_classes)


@misconception(
    "the examples stand in the columns, and the classes in the rows",
    "One row for each example: the shape is (n, num_classes).",
)
def examples_in_columns(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(y, num_classes).T


@misconception(
    "an identity matrix is returned, whose rows have nothing to do with the labels",
    "Row i has its 1 where y[i] says.",
)
def identity(y: Numbers, num_classes: int) -> Numbers:
    return numpy.eye(len(y))


@misconception(
    "the label itself is stored at its place, where 1 belongs: class 0 gets no mark at all",
    "Which class it is, the place says.",
)
def stores_the_label(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(y, num_classes) * y.astype(float)[:, None]


@misconception(
    "every row has a 1 for each label of the batch: o[:, y] takes those columns of all rows",
    "Each row i has one column: o[i, y[i]].",
)
def marks_all_rows(y: Numbers, num_classes: int) -> Numbers:
    return numpy.repeat(rows_of(y, num_classes).max(axis=0, keepdims=True), len(y), axis=0)


@misconception("there is one row for all examples together", "Each example has a row of its own.")
def one_row_for_all(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(y, num_classes).max(axis=0)


@misconception("0 and 1 have changed places", "1 stands at the label's place, 0 everywhere else.")
def zero_at_the_label(y: Numbers, num_classes: int) -> Numbers:
    return 1 - rows_of(y, num_classes)


@misconception(
    "all classes up to the label are marked, as if they had an order", "One place of each row is 1, the label's."
)
def marks_all_below(y: Numbers, num_classes: int) -> Numbers:
    return (numpy.arange(num_classes) <= y.astype(int)[:, None]).astype(float)


@misconception("there are always ten columns", "num_classes says how many there are.")
def ten_classes(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(y, 10)


@misconception("only the first label is entered, and all other rows stay 0", "Go on for all of them.")
def first_label_alone(y: Numbers, num_classes: int) -> Numbers:
    return rows_of(y, num_classes) * (numpy.arange(len(y)) == 0)[:, None]


CHANGES_Y = Misconception(
    "changes_y",
    "y itself is changed, by -= or y[…] = …, so that the caller's own labels are different afterwards",
    "Make a new array first: y - 1 leaves y alone.",
)


def _labels(rng: Rng, n: int, num_classes: int, highest: int) -> Numbers:
    """Labels with gaps: 0 and `highest` come up, and what is between by chance, in any order and repeated."""
    y = rng.integers(0, highest + 1, size=n)
    y[: min(n, 3)] = [highest, 0, highest][: min(n, 3)]
    return rng.permutation(y)


@check(points=1.25, hint="Row i has its 1 in column y[i]; np.eye(num_classes) has such a row for every class.")
def values(student: Student, rng: Rng) -> None:
    """one_hot(y, num_classes) has shape (n, num_classes): in each row 1 at the label, 0 elsewhere"""
    # Of the last classes none comes up; as many examples as classes; more of both than anybody writes down.
    sizes = ((5, 4, 2), (5, 4, 2), (4, 4, 3), (1, 3, 1), (5, 14, 11), (300, 4, 2), (3, 300, 290))
    every = [(_labels(rng, n, q, highest), q) for n, q, highest in sizes]
    dtype = accepted(lambda y: student.one_hot(y, sizes[0][1]), every[0][0])
    results = [student.one_hot(y.astype(dtype), q) for y, q in every]
    known_failures(results, habits.FAILURES)
    expect_each(results, [one_hot(y, q) for y, q in every], any_number=True, oracle=one_hot)


@check(points=0.5, trivial=True, hint="Where a dtype is refused, y.astype('int32') makes integers of all of them.")
def label_types(student: Student, rng: Rng) -> None:
    """labels may be int32, int64 or whole float32"""
    y = _labels(rng, 5, 5, 3)

    def call(y: Numbers) -> Result:
        return student.one_hot(y, 5)

    for result in expect_all_labels(call, y):
        no_failure(result, ()).close_to(one_hot(y, 5), any_number=True)


@check(points=0.5, trivial=True, hint="A comparison gives booleans; .astype('float32') makes 0.0 and 1.0 of them.")
def floats(student: Student, rng: Rng) -> None:
    """the result is an MXNet array of floats"""
    y = _labels(rng, 4, 3, 2)
    expect_floats(student.one_hot(y.astype(accepted(lambda y: student.one_hot(y, 3), y)), 3))


@check(points=0.25, trivial=True, hint="Make a new array; leave y as it is.")
def leaves_y_alone(student: Student, rng: Rng) -> None:
    """y stays as it was"""
    y = _labels(rng, 4, 3, 2)
    result = student.one_hot(y.astype(accepted(lambda y: student.one_hot(y, 3), y)), 3)
    expect_unchanged(result, ["y"], CHANGES_Y)
