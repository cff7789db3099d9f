"""A term in one course, by nbgrader's own commands: alice and bob use the exchange, carol an LMS, others cheat.

Each fixture is one step and needs the one before; a test looks at what a step has left behind.
"""

from __future__ import annotations

import csv
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.command import Finished
from tests.nbgrader_course import Account, Mark, Marks, NbgraderCourse, nbgrader_course
from tests.nbgrader_students import ANSWER, CHATTER, NO_MINUS, PICTURE, QUESTIONS, TAMPERED, add_code, remove, solve
from tests.notebooks import ROOT, SMALL, cell

NAME = SMALL["np"]
DUE = datetime.now(UTC).replace(microsecond=0) + timedelta(days=1)
COMMENT = "Well put: and what would a **second** opinion cost?"


def automatic(marks: dict[str, Mark]) -> dict[str, float | None]:
    return {name.removeprefix("check-"): mark.auto for name, mark in marks.items() if name.startswith("check-")}


def judged(course: NbgraderCourse, *paths: str) -> dict[str, tuple[int, dict[str, float]]]:
    """The seed and the scores, by exercise, that `grader grade --format json` reports, by student."""
    reports = course.grader("grade", *paths, "--jobs", "1", "--format", "json").reports
    return {
        report["student"]: (report["seed"], {exercise["name"]: exercise["score"] for exercise in report["exercises"]})
        for report in reports
    }


def seeds_in(autograded: Finished) -> dict[str, int]:
    """The seeds that nbgrader's log tells the teacher, by student."""
    return {student: int(seed) for student, seed in re.findall(rf"(\w+)/{NAME}: .* seed (\d+)\n", autograded.err)}


# -- the term, step by step


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with nbgrader_course(tmp_path_factory.mktemp("nbgrader"), "alice", "bob") as course:
        yield course


@pytest.fixture(scope="module")
def alice(course: NbgraderCourse) -> Account:
    return course.students["alice"]


@pytest.fixture(scope="module")
def bob(course: NbgraderCourse) -> Account:
    return course.students["bob"]


@pytest.fixture(scope="module")
def teacher(course: NbgraderCourse) -> Account:
    return course.teacher


@pytest.fixture(scope="module")
def prepared(course: NbgraderCourse, teacher: Account) -> None:
    """A gradebook with the assignment, its date and the students."""
    (course.root / "assignments.csv").write_text(f"name,duedate\n{NAME},{DUE:%Y-%m-%d %H:%M:%S} UTC\n")
    names = ["bob", "carol", "essayist", "lodger", "absent", "renamer", *TAMPERED]
    rows = [f"{name},{name.title()},Example,{name}@example.org\n" for name in names]
    (course.root / "students.csv").write_text("id,first_name,last_name,email\n" + "".join(rows))
    teacher.nbgrader("generate_assignment", NAME)
    teacher.nbgrader("db", "assignment", "add", "homework", "--duedate=2030-01-01 12:00:00 UTC")
    teacher.nbgrader("db", "assignment", "import", "assignments.csv")
    teacher.nbgrader("db", "student", "import", "students.csv")
    teacher.nbgrader("db", "student", "add", "alice", "--first-name=Alice", "--last-name=Example")


@pytest.fixture(scope="module")
def released(teacher: Account, prepared: None) -> Finished:
    return teacher.nbgrader("release_assignment", NAME)


@pytest.fixture(scope="module")
def fetched(alice: Account, bob: Account, released: Finished) -> list[Finished]:
    """What alice lists before and after she fetches."""
    before = alice.nbgrader("list")
    for student in (alice, bob):
        student.nbgrader("fetch_assignment", NAME)
    return [before, alice.nbgrader("list")]


