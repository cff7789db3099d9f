"""The `grader grade` command: its JSON, its table, its options, its exit status."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from grader import __version__
from tests.command import GRADER, Finished, embedded_data
from tests.command import in_small_course as grader
from tests.notebooks import KIT, ROOT, SMALL, cell, write
from tests.processes import command_line
from tests.services import wait_for

ASSIGNMENT = SMALL["np"]
STUDENTS = ("ada", "emma", "a student with a name of rather more than usual length", "noah")

# The contract, key by key, in order.
REPORT = {
    "assignment": str, "submission": str, "student": (str, type(None)), "seed": int, "device": str, "data": str,
    "sandbox": list, "notes": list, "score": float, "max_score": float, "seconds": float, "exercises": list,
}  # fmt: skip
EXERCISE = {"name": str, "outcome": str, "score": float, "max_score": float, "checks": list}
CHECK = {
    "name": str, "title": str, "outcome": str, "hidden": bool, "points": float, "message": str, "hint": str,
    "misconception": (str, type(None)), "pin": str,
}  # fmt: skip
REFUSED = {"assignment": (str, type(None)), "submission": str, "student": (str, type(None)), "error": str}
OUTCOMES = {"passed", "failed", "not_attempted", "crashed", "timed_out", "skipped", "error"}


def wrong_sigmoid() -> Any:
    """A known misconception, and one exercise that is still the stub."""
    notebook = SMALL.with_cells("np", sigmoid="def sigmoid(X):\n    return 1 / (1 + np.exp(X))")
    cell(notebook, "scale").source = cell(SMALL.released("np"), "scale").source
    return notebook


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class in nbgrader's layout; noah's file is no notebook."""
    folder = tmp_path_factory.mktemp("class") / "submitted"
    for student in STUDENTS:
        write(SMALL.solution("np"), folder / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    write(wrong_sigmoid(), folder / "emma" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")
    (folder / "noah" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").write_text("Dear teacher, my dog ate it.")
    checkpoints = folder / "ada" / ASSIGNMENT / ".ipynb_checkpoints"
    write(SMALL.released("np"), checkpoints / f"{ASSIGNMENT}-checkpoint.ipynb")
    write(SMALL.released("np"), folder / "ada" / ASSIGNMENT / "scratch.ipynb")
    return folder


@pytest.fixture(scope="module")
def graded(submitted: Path) -> Finished:
    return grader("grade", submitted, "--format", "json", "--no-training", "--seed", "7", "--jobs", "2")


def assert_fields(record: dict[str, Any], fields: dict[str, Any]) -> None:
    assert list(record) == list(fields)
    for name, kind in fields.items():
        assert isinstance(record[name], kind), (name, record[name])


def without_times(done: Finished) -> str:
    return re.sub(r'"seconds":[0-9.]+', "", done.out)


def test_every_line_is_a_report_and_nothing_else_is_printed(graded: Finished) -> None:
    assert graded.err == ""
    assert len(graded.reports) == len(STUDENTS)
    for report in graded.reports:
        assert_fields(report, REFUSED if "error" in report else REPORT)
    for report in graded.reports:
        for exercise in report.get("exercises", []):
            assert_fields(exercise, EXERCISE)
            for check in exercise["checks"]:
                assert_fields(check, CHECK)


def test_the_sums_are_right(graded: Finished) -> None:
    for report in graded.reports:
        exercises = report.get("exercises", [])
        assert report.get("score", 0) == sum(e["score"] for e in exercises)
        assert report.get("max_score", 0) == sum(e["max_score"] for e in exercises)
        for exercise in exercises:
            checks = exercise["checks"]
            keeps = sum(c["points"] for c in checks if c["outcome"] in ("passed", "skipped", "error"))
            assert exercise["score"] == keeps
            assert exercise["max_score"] == sum(c["points"] for c in checks)
            assert {exercise["outcome"]} | {c["outcome"] for c in checks} <= OUTCOMES


def test_student_and_assignment_come_from_the_folders(graded: Finished, submitted: Path) -> None:
    assert [r["student"] for r in graded.reports] == sorted(STUDENTS)
    assert {r["assignment"] for r in graded.reports} == {ASSIGNMENT}
    assert graded.reports[1]["submission"] == str(submitted / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb")


def test_what_went_wrong_is_in_the_report(graded: Finished) -> None:
    emma = next(r for r in graded.reports if r["student"] == "emma")
    outcomes = {e["name"]: e["outcome"] for e in emma["exercises"]}
    assert outcomes["sigmoid"] == "failed"
    assert outcomes["scale"] == "not_attempted"
    assert outcomes["descend"] == "skipped"
    assert [outcomes[name] for name in ("double", "neuron")] == ["passed"] * 2
    values = next(e for e in emma["exercises"] if e["name"] == "sigmoid")["checks"][0]
    assert values["misconception"] == "forgets_the_minus"
    assert "This is what you get when the minus before X is forgotten" in values["message"]


def test_one_refused_submission_makes_the_status_1(graded: Finished) -> None:
    assert graded.status == 1
    refused = [r for r in graded.reports if "error" in r]
    assert [r["student"] for r in refused] == ["noah"]
    assert "is not a notebook" in refused[0]["error"]


def test_one_job_and_two_give_the_same_reports_in_the_same_order(graded: Finished, submitted: Path) -> None:
    """And the seed makes them the same to the byte."""
    alone = grader("grade", submitted, "--format", "json", "--no-training", "--seed", "7", "--jobs", "1")
    assert without_times(alone) == without_times(graded)
    assert alone.status == 1


def test_a_relative_path_is_reported_as_given_and_a_single_notebook_has_no_student(tmp_path: Path) -> None:
    """And the exit status is 0 whatever the scores."""
    write(SMALL.with_cells("nd", scale="def scale(params, factor):\n    pass"), tmp_path / "my homework.ipynb")
    some = ("--only", "double", "--only", "scale")
    done = grader("grade", "my homework.ipynb", "--course", SMALL.root, *some, "--format", "json", cwd=tmp_path)
    (report,) = done.reports
    assert (report["submission"], report["student"]) == ("my homework.ipynb", None)
    assert report["assignment"] == SMALL["nd"]
    assert (done.status, report["score"], report["max_score"]) == (0, 2, 6)


def test_a_seed_in_the_report_gives_the_same_report_again(tmp_path: Path) -> None:
    path = write(wrong_sigmoid(), tmp_path / "a.ipynb")
    secret = {"SOFTMARK_SECRET_FILE": str(tmp_path / "folder" / "secret")}
    first = grader("grade", path, "--only", "sigmoid", "--format", "json", environment=secret)
    seed = first.reports[0]["seed"]
    second = grader("grade", path, "--only", "sigmoid", "--format", "json", "--seed", str(seed), environment=secret)
    assert without_times(first) == without_times(second)
    assert (tmp_path / "folder" / "secret").stat().st_mode & 0o077 == 0, "others can read the secret"
    assert str(seed) not in (tmp_path / "a.ipynb").read_text()


# -- the table


def in_a_terminal(columns: int, *args: str, course: Path = SMALL.root) -> str:
    """What stands on a terminal of that width, without its colours."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **embedded_data()}
    environment.pop("COLUMNS", None)
    with subprocess.Popen([sys.executable, *GRADER, *args], stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL,
                          env=environment, cwd=course):  # fmt: skip
        os.close(theirs)
        output = b""
        while chunk := _read(ours):
            output += chunk
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", output.decode()).replace("\r", "")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # Linux says so where the other side of a terminal is closed
        return b""


def columns_of(table: str) -> list[str]:
    """The text of each row of a table, a cell's lines joined."""
    rows: list[list[str]] = []
    for line in table.splitlines():
        if line[:1] not in "│┃":
            continue
        cells = [cell.strip() for cell in re.split("[│┃]", line)[1:-1]]
        if rows and not cells[-2]:  # goes on: the score stands in a row's first line
            rows[-1] = [a + b for a, b in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    return [" ".join(row) for row in rows]


def test_at_80_columns_nothing_is_cut(submitted: Path) -> None:
    options = ("--no-training", "--seed", "7", "--only", "sigmoid", "--jobs", "1")
    shown = in_a_terminal(80, "grade", str(submitted), *options)
    assert max(map(len, shown.splitlines())) <= 80
    assert "…" not in shown
    rows = {row.replace(" ", "") for row in columns_of(shown)}
    for student, score in zip(STUDENTS, (r"5✓5/5", r"[\d.]+✗[\d.]+/5", r"5✓5/5", "notgraded"), strict=True):
        assert any(re.match(student.replace(" ", "") + score, row) for row in rows), (student, rows)
    assert "is not a notebook" in " ".join(shown.split())


def test_at_80_columns_all_exercises_of_the_kit_fit(tmp_path: Path) -> None:
    """There are a dozen of them in one notebook: too many for a table's columns."""
    path = write(KIT.released("np"), tmp_path / "a.ipynb")
    shown = in_a_terminal(80, "grade", str(path), "--no-training", "--seed", "7", course=ROOT)
    assert max(map(len, shown.splitlines())) <= 80
    above, below = re.split(r"^.*─$", shown, maxsplit=1, flags=re.MULTILINE)  # the path in that line may be cut
    for name in KIT.exercises:
        assert re.search(rf"\b{name} (0 ·|–)", above), name
        assert re.search(rf"^{name} ", below, re.MULTILINE), name


def test_one_submission_is_shown_with_every_message(tmp_path: Path) -> None:
    path = write(wrong_sigmoid(), tmp_path / "a.ipynb")
    done = grader("grade", path, "--only", "sigmoid", "--seed", "7")
    assert (done.status, done.err) == (0, "")
    assert "This is what you get when the minus before X is forgotten" in done.out
    assert "Hint: " in done.out
    assert "Traceback" not in done.out


def test_help_and_version_are_there() -> None:
    assert grader("--version").out == f"softmark {__version__}\n"
    told = grader("grade", "--help", environment={"COLUMNS": "200"}).out
    for option in ("--seed", "--jobs", "--device", "--timeout", "--only", "--no-training", "--format", "--assignment"):
        assert option in told


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_the_command_at_once(tmp_path: Path, jobs: str) -> None:
    for name in ("a", "b", "c", "d"):
        write(
            SMALL.with_cells("np", double="import time\ndef double(X):\n    time.sleep(100)"),
            tmp_path / f"{name}.ipynb",
        )
    ledger = tmp_path.with_name(f"{tmp_path.name}-ledger.db")
    options = ["--only", "double", "--timeout", "30", "--jobs", jobs, "--ledger", str(ledger)]
    with subprocess.Popen(
        [sys.executable, *GRADER, "grade", str(tmp_path), *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        cwd=SMALL.root, env={**os.environ, "PYTHONPATH": str(ROOT), **embedded_data()}, text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored where the tests run in background
    ) as process:  # fmt: skip
        below = psutil.Process(process.pid)
        wait_for(lambda: any("sandbox.worker" in command_line(p) for p in below.children(True)), "a slot to begin")
        time.sleep(3)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        started = time.monotonic()
        out, err = process.communicate(timeout=60)
    assert time.monotonic() - started < 10
    assert process.returncode == 130
    assert out == ""
    assert err == (f"grader: broken off after 0 of 4 submissions; the same command goes on from there, by the ledger "
                   f"{ledger}\n")  # fmt: skip
