"""Runs that are broken off: the same command goes on where it stopped, and what the ledger has is not graded again."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import nbformat
import pytest

from grader.course.course import Course
from grader.judging.batch import Setting
from grader.judging.graded import Graded
from grader.judging.judge import Data, Job, Options
from grader.judging.ledger import MOST_OF_ONE, Ledger, LedgerError, ledger_of
from grader.judging.report import ExerciseReport, RefusedReport, Report, SubmissionReport
from grader.judging.resuming import Resuming
from grader.sandbox.launch import SlotOptions
from tests.command import Finished, Running, embedded_data, forking
from tests.command import in_small_course as grader
from tests.notebooks import ROOT, SMALL, cell, write
from tests.services import wait_for

ASSIGNMENT = SMALL["np"]
STUDENTS = ("ada", "ben", "emma", "hugo", "noah", "zoe")
# One exercise, in one seed: quick, and the same on any machine.
HOW = ("--only", "double", "--seed", "7", "--format", "json")


def place(submitted: Path, student: str) -> Path:
    return submitted / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class, in which emma is wrong, hugo slow, and noah's file no notebook."""
    folder = tmp_path_factory.mktemp("class") / "submitted"
    wrong = {
        "emma": "def double(X):\n    return X",
        "hugo": "import time\ndef double(X):\n    time.sleep(0.2)\n    return 2 * X",
    }
    for student in STUDENTS:
        changed = {"double": wrong[student]} if student in wrong else {}
        write(SMALL.with_cells("np", **changed), place(folder, student))
    place(folder, "noah").write_text("Dear teacher, my dog ate it.")
    return folder


@pytest.fixture(scope="module")
def once(submitted: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Finished]:
    """The ledger of a run that nobody disturbed, and what it printed."""
    ledger = tmp_path_factory.mktemp("once") / "ledger.db"
    return ledger, grader("grade", submitted, *HOW, "--jobs", "2", "--ledger", ledger)


@pytest.fixture
def ledger(once: tuple[Path, Finished], tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    return Path(shutil.copy(once[0], tmp_path / "ledger.db"))


def start(*args: str | Path) -> Running:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **embedded_data()}
    return forking("grader").start(args, SMALL.root, environment)


def without_times(printed: str) -> str:
    return re.sub(r'"seconds":[0-9.]+', "", printed)


def rows(ledger: Path) -> dict[str, tuple[Any, ...]]:
    """What is in the ledger on each notebook, by its path."""
    if not ledger.exists():
        return {}
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=10)) as connection:
        try:
            return {row[0]: row for row in connection.execute("SELECT place, number, key, time, report FROM graded")}
        except sqlite3.OperationalError:  # its tables are not there yet
            return {}


# -- broken off


def kill_after(enough: int, running: Running, ledger: Path) -> None:
    """Once that many submissions are in the ledger, or a moment later."""
    wait_for(lambda: running.ended or len(rows(ledger)) >= enough, "submissions to be graded")
    time.sleep(random.uniform(0, 0.1))
    running.kill()
    running.finish()


