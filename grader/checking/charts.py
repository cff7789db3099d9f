"""A long result as a picture, beside what was expected: in a notebook, where words show only its beginning and end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy

from grader.checking.messages import is_cut
from grader.sandbox.wire import Numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# More numbers than anybody sees the difference of; and than can be drawn while somebody waits.
_MOST = 1 << 18
_WIDTH, _HEIGHT, _DPI = 7.0, 2.2, 80


def beside(got: Numbers | None, want: Numbers | None, name: str = "returned") -> bytes:
    """As a PNG what came, which is called by the name, beside what was expected: lines, or pixels for a matrix.

    Empty where the numbers themselves say as much, or where no picture can be made of them.
    """
    if got is None or want is None or got.shape != want.shape or not is_cut(want) or want.size > _MOST:
        return b""
    if not all(array.dtype.kind in "biuf" for array in (got, want)):
        return b""
    # A vector that stands is one that lies.
    shape = [length for length in want.shape if length > 1]
    if len(shape) not in (1, 2):
        return b""
    # Not by pyplot, whose figures are the student's own.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, _HEIGHT), dpi=_DPI, layout="constrained")
    draw = _lines if len(shape) == 1 else _pixels
    draw(figure, got.astype(float).reshape(shape), want.astype(float).reshape(shape), name)
    png = io.BytesIO()
    figure.savefig(png, format="png")
    return png.getvalue()


def _lines(figure: Figure, got: Numbers, want: Numbers, name: str) -> None:
    axes: Axes = figure.subplots()
    # In black and white, too, they can be told apart.
    axes.plot(want, color="tab:orange", linewidth=4, alpha=0.6, label="expected")
    axes.plot(got, color="tab:blue", linewidth=1.2, marker=".", markersize=3, label=name)
    axes.set_xlabel("entry")
    axes.legend(frameon=False)


def _pixels(figure: Figure, got: Numbers, want: Numbers, name: str) -> None:
    seen = want[numpy.isfinite(want)]
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    with numpy.errstate(all="ignore"):
        off = abs(got - want)
    columns = (name, got), ("expected", want), ("difference", off)
    for axes, (title, array) in zip(figure.subplots(1, 3), columns, strict=True):
        scale = {} if array is off else {"vmin": low, "vmax": high}
        finite = numpy.where(numpy.isfinite(array), array, numpy.nan)  # what is not stays white
        colours = "Greys" if array is off else "viridis"
        shown = axes.imshow(finite, aspect="auto", interpolation="nearest", cmap=colours, **scale)
        axes.set_title(title, fontsize=9)
        axes.tick_params(labelsize=7)
        axes.locator_params(integer=True)
        figure.colorbar(shown, ax=axes).ax.tick_params(labelsize=7)
