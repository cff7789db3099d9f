"""An answer that has nothing to do with the question earns next to nothing, in a slot, in every exercise of a notebook
at once: a constant, the argument itself, batches. `grader validate` tries many more kinds, without a slot.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

import nbformat
import pytest

from grader.authors.answers import MOST
from grader.course import catalogue
from grader.course.course import Assignment, find_course
from grader.judging.report import Report, SubmissionReport
from tests import notebooks

# By what they give back; `first` is the name of the first argument, `api` the flavour's arrays.
BODIES = {
    "a constant": "return 0.5",
    "the argument": "return {first}",
    "batches of zeros": "return [({api}.zeros((2, 3)), {api}.zeros(2))] * 4",
}
COURSE = find_course(notebooks.ROOT)


def trivial(assignment: Assignment, name: str, body: str) -> str:
    """An exercise's cell with the function that the solution defines, and another body; of anything else the name."""
    defined = ast.parse(assignment.by_id[name].source).body
    one = next((node for node in defined if isinstance(node, ast.FunctionDef) and node.name == name), None)
    if one is None:
        return f"class {name}:\n    pass"
    arguments = ast.unparse(one.args)
    first = one.args.args[0].arg if one.args.args else "None"
    return f"def {name}({arguments}):\n    {body.format(first=first, api=assignment.flavour)}"


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("name", COURSE.assignment_names)
def test_a_trivial_answer_earns_next_to_nothing(try_notebook: Callable[..., Report], name: str, body: str) -> None:
    assignment = COURSE.assignment(name)
    notebook = nbformat.read(COURSE.root / "solutions" / name / f"{name}.ipynb", as_version=4)
    for exercise in assignment.exercises:
        notebooks.cell(notebook, exercise).source = trivial(assignment, exercise, body)
    report = try_notebook(notebook, timeout=30)
    assert isinstance(report, SubmissionReport)
    assert [one.name for one in report.exercises] == list(assignment.exercises)
    earned = {}
    for one in report.exercises:
        folder = catalogue.find(assignment.facts, one.name)
        assert folder is not None
        # The notebook's cell may give other points than the exercise's checks have.
        earned[one.name] = one.score * catalogue.load(folder).max_score / one.max_score
    assert {exercise: points for exercise, points in earned.items() if points > MOST} == {}
