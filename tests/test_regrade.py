"""`grader regrade`: a check was mended; who gains, who loses, by which check and why, before anything is written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command import Finished, forking, in_small_course
from tests.gradebooks import rows
from tests.notebooks import SMALL, write

NAME = SMALL["np"]
BOOK = "sqlite:///gradebook.db"
CLASS = {
    "ada": {},
    "ben": {"double": "def double(X):\n    return 2 * X + 1e-3"},  # right enough for nobody, until the check is mended
    "cleo": {"double": "def double(X):\n    return abs(2 * X)"},
    "dan": {"sigmoid": "def sigmoid(X):\n    return 1 / (1 + np.exp(X))"},
}
Grader = Callable[..., Finished]


def change(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose class is graded and in the gradebook."""
    root = tmp_path_factory.mktemp("regrade") / "course"
    shutil.copytree(SMALL.root, root)
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])  # nbgrader starts alembic
    release = ("generate_assignment", NAME, "--force")
    made = forking("nbgrader").start(release, root, {**os.environ, "PATH": programs}, program="nbgrader").finish()
    assert made.status == 0, made
    for student, cells in CLASS.items():
        write(SMALL.with_cells("np", **cells), root / "submitted" / student / NAME / f"{NAME}.ipynb")
    done = in_small_course("grade", "submitted", "--gradebook", BOOK, "--jobs", "1", cwd=root)
    assert done.status == 0, done
    return root


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    shutil.copytree(graded, tmp_path / "course")
    return tmp_path / "course"


def regrade(course: Path, *args: str) -> Finished:
    return in_small_course("regrade", *args, "--jobs", "1", cwd=course)


def totals(course: Path) -> dict[str, float]:
    return {student: row["notebook"]["score"] for student, row in rows(f"sqlite:///{course}/gradebook.db").items()}


def mend(course: Path) -> None:
    """More is allowed at double's values, and a number below 0 is asked for there, too."""
    change(course / "exercises" / "first_steps" / "double" / "exercise.py",
           ("rng.uniform(3, 9, size=(3, 2))", "rng.uniform(-9, -3, size=(3, 2))"),
           ("close_to(double(X), oracle=double)", "close_to(double(X), oracle=double, atol=0.01)"))  # fmt: skip


def test_where_nothing_has_changed_nobody_gains_or_loses(course: Path) -> None:
    done = regrade(course)
    assert (done.status, done.err) == (0, "")
    assert "4 graded again: 0 gain, 0 lose, 4 keep their points" in done.out


def test_it_says_who_gains_and_who_loses_and_writes_nothing(course: Path) -> None:
    before = totals(course)
    mend(course)
    done = regrade(course, NAME)
    assert done.status == 0, done
    assert "4 graded again: 1 gain, 1 lose, 2 keep their points" in done.out
    assert "1 at double/below_zero: its checks have changed" in done.out
    assert done.out.count("its checks have changed") >= 3
    assert "dan" not in done.out
    assert totals(course) == before


def test_with_never_lower_only_who_gains_is_written(course: Path) -> None:
    before = totals(course)
    mend(course)
    done = regrade(course, "--write", BOOK, "--never-lower")
    assert (done.status, done.err) == (0, "")
    assert f"1 written to {BOOK}" in done.out
    after = totals(course)
    assert after["ben"] > before["ben"]
    assert {name: after[name] for name in ("ada", "cleo", "dan")} == {
        name: before[name] for name in ("ada", "cleo", "dan")
    }
    # What was written is what is graded from now on.
    assert "0 gain" in regrade(course, "--student", "ben").out


def test_all_that_differs_is_written_otherwise(course: Path) -> None:
    before = totals(course)
    mend(course)
    assert "2 written" in regrade(course, "--write", BOOK).out
    after = totals(course)
    assert after["cleo"] < before["cleo"]
    assert after["ben"] > before["ben"]


def test_one_group_is_graded_again_alone(course: Path) -> None:
    for options, count in (
        (("--student", "dan"), 1), (("--failed", "below_zero"), 2), (("--holds", "loses_the_sign"), 1),
    ):  # fmt: skip
        assert f"{count} graded again" in regrade(course, *options).out


def test_new_inputs_are_given_as_a_reason(course: Path) -> None:
    change(course / "submitted" / "dan" / NAME / f"{NAME}.ipynb", ("1 / (1 + np.exp(X))", "1 / (1 + np.exp(-X))"))
    assert "1 gain" in regrade(course, "--student", "dan", "--new-seeds").out
    assert "other inputs" in regrade(course, "--student", "dan", "--new-seeds").out


@pytest.mark.parametrize(("options", "why"), [
    (("--student", "nobody"), "no graded submission is among those"),
    (("--never-lower",), "--never-lower is about a gradebook"),
    (("else",), "this course has no assignment 'else'"),
])  # fmt: skip
def test_what_cannot_be_done_is_said(course: Path, options: tuple[str, ...], why: str) -> None:
    assert why in regrade(course, *options).refused()


def test_a_submission_that_is_gone_is_named(course: Path) -> None:
    shutil.rmtree(course / "submitted" / "dan")
    assert "submitted/dan/first-steps holds no notebook that was graded" in regrade(course).refused()
