"""`grader validate`: finds nothing to mend in the kit, and names every fault of a course that has many."""

from __future__ import annotations

import copy
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.authors.new import new_exercise
from grader.course.course import Course
from tests import notebooks
from tests.command import Finished, grader

NOTHING = "No problems, in "


def problems(done: Finished) -> list[str]:
    """The sentences that it prints, one per line."""
    return re.findall(r"^\d+\. (.*)$", done.out, re.MULTILINE)


def rows(done: Finished) -> dict[str, list[str]]:
    """The tables' rows, by exercise."""
    split = [[cell.strip() for cell in line.strip("│").split("│")] for line in done.out.splitlines() if "│" in line]
    return {name: cells for name, *cells in split}


def make_course(root: Path, *exercises: str) -> Course:
    """A course elsewhere with these exercises, as `grader new` writes them, and its release as nbgrader makes it."""
    (root / "solutions").mkdir(parents=True)
    shutil.copy(notebooks.ROOT / "nbgrader_config.py", root)
    course = Course(root)
    for exercise in exercises:
        new_exercise(course, exercise, "np")
    for assignment in course.assignment_names:
        release(root, assignment)
    return course


def release(root: Path, assignment: str) -> None:
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", assignment, "--force", "--no-db"]
    subprocess.run(command, cwd=root, check=True, capture_output=True)


def test_there_is_nothing_to_mend_in_the_kit() -> None:
    done = grader("validate")
    assert problems(done) == []
    assert (done.status, done.err) == (0, "")
    assert NOTHING in done.out
    assert done.out.count("not_attempted ✓") == done.out.count("passed ") > 0
    assert "advice" not in done.out


def test_a_new_exercise_is_sound_from_the_first_minute(tmp_path: Path) -> None:
    """In a course that is not this repository: the folder, the notebook, the stub, the solution, the forms."""
    make_course(tmp_path, "week-one/double", "week-one/triple")
    done = grader("validate", "week-one", cwd=tmp_path)
    assert (done.status, problems(done), done.err) == (0, [], "")
    assert rows(done)["triple"][0:2] == ["1", "1"]
    assert rows(done)["triple"][3:5] == ["2", "2"]
    assert "advice: exercises/week_one/double has 2 right forms in flavour np; 6 say more." in done.out


README_FORMS = """#: right product | as the task says
def linreg(X, w, b):
    return np.dot(X, w) + b

#: right operator | with @
def linreg(X, w, b):
    return X @ w + b

#: wrong forgets_bias | [forgets_bias] no bias
def linreg(X, w, b):
    return np.dot(X, w)
"""


def test_the_example_in_the_readme_is_an_exercise(tmp_path: Path) -> None:
    """As printed: its types hold, its right forms pass, and its wrong one is named."""
    course = make_course(tmp_path, "week-one/linreg")
    folder = tmp_path / "exercises" / "week_one" / "linreg"
    [example] = re.findall(r"```python\n(.*?)```", (notebooks.ROOT / "README.md").read_text(), re.DOTALL)
    (folder / "exercise.py").write_text(example)
    (folder / "forms.py").write_text(README_FORMS)
    solution = course.root / "solutions/week-one/week-one.ipynb"
    text = solution.read_text().replace("def linreg(X)", "def linreg(X, w, b)").replace("2 * X", "np.dot(X, w) + b")
    solution.write_text(text)
    release(tmp_path, "week-one")
    assert grader("forms", "week_one/linreg", "--write", cwd=tmp_path).status == 0
    assert (folder / "outcomes.txt").read_text() == "forgets_bias: values=forgets_bias\n"
    done = grader("validate", cwd=tmp_path)
    assert (done.status, problems(done)) == (0, [])
    command = [sys.executable, "-m", "mypy", "--strict", str(folder / "exercise.py")]
    typed = subprocess.run(command, cwd=notebooks.ROOT, capture_output=True, text=True)
    assert typed.returncode == 0, typed.stdout


def test_a_course_is_validated_by_assignment(tmp_path: Path) -> None:
    make_course(tmp_path, "week-one/double", "week-two/half")
    (tmp_path / "exercises" / "week_two" / "half" / "forms.py").write_text("")
    assert grader("validate", "week-one", cwd=tmp_path).status == 0
    assert grader("validate", "week-two", cwd=tmp_path).status == 1
    said = grader("validate", "week-three", cwd=tmp_path).refused()
    assert said == "grader: this course has no assignment 'week-three'; it has week-one, week-two\n"


# -- a course with many faults: each is made by a function of the course's folder, and named by these sentences

