"""Accuracy over a data set (section 3.6.5): every example counts once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    check,
    describe_value,
    expect,
    expect_each,
    no_failure,
    same,
    show,
)
from grader.diagnosis.habits import RETURNS_AN_ARRAY
from grader.sandbox import wire

EXERCISE = Exercise(
    "evaluate_accuracy(net, data_iter)",
    "3.6.5",
    needs=("accuracy",),
    nd_signature="evaluate_accuracy(data_iter, net)",
)

Batch = tuple[Numbers, Numbers]


def evaluate_accuracy(items: Sequence[Batch], W: Numbers, b: Numbers) -> float:
    """The truth: the share of all examples that argmax(X·W + b) classifies as labelled."""
    right = sum(_right(X, y, W, b) for X, y in items)
    return right / sum(len(y) for _, y in items)


def _right(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> float:
    scores = numpy.asarray(X, float) @ numpy.asarray(W, float) + b
    return float((scores.argmax(axis=1) == y).sum())


# -- wrong versions that their values do not give away; the others are in misconceptions.py

RECORDS = Misconception(
    "records",
    "the evaluation takes place inside autograd.record(), which keeps all results for a gradient that nobody asks for",
    "autograd.record() belongs to training alone.",
)
IGNORES_THE_NET = Misconception(
    "ignores_the_net",
    "some other net is evaluated, not the one that is given",
    "Call the argument net, whatever net is defined elsewhere.",
)


COUNTS_GO_ON = Misconception(
    "counts_go_on",
    "the same data give another result the second time: something of one call, such as its counts, goes on in the "
    "next, because it is kept outside the function",
    "Set both counts to 0 at the start of each call, and keep nothing.",
)
READS_TWICE = Misconception(
    "reads_twice",
    "the data are gone through more than once; of a generator nothing is left the second time",
    "Count the right ones and the examples in the same loop.",
)
NEEDS_A_LIST = Misconception(
    "needs_a_list",
    "the data are asked for their length, or indexed, which only a list can answer",
    "Go through the data with a for loop, and count as you go.",
)
ARGUMENTS_SWAPPED = Misconception(
    "arguments_swapped",
    "the net and the data have changed places in the parentheses after def",
    "Look at the order in the task: the book's editions differ in it.",
)
RETURNS_PAIR = Misconception(
    "returns_pair",
    "the number of correct predictions and the number of examples are returned as a pair, undivided",
    "One step is left: from two numbers to one.",
)
ADDS_UP_ARRAYS = Misconception(
    "adds_up_arrays",
    "a result for each example is returned instead of one number for all",
    "One step is left: from an entry for each example to one number.",
)

FAILURES = (
    (r"has no len\(\)|object is not subscriptable|object is not reversible|'list' object is not an iterator|"
     r"'list' object cannot be interpreted", NEEDS_A_LIST),
)  # fmt: skip


# -- the checks


def _data(rng: Rng, sizes: Sequence[int], rights: Sequence[int]) -> tuple[list[Batch], Numbers, Numbers]:
    """Batches of the given sizes, of which the given numbers are labelled as the net (W, b) classifies them."""
    W = rng.normal(size=(4, 3)).astype(numpy.float32)
    b = rng.normal(scale=0.1, size=3).astype(numpy.float32)
    items = []
    for size, right in zip(sizes, rights, strict=True):
        X = rng.normal(size=(size, 4)).astype(numpy.float32)
        best = (X.astype(float) @ W + b).argmax(axis=1)
        y = (best + rng.integers(1, 3, size=size)) % 3
        y[:right] = best[:right]
        items.append((X, y.astype(numpy.int32)))
    return items, W, b


def _evaluate(student: Student, items: list[Batch], W: Numbers, b: Numbers, once: bool | None = None) -> Result:
    """Call it with the arguments in the flavour's order: nd takes the data first, np the net.

    The data are a generator (`once`) or a list; by default whichever works, as that both do is a check of its own.
    """
    if once is None:
        result = _evaluate(student, items, W, b, once=False)
        return result if result.failure is None else _evaluate(student, items, W, b, once=True)
    net, data = student.given("linear_net", W, b), student.given("generator", items) if once else items
    given = (data, net) if student.flavour == "nd" else (net, data)
    result = student.evaluate_accuracy(*given)
    if result.failure is not None and student.evaluate_accuracy(*given[::-1]).failure is None:
        try:
            expect(result, (items, W, b)).no_failure()
        except CheckFailed as failed:
            raise CheckFailed(str(failed), ARGUMENTS_SWAPPED) from None
    return result


def _number(result: Result, data: tuple[list[Batch], Numbers, Numbers]) -> Numbers:
    """The result as a number; a pair of numbers is one misconception's."""
    if isinstance(result.value, wire.Sequence) and len(result.value.items) == 2:
        raise CheckFailed(
            f"evaluate_accuracy returns {describe_value(result.value)}; it must be a number.", RETURNS_PAIR
        )
    no_failure(result, FAILURES)
    return expect(result, data).numbers()


