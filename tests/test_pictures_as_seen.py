"""What is read from a figure is what somebody sees who looks at it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy
import pytest
from matplotlib import pyplot

from grader.sandbox import figures, wire


@pytest.fixture(autouse=True)
def _no_window() -> Iterator[None]:
    pyplot.switch_backend("agg")
    yield
    pyplot.close("all")


def names(found: list[wire.Figure]) -> list[str]:
    return [line.label for line in found[0].axes[0].lines]


def test_a_line_goes_by_the_word_that_the_legend_has_for_it() -> None:
    with figures.drawn() as found:
        _, axes = pyplot.subplots()
        axes.plot([1, 2], [3, 4], [1, 2], [5, 6])
        axes.legend(["first", "second"])
    assert names(found) == ["first", "second"]
    with figures.drawn() as found:
        _, axes = pyplot.subplots()
        axes.plot([1, 2], [3, 4], label="first")
        axes.plot([1, 2], [5, 6], label="second")
        axes.legend(["second", "first"])
    assert names(found) == ["second", "first"]


def test_lines_that_look_the_same_go_by_their_own_labels() -> None:
    with figures.drawn() as found:
        _, axes = pyplot.subplots()
        for name, values in (("first", [3, 4]), ("second", [5, 6])):
            axes.plot([1, 2], values, "k-", label=name)
        axes.legend()
    assert names(found) == ["first", "second"]


def test_what_is_transparent_is_not_there() -> None:
    with figures.drawn() as found:
        _, axes = pyplot.subplots()
        axes.plot([1, 2], [3, 4], label="seen")
        axes.plot([1, 2], [5, 6], label="not seen", alpha=0)
    assert names(found) == ["seen"]


@pytest.mark.parametrize("turned", [False, True])
def test_an_image_is_read_from_its_top(turned: bool) -> None:
    pixels = numpy.arange(6.0).reshape(3, 2)
    with figures.drawn() as found:
        _, axes = pyplot.subplots()
        axes.imshow(pixels, origin="lower" if turned else "upper")
    assert numpy.array_equal(found[0].axes[0].images[0].numpy(), pixels[::-1] if turned else pixels)
