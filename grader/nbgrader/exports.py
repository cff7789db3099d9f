"""Exporters for `nbgrader export`: the gradebook in the form that Canvas and Moodle import.

    nbgrader export --exporter=grader.nbgrader.exports.CanvasExporter --to=canvas.csv
    nbgrader export --exporter=grader.nbgrader.exports.MoodleExporter --to=moodle.csv --assignment=softmax-regression

Scores are those of nbgrader's own CSV: manual grades and extra credit included, the late penalty taken off, never
below 0. One thing differs: who has handed in nothing, or was not graded, has no score, where nbgrader's CSV says 0.

A file that the other system gave can be filled in, which leaves in it all that is not known better:

    nbgrader export --exporter=... --CanvasExporter.fill_in=from-canvas.csv --to=canvas.csv
    nbgrader export --exporter=... --MoodleExporter.fill_in=worksheet.csv --to=moodle.csv --assignment=NAME
"""

from __future__ import annotations

import csv
import io
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from nbgrader.plugins.export import ExportPlugin
from traitlets import Unicode

from grader.course.course import CHECK
from grader.data.files import replace_file

Row = list[str]
Scores = Mapping[str, Mapping[str, float]]  # by assignment and student, of those who were graded
A_PERSON = "a person"
Key = tuple[str, Callable[[Any], str | None]]  # a column, and what it says of a student


class LmsExporter(ExportPlugin):
    """What the exporters share; a subclass says how a table looks. `--to`, `--assignment`, `--student` as for CSV."""

    lms: str
    # What stands where a student has handed in nothing.
    no_grade = ""
    # By which columns of a file to be filled in a student is found, the surest first.
    keys: Sequence[Key]

    fill_in = Unicode("", help="A file that the other system exported, to be filled in.").tag(config=True)

    def export(self, gradebook: Any) -> None:
        assignments = self._chosen("assignment", gradebook.assignments, "name", self.assignment)
        students = self._chosen("student", gradebook.students, "id", self.student)
        who = {student.id for student in students}
        scores = {assignment.name: self._scores(assignment, who) for assignment in assignments}
        rows, delimiter = self.table(assignments, students, scores), ","
        if self.fill_in:
            rows, delimiter = self._filled(assignments, students, scores)
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows([no_formula(cell) for cell in row] for row in rows)
        self._write(Path(self.to or f"{self.lms.lower()}.csv"), text.getvalue())
        for name in sorted(who):
            if no_formula(name) != name:
                self.log.warning(
                    "student %s stands there as %s, so that no spreadsheet takes it for a formula: "
                    "%s will not find this student by the login", name, no_formula(name), self.lms,
                )  # fmt: skip

    def table(self, assignments: list[Any], students: list[Any], scores: Scores) -> Iterable[Row]:
        """The header and the rows."""
        raise NotImplementedError

    def columns_of(self, rows: list[Row], assignments: list[Any]) -> dict[str, int]:
        """Where in a file to be filled in the scores of each assignment belong."""
        raise NotImplementedError

    def grades(self, student: Any, scores: Scores) -> Row:
        """A student's score in each assignment."""
        return [number(of[student.id]) if student.id in of else self.no_grade for of in scores.values()]

    def _filled(self, assignments: list[Any], students: list[Any], scores: Scores) -> tuple[list[Row], str]:
        """The rows of the other system's file with the scores in them, and what stands between its cells."""
        rows, delimiter = self._read(Path(self.fill_in))
        places = self.columns_of(rows, assignments)
        width = max(map(len, rows))
        rows = [row + [""] * (width - len(row)) for row in rows]
        header, found = rows[0], set()
        known = [(header.index(column), {key: s for s in students if (key := of(s))}) for column, of in self.keys
                 if column in header]  # fmt: skip
        for row in rows[1:]:
            at_hand = (by[key] for place, by in known if (key := self.key(row[place])) in by)
            student = next(at_hand, None)
            if student is None:
                continue
            found.add(student.id)
            for name, place in places.items():
                if student.id in scores[name]:
                    row[place] = number(scores[name][student.id])
        if not found:
            wanted = ", ".join(dict.fromkeys(column for column, _ in self.keys))
            self._fail(f"{self.fill_in} has no student of this gradebook: it is looked for by {wanted}, which nbgrader "
                       "db student add ... --lms-user-id and --email tell of")  # fmt: skip
        if missing := sorted({student for of in scores.values() for student in of} - found):
            self.log.warning("%s has no row for %s", self.fill_in, ", ".join(missing))
        return rows, delimiter

    def key(self, cell: str) -> str:
        """What a cell of a column that tells who it is says."""
        return cell.strip()

    def _read(self, path: Path) -> tuple[list[Row], str]:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            self._fail(f"{path} cannot be read ({getattr(error, 'strerror', None) or error}): name the file that "
                       f"{self.lms} exported")  # fmt: skip
        first = text.partition("\n")[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row]
        if not rows:
            self._fail(f"{path} is empty: name the file that {self.lms} exported")
        return rows, delimiter

    def compare_points(self, assignment: Any, theirs: str) -> None:
        """Say where the other system thinks that an assignment is worth something else."""
        try:
            differ = float(theirs.replace(",", ".")) != float(assignment.max_score)
        except ValueError:
            return
        if differ:
            self.log.warning("%s is worth %s points in %s, and %s here", assignment.name, theirs, self.lms,
                             number(assignment.max_score))  # fmt: skip

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
        submissions = {found.student_id: found for found in assignment.submissions if found.student_id in who}
        grades = {student: [g for n in found.notebooks for g in n.grades] for student, found in submissions.items()}
        nothing = {student for student, of in grades.items() if of and not any(map(_has_score, of))}
        waiting: dict[str, list[str]] = {}
        for student in sorted(grades.keys() - nothing):
            for name in {_waits_for(grade) for grade in grades[student]} - {""}:
                waiting.setdefault(name, []).append(student)
        for name, whose in waiting.items():
            what = f"{name} was not graded, with --no-training or --only perhaps, and counts as 0"
            if name == A_PERSON:
                what = "parts of it still wait for a person to grade them, and count as they stand"
            self.log.warning("%s: %s: %s", assignment.name, what, ", ".join(whose))
        if nothing:
            self.log.warning("%s: handed in and not graded at all, so there is no score: %s", assignment.name,
                             ", ".join(sorted(nothing)))  # fmt: skip
        return {
            student: max(0.0, found.score - found.late_submission_penalty)
            for student, found in submissions.items() if student not in nothing
        }  # fmt: skip

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


