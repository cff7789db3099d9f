"""`grader grade --gradebook` and nbgrader's own commands write the same; what has not changed is left alone."""

from __future__ import annotations

import csv
import json
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader import api

from tests.gradebooks import (
    NAME,
    address_of,
    assert_nothing_half_written,
    copy_course,
    copy_database,
    files,
    rows,
    scores,
    session,
)  # fmt: skip
from tests.nbgrader_course import NbgraderCourse, nbgrader_course
from tests.notebooks import SMALL, cell

DUE = datetime(2026, 1, 31, 12)
ANSWER = "It depends on what each mistake costs."
COMMENT = "Well put."
INTO = ("--gradebook", "sqlite:///gradebook.db")
# Of a few submissions: a second process would take longer to start than it saves.
ALONE = ("--jobs", "1")

# What this course sets beside the kit's own settings; the penalty for lateness is in the teacher's.
SETTINGS = f"""
c.Autograde.exclude_overwriting = {{"{NAME}": ["own.py"]}}
c.LimitOutput.max_lines = 7
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.bak"]
"""
UNSTABLE = """
def sigmoid(X):
    X_exp = np.exp(X)
    return X_exp / (1 + X_exp)
"""
CHATTER = """
import sys
for line in range(100):
    print("still", line)
print("and this", file=sys.stderr)
"""


# -- the class


CLASS: dict[str, Callable[[Any, Path], None]] = {}


def student(hand_in: Callable[[Any, Path], None]) -> Callable[[Any, Path], None]:
    """Someone who changes the released notebook, and puts files beside it into the folder."""
    CLASS[hand_in.__name__] = hand_in
    return hand_in


def solve(notebook: Any, *but: str) -> None:
    solution = SMALL.solution("np")
    for name in SMALL.exercises:
        if name not in but:
            cell(notebook, name).source = cell(solution, name).source


def remove(notebook: Any, *grade_ids: str) -> None:
    notebook.cells = [cell for cell in notebook.cells if cell.metadata.nbgrader.get("grade_id") not in grade_ids]


def handed_in(folder: Path, when: datetime) -> None:
    (folder / "timestamp.txt").write_text(f"{when:%Y-%m-%d %H:%M:%S} UTC")


@student
def zoë(notebook: Any, folder: Path) -> None:
    """Nothing done, and that late: the penalty is more than there is to lose."""
    handed_in(folder, DUE + timedelta(days=30))


@student
def ada(notebook: Any, folder: Path) -> None:
    """All done, with files of her own, some in the place of the course's."""
    solve(notebook)
    for name in ("question-zero", "question-sign"):
        cell(notebook, name).source = ANSWER
    handed_in(folder, DUE - timedelta(minutes=1))
    for name in ("own.py", "given.csv", "deep/below/notes.txt", "draft.bak", "backup.ipynb", "tools/mine.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"ada's {name}")
    (folder / "own.py").chmod(0o777)


@student
def wrong(notebook: Any, folder: Path) -> None:
    solve(notebook, "descend")
    cell(notebook, "sigmoid").source = UNSTABLE
    cell(notebook, "double").source = "def double(X):\n    return 'very good'"
    notebook.cells.append(nbformat.v4.new_code_cell(CHATTER))
    cell(notebook, "question-sign").source = ANSWER


@student
def careless(notebook: Any, folder: Path) -> None:
    solve(notebook, "descend", "scale")
    cell(notebook, "check-double").source = "2"
    copy = nbformat.from_dict(cell(notebook, "check-descend"))
    copy.source, copy.id = "6", "a-copy"
    notebook.cells.insert(3, copy)
    remove(notebook, "check-neuron", "check-sigmoid", "question-zero", "scale")


@student
def late(notebook: Any, folder: Path) -> None:
    solve(notebook, "descend")
    handed_in(folder, DUE + timedelta(hours=36))


@student
def excused(notebook: Any, folder: Path) -> None:
    """Late, with an extension; a person has graded this submission before."""
    solve(notebook, "descend", "sigmoid")
    cell(notebook, "question-sign").source = ANSWER
    handed_in(folder, DUE + timedelta(hours=36))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    """The course with its gradebook, and what the class has handed in."""
    with nbgrader_course(tmp_path_factory.mktemp("gradebook")) as course:
        with (course.root / "nbgrader_config.py").open("a") as file:
            file.write(SETTINGS)
        for name in ("own.py", "given.csv", "tools/helper.py"):
            (course.root / "solutions" / NAME / name).parent.mkdir(exist_ok=True)
            (course.root / "solutions" / NAME / name).write_text(f"the course's {name}")
        course.teacher.nbgrader("generate_assignment", NAME)
        for name, change in CLASS.items():
            notebook = course.released(NAME)
            folder = course.submitted(name, NAME).parent
            folder.mkdir(parents=True)
            change(notebook, folder)
            course.submitted(name, NAME).write_text(json.dumps(notebook))
        _prepare(course)
        yield course


def _prepare(course: NbgraderCourse) -> None:
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate=DUE)
        gradebook.add_student("excused", first_name="Ella", last_name="Example")
        with gradebook.db.no_autoflush:  # of which SQLAlchemy would warn
            submission = gradebook.add_submission(NAME, "excused", timestamp=DUE)
        submission.extension = timedelta(days=3)
        by_a_person = (("question-sign", 1.5, None), ("check-sigmoid", 4.0, 0.5), ("check-neuron", None, 1.0))
        for name, score, extra in by_a_person:
            grade = gradebook.find_grade(name, NAME, NAME, "excused")
            grade.manual_score, grade.extra_credit, grade.needs_manual_grade = score, extra, False
        gradebook.find_comment("question-sign", NAME, NAME, "excused").manual_comment = COMMENT
        gradebook.find_comment("sigmoid", NAME, NAME, "excused").manual_comment = COMMENT
        gradebook.db.commit()
    shutil.copy(course.root / "gradebook.db", course.root / "stock.db")