# Both counts are exact; their quotient is rounded once, in float32 to half of 1.2e-7, and a running mean over a dozen
# batches three times for each: 37 * 6e-8 = 2.2e-6. Two shares of at most 25 examples differ by at least 1/600.
RTOL = 0.0
ATOL = 3e-6
# The second has as many batches as the first, of the same sizes: what is remembered by them comes back. Then there are
# more batches than anyone would look at by hand, the earlier of them better than the later ones; and more examples in
# one than a batch has.
SIZES_AND_RIGHTS = (
    ((4, 4, 1), (1, 2, 1)), ((4, 4, 1), (4, 1, 0)), ((6, 2), (5, 0)), ((5,), (3,)),
    ((2,) * 12 + (1,), (1, 2, 0, 1, 2, 1, 0, 2, 1, 1, 0, 0, 1)), ((1,), (1,)), ((3,) * 40, (3, 2) * 10 + (0, 2) * 10),
    ((300, 7), (100, 3)),
)  # fmt: skip


@check(points=1.5, hint="Count the right ones and the examples over all batches; divide once, at the end.")
def values(student: Student, rng: Rng) -> None:
    """every example counts once, also in a smaller last batch"""
    every = [_data(rng, *each) for each in SIZES_AND_RIGHTS]
    results = [_evaluate(student, *data) for data in every]
    for result, data in zip(results, every, strict=True):
        _number(result, data)
    wants = [evaluate_accuracy(*data) for data in every]
    try:
        expect_each(results, wants, every, any_number=True, rtol=RTOL, atol=ATOL)
    except CheckFailed as failed:
        raise CheckFailed(str(failed), failed.misconception or _why_not_again(student, every[0]), failed.hint) from None


def _why_not_again(student: Student, data: tuple[list[Batch], Numbers, Numbers]) -> Misconception | None:
    """Where the same list gives another number the second time."""
    first, second = (_evaluate(student, *data).array for _ in range(2))
    return None if first is None or second is None or same(first, second) else COUNTS_GO_ON


@check(
    points=0.5,
    trivial=True,
    hint="Return a float: of an NDArray .asscalar() gives it, of an mxnet.np array float(…).",
)
def is_a_share(student: Student, rng: Rng) -> None:
    """evaluate_accuracy returns a number between 0 and 1"""
    items, W, b = _data(rng, (3, 3), (3, 1))
    result = _evaluate(student, items, W, b)
    number = _number(result, (items, W, b))
    value = result.value
    plain = isinstance(value, wire.Scalar) or (isinstance(value, wire.Array) and value.library == "numpy")
    if not plain or number.size != 1:
        why = RETURNS_AN_ARRAY if number.size == 1 else ADDS_UP_ARRAYS
        raise CheckFailed(f"evaluate_accuracy returns {describe_value(value)}; it must be a number.", why)
    if not 0 <= float(number.reshape(())) <= 1:
        raise expect(result, against=(items, W, b)).failed("must lie between 0 and 1.", got=number)


@check(
    points=0.5, trivial=True, hint="Go through the data with one for loop; it may be a generator, without len() or [0]."
)
def any_iterable(student: Student, rng: Rng) -> None:
    """the data may be a list or a generator, which can be read only once"""
    data = _data(rng, (3, 3, 2), (1, 3, 1))
    from_list, from_generator = (_evaluate(student, *data, once=once) for once in (False, True))
    number = _number(from_list, data)
    try:
        other = _number(from_generator, data)
    except CheckFailed as failed:
        raise CheckFailed(str(failed), failed.misconception or READS_TWICE, failed.hint) from None
    if not same(number, other):
        text = f"evaluate_accuracy returns {show(number)} for a list of batches and {show(other)} for a generator of "
        again = [_evaluate(student, *data, once=once).array for once in (False, True)]
        stays = all(a is not None and same(a, b) for a, b in zip(again, (number, other), strict=True))
        raise CheckFailed(text + "the same.", READS_TWICE if stays else COUNTS_GO_ON)


@check(points=0.5, trivial=True, hint="Evaluation needs no gradient: keep autograd.record() out of it.")
def does_not_record(student: Student, rng: Rng) -> None:
    """the net is evaluated without recording"""
    items, W, b = _data(rng, (3, 2), (1, 2))
    result = _evaluate(student, items, W, b)
    _number(result, (items, W, b))
    if result.facts.get("recorded"):
        raise CheckFailed("evaluate_accuracy calls the net inside autograd.record().", RECORDS)
    if not result.facts.get("calls"):
        text = "evaluate_accuracy does not call the net that it is given."
        raise CheckFailed(text, None if _is_remembered(student, result, rng) else IGNORES_THE_NET)


def _is_remembered(student: Student, result: Result, rng: Rng) -> bool:
    """Whether data of the same sizes that are all right, and then all wrong, give the same result."""
    others = [_evaluate(student, *_data(rng, (3, 2), rights)) for rights in ((3, 2), (0, 0))]
    return result.array is not None and all(
        other.array is not None and same(other.array, result.array) for other in others
    )
