"""The course's notebooks: what students receive, that it comes from the solutions, and that those run."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

ROOT = Path(__file__).parent.parent
ASSIGNMENTS = {"softmax-regression": "np", "softmax-regression-nd": "nd"}
POINTS = {
    "data_iter": 4,
    "softmax": 5,
    "net": 2,
    "cross_entropy": 4,
    "accuracy": 2,
    "evaluate_accuracy": 3,
    "sgd": 4,
    "train": 6,
}
QUESTIONS = {"question-underflow": 2, "question-medical": 2, "question-vocabulary": 2}

pytestmark = pytest.mark.parametrize("assignment", ASSIGNMENTS)


def path(kind: str, assignment: str, root: Path = ROOT) -> Path:
    return root / kind / assignment / f"{assignment}.ipynb"


def read(kind: str, assignment: str) -> Any:
    return nbformat.read(path(kind, assignment), as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]


def nbgrader_metadata(cell: Any) -> Any:
    """The cell's nbgrader metadata. A cell without them fails the test: nbgrader would not restore it."""
    return cell.metadata["nbgrader"]


def solution_cells(notebook: Any, cell_type: str = "code") -> dict[str, Any]:
    """The cells that students fill in, by exercise, in the notebook's order; or their answers, which are markdown."""
    metadata = [(nbgrader_metadata(cell), cell) for cell in notebook.cells if cell.cell_type == cell_type]
    return {data["grade_id"]: cell for data, cell in metadata if data["solution"]}


def test_every_assignment_of_the_course_is_tested_here(assignment: str) -> None:
    for kind in ("solutions", "assignments"):
        assert {folder.name for folder in (ROOT / kind).iterdir() if folder.is_dir()} == set(ASSIGNMENTS)
        assert [file.name for file in (ROOT / kind / assignment).iterdir()] == [f"{assignment}.ipynb"]


@pytest.mark.parametrize("kind", ["solutions", "assignments"])
def test_the_notebook_is_valid_and_names_its_assignment(kind: str, assignment: str) -> None:
    notebook = read(kind, assignment)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.softmark == {"assignment": assignment, "flavour": ASSIGNMENTS[assignment]}


@pytest.mark.parametrize("kind", ["solutions", "assignments"])
def test_every_solution_cell_is_followed_by_its_check_worth_its_points(kind: str, assignment: str) -> None:
    cells = read(kind, assignment).cells
    found = {}
    for cell, after in itertools.pairwise(cells):
        if nbgrader_metadata(cell)["solution"] and cell.cell_type == "code":
            exercise, graded = nbgrader_metadata(cell)["grade_id"], nbgrader_metadata(after)
            assert cell.source.startswith(f"def {exercise}(")
            assert after.source == f'check("{exercise}")'
            assert graded["grade_id"] == f"check-{exercise}"
            assert graded["grade"]
            assert graded["locked"]
            assert not graded["solution"]
            found[exercise] = graded["points"]
    assert list(found.items()) == list(POINTS.items())
    assert sum(nbgrader_metadata(cell)["grade"] for cell in cells) == len(POINTS) + len(QUESTIONS)


@pytest.mark.parametrize("kind", ["solutions", "assignments"])
def test_every_question_is_graded_by_hand_with_a_rubric_above_it_that_adds_up(kind: str, assignment: str) -> None:
    found = {}
    for rubric, cell in itertools.pairwise(read(kind, assignment).cells):
        if nbgrader_metadata(cell)["solution"] and cell.cell_type == "markdown":
            question, answer = nbgrader_metadata(rubric), nbgrader_metadata(cell)
            assert answer["grade"], "a person could not enter a score"
            assert question["grade_id"] == f"about-{answer['grade_id']}"
            assert question["locked"]
            assert "?" in rubric.source
            points = re.findall(r"^- \*\*(\d+) points?\*\* for \w", rubric.source, re.MULTILINE)
            assert sum(map(int, points)) == answer["points"]
            found[answer["grade_id"]] = answer["points"]
    assert list(found.items()) == list(QUESTIONS.items())


