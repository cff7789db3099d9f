"""The judge inside stock `nbgrader autograde`: an exporter and two preprocessors for nbgrader_config.py.

`SubmissionExporter` reads the file. `RestoreCells` goes before nbgrader's own sanitizing steps, `JudgeSubmission` in
place of nbgrader's `Execute`. The steps after it (limits on output, saving of grades, late penalties) find in the cells
what they expect. A notebook without exercises, of an ordinary assignment in the same course, is nbgrader's own affair:
all three hand it over.
"""

from __future__ import annotations

import atexit
import logging
import threading
from pathlib import Path
from typing import Any, ClassVar

from nbconvert.exporters import NotebookExporter
from nbformat import from_dict
from nbgrader import api
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from traitlets import Enum

from grader.course.catalogue import CourseError
from grader.course.course import Assignment, Course, find_course
from grader.course.notebook import Refused, assignment_named_in, read_notebook
from grader.data import DataSet, load
from grader.data.files import DataError
from grader.judging.beside import files_beside
from grader.judging.graded import Graded, set_points
from grader.judging.judge import Job, Options, grade_submission
from grader.judging.render import number
from grader.judging.report import SubmissionReport
from grader.judging.seeds import NoSecret
from grader.judging.submission import Submission, grade_id_of, restore
from grader.nbgrader.gradebook import points_apart, what_it_lacks
from grader.sandbox.confinements import CONFINEMENTS, find_confinement
from grader.sandbox.launch import NoSandbox, SlotOptions
from grader.sandbox.slot import Slot, SlotFailed

IDLE_SECONDS = 60.0


class _WarmSlot:
    """One slot for all submissions of this process, started at the first; it is ended when nobody needs it any more.

    formgrader grades inside the Jupyter server, which lives on for days.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._slot: Slot | None = None
        self._made_with: tuple[SlotOptions, str] | None = None
        self._timer: threading.Timer | None = None
        atexit.register(self.close)

    def __enter__(self) -> _WarmSlot:
        self._lock.acquire()
        if self._timer is not None:
            self._timer.cancel()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer = threading.Timer(IDLE_SECONDS, self.close)
        self._timer.daemon = True
        self._timer.start()
        self._lock.release()

    def get(self, options: SlotOptions, confinement: str) -> Slot:
        if self._slot is None or self._made_with != (options, confinement):
            self.close()
            self._slot, self._made_with = Slot(options, confinement), (options, confinement)
        return self._slot

    def close(self) -> None:
        with self._lock:
            if self._slot is not None:
                self._slot.close()
                self._slot = None


_warm_slot = _WarmSlot()


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]  # nbconvert is untyped
    """Reads a submission as `grader grade` does, which mends small damage and refuses what is no notebook."""

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> tuple[Any, Any]:
        """Raises `Refused`."""
        if _is_nbgraders_own(resources):
            given: tuple[Any, Any] = super().from_filename(filename, resources, **options)
            return given
        try:
            notebook, _ = read_notebook(Path(filename))
        except Refused as refusal:
            self.log.error("%s. It was not graded.", refusal)
            raise
        node = from_dict({"nbformat": 4, "nbformat_minor": 5, **notebook})
        # As nbconvert does: the judge looks there for what was handed in beside it.
        resources["metadata"] = {"name": Path(filename).stem, "path": str(Path(filename).parent)}
        exported: tuple[Any, Any] = self.from_notebook_node(node, resources, **options)  # type: ignore[no-untyped-call]
        return exported


def _course() -> Course:
    return find_course(Path.cwd())  # nbgrader's converters change into the course


def _is_nbgraders_own(resources: Any) -> bool:
    """Whether the course's notebook of that name has no exercises; what a student's says of itself does not count."""
    about = resources["nbgrader"]
    return _course().is_others(about["assignment"], about["notebook"])


class _OfCourse(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader is untyped
    """What both steps need: the course that nbgrader runs in, and the assignment at hand."""

    def assignment(self, resources: Any) -> Assignment:
        """Raises `Refused` where the course does not have it."""
        try:
            return self.course.assignment(resources["nbgrader"]["notebook"])
        except CourseError as error:
            raise Refused(str(error)) from None

    @property
    def course(self) -> Course:
        return _course()

    # What was said last of a submission, so that the second step does not say again what the first has said.
    said: ClassVar[frozenset[str]] = frozenset()


class RestoreCells(_OfCourse):
    """Puts every cell that is not the student's own back as it was released, whatever its metadata says now."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Raises `Refused` for a notebook of another assignment."""
        if _is_nbgraders_own(resources):
            return nb, resources
        assignment = self.assignment(resources)
        named = self.course.named(assignment_named_in(nb), assignment.name)
        if named != assignment.name:
            why = f"{_whose(resources)} is a notebook of the assignment {named}, handed in for {assignment.name}"
            self.log.error("%s. It was not graded.", why)
            raise Refused(why)
        self._stop_at_unknown_cells(assignment, resources)
        submission = restore(nb, assignment)
        for note in submission.notes:
            self.log.warning("%s: %s", _whose(resources), note)
        _OfCourse.said = frozenset(submission.notes)
        nb.cells = [from_dict(cell) for cell in submission.notebook]
        nb.metadata = from_dict(assignment.metadata)
        nb.nbformat_minor = 5
        return nb, resources

    def _stop_at_unknown_cells(self, assignment: Assignment, resources: Any) -> None:
        """nbgrader would go on, and end in a traceback."""
        about = resources["nbgrader"]
        with api.Gradebook(about["db_url"]) as book:
            lacks = what_it_lacks(book.find_notebook(about["notebook"], about["assignment"]), assignment)
        if lacks:
            why = f"the gradebook {lacks}"
            self.log.error("%s was not graded: %s", _whose(resources), why)
            raise Refused(why)


