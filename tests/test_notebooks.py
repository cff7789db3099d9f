"""The notebooks of every assignment: what students receive, that it comes from the solutions, and that those run."""

from __future__ import annotations

import functools
import inspect
import itertools
import os
import re
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from grader.course import catalogue
from grader.course.catalogue import Facts
from grader.course.course import Assignment, find_course
from grader.data import in_use
from grader.judging.judge import Data
from tests.command import embedded_data
from tests.conftest import Grading, new_slot
from tests.notebooks import ROOT

COURSE = find_course(ROOT)
KINDS = ("solutions", "assignments")
# Lines that a solution may have in common with what the notebook shows: how MXNet is used, whatever for.
IDIOMS = {"with autograd.record():", "l.backward()"}
SHARED = 0.25
FALLS_SHORT = re.compile(r" is not written yet\.$|^  [^✓–! ] ", re.MULTILINE)

each_assignment = pytest.mark.parametrize("name", COURSE.assignment_names)
each_kind = pytest.mark.parametrize("kind", KINDS)


def path(kind: str, name: str) -> Path:
    return ROOT / kind / name / f"{name}.ipynb"


@functools.cache
def read(kind: str, name: str) -> Any:
    return nbformat.read(path(kind, name), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]


def assignment(name: str) -> Assignment:
    return COURSE.assignment(name)


def nbgrader_metadata(cell: Any) -> Any:
    """The cell's nbgrader metadata. A cell without them fails the test: nbgrader would not restore it."""
    return cell.metadata["nbgrader"]


def solution_cells(notebook: Any, cell_type: str = "code") -> dict[str, Any]:
    """The cells that students fill in, by exercise, in the notebook's order; or their answers, which are markdown."""
    metadata = [(nbgrader_metadata(cell), cell) for cell in notebook.cells if cell.cell_type == cell_type]
    return {data["grade_id"]: cell for data, cell in metadata if data["solution"]}


def test_every_solution_has_a_release() -> None:
    of_kinds = [sorted(folder.name for folder in (ROOT / kind).iterdir() if folder.is_dir()) for kind in KINDS]
    assert of_kinds == [list(COURSE.assignment_names)] * 2


