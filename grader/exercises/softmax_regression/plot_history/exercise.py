"""A training history as a picture (section 3.6.6): a function that is judged by what it draws."""

from __future__ import annotations

import numpy

from grader.checking import (
    Budget,
    Exercise,
    Misconception,
    Numbers,
    Picture,
    Rng,
    Student,
    check,
    describe_value,
    drawn,
    expect,
    misconception,
)
from grader.checking.explanation import Fault
from grader.diagnosis import wrong_kinds
from grader.sandbox import wire

EXERCISE = Exercise("plot_history(history)", "3.6.6", Budget(seconds=30))

History = list[tuple[float, float, float]]
LABELS = ("train loss", "train acc", "test acc")

NO_LEGEND = Misconception("no_legend", "the lines have labels, and nothing shows them", "axes.legend()")
FIGURE_EACH = Misconception(
    "figure_each",
    "each line gets a figure of its own",
    "plt.figure() and plt.subplots() begin a new one: call it once.",
)
PANELS = Misconception("panels", "each line gets axes of its own", "All three belong into the same: axes.plot(…).")
NOTHING_OPEN = Misconception(
    "nothing_open", "nothing was drawn, or the figure was closed again before anybody saw it", "Leave the figure open."
)
LABELS_MIXED = Misconception(
    "labels_mixed", "a line shows another measure than its label says", "An epoch is (train loss, train acc, test acc)."
)
CUT_OFF = Misconception(
    "cut_off",
    "the axes end before the lines do",
    "Leave set_xlim and set_ylim out: matplotlib sees how much room they need.",
)


@misconception("the epochs are counted from 0", "range(1, len(history) + 1)", of="x")
def counts_from_0(values: Numbers) -> Numbers:
    return numpy.arange(len(values))


@misconception("the last epoch alone is drawn", of="y")
def last_alone(values: Numbers) -> Numbers:
    return values[-1:]


@misconception("the last epoch is left out", "range(1, n + 1) ends with n.", of="y")
def leaves_out_the_last(values: Numbers) -> Numbers:
    return values[:-1]


@misconception("the last epoch comes first", of="y")
def backwards(values: Numbers) -> Numbers:
    return values[::-1]


@misconception("the measures are drawn as columns of another table: three points for each line", of="y")
def first_three(values: Numbers) -> Numbers:
    return values[:3]


def draw(rng: Rng, epochs: int) -> History:
    """No two numbers alike."""
    places = rng.permutation(3 * epochs) + rng.uniform(0.2, 0.8, size=3 * epochs)
    numbers = 0.2 + places.reshape(epochs, 3) / (4 * epochs)
    return [(float(loss), float(train), float(test)) for loss, train, test in numbers]


def plotted(student: Student, history: History) -> Picture:
    """The figure, which must be one, with one pair of axes."""
    result = student.plot_history.figure(history)
    picture = drawn(result, axes=None, known=FIGURE_EACH if result.figures else NOTHING_OPEN)
    if len(picture.axes) != 1:
        raise picture.failed(
            f"draws {len(picture.axes)} pairs of axes; it must be one.",
            PANELS if len(picture.axes) == len(LABELS) else None,
        )
    return picture


@check(points=1, hint="axes.plot(epochs, values, label=…), once for each of the three.")
def three_lines(student: Student, rng: Rng) -> None:
    """train loss, train acc and test acc are a line each over the epochs, which count from 1"""
    for history in (draw(rng, 5), draw(rng, 30)):
        picture = plotted(student, history)
        columns = dict(zip(LABELS, numpy.array(history).T, strict=True))
        lines = dict(zip(LABELS, picture.lines(LABELS), strict=True))
        drawn_as = {label: _which(line, columns) for label, line in lines.items()}
        if any(found not in (None, label) for label, found in drawn_as.items()):
            words = ", ".join(
                f"{found} as {label!r}" for label, found in drawn_as.items() if found not in (None, label)
            )
            raise picture.failed(f"draws {words}.", LABELS_MIXED)
        for label, values in columns.items():
            x, y = picture.line(label)
            expect(y, against=(values,)).close_to(values)
            expect(x, against=(values,)).close_to(numpy.arange(1, len(values) + 1))


def _which(line: wire.Line, columns: dict[str, Numbers]) -> str | None:
    """The measure that a line shows, if it is one of the three."""
    y = line.y.numpy()
    return next(
        (label for label, values in columns.items() if y.shape == values.shape and numpy.allclose(y, values)), None
    )


@check(points=0.5, hint="axes.legend()")
def readable(student: Student, rng: Rng) -> None:
    """a legend says which line is which, and all of the three are to be seen"""
    for epochs in (4, 30):
        picture = plotted(student, draw(rng, epochs))
        lines = picture.lines(LABELS)
        axes = picture.axes[0]
        if axes.legend is None:
            raise picture.failed("has no legend.", NO_LEGEND)
        if any(label not in map(str.strip, axes.legend) for label in LABELS):
            raise picture.failed(f"has a legend with the words {', '.join(axes.legend)}.")
        _expect_within(picture, "values", axes.ylim, [line.y.numpy() for line in lines])
        _expect_within(picture, "epochs", axes.xlim, [line.x.numpy() for line in lines])


def _expect_within(picture: Picture, what: str, limits: tuple[float, float], drawn_at: list[Numbers]) -> None:
    low, high = sorted(limits)
    if any(numbers.min(initial=high) < low or numbers.max(initial=low) > high for numbers in drawn_at):
        raise picture.failed(f"shows the {what} from {low:g} to {high:g} alone; some lie beyond.", CUT_OFF)


@check(points=0.5, trivial=True, hint="fig, axes = plt.subplots() at the beginning, return axes at the end.")
def returns_axes(student: Student, rng: Rng) -> None:
    """plot_history returns the axes"""
    result = student.plot_history.figure(draw(rng, 3))
    value = expect(result).no_failure().result.value
    if not (isinstance(value, wire.Opaque) and "Axes" in value.kind):
        what = f"returns {describe_value(value)}; it must be the axes."
        raise expect(result).failure(Fault(what, None), None, wrong_kinds.of_value(value))
