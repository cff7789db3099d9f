"""Grades again what was graded, and says what would change before anything is written."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader import __version__
from grader.checking.outcomes import CheckReport, Outcome
from grader.classroom.gather import Found
from grader.course.catalogue import CourseError
from grader.course.course import Course
from grader.course.layout import STEP
from grader.judging.finding import find_submissions
from grader.judging.graded import Graded, GradedBy, Mark, graded_by
from grader.judging.judge import Job
from grader.judging.render import SYMBOLS, WORDS, number
from grader.judging.report import RefusedReport, SubmissionReport

# What nobody can name a cause of: a verdict that hung on chance, on the clock or on the machine.
UNKNOWN = "nothing that is known has changed: look at it"
NEW_INPUTS = "other inputs"


@dataclass(frozen=True)
class Wanted:
    """Which of the graded submissions: all of these that are named; where none is, all there are."""

    assignments: tuple[str, ...] = ()
    students: tuple[str, ...] = ()
    failed: str | None = None
    holds: str | None = None

    def has(self, report: SubmissionReport) -> bool:
        checks = [check for exercise in report.exercises for check in exercise.checks]
        lost = [check for check in checks if check.score < check.points]
        return (
            (not self.assignments or report.assignment in self.assignments)
            and (not self.students or report.student in self.students)
            and (self.failed is None or self.failed in [check.name for check in lost])
            and (self.holds is None or self.holds in [check.misconception for check in lost])
        )


@dataclass(frozen=True)
class Again:
    """A submission that was graded, what is to be graded in its place, and whether it trained then."""

    mark: Mark
    job: Job

    @property
    def trained(self) -> bool:
        return not any("--no-training" in note for note in self.mark.report.notes)


@dataclass(frozen=True)
class Moved:
    """A check that comes to something else, or one that there was not, or is no more."""

    exercise: str
    check: str
    before: CheckReport | None
    after: CheckReport | None
    why: str

    @property
    def gain(self) -> float:
        return (self.after.score if self.after else 0.0) - (self.before.score if self.before else 0.0)


@dataclass(frozen=True)
class Change:
    """What a submission would have; `error` where it could not be graded again, and keeps what it has."""

    again: Again
    graded: Graded
    moved: tuple[Moved, ...] = ()
    error: str = ""

    @property
    def before(self) -> float:
        return self.again.mark.report.score

    @property
    def after(self) -> float:
        report = self.graded.report
        return report.score if isinstance(report, SubmissionReport) else self.before

    @property
    def gain(self) -> float:
        return round(self.after - self.before, 6)


def plan(course: Course, found: Iterable[Found], wanted: Wanted, new_seeds: bool) -> list[Again]:
    """What is to be graded again, with the same inputs or new ones. Raises `CourseError` for what is not there."""
    chosen = [one for one in found if one.mark is not None and wanted.has(one.mark.report)]
    if not chosen:
        raise CourseError("no graded submission is among those: look at autograded/, or leave an option out")
    return [_again(course, one.mark, new_seeds) for one in chosen if one.mark is not None]


def _again(course: Course, mark: Mark, new_seeds: bool) -> Again:
    report = mark.report
    structure = course.layout.structure.replace(STEP, course.layout.submitted)
    folder = course.root / structure.format(student_id=report.student, assignment_id=report.assignment)
    jobs = [job for job in find_submissions(str(folder), course).work if isinstance(job, Job)]
    if len(jobs) != 1:
        raise CourseError(f"{folder} holds no notebook that was graded: put it back, or name others with --student")
    seed = secrets.randbits(48) if new_seeds else report.seed
    return Again(mark, replace(jobs[0], seed=seed, student=report.student, assignment=report.assignment))


def compare(course: Course, again: Again, graded: Graded) -> Change:
    """What has changed, and by what."""
    report = graded.report
    if isinstance(report, RefusedReport):
        return Change(again, graded, error=report.error)
    old = {(e.name, c.name): c for e in again.mark.report.exercises for c in e.checks}
    new = {(e.name, c.name): c for e in report.exercises for c in e.checks}
    moved = [Moved(exercise, check, old.get((exercise, check)), new.get((exercise, check)),
                   _why(course, again, exercise, report.seed))
             for exercise, check in dict.fromkeys([*new, *old])
             if _told(old.get((exercise, check))) != _told(new.get((exercise, check)))]  # fmt: skip
    return Change(again, graded, tuple(moved))


def _told(check: CheckReport | None) -> tuple[Outcome, float, str | None] | None:
    return None if check is None else (check.outcome, check.points, check.misconception)


def _why(course: Course, again: Again, exercise: str, seed: int) -> str:
    mark, report = again.mark, again.mark.report
    then, now = mark.exercises.get(exercise), graded_by(course.assignment(report.assignment), exercise)
    causes = list(_causes(then, now)) if then is not None else []
    causes += [f"softmark {mark.kit} then, {__version__} now"] if mark.kit != __version__ else []
    causes += [NEW_INPUTS] if seed != report.seed else []
    return ", ".join(causes) or (UNKNOWN if then is not None else "what it was graded by was not written down then")


def _causes(then: GradedBy, now: GradedBy) -> Iterator[str]:
    if then.checks != now.checks:
        yield "its checks have changed"
    if then.solution != now.solution:
        yield "its cell in the solution has changed"
    if then.points != now.points:
        yield f"it is worth {number(now.points)} points, no longer {number(then.points)}"


# -- telling


def print_changes(console: Console, changes: Sequence[Change]) -> None:
    """Who gains and who loses, by which check and why; then the sums."""
    different = [change for change in changes if change.moved or change.error]
    if different:
        table = Table("submission", "before", "after", "check", "comes to", "why", header_style="bold", pad_edge=False)
        for change in sorted(different, key=lambda each: each.gain):
            _add(table, change)
        console.print(table)
    gains, losses = sum(change.gain > 0 for change in changes), sum(change.gain < 0 for change in changes)
    errors = sum(bool(change.error) for change in changes)
    same = len(changes) - gains - losses - errors
    console.print(f"{len(changes)} graded again: {gains} gain, {losses} lose, {same} keep their points"
                  + (f", {errors} could not be graded" if errors else ""), highlight=False)  # fmt: skip
    causes = Counter((moved.exercise, moved.check, moved.why) for change in changes for moved in change.moved)
    for (exercise, check, why), count in causes.most_common():
        console.print(f"{count} at {exercise}/{check}: {escape(why)}", highlight=False, soft_wrap=True)


def _add(table: Table, change: Change) -> None:
    report = change.again.mark.report
    who = f"{escape(report.who)}\n{report.assignment}"
    colour = "green" if change.gain > 0 else "red" if change.gain < 0 else ""
    after = f"[{colour}]{number(change.after)}[/]" if colour else number(change.after)
    if change.error:
        table.add_row(who, number(change.before), "–", "", "not graded", escape(change.error))
    for place, moved in enumerate(change.moved):
        first = (who, number(change.before), after) if place == 0 else ("", "", "")
        table.add_row(*first, f"{moved.exercise}\n{moved.check}", _words(moved), escape(moved.why))


def _words(moved: Moved) -> str:
    before, after = (_word(check) for check in (moved.before, moved.after))
    points = f" ({moved.gain:+g})" if moved.gain else ""
    return f"{before} → {after}{points}"


def _word(check: CheckReport | None) -> str:
    if check is None:
        return "not there"
    named = f", {check.misconception}" if check.misconception else ""
    return f"{SYMBOLS[check.outcome]} {WORDS[check.outcome]}{named}"


def to_write(changes: Iterable[Change], never_lower: bool) -> list[Change]:
    """Those whose reports differ; with `never_lower`, without those who would lose."""
    return [change for change in changes if change.moved and not (never_lower and change.gain < 0)]
