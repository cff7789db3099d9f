"""``check("softmax")`` in a student's notebook: the visible checks, in this process, as a table."""

from __future__ import annotations

import linecache
import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from grader.checking.authoring import CannotTry, Check, Exercise
from grader.checking.channel import QUICK
from grader.checking.messages import slip_of_the_pen
from grader.checking.outcomes import CheckReport, TimedOut
from grader.course import catalogue
from grader.course.catalogue import CourseError
from grader.course.course import find_course
from grader.judging import under_validate
from grader.judging.check_run import CheckRun
from grader.judging.render import Rendered, self_check_table
from grader.sandbox import wire
from grader.sandbox.runner import Runner

TRAINING_SECONDS = 120.0


class NotebookChannel:
    """Carries requests to the functions of the notebook that this process runs."""

    allowed = TRAINING_SECONDS

    def __init__(self, exercise: Exercise, namespace: dict[str, Any]) -> None:
        import mxnet

        self._flavour = "np" if mxnet.util.is_np_array() else "nd"
        self.exercise = exercise.in_flavour(self._flavour)
        self._names = [name for name, value in namespace.items() if callable(value)]
        self._namespace = namespace
        self._runner = Runner(self._flavour, namespace)
        self._until = time.monotonic() + self.allowed
        self._may_probe = True
        self._check: Check | None = None

    @property
    def flavour(self) -> str:
        return self._flavour

    def begin(self, check: Check) -> None:
        self._check = check

    def put_back(self) -> None:
        """Every global that the checks have set is what it was before."""
        self._runner.put_back()

    @property
    def seconds(self) -> float:
        """Nothing is stopped in one's own notebook; this is what a full training run is measured against."""
        return self._until - time.monotonic()

    def ask(self, request: wire.Request) -> wire.Returned:
        started = time.monotonic()
        returned = self._runner.serve(request)
        self._may_probe &= time.monotonic() - started < QUICK
        return returned

    def probe(self, request: wire.Request) -> wire.Returned | None:
        return self._runner.serve(request) if self._may_probe else None

    def explain_missing(self, function: str) -> str:
        slip = slip_of_the_pen(function, self._names)
        return f"There is no function {function} yet: run the cell that defines it first.{slip}"

    is_notebook = True
    lacks: tuple[str, ...] = ()

    def without(self, operators: Sequence[str]) -> NotebookChannel:
        """The library stays as it is in a student's own notebook."""
        return self

    def whole(self) -> NotebookChannel:
        return self

    def source_of(self, function: str) -> str:
        code = getattr(self._namespace.get(function), "__code__", None)
        return "".join(linecache.getlines(code.co_filename)) if code is not None else ""

    def note(self, text: str) -> None:
        """Notes are for the instructor; there is none here."""


class ValidatedChannel(NotebookChannel):
    """The same under nbgrader validate, where there is little time and nobody to interrupt a loop without end."""

    allowed = under_validate.SECONDS

    def ask(self, request: wire.Request) -> wire.Returned:
        try:
            with under_validate.time_limit(self.seconds):
                return super().ask(request)
        except under_validate.TimeIsUp:
            raise self._late() from None

    def probe(self, request: wire.Request) -> wire.Returned | None:
        """There is too little time for it."""
        return None

    def _late(self) -> Exception:
        name = self.exercise.name
        if self._check is not None and self._check.full_run:
            # All that came before was in time: this code is slow, or slow on this machine, and not lost.
            return CannotTry(
                "The full training run takes longer than nbgrader lets a cell run. Without nbgrader, "
                f'check("{name}") takes the time it needs.'
            )
        return TimedOut(f"{name} was stopped after {self.allowed:g} seconds. Is there a loop that never ends?")


def run_self_check(channel: NotebookChannel, seed: int) -> list[CheckReport]:
    """The reports of the visible checks of the channel's exercise; the notebook's globals stay as they were."""
    exercise = channel.exercise
    run = CheckRun([exercise], lambda _: channel, seed, lambda check: not check.hidden)
    try:
        return run()[exercise.name]
    finally:
        channel.put_back()


class Notebook:
    """A student's notebook, which has said which assignment it is; `check` is what its cells call."""

    def __init__(self, assignment: str) -> None:
        if not isinstance(assignment, str):
            raise ValueError('checks takes the name of an assignment, in quotes: checks("softmax-regression")')
        facts = catalogue.facts_of(assignment, *_roots())
        if facts is None:
            known = ", ".join(name for each in catalogue.assignments(*_roots()) for name in each.notebooks.values())
            raise ValueError(f"there is no assignment {assignment!r}; there are {known}")
        self._facts = facts
        self._assignment = assignment

    @classmethod
    def with_exercise(cls, exercise: Any) -> Notebook:
        """The one whose assignment has an exercise of that name. Raises `ValueError` where several have."""
        name = _name(exercise)
        found = [facts for facts in catalogue.assignments(*_roots()) if catalogue.find(facts, name) is not None]
        own = [facts for facts in found if (facts.folder / name).is_dir()] or found
        if not own:
            raise ValueError(f"there is no exercise {name!r}")
        notebook = next(iter(own[0].notebooks.values()))
        if len(own) > 1 and len({catalogue.find(facts, name) for facts in own}) > 1:
            raise ValueError(f"several assignments have an exercise {name!r}: say at the notebook's top which it is, "
                             f'with check = checks("{notebook}")')  # fmt: skip
        return cls(notebook)

    def check(self, exercise: str) -> None:
        """Show the table in the notebook, or print it where there is no notebook."""
        namespace = _callers_namespace()
        loaded, seed = self._load(_name(exercise)), secrets.randbits(32)
        if not under_validate.active():
            channel = NotebookChannel(loaded, namespace)
            _show(self_check_table(channel.exercise, run_self_check(channel, seed)))
            return
        with under_validate.unheard():
            channel = ValidatedChannel(loaded, namespace)
            reports = run_self_check(channel, seed)
        if any(report.score < report.points for report in reports):
            under_validate.fail_cell(self_check_table(channel.exercise, reports).text)

    def _load(self, name: str) -> Exercise:
        folder = catalogue.find(self._facts, name)
        if folder is None:
            known = ", ".join(catalogue.names(self._facts))
            raise ValueError(f"{self._assignment} has no exercise {name!r}; take the name of the function: {known}")
        return catalogue.load(folder)


def _name(exercise: Any) -> str:
    if not isinstance(exercise, str):
        called = getattr(exercise, "__name__", "softmax")
        raise ValueError(f'check takes the name of an exercise, in quotes: check("{called}")')
    return exercise


def _roots() -> tuple[Path, ...]:
    """Of the course that the notebook lies in, if it lies in one; else all that were installed."""
    try:
        return find_course(Path.cwd()).exercise_roots
    except CourseError:
        return catalogue.installed()


def _callers_namespace() -> dict[str, Any]:
    shell = under_validate.shell()
    if shell is not None:
        namespace: dict[str, Any] = shell.user_ns
        return namespace
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("grader"):
        frame = frame.f_back
    return frame.f_globals


def _show(rendered: Rendered) -> None:
    if under_validate.shell() is not None:
        from IPython.display import display

        display(rendered)  # type: ignore[no-untyped-call]
    else:
        print(rendered)
