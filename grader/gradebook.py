"""nbgrader's gradebook: what `nbgrader autograde` would write to it, in one transaction per submission.

The rules are nbgrader's own (its preprocessors SaveAutoGrades and AssignLatePenalties): the automatic score is what
`determine_grade` reads from a cell, a manual score stays and asks to be looked at again, an untouched answer gets the
comment "No response.".
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from nbgrader import api, utils
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import create_engine, inspect, select, update
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import Session

from grader.course import CHECK, Course, CourseError
from grader.graded import is_left_out
from grader.sandbox.wire import plain

_SQLITE_WAIT = "10"  # seconds for another program to let go of the file


class GradebookError(CourseError):
    """The gradebook is of no use as it is; the message says what is wrong, where, and what to do."""


class NotRecorded(Exception):
    """One submission's grades could not be written, and nothing of them was; the message says why."""


class Gradebook:
    """An open gradebook of a course. Raises `GradebookError`."""

    def __init__(self, url: str, course: Course) -> None:
        self.course = course
        self.nbgrader = nbgrader_settings(course)
        self._url = _parsed(url)
        self.name = self._url.render_as_string(hide_password=True)
        self.nbgrader.coursedir.db_url = self._url.render_as_string(hide_password=False)
        self.autograde = Autograde(coursedir=self.nbgrader.coursedir, parent=self.nbgrader)
        self._penalties = AssignLatePenalties(parent=self.autograde)
        self._penalties.init_plugin()
        self._engine = create_engine(self._with_patience())
        self._check()

    def close(self) -> None:
        self._engine.dispose()

    def _with_patience(self) -> URL:
        if self._url.get_backend_name() != "sqlite" or "timeout" in self._url.query:
            return self._url
        return self._url.update_query_dict({"timeout": _SQLITE_WAIT})

    # -- is it the right one?

    def _check(self) -> None:
        database = self._url.database
        if self._url.get_backend_name() == "sqlite" and not (database and os.path.isfile(database)):
            raise GradebookError(f"there is no gradebook {self.name}: {self._how_to_make_one()}")
        try:
            self._check_schema()
            with Session(self._engine) as session:
                self._check_course(session)
                # Asks for the lock that a grade will need, and changes nothing.
                session.execute(update(api.Course).values(id=api.Course.id).where(api.Course.id == self._course_id))
                session.rollback()
        except SQLAlchemyError as error:
            raise GradebookError(f"the gradebook {self.name} {_trouble(error)}") from None

    @property
    def _course_id(self) -> str:
        return str(self.nbgrader.coursedir.course_id) or "default_course"

    def _how_to_make_one(self) -> str:
        return f"make one with nbgrader generate_assignment ASSIGNMENT, in {self.course.root}, or name another"

    def _check_schema(self) -> None:
        found = inspect(self._engine)
        tables = set(found.get_table_names())
        if "assignment" not in tables:
            raise GradebookError(f"{self.name} holds no gradebook of nbgrader's: {self._how_to_make_one()}")
        for table in api.Base.metadata.sorted_tables:
            columns = {column["name"] for column in found.get_columns(table.name)} if table.name in tables else set()
            if missing := [column.name for column in table.columns if column.name not in columns]:
                raise GradebookError(
                    f"the gradebook {self.name} was made by an older nbgrader (its table {table.name} has no "
                    f"{missing[0]}): make a copy of it, then run nbgrader db upgrade"
                )

    def _check_course(self, session: Session) -> None:
        found = session.execute(select(api.Assignment.name, api.Assignment.course_id))
        rows = {name: course for name, course in found}  # noqa: C416  (rows, not pairs, to the type checker)
        ours = {name: course for name, course in rows.items() if name in self.course.assignment_names}
        if not ours:
            has = f"it has {', '.join(sorted(rows))}" if rows else "it has none at all"
            raise GradebookError(f"the gradebook {self.name} knows none of this course's assignments ({has}): "
                                 f"{self._how_to_make_one()}")  # fmt: skip
        foreign = [course for course in ours.values() if course not in (self._course_id, "default_course", "")]
        if foreign:
            raise GradebookError(f"the gradebook {self.name} belongs to the course {foreign[0]}, and this one is "
                                 f"{self._course_id} (nbgrader_config.py, CourseDirectory.course_id)")  # fmt: skip

    # -- reading

    def points(self, assignment: str) -> dict[str, float]:
        """The points of each graded cell. Raises `NotRecorded` where the assignment or one of its checks is missing."""
        with self._transaction() as session:
            notebook = self._notebook(session, assignment)
            return {cell.name: float(cell.max_score) for cell in notebook.grade_cells}

    def source_cells(self, assignment: str) -> dict[str, tuple[str, str, bool]]:
        """By grade_id: the source, the checksum, and whether it is locked, as nbgrader has stored them."""
        with self._transaction() as session:
            cells = self._notebook(session, assignment).source_cells
            return {cell.name: (cell.source, cell.checksum, bool(cell.locked)) for cell in cells}

    def auto_scores(self, assignment: str, student: str) -> dict[str, float | None]:
        """What the gradebook has at present for each graded cell of a submission; empty where there is none."""
        with self._transaction() as session:
            submitted = self._submitted_notebook(session, assignment, student)
            return {grade.name: grade.auto_score for grade in submitted.grades} if submitted is not None else {}

    def _submitted_notebook(self, session: Session, assignment: str, student: str) -> Any:
        query = (
            select(api.SubmittedNotebook)
            .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
            .join(api.Assignment, api.Assignment.id == api.SubmittedAssignment.assignment_id)
            .join(api.Notebook, api.Notebook.id == api.SubmittedNotebook.notebook_id)
            .where(api.Assignment.name == assignment, api.Notebook.name == assignment)
            .where(api.SubmittedAssignment.student_id == student)
        )
        return session.scalars(query).one_or_none()

    def _notebook(self, session: Session, assignment: str) -> Any:
        query = (
            select(api.Notebook)
            .join(api.Assignment, api.Assignment.id == api.Notebook.assignment_id)
            .where(api.Assignment.name == assignment, api.Notebook.name == assignment)
        )
        notebook = session.scalars(query).one_or_none()
        again = f"run nbgrader generate_assignment {assignment}"
        if notebook is None:
            raise NotRecorded(f"the gradebook {self.name} does not know the assignment {assignment}: {again}")
        known = {cell.name for cell in notebook.grade_cells}
        for exercise in self.course.assignment(assignment).exercises:
            if f"{CHECK}{exercise}" not in known:
                raise NotRecorded(
                    f"the gradebook {self.name} does not know the cell {CHECK}{exercise} of {assignment}: "
                    f"{again} --force"
                )
        return notebook

    # -- writing

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        """Raises `NotRecorded` for whatever the database has to complain about."""
        with Session(self._engine) as session:
            try:
                yield session
            except SQLAlchemyError as error:
                session.rollback()
                raise NotRecorded(f"the gradebook {self.name} {_trouble(error)}") from None

    def record(self, assignment: str, student: str, notebook: Any, timestamp: datetime | None) -> None:
        """Write a graded notebook's grades, all of them or none.

        `notebook` as nbformat has it, `timestamp` (UTC) that of the submission. Raises `NotRecorded`.
        """
        with self._transaction() as session:
            submitted = self._rows(session, assignment, student, timestamp)
            grades = {grade.name: grade for grade in submitted.grades}
            comments = {comment.name: comment for comment in submitted.comments}
            for cell in notebook.cells:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                if utils.is_grade(cell) and grade_id in grades and not (cell.cell_type == "code" and is_left_out(cell)):
                    _grade(grades[grade_id], cell)
                if (utils.is_solution(cell) or utils.is_task(cell)) and grade_id in comments:
                    _comment(comments[grade_id], cell)
            session.flush()
            session.expire_all()  # the sums are the database's
            self._penalize(submitted, student)
            session.commit()

    def _rows(self, session: Session, assignment: str, student: str, timestamp: datetime | None) -> Any:
        """The submission's rows, made where they are missing."""
        notebook = self._notebook(session, assignment)
        with session.no_autoflush:
            submission = session.scalars(
                select(api.SubmittedAssignment)
                .where(api.SubmittedAssignment.assignment_id == notebook.assignment_id)
                .where(api.SubmittedAssignment.student_id == student)
            ).one_or_none()
            if submission is None:
                known = self._student(session, student)
                submission = api.SubmittedAssignment(assignment=notebook.assignment, student=known)
                session.add(submission)
            if timestamp is not None:
                submission.timestamp = timestamp
            by_id = {submitted.notebook_id: submitted for submitted in submission.notebooks}
            for other in notebook.assignment.notebooks:
                if other.id not in by_id:
                    by_id[other.id] = api.SubmittedNotebook(notebook=other, assignment=submission)
                    session.add(by_id[other.id])
                session.add_all(_missing_rows(by_id[other.id], other))
        session.flush()
        return by_id[notebook.id]

    def _student(self, session: Session, student: str) -> Any:
        known = session.get(api.Student, student)
        if known is None:
            if not self.autograde.create_student:
                raise NotRecorded(f"the gradebook {self.name} knows no student {student}, and this course does not add "
                                  f"any by itself: run nbgrader db student add {student}")  # fmt: skip
            known = api.Student(id=student)
            session.add(known)
        return known

    def _penalize(self, submitted: Any, student: str) -> None:
        submitted.late_submission_penalty = None
        late = submitted.assignment.total_seconds_late
        if late > 0:
            penalty = self._penalties.plugin_inst.late_submission_penalty(student, submitted.score, late)
            if penalty is not None:
                submitted.late_submission_penalty = self._penalties._check_late_penalty(submitted, penalty)


