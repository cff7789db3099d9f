"""A student's notebook made ready to run: every cell that is not the student's own as it was released.

What nbgrader reads from a notebook's metadata (points, what is graded, what is locked) is put back from the course's
own notebook, whatever the student's says; notes tell the instructor what had been changed.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

from grader.course.course import DEMO, Assignment, Role, SourceCell
from grader.course.notebook import assignment_named_in as assignment_named_in
from grader.course.notebook import same_text
from grader.judging.beside import Beside
from grader.judging.recognition import NotebookCell as NotebookCell
from grader.judging.recognition import as_released, recognise
from grader.judging.recognition import grade_id_of as grade_id_of

# A tree takes a thousand times the memory of its text, and the demonstrations are short.
_MOST_PARSED = 20_000
_CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
# What an answer may show beside text; anything else could bring a script.
_PICTURES = ("image/png", "image/jpeg", "image/gif")


@dataclass(frozen=True)
class Cell:
    """A code cell as it will be run. `label` names it for people: its grade_id, or its place in the notebook.

    `place` is its index in the restored notebook.
    """

    label: str
    role: Role
    source: str
    place: int

    @property
    def assigns(self) -> frozenset[str]:
        """The names that the cell's top level assigns; none where it is no plain Python."""
        lines = [line for line in self.source.splitlines() if not line.startswith(("%", "!"))]
        names: set[str] = set()
        if len(self.source) > _MOST_PARSED:
            return frozenset()
        try:
            body = ast.parse("\n".join(lines)).body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return frozenset()
        for node in body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            names |= {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
        return frozenset(names)


@dataclass
class Submission:
    """A student's notebook, ready to run: `notebook` its cells in nbformat's layout without outputs, as restored.

    `notes` on what had to be mended; `files` lie beside the notebook, by name.
    """

    assignment: Assignment
    notebook: list[NotebookCell]
    notes: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    cells: list[Cell] = field(init=False)

    def __post_init__(self) -> None:
        self.cells = [
            Cell(_label(cell, place), self.role_of(cell), cell["source"], place)
            for place, cell in enumerate(self.notebook)
            if cell["cell_type"] == "code"
        ]

    def role_of(self, cell: NotebookCell) -> Role:
        """What a code cell of the restored notebook is there for."""
        known = self.assignment.by_id.get(grade_id_of(cell) or "")
        if known is not None:
            return known.role
        return "demo" if _is_demo(cell) else "solution"

    @property
    def digest(self) -> str:
        """A hash of the code that the student has written, whatever else the notebook holds.

        Demonstrations too: they may be run, and what they hold must not meet the inputs of an earlier submission.
        """
        written = [cell.source for cell in self.cells if cell.role in ("solution", "demo")]
        handed_in = [f"{name}\0{hashlib.sha256(data).hexdigest()}" for name, data in sorted(self.files.items())]
        return hashlib.sha256("\0".join([*written, *handed_in]).encode()).hexdigest()

    def defined_names(self) -> list[str]:
        """The names of the functions and classes that the student's cells define at their top level."""
        found = []
        for cell in self.cells:
            found += re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", cell.source, re.MULTILINE)
            found += re.findall(r"^(\w+)\s*=\s*lambda\b", cell.source, re.MULTILINE)
        return found


def cell_missing(grade_id: str) -> str:
    """The note that a solution cell is not there."""
    return f"cell {grade_id} is missing from the notebook"


def restore(notebook: dict[str, Any], assignment: Assignment, beside: Beside | None = None) -> Submission:
    """The notebook with every cell of the course's own as it was released, deleted ones put back.

    `beside`: what was handed in with it.
    """
    beside = beside or Beside()
    notes: list[str] = [*beside.notes]
    if not isinstance(notebook["metadata"].get("kernelspec"), dict):
        notes.append("the notebook names no kernel (kernelspec); it was run as Python 3")
    given = notebook["cells"]
    marked = recognise(given, assignment, notes)
    cells = [
        _restored(cell, marked[place], assignment, notes) if place in marked else _students_own(cell)
        for place, cell in enumerate(given)
    ]
    _put_back(cells, assignment, notes)
    _give_ids(cells)
    return Submission(assignment, cells, notes, beside.files)


def _label(cell: NotebookCell, place: int) -> str:
    return grade_id_of(cell) or f"cell {place + 1}"


def _restored(cell: NotebookCell, source: SourceCell, assignment: Assignment, notes: list[str]) -> NotebookCell:
    """One of the course's cells: its type and metadata as released, its text too unless students write it."""
    text = cell["source"]
    if source.role in ("solution", "answer"):
        if cell["cell_type"] != source.cell_type:
            notes.append(f"cell {source.grade_id} had been turned into {cell['cell_type']}; that was undone")
    elif source.role == "text":
        text = source.source
    elif cell["cell_type"] != source.cell_type or not same_text(text, source.source):
        if cell["cell_type"] == source.cell_type and as_released(cell, source, assignment):
            notes.append(f"locked cell {source.grade_id} is as it was released; the course has changed it since, and "
                         "its version was used")  # fmt: skip
        else:
            notes.append(f"locked cell {source.grade_id} had been edited; the released version was used")
        text = source.source
    pictures = cell.get("attachments") if source.role == "answer" else None
    return _cell(source.cell_type, source.metadata, text, source.grade_id, pictures)


def _students_own(cell: NotebookCell) -> NotebookCell:
    """A cell of the student's own, without its metadata, which nbgrader would believe.

    One mark stays: a copy of a demonstration remains one, to be shown and not needed for grading.
    """
    kind = cell["cell_type"] if cell["cell_type"] in ("code", "markdown") else "raw"
    metadata = {"tags": [DEMO]} if _is_demo(cell) else {}
    return _cell(kind, metadata, cell["source"], cell.get("id"), cell.get("attachments"))


def _is_demo(cell: NotebookCell) -> bool:
    tags = cell["metadata"].get("tags")
    return isinstance(tags, list) and DEMO in tags


def _cell(kind: str, metadata: dict[str, Any], source: str, cell_id: Any, attachments: Any) -> NotebookCell:
    cell = {"id": cell_id, "cell_type": kind, "metadata": copy.deepcopy(metadata), "source": source}
    if kind == "code":
        return {**cell, "execution_count": None, "outputs": []}
    kept = _pictures(attachments) if attachments else {}
    return {**cell, "attachments": kept} if kept else cell


def _pictures(attachments: dict[str, Any]) -> dict[str, dict[str, str]]:
    kept = {}
    for name, bundle in attachments.items():
        pictures = {kind: bundle.get(kind) for kind in _PICTURES} if isinstance(bundle, dict) else {}
        if found := {kind: data for kind, data in pictures.items() if isinstance(data, str)}:
            kept[name] = found
    return kept


def _put_back(cells: list[NotebookCell], assignment: Assignment, notes: list[str]) -> None:
    """Insert deleted cells where they were: behind the nearest earlier one of the course's that is still there.

    Not those for the student's code: it may well be in another cell, which an empty stub would undo.
    """
    place = 0
    for source in assignment.cells:
        found = next((n for n, cell in enumerate(cells) if grade_id_of(cell) == source.grade_id), None)
        if found is not None:
            place = found + 1
        elif source.role == "solution":
            notes.append(cell_missing(source.grade_id))
        else:
            text = assignment.stubs.get(source.grade_id, "") if source.role == "answer" else source.source
            cells.insert(place, _cell(source.cell_type, source.metadata, text, source.grade_id, None))
            place += 1
            if source.role != "text":
                notes.append(f"{'cell' if source.role == 'answer' else 'locked cell'} {source.grade_id} had been "
                             "deleted; it was put back")  # fmt: skip


def _give_ids(cells: list[NotebookCell]) -> None:
    """Ids as nbformat wants them: of its characters, and each one once."""
    own = {cell["id"] for cell in cells if grade_id_of(cell) is not None}
    taken = set(own)
    for number, cell in enumerate(cells, 1):
        if grade_id_of(cell) is not None:
            continue
        wanted = cell["id"]
        if not isinstance(wanted, str) or not _CELL_ID.fullmatch(wanted) or wanted in taken:
            wanted = f"cell-{number}"
            while wanted in taken:
                wanted += "-"
        cell["id"] = wanted
        taken.add(wanted)
