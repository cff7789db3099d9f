"""What can go wrong with `grader grade --gradebook`: one clear sentence, nothing half written, the others graded."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import nbformat
import psycopg
import pytest

from grader.nbgrader.database import GradebookError, connect, parse
from tests.command import GRADER, Finished, Running, grader
from tests.gradebooks import (
    NAME,
    address_of,
    assert_nothing_half_written,
    copy_course,
    copy_database,
    rows,
)
from tests.nbgrader_course import NbgraderCourse, nbgrader_course
from tests.notebooks import SMALL
from tests.services import wait_for

PASSWORD = "swordfish"
CLASS = ("ann", "ben", "cem")
INTO = ("--gradebook", "sqlite:///gradebook.db")
QUICKLY = ("--only", "scale", "--jobs", "1", "--format", "json")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    """A course with a gradebook, and a class of three who have done nothing."""
    with nbgrader_course(tmp_path_factory.mktemp("trouble")) as course:
        course.teacher.nbgrader("generate_assignment", NAME)
        for name in CLASS:
            course.hand_in(name, NAME, course.released(NAME))
        yield course


@pytest.fixture
def course(prepared: NbgraderCourse, tmp_path: Path) -> NbgraderCourse:
    """A copy, to do with what one likes."""
    return copy_course(prepared, tmp_path)


def nothing_was_written(course: NbgraderCourse) -> bool:
    return not any((course.root / place).exists() for place in ("autograded", "feedback"))


# -- gradebooks that are of no use

USELESS: dict[str, tuple[Callable[[NbgraderCourse], str], str]] = {}


def useless(sentence: str) -> Callable[[Callable[[NbgraderCourse], str]], None]:
    """A function that spoils the gradebook and returns its address; the sentence that the user gets."""

    def keep(spoil: Callable[[NbgraderCourse], str]) -> None:
        USELESS[spoil.__name__] = (spoil, sentence)

    return keep


def sql(course: NbgraderCourse, *statements: str) -> str:
    with closing(sqlite3.connect(course.root / "gradebook.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    return INTO[1]


@useless("gradebook.db is no database's address: say sqlite:///gradebook.db or postgresql://USER@HOST/NAME")
def file_without_scheme(course: NbgraderCourse) -> str:
    return "gradebook.db"


@useless("postgres://... is no database's address")
def unknown_scheme(course: NbgraderCourse) -> str:
    return f"postgres://ann:{PASSWORD}@localhost/gradebook"


@useless("postgresql://... is no database's address")
def port_of_letters(course: NbgraderCourse) -> str:
    return f"postgresql://ann:{PASSWORD}@localhost:port/gradebook"


@useless(r"a gradebook at postgresql\+asyncpg://... needs a Python package that is not there")
def driver_that_is_missing(course: NbgraderCourse) -> str:
    return f"postgresql+asyncpg://ann:{PASSWORD}@localhost/gradebook"


@useless(r"postgresql://ann:\*\*\*@localhost:1/gradebook cannot be reached: .*refused")
def server_that_is_not_there(course: NbgraderCourse) -> str:
    return f"postgresql://ann:{PASSWORD}@localhost:1/gradebook"


@useless("the gradebook postgresql://ann@localhost:1/gradebook cannot be reached")
def password_at_the_end(course: NbgraderCourse) -> str:
    return f"postgresql://ann@localhost:1/gradebook?password={PASSWORD}"


@useless("there is no gradebook sqlite:////.*/course/grades.db: make one with nbgrader generate_assignment ASSIG")
def no_such_file(course: NbgraderCourse) -> str:
    return "sqlite:///grades.db"


@useless("there is no gradebook sqlite:////.*/course/solutions")
def folder(course: NbgraderCourse) -> str:
    return "sqlite:///solutions"


@useless("is no database: is it the right file?")
def other_file(course: NbgraderCourse) -> str:
    return "sqlite:///nbgrader_config.py"


@useless("holds no gradebook of nbgrader's: make one")
def other_database(course: NbgraderCourse) -> str:
    with closing(sqlite3.connect(course.root / "addresses.db")) as connection:
        connection.execute("CREATE TABLE address (name)")
    return "sqlite:///addresses.db"


@useless(r"was made by an older nbgrader \(it has no grade.extra_credit\): make a copy of it, then run nbgrader db")
def older_schema(course: NbgraderCourse) -> str:
    return sql(course, "ALTER TABLE grade DROP COLUMN extra_credit")


@useless(r"was made by an older nbgrader \(it has no course.id\)")
def much_older_schema(course: NbgraderCourse) -> str:
    return sql(course, "DROP TABLE course")


@useless("belongs to the course algebra, and this one is softmark")
def gradebook_of_another_course(course: NbgraderCourse) -> str:
    return sql(course, "INSERT INTO course VALUES ('algebra')", "UPDATE assignment SET course_id = 'algebra'")


@useless(r"knows none of this course's assignments \(it has matrices\)")
def gradebook_of_other_assignments(course: NbgraderCourse) -> str:
    return sql(course, "UPDATE assignment SET name = 'matrices'")


@useless("nbgrader's settings cannot be used: NameError: name 'd' is not defined .*nbgrader_config.py, line")
def settings_with_a_slip(course: NbgraderCourse) -> str:
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("\nd.CourseDirectory.course_id = 'softmark'\n")
    return INTO[1]


@useless("nbgrader's settings cannot be used: TraitError: .*'late.Nobody' could not be imported")
def settings_that_name_nothing(course: NbgraderCourse) -> str:
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.AssignLatePenalties.plugin_class = 'late.Nobody'\n")
    return INTO[1]


@pytest.mark.parametrize("spoil", USELESS)
def test_a_useless_gradebook_is_refused_in_a_sentence(course: NbgraderCourse, spoil: str) -> None:
    make, sentence = USELESS[spoil]
    said = course.grader("grade", "submitted", "--gradebook", make(course)).refused()
    assert re.search(sentence, said), said
    assert PASSWORD not in said
    assert nothing_was_written(course)


def test_without_a_driver_for_postgresql_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for driver in ("psycopg", "psycopg2"):
        monkeypatch.setitem(sys.modules, driver, None)  # so that it cannot be imported
    for address in (
        f"postgresql://ann:{PASSWORD}@localhost/grades",
        f"postgresql+psycopg://ann:{PASSWORD}@localhost/grades",
    ):
        with pytest.raises(
            GradebookError, match=r"needs a Python package that is not there: .*psycopg\[binary\]"
        ) as said:
            connect(parse(address))
        assert PASSWORD not in str(said.value)


# -- submissions that have no place in it

LATE = """
from nbgrader.plugins import BasePlugin


