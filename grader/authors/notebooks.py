"""What `grader validate` asks of a course's notebooks: cells, metadata, outputs, and the release made of them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from grader.authors import requirements
from grader.course.catalogue import CourseError
from grader.course.course import CHECK, Assignment, Course, SourceCell
from grader.course.notebook import Refused, read_notebook
from grader.judging.submission import assignment_named_in

Which = Literal["solutions", "assignments"]


def notebook_path(which: Which, assignment: str) -> str:
    """Below the course's folder."""
    return f"{which}/{assignment}/{assignment}.ipynb"


def load(course: Course, name: str, problems: list[str]) -> Assignment | None:
    try:
        return course.assignment(name)
    except CourseError as error:
        problems.append(without_root(course, str(error)))
        return None


def without_root(course: Course, sentence: str) -> str:
    return sentence.replace(f"{course.root}{os.sep}", "")


def named(assignment: Assignment) -> str | None:
    """The assignment that the notebook's metadata names."""
    return assignment_named_in({"metadata": assignment.metadata})


def cell_problems(assignment: Assignment) -> Iterator[str]:
    """Of the solution notebook's cells and their metadata."""
    where = notebook_path("solutions", assignment.name)
    if (said := named(assignment)) != assignment.name:
        yield (f"{where}: its metadata softmark.assignment is {said!r}: make it {assignment.name!r}, or submissions "
               "are taken for another assignment's")  # fmt: skip
    for grade_id in requirements.repeated(cell.grade_id for cell in assignment.cells):
        yield f"{where}: two cells have the grade_id {grade_id}: give one another"
    order = [cell.grade_id for cell in assignment.cells]
    for place, cell in enumerate(assignment.cells):
        meta, name = cell.metadata["nbgrader"], cell.grade_id.removeprefix(CHECK)
        if cell.role == "check":
            yield from _check_cell_problems(where, cell)
            if name not in order[:place]:
                yield f"{where}: no cell {name} stands above {cell.grade_id}: add one for the students' code"
        elif cell.role == "solution" and CHECK + cell.grade_id not in order:
            yield (f"{where}: students write cell {cell.grade_id}, and nothing grades it: add the cell "
                   f"{CHECK}{cell.grade_id} below, or lock it")  # fmt: skip
        elif cell.role == "answer" and not points(cell):
            yield f"{where}: the written answer {cell.grade_id} is worth no points: say in its metadata how many"
        elif cell.role in ("locked", "demo", "text") and meta["grade"]:
            yield (f"{where}: cell {cell.grade_id} has points that the grader never gives: let a cell "
                   f"{CHECK}<exercise> or a written answer have them, and set grade to false")  # fmt: skip


def _check_cell_problems(where: str, cell: SourceCell) -> Iterator[str]:
    meta, name = cell.metadata["nbgrader"], cell.grade_id.removeprefix(CHECK)
    if cell.source.strip() != f'check("{name}")':
        yield f'{where}: cell {cell.grade_id} holds something else than check("{name}"): make that its only line'
    if not meta.get("locked"):
        yield f"{where}: cell {cell.grade_id} is not locked: set locked to true in its nbgrader metadata"
    if points(cell) <= 0:
        yield (f"{where}: cell {cell.grade_id} is worth no points: set points in its nbgrader metadata to what {name} "
               "is worth")  # fmt: skip


def points(cell: SourceCell) -> float:
    points = cell.metadata["nbgrader"].get("points")
    return float(points) if isinstance(points, int | float) else 0.0


def output_problems(course: Course, assignment: str) -> Iterator[str]:
    which: Which
    for which in ("solutions", "assignments"):
        path = course.root / notebook_path(which, assignment)
        try:
            cells = json.loads(read_notebook(path)[1])["cells"]
        except Refused as refusal:
            if path.exists():  # where it does not, the generated one is missed
                yield without_root(course, str(refusal))
            continue
        left = [n for n, cell in enumerate(cells, 1) if cell.get("outputs") or cell.get("execution_count")]
        if left:
            cells_left = ", ".join(map(str, left))
            yield (f"{notebook_path(which, assignment)} was saved with outputs (of cell {cells_left}): clear them, "
                   "with Restart & Clear Output")  # fmt: skip