def own_copy(student: Account) -> Any:
    return nbformat.read(student.home / NAME / f"{NAME}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def submitted(course: NbgraderCourse, alice: Account, bob: Account, fetched: list[Finished]) -> None:
    notebook = solve(own_copy(alice))
    for question in QUESTIONS:
        cell(notebook, question).source = ANSWER
    add_code(notebook, PICTURE, 3)
    add_code(notebook, CHATTER)
    alice.put(notebook, NAME)
    notebook = solve(own_copy(bob), "descend")
    cell(notebook, "sigmoid").source = NO_MINUS.strip()
    cell(notebook, "check-sigmoid").source = "5"
    cell(notebook, QUESTIONS[0]).source = ANSWER
    remove(notebook, "check-neuron")
    bob.put(notebook, NAME)
    for student in (alice, bob):
        student.nbgrader("submit", NAME)


@pytest.fixture(scope="module")
def collected(course: NbgraderCourse, teacher: Account, submitted: None) -> list[Finished]:
    """From the exchange; then carol's, a day and a half late, from an archive; the others' as they are."""
    late = DUE + timedelta(hours=36)
    archive = course.root / "downloaded" / NAME / "archive" / "submissions.zip"
    archive.parent.mkdir(parents=True)
    carols = solve(course.released(NAME), "descend", "scale")
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr(f"carol_attempt_{late:%Y%m%dT%H%M%S}_{NAME}.ipynb", nbformat.writes(carols))
        file.writestr("read me.txt", "Downloaded from the LMS.")
    for name, change in TAMPERED.items():
        notebook = solve(course.released(NAME), "descend")
        cell(notebook, QUESTIONS[0]).source = ANSWER
        change(notebook)
        course.hand_in(name, NAME, notebook)
    return [
        teacher.nbgrader("list", "--inbound"),
        teacher.nbgrader("collect", NAME),
        teacher.nbgrader("zip_collect", NAME),
    ]


@pytest.fixture(scope="module")
def autograded(teacher: Account, collected: list[Finished]) -> Finished:
    return teacher.nbgrader("autograde", NAME)


@pytest.fixture(scope="module")
def marks(course: NbgraderCourse, autograded: Finished) -> Marks:
    return course.marks(NAME)


@pytest.fixture(scope="module")
def validated(course: NbgraderCourse, teacher: Account, alice: Account, submitted: None) -> Finished:
    """Alice's notebook, tried in the course, whose own exercises a student does not have."""
    shutil.copy(alice.home / NAME / f"{NAME}.ipynb", course.root / "alices.ipynb")
    return teacher.nbgrader("validate", "alices.ipynb")


@pytest.fixture(scope="module")
def read(course: NbgraderCourse, marks: Marks) -> None:
    """The teacher has read alice's and bob's answers, and looked at bob's sigmoid."""
    with course.gradebook() as gradebook:
        for student, number, score in (("alice", 0, 2.0), ("alice", 1, 1.0), ("bob", 0, 1.5)):
            gradebook.find_grade(QUESTIONS[number], NAME, NAME, student).manual_score = score
            gradebook.find_comment(QUESTIONS[number], NAME, NAME, student).manual_comment = COMMENT
        gradebook.find_grade("check-sigmoid", NAME, NAME, "bob").manual_score = 3.0
        for name in ("alice", "bob"):
            for grade in gradebook.find_submission_notebook(NAME, NAME, name).grades:
                grade.needs_manual_grade = False
        gradebook.db.commit()


@pytest.fixture(scope="module")
def feedback(teacher: Account, read: None) -> None:
    """Pages for alice, bob and carol; the first two's are released, for carol never was on the exchange."""
    teacher.nbgrader("generate_feedback", NAME, "--CourseDirectory.student_id_exclude=" + ",".join(TAMPERED))
    teacher.nbgrader("release_feedback", NAME, "--CourseDirectory.student_id_exclude=carol")


@pytest.fixture(scope="module")
def received(alice: Account, bob: Account, feedback: None) -> dict[str, list[Path]]:
    for student in (alice, bob):
        student.nbgrader("fetch_feedback", NAME)
    return {student.name: sorted(student.home.rglob("*.html")) for student in (alice, bob)}


@pytest.fixture(scope="module")
def exported(course: NbgraderCourse, teacher: Account, feedback: None) -> dict[str, dict[str, str]]:
    """The rows of grades.csv, by student."""
    teacher.nbgrader("export")
    with (course.root / "grades.csv").open(newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file) if row["assignment"] == NAME}


