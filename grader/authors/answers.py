"""Answers of every wrong kind, as a function could give them or a forger send them, and what checks make of them.

No answer may break a check: its points would go to whoever gave it. And none that has nothing to do with the question
may earn more than half a point. `problems` is what `grader validate` says of both.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Iterator, Sequence

import numpy

import grader.data
from grader.checking.authoring import Check, Exercise
from grader.checking.channel import Channel
from grader.checking.outcomes import CheckReport, NotAttempted, TimedOut
from grader.course import catalogue
from grader.judging.check_run import ending_of, judge_check
from grader.judging.judge import without_hollow_points
from grader.judging.render import number
from grader.sandbox import wire
from grader.sandbox.wire import Numbers

Answer = Callable[[wire.Request], wire.Returned]

# What an answer of one kind may earn, where an exercise is worth what its checks say.
MOST = 0.5


# -- what a request gives to go by


def arguments(request: wire.Request) -> list[wire.Value]:
    """What the function is called with; nothing where no function is called."""
    return list(request.args) if isinstance(request, wire.Call | wire.Gradient) else []


def arrays_in(values: Sequence[wire.Value]) -> list[Numbers]:
    """The arrays among some values, in lists too, and in what is made of them."""
    found: list[Numbers] = []
    for value in values:
        match value:
            case wire.Array():
                found.append(value.numpy())
            case wire.Sequence(items=inner) | wire.Given(args=inner):
                found += arrays_in(inner)
    return found


def _first(request: wire.Request) -> Numbers:
    """The first array; a few numbers where there is none."""
    return next(iter(arrays_in(arguments(request))), numpy.zeros(3, numpy.float32))


def _count(request: wire.Request) -> int:
    """The first whole number, such as the size of a batch."""
    values = [arg.value for arg in arguments(request) if isinstance(arg, wire.Scalar)]
    return next((value for value in values if type(value) is int and value > 0), 1)


# -- how kinds of answers are made


def _returned(value: wire.Value | None, request: wire.Request) -> wire.Returned:
    """The value, as it comes from a function that leaves its arguments alone; what is differentiated gives zeros."""
    args = arguments(request)
    wrt = request.wrt if isinstance(request, wire.Gradient) else ()
    grads = [arrays_in([args[place]]) for place in wrt]
    late = value.items if isinstance(value, wire.Sequence) and isinstance(request, wire.Call) else []
    return wire.Returned(
        value, after=[_afterwards(arg) for arg in args], late=late, ops=[],
        grads=[wire.Array.of(numpy.zeros_like(each[0])) if each else None for each in grads],
        facts={"ended": 1, "calls": 1, "recorded": 0, "operators": 1},
    )  # fmt: skip


def _afterwards(arg: wire.Value) -> wire.Value:
    return wire.Opaque("function") if isinstance(arg, wire.Given | wire.Function) else arg


def _always(value: wire.Value | None) -> Answer:
    return lambda request: _returned(value, request)


def _array(of: Callable[[wire.Request], Numbers], library: wire.Library = "mxnet.np") -> Answer:
    return lambda request: _returned(wire.Array.of(of(request), library), request)


def _filled(value: float, dtype: str = "float32") -> Callable[[wire.Request], Numbers]:
    return lambda request: numpy.full_like(_first(request), value, dtype)


def _shares(request: wire.Request) -> Numbers:
    first = _first(request)
    return numpy.full_like(first, 1 / max(first.shape[-1:], default=1) if first.size else 0, "float32")


def _last(request: wire.Request) -> Numbers:
    return [_first(request), *arrays_in(arguments(request))][-1]


def _batches(value: float) -> Answer:
    """Constants in batches of the right sizes, of the shapes that the arguments' rows have."""

    def answer(request: wire.Request) -> wire.Returned:
        size, arrays = _count(request), [array for array in arrays_in(arguments(request)) if array.ndim]
        rows = min(min(map(len, arrays), default=0), wire.MAX_ITEMS)
        batches = [
            _tuple(*(wire.Array.of(numpy.full_like(array[at : at + size], value, "float32"), "mxnet.np")
                     for array in arrays)) for at in range(0, rows, size)
        ]  # fmt: skip
        return _collected(batches, request)

    return answer


