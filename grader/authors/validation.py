"""`grader validate`: is this course fit to be taught with, and if not, what is to be mended?

Everything is tried for real: nbgrader generates the release anew, a slot grades every solution and every stub, with
the embedded images, on which the full training run takes a second. What a course of an instructor's own does not
have, the kit's matrices of right and wrong forms in tests/corpus, is no problem there.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.authors import catalogue
from grader.checking.authoring import Exercise
from grader.course.catalogue import CourseError
from grader.course.course import CHECK, Assignment, Course, SourceCell
from grader.course.notebook import Refused, read_notebook
from grader.data import fashion_mnist
from grader.judging.batch import Setting, grade_all
from grader.judging.judge import Job, Options
from grader.judging.render import number
from grader.judging.report import ExerciseReport, RefusedReport, SubmissionReport
from grader.judging.submission import assignment_named_in
from grader.sandbox.launch import SlotOptions

SEED = 1

Which = Literal["solutions", "assignments"]
Graded = dict[tuple[Which, str, str], ExerciseReport]


@dataclass(frozen=True)
class Row:
    """What the table says of one exercise of one assignment; `stub` and `solution` None where they were not graded.

    `forms` are the numbers of right and wrong forms in the corpus, None in a course that has no corpus.
    """

    exercise: Exercise
    forms: tuple[int, int] | None
    stub: ExerciseReport | None
    solution: ExerciseReport | None


@dataclass
class Validation:
    """What was found: by assignment its rows, and the problems, each in one sentence."""

    course: Course
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def validate(course: Course, confinement: str) -> Validation:
    """Look at the whole course. Raises `SlotFailed` where nothing can be graded here."""
    exercises, problems = catalogue.load_all()
    found = Validation(course, problems=problems)
    if not course.assignment_names:
        problems.append("solutions/ holds no assignment: write one, as solutions/NAME/NAME.ipynb")
    assignments = [a for name in course.assignment_names if (a := _load(course, name, problems)) is not None]
    kit = (course.root / catalogue.CORPUS).is_dir()
    asked = {(assignment.flavour, name) for assignment in assignments for name in assignment.exercises}
    for name in exercises if kit else {name for _, name in asked} & exercises.keys():
        problems += catalogue.exercise_problems(exercises[name])
    if kit:
        problems += [*catalogue.untaught(exercises, {name for _, name in asked}), *catalogue.stray_modules()]
        problems += [problem for one in sorted(asked) for problem in catalogue.forms_problems(course.root, *one)]
        problems += catalogue.stray_forms(course.root, asked)
        loaded = ((flavour, exercises[name]) for flavour, name in sorted(asked) if name in exercises)
        problems += catalogue.unseen_misconceptions(course.root, loaded)
    for assignment in assignments:
        problems += [*_cell_problems(assignment, exercises), *_output_problems(course, assignment.name)]
    problems += _stray_files(course)
    with TemporaryDirectory() as scratch, ThreadPoolExecutor() as pool:
        releases = pool.map(lambda a: list(_release_problems(course, a.name, Path(scratch))), assignments)
        graded = _grade(course, assignments, tuple(exercises), confinement, problems)
        problems += [problem for release in releases for problem in release]
    for assignment in assignments:
        known = [exercises[name] for name in dict.fromkeys(assignment.exercises) if name in exercises]
        found.rows[assignment.name] = [_row(course, assignment, exercise, graded, kit) for exercise in known]
    for (which, name, _), report in graded.items():
        problems += (_solution_problems if which == "solutions" else _stub_problems)(name, report)
    return found


def _row(course: Course, assignment: Assignment, exercise: Exercise, graded: Graded, kit: bool) -> Row:
    found = catalogue.forms(catalogue.corpus_file(course.root, assignment.flavour, exercise.name))
    right = sum(kind == "right" for kind, _, _ in found)
    stub = graded.get(("assignments", assignment.name, exercise.name))
    solution = graded.get(("solutions", assignment.name, exercise.name))
    return Row(exercise, (right, len(found) - right) if kit else None, stub, solution)


# -- the notebooks


def _path(which: Which, assignment: str) -> str:
    """Below the course's folder."""
    return f"{which}/{assignment}/{assignment}.ipynb"


def _load(course: Course, name: str, problems: list[str]) -> Assignment | None:
    try:
        return course.assignment(name)
    except CourseError as error:
        problems.append(_without_root(course, str(error)))
        return None


def _without_root(course: Course, sentence: str) -> str:
    return sentence.replace(f"{course.root}{os.sep}", "")