# -- the release


def release_problems(course: Course, name: str, scratch: Path) -> Iterator[str]:
    """Where assignments/ is not what nbgrader makes of solutions/."""
    command = f"nbgrader generate_assignment {name} --force"
    done = _generate(course, name, scratch)
    if done.returncode:
        first = re.search(r"\| ERROR\] (?!Traceback)(.*)", done.stderr)
        why = first[1].strip(" .") if first else done.stderr.strip()[-200:]
        yield f"solutions/{name}: nbgrader makes no release of it ({why}): mend it and run {command}"
        return
    made, kept = scratch / "release" / name, course.root / "assignments" / name
    files = [{str(path.relative_to(root)): path for path in _visible(root)} for root in (made, kept)]
    for path in sorted(files[0].keys() | files[1].keys()):
        if path not in files[1]:
            yield f"assignments/{name}/{path} is missing: run {command}"
        elif path not in files[0]:
            yield f"assignments/{name}/{path} does not come from solutions/{name}/: remove it, or put it there too"
        elif files[0][path].read_bytes() != files[1][path].read_bytes():
            cells = _differing_cells(files[0][path], files[1][path])
            yield f"assignments/{name}/{path} is not what its solution gives{cells}: run {command}"


def _generate(course: Course, assignment: str, scratch: Path) -> subprocess.CompletedProcess[str]:
    """Have nbgrader write the assignment as it would be released, but below `scratch`."""
    kit = str(Path(__file__).resolve().parents[2])
    paths = [kit, *filter(None, [os.environ.get("PYTHONPATH")])]
    # The course's own settings count, not those of the user.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "JUPYTER_CONFIG_DIR": str(scratch / "config")}
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment, "--force", "--no-db",
               f"--CourseDirectory.release_directory={scratch / 'release'}"]  # fmt: skip
    return subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True, check=False)


def _visible(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def _differing_cells(made: Path, kept: Path) -> str:
    """Which cells of the release are others, in words; none where it is not the cells, or no notebook."""
    try:
        sources = [{c["id"]: (c["source"], c["metadata"]) for c in read_notebook(p)[0]["cells"]} for p in (made, kept)]
    except Refused:
        return ""
    names = [str(name) for name in sources[0] | sources[1] if sources[0].get(name) != sources[1].get(name)]
    return f" (cell {', '.join(names)})" if names else ""


def stray_files(course: Course) -> Iterator[str]:
    """Notebooks in solutions/, and anything in assignments/, that are no assignment's."""
    for path in _visible(course.root / "solutions"):
        parts = path.relative_to(course.root / "solutions").parts
        # nbgrader's own: what it puts above and below each notebook.
        known = ("header.ipynb", "footer.ipynb") if len(parts) == 1 else (f"{parts[0]}.ipynb",)
        if len(parts) > 1 and parts[0] in course.other_names:
            continue  # what nbgrader alone grades may have several notebooks, or another's name
        if path.suffix == ".ipynb" and (path.name not in known or len(parts) > 2):
            yield f"solutions/{'/'.join(parts)} is no assignment's notebook: move it away, or into a folder of its name"
    for folder in sorted(path for path in (course.root / "solutions").iterdir() if path.is_dir()):
        if folder.name[0] == "." or folder.name in course.other_names:
            continue
        if not (folder / f"{folder.name}.ipynb").exists():
            yield f"solutions/{folder.name}/ has no {folder.name}.ipynb: add it, or remove the folder"
    released = course.root / "assignments"
    for path in sorted(released.iterdir()) if released.is_dir() else []:
        if path.name[0] != "." and not (course.root / "solutions" / path.name).is_dir():
            yield f"assignments/{path.name} comes from no solution: remove it"
