"""What a student's function draws: its axes, and the lines, pictures and words in them, as numbers and text.

picture = drawn(student.plot_history.figure(history))
x, y = picture.line("train loss")
expect(y).close_to([2.0, 1.5])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec.structs import replace as replace_figure

from grader.checking.authoring import CheckFailed, Misconception
from grader.checking.expect import expect
from grader.checking.explanation import Fault
from grader.checking.messages import counted
from grader.checking.result import Result
from grader.sandbox import wire
from grader.sandbox.wire import Numbers

# As a share of the figure's height.
SAME_ROW = 0.005


@dataclass(frozen=True)
class Picture:
    """The one figure that a call has drawn."""

    result: Result
    figure: wire.Figure

    @property
    def axes(self) -> list[wire.Axes]:
        """The pairs of axes, in the order in which they were made."""
        return self.figure.axes

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in inches."""
        return self.figure.size

    def failed(self, what: str, known: Misconception | None = None, hint: str | None = None) -> CheckFailed:
        """A `CheckFailed` that shows the picture; `what` goes on after the call's name: "has no legend."."""
        return expect(self.result).failure(Fault(what, None), None, known, hint)

    def row_by_row(self) -> Picture:
        """The same with its axes as one reads: from the top down, and in each row from left to right."""
        rows: list[list[wire.Axes]] = []
        for axes in sorted(self.axes, key=_top, reverse=True):
            # Places are reckoned in floating point: those of one row do not agree to the last digit.
            if rows and _top(rows[-1][0]) - _top(axes) < SAME_ROW:
                rows[-1].append(axes)
            else:
                rows.append([axes])
        found = [axes for row in rows for axes in sorted(row, key=lambda axes: axes.place[0])]
        return replace(self, figure=replace_figure(self.figure, axes=found))

    def lines(self, labels: Sequence[str] = (), place: int = 0) -> list[wire.Line]:
        """The lines in the axes at that place; with `labels` those that are so called, in this order.

        Raises `CheckFailed` where one is missing or there more than once.
        """
        every = self.axes[place].lines
        found = [[line for line in every if line.label.strip() == label] for label in labels]
        for label, these in zip(labels, found, strict=True):
            if len(these) != 1:
                others = ", ".join(repr(line.label) for line in every if not line.label.startswith("_")) or "none"
                raise self.failed(f"draws {counted(len(these), 'line')} with the label {label!r}; the labels that it "
                                  f"gives are {others}.")  # fmt: skip
        return [these[0] for these in found] if labels else list(every)

    def line(self, label: str, place: int = 0) -> tuple[Result, Result]:
        """Where the line of that label goes: x and y, each as a result of its own; misconceptions are `of` these."""
        (line,) = self.lines([label], place)
        return self.part(f"x of {label}", line.x.numpy(), "x"), self.part(f"y of {label}", line.y.numpy(), "y")

    def image(self, place: int) -> Result:
        """The one image in the axes at that place, as a result. Raises `CheckFailed` for none or several."""
        images = self.axes[place].images if place < len(self.axes) else []
        if len(images) != 1:
            raise self.failed(
                f"draws {counted(len(images), 'image')} into the axes number {place + 1}; it must be one."
            )
        return self.part(f"image {place + 1}", images[0].numpy(), "image")

    def part(self, name: str, numbers: Numbers, of: str = "") -> Result:
        """Numbers of the picture as a result; misconceptions that are `of` the name explain what is wrong with them."""
        library: wire.Library = "mxnet.np" if self.result.flavour == "np" else "mxnet.nd"
        return self.result.of_part(name, wire.Array.of(numbers, library), "drawn", of)


def _top(axes: wire.Axes) -> float:
    return axes.place[1] + axes.place[3]


def drawn(result: Result, axes: int | None = 1, known: Misconception | None = None) -> Picture:
    """The one figure that the call has left open, with so many pairs of axes; None: any number.

    Raises `CheckFailed` else; with the misconception `known`, if it says why there is no figure, or more than one.
    """
    expect(result).no_failure()
    figures = result.figures
    if len(figures) != 1:
        what = f"draws {counted(len(figures), 'figure')}; it must be one." if figures else "draws nothing."
        raise expect(result).failure(Fault(what, None), None, known)
    picture = Picture(result, figures[0])
    if axes is not None and len(picture.axes) != axes:
        many = f"{len(picture.axes)} or more" if len(picture.axes) == wire.MAX_DRAWN else str(len(picture.axes))
        raise picture.failed(f"draws {many} pairs of axes; it must be {axes}.")
    return picture
