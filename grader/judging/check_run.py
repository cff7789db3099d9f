"""The pytest plugin: collects checks from exercises, gives them their fixtures, turns results into outcomes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy
import pytest

from grader.checking.authoring import Check, Exercise, check_of
from grader.checking.channel import Channel
from grader.checking.outcomes import (
    DIAGNOSIS,
    OUTCOMES,
    AskAgain,
    CheckFailed,
    CheckReport,
    GraderFault,
    NotAttempted,
    Outcome,
    TimedOut,
)
from grader.checking.student import Student
from grader.course import catalogue
from grader.judging.png import for_report

# pytest's own plugins that a grading run has no use for, each of which costs time or touches the terminal.
_UNUSED = (
    "cacheprovider", "terminal", "terminalprogress", "capture", "logging", "faulthandler", "warnings",
    "unraisableexception", "threadexception", "tmpdir", "doctest", "junitxml", "pastebin", "stepwise", "setuponly",
    "setupplan", "debugging", "anyio", "hypothesispytest", "xdist", "cov",
)  # fmt: skip

# Each time with one more of the notebook's given cells.
_MOST_BEGINNINGS = 8
# What a student reads where an answer was of a kind that no check has thought of.
UNREADABLE = "The answer is of a kind that this check cannot read"


class CheckRun:
    """One run of some exercises' checks; a pytest plugin object. Results appear in `reports`, by exercise.

    `by_solution`, where there is one, tells of a check that broke whether it breaks on the solution too: then the
    check is to blame, and else the answer is.
    """

    def __init__(
        self,
        exercises: Iterable[Exercise],
        open_channel: Callable[[Exercise], Channel],
        seed: int,
        wanted: Callable[[Check], bool] = lambda check: True,
        by_solution: Callable[[Exercise], Channel] | None = None,
    ) -> None:
        self.exercises = {str(exercise.file): exercise for exercise in exercises}
        self.open_channel = open_channel
        self.seed = seed
        self.wanted = wanted
        self.by_solution = by_solution
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
    def pytest_pycollect_makemodule(self, module_path: Path, parent: Any) -> Any:
        return _ExerciseModule.from_parent(parent, path=module_path)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pycollect_makeitem(self, name: str, obj: Any) -> list[Any] | None:
        """A module's checks are its tests; its other functions are not."""
        info = check_of(obj)
        return None if info is not None and self.wanted(info) else []

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """Those that lack operators last, of all exercises, so that one process without them does for all."""
        items.sort(key=lambda item: self._check(item).without)

    @pytest.fixture
    def student(self, request: pytest.FixtureRequest) -> Student:
        exercise = self._exercise(request.node)
        if exercise.name in self._over:
            raise self._over[exercise.name]
        if exercise.name not in self._channels:
            self._channels[exercise.name] = self.open_channel(exercise)
        return student_for(exercise, self._check(request.node), self._channels[exercise.name])

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> numpy.random.Generator:
        return rng_for(self._exercise(request.node), self._check(request.node), self.seed)

    def pytest_runtest_makereport(self, item: pytest.Function, call: pytest.CallInfo[None]) -> None:
        if call.when == "teardown" or (call.when == "setup" and call.excinfo is None):
            return
        exercise, info = self._exercise(item), self._check(item)
        error = call.excinfo.value if call.excinfo else None
        if isinstance(error, AskAgain):
            error = ending_of(exercise, info, item.function, self._channels[exercise.name], self.seed)
        if isinstance(error, (NotAttempted, TimedOut)):
            self._over[exercise.name] = error
        if self._may_be_the_answer(error) and self._breaks_on_the_answer_alone(exercise, info, item.function):
            self._channels[exercise.name].note(
                f"{exercise.name}: the check {info.name} could not read this submission's answer, and reads the "
                f"solution's ({type(error).__name__}: {error}); no points were given for it"
            )
            error = CheckFailed(f"{UNREADABLE}.", hint=info.hint)
        self.reports[exercise.name].append(judge_check(info, error))

    def _may_be_the_answer(self, error: BaseException | None) -> bool:
        """Whether a check broke in a way that an answer may have brought about."""
        return isinstance(error, Exception) and judge_outcome(error) == "error" and not isinstance(error, GraderFault)

    def _breaks_on_the_answer_alone(self, exercise: Exercise, info: Check, function: Callable[..., None]) -> bool:
        if self.by_solution is None:
            return False
        return ending_of(exercise, info, function, self.by_solution(exercise), self.seed) is None

    def _exercise(self, node: Any) -> Exercise:
        return self.exercises[str(node.path)]

    def _check(self, node: Any) -> Check:
        return next(check for check in self._exercise(node).checks if check.name == node.name)


class _ExerciseModule(pytest.Module):
    """A module that is imported already: the one that the catalogue has read."""

    def _getobj(self) -> Any:
        return catalogue.module_of(catalogue.load(self.path.parent))


def student_for(exercise: Exercise, info: Check, channel: Channel) -> Student:
    """What a check gets as `student`."""
    channel.begin(info)
    return Student(exercise, channel.without(info.without) if info.without else channel)


def rng_for(exercise: Exercise, info: Check, seed: int) -> numpy.random.Generator:
    """Inputs that depend on the seed, the exercise and the check, and on nothing else."""
    return numpy.random.default_rng([seed, zlib.crc32(f"{exercise.name}/{info.name}".encode())])


def run_check(
    exercise: Exercise, info: Check, function: Callable[..., None], channel: Channel, seed: int
) -> None:  # fmt: skip
    """Run one check without pytest; it ends with the exceptions that it ends with."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount]
    for _ in range(_MOST_BEGINNINGS):
        given = {"student": student_for(exercise, info, channel), "rng": rng_for(exercise, info, seed)}
        try:
            return function(**{name: given[name] for name in names})
        except AskAgain:
            continue
    raise GraderFault("a check began anew again and again")


def ending_of(
    exercise: Exercise, info: Check, function: Callable[..., None], channel: Channel, seed: int
) -> Exception | None:
    """The exception that a check ends with; None where it passes."""
    try:
        run_check(exercise, info, function, channel, seed)
    except Exception as error:
        return error
    return None


def try_out(exercise: Exercise, channel: Channel, seed: int) -> float:
    """What an exercise's checks give together, but for those that train in full or lack operators."""
    score = 0.0
    for info in exercise.checks:
        if not (info.full_run or info.without):
            function = getattr(catalogue.module_of(exercise), info.name)
            error = ending_of(exercise, info, function, channel, seed)
            score += judge_check(info, error).score
            if isinstance(error, (NotAttempted, TimedOut)):
                break
    return score


def judge_outcome(error: BaseException | None) -> Outcome:
    """What a check comes to that ended with this exception."""
    if error is None:
        return "passed"
    return next((name for kind, name in OUTCOMES if isinstance(error, kind)), "error")


def judge_check(check: Check, error: BaseException | None) -> CheckReport:
    """The report on one check, from the exception it ended with."""
    outcome = judge_outcome(error)
    message, hint, known, picture = "", "", None, ""
    if isinstance(error, CheckFailed):
        message, known, picture = str(error), error.misconception, for_report(error.picture)
        hint = check.hint if error.hint is None else error.hint
        if known is not None:
            message += f"{DIAGNOSIS}{known.sentence}."
            hint = known.hint or hint
    elif error is not None:
        message = str(error) if outcome != "error" else f"{type(error).__name__}: {error}"
    name = known.name if known else None
    return CheckReport(
        check.name, check.title, outcome, check.hidden, check.points, message, hint, name, picture
    )  # fmt: skip
