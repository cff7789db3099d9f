"""Grading into a course: gradebook, autograded/ and feedback/ as `nbgrader autograde` would leave them, only faster."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from nbgrader import utils
from nbgrader.converters import GenerateFeedback

from grader import __version__
from grader.batch import Setting, grade_all
from grader.gradebook import Gradebook, NotRecorded
from grader.graded import Graded, is_left_out, mark_of, set_points
from grader.judge import Job, refused
from grader.notebook import MAX_NOTEBOOK_BYTES
from grader.report import Report, SubmissionReport
from grader.sandbox.wire import plain
from grader.submission import grade_id_of

_STAGING = ".softmark-"


def grade_into(
    book: Gradebook, work: Sequence[Job | Report], setting: Setting, jobs: int, force: bool, feedback: bool
) -> Iterator[Graded]:
    """Grade and record, in the order of `work`. What is in the gradebook already and has not changed is left alone.

    `force`: grade it all the same; `feedback`: write the pages that students get. Raises `SlotFailed`.
    """
    recording = Recording(book, setting)
    planned = [recording.plan(item, force) for item in _one_each(work, setting)]
    for item, graded in zip(planned, grade_all(planned, setting, jobs), strict=True):
        try:
            if isinstance(item, Job):
                recording.record(item, graded)
            if feedback and isinstance(graded.report, SubmissionReport):
                recording.write_feedback(graded.report, isinstance(item, Job))
        except NotRecorded as error:
            yield Graded(refused(_job_of(item, graded.report), f"{graded.report.submission}: {error}", setting.options))
        else:
            yield graded


def _job_of(item: Job | Report, report: Report) -> Job:
    return item if isinstance(item, Job) else Job(Path(), report.submission, report.student, report.assignment)


def _one_each(work: Sequence[Job | Report], setting: Setting) -> Iterator[Job | Report]:
    """Refuses what no gradebook has a place for: a notebook of nobody's, and two of one student's."""
    whose = Counter((item.student, item.assignment) for item in work if isinstance(item, Job))
    for item in work:
        if not isinstance(item, Job):
            yield item
        elif item.student is None:
            why = (
                "whose is it? A gradebook needs nbgrader's folders, submitted/<student>/<assignment>/<assignment>.ipynb"
            )
            yield refused(item, f"{item.given}: {why}", setting.options)
        elif whose[item.student, item.assignment] > 1:
            why = f"{item.student} has more than one notebook here; call the one that counts {item.assignment}.ipynb"
            yield refused(item, f"{item.given}: {why}", setting.options)
        else:
            yield item


class Recording:
    """Puts graded notebooks where nbgrader expects them, together with their rows in the gradebook."""

    def __init__(self, book: Gradebook, setting: Setting) -> None:
        self.book = book
        self.setting = setting
        self.folders = book.nbgrader.coursedir

    def plan(self, item: Job | Report, force: bool) -> Job | Report:
        """A job that need not be done again becomes the report that it had."""
        if isinstance(item, Job) and not force:
            with contextlib.suppress(NotRecorded, OSError, ValueError):
                return self._unchanged(item) or item
        return item

    def _unchanged(self, job: Job) -> SubmissionReport | None:
        path = self._folder("autograded", job) / f"{job.assignment}.ipynb"
        if not path.exists() or job.path.stat().st_size > MAX_NOTEBOOK_BYTES:
            return None
        notebook = json.loads(path.read_bytes())
        mark = mark_of(notebook)
        if mark is None or mark.kit != __version__ or not all(e.checks for e in mark.report.exercises):
            return None
        if mark.submission != _digest(job.path) or self.setting.options.seed not in (None, mark.report.seed):
            return None
        if self._timestamp(job) != self.folders.get_existing_timestamp(str(path.parent)):
            return None
        recorded = self.book.auto_scores(str(job.assignment), str(job.student))
        scores = {grade_id_of(cell): _score(cell) for cell in notebook["cells"] if _is_check(cell)}
        return mark.report if all(recorded.get(name or "") == score for name, score in scores.items()) else None

    def record(self, job: Job, graded: Graded) -> None:
        """Write the rows and the files of one submission, or nothing. Raises `NotRecorded`."""
        if graded.notebook is None:
            return
        assignment, student = graded.report.assignment, job.student
        assert assignment is not None
        assert student is not None
        if job.assignment not in (None, assignment):
            raise NotRecorded(f"it is a notebook of the assignment {assignment}, handed in for {job.assignment}")
        notebook = self._stamped(graded.notebook, assignment)
        timestamp = self._timestamp(job)
        target = self._folder("autograded", job)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            _sweep(target.parent)
            staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=target.parent))
            try:
                self._write_files(staging / "new", job, notebook)
                # In this order, so that what a crash in between leaves is seen, and graded, again.
                self.book.record(assignment, student, notebook, timestamp)
                _put_in_place(staging, target)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        except OSError as error:
            raise NotRecorded(f"{target} cannot be written ({error.strerror or error})") from None

    def _folder(self, step: str, job: Job) -> Path:
        directory = getattr(self.folders, f"{step}_directory")
        return Path(self.folders.format_path(directory, job.student, job.assignment))

    def _timestamp(self, job: Job) -> datetime | None:
        """When it was handed in (UTC), if timestamp.txt says so. Raises `NotRecorded`."""
        path = job.path.parent / "timestamp.txt"
        if path.is_symlink() or not path.is_file():
            return None
        text = path.read_bytes()[:200].decode(errors="replace").strip()
        try:
            return utils.parse_utc(text) if text else None  # type: ignore[no-any-return]
        except (ValueError, OverflowError):
            raise NotRecorded(f"{path} holds no date and time that can be read") from None

    def _stamped(self, graded: dict[str, Any], assignment: str) -> Any:
        """The notebook with the points, checksums and locked sources that nbgrader has stored for its cells."""
        set_points(graded, points := self.book.points(assignment))
        stored = self.book.source_cells(assignment)
        for cell in graded["cells"]:
            grade_id = grade_id_of(cell)
            if grade_id not in stored:
                continue
            source, checksum, locked = stored[grade_id]
            cell["metadata"]["nbgrader"]["checksum"] = checksum
            if grade_id in points:
                cell["metadata"]["nbgrader"]["points"] = points[grade_id]
            if locked:
                cell["source"] = source
        return nbformat.from_dict(graded)  # type: ignore[no-untyped-call]

    def _write_files(self, folder: Path, job: Job, notebook: Any) -> None:
        """The graded notebook, and whatever lies beside the submitted one and the course's own."""
        folder.mkdir()
        for path in _regular_files(job.path.parent, self.folders.ignore):
            _copy(path, folder / path.relative_to(job.path.parent))
        source = Path(self.folders.format_path(self.folders.source_directory, ".", job.assignment))
        theirs = {source / name for name in self.book.autograde.exclude_overwriting.get(job.assignment, [])}
        for path in _regular_files(source, self.folders.ignore):
            if path not in theirs:
                _copy(path, folder / path.relative_to(source))
        mark = notebook.metadata.softmark.graded
        mark.submission = _digest(job.path)
        (folder / f"{job.assignment}.ipynb").write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")  # type: ignore[no-untyped-call]
        permissions = int(str(self.book.autograde.permissions), 8)
        for path in folder.rglob("*"):
            if path.is_file():
                path.chmod(permissions)

    def write_feedback(self, report: SubmissionReport, graded_anew: bool) -> None:
        """Have nbgrader write the page for the student, unless it is there. Raises `NotRecorded`."""
        job = Job(Path(), report.submission, report.student, report.assignment)
        page = self._folder("feedback", job) / f"{report.assignment}.html"
        if page.exists() and not graded_anew:
            return
        self.folders.student_id, self.folders.assignment_id = report.student, report.assignment
        converter = GenerateFeedback(coursedir=self.folders, parent=self.book.nbgrader, force=True)
        complaints = _Complaints()
        converter.log.addHandler(complaints)
        try:
            converter.start()
        except Exception as error:  # nbgrader raises one of its own, and says why in its log
            why = plain(complaints.first or str(error))
            raise NotRecorded(f"graded and recorded, but nbgrader could not write its feedback ({why})") from None
        finally:
            converter.log.removeHandler(complaints)