@pytest.fixture(scope="module")
def again(course: NbgraderCourse, teacher: Account, bob: Account, received: Any, exported: Any) -> Finished:
    """Bob hands in once more, among others whose files are of no use."""
    notebook = own_copy(bob)
    cell(notebook, "sigmoid").source = cell(SMALL.solution("np"), "sigmoid").source
    bob.put(notebook, NAME)
    bob.nbgrader("submit", NAME)
    folder = course.root / "submitted"
    course.hand_in("stranger", NAME, notebook)
    course.hand_in("lodger", NAME, SMALL.released("nd"))
    for name, file in (("essayist", f"{NAME}.ipynb"), ("renamer", "final version (2).ipynb"), ("absent", "essay.txt")):
        (folder / name / NAME).mkdir(parents=True)
        (folder / name / NAME / file).write_text("Dear teacher,\nI do not understand the sigmoid.\n")
    teacher.nbgrader("collect", NAME, "--update")
    return teacher.nbgrader("autograde", NAME, "--Autograde.create_student=False", status=1)


@pytest.fixture(scope="module")
def marks_again(course: NbgraderCourse, again: Finished) -> Marks:
    return course.marks(NAME)


# -- what is to be seen


def test_the_gradebook_knows_the_assignments_and_the_students(teacher: Account, prepared: None) -> None:
    assignments = teacher.nbgrader("db", "assignment", "list").out
    assert f"{NAME} (due: {DUE:%Y-%m-%d %H:%M:%S})\n    - {NAME}" in assignments
    assert "homework (due: 2030-01-01 12:00:00)" in assignments
    students = teacher.nbgrader("db", "student", "list").out
    assert "alice (Example, Alice) -- None" in students
    assert "carol (Example, Carol) -- carol@example.org" in students


def test_students_fetch_what_was_released(alice: Account, fetched: list[Finished]) -> None:
    before, after = (done.err for done in fetched)
    assert f"softmark {NAME}\n" in before
    assert f"softmark {NAME} (already downloaded)" in after


def test_the_fetched_notebook_is_the_repository_s(released: Finished, course: NbgraderCourse) -> None:
    outbound = course.exchange / "softmark" / "outbound" / NAME
    assert [file.name for file in outbound.iterdir()] == [f"{NAME}.ipynb"]
    assert (outbound / f"{NAME}.ipynb").read_text() == (SMALL.root / "assignments" / NAME / f"{NAME}.ipynb").read_text()


def test_validate_passes_a_solved_notebook(validated: Finished) -> None:
    assert "Success! Your notebook passes all the tests." in validated.out


def test_collect_and_zip_collect_bring_in_everyone(course: NbgraderCourse, collected: list[Finished]) -> None:
    listed = collected[0].err
    assert len(re.findall(rf"softmark (alice|bob) {NAME} .* \(no feedback available\)", listed)) == 2
    for student in ("alice", "bob", "carol"):
        assert course.submitted(student, NAME).is_file()
        assert (course.submitted(student, NAME).parent / "timestamp.txt").is_file()


def test_grades_are_those_of_the_kit_s_own_command(course: NbgraderCourse, autograded: Finished, marks: Marks) -> None:
    seeds = seeds_in(autograded)
    assert set(seeds) == {"alice", "bob", "carol", *TAMPERED}
    assert judged(course, "submitted") == {student: (seeds[student], automatic(marks[student])) for student in seeds}


def test_right_exercises_earn_their_points_and_others_do_not(marks: Marks) -> None:
    lost = {
        student: [name for name in SMALL.exercises if found[f"check-{name}"].auto != found[f"check-{name}"].of]
        for student, found in marks.items()
    }
    assert lost == {name: ["descend"] for name in TAMPERED} | {
        "alice": [], "bob": ["sigmoid", "descend"], "carol": ["scale", "descend"]
    }  # fmt: skip


