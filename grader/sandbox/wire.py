"""The wire between judge and slot: typed frames of numbers and text, nothing else.

Each message is one frame (grader.sandbox.frames) of msgpack, decoded against the types below. Both sides use the same
types; the judge trusts none of the values. Only the judge names what is to be run: functions and cells of the student's
own notebook, and what an exercise gives to them.
"""

from __future__ import annotations

import math
import re
from typing import Annotated, Any, Literal

import msgspec
import numpy

from grader.sandbox.frames import MAX_FRAME_BYTES, WireError, frame

MAX_ARRAY_BYTES = 16 << 20
MAX_TEXT = 4_000
# What one cell may show in the graded notebook.
MAX_SHOWN_TEXT = 20_000
MAX_PICTURE_BYTES = 512 << 10
MAX_OUTPUTS = 40
# Of each kind in one pair of axes, and of these in one figure.
MAX_DRAWN = 128
MAX_ITEMS = 4_096
MAX_DEPTH = 6
MAX_NAME = 80
MAX_DIMENSIONS = 32
DTYPES = frozenset({"float16", "float32", "float64", "int8", "int32", "int64", "uint8", "bool"})

Numbers = numpy.ndarray[Any, Any]
Library = Literal["mxnet.np", "mxnet.nd", "numpy"]
# Bounds that a reply is decoded against, each before what it bounds is built.
Text = Annotated[str, msgspec.Meta(max_length=MAX_TEXT)]
Name = Annotated[str, msgspec.Meta(max_length=MAX_NAME)]

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


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


class Kept(_Plain, tag="kept", frozen=True):
    """Something that lives on in the student's process, by number: an array (see `Keep`) or what a call has returned.

    `kind` is its Python type, which can be forged as all that is told.
    """

    number: int
    kind: Name = ""


class Function(msgspec.Struct, tag="function", frozen=True):
    """A function of the notebook, by name, as an argument."""

    name: Name


class Given(msgspec.Struct, tag="given", frozen=True):
    """Something that an exercise gives to a student's function, made in the slot: a net to evaluate, a data set.

    `source` is the judge's own code, of the exercise's given.py; `name` one of its functions, which gets a `Here` of
    `grader.sandbox.given` and these arguments.
    """

    name: Name
    args: Annotated[list[Value], msgspec.Meta(max_length=MAX_ITEMS)]
    source: str


Value = Array | Scalar | Sequence | Opaque | Kept | Function | Given


def as_numpy(value: Value | None) -> Numbers | None:
    """A number or an array in NumPy; None for anything else."""
    match value:
        case Array():
            return value.numpy()
        case Scalar() if isinstance(value.value, (bool, int, float)):
            return numpy.asarray(value.value)
    return None


class RunCell(msgspec.Struct, tag="run_cell", frozen=True):
    """Run a code cell of the notebook; answered by `Returned` without a value.

    `reached`: the exercises whose check cells stand before it, behind the last one that was run. `given`: the cell is
    one of the course's own, not a student's.
    """

    name: str
    source: str
    reached: list[str] = []
    given: bool = False


class PutFile(msgspec.Struct, tag="put_file", frozen=True):
    """Write a file that was handed in beside the notebook; `name` is below the submission's own folder."""

    name: str
    data: bytes


class Stand(msgspec.Struct, tag="stand", frozen=True):
    """Set the notebook's names to what they were at an exercise's check: see `grader.sandbox.standpoints`.

    Answered by the number of variants that there are. `reached` as in `RunCell`, behind the last cell.
    """

    exercise: str
    needs: list[str]
    replaced: bool = False
    variant: int = 0
    reached: list[str] = []


class Call(msgspec.Struct, tag="call", frozen=True):
    """Call a function of the notebook; with `of`, a method of something kept, or, without a name, that itself.

    Of something kept, "__len__", "__getitem__" and "__iter__" are what len(), [] and a for loop make of it.
    With `collect`, what it returns is iterated, that many items at most. More `times` than one: the value is the
    sequence of what each call gave; the rest is of the last one. With `seed` the random generators begin with it.
    `keep`: what it returns stays in the process, and the value is a `Kept`. `figures`: what it draws is read.
    `count`: the operators that it runs are counted, as the fact "operators".
    """

    function: str
    args: list[Value]
    collect: int | None = None
    times: int = 1
    seed: int | None = None
    of: int | None = None
    keep: bool = False
    figures: bool = False
    count: bool = False


class Gradient(msgspec.Struct, tag="gradient", frozen=True):
    """Call a function under `autograd.record()` and differentiate sum(result * head) for the arguments `wrt`.

    `through` is what the first argument goes through before the function gets it; the gradient is that of what it was
    before. `of` as in `Call`.
    """

    function: str
    args: list[Value]
    head: Array
    through: Given | None = None
    wrt: tuple[int, ...] = (0,)
    of: int | None = None


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


