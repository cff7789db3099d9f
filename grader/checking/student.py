"""How a check calls a student's functions: in a slot while grading, in this process in a notebook's self-check.

A check sees one object, `student`; `student.softmax(X)` calls the function of that name with `X` turned into an
array of the flavour, and gives a `Result`. The result's values are NumPy's; nothing of the student's own is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
from msgspec.structs import replace as replace_value

from grader.checking.authoring import Exercise
from grader.checking.channel import Channel
from grader.checking.messages import call_text, describe_failure
from grader.checking.outcomes import CheckFailed, NotAttempted
from grader.sandbox import wire
from grader.sandbox.wire import Numbers, as_numpy

__all__ = ["Channel", "KeptArray", "Numbers", "Result", "Student", "StudentFunction", "StudentObject", "Through",
           "as_numpy", "try_again"]  # fmt: skip


# The hint where there is no function to try.
FROM_THE_TOP = "Kernel > Restart & Run All shows what the grader sees: it runs the notebook from the top, once."


@dataclass(frozen=True)
class Through:
    """What a function's first argument goes through before the function gets it: a net's earlier part, so to speak.

    `given` is its name in given.py, where it is made of MXNet's operators; `function` the same in NumPy; `name` what
    messages call the argument before it.
    """

    given: str
    function: Callable[[Numbers], Numbers]
    name: str


@dataclass(frozen=True)
class Result:
    """What came of one call: `args` as they were given, `returned` as it crossed the wire.

    `head` is what the result was weighted with before it was differentiated, for the arguments `wrt`; None where it
    was not. `through` is what the first argument went through. `part` is the name of one of several returned values.
    """

    exercise: Exercise
    channel: Channel
    function: str
    args: tuple[Any, ...]
    returned: wire.Returned
    head: Numbers | None = None
    through: Through | None = None
    wrt: tuple[int, ...] = (0,)
    part: str = ""

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
        """The gradient for the first of the arguments `wrt`, if there is one."""
        return self.gradients[0] if self.gradients else None

    @property
    def gradients(self) -> list[Numbers | None]:
        """The gradients for all of the arguments `wrt`; none where there are not as many as were asked for."""
        found = [None if grad is None else grad.numpy() for grad in self.returned.grads]
        return found if len(found) == len(self.wrt) else []

    @property
    def operators(self) -> list[str] | None:
        """Operators of the recorded graph; None where it could not be read."""
        return self.returned.ops

    @property
    def facts(self) -> dict[str, int]:
        return self.returned.facts

    @property
    def figures(self) -> list[wire.Figure]:
        """What the call has drawn; see `StudentFunction.figure`."""
        return self.returned.figures

    def argument_after(self, index: int) -> Numbers | None:
        """That argument after the call, as `array` is."""
        return as_numpy(self.value_after(index))

    def value_after(self, index: int) -> wire.Value | None:
        """That argument after the call; None where the reply does not tell."""
        return self.returned.after[index] if index < len(self.returned.after) else None

    def item(self, place: int, part: str) -> Result:
        """One of several returned values as a result of its own."""
        assert isinstance(self.value, wire.Sequence)
        return replace(self, returned=replace_value(self.returned, value=self.value.items[place]), part=part)


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
    """One function of the student's, by name; with `of`, a method of something that is kept, or, unnamed, that itself.

    A function of the notebook is also fit as an argument to another.
    """

    def __init__(self, student: Student, name: str, of: StudentObject | None = None) -> None:
        self.student = student
        self.name = name
        self._of = of

    def __call__(self, *args: Any, seed: int | None = None) -> Result:
        """Call it; with `seed`, after the student's random generators were set to it."""
        return self._call(args, seed=seed)

    def collect(self, *args: Any, limit: int) -> Result:
        """Call it and iterate over what it returns: the value is then what came, `limit` items at most."""
        return self._call(args, collect=limit)

    def collect_often(self, *args: Any, limit: int, times: int) -> list[Result]:
        """As `collect`, that many times on the same arguments, in one request; one result if a call fails."""
        every = self._call(args, collect=limit, times=times)
        if not isinstance(every.value, wire.Sequence) or len(every.value.items) != times:  # the latter is forged
            return [every]
        return [replace(every, returned=replace_value(every.returned, value=one)) for one in every.value.items]

    def gradient(
        self, *args: Any, head: Numbers, through: Through | None = None, wrt: tuple[int, ...] = (0,)
    ) -> Result:
        """Call it while recording, and differentiate sum(result * head) for the arguments whose places are `wrt`."""
        values = [_to_wire(arg) for arg in args]
        given = None if through is None else wire.Given(through.given, [], self.student.exercise.given)
        request = wire.Gradient(self.name, values, wire.Array.of(head), given, wrt, self._number)
        return replace(self._result(args, request), head=head, through=through, wrt=wrt)

    def object(self, *args: Any) -> StudentObject:
        """Call it, and keep what it returns in the student's process: an instance of a class, a DataLoader, a net.

        Raises `CheckFailed` where the call does.
        """
        made = self._call(args, keep=True)
        if made.failure is not None:
            raise CheckFailed(f"{call_text(made)} {describe_failure(made.failure)}", hint="")
        return StudentObject(self, made)

    def figure(self, *args: Any) -> Result:
        """Call it and read what it has drawn, as `Result.figures`; the student's own open figures stay as they are."""
        return self._call(args, figures=True)

    def count(self, *args: Any) -> Result:
        """Call it and count the operators of MXNet that run: `facts["operators"]`."""
        return self._call(args, count=True)

    @property
    def _number(self) -> int | None:
        return None if self._of is None else self._of.number

    def _call(self, args: tuple[Any, ...], **options: Any) -> Result:
        return self._result(args, wire.Call(self.name, [_to_wire(arg) for arg in args], of=self._number, **options))

    def _result(self, args: tuple[Any, ...], request: wire.Request) -> Result:
        channel = self.student.channel
        returned = channel.ask(request)
        exercise = self.student.exercise
        if returned.failure is not None and returned.failure.type in ("NoSuchFunction", "NotImplementedError"):
            _unfinished(exercise, channel, returned.failure)
        title = self.name if self._of is None else f"{self._of.title}.{self.name}" if self.name else self._of.title
        return Result(exercise, channel, title, args, returned)


