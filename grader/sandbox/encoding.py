"""What a student's function returned, as wire values of bounded size; what does not cross is only named."""

from __future__ import annotations

from typing import Any

import msgspec
import numpy

from grader.sandbox import wire
from grader.sandbox.frames import MAX_FRAME_BYTES


class Encoder:
    """Turns Python, NumPy and MXNet values into wire values; `mx` is MXNet."""

    def __init__(self, mx: Any) -> None:
        self.mx = mx

    def encode(self, value: Any, depth: int = 0) -> wire.Value:
        """A wire value for anything; what cannot cross becomes `Opaque`."""
        try:
            return self._encode(value, depth)
        except Exception as error:
            return wire.Opaque(type_name(value), f"reading it raised {type(error).__name__}")

    def _encode(self, value: Any, depth: int) -> wire.Value:
        name = type_name(value)
        if isinstance(value, self.mx.nd.NDArray):
            if value.size * numpy.dtype(value.dtype).itemsize > wire.MAX_ARRAY_BYTES:
                return wire.Opaque(name, f"too large, of shape {value.shape}")
            library: wire.Library = "mxnet.np" if isinstance(value, self.mx.np.ndarray) else "mxnet.nd"
            return wire.Array.of(value.asnumpy(), library)
        if isinstance(value, numpy.ndarray):
            if value.dtype.name not in wire.DTYPES or value.nbytes > wire.MAX_ARRAY_BYTES:
                return wire.Opaque(name, f"of dtype {value.dtype} and shape {value.shape}")
            return wire.Array.of(value)
        if isinstance(value, numpy.generic):
            return _scalar(value.item(), f"numpy.{value.dtype.name}")
        if value is None or isinstance(value, (bool, int, float, str)):
            return _scalar(value, name)
        if isinstance(value, (list, tuple)):
            if depth >= wire.MAX_DEPTH or len(value) > wire.MAX_ITEMS:
                return wire.Opaque(name, f"of {len(value)} items")
            return wire.Sequence([self.encode(item, depth + 1) for item in value], name)
        return wire.Opaque(name)


def within_bounds(values: list[wire.Value]) -> list[wire.Value]:
    """The values in order, as far as they fit together into half of a frame; the others are only named."""
    left, fitting = MAX_FRAME_BYTES // 2, []
    for value in values:
        left -= _size(value)
        fitting.append(value if left >= 0 else wire.Opaque("", "too large to cross beside the others"))
    return fitting


def _size(value: wire.Value) -> int:
    match value:
        case wire.Array():
            return len(value.data)
        case wire.Sequence():
            return sum(map(_size, value.items))
    return len(msgspec.msgpack.encode(value))


def _scalar(value: Any, name: str) -> wire.Value:
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return wire.Opaque(name, "too large a number")
    if isinstance(value, str):
        value = value[: wire.MAX_TEXT]
    return wire.Scalar(value, name)


def type_name(value: Any) -> str:
    """The value's type, as far as a name goes."""
    return str(type(value).__name__)[: wire.MAX_NAME]
