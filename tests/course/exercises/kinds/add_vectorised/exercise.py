"""Adding two vectors at once: a function that is judged by how many operators it runs."""

from __future__ import annotations

import numpy

from grader.checking import CheckFailed, Exercise, Misconception, Numbers, Rng, Student, check, expect

EXERCISE = Exercise("add_vectorised(a, b)", "3.1.2")

LOOPS_OVER_ELEMENTS = Misconception(
    "loops_over_elements",
    "the elements are added one by one: each of them costs a call into MXNet",
    "a + b adds whole arrays.",
)
# A loop runs an operator for each element at least: 30 more of them.
SIZES = (20, 50)


def draw(rng: Rng, n: int) -> tuple[Numbers, Numbers]:
    a, b = rng.normal(size=(2, n)).astype(numpy.float32)
    return a, b


@check(points=1, hint="a + b")
def values(student: Student, rng: Rng) -> None:
    """add_vectorised(a, b) is the sum of the two, element by element"""
    a, b = draw(rng, 7)
    expect(student.add_vectorised(a, b)).close_to(a + b)


@check(points=1, trivial=True, hint="a + b adds whole arrays.")
def at_once(student: Student, rng: Rng) -> None:
    """it runs as many operators for 50 elements as for 20"""
    few, many = (expect(student.add_vectorised.count(*draw(rng, n))).operators_run() for n in SIZES)
    if many > few:
        text = f"add_vectorised(a, b) runs {few} operators for {SIZES[0]} elements and {many} for {SIZES[1]}."
        raise CheckFailed(text, LOOPS_OVER_ELEMENTS)
