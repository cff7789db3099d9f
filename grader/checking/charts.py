"""Pictures where they say more than words: in a student's own notebook, which alone has somebody who looks at them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy

from grader.checking.authoring import CheckFailed
from grader.checking.messages import is_cut
from grader.checking.student import Student
from grader.sandbox.wire import Numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# More numbers than anybody sees the difference of; and than can be drawn while somebody waits.
_MOST = 1 << 18
_WIDTH, _HEIGHT, _DPI = 7.0, 2.2, 80
# Of cells: how many rows and columns there is room for, and up to how many columns the numbers can be read.
_ROWS, _COLUMNS, _NUMBERED = 32, 200, 24


def pictured(student: Student, failure: CheckFailed, draw: Callable[[], bytes]) -> CheckFailed:
    """The same failure; in the student's own notebook with the picture that `draw` makes, unless it has one."""
    if student.channel.is_notebook and not failure.picture:
        failure.picture = draw()
    return failure


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
    figure = _figure(_HEIGHT)
    draw = _lines if len(shape) == 1 else _pixels
    draw(figure, got.astype(float).reshape(shape), want.astype(float).reshape(shape), name)
    return _png(figure)


def cells(rows: Sequence[Sequence[int]], what: str, down: str, across: str, every: int = 0) -> bytes:
    """As a PNG the whole numbers of the rows, which need not be of one length, in cells coloured by their size.

    `what` says what they are, `down` and `across` what a row is, and a place in it; after `every` so many places there
    is a line. A number below 0 stands for what is none. Of very many only the first are drawn; of none, nothing is.
    """
    kept = [list(row[:_COLUMNS]) for row in rows[:_ROWS]]
    longest = max(map(len, kept), default=0)
    if not longest:
        return b""
    table = numpy.full((len(kept), longest), numpy.nan)
    for place, row in enumerate(kept):
        table[place, : len(row)] = row
    figure = _figure(1.1 + 0.22 * len(kept))
    axes: Axes = figure.subplots()
    axes.imshow(numpy.where(table < 0, numpy.nan, table), aspect="auto", interpolation="nearest", cmap="viridis")
    middle = numpy.nanmax(table) / 2
    for place, row in enumerate(kept if longest <= _NUMBERED else []):
        for column, number in enumerate(row):
            colour = "black" if number < 0 or number > middle else "white"
            axes.text(column, place, str(number) if number >= 0 else "?", ha="center", va="center", color=colour,
                      fontsize=8)  # fmt: skip
    for edge in range(every, longest, every) if every else ():
        axes.axvline(edge - 0.5, color="tab:red", linewidth=1.5)
    axes.set_title(what, fontsize=9)
    axes.set_xlabel(across)
    axes.set_ylabel(down)
    ticks = numpy.arange(0, longest, -(-longest // 10))
    axes.set_xticks(ticks, [str(tick + 1) for tick in ticks])
    ticks = numpy.arange(0, len(kept), -(-len(kept) // 8))
    axes.set_yticks(ticks, [str(tick + 1) for tick in ticks])
    return _png(figure)


def _figure(height: float) -> Figure:
    """Not pyplot's, whose figures are the student's own."""
    from matplotlib.figure import Figure

    return Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")


def _png(figure: Figure) -> bytes:
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