def test_a_run_that_is_killed_again_and_again_comes_to_the_same(
    submitted: Path, once: tuple[Path, Finished], tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.db"
    finished: dict[str, tuple[Any, ...]] = {}
    for enough in sorted(random.sample(range(1, len(STUDENTS)), 2)):
        running = start("grade", submitted, *HOW, "--jobs", "2", "--ledger", ledger)
        kill_after(enough, running, ledger)
        assert finished.items() <= rows(ledger).items(), "what was finished was graded twice"
        finished = {path: row for path, row in rows(ledger).items() if path != str(place(submitted, "noah"))}
        assert len(finished) >= enough - 1
    done = grader("grade", submitted, *HOW, "--jobs", "2", "--ledger", ledger)
    assert done.status == 1  # noah's is no notebook
    assert without_times(done.out) == without_times(once[1].out)
    assert finished.items() <= rows(ledger).items()
    assert "not changed since an earlier run" in done.err


def test_the_same_command_gives_the_same_bytes_and_grades_nothing(
    submitted: Path, once: tuple[Path, Finished], ledger: Path
) -> None:
    before = rows(ledger)
    done = grader("grade", submitted, *HOW, "--ledger", ledger)
    assert done.out == once[1].out
    assert "note: 5 of 6 submissions have not changed since an earlier run" in done.err
    assert str(ledger) in done.err
    noah = str(place(submitted, "noah"))  # what could not be graded is tried again
    assert [path for path, row in rows(ledger).items() if row != before[path]] == [noah]
    shown = grader("grade", submitted, *HOW[:-2], "--ledger", ledger)
    assert "5 of 6 submissions have not changed since an earlier run" in shown.out.replace("\n", " ")
    assert shown.err == ""


def test_again_grades_all_of_it_and_keeps_the_newest(submitted: Path, ledger: Path) -> None:
    before = rows(ledger)
    done = grader("grade", submitted / "ada", *HOW, "--ledger", ledger, "--again")
    assert done.err == ""
    changed = [path for path, row in rows(ledger).items() if row != before[path]]
    assert changed == [str(place(submitted, "ada"))]


def test_two_runs_at_once_on_one_ledger_do_not_disturb_each_other(
    submitted: Path, once: tuple[Path, Finished], tmp_path: Path
) -> None:
    ledger = tmp_path / "ledger.db"
    both = [start("grade", submitted, *HOW, "--jobs", "1", "--ledger", ledger) for _ in range(2)]
    for done in [running.finish() for running in both]:
        assert done.status == 1
        assert without_times(done.out) == without_times(once[1].out)
        assert "cannot" not in done.err
    assert len(rows(ledger)) == len(STUDENTS)


# -- choosing


def test_failed_grades_what_could_not_be_the_last_time(submitted: Path, ledger: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(submitted, tmp_path / "submitted")
    first = grader("grade", copy, *HOW, "--ledger", ledger)
    assert [report["student"] for report in first.reports if "error" in report] == ["noah"]
    write(SMALL.solution("np"), place(copy, "noah"))
    done = grader("grade", copy, *HOW, "--ledger", ledger, "--failed")
    assert [report["student"] for report in done.reports] == ["noah"]
    assert done.reports[0]["score"] == done.reports[0]["max_score"]
    nothing = grader("grade", copy, *HOW, "--ledger", ledger, "--failed")
    assert (nothing.status, nothing.out) == (0, "")
    assert "nothing went wrong the last time" in nothing.err


def test_one_student_alone(submitted: Path, ledger: Path) -> None:
    done = grader("grade", submitted, *HOW, "--ledger", ledger, "--student", "zoe", "--student", "ada")
    assert [report["student"] for report in done.reports] == ["ada", "zoe"]
    said = grader("grade", submitted, *HOW, "--ledger", ledger, "--student", "zoo").refused()
    assert "no submission of 'zoo'" in said
    assert "hugo" in said


def test_the_log_has_a_line_on_each_submission_and_grows(submitted: Path, ledger: Path, tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    for _ in range(2):
        grader("grade", submitted, *HOW, "--ledger", ledger, "--log", log)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["student"] for line in lines] == [*STUDENTS, *STUDENTS]
    ada, noah = (next(line for line in lines if line["student"] == name) for name in ("ada", "noah"))
    assert {"time", "assignment", "score", "max_score", "seconds", "submission", "unchanged"} <= ada.keys()
    assert "is not a notebook" in noah["error"]


@pytest.mark.parametrize("option", ["--again", "--failed"])
def test_options_on_the_ledger_are_refused_where_there_is_none(submitted: Path, option: str) -> None:
    assert "none is kept here" in grader("grade", submitted, option).refused()
    assert "--force" in grader("grade", submitted, option, "--gradebook", "sqlite:///none.db").refused()


# -- where it is kept


def test_without_more_it_is_kept_for_the_user_alone_and_moved_aside_where_it_is_damaged(
    submitted: Path, tmp_path: Path
) -> None:
    environment = {"XDG_STATE_HOME": str(tmp_path), "SOFTMARK_NO_LEDGER": "0"}
    args = ("grade", submitted / "ada", *HOW)
    first = grader(*args, environment=environment)
    assert first.err == ""
    (kept,) = tmp_path.glob("softmark/ledgers/course-*.db")
    assert kept.stat().st_mode & 0o077 == 0
    assert kept.parent.stat().st_mode & 0o077 == 0
    assert grader(*args, environment=environment).out == first.out
    kept.write_bytes(b"no database" * 1000)
    done = grader(*args, environment=environment)
    assert without_times(done.out) == without_times(first.out)
    (aside,) = kept.parent.glob("*.damaged-*")
    assert str(aside) in done.err
    assert len(rows(kept)) == 1


def test_where_it_cannot_be_kept_grading_goes_on_and_says_so(submitted: Path) -> None:
    done = grader(
        "grade", submitted / "ada", *HOW, environment={"XDG_STATE_HOME": "/dev/null", "SOFTMARK_NO_LEDGER": "0"}
    )
    assert done.status == 0
    assert done.err.count("\n") == 1
    assert "cannot be opened" in done.err


def test_a_named_file_that_is_no_ledger_is_left_as_it_is(submitted: Path, tmp_path: Path) -> None:
    text, other = tmp_path / "reports.jsonl", tmp_path / "gradebook.db"
    text.write_text("{}")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE assignment (id)")
    for file in (text, other, tmp_path):
        before = file.read_bytes() if file.is_file() else b""
        said = grader("grade", submitted, *HOW, "--ledger", file).refused()
        assert str(file) in said and "--ledger" in said
        assert (file.read_bytes() if file.is_file() else b"") == before


def test_it_does_not_lie_where_a_students_code_is_given_what_lies_there(submitted: Path) -> None:
    here = submitted / "ada" / ASSIGNMENT / "ledger.db"
    assert "students' code" in grader("grade", submitted, *HOW, "--ledger", here).refused()


# -- what it believes

JOB = "ada"


def a_report(job: Job, assignment: str = ASSIGNMENT) -> SubmissionReport:
    return SubmissionReport(assignment, job.given, job.student, 1, "cpu", "none", [], [], 1.0, 2.0, 0.5, [])


@pytest.fixture
def setting(tmp_path: Path, data: Data) -> Setting:
    """Of a copy of the small course, without training; the sandbox is only named."""
    root = shutil.copytree(SMALL.root, tmp_path / "course")
    return Setting(Course(root), data, SlotOptions.of("cpu", data), "bwrap", Options(seed=1))


@pytest.fixture
def job(tmp_path: Path) -> Job:
    path = write(SMALL.solution("np"), place(tmp_path / "submitted", "ada"))
    return Job(path, str(path), "ada", ASSIGNMENT)


def kept(path: Path, setting: Setting, job: Job, report: Report | None = None) -> Report | Job:
    """What is to be done about a submission that was graded once, in that setting or an earlier one."""
    with closing(Ledger(path, named=False)) as ledger:
        resuming = Resuming(ledger, setting, [job])
        (planned,) = resuming.plan([job], again=False)
        if report is not None:
            resuming.finished(job, Graded(report))
    return planned


def solution(setting: Setting) -> Path:
    return setting.course.root / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


def edit(path: Path, change: Callable[[Any], None]) -> None:
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def other_points(notebook: Any) -> None:
    cell(notebook, "check-double").metadata.nbgrader.points += 1


def other_solution(notebook: Any) -> None:
    cell(notebook, "double").source += "\n# so that it is clear"


def other_exercise(setting: Setting) -> None:
    path = next(setting.course.root.glob("exercises/*/double/exercise.py"))
    path.write_text(f"{path.read_text()}\n")
    from grader.course.sources import fingerprint

    fingerprint.cache_clear()  # a command reads it once


def test_what_is_the_same_is_known_and_what_is_not_is_graded_anew(setting: Setting, job: Job, tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    assert kept(path, setting, job, a_report(job)) == job
    elsewhere = replace(job, given="submitted/ada")
    assert kept(path, setting, elsewhere) == a_report(elsewhere)
    options = setting.options
    for changed in (
        replace(options, seed=2), replace(options, seed=None), replace(options, training=False),
        replace(options, timeout=3.0), replace(options, only=("double",)),
    ):  # fmt: skip
        assert kept(path, replace(setting, options=changed), job) == job
    for other in (replace(setting, slot=SlotOptions.of("gpu", setting.data)), replace(setting, confinement="none")):
        assert kept(path, other, job) == job
    assert isinstance(kept(path, setting, replace(job, student="ben")), Job)
    assert kept(path, setting, job) == a_report(job)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda setting, job: edit(solution(setting), other_points), id="points"),
        pytest.param(lambda setting, job: edit(solution(setting), other_solution), id="solution"),
        pytest.param(lambda setting, job: other_exercise(setting), id="exercise"),
        pytest.param(lambda setting, job: edit(job.path, other_solution), id="submission"),
        pytest.param(lambda setting, job: (job.path.parent / "helper.py").write_text("x = 1"), id="file beside it"),
        pytest.param(
            lambda setting, job: (solution(setting).parent / "data.csv").write_text("1"), id="file of the course"
        ),
    ],
)
def test_a_change_of_what_was_graded_or_by_what_is_seen(
    setting: Setting, job: Job, tmp_path: Path, change: Callable[[Setting, Job], Any]
) -> None:
    path = tmp_path / "ledger.db"
    kept(path, setting, job, a_report(job))
    assert kept(path, setting, job) == a_report(job)
    change(setting, job)
    assert kept(path, setting, job) == job


