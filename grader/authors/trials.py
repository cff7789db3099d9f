"""Tries out forms of one exercise: each is graded as in a student's notebook, at a small part of what that costs.

A form gets a notebook with what its exercise needs and nothing else: the cells that are given, the solution's cells of
the exercises that this one calls, and the form in its own cell. It runs in a slot, in a process of its own; the checks
are run directly, without pytest.
"""

from __future__ import annotations

import functools
import hashlib
import math
import re
import symtable
import time
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from grader.authors import forms
from grader.checking.authoring import Check, Exercise
from grader.checking.margins import recorded
from grader.checking.outcomes import CheckReport, NotAttempted, TimedOut
from grader.course import catalogue
from grader.course.catalogue import CourseError, Facts
from grader.course.course import CHECK, Assignment, Course
from grader.course.sources import shared_by
from grader.judging import engine
from grader.judging.check_run import judge_check, run_check
from grader.judging.judge import without_hollow_points
from grader.judging.report import ExerciseReport
from grader.judging.seeds import student_rng_seed
from grader.judging.session import Session
from grader.judging.slot_channel import SlotChannel
from grader.judging.submission import NotebookCell, Submission
from grader.sandbox.launch import SlotOptions
from grader.sandbox.slot import Slot

# How much more time a form gets than a submission: a machine that is busy must not pass for an answer.
PATIENCE = 10.0
# What lies in an exercise's folder and says what was found out about it, so that nothing hangs on it.
FIGURES = "figures.json"
_FOUND_OUT = (FIGURES, forms.OUTCOMES, forms.HARMLESS)


class Taught(NamedTuple):
    """An exercise in one flavour, as an assignment's notebook asks for it."""

    assignment: Assignment
    exercise: Exercise

    @property
    def flavour(self) -> str:
        return self.assignment.flavour

    @property
    def title(self) -> str:
        """Its id and the flavour, such as `softmax_regression/softmax-np`."""
        return f"{self.exercise.id}-{self.flavour}"


def taught(course: Course) -> list[Taught]:
    """Every exercise in every flavour, once: in the first of the assignments that have it, in their notebook's order.

    Raises `CourseError` where a notebook or an exercise is not fit.
    """
    return _first(one for facts in catalogue.assignments(*course.exercise_roots) for one in _taught(facts, course))


def places(course: Course, identifier: str) -> list[Taught]:
    """The same of one exercise. Assignments that it is not in may be unfinished.

    Raises `CourseError` where there are none.
    """
    found: list[Taught] = []
    for facts in catalogue.assignments(*course.exercise_roots):
        if identifier.split("/")[0] in (facts.folder.name, catalogue.SHARED):
            try:
                found += [one for one in _taught(facts, course) if one.exercise.id == identifier]
            except CourseError:
                if facts.folder.name == identifier.split("/")[0]:
                    raise
    if not found:
        known = ", ".join(dict.fromkeys(one.exercise.id for one in taught(course)))
        raise CourseError(f"no notebook below solutions/ asks for an exercise {identifier!r}; they ask for {known}")
    return _first(found)


def _taught(facts: Facts, course: Course) -> Iterator[Taught]:
    for notebook in (name for name in facts.notebooks.values() if name in course.assignment_names):
        assignment = course.assignment(notebook)
        for name in assignment.exercises:
            yield Taught(assignment, assignment.exercise(name))


def _first(found: Iterable[Taught]) -> list[Taught]:
    by_title: dict[tuple[str, str], Taught] = {}
    for one in found:
        by_title.setdefault((one.exercise.id, one.flavour), one)
    return list(by_title.values())


def needed(assignment: Assignment, exercise: Exercise) -> list[str]:
    """The exercises of the assignment that this one builds upon, directly or not, in alphabetical order."""
    found: set[str] = set()
    waiting = list(exercise.needs)
    while waiting:
        name = waiting.pop()
        if name not in found and name in assignment.exercises:
            found.add(name)
            waiting += assignment.exercise(name).needs
    return sorted(found)


def digest(one: Taught) -> str:
    """Of what the forms' outcomes depend on: the exercise's folder, what it imports of what exercises share, the cells
    that its notebook has for it, and the engine's version.
    """
    folder = one.exercise.folder
    paths = [path for path in sorted(folder.iterdir()) if path.is_file() and path.name not in _FOUND_OUT]
    if one.flavour == "np":
        paths = [path for path in paths if path.name != forms.FORMS["nd"]]
    paths += sorted(shared_by(paths, folder.parents[1] / catalogue.SHARED) - set(paths))
    names = [one.exercise.name, *needed(one.assignment, one.exercise)]
    parts = [str(engine.ENGINE_VERSION), *(one.assignment.by_id[name].source for name in names)]
    parts += [f"{path.name}\0{path.read_text()}" for path in paths]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


