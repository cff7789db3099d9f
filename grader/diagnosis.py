"""Which misconception explains a wrong result: the one whose own result, on the same inputs, equals the student's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from grader import authoring
from grader.authoring import Exercise, Misconception
from grader.sandbox import wire
from grader.student import Numbers

# Wrong values differ from each other by far more than the rounding of float32; a match is within this much.
_RTOL = 2e-4
_ATOL = 2e-5
_STEP = 1e-4
_MOST_FOR_NUMERIC_GRADIENT = 64
_SHAPE_ERRORS = ("broadcast", "shape", "dimension", "axis")


def by_value(exercise: Exercise, args: tuple[Any, ...], got: Numbers | None) -> Misconception | None:
    """The one misconception that returns `got` for these arguments; None where none does, or more than one."""
    if got is None:
        return None
    return _only([m for m in _with_values(exercise) if _same(got, _value(m.function, args))])


def by_gradient(
    exercise: Exercise, args: tuple[Any, ...], got: Numbers, head: Numbers | None
) -> Misconception | None:
    """The one misconception whose gradient, found by differences, is `got`."""
    if head is None:
        return None
    found = [m for m in _with_values(exercise) if _same(got, _numeric_gradient(m.function, args, head))]
    return _only(found)


def by_failure(exercise: Exercise, args: tuple[Any, ...], failure: wire.Failure) -> Misconception | None:
    """The one misconception that finds the shapes of these arguments unfit, if that is why the call failed."""
    if not any(word in failure.message.lower() for word in _SHAPE_ERRORS):
        return None
    return _only([m for m in _with_values(exercise) if _raises(m, args)])


def by_name(exercise: Exercise, name: str) -> Misconception | None:
    """The misconception of that name, where the exercise has it."""
    return next((m for m in exercise.misconceptions if m.name == name), None)


def _with_values(exercise: Exercise) -> list[Misconception]:
    """`EXERCISE` of a module knows only its facts; what the module defines besides is in the catalogue."""
    return [m for m in authoring.load(exercise.name).misconceptions if m.function is not None]


def _only(found: list[Misconception]) -> Misconception | None:
    return found[0] if len(found) == 1 else None


def _value(function: Callable[..., Any] | None, args: tuple[Any, ...]) -> Numbers | None:
    assert function is not None
    try:
        with numpy.errstate(all="ignore"):
            return numpy.asarray(function(*args), float)
    except (ValueError, IndexError, TypeError):
        return None


def _raises(known: Misconception, args: tuple[Any, ...]) -> bool:
    assert known.function is not None
    try:
        with numpy.errstate(all="ignore"):
            known.function(*args)
    except (ValueError, IndexError):
        return True
    return False


def _same(got: Numbers, other: Numbers | None) -> bool:
    if other is None:
        return False
    got = numpy.asarray(got, float)
    if got.size == 1 and other.size == 1:
        got, other = got.reshape(()), other.reshape(())
    return got.shape == other.shape and numpy.allclose(got, other, rtol=_RTOL, atol=_ATOL, equal_nan=True)


def _numeric_gradient(
    function: Callable[..., Any] | None, args: tuple[Any, ...], head: Numbers
) -> Numbers | None:
    """Central differences of sum(function(X, …) * head) for the first argument."""
    X, rest = numpy.asarray(args[0], float), args[1:]
    value = _value(function, (X, *rest))
    if X.size > _MOST_FOR_NUMERIC_GRADIENT or value is None or value.shape != head.shape:
        return None
    grad = numpy.zeros_like(X)
    for index in numpy.ndindex(X.shape):
        ends = []
        for move in (_STEP, -_STEP):
            moved = X.copy()
            moved[index] += move
            end = _value(function, (moved, *rest))
            if end is None:
                return None
            ends.append(float((end * head).sum()))
        grad[index] = (ends[0] - ends[1]) / (2 * _STEP)
    return grad
