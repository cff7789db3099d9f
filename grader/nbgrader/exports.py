"""Exporters for `nbgrader export`: the gradebook in the form that Canvas and Moodle import.

    nbgrader export --exporter=grader.nbgrader.exports.CanvasExporter --to=canvas.csv
    nbgrader export --exporter=grader.nbgrader.exports.MoodleExporter --to=moodle.csv --assignment=softmax-regression

Scores are those of nbgrader's own CSV: manual grades and extra credit included, the late penalty taken off, never
below 0. One thing differs: who has handed in nothing has no score, where nbgrader's CSV says 0.
"""

from __future__ import annotations

import csv
import io
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from nbgrader.plugins.export import ExportPlugin

from grader.data.files import replace_file

Row = list[str]


class LmsExporter(ExportPlugin):
    """What the exporters share; a subclass says how a table looks. `--to`, `--assignment`, `--student` as for CSV."""

    lms: str
    # What stands where a student has handed in nothing.
    no_grade = ""

    def export(self, gradebook: Any) -> None:
        assignments = self._chosen("assignment", gradebook.assignments, "name", self.assignment)
        students = self._chosen("student", gradebook.students, "id", self.student)
        who = {student.id for student in students}
        scores = {assignment.name: self._scores(assignment, who) for assignment in assignments}
        text = io.StringIO()
        csv.writer(text).writerows(
            [no_formula(cell) for cell in row] for row in self.table(assignments, students, scores)
        )
        self._write(Path(self.to or f"{self.lms.lower()}.csv"), text.getvalue())
        for name in sorted(who):
            if no_formula(name) != name:
                self.log.warning(
                    "student %s stands there as %s, so that no spreadsheet takes it for a formula: "
                    "%s will not find this student by the login", name, no_formula(name), self.lms,
                )  # fmt: skip

    def table(
        self, assignments: list[Any], students: list[Any], scores: Mapping[str, Mapping[str, float]]
    ) -> Iterable[Row]:
        """The header and the rows; `scores` by assignment and student, of those who have handed in."""
        raise NotImplementedError

    def grades(self, student: Any, scores: Mapping[str, Mapping[str, float]]) -> Row:
        """A student's score in each assignment."""
        return [number(of[student.id]) if student.id in of else self.no_grade for of in scores.values()]

    def _chosen(self, what: str, there: Iterable[Any], key: str, wanted: Iterable[Any]) -> list[Any]:
        """Those of the gradebook's assignments or students that were asked for, all where none was."""
        found = {getattr(item, key): item for item in there}
        if not found:
            self._fail(f"the gradebook has no {what}s: is it that of this course?")
        names = [str(name) for name in wanted]
        for name in names:
            if name not in found:
                self._fail(f"the gradebook has no {what} {name!r} (nbgrader db {what} list)")
        return [item for name, item in found.items() if not names or name in names]

    def _scores(self, assignment: Any, who: set[str]) -> dict[str, float]:
        submissions = [found for found in assignment.submissions if found.student_id in who]
        waiting = sorted(found.student_id for found in submissions if found.needs_manual_grade)
        if waiting:
            self.log.warning("%s: parts of it still wait for a person to grade them, and count as they stand: %s",
                             assignment.name, ", ".join(waiting))  # fmt: skip
        return {found.student_id: max(0.0, found.score - found.late_submission_penalty) for found in submissions}

    def _write(self, path: Path, text: str) -> None:
        """The whole file or none of it."""
        self.log.info("Exporting grades to %s", path)
        try:
            replace_file(path.resolve(), text.encode())
        except OSError as error:
            self._fail(f"the grades cannot be written to {path} ({error.strerror}): name another file with --to")

    def _fail(self, message: str) -> NoReturn:
        self.log.error(message)
        sys.exit(1)


class CanvasExporter(LmsExporter):
    """The gradebook CSV of Canvas: Grades, Import.

    The columns are those that Canvas exports and takes back: its instructor guide, "How do I import grades in the
    Gradebook?", and `lib/gradebook_importer.rb` in its source. It looks for a student by ID, which is Canvas's own
    number, then by SIS User ID, SIS Login ID and name; for an assignment by its title. nbgrader's student id stands
    for the login and its `lms_user_id` for the ID. A blank is no score; where Canvas has one, it counts as a change.
    """

    lms = "Canvas"
    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")

    def table(
        self, assignments: list[Any], students: list[Any], scores: Mapping[str, Mapping[str, float]]
    ) -> Iterable[Row]:
        yield [*self.columns, *scores]
        # With the spaces: so Canvas writes it.
        yield ["    Points Possible", "", "", "", "", *(number(assignment.max_score) for assignment in assignments)]
        for student in students:
            name = ", ".join(part for part in (student.last_name, student.first_name) if part)
            yield [name or student.id, student.lms_user_id or "", "", student.id, "", *self.grades(student, scores)]


class MoodleExporter(LmsExporter):
    """A grade file for Moodle: Grades, Import, CSV file.

    Moodle has no fixed columns: on import one chooses which column identifies the student ("Map from", "Map to": user
    id, username, ID number or email address) and which grade item each other column is for. See MoodleDocs, "Grade
    import". The column names are Moodle's names of these fields. nbgrader's student id stands for the username, its
    `lms_user_id` for the user id. A dash is no grade, for a new grade item as for one that exists
    (`grade/import/csv/classes/load_data.php` in Moodle's source).
    """

    lms = "Moodle"
    columns = ("First name", "Last name", "Username", "User ID", "Email address")
    no_grade = "-"

    def table(
        self, assignments: list[Any], students: list[Any], scores: Mapping[str, Mapping[str, float]]
    ) -> Iterable[Row]:
        yield [*self.columns, *scores]
        for student in students:
            known = (student.first_name, student.last_name, student.id, student.lms_user_id, student.email)
            yield [*(value or "" for value in known), *self.grades(student, scores)]


def number(score: float) -> str:
    """Without the traces of binary fractions."""
    return str(round(float(score), 6))


def no_formula(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would compute it instead of showing it."""
    first = unicodedata.normalize("NFKC", text.lstrip())[:1]
    # Such a sign alone computes nothing: Moodle's dash stays as it is.
    return f"'{text}" if first in ("=", "+", "-", "@") and len(text.strip()) > 1 else text
