"""Frames and answers of every kind that a slot could send, and what must hold of each: `decode` and `judge`."""

from __future__ import annotations

import functools
import inspect
import sys
from typing import Any

import msgspec
import numpy
from hypothesis import strategies as st

from grader.checking import authoring
from grader.checking.authoring import CannotTry, CheckFailed, NotAttempted, check_of
from grader.checking.messages import describe_value
from grader.checking.outcomes import Crashed, TimedOut
from grader.checking.student import Channel, Student, as_numpy
from grader.sandbox import frames, wire

# -- frames

plain_words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
msgpack_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | plain_words | st.binary(max_size=20)
    | st.builds(msgspec.msgpack.Ext, st.integers(-128, 127), st.binary(max_size=9)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_words, inner, max_size=4), max_leaves=8,
)  # fmt: skip
TAGS = (
    "array",
    "scalar",
    "sequence",
    "opaque",
    "kept",
    "function",
    "data",
    "linear_net",
    "batches",
    "returned",
    "call",
)
FIELDS = ("type", "value", "failure", "after", "late", "grad", "grad_failure", "ops", "facts", "outputs", "kind", "why",
          "items", "dtype", "shape", "data", "library", "number", "message", "line", "lineno", "text",
          "png")  # fmt: skip
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


@functools.cache
def _frames() -> list[bytes]:
    """Bodies of the replies that honest code sends."""
    array = wire.Array.of(numpy.arange(6, dtype="float32").reshape(2, 3), "mxnet.np")
    batches = wire.Sequence([wire.Sequence([array, wire.Array.of(numpy.zeros(2))], "tuple")] * 3, "generator")
    failure = wire.Failure("ValueError", "shapes", "softmax", "return X", 3)
    outputs = [wire.Output("stdout", "hello\n"), wire.Output("display", "", b"\x89PNG\r\n\x1a\n123")]
    replies = [
        wire.Returned(array, after=[array], ops=["exp", "sum"], grad=array), wire.Returned(failure=failure),
        wire.Returned(batches, late=[batches], facts={"ended": 1}), wire.Returned(wire.Scalar(0.5, "float")),
        wire.Returned(outputs=outputs), wire.Returned(wire.Kept(1)), wire.Returned(wire.Opaque("dict", "why")),
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
    for value in [reply.value, *reply.after, *reply.late]:
        said = describe_value(value)
        said.encode()
        numbers = as_numpy(value)
        assert numbers is None or numbers.nbytes <= wire.MAX_ARRAY_BYTES
    return "read"


# -- what a slot may answer

NUMBERS = (0, 1, -1, 0.5, 10, numpy.nan, numpy.inf, -numpy.inf, 1e38, -1e38, 1e308, 2**31 - 1, -(2**63))


class Answers:
    """A channel whose every answer is drawn: of the right shape, of nearly the right one, or of none."""

    seconds = 5.0

    def __init__(self, choose: numpy.random.Generator, flavour: str) -> None:
        self.choose = choose
        self.flavour = flavour
        self.kind = choose.integers(6)  # most answers of one case are of a kind

    def note(self, text: str) -> None:
        assert text

    def explain_missing(self, function: str) -> str:
        return f"no function {function}"

    def ask(self, request: wire.Request) -> wire.Returned:
        # As it would arrive.
        return wire.decode_reply(wire.encode(self._reply(request))[4:])

    is_bare = is_notebook = False

    def bare(self) -> Channel:
        return self

    def whole(self) -> Channel:
        return self

    def probe(self, request: wire.Request) -> wire.Returned | None:
        return self._pick([self.ask(request), None], 0.8)

    def _reply(self, request: wire.Request) -> wire.Returned:
        if isinstance(request, wire.Keep):
            return wire.Returned(
                value=self._pick([wire.Kept(self._pick([0, 1, 99])), None, wire.Scalar(None, "x")], 0.9)
            )
        if isinstance(request, wire.SetGrad | wire.Read | wire.RunCell):
            shape = self._pick([(3, 2), (), (784, 10), (10,), (2,), (0,)])
            return wire.Returned(value=self._pick([self._array(shape), self._value(request), None]))
        args = [arg for arg in request.args if isinstance(arg, wire.Array)]
        failure = wire.Failure(self._pick(["ValueError", "NoSuchFunction", "NotImplementedError", "MXNetError"]),
                               self._pick(["softmax", "", "shape (3, 2) vs (4,)", "x" * 600]))  # fmt: skip
        if self.choose.random() < 0.1:
            return wire.Returned(failure=failure, after=self._pick([[], args]))
        grad = self._pick([None, self._array(args[0].shape if args else ()), self._array((7, 7))])
        return wire.Returned(
            value=self._value(request), grad=grad, grad_failure=self._pick([None, failure]),
            after=self._pick([[], args, [wire.Opaque("x")] * 9, [self._array((0,))] * 3]),
            late=self._pick([[], [self._pair(request)] * 3, [wire.Kept(0)]]),
            ops=self._pick([None, [], ["softmax"], ["exp", "_CustomFunction"]]),
            facts=self._pick([{}, {"ended": 1, "calls": 1, "recorded": 0}, {"ended": 0}, {"calls": -1}]),
        )  # fmt: skip

    def _pick(self, among: list[Any], first: float = 0.0) -> Any:
        return among[0] if self.choose.random() < first else among[int(self.choose.integers(len(among)))]

    def _value(self, request: Any) -> wire.Value | None:
        args = [arg for arg in getattr(request, "args", []) if isinstance(arg, wire.Array)]
        shapes = [arg.shape for arg in args] + [arg.shape[:1] for arg in args] + [(), (1,), (0,), (1, 1, 1)]
        pairs = wire.Sequence([self._pair(request) for _ in range(self._pick([0, 1, 2, 3, 5]))], "list")
        scalar = wire.Scalar(self._pick([None, True, "text", *NUMBERS]), "float")
        every = [self._array(self._pick(shapes)), scalar, pairs, wire.Sequence([pairs] * 64, "list"), args and args[0],
                 self._pick([None, wire.Opaque("dict"), wire.Function("f"), wire.Kept(7)])]  # fmt: skip
        return self._pick([every[self.kind] or scalar, *every], 0.7) or None

    def _pair(self, request: Any) -> wire.Value:
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


_DECLARED = (CheckFailed, NotAttempted, CannotTry, Crashed, TimedOut)


def judge(number: int, exercise_name: str, flavour: str) -> str:
    """Every check of an exercise on drawn answers: passed, or one of the outcomes that are the student's.

    Anything else would be the grader's own error, and leave the student the points.
    """
    exercise = authoring.load(exercise_name)
    module = sys.modules[f"grader.exercises.{exercise_name}"]
    for function in [thing for thing in vars(module).values() if check_of(thing)]:
        choose = numpy.random.default_rng([number, len(function.__name__)])
        given = {"student": Student(exercise, Answers(choose, flavour)), "rng": numpy.random.default_rng(number)}
        try:
            function(**{name: given[name] for name in inspect.signature(function).parameters})
        except _DECLARED as outcome:
            str(outcome).encode()
    return exercise_name


exercise_cases = st.tuples(
    st.integers(0, 2**32), st.sampled_from(authoring.exercise_names()), st.sampled_from(["np", "nd"])
)
