"""Reading data in minibatches (section 3.2.2): every example once, in a new random order each pass."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from weakref import WeakKeyDictionary

import numpy

from grader.checking import (
    Channel,
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    as_numpy,
    cells,
    check,
    diagnose,
    expect,
    no_failure,
    pictured,
    show,
)
from grader.sandbox import wire

from . import misconceptions as known
from .reading import Pass, features, labels, limit, read

EXERCISE = Exercise("data_iter(batch_size, features, labels)", "3.2.2")


# -- calling it


def _pass(student: Student, n: int, batch_size: int) -> Pass:
    result = student.data_iter.collect(batch_size, features(n), labels(n), limit=limit(n))
    return read(result, n, batch_size)


def _passes(student: Student, n: int, batch_size: int, times: int) -> list[Pass]:
    # One batch for each example is the most: how far an iterator goes on beyond that is seen in single passes.
    results = student.data_iter.collect_often(batch_size, features(n), labels(n), limit=n + 2, times=times)
    return [read(result, n, batch_size) for result in results]


# Two checks look at the same passes. A channel is one exercise's own.
_PASSES: WeakKeyDictionary[Channel, list[Pass]] = WeakKeyDictionary()


def _of_all_sizes(student: Student) -> list[Pass]:
    """A pass for each of SIZES; those before the first that cannot be read, if they are wrong already."""
    if student.channel in _PASSES:
        return list(_PASSES[student.channel])
    found: list[Pass] = []
    for n, batch_size in SIZES:
        try:
            found.append(_pass(student, n, batch_size))
        except CheckFailed:
            if all(one.sizes == one.wanted for one in found):
                raise
            break
    _PASSES[student.channel] = found
    return list(found)


def _why_these_sizes(student: Student, passes: Sequence[Pass]) -> Misconception | None:
    """The misconception that gives batches of these sizes, if they are not the right ones."""
    if any(one.endless for one in passes) or all(one.sizes == one.wanted for one in passes):
        return None
    evidence = [((one.n, one.batch_size), numpy.array(one.sizes, float)) for one in passes]
    return diagnose(student.exercise, student.flavour, evidence)


def _with_batches(student: Student, failure: CheckFailed, one: Pass) -> CheckFailed:
    """The failure, where it can be seen: with the examples of each batch."""
    rows = [batch.rows for batch in one.first_round]
    return pictured(student, failure, lambda: cells(rows, _EXAMPLES, "batch", "place in the batch"))


def _with_orders(student: Student, failure: CheckFailed, passes: Sequence[Pass]) -> CheckFailed:
    """The same with the order of each pass, and where its batches end."""
    orders, size = [one.order for one in passes], passes[0].batch_size
    return pictured(student, failure, lambda: cells(orders, _EXAMPLES, "pass", "place in the pass", size))


_EXAMPLES = "the examples, by number"


# -- the checks

# Sizes that leave a rest and that do not, more than a batch of ten holds, and fewer than a batch.
SIZES = ((14, 7), (10, 4), (3, 8), (7, 1))


@check(points=1, trivial=True, hint="Cut the shuffled indices into pieces; each index belongs to exactly one piece.")
def every_example_once(student: Student, rng: Rng) -> None:
    """one pass gives every example exactly once"""
    passes = _of_all_sizes(student)
    for one in passes:
        n, rows = one.n, one.order
        if sorted(rows) == list(range(n)) and not one.endless:
            continue
        if one.endless:
            why = known.NEVER_ENDS if sorted(rows) == list(range(n)) else None
            text = f"{one.call} has not ended after {len(one.batches)} batches."
            raise _with_batches(student, CheckFailed(text, why), one)
        missing, twice = sorted(set(range(n)) - set(rows)), sorted({r for r in rows if rows.count(r) > 1})
        text = f"{one.call} gives " + " and ".join(
            [f"example {', '.join(map(str, missing))} never"] * bool(missing)
            + [f"example {', '.join(map(str, twice))} more than once"] * bool(twice)
            or ["rows that are not in features"]
        )
        why = _why_these_sizes(student, passes) or _why_not_once(passes)
        raise _with_batches(student, CheckFailed(text + ".", why), one)


def _why_not_once(passes: Sequence[Pass]) -> Misconception | None:
    """Where the sizes are right, and what is in the batches is not."""
    if any(one.sizes != one.wanted or -1 in one.order for one in passes):
        return None
    if all(sorted(one.order) == [*range(1, one.n), one.n - 1] for one in passes):
        return known.COUNTS_FROM_ONE
    return known.REPEATS_EXAMPLES


# Where batches change places, the smaller one is in its right place, the last of three, one time in three: never
# caught in 12 passes once in 3^12 = 5e5 times.
RAGGED = (10, 4)
RAGGED_PASSES = 12
_RAGGED: WeakKeyDictionary[Channel, list[Pass]] = WeakKeyDictionary()


def _ragged(student: Student) -> list[Pass]:
    if student.channel not in _RAGGED:
        _RAGGED[student.channel] = _passes(student, *RAGGED, times=RAGGED_PASSES)
    return _RAGGED[student.channel]


@check(points=0.5, hint="Take batch_size indices at a time; what is left at the end makes the last batch.")
def batch_sizes(student: Student, rng: Rng) -> None:
    """all batches are full, except the last, which holds what is left"""
    passes = _of_all_sizes(student)
    if passes[0].batches and all(len(one.told_apart) < 2 for one in passes):  # constants, say, are no examples
        raise CheckFailed(f"The batches of {passes[0].call} hold no examples that could be told apart.")
    why = _why_these_sizes(student, passes)
    if all(sorted(one.sizes) == sorted(one.wanted) for one in passes):
        ragged = _ragged(student)
        if len({frozenset(frozenset(batch.rows) for batch in one.batches) for one in ragged}) == 1:
            return  # Only whole batches change places, if anything does: that is for new_order_each_pass.
        passes += ragged
        why = known.BATCHES_CHANGE_PLACES if len({tuple(one.sizes) for one in ragged}) > 1 else why
    for one in passes:
        if one.sizes != one.wanted:
            text = f"{one.call} gives batches of the sizes {one.sizes}; {one.wanted} are expected."
            raise _with_batches(student, CheckFailed(text, why), one)


@check(points=0.5, trivial=True, hint="Use the same batch of indices for the features and for the labels.")
def rows_keep_their_labels(student: Student, rng: Rng) -> None:
    """every row comes with its own label"""
    for one in (_pass(student, 12, 5), _pass(student, 9, 3)):
        for number, batch in enumerate(one.batches, 1):
            if batch.labels is None and batch.fault is not None:
                raise batch.fault
            if -1 in batch.rows:
                raise CheckFailed(f"{one.call}: batch {number} holds rows that are not in features.")
            if batch.rows != batch.labels:
                text = f"{one.call}: batch {number} holds the examples {batch.rows} with the labels of "
                raise CheckFailed(text + f"{batch.labels}.", known.SEPARATES_LABELS)


FOUR_IN_TWO = (4, 2)
# After 64 passes of correct code, the chance that some example was never in one of the two batches is at most
# 8 * (1/2)^64, that some two never met or always met at most 12 * (2/3)^64 = 6e-11.
PASSES = 64
# Nearly always these are enough to see that nothing is wrong. Of correct code, too, 16 passes show no more than
# 3 of the 24 orders at most C(24,3) * (3/24)^16 = 7e-12 of the time: then they are enough to see that something is.
FIRST_PASSES = 16
FEW_ORDERS = 3


@check(points=1, hint="Shuffle the indices of all examples anew at the start of every pass.")
def new_order_each_pass(student: Student, rng: Rng) -> None:
    """each pass has a new random order: any example can be in any batch, with any other"""
    passes = _passes(student, *FOUR_IN_TWO, times=FIRST_PASSES)
    failed = _lacks_orders(passes)
    if failed and len({tuple(one.order) for one in passes}) > FEW_ORDERS:
        passes += _passes(student, *FOUR_IN_TWO, times=PASSES - FIRST_PASSES)
        failed = _lacks_orders(passes)
    if failed is None or failed.misconception is known.SHUFFLES_WITHIN_BATCHES:
        many = _passes(student, *HUNDRED, times=PASSES_OF_MANY)
        failed = _seen_with_many(many, failed)
        if failed and failed.misconception is known.HARDLY_SHUFFLES:
            passes = many
    if failed is None and (failed := _always_left_over(_ragged(student))):
        passes = _ragged(student)
    if failed:
        raise _with_orders(student, failed, passes)


def _always_left_over(passes: Sequence[Pass]) -> CheckFailed | None:
    """Whether the last batch, which is smaller, has the same examples in each pass: by chance once in 45^11 times."""
    last = {frozenset(one.batches[-1].rows) for one in passes if one.batches and one.sizes == one.wanted}
    if len(last) != 1 or any(one.sizes != one.wanted for one in passes):
        return None
    text = f"In {len(passes)} passes of {passes[0].call} the last batch always held the examples {sorted(*last)}."
    return CheckFailed(text, known.TAIL_NOT_SHUFFLED)


def _lacks_orders(passes: Sequence[Pass]) -> CheckFailed | None:
    """What these passes have never shown of what a random order shows."""
    # Examples that are left out, and batches of another size, are for other checks: here counts the order alone.
    orders = sorted({tuple(one.order) for one in passes})
    given = sorted({row for order in orders for row in order})
    n, batch_size = FOUR_IN_TWO
    call = f"{len(passes)} passes of {passes[0].call}"
    if given == [-1]:
        return CheckFailed(f"The rows that {call} give are not in features.")
    if len(orders) == 1:
        return CheckFailed(f"{call} all came in the order {list(*orders)}.", known.NEVER_SHUFFLES)
    halves = [{row for order in orders for row in order[i : i + batch_size]} for i in range(0, n, batch_size)]
    for number, half in enumerate(halves, 1):
        if half and (never := sorted(set(given) - half)):
            text = f"In {call} example {never[0]} was never in batch {number}."
            return CheckFailed(text, _why_no_new_order(orders))
    together = _together(orders, batch_size)
    if len(together) < len(given) * (len(given) - 1) // 2:
        shown = sorted(sorted(pair) for pair in together)
        return CheckFailed(f"In {call} only these examples ever shared a batch: {shown}.", _why_no_new_order(orders))
    return None


# What a few examples do not show: whether many stay near their places. In correct code the batch that an example is in
# and the one that it was in before have a correlation of 0 in the mean, with a standard deviation of 1 / sqrt(99),
# whatever the order within the batches. The mean of eight such is above 0.25 with 7 standard deviations: 1e-12.
HUNDRED = (100, 20)
PASSES_OF_MANY = 8
ALIKE = 0.25


def _seen_with_many(passes: Sequence[Pass], failed: CheckFailed | None) -> CheckFailed | None:
    """What many examples show; `failed`: that few of them, two batches, were shuffled within their batches alone."""
    n, batch_size = HUNDRED
    if any(sorted(one.order) != list(range(n)) for one in passes):
        return failed and CheckFailed(str(failed))  # Which examples come is for other checks.
    batches = [numpy.arange(n) // batch_size, *(numpy.argsort(one.order) // batch_size for one in passes)]
    if failed and all((of == batches[0]).all() for of in batches):
        return failed
    in_features = numpy.mean([_correlation(of, batches[0]) for of in batches[1:]])
    in_last_pass = numpy.mean([_correlation(*pair) for pair in itertools.pairwise(batches)])
    if max(in_features, in_last_pass) <= ALIKE:
        return failed and CheckFailed(str(failed))
    before = "in features" if in_features >= in_last_pass else "in the pass before"
    text = f"In {len(passes)} passes of {passes[0].call} the examples that come early are mostly those that come early "
    text += f"{before}: the correlation is {max(in_features, in_last_pass):.2f}, and 0 is expected. The first pass "
    return CheckFailed(f"{text}begins {passes[0].order[:10]}.", known.HARDLY_SHUFFLES)


def _correlation(first: Numbers, second: Numbers) -> float:
    return float(numpy.corrcoef(first, second)[0, 1])


def _together(orders: Sequence[tuple[int, ...]], batch_size: int) -> set[frozenset[int]]:
    """The pairs of examples that shared a batch."""
    pairs = {frozenset(order[i : i + batch_size]) for order in orders for i in range(0, len(order), batch_size)}
    return {pair for pair in pairs if len(pair) == batch_size}


def _why_no_new_order(orders: Sequence[tuple[int, ...]]) -> Misconception | None:
    """Which slip gives these orders of four examples in batches of two."""
    if any(len(set(order)) < len(order) for order in orders):
        return known.REPEATS_EXAMPLES
    if any(len(order) != 4 for order in orders):
        return None
    first = orders[0]
    together = _together(orders, 2)
    if len(together) == 2:
        if all(set(order[:2]) == set(first[:2]) for order in orders):
            return known.SHUFFLES_WITHIN_BATCHES
        if set(orders) == {first, first[::-1]}:
            return known.FORWARD_OR_BACKWARD
        return known.SHUFFLES_BATCHES_ONLY if together == {frozenset((0, 1)), frozenset((2, 3))} else None
    if set(orders) <= {first[k:] + first[:k] for k in range(4)}:
        return known.ROTATES
    fixed = [place for place in range(4) if len({order[place] for order in orders}) == 1]
    return known.KEEPS_SOME_IN_PLACE if fixed else None


@check(
    points=0.5, trivial=True, hint="Take rows by index: features[indices] makes a new array and leaves features alone."
)
def leaves_arrays_alone(student: Student, rng: Rng) -> None:
    """features and labels stay as they were, and so do batches already given"""
    for n, batch_size in ((8, 3), (6, 6)):
        result = student.data_iter.collect(batch_size, features(n), labels(n), limit=limit(n))
        one = read(result, n, batch_size)
        for index, name in ((1, "features"), (2, "labels")):
            expect(result).argument_unchanged(index, name, known.CHANGES_THE_CALLERS_ARRAYS)
        for number, (first, later) in enumerate(zip(_items(result), result.returned.late, strict=False), 1):
            if _numbers(first) != _numbers(later):
                text = f"{one.call}: batch {number} was {show(_numbers(first)[0])} when it was given and is "
                text += f"{show(_numbers(later)[0])} at the end of the pass."
                raise CheckFailed(text, known.REUSES_ONE_BUFFER)


def _items(result: Result) -> Sequence[wire.Value]:
    return result.value.items if isinstance(result.value, wire.Sequence) else []


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
    """a batch is a pair of arrays of the same kind as features and labels"""
    n, batch_size = 6, 4
    integers = labels(n).astype(numpy.int32)
    result = student.data_iter.collect(batch_size, features(n), integers, limit=limit(n))
    no_failure(result, known.FAILURES)
    one = read(result, n, batch_size)
    if not one.batches:
        raise CheckFailed(f"{one.call} gives no batch at all.")
    for batch in one.batches:
        if batch.fault is not None:
            raise batch.fault
    library = "mxnet.np" if student.flavour == "np" else "mxnet.nd"
    kinds = {part.library for item in _items(result) if isinstance(item, wire.Sequence) for part in item.items
             if isinstance(part, wire.Array)}  # fmt: skip
    if kinds != {library}:
        raise CheckFailed(f"A batch of data_iter(…) holds arrays of {' and '.join(sorted(kinds))}, not of {library}.")
