"""Grading into a course: gradebook, autograded/ and feedback/ as `nbgrader autograde` would leave them, only faster."""

from __future__ import annotations

import contextlib
import fcntl
import filecmp
import hashlib
import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import nbformat
from nbgrader import utils
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import AssignLatePenalties, Execute, SaveAutoGrades
from traitlets import import_item

from grader import __version__
from grader.course.catalogue import CourseError
from grader.course.notebook import MAX_NOTEBOOK_BYTES
from grader.judging.batch import Setting, grade_all
from grader.judging.graded import Graded, is_left_out, mark_of, set_points
from grader.judging.judge import Job, refused
from grader.judging.report import Report, SubmissionReport
from grader.judging.submission import grade_id_of
from grader.nbgrader.gradebook import Gradebook, NotRecorded, StoredCell, points_apart
from grader.nbgrader.preprocessors import JudgeSubmission
from grader.nbgrader.settings import unusable
from grader.sandbox.wire import plain

_STAGING = ".softmark-"
# Those of nbgrader's steps that this module, the gradebook and the judge do themselves.
_DONE_HERE = (Execute, JudgeSubmission, SaveAutoGrades, AssignLatePenalties)


def grade_into(
    address: str, work: Sequence[Job | Report], setting: Setting, jobs: int, force: bool, feedback: bool
) -> Generator[Graded, None, None]:
    """Grade and record, in the order of `work`. What is in the gradebook already and has not changed is left alone.

    `address`: the gradebook's; `force`: grade what has not changed all the same; `feedback`: write the pages that
    students get. Raises `SlotFailed`, and `CourseError` where the gradebook is of no use or another run is at work.
    """
    with _alone_in(setting.course.root), contextlib.closing(Gradebook(address, setting.course)) as book:
        recording = Recording(book, setting)
        planned = [recording.plan(item, force) for item in _one_each(work, setting)]
        for item, given, graded in zip(planned, work, grade_all(planned, setting, jobs), strict=True):
            try:
                if isinstance(item, Job):
                    recording.record(item, graded)
                if feedback and isinstance(graded.report, SubmissionReport):
                    recording.write_feedback(graded.report, isinstance(item, Job))
            except Exception as error:  # whatever it is, the others' grades are recorded
                assert isinstance(given, Job)
                failed = f"the grader failed, not the student ({type(error).__name__}: {error})"
                why = str(error) if isinstance(error, NotRecorded) else failed
                yield Graded(refused(given, f"{given.given}: {why}", setting.options))
            else:
                yield Graded(recording.with_points(graded.report), unchanged=isinstance(item, SubmissionReport))


def record_again(address: str, work: Sequence[tuple[Job, Graded]], setting: Setting) -> Iterator[str]:
    """Write what was graded already over what the gradebook has; a sentence for each that could not be.

    Raises `CourseError` as `grade_into`.
    """
    with _alone_in(setting.course.root), contextlib.closing(Gradebook(address, setting.course)) as book:
        recording = Recording(book, setting)
        for job, graded in work:
            try:
                recording.record(job, graded)
            except NotRecorded as error:
                yield f"{job.given}: {error}"


