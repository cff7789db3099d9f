"""What an exercise gives to a student's function, such as a net to evaluate or a data set: made here, in the slot.

An exercise's given.py holds functions that make such things. The judge sends its source along; each function gets a
`Here` and the arguments of the `wire.Given`, which are arrays of the flavour's, numbers and texts by then.
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
