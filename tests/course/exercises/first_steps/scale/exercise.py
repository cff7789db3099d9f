"""Parameters, multiplied in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from grader.checking import CheckFailed, Exercise, Misconception, Rng, Student, check, expect, same, show

EXERCISE = Exercise("scale(params, factor)", "2.1.4")

MAKES_NEW_ARRAYS = Misconception(
    "makes_new_arrays",
    "the name gets a new array, and the caller's own stays as it was",
    "Write param[:] = …",
)


@check(points=3, hint="Change each array in place, with param[:] = …")
def one_step(student: Student, rng: Rng) -> None:
    """scale multiplies every parameter by the factor, in place"""
    for factor in (0.5, 3.0):
        _expect_scaled(student, rng, list, 2, factor)


@check(points=1, hint="One loop over params does it.")
def any_parameters(student: Student, rng: Rng) -> None:
    """params may be a list or a tuple, of any length"""
    for container, count in ((tuple, 3), (list, 1)):
        _expect_scaled(student, rng, container, count, 2.0)


def _expect_scaled(student: Student, rng: Rng, container: Callable[..., Any], count: int, factor: float) -> None:
    params = [student.param(rng.uniform(1, 2, size=(2, 3)).astype(numpy.float32)) for _ in range(count)]
    expect(student.scale(container(params), factor)).no_failure()
    for param in params:
        got = param.value
        if not same(got, factor * param.start):
            known = MAKES_NEW_ARRAYS if same(got, param.start) else None
            text = f"After scale(params, {factor}) a parameter is {show(got)}; it was {show(param.start)}."
            raise CheckFailed(text, known)
