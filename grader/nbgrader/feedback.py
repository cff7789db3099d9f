"""The page that a student gets back: first what it comes to and what to try next, then the notebook.

`FeedbackExporter` is for `c.GenerateFeedback.exporter_class` in nbgrader_config.py. Its page is one file without a
script and without anything from the network. A notebook without exercises gets the same page, with points alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from nbconvert.exporters import HTMLExporter
from nbgrader import api, utils
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets.config import Config

from grader.checking.outcomes import DIAGNOSIS
from grader.course.course import CHECK
from grader.judging.graded import mark_of, scaled_score
from grader.judging.render import SYMBOLS, WORDS, for_students, number
from grader.judging.report import ExerciseReport
from grader.nbgrader.pages import FILTERS, markdown_with_formulas

_TEMPLATES = Path(__file__).parent / "templates"
_MOST_STEPS = 3
_UNREAD = "not read yet"
_NO_RESPONSE = "No response."  # nbgrader's own comment on what was handed in as it was handed out


@dataclass(frozen=True)
class Row:
    """One graded cell: the cell's id, what it is about, its points, and in a word how it went."""

    grade_id: str
    title: str
    is_name: bool
    score: float
    points: float
    symbol: str
    word: str
    comment: bool


@dataclass(frozen=True)
class Step:
    """Something to try next: which exercise, and what was seen and thought of it, a sentence each."""

    grade_id: str
    title: str
    sentences: list[str]


@dataclass(frozen=True)
class Summary:
    """What stands first on the page. `right`: the exercises with full points; `unread`: how many answers are."""

    headline: str
    late_penalty: float
    rows: list[Row]
    right: list[Row]
    steps: list[Step]
    unread: int

    def row(self, grade_id: str) -> Row | None:
        return next((row for row in self.rows if row.grade_id == grade_id), None)


class FeedbackExporter(HTMLExporter):
    """Writes the page. The instructor's `c.FeedbackExporter.template_name` comes before the kit's template."""

    def __init__(self, config: Any = None, **options: Any) -> None:
        own = Config()
        own.FeedbackExporter.template_name = "softmark_feedback"
        own.FeedbackExporter.extra_template_basedirs = [str(_TEMPLATES)]
        # nbgrader names its own template for HTMLExporter, which counts for less than what is said of this class.
        own.merge(config or {})
        super().__init__(config=own, **options)  # type: ignore[no-untyped-call]
        # Whatever the course's settings say of filters.
        for name, made in {**FILTERS, **self._FILTERS}.items():
            self.register_filter(name, made)  # type: ignore[no-untyped-call]
        self.register_preprocessor(WhatIsUnread(parent=self), enabled=True)  # type: ignore[no-untyped-call]

    _FILTERS: ClassVar[dict[str, Any]] = {
        "markdown_with_formulas": markdown_with_formulas,
        "summary": lambda notebook, resources: _summary_once(notebook, resources),
        "points": lambda points: number(round(float(points), 2)),
    }


