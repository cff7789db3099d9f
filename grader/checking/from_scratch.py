"""Whether a function is written from scratch: what it computes must not depend on some of the library's operators."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy
from msgspec.structs import replace

from grader.checking.authoring import CheckFailed, Misconception
from grader.checking.expect import expect
from grader.checking.messages import call_text
from grader.checking.outcomes import Crashed
from grader.checking.seen import was_wrong
from grader.checking.student import Numbers, Result, Student, StudentFunction
from grader.diagnosis.nearness import Near
from grader.sandbox import wire

Truth = Callable[..., Numbers]
Inputs = Sequence[tuple[Any, ...]]

# Far below what another way to compute it would change. What is alike to the last bit proves nothing by itself.
_NEAR = Near(1e-4, 1e-5)
_GONE = wire.Returned(failure=wire.Failure("Crashed", ""))


def expect_from_scratch(
    student: Student, inputs: Inputs, truth: Truth, forbidden: Sequence[str], uses_library: Misconception
) -> None:
    """The function does the same where the library lacks the forbidden operators as where it has them, recorded or not.

    For checks that are `without` these. In a student's own notebook the library stays, and the recorded graph is read.
    """
    # The process with the whole library ends when the other begins: what is wrong there too is asked before.
    name, channel = student.exercise.name, student.channel.whole()
    whole = _whole(student, inputs, truth) if student.channel.lacks and was_wrong(channel, name) else None
    bare = _results_or_none(student, inputs, truth)
    if bare is not None and all(_NEAR.holds(result.array, truth(*result.args)) for result in bare):
        if not student.channel.lacks:
            _read_graphs(bare, forbidden, uses_library)
        return
    whole = whole or _whole(student, inputs, truth)
    expect(whole[1]).numbers()  # a function that gives nothing uses nothing, but earns nothing either
    _read_graphs(whole, forbidden, uses_library)
    if bare is None:
        student.channel.note(f"{name}: the notebook does not run where the library has no {forbidden[0]}, so whether "
                             "it is written from scratch was only read from its compute graph")  # fmt: skip
    elif not all(_alike(one, other) for one, other in zip(bare, whole, strict=True)):
        _tell(whole[1])
        text = f"{call_text(whole[1])} gives something else, or nothing, where the library has no {forbidden[0]}."
        raise CheckFailed(text, uses_library)


def _whole(student: Student, inputs: Inputs, truth: Truth) -> list[Result]:
    """What it does where the library is whole."""
    return _results(Student(student.exercise, student.channel.whole()), inputs, truth)


def _results_or_none(student: Student, inputs: Inputs, truth: Truth) -> list[Result] | None:
    """None where there is no such function."""
    try:
        return _results(student, inputs, truth)
    except CheckFailed:
        return None


def _results(student: Student, inputs: Inputs, truth: Truth) -> list[Result]:
    """For each of the inputs two results: while recording, and while not."""
    found = []
    for args in inputs:
        function = StudentFunction(student, student.exercise.name)
        head = numpy.ones_like(truth(*args), numpy.float32)
        for recorded in (True, False):
            try:
                found.append(function.gradient(*args, head=head) if recorded else function(*args))
            except Crashed:
                found.append(Result(student.exercise, student.channel, function.name, args, replace(_GONE)))
    return found


def _read_graphs(results: Sequence[Result], forbidden: Sequence[str], uses_library: Misconception) -> None:
    for result in results[::2]:
        if result.failure is None:  # an in-place change, say, which is another check's affair
            try:
                expect(result).from_scratch(forbidden, uses_library)
            except CheckFailed:
                _tell(result)
                raise


def _tell(result: Result) -> None:
    name = result.exercise.name
    result.channel.note(f"suspicious: {name} is to be written from scratch, and has the library do it")


def _alike(one: Result, other: Result) -> bool:
    if one.failure is not None or other.failure is not None:
        return one.failure is not None and other.failure is not None and one.failure.type == other.failure.type
    if one.array is None or other.array is None:
        return one.value == other.value
    return _NEAR.holds(one.array, other.array)