@contextlib.contextmanager
def _alone_in(root: Path) -> Iterator[None]:
    """One run at a time in a course. The lock is the kernel's, on the folder itself: it ends when the run does."""
    folder = os.open(root, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Some file systems of networks know no locks on folders; there the instructor has to mind.
        with contextlib.suppress(OSError):
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CourseError(
                    f"another grader grade --gradebook is at work in {root}: wait for it to end, or end it"
                ) from None
        yield
    finally:
        os.close(folder)


def _one_each(work: Sequence[Job | Report], setting: Setting) -> Iterator[Job | Report]:
    """Refuses what no gradebook has a place for: a notebook of nobody's, and two of one student's."""
    jobs = {item.path.absolute(): item for item in work if isinstance(item, Job)}
    whose = Counter((job.student, job.assignment) for job in jobs.values())
    named = setting.options.assignment
    for item in work:
        if not isinstance(item, Job):
            yield item
            continue
        why = ""
        if item.student is None:
            why = (
                "whose is it? A gradebook needs nbgrader's folders, submitted/<student>/<assignment>/<assignment>.ipynb"
            )
        elif item is not jobs[item.path.absolute()]:
            why = "it is named twice, and was graded once"
        elif whose[item.student, item.assignment] > 1:
            why = f"{item.student} has more than one notebook here; call the one that counts {item.assignment}.ipynb"
        elif named not in (None, item.assignment):
            why = f"it was handed in for {item.assignment}, so it cannot be recorded as {named}"
        yield refused(item, f"{item.given}: {why}", setting.options) if why else item


class Recording:
    """Puts graded notebooks where nbgrader expects them, together with their rows in the gradebook."""

    def __init__(self, book: Gradebook, setting: Setting) -> None:
        self.book = book
        self.setting = setting
        self.folders = book.nbgrader.coursedir
        self._steps = _steps_after_judging(book)

        self._points_apart: dict[str, str] = {}

    def with_points(self, report: Report) -> Report:
        """The report, with a note where the gradebook counts in other points than it does."""
        if not isinstance(report, SubmissionReport):
            return report
        name = report.assignment
        if name not in self._points_apart:
            points = {cell: known.points for cell, known in self.book.cells(name).items() if known.points is not None}
            self._points_apart[name] = points_apart(self.book.course.assignment(name), points)
        note = self._points_apart[name]
        return msgspec.structs.replace(report, notes=[*report.notes, note]) if note else report

    # -- what is there to do?

    def plan(self, item: Job | Report, force: bool) -> Job | Report:
        """A job that need not be done again becomes the report that it had, one that cannot be recorded a refusal."""
        if not isinstance(item, Job):
            return item
        assert item.student is not None
        assert item.assignment is not None
        try:
            cells = self.book.cells(item.assignment)
            self.book.expect(item.student)
            self._timestamp(item)
            if self._folder("autograded", item) in item.path.absolute().parents:
                raise NotRecorded("it is graded already; name the folder that it was submitted to")
            return (None if force else self._unchanged(item, cells)) or item
        except NotRecorded as error:
            return refused(item, f"{item.given}: {error}", self.setting.options)

    def _unchanged(self, job: Job, cells: dict[str, StoredCell]) -> SubmissionReport | None:
        """The report of the last run if this one would come to the same. Raises `NotRecorded`."""
        try:
            folder = self._folder("autograded", job)
            notebook = nbformat.v4.reads((folder / f"{job.assignment}.ipynb").read_text(encoding="utf-8"))
            report = self._still_valid(notebook, job)
            if report is None or not self._same_files(job, folder):
                return None
            marks = {mark["grade_id"]: mark for cell in notebook.cells if (mark := cell.metadata.get("nbgrader"))}
            if any(marks[name].checksum != cell.checksum for name, cell in cells.items() if name in marks):
                return None
            scores = {
                cell.metadata.nbgrader.grade_id: utils.determine_grade(cell)[0]
                for cell in notebook.cells
                if utils.is_grade(cell) and not _is_left_out(cell)
            }
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            return None  # nothing there, or not as it was left
        recorded = self.book.auto_scores(str(job.assignment), str(job.student))
        return report if all(name in recorded and recorded[name] == scores[name] for name in scores) else None

    def _still_valid(self, notebook: Any, job: Job) -> SubmissionReport | None:
        """The report in a graded notebook, if it is on this very file and on all that is asked for now."""
        mark, options = mark_of(notebook), self.setting.options
        if mark is None or mark.kit != __version__ or job.path.stat().st_size > MAX_NOTEBOOK_BYTES:
            return None
        if mark.submission != _digest(job.path) or options.seed not in (None, mark.report.seed):
            return None
        assignment = self.book.course.assignment(mark.report.assignment)
        wanted = {name for name in assignment.exercises if not options.only or name in options.only}
        graded = {exercise.name for exercise in mark.report.exercises if exercise.checks}
        if any(options.training or not assignment.exercise(name).training for name in wanted - graded):
            return None
        exercises = [exercise for exercise in mark.report.exercises if exercise.name in wanted]
        return msgspec.structs.replace(
            mark.report, submission=job.given, exercises=exercises,
            score=sum(e.score for e in exercises), max_score=sum(e.max_score for e in exercises),
        )  # fmt: skip

    def _same_files(self, job: Job, folder: Path) -> bool:
        files = self._files(job)
        there = {path.relative_to(folder) for path in _files_below(folder, self.folders.ignore)}
        return there == set(files) and all(filecmp.cmp(path, folder / to, False) for to, path in files.items())

    # -- doing it

    def record(self, job: Job, graded: Graded) -> None:
        """Write the rows and the files of one submission, or nothing. Raises `NotRecorded`."""
        if graded.notebook is None:
            return
        assignment, student = graded.report.assignment, job.student
        assert student is not None
        if assignment is None or assignment != job.assignment:
            raise NotRecorded(f"it is a notebook of the assignment {assignment}, handed in for {job.assignment}")
        notebook = self._finished(self._stamped(graded.notebook, assignment), job)
        timestamp = self._timestamp(job)
        target = self._folder("autograded", job)
        try:
            with _staging(target) as staging:
                self._write_files(staging / "new", job, notebook)
                # In this order, so that what a crash in between leaves is seen, and graded, again.
                with _moved_aside(target, staging / "old"):
                    self.book.record(assignment, student, notebook, timestamp)
                    os.rename(staging / "new", target)
            self.book.autograde.set_permissions(assignment, student)
        except OSError as error:
            place = str(error.filename2 or error.filename or target)
            where = target if _STAGING in place else place
            raise NotRecorded(f"{plain(str(where))} cannot be read or written: {error.strerror or error}") from None

    def _folder(self, step: str, job: Job) -> Path:
        directory = getattr(self.folders, f"{step}_directory")
        return Path(self.folders.format_path(directory, job.student, job.assignment))

    def _timestamp(self, job: Job) -> datetime | None:
        """When it was handed in (UTC), if timestamp.txt says so. Raises `NotRecorded`."""
        folder = self._folder("submitted", job)  # in which the notebook may lie deeper
        path = (folder if folder in job.path.absolute().parents else job.path.parent) / "timestamp.txt"
        if path.is_symlink() or not path.is_file():
            return None
        try:
            text = path.read_bytes()[:200].decode(errors="replace").strip()
            return utils.parse_utc(text) if text else None  # type: ignore[no-any-return]
        except OSError as error:
            raise NotRecorded(f"the timestamp.txt beside it cannot be read: {error.strerror or error}") from None
        except (ValueError, OverflowError):
            raise NotRecorded("the timestamp.txt beside it holds no date and time that can be read; write it as "
                              "2030-12-31 23:59:59 UTC") from None  # fmt: skip

    def _stamped(self, graded: dict[str, Any], assignment: str) -> Any:
        """The notebook with the points, checksums and locked sources that nbgrader has stored for its cells."""
        stored = self.book.cells(assignment)
        set_points(graded, {name: cell.points for name, cell in stored.items() if cell.points is not None})
        for cell in graded["cells"]:
            known = stored.get(grade_id_of(cell) or "")
            if known is None:
                continue
            mark = cell["metadata"]["nbgrader"]
            mark["checksum"] = known.checksum
            if known.points not in (None, mark.get("points")):
                mark["points"] = known.points
            if known.locked:
                cell["source"] = known.source
        return nbformat.from_dict(graded)  # type: ignore[no-untyped-call]

    def _finished(self, notebook: Any, job: Job) -> Any:
        """The notebook after those of nbgrader's steps that follow the judging: a limit on output, say."""
        about = {"student": job.student, "assignment": job.assignment, "notebook": job.assignment}
        resources = {"nbgrader": {**about, "db_url": self.folders.db_url}, "unique_key": job.assignment}
        for step in self._steps:
            notebook, resources = step(parent=self.book.autograde)(notebook, resources)
        return notebook

    def _files(self, job: Job) -> dict[Path, Path]:
        """What lies beside the graded notebook and where it comes from: the student's files, over them the course's."""
        theirs = job.path.parent
        files = {p.relative_to(theirs): p for p in _files_below(theirs, self.folders.ignore) if not p.is_symlink()}
        ours = Path(self.folders.format_path(self.folders.source_directory, ".", job.assignment))
        kept = {ours / name for name in self.book.autograde.exclude_overwriting.get(job.assignment, [])}
        for path in _files_below(ours, self.folders.ignore):
            to = path.relative_to(ours)
            if path not in kept:
                files = {other: p for other, p in files.items() if to not in other.parents and other not in to.parents}
                files[to] = path
        return files

    def _write_files(self, folder: Path, job: Job, notebook: Any) -> None:
        folder.mkdir()
        for to, path in self._files(job).items():
            (folder / to).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / to)
        text = nbformat.writes(notebook) + "\n"  # type: ignore[no-untyped-call]
        (folder / f"{job.assignment}.ipynb").write_text(text, encoding="utf-8")

    def write_feedback(self, report: SubmissionReport, graded_anew: bool) -> None:
        """Have nbgrader write the page for the student, unless it is there and up to date. Raises `NotRecorded`."""
        job = Job(Path(), report.submission, report.student, report.assignment)
        page = self._folder("feedback", job) / f"{report.assignment}.html"
        graded = self._folder("autograded", job) / f"{report.assignment}.ipynb"
        if not graded_anew and page.exists() and page.stat().st_mtime_ns >= graded.stat().st_mtime_ns:
            return
        self.folders.assignment_id = report.assignment
        converter = _FeedbackOfOne(coursedir=self.folders, parent=self.book.nbgrader, force=True)
        converter.graded = graded
        complaints = _Complaints()
        converter.log.addHandler(complaints)
        try:
            converter.start()
        except Exception as error:  # nbgrader raises one of its own, and says why in its log
            why = plain(complaints.first or str(error))
            raise NotRecorded(f"graded and recorded, but nbgrader could not write its feedback ({why})") from None
        finally:
            converter.log.removeHandler(complaints)