@pytest.mark.parametrize("student", TAMPERED)
def test_tampering_changes_no_grade(student: str, marks: Marks) -> None:
    assert marks[student] == marks["honest"]


def test_only_written_answers_wait_for_a_person(marks: Marks) -> None:
    waiting = {student: [name for name, mark in found.items() if mark.waits] for student, found in marks.items()}
    assert waiting == {student: [QUESTIONS[0]] for student in marks} | {"alice": list(QUESTIONS), "carol": []}
    assert marks["bob"][QUESTIONS[1]].auto == 0, "no answer, no points"


def test_the_verdict_stands_in_the_check_cells(course: NbgraderCourse, marks: Marks) -> None:
    notebook = course.autograded("bob", NAME)
    for name in SMALL.exercises:
        check = cell(notebook, f"check-{name}")
        assert check.source == f'check("{name}")'
        (output,) = check.outputs
        assert output.output_type == "execute_result"
        assert float(output.data["text/plain"]) == marks["bob"][f"check-{name}"].auto
        assert "<table" in output.data["text/html"]
    assert "the minus before X" in cell(notebook, "check-sigmoid").outputs[0].data["text/html"]


def test_deleted_cells_are_back_in_their_place(course: NbgraderCourse, autograded: Finished) -> None:
    assert "bob/first-steps: locked cell check-neuron had been deleted; it was put back" in autograded.err
    assert "locked cell check-sigmoid had been edited; the released version was used" in autograded.err
    for student in ("bob", "deletes_checks"):
        ids = [each.metadata.nbgrader.get("grade_id") for each in course.autograded(student, NAME).cells]
        assert ids == [each.metadata.nbgrader.grade_id for each in course.released(NAME).cells]


def test_students_see_their_own_prints_and_plots_in_moderation(course: NbgraderCourse, autograded: Finished) -> None:
    cells = {each.source: each for each in course.autograded("alice", NAME).cells}
    plotted = cells[PICTURE.strip()].outputs
    assert "my very first plot" in "".join(output.get("text", "") for output in plotted)
    assert any("image/png" in output.get("data", {}) for output in plotted)
    printed = "".join(output.get("text", "") for output in cells[CHATTER].outputs)
    assert printed.startswith("Are we there yet?\nAre we there yet?\n")
    assert len(printed) < 30_000


def test_lateness_costs_what_the_course_says(course: NbgraderCourse, marks: Marks, exported: Any) -> None:
    with course.gradebook() as gradebook:
        penalties = {s.student_id: s.late_submission_penalty for s in gradebook.find_assignment(NAME).submissions}
    assert {student for student, penalty in penalties.items() if penalty} == {"carol"}
    assert penalties["carol"] == 4
    assert float(exported["carol"]["late_submission_penalty"]) == 4
    assert float(exported["carol"]["score"]) == float(exported["carol"]["raw_score"]) - 4 == 5


def test_the_exported_table_has_everyone_s_score(marks: Marks, exported: dict[str, dict[str, str]]) -> None:
    raw = {student: sum(mark.score for mark in found.values()) for student, found in marks.items()}
    raw["alice"] += 3
    raw["bob"] += 1.5 + 3 - marks["bob"]["check-sigmoid"].score
    assert {student: float(row["raw_score"]) for student, row in exported.items() if student in raw} == raw
    assert {float(row["max_score"]) for row in exported.values()} == {23}
    assert float(exported["absent"]["score"]) == 0
    assert exported["alice"]["last_name"] == "Example"


def test_students_get_their_own_feedback_and_nobody_else_s(
    course: NbgraderCourse, received: dict[str, list[Path]]
) -> None:
    for student, pages in received.items():
        made = course.root / "feedback" / student / NAME / f"{NAME}.html"
        assert [page.read_bytes() for page in pages] == [made.read_bytes()]
    released = course.exchange / "softmark" / "feedback"
    assert len(list(released.iterdir())) == 2
    assert not released.stat().st_mode & 0o044, "other users can see what there is"


