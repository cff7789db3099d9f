"""What tests ask of gradebooks, and of a course that was graded into one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbgrader import api
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from tests.nbgrader_course import NbgraderCourse
from tests.notebooks import SMALL

NAME = SMALL["np"]
LEFT_BEHIND = ".softmark-*"


@contextmanager
def session(address: str) -> Iterator[Session]:
    engine = create_engine(address)
    try:
        with Session(engine) as opened:
            yield opened
    finally:
        engine.dispose()


def address_of(course: NbgraderCourse, file: str = "gradebook.db") -> str:
    return f"sqlite:///{course.root / file}"


def rows(address: str) -> dict[str, dict[str, Any]]:
    """All that a gradebook says of each student's submissions, without the ids that it made up."""
    with session(address) as opened:
        submissions = opened.scalars(select(api.SubmittedAssignment)).all()
        found = {submission.student_id: _submission(submission) for submission in submissions}
        for student in opened.scalars(select(api.Student)):
            about = {name: getattr(student, name) for name in ("first_name", "last_name", "email", "lms_user_id")}
            found.setdefault(student.id, {}).update(about)
        return found


def _submission(submission: Any) -> dict[str, Any]:
    (notebook,) = submission.notebooks
    of_grades = (
        "auto_score",
        "manual_score",
        "extra_credit",
        "needs_manual_grade",
        "score",
        "max_score",
        "failed_tests",
    )
    of_comments = ("auto_comment", "manual_comment", "comment")
    of_notebooks = ("late_submission_penalty", "flagged", "score", "max_score", "needs_manual_grade", "failed_tests")
    return {
        "assignment": submission.name,
        "timestamp": submission.timestamp,
        "extension": submission.extension,
        "notebook": {name: getattr(notebook, name) for name in of_notebooks},
        "grades": {row.name: {name: getattr(row, name) for name in of_grades} for row in notebook.grades},
        "comments": {row.name: {name: getattr(row, name) for name in of_comments} for row in notebook.comments},
    }


def scores(address: str, student: str) -> dict[str, float | None]:
    return {name: row["auto_score"] for name, row in rows(address)[student]["grades"].items()}


def copy_database(source: str, target: str) -> None:
    """A gradebook's tables, into a database that has none."""
    with session(source) as old, session(target) as new:
        api.Base.metadata.create_all(new.connection())
        for table in api.Base.metadata.sorted_tables:
            if found := [dict(row) for row in old.execute(select(table)).mappings()]:
                new.execute(table.insert(), found)
        new.commit()


def copy_course(course: NbgraderCourse, folder: Path) -> NbgraderCourse:
    """The same teacher's same course, somewhere else, in the state that it is in."""
    root = folder / "course"
    shutil.copytree(course.root, root)
    return replace(course, folder=folder, teacher=replace(course.teacher, home=root))


def files(folder: Path) -> dict[str, tuple[int, int]]:
    """Every file below a folder, by its path: when it was written, and which file it is."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_ino)
        for path in folder.rglob("*")
        if path.is_file()
    }


def assert_nothing_half_written(course: NbgraderCourse, address: str) -> set[str]:
    """Whoever has grades has a graded notebook and the other way round; returns who."""
    graded = {path.parts[-3] for path in course.root.glob(f"autograded/*/{NAME}/{NAME}.ipynb")}
    recorded = {student for student, found in rows(address).items() if "grades" in found}
    assert graded == recorded
    assert {path.parts[-3] for path in course.root.glob(f"feedback/*/{NAME}/{NAME}.html")} <= graded
    assert list(course.root.rglob(LEFT_BEHIND)) == []
    return graded