@each_kind
@each_assignment
def test_the_notebook_is_valid_and_names_its_assignment(kind: str, name: str) -> None:
    notebook = read(kind, name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.softmark.assignment == name
    assert assignment(name).facts.notebooks[notebook.metadata.softmark.flavour] == name


@each_kind
@each_assignment
def test_every_solution_cell_is_followed_by_its_check_worth_its_points(kind: str, name: str) -> None:
    cells = read(kind, name).cells
    found = []
    for cell, after in itertools.pairwise(cells):
        if nbgrader_metadata(cell)["solution"] and cell.cell_type == "code":
            exercise, graded = nbgrader_metadata(cell)["grade_id"], nbgrader_metadata(after)
            assert re.search(rf"^(def|class) {exercise}\b", cell.source, re.MULTILINE)
            assert after.source == f'check("{exercise}")'
            assert graded["grade_id"] == f"check-{exercise}"
            assert graded["grade"]
            assert graded["locked"]
            assert not graded["solution"]
            assert assignment(name).exercise(exercise).max_score == graded["points"] > 0
            found.append(exercise)
    assert tuple(found) == assignment(name).exercises
    questions = solution_cells(read(kind, name), "markdown")
    assert sum(nbgrader_metadata(cell)["grade"] for cell in cells) == len(found) + len(questions)


@each_kind
@each_assignment
def test_every_question_is_graded_by_hand_with_a_rubric_above_it_that_adds_up(kind: str, name: str) -> None:
    for rubric, cell in itertools.pairwise(read(kind, name).cells):
        if nbgrader_metadata(cell)["solution"] and cell.cell_type == "markdown":
            question, answer = nbgrader_metadata(rubric), nbgrader_metadata(cell)
            assert answer["grade"], "a person could not enter a score"
            assert question["grade_id"] == f"about-{answer['grade_id']}"
            assert question["locked"]
            assert re.search(r"\?|^(Derive|Show|Explain)\b", rubric.source, re.MULTILINE)
            points = re.findall(r"^- \*\*(\d+) points?\*\* for \w", rubric.source, re.MULTILINE)
            assert sum(map(int, points)) == answer["points"]


@each_assignment
def test_the_introduction_says_what_everything_is_worth(name: str) -> None:
    introduction = read("assignments", name).cells[0].source
    rows = dict(re.findall(r"^\| \d+ \| (.+?) \|.*\| (\d+) \|$", introduction, re.MULTILINE))
    exercises = {f"`{exercise}`": int(assignment(name).points(exercise)) for exercise in assignment(name).exercises}
    assert {row: int(points) for row, points in rows.items() if row in exercises} == exercises
    questions = solution_cells(read("assignments", name), "markdown").values()
    written = sum(nbgrader_metadata(cell)["points"] for cell in questions)
    assert sum(map(int, rows.values())) == sum(exercises.values()) + written


@each_kind
@each_assignment
def test_students_can_change_nothing_but_the_solution_cells(kind: str, name: str) -> None:
    for cell in read(kind, name).cells:
        data = nbgrader_metadata(cell)
        assert data["locked"] is not data["solution"], data["grade_id"]
        assert cell.id == data["grade_id"]


@each_assignment
def test_nothing_slow_runs_outside_the_cells_that_the_grader_skips(name: str) -> None:
    trains = [exercise for exercise in assignment(name).exercises if assignment(name).exercise(exercise).training]
    slow = "|".join([r"\.load\(", "matplotlib", *(rf"\b{exercise}\(" for exercise in trains)])
    for cell in read("assignments", name).cells:
        # Where students draw, the set-up cell gives them what to draw with.
        source = cell.source.replace("from matplotlib import pyplot", "") if cell.id == "setup" else cell.source
        if cell.cell_type == "code" and not nbgrader_metadata(cell)["solution"] and re.search(slow, source):
            assert "demo" in cell.metadata.get("tags", []), cell.source


@each_assignment
def test_every_stub_says_by_name_what_is_not_implemented(name: str) -> None:
    stubs = solution_cells(read("assignments", name))
    assert tuple(stubs) == assignment(name).exercises
    for exercise, cell in stubs.items():
        namespace: dict[str, Any] = {}
        exec(cell.source, namespace)
        function = namespace[exercise]
        assert function.__doc__
        required = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
        with pytest.raises(NotImplementedError, match=f"^{exercise}$"):
            function(*[None] * len(required))


@each_assignment
def test_no_solution_leaks(name: str) -> None:
    assert "SOLUTION" not in path("assignments", name).read_text()
    shown = "\n".join(cell.source for cell in read("assignments", name).cells).splitlines()
    for exercise, cell in solution_cells(read("solutions", name)).items():
        _, solution, after = re.split(r" *### (?:BEGIN|END) SOLUTION\n?", cell.source)
        assert not after.strip(), exercise
        lines = [line.strip() for line in solution.splitlines() if line.strip()]
        assert lines
        told = set(lines) & {line.strip() for line in shown} - IDIOMS
        assert len(told) <= SHARED * len(lines), (exercise, told)


@each_assignment
def test_no_model_answer_leaks(name: str) -> None:
    answers = solution_cells(read("solutions", name), "markdown")
    released = read("assignments", name)
    shown = {line for cell in released.cells for line in cell.source.splitlines()}
    for grade_id, cell in solution_cells(released, "markdown").items():
        assert cell.source == f"YOUR ANSWER HERE ({grade_id})"
        assert len(answers[grade_id].source) > 300, f"{grade_id}: there is no model answer"
        assert not shown & set(filter(None, answers[grade_id].source.splitlines())), grade_id


@each_kind
@each_assignment
def test_no_cell_comes_with_an_output(kind: str, name: str) -> None:
    for cell in read(kind, name).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@each_assignment
def test_the_solution_runs_from_top_to_bottom_and_passes_every_check_that_it_is_shown(
    name: str, tmp_path: Path
) -> None:
    """On the small data sets."""
    notebook = nbformat.read(path("solutions", name), as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    )
    client.execute(env={**os.environ, "PYTHONPATH": str(ROOT), **embedded_data()})
    for cell in notebook.cells:
        shown = [output.get("data", {}).get("text/plain") or output.get("text") for output in cell.get("outputs", [])]
        if nbgrader_metadata(cell)["grade_id"].startswith("check-"):
            (table,) = shown
            assert not FALLS_SHORT.search(table), table
        elif "demo" in cell.metadata.get("tags", []) and re.search(r"print\(|plt\.", cell.source):
            assert any(shown), f"{cell.id} shows nothing"


@pytest.mark.parametrize("facts", list(catalogue.assignments(catalogue.KIT)), ids=lambda facts: str(facts.folder.name))
def test_the_solution_gets_full_marks_on_the_full_data(facts: Facts, full_data: Data, tmp_path: Path) -> None:
    """Its targets are calibrated on them; one flavour stands for both, which compute the same."""
    name = list(facts.notebooks.values())[-1]
    with in_use(full_data), new_slot(full_data) as slot:
        report = Grading(COURSE, full_data, slot, tmp_path)(path("solutions", name))
    assert [exercise.name for exercise in report.exercises if exercise.score < exercise.max_score] == []
    assert {check.outcome for exercise in report.exercises for check in exercise.checks} <= {"passed", "skipped"}
    assert report.score == report.max_score > 0
