"""What a student's function returned, as wire values of bounded size; what does not cross is only named.

A value may lie about itself: it may say that it is of another class, have a length that it has not, or go on for ever
where it is iterated. So nothing here asks a value what it is: built-in types are read by their own methods, and the
numbers of an array are those of the NumPy array that is made of it.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy
from msgspec.structs import replace

from grader.sandbox import wire
from grader.sandbox.frames import MAX_FRAME_BYTES

# All values of one reply together; the rest of the frame is for texts and pictures.
_ROOM = MAX_FRAME_BYTES * 3 // 4
# What a value is counted as, beside its numbers or its text: there is room for some 65,000 of them.
_EACH = 768
_NO_ROOM = "too large to cross beside the rest"


class Encoder:
    """Turns Python, NumPy and MXNet values into wire values; `mx` is MXNet.

    What is encoded after `begin` goes into one reply: what finds no room there any more is only named.
    """

    def __init__(self, mx: Any) -> None:
        self.mx = mx
        self._room = _ROOM

    def begin(self) -> None:
        """A new reply, with all its room."""
        self._room = _ROOM

    def encode(self, value: Any, depth: int = 0) -> wire.Value:
        """A wire value for anything; what cannot cross becomes `Opaque`."""
        self._room -= _EACH
        try:
            return self._encode(value, depth) if self._room > 0 else wire.Opaque(type_name(value), _NO_ROOM)
        except (Exception, SystemExit) as error:
            return wire.Opaque(type_name(value), f"reading it raised {type_name(error)}")

    def _encode(self, value: Any, depth: int) -> wire.Value:
        name = type_name(value)
        if isinstance(value, self.mx.nd.NDArray):
            library: wire.Library = "mxnet.np" if isinstance(value, self.mx.np.ndarray) else "mxnet.nd"
            size = int(value.size) * numpy.dtype(value.dtype).itemsize
            return self._why_not(size, value) or self._array(value.asnumpy(), name, library)
        if isinstance(value, numpy.ndarray):
            return self._array(value, name, "numpy") if value.dtype.kind not in "UO" else self._things(value, depth)
        if isinstance(value, numpy.generic):
            return self._scalar(numpy.generic.item(value), f"numpy.{value.dtype.name}"[: wire.MAX_NAME])
        if _kind(value) is not None:
            return self._sequence(value, depth)
        return self._scalar(value, name)

    def _array(self, array: Any, name: str, library: wire.Library) -> wire.Value:
        array = numpy.asarray(array)
        if array.dtype.name not in wire.DTYPES:
            return wire.Opaque(name, f"of dtype {array.dtype} and shape {array.shape}"[: wire.MAX_TEXT])
        return self._why_not(array.nbytes, array) or wire.Array.of(array, library)

    def _things(self, array: Any, depth: int) -> wire.Value:
        """A NumPy array of texts or of objects: what it holds, as of a list."""
        things = numpy.asarray(array)
        if things.ndim == 0 or things.size > wire.MAX_ITEMS:
            return wire.Opaque(type_name(array), f"of dtype {things.dtype} and shape {things.shape}"[: wire.MAX_TEXT])
        found = self._sequence(things.tolist(), depth)
        return replace(found, kind=type_name(array)) if isinstance(found, wire.Sequence) else found

    def _why_not(self, size: int, array: Any) -> wire.Opaque | None:
        """Takes the room for so many bytes; where there is none, what stands for the array."""
        if size > wire.MAX_ARRAY_BYTES:
            return wire.Opaque(type_name(array), f"too large, of shape {tuple(array.shape)}"[: wire.MAX_TEXT])
        if size > self._room:
            return wire.Opaque(type_name(array), _NO_ROOM)
        self._room -= size
        return None

    def _sequence(self, value: Any, depth: int) -> wire.Value:
        if depth >= wire.MAX_DEPTH or (length := _length(value)) > wire.MAX_ITEMS:
            return wire.Opaque(type_name(value), f"of {_length(value)} items")
        found = [self.encode(item, depth + 1) for item in entries(value, length)]
        return wire.Sequence(found, type_name(value))

    def _scalar(self, value: Any, name: str) -> wire.Value:
        plain = _plain(value)
        if isinstance(plain, int) and not -(2**63) <= plain < 2**63:
            return wire.Opaque(name, "too large a number")
        if isinstance(plain, str):
            plain = plain[: wire.MAX_TEXT]
            self._room -= 4 * len(plain)
        return wire.Opaque(name) if plain is _NO_SCALAR else wire.Scalar(plain, name)


def entries(value: Any, most: int = wire.MAX_ITEMS) -> list[Any]:
    """What a list or a tuple holds; nothing of anything else."""
    kind: Any = _kind(value)
    return [] if kind is None else list(itertools.islice(kind.__iter__(value), most))


def _length(value: Any) -> int:
    kind: Any = _kind(value)
    return int(kind.__len__(value))


def _kind(value: Any) -> type | None:
    return next((kind for kind in (list, tuple) if issubclass(type(value), kind)), None)


_NO_SCALAR: Any = object()


def _plain(value: Any) -> Any:
    """The number, text or None as Python's own, whatever class of a student's it is of; `_NO_SCALAR` for the rest."""
    if value is None or value is True or value is False:
        return value
    for kind, read in ((int, int.__int__), (float, float.__float__), (str, str.__str__)):
        if issubclass(type(value), kind):
            return read(value)
    return _NO_SCALAR


def type_name(value: Any) -> str:
    """The value's type, as far as a name goes."""
    # Not type(value).__name__: a class may have a class of its own that makes the name up.
    return str(_NAME.__get__(type(value)))[: wire.MAX_NAME]


_NAME: Any = vars(type)["__name__"]
