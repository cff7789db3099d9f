"""Finds the submissions that a path names: every submission's folder and every notebook has a line or a note."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from grader.course.catalogue import CourseError
from grader.course.course import Course
from grader.course.layout import Place
from grader.judging.judge import Job
from grader.judging.report import RefusedReport
from grader.sandbox.wire import plain

MOST_NAMED = 3
# What Jupyter and macOS's zip leave beside a notebook is none.
_CHECKPOINTS = ".ipynb_checkpoints"
_LEFTOVERS = (_CHECKPOINTS, "__MACOSX")


@dataclass
class Found:
    """The submissions in the order of their paths, and notes to the instructor on what was left alone."""

    work: list[Job | RefusedReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find_submissions(path: str, course: Course) -> Found:
    """What a path names: a notebook, or a folder in nbgrader's layout or with notebooks in it."""
    root = Path(path)
    if not os.path.lexists(root):
        return Found([RefusedReport(None, plain(path), None, f"{plain(path)} does not exist")])
    if root.is_dir():
        return _Folder(root, course).found()
    places = _Places(course)
    return Found([_job(root, places.of(root) or places.by_parent(root))])


def _job(path: Path, place: Place | None, drafts: Iterable[Path] = ()) -> Job:
    student, assignment = (place.student, place.assignment) if place is not None else ("", "")
    return Job(path, plain(str(path)), plain(student) or None, assignment or None, notes_on(path, drafts))


def notes_on(path: Path, drafts: Iterable[Path]) -> tuple[str, ...]:
    """What the instructor should know where other notebooks were handed in with the one that counts."""
    others = _some(os.path.relpath(draft, path.parent) for draft in sorted(drafts))
    return (f"other notebooks lie there and were not graded, {plain(path.name)} was: {others}",) if others else ()


