"""The graded notebook: the submission with the judge's verdicts and the student's own outputs in its cells.

nbgrader reads a graded cell's score from its outputs (`nbgrader.utils.determine_grade`): a result whose text is a
number is the score. So each `check-E` cell gets one result that has both, the number as text and the table as HTML.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from grader import __version__
from grader.course import catalogue
from grader.course.course import CHECK, Assignment
from grader.course.sources import fingerprint
from grader.judging.png import is_small
from grader.judging.render import graded_table_html
from grader.judging.report import ExerciseReport, Report, SubmissionReport, without_pictures
from grader.judging.session import Shown
from grader.judging.submission import NotebookCell, Submission, grade_id_of
from grader.sandbox import wire

LEFT_OUT = "left out of this grading run"


@dataclass(frozen=True)
class Graded:
    """A report and, where it was wanted and could be made, the graded notebook in nbformat's layout.

    `unchanged`: there was nothing to do, the report is that of an earlier run.
    """

    report: Report
    notebook: dict[str, Any] | None = None
    unchanged: bool = False


class GradedBy(msgspec.Struct, frozen=True):
    """Fingerprints of an exercise's checks and of its cell in the solution, and what the cell said it was worth."""

    checks: str
    solution: str
    points: float


def graded_by(assignment: Assignment, name: str) -> GradedBy:
    folder = catalogue.find(assignment.facts, name)
    cell = assignment.by_id.get(name)
    solution = hashlib.sha256(cell.source.encode()).hexdigest()[:16] if cell is not None else ""
    return GradedBy(fingerprint(folder) if folder is not None else "", solution, assignment.points(name))


class Mark(msgspec.Struct, frozen=True):
    """What the graded notebook's metadata says of how it came about, for the instructor: `softmark.graded`.

    `submission` is the SHA-256 of the submitted file, empty where it was not known; `exercises` what each was graded
    by, by name.
    """

    kit: str
    submission: str
    report: SubmissionReport
    exercises: dict[str, GradedBy] = {}


def graded_notebook(
    submission: Submission, report: SubmissionReport, shown: dict[int, Shown], digest: str = ""
) -> dict[str, Any]:
    """The notebook in nbformat's layout, version 4.5."""
    exercises = {exercise.name: exercise for exercise in report.exercises}
    cells: list[NotebookCell] = []
    count = 0
    for place, cell in enumerate(submission.notebook):
        cell = dict(cell)
        if cell["cell_type"] == "code":
            count += 1
            name = (grade_id_of(cell) or "").removeprefix(CHECK)
            is_check = submission.role_of(cell) == "check"
            made = (
                _verdict(exercises.get(name), cell, count) if is_check else _outputs(shown.get(place, Shown()), count)
            )
            cell.update(execution_count=count, outputs=made)
        cells.append(cell)
    by = {name: graded_by(submission.assignment, name) for name in exercises}
    mark = Mark(__version__, digest, without_pictures(report), by)
    metadata = msgspec.to_builtins(submission.assignment.metadata)
    metadata["softmark"]["graded"] = msgspec.to_builtins(mark)
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}


def mark_of(notebook: dict[str, Any]) -> Mark | None:
    """What a graded notebook says of itself; None where it is none of this kit's."""
    try:
        return msgspec.convert(notebook["metadata"]["softmark"]["graded"], Mark)
    except (KeyError, TypeError, msgspec.ValidationError):
        return None


def set_points(notebook: dict[str, Any], points: Mapping[str, float]) -> None:
    """Give each check cell its points in the gradebook, and as many of them as its checks have earned."""
    mark = mark_of(notebook)
    assert mark is not None
    exercises = {f"{CHECK}{exercise.name}": exercise for exercise in mark.report.exercises}
    for cell in notebook["cells"]:
        grade_id = grade_id_of(cell)
        if grade_id in exercises and grade_id in points and not is_left_out(cell):
            score = scaled_score(exercises[grade_id], points[grade_id])
            cell["outputs"][0]["data"]["text/plain"] = str(score)


def scaled_score(exercise: ExerciseReport, points: float) -> float:
    """The score where the course gives an exercise other points than its checks have."""
    return min(round(exercise.score * points / exercise.max_score, 6), points) if exercise.max_score else 0.0


def is_left_out(cell: NotebookCell) -> bool:
    """Whether a check cell's exercise was not graded in this run."""
    return not any(output["output_type"] == "execute_result" for output in cell["outputs"])


def _verdict(exercise: ExerciseReport | None, cell: NotebookCell, count: int) -> list[dict[str, Any]]:
    if exercise is None or not exercise.checks:
        return [{"output_type": "display_data", "metadata": {}, "data": {"text/plain": LEFT_OUT}}]
    score = scaled_score(exercise, float(cell["metadata"]["nbgrader"]["points"]))
    data = {"text/plain": str(score), "text/html": graded_table_html(exercise)}
    return [{"output_type": "execute_result", "metadata": {}, "execution_count": count, "data": data}]


def _outputs(shown: Shown, count: int) -> list[dict[str, Any]]:
    made = [_output(output, count) for output in shown.outputs]
    if shown.failure is not None:
        failure = shown.failure
        lines = [f"line {failure.lineno}:  {failure.line}"] if failure.line else []
        lines.append(f"{failure.type}: {failure.message}")
        made.append({"output_type": "error", "ename": failure.type, "evalue": failure.message, "traceback": lines})
    if shown.stopped:
        made.append({"output_type": "stream", "name": "stderr", "text": shown.stopped})
    return made


def _output(output: wire.Output, count: int) -> dict[str, Any]:
    if output.kind in ("stdout", "stderr"):
        return {"output_type": "stream", "name": output.kind, "text": output.text}
    data = {"text/plain": output.text or "<picture>"}
    if is_small(output.png):
        data["image/png"] = base64.b64encode(output.png).decode()
    if output.kind == "result":
        return {"output_type": "execute_result", "metadata": {}, "execution_count": count, "data": data}
    return {"output_type": "display_data", "metadata": {}, "data": data}