def test_the_introduction_says_what_everything_is_worth(assignment: str) -> None:
    introduction = read("assignments", assignment).cells[0].source
    rows = re.findall(r"^\| \d+ \| (.+?) \|.*\| (\d+) \|$", introduction, re.MULTILINE)
    expected = [(f"`{exercise}`", points) for exercise, points in POINTS.items()]
    assert [(name, int(points)) for name, points in rows] == [*expected, ("three questions", sum(QUESTIONS.values()))]


@pytest.mark.parametrize("kind", ["solutions", "assignments"])
def test_students_can_change_nothing_but_the_solution_cells(kind: str, assignment: str) -> None:
    for cell in read(kind, assignment).cells:
        data = nbgrader_metadata(cell)
        assert data["locked"] is not data["solution"], data["grade_id"]
        assert cell.id == data["grade_id"]


def test_nothing_slow_runs_outside_the_cells_that_the_grader_skips(assignment: str) -> None:
    for cell in read("assignments", assignment).cells:
        given = cell.cell_type == "code" and not nbgrader_metadata(cell)["solution"]
        if given and re.search(r"\.load\(|\btrain\(net|matplotlib", cell.source):
            assert "demo" in cell.metadata.tags, cell.source


def test_every_stub_says_by_name_what_is_not_implemented(assignment: str) -> None:
    stubs = solution_cells(read("assignments", assignment))
    assert list(stubs) == list(POINTS)
    for exercise, cell in stubs.items():
        namespace: dict[str, Any] = {}
        exec(cell.source, namespace)
        function = namespace[exercise]
        assert function.__doc__
        with pytest.raises(NotImplementedError, match=f"^{exercise}$"):
            function(*[None] * function.__code__.co_argcount)


def test_no_solution_leaks(assignment: str) -> None:
    released = path("assignments", assignment).read_text()
    assert "SOLUTION" not in released
    for exercise, cell in solution_cells(read("solutions", assignment)).items():
        _, solution, after = re.split(r" *### (?:BEGIN|END) SOLUTION\n?", cell.source)
        assert not after.strip(), exercise
        lines = [line.strip() for line in solution.splitlines()]
        shown = "\n".join(cell.source for cell in read("assignments", assignment).cells).splitlines()
        assert lines
        assert not set(lines) & {line.strip() for line in shown}, exercise


def test_no_model_answer_leaks(assignment: str) -> None:
    answers = solution_cells(read("solutions", assignment), "markdown")
    released = read("assignments", assignment)
    shown = {line for cell in released.cells for line in cell.source.splitlines()}
    for grade_id, cell in solution_cells(released, "markdown").items():
        assert cell.source == f"YOUR ANSWER HERE ({grade_id})"
        assert len(answers[grade_id].source) > 300, f"{grade_id}: there is no model answer"
        assert not shown & set(filter(None, answers[grade_id].source.splitlines())), grade_id


@pytest.mark.parametrize("kind", ["solutions", "assignments"])
def test_no_cell_comes_with_an_output(kind: str, assignment: str) -> None:
    for cell in read(kind, assignment).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_the_solution_runs_from_top_to_bottom_and_learns(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    notebook = read("solutions", assignment)
    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    printed = {
        cell.id: "".join(output.text for output in cell.outputs if output.output_type == "stream")
        for cell in notebook.cells
        if cell.cell_type == "code"
    }
    epochs = {"nd": 5, "np": 10}[ASSIGNMENTS[assignment]]
    assert (
        len(re.findall(r"^epoch \d+, loss 0\.\d{4}, train acc 0\.\d{3}$", printed["training"], re.MULTILINE)) == epochs
    )
    accuracy = re.fullmatch(r"test acc (0\.\d{3})\n", printed["testing"])
    assert accuracy
    assert 0.81 <= float(accuracy[1]) <= 0.85
    pictures = next(cell for cell in notebook.cells if cell.id == "predictions").outputs
    assert any("image/png" in output.get("data", {}) for output in pictures)
    for exercise in POINTS:
        assert printed[f"check-{exercise}"] or solution_output(notebook, exercise), f"{exercise}: check is silent"


def solution_output(notebook: Any, exercise: str) -> Any:
    """What check displays instead of printing it."""
    return next(cell for cell in notebook.cells if cell.id == f"check-{exercise}").outputs