class _FeedbackOfOne(GenerateFeedback):  # type: ignore[misc]  # nbgrader is untyped
    """For one submission: nbgrader looks for them by patterns, in which a student's id may mean something else."""

    graded: Path

    def init_notebooks(self) -> None:
        """In the place of nbgrader's search."""
        self.assignments = {str(self.graded.parent): [str(self.graded)]}
        self.notebooks: list[str] = []


class _Complaints(logging.Handler):
    """Keeps the last line of the first traceback that nbgrader logs."""

    first = ""

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage().strip()
        if text.startswith("Traceback") and not self.first:
            self.first = text.splitlines()[-1]


def _steps_after_judging(book: Gradebook) -> list[Any]:
    named = book.autograde.autograde_preprocessors
    try:
        steps = [import_item(step) if isinstance(step, str) else step for step in named]
    except ImportError as error:
        raise unusable(error) from None
    return [step for step in steps if not issubclass(step, _DONE_HERE)]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_left_out(cell: Any) -> bool:
    return cell.cell_type == "code" and is_left_out(cell)


def _files_below(folder: Path, ignored: list[str]) -> list[Path]:
    """Files below a folder, except notebooks and what nbgrader ignores."""
    return [p for name in utils.find_all_files(str(folder), [*ignored, "*.ipynb"]) if (p := Path(name)).is_file()]


@contextlib.contextmanager
def _staging(target: Path) -> Iterator[Path]:
    """A folder beside `target`, gone in the end; so is what a run that was killed has left."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for left in target.parent.glob(f"{_STAGING}*"):
        shutil.rmtree(left, ignore_errors=True)
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=target.parent))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        with contextlib.suppress(OSError):
            target.parent.rmdir()  # where it holds nothing


@contextlib.contextmanager
def _moved_aside(target: Path, aside: Path) -> Iterator[None]:
    """Puts it back where what follows fails."""
    with contextlib.suppress(FileNotFoundError):
        os.rename(target, aside)
    try:
        yield
    except BaseException:
        if aside.exists() and not target.exists():
            os.rename(aside, target)
        raise