class Make(msgspec.Struct, tag="make", frozen=True):
    """Make what an exercise gives, and keep it: the value is a `Kept`."""

    given: Given


class Attribute(msgspec.Struct, tag="attribute", frozen=True):
    """Read an attribute of something kept."""

    number: int
    name: str


class Parameters(msgspec.Struct, tag="parameters", frozen=True):
    """Read the parameters of a Gluon block that is kept, in their order, or with `grad` their gradients.

    The value is a sequence of pairs (name, array); of a parameter without values yet, (name, None).
    """

    number: int
    grad: bool = False


class SetParameters(msgspec.Struct, tag="set_parameters", frozen=True):
    """Give the parameters of a Gluon block that is kept these values, in their order; None leaves one as it is."""

    number: int
    values: list[Array | None]


Request = (
    PutFile | RunCell | Stand | Call | Gradient | Keep | Make | SetGrad | Read | Attribute | Parameters | SetParameters
)


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


class Line(_Plain, frozen=True):
    """A line in a figure: its points, and its label."""

    x: Array
    y: Array
    label: Text = ""


class Axes(_Plain, frozen=True):
    """What one pair of axes of a figure holds, as far as it is visible. `legend` None: there is none.

    `visible`: the axes and all that is drawn in them; `shown`: the x axis and the y axis themselves, with their ticks;
    `place`: left, bottom, width and height, as shares of the figure's.
    """

    title: Text = ""
    xlabel: Text = ""
    ylabel: Text = ""
    xlim: tuple[float, float] = (0.0, 0.0)
    ylim: tuple[float, float] = (0.0, 0.0)
    xscale: Name = ""
    yscale: Name = ""
    visible: bool = True
    shown: tuple[bool, bool] = (True, True)
    lines: Annotated[list[Line], msgspec.Meta(max_length=MAX_DRAWN)] = []
    images: Annotated[list[Array], msgspec.Meta(max_length=MAX_DRAWN)] = []
    points: Annotated[list[Array], msgspec.Meta(max_length=MAX_DRAWN)] = []
    legend: Annotated[list[Text], msgspec.Meta(max_length=MAX_DRAWN)] | None = None
    texts: Annotated[list[Text], msgspec.Meta(max_length=MAX_DRAWN)] = []
    place: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)


class Figure(_Plain, frozen=True):
    """What a figure holds, as numbers and text.

    `size` in inches; `png` is the picture itself, empty where it would be too large; `title` that above all axes.
    """

    size: tuple[float, float]
    axes: Annotated[list[Axes], msgspec.Meta(max_length=MAX_DRAWN)] = []
    png: Annotated[bytes, msgspec.Meta(max_length=MAX_PICTURE_BYTES)] = b""
    title: Text = ""


class Returned(_Plain, tag="returned", frozen=True):
    """What came of a request.

    `after` holds the arguments as they are after the call; `late` the collected items as they are at the end;
    `grads` the gradients asked for; `ops` the operators of the recorded graph (None: no graph could be read); `facts`
    counts; `outputs` what a cell shows; `figures` what a call has drawn.
    """

    value: Value | None = None
    failure: Failure | None = None
    after: Annotated[list[Value], msgspec.Meta(max_length=MAX_ITEMS)] = []
    late: Annotated[list[Value], msgspec.Meta(max_length=MAX_ITEMS)] = []
    grads: Annotated[list[Array | None], msgspec.Meta(max_length=MAX_NAME)] = []
    grad_failure: Failure | None = None
    ops: Annotated[list[Name], msgspec.Meta(max_length=MAX_ITEMS)] | None = None
    facts: Annotated[dict[Name, int], msgspec.Meta(max_length=MAX_NAME)] = {}
    outputs: Annotated[list[Output], msgspec.Meta(max_length=MAX_OUTPUTS)] = []
    figures: Annotated[list[Figure], msgspec.Meta(max_length=MAX_OUTPUTS)] = []


_encoder = msgspec.msgpack.Encoder()
_replies = msgspec.msgpack.Decoder(Returned)
_requests: msgspec.msgpack.Decoder[Request] = msgspec.msgpack.Decoder(Request)


def encode(message: Request | Returned) -> bytes:
    """The message as one frame."""
    body = _encoder.encode(message)
    if len(body) > MAX_FRAME_BYTES:
        raise WireError(f"a message of {len(body)} bytes; at most {MAX_FRAME_BYTES} are allowed")
    return frame(body)


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