def test_a_submission_that_was_changed_while_it_was_graded_is_not_kept(
    setting: Setting, job: Job, tmp_path: Path
) -> None:
    with closing(Ledger(tmp_path / "ledger.db", named=False)) as ledger:
        resuming = Resuming(ledger, setting, [job])
        resuming.plan([job], again=False)
        edit(job.path, other_solution)
        resuming.finished(job, Graded(a_report(job)))
        assert resuming.recorded == 0
    assert kept(tmp_path / "ledger.db", setting, job) == job


def test_what_could_not_be_graded_is_tried_again(setting: Setting, job: Job, tmp_path: Path) -> None:
    refused = RefusedReport(ASSIGNMENT, job.given, "ada", "the grader failed, not the student")
    assert kept(tmp_path / "ledger.db", setting, job, refused) == job
    assert kept(tmp_path / "ledger.db", setting, job) == job


def test_failed_finds_what_the_grader_itself_erred_in(setting: Setting, job: Job, tmp_path: Path) -> None:
    erred = ExerciseReport("double", "error", 2.0, 2.0, [])
    fine = replace(job, path=job.path.with_name("other.ipynb"), student="ben")
    with closing(Ledger(tmp_path / "ledger.db", named=False)) as ledger:
        resuming = Resuming(ledger, setting, [job, fine])
        never = replace(job, path=job.path.with_name("never.ipynb"))
        resuming.finished(job, Graded(msgspec.structs.replace(a_report(job), exercises=[erred])))
        resuming.finished(fine, Graded(a_report(fine)))
        nowhere = RefusedReport(None, "nowhere", None, "nowhere does not exist")
        assert resuming.failed([job, fine, never, nowhere]) == [job, nowhere]