def text_of(page: Path) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page.read_text()))


def test_feedback_tells_scores_verdicts_and_the_teacher_s_comments(received: dict[str, list[Path]]) -> None:
    (alices,), (bobs,) = received["alice"], received["bob"]
    text = text_of(alices)
    assert "first-steps 22 of 23 points" in text
    assert text.count("2 of 2 by your instructor") == 1
    assert "Well put: and what would a second opinion cost?" in text
    assert "my very first plot" in text
    assert 'src="data:image/png;base64,' in alices.read_text()
    text = text_of(bobs)
    assert text.count("No response.") == 2, "to a question and the last exercise"
    assert "sigmoid 3 of 5 by your instructor" in text, "the teacher's word is the last"
    assert "the minus before X is forgotten" in text


def test_feedback_tells_of_lateness(course: NbgraderCourse, feedback: None) -> None:
    text = text_of(course.root / "feedback" / "carol" / NAME / f"{NAME}.html")
    assert "first-steps 5 of 23 points 4 taken off, because it was handed in late" in text


def test_feedback_holds_no_seed(course: NbgraderCourse, autograded: Finished, received: dict[str, list[Path]]) -> None:
    for student, (page,) in received.items():
        assert str(seeds_in(autograded)[student]) not in page.read_text()


def test_list_knows_what_became_of_a_submission(alice: Account, received: Any) -> None:
    assert "(feedback already fetched)" in alice.nbgrader("list", "--cached").err


def test_a_resubmission_is_graded_anew_and_keeps_what_a_person_gave(marks: Marks, marks_again: Marks) -> None:
    before, after = marks["bob"], marks_again["bob"]
    assert before["check-sigmoid"].score < 5
    assert after["check-sigmoid"] == Mark(auto=5, manual=3, score=3, waits=True, of=5)
    assert after[QUESTIONS[0]] == Mark(auto=None, manual=1.5, score=1.5, waits=True, of=2)
    assert marks_again["alice"][QUESTIONS[0]].manual == 2
    assert not marks_again["alice"][QUESTIONS[0]].waits, "what was not handed in again is left alone"


def test_a_regraded_submission_has_the_kit_s_own_grades(
    course: NbgraderCourse, again: Finished, marks_again: Marks
) -> None:
    assert judged(course, "submitted/bob")["bob"] == (seeds_in(again)["bob"], automatic(marks_again["bob"]))


@pytest.mark.parametrize(
    ("student", "why"),
    [
        ("essayist", "is not a notebook but a file of another kind; save the notebook again from Jupyter"),
        ("lodger", "is a notebook of the assignment first-steps-nd, handed in for first-steps"),
        ("renamer", "Skipping unknown notebook: .*final version"),
        ("absent", "No notebooks were matched by '.*absent"),
        ("stranger", "No student with ID 'stranger' exists in the database"),
    ],
)
def test_what_cannot_be_graded_is_said_in_a_sentence(
    course: NbgraderCourse, again: Finished, marks_again: Marks, student: str, why: str
) -> None:
    said = [line for line in again.err.splitlines() if re.match(r"\[AutogradeApp \| (WARNING|ERROR)\]", line)]
    assert any(re.search(why, line) for line in said), said
    assert not (course.root / "autograded" / student / NAME).exists()
    assert not any(mark.score for mark in marks_again.get(student, {}).values())


def test_upgrading_the_database_keeps_the_marks(course: NbgraderCourse, teacher: Account, marks_again: Marks) -> None:
    teacher.nbgrader("db", "upgrade")
    assert course.marks(NAME) == marks_again


def test_every_command_that_instructors_are_told_of_was_run_here(
    course: NbgraderCourse, again: Finished, validated: Any
) -> None:
    pages = [path.read_text() for path in (ROOT / "README.md", *(ROOT / "docs" / "instructors").glob("*.md"))]
    named = set(re.findall(r"(?:`|^)nbgrader (\w+)", "\n".join(pages), re.MULTILINE))
    assert named
    assert named <= course.teacher.commands.ran
