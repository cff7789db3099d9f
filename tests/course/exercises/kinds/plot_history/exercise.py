"""A training history as a picture: a function that is judged by what it draws."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Misconception, Numbers, Picture, Rng, Student, check, drawn, expect, misconception

EXERCISE = Exercise("plot_history(history)", "3.6.6")

History = list[tuple[float, float, float]]
LABELS = ("train loss", "train acc", "test acc")

NO_LEGEND = Misconception("no_legend", "the lines have labels, and nothing shows them", "axes.legend()")
ONE_FIGURE_EACH = Misconception(
    "one_figure_each", "each line gets a figure of its own", "plt.figure() and plt.subplots() begin a new figure."
)
CLOSED = Misconception("closed", "nothing was drawn, or the figure was closed again before anybody saw it")


@misconception("the epochs are counted from 0", "range(1, len(history) + 1)", of="x")
def counts_from_0(values: Numbers) -> Numbers:
    return numpy.arange(len(values))


@misconception("the last epoch alone is drawn", of="y")
def last_alone(values: Numbers) -> Numbers:
    return values[-1:]


@misconception("the last epoch is left out", of="y")
def leaves_out_the_last(values: Numbers) -> Numbers:
    return values[:-1]


def draw(rng: Rng, epochs: int) -> History:
    return [tuple(map(float, numpy.round(rng.uniform(0, 1, size=3), 3))) for _ in range(epochs)]  # type: ignore[misc]


def plotted(student: Student, history: History) -> Picture:
    """The figure, which must be one, with one pair of axes."""
    result = student.plot_history.figure(history)
    return drawn(result, known=ONE_FIGURE_EACH if result.figures else CLOSED)


@check(points=2, hint="axes.plot(epochs, values, label=…), once for each of the three.")
def three_lines(student: Student, rng: Rng) -> None:
    """each of the three measures is a line over the epochs, which count from 1"""
    for history in (draw(rng, 4), draw(rng, 30)):
        picture = plotted(student, history)
        for label, values in zip(LABELS, numpy.array(history).T, strict=True):
            x, y = picture.line(label)
            expect(y, against=(values,)).close_to(values)
            expect(x, against=(values,)).close_to(numpy.arange(1, len(values) + 1))


@check(points=1, hint="axes.legend()")
def readable(student: Student, rng: Rng) -> None:
    """a legend says which line is which, and all three are to be seen"""
    history = draw(rng, 4)
    picture = plotted(student, history)
    lines = picture.lines(LABELS)
    legend = picture.axes[0].legend
    if legend is None:
        raise picture.failed("has no legend.", NO_LEGEND)
    if any(label not in legend for label in LABELS):
        raise picture.failed(f"has a legend with the words {', '.join(legend)}.")
    low, high = sorted(picture.axes[0].ylim)
    if any(y.min() < low or y.max() > high for y in (line.y.numpy() for line in lines)):
        raise picture.failed(f"shows the values from {low:g} to {high:g} alone; some lie beyond.")