def _row_by_row(request: wire.Request) -> wire.Returned:
    """The arguments' own rows, in order."""
    arrays = [array for array in arrays_in(arguments(request)) if array.ndim]
    rows = [[wire.Array.of(part, "mxnet.np") for part in map(numpy.asarray, row)] for row in zip(*arrays, strict=False)]
    return _collected([_tuple(*row) for row in rows[: wire.MAX_ITEMS]], request)


def _collected(items: list[wire.Value], request: wire.Request) -> wire.Returned:
    one = wire.Sequence(items, "generator")
    times = request.times if isinstance(request, wire.Call) else 1
    return _returned(one if times == 1 else _list(*[one] * times), request)


def _raises(kind: str, message: str) -> Answer:
    failure = wire.Failure(kind, message, "f", "return f(X)", 2)
    return lambda request: wire.Returned(failure=failure, after=list(map(_afterwards, arguments(request))))


def _draws(*figures: wire.Figure) -> Answer:
    return lambda request: wire.Returned(_scalar(None), figures=list(figures))


def _scalar(value: bool | float | str | None) -> wire.Value:
    return wire.Scalar(value, type(value).__name__)


def _list(*items: wire.Value) -> wire.Value:
    return wire.Sequence(list(items), "list")


def _tuple(*items: wire.Value) -> wire.Value:
    return wire.Sequence(list(items), "tuple")


_ZEROS, _NANS = wire.Array.of(numpy.zeros((3, 2))), wire.Array.of(numpy.full(3, math.nan))
_PAIR = _tuple(_scalar(0.5), _scalar(0.8))
_NONSENSE = wire.Returned(
    _list(wire.Kept(2**40, "Dense"), wire.Function("f"), wire.Given("f", [], "")),
    after=[wire.Opaque("x")] * 9, late=[wire.Kept(-1)] * 3, grads=[None, _ZEROS], grad_failure=wire.Failure("", ""),
    ops=["_CustomFunction", ""], facts={"ended": -1, "calls": -5, "recorded": -(2**40), "operators": -1},
    outputs=[wire.Output("result", "5")], figures=[wire.Figure((math.nan, -1.0))] * 3,
)  # fmt: skip
_ODD_AXES = wire.Axes(
    "t" * 300, xlim=(math.nan, -math.inf), xscale="log", legend=["", "a"] * 9, images=[_NANS, _ZEROS], points=[_NANS],
    lines=[wire.Line(_NANS, _ZEROS, label) for label in ("a", "a", "_b", "\n")], texts=["\n"],
)  # fmt: skip

# -- the kinds, by what people would call them. Arrays of mxnet.np stand for the flavour's own.