class TwoPoints(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return {"late": 0}[student_id]
"""


@pytest.fixture(scope="module")
def odd_class(prepared: NbgraderCourse, tmp_path_factory: pytest.TempPathFactory) -> tuple[NbgraderCourse, Finished]:
    """A class with submissions of all kinds, and what the command has made of it."""
    course = copy_course(prepared, tmp_path_factory.mktemp("odd"))
    with (course.root / "nbgrader_config.py").open("a") as file:
        file.write("\nc.Autograde.create_student = False\n")
    (course.root / "late.py").write_text(LATE)
    known = ["ann", "ben", "behind", "drafts", "empty", "essayist", "linked", "links", "lodger", "late", "lost",
             "twins", "unlucky", "untimely"]  # fmt: skip
    sql(course, *[f"INSERT INTO student (id) VALUES ('{name}')" for name in known],
        "UPDATE assignment SET duedate = '2026-01-31 12:00:00.000000'")  # fmt: skip
    stub, submitted = course.released(NAME), course.root / "submitted"
    for name in ("drafts", "lost", "late", "links", "stranger", "unlucky", "untimely"):
        course.hand_in(name, NAME, stub)
    (submitted / "drafts" / NAME / "first try.ipynb").write_text("{}")
    (submitted / "drafts" / NAME / "old").mkdir()
    shutil.copy(course.submitted("drafts", NAME), submitted / "drafts" / NAME / "old")
    (submitted / "empty" / NAME).mkdir(parents=True)
    (submitted / "essayist" / NAME).mkdir(parents=True)
    (submitted / "essayist" / NAME / f"{NAME}.ipynb").write_text("Dear teacher,")
    (submitted / "twins" / NAME).mkdir(parents=True)
    for name in ("one.ipynb", "two.ipynb"):
        shutil.copy(course.submitted("ann", NAME), submitted / "twins" / NAME / name)
    (submitted / "linked" / NAME).mkdir(parents=True)
    course.submitted("linked", NAME).symlink_to(course.root / "solutions" / NAME / f"{NAME}.ipynb")
    (submitted / "behind").symlink_to("ann")
    (submitted / "links" / NAME / "timestamp.txt").symlink_to("/etc/passwd")
    (submitted / "links" / NAME / "data").symlink_to("/etc")
    course.hand_in("lodger", NAME, SMALL.released("nd"))
    course.hand_in("lost", SMALL["nd"], SMALL.released("nd"))
    for name, when in (("untimely", "last Tuesday"), ("unlucky", "2026-02-01"), ("late", "2026-02-01 01:00 CET")):
        (submitted / name / NAME / "timestamp.txt").write_text(when)
    (submitted / "cem" / NAME / f"{NAME}.ipynb").unlink()
    return course, course.grader("grade", "submitted/ben", "submitted", *INTO, "--feedback", *QUICKLY)


REFUSED = {
    f"behind/{NAME}": "is behind a link, and links are not followed",
    f"cem/{NAME}": f"holds no notebook: {NAME}.ipynb is expected there",
    f"empty/{NAME}": f"holds no notebook: {NAME}.ipynb is expected there",
    f"essayist/{NAME}/{NAME}.ipynb": "is not a notebook but a file of another kind",
    f"linked/{NAME}/{NAME}.ipynb": "is a link to a file elsewhere, which may be another's: put the submission",
    f"lodger/{NAME}/{NAME}.ipynb": f"it is a notebook of the assignment {NAME}-nd, handed in for {NAME}",
    f"lost/{NAME}-nd/{NAME}-nd.ipynb": f"gradebook.db does not know the assignment {NAME}-nd: run nbgrader gener",
    f"stranger/{NAME}/{NAME}.ipynb": "gradebook.db knows no student stranger, and this course does not add any by it",
    f"twins/{NAME}/one.ipynb": f"twins has more than one notebook here; call the one that counts {NAME}.ipynb",
    f"twins/{NAME}/two.ipynb": f"twins has more than one notebook here; call the one that counts {NAME}.ipynb",
    f"unlucky/{NAME}/{NAME}.ipynb": "the course's penalty for lateness, TwoPoints, cannot be worked out: KeyError",
    f"untimely/{NAME}/{NAME}.ipynb": "the timestamp.txt beside it holds no date and time that can be read; write it",
}


def test_each_odd_submission_has_its_line_and_the_others_are_graded(odd_class: tuple[NbgraderCourse, Finished]) -> None:
    course, done = odd_class
    assert (done.status, done.err) == (1, ""), done
    said = {report["submission"].removeprefix("submitted/"): report.get("error", "") for report in done.reports}
    assert len(said) == len(done.reports) - 1
    assert done.reports[0]["error"].endswith("it is named twice, and was graded once")
    assert {place for place, error in said.items() if error} == set(REFUSED)
    for place, error in REFUSED.items():
        assert error in said[place]
        assert "\n" not in said[place]
        assert said[place].count("submitted/") == 1, "the place is named, and once"
    graded = assert_nothing_half_written(course, address_of(course))
    assert graded == {"ann", "ben", "drafts", "late", "links", "lost"}
    found = rows(address_of(course))
    assert found["late"]["timestamp"] == datetime(2026, 2, 1)
    assert found["links"]["timestamp"] is None


def test_no_link_of_a_student_s_is_followed(odd_class: tuple[NbgraderCourse, Finished]) -> None:
    copied = {path.name for path in (odd_class[0].root / "autograded" / "links" / NAME).iterdir()}
    assert copied == {f"{NAME}.ipynb"}


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ((f"submitted/ann/{NAME}/{NAME}.ipynb", "--assignment", f"{NAME}-nd"),
         f"it was handed in for {NAME}, so it cannot be recorded as {NAME}-nd"),
        (("mine.ipynb",), "whose is it? A gradebook needs nbgrader's folders, submitted/<student>/"),
        (("autograded",), "it is graded already; name the folder that it was submitted to"),
    ],
    ids=["other_assignment", "no_student", "graded_already"],
)  # fmt: skip
def test_what_cannot_be_recorded_is_not_graded(course: NbgraderCourse, args: tuple[str, ...], sentence: str) -> None:
    shutil.copy(course.submitted("ann", NAME), course.root / "mine.ipynb")
    shutil.copytree(course.root / "submitted", course.root / "autograded")
    done = course.grader("grade", *args, *INTO, "--format", "json")
    assert (done.status, done.err) == (1, "")
    assert all(sentence in report["error"] for report in done.reports)
    assert not any("grades" in found for found in rows(address_of(course)).values())


def test_a_gradebook_that_lacks_a_cell_is_noticed_before_anything_is_graded(course: NbgraderCourse) -> None:
    of_medical = "WHERE id IN (SELECT id FROM base_cell WHERE name = 'question-sign')"
    sql(course, *[f"DELETE FROM {table} {of_medical}" for table in ("grade_cells", "solution_cells", "base_cell")])
    done = course.grader("grade", "submitted", *INTO, "--format", "json")
    assert done.status == 1
    assert [report["error"].partition("gradebook.db ")[2] for report in done.reports] == 3 * [
        f"does not know the cell question-sign of {NAME}: run nbgrader generate_assignment {NAME} --force"
    ]
    assert nothing_was_written(course)


# -- locks


@contextmanager
def locked(course: NbgraderCourse) -> Iterator[None]:
    """As while another program writes to the gradebook."""
    with closing(sqlite3.connect(course.root / "gradebook.db", isolation_level=None)) as connection:
        wait_for(lambda: _begun(connection), "the lock on the gradebook")
        yield
        connection.rollback()


def _begun(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    return True


def take_time(course: NbgraderCourse, *students: str) -> None:
    """Let there be time for the test to do something while these are graded."""
    for name in students:
        notebook = course.released(NAME)
        notebook.cells.append(nbformat.v4.new_code_cell("import time\ntime.sleep(1)"))
        course.submitted(name, NAME).write_text(json.dumps(notebook))


def wait_for_lines(running: Running, lines: int, whose: str) -> None:
    """Until the command has printed as many."""
    wait_for(lambda: running.printed.count("\n") == lines, f"{whose} line")


def test_a_locked_gradebook_is_waited_for(course: NbgraderCourse) -> None:
    """Longer than the five seconds that SQLite waits by itself."""
    with locked(course):
        running = course.start("grade", "submitted/ann", *INTO, *QUICKLY)
        time.sleep(7)
    done = running.finish()
    assert done.status == 0, done
    assert assert_nothing_half_written(course, address_of(course)) == {"ann"}


def test_a_gradebook_that_stays_locked_is_given_up(course: NbgraderCourse) -> None:
    with locked(course):
        said = course.grader("grade", "submitted", "--gradebook", "sqlite:///gradebook.db?timeout=0.2").refused()
    assert "gradebook.db?timeout=0.2 is locked: another program is writing to it; wait for it to end" in said
    assert nothing_was_written(course)


def test_a_lock_in_the_middle_of_the_class_costs_one_submission(course: NbgraderCourse) -> None:
    take_time(course, "ben")
    running = course.start("grade", "submitted", "--gradebook", "sqlite:///gradebook.db?timeout=2", *QUICKLY)
    wait_for_lines(running, 1, "ann's")
    with locked(course):
        wait_for_lines(running, 2, "ben's")
    done = running.finish()
    assert done.status == 1
    errors = {report["student"]: report.get("error", "") for report in done.reports}
    assert "is locked: another program is writing to it" in errors.pop("ben")
    assert errors == {"ann": "", "cem": ""}
    assert assert_nothing_half_written(course, address_of(course)) == {"ann", "cem"}


def _somebody_is_at_work(folder: Path) -> bool:
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(opened)
    return False


def test_two_at_once_are_one_too_many(course: NbgraderCourse) -> None:
    patiently = ("submitted/ann", "--gradebook", "sqlite:///gradebook.db?timeout=150", *QUICKLY)
    with locked(course):
        running = course.start("grade", *patiently)
        wait_for(lambda: _somebody_is_at_work(course.root), "the first to begin")
        said = course.grader("grade", "submitted", *INTO).refused()
    assert "another grader grade --gradebook is at work in" in said
    assert running.finish().status == 0


# -- no room, no right to write


@pytest.fixture
def unprivileged(tmp_path: Path) -> Path:
    """A Python for which file permissions hold, as they do not for root."""
    if os.geteuid() != 0:
        return Path(sys.executable)
    python = tmp_path / "python"
    without = "setpriv --bounding-set=-dac_override,-dac_read_search"
    python.write_text(f'#!/bin/sh\nexec {without} {sys.executable} "$@"\n')
    python.chmod(0o755)
    return python


def test_a_gradebook_that_may_only_be_read(course: NbgraderCourse, unprivileged: Path) -> None:
    (course.root / "gradebook.db").chmod(0o444)
    done = grader("grade", "submitted", *INTO, cwd=course.root, python=unprivileged,
                  environment=course.teacher.environment)  # fmt: skip
    assert "gradebook.db can only be read: make the file and its folder writable" in done.refused()
    assert nothing_was_written(course)


def test_folders_that_may_only_be_read_cost_those_whose_they_are(course: NbgraderCourse, unprivileged: Path) -> None:
    for folder in ("autograded/ann", "autograded/ben", "feedback/ben", f"submitted/cem/{NAME}/secret"):
        (course.root / folder).mkdir(parents=True)
    (course.root / "submitted" / "cem" / NAME / "secret").chmod(0o000)
    for folder in ("autograded/ann", "feedback/ben"):
        (course.root / folder).chmod(0o555)
    done = grader("grade", "submitted", *INTO, *QUICKLY, "--feedback", cwd=course.root, python=unprivileged,
                  environment=course.teacher.environment)  # fmt: skip
    assert (done.status, done.err) == (1, "")
    errors = {report["student"]: report.get("error", "") for report in done.reports}
    assert errors["ann"].endswith(f"course/autograded/ann/{NAME} cannot be read or written: Permission denied")
    assert "graded and recorded, but nbgrader could not write its feedback (PermissionError:" in errors["ben"]
    assert errors["cem"] == "", "what a student hides is not copied"
    assert assert_nothing_half_written(course, address_of(course)) == {"ben", "cem"}


@contextmanager
def little_room(folder: Path) -> Iterator[list[str]]:
    """A folder with room for a megabyte: a disk of its own for root, else no file may be larger. Yields what goes
    in front of the command."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        try:
            yield []
        finally:
            subprocess.run(["umount", str(folder)], check=True)
    else:
        yield ["prlimit", "--fsize=1000000:"]


def _limited(course: NbgraderCourse, limit: list[str], args: tuple[str, ...]) -> Finished:
    command, environment = [*limit, sys.executable, *GRADER, *args], {**os.environ, **course.teacher.environment}
    ran = subprocess.run(command, cwd=course.root, env=environment, capture_output=True, text=True, check=False)
    return Finished(ran.returncode, ran.stdout, ran.stderr)


def test_a_full_disk_costs_those_who_do_not_fit(course: NbgraderCourse) -> None:
    (course.submitted("ben", NAME).parent / "pictures.tar").write_bytes(bytes(2_000_000))
    with little_room(course.root / "autograded") as limit:
        args = ("grade", "submitted", *INTO, *QUICKLY)
        done = _limited(course, limit, args) if limit else course.grader(*args)
        assert (done.status, done.err) == (1, "")
        errors = {report["student"]: report.get("error", "") for report in done.reports}
        assert re.search(r"autograded/ben/.* cannot be read or written: (No space left|File too large)", errors["ben"])
        assert (errors["ann"], errors["cem"]) == ("", "")
        assert assert_nothing_half_written(course, address_of(course)) == {"ann", "cem"}
        assert not (course.root / "autograded" / "ben").exists()


# -- PostgreSQL


@pytest.fixture
def by_role(course: NbgraderCourse, postgresql_url: str, postgresql_server: str) -> Iterator[Callable[[str], str]]:
    """Sets up a user of a gradebook on PostgreSQL with the SQL given; returns the gradebook's address for this user."""
    copy_database(address_of(course), postgresql_url)
    database = re.search(r"/(\w+)\?", postgresql_url)
    assert database
    with psycopg.connect(host=postgresql_server, user="tests", dbname=database[1], autocommit=True) as connection:
        connection.execute("CREATE ROLE grader LOGIN")
        connection.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO grader")

        def with_role(statement: str) -> str:
            connection.execute(statement)
            return postgresql_url.replace("tests@", f"grader:{PASSWORD}@")

        yield with_role
        connection.execute("DROP OWNED BY grader")
        connection.execute("DROP ROLE grader")


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("REVOKE UPDATE, INSERT ON ALL TABLES IN SCHEMA public FROM grader",
         "may not be written to by this user .permission denied for table course.: grade as one who may"),
        ("ALTER ROLE grader SET default_transaction_read_only = on", "can only be read by this user"),
        ("ALTER ROLE grader NOLOGIN", 'cannot be reached: .* role "grader" is not permitted to log in'),
    ],
    ids=["reads_rows", "reads_all", "turned_away"],
)  # fmt: skip
def test_a_user_without_rights_is_told(
    course: NbgraderCourse, by_role: Callable[[str], str], statement: str, sentence: str
) -> None:
    said = course.grader("grade", "submitted", "--gradebook", by_role(statement)).refused()
    assert re.search(sentence, said), said
    assert PASSWORD not in said
    assert nothing_was_written(course)


