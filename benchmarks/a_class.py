"""How long does a whole class take to get into the gradebook? Three commands on the same notebooks.

Stock `nbgrader autograde` (a kernel for each submission, hand-written cells of asserts in place of check("…"), see
nbgrader_cells.py), `nbgrader autograde` with the judge in it (this kit's nbgrader_config.py), and `grader grade
--gradebook`, which uses all cores. Twice: 50 notebooks without `train` and the demonstrations, where the time is the
grader's own, and 10 with them, where the time is mostly the students' training: each notebook trains twice on all of
Fashion-MNIST, once for the check and once for the demonstration that the graded notebook shows.

    python -m benchmarks.a_class    # ten minutes or more
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook
from rich.table import Table

from benchmarks._common import publish, seconds
from benchmarks._nbgrader import ASSIGNMENT, KIT, nbgrader, nbgrader_notebook, solution, without_training

STUDENTS, TRAINED = 50, 10
STOCK_CONFIG = """
c = get_config()
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
c.Execute.timeout = 120
"""


def make_course(root: Path, config: str, notebook: Any, students: int) -> None:
    """A course with one assignment, and a class that has handed in its solution."""
    (root / "nbgrader_config.py").write_text(config)
    for folder in ("solutions", *(f"submitted/student{number}" for number in range(students))):
        path = root / folder / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        nbformat.write(notebook, path)
    nbgrader(root, "generate_assignment", ASSIGNMENT)


def class_seconds(config: str, notebook: Any, students: int, grade: Callable[[Path], None]) -> float:
    """Seconds for the command. Ends the program where anybody has not got full marks: that was another race."""
    with tempfile.TemporaryDirectory() as folder:
        make_course(Path(folder), config, notebook, students)
        took = seconds(lambda: grade(Path(folder)))
        with Gradebook(f"sqlite:///{folder}/gradebook.db") as gradebook:
            found = gradebook.assignment_submissions(ASSIGNMENT)
            if len(found) != students or any(submission.score != submission.max_score for submission in found):
                sys.exit(f"not full marks: {[submission.score for submission in found]}")
        return took


def autograde(course: Path) -> None:
    nbgrader(course, "autograde", ASSIGNMENT)


def grader_grade(course: Path) -> None:
    words = ("grade", "submitted", "--gradebook", "sqlite:///gradebook.db", "--format", "json", "--device", "cpu")
    command = [sys.executable, "-c", "from grader.cli import app; app()", *words]
    subprocess.run(command, cwd=course, stdout=subprocess.DEVNULL, check=True)


def main() -> None:
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(KIT), os.environ.get("PYTHONPATH"))))
    ours = (KIT / "nbgrader_config.py").read_text()
    table = Table(
        "", "seconds", "a submission", "stock / this", title=f"A class's notebooks into the gradebook: {ASSIGNMENT}"
    )
    for students, training in ((STUDENTS, False), (TRAINED, True)):
        notebook = solution() if training else without_training(solution())
        routes = (
            ("nbgrader autograde, stock", STOCK_CONFIG, nbgrader_notebook(True, training), autograde),
            ("nbgrader autograde, with the judge", ours, notebook, autograde),
            ("grader grade --gradebook", ours, notebook, grader_grade),
        )
        took = [class_seconds(config, given, students, grade) for _, config, given, grade in routes]
        what = f"{students} {'with' if training else 'without'} training"
        for (name, *_), one in zip(routes, took, strict=True):
            table.add_row(f"{name}: {what}", f"{one:.1f}", f"{one / students:.2f}", f"{took[0] / one:.1f}")
    publish("a_class", table, "Whole commands, their own start included.")


if __name__ == "__main__":
    main()
