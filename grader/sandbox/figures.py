"""What a call has drawn, read from matplotlib's figures as numbers and text.

The student's own open figures stand aside while the call runs: what it draws, it draws into figures of its own, whether
it asks for one by number, by ``plt.gcf()`` or not at all; and these are gone afterwards.
"""

from __future__ import annotations

import contextlib
import io
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import numpy

from grader.sandbox import wire

_DPI = 72
# A picture of more numbers than this, or a line, is no illustration; and all of a reply's together.
_MOST, _MOST_TOGETHER = 1 << 16, 1 << 20
# What is drawn as a picture: not from more numbers, not on more pixels, and not more figures than this.
_MOST_DRAWN, _MOST_PIXELS, _MOST_PICTURES = 1 << 22, 4 << 20, 4


@contextlib.contextmanager
def drawn() -> Iterator[list[wire.Figure]]:
    """Collects what the block draws and leaves open, as numbers and text."""
    found: list[wire.Figure] = []
    with _alone() as managers:
        yield found
        reader = _Reader()
        figures = [manager.canvas.figure for manager in managers()]
        found += [reader.figure(figure) for figure in figures[: wire.MAX_OUTPUTS] if figure.get_axes()]


@contextlib.contextmanager
def _alone() -> Iterator[Any]:
    """Puts pyplot's open figures aside; gives a function for the managers of those that are open by then."""
    import matplotlib
    from matplotlib import pyplot
    from matplotlib._pylab_helpers import Gcf

    before, show = Gcf.figs, pyplot.show
    Gcf.figs = OrderedDict()
    # In a notebook, show() displays the open figures, and closes them; and so does the end of a cell.
    pyplot.show = lambda *args, **kwargs: None
    try:
        with matplotlib.rc_context({"interactive": False}):
            yield lambda: list(Gcf.figs.values())
    finally:
        with contextlib.suppress(Exception):  # the student's own code may have changed any of this
            Gcf.destroy_all()
        Gcf.figs, pyplot.show = before, show


class _Reader:
    """Reads figures as far as they go into one reply."""

    def __init__(self) -> None:
        self._room = _MOST_TOGETHER
        self._seen = 0
        self._pictures = 0

    def figure(self, figure: Any) -> wire.Figure:
        width, height = map(float, figure.get_size_inches())
        every = figure.get_axes()
        legends = [self._legend(legend) for legend in figure.legends[:1]]
        axes = [self._axes(one, legends[0] if legends and len(every) == 1 else None) for one in _few(every)]
        png = self._png(figure, width * height * _DPI**2) if len(every) <= wire.MAX_DRAWN else b""
        return wire.Figure((width, height), axes, png, _text(figure.get_suptitle()))

    def _png(self, figure: Any, pixels: float) -> bytes:
        self._pictures += 1
        if not pixels <= _MOST_PIXELS or self._seen > _MOST_DRAWN or self._pictures > _MOST_PICTURES:
            return b""
        buffer = io.BytesIO()
        try:
            figure.savefig(buffer, format="png", dpi=_DPI)
        except (Exception, SystemExit):  # the student's own artist may raise anything
            return b""
        return buffer.getvalue() if buffer.tell() <= wire.MAX_PICTURE_BYTES else b""

    def _axes(self, axes: Any, legend: list[str] | None) -> wire.Axes:
        own = axes.get_legend()
        if own is not None:
            legend = self._legend(own)
        named = _named_by(axes, [one for one in (own, *axes.figure.legends[:1]) if one is not None])
        titles = [_text(axes.get_title(place)) for place in ("center", "left", "right")]
        return wire.Axes(
            title=next(filter(None, titles), ""),
            xlabel=_text(axes.get_xlabel()),
            ylabel=_text(axes.get_ylabel()),
            xlim=_pair(axes.get_xlim()),
            ylim=_pair(axes.get_ylim()),
            xscale=_text(axes.get_xscale())[: wire.MAX_NAME],
            yscale=_text(axes.get_yscale())[: wire.MAX_NAME],
            visible=bool(axes.get_visible()),
            shown=(_is_shown(axes, axes.xaxis), _is_shown(axes, axes.yaxis)),
            lines=[self._line(line, named) for line in _visible(axes.get_lines())],
            images=[self._image(image, axes) for image in _visible(axes.get_images())],
            points=[self._numbers(points.get_offsets()) for points in _visible(axes.collections)],
            legend=legend,
            texts=[_text(text.get_text()) for text in _visible(axes.texts)],
            place=_place(axes),
        )

    def _line(self, line: Any, named: dict[int, str]) -> wire.Line:
        # As they are drawn: numbers, also where days or names were given.
        x, y = self._numbers(line.get_xdata(orig=False)), self._numbers(line.get_ydata(orig=False))
        return wire.Line(x, y, named.get(id(line), _text(line.get_label())))

    def _image(self, image: Any, axes: Any) -> wire.Array:
        """Its rows from the top, and its columns from the left, as they are seen: usually, y grows downwards."""
        pixels = image.get_array()
        upside_down, mirrored = axes.get_ylim()[0] < axes.get_ylim()[1], axes.get_xlim()[0] > axes.get_xlim()[1]
        return self._numbers(pixels[:: -1 if upside_down else 1, :: -1 if mirrored else 1])

    def _legend(self, legend: Any) -> list[str] | None:
        return [_text(text.get_text()) for text in _few(legend.get_texts())] if legend.get_visible() else None

    def _numbers(self, values: Any) -> wire.Array:
        """The numbers, nan where there are none; cut, and no longer in their shape, where there are too many."""
        masked: Any = numpy.ma
        array, mask = numpy.asarray(masked.getdata(values)), masked.getmask(values)
        self._seen += array.size
        most = max(min(_MOST, self._room), 0)
        if array.size > most:
            mask = mask if mask is masked.nomask else mask.flat[:most]
            array = array.flat[:most]
        self._room -= array.size
        if array.dtype.name not in wire.DTYPES or numpy.any(mask):
            array = numpy.where(mask, numpy.nan, array.astype("float64"))
        return wire.Array.of(array)


