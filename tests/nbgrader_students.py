"""What the students of test_nbgrader.py hand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import nbformat

from tests.notebooks import SMALL, cell

QUESTIONS = ("question-zero", "question-sign")
ANSWER = "It depends on what each mistake costs."
NO_MINUS = """
import sys
import warnings

def sigmoid(X):
    print("sigmoid was called")
    print("just so you know", file=sys.stderr)
    warnings.warn("is this the right sign?")
    return 1 / (1 + np.exp(X))
"""
PICTURE = """
import matplotlib.pyplot as plt
print("my very first plot")
_ = plt.plot([3, 1, 2])
"""
CHATTER = 'print("Are we there yet?\\n" * 1_000_000)'


def solve(notebook: Any, *but: str) -> Any:
    """The notebook with the solution's code in all cells for it except `but`."""
    solution = SMALL.solution("np")
    for name in SMALL.exercises:
        if name not in but:
            cell(notebook, name).source = cell(solution, name).source
    return notebook


def add_code(notebook: Any, source: str, at: int | None = None) -> None:
    place = len(notebook.cells) if at is None else at
    notebook.cells.insert(place, nbformat.v4.new_code_cell(source.strip()))


def remove(notebook: Any, *grade_ids: str) -> None:
    notebook.cells = [c for c in notebook.cells if c.metadata.nbgrader.get("grade_id") not in grade_ids]


TAMPERED: dict[str, Callable[[Any], None]] = {}


def tampers(change: Callable[[Any], None]) -> Callable[[Any], None]:
    """Changes a submission with one answer and all but the last exercise; the function's name is the student."""
    TAMPERED[change.__name__] = change
    return change


@tampers
def honest(notebook: Any) -> None:
    """As it is: what all the others must get too."""


@tampers
def deletes_checks(notebook: Any) -> None:
    remove(notebook, *[f"check-{name}" for name in SMALL.exercises])


@tampers
def edits_checks(notebook: Any) -> None:
    for name in SMALL.exercises:
        cell(notebook, f"check-{name}").source = "100"


@tampers
def copies_checks(notebook: Any) -> None:
    for name in SMALL.exercises:
        copy = nbformat.from_dict(cell(notebook, f"check-{name}"))
        copy.source = "6"
        notebook.cells += [copy]
        notebook.cells.insert(1, nbformat.from_dict(copy))


@tampers
def makes_checks_text(notebook: Any) -> None:
    for name in SMALL.exercises:
        check = cell(notebook, f"check-{name}")
        check.cell_type = "markdown"
        del check["outputs"], check["execution_count"]


@tampers
def forges_points(notebook: Any) -> None:
    for name in SMALL.exercises:
        check = cell(notebook, f"check-{name}")
        check.metadata.nbgrader.points = 1000
        check.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "1000"}, execution_count=1)]


@tampers
def forges_roles(notebook: Any) -> None:
    cell(notebook, "check-descend").metadata.nbgrader |= {"grade": False, "solution": True, "locked": False}
    cell(notebook, "check-neuron").metadata.nbgrader |= {"solution": True}
    cell(notebook, "descend").metadata.nbgrader |= {"grade": True, "points": 30}


@tampers
def forges_versions(notebook: Any) -> None:
    for number, each in enumerate(notebook.cells):
        each.metadata.nbgrader.schema_version = 1 if number % 2 else 99


@tampers
def loses_metadata(notebook: Any) -> None:
    """As other programs than Jupyter do when they save a notebook."""
    for each in notebook.cells:
        each.metadata = {}


NONSENSE = {"nbgrader": "sigmoid"}, {"nbgrader": {"grade_id": 5, "grade": True}}, {"tags": 3}


@tampers
def spoils_metadata(notebook: Any) -> None:
    notebook.metadata = {"kernelspec": {"name": "cobol", "display_name": "Cobol"}, "softmark": 3}
    for number, each in enumerate(notebook.cells):
        if each.metadata.nbgrader.grade_id not in SMALL.exercises:
            each.metadata = [{"nbgrader": "sigmoid"}, {"nbgrader": {"grade_id": 5, "grade": True}}, {"tags": 3}][
                number % 3
            ]


@tampers
def makes_noise(notebook: Any) -> None:
    add_code(notebook, "import sys, warnings; print('!' * 100, file=sys.stderr); warnings.warn('noise')", 1)
    for name in SMALL.exercises[:-1]:
        cell(notebook, name).source += "\n" + "print(100)\nprint('noise', file=sys.stderr)\n100"
    add_code(notebook, "this is an error")
