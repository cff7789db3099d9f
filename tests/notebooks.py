"""Makes students' notebooks out of the course's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from grader.authors import forms
from grader.course import catalogue
from grader.course.course import Assignment, find_course

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENTS = {"np": "softmax-regression", "nd": "softmax-regression-nd"}
EXERCISES = ("data_iter", "softmax", "net", "cross_entropy", "accuracy", "evaluate_accuracy", "sgd", "train")


def assignment(flavour: str) -> Assignment:
    """The kit's assignment of that flavour."""
    return find_course(ROOT).assignment(ASSIGNMENTS[flavour])


def folder(flavour: str, exercise: str) -> Path:
    """The folder of one of its exercises."""
    found = catalogue.find(assignment(flavour).facts, exercise)
    assert found is not None, exercise
    return found


def solution(flavour: str) -> Any:
    """The solution notebook."""
    name = ASSIGNMENTS[flavour]
    return nbformat.read(ROOT / "solutions" / name / f"{name}.ipynb", as_version=4)


def released(flavour: str) -> Any:
    """The notebook that students get."""
    name = ASSIGNMENTS[flavour]
    return nbformat.read(ROOT / "assignments" / name / f"{name}.ipynb", as_version=4)


def cell(notebook: Any, grade_id: str) -> Any:
    """The cell with that grade_id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def with_cells(flavour: str, **sources: str) -> Any:
    """The solution notebook with other code in the cells named."""
    notebook = solution(flavour)
    for grade_id, source in sources.items():
        cell(notebook, grade_id).source = source
    return notebook


def write(notebook: Any, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


def corpus(flavour: str, exercise: str) -> list[tuple[str, str, str]]:
    """The forms of one exercise: (kind, name, code), kind being "right" or "wrong"."""
    return [(form.kind, form.name, form.code) for form in forms.forms(folder(flavour, exercise), flavour)]


def meant(flavour: str, exercise: str) -> dict[str, list[str]]:
    """What the wrong forms are meant to be: the misconceptions that a header names in brackets, by the form's name."""
    found = forms.forms(folder(flavour, exercise), flavour)
    return {form.name: list(form.misconceptions) for form in found if form.misconceptions}
