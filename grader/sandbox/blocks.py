"""Gluon blocks that stay in the process: their parameters are read and set from outside, whatever their layout."""

from __future__ import annotations

from typing import Any

from grader.sandbox import wire
from grader.sandbox.encoding import Encoder


class NoBlock(Exception):
    """It has no parameters in Gluon's sense."""


def parameters_of(block: Any) -> list[Any]:
    """Its parameters, in the order that Gluon has them in. Raises `NoBlock` for what has none."""
    collect = getattr(block, "collect_params", None)
    if not callable(collect):
        raise NoBlock(f"a {type(block).__name__} has no collect_params()")
    return list(collect().values())


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
    """Give its parameters these values, also where Gluon has put off making them."""
    parameters = parameters_of(block)
    if len(parameters) != len(values):
        raise NoBlock(f"it has {len(parameters)} parameters, and {len(values)} are to be set")
    for parameter, array in zip(parameters, values, strict=True):
        parameter.shape = array.shape
        try:
            parameter.data()
        except Exception:
            parameter.initialize(init=mx.init.Zero(), ctx=context, force_reinit=True)
        parameter.set_data(array)
