"""A student's own copy of an assignment: one zip with the notebook, what checks it, and how to start.

NAME/start.html          for people: what to install, what to do
NAME/NAME.ipynb          as nbgrader released it, with whatever lies beside it
NAME/requirements.txt    for pip, with the versions that the course has been taught with
NAME/environment.yml     the same for conda
NAME/*.whl               see `student_wheels`
"""

from __future__ import annotations

import io
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import jinja2
from IPython.core.inputtransformer2 import TransformerManager

from grader import __version__
from grader.course.catalogue import CourseError
from grader.course.course import CHECK, Assignment, Course
from grader.course.notebook import Refused, read_notebook, same_text
from grader.data.files import replace_file
from grader.platforms.student_wheels import Wheel, first_names, imported, installed_at, wheels

_TEMPLATES = Path(__file__).with_name("student_files")
# What the notebook is opened and run with.
_JUPYTER = ("ipykernel", "jupyterlab")
# nbgrader's exchange and Jupyter leave them.
_LEFT_OUT = ("__pycache__",)


class Copy(NamedTuple):
    """What was written: the zip's entries, and what is installed with them, by distribution."""

    names: list[str]
    versions: dict[str, str]


def write_copy(course: Course, name: str, target: Path) -> Copy:
    """Raises `CourseError` where there is nothing to give to students yet, or too much; leaves no half of a file."""
    assignment = course.assignment(name)
    for exercise in assignment.exercises:
        assignment.exercise(exercise)
    beside = dict(_released(course, assignment))
    made = wheels(assignment.facts)
    imports = frozenset(_imports_of(course, assignment, beside)).union(_JUPYTER, *(wheel.imports for wheel in made))
    versions = installed_at(imports)
    lines = [f"./{wheel.name}" for wheel in made] + [f"{name}=={version}" for name, version in versions.items()]
    files = {
        "start.html": _rendered("start.html.j2", assignment, lines, made),
        **beside,
        "requirements.txt": _rendered("requirements.txt.j2", assignment, lines, made),
        "environment.yml": _rendered("environment.yml.j2", assignment, lines, made),
        **{wheel.name: wheel.content for wheel in made},
    }
    # The notebook's own time, not the present one: of the same files the same bytes.
    made_at = time.localtime((course.root / "assignments" / name / f"{name}.ipynb").stat().st_mtime)[:6]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, text in files.items():
            entry = zipfile.ZipInfo(f"{name}/{file}", made_at)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text, zipfile.ZIP_DEFLATED)
    replace_file(target, content.getbuffer())
    return Copy([f"{name}/{file}" for file in files], versions)


def _released(course: Course, assignment: Assignment) -> Iterator[tuple[str, bytes]]:
    """What nbgrader has made for students, the notebook first."""
    name, folder = assignment.name, course.root / "assignments" / assignment.name
    command = f"nbgrader generate_assignment {name} --force"
    if not assignment.released:
        raise CourseError(f"{folder} holds no {name}.ipynb for students yet: make it with {command}")
    for cell in assignment.cells:
        given = assignment.released.get(cell.grade_id)
        if given is None:
            raise CourseError(f"{folder}/{name}.ipynb lacks the cell {cell.grade_id} of the solution: make it anew "
                              f"with {command}")  # fmt: skip
        if cell.role == "solution" and f"{CHECK}{cell.grade_id}" in assignment.by_id and same_text(given, cell.source):
            raise CourseError(f"{folder}/{name}.ipynb holds the solution of {cell.grade_id}: make it anew with "
                              f"{command}")  # fmt: skip
    for path in sorted(folder.rglob("*"), key=lambda path: path != folder / f"{name}.ipynb"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", *_LEFT_OUT)) for part in parts):
            yield "/".join(parts), path.read_bytes()


def _imports_of(course: Course, assignment: Assignment, beside: dict[str, bytes]) -> set[str]:
    """What the notebook's cells import, but for modules that lie beside it."""
    path = course.root / "assignments" / assignment.name / f"{assignment.name}.ipynb"
    try:
        cells = read_notebook(path)[0]["cells"]
    except Refused as refusal:
        raise CourseError(str(refusal)) from None
    found: set[str] = set()
    for cell in cells:
        if cell["cell_type"] == "code":
            # With its magics in Python's words.
            found |= imported(TransformerManager().transform_cell(cell["source"]), str(path))
    return first_names(found) - {Path(name).parts[0].removesuffix(".py") for name in beside}


def _rendered(template: str, assignment: Assignment, lines: Sequence[str], made: Sequence[Wheel]) -> bytes:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=jinja2.select_autoescape(["html.j2"]),
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    text = environment.get_template(template).render(
        name=assignment.name, title=assignment.facts.title, version=__version__, lines=lines,
        wheels=[wheel.name for wheel in made], data=assignment.facts.data,
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
    )  # fmt: skip
    return text.encode()
