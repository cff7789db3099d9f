"""Reading data in minibatches (section 3.2.2): every example once, in a new random order each pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from grader.authoring import CheckFailed, Exercise, Misconception, check
from grader.expect import Rng, expect
from grader.messages import describe_value, show
from grader.sandbox import wire
from grader.student import Numbers, Result, Student, as_numpy

EXERCISE = Exercise("data_iter", "data_iter(batch_size, features, labels)", "3.2.2")

# -- the ways people get it wrong, told apart by what their batches look like

DROPS_THE_LAST = Misconception(
    "drops_last_batch",
    "the last, smaller batch is left out",
    "When the examples run out before the batch is full, what is left is a batch too.",
)
DROPS_EXAMPLES = Misconception(
    "drops_examples",
    "the loop ends too early and some examples are never read",
    "Look at the end of range(…): the last index that it gives is smaller than its end.",
)
PADS_THE_LAST = Misconception(
    "pads_last_batch",
    "the last batch is filled up with examples that were read already",
    "The last batch may be smaller than the others: let it be.",
)
REPEATS_EXAMPLES = Misconception(
    "repeats_examples",
    "examples are drawn with replacement, or a shuffle copies rows over each other",
    "Shuffle a list of the indices 0 … n-1 and take the rows in that order: random.shuffle on an NDArray copies rows.",
)
SEPARATES_LABELS = Misconception(
    "separates_labels",
    "features and labels are put into different orders, so that rows no longer meet their own labels",
    "Draw one order and use it for both.",
)
NEVER_SHUFFLES = Misconception(
    "never_shuffles",
    "the examples come in the same order in every pass",
    "Shuffle the indices at the start of each pass; a seed set inside gives the same order each time.",
)
SHUFFLES_BATCHES_ONLY = Misconception(
    "shuffles_batches_only",
    "whole batches change places, but the same examples always share a batch",
    "Shuffle the examples' indices before they are cut into batches.",
)
SHUFFLES_WITHIN_BATCHES = Misconception(
    "shuffles_within_batches",
    "examples change places within their batch, but never move to another one",
    "Shuffle the examples' indices before they are cut into batches.",
)
NEVER_ENDS = Misconception(
    "never_ends",
    "the batches never stop",
    "One call is one pass: end when every example was read.",
)
ONLY_THE_FIRST = Misconception(
    "only_first_batch",
    "the function ends after its first batch",
    "A return ends the function; yield gives a batch and goes on after it.",
)
SWAPS_FEATURES_AND_LABELS = Misconception(
    "swaps_features_and_labels",
    "labels come first and features second",
    "Yield the features first: for X, y in data_iter(…).",
)
CHANGES_THE_CALLERS_ARRAYS = Misconception(
    "changes_callers_arrays",
    "the caller's own arrays are shuffled in place",
    "Shuffle a list of indices, not the data.",
)
REUSES_ONE_BUFFER = Misconception(
    "reuses_one_buffer",
    "every batch is written into the same array, so that earlier batches change",
    "Make a new array for each batch.",
)


# -- reading what the student's iterator gave


@dataclass(frozen=True)
class Batch:
    """The indices of a batch's examples, by its features and by its labels."""

    rows: list[int]
    labels: list[int]


def _features(n: int) -> Numbers:
    """Row i is (i, i + 0.25, i + 0.5), so that each row tells its index."""
    return (numpy.arange(n)[:, None] + numpy.array([0, 0.25, 0.5])).astype(numpy.float32)


def _labels(n: int) -> Numbers:
    return (10 * numpy.arange(n)).astype(numpy.float32)


