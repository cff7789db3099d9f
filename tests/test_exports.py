"""`nbgrader export` with the kit's exporters and its own, on a gradebook with everything that a term brings."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from grader.nbgrader.exports import no_formula
from tests.command import Finished
from tests.nbgrader_course import NbgraderCourse, nbgrader_course
from tests.notebooks import SMALL

NAME, OTHER = SMALL["np"], SMALL["nd"]
QUESTION = "question-sign"

# By student id: what an LMS needs to know.
STUDENTS = {
    "ada": {"first_name": "Ada", "last_name": "Lovelace, Countess", "email": "ada@example.org", "lms_user_id": "417"},
    "jose": {"first_name": "José", "last_name": "Peña", "email": "jose@example.org"},
    "late": {"first_name": "Lara", "last_name": "Tardy"},
    "absent": {"first_name": "Abe", "last_name": "Away"},
    "=1+1": {"first_name": "=HYPERLINK(1)", "last_name": "@SUM(A1)", "email": "+44@example.org"},
    "nameless": {},
}

Rows = list[dict[str, str]]
CANVAS, MOODLE = (
    "--exporter=grader.nbgrader.exports.CanvasExporter",
    "--exporter=grader.nbgrader.exports.MoodleExporter",
)


@dataclass(frozen=True)
class Table:
    """A file as a program reads it that knows CSV, and what the command said; `rows` without Canvas's second line."""

    header: list[str]
    rows: Rows
    said: str

    def by(self, column: str) -> dict[str, dict[str, str]]:
        return {row[column]: row for row in self.rows}


class Exports:
    """A course whose gradebook is full."""

    def __init__(self, course: NbgraderCourse) -> None:
        self.course = course

    def run(self, *args: str, status: int = 0) -> Finished:
        return self.course.teacher.nbgrader("export", *args, status=status)

    def table(self, *args: str) -> Table:
        done = self.run("--to=out.csv", *args)
        with open(self.course.root / "out.csv", newline="", encoding="utf-8") as file:
            table = csv.DictReader(file)
            return Table(list(table.fieldnames or []), list(table), done.err)


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exports]:
    with nbgrader_course(tmp_path_factory.mktemp("exports")) as course:
        course.teacher.nbgrader("generate_assignment", NAME)
        with course.gradebook() as gradebook:
            gradebook.add_assignment(OTHER)
            for student, facts in STUDENTS.items():
                gradebook.add_student(student, **facts)
            _hand_in(gradebook, "ada", extra_credit=0.1, manual=1.5)
            _hand_in(gradebook, "jose", manual=2)
            _hand_in(gradebook, "late", manual=0, penalty=4)
            _hand_in(gradebook, "=1+1", penalty=1000)
            gradebook.db.commit()
        yield Exports(course)


@pytest.fixture(scope="module")
def canvas(exports: Exports) -> Table:
    return exports.table(CANVAS)


@pytest.fixture(scope="module")
def moodle(exports: Exports) -> Table:
    return exports.table(MOODLE)


def _hand_in(
    gradebook: Any, student: str, *, extra_credit: float = 0, manual: float | None = None, penalty: float = 0
) -> None:
    """A submission with 4.1 points from the judge; its written answer is graded where `manual` is given."""
    with gradebook.db.no_autoflush:
        submission = gradebook.add_submission(NAME, student)
    (notebook,) = submission.notebooks
    notebook.late_submission_penalty = penalty
    for grade in notebook.grades:
        grade.needs_manual_grade = False
    grade = gradebook.find_grade("check-sigmoid", NAME, NAME, student)
    grade.auto_score, grade.extra_credit = 4.1, extra_credit
    answer = gradebook.find_grade(QUESTION, NAME, NAME, student)
    answer.manual_score, answer.needs_manual_grade = manual, manual is None


# -- nbgrader's own


def test_nbgraders_own_export_has_every_student_and_assignment(exports: Exports) -> None:
    table = exports.table("--student=['ada','jose','late','absent']")
    assert table.header == [
        "assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
        "late_submission_penalty", "score", "max_score",
    ]  # fmt: skip
    assert len(table.rows) == 2 * 4
    jose = next(row for row in table.rows if (row["assignment"], row["student_id"]) == (NAME, "jose"))
    assert float(jose["score"]) == pytest.approx(6.1)
    assert float(jose["max_score"]) == 23


# -- Canvas


def test_the_canvas_file_has_the_columns_that_canvas_reads(canvas: Table) -> None:
    assert canvas.header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME, OTHER]
    possible, *students = canvas.rows
    assert possible["Student"].strip() == "Points Possible"
    assert [float(possible[name]) for name in (NAME, OTHER)] == [23, 0]
    assert len(students) == len(STUDENTS)


