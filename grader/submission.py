"""A student's notebook made ready to run: locked cells restored, and notes on what had been done to them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.course import Assignment, Role


@dataclass(frozen=True)
class Cell:
    """A code cell as it will be run. `label` names it for people: its grade_id, or its place in the notebook."""

    label: str
    role: Role
    source: str


@dataclass
class Submission:
    """A student's notebook, ready to run: `cells` in order, `notes` on what had to be mended."""

    path: Path
    assignment: Assignment
    cells: list[Cell]
    digest: str
    notes: list[str] = field(default_factory=list)

    def defined_names(self) -> list[str]:
        """The names of the functions and classes that the student's cells define at their top level."""
        found = []
        for cell in self.cells:
            found += re.findall(r"^(?:async\s+)?(?:def|class)\s+(\w+)", cell.source, re.MULTILINE)
            found += re.findall(r"^(\w+)\s*=\s*lambda\b", cell.source, re.MULTILINE)
        return found


def assignment_named_in(notebook: dict[str, Any]) -> str | None:
    """The assignment that the notebook's metadata names, if it names one."""
    mark = notebook["metadata"].get("softmark")
    name = mark.get("assignment") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else None


def cell_missing(grade_id: str) -> str:
    """The note that a solution cell is not there."""
    return f"cell {grade_id} is missing from the notebook"


def cell_not_code(grade_id: str) -> str:
    """The note that a solution cell has become text."""
    return f"cell {grade_id} is not a code cell any more, so it was not run"


def restore(path: Path, notebook: dict[str, Any], digest: str, assignment: Assignment) -> Submission:
    """The code cells to run, every locked one as it was released; notes say what had been changed."""
    submission = Submission(path, assignment, [], digest)
    notes, cells = submission.notes, submission.cells
    kernel = notebook["metadata"].get("kernelspec")
    if not isinstance(kernel, dict):
        notes.append("the notebook names no kernel (kernelspec); it was run as Python 3")
    seen: set[str] = set()
    for number, cell in enumerate(notebook["cells"], 1):
        grade_id = _grade_id(cell)
        source = assignment.by_id.get(grade_id) if grade_id else None
        code = cell.get("cell_type") == "code"
        if source is None or grade_id is None or source.role == "text":
            if code:
                cells.append(Cell(f"cell {number}", "solution", cell["source"]))
            continue
        if grade_id in seen and source.role != "solution":
            notes.append(f"cell {grade_id} appears more than once; the first one counts")
            continue
        if source.role == "solution":
            if grade_id in seen:
                notes.append(f"cell {grade_id} appears more than once; all were run, in order")
            if code:
                cells.append(Cell(grade_id, "solution", cell["source"]))
            else:
                notes.append(cell_not_code(grade_id))
        else:
            if not code or cell["source"].strip() != source.source.strip():
                notes.append(f"locked cell {grade_id} had been edited; the released version was used")
            cells.append(Cell(grade_id, source.role, source.source))
        seen.add(grade_id)
    _put_back(submission, seen)
    return submission


def _grade_id(cell: dict[str, Any]) -> str | None:
    mark = cell.get("metadata", {}).get("nbgrader")
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def _put_back(submission: Submission, seen: Iterable[str]) -> None:
    """Insert deleted locked cells where they were: behind the nearest earlier cell that is still there."""
    seen = set(seen)
    place = 0
    for source in submission.assignment.cells:
        if source.role == "text":
            continue
        if source.grade_id in seen:
            labels = [cell.label for cell in submission.cells]
            place = labels.index(source.grade_id) + 1 if source.grade_id in labels else place
        elif source.role == "solution":
            submission.notes.append(cell_missing(source.grade_id))
        else:
            submission.notes.append(f"locked cell {source.grade_id} had been deleted; it was put back")
            submission.cells.insert(place, Cell(source.grade_id, source.role, source.source))
            place += 1
