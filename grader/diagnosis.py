"""Which misconception explains a wrong result: the one whose own result, on the same inputs, equals the student's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy

from grader import authoring
from grader.authoring import Exercise, Misconception, Of
from grader.sandbox import wire
from grader.student import Numbers

# Wrong values differ from each other by far more than the rounding of float32; a match is within this much.
_RTOL = 2e-4
_ATOL = 2e-5
_SHAPE_ERRORS = ("broadcast", "shape", "dimension", "axis", "index")

# What a call led to: its arguments as the misconceptions take them, and an array, or the exception it raised.
Evidence = tuple[tuple[Any, ...], "Numbers | wire.Failure | None"]


def diagnose(exercise: Exercise, flavour: str, evidence: Sequence[Evidence], of: Of = "value") -> Misconception | None:
    """The one misconception that gives all of these results; None where none does, or more than one."""
    # `EXERCISE` of a module holds only its facts; what the module defines besides is in the catalogue.
    known = authoring.load(exercise.name).misconceptions
    found = [
        m
        for m in known
        if m.function is not None and m.of == of and m.flavour in (None, flavour)
        and all(_explains(m, args, outcome) for args, outcome in evidence)
    ]  # fmt: skip
    ideas = {m.like or m.name for m in found}
    return found[0] if len(ideas) == 1 else None


def by_name(exercise: Exercise, name: str) -> Misconception | None:
    """The misconception of that name, where the exercise has it."""
    return next((m for m in authoring.load(exercise.name).misconceptions if m.name == name), None)


def _explains(known: Misconception, args: tuple[Any, ...], outcome: Numbers | wire.Failure | None) -> bool:
    assert known.function is not None
    if outcome is None:
        return False
    value: Numbers | None = None
    try:
        with numpy.errstate(all="ignore"):
            value = numpy.asarray(known.function(*args), float)
    except TypeError:
        return False
    except (ValueError, IndexError):
        pass  # it finds the shapes unfit
    if isinstance(outcome, wire.Failure):
        return value is None and any(word in outcome.message.lower() for word in _SHAPE_ERRORS)
    return value is not None and same(outcome, value)


def same(got: Numbers, other: Numbers) -> bool:
    """Whether two results are one: alike where finite, and not finite in the same rows.

    MXNet's flavours spread a nan differently over the row that it spoils.
    """
    got, other = numpy.asarray(got, float), numpy.asarray(other, float)
    if got.size == 1 and other.size == 1:
        got, other = got.reshape(()), other.reshape(())
    if got.shape != other.shape:
        return False
    spoilt = [~numpy.isfinite(a) for a in (got, other)]
    if got.ndim > 1:
        if not numpy.array_equal(*(s.any(axis=-1) for s in spoilt)):
            return False
    elif not numpy.array_equal(*spoilt):
        return False
    either = spoilt[0] | spoilt[1]
    return numpy.allclose(got[~either], other[~either], rtol=_RTOL, atol=_ATOL)