Fault = Callable[[Path], object]
NAME = "sound"
FOLDER, SOLUTION, RELEASE = f"exercises/{NAME}", f"solutions/{NAME}/{NAME}.ipynb", f"assignments/{NAME}/{NAME}.ipynb"
SMALL = "solutions/small/small.ipynb"
EXERCISES = ("edited", "editable", "leaky", "failing", "printed", "careless", "stale", "unseen", "twins", "slip",
             "bare", "cluttered", "worthless", "fine")  # fmt: skip


def edit(path: Path, grade_id: str, change: Callable[[Any], object]) -> None:
    """Change one cell of a notebook as Jupyter would, leaving the file as nbgrader writes it otherwise."""
    notebook = nbformat.read(path, as_version=4)
    change(notebooks.cell(notebook, grade_id))
    nbformat.write(notebook, path)


def in_both(root: Path, grade_id: str, change: Callable[[Any], object]) -> None:
    """So that the release is in step with its solution."""
    for path in (SOLUTION, RELEASE):
        edit(root / path, grade_id, change)


def set_points(cell: Any) -> None:
    cell.metadata.nbgrader.points = 0


def comment(cell: Any) -> None:
    cell.source += "  # run me"


def unlock(cell: Any) -> None:
    cell.metadata.nbgrader.locked = False


def leave_output(cell: Any) -> None:
    cell.outputs = [nbformat.v4.new_output("stream", text="3.14\n")]


def solve_wrongly(cell: Any) -> None:
    cell.source = cell.source.replace("return 2 * X", "return 3 * X")


def release_the_solution(root: Path) -> None:
    source = "def leaky(X):\n    return 2 * X"
    edit(root / RELEASE, "leaky", lambda cell: cell.update(source=source))


def write(root: Path, file: str, text: str) -> Path:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def append(root: Path, file: str, text: str) -> None:
    write(root, file, (root / file).read_text() + text)


def small_notebook(root: Path) -> None:
    """An assignment whose cells are in disorder."""
    notebook = nbformat.read(root / SOLUTION, as_version=4)
    check, another = notebooks.cell(notebook, "check-fine"), notebooks.cell(notebook, "bare")
    graded = nbformat.v4.new_code_cell("assert True", id="extra", metadata={"nbgrader": dict(check.metadata.nbgrader)})
    graded.metadata.nbgrader.grade_id = "extra"
    again = copy.deepcopy(check)
    again.id = "again"
    notebook.cells = [check, notebooks.cell(notebook, "fine"), another, graded, again]
    notebook.metadata.softmark.exercises = NAME
    notebooks.write(notebook, root / SMALL)


def unknown_exercise(root: Path) -> None:
    notebook = nbformat.read(root / SOLUTION, as_version=4)
    notebook.metadata.softmark.exercises = NAME
    notebook.cells = [notebooks.cell(notebook, "check-fine")]
    notebook.cells[0].metadata.nbgrader.grade_id = "check-fien"
    notebooks.write(notebook, root / "solutions" / "typo" / "typo.ipynb")


CARELESS = '''from grader.checking import Exercise, check, misconception
EXERCISE = Exercise("carelss(X)", "0.0", needs=("lniear",))

@misconception(" ")
def forgets(X): ...

@misconception("the sign is wrong", like="negates")
def subtracts(X): ...

@check(points=1, hint="")
def values(student, rng):
    """careless(X) doubles X"""
    student.careless(rng.normal(size=3))

@check(points=0, hint="Multiply.")
def shapes(student, rng):
    student.careless(rng.normal(size=3))
'''
EMPTY = 'from grader.checking import Exercise\nEXERCISE = Exercise("lonely(X)", "0.0")\n'
GENEROUS = '''from grader.checking import Exercise, check, misconception
EXERCISE = Exercise("worthless(X)", "0.0")

@misconception("X is squared")
def squares(X):
    return X ** 2

@check(points=1, hint="Multiply.")
def values(student, rng):
    """worthless(X) gives something back"""
    student.worthless(rng.normal(size=3)).value.items
'''

UNSEEN = """#: right a | as the task says
def unseen(X):
    return 2 * X

#: wrong no_return | [returns_nothing] gives nothing back
def unseen(X):
    2 * X
"""

