"""The wire: what goes in comes out, and nothing that a forger sends gets past the schema or takes the judge down."""

from __future__ import annotations

import math
import socket
import struct
import threading
import time
import tracemalloc
from typing import Any

import msgspec
import numpy
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from grader.sandbox import frames, wire

# A busy machine is no failure.
settings.register_profile("no hurry", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("no hurry")

DTYPES = sorted(wire.DTYPES)

texts = st.text(max_size=20)
names = st.text(max_size=10)
shapes = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=5)
wire_arrays = st.sampled_from(DTYPES).flatmap(lambda dtype: arrays.arrays(dtype, shapes)).map(wire.Array.of)
scalars = st.builds(
    wire.Scalar,
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | texts,
    names,
)
leaves = wire_arrays | scalars | st.builds(wire.Opaque, names, texts) | st.builds(wire.Kept, st.integers(0, 99), names)
values = st.recursive(leaves, lambda inner: st.builds(wire.Sequence, st.lists(inner, max_size=3), names), max_leaves=8)
failures = st.builds(wire.Failure, names, texts, texts, texts, st.integers(0, 10**6))
outputs = st.builds(wire.Output, st.sampled_from(["stdout", "result"]), texts, st.binary(max_size=9))
limits = st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False))
axes = st.builds(
    wire.Axes,
    title=texts,
    xlim=limits,
    lines=st.lists(st.builds(wire.Line, wire_arrays, wire_arrays, texts), max_size=2),
    images=st.lists(wire_arrays, max_size=1),
    legend=st.none() | st.lists(texts, max_size=2),
)
figures = st.builds(wire.Figure, limits, st.lists(axes, max_size=2), st.binary(max_size=9))
replies = st.builds(
    wire.Returned,
    value=st.none() | values,
    failure=st.none() | failures,
    after=st.lists(values, max_size=2),
    late=st.lists(values, max_size=2),
    grads=st.lists(st.none() | wire_arrays, max_size=2),
    grad_failure=st.none() | failures,
    ops=st.none() | st.lists(names, max_size=3),
    facts=st.dictionaries(names, st.integers(-9, 9), max_size=3),
    outputs=st.lists(outputs, max_size=2),
    figures=st.lists(figures, max_size=2),
)
# Whatever msgpack can say, whether or not it resembles a reply.
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
nearly_arrays = st.fixed_dictionaries(
    {
        "type": st.just("array"),
        "dtype": st.sampled_from([*DTYPES, "object", "complex128", "V8", "float32\x00", ">f4"]) | texts,
        "shape": st.lists(st.integers(-(2**63), 2**64 - 1) | st.integers(-1, 4), max_size=40),
        "data": st.binary(max_size=64),
    }
)


def body(frame: bytes) -> bytes:
    """A frame's body, its length being right."""
    (length,) = struct.unpack(">I", frame[:4])
    assert length == len(frame) - 4
    return frame[4:]


def packed(reply: Any) -> bytes:
    return msgspec.msgpack.encode(reply)


def is_plain(text: str) -> bool:
    return all(c.isprintable() or c == "\n" for c in text)


@given(st.sampled_from(DTYPES).flatmap(lambda dtype: arrays.arrays(dtype, shapes)))
def test_an_array_crosses_unchanged(array: numpy.ndarray[Any, Any]) -> None:
    sent = wire.Returned(value=wire.Array.of(array, "mxnet.np"))
    value = wire.decode_reply(body(wire.encode(sent))).value
    assert isinstance(value, wire.Array)
    assert value.library == "mxnet.np"
    received = value.numpy()
    assert (received.dtype, received.shape) == (array.dtype, array.shape)
    assert received.tobytes() == array.tobytes()  # byte by byte: nan and -0.0 too


def test_an_array_crosses_in_the_order_of_its_rows_however_it_lies_in_memory() -> None:
    array = numpy.arange(24.0).reshape(2, 3, 4).T[::-1]
    numpy.testing.assert_array_equal(wire.Array.of(array).numpy(), array)


@given(replies)
def test_a_reply_crosses_unchanged(reply: wire.Returned) -> None:
    assert wire.decode_reply(body(wire.encode(reply))) == reply


