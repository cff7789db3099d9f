"""A verdict does not depend on how busy the machine is: a class alone, and beside four busy processes per core."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader.checking.outcomes import CheckReport
from grader.course.course import Course
from grader.judging.batch import Setting, grade_all
from grader.judging.judge import Data, Job, Options
from grader.judging.report import SubmissionReport
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import SlotOptions
from tests import notebooks

SECONDS = 1.0
# Twice, in two processes: more than half of what it may take of the processor, and three times that by the clock.
SLOW = """import time

def softmax(X):
    global used
    until = time.process_time() + 0.3
    while not used and time.process_time() < until:
        pass
    used = True
    e = np.exp(X - X.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

used = False
"""
SOFTMAX = {
    "right": None,
    "slow and right": SLOW,
    "endless": "def softmax(X):\n    while True:\n        pass",
    "wrong": "def softmax(X):\n    return np.exp(X) / np.exp(X).sum()",
}

Verdicts = dict[str, list[CheckReport]]


@contextmanager
def busy(processes: int) -> Iterator[None]:
    command = [sys.executable, "-c", "while True: pass"]
    running = [subprocess.Popen(command) for _ in range(processes)]
    try:
        yield
    finally:
        for process in running:
            process.kill()
            process.wait()


@pytest.fixture
def jobs(tmp_path: Path) -> list[Job]:
    found = []
    for name, source in SOFTMAX.items():
        changed = {} if source is None else {"softmax": source}
        path = notebooks.write(notebooks.with_cells("np", **changed), tmp_path / f"{name}.ipynb")
        found.append(Job(path, path.stem, name))
    return found


def verdicts(jobs: list[Job], setting: Setting) -> Verdicts:
    graded = [graded.report for graded in grade_all(jobs, setting, 2)]
    assert all(isinstance(report, SubmissionReport) for report in graded)
    return {r.student or "": r.exercises[0].checks for r in graded if isinstance(r, SubmissionReport)}


def test_every_verdict_is_the_same_beside_four_busy_processes_per_core(
    course: Course, data: Data, jobs: list[Job]
) -> None:
    options = Options(seed=1, timeout=SECONDS, only=("softmax",))
    setting = Setting(course, data, SlotOptions.of("cpu", data), find_confinement(), options)
    alone = verdicts(jobs, setting)
    with busy(4 * (os.cpu_count() or 1)):
        beside_others = verdicts(jobs, setting)
    assert beside_others == alone
    outcomes = {name: {check.outcome for check in checks} for name, checks in alone.items()}
    assert outcomes["right"] == outcomes["slow and right"] == {"passed"}
    assert outcomes["endless"] == {"timed_out"}
    assert "failed" in outcomes["wrong"]
