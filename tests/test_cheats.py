"""Cheats earn nothing, learn nothing and leave nothing behind: tests/cheats, by both routes into the gradebook.

All of them are handed in to one course, beside somebody honest; many are shown to work on a grader that runs in the
student's own process, so that what is tried here is known to be worth trying.

SECURITY.md states how many there are of which class; ``python -m tests.test_cheats`` writes that anew.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert import HTMLExporter
from nbgrader.utils import determine_grade

from tests import notebooks
from tests.cheats import ALONE, FULL, Cheat, load
from tests.cheats.course import CANARY, HONEST, course_with, everything_in
from tests.cheats.naive import GRADERS, SETUP
from tests.nbgrader_course import Marks, NbgraderCourse

CHEATS = load()
EVERYONE = pytest.mark.parametrize("cheat", CHEATS, ids=[cheat.name for cheat in CHEATS])


def fooling(*graders: str) -> pytest.MarkDecorator:
    chosen = [cheat for cheat in CHEATS if cheat.fools in graders]
    return pytest.mark.parametrize("cheat", chosen, ids=[cheat.name for cheat in chosen])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with course_with(CHEATS, tmp_path_factory.mktemp("cheats")) as course:
        yield course


def _strays() -> set[str]:
    """What lies where everybody may write, under the names that the cheats give to what they leave."""
    places = (Path(tempfile.gettempdir()), Path("/dev/shm"), Path.cwd(), notebooks.ROOT, Path(sys.prefix))
    return {str(path) for place in places for path in place.glob("left*")}


@pytest.fixture(scope="module")
def reports(course: NbgraderCourse) -> dict[str, Any]:
    """By student: what `grader grade` says, which changes no file of the course and leaves none elsewhere."""
    before = everything_in(course.root)
    done = course.grader("grade", "submitted", "--format", "json", "--seed", "7")
    assert done.status == 0, done.err
    assert everything_in(course.root) == before
    assert _strays() == set()
    return {report["student"]: report for report in done.reports}


@EVERYONE
def test_a_cheat_earns_nothing_and_learns_nothing(reports: dict[str, Any], cheat: Cheat) -> None:
    report = reports[cheat.name]
    assert report["score"] == cheat.earns, cheat.idea
    assert [check for e in report["exercises"] for check in e["checks"] if check["outcome"] == "error"] == []
    assert CANARY not in json.dumps(report)


@pytest.mark.parametrize("cheat", [cheat for cheat in CHEATS if cheat.flagged], ids=lambda cheat: str(cheat.name))
def test_the_instructor_is_told_where_it_is_unambiguous(reports: dict[str, Any], cheat: Cheat) -> None:
    assert cheat.flagged is not None
    assert [note for note in reports[cheat.name]["notes"] if re.search(cheat.flagged, note)]


def test_nobody_else_is_concerned(reports: dict[str, Any]) -> None:
    """The honest come first, in the middle and last, and get the same report, time and names apart."""
    own = ("student", "submission", "seconds")
    honest = [{key: value for key, value in reports[name].items() if key not in own} for name in HONEST]
    assert honest[0]["score"] == honest[0]["max_score"]
    assert honest == [honest[0]] * len(HONEST)
    assert not [note for note in honest[0]["notes"] if "suspicious" in note]


# -- by nbgrader's own commands


@pytest.fixture(scope="module")
def autograded(course: NbgraderCourse, reports: dict[str, Any]) -> Marks:
    """What `nbgrader autograde` writes into the gradebook; then feedback is made of it."""
    before = everything_in(course.root / "submitted"), everything_in(course.root / "solutions")
    marks: Marks = {}
    for assignment in (ALONE, FULL):
        course.teacher.nbgrader("autograde", assignment, f"--db=sqlite:///{course.root}/gradebook.db")
        course.teacher.nbgrader("generate_feedback", assignment)
        marks |= course.marks(assignment)
    assert (everything_in(course.root / "submitted"), everything_in(course.root / "solutions")) == before
    assert _strays() == set()
    return marks


@EVERYONE
def test_the_gradebook_holds_no_point_that_was_not_earned(autograded: Marks, cheat: Cheat) -> None:
    given = {name: mark.auto for name, mark in autograded[cheat.name].items() if mark.auto}
    assert sum(given.values()) == cheat.earns, given
    questions = [mark for name, mark in autograded[cheat.name].items() if name.startswith("question")]
    assert all(mark.score == 0 for mark in questions)


def test_the_gradebook_treats_the_honest_alike(autograded: Marks) -> None:
    assert autograded[HONEST[0]]["check-softmax"].score == autograded[HONEST[0]]["check-softmax"].of == 5
    assert [autograded[name] for name in HONEST] == [autograded[HONEST[0]]] * len(HONEST)


@EVERYONE
def test_the_feedback_is_harmless_and_tells_nothing(course: NbgraderCourse, autograded: Marks, cheat: Cheat) -> None:
    folder = course.root / "feedback" / cheat.name / cheat.assignment
    page = (folder / f"{cheat.assignment}.html").read_text()
    assert dangers(page) == []
    # The student's own work may hold the words; what was found of somebody else's may not stand beside it.
    copy = nbformat.read(course.root / "autograded" / cheat.name / cheat.assignment / f"{cheat.assignment}.ipynb", 4)
    shown = json.dumps([cell.get("outputs", []) for cell in copy.cells])
    assert CANARY not in shown
    assert cheat.leak is None or cheat.leak not in shown


# Elements and attributes by which a page can act, or be covered; and whatever the cheats themselves would run.
_ACTING = ("iframe", "object", "embed", "base", "form", "svg", "math", "animate")
_SCRIPTS = re.compile(r"^\s*(java|vb)\s*script:|^data:(?!image/(png|jpeg|gif))|/formgrader/", re.I)


def dangers(page: str) -> list[str]:
    """What on a page would run, or lead a click astray, and was put there by a submission."""
    found = []
    for tag in BeautifulSoup(page, "html.parser").find_all(True):
        text = str(tag)[:200]
        if tag.name in _ACTING or (tag.name == "meta" and str(tag.get("http-equiv")).lower() == "refresh"):
            found.append(text)
        if tag.name in ("script", "style", "link") and re.search(r"owned|5 / 5|example\.org", str(tag)):
            found.append(text)
        if tag.name == "p" and "score" in str(tag.get("class")):
            found.append(text)
        for name, value in tag.attrs.items():
            address = re.sub(r"[\x00-\x20]", "", str(value))
            if name.startswith("on") or (name in ("href", "src", "srcdoc", "action") and _SCRIPTS.search(address)):
                found.append(f"{name}={value}"[:200])
            if name == "style" and "position" in str(value):
                found.append(f"{name}={value}"[:200])
    return found


# -- what they do to others


@pytest.fixture(scope="module")
def naive() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.cheats.naive"],
        cwd=notebooks.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    yield process
    os.killpg(process.pid, signal.SIGKILL)  # with what the cheats have left running
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


def _gives_full_marks(naive: subprocess.Popen[str], cell: str, grader: str) -> bool:
    assert naive.stdin is not None
    assert naive.stdout is not None
    naive.stdin.write(json.dumps({"cells": [cell], "grader": grader}) + "\n")
    naive.stdin.flush()
    return {"0": True, "1": False}[naive.stdout.readline().strip()]


@fooling(*GRADERS)
def test_a_grader_in_the_students_process_gives_it_full_marks(naive: subprocess.Popen[str], cheat: Cheat) -> None:
    assert cheat.fools is not None
    plainly_wrong = "def softmax(X): return None" if cheat.fools == "types" else "def softmax(X): return X * 1"
    assert not _gives_full_marks(naive, plainly_wrong, cheat.fools)
    assert _gives_full_marks(naive, cheat.code, cheat.fools)


@fooling("outputs")
def test_nbgrader_would_believe_its_outputs(cheat: Cheat) -> None:
    notebook = nbformat.from_dict(cheat.notebook("."))
    notebook.pop("files", None)
    graded = [cell for cell in notebook.cells if cell.metadata.nbgrader.get("points", 0) and cell.get("outputs")]
    assert max(determine_grade(cell)[0] or 0 for cell in graded) >= 5  # type: ignore[no-untyped-call]


@fooling("page")
def test_nbconvert_would_show_it_as_it_is(cheat: Cheat) -> None:
    exporter = HTMLExporter(template_name="classic")  # type: ignore[no-untyped-call]
    plain = exporter.from_notebook_node(notebooks.released("np"))[0]
    page = exporter.from_notebook_node(nbformat.from_dict(cheat.notebook(".")))[0]
    assert set(dangers(page)) - set(dangers(plain))


@fooling("reads", "oracle module")
def test_outside_a_sandbox_it_finds_what_it_looks_for(course: NbgraderCourse, cheat: Cheat) -> None:
    cells = [SETUP, cheat.code.replace("@course@", str(course.root))]
    if cheat.fools == "oracle module":
        cells.append(f"if abs(float(softmax(np.array([[0.0, 1.0]]))[0, 1]) - 0.7310586) < 1e-6: print({CANARY!r})")
    program = "import grader\nfrom IPython.core.interactiveshell import InteractiveShell\n"
    program += f"for cell in {cells!r}: InteractiveShell.instance().run_cell(cell)"
    with tempfile.TemporaryFile() as secret:
        secret.write(CANARY.encode())
        secret.flush()
        done = subprocess.run(
            [sys.executable, "-c", program, CANARY], env=course.teacher.environment, pass_fds=[secret.fileno()],
            cwd=course.submitted(HONEST[0], ALONE).parent, capture_output=True, text=True, errors="replace",
            check=False, timeout=60,
        )  # fmt: skip
    assert CANARY in done.stdout, done.stderr[-500:]


# -- SECURITY.md

PAGE = notebooks.ROOT / "SECURITY.md"
_FIGURES = re.compile(r"(<!-- figures -->\n).*(<!-- end of figures)", re.DOTALL)


def figures() -> str:
    """A table: how many cheats of each class, and how many of them are shown to work elsewhere."""
    rows = ["| class | attacks | fool a plain grader |", "|---|---:|---:|"]
    for group in dict.fromkeys(cheat.group for cheat in CHEATS):
        of_group = [cheat for cheat in CHEATS if cheat.group == group]
        idea = inspect.cleandoc(sys.modules[f"tests.cheats.{group}"].__doc__ or "").split(".")[0]
        rows.append(f"| {group}: {idea[0].lower()}{idea[1:]} | {len(of_group)} | {_fooling(of_group)} |")
    rows.append(f"| all | {len(CHEATS)} | {_fooling(CHEATS)} |")
    return "\n".join([*rows, ""])


def _fooling(cheats: list[Cheat]) -> int:
    return sum(cheat.fools is not None for cheat in cheats)


def with_figures(page: str) -> str:
    return _FIGURES.sub(lambda found: found[1] + figures() + found[2], page)


def test_the_page_on_security_states_what_the_corpus_holds() -> None:
    assert with_figures(PAGE.read_text()) == PAGE.read_text()


if __name__ == "__main__":
    PAGE.write_text(with_figures(PAGE.read_text()))
