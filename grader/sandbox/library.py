"""A process without some of MXNet's operators: what is written from scratch works there all the same.

Reading the recorded graph finds a call of such an operator that is made in the open. A call that is made while nothing
is recorded, inside an operator of the student's own, or past a graph that was forged, is found by what it is for: where
the library has none, the result is another one. So one process of each submission does without, from before its first
cell on: in MXNet's own table of operators, which serves every interface to it, these have no implementation. Which
operators, a check says: `without` of `grader.checking.authoring.check`.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from typing import Any, NoReturn

# Installed beside MXNet, any of these would do as well.
OTHERS = (
    "scipy", "scipy.special", "sklearn", "torch", "tensorflow", "keras", "jax", "paddle", "cupy", "autograd", "theano",
    "onnxruntime", "d2l", "mindspore", "transformers",
)  # fmt: skip
_NO_OPERATOR = 0x7FFF_FFFF
_MOST_BYTES = 512


class Operators:
    """MXNet's table of operators. Raises `LookupError` where it is not laid out as it is known to be."""

    def __init__(self) -> None:
        from mxnet.base import _LIB, py_str

        self._library = _LIB
        size, names = ctypes.c_uint(), ctypes.POINTER(ctypes.c_char_p)()
        _LIB.MXListAllOpNames(ctypes.byref(size), ctypes.byref(names))
        self._places = {name: self._find(name) for name in (py_str(names[n]) for n in range(size.value))}
        self._offset = _offset_of_index(set(self._places.values()))

    def _find(self, name: str) -> int:
        handle = ctypes.c_void_p()
        self._library.NNGetOpHandle(name.encode(), ctypes.byref(handle))
        return int(handle.value or 0)

    def remove(self, names: Iterable[str]) -> None:
        """Leave the operators of these names without implementation, shapes and gradient."""
        for name in names:
            if name in self._places:
                ctypes.c_uint32.from_address(self._places[name] + self._offset).value = _NO_OPERATOR


def _offset_of_index(places: set[int]) -> int:
    """Where in an operator's record its number is: the one place at which they all count from 0, without a gap."""
    for offset in range(0, _MOST_BYTES, 4):
        numbers = {ctypes.c_uint32.from_address(place + offset).value for place in places}
        if numbers == set(range(len(places))):
            return offset
    raise LookupError("MXNet's operators carry no numbers that could be found")


def operators() -> Operators | None:
    """The table; None where this build of MXNet keeps it in another way, or cannot do without these operators."""
    try:
        found = Operators()
    except LookupError:
        return None
    pid = os.fork()
    if pid == 0:
        os._exit(0 if _works_without(found) else 1)
    return found if os.waitpid(pid, 0)[1] == 0 else None


def _works_without(operators: Operators) -> bool:
    """Whether, in this process, one operator can be taken away and the others stay. Changes the process for good."""
    import mxnet

    works = False
    try:
        take_away(operators, ("sigmoid",))
        X = mxnet.nd.array([[0.0, 1.0]])
        X.attach_grad()
        with mxnet.autograd.record():
            y = 1 / (1 + mxnet.nd.exp(-X))
        y.backward()
        works = bool(abs(y.asnumpy() - (0.5, 0.7310586)).max() < 1e-6 and abs(X.grad.asnumpy()[0, 0] - 0.25) < 1e-6)
        mxnet.nd.sigmoid(X).asnumpy()
    except mxnet.MXNetError as error:
        return works and "not implemented" in str(error)
    except BaseException:
        return False
    return False


def take_away(operators: Operators, names: Iterable[str]) -> None:
    """Leave this process without these operators, from now on, and without what would do as well."""
    import mxnet

    operators.remove(names)
    mxnet.gluon.loss.Loss.__call__ = _refuse
    for thing in vars(mxnet.metric).values():
        if isinstance(thing, type) and issubclass(thing, mxnet.metric.EvalMetric):
            setattr(thing, "update", _refuse)  # noqa: B010  (no type that mypy knows)
    for name in OTHERS:
        sys.modules[name] = None  # type: ignore[assignment]  # so that an import of it fails
    os.environ["PYTHONHOME"] = "/nonexistent"  # another Python, with another MXNet, does not start


def _refuse(*args: Any, **kwargs: Any) -> NoReturn:
    raise RuntimeError("the library's losses and metrics are not here")
