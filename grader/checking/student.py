"""How a check calls a student's functions: in a slot while grading, in this process in a notebook's self-check.

A check sees one object, `student`; `student.softmax(X)` calls the function of that name with `X` turned into an
array of the flavour, and gives a `Result`. The result's values are NumPy's; nothing of the student's own is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import numpy
from msgspec.structs import replace as replace_value

from grader.checking.authoring import Exercise
from grader.checking.channel import Channel
from grader.checking.messages import Known, call_text, describe_failure, given_away
from grader.checking.outcomes import CheckFailed, NotAttempted
from grader.checking.result import Result, Through
from grader.diagnosis import wrong_kinds
from grader.sandbox import wire
from grader.sandbox.wire import Numbers, as_numpy

__all__ = ["Channel", "KeptArray", "Numbers", "Result", "Student", "StudentFunction", "StudentObject", "Through",
           "as_numpy", "try_again"]  # fmt: skip


# The hint where there is no function to try.
FROM_THE_TOP = "Kernel > Restart & Run All shows what the grader sees: it runs the notebook from the top, once."


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

    def object(self, *args: Any, called: str = "", known: Known = ()) -> StudentObject:
        """Call it, and keep what it returns in the student's process: an instance of a class, a DataLoader, a net.

        `called` is its name in messages. Raises `CheckFailed` where the call does, with what is `known` of its
        exception, or returns None.
        """
        made = self._call(args, keep=True)
        return StudentObject(self.student, called or call_text(made), made, known)

    def figure(self, *args: Any) -> Result:
        """Call it and read what it has drawn, as `Result.figures`; the student's own open figures stay as they are."""
        return self._call(args, figures=True)

    def count(self, *args: Any) -> Result:
        """Call it and count the operators of MXNet that run: `Expectation.operators_run`."""
        return self._call(args, count=True)

    @property
    def _number(self) -> int | None:
        return None if self._of is None else self._of.number

    def _call(self, args: tuple[Any, ...], **options: Any) -> Result:
        return self._result(args, wire.Call(self.name, [_to_wire(arg) for arg in args], of=self._number, **options))

    def _result(self, args: tuple[Any, ...], request: wire.Request) -> Result:
        exercise, channel = self.student.exercise, self.student.channel
        returned = channel.ask(request)
        if returned.failure is not None and returned.failure.type in ("NoSuchFunction", "NotImplementedError"):
            _unfinished(exercise, channel, returned.failure)
        if self._of is None:
            return Result(exercise, channel, self.name, args, returned)
        if returned.failure is not None and returned.failure.type == "NoSuchAttribute":
            raise CheckFailed(f"{self._of.title} has no method {self.name}.", hint="")
        return Result(exercise, channel, "", args, returned, call=_written(self._of.title, self.name, args))

    def to_wire(self) -> wire.Function:
        """As an argument of another function."""
        if self._of is not None:
            raise TypeError("a method cannot be an argument: give the object itself")
        return wire.Function(self.name)


# How a call of what Python asks of an object's type is written.
_WRITTEN = {"__len__": "len({0})", "__getitem__": "{0}[{1}]", "__iter__": "a pass over {0}"}


def _written(title: str, name: str, args: tuple[Any, ...]) -> str:
    """The call as a student would write it; what is no number or text is left out."""
    shown = ", ".join(repr(arg) if isinstance(arg, bool | int | float | str) else "…" for arg in args)
    if name in _WRITTEN:
        return _WRITTEN[name].format(title, shown)
    return f"{title}.{name}({shown})" if name else f"{title}({shown})"


