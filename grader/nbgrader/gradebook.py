"""nbgrader's gradebook: what `nbgrader autograde` would write to it, in one transaction per submission.

The rules are nbgrader's own (its preprocessors SaveAutoGrades and AssignLatePenalties): the automatic score is what
`determine_grade` reads from a cell, a manual score stays and asks to be looked at again, an untouched answer gets the
comment "No response.".
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nbgrader import api, utils
from nbgrader.converters import Autograde
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import inspect, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from grader.course.course import CHECK, Assignment, Course
from grader.judging.graded import is_left_out
from grader.judging.render import number
from grader.nbgrader.database import GradebookError, connect, parse, shown, trouble
from grader.nbgrader.settings import nbgrader_settings, unusable
from grader.sandbox.wire import plain


class NotRecorded(Exception):
    """One submission's grades could not be written, and nothing of them was; the message says why."""


@dataclass(frozen=True)
class StoredCell:
    """A cell of an assignment as nbgrader has stored it; `points` where it is graded."""

    source: str
    checksum: str
    locked: bool
    points: float | None


class Gradebook:
    """An open gradebook of a course. Raises `CourseError`."""

    def __init__(self, address: str, course: Course) -> None:
        self.course = course
        url = parse(address)
        self.name = shown(url)
        if url.get_backend_name() == "sqlite" and not (url.database and os.path.isfile(url.database)):
            raise GradebookError(f"there is no gradebook {self.name}: {self._how_to_make_one()}")
        self.nbgrader = nbgrader_settings(course)
        self.autograde, self._penalties = _steps(self.nbgrader)
        self._engine = connect(url)
        self.nbgrader.coursedir.db_url = self._engine.url.render_as_string(hide_password=False)
        self._check()

    def close(self) -> None:
        self._engine.dispose()

    # -- is it the right one?

    def _check(self) -> None:
        try:
            self._check_schema()
            with Session(self._engine) as session:
                self._check_course(session)
                # Asks for the lock that a grade will need, and changes nothing.
                session.execute(update(api.Course).values(id=api.Course.id).where(api.Course.id == self._course_id))
                session.rollback()
        except SQLAlchemyError as error:
            raise GradebookError(f"the gradebook {self.name} {trouble(error)}") from None

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
            there = {column["name"] for column in found.get_columns(table.name)} if table.name in tables else set()
            if missing := [column.name for column in table.columns if column.name not in there]:
                raise GradebookError(
                    f"the gradebook {self.name} was made by an older nbgrader (it has no {table.name}.{missing[0]}): "
                    f"make a copy of it, then run nbgrader db upgrade --db={self.name}"
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

    def cells(self, assignment: str) -> dict[str, StoredCell]:
        """An assignment's cells by grade_id. Raises `NotRecorded` where the gradebook lacks it, or a cell of it."""
        with self._transaction() as session:
            notebook = self._notebook(session, assignment)
            points = {cell.name: float(cell.max_score) for cell in notebook.grade_cells}
            return {
                cell.name: StoredCell(cell.source, cell.checksum, bool(cell.locked), points.get(cell.name))
                for cell in notebook.source_cells
            }

    def expect(self, student: str) -> None:
        """Raises `NotRecorded` for a student whom the gradebook does not know and may not add."""
        with self._transaction() as session:
            self._student(session, student)

    def auto_scores(self, assignment: str, student: str) -> dict[str, float | None]:
        """What the gradebook has at present for each graded cell of a submission; empty where there is none."""
        with self._transaction() as session:
            query = (
                select(api.SubmittedNotebook)
                .join(api.SubmittedAssignment, api.SubmittedAssignment.id == api.SubmittedNotebook.assignment_id)
                .where(api.SubmittedNotebook.notebook_id == self._notebook(session, assignment).id)
                .where(api.SubmittedAssignment.student_id == student)
            )
            submitted = session.scalars(query).one_or_none()
            return {} if submitted is None else {grade.name: grade.auto_score for grade in submitted.grades}

    def _notebook(self, session: Session, assignment: str) -> Any:
        query = (
            select(api.Notebook)
            .join(api.Assignment, api.Assignment.id == api.Notebook.assignment_id)
            .where(api.Assignment.name == assignment, api.Notebook.name == assignment)
        )
        notebook = session.scalars(query).one_or_none()
        if notebook is None:
            raise NotRecorded(f"the gradebook {self.name} does not know the assignment {assignment}: run nbgrader "
                              f"generate_assignment {assignment}")  # fmt: skip
        if lacks := what_it_lacks(notebook, self.course.assignment(assignment)):
            raise NotRecorded(f"the gradebook {self.name} {lacks}")
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
                raise NotRecorded(f"the gradebook {self.name} {trouble(error)}") from None

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
                known = self._student(session, student) or api.Student(id=student)
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
        if known is None and not self.autograde.create_student:
            raise NotRecorded(f"the gradebook {self.name} knows no student {student}, and this course does not add any "
                              f"by itself: run nbgrader db student add {student}")  # fmt: skip
        return known

    def _penalize(self, submitted: Any, student: str) -> None:
        submitted.late_submission_penalty = None
        score, late = submitted.score, submitted.assignment.total_seconds_late
        if late <= 0:
            return
        try:
            penalty = self._penalties.plugin_inst.late_submission_penalty(student, score, late)
            if penalty is not None:
                submitted.late_submission_penalty = self._penalties._check_late_penalty(submitted, penalty)
        except Exception as error:  # a program of the course's own
            plugin = type(self._penalties.plugin_inst).__name__
            raise NotRecorded(f"the course's penalty for lateness, {plugin}, cannot be worked out: "
                              f"{type(error).__name__}: {plain(str(error))}") from None  # fmt: skip


def what_it_lacks(notebook: Any, assignment: Assignment) -> str:
    """A cell that is graded and that nbgrader's row of the notebook does not have, as the end of a sentence."""
    known = {
        "grade": {cell.name for cell in notebook.grade_cells},
        "solution": {cell.name for cell in notebook.solution_cells},
    }
    for cell in assignment.cells:
        if any(cell.metadata["nbgrader"].get(kind) and cell.grade_id not in names for kind, names in known.items()):
            name = assignment.name
            lacks = f"does not know the cell {cell.grade_id} of {name}"
            if not notebook.submissions:
                return f"{lacks}: run nbgrader generate_assignment {name} --force"
            # Which nbgrader refuses here, and removes the release nevertheless.
            return (f"{lacks}, and nbgrader adds none where submissions are recorded: take the cell out of solutions/; "
                    "or begin anew, after a copy of the gradebook, since manual grades are lost, with nbgrader db "
                    f"assignment remove {name} --force and nbgrader generate_assignment {name} --force")  # fmt: skip
    return ""


def points_apart(assignment: Assignment, points: Mapping[str, float]) -> str:
    """A sentence where the gradebook's points, by grade_id, are not those of the notebook any more; or nothing."""
    apart = [
        f"{name} {number(points[check])} points, the notebook {number(assignment.points(name))}"
        for name in assignment.exercises
        if (check := f"{CHECK}{name}") in points and points[check] != assignment.points(name)
    ]
    again = f"run nbgrader generate_assignment {assignment.name} --force, and grade again"
    return f"the gradebook gives {'; '.join(apart)}: {again}" if apart else ""


def _steps(nbgrader: Any) -> tuple[Any, Any]:
    """nbgrader's converter and the step of it that takes points off for lateness, with the course's settings."""
    try:
        autograde = Autograde(coursedir=nbgrader.coursedir, parent=nbgrader)
        penalties = AssignLatePenalties(parent=autograde)
        penalties.init_plugin()
    except Exception as error:  # the plugin is a program of the course's own
        raise unusable(error) from None
    return autograde, penalties


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
