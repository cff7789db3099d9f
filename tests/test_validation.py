"""`grader validate`: finds nothing to mend in the kit, and names every fault of a course that has many."""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.authors.catalogue import OUTCOMES
from tests import flakiness, matrix_report, mutants, notebooks
from tests.command import Finished, grader

ND = notebooks.ASSIGNMENTS["nd"]
NOTHING = "No problems, in "


def problems(done: Finished) -> list[str]:
    """The sentences that it prints, one per line."""
    return re.findall(r"^\d+\. (.*)$", done.out, re.MULTILINE)


def rows(done: Finished) -> dict[str, list[str]]:
    """The tables' rows, by exercise."""
    split = [[cell.strip() for cell in line.strip("│").split("│")] for line in done.out.splitlines() if "│" in line]
    return {name: cells for name, *cells in split}


def test_there_is_nothing_to_mend_in_the_kit() -> None:
    done = grader("validate")
    assert problems(done) == []
    assert (done.status, done.err) == (0, "")
    assert NOTHING in done.out
    assert done.out.count("not_attempted ✓") == done.out.count("passed ") == 2 * len(notebooks.EXERCISES)


# -- a course with many faults: each is made by a function of the course's folder, and named by these sentences

Fault = Callable[[Path], object]


def edit(path: Path, grade_id: str, change: Callable[[Any], object]) -> None:
    """Change one cell of a notebook as Jupyter would, leaving the file as nbgrader writes it otherwise."""
    notebook = nbformat.read(path, as_version=4)
    change(notebooks.cell(notebook, grade_id))
    nbformat.write(notebook, path)


def in_both(root: Path, grade_id: str, change: Callable[[Any], object]) -> None:
    """So that the release is in step with its solution."""
    for which in ("solutions", "assignments"):
        edit(root / which / ND / f"{ND}.ipynb", grade_id, change)


def set_points(cell: Any) -> None:
    cell.metadata.nbgrader.points = 7


def comment(cell: Any) -> None:
    cell.source += "  # run me"


def unlock(cell: Any) -> None:
    cell.metadata.nbgrader.locked = False


def leave_output(cell: Any) -> None:
    cell.outputs = [nbformat.v4.new_output("stream", text="3.14\n")]


def break_evaluation(cell: Any) -> None:
    cell.source = cell.source.replace("### BEGIN SOLUTION", "### BEGIN SOLUTION\n    return 0.5")


def release_the_solution(root: Path) -> None:
    solved = notebooks.cell(notebooks.solution("nd"), "softmax").source
    edit(root / "assignments" / ND / f"{ND}.ipynb", "softmax", lambda cell: cell.update(source=solved))


def write(root: Path, file: str, text: str) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text)


def append(root: Path, file: str, text: str) -> None:
    with (root / file).open("a") as open_file:
        open_file.write(text)


def cut_corpus(root: Path, file: str, forms: int) -> None:
    """Keep so many forms."""
    parts = re.split(r"(?m)^(?=#: )", (root / file).read_text())
    (root / file).write_text("".join(parts[: forms + 1]))


def small_notebook(root: Path) -> None:
    """An assignment with one exercise, whose cells are in disorder."""
    notebook = notebooks.solution("nd")
    check, write_here = notebooks.cell(notebook, "check-softmax"), notebooks.cell(notebook, "sgd")
    graded = nbformat.v4.new_code_cell("assert True", id="extra", metadata={"nbgrader": dict(check.metadata.nbgrader)})
    graded.metadata.nbgrader.grade_id = "extra"
    again = copy.deepcopy(check)
    again.id = "again"
    notebook.cells = [check, notebooks.cell(notebook, "softmax"), write_here, graded, again]
    notebooks.write(notebook, root / "solutions" / "small" / "small.ipynb")


def unknown_exercise(root: Path) -> None:
    notebook = notebooks.solution("nd")
    notebook.cells = [notebooks.cell(notebook, "check-softmax")]
    notebook.cells[0].metadata.nbgrader.grade_id = "check-sotfmax"
    notebooks.write(notebook, root / "solutions" / "typo" / "typo.ipynb")


EXERCISES, SOLUTION, RELEASE = "grader/exercises", f"solutions/{ND}/{ND}.ipynb", f"assignments/{ND}/{ND}.ipynb"
SMALL, CORPUS = "solutions/small/small.ipynb", "tests/corpus/nd"
CARELESS = '''from grader.checking.authoring import Exercise, check, misconception
EXERCISE = Exercise("linreg", "linreg(X, w, b)", "3.2.4", needs=("lniear",))

@misconception(" ")
def forgets_bias(X, w, b): ...

@misconception("the sign of the bias is wrong", like="negates")
def subtracts_bias(X, w, b): ...

@check(points=1, hint="")
def values(student, rng):
    """linreg(X, w, b) equals X·w + b"""

@check(points=0, hint="A matrix product and a sum.")
def shapes(student, rng):
    pass
'''
EMPTY = """from grader.checking.authoring import Exercise
EXERCISE = Exercise("squared_los", "squared_loss(y_hat, y)", "3.2.5")
"""

