"""The wire between judge and slot: typed frames of numbers and text, nothing else.

A frame is a four-byte big-endian length and that many bytes of msgpack, decoded against the types below. Both sides
use the same types; the judge trusts none of the values. Nothing here can name code to run, in either direction,
except that the judge names functions and cells of the student's own notebook.
"""

from __future__ import annotations

import math
import re
import socket
import struct
import time
from typing import Annotated, Any, Literal

import msgspec
import numpy

MAX_FRAME_BYTES = 64 << 20
MAX_ARRAY_BYTES = 16 << 20
MAX_TEXT = 4_000
# What one cell may show in the graded notebook.
MAX_SHOWN_TEXT = 20_000
MAX_PICTURE_BYTES = 512 << 10
MAX_OUTPUTS = 40
MAX_ITEMS = 4_096
MAX_DEPTH = 6
MAX_NAME = 80
MAX_DIMENSIONS = 32
DTYPES = frozenset({"float16", "float32", "float64", "int8", "int32", "int64", "uint8", "bool"})

Library = Literal["mxnet.np", "mxnet.nd", "numpy"]
# Bounds that a reply is decoded against, each before what it bounds is built.
Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class WireError(ValueError):
    """A frame that is too large, too small, or not of the schema."""


class Closed(Exception):
    """The other side has gone."""


def plain(text: str) -> str:
    """Text that any terminal, page or JSON can show: no control characters, no colours, no half characters."""
    if text.isprintable():
        return text
    text = _COLOURS.sub("", text).replace("\r\n", "\n").replace("\r", "\n").expandtabs(4)
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


class _Plain(msgspec.Struct, frozen=True):
    """Makes every string of a message `plain`, where it is made and again where it arrives."""

    def __post_init__(self) -> None:
        for name in self.__struct_fields__:
            value = getattr(self, name)
            if isinstance(value, str) and not value.isprintable():
                msgspec.structs.force_setattr(self, name, plain(value))


class Array(msgspec.Struct, tag="array", frozen=True):
    """A dense array: `data` holds its elements in C order, little-endian.

    Raises `WireError` unless dtype, shape and data agree.
    """

    dtype: Name
    shape: Annotated[tuple[int, ...], msgspec.Meta(max_length=MAX_DIMENSIONS)]
    data: Annotated[bytes, msgspec.Meta(max_length=MAX_ARRAY_BYTES)]
    library: Library = "numpy"

    def __post_init__(self) -> None:
        if self.dtype not in DTYPES:
            raise WireError("an array of a dtype that does not cross")
        itemsize = numpy.dtype(self.dtype).itemsize
        # NumPy refuses an empty array too whose other dimensions are beyond all bounds.
        if any(n < 0 for n in self.shape) or math.prod(n or 1 for n in self.shape) * itemsize > MAX_ARRAY_BYTES:
            raise WireError(f"an array of impossible shape {self.shape[:4]}")
        if math.prod(self.shape) * itemsize != len(self.data):
            raise WireError(f"{len(self.data)} bytes for an array of shape {self.shape[:4]} and dtype {self.dtype}")

    @classmethod
    def of(cls, array: numpy.ndarray[Any, Any], library: Library = "numpy") -> Array:
        return cls(array.dtype.name, tuple(array.shape), numpy.ascontiguousarray(array).tobytes(), library)

    def numpy(self) -> numpy.ndarray[Any, Any]:
        """The array in NumPy."""
        return numpy.frombuffer(self.data, self.dtype).reshape(self.shape)


class Scalar(_Plain, tag="scalar", frozen=True):
    """None, a truth value, a number or a string; `kind` is its Python type, e.g. "float" or "numpy.float32"."""

    value: bool | int | float | Text | None
    kind: Name


class Sequence(_Plain, tag="sequence", frozen=True):
    """A list, a tuple, or what an iterable gave."""

    items: Annotated[list[Value], msgspec.Meta(max_length=MAX_ITEMS)]
    kind: Name


class Opaque(_Plain, tag="opaque", frozen=True):
    """Something that does not cross: only its Python type is told, and why."""

    kind: Name
    why: Text = ""


class Kept(msgspec.Struct, tag="kept", frozen=True):
    """An array that lives on in the student's process, by number; see `Keep`."""

    number: int


class Function(msgspec.Struct, tag="function", frozen=True):
    """A function of the notebook, by name, as an argument."""

    name: str


class Data(msgspec.Struct, tag="data", frozen=True):
    """Fashion-MNIST as an argument: images as float32 (n, 784) in [0, 1], or labels as int32 (n,).

    `first`: only that many. `order`: with pixels and classes in the order of `disguise`.
    """

    part: Literal["train_images", "train_labels"]
    first: int | None = None
    order: int | None = None


def disguise(order: int) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    """An order of the 784 pixels, the places that they are taken from, and one of the 10 classes, their new numbers."""
    rng = numpy.random.default_rng(order)
    return rng.permutation(784), rng.permutation(10)


class LinearNet(msgspec.Struct, tag="linear_net", frozen=True):
    """A stand-in `net` as an argument: it returns X·W + b and counts how it was called."""

    W: Array
    b: Array


class Batches(msgspec.Struct, tag="batches", frozen=True):
    """An iterable of (X, y) as an argument: a generator (can be read once) or a list."""

    items: list[tuple[Array, Array]]
    once: bool = True


