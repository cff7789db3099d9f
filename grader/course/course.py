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
from grader.course.layout import Layout
from grader.course.notebook import Refused, assignment_named_in, read_notebook
from grader.course.pins import pins_file, read_pins

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

    `facts` say where its exercises are. `metadata` is the notebook's, `released` the text of each cell in the notebook
    that students got, `stubs` that of the cells that they fill in, `pins` the instructor's notes.
    """

    name: str
    flavour: str
    facts: Facts
    cells: tuple[SourceCell, ...]
    metadata: dict[str, Any] = field(default_factory=dict, compare=False)
    released: dict[str, str] = field(default_factory=dict, compare=False)
    stubs: dict[str, str] = field(default_factory=dict, compare=False)
    pins: dict[str, str] = field(default_factory=dict, compare=False)

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
    def draws(self) -> bool:
        """Whether the notebook's own cells import matplotlib for all the others."""
        return any(cell.role == "locked" and "matplotlib" in cell.source for cell in self.cells)

    @functools.cached_property
    def by_id(self) -> dict[str, SourceCell]:
        return {cell.grade_id: cell for cell in self.cells}


@dataclass(frozen=True)
class Course:
    """A course directory in nbgrader's sense; `root` holds nbgrader_config.py and solutions/.

    `layout`: where in it nbgrader keeps what was handed in.
    """

    root: Path
    layout: Layout = field(default_factory=Layout)

    @property
    def exercise_roots(self) -> tuple[Path, ...]:
        """Where exercises are looked for: the course's own folder comes first."""
        own = self.root / "exercises"
        return (own, catalogue.KIT) if own.is_dir() else (catalogue.KIT,)

    @property
    def assignment_names(self) -> tuple[str, ...]:
        """Those with exercises: what else solutions/ has is nbgrader's alone, see `other_names`."""
        return tuple(path.stem for path in self._notebooks() if path.stem == path.parent.name and has_exercises(path))

    @property
    def other_names(self) -> tuple[str, ...]:
        """Assignments that nbgrader grades by itself, in a kernel: no notebook of theirs has an exercise."""
        return tuple(sorted({path.parent.name for path in self._notebooks()} - set(self.assignment_names)))

    def _notebooks(self) -> list[Path]:
        return sorted((self.root / "solutions").glob("*/*.ipynb"))

    def is_others(self, assignment: str, notebook: str) -> bool:
        """Whether that notebook of an assignment is one that nbgrader grades by itself."""
        path = self.root / "solutions" / assignment / f"{notebook}.ipynb"
        return path.is_file() and not has_exercises(path)

    @property
    def exercise_names(self) -> tuple[str, ...]:
        """Of all assignments that can be read, each name once, in alphabetical order."""
        found: set[str] = set()
        for name in self.assignment_names:
            with contextlib.suppress(CourseError):
                found |= set(self.assignment(name).exercises)
        return tuple(sorted(found))

    def assignment(self, name: str) -> Assignment:
        """Raises `CourseError` for an unknown name or a solution notebook that is not fit."""
        if name not in self.assignment_names:
            if name in self.other_names:
                raise CourseError(f"the assignment {name} has no exercises for this grader: nbgrader autograde {name} "
                                  "grades it, in a kernel")  # fmt: skip
            known = ", ".join(self.assignment_names)
            raise CourseError(f"this course has no assignment {name!r}; it has {known}")
        return self._assignment(name)

    def check_source(self, assignment: str, notebook: str) -> None:
        """Raises `CourseError` for a solution notebook, one with exercises, that nothing could be graded by."""
        if notebook != assignment:
            folder = self.root / "solutions" / assignment
            raise CourseError(f"{folder / notebook}.ipynb has exercises, and must have its assignment's name: call it "
                              f"{assignment}.ipynb, or put it into a folder {notebook}")  # fmt: skip
        _read_assignment(self.root, assignment, _stamp(_paths(self.root, assignment)[0]), None, None)

    def _assignment(self, name: str) -> Assignment:
        # What was read is kept until the files change: formgrader's server runs for days.
        return _read_assignment(self.root, name, *(_stamp(path) for path in _paths(self.root, name)))

    def named(self, mark: str | None, folder: str | None) -> str | None:
        """Which assignment a notebook is of, whose metadata says `mark`, in the folder of an assignment; None: unknown.

        The metadata has the say, or else the folder. A notebook that was released before its assignment got the name
        it has now says the old one.
        """
        if mark is None or mark == folder:
            return mark or folder
        names = self.assignment_names
        if folder in names and mark in self._also_called(str(folder)):
            return folder
        now_called = [name for name in names if mark in self._also_called(name)]
        return now_called[0] if mark not in names and len(now_called) == 1 else mark

    def _also_called(self, name: str) -> set[str | None]:
        """What notebooks of an assignment may say that they are: as its own do, or as the one it was made from."""
        found = {assignment_named_in(read) for path in _paths(self.root, name) if (read := _peek(path)) is not None}
        with contextlib.suppress(CourseError):
            assignment = self.assignment(name)
            found.add(assignment.facts.notebooks.get(assignment.flavour))
        return found


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


