"""An nbgrader course with an exchange, an instructor and students, on whom nbgrader's own commands run.

Where root runs the tests the students are Unix users of their own, in a view of the machine (bubblewrap) whose
/etc/passwd names them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from grader.judging.seeds import SECRET_VARIABLE
from tests import notebooks
from tests.command import Finished, Forking, Running, embedded_data, forking
from tests.notebooks import ROOT, SMALL, Notebooks

COURSE_ID = "softmark"
FIRST_USER = 30_001

# What a course that has an exchange and an LMS adds; the course's own nbgrader_config.py is the kit's.
INSTRUCTOR_CONFIG = r"""
c.Exchange.root = {exchange!r}
c.AssignLatePenalties.plugin_class = "late.TwoPoints"
c.FileNameCollectorPlugin.named_regexp = (
    r".*/(?P<student_id>[a-z]+)_attempt_(?P<timestamp>[0-9T]+)_(?P<file_id>[a-z-]+)\.ipynb"
)
"""
LATE_PLUGIN = '''
from nbgrader.plugins import BasePlugin


class TwoPoints(BasePlugin):
    """Two points for each day begun."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return 2 * -(-total_seconds_late // 86400)
'''


# -- running commands


class Commands:
    """Runs nbgrader's commands and the kit's, each in a process of its own, and remembers which of nbgrader's.

    `users` has the students' user numbers; it is empty where everyone has to be the user who runs the tests.
    """

    def __init__(self, folder: Path, names: tuple[str, ...]) -> None:
        self.ran: set[str] = set()
        self.users = {name: FIRST_USER + number for number, name in enumerate(names)}
        self._folder = folder
        view = self._view() if names else []
        if view and not _works(view):
            view, self.users = [], {}
        self._own = Forking(folder, "nbgrader", view) if view else None

    def start(
        self, args: Sequence[str | Path], cwd: Path, environment: dict[str, str], user: int | None = None,
        program: str = "nbgrader",
    ) -> Running:  # fmt: skip
        if program == "nbgrader":
            self.ran.add(str(args[0]))
        return (self._own or forking("nbgrader")).start(args, cwd, environment, user, program)

    def close(self) -> None:
        if self._own is not None:
            self._own.close()

    def _view(self) -> list[str]:
        """A command in front: the machine as it is, with the students in /etc/passwd and what they need readable."""
        passwd = self._folder / "passwd"
        students = [f"{name}:x:{user}:{user}::/nonexistent:/bin/false\n" for name, user in self.users.items()]
        passwd.write_text(Path("/etc/passwd").read_text() + "".join(students))
        view = ["bwrap", "--cap-add", "ALL", "--dev-bind", "/", "/", "--ro-bind", str(passwd), "/etc/passwd"]
        data = [Path(folder) for folder in embedded_data().values()]
        for needed in (Path(sys.base_prefix), Path(sys.prefix), ROOT, self._folder, *data):
            above = [*reversed(needed.parents)]
            private = next((place for place, folder in enumerate(above) if not folder.stat().st_mode & 0o001), None)
            if private is None:
                continue
            if str(above[private]) not in view:
                view += ["--tmpfs", str(above[private])]
            for folder in above[private + 1 :]:
                view += ["--perms", "755", "--dir", str(folder)]
            view += ["--bind", str(needed), str(needed)]
        return view


def _works(view: list[str]) -> bool:
    """Whether root runs this, may have the view, and another user can use Python and the kit in it."""
    if os.geteuid() != 0 or shutil.which("bwrap") is None:
        return False
    other = ["setpriv", "--reuid", str(FIRST_USER), "--clear-groups", sys.executable, "-c", "import grader, nbgrader"]
    return subprocess.run([*view, *other], cwd=ROOT, capture_output=True, check=False).returncode == 0


# -- the course


@dataclass(frozen=True)
class Mark:
    """One cell's row in the gradebook."""

    auto: float | None
    manual: float | None
    score: float
    waits: bool
    of: float


Marks = dict[str, dict[str, Mark]]  # by student and grade_id


@dataclass
class Account:
    """Someone with a home of their own."""

    name: str
    home: Path
    environment: dict[str, str]
    commands: Commands
    user: int | None = None

    def nbgrader(self, *args: str, status: int = 0) -> Finished:
        """`nbgrader ARGS` in one's home; what it says is in `err` (nbgrader's log), and `out`."""
        done = self.commands.start(args, self.home, self.environment, self.user).finish()
        assert done.status == status, done
        return done

    def put(self, notebook: Any, name: str) -> None:
        """Save a notebook as one's own copy of the assignment that was fetched."""
        self.own(notebooks.write(notebook, self.home / name / f"{name}.ipynb"))

    def own(self, path: Path) -> None:
        if self.user is not None:
            os.chown(path, self.user, self.user)


@dataclass
class NbgraderCourse:
    """A copy of a course; `teacher`'s home is its folder."""

    folder: Path
    exchange: Path
    teacher: Account
    students: dict[str, Account]

    @property
    def root(self) -> Path:
        return self.teacher.home

    def submitted(self, student: str, assignment: str) -> Path:
        return self.root / "submitted" / student / assignment / f"{assignment}.ipynb"

    def autograded(self, student: str, assignment: str) -> Any:
        return nbformat.read(self.root / "autograded" / student / assignment / f"{assignment}.ipynb", as_version=4)

    def released(self, assignment: str) -> Any:
        return nbformat.read(self.root / "assignments" / assignment / f"{assignment}.ipynb", as_version=4)

    def hand_in(self, student: str, assignment: str, notebook: Any) -> None:
        """As if collected, to submitted/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb; nbformat would mend some of it."""
        path = self.submitted(student, assignment)
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook))

    def grader(self, *args: str | Path) -> Finished:
        """The kit's own command, with the course's secret and data."""
        return self.start(*args).finish()

    def start(self, *args: str | Path, **environment: str) -> Running:
        """As `grader`, but one need not wait for its end."""
        everything = {**self.teacher.environment, **environment}
        return self.teacher.commands.start(args, self.root, everything, program="grader")

    @contextmanager
    def gradebook(self, database: str = "gradebook.db") -> Iterator[Any]:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.root}/{database}", COURSE_ID) as gradebook:
            yield gradebook

    def marks(self, assignment: str, database: str = "gradebook.db") -> Marks:
        """The gradebook's rows, whatever becomes of them later."""
        with self.gradebook(database) as gradebook:
            return {
                submission.student_id: {
                    grade.name: Mark(
                        grade.auto_score, grade.manual_score, grade.score, grade.needs_manual_grade, grade.max_score
                    )
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in gradebook.find_assignment(assignment).submissions
            }


@contextmanager
def nbgrader_course(folder: Path, *students: str, of: Notebooks = SMALL) -> Iterator[NbgraderCourse]:
    """A fresh course below `folder`, with an assignment in both flavours; its data sets are the small ones."""
    root, exchange = folder / "course", folder / "exchange"
    root.mkdir()
    exchange.mkdir()
    exchange.chmod(0o777)  # nbgrader asks for it
    folder.chmod(0o755)
    for name in of.names.values():
        shutil.copytree(of.root / "solutions" / name, root / "solutions" / name)
    exercises = of.assignment("np").facts.folder
    if exercises.is_relative_to(of.root / "exercises"):
        shutil.copytree(exercises, root / "exercises" / exercises.name)
    shutil.copy(of.root / "nbgrader_config.py", root)
    (root / "late.py").write_text(LATE_PLUGIN)
    commands = Commands(folder, students)
    teacher = _account(commands, "teacher", root, INSTRUCTOR_CONFIG.format(exchange=str(exchange)))
    teacher.environment[SECRET_VARIABLE] = str(folder / "secret")
    found = {}
    for name in students:
        config = f'c.Exchange.root = {str(exchange)!r}\nc.CourseDirectory.course_id = "{COURSE_ID}"\n'
        if name not in commands.users:
            config += f'c.CourseDirectory.student_id = "{name}"\n'
        (folder / name).mkdir()
        found[name] = _account(commands, name, folder / name, config)
    try:
        yield NbgraderCourse(folder, exchange, teacher, found)
    finally:
        commands.close()


def _account(commands: Commands, name: str, home: Path, config: str) -> Account:
    settings = home / ".jupyter" / "nbgrader_config.py"
    settings.parent.mkdir()
    settings.write_text(config)
    environment = {
        "HOME": str(home), "USER": name, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        **embedded_data(),
    }  # fmt: skip
    account = Account(name, home, environment, commands, commands.users.get(name))
    for path in (home, settings.parent):
        account.own(path)
    return account
