"""The pytest plugin: collects checks from exercise modules, gives them their fixtures, turns results into outcomes."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy
import pytest

from grader.authoring import CannotTry, Check, CheckFailed, Exercise, NotAttempted, check_of
from grader.report import DIAGNOSIS, CheckReport, Outcome
from grader.student import Channel, Student

# pytest's own plugins that a grading run has no use for, each of which costs time or touches the terminal.
_UNUSED = (
    "cacheprovider", "terminal", "terminalprogress", "capture", "logging", "faulthandler", "warnings",
    "unraisableexception", "threadexception", "tmpdir", "doctest", "junitxml", "pastebin", "stepwise", "setuponly",
    "setupplan", "debugging", "anyio", "hypothesispytest", "xdist", "cov",
)  # fmt: skip


class Crashed(Exception):
    """The submission's process ended in this check; the message is for the student."""


class TimedOut(Exception):
    """The exercise has used up its time."""


class GraderFault(Exception):
    """Something of the grader's own failed; never the student's loss."""


_OUTCOMES: tuple[tuple[type[BaseException], Outcome], ...] = (
    (CheckFailed, "failed"),
    (NotAttempted, "not_attempted"),
    (Crashed, "crashed"),
    (TimedOut, "timed_out"),
    (CannotTry, "skipped"),
)


class CheckRun:
    """One run of some exercises' checks; a pytest plugin object. Results appear in `reports`, by exercise."""

    def __init__(
        self,
        exercises: Iterable[Exercise],
        open_channel: Callable[[Exercise], Channel],
        seed: int,
        wanted: Callable[[Check], bool] = lambda check: True,
    ) -> None:
        self.exercises = {exercise.file: exercise for exercise in exercises}
        self.open_channel = open_channel
        self.seed = seed
        self.wanted = wanted
        self.reports: dict[str, list[CheckReport]] = {e.name: [] for e in self.exercises.values()}
        self._looked_at = {str(path) for file in self.exercises for path in (file, *Path(file).parents)}
        self._channels: dict[str, Channel] = {}
        self._over: dict[str, BaseException] = {}

    def __call__(self) -> dict[str, list[CheckReport]]:
        """Run the checks. Raises `GraderFault` where pytest itself could not."""
        if not self.exercises:
            return self.reports  # pytest would look for tests in the current folder
        disabled = [option for name in _UNUSED for option in ("-p", f"no:{name}")]
        options = ["-c", "/dev/null", "--rootdir=/", "--assert=plain", "-o", "python_functions=*",
                   "--import-mode=importlib"]  # fmt: skip
        with pytest.MonkeyPatch.context() as patch:
            # No plugin that happens to be installed, and no option from the environment, has a say in a grade.
            patch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
            patch.delenv("PYTEST_ADDOPTS", raising=False)
            patch.delenv("PYTEST_PLUGINS", raising=False)
            code = pytest.main([*disabled, *options, *self.exercises], plugins=[self])
        if code == pytest.ExitCode.INTERRUPTED:
            raise KeyboardInterrupt
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
            raise GraderFault(f"pytest could not run the checks (exit status {int(code)})")
        for exercise in self.exercises.values():
            places = {check.name: place for place, check in enumerate(exercise.checks)}
            self.reports[exercise.name].sort(key=lambda report: places[report.name])
        return self.reports

    # -- pytest's hooks

    def pytest_configure(self, config: pytest.Config) -> None:
        """Nobody sees pytest's own account of a failure, with the source of all frames, which takes long to make."""
        config.option.tbstyle = "no"

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool:
        """Of all that lies in the folders above the exercises nothing else is looked at, which would take long."""
        return str(collection_path) not in self._looked_at

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makemodule(self, module_path: Any, parent: Any) -> Any:
        return _ExerciseModule.from_parent(parent, path=module_path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, name: str, obj: Any) -> list[Any] | None:
        """A module's checks are its tests; its other functions are not."""
        info = check_of(obj)
        return None if info is not None and self.wanted(info) else []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """The bare checks last, of all exercises, so that one process without the library's softmax does for all."""
        items.sort(key=_is_bare)

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Student:
        exercise = self._exercise(request.node)
        if exercise.name in self._over:
            raise self._over[exercise.name]
        if exercise.name not in self._channels:
            self._channels[exercise.name] = self.open_channel(exercise)
        channel = self._channels[exercise.name]
        return Student(exercise, channel.bare() if _is_bare(request.node) else channel)

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> numpy.random.Generator:
        """Inputs that depend on the seed, the exercise and the check, and on nothing else."""
        words = f"{self._exercise(request.node).name}/{request.node.name}".encode()
        return numpy.random.default_rng([self.seed, zlib.crc32(words)])

    def pytest_runtest_makereport(self, item: pytest.Function, call: pytest.CallInfo[None]) -> None:
        if call.when == "teardown" or (call.when == "setup" and call.excinfo is None):
            return
        exercise = self._exercise(item)
        info = check_of(item.obj)
        assert info is not None
        error = call.excinfo.value if call.excinfo else None
        if isinstance(error, (NotAttempted, TimedOut)):
            self._over[exercise.name] = error
        self.reports[exercise.name].append(judge_check(info, error))

    def _exercise(self, node: Any) -> Exercise:
        return self.exercises[str(node.path)]


def _is_bare(item: Any) -> bool:
    info = check_of(item.obj)
    return info is not None and info.bare


class _ExerciseModule(pytest.Module):
    """A module that is imported already: the one that `grader.authoring.load` has read."""

    def _getobj(self) -> Any:
        return importlib.import_module(f"grader.exercises.{self.path.stem}")


def judge_check(check: Check, error: BaseException | None) -> CheckReport:
    """The report on one check, from the exception it ended with."""
    outcome: Outcome = "passed" if error is None else "error"
    for kind, name in _OUTCOMES:
        if isinstance(error, kind):
            outcome = name
    message, hint, known = "", "", None
    if isinstance(error, CheckFailed):
        message, known = str(error), error.misconception
        hint = check.hint if error.hint is None else error.hint
        if known is not None:
            message += f"{DIAGNOSIS}{known.sentence}."
            hint = known.hint or hint
    elif error is not None:
        message = str(error) if outcome != "error" else f"{type(error).__name__}: {error}"
    return CheckReport(
        check.name, check.title, outcome, check.hidden, check.points, message, hint, known.name if known else None
    )
