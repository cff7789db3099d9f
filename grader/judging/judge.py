"""One submission and one slot: a report."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from grader.checking.authoring import Exercise
from grader.checking.outcomes import CheckReport, Crashed, TimedOut
from grader.course.catalogue import CourseError
from grader.course.course import Assignment, Course
from grader.course.notebook import Refused, assignment_named_in, read_notebook
from grader.data import DataSet
from grader.judging import seeds
from grader.judging.beside import files_beside
from grader.judging.check_run import CheckRun, try_out
from grader.judging.graded import Graded, graded_notebook
from grader.judging.report import ExerciseReport, RefusedReport, SubmissionReport, pinned
from grader.judging.session import Session
from grader.judging.slot_channel import SlotChannel
from grader.judging.submission import Submission, restore
from grader.judging.turnstile import Turnstile
from grader.sandbox.slot import Slot
from grader.sandbox.wire import plain

Data = Mapping[str, DataSet]


@dataclass(frozen=True)
class Job:
    """A submission to grade: `given` is the path as the user gave it, for the report; `student` from the layout.

    `notes`: what the instructor should know of how it was found. `seed`: to draw the inputs from, as in an earlier run.
    """

    path: Path
    given: str
    student: str | None = None
    assignment: str | None = None
    notes: tuple[str, ...] = ()
    seed: int | None = None


@dataclass(frozen=True)
class Options:
    """What every grading command lets one choose.

    `seed` None: derived from the course's secret. `timeout`: seconds an exercise may take instead of its budget.
    `only`: these exercises alone. `training`: whether the full training run takes place. `assignment` overrides
    what the notebook says. `show`: make the graded notebook too, for which the submission is run once more.
    """

    seed: int | None = None
    timeout: float | None = None
    only: tuple[str, ...] = ()
    training: bool = True
    assignment: str | None = None
    show: bool = False


def grade(
    job: Job, course: Course, slot: Slot, data: Data, options: Options, turnstile: Turnstile | None = None
) -> Graded:
    """Grade one submission. Never raises for what a submission holds."""
    try:
        notebook, content = read_notebook(job.path)
        assignment = _assignment(job, notebook, course, options)
        submission = restore(notebook, assignment, files_beside(job.path, assignment.name, course))
    except Refused as refusal:
        return Graded(refused(job, str(refusal), options))
    digest = hashlib.sha256(content).hexdigest()
    return grade_submission(submission, job, slot, data, options, digest, turnstile)


def refused(job: Job, why: str, options: Options) -> RefusedReport:
    """The report on a submission that could not be graded."""
    return RefusedReport(options.assignment or job.assignment, job.given, job.student, plain(why))


def grade_submission(
    submission: Submission, job: Job, slot: Slot, data: Data, options: Options, digest: str = "",
    turnstile: Turnstile | None = None,
) -> Graded:  # fmt: skip
    """Grade what `restore` has made of a notebook; `digest` is that of the submitted file.

    What was stopped by the clock, on a machine that may have been busy, is graded once more alone.
    """
    started = time.monotonic()
    seed = options.seed if job.seed is None else job.seed
    if seed is None:
        seed = seeds.submission_seed(seeds.course_secret(), job.student, submission.digest)
    session = Session(slot, submission, seeds.student_rng_seed(seed))
    try:
        exercises, met_ceiling = _run_checks(session, submission, seed, options)
        if met_ceiling:
            with (turnstile or Turnstile()).alone():
                session.end()
                session = Session(slot, submission, seeds.student_rng_seed(seed))
                exercises, _ = _run_checks(session, submission, seed, options)
            session.note("it was stopped by the clock while others were graded, and was graded again alone")
        seconds = time.monotonic() - started
        shown = session.show(options.training) if options.show else None
    finally:
        session.end()
    notes = [*job.notes, *submission.notes, *session.notes]
    if not options.training:
        notes.append("the full training run was left out (--no-training)")
    if slot.hello.device_note and slot.options.device != "cpu":
        notes.append(f"graded on the CPU: {slot.hello.device_note}")
    used = [one for name, one in data.items() if name in submission.assignment.facts.data]
    report = SubmissionReport(
        assignment=submission.assignment.name, submission=job.given, student=job.student, seed=seed,
        device=slot.hello.device, data=" + ".join(one.name for one in used) or "none", sandbox=slot.layers,
        notes=[*notes, *(note for one in used for note in one.notes)],
        score=sum(e.score for e in exercises), max_score=sum(e.max_score for e in exercises),
        seconds=round(seconds, 3), exercises=pinned(exercises, submission.assignment.pins),
    )  # fmt: skip
    return Graded(report, None if shown is None else graded_notebook(submission, report, shown, digest))


def _assignment(job: Job, notebook: dict[str, Any], course: Course, options: Options) -> Assignment:
    named = course.named(assignment_named_in(notebook), job.assignment)
    name = options.assignment or named or job.path.stem
    try:
        return course.assignment(name)
    except CourseError as error:
        advice = "" if name in course.other_names else "; name it with --assignment"
        raise Refused(f"{job.path}: {error}{advice}") from None


def _run_checks(
    session: Session, submission: Submission, seed: int, options: Options
) -> tuple[list[ExerciseReport], bool]:
    """The reports, and whether something was stopped by the clock that had processor time left."""
    names = [n for n in submission.assignment.exercises if not options.only or n in options.only]
    exercises = [submission.assignment.exercise(name) for name in names]
    tried = [e for e in exercises if options.training or not e.training]

    replaced: dict[str, frozenset[str]] = {}
    opened: list[SlotChannel] = []

    def seconds(exercise: Exercise) -> float:
        return options.timeout or exercise.budget.seconds

    def open_channel(exercise: Exercise) -> SlotChannel:
        wrong = frozenset(name for name in exercise.needs if _let_down(run.reports.get(name, [])))
        replaced[exercise.name] = wrong
        variant = _best_variant(
            exercise, lambda number: SlotChannel(session, exercise, seconds(exercise), wrong, variant=number), seed
        )
        opened.append(SlotChannel(session, exercise, seconds(exercise), wrong, variant=variant))
        return opened[-1]

    def by_solution(exercise: Exercise) -> SlotChannel:
        right = frozenset((exercise.name, *exercise.needs)) & frozenset(submission.assignment.exercises)
        return SlotChannel(session, exercise, seconds(exercise), right)

    run = CheckRun(tried, open_channel, seed, by_solution=by_solution)
    reports = run()
    of_exercises = [
        ExerciseReport.of(e.name, without_hollow_points(e, reports[e.name]), replaced.get(e.name, ()))
        if e in tried
        else ExerciseReport(e.name, "skipped", 0.0, 0.0, [])
        for e in exercises
    ]
    return of_exercises, any(channel.met_ceiling for channel in opened)


def _best_variant(exercise: Exercise, channel: Callable[[int], SlotChannel], seed: int) -> int:
    """Of the ways to see the notebook's names, where several make a difference, the first that gives most points."""
    try:
        variants = channel(0).variants
    except (Crashed, TimedOut):
        return 0  # which the checks will find as well
    if variants == 1:
        return 0
    scores = [try_out(exercise, channel(number), seed) for number in range(variants)]
    return scores.index(max(scores))


def without_hollow_points(exercise: Exercise, reports: list[CheckReport]) -> list[CheckReport]:
    """The reports, where trivial checks alone earn nothing."""
    trivial = {check.name for check in exercise.checks if check.trivial}
    # A check that could not be tried ("skipped") proves no more: an exception may say so of the student's own accord.
    if any(report.outcome in ("passed", "error") and report.name not in trivial for report in reports):
        return reports
    text = "Many wrong answers pass this check too: its points count once another check of the exercise is passed."
    return [replace(report, outcome="failed", message=text, hint="") if report.score else report for report in reports]


def _let_down(checks: list[CheckReport]) -> bool:
    """Whether an exercise is too wrong to build upon: it failed more than what students are left to find out."""
    return any(check.score < check.points and not check.hidden for check in checks)
