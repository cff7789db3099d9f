"""What the wrong versions share: the arithmetic of MXNet's float32, in NumPy."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking.student import Numbers


def exp32(X: Any) -> Numbers:
    """exp as MXNet computes it in float32: inf from 88.8 on, 0 from about -103.3 down."""
    with numpy.errstate(all="ignore"):
        result: Numbers = numpy.exp(numpy.asarray(X, "float32"))
        return result


def divide(a: Any, b: Any) -> Numbers:
    """a / b, with inf / inf and 0 / 0 a nan and no warning, as in MXNet."""
    with numpy.errstate(all="ignore"):
        result: Numbers = numpy.divide(a, b)
        return result


def one_hot(y: Numbers, q: int) -> Numbers:
    """One row per label; a label out of range gives a row of zeros, as in MXNet."""
    return (numpy.asarray(y).astype(int)[:, None] == numpy.arange(q)).astype("float64")


def pick(p: Any, y: Any, axis: int = 1) -> Numbers:
    """MXNet's pick: one entry along axis for each label; labels out of range are clipped."""
    p, y = numpy.asarray(p), numpy.asarray(y)
    if p.ndim != 2 or y.shape != (p.shape[1 - axis],):
        raise ValueError(f"pick: the shapes {p.shape} and {y.shape} do not fit along axis {axis}")
    k = numpy.clip(y.astype(int), 0, p.shape[axis] - 1)
    other = numpy.arange(len(y))
    picked: Numbers = p[other, k] if axis == 1 else p[k, other]
    return picked