FAULTS: dict[str, tuple[Fault, list[str]]] = {
    "points of a check cell": (
        lambda root: in_both(root, "check-net", set_points),
        [f"{SOLUTION}: cell check-net is worth 7 points and the checks of net 2: set the cell's points to 2"],
    ),
    "source of a check cell": (
        lambda root: in_both(root, "check-sgd", comment),
        [f'{SOLUTION}: cell check-sgd holds something else than check("sgd"): make that its only line'],
    ),
    "a check cell that students can edit": (
        lambda root: in_both(root, "check-train", unlock),
        [f"{SOLUTION}: cell check-train is not locked: set locked to true"],
    ),
    "a stub that is solved": (
        release_the_solution,
        [f"{RELEASE}: the stub of softmax is graded as passed, not as not_attempted: it must raise",
         f"{RELEASE} is not what its solution gives (cell softmax, "],  # and whatever else here has another checksum
    ),
    "a solution that fails": (
        lambda root: edit(root / SOLUTION, "evaluate_accuracy", break_evaluation),
        [f"{SOLUTION}: the solution of evaluate_accuracy does not get full marks, in values, "],
    ),
    "outputs": (
        lambda root: edit(root / SOLUTION, "data_iter", leave_output),
        [f"{SOLUTION} was saved with outputs (of cell "],
    ),
    "an exercise without hints, titles, sentences": (
        lambda root: write(root, f"{EXERCISES}/linreg.py", CARELESS),
        [f"{EXERCISES}/linreg.py is asked for in no notebook: ",
         f"{EXERCISES}/linreg.py: the check values has no hint: ",
         f"{EXERCISES}/linreg.py: the check shapes has no title: ",
         f"{EXERCISES}/linreg.py: the check shapes is worth 0 points: ",
         f"{EXERCISES}/linreg.py: needs names 'lniear', which is no exercise: ",
         f"{EXERCISES}/linreg.py: the misconception forgets_bias has no sentence: ",
         f"{EXERCISES}/linreg.py: the misconception subtracts_bias is said to be like negates, which there is not: "],
    ),
    "an exercise with nothing in it, and a slip in its name": (
        lambda root: write(root, f"{EXERCISES}/squared_loss.py", EMPTY),
        [f"{EXERCISES}/squared_loss.py: EXERCISE has the name 'squared_los' and the signature ",
         f"{EXERCISES}/squared_loss.py is asked for in no notebook: ",
         f"{EXERCISES}/squared_loss.py has no checks: ", f"{EXERCISES}/squared_loss.py has no misconceptions: "],
    ),
    "a module that cannot be loaded": (
        lambda root: write(root, f"{EXERCISES}/unfinished.py", "EXERCISE = Exercise()\n"),
        ["the exercise unfinished cannot be loaded (NameError: name 'Exercise' is not defined): mend"],
    ),
    "misconceptions of no exercise": (
        lambda root: write(root, "grader/misconceptions/sotfmax.py", ""),
        ["grader/misconceptions/sotfmax.py belongs to no exercise: "],
    ),
    "too few forms": (
        lambda root: cut_corpus(root, f"{CORPUS}/accuracy.py", 5),
        [f"{CORPUS}/accuracy.py has 5 right forms of accuracy: write 12 at the least",
         f"{CORPUS}/accuracy.py has 0 wrong forms of accuracy: write 25 at the least"],
    ),
    "no forms": (
        lambda root: (root / CORPUS / "train.py").unlink(),
        [f"{CORPUS}/train.py is missing: write right and wrong forms of train there"],
    ),
    "two forms of one name": (
        lambda root: append(root, f"{CORPUS}/softmax.py", 2 * "\n#: right twin | one of two\nsoftmax = 1\n"),
        [f"{CORPUS}/softmax.py: two forms are called twin: "],
    ),
    "a header with a slip": (
        lambda root: append(root, f"{CORPUS}/net.py", "\n#: rigth last | with a slip\n"),
        [f"{CORPUS}/net.py: the line '#: rigth last | with a slip' begins no form: "],
    ),
    "a misconception that no form shows": (
        lambda root: (root / OUTCOMES).write_text((root / OUTCOMES).read_text().replace("=percent", "")),
        [f"{CORPUS}/{name}.py has no form that is recognised as percent, by {OUTCOMES}: "
         for name in ("accuracy", "evaluate_accuracy")],
    ),
    "forms of no exercise": (
        lambda root: write(root, f"{CORPUS}/linreg.py", ""),
        [f"{CORPUS}/linreg.py is for no exercise of that flavour: "],
    ),
    "a stray notebook": (
        lambda root: write(root, "solutions/Untitled.ipynb", "{}"),
        ["solutions/Untitled.ipynb is no assignment's notebook: "],
    ),
    "a stray file in the release": (
        lambda root: write(root, f"assignments/{ND}/answers.txt", "42"),
        [f"assignments/{ND}/answers.txt does not come from solutions/{ND}/: "],
    ),
    "a release without a solution": (
        lambda root: write(root, "assignments/last-year/last-year.ipynb", "{}"),
        ["assignments/last-year comes from no solution: "],
    ),
    "a folder without a notebook": (
        lambda root: (root / "solutions" / "next-week").mkdir(),
        ["solutions/next-week/ has no next-week.ipynb: "],
    ),
    "a check of an unknown exercise": (
        unknown_exercise,
        ["solutions/typo/typo.ipynb: cell check-sotfmax checks an exercise that grader/exercises/ does not have"],
    ),
    "cells in disorder": (
        small_notebook,
        [f"{SMALL}: its metadata softmark.assignment is '{ND}': make it 'small'",
         f"{SMALL}: two cells have the grade_id check-softmax: ",
         f"{SMALL}: no cell softmax stands above check-softmax: ",
         f"{SMALL}: students write cell sgd, and nothing grades it: ",
         f"{SMALL}: cell extra has points that the grader never gives: ",
         "solutions/small: nbgrader makes no release of it (Notebook failed to validate"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """What is said of a copy of the kit, with one of the two flavours, that has all the faults at once."""
    root = tmp_path_factory.mktemp("kit")
    for folder in ("grader", f"solutions/{ND}", f"assignments/{ND}", "tests/corpus/nd"):
        shutil.copytree(notebooks.ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("nbgrader_config.py", OUTCOMES):
        shutil.copy(notebooks.ROOT / file, root / file)
    for make, _ in FAULTS.values():
        make(root)
    return grader("validate", cwd=root, environment={"PYTHONPATH": str(root)})


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named(fault: str, faulty: Finished) -> None:
    for sentence in FAULTS[fault][1]:
        assert any(problem.startswith(sentence) for problem in problems(faulty)), (sentence, faulty)


def test_what_is_sound_is_not_accused(faulty: Finished) -> None:
    named = tuple(sentence for _, sentences in FAULTS.values() for sentence in sentences)
    assert [problem for problem in problems(faulty) if not problem.startswith(named)] == []
    assert (faulty.status, faulty.err) == (1, "")
    assert faulty.out.splitlines()[-1].startswith(f"{len(problems(faulty))} problems, in ")


def test_the_table_shows_where_to_look(faulty: Finished) -> None:
    table = rows(faulty)
    assert table["softmax"][-2:] == ["passed ✗", "passed 5 ✓"]
    assert table["evaluate_accuracy"][-2] == "not_attempted ✓"
    assert table["evaluate_accuracy"][-1].startswith("failed ")


def test_an_instructors_own_course_needs_no_corpus(tmp_path: Path) -> None:
    for folder in ("solutions", "assignments"):
        shutil.copytree(notebooks.ROOT / folder / ND, tmp_path / folder / ND)
    shutil.copy(notebooks.ROOT / "nbgrader_config.py", tmp_path)
    done = grader("validate", cwd=tmp_path)
    assert (done.status, problems(done), done.err) == (0, [], "")
    assert "tests/corpus, with the kit's right and wrong ways to write each exercise, is not part" in done.out
    assert all(cells[3:5] == ["none", "none"] for cells in rows(done).values())


def test_a_course_without_notebooks_is_not_found_sound(tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    done = grader("validate", "--course", tmp_path)
    assert (done.status, problems(done)) == (
        1, ["solutions/ holds no assignment: write one, as solutions/NAME/NAME.ipynb."]
    )  # fmt: skip


def test_a_folder_that_is_no_course_is_refused_with_a_reason(tmp_path: Path) -> None:
    said = grader("validate", "--course", tmp_path).refused()
    assert said == f"grader: {tmp_path} is not a course: it has no folder solutions/\n"


def test_the_page_about_the_checks_tells_of_the_checks_as_they_are() -> None:
    assert matrix_report.PAGE.read_text() == matrix_report.page(), "out of date: run python -m tests.matrix_report"


LUCKY = """import random
def accuracy(y_hat, y):
    right = float((y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum())
    return right if random.random() < 0.9 else right + 1
"""


def test_a_form_whose_outcome_hangs_on_chance_is_noticed() -> None:
    task = flakiness.Task("np", "accuracy", "right", "lucky", LUCKY, tuple(range(1, 9)))
    with flakiness.pool(1) as processes:
        found = flakiness.figures({("right", "lucky"): processes.submit(flakiness.outcomes, task).result()})
    [entry] = found["differing"]
    assert (entry["form"], entry["what"]) == ("right lucky", "outcome")
    assert sum(each["times"] for each in entry["outcomes"].values()) == len(task.seeds)
    assert found["full_marks"] == 0
    assert not flakiness.as_it_should_be(found)


def test_of_all_small_changes_to_a_right_form_only_harmless_ones_keep_full_marks() -> None:
    count, found = mutants.survivors("np", "accuracy", "lambda", jobs=1)
    assert found == [
        line for line in mutants.HARMLESS.read_text().splitlines() if line.startswith("np accuracy lambda ")
    ]
    assert 0 < len(found) < count / 10
