"""Pictures of long results beside what was expected: in a student's notebook, and nowhere else."""

from __future__ import annotations

import subprocess
import sys

import numpy
import pytest

from grader.checking import CheckFailed, Student, charts, expect
from grader.judging.png import for_report
from grader.judging.selfcheck import NotebookChannel
from grader.sandbox.wire import Numbers
from tests.notebooks import ROOT, SMALL

LONG = numpy.linspace(-3, 3, 60)


@pytest.mark.parametrize("shape", [(60,), (60, 1), (1, 60), (20, 3), (5, 1, 12)])
def test_a_long_result_is_drawn(shape: tuple[int, ...]) -> None:
    want = LONG.reshape(shape)
    assert for_report(charts.beside(want + 1, want))


@pytest.mark.parametrize("nothing", [numpy.nan, numpy.inf])
def test_what_is_no_number_is_left_white(nothing: float) -> None:
    got = numpy.full((20, 3), nothing)
    assert for_report(charts.beside(got, LONG.reshape(20, 3)))
    assert for_report(charts.beside(got.reshape(60), LONG))
    assert for_report(charts.beside(LONG, got.reshape(60)))


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (LONG[:12] + 1, LONG[:12]),  # the message shows it whole
        (LONG[:50], LONG),
        (None, LONG),
        (LONG, None),
        (LONG.astype(str), LONG),
        (LONG.reshape(3, 4, 5), LONG.reshape(3, 4, 5)),
        (numpy.zeros((1 << 10, 1 << 10)), numpy.ones((1 << 10, 1 << 10))),
    ],
)
def test_there_is_no_picture_that_would_not_help(got: Numbers | None, want: Numbers | None) -> None:
    assert charts.beside(got, want) == b""


@pytest.mark.parametrize("rows", [
    [[0, 1, 2, 3], [4, 5, -1, 7], [8, 9]],  # what is no example's, and a batch that is smaller
    [[-1, -1]],
    [[3]],
    [list(range(1000))] * 100,
])  # fmt: skip
def test_rows_of_numbers_are_drawn(rows: list[list[int]]) -> None:
    assert for_report(charts.cells(rows, "the examples", "batch", "place", every=2))


def test_of_no_numbers_there_is_no_picture() -> None:
    assert charts.cells([], "the examples", "batch", "place") == b""
    assert charts.cells([[], []], "the examples", "batch", "place") == b""


def failure_of(channel: NotebookChannel) -> CheckFailed:
    X = LONG.astype(numpy.float32)
    with pytest.raises(CheckFailed) as failed:
        expect(Student(channel.exercise, channel).sigmoid(X)).close_to(1 / (1 + numpy.exp(-X)))
    return failed.value


def test_a_failed_check_shows_it_in_the_notebook_and_not_while_grading() -> None:
    channel = NotebookChannel(SMALL.assignment("nd").exercise("sigmoid"), {"sigmoid": lambda X: X})
    assert for_report(failure_of(channel).picture)
    channel.is_notebook = False
    assert failure_of(channel).picture == b""


def test_grading_does_without_matplotlib() -> None:
    """It takes half a second to import, which every class would pay for."""
    code = "import sys, grader.cli, grader.judging.judge; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
