"""Gluon blocks that stay in the process: their parameters are read and set from outside, whatever their layout.

A block says itself what its parameters are, and may be wrong about it, or lie: that they do what they should is seen by
what it computes.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from grader.sandbox import wire
from grader.sandbox.encoding import Encoder, type_name

# More than these no exercise's net has.
_MOST = 256


class NoBlock(Exception):
    """It has no parameters in Gluon's sense."""


def parameters_of(block: Any) -> list[Any]:
    """Its parameters, in the order that Gluon has them in. Raises `NoBlock` for what has none."""
    collect = getattr(block, "collect_params", None)
    if not callable(collect):
        raise NoBlock(f"it is of type {type_name(block)}, without collect_params()")
    found = list(islice(collect().values(), _MOST + 1))
    if len(found) > _MOST:
        raise NoBlock(f"it has more than {_MOST} parameters")
    return found


def read(block: Any, encoder: Encoder, grad: bool) -> wire.Sequence:
    """Pairs (name, array), or (name, None) where a parameter has no values yet, or no gradient."""
    pairs: list[wire.Value] = []
    for parameter in parameters_of(block):
        try:
            values = parameter.grad() if grad else parameter.data()
        except Exception:  # DeferredInitializationError, or a RuntimeError of Gluon's: not there yet
            values = None
        name = encoder.encode(str(parameter.name))
        pairs.append(wire.Sequence([name, encoder.encode(values)], "tuple"))
    return wire.Sequence(pairs, "list")


def write(block: Any, values: list[Any], mx: Any, context: Any) -> None:
    """Give its parameters these values, also where Gluon has put off making them; None leaves one as it is."""
    parameters = parameters_of(block)
    if len(parameters) != len(values):
        raise NoBlock(f"it has {len(parameters)} parameters, and {len(values)} are to be set")
    for parameter, array in zip(parameters, values, strict=True):
        if array is None:
            continue
        parameter.shape = array.shape
        try:
            parameter.data()
        except Exception:
            parameter.initialize(init=mx.init.Zero(), ctx=context, force_reinit=True)
        parameter.set_data(array)
