"""The class that ``grader demo`` makes up: the students that assignments' folders tell of, in students.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from grader.course import catalogue
from grader.course.catalogue import CatalogueError, Facts
from grader.course.course import Course

STUDENTS = "students.toml"


def make_class(course: Course, folder: Path) -> Path:
    """Write the class's notebooks in nbgrader's layout below `folder`; gives the folder submitted/."""
    submitted = folder / "submitted"
    for facts in catalogue.assignments(*course.exercise_roots):
        for student, work in _students(facts):
            name = facts.notebooks[work.pop("flavour")]
            _write(submitted / student / name / f"{name}.ipynb", _handed_in(course, name, work))
    return submitted


def _students(facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each student's name, and what they wrote by cell, with the flavour; none where the assignment tells of none."""
    path = facts.folder / STUDENTS
    if not path.is_file():
        return
    try:
        yield from tomllib.loads(path.read_text()).items()
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path} cannot be read ({error}): mend it") from None


def _handed_in(course: Course, name: str, work: dict[str, Any]) -> str:
    """The notebook's text: the solution with the student's cells in it, or the `file` that was handed in."""
    if "file" in work:
        return str(work["file"])
    notebook = _read(course.root / "solutions" / name / f"{name}.ipynb")
    stubs = _read(course.root / "assignments" / name / f"{name}.ipynb")
    for grade_id, source in work.items():
        _cell(notebook, grade_id).source = source or _cell(stubs, grade_id).source
    return nbformat.writes(notebook)


def _read(path: Path) -> Any:
    return nbformat.read(path, 4)


def _cell(notebook: Any, grade_id: str) -> Any:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