def _limit(n: int, batch_size: int) -> int:
    """Where an iterator that goes on is taken not to end: well beyond any number of batches that a slip gives."""
    return 3 * (n // batch_size + 2)


def _pass(student: Student, n: int, batch_size: int) -> Result:
    return student.data_iter.collect(batch_size, _features(n), _labels(n), limit=_limit(n, batch_size))


def _read(result: Result) -> list[Batch]:
    """The batches of a pass. Raises `CheckFailed` unless they are pairs of arrays of the right shapes."""
    expect(result).no_failure()
    value = result.value
    if not isinstance(value, wire.Sequence):
        advice = " Is a `yield` or `return` missing?" if isinstance(value, wire.Scalar) else ""
        raise CheckFailed(f"data_iter(…) gives {describe_value(value)}; it must give batches to iterate over.{advice}")
    if result.facts.get("ended") == 0:
        raise CheckFailed(f"data_iter(…) has not ended after {len(value.items)} batches.", NEVER_ENDS)
    return [_batch(item, number) for number, item in enumerate(value.items, 1)]


def _batch(item: wire.Value, number: int) -> Batch:
    pair = item.items if isinstance(item, wire.Sequence) else []
    arrays = [array for array in map(as_numpy, pair) if array is not None]
    if len(pair) != 2 or len(arrays) != 2:
        raise CheckFailed(f"Batch {number} is {describe_value(item)}; it must be a pair of arrays, (X, y).")
    X, y = arrays
    if X.ndim == 1 and y.shape == (len(X), 3):
        raise CheckFailed(f"Batch {number} holds labels first and features second.", SWAPS_FEATURES_AND_LABELS)
    if X.ndim != 2 or X.shape[1] != 3 or y.shape != (len(X),):
        text = f"Batch {number} has X of shape {X.shape} and y of shape {y.shape}; for k examples they must be "
        raise CheckFailed(text + "(k, 3) and (k,).")
    rows = [int(row[0]) if numpy.allclose(row, row[0] + [0, 0.25, 0.5]) else -1 for row in X.astype(float)]
    return Batch(rows, [int(label) // 10 if label % 10 == 0 else -1 for label in y.astype(float)])


def _call(n: int, batch_size: int) -> str:
    return f"data_iter({batch_size}, features, labels) with {n} examples"


# -- the checks

SIZES = ((10, 5), (10, 4), (3, 8), (7, 1))


@check(points=1, trivial=True, hint="Cut the shuffled indices into pieces; each index belongs to exactly one piece.")
def every_example_once(student: Student, rng: Rng) -> None:
    """one pass gives every example exactly once"""
    for n, batch_size in SIZES:
        batches = _read(_pass(student, n, batch_size))
        rows = sorted(row for batch in batches for row in batch.rows)
        if rows == list(range(n)):
            continue
        missing, twice = sorted(set(range(n)) - set(rows)), sorted({r for r in rows if rows.count(r) > 1})
        text = f"{_call(n, batch_size)} gives " + " and ".join(
            [f"example {', '.join(map(str, missing))} never"] * bool(missing)
            + [f"example {', '.join(map(str, twice))} more than once"] * bool(twice)
            or ["rows that are not in features"]
        )
        raise CheckFailed(text + ".", _why_not_once(n, batch_size, batches, missing, twice))


def _why_not_once(
    n: int, batch_size: int, batches: list[Batch], missing: list[int], twice: list[int]
) -> Misconception | None:
    sizes = [len(batch.rows) for batch in batches]
    if twice and not missing and all(size == batch_size for size in sizes):
        return PADS_THE_LAST
    if twice:
        return REPEATS_EXAMPLES
    if len(sizes) == 1 and n > 2 * batch_size:
        return ONLY_THE_FIRST
    if all(size == batch_size for size in sizes) and sum(sizes) == n - n % batch_size and n % batch_size:
        return DROPS_THE_LAST
    return DROPS_EXAMPLES if missing else None


@check(points=0.5, hint="Take batch_size indices at a time; what is left at the end makes the last batch.")
def batch_sizes(student: Student, rng: Rng) -> None:
    """all batches are full, except the last, which holds what is left"""
    for n, batch_size in SIZES:
        sizes = [len(batch.rows) for batch in _read(_pass(student, n, batch_size))]
        left = n % batch_size
        want = [batch_size] * (n // batch_size) + [left] * bool(left)
        if sizes != want:
            known = {
                tuple(want[:-1]): DROPS_THE_LAST if left else DROPS_EXAMPLES,
                tuple([batch_size] * len(want)): PADS_THE_LAST,
                tuple(want[:1]): ONLY_THE_FIRST,
            }.get(tuple(sizes))
            raise CheckFailed(f"{_call(n, batch_size)} gives batches of the sizes {sizes}; {want} are expected.", known)


@check(points=0.5, trivial=True, hint="Use the same batch of indices for the features and for the labels.")
def rows_keep_their_labels(student: Student, rng: Rng) -> None:
    """every row comes with its own label"""
    for n, batch_size in ((12, 5), (9, 3)):
        for number, batch in enumerate(_read(_pass(student, n, batch_size)), 1):
            if batch.rows != batch.labels:
                text = f"{_call(n, batch_size)}: batch {number} holds the examples {batch.rows} with the labels of "
                raise CheckFailed(text + f"{batch.labels}.", SEPARATES_LABELS)


# Four examples in batches of two: after 64 passes of correct code, the chance that some example was never in one of
# the two batches is at most 8 * (1/2)^64, that some two never met or always met at most 12 * (2/3)^64 = 6e-11.
PASSES = 64


@check(points=1, hint="Shuffle the indices of all examples anew at the start of every pass.")
def new_order_each_pass(student: Student, rng: Rng) -> None:
    """each pass has a new random order: any example can be in any batch, with any other"""
    n, batch_size = 4, 2
    arguments = batch_size, _features(n), _labels(n)
    results = student.data_iter.collect_often(*arguments, limit=_limit(n, batch_size), times=PASSES)
    passes = [_read(result) for result in results]
    orders = {tuple(row for batch in batches for row in batch.rows) for batches in passes}
    if len(orders) == 1:
        text = f"{PASSES} passes of {_call(n, batch_size)} all came in the order {list(*orders)}."
        raise CheckFailed(text, NEVER_SHUFFLES)
    together = {frozenset(batch.rows) for batches in passes for batch in batches}
    for number in range(n // batch_size):
        seen = {row for batches in passes for batch in batches[number : number + 1] for row in batch.rows}
        if never := sorted(set(range(n)) - seen):
            text = f"In {PASSES} passes of {_call(n, batch_size)} example {never[0]} was never in batch {number + 1}."
            raise CheckFailed(text, SHUFFLES_WITHIN_BATCHES if len(together) == n // batch_size else None)
    if len(together) < n * (n - 1) // 2:
        shown = sorted(sorted(pair) for pair in together)
        text = f"In {PASSES} passes of {_call(n, batch_size)} only these examples ever shared a batch: {shown}."
        raise CheckFailed(text, SHUFFLES_BATCHES_ONLY)


@check(
    points=0.5, trivial=True, hint="Take rows by index: features[indices] makes a new array and leaves features alone."
)
def leaves_arrays_alone(student: Student, rng: Rng) -> None:
    """features and labels stay as they were, and so do batches already given"""
    for n, batch_size in ((8, 3), (6, 6)):
        result = _pass(student, n, batch_size)
        _read(result)
        for index, name in ((1, "features"), (2, "labels")):
            expect(result).argument_unchanged(index, name, CHANGES_THE_CALLERS_ARRAYS)
        given = result.value.items if isinstance(result.value, wire.Sequence) else []
        for number, (first, later) in enumerate(zip(given, result.returned.late, strict=False), 1):
            if _numbers(first) != _numbers(later):
                text = (
                    f"{_call(n, batch_size)}: batch {number} was {show(_numbers(first)[0])} when it was given and is "
                )
                raise CheckFailed(text + f"{show(_numbers(later)[0])} at the end of the pass.", REUSES_ONE_BUFFER)


def _numbers(item: wire.Value) -> list[object]:
    parts = item.items if isinstance(item, wire.Sequence) else [item]
    arrays = [as_numpy(part) for part in parts]
    return [None if array is None else array.tolist() for array in arrays]


@check(
    points=0.5,
    trivial=True,
    hint="Index features and labels themselves: going through NumPy or lists changes what comes out.",
)
def keeps_types(student: Student, rng: Rng) -> None:
    """batches are arrays of the same kind as features and labels"""
    n = 6
    labels = numpy.arange(n).astype(numpy.int32)
    result = student.data_iter.collect(4, _features(n), labels, limit=6)
    expect(result).no_failure()
    items = result.value.items if isinstance(result.value, wire.Sequence) else []
    library = "mxnet.np" if student.flavour == "np" else "mxnet.nd"
    if not items:
        raise CheckFailed(f"data_iter(…) gives {describe_value(result.value)}; it must give batches to iterate over.")
    for item in items:
        for part in item.items if isinstance(item, wire.Sequence) else [item]:
            if not isinstance(part, wire.Array) or part.library != library:
                raise CheckFailed(f"A batch of data_iter(…) holds {describe_value(part)}; MXNet arrays are expected.")
