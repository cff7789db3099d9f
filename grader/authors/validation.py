"""`grader validate`: is this course fit to be taught with, and if not, what is to be mended?

Everything is tried for real: nbgrader generates the release anew, a slot grades every solution and every stub, with
the small versions of data sets, on which a full training run takes a second, and every exercise's checks get answers
of every wrong kind. Where the kit's right and wrong forms are not there, as in a wheel, that is no problem.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.authors import answers, notebooks, requirements
from grader.authors.notebooks import Which, notebook_path
from grader.checking.authoring import Exercise
from grader.course import catalogue
from grader.course.catalogue import CourseError
from grader.course.course import Assignment, Course
from grader.data import embedded
from grader.judging.batch import Setting, grade_all
from grader.judging.judge import Job, Options
from grader.judging.render import number
from grader.judging.report import ExerciseReport, RefusedReport, SubmissionReport
from grader.sandbox.launch import SlotOptions

SEED = 1

Graded = dict[tuple[Which, str, str], ExerciseReport]


@dataclass(frozen=True)
class Row:
    """What the table says of one exercise of one assignment; `stub` and `solution` None where they were not graded.

    `forms` are the numbers of right and wrong forms, None where there are none to be expected.
    """

    exercise: Exercise
    forms: tuple[int, int] | None
    stub: ExerciseReport | None
    solution: ExerciseReport | None


@dataclass
class Validation:
    """What was found: by assignment its rows; the problems, each in one sentence; and advice, which stops nobody."""

    course: Course
    rows: dict[str, list[Row]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)


def validate(course: Course, confinement: str, only: Sequence[str] = ()) -> Validation:
    """Look at the whole course, or at the assignments named alone. Raises `SlotFailed` where nothing can be graded."""
    found = Validation(course)
    problems = found.problems
    names = [name for name in course.assignment_names if not only or name in only]
    if not names:
        problems.append("solutions/ holds no assignment: write one, as solutions/NAME/NAME.ipynb")
    assignments = [a for name in names if (a := notebooks.load(course, name, problems)) is not None]
    exercises = _load_exercises(assignments, problems)
    for folder, exercise in exercises.items():
        asking = [
            a for a in assignments
            if exercise.name in a.exercises and catalogue.find(a.facts, exercise.name) == folder
        ]  # fmt: skip
        problems += _exercise_problems(course, exercise, asking)
        flavours = dict.fromkeys(assignment.flavour for assignment in asking)
        found.advice += [
            word for flavour in flavours for word in requirements.advice(exercise, flavour, _where(course, exercise))
        ]
    if not only:
        problems += requirements.untaught(course, set(exercises))
    for assignment in assignments:
        problems += [*notebooks.cell_problems(assignment), *notebooks.output_problems(course, assignment.name)]
    if not only:
        problems += notebooks.stray_files(course)
    with TemporaryDirectory() as scratch, ThreadPoolExecutor() as pool:
        releases = pool.map(lambda a: list(notebooks.release_problems(course, a.name, Path(scratch))), assignments)
        graded = _grade(course, assignments, confinement, problems)
        problems += [problem for release in releases for problem in release]
    for assignment in assignments:
        found.rows[assignment.name] = _rows(assignment, exercises, graded)
    for (which, name, _), report in graded.items():
        problems += (_solution_problems if which == "solutions" else _stub_problems)(name, report)
    return found


def _load_exercises(assignments: Sequence[Assignment], problems: list[str]) -> dict[Path, Exercise]:
    """The exercises that can be loaded, by folder; each once, however many assignments ask for it."""
    found: dict[Path, Exercise] = {}
    folders = {catalogue.find(a.facts, name): None for a in assignments for name in a.exercises}
    for folder in folders:
        if folder is not None:
            try:
                found[folder] = catalogue.load(folder)
            except CourseError as error:
                problems.append(str(error))
    return found


def _where(course: Course, exercise: Exercise) -> str:
    return requirements.shown(exercise.folder, course)


def _exercise_problems(course: Course, exercise: Exercise, asking: Sequence[Assignment]) -> Iterator[str]:
    where = _where(course, exercise)
    yield from requirements.exercise_problems(exercise, where, asking)
    for flavour in dict.fromkeys(assignment.flavour for assignment in asking):
        if requirements.has_forms(exercise.folder):
            for problem in requirements.forms_problems(exercise, flavour, where):
                yield notebooks.without_root(course, problem)
        yield from answers.problems(exercise, flavour)


def _rows(assignment: Assignment, exercises: dict[Path, Exercise], graded: Graded) -> list[Row]:
    rows = []
    for name in dict.fromkeys(assignment.exercises):
        folder = catalogue.find(assignment.facts, name)
        if folder in exercises and folder is not None:
            stub = graded.get(("assignments", assignment.name, name))
            solution = graded.get(("solutions", assignment.name, name))
            exercise = exercises[folder].worth(assignment.points(name))
            rows.append(Row(exercise, requirements.counts(folder, assignment.flavour), stub, solution))
    return rows


# -- grading


def _grade(
    course: Course, assignments: list[Assignment], confinement: str, problems: list[str]
) -> Graded:  # fmt: skip
    """The report on every exercise of every solution and release, by which, assignment and exercise."""
    data = embedded({name for assignment in assignments for name in assignment.facts.data})
    setting = Setting(course, data, SlotOptions.of("cpu", data), confinement, Options(SEED))
    kinds: tuple[Which, ...] = ("solutions", "assignments")
    own = [a.name for a in assignments if notebooks.named(a) in (a.name, None)]
    work = [(which, name) for which in kinds for name in own if (course.root / notebook_path(which, name)).exists()]
    jobs = [Job(course.root / notebook_path(*item), notebook_path(*item), None, item[1]) for item in work]
    found: Graded = {}
    for (which, assignment), graded in zip(work, grade_all(jobs, setting, min(2, os.cpu_count() or 1)), strict=True):
        match graded.report:
            case RefusedReport(error=why):
                problems.append(notebooks.without_root(course, why))
            case SubmissionReport(exercises=reports):
                found.update({(which, assignment, report.name): report for report in reports})
    return found


def _stub_problems(assignment: str, report: ExerciseReport) -> Iterator[str]:
    if report.outcome != "not_attempted":
        where = notebook_path("assignments", assignment)
        yield (f"{where}: the stub of {report.name} is graded as {report.outcome}, not as not_attempted: it must raise "
               f'NotImplementedError("{report.name}") and hold no solution, as nbgrader '
               f"generate_assignment {assignment} --force writes it with the kit's nbgrader_config.py")  # fmt: skip


def _solution_problems(assignment: str, report: ExerciseReport) -> Iterator[str]:
    lost = [check for check in report.checks if check.outcome not in ("passed", "skipped")]
    if lost:
        what = "meets an error of the grader's own" if report.outcome == "error" else "does not get full marks"
        names = ", ".join(check.name for check in lost)
        yield (f"{notebook_path('solutions', assignment)}: the solution of {report.name} {what}, in {names} "
               f"({' '.join(lost[0].message.split())[:300].rstrip('.')}): mend the solution or the checks")  # fmt: skip


# -- the table


def print_validation(console: Console, found: Validation) -> None:
    """A table per assignment, then the problems."""
    for name, rows in found.rows.items():
        assignment = found.course.assignment(name)
        by_hand = sum(notebooks.points(cell) for cell in assignment.cells if cell.role == "answer")
        points = f"{number(sum(row.exercise.max_score for row in rows))} points by checks, {number(by_hand)} by hand"
        console.print(f"\n[bold]{escape(name)}[/], flavour {assignment.flavour}: {points}", highlight=False)
        console.print(_table(rows, assignment.flavour))
    if not all(requirements.has_forms(row.exercise.folder) for rows in found.rows.values() for row in rows):
        console.print("Where no forms are counted, the right and wrong ways to write an exercise are not part of this "
                      "installation.", highlight=False, soft_wrap=True)  # fmt: skip
    for place, problem in enumerate(found.problems, 1):
        console.print(f"[red]{place}.[/] {escape(problem.rstrip('.'))}.", highlight=False, soft_wrap=True)
    for word in found.advice:
        console.print(f"[dim]advice: {escape(word)}.[/]", highlight=False, soft_wrap=True)


def _table(rows: list[Row], flavour: str) -> Table:
    table = Table(header_style="bold", pad_edge=False)
    table.add_column("exercise", no_wrap=True)
    for title in ("checks", "points", "misconceptions", "right forms", "wrong forms", "stub", "solution"):
        table.add_column(title, justify="right")
    for row in rows:
        misconceptions = requirements.misconceptions(row.exercise, flavour)
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
