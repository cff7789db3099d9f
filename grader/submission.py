"""Read a student's notebook: refuse what is malformed, with the reason; restore the locked cells; say what was done."""

from __future__ import annotations

import json
import logging
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from grader.course import Assignment, Role

MAX_NOTEBOOK_BYTES = 32 << 20
MAX_CELLS = 2_000
MAX_SOURCE = 1 << 20


class Refused(Exception):
    """The submission cannot be graded at all; the message says why, in one sentence."""


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


def read_notebook(path: Path) -> tuple[dict[str, Any], bytes]:
    """The notebook's JSON and its bytes. Raises `Refused`."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Refused(f"{path} is not a file")
        if size > MAX_NOTEBOOK_BYTES:
            raise Refused(
                f"{path} has {size / 1e6:.0f} MB, more than the {MAX_NOTEBOOK_BYTES >> 20} MB allowed: clear large "
                "outputs (Kernel > Restart & Clear Output) and submit it again"
            )
        with path.open("rb") as file:
            data = file.read(MAX_NOTEBOOK_BYTES + 1)
    except FileNotFoundError:
        what = "is a link to a file that does not exist" if path.is_symlink() else "does not exist"
        raise Refused(f"{path} {what}") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}") from None
    return _checked(path, _parsed(path, data)), data


def _parsed(path: Path, data: bytes) -> Any:
    try:
        return json.loads(data)
    except UnicodeDecodeError:
        raise Refused(f"{path} is not a notebook but a file of another kind; submit the .ipynb file itself") from None
    except (ValueError, RecursionError) as error:
        if not data.strip():
            what = "is empty"
        elif data.lstrip().startswith(b"{"):
            what = f"is damaged or was not saved whole ({error})"
        else:
            what = "is not a notebook but a file of another kind"
        raise Refused(f"{path} {what}; save the notebook again from Jupyter and submit the .ipynb file") from None


def _checked(path: Path, parsed: Any) -> dict[str, Any]:
    if not isinstance(parsed, dict) or not isinstance(parsed.get("nbformat"), int):
        raise Refused(f"{path} is JSON but not a notebook: it has no nbformat")
    if parsed["nbformat"] != 4:
        raise Refused(
            f"{path} is in notebook format {parsed['nbformat']}; format 4 is needed: open and save it in a current "
            "Jupyter, or run jupyter nbconvert --to notebook --nbformat 4"
        )
    cells = parsed.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise Refused(f"{path} is not a notebook: its cells are not a list of cells")
    if len(cells) > MAX_CELLS:
        raise Refused(f"{path} has {len(cells)} cells; at most {MAX_CELLS} are graded")
    parsed.setdefault("metadata", {})
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            logging.getLogger("traitlets").setLevel(logging.CRITICAL)
            notebook: dict[str, Any] = nbformat.reads(json.dumps(parsed), as_version=4)
    except (nbformat.ValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused(f"{path} is not a valid notebook: {str(error).splitlines()[0][:200]}") from None
    for number, cell in enumerate(notebook["cells"], 1):
        if not isinstance(cell.get("source"), str) or not isinstance(cell.get("metadata", {}), dict):
            raise Refused(f"{path} is not a valid notebook: cell {number} has no text")
        if len(cell["source"]) > MAX_SOURCE:
            raise Refused(f"{path}: cell {number} has more than a million characters")
        # Half of a surrogate pair is JSON, but no text that could be run or sent.
        cell["source"] = cell["source"].encode("utf-8", "replace").decode("utf-8")
    return notebook


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