FAULTS: dict[str, tuple[Fault, list[str]]] = {
    "points of a check cell": (
        lambda root: in_both(root, "check-fine", set_points),
        [f"{SOLUTION}: cell check-fine is worth no points: set points"],
    ),
    "source of a check cell": (
        lambda root: in_both(root, "check-edited", comment),
        [f'{SOLUTION}: cell check-edited holds something else than check("edited"): make that its only line'],
    ),
    "a check cell that students can edit": (
        lambda root: in_both(root, "check-editable", unlock),
        [f"{SOLUTION}: cell check-editable is not locked: set locked to true"],
    ),
    "a stub that is solved": (
        release_the_solution,
        [f"{RELEASE}: the stub of leaky is graded as passed, not as not_attempted: it must raise",
         f"{RELEASE} is not what its solution gives (cell "],
    ),
    "a solution that fails": (
        lambda root: edit(root / SOLUTION, "failing", solve_wrongly),
        [f"{SOLUTION}: the solution of failing does not get full marks, in values "],
    ),
    "outputs": (
        lambda root: edit(root / SOLUTION, "printed", leave_output),
        [f"{SOLUTION} was saved with outputs (of cell "],
    ),
    "an exercise without hints, titles, sentences": (
        lambda root: write(root, f"{FOLDER}/careless/exercise.py", CARELESS),
        [f"{FOLDER}/careless: the signature 'carelss(X)' must begin with the folder's name, careless",
         f"{FOLDER}/careless: the check values has no hint: ",
         f"{FOLDER}/careless: the check shapes has no title: ",
         f"{FOLDER}/careless: the check shapes is worth 0 points: ",
         f"{FOLDER}/careless: needs names 'lniear', which ",
         f"{FOLDER}/careless: the misconception forgets has no sentence: ",
         f"{FOLDER}/careless: the misconception subtracts is said to be like negates, which there is not: ",
         f"{FOLDER}/careless/outcomes.txt is older than the forms (squares is not recognised",
         f"{FOLDER}/careless/forms.py has no wrong form that is recognised as ",
         f"{FOLDER}/careless/exercise.py: an answer", f"{FOLDER}/careless: an answer", f"{NAME}/careless: "],
    ),
    "an exercise that no notebook asks for": (
        lambda root: write(root, f"{FOLDER}/lonely/exercise.py", EMPTY),
        [f"{FOLDER}/lonely is asked for in no notebook: "],
    ),
    "a stale outcomes.txt": (
        lambda root: append(root, f"{FOLDER}/stale/forms.py", "\n#: wrong new | more\ndef stale(X):\n    return 0\n"),
        [f"{FOLDER}/stale/outcomes.txt is older than the forms (nothing is said of new, flavour np): bring it up to "
         f"date with grader forms {NAME}/stale --write"],
    ),
    "a misconception that no form shows": (
        lambda root: (write(root, f"{FOLDER}/unseen/outcomes.txt", "no_return: values=returns_nothing\n"),
                      write(root, f"{FOLDER}/unseen/forms.py", UNSEEN)),
        [f"{FOLDER}/unseen/forms.py has no wrong form that is recognised as squares in flavour np: "],
    ),
    "two forms of one name": (
        lambda root: append(root, f"{FOLDER}/twins/forms.py", 2 * "\n#: right twin | one of two\ntwins = 1\n"),
        [f"{FOLDER}/twins/forms.py, line "],
    ),
    "a header with a slip": (
        lambda root: append(root, f"{FOLDER}/slip/forms.py", "\n#: rigth last | with a slip\n"),
        [f"{FOLDER}/slip/forms.py, line "],
    ),
    "no forms": (
        lambda root: [write(root, f"{FOLDER}/bare/{name}", "") for name in ("forms.py", "outcomes.txt")],
        [f"{FOLDER}/bare/forms.py has no right form in flavour np: ",
         f"{FOLDER}/bare/forms.py has no wrong form in flavour np: "],
    ),
    "files that belong to nothing": (
        lambda root: write(root, f"{FOLDER}/cluttered/notes.txt", "to do"),
        [f"{FOLDER}/cluttered/notes.txt belongs to nothing: "],
    ),
    "a check that an answer breaks": (
        lambda root: write(root, f"{FOLDER}/worthless/exercise.py", GENEROUS),
        [f"{FOLDER}/worthless", f"{NAME}/worthless", f"{SOLUTION}: the solution of worthless meets an error of the "
         "grader's own, in values"],
    ),
    "a stray notebook": (
        lambda root: write(root, "solutions/Untitled.ipynb", "{}"),
        ["solutions/Untitled.ipynb is no assignment's notebook: "],
    ),
    "a stray file in the release": (
        lambda root: write(root, f"assignments/{NAME}/answers.txt", "42"),
        [f"assignments/{NAME}/answers.txt does not come from solutions/{NAME}/: "],
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
        ["solutions/typo/typo.ipynb: cell check-fien checks an exercise that neither "],
    ),
    "cells in disorder": (
        small_notebook,
        [f"{SMALL}: its metadata softmark.assignment is '{NAME}': make it 'small'",
         f"{SMALL}: two cells have the grade_id check-fine: ",
         f"{SMALL}: no cell fine stands above check-fine: ",
         f"{SMALL}: students write cell bare, and nothing grades it: ",
         f"{SMALL}: cell extra has points that the grader never gives: ",
         f"{SMALL}: cell check-fine is worth no points: ",
         "solutions/small: nbgrader makes no release of it (Notebook failed to validate"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """What is said of a course that has all the faults at once."""
    root = tmp_path_factory.mktemp("course")
    make_course(root, *(f"{NAME}/{name}" for name in EXERCISES))
    for make, _ in FAULTS.values():
        make(root)
    return grader("validate", cwd=root)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named(fault: str, faulty: Finished) -> None:
    sentences = FAULTS[fault][1]
    named = [any(problem.startswith(sentence) for problem in problems(faulty)) for sentence in sentences]
    # Of an exercise with many faults, some sentences only say where others may be named.
    assert all(named) or (fault in ("an exercise without hints, titles, sentences", "a check that an answer breaks")
                          and sum(named) >= len(named) - 5), (named, faulty.out)  # fmt: skip


def test_what_is_sound_is_not_accused(faulty: Finished) -> None:
    named = tuple(sentence for _, sentences in FAULTS.values() for sentence in sentences)
    assert [problem for problem in problems(faulty) if not problem.startswith(named)] == []
    assert (faulty.status, faulty.err) == (1, "")
    assert faulty.out.splitlines()[-1].startswith(f"{len(problems(faulty))} problems, in ")


def test_the_table_shows_where_to_look(faulty: Finished) -> None:
    table = rows(faulty)
    assert table["leaky"][-2:] == ["passed ✗", "passed 1 ✓"]
    assert table["failing"][-2] == "not_attempted ✓"
    assert table["failing"][-1].startswith("failed ")


def test_a_course_without_notebooks_is_not_found_sound(tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    done = grader("validate", "--course", tmp_path)
    assert (done.status, problems(done)) == (
        1, ["solutions/ holds no assignment: write one, as solutions/NAME/NAME.ipynb."]
    )  # fmt: skip


def test_a_folder_that_is_no_course_is_refused_with_a_reason(tmp_path: Path) -> None:
    said = grader("validate", "--course", tmp_path).refused()
    assert said == f"grader: {tmp_path} is not a course: it has no folder solutions/\n"


# -- grader new


@pytest.mark.parametrize(("name", "why"), [
    ("linreg", "names no exercise: write ASSIGNMENT/EXERCISE"),
    ("Week One/double", "names no exercise"),
    ("week-one/two words", "can be no function's name"),
    ("week-one/def", "can be no function's name"),
    ("week-one/sgd", "is written already, for several assignments"),
    ("week-one/double", "is there already"),
])  # fmt: skip
def test_a_name_that_will_not_do_is_refused_and_nothing_is_written(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "solutions").mkdir()
    shutil.copy(notebooks.ROOT / "nbgrader_config.py", tmp_path)
    (tmp_path / "exercises" / "week_one" / "double").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    assert why in grader("new", name, cwd=tmp_path).refused()
    assert sorted(tmp_path.rglob("*")) == before


def test_a_new_exercise_touches_its_folder_and_its_notebook_alone(tmp_path: Path) -> None:
    """In a copy of the kit: what is there stays byte by byte, and the new notebook is graded as any other."""
    kit = tmp_path / "kit"
    for folder in ("grader", "solutions", "assignments"):
        shutil.copytree(notebooks.ROOT / folder, kit / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(notebooks.ROOT / "nbgrader_config.py", kit)
    before = {path: path.read_bytes() for path in kit.rglob("*") if path.is_file()}
    anew: dict[str, Any] = {
        "python": Path(sys.executable),
        "cwd": kit,
        "environment": {"PYTHONPATH": str(kit)},
    }  # the copy's own code
    done = grader("new", "metrics/error_rate", "--flavour", "nd", **anew)
    assert done.status == 0, done
    after = {path: path.read_bytes() for path in kit.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    new = {str(path.relative_to(kit)) for path in after.keys() - before.keys()}
    assert {path: after.get(path) for path in before} == before
    assert {path.split("/")[0] for path in new} == {"grader", "solutions"}
    assert all(path.startswith(("grader/exercises/metrics/", "solutions/metrics/")) for path in new)
    graded = grader("grade", "solutions/metrics/metrics.ipynb", "--format", "json", **anew)
    [report] = graded.reports
    assert (report["score"], report["max_score"], report["data"]) == (1, 1, "none")
    assert "fashion" not in graded.out + graded.err
