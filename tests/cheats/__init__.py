"""Cheats: notebooks whose authors want points that they have not earned, or something that is not theirs.

Each is a function with a sentence on the idea, in the module of its class. It returns the code of the attacked
exercise's cell, the rest of the notebook being the stub, or a whole notebook. In what it returns COURSE stands for the
course's folder: the attackers know their way around.
"""

from __future__ import annotations

import inspect
import json
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import nbformat

from tests import notebooks

# The assignment that asks for softmax and a written answer alone, which most cheats are handed in for; and the one that
# asks for all functions, without the demonstrations, which take as long to show as all else.
ALONE, FULL = "one-function", "all-functions"
KEPT = ("introduction", "setup", "about-softmax", "softmax", "check-softmax", "about-question-underflow",
        "question-underflow")  # fmt: skip
COURSE = "@course@"

# A function that earns nothing by itself.
WRONG = """
def softmax(X):
    return X
"""


@dataclass(frozen=True)
class Cheat:
    """One attack, handed in for `assignment`; `exercise` is where it wants points.

    `earns` is what the honest work in it is worth, `flagged` a pattern that one of the instructor's notes fits, `fools`
    the grader of tests.cheats.naive that gives it full marks. `leak` is text that no student may find in the feedback.
    """

    name: str
    group: str
    idea: str
    exercise: str
    assignment: str
    make: Callable[[], Any]
    earns: float = 0.0
    flagged: str | None = None
    fools: str | None = None
    leak: str | None = None

    def notebook(self, course: str) -> Any:
        """What is handed in, in the layout of JSON."""
        made = self.make()
        if isinstance(made, str):
            made = handed_out(self.assignment, **{self.exercise: made})
        return json.loads(json.dumps(made).replace(COURSE, course))

    @property
    def code(self) -> str:
        """The code of the attacked exercise's cell."""
        made = self.make()
        text = made if isinstance(made, str) else notebooks.cell(made, self.exercise).source
        return textwrap.dedent(text)


CHEATS: list[Cheat] = []


def cheat(
    exercise: str = "softmax", *, earns: float = 0.0, flagged: str | None = None, fools: str | None = None,
    leak: str | None = None, full: bool = False,
) -> Callable[[Callable[[], Any]], Callable[[], Any]]:  # fmt: skip
    """Make a builder a cheat; its name is the student's who hands it in. `full`: for the assignment with everything."""

    def add(make: Callable[[], Any]) -> Callable[[], Any]:
        group = make.__module__.rpartition(".")[2]
        idea = inspect.cleandoc(make.__doc__ or "")
        assignment = ALONE if exercise == "softmax" and not full else FULL
        CHEATS.append(Cheat(make.__name__, group, idea, exercise, assignment, make, earns, flagged, fools, leak))
        return make

    return add


def handed_out(assignment: str, **sources: str) -> Any:
    """The notebook that students get, with code in the cells named."""
    notebook = shortened(notebooks.released("np"), assignment)
    for grade_id, source in sources.items():
        notebooks.cell(notebook, grade_id).source = textwrap.dedent(source).strip()
    return notebook


def shortened(notebook: Any, assignment: str) -> Any:
    """The kit's notebook without what this assignment does not ask for."""

    def stays(cell: Any) -> bool:
        if assignment == ALONE:
            return cell.metadata.nbgrader.grade_id in KEPT
        return "demo" not in cell.metadata.get("tags", [])

    notebook.cells = [cell for cell in notebook.cells if stays(cell)]
    notebook.metadata.softmark.update(assignment=assignment, exercises="softmax_regression")
    return notebook


def code_cell(source: str) -> Any:
    return nbformat.v4.new_code_cell(textwrap.dedent(source).strip())


def load() -> list[Cheat]:
    """All of them, by class."""
    from tests.cheats import frames, leftovers, library, lying, metadata, pages, patching, reading, training

    assert all((frames, leftovers, library, lying, metadata, pages, patching, reading, training))
    return CHEATS