@given(values)
def test_a_request_crosses_unchanged(value: wire.Value) -> None:
    call = wire.Call("softmax", [value], 3)
    assert wire.decode_request(body(wire.encode(call))) == call


@given(
    st.binary() | anything.map(packed) | st.builds(lambda a: packed({"type": "returned", "value": a}), nearly_arrays)
)
def test_whatever_a_forger_sends_is_refused_or_usable(sent: bytes) -> None:
    try:
        reply = wire.decode_reply(sent)
    except frames.WireError as error:
        why = str(error)
    else:
        why = ""
        assert isinstance(reply, wire.Returned)
        if isinstance(reply.value, wire.Array):
            assert reply.value.numpy().nbytes == len(reply.value.data)
    assert len(why) < 400
    assert is_plain(why)


@given(nearly_arrays)
def test_an_array_is_refused_where_dtype_shape_and_data_disagree(fields: dict[str, Any]) -> None:
    sent = packed({"type": "returned", "value": fields})
    shape, dtype = fields["shape"], fields["dtype"]
    fits = dtype in wire.DTYPES and len(shape) <= wire.MAX_DIMENSIONS and all(0 <= n < 2**20 for n in shape)
    count = numpy.prod([int(n) for n in shape], dtype=object) if fits else -1
    # Also of an empty one: NumPy refuses dimensions beyond all bounds.
    fits = fits and math.prod(n or 1 for n in shape) * numpy.dtype(dtype).itemsize <= wire.MAX_ARRAY_BYTES
    if fits and count * numpy.dtype(dtype).itemsize == len(fields["data"]):
        value = wire.decode_reply(sent).value
        assert isinstance(value, wire.Array)
        assert value.numpy().shape == tuple(shape)
    else:
        with pytest.raises(frames.WireError):
            wire.decode_reply(sent)


@pytest.mark.parametrize("dtype", ["object", "complex128", "bfloat16"])
def test_no_array_can_be_made_of_a_type_that_does_not_cross(dtype: str) -> None:
    with pytest.raises(frames.WireError, match="does not cross"):
        wire.Array(dtype, (1,), bytes(8))


@given(st.text())
def test_text_of_a_student_cannot_reach_into_the_instructors_terminal(text: str) -> None:
    sent = packed({"type": "returned", "failure": {"type": "E", "message": text, "line": text},
                   "outputs": [{"kind": "stdout", "text": text}]})  # fmt: skip
    try:
        reply = wire.decode_reply(sent)
    except frames.WireError:  # longer than what is allowed, or half a character
        return
    assert reply.failure is not None
    assert is_plain(reply.failure.message + reply.failure.line + "".join(o.text for o in reply.outputs))


def test_colours_of_a_message_are_left_out_and_its_lines_kept() -> None:
    failure = wire.Failure("\x1b[31mValueError\x1b[0m", "one\n\ttwo \x07\ud800")
    assert (failure.type, failure.message) == ("ValueError", "one\n    two \ufffd\ufffd")