def _named(assignment: Assignment) -> str | None:
    """The assignment that the notebook's metadata names."""
    return assignment_named_in({"metadata": assignment.metadata})


def _cell_problems(assignment: Assignment, exercises: dict[str, Exercise]) -> Iterator[str]:
    """Of the solution notebook's cells and their metadata."""
    where = _path("solutions", assignment.name)
    if (named := _named(assignment)) != assignment.name:
        yield (f"{where}: its metadata softmark.assignment is {named!r}: make it {assignment.name!r}, or submissions "
               "are taken for another assignment's")  # fmt: skip
    for grade_id in catalogue.repeated(cell.grade_id for cell in assignment.cells):
        yield f"{where}: two cells have the grade_id {grade_id}: give one another"
    order = [cell.grade_id for cell in assignment.cells]
    for place, cell in enumerate(assignment.cells):
        meta, name = cell.metadata["nbgrader"], cell.grade_id.removeprefix(CHECK)
        if cell.role == "check":
            yield from _check_cell_problems(where, cell, exercises.get(name))
            if name not in order[:place]:
                yield f"{where}: no cell {name} stands above {cell.grade_id}: add one for the students' code"
        elif cell.role == "solution" and CHECK + cell.grade_id not in order:
            yield (f"{where}: students write cell {cell.grade_id}, and nothing grades it: add the cell "
                   f"{CHECK}{cell.grade_id} below, or lock it")  # fmt: skip
        elif cell.role == "answer" and not _points(cell):
            yield f"{where}: the written answer {cell.grade_id} is worth no points: say in its metadata how many"
        elif cell.role in ("locked", "demo", "text") and meta["grade"]:
            yield (f"{where}: cell {cell.grade_id} has points that the grader never gives: let a cell "
                   f"{CHECK}<exercise> or a written answer have them, and set grade to false")  # fmt: skip


def _check_cell_problems(where: str, cell: SourceCell, exercise: Exercise | None) -> Iterator[str]:
    meta, name = cell.metadata["nbgrader"], cell.grade_id.removeprefix(CHECK)
    if cell.source.strip() != f'check("{name}")':
        yield f'{where}: cell {cell.grade_id} holds something else than check("{name}"): make that its only line'
    if not meta.get("locked"):
        yield f"{where}: cell {cell.grade_id} is not locked: set locked to true in its nbgrader metadata"
    if exercise is not None and _points(cell) != exercise.max_score:
        yield (f"{where}: cell {cell.grade_id} is worth {number(_points(cell))} points and the checks of {name} "
               f"{number(exercise.max_score)}: set the cell's points to {number(exercise.max_score)}, or change the "
               "checks'")  # fmt: skip


def _points(cell: SourceCell) -> float:
    points = cell.metadata["nbgrader"].get("points")
    return float(points) if isinstance(points, int | float) else 0.0


def _output_problems(course: Course, assignment: str) -> Iterator[str]:
    which: Which
    for which in ("solutions", "assignments"):
        path = course.root / _path(which, assignment)
        try:
            cells = json.loads(read_notebook(path)[1])["cells"]
        except Refused as refusal:
            if path.exists():  # where it does not, the generated one is missed
                yield _without_root(course, str(refusal))
            continue
        left = [n for n, cell in enumerate(cells, 1) if cell.get("outputs") or cell.get("execution_count")]
        if left:
            yield (f"{_path(which, assignment)} was saved with outputs (of cell {', '.join(map(str, left))}): clear "
                   "them, with Restart & Clear Output")  # fmt: skip


# -- the release


def _release_problems(course: Course, name: str, scratch: Path) -> Iterator[str]:
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
    kit = str(Path(__file__).resolve().parents[1])
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


def _stray_files(course: Course) -> Iterator[str]:
    """Notebooks in solutions/, and anything in assignments/, that are no assignment's."""
    for path in _visible(course.root / "solutions"):
        parts = path.relative_to(course.root / "solutions").parts
        # nbgrader's own: what it puts above and below each notebook.
        known = ("header.ipynb", "footer.ipynb") if len(parts) == 1 else (f"{parts[0]}.ipynb",)
        if path.suffix == ".ipynb" and (path.name not in known or len(parts) > 2):
            yield f"solutions/{'/'.join(parts)} is no assignment's notebook: move it away, or into a folder of its name"
    for folder in sorted(path for path in (course.root / "solutions").iterdir() if path.is_dir()):
        if folder.name[0] != "." and not (folder / f"{folder.name}.ipynb").exists():
            yield f"solutions/{folder.name}/ has no {folder.name}.ipynb: add it, or remove the folder"
    released = course.root / "assignments"
    for path in sorted(released.iterdir()) if released.is_dir() else []:
        if path.name[0] != "." and not (course.root / "solutions" / path.name).is_dir():
            yield f"assignments/{path.name} comes from no solution: remove it"