class StudentObject:
    """Something that lives on between calls: its methods are called, its attributes read, by name.

    `net = student.build_net.object()`; `net(X)`, `net.gradient(X, head=…)`, `net.hybridize()`, `net[0]`. It is also fit
    as an argument. A method that has the name of one of these here is had by `method`.
    """

    def __init__(self, student: Student, title: str, made: Result, known: Known = ()) -> None:
        """`made` is what came of the call that was to keep it. Raises `CheckFailed` where that failed."""
        self._student = student
        self.title = title
        self.made = made
        if made.failure is not None:
            text = f"{call_text(made)} {describe_failure(made.failure)}"
            raise CheckFailed(text, given_away(made.failure, known), hint="")
        # A reply without a number is forged: what is asked of the object later fails.
        kept = made.value if isinstance(made.value, wire.Kept) else wire.Kept(-1)
        self.number = kept.number
        self.kind = kept.kind
        """The name of its type, as far as it can be believed."""
        if self.kind == "NoneType":
            nothing = wrong_kinds.of_value(wire.Scalar(None, self.kind))
            raise CheckFailed(f"{call_text(made)} returned None.", nothing, hint="")

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.method(name)

    def method(self, name: str) -> StudentFunction:
        """The method of that name; without a name, what a call of the thing itself is."""
        return StudentFunction(self._student, name, self)

    def __call__(self, *args: Any) -> Result:
        return self.method("")(*args)

    def gradient(self, *args: Any, head: Numbers, wrt: tuple[int, ...] = (0,)) -> Result:
        """Of calling the thing itself; as `StudentFunction.gradient`."""
        return self.method("").gradient(*args, head=head, wrt=wrt)

    def __getitem__(self, index: int) -> Result:
        return self.method("__getitem__")(index)

    def __iter__(self) -> NoReturn:
        raise TypeError("a student's iterable may have no end: say iterate(limit)")

    def length(self) -> Result:
        """What len() of it is."""
        return self.method("__len__")()

    def iterate(self, limit: int) -> Result:
        """One pass over it, as a for loop makes it, `limit` items at most; see `items`."""
        return self.method("__iter__").collect(limit=limit)

    def attribute(self, name: str) -> Result:
        """What the attribute of that name holds. Raises `CheckFailed` where there is none."""
        result = self._ask(f"{self.title}.{name}", wire.Attribute(self.number, name))
        if result.failure is not None and result.failure.type == "NoSuchAttribute":
            raise CheckFailed(f"{self.title} has no attribute {name}.", hint="")
        return result

    def parameters(self, grad: bool = False) -> list[tuple[str, Numbers | None]]:
        """The parameters of a Gluon block, or their gradients: name and values, None where there are none yet.

        Raises `CheckFailed` where it has no parameters in Gluon's sense.
        """
        result = self._ask(self.title, wire.Parameters(self.number, grad))
        if result.failure is not None:
            raise CheckFailed(f"{self.title} is no Gluon block: {result.failure.message}.", hint="")
        pairs = result.value.items if isinstance(result.value, wire.Sequence) else []
        return [
            (str(pair.items[0].value), as_numpy(pair.items[1]))
            for pair in pairs
            if isinstance(pair, wire.Sequence) and len(pair.items) == 2 and isinstance(pair.items[0], wire.Scalar)
        ]

    def set_parameters(self, values: Sequence[Numbers | None]) -> None:
        """Give a Gluon block's parameters these values, in order; None leaves one as it is.

        Raises `CheckFailed` where it cannot take them. See `set_linear` for a net whose layout is the student's affair.
        """
        arrays = [None if value is None else wire.Array.of(value) for value in values]
        failure = self._ask(self.title, wire.SetParameters(self.number, arrays)).failure
        if failure is not None:
            raise CheckFailed(f"The parameters of {self.title} cannot be set: {failure.message}.", hint="")

    def _ask(self, call: str, request: wire.Request) -> Result:
        channel = self._student.channel
        return Result(self._student.exercise, channel, "", (), channel.ask(request), call=call)


def try_again(result: Result, args: tuple[Any, ...]) -> Result | None:
    """The same function on other arguments, for the sake of a better explanation; None where that costs too much.

    Nothing that lives on is called again: it may have changed since, and would change once more.
    """
    if result.call or result.part:
        return None
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

    def given_object(self, name: str, *args: Any) -> StudentObject:
        """The same, made at once and kept: a net that is to be trained, a Trainer that goes with it."""
        returned = self.channel.ask(wire.Make(self.given(name, *args)))
        made = Result(self.exercise, self.channel, "", args, returned, call=f"making a {name}")
        return StudentObject(self, f"the {name}", made)


def _to_wire(arg: Any) -> wire.Value:
    match arg:
        case numpy.ndarray():
            return wire.Array.of(arg)
        case KeptArray() | StudentObject():
            return wire.Kept(arg.number)
        case StudentFunction():
            return arg.to_wire()
        case bool() | int() | float() | str() | None:
            return wire.Scalar(arg, type(arg).__name__)
        case list() | tuple():
            return wire.Sequence([_to_wire(item) for item in arg], type(arg).__name__)
        case wire.Given():
            return arg
    raise TypeError(f"{type(arg).__name__} cannot be an argument")
