"""Nets that compute X·W + b: given the numbers W and b, in whatever layout, and judged by what they compute.

A Dense layer keeps W as (outputs, inputs), a block of the student's own as it likes, and a Sequential has it two levels
deeper. So the numbers are put where they fit, and then the net is asked what it computes.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator

import numpy

from grader.checking.authoring import CheckFailed
from grader.checking.expect import expect
from grader.checking.student import StudentObject
from grader.diagnosis.nearness import Near
from grader.sandbox.wire import Numbers

_NEAR = Near(1e-4, 1e-4)
_MOST_TRIES = 24
_Values = list[Numbers | None]


def set_linear(net: StudentObject, W: Numbers, b: Numbers, shape: tuple[int, ...] | None = None) -> None:
    """Have the net compute X·W + b, W being (inputs, outputs) and b (outputs,), from now on.

    `shape` is that of one input where it is no vector, such as (1, 28, 28). Raises `CheckFailed` where no layout of the
    net's parameters makes it compute that. A net that knows its inputs only once it is called is called first.
    """
    inputs, outputs = W.shape
    # As many rows as leave nothing open: what is right for these is right for all.
    X = numpy.random.default_rng(0).normal(size=(inputs + 2, inputs)).astype(numpy.float32)
    want = X.astype(float) @ W + b
    X = X.reshape(len(X), *(shape or (inputs,)))
    if any(values is None for _, values in net.parameters()):
        expect(net(X)).no_failure()
    shapes = [None if values is None else values.shape for _, values in net.parameters()]
    for values in itertools.islice(_layouts(shapes, W.astype(numpy.float32), b.astype(numpy.float32)), _MOST_TRIES):
        with contextlib.suppress(CheckFailed):  # another layout may do
            net.set_parameters(values)
        if _NEAR.holds(_two_dimensional(net(X).array, outputs), want):
            return
    found = " and ".join(str(shape) for shape in shapes) or "none"
    raise CheckFailed(f"{net.title} cannot be made to compute X·W + b with a W of shape {W.shape} and a b of shape "
                      f"{b.shape}: the shapes of its parameters are {found}.", hint="")  # fmt: skip


def _layouts(shapes: list[tuple[int, ...] | None], W: Numbers, b: Numbers) -> Iterator[_Values]:
    """All ways to put W and b into parameters of these shapes; a net without b is one where b is 0."""
    weights = [(place, kept) for place in range(len(shapes)) for kept in _fitting(shapes[place], W)]
    biases: list[tuple[int | None, Numbers]] = [
        (place, b.reshape(shape)) for place, shape in enumerate(shapes) if shape is not None and _is_bias(shape, b)
    ]
    if not b.any():
        biases.append((None, b))
    for (weight, kept_W), (bias, kept_b) in itertools.product(weights, biases):
        if weight == bias:
            continue
        values: _Values = [None] * len(shapes)
        values[weight] = kept_W
        if bias is not None:
            values[bias] = kept_b
        yield values


def _fitting(shape: tuple[int, ...] | None, W: Numbers) -> list[Numbers]:
    if shape is None or numpy.prod(shape) != W.size:
        return []
    return [W.T.reshape(shape), W.reshape(shape)] if 1 not in W.shape else [W.reshape(shape)]


def _is_bias(shape: tuple[int, ...], b: Numbers) -> bool:
    return bool(numpy.prod(shape) == b.size)


def _two_dimensional(array: Numbers | None, outputs: int) -> Numbers | None:
    """Of a net with one output, (n,) is as good as (n, 1): the shape of what it computes is another check's affair."""
    return array[:, None] if array is not None and outputs == 1 and array.ndim == 1 else array


def linear_of(net: StudentObject, inputs: int, shape: tuple[int, ...] | None = None) -> tuple[Numbers, Numbers]:
    """W and b of a net that computes X·W + b, by what it computes. Raises `CheckFailed` where it gives no such numbers.

    Whatever else it computes, this is the linear function that agrees with it at 0 and where one input is 1.
    """
    X = numpy.concatenate([numpy.zeros((1, inputs)), numpy.eye(inputs)]).astype(numpy.float32)
    result = net(X.reshape(len(X), *(shape or (inputs,))))
    out = expect(result).finite().array().astype(float)
    if out.ndim == 1:
        out = out[:, None]
    if out.ndim != 2 or len(out) != len(X):
        raise expect(result).failed(f"has the shape {out.shape} for {len(X)} inputs; it must be ({len(X)}, outputs).")
    return out[1:] - out[0], out[0]