def _has_score(grade: Any) -> bool:
    return grade.auto_score is not None or grade.manual_score is not None


def _waits_for(grade: Any) -> str:
    """What is to be done about a grade: by the exercise's name to grade it, by a person; nothing, mostly."""
    if grade.name.startswith(CHECK) and not _has_score(grade):
        return str(grade.name.removeprefix(CHECK)) if grade.max_score else ""
    return A_PERSON if grade.needs_manual_grade else ""


class CanvasExporter(LmsExporter):
    """The gradebook CSV of Canvas: Grades, Import.

    The columns are those that Canvas exports and takes back: its instructor guide, "How do I import grades in the
    Gradebook?", and `lib/gradebook_importer.rb` in its source. It looks for a student by ID, which is Canvas's own
    number, then by SIS User ID, SIS Login ID and name; for an assignment by its title. nbgrader's student id stands
    for the login and its `lms_user_id` for the ID. A blank is no score; where Canvas has one, it counts as a change.
    """

    lms = "Canvas"
    columns = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
    keys = (("ID", lambda student: student.lms_user_id), ("SIS Login ID", lambda student: student.id),
            ("SIS User ID", lambda student: student.id), ("SIS Login ID", lambda student: student.email))  # fmt: skip

    def columns_of(self, rows: list[Row], assignments: list[Any]) -> dict[str, int]:
        """By their titles, behind which Canvas writes its number; one that Canvas has not got yet comes last."""
        header, places = rows[0], {}
        points = next((row for row in rows if row[0].strip() == "Points Possible"), [])
        for assignment in assignments:
            title = re.compile(rf"{re.escape(assignment.name)}( \(\d+\))?")
            place = next((n for n, column in enumerate(header) if title.fullmatch(column.strip())), None)
            if place is None:
                place = len(header)
                header.append(assignment.name)
                points += [""] * (place - len(points)) + [number(assignment.max_score)]
                self.log.warning("%s has no assignment %s: Canvas will make one", self.fill_in, assignment.name)
            elif place < len(points):
                self.compare_points(assignment, points[place])
            places[assignment.name] = place
        return places

    def table(self, assignments: list[Any], students: list[Any], scores: Scores) -> Iterable[Row]:
        yield [*self.columns, *scores]
        # With the spaces: so Canvas writes it.
        yield ["    Points Possible", "", "", "", "", *(number(assignment.max_score) for assignment in assignments)]
        for student in students:
            name = ", ".join(part for part in (student.last_name, student.first_name) if part)
            yield [name or student.id, student.lms_user_id or "", "", student.id, "", *self.grades(student, scores)]


class MoodleExporter(LmsExporter):
    """A grade file for Moodle: Grades, Import, CSV file; or one assignment's offline grading worksheet, filled in.

    Moodle has no fixed columns: on import one chooses which column identifies the student ("Map from", "Map to": user
    id, username, ID number or email address) and which grade item each other column is for. See MoodleDocs, "Grade
    import". The column names are Moodle's names of these fields. nbgrader's student id stands for the username, its
    `lms_user_id` for the user id. A dash is no grade, for a new grade item as for one that exists
    (`grade/import/csv/classes/load_data.php` in Moodle's source).

    The worksheet tells students by its own number, "Participant 12345", which the folders have that Moodle's "Download
    all submissions" makes; it is looked for as nbgrader's id or `lms_user_id`.
    """

    lms = "Moodle"
    columns = ("First name", "Last name", "Username", "User ID", "Email address")
    no_grade = "-"
    keys = (("Identifier", lambda student: student.lms_user_id), ("Identifier", lambda student: student.id),
            ("Username", lambda student: student.id), ("ID number", lambda student: student.id),
            ("Email address", lambda student: student.email))  # fmt: skip

    def columns_of(self, rows: list[Row], assignments: list[Any]) -> dict[str, int]:
        """Its column Grade, which is one assignment's."""
        if len(assignments) != 1:
            self._fail(f"{self.fill_in} is for one assignment: say which, with --assignment=NAME")
        if "Grade" not in rows[0]:
            self._fail(f"{self.fill_in} has no column Grade: name Moodle's grading worksheet")
        if "Maximum Grade" in rows[0]:
            place = rows[0].index("Maximum Grade")
            for points in {row[place] for row in rows[1:] if len(row) > place}:
                self.compare_points(assignments[0], points)
        return {assignments[0].name: rows[0].index("Grade")}

    def key(self, cell: str) -> str:
        return re.sub(r"^Participant (?=\d+$)", "", cell.strip())

    def table(self, assignments: list[Any], students: list[Any], scores: Scores) -> Iterable[Row]:
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
