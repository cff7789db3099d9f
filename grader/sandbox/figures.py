"""What a call has drawn, read from matplotlib's figures as numbers and text."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy

from grader.sandbox import wire

_DPI = 72
# A picture of more numbers than this is no illustration.
_MOST = 1 << 16


@contextmanager
def drawn() -> Iterator[list[wire.Figure]]:
    """Collects what the block draws. Figures that were open before stay open, and are left as they were."""
    before = {number: _pyplot().figure(number) for number in _pyplot().get_fignums()} if _pyplot() else {}
    current = _pyplot().gcf().number if before else None
    found: list[wire.Figure] = []
    # So that what is drawn without a figure's name does not go into one of the student's own.
    if before:
        _pyplot().figure()
    try:
        yield found
        if _pyplot() is not None:
            new = [_pyplot().figure(n) for n in _pyplot().get_fignums() if n not in before]
            found += [_figure(figure) for figure in new if figure.get_axes()][: wire.MAX_OUTPUTS]
    finally:
        if _pyplot() is not None:
            for number in _pyplot().get_fignums():
                if number not in before:
                    _pyplot().close(number)
            if current is not None:
                _pyplot().figure(current)


def _pyplot() -> Any:
    return sys.modules.get("matplotlib.pyplot")


def _figure(figure: Any) -> wire.Figure:
    width, height = map(float, figure.get_size_inches())
    return wire.Figure((width, height), [_axes(each) for each in figure.get_axes()[: wire.MAX_DRAWN]], _png(figure))


def _png(figure: Any) -> bytes:
    buffer = io.BytesIO()
    try:
        figure.savefig(buffer, format="png", dpi=_DPI)
    except Exception:  # the student's own artist may raise anything
        return b""
    return buffer.getvalue() if buffer.tell() <= wire.MAX_PICTURE_BYTES else b""


def _axes(axes: Any) -> wire.Axes:
    legend = axes.get_legend()
    most = wire.MAX_DRAWN
    lines = [wire.Line(_numbers(line.get_xdata()), _numbers(line.get_ydata()), _text(line.get_label()))
             for line in axes.get_lines()[:most]]  # fmt: skip
    return wire.Axes(
        _text(axes.get_title()), _text(axes.get_xlabel()), _text(axes.get_ylabel()),
        _pair(axes.get_xlim()), _pair(axes.get_ylim()), axes.get_xscale(), axes.get_yscale(),
        (_is_shown(axes, axes.xaxis), _is_shown(axes, axes.yaxis)), lines,
        [_numbers(image.get_array()) for image in axes.get_images()[:most]],
        [_numbers(points.get_offsets()) for points in axes.collections[:most]],
        None if legend is None else [_text(text.get_text()) for text in legend.get_texts()[:most]],
        [_text(text.get_text()) for text in axes.texts[:most]],
    )  # fmt: skip


def _is_shown(axes: Any, axis: Any) -> bool:
    """Whether somebody who looks at the picture sees this axis, its ticks at least."""
    return bool(axes.axison and axis.get_visible() and len(axis.get_ticklocs()))


def _numbers(values: Any) -> wire.Array:
    masked: Any = numpy.ma
    array = numpy.asarray(masked.filled(values, numpy.nan) if masked.isMaskedArray(values) else values)
    if array.dtype.name not in wire.DTYPES or array.size > _MOST:
        array = numpy.asarray(array, "float64").ravel()[:_MOST]
    return wire.Array.of(array)


def _pair(limits: Any) -> tuple[float, float]:
    low, high = limits
    return float(low), float(high)


def _text(words: Any) -> str:
    return str(words)[: wire.MAX_TEXT]
