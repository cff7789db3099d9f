"""What instructors met with that went wrong: one test for each situation, most of them by the commands themselves.

They run on a small course elsewhere, with one exercise that needs no data.
"""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import nbformat
import pytest
from nbgrader.api import Gradebook
from rich.console import Console

from grader.authors.new import new_exercise
from grader.authors.notebooks import stray_files
from grader.checking.authoring import Exercise
from grader.checking.outcomes import DIAGNOSIS, CheckReport
from grader.course.course import Course, find_course
from grader.course.layout import Layout
from grader.course.notebook import read_notebook
from grader.judging.beside import files_beside
from grader.judging.finding import Found, find_submissions
from grader.judging.judge import Job
from grader.judging.render import class_table, without_repetitions
from grader.judging.report import ExerciseReport, RefusedReport, Report, SubmissionReport
from grader.judging.seeds import SECRET_VARIABLE
from grader.judging.slot_channel import SlotChannel
from grader.judging.submission import Submission, restore
from grader.nbgrader.database import parse, shown
from grader.platforms.gradescope import results_json
from grader.sandbox.launch import SlotOptions
from grader.sandbox.slot import Slot
from tests import notebooks
from tests.command import Finished, forking
from tests.notebooks import ROOT

NAME = "week"
INTO = ("--gradebook", "sqlite:///gradebook.db")
CANVAS = "--exporter=grader.nbgrader.exports.CanvasExporter"
MOODLE = "--exporter=grader.nbgrader.exports.MoodleExporter"