def test_canvas_finds_a_student_by_number_login_or_name(canvas: Table) -> None:
    found = {login: (row["Student"], row["ID"]) for login, row in canvas.by("SIS Login ID").items()}
    assert found["ada"] == ("Lovelace, Countess, Ada", "417")
    assert found["jose"] == ("Peña, José", "")
    assert found["nameless"] == ("nameless", "")


# -- Moodle


def test_the_moodle_file_identifies_students_in_each_way_that_moodle_knows(moodle: Table) -> None:
    assert moodle.header == ["First name", "Last name", "Username", "User ID", "Email address", NAME, OTHER]
    ada = moodle.by("Username")["ada"]
    assert [ada[column] for column in moodle.header[:5]] == [
        "Ada", "Lovelace, Countess", "ada", "417", "ada@example.org",
    ]  # fmt: skip
    assert len(moodle.rows) == len(STUDENTS)


# -- both


def test_scores_are_those_of_the_gradebook(exports: Exports, canvas: Table, moodle: Table) -> None:
    """With manual grades and extra credit, less the late penalty, never below 0."""
    for rows in (canvas.by("SIS Login ID"), moodle.by("Username")):
        assert {student: rows[student][NAME] for student in ("ada", "jose", "late", "'=1+1")} == {
            "ada": "5.7", "jose": "6.1", "late": "0.1", "'=1+1": "0.0",
        }  # fmt: skip
    with exports.course.gradebook() as gradebook:
        for student in ("ada", "jose", "late"):
            submission = gradebook.find_submission(NAME, student)
            expected = submission.score - submission.late_submission_penalty
            assert float(canvas.by("SIS Login ID")[student][NAME]) == pytest.approx(expected)


def test_who_has_handed_in_nothing_has_no_score_rather_than_0(canvas: Table, moodle: Table) -> None:
    absent = canvas.by("SIS Login ID")["absent"], moodle.by("Username")["absent"]
    assert [(row[NAME], row[OTHER]) for row in absent] == [("", ""), ("-", "-")]


def test_assignments_and_students_can_be_chosen(exports: Exports) -> None:
    table = exports.table(MOODLE, f"--assignment={NAME}", "--student=['jose','absent']")
    assert table.header[5:] == [NAME]
    assert sorted(table.by("Username")) == ["absent", "jose"]


def test_nothing_a_student_is_called_becomes_a_formula(canvas: Table, moodle: Table) -> None:
    for table in (canvas, moodle):
        cells = [cell for row in table.rows for cell in row.values()]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@")) and cell != "-"]
        assert "=1+1 stands there as '=1+1" in table.said
    malicious = moodle.by("Username")["'=1+1"]
    assert (malicious["First name"], malicious["Last name"]) == ("'=HYPERLINK(1)", "'@SUM(A1)")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " =1", "\t=1", "\r\n=1", "＝1", "－1+1"])
def test_a_formula_is_known_behind_spaces_and_in_full_width(text: str) -> None:
    assert no_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "-", "ada", "a=b", "O'Neill", "Ada-Marie"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert no_formula(text) == text


def test_answers_that_nobody_has_graded_yet_are_named(canvas: Table) -> None:
    assert f"{NAME}: parts of it still wait for a person to grade them, and count as they stand: =1+1" in canvas.said


@pytest.mark.parametrize(
    ("args", "says"),
    [
        ("--assignment=sigmoid", "the gradebook has no assignment 'sigmoid' (nbgrader db assignment list)"),
        ("--student=zoe", "the gradebook has no student 'zoe' (nbgrader db student list)"),
        ("--to=no/folder.csv", "the grades cannot be written to no/folder.csv (No such file or directory)"),
    ],
)
def test_what_cannot_be_exported_is_said_in_one_sentence(exports: Exports, args: str, says: str) -> None:
    done = exports.run(CANVAS, args, status=1)
    assert says in done.err
    assert "Traceback" not in done.err
    assert not (exports.course.root / "canvas.csv").exists()


def test_a_file_that_was_there_is_replaced_whole_or_not_at_all(exports: Exports) -> None:
    old = exports.course.root / "kept" / "canvas.csv"
    old.parent.mkdir()
    old.write_text("old")
    exports.run(CANVAS, "--to=kept/canvas.csv", "--student=zoe", status=1)
    assert old.read_text() == "old"
    exports.run(CANVAS, "--to=kept/canvas.csv")
    assert old.read_text(encoding="utf-8").startswith("Student,ID,")
    assert list(old.parent.iterdir()) == [old]
