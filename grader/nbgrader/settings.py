"""nbgrader's settings for a course, as its commands find them when they run in the course's folder."""

from __future__ import annotations

import sys
import traceback
from typing import Any, NoReturn

from nbgrader.apps import NbGrader

from grader.course.catalogue import CourseError
from grader.course.course import CONFIG, Course
from grader.sandbox.wire import plain


class _Settings(NbGrader):  # type: ignore[misc]  # nbgrader is untyped
    """Reads nothing from the current folder, which may be a student's."""

    load_cwd_config = False
    raise_config_file_errors = True

    def init_syspath(self) -> None:
        """Not the current folder: `nbgrader_settings` names the course's, where its plugins are."""

    def exit(self, exit_status: int | str | None = 0) -> NoReturn:
        """What traitlets does about a setting that it cannot use."""
        error = sys.exception()
        assert error is not None
        raise error


_SILENCE = {
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "loggers": {_Settings.__name__: {"handlers": ["none"], "propagate": False}},
}


def nbgrader_settings(course: Course) -> Any:
    """nbgrader's application with the settings of the course's nbgrader_config.py. Raises `CourseError`."""
    root = str(course.root)
    if root not in sys.path:
        sys.path.append(root)
    settings = _Settings(logging_config=_SILENCE)
    try:
        settings.initialize([], root=root)
    except Exception as error:  # the file is a program, and may raise anything
        raise unusable(error) from None
    settings.coursedir.root = root  # one's own settings may name another course
    return settings


def unusable(error: Exception) -> CourseError:
    """What is wrong with a setting, and where if that is known."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(CONFIG)]
    where = f"{frames[-1].filename}, line {frames[-1].lineno}" if frames else CONFIG
    if isinstance(error, SyntaxError):
        where = f"{error.filename}, line {error.lineno}"
    why = str(error.msg if isinstance(error, SyntaxError) else error).partition("\n")[0]
    return CourseError(plain(f"nbgrader's settings cannot be used: {type(error).__name__}: {why} ({where})"))