KINDS: dict[str, Answer] = {
    "no value": lambda request: wire.Returned(),
    "None": _always(_scalar(None)),
    "0": _always(_scalar(0)),
    "1": _always(_scalar(1)),
    "0.5": _always(_scalar(0.5)),
    "nan": _always(_scalar(math.nan)),
    "1e308": _always(_scalar(1e308)),
    "the least whole number": _always(_scalar(-(2**63))),
    "True": _always(_scalar(True)),
    "a text": _always(_scalar("softmax " * 400)),
    "zeros": _array(_filled(0)),
    "zeros of the other flavour": _array(_filled(0), "mxnet.nd"),
    "zeros of NumPy in float16": _array(_filled(0, "float16"), "numpy"),
    "ones": _array(_filled(1)),
    "infinities": _array(_filled(math.inf)),
    "whole numbers": _array(_filled(0, "int64")),
    "truth values": _array(_filled(0, "bool")),
    "equal shares in each row": _array(_shares),
    "a zero for each row": _array(lambda request: numpy.zeros(_first(request).shape[:1], "float32")),
    "the first argument": _array(_first),
    "the last argument": _array(_last),
    "a list of the arguments": lambda request: _returned(_list(*map(_afterwards, arguments(request))), request),
    "an array of another shape": _array(lambda request: numpy.zeros((7, 7), "float32")),
    "an empty array": _array(lambda request: numpy.zeros((0, 3), "float32")),
    "an array of many dimensions": _array(lambda request: numpy.zeros((1,) * wire.MAX_DIMENSIONS)),
    "a large array": _array(lambda request: numpy.zeros((1000, 1000), "uint8")),
    "an empty list": _always(_list()),
    "a ragged list": _always(_list(_NANS, _list(_scalar(1), _list()), _ZEROS)),
    "lists in lists": _always(_list(_list(_list(_list(_list()))))),
    "a thousand numbers": _always(_list(*[_scalar(0.5)] * 1000)),
    "as many pairs of numbers as are asked for": lambda request: _returned(_list(*[_PAIR] * _count(request)), request),
    "three things": _always(_tuple(_scalar(0.5), _NANS, _scalar(None))),
    "batches of zeros": _batches(0),
    "batches of nan": _batches(math.nan),
    "one row after the other": _row_by_row,
    "a dict": _always(wire.Opaque("dict", "of 3 items")),
    "a generator": _always(wire.Opaque("generator")),
    "a function": _always(wire.Opaque("function")),
    "a function of the notebook": _always(wire.Function("f")),
    "an object": _always(wire.Kept(7, "Dense")),
    "a ValueError": _raises("ValueError", "operands could not be broadcast together with shapes (3,2) (4,)"),
    "a TypeError": _raises("TypeError", ""),
    "the error of an operator that MXNet lacks": _raises("MXNetError", "only supports float32, float16 not supported"),
    "a NotImplementedError": _raises("NotImplementedError", "somewhere else"),
    "no such function": _raises("NoSuchFunction", "f"),
    "no such attribute": _raises("NoSuchAttribute", "f"),
    "nonsense in every field": lambda request: _NONSENSE,
    "an empty picture": _draws(wire.Figure((4.0, 3.0))),
    "a picture of nothing": _draws(wire.Figure((4.0, 3.0), [wire.Axes()])),
    "a picture of nonsense": _draws(wire.Figure((math.inf, 0.0), [_ODD_AXES], b"no PNG")),
    "many pictures": _draws(*[wire.Figure((4.0, 3.0), [wire.Axes()] * 9)] * 9),
}  # fmt: skip


