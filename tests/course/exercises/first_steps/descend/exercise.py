"""A loop around the student's own function, and a long run of it: what stands for training here."""

from __future__ import annotations

import numpy

from grader.checking import Budget, CheckFailed, Exercise, Rng, Student, check, expect, same, show

EXERCISE = Exercise("descend(params, num_steps)", "2.1.5", budget=Budget(seconds=60), needs=("scale",))

MANY_STEPS = 200


@check(points=4, hint="Call scale(params, 0.5) num_steps times.")
def halves(student: Student, rng: Rng) -> None:
    """each of the steps halves every parameter"""
    _expect_halved(student, rng, 3)


@check(points=2, full_run=True, hint="All of the steps count.")
def comes_to_rest(student: Student, rng: Rng) -> None:
    """after many steps nothing is left"""
    _expect_halved(student, rng, MANY_STEPS)


def _expect_halved(student: Student, rng: Rng, num_steps: int) -> None:
    params = [student.param(rng.uniform(1, 2, size=3).astype(numpy.float32)) for _ in range(2)]
    expect(student.descend(params, num_steps)).no_failure()
    for param in params:
        if not same(param.value, param.start / 2**num_steps):
            text = f"After {num_steps} steps a parameter is {show(param.value)}; it was {show(param.start)}."
            raise CheckFailed(text)
