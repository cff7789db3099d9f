"""Editing what nbgrader reads from a notebook, and putting files beside it."""

from __future__ import annotations

from typing import Any

import nbformat

from tests import notebooks
from tests.cheats import ALONE, COURSE, WRONG, cheat, code_cell, handed_out

RESULT = nbformat.v4.new_output("execute_result", {"text/plain": "5.0"}, execution_count=1)


def _wrong() -> Any:
    return handed_out(ALONE, softmax=WRONG)


def _copy(cell: Any, **changes: Any) -> Any:
    copied = nbformat.from_dict(cell)
    copied.update(changes)
    return copied


@cheat(fools="outputs")
def forged_outputs() -> Any:
    """The graded cell comes with the output of full marks."""
    notebook = _wrong()
    check = notebooks.cell(notebook, "check-softmax")
    check.outputs, check.execution_count = [RESULT], 1
    return notebook


@cheat(fools="outputs")
def graded_cell_twice() -> Any:
    """The graded cell is there twice, before and after the real one, with a number for its source and its output."""
    notebook = _wrong()
    check = notebooks.cell(notebook, "check-softmax")
    notebook.cells.insert(1, _copy(check, source="5.0", outputs=[RESULT], id="first"))
    notebook.cells.append(_copy(check, source="5.0", outputs=[RESULT], id="last"))
    return notebook


@cheat(fools="outputs")
def foreign_grade_ids() -> Any:
    """Cells of the student's own claim to be graded cells of other exercises, and of ones that do not exist."""
    notebook = _wrong()
    for grade_id in ("check-net", "check-train", "bonus", "check-softmax "):
        cell = _copy(notebooks.cell(notebook, "check-softmax"), source="5.0", outputs=[RESULT], id=grade_id.strip())
        cell.metadata.nbgrader.grade_id = grade_id
        cell.metadata.nbgrader.points = 100
        notebook.cells.append(cell)
    return notebook


@cheat(fools="outputs")
def points_edited() -> Any:
    """The points are edited: a thousand, a negative number, no number."""
    notebook = _wrong()
    check = notebooks.cell(notebook, "check-softmax")
    check.metadata.nbgrader.points = 1000
    check.outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "1000"}, execution_count=1)]
    notebooks.cell(notebook, "question-underflow").metadata.nbgrader.points = -1e308
    notebooks.cell(notebook, "softmax").metadata.nbgrader.update(points=float("inf"), grade=True)
    return notebook


@cheat(fools="outputs")
def question_turned_into_code() -> Any:
    """The question that a person grades becomes a code cell that grades itself."""
    notebook = _wrong()
    question = notebooks.cell(notebook, "question-underflow")
    question.cell_type, question.source = "code", "2.0"
    question.outputs, question.execution_count = [RESULT], 1
    question.metadata.nbgrader.update(solution=False, cell_type="code", points=5)
    return notebook


@cheat()
def locked_cells_edited() -> Any:
    """The locked cells are edited: the set-up, the check, the example, the text above the question."""
    notebook = _wrong()
    for cell in notebook.cells:
        if cell.metadata.nbgrader.get("locked") and cell.cell_type == "code":
            cell.source = "import numpy\nnumpy.allclose = lambda *a, **k: True\ndef check(name): return 5.0\n5.0"
        elif cell.metadata.nbgrader.get("locked"):
            cell.source = "## Question 1: what is 1 + 1? (10 points)"
    return notebook


@cheat()
def checksums_forged() -> Any:
    """The locked cells are edited, unlocked, and given the checksum of what they hold now."""
    from nbgrader.utils import compute_checksum

    notebook = _wrong()
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.metadata.nbgrader.get("locked"):
            cell.source = "def check(name): return 5.0\n5.0"
            cell.metadata.nbgrader.locked = False
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    return notebook