class _Complaints(logging.Handler):
    """Keeps the last line of the first traceback that nbgrader logs."""

    first = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if text.startswith("Traceback") and not self.first:
            self.first = text.splitlines()[-1]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_check(cell: dict[str, Any]) -> bool:
    mark = cell["metadata"].get("nbgrader", {})
    return bool(mark.get("grade")) and cell["cell_type"] == "code" and not is_left_out(cell)


def _score(cell: dict[str, Any]) -> float:
    text = cell["outputs"][0]["data"]["text/plain"]
    return float("".join(text))


def _regular_files(folder: Path, ignored: list[str]) -> list[Path]:
    """Files below a folder except notebooks; no links, which could lead anywhere."""
    if not folder.is_dir():
        return []
    found = [Path(name) for name in utils.find_all_files(str(folder), [*ignored, "*.ipynb"])]
    return [path for path in found if path.is_file() and not path.is_symlink()]


def _copy(path: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, to)


def _sweep(folder: Path) -> None:
    """Remove what a run that was killed has left."""
    for left in folder.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)


def _put_in_place(staging: Path, target: Path) -> None:
    if target.exists():
        os.rename(target, staging / "old")
    try:
        os.rename(staging / "new", target)
    except OSError:
        if not target.exists() and (staging / "old").exists():
            os.rename(staging / "old", target)
        raise