def _few(things: Iterable[Any]) -> list[Any]:
    return list(islice(things, wire.MAX_DRAWN))


def _visible(artists: Iterable[Any]) -> list[Any]:
    return _few(artist for artist in artists if artist.get_visible() and not _is_transparent(artist))


def _is_transparent(artist: Any) -> bool:
    alpha = artist.get_alpha()
    return alpha is not None and not numpy.any(alpha)


def _named_by(axes: Any, legends: list[Any]) -> dict[int, str]:
    """What those who look at the picture call its lines, by a line's id: the word that a legend has beside such a line.

    `legend(names)` leaves the lines' own labels as they are. A line that looks like another one goes by its own.
    """
    named: dict[int, str] = {}
    lines = _visible(axes.get_lines())
    for legend in legends:
        with contextlib.suppress(Exception):  # the student's own artist may raise anything
            handles, texts = _few(legend.legend_handles), _few(legend.get_texts())
            if not legend.get_visible() or len(handles) != len(texts):
                continue
            for handle, text in zip(handles, texts, strict=True):
                alike = [line for line in lines if _looks(line) == _looks(handle)]
                if len(alike) == 1:
                    named.setdefault(id(alike[0]), _text(text.get_text()))
    return named


def _looks(line: Any) -> tuple[Any, ...]:
    from matplotlib.colors import to_rgba

    return to_rgba(line.get_color()), line.get_linestyle(), line.get_linewidth(), str(line.get_marker())


def _is_shown(axes: Any, axis: Any) -> bool:
    """Whether somebody who looks at the picture sees this axis, its ticks at least."""
    if not (axes.axison and axis.get_visible() and len(axis.get_ticklocs())):
        return False
    tick = axis.get_major_ticks(1)[0]
    return any(part.get_visible() for part in (tick.tick1line, tick.tick2line, tick.label1, tick.label2))


def _pair(limits: Any) -> tuple[float, float]:
    low, high = limits
    return float(low), float(high)


def _place(axes: Any) -> tuple[float, float, float, float]:
    # As it was made: an image of another shape is drawn on a part of it.
    left, bottom, width, height = map(float, axes.get_position(original=True).bounds)
    return left, bottom, width, height


def _text(words: Any) -> str:
    return str.__str__(str(words))[: wire.MAX_TEXT]
