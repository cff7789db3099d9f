"""How a check calls a student's functions: in a slot while grading, in this process in a notebook's self-check.

A check sees one object, `student`; `student.softmax(X)` calls the function of that name with `X` turned into an
array of the flavour, and gives a `Result`. The result's values are NumPy's; nothing of the student's own is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy
from msgspec.structs import replace as replace_value

from grader.authoring import CheckFailed, Exercise, NotAttempted, exercise_names
from grader.sandbox import wire

Numbers = numpy.ndarray[Any, Any]


class Channel(Protocol):
    """Carries requests to where the student's functions live."""

    @property
    def flavour(self) -> str: ...

    @property
    def seconds(self) -> float:
        """What is left of the exercise's time."""

    def ask(self, request: wire.Request) -> wire.Returned:
        """Raises what ends a check: `Crashed` or `TimedOut` of `grader.judge`, for one."""

    def explain_missing(self, function: str) -> str:
        """Why the notebook defines no such function, for the student."""

    def note(self, text: str) -> None:
        """Tell the instructor something that changes no score."""

    @property
    def is_notebook(self) -> bool:
        """Whether this is the student's own notebook, where the student sees what the function is given."""

    @property
    def is_bare(self) -> bool:
        """Whether the functions live where the library has no softmax."""

    def bare(self) -> Channel:
        """The channel to the same functions where the library has no softmax; itself where that cannot be had."""

    def whole(self) -> Channel:
        """Of a bare channel, the one to where the library is whole; else itself."""

    def probe(self, request: wire.Request) -> wire.Returned | None:
        """Ask for the sake of a better explanation, at no cost to the student.

        None where that takes long or ends the process.
        """


@dataclass(frozen=True)
class Result:
    """What came of one call: `args` as they were given, `returned` as it crossed the wire.

    `head` is what the result was weighted with before it was differentiated; None where it was not.
    `through_softmax`: the function got the softmax of its first argument.
    """

    exercise: Exercise
    channel: Channel
    function: str
    args: tuple[Any, ...]
    returned: wire.Returned
    head: Numbers | None = None
    through_softmax: bool = False

    @property
    def flavour(self) -> str:
        return self.channel.flavour

    @property
    def failure(self) -> wire.Failure | None:
        return self.returned.failure

    @property
    def value(self) -> wire.Value | None:
        return self.returned.value

    @property
    def array(self) -> Numbers | None:
        """The result as a NumPy array, if it is an MXNet or NumPy array or a number; else None."""
        return as_numpy(self.returned.value)

    @property
    def gradient(self) -> Numbers | None:
        return None if self.returned.grad is None else self.returned.grad.numpy()

    @property
    def operators(self) -> list[str] | None:
        """Operators of the recorded graph; None where it could not be read."""
        return self.returned.ops

    @property
    def facts(self) -> dict[str, int]:
        return self.returned.facts

    def argument_after(self, index: int) -> Numbers | None:
        """That argument after the call, as `array` is."""
        after = self.returned.after
        return as_numpy(after[index]) if index < len(after) else None


def as_numpy(value: wire.Value | None) -> Numbers | None:
    """A number or an array in NumPy; None for anything else."""
    match value:
        case wire.Array():
            return value.numpy()
        case wire.Scalar() if isinstance(value.value, (bool, int, float)):
            return numpy.asarray(value.value)
    return None


@dataclass(frozen=True)
class KeptArray:
    """An array that lives in the student's process between calls, with a gradient buffer."""

    student: Student
    number: int
    start: Numbers

    @property
    def value(self) -> Numbers:
        """As it is now."""
        return self._read(grad=False)

    @property
    def grad(self) -> Numbers:
        """Its gradient, as the last backward has left it."""
        return self._read(grad=True)

    def _read(self, grad: bool) -> Numbers:
        found = as_numpy(self.student.channel.ask(wire.Read(self.number, grad)).value)
        # What comes back may be forged: an error here would be the grader's own, and cost no points.
        return (
            found if found is not None and found.shape == self.start.shape else numpy.full_like(self.start, numpy.nan)
        )

    def set_grad(self, grad: Numbers) -> None:
        self.student.channel.ask(wire.SetGrad(self.number, wire.Array.of(grad)))


