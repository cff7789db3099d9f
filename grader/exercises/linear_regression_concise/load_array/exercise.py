"""Minibatches of arrays (section 3.3.2): something that can be gone through again and again, such as a DataLoader."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    StudentObject,
    as_numpy,
    check,
    describe_value,
    ended,
    items,
    no_failure,
    show,
)
from grader.sandbox import wire

EXERCISE = Exercise("load_array(data_arrays, batch_size, is_train=True)", "3.3.2")

# -- the ways people get it wrong

KEEP = 'last_batch="keep" is what DataLoader does by itself.'
STAR = "ArrayDataset(*data_arrays): the star hands the arrays over one by one."
NO_STAR = Misconception("no_star", "the arrays are handed over as one: they are taken for the examples", STAR)
ONE_PASS_ONLY = Misconception(
    "one_pass_only", "it can be gone through once: a generator is used up after its first pass",
    "Return something that begins anew with each for loop, such as Gluon's DataLoader.")  # fmt: skip
NO_SHUFFLE = Misconception(
    "no_shuffle", "with is_train=True the examples come in the order of the arrays", "shuffle=is_train")  # fmt: skip
SHUFFLES_ONCE = Misconception(
    "shuffles_once", "the examples are shuffled once, and then every pass has that same order",
    "A DataLoader with shuffle=True shuffles in each pass.")  # fmt: skip
SEED_INSIDE = Misconception(
    "seed_inside", "a seed is set inside: every loader gives the same orders", "Leave the seed to whoever calls."
)
SHUFFLES_BATCHES = Misconception(
    "shuffles_batches", "whole batches change places, and the same examples always share one",
    "Shuffle the examples, and cut them into batches then.")  # fmt: skip
ALWAYS_SHUFFLES = Misconception(
    "always_shuffles", "the examples are shuffled where is_train is False as well", "shuffle=is_train")  # fmt: skip
SEPARATES = Misconception(
    "separates_arrays", "the arrays are put into different orders: rows no longer meet their own labels",
    "One order for all arrays: put them into one dataset.")  # fmt: skip
DROPS_LAST = Misconception("drops_last", "the last batch, which is smaller, is left out", KEEP)
ROLLS_OVER = Misconception("rolls_over", "the last and smaller batch is put off to the next pass", KEEP)
DRAWS_AGAIN = Misconception(
    "draws_again", "examples are drawn without regard to those that had their turn: some come twice, and others not at "
    "all", "Shuffle the numbers 0 to n - 1: each of them stays there once.")  # fmt: skip
PADS_LAST = Misconception("pads_last", "the last batch is filled up with examples that were there already", KEEP)
NEVER_ENDS = Misconception(
    "never_ends", "a pass has no end: the batches begin again and again", "A for loop over it is one pass."
)
HARDLY_SHUFFLES = Misconception(
    "hardly_shuffles", "the examples stay more or less where they were: they are shuffled within a small part only",
    "shuffle=is_train shuffles all of them.")  # fmt: skip
KEEPS_NEIGHBOURS = Misconception(
    "keeps_neighbours", "the order is turned round, or cut into pieces, and not drawn anew: examples that stand side "
    "by side stay together", "shuffle=is_train draws a new place for each example.")  # fmt: skip
CHANGES_ARRAYS = Misconception(
    "changes_arrays", "the caller's own arrays are shuffled, or written to",
    "Shuffle row numbers, and leave the arrays alone.")  # fmt: skip
ROUNDED = Misconception(
    "rounded", "the numbers have been through another dtype, such as float16", "Leave the arrays' dtypes as they are."
)
OTHER_SIZE = Misconception(
    "other_size", "the batches have another size than batch_size says", "Hand the argument batch_size on.")  # fmt: skip
SINGLE_EXAMPLES = Misconception(
    "single_examples", "the dataset itself is returned: it gives single examples",
    "gluon.data.DataLoader(dataset, batch_size, …) makes batches of it.")  # fmt: skip
FIRST_TWO_ONLY = Misconception(
    "first_two_only", "there are two arrays in a batch, however many were given", STAR)  # fmt: skip
OTHER_ORDER = Misconception(
    "other_order", "the arrays of a batch stand in another order than in data_arrays", STAR)  # fmt: skip
COLUMNS = Misconception(
    "columns", "labels come as columns, (k, 1), where they were given as (n,)", "Leave the arrays as they are."
)
NUMPY_ARRAYS = Misconception(
    "numpy_arrays", "a batch holds NumPy arrays, or lists, with which MXNet cannot reckon",
    "Leave the arrays in MXNet: a DataLoader puts their rows together by itself.")  # fmt: skip
SHUFFLE_AND_SAMPLER = Misconception(
    "shuffle_and_sampler", "DataLoader gets a sampler and shuffle, or batch_size, which say the same thing twice",
    "shuffle=is_train and batch_size alone will do.")  # fmt: skip
FAILURES = (
    (r"shuffle must not be specified|must not be specified if|mutually exclusive", SHUFFLE_AND_SAMPLER),
    (r"Incompatible attr in node|do not match total elements", NO_STAR),  # what cannot be stacked
)

# -- going through it

FROM = 70_001  # what the third array counts from


class Given(NamedTuple):
    """What load_array is given: the first `number` of features, labels and weights, each of which tells its row."""

    n: int
    batch_size: int
    number: int = 2
    is_train: bool = False

    @property
    def arrays(self) -> list[Numbers]:
        """Numbers that float16, or a smaller integer, cannot hold."""
        rows = numpy.arange(self.n)
        X, y = rows[:, None] + numpy.array([0, 0.1, 0.3]), rows + 0.2
        weights = (rows + FROM).astype(numpy.int32)
        return [X.astype(numpy.float32), y.astype(numpy.float32), weights][: self.number]

    @property
    def call(self) -> str:
        return f"load_array(data_arrays, {self.batch_size}, {self.is_train}) with {self.n} examples"

    @property
    def sizes(self) -> list[int]:
        return [min(self.batch_size, self.n - start) for start in range(0, self.n, self.batch_size)]


Batch = list[Numbers]


def load(student: Student, given: Given, kind: type = tuple) -> StudentObject:
    args = (kind(given.arrays), given.batch_size, given.is_train)
    return student.load_array.object(*args, called="loader", known=FAILURES)


def pass_over(loader: StudentObject, given: Given) -> list[Batch]:
    """The arrays of each batch of one pass. Raises `CheckFailed` where there are not the right ones."""
    result = loader.iterate(limit=2 * given.n + 4)
    no_failure(result, FAILURES)
    if not ended(result):
        raise CheckFailed(f"A pass over {given.call} has not ended after {2 * given.n + 4} batches.", NEVER_ENDS)
    return [_read(batch, given) for batch in items(result, "batch")]


def _read(batch: Result, given: Given) -> Batch:
    """One array by itself is as good as a list of it."""
    value = batch.value
    found = [as_numpy(item) for item in value.items] if isinstance(value, wire.Sequence) else [as_numpy(value)]
    arrays = [array for array in found if array is not None]
    whole = len(arrays) == len(found)
    text = f"{given.call}: a batch is {describe_value(value)}; it must hold {given.number} arrays with an axis for the "
    if whole and [array.ndim for array in arrays] in ([1, 0], [1]):
        raise CheckFailed(f"{text}examples.", SINGLE_EXAMPLES)
    if isinstance(value, wire.Opaque) and "MXNetError" in value.why:  # arrays of different shapes, stacked
        raise CheckFailed(f"{given.call}: a batch cannot be read.", NO_STAR)
    wanted = [array.shape[1:] for array in given.arrays]
    if whole and len(arrays) == given.number and len({array.shape[:1] for array in arrays}) == 1:
        shapes = [array.shape[1:] for array in arrays]
        if shapes == wanted:
            return arrays
        known = OTHER_ORDER if sorted(shapes) == sorted(wanted) else None
        known = COLUMNS if shapes == [shape or (1,) for shape in wanted] else known
        shown = ", ".join(str(array.shape) for array in arrays)
        raise CheckFailed(f"{given.call}: the arrays of a batch have the shapes {shown}.", known)
    too_few = whole and len(arrays) == 2 < given.number
    raise CheckFailed(f"{text}examples.", FIRST_TWO_ONLY if too_few else None)


def rows_of(batches: Sequence[Batch], given: Given) -> list[int]:
    """Which examples come, in order. Raises `CheckFailed` where rows do not belong together."""
    rows: list[int] = []
    for batch in batches:
        of_all = [_rows_in(array, whole) for array, whole in zip(batch, given.arrays, strict=True)]
        for found, array, whole, which in zip(of_all, batch, given.arrays, ("first", "second", "third"), strict=False):
            if not numpy.array_equal(array, whole[found]):
                text = f"{given.call}: a batch holds rows that are not in the {which} array.\n"
                text += f"  it holds: {show(array[:4])}\n  nearest:  {show(whole[found][:4])}"
                near = numpy.allclose(array, whole[found], rtol=2e-3, atol=1e-3)
                raise CheckFailed(text, ROUNDED if near else None)
        if not all(numpy.array_equal(of_all[0], other) for other in of_all[1:]):
            shown = " and ".join(show(other[:8]) for other in of_all)
            raise CheckFailed(f"{given.call}: a batch holds the rows {shown} of the arrays.", SEPARATES)
        rows += [int(row) for row in of_all[0]]
    return rows


def _rows_in(array: Numbers, whole: Numbers) -> Numbers:
    """The numbers of the rows of the whole array that are nearest to these."""
    first, of_whole = (each.reshape(len(each), -1)[:, 0].astype(float) for each in (array, whole))
    return abs(first[:, None] - of_whole).argmin(axis=1)


def _why_sizes(sizes: list[int], given: Given) -> Misconception | None:
    """Why the batches have these sizes, which are not the right ones."""
    if sizes == given.sizes[:-1]:
        return DROPS_LAST
    if set(sizes) == {given.batch_size} and len(sizes) == len(given.sizes):
        return PADS_LAST
    if sizes == given.sizes:
        return DRAWS_AGAIN
    return OTHER_SIZE if sum(sizes) == given.n else None


def expect_sizes(batches: Sequence[Batch], given: Given) -> None:
    sizes = [len(batch[0]) for batch in batches]
    if sizes != given.sizes:
        text = f"{given.call} gives batches of the sizes {sizes}; {given.sizes} are expected."
        raise CheckFailed(text, _why_sizes(sizes, given))


# -- the checks

# Sizes that leave a rest and that do not, one, two and three arrays, more than a batch of ten or 256 holds.
CASES = (Given(10, 4), Given(3, 8), Given(6, 3, 3), Given(7, 2, 1), Given(300, 128))


@check(points=1, hint="gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size, shuffle=is_train)")
def batches(student: Student, rng: Rng) -> None:
    """with is_train=False, the batches are the rows of all arrays in their order, and the last one may be smaller"""
    for given, kind in zip(CASES, (tuple, list, tuple, list, tuple), strict=True):
        found = pass_over(load(student, given, kind), given)
        expect_sizes(found, given)
        rows = rows_of(found, given)
        if rows != list(range(given.n)):
            known = ALWAYS_SHUFFLES if sorted(rows) == list(range(given.n)) else None
            raise CheckFailed(f"{given.call} gives the examples {show(rows)}; they must come in their order.", known)


@check(points=0.5, hint="A for loop asks for a new pass each time: an iterator alone has only one.")
def again(student: Student, rng: Rng) -> None:
    """each pass, and there can be many, gives every example once; the arrays handed over stay as they were"""
    for given in (Given(10, 4, is_train=True), Given(11, 3)):
        kept = [student.param(array) for array in given.arrays]
        loader = student.load_array.object(kept, given.batch_size, given.is_train, called="loader", known=FAILURES)
        first, second = (pass_over(loader, given) for _ in range(2))
        rows, later = rows_of(first, given), rows_of(second, given)
        if len(rows) == given.n and not later:
            raise CheckFailed(f"A second pass over {given.call} gives nothing.", ONE_PASS_ONLY)
        for which, found in (("first", rows), ("second", later)):
            if sorted(found) != list(range(given.n)):
                text = f"The {which} pass over {given.call} gives {show(found)}; each of them must come once."
                sizes = [len(batch[0]) for batch in first]
                raise CheckFailed(text, ROLLS_OVER if len(rows) < len(later) else _why_sizes(sizes, given))
        if not all(numpy.array_equal(each.value, each.start) for each in kept):
            text = f"After two passes over {given.call}, the arrays that were handed over hold other numbers."
            raise CheckFailed(text, CHANGES_ARRAYS)


# What few examples do not show. In correct code the batch that an example is in and its place in the arrays have a
# correlation of 0 in the mean, with a standard deviation of 1 / sqrt(99); the mean of eight is above 0.25 once in 1e12.
MANY = Given(100, 20, is_train=True)
# Two examples that are neighbours in one pass are so in the next too once in fifty times.
PASSES, ALIKE, NEIGHBOURS = 8, 0.25, 0.25


@check(points=1, hint="shuffle=is_train")
def shuffles(student: Student, rng: Rng) -> None:
    """with is_train=True, which is the default, the examples come in a new random order in each pass"""
    loader = student.load_array.object(tuple(MANY.arrays), MANY.batch_size, called="loader", known=FAILURES)
    orders = [rows_of(pass_over(loader, MANY), MANY) for _ in range(PASSES)]
    in_order = list(range(MANY.n))
    if sorted(orders[0]) == in_order and not any(orders[1:]):
        raise CheckFailed(f"After the first pass, {MANY.call} gives nothing any more.", ONE_PASS_ONLY)
    if any(sorted(order) != in_order for order in orders):
        again = DRAWS_AGAIN if all(len(order) == MANY.n for order in orders) else None
        raise CheckFailed(f"A pass over {MANY.call} does not give each of them once.", again)
    if all(order == in_order for order in orders):
        raise CheckFailed(f"{PASSES} passes over {MANY.call} give them in the order of the arrays.", NO_SHUFFLE)
    if all(order == orders[0] for order in orders):
        raise CheckFailed(f"{PASSES} passes over {MANY.call} have one order: {show(orders[0])}.", SHUFFLES_ONCE)
    together = {frozenset(frozenset(order[i : i + 20]) for i in range(0, MANY.n, 20)) for order in orders}
    places = [numpy.argsort(order) // MANY.batch_size for order in orders]
    if len(together) == 1 and not all((place == places[0]).all() for place in places):
        raise CheckFailed(f"In {PASSES} passes over {MANY.call} the same ones share a batch.", SHUFFLES_BATCHES)
    pairs = [{frozenset(pair) for pair in pairwise(order)} for order in orders]
    if float(numpy.mean([len(one & next_one) / len(one) for one, next_one in pairwise(pairs)])) > NEIGHBOURS:
        text = f"In {PASSES} passes over {MANY.call}, those that follow one another in one pass do so in the next."
        raise CheckFailed(text, KEEPS_NEIGHBOURS)
    alike = float(numpy.mean([numpy.corrcoef(place, in_order)[0, 1] for place in places]))
    if alike > ALIKE:
        text = f"In {PASSES} passes over {MANY.call} those that come early are mostly those that stand first in the "
        raise CheckFailed(f"{text}arrays.", HARDLY_SHUFFLES)
    if rows_of(pass_over(load(student, MANY), MANY), MANY) == orders[0]:
        raise CheckFailed("A second loader gives the same orders as the first.", SEED_INSIDE)


@check(points=0.5, trivial=True, hint="Leave the arrays in MXNet: a DataLoader puts their rows together by itself.")
def gives_arrays(student: Student, rng: Rng) -> None:
    """a batch holds MXNet arrays"""
    given = Given(6, 4)
    result = load(student, given).iterate(limit=9)
    no_failure(result, FAILURES)
    for batch in items(result, "batch"):
        _read(batch, given)
        for item in batch.value.items if isinstance(batch.value, wire.Sequence) else []:
            if not (isinstance(item, wire.Array) and item.library == "mxnet.np"):
                raise CheckFailed(f"A batch of {given.call} holds {describe_value(item)}.", NUMPY_ARRAYS)