@pytest.fixture(scope="module")
def stock(course: NbgraderCourse) -> str:
    """The class graded by nbgrader's own commands, into places of their own; the gradebook's address."""
    address = address_of(course, "stock.db")
    places = [f"--CourseDirectory.{name}_directory=stock-{name}" for name in ("autograded", "feedback")]
    course.teacher.nbgrader("autograde", NAME, f"--db={address}", *places)
    course.teacher.nbgrader("generate_feedback", NAME, f"--db={address}", *places)
    return address


@pytest.fixture(scope="module")
def reports(course: NbgraderCourse, stock: str) -> dict[str, Any]:
    """The class graded by the kit; what it says of each student."""
    done = course.grader("grade", "submitted", *INTO, "--feedback", "--format", "json")
    assert (done.status, done.err) == (0, ""), done
    return {report["student"]: report for report in done.reports}


@pytest.fixture
def graded(course: NbgraderCourse, reports: Any, tmp_path: Path) -> NbgraderCourse:
    """A copy of the graded course, to do with what one likes."""
    return copy_course(course, tmp_path)


# -- both routes


def test_both_routes_write_the_same_grades(course: NbgraderCourse, stock: str, reports: Any) -> None:
    fast = rows(address_of(course))
    assert set(fast) == set(CLASS)
    assert fast == rows(stock)
    assert_nothing_half_written(course, address_of(course))


def test_the_grades_are_those_of_the_reports(course: NbgraderCourse, reports: dict[str, Any]) -> None:
    assert sorted(reports) == sorted(CLASS)
    for name, report in reports.items():
        found = scores(address_of(course), name)
        assert {f"check-{e['name']}": e["score"] for e in report["exercises"]}.items() <= found.items()


def test_the_class_has_what_could_go_wrong(course: NbgraderCourse, reports: Any) -> None:
    found = rows(address_of(course))
    penalties = {name: of["notebook"]["late_submission_penalty"] for name, of in found.items()}
    assert penalties == dict.fromkeys(CLASS) | {"late": 4, "zoë": 0}
    assert found["ada"]["notebook"]["score"] == 19
    assert 0 < found["wrong"]["grades"]["check-sigmoid"]["auto_score"] < 5
    assert found["careless"]["grades"]["check-neuron"]["auto_score"] == 2
    assert {of["grades"]["question-sign"]["needs_manual_grade"] for of in found.values()} == {True, False}
    assert found["zoë"]["comments"]["question-sign"]["auto_comment"] == "No response."


def test_what_a_person_gave_is_kept(course: NbgraderCourse, reports: Any) -> None:
    found = rows(address_of(course))["excused"]
    assert found["first_name"] == "Ella"
    assert found["extension"] == timedelta(days=3)
    sign, sigmoid, neuron = (found["grades"][name] for name in ("question-sign", "check-sigmoid", "check-neuron"))
    assert (sign["manual_score"], sign["needs_manual_grade"]) == (1.5, True)
    assert (sigmoid["auto_score"], sigmoid["score"], sigmoid["needs_manual_grade"]) == (0, 4.5, True)
    assert (neuron["auto_score"], neuron["score"], neuron["needs_manual_grade"]) == (2, 3, False)
    assert found["comments"]["question-sign"]["comment"] == COMMENT