def test_a_reply_has_bounds_on_everything_that_can_be_long() -> None:
    array = {"type": "array", "dtype": "uint8", "shape": [wire.MAX_ARRAY_BYTES + 1]}
    for fields in (
        {"ops": ["x"] * (wire.MAX_ITEMS + 1)},
        {"ops": ["x" * (wire.MAX_NAME + 1)]},
        {"outputs": [{"kind": "stdout", "text": "x"}] * (wire.MAX_OUTPUTS + 1)},
        {"outputs": [{"kind": "stdout", "text": "x" * (wire.MAX_SHOWN_TEXT + wire.MAX_TEXT + 1)}]},
        {"outputs": [{"kind": "display", "png": bytes(wire.MAX_PICTURE_BYTES + 1)}]},
        {"outputs": [{"kind": "error"}]},
        {"failure": {"type": "E", "message": "x" * (wire.MAX_TEXT + 1)}},
        {"value": {"type": "scalar", "kind": "str", "value": "x" * (wire.MAX_TEXT + 1)}},
        {
            "value": {
                "type": "sequence",
                "kind": "list",
                "items": [{"type": "kept", "number": 0}] * (wire.MAX_ITEMS + 1),
            }
        },
        {"after": [{"type": "kept", "number": 0}] * (wire.MAX_ITEMS + 1)},
        {"value": {**array, "data": bytes(wire.MAX_ARRAY_BYTES + 1)}},
        {"facts": {str(n): n for n in range(1_000)}},
        {"grads": [None] * (wire.MAX_NAME + 1)},
        {"figures": [{"size": [1.0, 1.0]}] * (wire.MAX_OUTPUTS + 1)},
        {"figures": [{"size": [1.0, 1.0], "axes": [{}] * (wire.MAX_DRAWN + 1)}]},
        {"figures": [{"size": [1.0, 1.0], "axes": [{"texts": ["x"] * (wire.MAX_DRAWN + 1)}]}]},
        {"figures": [{"size": [1.0, 1.0], "png": bytes(wire.MAX_PICTURE_BYTES + 1)}]},
    ):
        with pytest.raises(frames.WireError):
            wire.decode_reply(packed({"type": "returned", **fields}))


def test_a_list_without_end_is_refused_before_it_is_built() -> None:
    ten_million_nils = b"\xdd" + struct.pack(">I", 10_000_000) + b"\xa0" * 10_000_000
    sent = b"\x82" + packed("type") + packed("returned") + packed("ops") + ten_million_nils
    tracemalloc.start()
    try:
        with pytest.raises(frames.WireError):
            wire.decode_reply(sent)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_endless_nesting_is_refused() -> None:
    opening = (
        b"\x83" + packed("type") + packed("sequence") + packed("kind") + packed("list") + packed("items") + b"\x91"
    )
    sent = b"\x82" + packed("type") + packed("returned") + packed("value") + opening * 200_000 + b"\xc0"
    with pytest.raises(frames.WireError):
        wire.decode_reply(sent)


def test_a_frame_over_the_limit_is_refused_before_memory_is_taken_for_it() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(struct.pack(">I", 2**32 - 1) + b"x" * 1000)
        tracemalloc.start()
        try:
            with pytest.raises(frames.WireError, match="4294967295 bytes; at most"):
                frames.receive(ours, time.monotonic() + 5)
            assert tracemalloc.get_traced_memory()[1] < 1 << 20
        finally:
            tracemalloc.stop()
        with pytest.raises(frames.WireError, match="at most"):
            wire.encode(wire.RunCell("cell", "x" * (frames.MAX_FRAME_BYTES + 1)))


def test_a_frame_that_promises_more_than_comes_ends_at_the_deadline_or_when_the_other_side_hangs_up() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.sendall(struct.pack(">I", 1000) + b"only this")
        with pytest.raises(TimeoutError):
            frames.receive(ours, time.monotonic() + 0.05)
        theirs.sendall(struct.pack(">I", 1000))
        theirs.close()
        with pytest.raises(frames.Closed):
            frames.receive(ours, time.monotonic() + 5)


def test_a_frame_in_drips_does_not_outlast_the_deadline() -> None:
    ours, theirs = socket.socketpair()
    stop = threading.Event()

    def drip() -> None:
        theirs.sendall(struct.pack(">I", 1000))
        while not stop.wait(0.02):
            theirs.sendall(b"x")

    dripping = threading.Thread(target=drip)
    with ours, theirs:
        dripping.start()
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            frames.receive(ours, started + 0.3)
        assert time.monotonic() - started < 2
        stop.set()
        dripping.join()


@given(replies, st.integers(1, 7))
def test_a_frame_arrives_whole_in_whatever_pieces_it_is_sent(reply: wire.Returned, size: int) -> None:
    ours, theirs = socket.socketpair()
    frame = wire.encode(reply)

    def send() -> None:
        for start in range(0, len(frame), len(frame) // size + 1):
            theirs.sendall(frame[start : start + len(frame) // size + 1])

    with ours, theirs:
        sending = threading.Thread(target=send)
        sending.start()
        assert wire.decode_reply(frames.receive(ours, time.monotonic() + 5)) == reply
        sending.join()
