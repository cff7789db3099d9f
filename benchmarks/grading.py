"""How long does one submission take, without the full training run? Against stock nbgrader, on one core.

Softmark grades the solution notebook of softmax-regression in a warm slot. `nbgrader autograde` grades the same
notebook with hand-written cells of asserts in place of check("…") (nbgrader_cells.py: same calls, same oracles), and
once more without those cells, which is what a kernel's start, the imports and the student's own cells cost it.
Neither runs the demonstration cells; train's own check belongs to the training and is left out on both sides.

    python -m benchmarks.grading    # some minutes
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from rich.table import Table

import grader.data
from benchmarks._common import one_core, publish, seconds
from benchmarks._nbgrader import ASSIGNMENT, KIT, nbgrader, nbgrader_notebook
from grader.course.course import find_course
from grader.judging.judge import Job, Options, grade
from grader.judging.report import SubmissionReport
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import SlotOptions
from grader.sandbox.slot import Slot

STUDENTS = 20
REPEATS = 20
COLD_STARTS = 3
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'benchmark'\n"


def autograde_seconds(course: Path, name: str, with_tests: bool) -> float:
    """Seconds that one `nbgrader autograde` takes for each of its submissions, all of them right."""
    from nbgrader.api import Gradebook

    for folder in ("source", *(f"submitted/student{number}" for number in range(STUDENTS))):
        path = course / folder / name / f"{name}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(nbgrader_notebook(with_tests), path)
    nbgrader(course, "generate_assignment", name)
    took = seconds(lambda: nbgrader(course, "autograde", name))
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        graded = gradebook.assignment_submissions(name)
        if len(graded) != STUDENTS or any(submission.score != submission.max_score for submission in graded):
            sys.exit(f"nbgrader did not give full marks: {[submission.score for submission in graded]}")
    return took / STUDENTS


def grader_grade_seconds(course: Path) -> float:
    """Seconds that one `grader grade` takes for each of the same submissions, its own start included."""
    words = ("grade", "submitted", "--no-training", "--jobs", "1", "--device", "cpu", "--format", "json", "--no-ledger")
    command = [sys.executable, "-c", "from grader.cli import app; app()", *words]
    for number in range(STUDENTS):
        path = course / f"submitted/student{number}/{ASSIGNMENT}/{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes((KIT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes())
    said: list[str] = []
    took = seconds(
        lambda: said.extend(subprocess.run(command, cwd=course, stdout=subprocess.PIPE, text=True).stdout.splitlines())
    )
    reports = [json.loads(line) for line in said]
    if len(reports) != STUDENTS or any(report["score"] != report["max_score"] for report in reports):
        sys.exit(f"grader grade did not give full marks: {said}")
    return took / STUDENTS


def slot_seconds() -> tuple[float, list[float], int]:
    """Median seconds to start a slot, seconds of each submission in a warm one, and the number of checks made."""
    data, course = grader.data.load({"fashion_mnist"}), find_course(KIT)
    options, confinement = SlotOptions.of("cpu", data), find_confinement()
    cold = statistics.median(seconds(lambda: Slot(options, confinement).close()) for _ in range(COLD_STARTS))
    slot = Slot(options, confinement)
    path = KIT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    checks: list[int] = []

    def once() -> None:
        report = grade(Job(path, path.name), course, slot, data, Options(seed=len(checks), training=False)).report
        assert isinstance(report, SubmissionReport) and report.score == report.max_score, report
        checks.append(sum(len(exercise.checks) for exercise in report.exercises))

    once()  # reads the course and the checks
    times = [seconds(once) for _ in range(REPEATS)]
    slot.close()
    return cold, times, checks[0]


def main() -> None:
    one_core()
    cold, times, checks = slot_seconds()
    warm = statistics.median(times)
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "nbgrader_config.py").write_text(CONFIG)
        stock = autograde_seconds(Path(folder), ASSIGNMENT, with_tests=True)
        floor = autograde_seconds(Path(folder), "no-tests", with_tests=False)
    with tempfile.TemporaryDirectory() as folder:
        command = grader_grade_seconds(Path(folder))
    table = Table("", "seconds", "× warm slot", title=f"One submission of {ASSIGNMENT}, {checks} checks, no training")
    for name, took in (
        (f"softmark, warm slot (median of {REPEATS})", warm),
        (f"grader grade, one command for {STUDENTS} submissions", command),
        (f"nbgrader autograde, one command for {STUDENTS} submissions", stock),
        ("nbgrader autograde without any test cell", floor),
        ("softmark, a slot's cold start (once per run)", cold),
    ):
        table.add_row(name, f"{took:.3f}", f"{took / warm:.1f}")
    publish("grading", table, f"One core. Warm slot: {min(times):.3f} to {max(times):.3f} s. "
            f"nbgrader / softmark, whole commands: {stock / command:.1f}.")  # fmt: skip


if __name__ == "__main__":
    main()