class JudgeSubmission(_OfCourse):
    """Runs the notebook in a slot, judges each exercise from outside, and writes both's results into the cells."""

    device = Enum(("auto", "cpu", "gpu"), "auto", help="Where the students' code computes.").tag(config=True)
    sandbox = Enum(("auto", *CONFINEMENTS), "auto", help="Which sandbox; the strongest that works by default.").tag(
        config=True
    )

    _data: ClassVar[dict[str, DataSet]] = {}

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Raises `Refused`, and `NoSandbox`, `SlotFailed`, `DataError` or `NoSecret` where the machine is of no use."""
        if _is_nbgraders_own(resources):
            executed: tuple[Any, Any] = Execute(parent=self.parent).preprocess(nb, resources)
            return executed
        about = resources["nbgrader"]
        assignment = self.assignment(resources)
        path = Path(resources["metadata"]["path"]) / f"{assignment.name}.ipynb"
        submission = restore(nb, assignment, files_beside(path, assignment.name, self.course))
        job = Job(Path(f"{about['notebook']}.ipynb"), _whose(resources), about["student"], about["assignment"])
        try:
            graded = self._grade(submission, job)
        except (NoSandbox, NoSecret, SlotFailed, DataError) as error:
            self.log.error("%s was not graded: %s", _whose(resources), error)
            raise
        report, notebook = graded.report, graded.notebook
        assert isinstance(report, SubmissionReport)
        assert notebook is not None
        self._tell(report)
        marks = [cell.metadata.get("nbgrader", {}) for cell in nb.cells]
        points = {mark.grade_id: float(mark.points) for mark in marks if "points" in mark}
        set_points(notebook, points)
        if apart := points_apart(assignment, points):
            self.log.warning("%s: %s", report.submission, apart)
        judged = from_dict(notebook)
        before = {grade_id_of(cell): cell.metadata for cell in nb.cells}
        for cell in judged.cells:
            if (grade_id := grade_id_of(cell)) in before and grade_id is not None:
                cell.metadata = before[grade_id]  # with what nbgrader's own steps have written there
        nb.cells, nb.metadata = judged.cells, judged.metadata
        return nb, resources

    def _grade(self, submission: Submission, job: Job) -> Graded:
        confinement = find_confinement(CONFINEMENTS if self.sandbox == "auto" else (self.sandbox,))
        data, wanted = JudgeSubmission._data, submission.assignment.facts.data
        data |= load(name for name in wanted if name not in data)
        with _warm_slot as warm:
            slot = warm.get(SlotOptions.of(self.device, data), confinement)
            return grade_submission(submission, job, slot, data, Options(show=True))

    def _tell(self, report: SubmissionReport) -> None:
        who = report.submission
        self.log.info("%s: %s of %s points, in a sandbox of %s, seed %d", who, number(report.score),
                      number(report.max_score), " + ".join(report.sandbox), report.seed)  # fmt: skip
        for note in report.notes:
            if note in self.said:
                continue
            # On which device all of them are graded is worth no warning for each.
            self.log.log(logging.INFO if note.startswith("graded on the CPU") else logging.WARNING, "%s: %s", who, note)
        for exercise in report.exercises:
            for check in exercise.checks:
                if check.outcome == "error":
                    self.log.error("%s: the grader failed at %s of %s, which costs the student nothing: %s", who,
                                   check.name, exercise.name, check.message)  # fmt: skip


def _whose(resources: Any) -> str:
    about = resources["nbgrader"]
    return f"{about['student']}/{about['assignment']}"