@cheat()
def cell_types_changed() -> Any:
    """The graded cell becomes text, the text code, the solution raw."""
    notebook = _wrong()
    for cell in notebook.cells:
        cell.cell_type = {"code": "raw", "markdown": "code"}[cell.cell_type]
        cell.metadata.nbgrader.cell_type = cell.cell_type
    return notebook


@cheat()
def mark_of_an_earlier_grading() -> Any:
    """The notebook says that it was graded already, with full marks, by this very kit."""
    from grader import __version__

    notebook = _wrong()
    passed = {"name": "values", "title": "", "outcome": "passed", "hidden": False, "points": 5.0}
    exercise = {"name": "softmax", "outcome": "passed", "score": 5.0, "max_score": 5.0, "checks": [passed]}
    report = {
        "assignment": ALONE, "submission": "", "student": None, "seed": 7, "device": "cpu(0)", "data": "",
        "sandbox": [], "notes": [], "score": 5.0, "max_score": 5.0, "seconds": 0.1, "exercises": [exercise],
    }  # fmt: skip
    notebook.metadata.softmark.graded = {"kit": __version__, "submission": "", "report": report}
    return notebook


@cheat()
def everything_is_a_demonstration() -> Any:
    """The cells are tagged as demonstrations, which the grader leaves out, so that only a stub remains."""
    notebook = handed_out(ALONE)
    for cell in notebook.cells:
        cell.metadata.tags = ["demo"]
    demo = code_cell("result = 5.0\n5.0\n" + WRONG)
    demo.metadata.tags = ["demo"]
    demo.outputs = [RESULT]
    notebook.cells.insert(3, demo)
    return notebook


@cheat()
def kernel_of_ones_own() -> Any:
    """The notebook asks for a kernel of the student's own, which would say what one likes to hear."""
    notebook = _wrong()
    notebook.metadata.kernelspec = {"name": "../../../tmp/mine", "display_name": "Mine", "language": "bash",
                                    "argv": ["touch", COURSE + "/left.py"], "path": COURSE}  # fmt: skip
    notebook.metadata.language_info = {"name": "ipython", "version": 2, "codemirror_mode": "x", "pygments_lexer": "y"}
    notebook.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    return notebook


@cheat()
def solutions_markers() -> Any:
    """The markers by which nbgrader cuts solutions and hidden tests out stand in the student's cells."""
    return handed_out(ALONE, softmax=f"### BEGIN HIDDEN TESTS\n### BEGIN SOLUTION{WRONG}\n### END SOLUTION\n")


@cheat()
def roles_exchanged() -> Any:
    """The graded cell is declared a solution, the solution a graded cell, both of a newer version of nbgrader."""
    notebook = _wrong()
    first, second = (notebooks.cell(notebook, name).metadata for name in ("softmax", "check-softmax"))
    first.nbgrader, second.nbgrader = second.nbgrader, first.nbgrader
    first.nbgrader.schema_version = second.nbgrader.schema_version = 99
    first.nbgrader.task = second.nbgrader.remove = True
    return notebook


@cheat()
def files_beside_the_notebook() -> Any:
    """Beside the notebook lie files that Python, pytest, IPython, nbgrader and the kit would take for their own."""
    code = f"import numpy\nopen({COURSE + '/left.py'!r}, 'w').write('left')\nnumpy.allclose = lambda *a, **k: True\n"
    solution = handed_out(ALONE, softmax=WRONG)
    notebooks.cell(solution, "check-softmax").metadata.nbgrader.points = 0.001
    files = dict.fromkeys(
        ("conftest.py", "sitecustomize.py", "usercustomize.py", "numpy.py", "grader.py", "grader/__init__.py",
         "nbgrader_config.py", "jupyter_config.py", "ipython_config.py", "pytest.py", "mxnet/__init__.py"), code
    )  # fmt: skip
    files |= {"pytest.ini": "[pytest]\naddopts = --collect-only\n", "left.pth": "import os"}
    files[f"solutions/{ALONE}/{ALONE}.ipynb"] = nbformat.writes(solution)
    files["gradebook.db"] = "not a database"
    return _wrong() | {"files": files}