class Slots:
    """Two warm slots, each started when it is first needed; `second` is for what is tried without some operators.

    With both, a form's process need not begin anew when such a check comes.
    """

    def __init__(self, options: SlotOptions, confinement: str) -> None:
        self._start: Callable[[], Slot] = functools.partial(Slot, options, confinement)
        self._started: list[Slot] = []

    @functools.cached_property
    def main(self) -> Slot:
        return self._new()

    @functools.cached_property
    def second(self) -> Slot:
        return self._new()

    def _new(self) -> Slot:
        self._started.append(self._start())
        return self._started[-1]

    def close(self) -> None:
        for slot in self._started:
            slot.close()


class Trial(NamedTuple):
    """What a form came to with one seed, how long its checks took, and how near to a line its results came.

    `margin`: the largest of `grader.checking.margins`; infinite where a check failed for another reason than a number
    that is off.
    """

    seed: int
    report: ExerciseReport
    seconds: float
    margin: float


class Trials:
    """Grades forms of one exercise. What is opened here, in a full run of training for one, are the verified data sets
    of `grader.data.use_verified`, which should be those of the slots.
    """

    def __init__(self, assignment: Assignment, exercise: Exercise, slots: Slots, patience: float = PATIENCE) -> None:
        self.assignment = assignment
        self.exercise = exercise
        self._slots = slots
        self._seconds = patience * exercise.budget.seconds
        module = catalogue.module_of(exercise)
        functions = [(check, getattr(module, check.name)) for check in exercise.checks]
        # As in a submission's grading, those that lack operators come last.
        self._checks: list[tuple[Check, Callable[..., None]]] = sorted(functions, key=lambda each: each[0].without)

    def grade(self, code: str, seed: int = 1, full_run: bool = True) -> ExerciseReport:
        """The report on a form; without a `full_run` the checks that train in full are left out of it."""
        return self.grade_often(code, [seed], full_run)[0].report

    def grade_often(self, code: str, seeds: Sequence[int], full_run: bool = True) -> list[Trial]:
        """What a form comes to with each of the seeds, all in one process. Only the first makes a full run, which
        stands for the others: it draws the same numbers whatever the seed.
        """
        second = self._slots.second if any(check.without for check, _ in self._checks) else None
        session = Session(self._slots.main, self.submission(code), student_rng_seed(seeds[0]), second_slot=second)
        runs = [_Run(self.exercise, seed, session, self._seconds) for seed in seeds]
        try:
            for check, function in self._checks:
                if check.full_run and full_run:
                    runs[0].add(check, function)
                    for run in runs[1:]:
                        run.reports[check.name] = runs[0].reports[check.name]
                elif not check.full_run:
                    for run in runs:
                        run.add(check, function)
        finally:
            session.end()
            if second is not None:
                second.finish()
        return [Trial(run.seed, run.report(), run.seconds, run.margin) for run in runs]

    def submission(self, code: str) -> Submission:
        """The notebook that a form is graded in."""
        sources = {name: self.assignment.by_id[name].source for name in needed(self.assignment, self.exercise)}
        sources[self.exercise.name] = code
        words = _words("\n".join(sources.values()))
        kept: list[NotebookCell] = []
        for cell in reversed(self.assignment.cells):
            source = sources.get(cell.grade_id, cell.source)
            if cell.role == "locked" and kept and _serves(source, words):
                words |= _words(source)
            elif cell.grade_id not in sources and cell.grade_id.removeprefix(CHECK) not in sources:
                continue
            kept.append({"id": cell.grade_id, "cell_type": "code", "metadata": cell.metadata, "source": source})
        return Submission(self.assignment, kept[::-1])


def _words(source: str) -> set[str]:
    return set(re.findall(r"\w+", source))


def _serves(source: str, words: Set[str]) -> bool:
    """Whether a given cell may make a difference where these words occur: not where it only shows an example."""
    try:
        table = symtable.symtable(source, "cell", "exec")
    except SyntaxError:  # a magic of IPython's
        return True
    binds = {name.get_name() for name in table.get_symbols() if name.is_assigned() or name.is_imported()}
    return not binds or not binds.isdisjoint(words)


class _Run:
    """The checks of one form with one seed."""

    def __init__(self, exercise: Exercise, seed: int, session: Session, seconds: float) -> None:
        self.exercise = exercise
        self.seed = seed
        self.seconds = 0.0
        self.margin = 0.0
        self.reports: dict[str, CheckReport] = {}
        self._channel = SlotChannel(session, exercise, seconds, frozenset())
        self._over: BaseException | None = None

    def add(self, check: Check, function: Callable[..., None]) -> None:
        error, started = self._over, time.monotonic()
        if error is None:
            with recorded() as margins:
                try:
                    run_check(self.exercise, check, function, self._channel, self.seed)
                except Exception as raised:
                    error = raised
            farthest = max(margins, default=0.0)
            self.margin = max(self.margin, math.inf if error is not None and farthest <= 1 else farthest)
        if isinstance(error, NotAttempted | TimedOut):
            self._over = error
        self.seconds += time.monotonic() - started
        self.reports[check.name] = judge_check(check, error)

    def report(self) -> ExerciseReport:
        made = [self.reports[check.name] for check in self.exercise.checks if check.name in self.reports]
        return ExerciseReport.of(self.exercise.name, without_hollow_points(self.exercise, made))