def test_both_routes_write_the_same_notebooks(course: NbgraderCourse, stock: str, reports: Any) -> None:
    for name in CLASS:
        fast, slow = (
            nbformat.read(course.root / place / name / NAME / f"{NAME}.ipynb", as_version=4)
            for place in ("autograded", "stock-autograded")
        )
        of_fast, of_slow = (found.metadata.softmark.pop("graded").report for found in (fast, slow))
        assert (of_fast.seed, of_fast.exercises) == (of_slow.seed, of_slow.exercises), name
        assert fast == slow, name
    printed = notebooks_output(course, "wrong")
    assert "Output truncated" in printed, "the course's own limit on output holds"
    assert "still 50" not in printed


def notebooks_output(course: NbgraderCourse, name: str) -> str:
    outputs = course.autograded(name, NAME).cells[-1].outputs
    return "".join(output.get("text", "") for output in outputs)


def test_both_routes_copy_the_same_files(course: NbgraderCourse, stock: str, reports: Any) -> None:
    fast, slow = (tree(course.root / place) for place in ("autograded", "stock-autograded"))
    assert fast == slow
    modes, texts = ({str(path): found[place] for path, found in fast.items()} for place in (0, 1))
    assert modes[f"ada/{NAME}/own.py"] == 0o444
    assert texts[f"ada/{NAME}/own.py"] == "ada's own.py"
    assert texts[f"ada/{NAME}/given.csv"] == texts[f"zoë/{NAME}/given.csv"] == "the course's given.csv"
    assert texts[f"ada/{NAME}/deep/below/notes.txt"] == "ada's deep/below/notes.txt"
    assert not {f"ada/{NAME}/draft.bak", f"ada/{NAME}/backup.ipynb"} & set(texts)


def tree(folder: Path) -> dict[Path, tuple[int, str]]:
    """Every file's permissions, and the text of those that are no notebooks."""
    return {
        path.relative_to(folder): (
            stat.S_IMODE(path.stat().st_mode),
            "" if path.suffix == ".ipynb" else path.read_text(),
        )
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_both_routes_write_the_same_feedback(course: NbgraderCourse, stock: str, reports: Any) -> None:
    fast, slow = (tree(course.root / place) for place in ("feedback", "stock-feedback"))
    assert fast == slow
    assert set(CLASS) == {path.parts[0] for path in fast if path.suffix == ".html"}
    assert COMMENT in fast[Path("excused", NAME, f"{NAME}.html")][1]


def test_postgresql_holds_what_sqlite_does(graded: NbgraderCourse, stock: str, postgresql_url: str) -> None:
    """Read back by nbgrader's own export; an address that names no driver will do."""
    copy_database(stock, postgresql_url)
    with session(postgresql_url) as opened:
        for row in (*opened.query(api.Grade), *opened.query(api.Comment)):
            if row.student.id in ("wrong", "late"):
                opened.delete(row)
        opened.commit()
    plain = postgresql_url.replace("+psycopg", "")
    done = graded.grader("grade", "submitted", "--gradebook", plain, *ALONE, "--feedback", "--format", "json")
    assert (done.status, done.err, len(done.reports)) == (0, "", len(CLASS))
    assert rows(postgresql_url) == rows(stock)
    graded.teacher.nbgrader("export", f"--db={postgresql_url}", "--to=grades.csv")
    with (graded.root / "grades.csv").open(newline="", encoding="utf-8") as file:
        exported = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader(file)}
    assert exported == {name: found["notebook"]["score"] for name, found in rows(stock).items()}


# -- once more


def test_what_has_not_changed_is_left_alone_and_takes_no_slot(graded: NbgraderCourse) -> None:
    """A slot could not be had: there is no GPU that MXNet could use."""
    before = files(graded.root), rows(address_of(graded))
    done = graded.grader("grade", "submitted", *INTO, "--feedback", "--device", "gpu")
    assert done.status == 0, done
    assert (files(graded.root), rows(address_of(graded))) == before
    unchanged = (
        f"{len(CLASS)} of {len(CLASS)} submissions have not changed since the last grading, and nothing was done"
    )
    assert unchanged in done.out


def test_an_unchanged_submission_has_the_same_line(graded: NbgraderCourse, reports: dict[str, Any]) -> None:
    command = ("grade", "submitted", *INTO, "--format", "json")
    assert {report["student"]: report for report in graded.grader(*command).reports} == reports
    only = graded.grader(*command, "--only", "sigmoid", "--only", "neuron").reports[0]
    assert [exercise["name"] for exercise in only["exercises"]] == ["sigmoid", "neuron"]
    assert only["max_score"] == 7


def graded_anew(course: NbgraderCourse, before: dict[str, Any]) -> set[str]:
    """Who has another graded notebook than before."""
    after = files(course.root / "autograded")
    return {Path(path).parts[0] for path in after if path.endswith(".ipynb") and after[path] != before.get(path)}


