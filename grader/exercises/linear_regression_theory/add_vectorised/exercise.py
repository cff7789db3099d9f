"""Adding two vectors at once (section 3.1.1): judged by how many operators it runs, and not by its time."""

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
from grader.exercises.shared.vectors import FURTHER, SIZES, SUM, added, draw, draws

# A loop over 300 elements, which loses the point for its operators alone, has to come to its end.
EXERCISE = Exercise("add_vectorised(a, b)", "3.1.1", budget=Budget(seconds=30))

WRONG = added("add_vectorised")
LOOPS_OVER_ELEMENTS = Misconception(
    "loops_over_elements",
    "the elements are added one by one: each of them costs at least one call into MXNet",
    "a + b adds whole arrays in one call.",
)


@check(points=0.25, hint="One + between the two arrays.")
def values(student: Student, rng: Rng) -> None:
    """add_vectorised(a, b) is the sum of the two, element by element"""
    inputs = draws(rng)
    results = [student.add_vectorised(*args) for args in inputs]
    known_failures(results, habits.FAILURES)
    expect_each(results, [a + b for a, b in inputs], any_number=True, rtol=SUM.rtol, atol=SUM.atol, oracle=numpy.add)


@check(points=0.5, trivial=True, hint="a + b adds whole arrays in one call.")
def at_once(student: Student, rng: Rng) -> None:
    """it needs no more operators of MXNet's for 50 elements than for 20"""
    few, many = (expect(student.add_vectorised.count(*draw(rng, n))).operators_run() for n in SIZES)
    if many - few >= FURTHER:
        text = f"add_vectorised(a, b) runs {few} operators for {SIZES[0]} elements and {many} for {SIZES[1]}."
        raise CheckFailed(text, LOOPS_OVER_ELEMENTS)


@check(points=0.25, trivial=True, hint="np.array(…) makes an MXNet array of NumPy's.")
def is_an_array(student: Student, rng: Rng) -> None:
    """it returns an MXNet array of floats"""
    expect_floats(student.add_vectorised(*draw(rng, 4)))


@check(points=0.25, trivial=True, hint="Make new arrays; leave the arguments as they are.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """the arguments stay as they were"""
    expect_unchanged(student.add_vectorised(*draw(rng, 4)), ("a", "b"), CHANGES_ARGUMENTS)