class StudentObject:
    """Something of the student's that lives on between calls: its methods are called, its attributes read, by name.

    `net = student.build_net.object()`; `net(X)`, `net.gradient(X, head=…)`, `net.hybridize()`, `net[0]`.
    """

    def __init__(self, function: StudentFunction, made: Result) -> None:
        self.made = made
        self._student = function.student
        self.title = f"{function.name}(…)"
        kept = made.value
        # A reply without a number is forged, or the call failed: what is asked of it later fails as well.
        self.number = kept.number if isinstance(kept, wire.Kept) else -1

    @property
    def kind(self) -> str:
        """The name of its type, as far as it can be believed."""
        return self.made.value.kind if isinstance(self.made.value, wire.Kept) else ""

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("_"):
            raise AttributeError(name)
        return StudentFunction(self._student, name, self)

    def __call__(self, *args: Any) -> Result:
        return StudentFunction(self._student, "", self)(*args)

    def gradient(self, *args: Any, **options: Any) -> Result:
        """Of calling the thing itself; as `StudentFunction.gradient`."""
        return StudentFunction(self._student, "", self).gradient(*args, **options)

    def __getitem__(self, index: int) -> Result:
        return StudentFunction(self._student, "__getitem__", self)(index)

    def length(self) -> Result:
        """What len() of it is."""
        return StudentFunction(self._student, "__len__", self)()

    def iterate(self, limit: int) -> Result:
        """One pass over it, `limit` items at most."""
        return StudentFunction(self._student, "__iter__", self).collect(limit=limit)

    def attribute(self, name: str) -> Result:
        """What the attribute of that name holds."""
        return self._result(f"{self.title}.{name}", wire.Attribute(self.number, name))

    def parameters(self, grad: bool = False) -> list[tuple[str, Numbers | None]]:
        """The parameters of a Gluon block, or their gradients: name and values, None where there are none yet.

        Raises `CheckFailed` where it has no parameters in Gluon's sense.
        """
        result = self._result(self.title, wire.Parameters(self.number, grad))
        value = result.value
        pairs = value.items if isinstance(value, wire.Sequence) else []
        if result.failure is not None:
            raise CheckFailed(f"{self.title} is no Gluon block: {result.failure.message}.")
        return [
            (str(pair.items[0].value), as_numpy(pair.items[1]))
            for pair in pairs
            if isinstance(pair, wire.Sequence) and len(pair.items) == 2 and isinstance(pair.items[0], wire.Scalar)
        ]

    def set_parameters(self, values: Sequence[Numbers]) -> None:
        """Give a Gluon block's parameters these values, in order. Raises `CheckFailed` where it cannot take them."""
        request = wire.SetParameters(self.number, [wire.Array.of(value) for value in values])
        failure = self._result(self.title, request).failure
        if failure is not None:
            raise CheckFailed(f"The parameters of {self.title} cannot be set: {failure.message}.")

    def _result(self, title: str, request: wire.Request) -> Result:
        channel = self._student.channel
        return Result(self._student.exercise, channel, title, (), channel.ask(request))


def try_again(result: Result, args: tuple[Any, ...]) -> Result | None:
    """The same function on other arguments, for the sake of a better explanation; None where that costs too much."""
    returned = result.channel.probe(wire.Call(result.function, [_to_wire(arg) for arg in args]))
    return None if returned is None else replace(result, args=args, returned=returned)


def _unfinished(exercise: Exercise, channel: Channel, failure: wire.Failure) -> None:
    """A stub, or no function at all. A NotImplementedError of the student's own, or MXNet's, is one like any other."""
    name = failure.message.strip("'\"") or exercise.name
    if failure.type == "NoSuchFunction":
        raise CheckFailed(channel.explain_missing(name), hint=FROM_THE_TOP)
    if name == exercise.name:
        raise NotAttempted(f"{exercise.name} is still the stub")
    if name in exercise.needs:
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

    def given(self, name: str, *args: Any) -> wire.Given:
        """An argument that is made where the student's functions live: by the function `name` of given.py."""
        return wire.Given(name, [_to_wire(arg) for arg in args], self.exercise.given)


def _to_wire(arg: Any) -> wire.Value:
    match arg:
        case numpy.ndarray():
            return wire.Array.of(arg)
        case KeptArray():
            return wire.Kept(arg.number)
        case StudentObject():
            return wire.Kept(arg.number)
        case StudentFunction():
            return wire.Function(arg.name)
        case bool() | int() | float() | str() | None:
            return wire.Scalar(arg, type(arg).__name__)
        case list() | tuple():
            return wire.Sequence([_to_wire(item) for item in arg], type(arg).__name__)
        case wire.Given():
            return arg
    raise TypeError(f"{type(arg).__name__} cannot be an argument")
