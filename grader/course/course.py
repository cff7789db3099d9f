"""The course: where its solution notebooks are, and what each assignment asks, read from nbgrader's own metadata."""

from __future__ import annotations

import contextlib
import functools
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from grader.checking.authoring import Exercise
from grader.course import catalogue
from grader.course.catalogue import CatalogueError, CourseError, Facts
from grader.course.notebook import Refused, read_notebook

CHECK = "check-"
DEMO = "demo"
CONFIG = "nbgrader_config.py"

# "answer" is a written answer that a person grades, "text" any other cell that is no code.
Role = Literal["solution", "check", "locked", "demo", "answer", "text"]


@dataclass(frozen=True)
class SourceCell:
    """A cell of the solution notebook. `role` says what the grader makes of it; `metadata` is all of the cell's."""

    grade_id: str
    role: Role
    source: str
    metadata: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def cell_type(self) -> str:
        return "markdown" if self.role in ("answer", "text") else "code"


@dataclass(frozen=True)
class Assignment:
    """One assignment: its flavour ("np" or "nd") and the cells of its solution notebook, in order.

    `facts` say where its exercises are. `metadata` is the notebook's, `stubs` the text that the released notebook has
    in the cells that students fill in.
    """

    name: str
    flavour: str
    facts: Facts
    cells: tuple[SourceCell, ...]
    metadata: dict[str, Any] = field(default_factory=dict, compare=False)
    stubs: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def exercises(self) -> tuple[str, ...]:
        """The names of its exercises, in the notebook's order."""
        return tuple(c.grade_id.removeprefix(CHECK) for c in self.cells if c.role == "check")

    def exercise(self, name: str) -> Exercise:
        """One of its exercises, worth the points that its cell says. Raises `CatalogueError`."""
        folder = catalogue.find(self.facts, name)
        if folder is None:
            raise CatalogueError(f"the notebook {self.name} has a cell {CHECK}{name}, and {self.facts.folder} no "
                                 f"exercise {name}: make one with grader new {self.name}/{name}")  # fmt: skip
        return catalogue.load(folder).worth(self.points(name))

    def points(self, name: str) -> float:
        """What the notebook's cell says that an exercise is worth; without such a cell, 0."""
        cell = self.by_id.get(f"{CHECK}{name}")
        points = cell.metadata["nbgrader"].get("points") if cell is not None else 0
        return float(points) if isinstance(points, int | float) else 0.0

    @functools.cached_property
    def by_id(self) -> dict[str, SourceCell]:
        return {cell.grade_id: cell for cell in self.cells}


@dataclass(frozen=True)
class Course:
    """A course directory in nbgrader's sense; `root` holds nbgrader_config.py and solutions/."""

    root: Path

    @property
    def exercise_roots(self) -> tuple[Path, ...]:
        """Where exercises are looked for: the course's own folder comes first."""
        own = self.root / "exercises"
        return (own, catalogue.KIT) if own.is_dir() else (catalogue.KIT,)

    @property
    def assignment_names(self) -> tuple[str, ...]:
        folders = (self.root / "solutions").glob("*/*.ipynb")
        return tuple(sorted(path.stem for path in folders if path.stem == path.parent.name))

    @property
    def exercise_names(self) -> tuple[str, ...]:
        """Of all assignments that can be read, each name once."""
        found: dict[str, None] = {}
        for name in self.assignment_names:
            with contextlib.suppress(CourseError):
                found |= dict.fromkeys(self.assignment(name).exercises)
        return tuple(found)

    def assignment(self, name: str) -> Assignment:
        """Raises `CourseError` for an unknown name or a solution notebook that is not fit."""
        if name not in self.assignment_names:
            known = ", ".join(self.assignment_names)
            raise CourseError(f"this course has no assignment {name!r}; it has {known}")
        return _read_assignment(self, name)


def find_course(*starts: Path) -> Course:
    """The course that holds one of `starts`, or else the kit's own. Raises `CourseError` where there is none."""
    kit = Path(__file__).resolve().parents[2]
    for start in (*starts, kit):
        for folder in (start.resolve(), *start.resolve().parents):
            if (folder / CONFIG).is_file() and (folder / "solutions").is_dir():
                return Course(folder)
    raise CourseError(
        f"no course here: no folder above {starts[0] if starts else kit} has {CONFIG} and solutions/. "
        "Change into the course or name it with --course"
    )


@functools.cache
def _read_assignment(course: Course, name: str) -> Assignment:
    root = course.root
    path = root / "solutions" / name / f"{name}.ipynb"
    notebook = _read(path)
    mark = notebook["metadata"].get("softmark", {})
    flavour = mark.get("flavour")
    if flavour not in catalogue.FLAVOURS:
        raise CourseError(f"{path}: its metadata must name the flavour, softmark.flavour, as np or nd")
    facts = _facts(course, path, name, mark.get("exercises"))
    cells = tuple(_source_cell(path, cell) for cell in notebook["cells"] if "nbgrader" in cell["metadata"])
    for cell in cells:
        if cell.role == "check" and catalogue.find(facts, cell.grade_id.removeprefix(CHECK)) is None:
            raise CourseError(f"{path}: cell {cell.grade_id} checks an exercise that neither {facts.folder} nor shared "
                              f"beside it has: make it with grader new {name}/{cell.grade_id.removeprefix(CHECK)}, or "
                              "correct the name")  # fmt: skip
    stubs = _stubs(root / "assignments" / name / f"{name}.ipynb")
    return Assignment(name, flavour, facts, cells, notebook["metadata"], stubs)


def _facts(course: Course, path: Path, name: str, folder: Any) -> Facts:
    """Of the folder that the notebook's metadata names, or else of that whose assignment.toml names the notebook."""
    if folder is None:
        found = catalogue.facts_of(name, *course.exercise_roots)
    else:
        found = next((f for f in catalogue.assignments(*course.exercise_roots) if f.folder.name == folder), None)
    if found is None:
        roots = " or ".join(str(root) for root in course.exercise_roots)
        raise CourseError(f"{path}: no assignment.toml in {roots} names the notebook {name}: write one, or name a "
                          "folder of exercises in the notebook's metadata, softmark.exercises")  # fmt: skip
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_notebook(path)[0]
    except Refused as refusal:
        raise CourseError(f"the course's own notebook is of no use: {refusal}") from None


def _stubs(released: Path) -> dict[str, str]:
    """By grade_id; none where the assignment has not been generated yet."""
    if not released.exists():
        return {}
    marked = [(cell["metadata"].get("nbgrader", {}), cell["source"]) for cell in _read(released)["cells"]]
    return {mark["grade_id"]: source for mark, source in marked if mark.get("solution")}


def _source_cell(path: Path, cell: dict[str, Any]) -> SourceCell:
    meta = cell["metadata"]["nbgrader"]
    try:
        grade_id, solution, grade = str(meta["grade_id"]), meta["solution"], meta["grade"]
    except (KeyError, TypeError):
        raise CourseError(
            f"{path}: the nbgrader metadata of a cell is incomplete ({meta}); run nbgrader update"
        ) from None
    role: Role = "locked"
    if cell["cell_type"] != "code":
        role = "answer" if solution and grade else "text"
    elif solution and not grade:
        role = "solution"
    elif grade and grade_id.startswith(CHECK):
        role = "check"
    elif DEMO in cell["metadata"].get("tags", []):
        role = "demo"
    return SourceCell(grade_id, role, cell["source"], cell["metadata"])
