"""Adding two vectors one element after the other (section 3.1.1): what a loop costs."""

from __future__ import annotations

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    Misconception,
    Rng,
    Student,
    check,
    expect,
    expect_each,
    known_failures,
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import CHANGES_ARGUMENTS, expect_floats, expect_unchanged
from grader.exercises.shared.vectors import SIZES, SUM, added, draw, draws

EXERCISE = Exercise("add_loop(a, b)", "3.1.1", budget=Budget(seconds=30))

WRONG = added("add_loop")
ADDS_WHOLE_ARRAYS = Misconception(
    "adds_whole_arrays",
    "whole arrays are added: there is no loop whose cost could be measured",
    "for i in range(len(a)): one addition of two elements in each round.",
)


@check(points=0.5, hint="c[i] = a[i] + b[i], for every i from 0 to len(a) - 1.")
def values(student: Student, rng: Rng) -> None:
    """add_loop(a, b) is the sum of the two, element by element"""
    inputs = draws(rng)
    results = [student.add_loop(*args) for args in inputs]
    known_failures(results, habits.FAILURES)
    expect_each(results, [a + b for a, b in inputs], any_number=True, rtol=SUM.rtol, atol=SUM.atol, oracle=numpy.add)


@check(points=0.25, trivial=True, hint="for i in range(len(a)): one addition of two elements in each round.")
def one_by_one(student: Student, rng: Rng) -> None:
    """it adds one element after the other"""
    inputs = [draw(rng, n) for n in SIZES]
    results = [student.add_loop.count(*args) for args in inputs]
    few, many = (expect(result).operators_run() for result in results)
    # None at all is run by a loop over Python's or NumPy's numbers, which is a loop as well.
    if 0 < many <= few:
        right = all(SUM.holds(result.array, a + b) for result, (a, b) in zip(results, inputs, strict=True))
        text = f"add_loop(a, b) runs {few} operators for {SIZES[0]} elements, and {many} for {SIZES[1]}: no more."
        raise CheckFailed(text, ADDS_WHOLE_ARRAYS if right else None)


@check(points=0.25, trivial=True, hint="np.array(…) makes an MXNet array of NumPy's.")
def is_an_array(student: Student, rng: Rng) -> None:
    """it returns an MXNet array of floats"""
    expect_floats(student.add_loop(*draw(rng, 4)))


@check(points=0.25, trivial=True, hint="Make new arrays; leave the arguments as they are.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """the arguments stay as they were"""
    expect_unchanged(student.add_loop(*draw(rng, 4)), ("a", "b"), CHANGES_ARGUMENTS)