def test_of_each_notebook_the_newest_reports_are_kept(job: Job, tmp_path: Path) -> None:
    other = replace(job, path=job.path.with_name("other.ipynb"))
    with closing(Ledger(tmp_path / "ledger.db", named=False)) as ledger:
        assert ledger.record("other", str(other.path), a_report(other))
        for number in range(MOST_OF_ONE + 5):
            assert ledger.record(f"{number}", str(job.path), a_report(job))
        assert [ledger.report(key) is None for key in ("other", "4", "5")] == [False, True, False]


def test_where_it_cannot_be_written_to_any_more_that_is_told_once(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ledger.db"
    monkeypatch.setattr("grader.judging.ledger.WAIT_SECONDS", 0.1)
    with closing(Ledger(path, named=False)) as ledger, closing(sqlite3.connect(path)) as other:
        assert ledger.record("first", str(job.path), a_report(job))
        other.execute("BEGIN IMMEDIATE")  # a program that does not let go of it
        assert not ledger.record("second", str(job.path), a_report(job))
        assert not ledger.record("third", str(job.path), a_report(job))
        other.rollback()
        (note,) = ledger.notes
        assert str(path) in note and "cannot be written to" in note
        assert [ledger.report(key) is None for key in ("first", "second", "third")] == [False, True, True]


def test_without_a_home_there_is_none_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    # What platformdirs gives to a user whom the system does not know, as in many a container.
    monkeypatch.setattr("grader.judging.ledger.user_state_path", lambda name: Path("~/.local/state", name))
    with pytest.raises(LedgerError, match="no home folder"):
        ledger_of(SMALL.root)


@pytest.mark.parametrize("damage", ["UPDATE graded SET report = x'00'", "UPDATE graded SET report = 'text'",
                                    "UPDATE graded SET report = x'789c4bcecf0500029b012e'"])  # fmt: skip
def test_a_row_that_is_damaged_is_not_believed_and_is_told(
    setting: Setting, job: Job, tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "ledger.db"
    kept(path, setting, job, a_report(job))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damage)
    with closing(Ledger(path, named=True)) as ledger:
        assert Resuming(ledger, setting, [job]).plan([job], again=False) == [job]
        assert any("damaged" in note and str(job.path) in note for note in ledger.notes)


@pytest.mark.parametrize("where", [0, 1000, 5000, 9000])
def test_a_ledger_that_is_damaged_anywhere_is_moved_aside_or_of_use(
    setting: Setting, job: Job, tmp_path: Path, where: int
) -> None:
    path = tmp_path / "ledger.db"
    kept(path, setting, job, a_report(job))
    content = bytearray(path.read_bytes())
    content[where : where + 400] = random.Random(where).randbytes(400)
    path.write_bytes(content)
    with closing(Ledger(path, named=False)) as ledger:
        planned = Resuming(ledger, setting, [job]).plan([job], again=False)
        assert planned in ([job], [a_report(job)])
        assert planned != [job] or ledger.notes
        assert all(
            (tmp_path / note.split(" moved to ")[1].split(",")[0]).exists() for note in ledger.notes if "moved" in note
        )
    assert kept(path, setting, job, a_report(job)) in (job, a_report(job))
    assert kept(path, setting, job) == a_report(job)


def test_a_ledger_of_another_layout_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger(path, named=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(LedgerError, match="another version"):
        Ledger(path, named=True)
