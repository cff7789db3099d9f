"""``check("softmax")`` in a student's notebook: the visible checks, in this process, as a table."""

from __future__ import annotations

import difflib
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from grader import authoring, nbgrader_validate
from grader.authoring import CannotTry, Exercise
from grader.plugin import CheckRun, TimedOut
from grader.render import Rendered, self_check_table
from grader.report import CheckReport
from grader.sandbox import wire
from grader.sandbox.runner import Runner
from grader.session import QUICK

TRAINING_SECONDS = 120.0


class NotebookChannel:
    """Carries requests to the functions of the notebook that this process runs."""

    allowed = TRAINING_SECONDS

    def __init__(self, exercise: Exercise, namespace: dict[str, Any]) -> None:
        import mxnet

        self._flavour = "np" if mxnet.util.is_np_array() else "nd"
        self.exercise = exercise.in_flavour(self._flavour)
        self._names = [name for name, value in namespace.items() if callable(value)]
        self._runner = Runner(self._flavour, namespace)
        self._until = time.monotonic() + self.allowed
        self._may_probe = True

    @property
    def flavour(self) -> str:
        return self._flavour

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
        close = difflib.get_close_matches(function, self._names, 1, 0.75)
        slip = f" You define {close[0]}: is that a slip of the pen?" if close else ""
        return f"There is no function {function} yet: run the cell that defines it first.{slip}"

    is_notebook = True
    is_bare = False

    def bare(self) -> NotebookChannel:
        """The library stays as it is in a student's own notebook."""
        return self

    whole = bare

    def note(self, text: str) -> None:
        """Notes are for the instructor; there is none here."""


class ValidatedChannel(NotebookChannel):
    """The same under nbgrader validate, where there is little time and nobody to interrupt a loop without end."""

    allowed = nbgrader_validate.SECONDS

    def ask(self, request: wire.Request) -> wire.Returned:
        try:
            with nbgrader_validate.time_limit(self.seconds):
                return super().ask(request)
        except nbgrader_validate.TimeIsUp:
            raise self._late(request) from None

    def probe(self, request: wire.Request) -> wire.Returned | None:
        """There is too little time for it."""
        return None

    def _late(self, request: wire.Request) -> Exception:
        name = self.exercise.name
        if isinstance(request, wire.Call) and any(isinstance(arg, wire.Data) for arg in request.args):
            # All that came before was in time: this code is slow, or slow on this machine, and not lost.
            return CannotTry(
                "The full training run takes longer than nbgrader lets a cell run. Without nbgrader, "
                f'check("{name}") takes the time it needs.'
            )
        return TimedOut(f"{name} was stopped after {self.allowed:g} seconds. Is there a loop that never ends?")


def run_self_check(channel: NotebookChannel, namespace: dict[str, Any], seed: int) -> list[CheckReport]:
    """The reports of the visible checks of the channel's exercise on the functions of `namespace`."""
    exercise = channel.exercise
    with _kept(namespace, "W", "b"):  # which checks of `net` and `train` set to their own
        run = CheckRun([exercise], lambda _: channel, seed, lambda check: not check.hidden)
        return run()[exercise.name]


@contextmanager
def _kept(namespace: dict[str, Any], *names: str) -> Iterator[None]:
    """In the end these are the same again, with the same values and gradients."""
    own = {name: namespace[name] for name in names if name in namespace}
    found = [one for value in own.values() for one in (value, getattr(value, "grad", None))]
    arrays: list[Any] = [one for one in found if hasattr(one, "asnumpy")]
    values = [array.copy() for array in arrays]
    try:
        yield
    finally:
        for name in names:
            namespace.pop(name, None)
        namespace.update(own)
        for array, value in zip(arrays, values, strict=True):
            array[:] = value


def check_in_notebook(name: str) -> None:
    """Show the table in the notebook, or print it where there is no notebook."""
    if not isinstance(name, str):
        called = getattr(name, "__name__", "softmax")
        raise ValueError(f'check takes the name of an exercise, in quotes: check("{called}")')
    namespace = _callers_namespace()
    exercise, seed = authoring.load(name), secrets.randbits(32)
    if not nbgrader_validate.active():
        channel = NotebookChannel(exercise, namespace)
        _show(self_check_table(channel.exercise, run_self_check(channel, namespace, seed)))
        return
    with nbgrader_validate.unheard():
        channel = ValidatedChannel(exercise, namespace)
        reports = run_self_check(channel, namespace, seed)
    if any(report.score < report.points for report in reports):
        nbgrader_validate.fail_cell(self_check_table(channel.exercise, reports).text)


def _callers_namespace() -> dict[str, Any]:
    shell = nbgrader_validate.shell()
    if shell is not None:
        namespace: dict[str, Any] = shell.user_ns
        return namespace
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_globals.get("__name__", "").startswith("grader"):
        frame = frame.f_back
    return frame.f_globals


def _show(rendered: Rendered) -> None:
    if nbgrader_validate.shell() is not None:
        from IPython.display import display

        display(rendered)  # type: ignore[no-untyped-call]
    else:
        print(rendered)
