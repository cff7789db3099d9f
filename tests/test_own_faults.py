"""Faults of our own side: whatever is killed, and whenever, the next run makes good, and nothing is left behind.

`python -m tests.test_own_faults 50` kills a class run at that many random points.
"""

from __future__ import annotations

import functools
import itertools
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest
from nbgrader import api
from sqlalchemy import select

from grader.sandbox.confinements import CONFINEMENTS
from tests.command import Finished, Running, embedded_data, forking
from tests.conftest import Grading
from tests.gradebooks import (
    NAME,
    address_of,
    assert_nothing_half_written,
    copy_course,
    copy_database,
    rows,
    session,
)  # fmt: skip
from tests.nbgrader_course import NbgraderCourse, nbgrader_course
from tests.notebooks import ROOT, SMALL, cell, write
from tests.processes import command_line, runs
from tests.sandboxes import available
from tests.services import wait_for

CLASS = ("ann", "ben", "cem", "dee")
COMMAND = ("grade", "submitted", "--feedback", "--only", "scale", "--jobs", "1", "--format", "json")
AVAILABLE = available(CONFINEMENTS)
ENDLESS = "def double(X):\n    while True: pass"


@contextmanager
def prepared_course(folder: Path) -> Iterator[NbgraderCourse]:
    """A course with a gradebook, and a class of which half has written scale."""
    with nbgrader_course(folder) as course:
        course.teacher.nbgrader("generate_assignment", NAME)
        for number, name in enumerate(CLASS):
            notebook = course.released(NAME)
            if number % 2:
                cell(notebook, "scale").source = cell(SMALL.solution("np"), "scale").source
            course.hand_in(name, NAME, notebook)
        yield course


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with prepared_course(tmp_path_factory.mktemp("faults")) as course:
        yield course


def start(course: NbgraderCourse, gradebook: str = "sqlite:///gradebook.db") -> Running:
    return course.start(*COMMAND, "--gradebook", gradebook)


def wait_for_lines(running: Running, lines: int) -> None:
    """Until it has printed as many, or ended."""
    wait_for(lambda: running.printed.count("\n") >= lines or running.ended, f"{lines} lines")


def kill_after(course: NbgraderCourse, lines: int, seconds: float) -> None:
    """Start grading; SIGKILL that many seconds after that many lines. What it has started must end as well."""
    running = start(course)
    wait_for_lines(running, lines)
    time.sleep(seconds)
    below = [] if running.ended else psutil.Process(running.pid).children(recursive=True)
    running.kill()
    running.finish()
    wait_for(lambda: not any(map(runs, below)), "the slot of a dead judge to end")


def grades(address: str) -> dict[str, Any]:
    return {student: {name: row["auto_score"] for name, row in found["grades"].items()}
            for student, found in rows(address).items()}  # fmt: skip


def assert_graded_once(course: NbgraderCourse, done: Finished, expected: dict[str, Any], address: str = "") -> None:
    address = address or address_of(course)
    assert (done.status, done.err) == (0, ""), done
    assert [report["student"] for report in done.reports] == list(CLASS)
    assert assert_nothing_half_written(course, address) == set(CLASS)
    assert grades(address) == expected
    with session(address) as opened:
        found = Counter(submission.student_id for submission in opened.scalars(select(api.SubmittedAssignment)))
    assert found == Counter(CLASS)
    pages = sorted(course.root.glob(f"feedback/*/{NAME}/{NAME}.html"))
    assert [page.parts[-3] for page in pages] == list(CLASS)
    assert all(page.read_text().rstrip().endswith("</html>") for page in pages)


def undisturbed_grades(prepared: NbgraderCourse, folder: Path) -> dict[str, Any]:
    undisturbed = copy_course(prepared, folder / "undisturbed")
    assert start(undisturbed).finish().status == 0
    expected = grades(address_of(undisturbed))
    assert len(set(map(str, expected.values()))) == 2, "some have points"
    return expected


