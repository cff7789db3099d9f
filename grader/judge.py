"""One submission and one slot: a report."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path

from grader import authoring, seeds
from grader.authoring import Exercise
from grader.course import Course, CourseError
from grader.fashion_mnist import FashionMNIST
from grader.notebook import Refused, read_notebook
from grader.plugin import CheckRun
from grader.report import CheckReport, ExerciseReport, RefusedReport, Report, SubmissionReport
from grader.sandbox.slot import Slot
from grader.sandbox.wire import plain
from grader.session import Session, SlotChannel
from grader.submission import Submission, assignment_named_in, restore


@dataclass(frozen=True)
class Job:
    """A submission to grade: `given` is the path as the user gave it, for the report; `student` from the layout."""

    path: Path
    given: str
    student: str | None = None
    assignment: str | None = None


@dataclass(frozen=True)
class Options:
    """What every grading command lets one choose.

    `seed` None: derived from the course's secret. `timeout`: seconds an exercise may take instead of its budget.
    `only`: these exercises alone. `training`: whether the full training run takes place. `assignment` overrides
    what the notebook says.
    """

    seed: int | None = None
    timeout: float | None = None
    only: tuple[str, ...] = ()
    training: bool = True
    assignment: str | None = None


def grade(job: Job, course: Course, slot: Slot, data: FashionMNIST, options: Options) -> Report:
    """Grade one submission. Never raises for what a submission holds."""
    started = time.monotonic()
    try:
        submission = read_submission(job, course, options)
    except Refused as refusal:
        return RefusedReport(options.assignment or job.assignment, job.given, job.student, plain(str(refusal)))
    seed = options.seed
    if seed is None:
        seed = seeds.submission_seed(seeds.course_secret(), job.student, submission.digest)
    session = Session(slot, submission, seeds.student_rng_seed(seed))
    try:
        exercises = _run_checks(session, submission, seed, options)
    finally:
        session.end()
    notes = list(session.notes)
    if not options.training:
        notes.append("the full training run was left out (--no-training)")
    if slot.hello.device_note and slot.options.device != "cpu":
        notes.append(f"graded on the CPU: {slot.hello.device_note}")
    return SubmissionReport(
        assignment=submission.assignment.name, submission=job.given, student=job.student, seed=seed,
        device=slot.hello.device, data=data.name, sandbox=slot.layers, notes=[*notes, *data.notes],
        score=sum(e.score for e in exercises), max_score=sum(e.max_score for e in exercises),
        seconds=round(time.monotonic() - started, 3), exercises=exercises,
    )  # fmt: skip


def read_submission(job: Job, course: Course, options: Options) -> Submission:
    """The notebook with its locked cells restored. Raises `Refused`."""
    notebook, content = read_notebook(job.path)
    name = options.assignment or assignment_named_in(notebook) or job.assignment or job.path.stem
    try:
        assignment = course.assignment(name)
    except CourseError as error:
        raise Refused(f"{job.path}: {error}; name it with --assignment") from None
    return restore(job.path, notebook, hashlib.sha256(content).hexdigest(), assignment)


def _run_checks(session: Session, submission: Submission, seed: int, options: Options) -> list[ExerciseReport]:
    names = [n for n in submission.assignment.exercises if not options.only or n in options.only]
    exercises = [authoring.load(name) for name in names]
    tried = [e for e in exercises if options.training or not e.training]

    def open_channel(exercise: Exercise) -> SlotChannel:
        replaced = frozenset(name for name in exercise.needs if _let_down(run.reports.get(name, [])))
        return SlotChannel(session, exercise, options.timeout or exercise.budget.seconds, replaced)

    run = CheckRun(tried, open_channel, seed)
    reports = run()
    return [
        ExerciseReport.of(e.name, reports[e.name]) if e in tried else ExerciseReport(e.name, "skipped", 0.0, 0.0, [])
        for e in exercises
    ]


def _let_down(checks: list[CheckReport]) -> bool:
    """Whether an exercise is too wrong to build upon: it failed more than what students are left to find out."""
    return any(check.score < check.points and not check.hidden for check in checks)