def test_a_wrong_password_is_not_printed(
    course: NbgraderCourse, by_role: Callable[[str], str], postgresql_server: str
) -> None:
    address = by_role("ALTER ROLE grader PASSWORD 'another'")
    access = Path(postgresql_server, "data", "pg_hba.conf")
    before = access.read_text()
    access.write_text(f"local all grader scram-sha-256\n{before}")
    by_role("SELECT pg_reload_conf()")
    try:
        said = wait_for(lambda: _refused(course, address), "the server to ask for a password")
    finally:
        access.write_text(before)
        by_role("SELECT pg_reload_conf()")
    assert 'password authentication failed for user "grader"' in said
    assert "grader:***@" in said
    assert PASSWORD not in said


def _refused(course: NbgraderCourse, address: str) -> str | None:
    done = course.grader("grade", "submitted/none", "--gradebook", address)
    return done.err if done.status == 2 else None


def test_a_connection_lost_in_the_middle_of_the_class(course: NbgraderCourse, by_role: Callable[[str], str]) -> None:
    """One that comes back goes unnoticed; while the server turns us away, submissions are refused."""
    address = by_role("ALTER ROLE grader LOGIN")
    hang_up = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'grader'"
    take_time(course, "ben", "cem")
    running = course.start("grade", "submitted", "--gradebook", address, *QUICKLY)
    wait_for_lines(running, 1, "ann's")
    by_role("ALTER ROLE grader NOLOGIN")
    by_role(hang_up)
    wait_for_lines(running, 2, "ben's")
    by_role("ALTER ROLE grader LOGIN")
    done = running.finish()
    errors = {report["student"]: report.get("error", "") for report in done.reports}
    assert "is not permitted to log in" in errors.pop("ben")
    assert errors == {"ann": "", "cem": ""}
    assert done.status == 1
    graded = address.replace(f"grader:{PASSWORD}@", "tests@")
    assert assert_nothing_half_written(course, graded) == {"ann", "cem"}
    running = course.start("grade", "submitted", "--gradebook", address, "--force", *QUICKLY)
    wait_for_lines(running, 1, "ann's")
    by_role(hang_up)
    done = running.finish()
    assert done.status == 0, done
    assert assert_nothing_half_written(course, graded) == set(CLASS)