class WhatIsUnread(NbGraderPreprocessor):
    """Marks the cells that a person is still to grade, which nbgrader counts as 0 points: `softmark_unread`."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        about = resources["nbgrader"]
        with api.Gradebook(about["db_url"]) as book:
            submission = book.find_submission_notebook(about["notebook"], about["assignment"], about["student"])
            unread = {grade.name for grade in submission.grades if grade.needs_manual_grade}
        for cell in nb.cells:
            if (utils.is_grade(cell) or utils.is_task(cell)) and cell.metadata.nbgrader.grade_id in unread:
                cell.metadata.nbgrader["softmark_unread"] = True
        return nb, resources


def _summary_once(notebook: Any, resources: Any) -> Summary:
    """The template asks at every cell."""
    if "softmark" not in resources:
        resources["softmark"] = summary(notebook, resources["nbgrader"])
    made: Summary = resources["softmark"]
    return made


def summary(notebook: Any, about: Any) -> Summary:
    """Of a graded notebook with the gradebook's scores in its cells; `about`: what nbgrader says of the submission."""
    mark = mark_of(notebook)
    exercises = {} if mark is None else {f"{CHECK}{e.name}": e for e in mark.report.exercises if e.checks}
    titles, comments = _headings(notebook.cells), _comments(notebook.cells)
    rows = []
    for cell in notebook.cells:
        if not (utils.is_grade(cell) or utils.is_task(cell)):
            continue
        grade_id = cell.metadata.nbgrader.grade_id
        name = grade_id.removeprefix(CHECK)
        row_of = _exercise_row if grade_id.startswith(CHECK) else _other_row
        rows.append(row_of(cell, exercises.get(grade_id), titles.get(grade_id, name), name in comments))
    to_do = [exercises[row.grade_id] for row in rows if row.grade_id in exercises and row.score < row.points]
    return Summary(
        f"{number(round(float(about['score']), 2))} of {number(round(float(about['max_score']), 2))} points",
        float(about["late_penalty"]),
        rows,
        [row for row in rows if row.grade_id in exercises and row.score >= row.points],
        [_step(exercise) for exercise in to_do[:_MOST_STEPS]],
        # An exercise that a run left out waits for a grade, too, but not for a person's.
        sum(row.word == _UNREAD for row in rows),
    )


def _exercise_row(cell: Any, exercise: ExerciseReport | None, title: str, comment: bool) -> Row:
    mark = cell.metadata.nbgrader
    score, points, name = float(mark.score or 0), float(mark.points or 0), mark.grade_id.removeprefix(CHECK)
    symbol, word = "–", "not graded this time"
    if exercise is not None:
        symbol, word = SYMBOLS[exercise.outcome], _word(exercise)
        if score != scaled_score(exercise, points):
            symbol, word = "•", "by your instructor"
    return Row(mark.grade_id, name, True, score, points, symbol, word, comment)


def _other_row(cell: Any, _: ExerciseReport | None, title: str, comment: bool) -> Row:
    mark = cell.metadata.nbgrader
    unread = "softmark_unread" in mark
    score, points = float(mark.score or 0), float(mark.points or 0)
    symbol, word = ("…", _UNREAD) if unread else ("•", "by your instructor")
    if mark.get("comment") == _NO_RESPONSE:
        symbol, word = SYMBOLS["not_attempted"], "not answered"
    return Row(mark.grade_id, title, False, score, points, symbol, word, comment)


def _word(exercise: ExerciseReport) -> str:
    return {"passed": "right", "failed": "not right"}.get(exercise.outcome, WORDS[exercise.outcome])


def _step(exercise: ExerciseReport) -> Step:
    """What the first check that failed has to say, in the words that students may read."""
    if exercise.outcome == "not_attempted":
        return Step(f"{CHECK}{exercise.name}", exercise.name, ["It is not written yet."])
    failed = [check for check in for_students(exercise) if check.outcome not in ("passed", "skipped")]
    if not failed:
        return Step(f"{CHECK}{exercise.name}", exercise.name, [])
    check = failed[0]
    _, told, diagnosis = check.message.partition(DIAGNOSIS)
    word = "not right" if check.outcome == "failed" else WORDS[check.outcome]
    sentences = [f"{check.title}: {word}.", f"{told.strip()} {diagnosis}" if told else "", check.hint, check.pin]
    return Step(f"{CHECK}{exercise.name}", exercise.name, [sentence for sentence in sentences if sentence])


def _headings(cells: Sequence[Any]) -> dict[str, str]:
    """The last heading before each cell, out of cells that are the course's own."""
    found, heading = {}, ""
    for cell in cells:
        mark = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and utils.is_locked(cell) and not utils.is_solution(cell):
            heading = next(iter(re.findall(r"^#+ +(.+?)[ #]*$", cell.source, re.MULTILINE)[::-1]), heading)
        if heading and "grade_id" in mark:
            found[mark.grade_id] = heading
    return found


def _comments(cells: Sequence[Any]) -> set[str]:
    marks = (cell.metadata.get("nbgrader", {}) for cell in cells)
    return {mark["grade_id"] for mark in marks if mark.get("comment") not in (None, "", _NO_RESPONSE)}
