"""Sums that add up over many calls: a class, whose instances live on between them."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    StudentObject,
    check,
    compare,
    expect,
    misconception,
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


SHARES_SUMS = Misconception(
    "shares_sums",
    "two accumulators share their sums: these belong to the class, or are one and the same list",
    "Make the list in __init__, as self.data.",
)
KEEPS_SUMS = Misconception("keeps_sums", "reset leaves the sums as they are", "Set each of them to 0.")


def sums(accumulator: StudentObject, n: int) -> Numbers:
    """What it says its sums are."""
    return numpy.array([expect(accumulator[i]).number() for i in range(n)])


@check(points=1, hint="add(a, b, …) adds a to the first sum, b to the second, and so on.")
def adds_up(student: Student, rng: Rng) -> None:
    """add(…) adds each number to its own sum, and accumulator[i] is the i-th"""
    for n in (3, 1):
        calls = numpy.round(rng.uniform(1, 99, size=(3, n)), 2)
        accumulator = student.Accumulator.object(n, called="accumulator")
        for row in calls:
            expect(accumulator.add(*row.tolist())).no_failure()
        compare(student.exercise, "after three calls of add, the sums are not right.", sums(accumulator, n),
                accumulate(calls), (calls,), inputs={"added": calls})  # fmt: skip


@check(points=1, hint="Each instance has its own list.")
def independent(student: Student, rng: Rng) -> None:
    """two accumulators do not know of each other"""
    first, second = (student.Accumulator.object(2, called=name) for name in ("first", "second"))
    expect(first.add(1.5, 2)).no_failure()
    if sums(second, 2).any():
        raise CheckFailed(f"After first.add(1.5, 2), the sums of second are {show(sums(second, 2))}.", SHARES_SUMS)
    expect(second.add(4, 4)).no_failure()
    if not numpy.allclose(sums(first, 2), (1.5, 2)):
        text = f"first held 1.5 and 2; after second.add(4, 4) it holds {show(sums(first, 2))}."
        raise CheckFailed(text, SHARES_SUMS if numpy.allclose(sums(first, 2), sums(second, 2)) else None)


@check(points=1, hint="After reset() it is as if it were new.")
def resets(student: Student, rng: Rng) -> None:
    """reset() sets the sums to 0, and what comes then adds up again"""
    accumulator = student.Accumulator.object(2, called="accumulator")
    for result in (accumulator.add(3, 4.5), accumulator.reset()):
        expect(result).no_failure()
    if sums(accumulator, 2).any():
        kept = numpy.allclose(sums(accumulator, 2), (3, 4.5))
        text = f"After reset() the sums are {show(sums(accumulator, 2))}, and not 0."
        raise CheckFailed(text, KEEPS_SUMS if kept else None)
    expect(accumulator.add(1, 2)).no_failure()
    compare(student.exercise, "after reset() and add(1, 2), the sums are not right.", sums(accumulator, 2),
            numpy.array([1.0, 2.0]), (numpy.array([[1.0, 2.0]]),), inputs={})  # fmt: skip


@check(points=0.5, trivial=True, hint="self.n = n")
def knows_n(student: Student) -> None:
    """the attribute n is how many sums there are"""
    accumulator = student.Accumulator.object(3, called="accumulator")
    expect(accumulator.attribute("n")).close_to(3, any_number=True)
