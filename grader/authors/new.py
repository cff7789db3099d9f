"""`grader new`: a working exercise to start from, and its two cells in the solution notebook."""

from __future__ import annotations

import keyword
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any

import nbformat

from grader.course import catalogue
from grader.course.catalogue import CourseError
from grader.course.course import CHECK, Course

_TEMPLATES = Path(__file__).with_name("templates")


@dataclass
class Made:
    """What was written, by path, and what the author does next."""

    written: list[Path] = field(default_factory=list)
    next_steps: list[str] = field(default_factory=list)


def new_exercise(course: Course, identifier: str, flavour: str) -> Made:
    """Write the folder of ASSIGNMENT/EXERCISE, and its cells, or the assignment's notebook where there is none yet.

    Raises `CourseError` for a name that will not do, or an exercise that is there already; then nothing is written.
    """
    assignment, name = _names(identifier)
    facts = catalogue.facts_of(assignment, *course.exercise_roots)
    root = facts.root if facts is not None else _root(course)
    folder = (facts.folder if facts is not None else root / assignment.replace("-", "_")) / name
    path = course.root / "solutions" / assignment / f"{assignment}.ipynb"
    shared = catalogue.KIT / catalogue.SHARED / name
    if shared.is_dir():
        raise CourseError(f"{name} is written already, for several assignments ({shared}): give the notebook a cell "
                          f"{name} and a cell {CHECK}{name}, or choose another name")  # fmt: skip
    if folder.exists():
        raise CourseError(f"{folder} is there already: choose another name, or remove it")
    notebook = nbformat.read(path, 4) if path.exists() else _notebook(assignment, flavour)
    flavour = notebook.metadata.get("softmark", {}).get("flavour", flavour)
    if any(cell.metadata.get("nbgrader", {}).get("grade_id") in (name, CHECK + name) for cell in notebook.cells):
        raise CourseError(f"{path} has a cell {name} already: choose another name, or remove the cell")
    words = {"name": name, "assignment": assignment, "flavour": flavour, "title": assignment.replace("-", " ").title(),
             "id": f"{folder.parent.name}/{name}"}  # fmt: skip
    texts = {folder / file: _filled(f"{file}.txt", words) for file in ("exercise.py", "forms.py", "outcomes.txt")}
    texts |= {folder / "__init__.py": "", folder.parent / "__init__.py": ""}
    if facts is None:
        texts[folder.parent / catalogue.FACTS] = _filled("assignment.toml.txt", words)
    notebook.cells[_place(notebook) : _place(notebook)] = _cells(words)
    made = Made()
    for target, text in texts.items():
        if not target.exists():
            _write(target, text, made)
    _write(path, nbformat.writes(notebook) + "\n", made)
    release = f"nbgrader generate_assignment {assignment} --force"
    made.next_steps = [
        f"Edit {os.path.relpath(folder)}/exercise.py: the oracle, what people get wrong, the checks.",
        f"Edit the cells {name} in {os.path.relpath(path)}: the task, the signature, the solution.",
        f"Write right and wrong forms in {os.path.relpath(folder)}/forms.py, then: grader forms {words['id']} --write",
        f"Make what students get: {release}",
        f"See what is missing: grader validate {assignment}",
    ]
    return made


def _names(identifier: str) -> tuple[str, str]:
    assignment, slash, name = identifier.partition("/")
    if not slash or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", assignment):
        raise CourseError(f"{identifier!r} names no exercise: write ASSIGNMENT/EXERCISE, such as "
                          "linear-regression/linreg: small letters, digits and hyphens before the slash")  # fmt: skip
    if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
        raise CourseError(f"{name!r} can be no function's name in Python: an exercise is called as what students write")
    return assignment, name


def _root(course: Course) -> Path:
    """Where the course's own exercises lie; the kit's own course has them in the package."""
    return catalogue.KIT if catalogue.KIT.is_relative_to(course.root) else course.root / "exercises"


def _filled(template: str, words: dict[str, str]) -> str:
    return Template((_TEMPLATES / template).read_text()).substitute(words)


def _notebook(assignment: str, flavour: str) -> Any:
    """A notebook with a set-up cell and nothing else."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata = nbformat.from_dict({
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"}, "softmark": {"assignment": assignment, "flavour": flavour},
    })  # fmt: skip
    words = {"assignment": assignment, "title": assignment.replace("-", " ").title()}
    introduction = _cell("markdown", "introduction", _filled("introduction.md.txt", words))
    notebook.cells = [introduction, _cell("code", "setup", _filled(f"setup_{flavour}.py.txt", words))]
    return notebook


def _place(notebook: Any) -> int:
    """Behind the last exercise's check, or else at the end."""
    checks = [
        place for place, cell in enumerate(notebook.cells, 1)
        if str(cell.metadata.get("nbgrader", {}).get("grade_id", "")).startswith(CHECK)
    ]  # fmt: skip
    return checks[-1] if checks else len(notebook.cells)


def _cells(words: dict[str, str]) -> list[Any]:
    name = words["name"]
    return [
        _cell("markdown", f"about-{name}", _filled("about.md.txt", words)),
        _cell("code", name, _filled("solution.py.txt", words), solution=True),
        _cell("code", f"{CHECK}{name}", f'check("{name}")', points=1),
    ]


def _cell(kind: str, grade_id: str, source: str, solution: bool = False, points: float | None = None) -> Any:
    """A cell as nbgrader knows it; what is no solution is locked."""
    mark: dict[str, Any] = {"grade": points is not None, "grade_id": grade_id, "locked": not solution,
                            "schema_version": 3, "solution": solution, "task": False}  # fmt: skip
    if points is not None:
        mark["points"] = points
    new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    return new(source.rstrip("\n"), id=grade_id, metadata={"nbgrader": mark})


def _write(path: Path, text: str, made: Made) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text)
    temporary.replace(path)
    made.written.append(path)