# -- grading


def _grade(
    course: Course, assignments: list[Assignment], only: tuple[str, ...], confinement: str, problems: list[str]
) -> Graded:
    """The report on every exercise of every solution and release, by which, assignment and exercise."""
    data = fashion_mnist.embedded()
    setting = Setting(course, data, SlotOptions("cpu", data.directory), confinement, Options(SEED, only=only))
    kinds: tuple[Which, ...] = ("solutions", "assignments")
    own = [a.name for a in assignments if _named(a) in (a.name, None)]
    work = [(which, name) for which in kinds for name in own if (course.root / _path(which, name)).exists()]
    jobs = [Job(course.root / _path(*item), _path(*item), None, item[1]) for item in work]
    found: Graded = {}
    for (which, assignment), graded in zip(work, grade_all(jobs, setting, min(2, os.cpu_count() or 1)), strict=True):
        match graded.report:
            case RefusedReport(error=why):
                problems.append(_without_root(course, why))
            case SubmissionReport(exercises=reports):
                found.update({(which, assignment, report.name): report for report in reports})
    return found


def _stub_problems(assignment: str, report: ExerciseReport) -> Iterator[str]:
    if report.outcome != "not_attempted":
        yield (f"{_path('assignments', assignment)}: the stub of {report.name} is graded as {report.outcome}, not as "
               f'not_attempted: it must raise NotImplementedError("{report.name}") and hold no solution, as nbgrader '
               f"generate_assignment {assignment} --force writes it with the kit's nbgrader_config.py")  # fmt: skip


def _solution_problems(assignment: str, report: ExerciseReport) -> Iterator[str]:
    lost = [check for check in report.checks if check.outcome not in ("passed", "skipped")]
    if lost:
        what = "meets an error of the grader's own" if report.outcome == "error" else "does not get full marks"
        names = ", ".join(check.name for check in lost)
        yield (f"{_path('solutions', assignment)}: the solution of {report.name} {what}, in {names} "
               f"({' '.join(lost[0].message.split())[:300].rstrip('.')}): mend the solution or the checks")  # fmt: skip


# -- the table


def print_validation(console: Console, found: Validation) -> None:
    """A table per assignment, then the problems."""
    for name, rows in found.rows.items():
        assignment = found.course.assignment(name)
        by_hand = sum(_points(cell) for cell in assignment.cells if cell.role == "answer")
        points = f"{number(sum(row.exercise.max_score for row in rows))} points by checks, {number(by_hand)} by hand"
        console.print(f"\n[bold]{escape(name)}[/], flavour {assignment.flavour}: {points}", highlight=False)
        console.print(_table(rows, assignment.flavour))
    if any(row.forms is None for rows in found.rows.values() for row in rows):
        console.print("There are no forms to count: tests/corpus, with the kit's right and wrong ways to write each "
                      "exercise, is not part of this course.", highlight=False, soft_wrap=True)  # fmt: skip
    for place, problem in enumerate(found.problems, 1):
        console.print(f"[red]{place}.[/] {escape(problem)}.", highlight=False, soft_wrap=True)


def _table(rows: list[Row], flavour: str) -> Table:
    table = Table(header_style="bold", pad_edge=False)
    table.add_column("exercise", no_wrap=True)
    for title in ("checks", "points", "misconceptions", "right forms", "wrong forms", "stub", "solution"):
        table.add_column(title, justify="right")
    for row in rows:
        misconceptions = catalogue.misconceptions(row.exercise, flavour)
        counts = [len(row.exercise.checks), number(row.exercise.max_score), len(misconceptions)]
        matrices = row.forms or ("none", "none")
        cells = [_graded_cell(row.stub, "not_attempted"), _graded_cell(row.solution, "passed")]
        table.add_row(row.exercise.name, *map(str, [*counts, *matrices]), *cells)
    return table


def _graded_cell(report: ExerciseReport | None, wanted: str) -> str:
    """Its outcome, if there is one, and whether that is as it should be."""
    if report is None:
        return "[red]not graded ✗[/]"
    score = f" {number(report.score)}" if wanted == "passed" else ""
    colour, sign = ("green", "✓") if report.outcome == wanted else ("red", "✗")
    return f"[{colour}]{report.outcome}{score} {sign}[/]"
