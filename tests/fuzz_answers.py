"""Frames and answers of every kind that a slot could send, and what must hold of each: `decode` and `judge`."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import msgspec
import numpy
from hypothesis import strategies as st

from grader.authors.answers import MOST, arrays_in, judged
from grader.checking.authoring import Check
from grader.checking.messages import describe_value
from grader.course import catalogue
from grader.judging.png import for_report
from grader.sandbox import frames, wire
from grader.sandbox.wire import as_numpy
from tests.notebooks import ROOT

# -- frames

plain_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
msgpack_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | plain_words | st.binary(max_size=20)
    | st.builds(msgspec.msgpack.Ext, st.integers(-128, 127), st.binary(max_size=9)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_words, inner, max_size=4), max_leaves=8,
)  # fmt: skip
TAGS = ("array", "scalar", "sequence", "opaque", "kept", "function", "given", "returned", "call")
FIELDS = ("type", "value", "failure", "after", "late", "grads", "grad_failure", "ops", "facts", "outputs", "figures",
          "kind", "why", "items", "dtype", "shape", "data", "library", "number", "name", "args", "source", "message",
          "line", "lineno", "text", "png", "size", "axes", "title", "xlim", "xscale", "visible", "shown", "lines", "x",
          "y", "label", "images", "points", "legend", "texts")  # fmt: skip
nearly = st.recursive(
    msgpack_values,
    lambda inner: st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5).flatmap(
        lambda fields: st.sampled_from(TAGS).map(lambda tag: {"type": tag, **fields})
    ),
    max_leaves=6,
)
# What promises more than there is, nests, or is no value at all.
PARTS = (
    b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\xc6\xff\xff\xff\xff", b"\xdc\xff\xff",
    b"\xc9\xff\xff\xff\xff\x01", b"\xc1", b"\xd6\xff\0\0\0\0", b"\xc7\x0c\xff" + b"\xff" * 12,
    b"\xcb\x7f\xf8" + b"\0" * 6,
    b"\xcb\x7f\xf0" + b"\0" * 6, b"\xa4\xff\xfe\xed\xa0", b"\xcf" + b"\xff" * 8, b"\xd3\x80" + b"\0" * 7,
    b"\x91" * 5_000,
    b"\x81\xa5value" * 2_000, b"\x81\x01\x02", b"\x82\xa4type\xa8returned\xa5value", b"\xa5items\x91", b"\xc0",
)  # fmt: skip


_PNG = b"\x89PNG\r\n\x1a\n123"


@functools.cache
def _frames() -> list[bytes]:
    """Bodies of the replies that honest code sends."""
    array = wire.Array.of(numpy.arange(6, dtype="float32").reshape(2, 3), "mxnet.np")
    batches = wire.Sequence([wire.Sequence([array, wire.Array.of(numpy.zeros(2))], "tuple")] * 3, "generator")
    failure = wire.Failure("ValueError", "shapes", "softmax", "return X", 3)
    outputs = [wire.Output("stdout", "hello\n"), wire.Output("display", "", _PNG)]
    parameters = wire.Sequence([wire.Sequence([wire.Scalar("weight", "str"), array], "tuple")], "list")
    axes = wire.Axes("loss", "epoch", lines=[wire.Line(array, array, "train")], images=[array], legend=["train"])
    replies = [
        wire.Returned(array, after=[array], ops=["exp", "sum"], grads=[array, None]), wire.Returned(failure=failure),
        wire.Returned(batches, late=[batches], facts={"ended": 1}), wire.Returned(wire.Scalar(0.5, "float")),
        wire.Returned(outputs=outputs), wire.Returned(wire.Kept(1, "Dense")), wire.Returned(wire.Opaque("dict", "why")),
        wire.Returned(parameters), wire.Returned(figures=[wire.Figure((4.0, 3.0), [axes], _PNG, "figure")]),
    ]  # fmt: skip
    return [wire.encode(reply)[4:] for reply in replies]


@st.composite
def frame_bodies(draw: st.DrawFn) -> list[bytes]:
    """Some bodies: one made up, and what a few changes, one after the other, make of each honest one."""
    kind = draw(st.sampled_from(["random", "parts", "nearly"]))
    if kind == "random":
        made = draw(st.binary(max_size=200))
    elif kind == "parts":
        made = b"".join(draw(st.lists(st.sampled_from(PARTS) | st.binary(max_size=5), max_size=6)))
    else:
        fields = draw(st.dictionaries(st.sampled_from(FIELDS), nearly, max_size=3))
        made = msgspec.msgpack.encode({"type": "returned", **fields})
    bodies, changed = [made], _frames()
    for _ in range(draw(st.integers(1, 4))):
        place, length = draw(st.floats(0, 1)), draw(st.integers(0, 4))
        instead = draw(st.binary(min_size=length, max_size=length) | st.sampled_from(PARTS) | st.binary(max_size=8))
        changed = [_changed(body, place, length, instead) for body in changed]
        bodies += changed
    return bodies


def _changed(body: bytes, place: float, length: int, instead: bytes) -> bytes:
    at = round(place * len(body))
    return body[:at] + instead + body[at + length :]


def _said_briefly(error: frames.WireError) -> str:
    assert len(str(error)) < 300
    return "refused"


def decode(body: bytes) -> str:
    """Decode a reply, and describe what it holds. Returns "refused" or "read"."""
    try:
        reply = wire.decode_reply(body)
    except frames.WireError as error:
        return _said_briefly(error)
    assert wire.decode_reply(wire.encode(reply)[4:]) is not None
    for figure in reply.figures:
        assert for_report(figure.png).isascii()
        "".join([figure.title, *(word for axes in figure.axes for word in (axes.title, *axes.texts))]).encode()
    for value in [reply.value, *reply.after, *reply.late, *reply.grads]:
        said = describe_value(value)
        said.encode()
        numbers = as_numpy(value)
        assert numbers is None or numbers.nbytes <= wire.MAX_ARRAY_BYTES
    return "read"


# -- what a slot may answer

NUMBERS = (0, 1, -1, 0.5, 10, numpy.nan, numpy.inf, -numpy.inf, 1e38, -1e38, 1e308, 2**31 - 1, -(2**63))
# Exercises of the kit, and of the course that the engine's tests have, which shows all that there is to ask for.
ROOTS = (catalogue.KIT, ROOT / "tests" / "course" / "exercises")
EXERCISES = {catalogue.load(folder).id: folder for root in ROOTS for folder in catalogue.folders(root)}


_ODD_FACTS = {"ended": -1, "calls": -1, "recorded": 2**40, "operators": 3}


class Answers:
    """A channel whose every answer is drawn: of the right shape, of nearly the right one, or of none."""

    seconds = 5.0
    is_notebook = False

    def __init__(self, choose: numpy.random.Generator, flavour: str, lacks: tuple[str, ...] = ()) -> None:
        self.choose = choose
        self.flavour = flavour
        self.lacks = lacks
        self.kind = choose.integers(6)  # most answers of one case are of a kind

    def begin(self, check: Check) -> None:
        assert check.title

    def note(self, text: str) -> None:
        assert text

    def explain_missing(self, function: str) -> str:
        return f"no function {function}"

    def source_of(self, function: str) -> str:
        return str(self._pick(["", "def f(", f"def {function}(X):\n    return X\n", "\0", "x = 1\n" * 1000]))

    def ask(self, request: wire.Request) -> wire.Returned:
        # As it would arrive.
        return wire.decode_reply(wire.encode(self._reply(request))[4:])

    def without(self, operators: Sequence[str]) -> Answers:
        return self._pick([self, Answers(self.choose, self.flavour, tuple(operators))])  # type: ignore[no-any-return]

    def whole(self) -> Answers:
        return self

    def probe(self, request: wire.Request) -> wire.Returned | None:
        return self._pick([self.ask(request), None], 0.8)  # type: ignore[no-any-return]

    def _reply(self, request: wire.Request) -> wire.Returned:
        if isinstance(request, wire.Keep | wire.Make) or (isinstance(request, wire.Call) and request.keep):
            kept = wire.Kept(self._pick([0, 1, 99, -1]), self._pick(["Sequential", "ndarray", "NoneType", ""]))
            return wire.Returned(self._pick([kept, None, wire.Scalar(None, "x")], 0.9), self._failure(0.1))
        if isinstance(request, wire.Parameters):
            return wire.Returned(self._pick([self._parameters(), self._value(request), None], 0.8), self._failure(0.1))
        if not isinstance(request, wire.Call | wire.Gradient):
            shape = self._pick([(3, 2), (), (784, 10), (10,), (2,), (0,)])
            return wire.Returned(self._pick([self._array(shape), self._value(request), None]), self._failure(0.1))
        args = [arg for arg in request.args if isinstance(arg, wire.Array)]
        if self.choose.random() < 0.1:
            return wire.Returned(failure=self._failure(1), after=self._pick([[], args]))
        return wire.Returned(
            value=self._value(request), grads=self._grads(request), grad_failure=self._failure(0.5),
            after=self._pick([[], args, [wire.Opaque("x")] * 9, [self._array((0,))] * 3]),
            late=self._pick([[], [self._pair(request)] * 3, [wire.Kept(0)]]),
            ops=self._pick([None, [], ["softmax"], ["exp", "_CustomFunction"]]),
            facts=self._pick([{}, {"ended": 1, "calls": 1, "recorded": 0}, {"ended": 0}, _ODD_FACTS]),
            figures=self._figures() if isinstance(request, wire.Call) and request.figures else [],
        )  # fmt: skip

    def _failure(self, chance: float) -> wire.Failure | None:
        if self.choose.random() >= chance:
            return None
        kinds = ["ValueError", "NoSuchFunction", "NoSuchAttribute", "NotImplementedError", "MXNetError", "IndexError"]
        return wire.Failure(self._pick(kinds), self._pick(["softmax", "", "shape (3, 2) vs (4,)", "x" * 600]))

    def _pick(self, among: list[Any], first: float = 0.0) -> Any:
        return among[0] if self.choose.random() < first else among[int(self.choose.integers(len(among)))]

    def _grads(self, request: wire.Call | wire.Gradient) -> list[wire.Array | None]:
        """As many as are asked for, of the right shapes; or any."""
        if not isinstance(request, wire.Gradient) or self.choose.random() < 0.3:
            return [self._pick([None, self._array((7, 7))]) for _ in range(self._pick([0, 1, 2, 5]))]
        arrays = [arrays_in([request.args[place]]) for place in request.wrt]
        return [self._array(found[0].shape) if found else None for found in arrays]

    def _parameters(self) -> wire.Value:
        """Of a Gluon block: pairs of a name and an array."""
        shapes = [(1, 2), (1,), (10, 784), (10,), (2, 1), (0, 3)]
        values = [self._pick([self._array(self._pick(shapes)), wire.Scalar(None, "NoneType")], 0.7) for _ in range(2)]
        names = [wire.Scalar(self._pick(["weight", "bias", "", None]), "str") for _ in values]
        return wire.Sequence([wire.Sequence(list(pair), "tuple") for pair in zip(names, values, strict=True)], "list")

    def _figures(self) -> list[wire.Figure]:
        return [
            wire.Figure(self._pick([(3.5, 2.5), (numpy.nan, 0.0)], 0.8), [self._axes() for _ in range(self._count())],
                        self._pick([b"", b"\x89PNG", b"no picture"]), self._pick(["", "title"]))
            for _ in range(self._pick([1, 0, 2], 0.8))
        ]  # fmt: skip

    def _axes(self) -> wire.Axes:
        words = self._pick([["train loss", "train acc", "test acc"], [], ["", "_"], ["loss"] * 3])
        # Of unequal lengths too, and in shapes that no line has.
        shapes = [(3,), (0,), (2,), (3, 2)]
        lines = [wire.Line(self._array(self._pick(shapes, 0.6)), self._array(self._pick(shapes, 0.6)), word)
                 for word in words]  # fmt: skip
        images = [self._array(self._pick([(28, 28), (2, 3), (0,), (2, 2, 3)], 0.6)) for _ in range(self._count())]
        limits = self._pick([(0.0, 1.0), (1.0, 0.0), (numpy.nan, numpy.inf)])
        return wire.Axes(
            self._pick(["", "ankle boot", "t" * 600]), self._pick(["epoch", "x", ""]), self._pick(["loss", ""]), limits,
            limits, self._pick(["linear", "log", "?"]), self._pick(["linear", "log"]), bool(self.choose.integers(2)),
            (True, bool(self.choose.integers(2))), lines, images, [self._array((3, 2))] * self._count(),
            self._pick([None, words, []]), self._pick([[], ["text"]]),
            self._pick([(0.0, 0.0, 1.0, 1.0), (0.5, 0.5, 0.4, 0.4), (numpy.nan, numpy.inf, -numpy.inf, 0.0)]),
        )  # fmt: skip

    def _count(self) -> int:
        return int(self._pick([1, 0, 2, 9], 0.6))

    def _value(self, request: wire.Request) -> wire.Value | None:
        args = [arg for arg in getattr(request, "args", []) if isinstance(arg, wire.Array)]
        shapes = [arg.shape for arg in args] + [arg.shape[:1] for arg in args] + [(), (1,), (0,), (1, 1, 1)]
        pairs = wire.Sequence([self._pair(request) for _ in range(self._pick([0, 1, 2, 3, 5]))], "list")
        scalar = wire.Scalar(self._pick([None, True, "text", *NUMBERS]), "float")
        odd = [None, wire.Opaque("dict"), wire.Function("f"), wire.Kept(7, "Dense"), wire.Given("f", [], "")]
        every = [self._array(self._pick(shapes)), scalar, pairs, wire.Sequence([pairs] * 64, "list"), args and args[0],
                 self._pick(odd)]  # fmt: skip
        return self._pick([every[self.kind] or scalar, *every], 0.7) or None

    def _pair(self, request: wire.Request) -> wire.Value:
        k = int(self.choose.integers(5))
        return wire.Sequence(self._pick([
            [self._array((k, 3)), self._array((k,))], [self._array((k,)), self._array((k, 3))], [self._array((3, k))],
            [],
            [wire.Scalar(self._pick(list(NUMBERS)), "float"), wire.Scalar(0.5, "float")], [wire.Opaque("x")] * 2,
        ], 0.5), "tuple")  # fmt: skip

    def _array(self, shape: tuple[int, ...]) -> wire.Array:
        dtype = self._pick(["float32", *sorted(wire.DTYPES)], 0.4)
        with numpy.errstate(all="ignore"):
            filled = self._pick([numpy.full(shape, self._pick(list(NUMBERS))), self.choose.normal(size=shape),
                                 self.choose.choice(numpy.array(NUMBERS, float), shape)])  # fmt: skip
            return wire.Array.of(numpy.asarray(filled).astype(dtype), self._pick(["mxnet.np", "mxnet.nd", "numpy"]))


def judge(number: int, identifier: str, flavour: str) -> str:
    """Every check of an exercise on drawn answers: passed, or one of the outcomes that are the student's.

    Anything else would be the grader's own error, and leave the student the points. And what is drawn may earn no more
    than a constant in an exercise of the kit.
    """
    exercise = catalogue.load(EXERCISES[identifier])
    reports = judged(exercise, Answers(numpy.random.default_rng(number), flavour), seed=number)
    broken = [(report.name, report.message) for report in reports if report.outcome == "error"]
    assert not broken, f"checks of {exercise.id} break"
    for report in reports:
        report.message.encode()
    earned = {report.name: report.score for report in reports if report.score}
    assert sum(earned.values()) <= MOST or not exercise.folder.is_relative_to(catalogue.KIT), earned
    return identifier


exercise_cases = st.tuples(
    st.integers(0, 2**32), st.sampled_from(sorted(EXERCISES)), st.sampled_from(catalogue.FLAVOURS)
)