@pytest.fixture(scope="module")
def expected(prepared: NbgraderCourse, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return undisturbed_grades(prepared, tmp_path_factory.mktemp("expected"))


def kill_at_random_points(
    prepared: NbgraderCourse, expected: dict[str, Any], folder: Path, points: int, choose: random.Random
) -> None:
    """Each copy of the course is killed three times, then graded to its end."""
    for first in range(0, points, 3):
        course = copy_course(prepared, folder / f"killed-{first}")
        for _ in range(min(3, points - first)):
            kill_after(course, choose.randint(0, len(CLASS)), choose.uniform(0, 1.5))
        assert_graded_once(course, start(course).finish(), expected)


def test_a_run_that_is_killed_anywhere_is_made_good_by_the_next(
    prepared: NbgraderCourse, expected: dict[str, Any], tmp_path: Path
) -> None:
    kill_at_random_points(prepared, expected, tmp_path, 2, random.Random(1))


def test_a_slot_that_is_killed_from_outside_costs_no_grade(prepared: NbgraderCourse, tmp_path: Path) -> None:
    course = copy_course(prepared, tmp_path)
    running = start(course)
    wait_for_lines(running, 1)
    for below in psutil.Process(running.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            below.kill()
    done = running.finish()
    assert (done.status, done.err) == (0, "")
    assert [report["student"] for report in done.reports] == list(CLASS)
    assert not [c for r in done.reports for e in r["exercises"] for c in e["checks"] if c["outcome"] == "error"]


def test_a_server_that_drops_all_connections_again_and_again_loses_no_grade(
    prepared: NbgraderCourse, expected: dict[str, Any], tmp_path: Path, postgresql_url: str
) -> None:
    """As PostgreSQL does when it is restarted. What could not be written is said, and written by the next run."""
    course = copy_course(prepared, tmp_path / "dropped")
    copy_database(address_of(course), postgresql_url)
    running, drops = start(course, postgresql_url), 0
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as server:
        while not running.ended:
            everyone = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            drops += len(server.execute(f"SELECT pg_terminate_backend(pid) {everyone}").fetchall())
            time.sleep(0.05)
    done = running.finish()
    assert drops > 0
    assert done.status in (0, 1, 2)
    assert "Traceback" not in done.err
    assert_nothing_half_written(course, postgresql_url)
    assert_graded_once(course, start(course, postgresql_url).finish(), expected, postgresql_url)


def test_a_clock_that_jumps_changes_no_grade(grade_small: Grading, monkeypatch: pytest.MonkeyPatch) -> None:
    """Days forward and back, whenever somebody asks: nothing waits for a time of day."""
    notebook = SMALL.with_cells("np", double=ENDLESS)
    options: dict[str, Any] = {"only": ("double", "scale"), "timeout": 0.5}
    before = grade_small(notebook, **options)
    jumps, now = itertools.count(1), time.time()
    monkeypatch.setattr(time, "time", lambda: now + (-1) ** (n := next(jumps)) * n * 86_400)
    after = grade_small(notebook, **options)
    assert after.exercises == before.exercises
    assert [exercise.outcome for exercise in after.exercises] == ["timed_out", "passed"]


@pytest.mark.parametrize(
    ("confinement", "jobs"), [*((one, "1") for one in AVAILABLE), *((one, "2") for one in AVAILABLE[:1])]
)
def test_a_judge_that_is_killed_takes_its_slots_along(confinement: str, jobs: str, tmp_path: Path) -> None:
    """Also in the middle of a student's endless loop; a folder that is left goes with the next run."""
    for name in ("a", "b")[: int(jobs)]:
        write(SMALL.with_cells("np", double=ENDLESS), tmp_path / "in" / f"{name}.ipynb")
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)
        command = ("--only", "double", "--sandbox", confinement, "--assignment", NAME)
        environment = {**os.environ, **embedded_data(), "PYTHONPATH": str(ROOT), "TMPDIR": temporary}
        start = functools.partial(forking("grader").start, cwd=SMALL.root, environment=environment)
        running = start(["grade", tmp_path / "in", *command, "--jobs", jobs, "--timeout", "1000"])
        below = wait_for(lambda: _looping(running.pid, int(jobs)), "the loops to begin")
        running.kill()
        running.finish()
        wait_for(lambda: not any(map(runs, below)), "all that it had started to end")
        again = start(["grade", tmp_path / "in" / "a.ipynb", *command, "--timeout", "0.2", "--format", "json"])
        assert again.finish().reports[0]["exercises"][0]["outcome"] == "timed_out"
        assert list(Path(temporary).iterdir()) == []


def _looping(pid: int, slots: int) -> list[psutil.Process]:
    """All below the judge, once as many submissions as there are slots have had a tenth of a second of a processor."""
    below = psutil.Process(pid).children(recursive=True)
    commands = {p: command_line(p) for p in below}
    workers = [p for p in below if "worker import main" in commands[p] and "bwrap " not in commands[p]]
    forks = [p for p in workers if _busy_below(p, {other.pid for other in workers})]
    return below if len(forks) >= slots else []


def _busy_below(process: psutil.Process, parents: set[int]) -> bool:
    with suppress(psutil.NoSuchProcess):  # a worker tries things in forks of its own
        return process.ppid() in parents and bool(process.cpu_times().user > 0.1)
    return False


def main(points: int) -> None:
    with tempfile.TemporaryDirectory() as folder, prepared_course(Path(folder)) as course:
        expected = undisturbed_grades(course, Path(folder))
        kill_at_random_points(course, expected, Path(folder), points, random.Random())
    print(f"killed at {points} points: every submission graded once, nothing half written, nothing left")


if __name__ == "__main__":
    main(int(sys.argv[1]))
