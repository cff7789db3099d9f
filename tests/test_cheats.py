"""Cheats earn nothing, learn nothing and leave nothing behind: tests/cheats, by both routes into the gradebook.

All of them are handed in to one course, beside somebody honest, and graded by `grader grade`. `nbgrader autograde`
has the same judge before the same slot: by it go those that attack what nbgrader itself reads or shows, and of the
others every fourth. Feedback pages are made of these, and of those that try to carry something out.
test_cheats_elsewhere.py shows of many that they work where they are not kept from it.

SECURITY.md states how many there are of which class; ``python -m tests.test_cheats`` writes that anew.
"""

from __future__ import annotations

import inspect
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import notebooks
from tests.cheats import ALONE, FULL, Cheat, load
from tests.cheats.course import CANARY, HONEST, course_with, everything_in
from tests.cheats.dangers import dangers
from tests.nbgrader_course import Marks, NbgraderCourse

CHEATS = load()


@dataclass(frozen=True)
class Route:
    """A way into a gradebook: whose it is, and where it leaves the graded notebooks and the feedback."""

    name: str
    database: str
    folders: tuple[str, str]

    def __str__(self) -> str:
        return self.name


KIT = Route("grader", "gradebook.db", ("autograded", "feedback"))
STOCK = Route("nbgrader", "stock.db", ("stock-autograded", "stock-feedback"))
_OTHERS = [cheat for cheat in CHEATS if cheat.group not in ("metadata", "pages")]
BY_NBGRADER = [cheat for cheat in CHEATS if cheat not in _OTHERS or cheat in _OTHERS[::4]]
WITH_PAGES = {KIT: [cheat for cheat in CHEATS if cheat in BY_NBGRADER or cheat.group == "reading" or cheat.leak],
              STOCK: BY_NBGRADER}  # fmt: skip

EVERYONE = pytest.mark.parametrize("cheat", CHEATS, ids=[cheat.name for cheat in CHEATS])

BOTH_ROUTES = pytest.mark.parametrize(
    ("route", "cheat"),
    [pytest.param(route, cheat, id=f"{route}-{cheat.name}")
     for route, cheats in ((KIT, CHEATS), (STOCK, BY_NBGRADER)) for cheat in cheats],
)  # fmt: skip


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
    """By student: what `grader grade` says, which changes nothing in the course but what it is told to write."""
    shutil.copy(course.root / "gradebook.db", course.root / STOCK.database)
    written = (KIT.database, *KIT.folders)
    before = everything_in(course.root, but=written)
    options = ("--gradebook", f"sqlite:///{KIT.database}", "--format", "json", "--seed", "7")
    done = course.grader("grade", "submitted", *options)
    assert done.status == 0, done.err
    pages = course.grader("grade", *(f"submitted/{cheat.name}" for cheat in WITH_PAGES[KIT]), *options, "--feedback")
    assert pages.status == 0, pages.err
    assert everything_in(course.root, but=written) == before
    handed_in = set(everything_in(course.root / "submitted"))
    allowed = handed_in | {str(Path(path).with_suffix(".html")) for path in handed_in if path.endswith(".ipynb")}
    for folder in KIT.folders:
        assert set(everything_in(course.root / folder)) <= allowed
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


# -- what is written into the gradebook, the graded notebooks and the feedback


@pytest.fixture(scope="module")
def recorded(course: NbgraderCourse, reports: dict[str, Any]) -> dict[Route, Marks]:
    """By route: the gradebook's rows."""
    before = everything_in(course.root / "submitted"), everything_in(course.root / "solutions")
    others = ",".join(cheat.name for cheat in CHEATS if cheat not in BY_NBGRADER)
    places = [
        f"--CourseDirectory.{name}_directory={folder}"
        for name, folder in zip(("autograded", "feedback"), STOCK.folders, strict=True)
    ]
    for assignment in (ALONE, FULL):
        options = [f"--db=sqlite:///{STOCK.database}", f"--CourseDirectory.student_id_exclude={others}", *places]
        course.teacher.nbgrader("autograde", assignment, *options)
        course.teacher.nbgrader("generate_feedback", assignment, *options)
    assert (everything_in(course.root / "submitted"), everything_in(course.root / "solutions")) == before
    assert _strays() == set()
    return {route: course.marks(ALONE, route.database) | course.marks(FULL, route.database) for route in (KIT, STOCK)}


@BOTH_ROUTES
def test_the_gradebook_holds_no_point_that_was_not_earned(
    recorded: dict[Route, Marks], route: Route, cheat: Cheat
) -> None:
    marks = recorded[route][cheat.name]
    given = {name: mark.auto for name, mark in marks.items() if mark.auto}
    assert sum(given.values()) == cheat.earns, given
    assert all(mark.score == 0 for name, mark in marks.items() if name.startswith("question"))


@pytest.mark.parametrize("route", [KIT, STOCK], ids=str)
def test_the_gradebook_treats_the_honest_alike(recorded: dict[Route, Marks], route: Route) -> None:
    marks = [recorded[route][name] for name in HONEST]
    assert marks[0]["check-softmax"].score == marks[0]["check-softmax"].of == 5
    assert marks == [marks[0]] * len(HONEST)


@BOTH_ROUTES
def test_the_feedback_is_harmless_and_tells_nothing(
    course: NbgraderCourse, recorded: dict[Route, Marks], route: Route, cheat: Cheat
) -> None:
    autograded, feedback = (course.root / folder / cheat.name / cheat.assignment for folder in route.folders)
    if cheat in WITH_PAGES[route]:
        assert dangers((feedback / f"{cheat.assignment}.html").read_text()) == []
    # The student's own work may hold the words; what was found of somebody else's may not stand beside it.
    copy = json.loads((autograded / f"{cheat.assignment}.ipynb").read_text())
    shown = json.dumps([cell.get("outputs", []) for cell in copy["cells"]])
    assert CANARY not in shown
    assert cheat.leak is None or cheat.leak not in shown


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
