"""What an exercise gives to a student's function, such as a net to evaluate or a data set: made here, in the slot.

An exercise's given.py holds functions that make such things. The judge sends its source along; each function gets a
`Here` and the arguments of the `wire.Given`, which are arrays of the flavour's, numbers and texts by then. Parameters
that a notebook has as globals are given by name: `Globals` remembers what stood there before.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy

from grader.sandbox import wire


@dataclass(frozen=True)
class Here:
    """Where a thing is made: MXNet, the flavour's array API (`mxnet.np` or `mxnet.nd`), the device.

    `facts` are counts that go back to the judge: how often a net was called, for one.
    """

    mx: Any
    flavour: str
    api: Any
    context: Any
    facts: dict[str, int]

    def array(self, values: Any, dtype: Any = None) -> Any:
        """An array of the flavour's with these values, as they are in NumPy."""
        values = numpy.asarray(values, dtype)
        return self.api.array(values, dtype=values.dtype, ctx=self.context)


def make(given: wire.Given, here: Here, args: list[Any]) -> Any:
    """The thing itself."""
    return _functions(given.source)[given.name](here, *args)


@functools.lru_cache(maxsize=16)
def _functions(source: str) -> dict[str, Callable[..., Any]]:
    namespace: dict[str, Any] = {"__name__": "given"}
    exec(compile(source, "given.py", "exec"), namespace)  # the judge's own words: see wire.Given
    return namespace


class Globals:
    """The globals of a notebook that were set from outside, and what they were before."""

    def __init__(self, mx: Any, namespace: dict[str, Any]) -> None:
        self._kinds = (mx.nd.NDArray, mx.np.ndarray)
        self._namespace = namespace
        self._before: dict[str, _Before] = {}

    def set(self, name: str, array: Any) -> Any:
        """The parameter of that name, with the values of `array`, which has a gradient, and a gradient of zeros.

        The one that is there already where it can take them: as training changes parameters in place, a class or a
        closure may hold on to it.
        """
        there: Any = self._namespace.get(name)
        if name not in self._before:
            self._before[name] = _Before(there, name in self._namespace, type(there) in self._kinds)
        if type(there) is type(array) and _kind(there) == _kind(array) and there.grad is not None:
            there[:] = array
            there.grad[:] = 0
            return there
        self._namespace[name] = array
        return array

    def put_back(self) -> None:
        """Have each of them be what it was before, with the same values and gradients."""
        while self._before:
            name, before = self._before.popitem()
            self._namespace.pop(name, None)
            if before.was_there:
                self._namespace[name] = before.value
            before.put_back()


class _Before:
    """A global as it was before it was set; an array with the values and the gradient that it had."""

    def __init__(self, value: Any, was_there: bool, is_array: bool) -> None:
        self.value, self.was_there = value, was_there
        held = [value, value.grad] if is_array else []
        self._copies = [(array, array.copy()) for array in held if array is not None]

    def put_back(self) -> None:
        for array, copy in self._copies:
            # What is as it was is left alone: a write would cut a result off from what it was computed from.
            if array.asnumpy().tobytes() != copy.asnumpy().tobytes():
                array[:] = copy


def _kind(array: Any) -> tuple[Any, ...]:
    return array.shape, array.dtype, array.context
