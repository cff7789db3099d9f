"""Where a course's nbgrader keeps submissions, without importing nbgrader where its settings say nothing of that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jupyter_core.paths import jupyter_config_path

from grader.course.course import Course
from grader.course.layout import Layout

_SETTINGS = ("submitted_directory", "directory_structure", "CourseDirectory.ignore")
_FILES = ("nbgrader_config.py", "nbgrader_config.json", "jupyter_config.py", "jupyter_config.json")


def layout_of(course: Course, nbgrader_is_needed: bool) -> Layout:
    """The layout by nbgrader's settings for the course; raises `CourseError` where they are of no use.

    Importing nbgrader takes seconds: unless it is needed anyway, files that do not mention the settings are believed.
    """
    if not nbgrader_is_needed and not any(name in text for text in _texts(course) for name in _SETTINGS):
        return Layout()
    from grader.nbgrader.settings import nbgrader_settings

    folders = nbgrader_settings(course).coursedir
    structure = Path(folders.directory_structure).as_posix()
    return Layout(folders.submitted_directory, structure, tuple(folders.ignore))


def _texts(course: Course) -> Iterator[str]:
    for folder in (course.root, *map(Path, jupyter_config_path())):
        for name in _FILES:
            if (path := folder / name).is_file():
                yield path.read_text(errors="replace")