@dataclass(frozen=True)
class Teacher:
    """A course, and the one who gives commands in its folder."""

    root: Path

    def run(self, program: str, *args: str, **environment: str) -> Finished:
        """The command, whatever becomes of it."""
        given = {
            "HOME": str(self.root), "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "COLUMNS": "300",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            SECRET_VARIABLE: str(self.root.parent / "secret"), **environment,
        }  # fmt: skip
        return forking("nbgrader").start(args, self.root, given, program=program).finish()

    def nbgrader(self, *args: str) -> Finished:
        done = self.run("nbgrader", *args)
        assert done.status == 0, done
        return done

    def grade(self, *args: str, status: int = 0) -> list[dict[str, Any]]:
        """The reports of `grader grade ARGS`, one process at work."""
        done = self.run("grader", "grade", *args, "--format", "json", "--jobs", "1")
        assert done.status == status, done
        return done.reports

    @property
    def course(self) -> Course:
        return find_course(self.root)

    @property
    def solution(self) -> Path:
        return self.root / "solutions" / NAME / f"{NAME}.ipynb"

    @property
    def release(self) -> Path:
        return self.root / "assignments" / NAME / f"{NAME}.ipynb"

    def hand_in(self, student: str, source: Path | None = None, to: str = "", name: str = NAME) -> Path:
        """A notebook, the solution by default, as the student's: in submitted/STUDENT/NAME/, or `to` below it."""
        path = self.root / "submitted" / student / name / (to or f"{name}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source or self.solution, path)
        return path

    def scores(self, student: str, name: str = NAME) -> dict[str, tuple[float | None, float]]:
        """What the gradebook has for each graded cell, and of how much."""
        with Gradebook(f"sqlite:///{self.root}/gradebook.db") as book:
            (notebook,) = book.find_submission(name, student).notebooks
            return {grade.name: (grade.auto_score, grade.max_score) for grade in notebook.grades}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Teacher:
    """The course with its release and gradebook, and nothing handed in."""
    root = tmp_path_factory.mktemp("situations") / "course"
    (root / "solutions").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    new_exercise(Course(root), f"{NAME}/double", "np")
    teacher = Teacher(root)
    teacher.nbgrader("generate_assignment", NAME)
    return teacher


@pytest.fixture
def teacher(prepared: Teacher, tmp_path: Path) -> Teacher:
    """A copy, to do with what one likes."""
    root = tmp_path / "course"
    shutil.copytree(prepared.root, root)
    return Teacher(root)


def change(path: Path, old: str, new: str) -> None:
    """In a notebook or another file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def write(path: Path, text: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))


def said(found: Found) -> dict[str, str]:
    """What is to become of each: "graded", or why not."""
    return {
        item.given if isinstance(item, Job) else item.submission: "graded" if isinstance(item, Job) else item.error
        for item in found.work
    }


# -- 1, 2: what is there and what is graded


def test_a_submission_that_nobody_sees(teacher: Teacher) -> None:
    teacher.hand_in("ann", to=f".ipynb_checkpoints/{NAME}-checkpoint.ipynb")
    teacher.hand_in("bob")
    ann, bob = teacher.grade("submitted", status=1)
    assert (ann["student"], bob["student"], bob["score"]) == ("ann", "bob", 1)
    assert ann["error"] == (f"submitted/ann/{NAME} holds no notebook but a checkpoint, which Jupyter saves by itself: "
                            f"{NAME}.ipynb is expected there")  # fmt: skip


def test_every_folder_that_was_handed_in_has_a_line_or_a_note(prepared: Teacher, tmp_path: Path) -> None:
    submitted = tmp_path / "submitted"
    for student, file in {
        "apple": f"{NAME}/__MACOSX/._{NAME}.ipynb", "text": f"{NAME}.ipynb.txt", "deep": f"{NAME}/a/b/c.ipynb",
        "loose": "final.ipynb", "empty": f"{NAME}/timestamp.txt", "other": "next-week/next-week.ipynb",
    }.items():  # fmt: skip
        write(submitted / student / file)
    (submitted / "absent").mkdir()
    (submitted / "elsewhere").symlink_to(tmp_path)
    found = find_submissions(str(submitted), prepared.course)
    lines = {str(Path(place).relative_to(submitted)): why for place, why in said(found).items()}
    assert lines.pop(f"deep/{NAME}/a/b/c.ipynb") == "graded"
    assert lines.pop("loose/final.ipynb") == "graded"
    assert lines.pop("other/next-week/next-week.ipynb") == "graded", "and then refused: there is no such assignment"
    for student in ("apple", "empty"):
        assert lines.pop(f"{student}/{NAME}").endswith(f"/{NAME} holds no notebook: {NAME}.ipynb is expected there")
    assert lines.pop("text").endswith(f", and there is {NAME}.ipynb.txt")
    assert lines == {}
    linked, empty = found.notes
    assert linked == f"{submitted}/elsewhere is a link, and links are not followed"
    assert empty == f"{submitted}/absent is empty"


def test_other_folders_of_a_course_are_no_students(teacher: Teacher) -> None:
    teacher.hand_in("ann")
    found = find_submissions(str(teacher.root), teacher.course)
    graded = {str(Path(place).relative_to(teacher.root)): why for place, why in said(found).items()}
    assert graded == dict.fromkeys(
        (f"{folder}/{NAME}.ipynb" for folder in (f"assignments/{NAME}", f"solutions/{NAME}", f"submitted/ann/{NAME}")),
        "graded",
    )
    assert found.notes == []


def test_two_notebooks_and_one_is_ignored(teacher: Teacher) -> None:
    teacher.hand_in("ann", teacher.release)
    teacher.hand_in("ann", to=f"{NAME}-Copy1.ipynb")
    (report,) = teacher.grade("submitted")
    assert report["score"] == 0
    assert f"other notebooks lie there and were not graded, {NAME}.ipynb was: {NAME}-Copy1.ipynb" in report["notes"]
    write(teacher.root / "pile" / "pile.ipynb")
    write(teacher.root / "pile" / "older" / "try.ipynb")
    (job,) = find_submissions(str(teacher.root / "pile"), teacher.course).work
    assert isinstance(job, Job)
    assert job.notes == ("other notebooks lie there and were not graded, pile.ipynb was: older/try.ipynb",)


# -- 3: files beside the notebook


def test_files_beside_the_notebook_are_there_by_both_routes(teacher: Teacher) -> None:
    path = teacher.hand_in("ann")
    notebook = nbformat.read(path, 4)
    notebooks.cell(notebook, "double").source = "from helper import factor\ndef double(X):\n    return factor * X"
    notebooks.write(notebook, path)
    write(path.with_name("helper.py"), "from course import factor")
    write(path.with_name("course.py"), "factor = 3")
    write(teacher.solution.with_name("course.py"), "factor = 2  # the course's own wins")
    (report,) = teacher.grade("submitted", *INTO)
    assert report["score"] == 1, report
    told = teacher.nbgrader("autograde", NAME, "--force").err
    assert f"ann/{NAME}: 1 of 1 points" in told
    assert f"seed {report['seed']}" in told, "the same inputs by both routes"


def test_the_secret_is_nobodys_file_wherever_it_lies(teacher: Teacher, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(teacher.root / "loose" / "mine.ipynb")
    write(path.with_name("helper.py"), "factor = 2")
    write(path.with_name("timestamp.txt"), "2026-11-28 20:00:00 UTC")
    monkeypatch.setenv(SECRET_VARIABLE, str(write(path.with_name("key"), "what the seeds are made from")))
    assert list(files_beside(path, NAME, teacher.course).files) == ["helper.py"]


# -- 4, 5: points, and a name


def test_points_have_one_source(teacher: Teacher) -> None:
    change(teacher.solution, '"points": 1,', '"points": 10,')
    teacher.nbgrader("generate_assignment", NAME, "--force")
    path = teacher.hand_in("ann")
    table = teacher.run("grader", "grade", "submitted", *INTO, "--feedback", "--jobs", "1")
    assert table.status == 0
    assert "10/10" in table.out
    assert teacher.scores("ann") == {"check-double": (10, 10)}
    page = (teacher.root / "feedback" / "ann" / NAME / f"{NAME}.html").read_text()
    assert "double: 10 of 10 points" in page
    (report,) = teacher.grade(str(path))
    assert (report["score"], report["max_score"]) == (10, 10)
    assert [check["points"] for check in report["exercises"][0]["checks"]] == [10]
    results = json.loads(teacher.run("grader", "grade", str(path), "--format", "gradescope").out)
    assert (results["score"], results["tests"][0]["max_score"]) == (10, 10)
    assert "10 of 10 points" in results["output"]
    assert "(10 of 10)" in results["tests"][0]["output"]
    zipped = teacher.run("grader", "gradescope", NAME)
    assert "an autograder worth 10 points" in zipped.out
    teacher.nbgrader("autograde", NAME, "--force")
    assert teacher.scores("ann") == {"check-double": (10, 10)}


def test_points_that_the_gradebook_has_not_heard_of_are_said(teacher: Teacher) -> None:
    change(teacher.solution, '"points": 1,', '"points": 10,')
    teacher.hand_in("ann")
    for _ in ("graded", "unchanged"):
        (report,) = teacher.grade("submitted", *INTO)
        assert report["score"] == 10
        assert teacher.scores("ann") == {"check-double": (1, 1)}
        (note,) = [note for note in report["notes"] if "points" in note]
        assert note == ("the gradebook gives double 1 points, the notebook 10: run nbgrader generate_assignment week "
                        "--force, and grade again")  # fmt: skip
    teacher.nbgrader("generate_assignment", NAME, "--force")
    (report,) = teacher.grade("submitted", *INTO)
    assert teacher.scores("ann") == {"check-double": (10, 10)}
    assert not [note for note in report["notes"] if "points" in note]


def test_an_exercise_that_is_worth_nothing_does_no_harm(teacher: Teacher) -> None:
    change(teacher.solution, '"points": 1,', '"points": 0,')
    teacher.nbgrader("generate_assignment", NAME, "--force")
    teacher.hand_in("ann")
    (report,) = teacher.grade("submitted", *INTO)
    assert (report["score"], report["max_score"]) == (0, 0)
    assert teacher.scores("ann") == {"check-double": (0, 0)}


def test_an_assignment_can_be_renamed(teacher: Teacher) -> None:
    old = teacher.hand_in("ann", teacher.solution, name="hw3", to="hw3.ipynb")
    (teacher.root / "solutions" / NAME).rename(teacher.root / "solutions" / "hw3")
    solution = teacher.root / "solutions" / "hw3" / f"{NAME}.ipynb"
    refused = teacher.run("nbgrader", "generate_assignment", "hw3")
    assert refused.status == 1
    assert f"{solution} has exercises, and must have its assignment's name: call it hw3.ipynb" in refused.err
    solution.rename(solution.with_name("hw3.ipynb"))
    teacher.nbgrader("generate_assignment", "hw3")
    release = teacher.root / "assignments" / "hw3" / "hw3.ipynb"
    assert json.loads(release.read_text())["metadata"]["softmark"]["assignment"] == "hw3"
    teacher.hand_in("bob", release, name="hw3")
    ann, bob = teacher.grade("submitted", *INTO)
    assert [(r["assignment"], r["student"], r["score"]) for r in (ann, bob)] == [("hw3", "ann", 1), ("hw3", "bob", 0)]
    teacher.nbgrader("autograde", "hw3", "--force")
    assert teacher.scores("ann", "hw3") == {"check-double": (1, 1)}
    shutil.copy(old, teacher.root / "loose.ipynb")
    (loose,) = teacher.grade("loose.ipynb")
    assert (loose["assignment"], loose["score"]) == ("hw3", 1)


def test_a_copy_of_an_assignment_is_not_taken_for_the_one_it_was_made_from(teacher: Teacher) -> None:
    shutil.copytree(teacher.root / "solutions" / NAME, teacher.root / "solutions" / "retry")
    (teacher.root / "solutions" / "retry" / f"{NAME}.ipynb").rename(
        teacher.root / "solutions" / "retry" / "retry.ipynb"
    )
    course = teacher.course
    assert course.named(NAME, "retry") == "retry", "the course's own says so too"
    assert course.named(NAME, NAME) == NAME
    assert course.named("retry", NAME) == "retry", "handed in for another one"
    assert course.named(None, "retry") == "retry"
    assert course.named("another-course", "retry") == "another-course"
    own = '"assignment": "retry", "exercises": "week"'
    change(teacher.root / "solutions" / "retry" / "retry.ipynb", f'"assignment": "{NAME}"', own)
    shutil.rmtree(teacher.root / "solutions" / NAME)
    assert teacher.course.named(NAME, "retry") == "retry", "it has the exercises of that one"
    assert teacher.course.named(NAME, None) == "retry"


# -- 6: assignments that are nbgrader's alone


def ordinary(teacher: Teacher) -> None:
    """ps1, two notebooks with plain asserts; ann has them right, bob wrong."""
    for name in ("one", "two"):
        make = nbformat.v4
        cells = [
            make.new_code_cell("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"),
            make.new_code_cell("assert double(2) == 4"),
        ]
        marks = {"schema_version": 3, "task": False}
        cells[0].metadata.nbgrader = {**marks, "grade_id": "double", "solution": True, "grade": False, "locked": False}
        cells[1].metadata.nbgrader = {**marks, "grade_id": "test", "solution": False, "grade": True, "locked": True,
                                      "points": 3}  # fmt: skip
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = make.new_notebook(cells=cells, metadata=kernel)
        path = notebooks.write(notebook, teacher.root / "solutions" / "ps1" / f"{name}.ipynb")
        for student in ("ann", "bob"):
            teacher.hand_in(student, path, name="ps1", to=path.name)
    change(teacher.root / "submitted" / "bob" / "ps1" / "two.ipynb", "2 * x", "x")


def test_ordinary_assignments_are_nbgraders(teacher: Teacher) -> None:
    ordinary(teacher)
    teacher.nbgrader("generate_assignment", "ps1")
    stub = json.loads((teacher.root / "assignments" / "ps1" / "one.ipynb").read_text())["cells"][0]["source"]
    assert "".join(stub) == "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    teacher.nbgrader("autograde", "ps1")
    with Gradebook(f"sqlite:///{teacher.root}/gradebook.db") as book:
        assert {s.student_id: s.score for s in book.find_assignment("ps1").submissions} == {"ann": 6, "bob": 3}


def test_ordinary_assignments_are_left_to_nbgrader(teacher: Teacher) -> None:
    ordinary(teacher)
    teacher.hand_in("ann")
    done = teacher.run("grader", "grade", "submitted", "--format", "json", "--jobs", "1")
    assert done.status == 0
    assert [(report["assignment"], report["score"]) for report in done.reports] == [(NAME, 1)]
    note = ("note: ps1 has no exercises for this grader, and its 2 submissions (ann, bob) were left alone: nbgrader "
            "autograde ps1 grades it, in a kernel\n")  # fmt: skip
    assert done.err == note
    table = teacher.run("grader", "grade", "submitted", "--jobs", "1")
    assert (table.status, table.err) == (0, "")
    assert note in table.out
    for named in ("submitted/ann/ps1", "submitted/ann/ps1/one.ipynb"):
        (report,) = teacher.grade(named, status=1)
        assert "nbgrader autograde ps1 grades it" in report["error"]
    assert list(stray_files(teacher.course)) == []


# -- 7: who has changed a cell


def restored(course: Course, path: Path) -> Submission:
    return restore(read_notebook(path)[0], course.assignment(NAME))


def test_a_note_on_a_locked_cell_says_who_changed_it(teacher: Teacher) -> None:
    released = teacher.hand_in("ann", teacher.release)
    windows = teacher.hand_in("bob", teacher.release)
    change(windows, "\\n", "\\r\\n")
    edited = teacher.hand_in("cem", teacher.release)
    change(edited, "arrays behave", "arrays misbehave")
    assert [restored(teacher.course, path).notes for path in (released, windows)] == [[], []]
    change(teacher.solution, "arrays behave", "all arrays behave")
    by_course = ["locked cell setup is as it was released; the course has changed it since, and its version was used"]
    by_student = ["locked cell setup had been edited; the released version was used"]
    for generated_again in (False, True):
        if generated_again:
            teacher.nbgrader("generate_assignment", NAME, "--force")
        course = teacher.course
        assert restored(course, released).notes == by_course
        assert restored(course, windows).notes == by_course
        assert restored(course, edited).notes == by_student
        for path in (released, windows, edited):
            setup = restored(course, path).notebook[1]["source"]
            assert setup == course.assignment(NAME).by_id["setup"].source
    told = teacher.nbgrader("autograde", NAME, "--student=ann").err
    assert told.count(by_course[0]) == 1
    assert "had been edited" not in told


# -- 8: a cell added after the first grading


def test_the_advice_for_a_cell_that_was_added_later_works(teacher: Teacher) -> None:
    teacher.hand_in("ann")
    teacher.grade("submitted", *INTO)
    new_exercise(Course(teacher.root), f"{NAME}/triple", "np")
    (report,) = teacher.grade("submitted", *INTO, "--force", status=1)
    assert "gradebook.db does not know the cell triple of week, and nbgrader adds none where submiss" in report["error"]
    assert report["error"].partition("gradebook.db ")[2] in teacher.run("nbgrader", "autograde", NAME, "--force").err
    advice = re.findall(r"nbgrader ((?:db assignment remove|generate_assignment) .*?--force)", report["error"])
    assert len(advice) == 2
    for command in advice:
        teacher.nbgrader(*command.split())
    (report,) = teacher.grade("submitted", *INTO)
    assert (report["score"], report["max_score"]) == (1, 2)
    assert teacher.scores("ann") == {"check-double": (1, 1), "check-triple": (0, 1)}


def test_the_other_advice_for_it_works_too(teacher: Teacher) -> None:
    teacher.hand_in("ann")
    teacher.grade("submitted", *INTO)
    before = teacher.solution.read_text()
    new_exercise(Course(teacher.root), f"{NAME}/triple", "np")
    (report,) = teacher.grade("submitted", *INTO, "--force", status=1)
    assert "take the cell out of solutions/" in report["error"]
    teacher.solution.write_text(before)
    (report,) = teacher.grade("submitted", *INTO, "--force")
    assert (report["score"], report["max_score"]) == (1, 1)


# -- 9: what was not graded is not 0


def test_an_export_says_what_was_not_graded(teacher: Teacher) -> None:
    new_exercise(Course(teacher.root), f"{NAME}/triple", "np")
    teacher.nbgrader("generate_assignment", NAME, "--force")
    teacher.hand_in("ann")
    teacher.hand_in("bob")
    teacher.grade("submitted", *INTO, "--only", "double")
    teacher.grade("submitted/bob", *INTO)
    write(teacher.hand_in("cem"), "Dear teacher")
    teacher.run("nbgrader", "autograde", NAME, "--student=cem")
    done = teacher.nbgrader("export", CANVAS, "--to=canvas.csv")
    assert f"{NAME}: triple was not graded, with --no-training or --only perhaps, and counts as 0: ann" in done.err
    assert f"{NAME}: handed in and not graded at all, so there is no score: cem" in done.err
    assert {row["SIS Login ID"]: row[NAME] for row in table(teacher.root / "canvas.csv")} == {
        "": "2.0", "ann": "1.0", "bob": "2.0", "cem": "",
    }  # fmt: skip


# -- 10: any encoding


@pytest.mark.parametrize("encoding", ["latin-1", "ascii"])
def test_stdout_need_not_be_utf_8(teacher: Teacher, encoding: str) -> None:
    teacher.hand_in("ann")
    teacher.hand_in("Żółć")
    # The commands of this module share a process, which has its encoding already.
    done = subprocess.run(
        [sys.executable, "-c", "from grader.cli import app; app()", "grade", "submitted", "--jobs", "1"],
        cwd=teacher.root, env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding},
        capture_output=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode(encoding)
    assert [line.split()[0].strip("|│") for line in shown.splitlines() if "1 +" in line] == [
        "ann", "?ó??" if encoding == "latin-1" else "????",
    ]  # fmt: skip


def test_json_is_ascii(teacher: Teacher) -> None:
    teacher.hand_in("Żółć")
    done = teacher.run("grader", "grade", "submitted", "--format", "json", "--jobs", "1")
    assert done.out.isascii()
    assert done.reports[0]["student"] == "Żółć"
    assert results_json(RefusedReport(None, "Żółć.ipynb", None, "Żółć")).isascii()


# -- 11: a slot is closed once


@pytest.mark.parametrize("option", ["--trust-submissions", "--sandbox=landlock"])
def test_a_run_in_one_process_ends_in_silence(teacher: Teacher, option: str) -> None:
    teacher.hand_in("ann")
    done = teacher.run("grader", "grade", "submitted", "--format", "json", "--jobs", "1", option)
    assert (done.status, done.err) == (0, "")


def test_closing_a_slot_again_closes_nothing_of_anybody_else_s() -> None:
    slot = Slot(SlotOptions.of("cpu", {}), "none")
    slot.close()
    others = [os.open(os.devnull, os.O_RDONLY) for _ in range(64)]
    slot.close()
    for number in others:
        os.close(number)  # raises where it is closed


# -- 12, 13: folders and ids of other kinds


def test_nbgrader_s_settings_for_folders_count(teacher: Teacher) -> None:
    with (teacher.root / "nbgrader_config.py").open("a") as config:
        config.write("""
c.CourseDirectory.submitted_directory = "abgaben"
c.CourseDirectory.directory_structure = "{nbgrader_step}/{assignment_id}/{student_id}"
""")
    teacher.nbgrader("generate_assignment", NAME, "--force")
    folder = teacher.root / "abgaben" / NAME / "ann"
    folder.mkdir(parents=True)
    shutil.copy(teacher.root / "solutions" / NAME / f"{NAME}.ipynb", folder)
    write(folder / "timestamp.txt", "2030-01-01 00:00:00 UTC")
    (report,) = teacher.grade(f"abgaben/{NAME}/ann", *INTO)
    assert (report["student"], report["assignment"], report["score"]) == ("ann", NAME, 1)
    assert (teacher.root / "autograded" / NAME / "ann" / f"{NAME}.ipynb").exists()
    (again,) = teacher.grade("abgaben")
    assert (again["student"], again["seed"]) == ("ann", report["seed"])
    with Gradebook(f"sqlite:///{teacher.root}/gradebook.db") as book:
        assert book.find_submission(NAME, "ann").timestamp.year == 2030


def test_a_zip_that_was_unpacked_into_a_folder_of_its_own(teacher: Teacher) -> None:
    nested = teacher.hand_in("ann", to=f"{NAME}/{NAME}.ipynb")
    write(nested.parent.parent / "timestamp.txt", "2030-01-01 00:00:00 UTC")
    teacher.hand_in("ann", teacher.release, to="draft.ipynb")
    (report,) = teacher.grade("submitted", *INTO)
    assert (report["student"], report["score"]) == ("ann", 1)
    assert f"other notebooks lie there and were not graded, {NAME}.ipynb was: ../draft.ipynb" in report["notes"]
    with Gradebook(f"sqlite:///{teacher.root}/gradebook.db") as book:
        assert book.find_submission(NAME, "ann").timestamp.year == 2030


def test_a_layout_is_read_wherever_its_parts_stand() -> None:
    names = ("ps1", "week")
    for layout, path, below, wanted in (
        (Layout(), "/c/submitted/ann/week/week/x.ipynb", "ann/week/x", ("ann", "week", 5)),
        (Layout(), "/submitted/x/y/submitted/ann/ps1", "ann/ps1", ("ann", "ps1", 7)),
        (Layout("a/b"), "/c/a/b/ann/week/x", "ann/week", ("ann", "week", 6)),
        (Layout("/data/in"), "/data/in/ann/week/x", "ann/week", ("ann", "week", 5)),
        (Layout("in", "{assignment_id}/{nbgrader_step}-{student_id}"), "/c/ps1/in-ann/x", "", ("ann", "ps1", 4)),
    ):  # fmt: skip
        place = layout.place(Path(path), names)
        assert place is not None
        assert (place.student, place.assignment, place.depth) == wanted
        if below:
            found = layout.place_below(Path(below), names)
            assert found is not None
            assert (found.student, found.assignment) == wanted[:2]
    for path in ("/c/submitted/ann", "/c/submitted/ann/weekly/x", "/c/handed-in/ann/week/x", "/c/submitted/week"):
        assert Layout().place(Path(path), names) is None


@pytest.mark.parametrize("student", ["[br]", "ada ", " ada", "a*b?", "{0}"])
def test_feedback_for_ids_that_nbgrader_takes_for_patterns(teacher: Teacher, student: str) -> None:
    teacher.hand_in(student)
    teacher.hand_in("ada")
    reports = teacher.grade("submitted", *INTO, "--feedback")
    assert {report["student"] for report in reports} == {student, "ada"}
    assert teacher.scores(student) == {"check-double": (1, 1)}
    for name in (student, "ada"):
        assert (teacher.root / "feedback" / name / NAME / f"{NAME}.html").exists()


# -- 14: cells without their marks


@pytest.mark.parametrize("flavour", ["np", "nd"])
def test_cells_that_have_lost_their_metadata_are_known_by_what_they_say(flavour: str, tmp_path: Path) -> None:
    """nbdev and Kaggle strip it: nothing is deleted, and no demonstration is taken for the student's own code."""
    assignment = notebooks.assignment(flavour)
    notebook = notebooks.solution(flavour)
    whole = restore(read_notebook(notebooks.write(notebook, tmp_path / "whole.ipynb"))[0], assignment)
    training = notebooks.cell(notebook, "training")
    training.source = f"# longer\n{training.source}"
    notebook.cells.insert(3, nbformat.v4.new_markdown_cell("My own notes."))
    for cell in notebook.cells:
        cell.metadata = {}
        del cell["id"]
    (tmp_path / "stripped.ipynb").write_text(json.dumps({**notebook, "nbformat_minor": 4}))
    stripped = restore(read_notebook(tmp_path / "stripped.ipynb")[0], assignment)
    cells = [cell for cell in stripped.notebook if cell["source"] != "My own notes."]
    assert len(stripped.notebook) == len(cells) + 1
    assert cells == whole.notebook
    assert [cell.role for cell in stripped.cells] == [cell.role for cell in whole.cells]
    assert stripped.notes == [
        "the notebook has lost the marks of its cells, as some programs do when they save one: "
        f"{len(cells)} of {len(cells)} were told by what they say",
        "locked cell training had been edited; the released version was used",
    ]


def test_a_cell_whose_marks_alone_are_lost_is_known_too(tmp_path: Path) -> None:
    notebook = notebooks.solution("np")
    check = notebooks.cell(notebook, "check-softmax")
    check.metadata, check.id = {}, "abc"
    path = notebooks.write(notebook, tmp_path / "a.ipynb")
    assert restore(read_notebook(path)[0], notebooks.assignment("np")).notes == []


# -- 15: narrow terminals, names of files


def a_report(student: str) -> SubmissionReport:
    checks = [CheckReport("values", "", "passed", False, 4.5, "", "", None)]
    exercises = [ExerciseReport.of(name, checks) for name in notebooks.EXERCISES]
    return SubmissionReport("a", "a.ipynb", student, 1, "cpu", "none", [], [], 36, 36, 1.5, exercises)


@pytest.mark.parametrize("width", [140, 110, 80, 60, 40, 30])
def test_the_class_s_table_keeps_every_score_at_every_width(width: int) -> None:
    long = "a name that is rather longer than usual"
    reports: list[Report] = [a_report("ada"), a_report(long), RefusedReport("a", "b", "vera", "")]
    console = Console(width=width, file=StringIO(), color_system=None)
    console.print(class_table(reports, width))
    assert isinstance(console.file, StringIO)
    shown = console.file.getvalue()
    assert max(len(line) for line in shown.splitlines()) <= width
    assert "…" not in shown
    assert shown.count("4.5 ✓") == 2 * len(notebooks.EXERCISES)
    assert shown.count("36/36") == 2
    assert "vera" in shown
    for name in notebooks.EXERCISES:
        assert re.search(rf"\b{name}\b", shown), name


@pytest.mark.parametrize(("file", "told"), [
    (f"{NAME}.ipynb.txt", f", and there is {NAME}.ipynb.txt"),
    (f"{NAME}.json", f", and there is {NAME}.json"),
    ("a/b.py", ", and there is b.py"),
])  # fmt: skip
def test_what_lies_there_instead_of_a_notebook_is_named(teacher: Teacher, file: str, told: str) -> None:
    teacher.hand_in("ann", to=file)
    (why,) = said(find_submissions(str(teacher.root / "submitted"), teacher.course)).values()
    assert why.endswith(f"holds no notebook: {NAME}.ipynb is expected there{told}")
    (why,) = said(find_submissions(str(write(teacher.root / "x" / file).parent), teacher.course)).values()
    assert why.endswith(f"holds no notebook: there is no .ipynb file below it{told}")


def test_a_gradebook_s_path_is_shown_as_people_write_it() -> None:
    assert shown(parse("sqlite:////tmp/Übung 1/gradebook.db")) == "sqlite:////tmp/Übung 1/gradebook.db"
    assert shown(parse("postgresql://ann:secret@h/Übung")) == "postgresql://ann:***@h/Übung"


def test_what_waits_for_a_busy_machine_is_not_slow() -> None:
    """By what is left, `train` tells whether an answer is too slow for all images."""
    slot: Any = SimpleNamespace(turn=1, used=0.0)
    slot.processor_seconds = lambda: slot.used
    channel = SlotChannel(cast(Any, SimpleNamespace(slot=slot)), Exercise("f(x)", "0.0"), 10.0, frozenset())
    channel._allowance.begin()
    time.sleep(0.1)
    slot.used = 0.01
    channel._allowance.end()
    assert channel.seconds == pytest.approx(9.99)


# -- 16: other systems


FROM_CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,week (4711),Essay (4712),Current Score
,,,,,Manual Posting,,
    Points Possible,,,,,5,10,(read only)
"Lovelace, Ada",417,,ada@example.org,A,,7,70
Bob,418,,bob,A,0.5,8,80
Zoe,419,,zoe,A,1,9,90
"Student, Test",420,,,A,,,
"""
FROM_MOODLE = """Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Last modified (grade)"
"Participant 12345",Ada Lovelace,ada@example.org,Submitted,,1.00,-
"Participant 99",Bob,bob@example.org,Submitted,,1.00,-
"Participant 7",Zoe,zoe@example.org,"No submission",-,1.00,-
"""


@pytest.fixture
def graded(teacher: Teacher) -> Teacher:
    """ada and bob and cem are graded, and the gradebook knows of ada what other systems do."""
    teacher.hand_in("ada")
    teacher.hand_in("bob", teacher.release)
    teacher.hand_in("cem")
    teacher.grade("submitted", *INTO)
    teacher.nbgrader("db", "student", "add", "ada", "--lms-user-id=417", "--email=ada@example.org")
    return teacher


def test_canvas_s_own_file_is_filled_in(graded: Teacher) -> None:
    write(graded.root / "from-canvas.csv", FROM_CANVAS)
    done = graded.nbgrader("export", CANVAS, "--CanvasExporter.fill_in=from-canvas.csv", "--to=canvas.csv")
    rows = {row["ID"]: row for row in table(graded.root / "canvas.csv")}
    before = {row["ID"]: row for row in csv.DictReader(StringIO(FROM_CANVAS.removeprefix("\ufeff")))}
    scores = {key: row.pop("week (4711)") for key, row in rows.items()}
    assert scores == {"": "5", "417": "1.0", "418": "0.0", "419": "1", "420": ""}, "what is not known better stays"
    assert rows == {key: {name: row[name] for name in row if name != "week (4711)"} for key, row in before.items()}
    assert "from-canvas.csv has no row for cem" in done.err
    assert "week is worth 5 points in Canvas, and 1.0 here" in done.err


def test_canvas_s_file_may_lack_the_assignment_and_use_semicolons(graded: Teacher) -> None:
    text = "Student;ID;SIS User ID;SIS Login ID;Section\n    Points Possible;;;;\nAda;417;;;A\nBob;418;;bob;A\n"
    write(graded.root / "from-canvas.csv", text)
    done = graded.nbgrader("export", CANVAS, "--CanvasExporter.fill_in=from-canvas.csv", "--to=canvas.csv")
    assert (graded.root / "canvas.csv").read_text().splitlines() == [
        "Student;ID;SIS User ID;SIS Login ID;Section;week", "    Points Possible;;;;;1.0", "Ada;417;;;A;1.0",
        "Bob;418;;bob;A;0.0",
    ]  # fmt: skip
    assert "from-canvas.csv has no assignment week: Canvas will make one" in done.err


def test_moodle_s_worksheet_is_filled_in(graded: Teacher) -> None:
    graded.nbgrader("db", "student", "add", "bob", "--lms-user-id=99")
    write(graded.root / "worksheet.csv", FROM_MOODLE)
    done = graded.nbgrader("export", MOODLE, "--MoodleExporter.fill_in=worksheet.csv", f"--assignment={NAME}",
                           "--to=moodle.csv")  # fmt: skip
    rows = table(graded.root / "moodle.csv")
    assert list(rows[0]) == next(csv.reader(StringIO(FROM_MOODLE)))
    assert [(row["Identifier"], row["Grade"]) for row in rows] == [
        ("Participant 12345", "1.0"), ("Participant 99", "0.0"), ("Participant 7", "-"),
    ]  # fmt: skip
    assert "has no row for cem" in done.err


@pytest.mark.parametrize(("exporter", "text", "why"), [
    (CANVAS, "", "is empty: name the file that Canvas exported"),
    (CANVAS, "Student,ID\nX,5\n", "has no student of this gradebook: it is looked for by ID, SIS Login ID, SIS U"),
    (MOODLE, "Identifier\nParticipant 5\n", "has no column Grade: name Moodle's grading worksheet"),
    (MOODLE, None, "cannot be read (No such file or directory): name the file that Moodle exported"),
])  # fmt: skip
def test_a_file_that_cannot_be_filled_in_is_said(graded: Teacher, exporter: str, text: str | None, why: str) -> None:
    if text is not None:
        write(graded.root / "given.csv", text)
    option = f"--{exporter.rpartition('.')[2]}.fill_in=given.csv"
    done = graded.run("nbgrader", "export", exporter, option, "--to=x.csv")
    assert done.status == 1
    assert f"given.csv {why}" in done.err
    assert "Traceback" not in done.err
    assert not (graded.root / "x.csv").exists()


def test_moodle_s_download_is_collected_as_the_readme_says(teacher: Teacher) -> None:
    page = (ROOT / "docs" / "instructors" / "other-systems.md").read_text()
    (line,) = re.findall(r"^ *(c\.FileNameCollectorPlugin\.named_regexp = .*)$", page, re.MULTILINE)
    with (teacher.root / "nbgrader_config.py").open("a") as config:
        config.write(f"{line}\n")
    download = teacher.root / "download"
    for path in ("Ada Lovelace_12345_assignsubmission_file_/week.ipynb", "La Caille_7_assignsubmission_file_week.ipynb",
                 "Zoe_8_assignsubmission_file_/my work.ipynb"):  # fmt: skip
        shutil.copy(teacher.solution, write(download / path))
    archive = teacher.root / "downloaded" / NAME / "archive" / "Course-Week-99"
    archive.parent.mkdir(parents=True)
    shutil.make_archive(str(archive), "zip", download)
    teacher.nbgrader("zip_collect", NAME)
    reports = teacher.grade("submitted", *INTO)
    assert {(report["student"], report["score"]) for report in reports} == {("12345", 1), ("7", 1), ("8", 1)}
    write(teacher.root / "worksheet.csv", FROM_MOODLE)
    teacher.nbgrader("export", MOODLE, "--MoodleExporter.fill_in=worksheet.csv", f"--assignment={NAME}", "--to=m.csv")
    assert [row["Grade"] for row in table(teacher.root / "m.csv")] == ["1.0", "", "1.0"]


def test_gradescope_shows_hidden_checks_when_the_course_says() -> None:
    seen = CheckReport("values", "right values", "passed", False, 2, "", "", None)
    hidden = CheckReport("stable", "large logits", "failed", True, 1, "nan", "", None)
    exercise = ExerciseReport.of("softmax", [seen, hidden])
    report = SubmissionReport("a", "a.ipynb", None, 1, "cpu", "none", [], [], 2, 3, 1, [exercise])
    (at_once,) = json.loads(results_json(report))["tests"]
    assert (at_once["visibility"], at_once["score"], at_once["max_score"]) == ("visible", 2, 3)
    results = json.loads(results_json(report, "after_published"))
    first, second = results["tests"]
    assert (first["name"], first["visibility"], first["score"], first["max_score"]) == ("softmax", "visible", 2, 2)
    assert (second["visibility"], second["score"], second["max_score"]) == ("after_published", 0, 1)
    assert results["score"] == 2
    assert "large logits" not in json.dumps([first, results["output"]])
    assert "2 of 3" not in json.dumps([first, results["output"]])


def test_gradescope_s_zip_knows_what_was_chosen(teacher: Teacher) -> None:
    done = teacher.run("grader", "gradescope", NAME, "--hidden-checks", "after_due_date", "--to", "a.zip")
    assert done.status == 0, done
    with zipfile.ZipFile(teacher.root / "a.zip") as archive:
        assert json.loads(archive.read("settings.json")) == {"hidden_checks": "after_due_date"}
    with zipfile.ZipFile(teacher.root / "a.zip") as archive:
        archive.extractall(teacher.root / "gradescope" / "source")
    results = teacher.root / "gradescope" / "results"
    results.mkdir()
    shutil.copy(teacher.solution, write(teacher.root / "gradescope" / "submission" / "mine.ipynb"))
    script = f"from grader.platforms.gradescope import run_autograder; run_autograder({str(results.parent)!r})"
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True)
    told = json.loads((results / "results.json").read_text())
    assert told["score"] == 1
    assert [test["visibility"] for test in told["tests"]] == ["visible"], "there is no hidden check"
    assert "1 of 1" not in told["output"]


# -- 18: one cause is told once


def test_one_cause_is_told_once() -> None:
    cause = f"{DIAGNOSIS}nothing is returned."
    messages = [f"f(x) returned None.\n  x: 1{cause}", f"f(x) has no gradient.\n  x: 2{cause}", "f(x) is slow."]
    checks = [CheckReport(f"c{n}", "", "failed", False, 1, text, f"Hint {n}", None) for n, text in enumerate(messages)]
    told = without_repetitions(checks)
    assert [check.message for check in told] == [messages[0], "The same as above.", messages[2]]
    assert [check.hint for check in told] == ["Hint 0", "", "Hint 2"]
    for_teachers = without_repetitions(checks, keep_facts=True)[1]
    assert for_teachers.message == "f(x) has no gradient.\n  x: 2\nThe same as above."


# -- 19: a course in a repository


def test_git_is_not_offered_students_work(teacher: Teacher) -> None:
    shutil.copy(ROOT / ".gitignore", teacher.root)
    git = ["git", "-C", str(teacher.root), "-c", "user.name=t", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "course"]):
        subprocess.run([*git, *command], check=True)
    assert teacher.root / "gradebook.db" not in teacher.root.glob(".git/**/*")
    teacher.hand_in("ann")
    write(teacher.root / "downloaded" / NAME / "archive" / "a.zip")
    teacher.grade("submitted", *INTO, "--feedback")
    write(teacher.root / "reports.jsonl", json.dumps(teacher.grade("submitted")))
    teacher.nbgrader("autograde", NAME, "--force")
    teacher.nbgrader("export", CANVAS)
    teacher.nbgrader("export")
    teacher.run("grader", "gradescope", NAME)
    assert (teacher.root / f"{NAME}-gradescope.zip").exists()
    done = subprocess.run([*git, "status", "--porcelain", "-uall"], check=True, capture_output=True, text=True)
    assert done.stdout == ""
    tracked = subprocess.run([*git, "ls-files"], check=True, capture_output=True, text=True).stdout.splitlines()
    assert not [path for path in tracked if path.startswith(("gradebook", "submitted"))]
    assert f"solutions/{NAME}/{NAME}.ipynb" in tracked