def test_whatever_has_changed_is_noticed(graded: NbgraderCourse) -> None:
    address, autograded = address_of(graded), graded.root / "autograded"
    before, recorded = files(autograded), rows(address)
    with graded.submitted("zoë", NAME).open("a") as file:
        file.write("\n")
    handed_in(graded.submitted("late", NAME).parent, DUE + timedelta(hours=12))
    shutil.rmtree(autograded / "careless")
    (graded.submitted("excused", NAME).parent / "new.txt").write_text("I forgot this.")
    with session(address) as opened:
        for row in opened.query(api.Grade):
            if (row.student.id, row.name) == ("wrong", "question-sign"):
                opened.delete(row)
        opened.commit()
    (graded.root / "feedback" / "ada" / NAME / f"{NAME}.html").unlink()

    done = graded.grader("grade", "submitted", *INTO, *ALONE, "--feedback")
    assert done.status == 0, done
    assert "1 of 6 submissions have not changed" in done.out
    assert graded_anew(graded, before) == {"zoë", "late", "careless", "excused", "wrong"}
    recorded["late"]["timestamp"] = DUE + timedelta(hours=12)
    recorded["late"]["notebook"]["late_submission_penalty"] = 2
    assert rows(address) == recorded
    assert_nothing_half_written(graded, address)
    assert (autograded / "excused" / NAME / "new.txt").read_text() == "I forgot this."
    pages = {name: (graded.root / "feedback" / name / NAME / f"{NAME}.html") for name in CLASS}
    assert all(page.stat().st_mtime_ns > max(before.values())[0] for page in (pages["ada"], pages["late"]))


def test_force_grades_all_the_same(graded: NbgraderCourse) -> None:
    before, recorded = files(graded.root / "autograded"), rows(address_of(graded))
    leftover = graded.root / "autograded" / "zoë" / ".softmark-of-a-run-that-was-killed"
    leftover.mkdir()
    done = graded.grader("grade", "submitted/zoë", "submitted/excused", *INTO, *ALONE, "--force")
    assert done.status == 0, done
    assert "not changed" not in done.out
    assert graded_anew(graded, before) == {"zoë", "excused"}
    assert rows(address_of(graded)) == recorded
    assert_nothing_half_written(graded, address_of(graded))


def test_exercises_left_out_keep_their_grades(graded: NbgraderCourse) -> None:
    """Ada starts anew; what is graded of that is lost, the rest stays until it is graded."""
    address, command = address_of(graded), ("grade", "submitted/ada", *INTO)
    shutil.copy(graded.submitted("zoë", NAME), graded.submitted("ada", NAME))
    full = scores(address, "ada")
    names = [*(f"check-{name}" for name in SMALL.exercises), *(name for name in full if name.startswith("question-"))]
    lost = dict.fromkeys(names, 0.0)

    assert graded.grader(*command, "--only", "sigmoid").status == 0
    questions = {name: lost[name] for name in full if name.startswith("question-")}
    assert scores(address, "ada") == full | questions | {"check-sigmoid": 0.0}
    assert graded.grader(*command, "--no-training").status == 0
    assert scores(address, "ada") == lost | {"check-descend": 6.0}
    page = graded.autograded("ada", NAME)
    assert "left out" in cell(page, "check-descend").outputs[0].data["text/plain"]


def test_a_course_s_own_points_count(graded: NbgraderCourse) -> None:
    """nbgrader has been told other points since: scores are in proportion, by either route."""
    path = graded.root / "solutions" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for name, points in (("check-sigmoid", 15), ("check-neuron", 0), ("check-scale", 1), ("question-sign", 7)):
        cell(notebook, name).metadata.nbgrader.points = points
    nbformat.write(notebook, path)
    graded.teacher.nbgrader("generate_assignment", NAME, "--force", f"--db={address_of(graded)}")
    shutil.copy(graded.root / "gradebook.db", graded.root / "stock.db")

    before = scores(address_of(graded), "wrong")
    done = graded.grader("grade", "submitted/wrong", *INTO)
    assert "not changed" not in done.out
    graded.teacher.nbgrader("autograde", NAME, "--student=wrong", "--force", f"--db={address_of(graded, 'stock.db')}",
                            "--CourseDirectory.autograded_directory=stock-autograded")  # fmt: skip
    fast, slow = rows(address_of(graded))["wrong"], rows(address_of(graded, "stock.db"))["wrong"]
    assert fast == slow
    after = {name: grade["auto_score"] for name, grade in fast["grades"].items()}
    assert after == before | {"check-sigmoid": 3 * (before["check-sigmoid"] or 0), "check-neuron": 0, "check-scale": 1}
    assert fast["grades"]["question-sign"]["max_score"] == 7
