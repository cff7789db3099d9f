"""Makes students' notebooks out of the course's own."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat

from grader.authors import catalogue

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENTS = {"np": "softmax-regression", "nd": "softmax-regression-nd"}
EXERCISES = ("data_iter", "softmax", "net", "cross_entropy", "accuracy", "evaluate_accuracy", "sgd", "train")


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
    """The variants of one exercise in tests/corpus: (kind, name, code), kind being "right" or "wrong"."""
    return catalogue.forms(catalogue.corpus_file(ROOT, flavour, exercise))


def meant(flavour: str, exercise: str) -> dict[str, list[str]]:
    """What the wrong forms are meant to be: the misconceptions that a header names in brackets, by the form's name."""
    text = catalogue.corpus_file(ROOT, flavour, exercise).read_text()
    found = re.findall(r"^#: wrong (\w+) \| \[([\w+, ]+)\]", text, flags=re.MULTILINE)
    return {name: names.split(", ") for name, names in found}