def nbgrader_settings(course: Course) -> Any:
    """nbgrader's application with the settings of the course's nbgrader_config.py, quiet."""
    settings = NbGrader(log_level=logging.CRITICAL)
    settings.initialize([], root=str(course.root))
    return settings


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError):
        raise GradebookError(
            f"{plain(url)} is no database's address: say sqlite:///gradebook.db or postgresql://..."
        ) from None
    except ModuleNotFoundError as error:
        raise GradebookError(f"{parsed.drivername} needs the Python package {error.name}: pip install it") from None
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        parsed = parsed.set(database=os.path.abspath(parsed.database))
    return parsed


def _trouble(error: SQLAlchemyError) -> str:
    """What a database complains of, in plain words, as the end of a sentence that begins with its name."""
    text = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()[0]
    for sign, meaning in (
        ("locked", "is locked: another program is writing to it; wait for it to end, or end it, and grade again"),
        ("readonly", "can only be read: make the file and its folder writable"),
        ("read-only", "can only be read: make it writable"),
        ("not a database", "is no database: is it the right file?"),
        ("disk is full", "cannot grow: the disk is full"),
        ("disk I/O error", "cannot be written to: the disk reports an error"),
    ):
        if sign in text:
            return meaning
    return f"does not do what is asked of it: {plain(text)}"


def _missing_rows(submitted: Any, notebook: Any) -> Iterator[Any]:
    """A grade and a comment for each cell of a submitted notebook that wants one and has none."""
    graded = {grade.cell_id for grade in submitted.grades}
    commented = {comment.cell_id for comment in submitted.comments}
    for cell in [*notebook.grade_cells, *notebook.task_cells]:
        if cell.id not in graded:
            yield api.Grade(cell_id=cell.id, notebook=submitted)
    for cell in [*notebook.solution_cells, *notebook.task_cells]:
        if cell.id not in commented:
            yield api.Comment(cell_id=cell.id, notebook=submitted)


def _grade(grade: Any, cell: Any) -> None:
    grade.auto_score, _ = utils.determine_grade(cell)
    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None


def _comment(comment: Any, cell: Any) -> None:
    untouched = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
    comment.auto_comment = "No response." if untouched and not utils.is_task(cell) else None