def _some(names: Iterable[str]) -> str:
    found = [plain(name) for name in names]
    more = len(found) - MOST_NAMED
    return ", ".join(found[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


class _Places:
    """Tells of paths which submission they belong to: by the course's layout, or by that of a folder that was named."""

    def __init__(self, course: Course, root: Path | None = None) -> None:
        self._layout = course.layout
        self._assignments = (*course.assignment_names, *course.other_names)
        # Beside a course's own folders, none is a student's only because of where it lies.
        self._root = None if root is None or course.root.is_relative_to(_whole(root)) else root

    def of(self, path: Path) -> Place | None:
        whole = _whole(path)
        if (place := self._layout.place(whole, self._assignments)) is not None or self._root is None:
            return place
        below = self._layout.place_below(path.relative_to(self._root), self._assignments)
        return below and Place(below.student, below.assignment, len(_whole(self._root).parts) + below.depth)

    def by_parent(self, path: Path) -> Place | None:
        """A notebook of nobody's, in the folder of an assignment."""
        parent = _whole(path).parent
        return Place("", parent.name, len(parent.parts)) if parent.name in self._assignments else None

    def is_students(self, folder: Path, certainly: bool = False) -> bool:
        """Whether submissions' folders lie in that folder, which is named after the student.

        `certainly`: by the course's layout, whatever folder was named.
        """
        path, whole = folder / (*self._assignments, "")[0], _whole(folder)
        place = self._layout.place(_whole(path), self._assignments) if certainly else self.of(path)
        return place is not None and place.depth == len(whole.parts) + 1 and place.student == whole.name


def _whole(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


@dataclass
class _Submission:
    """A folder that somebody handed in, and what it has been found to hold below the folder that was named."""

    folder: Path
    place: Place
    paths: list[Path] = field(default_factory=list)


class _Folder:
    """A folder that was named, and what lies below it."""

    def __init__(self, root: Path, course: Course) -> None:
        self.root = root
        self.course = course
        self._places = _Places(course, root)
        self._folders: list[Path] = []
        self._links: list[Path] = []
        self._paths: list[Path] = []  # all but folders; those that are called as notebooks are
        self._work: list[tuple[Path, Job | RefusedReport]] = []
        self._notes: list[str] = []
        errors: list[OSError] = []
        for above, names, files in os.walk(root, onerror=errors.append):
            names.sort()
            here = Path(above)
            self._folders.append(here)
            self._links += [here / name for name in names if (here / name).is_symlink()]
            self._paths += [here / name for name in (*files, *(name for name in names if name.endswith(".ipynb")))]
        self._files = frozenset(self._paths)
        self._unreadable = {Path(error.filename): f"cannot be read: {error.strerror}" for error in errors}

    def found(self) -> Found:
        """All of it."""
        submissions = self._submissions()
        known = {path for each in submissions.values() for path in each.paths}
        left: dict[str, list[str]] = {}
        for whole, submission in sorted(submissions.items()):
            if submission.place.assignment not in self.course.other_names:
                self._submission(submission)
            elif _whole(self.root).is_relative_to(whole):
                self._others(submission)
            else:
                left.setdefault(submission.place.assignment, []).append(submission.place.student)
        for path, why in self._unreadable.items():
            self._refuse(path, self._places.of(path), why)
        for path in sorted(self._links):
            self._link(path)
        for path, drafts in self._of_nobody(known).items():
            place = self._places.by_parent(path)
            if place is not None and place.assignment in self.course.other_names:
                left.setdefault(place.assignment, []).append(str(path))
            else:
                self._add(path, place, drafts)
        self._students_with_nothing(submissions)
        self._notes += [_left(name, whose) for name, whose in left.items()]
        if not self._work:
            self._nothing()
        return Found([item for _, item in sorted(self._work, key=lambda item: item[0])], self._notes)

    def _submissions(self) -> dict[Path, _Submission]:
        """By the whole paths of their folders."""
        found: dict[Path, _Submission] = {}
        for path in dict.fromkeys((*self._folders, *self._paths)):
            place = self._places.of(path)
            if place is not None:
                whole = _whole(path)
                inside = len(whole.parts) - place.depth
                folder = path if inside == 0 else path.parents[inside - 1] if inside <= len(path.parents) else self.root
                found.setdefault(Path(*whole.parts[: place.depth]), _Submission(folder, place)).paths.append(path)
        return found

    def _is_leftover(self, path: Path) -> bool:
        parts = path.relative_to(self.root).parts
        return any(part in _LEFTOVERS or part.startswith("._") for part in parts)

    def _notebooks(self, paths: Iterable[Path]) -> list[Path]:
        return [path for path in paths if path.suffix == ".ipynb" and not self._is_leftover(path)]

    # -- what becomes of it

    def _submission(self, submission: _Submission) -> None:
        """One of the course's assignments: the notebook that counts, or why there is none."""
        folder, place = submission.folder, submission.place
        notebooks = self._notebooks(path for path in submission.paths if path in self._files)
        if not notebooks:
            expected = f"{place.assignment}.ipynb is expected there"
            self._refuse(folder, place, self._holds_none(submission.paths, expected))
            return
        chosen = _chosen(notebooks, place.assignment)
        of_course = {path.name for path in (self.course.root / "solutions" / place.assignment).glob("*.ipynb")}
        drafts = [n for n in notebooks if n not in chosen and (n.parent != folder or n.name not in of_course)]
        hidden = [path for path in self._unreadable if path.is_relative_to(folder)]
        notes = [f"{plain(os.path.relpath(path, folder))} {self._unreadable.pop(path)}" for path in hidden]
        for path in chosen:
            self._add(path, place, drafts, notes)

    def _others(self, submission: _Submission) -> None:
        """An assignment that nbgrader grades by itself, named here all the same."""
        try:
            self.course.assignment(submission.place.assignment)
        except CourseError as error:
            self._refuse(self.root, submission.place, f"was left alone: {error}")

    def _of_nobody(self, known: set[Path]) -> dict[Path, list[Path]]:
        """Notebooks that lie in no submission's folder, each with its drafts."""
        free = [path for path in sorted(self._notebooks(self._paths)) if path not in known]
        found: dict[Path, list[Path]] = {}
        drafts: list[tuple[Path, Path]] = []
        for path in free:
            above = [folder for folder in path.parents if folder.is_relative_to(self.root)]
            counts = [own for folder in above if (own := folder / f"{folder.name}.ipynb") != path and own.exists()]
            if counts:
                drafts.append((counts[-1], path))
            else:
                found[path] = []
        for own, draft in drafts:
            found.get(own, []).append(draft)
        return found

    def _link(self, path: Path) -> None:
        """A folder that is a link is not entered: it may lead to another student's."""
        why = "is behind a link, and links are not followed: put the submission itself there"
        place = self._places.of(path)
        if place is not None:
            if place.depth == len(_whole(path).parts):
                self._refuse(path, place, why)
            return
        behind = [name for name in self.course.assignment_names if (path / name).is_dir()]
        if behind and self._places.is_students(path):
            for name in behind:
                self._refuse(path / name, Place(path.name, name, 0), why)
        elif path.is_dir() and path.suffix != ".ipynb" and not self._is_leftover(path):
            self._notes.append(f"{plain(str(path))} is a link, and links are not followed")

    def _students_with_nothing(self, submissions: dict[Path, _Submission]) -> None:
        """Students' folders in which no submission is."""
        said = {*(_whole(path) for path, _ in self._work), *submissions}
        said |= {folder for path in said for folder in path.parents}
        certainly = not submissions
        for folder in sorted(self._folders):
            whole = _whole(folder)
            if whole in said or whole.name.startswith(".") or not self._places.is_students(folder, certainly):
                continue
            held = [path for path in self._paths if path.is_relative_to(folder)]
            if held:
                expected = "ASSIGNMENT/ASSIGNMENT.ipynb is expected there"
                self._refuse(folder, Place(whole.name, "", 0), self._holds_none(held, expected))
            else:
                self._notes.append(f"{plain(str(folder))} is empty")

    def _holds_none(self, paths: Iterable[Path], expected: str) -> str:
        files = [path for path in sorted(paths) if path in self._files]
        others = [path.name for path in files if not self._is_leftover(path) and path.name != "timestamp.txt"]
        checkpoint = any(path.suffix == ".ipynb" and path.parent.name == _CHECKPOINTS for path in files)
        but = " but a checkpoint, which Jupyter saves by itself" if checkpoint else ""
        there = f", and there is {_some(others)}" if others else ""
        return f"holds no notebook{but}: {expected}{there}"

    def _nothing(self) -> None:
        """There is no submission at all."""
        told = "holds no submission for this grader"
        if not self._notes:
            told = self._holds_none(self._paths, "there is no .ipynb file below it")
        self._refuse(self.root, None, told)

    def _add(self, path: Path, place: Place | None, drafts: Iterable[Path] = (), notes: Iterable[str] = ()) -> None:
        if path.is_symlink() and path.is_file() and path.resolve().parent != path.parent.resolve():
            why = "is a link to a file elsewhere, which may be another's: put the submission itself there"
            self._refuse(path, place, why)
        else:
            job = _job(path, place, drafts)
            self._work.append((path, replace(job, notes=(*job.notes, *notes))))

    def _refuse(self, path: Path, place: Place | None, why: str) -> None:
        given = plain(str(path))
        student, assignment = (place.student, place.assignment) if place is not None else ("", "")
        report = RefusedReport(assignment or None, given, plain(student) or None, f"{given} {why}")
        self._work.append((path, report))


def _chosen(notebooks: list[Path], assignment: str) -> list[Path]:
    """Of a submission's notebooks that which has the assignment's name and lies least deep; else all that are none's.

    A zip that was unpacked into a folder of its own puts it one folder deeper.
    """
    named = [path for path in notebooks if path.name == f"{assignment}.ipynb"]
    if named:
        least = min(len(path.parts) for path in named)
        return [path for path in named if len(path.parts) == least]
    return list(_undrafted(notebooks))


def _undrafted(notebooks: list[Path]) -> Iterator[Path]:
    there = set(notebooks)
    for path in notebooks:
        own = (folder / f"{folder.name}.ipynb" for folder in path.parents)
        if not any(other != path and other in there for other in own):
            yield path


def _left(assignment: str, whose: list[str]) -> str:
    many = "1 submission" if len(whose) == 1 else f"{len(whose)} submissions"
    return (f"{assignment} has no exercises for this grader, and its {many} ({_some(whose)}) were left alone: "
            f"nbgrader autograde {assignment} grades it, in a kernel")  # fmt: skip
