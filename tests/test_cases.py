"""What went wrong for students, case by case.

tests/cases/cases.json tells what each changes in the solution's notebook, and what is expected of its grading.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.course.course import Course
from grader.data import in_use
from grader.judging.judge import Data, Job, Options, grade
from grader.judging.report import SubmissionReport
from grader.sandbox.slot import Slot
from tests import notebooks

CASES: list[dict[str, Any]] = json.loads((Path(__file__).with_name("cases") / "cases.json").read_text())

Try = Callable[[dict[str, Any]], SubmissionReport]


@pytest.fixture
def try_case(course: Course, data: Data, slot: Slot, tmp_path: Path) -> Iterator[Try]:
    """Hands the case's notebook in, with its files, as a student does, and grades it."""

    def run(case: dict[str, Any]) -> SubmissionReport:
        name = notebooks.ASSIGNMENTS[case["flavour"]]
        notebook = notebooks.with_cells(case["flavour"], **case["replace"])
        for grade_id, sources in case["after"].items():
            place = notebook.cells.index(notebooks.cell(notebook, grade_id)) + 1
            notebook.cells[place:place] = [nbformat.v4.new_code_cell(source) for source in sources]
        notebook.cells += [nbformat.v4.new_code_cell(source) for source in case["append"]]
        folder = tmp_path / "submitted" / "ann" / name
        path = notebooks.write(notebook, folder / f"{name}.ipynb")
        for file, text in case["files"].items():
            (folder / file).write_text(text)
        options = Options(seed=1, training=case["training"])
        report = grade(Job(path, str(path), "ann", name), course, slot, data, options).report
        assert isinstance(report, SubmissionReport), report
        return report

    with in_use(data):
        yield run


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_case_is_graded_as_it_should_be(case: dict[str, Any], try_case: Try) -> None:
    report, wanted = try_case(case), case["expect"]
    if "exercise" not in wanted:
        assert report.score == report.max_score, [e for e in report.exercises if e.score < e.max_score]
        return
    exercise = next(each for each in report.exercises if each.name == wanted["exercise"])
    lost = [check for check in exercise.checks if check.score < check.points]
    told = "\n".join(check.message for check in lost)
    hints = "\n".join(check.hint for check in lost)
    named = {check.misconception for check in lost}
    assert lost
    assert re.search(wanted.get("message", ""), told)
    assert "not_message" not in wanted or not re.search(wanted["not_message"], told)
    assert "not_hint" not in wanted or wanted["not_hint"] not in hints
    assert bool(hints) >= wanted.get("hint", False)
    assert "misconception" not in wanted or wanted["misconception"] in named
    assert wanted.get("not_misconception", "-") not in named
