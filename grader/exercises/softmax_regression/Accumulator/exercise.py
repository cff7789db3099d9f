"""Sums that add up over many calls (section 3.6.6): a class, whose instances live on between them."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Known,
    Misconception,
    Numbers,
    Rng,
    Student,
    StudentObject,
    check,
    compare,
    expect,
    known_failures,
    misconception,
    no_failure,
    show,
)

EXERCISE = Exercise("Accumulator(n)", "3.6.6")


def accumulate(calls: Numbers) -> Numbers:
    """The truth: the sums after a call of add for each of these rows."""
    return calls.sum(axis=0)


@misconception("each call of add puts its numbers in the place of the sums so far", "Add to what is there.")
def overwrites(calls: Numbers) -> Numbers:
    return calls[-1]


@misconception("all sums grow by the first of the numbers given", "The i-th number belongs to the i-th sum.")
def adds_the_first(calls: Numbers) -> Numbers:
    return numpy.full(calls.shape[1], calls[:, 0].sum())


@misconception("the mean is kept, and not the sum")
def averages(calls: Numbers) -> Numbers:
    return calls.mean(axis=0)


@misconception("what is added is cut to whole numbers", "int() cuts off what comes after the point.")
def cuts_to_whole_numbers(calls: Numbers) -> Numbers:
    return numpy.trunc(calls).sum(axis=0)


COUNTS_CALLS = Misconception("counts_calls", "the calls are counted, and not what they add", "a += b, and not a += 1.")
STAYS_0 = Misconception(
    "stays_0", "the sums stay 0", "For two lists, + puts one behind the other; zip goes through both side by side."
)
SHARES_SUMS = Misconception(
    "shares_sums",
    "two accumulators share their sums: these belong to the class, or are one and the same list",
    "Make the list in __init__, as self.data.",
)
KEEPS_SUMS = Misconception("keeps_sums", "reset leaves the sums as they are", "Set each of them to 0, in self.")
EMPTIES = Misconception("empties", "reset leaves no sums at all", "There are still n of them, and each is 0.")
KEEPS_THE_ARRAYS = Misconception(
    "keeps_the_arrays",
    "the sums are the very arrays that were given, and += changes these",
    "float(a) makes a number of one's own; so does 0 + a.",
)
TAKES_ONE = Misconception(
    "takes_one", "add takes one argument, such as a list", "def add(self, *args): args holds however many are given."
)
NO_ITEMS = Misconception(
    "no_items", "accumulator[i] is not defined", "Python asks for it by the method __getitem__(self, i)."
)
FAILURES = (
    (r"add\(\) takes .* positional arguments? but", TAKES_ONE),
    (r"is not subscriptable|does not support indexing", NO_ITEMS),
)


def sums(accumulator: StudentObject, n: int, known: Known = ()) -> Numbers:
    """What it says its sums are; `known` is what an exception would mean here."""
    results = [accumulator[i] for i in range(n)]
    known_failures(results, (*FAILURES, *known))
    return numpy.array([expect(result).number() for result in results])


def moved(accumulator: StudentObject) -> Numbers:
    """The two sums after an add, whatever they are: but not 0, or nothing can be told by them."""
    found = sums(accumulator, 2)
    if not found.any():
        raise CheckFailed("After add(…), the sums are still 0.", STAYS_0)
    return found


def added(accumulator: StudentObject, *numbers: float) -> None:
    no_failure(accumulator.add(*numbers), FAILURES)


@check(points=1, hint="add(a, b, …) adds a to the first sum, b to the second, and so on.")
def adds_up(student: Student, rng: Rng) -> None:
    """add(…) adds each number to its own sum, and accumulator[i] is the i-th"""
    for n in (3, 1, 12):
        calls = numpy.round(rng.uniform(1, 99, size=(3, n)) * [[1], [-0.4], [1]], 4)
        accumulator = student.Accumulator.object(n, called="accumulator")
        for row in calls:
            added(accumulator, *row.tolist())
        found = sums(accumulator, n)
        for known, number in ((COUNTS_CALLS, len(calls)), (STAYS_0, 0)):
            if (found == number).all():
                raise CheckFailed(f"After {len(calls)} calls of add, the sums are {show(found)}.", known)
        compare(student.exercise, "after three calls of add, the sums are not right.", found,
                accumulate(calls), (calls,), rtol=1e-4, atol=1e-3,
                inputs={"added": calls} if n < 9 else {})  # fmt: skip
    _expect_arrays_added(student, rng)


def _expect_arrays_added(student: Student, rng: Rng) -> None:
    """The same two arrays of MXNet, added twice."""
    numbers = rng.uniform(1, 9, size=2).astype(numpy.float32)
    accumulator, kept = student.Accumulator.object(2, called="accumulator"), [student.param(x) for x in numbers]
    for _ in range(2):
        no_failure(accumulator.add(*kept), FAILURES)
    found = sums(accumulator, 2)
    if not numpy.allclose(found, 2 * numbers, rtol=1e-4):
        text = f"The numbers {show(numbers)}, as arrays of MXNet, are added twice; then the sums are {show(found)}."
        raise CheckFailed(text)
    if any(array.value != array.start for array in kept):
        raise CheckFailed("add(…) has changed the arrays of MXNet that it was given.", KEEPS_THE_ARRAYS)


@check(points=0.5, hint="Each instance has its own list.")
def independent(student: Student, rng: Rng) -> None:
    """two accumulators do not know of each other"""
    first, second = (student.Accumulator.object(2, called=name) for name in ("first", "second"))
    # Whole numbers, and the same for both sums: whether they are added up is another check's affair.
    added(first, 2, 2)
    if sums(second, 2).any():
        raise CheckFailed(f"After first.add(2, 2), the sums of second are {show(sums(second, 2))}.", SHARES_SUMS)
    before = moved(first)
    added(second, 4, 4)
    if not numpy.array_equal(sums(first, 2), before):
        text = f"The sums of first were {show(before)}; after second.add(4, 4) they are {show(sums(first, 2))}."
        raise CheckFailed(text, SHARES_SUMS)


@check(points=0.5, hint="After reset() it is as if it were new.")
def resets(student: Student, rng: Rng) -> None:
    """reset() sets the sums to 0, and what comes then adds up again"""
    new, accumulator = (student.Accumulator.object(2, called=name) for name in ("another", "accumulator"))
    added(accumulator, 3, 3)
    full = moved(accumulator)
    expect(accumulator.reset()).no_failure()
    found = sums(accumulator, 2, ((r"^(Index|Key|Type)Error|NoneType", EMPTIES),))
    if found.any():
        text = f"After reset() the sums are {show(found)}, and not 0."
        raise CheckFailed(text, KEEPS_SUMS if numpy.array_equal(found, full) else None)
    added(new, 2, 2)
    added(accumulator, 2, 2)
    if not numpy.array_equal(sums(accumulator, 2), sums(new, 2)):
        text = "After reset() and add(2, 2), the sums are {}; of one that is new they are {}."
        raise CheckFailed(text.format(show(sums(accumulator, 2)), show(sums(new, 2))))