class Answering:
    """A channel to no function at all: one kind of answer to whatever is asked.

    `keeps`: what is to live on between calls does, as it was; else that is answered in kind as well. `asked_to_keep`
    tells whether there was anything of that sort.
    """

    is_notebook = False

    def __init__(
        self, flavour: str, answer: Answer, keeps: bool, lacks: tuple[str, ...] = (), whole: Answering | None = None
    ) -> None:
        self.flavour, self.lacks, self.seconds = flavour, lacks, 60.0
        self._answer, self._keeps = answer, keeps
        self._whole = whole or self
        self._kept: list[wire.Array] = []
        self.asked_to_keep = False

    def begin(self, check: Check) -> None:
        """One check is like another."""

    def ask(self, request: wire.Request) -> wire.Returned:
        of_kept = self._of_kept(request)
        self.asked_to_keep |= of_kept is not None
        returned = of_kept if self._keeps else None
        # As it would arrive.
        return wire.decode_reply(wire.encode(returned or self._in_kind(request))[4:])

    def probe(self, request: wire.Request) -> wire.Returned | None:
        return self.ask(request)

    def _of_kept(self, request: wire.Request) -> wire.Returned | None:
        match request:
            case wire.Keep():
                self._kept.append(request.value)
                return wire.Returned(wire.Kept(len(self._kept) - 1, "ndarray"))
            case wire.Read() if request.number < len(self._kept):
                return wire.Returned(self._own(self._kept[request.number]))
            case wire.SetGrad() | wire.SetParameters():
                return wire.Returned()
            case wire.Make() | wire.Call(keep=True):
                return wire.Returned(wire.Kept(10**6, "Sequential"))
            case wire.Parameters():
                pairs = [_tuple(_scalar(name), _ZEROS) for name in ("weight", "bias")]
                return wire.Returned(_list(*pairs))
        return None

    def _in_kind(self, request: wire.Request) -> wire.Returned:
        if isinstance(request, wire.Read) and request.number < len(self._kept):
            request = wire.Call("", [self._kept[request.number]])
        returned = self._answer(request)
        return wire.Returned(self._own(returned.value), *map(returned.__getattribute__, returned.__struct_fields__[1:]))

    def _own(self, value: wire.Value | None) -> wire.Value | None:
        """The value with its arrays in the flavour's library."""
        match value:
            case wire.Array(library="mxnet.np" | "mxnet.nd" as library) if self.flavour == "nd":
                other: wire.Library = "mxnet.nd" if library == "mxnet.np" else "mxnet.np"
                return wire.Array(value.dtype, value.shape, value.data, other)
            case wire.Sequence():
                return wire.Sequence([own for item in value.items if (own := self._own(item))], value.kind)
        return value

    def without(self, operators: Sequence[str]) -> Answering:
        return Answering(self.flavour, self._answer, self._keeps, tuple(operators), self)

    def whole(self) -> Answering:
        return self._whole

    def explain_missing(self, function: str) -> str:
        return f"There is no function {function}."

    def source_of(self, function: str) -> str:
        return ""

    def note(self, text: str) -> None:
        """There is no instructor here."""


def judged(exercise: Exercise, channel: Channel, seed: int = 1) -> list[CheckReport]:
    """What the exercise's checks make of the channel's answers."""
    made: dict[str, CheckReport] = {}
    over: Exception | None = None
    for check in sorted(exercise.checks, key=lambda check: check.without):
        function = getattr(catalogue.module_of(exercise), check.name)
        error = over or ending_of(exercise, check, function, channel, seed)
        over = error if isinstance(error, NotAttempted | TimedOut) else None
        made[check.name] = judge_check(check, error)
    return without_hollow_points(exercise, [made[check.name] for check in exercise.checks])


def problems(exercise: Exercise, flavour: str) -> Iterator[str]:
    """A sentence for each check that breaks on an answer of some kind, and for each kind that earns too much."""
    found: dict[str, None] = {}
    with _small_data(exercise):
        for kind, answer in KINDS.items():
            channel = Answering(flavour, answer, keeps=True)
            found |= dict.fromkeys(_troubles(exercise, kind, judged(exercise, channel)))
            if channel.asked_to_keep:
                reports = judged(exercise, Answering(flavour, answer, keeps=False))
                found |= dict.fromkeys(_troubles(exercise, kind, reports))
    yield from found


def _troubles(exercise: Exercise, kind: str, reports: Sequence[CheckReport]) -> Iterator[str]:
    for report in reports:
        if report.outcome == "error":
            what = " ".join(report.message.split())[:200].rstrip(".")
            yield (f"{exercise.id}: the check {report.name} breaks on this answer: {kind} ({what}). Have it find out "
                   "what came before it reads it, so that nobody gets points for breaking it")  # fmt: skip
    score = sum(report.score for report in reports if report.outcome != "error")
    if score > MOST:
        names = ", ".join(report.name for report in reports if report.score)
        yield (f"{exercise.id}: this answer, whatever the question, earns {number(score)} points: {kind}. Half a point "
               f"is the most that one may; look at {names}, or mark what nearly any answer passes as "
               "trivial")  # fmt: skip


@contextlib.contextmanager
def _small_data(exercise: Exercise) -> Iterator[None]:
    """In the block, the small versions of the assignment's data sets are those that checks open."""
    every = catalogue.assignments(exercise.folder.parents[1])
    data = grader.data.embedded(
        name for facts in every if facts.folder == exercise.folder.parent for name in facts.data
    )
    with grader.data.in_use(data):
        yield