class StudentFunction:
    """One function of the student's, by name; also fit as an argument to another."""

    def __init__(self, student: Student, name: str) -> None:
        self.student = student
        self.name = name

    def __call__(self, *args: Any, seed: int | None = None) -> Result:
        """Call it; with `seed`, after the student's random generators were set to it."""
        return self._result(args, wire.Call(self.name, [_to_wire(arg) for arg in args], seed=seed))

    def collect(self, *args: Any, limit: int) -> Result:
        """Call it and iterate over what it returns: the value is then what came, `limit` items at most."""
        return self._result(args, wire.Call(self.name, [_to_wire(arg) for arg in args], limit))

    def collect_often(self, *args: Any, limit: int, times: int) -> list[Result]:
        """As `collect`, that many times on the same arguments, in one request; one result if a call fails."""
        request = wire.Call(self.name, [_to_wire(arg) for arg in args], limit, times)
        every = self._result(args, request)
        if not isinstance(every.value, wire.Sequence) or len(every.value.items) != times:  # the latter is forged
            return [every]
        return [replace(every, returned=replace_value(every.returned, value=one)) for one in every.value.items]

    def gradient(self, *args: Any, head: Numbers, through_softmax: bool = False) -> Result:
        """Call it while recording, and differentiate sum(result * head) for the first argument."""
        values = [_to_wire(arg) for arg in args]
        request = wire.Gradient(self.name, values, wire.Array.of(head), through_softmax)
        return replace(self._result(args, request), head=head, through_softmax=through_softmax)

    def _result(self, args: tuple[Any, ...], request: wire.Request) -> Result:
        channel = self.student.channel
        returned = channel.ask(request)
        exercise = self.student.exercise
        if returned.failure is not None and returned.failure.type in ("NoSuchFunction", "NotImplementedError"):
            _unfinished(exercise, channel, returned.failure)
        return Result(exercise, channel, self.name, args, returned)


def try_again(result: Result, args: tuple[Any, ...]) -> Result | None:
    """The same function on other arguments, for the sake of a better explanation; None where that costs too much."""
    returned = result.channel.probe(wire.Call(result.function, [_to_wire(arg) for arg in args]))
    return None if returned is None else replace(result, args=args, returned=returned)


def _unfinished(exercise: Exercise, channel: Channel, failure: wire.Failure) -> None:
    """A stub, or no function at all. A NotImplementedError of the student's own, or MXNet's, is one like any other."""
    name = failure.message.strip("'\"") or exercise.name
    if failure.type == "NoSuchFunction":
        raise CheckFailed(channel.explain_missing(name), hint="")
    if name == exercise.name:
        raise NotAttempted(f"{exercise.name} is still the stub")
    if name in exercise_names():
        raise CheckFailed(f"{exercise.signature} needs {name}, and {name} is not written yet.", hint="")


class Student:
    """What a check gets as `student`: the notebook's functions as attributes."""

    def __init__(self, exercise: Exercise, channel: Channel) -> None:
        self.exercise = exercise.in_flavour(channel.flavour)
        self.channel = channel

    @property
    def flavour(self) -> str:
        """ "np" or "nd": which array API the assignment is written in."""
        return self.channel.flavour

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("_"):
            raise AttributeError(name)
        return StudentFunction(self, name)

    def param(self, value: Numbers, grad: Numbers | None = None, name: str | None = None) -> KeptArray:
        """A parameter in the student's process, with its gradient; with `name` it becomes that global."""
        request = wire.Keep(wire.Array.of(value), None if grad is None else wire.Array.of(grad), name)
        kept = self.channel.ask(request).value
        return KeptArray(self, kept.number if isinstance(kept, wire.Kept) else -1, value)


def _to_wire(arg: Any) -> wire.Value:
    match arg:
        case numpy.ndarray():
            return wire.Array.of(arg)
        case KeptArray():
            return wire.Kept(arg.number)
        case StudentFunction():
            return wire.Function(arg.name)
        case bool() | int() | float() | str() | None:
            return wire.Scalar(arg, type(arg).__name__)
        case list() | tuple():
            return wire.Sequence([_to_wire(item) for item in arg], type(arg).__name__)
        case wire.Data() | wire.LinearNet() | wire.Batches():
            return arg
    raise TypeError(f"{type(arg).__name__} cannot be an argument")


def linear_net(W: Numbers, b: Numbers) -> wire.LinearNet:
    """A `net` of the grader's own as an argument: X·W + b."""
    return wire.LinearNet(wire.Array.of(W), wire.Array.of(b))


def batches(items: Sequence[tuple[Numbers, Numbers]], once: bool = True) -> wire.Batches:
    """Batches as an argument: a generator, which can be read once, or a list."""
    return wire.Batches([(wire.Array.of(X), wire.Array.of(y)) for X, y in items], once)
