"""A cell counts where it stands: what a student's own cells do to names above or below a check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nbformat
import pytest

from grader.judging.report import Report, SubmissionReport
from tests import notebooks

Try = Callable[..., Report]
ONLY = ("softmax", "net", "cross_entropy")
RIGHT = notebooks.cell(notebooks.solution("np"), "softmax").source
WRONG = "def softmax(X):\n    return np.exp(X) / np.exp(X).sum()"


def with_own_cell(after: str, source: str) -> Any:
    """The solution's notebook with a cell of the student's own behind that one."""
    notebook = notebooks.solution("np")
    place = notebook.cells.index(notebooks.cell(notebook, after)) + 1
    notebook.cells.insert(place, nbformat.v4.new_code_cell(source))
    return notebook


def scores(report: Report) -> dict[str, float]:
    assert isinstance(report, SubmissionReport), report
    return {exercise.name: exercise.score / exercise.max_score for exercise in report.exercises}


@pytest.mark.parametrize("source", [
    "softmax = softmax(np.ones((2, 3)))", "del softmax", "def softmax(X):\n    return X", "num_inputs = 3",
    "import numpy as np", "W = b = None", "%reset -f", "class softmax:\n    pass", "np = npx = None",
])  # fmt: skip
def test_an_own_cell_below_a_check_costs_nothing_there_nor_further_down(try_notebook: Try, source: str) -> None:
    """`net` builds on softmax, and is checked below the cell: softmax counts for it as it was at its own check."""
    if source in ("W = b = None", "%reset -f", "np = npx = None"):
        notebook = with_own_cell("check-cross_entropy", source)
    else:
        notebook = with_own_cell("check-softmax" if "num" not in source else "check-net", source)
    report = try_notebook(notebook, only=ONLY, training=False)
    assert scores(report) == dict.fromkeys(ONLY, 1.0), report


def test_the_solutions_version_is_not_broken_by_an_own_cell(try_notebook: Try) -> None:
    """softmax is wrong, so that net gets the solution's, in a notebook whose cells have given its names away."""
    notebook = with_own_cell("check-net", "np = None\nnum_inputs = 3")
    notebooks.cell(notebook, "softmax").source = WRONG
    assert scores(try_notebook(notebook, only=("softmax", "net"), training=False))["net"] == 1.0


def test_what_is_defined_further_down_is_taken_from_there(try_notebook: Try) -> None:
    """The stub is left, and the work stands in a cell of the student's own at the end."""
    notebook = with_own_cell("check-cross_entropy", RIGHT)
    notebooks.cell(notebook, "softmax").source = notebooks.cell(notebooks.released("np"), "softmax").source
    assert scores(try_notebook(notebook, only=("softmax",), training=False))["softmax"] == 1.0


def test_a_wrong_function_does_not_become_right_by_one_that_only_plays(try_notebook: Try) -> None:
    """At its check softmax is wrong, and so it is at the end: what stands between does not count."""
    notebook = with_own_cell("check-softmax", RIGHT)
    notebooks.cell(notebook, "softmax").source = WRONG
    notebook.cells.append(nbformat.v4.new_code_cell(WRONG))
    assert scores(try_notebook(notebook, only=("softmax",), training=False))["softmax"] < 1.0


def test_a_name_that_is_no_function_any_more_is_told_with_its_cell(try_notebook: Try) -> None:
    """Above its check, so that the student has seen it: the message says which cell it was."""
    report = try_notebook(with_own_cell("softmax", "softmax = 3"), only=("softmax",), training=False)
    assert isinstance(report, SubmissionReport)
    place = notebooks.solution("np").cells.index(notebooks.cell(notebooks.solution("np"), "softmax")) + 2
    assert f"cell {place} has given that name to something else, of type int" in report.exercises[0].checks[0].message


def test_a_cell_that_a_function_needs_the_data_of_is_run_for_it(try_notebook: Try) -> None:
    """evaluate_accuracy reads what a given cell further down loads."""
    source = notebooks.cell(notebooks.solution("np"), "evaluate_accuracy").source
    reading = source.replace(
        "num_correct, num_examples = 0, 0", "assert len(test_labels) > 1\n    num_correct, num_examples = 0, 0"
    )
    notebook = notebooks.with_cells("np", evaluate_accuracy=reading)
    assert reading != source
    only = ("evaluate_accuracy",)
    assert scores(try_notebook(notebook, only=only, training=False))["evaluate_accuracy"] == 1.0