def _paths(root: Path, name: str) -> tuple[Path, Path, Path]:
    """The solution, the release and the pins of an assignment."""
    file = f"{name}.ipynb"
    return root / "solutions" / name / file, root / "assignments" / name / file, pins_file(root, name)


Stamp = tuple[int, int] | None


def _stamp(path: Path) -> Stamp:
    """Another one as soon as the file is another."""
    with contextlib.suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size
    return None


def has_exercises(path: Path) -> bool:
    """Whether a solution notebook is this grader's: it says so, or has a cell check-NAME. One that is damaged is."""
    notebook = _peek(path)
    return notebook is None or is_ours(notebook)


def is_ours(notebook: dict[str, Any]) -> bool:
    """The same of a notebook that has been read."""
    return "softmark" in notebook["metadata"] or any(map(_is_check, notebook["cells"]))


def _is_check(cell: dict[str, Any]) -> bool:
    mark = cell["metadata"].get("nbgrader")
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    name = grade_id.removeprefix(CHECK) if isinstance(grade_id, str) and grade_id.startswith(CHECK) else None
    return name is not None and cell["source"].strip() == f'check("{name}")'


def _peek(path: Path) -> dict[str, Any] | None:
    """The notebook, None where it cannot be read."""
    return _peek_at(path, _stamp(path))


@functools.lru_cache(maxsize=256)
def _peek_at(path: Path, stamp: Stamp) -> dict[str, Any] | None:
    try:
        return read_notebook(path)[0]
    except Refused:
        return None


@functools.lru_cache(maxsize=256)
def _read_assignment(root: Path, name: str, solution: Stamp, release: Stamp, pins: Stamp) -> Assignment:
    course = Course(root)
    path, released, _ = _paths(root, name)
    notebook = _read(path)
    mark = notebook["metadata"].get("softmark", {})
    flavour = mark.get("flavour") if isinstance(mark, dict) else None
    if flavour not in catalogue.FLAVOURS:
        raise CourseError(f"{path}: its metadata must name the flavour, softmark.flavour, as np or nd")
    facts = _facts(course, path, name, mark)
    cells = tuple(_source_cell(path, cell) for cell in notebook["cells"] if "nbgrader" in cell["metadata"])
    for cell in cells:
        if cell.role == "check" and catalogue.find(facts, cell.grade_id.removeprefix(CHECK)) is None:
            raise CourseError(f"{path}: cell {cell.grade_id} checks an exercise that neither {facts.folder} nor shared "
                              f"beside it has: make it with grader new {name}/{cell.grade_id.removeprefix(CHECK)}, or "
                              "correct the name")  # fmt: skip
    given, stubs = _released(released) if release is not None else ({}, {})
    return Assignment(name, flavour, facts, cells, notebook["metadata"], given, stubs, read_pins(root, name))


def _facts(course: Course, path: Path, name: str, mark: dict[str, Any]) -> Facts:
    """Of the folder of exercises that the notebook's metadata names, or else of that whose assignment.toml names it.

    A notebook that is a copy of another under a name of its own has that one's exercises.
    """
    folder, roots = mark.get("exercises"), course.exercise_roots
    if folder is None:
        named = (name, mark.get("assignment"))
        found = next((f for each in named if each and (f := catalogue.facts_of(str(each), *roots))), None)
    else:
        found = next((f for f in catalogue.assignments(*roots) if f.folder.name == folder), None)
    if found is None:
        where = " or ".join(str(root) for root in roots)
        raise CourseError(f"{path}: no assignment.toml in {where} names the notebook {name}: write one, or name a "
                          "folder of exercises in the notebook's metadata, softmark.exercises")  # fmt: skip
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_notebook(path)[0]
    except Refused as refusal:
        raise CourseError(f"the course's own notebook is of no use: {refusal}") from None


def _released(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The text of all cells, and of those that students fill in, by grade_id; none where it is not generated yet."""
    if not path.exists():
        return {}, {}
    cells = [(cell["metadata"].get("nbgrader", {}), cell["source"]) for cell in _read(path)["cells"]]
    marked = [(mark, source) for mark, source in cells if isinstance(mark, dict) and "grade_id" in mark]
    return (
        {mark["grade_id"]: source for mark, source in marked},
        {mark["grade_id"]: source for mark, source in marked if mark.get("solution")},
    )


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
