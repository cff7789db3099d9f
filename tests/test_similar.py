"""`grader report --similar`: which submissions resemble each other, once what everybody was given is left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from grader.classroom.similar import LEAST
from tests.command import Finished
from tests.nbgrader_course import NbgraderCourse, nbgrader_course
from tests.notebooks import SMALL, cell

NAME = SMALL["np"]
INTO = ("--gradebook", "sqlite:///gradebook.db")
OWN = """
def sigmoid(X):
    positive = np.exp(-np.abs(X))
    answer = []
    for entry, power in zip(X.reshape(-1), positive.reshape(-1)):
        answer.append(1 / (1 + power) if float(entry.item()) >= 0 else power / (1 + power))
    return np.stack(answer).reshape(X.shape)
"""
RENAMED = OWN.replace("positive", "p").replace("answer", "result").replace("entry", "x") + "    # my very own idea\n"
OTHER = """
def sigmoid(X):
    lower, upper = np.minimum(X, 0), np.maximum(X, 0)
    while False:
        raise RuntimeError("never")
    top = np.exp(lower)
    bottom = np.exp(-upper) + np.exp(lower)
    return top / bottom if True else None
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with nbgrader_course(tmp_path_factory.mktemp("similar")) as course:
        # ada and ben have handed in the solution as it is, but for one answer; fay and gil that alone.
        for student, text in {"ada": OWN, "ben": RENAMED, "cleo": OTHER, "fay": "", "gil": ""}.items():
            notebook = SMALL.solved("np", "descend")
            if text:
                cell(notebook, "sigmoid").source = text
            course.hand_in(student, NAME, notebook)
        course.teacher.nbgrader("generate_assignment", NAME)
        done = course.grader("grade", "submitted", *INTO, "--jobs", "1", "--format", "json")
        assert done.status == 0, done
        (course.root / "reports.jsonl").write_text(done.out)
        yield course


def _report(course: NbgraderCourse, *options: str) -> Finished:
    shutil.rmtree(course.root / "reports", ignore_errors=True)
    return course.grader("report", *options)


def test_a_copy_with_other_names_is_shown_and_what_all_were_given_is_not(course: NbgraderCourse) -> None:
    done = _report(course, "--similar")
    assert (done.status, done.err) == (0, "")
    page = BeautifulSoup((course.root / "reports" / f"{NAME}.html").read_text(), "html.parser")
    (region,) = page.select('[aria-label="Similar submissions"]')
    rows = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in region.select("tbody tr")]
    assert rows == [["100 %", "ada", "ben"]]
    assert len(region.select("a")) == 2
    text = " ".join(page.get_text(" ").split())
    assert "A hint to look, never a verdict." in text
    assert f"only where both have {LEAST} characters of it" in text


def test_nothing_is_said_of_it_unless_it_is_asked_for(course: NbgraderCourse) -> None:
    assert _report(course).status == 0
    assert "Similar submissions" not in (course.root / "reports" / f"{NAME}.html").read_text()


@pytest.mark.parametrize("options", [("reports.jsonl",), ("--anonymous",)])
def test_without_the_notebooks_it_says_what_it_needs(course: NbgraderCourse, options: tuple[str, ...]) -> None:
    done = _report(course, "--similar", *options)
    assert done.status == 2
    assert "--similar reads the graded notebooks" in done.err
    assert not (course.root / "reports").exists()


def test_a_notebook_that_was_changed_since_does_no_harm(course: NbgraderCourse) -> None:
    path = Path(course.root / "autograded" / "cleo" / NAME / f"{NAME}.ipynb")
    notebook = nbformat.read(path, 4)
    notebook.cells.append(nbformat.v4.new_code_cell("(" * 50 + "'''"))
    nbformat.write(notebook, path)
    assert _report(course, "--similar").status == 0