Value = Array | Scalar | Sequence | Opaque | Kept | Function | Data | LinearNet | Batches


class RunCell(msgspec.Struct, tag="run_cell", frozen=True):
    """Run a code cell of the notebook; answered by `Returned` without a value."""

    name: str
    source: str


class Call(msgspec.Struct, tag="call", frozen=True):
    """Call a function of the notebook. With `collect`, what it returns is iterated, that many items at most.

    More `times` than one: the value is the sequence of what each call gave; the rest is of the last one. With `seed`
    the random generators begin with it.
    """

    function: str
    args: list[Value]
    collect: int | None = None
    times: int = 1
    seed: int | None = None


class Gradient(msgspec.Struct, tag="gradient", frozen=True):
    """Call a function under `autograd.record()` and differentiate sum(result * head) for its first argument.

    With `through_softmax` the first argument holds logits: the function gets their softmax, and the gradient is
    that of the logits.
    """

    function: str
    args: list[Value]
    head: Array
    through_softmax: bool = False


class Keep(msgspec.Struct, tag="keep", frozen=True):
    """Make an array with an attached gradient buffer and keep it; with `name` it also becomes a global."""

    value: Array
    grad: Array | None = None
    name: str | None = None


class SetGrad(msgspec.Struct, tag="set_grad", frozen=True):
    """Overwrite the gradient of a kept array."""

    number: int
    grad: Array


class Read(msgspec.Struct, tag="read", frozen=True):
    """Read a kept array, or its gradient."""

    number: int
    grad: bool = False


Request = RunCell | Call | Gradient | Keep | SetGrad | Read


class Failure(_Plain, frozen=True):
    """An exception that the student's code raised, and the last line of the student's own that it passed."""

    type: Name
    message: Text
    where: Text = ""
    line: Text = ""
    lineno: int = 0


class Output(_Plain, frozen=True):
    """Something that a cell shows: text, a picture, or both; a `result` is its last expression's value."""

    kind: Literal["stdout", "stderr", "result", "display"]
    text: Annotated[str, msgspec.Meta(max_length=MAX_SHOWN_TEXT + MAX_TEXT)] = ""
    png: Annotated[bytes, msgspec.Meta(max_length=MAX_PICTURE_BYTES)] = b""


class Returned(_Plain, tag="returned", frozen=True):
    """What came of a request.

    `after` holds the arguments as they are after the call; `late` the collected items as they are at the end;
    `grad` the gradient; `ops` the operators of the recorded graph (None: no graph could be read); `facts` counts;
    `outputs` what a cell shows.
    """

    value: Value | None = None
    failure: Failure | None = None
    after: Annotated[list[Value], msgspec.Meta(max_length=MAX_ITEMS)] = []
    late: Annotated[list[Value], msgspec.Meta(max_length=MAX_ITEMS)] = []
    grad: Array | None = None
    grad_failure: Failure | None = None
    ops: Annotated[list[Name], msgspec.Meta(max_length=MAX_ITEMS)] | None = None
    facts: Annotated[dict[Name, int], msgspec.Meta(max_length=MAX_NAME)] = {}
    outputs: Annotated[list[Output], msgspec.Meta(max_length=MAX_OUTPUTS)] = []


_encoder = msgspec.msgpack.Encoder()
_replies = msgspec.msgpack.Decoder(Returned)
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)


def encode(message: Request | Returned) -> bytes:
    """The message as one frame."""
    body = _encoder.encode(message)
    if len(body) > MAX_FRAME_BYTES:
        raise WireError(f"a message of {len(body)} bytes; at most {MAX_FRAME_BYTES} are allowed")
    return frame(body)


def frame(body: bytes) -> bytes:
    """The body with its length before it."""
    return struct.pack(">I", len(body)) + body


def decode_reply(body: bytes) -> Returned:
    """Raises `WireError` for anything that is not of the schema."""
    try:
        return _replies.decode(body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        # What it says is ours; what it quotes, the forger's.
        said = re.sub(r"'.*'|`[^`]*`", "…", str(error), flags=re.DOTALL)
        raise WireError(f"a reply that does not fit the schema ({plain(said)[:200]})") from None


def decode_request(body: bytes) -> Request:
    return _requests.decode(body)


def receive(sock: socket.socket, deadline: float | None = None) -> bytes:
    """One frame's body. Raises `TimeoutError` past the deadline (`time.monotonic()`), `Closed` or `WireError`."""
    (length,) = struct.unpack(">I", _exactly(sock, 4, deadline))
    if length > MAX_FRAME_BYTES:
        raise WireError(f"a message of {length} bytes; at most {MAX_FRAME_BYTES} are allowed")
    return _exactly(sock, length, deadline)


def _exactly(sock: socket.socket, size: int, deadline: float | None) -> bytes:
    parts = []
    while size:
        _arm(sock, deadline)
        try:
            part = sock.recv(min(size, 1 << 20))
        except ConnectionError:
            part = b""
        if not part:
            raise Closed
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def send(sock: socket.socket, frame: bytes, deadline: float | None = None) -> None:
    """Send a frame whole. Raises `TimeoutError` past the deadline, `Closed` where nobody listens any more."""
    view = memoryview(frame)
    while view:
        _arm(sock, deadline)
        try:
            view = view[sock.send(view) :]
        except ConnectionError:
            raise Closed from None


def _arm(sock: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        sock.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    sock.settimeout(left)
