"""Makes students' notebooks out of a course's own: the kit's, or the small one in tests/course."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from grader.authors import forms
from grader.course import catalogue
from grader.course.course import Assignment, find_course

ROOT = Path(__file__).resolve().parents[1]


def cell(notebook: Any, grade_id: str) -> Any:
    """The cell with that grade_id."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def write(notebook: Any, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    return path


@dataclass(frozen=True)
class Notebooks:
    """The notebooks of one assignment, in both flavours, in the course at `root`; `names` by flavour."""

    root: Path
    names: dict[str, str]

    def __getitem__(self, flavour: str) -> str:
        """The notebook's name."""
        return self.names[flavour]

    @property
    def exercises(self) -> tuple[str, ...]:
        return self.assignment("np").exercises

    def assignment(self, flavour: str) -> Assignment:
        return find_course(self.root).assignment(self.names[flavour])

    def solution(self, flavour: str) -> Any:
        """The solution notebook."""
        return self._read("solutions", flavour)

    def released(self, flavour: str) -> Any:
        """The notebook that students get."""
        return self._read("assignments", flavour)

    def with_cells(self, flavour: str, **sources: str) -> Any:
        """The solution notebook with other code in the cells named."""
        notebook = self.solution(flavour)
        for grade_id, source in sources.items():
            cell(notebook, grade_id).source = source
        return notebook

    def solved(self, flavour: str, *but: str) -> Any:
        """The released notebook with the solution's code in all cells for it but those, and no question answered."""
        notebook, solution = self.released(flavour), self.solution(flavour)
        for name in self.exercises:
            if name not in but:
                cell(notebook, name).source = cell(solution, name).source
        return notebook

    def _read(self, kind: str, flavour: str) -> Any:
        name = self.names[flavour]
        return nbformat.read(self.root / kind / name / f"{name}.ipynb", as_version=4)


# What tests of the engine grade: a few functions of one line each. Exercises have tests of their own.
SMALL = Notebooks(ROOT / "tests" / "course", {"np": "first-steps", "nd": "first-steps-nd"})

# -- the kit's own, for the tests of its exercises

KIT = Notebooks(ROOT, {"np": "softmax-regression", "nd": "softmax-regression-nd"})
ASSIGNMENTS = KIT.names
EXERCISES = KIT.exercises
assignment, solution, released, with_cells = KIT.assignment, KIT.solution, KIT.released, KIT.with_cells


def folder(flavour: str, exercise: str) -> Path:
    """The folder of one of the kit's exercises."""
    found = catalogue.find(assignment(flavour).facts, exercise)
    assert found is not None, exercise
    return found


def corpus(flavour: str, exercise: str) -> list[tuple[str, str, str]]:
    """The forms of one exercise: (kind, name, code), kind being "right" or "wrong"."""
    return [(form.kind, form.name, form.code) for form in forms.forms(folder(flavour, exercise), flavour)]


def meant(flavour: str, exercise: str) -> dict[str, list[str]]:
    """What the wrong forms are meant to be: the misconceptions that a header names in brackets, by the form's name."""
    found = forms.forms(folder(flavour, exercise), flavour)
    return {form.name: list(form.misconceptions) for form in found if form.misconceptions}
