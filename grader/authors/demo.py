"""The class that ``grader demo`` makes up: the students that assignments' folders tell of, in students.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat

from grader import data
from grader.authors import forms
from grader.course import catalogue
from grader.course.catalogue import CatalogueError, Facts
from grader.course.course import Assignment, Course
from grader.judging.batch import Setting, grade_all
from grader.judging.judge import Job, Options
from grader.judging.report import Report
from grader.sandbox.launch import SlotOptions

STUDENTS = "students.toml"


@dataclass(frozen=True)
class Group:
    """Those who handed in one notebook, in the order of the file."""

    assignment: str
    exercises: tuple[str, ...]
    jobs: tuple[Job, ...]
    # Whose training is on the full data sets; that of the others is on the small ones.
    in_full: frozenset[str]
    data: tuple[str, ...]


def make_class(course: Course, folder: Path) -> list[Group]:
    """Write the class's notebooks in nbgrader's layout below `folder`/submitted."""
    groups: dict[str, Group] = {}
    for facts in catalogue.assignments(*course.exercise_roots):
        for student, work in _students(facts):
            name, in_full = facts.notebooks[work.pop("flavour")], work.pop("training", "") == "full"
            path = folder / "submitted" / student / name / f"{name}.ipynb"
            work |= _formed(course.assignment(name), work.pop("forms", {}))
            _write(path, _handed_in(course, name, work))
            group = groups.setdefault(name, Group(name, course.assignment(name).exercises, (), frozenset(), facts.data))
            groups[name] = replace(group, jobs=(*group.jobs, Job(path, str(path), student, name)),
                                   in_full=group.in_full | ({student} if in_full else set()))  # fmt: skip
    return list(groups.values())


def grade_class(
    groups: list[Group], course: Course, confinement: str, device: str, jobs: int
) -> Iterator[tuple[Group, Report]]:
    """A report on each, as it comes: first on those that train on few images, then on those that train on all."""
    for full in (False, True):
        some = [(group, job) for group in groups for job in group.jobs if (job.student in group.in_full) == full]
        names = {name for group, _ in some for name in group.data}
        used = data.load(names) if full else data.embedded(names)
        setting = Setting(course, used, SlotOptions.of(device, used), confinement, Options())
        graded = grade_all([job for _, job in some], setting, jobs)
        for (group, _), done in zip(some, graded, strict=True):
            yield group, done.report


def _students(facts: Facts) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each student's name, and what they wrote by cell, with the flavour; none where the assignment tells of none."""
    path = facts.folder / STUDENTS
    if not path.is_file():
        return
    try:
        yield from tomllib.loads(path.read_text()).items()
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{path} cannot be read ({error}): mend it") from None


def _formed(assignment: Assignment, names: dict[str, str]) -> dict[str, str]:
    """The text of these forms, by exercise. Raises `CatalogueError` for one that there is not."""
    found = {}
    for exercise, name in names.items():
        folder = catalogue.find(assignment.facts, exercise)
        written = forms.forms(folder, assignment.flavour) if folder is not None else []
        texts = [form.code for form in written if form.name == name]
        if not texts:
            raise CatalogueError(f"{assignment.facts.folder / STUDENTS}: {exercise} has no form {name}: correct it")
        [found[exercise]] = texts
    return found


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
