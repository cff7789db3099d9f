"""Notebook files of every kind that nobody would think of, and what must hold of each: `grade_on_paper`."""

from __future__ import annotations

import copy
import functools
import json
from pathlib import Path
from typing import Any

import nbformat
from hypothesis import strategies as st
from nbgrader.utils import determine_grade, is_grade

from grader.checking.authoring import Exercise
from grader.checking.outcomes import CheckReport
from grader.course.course import Course, find_course
from grader.course.notebook import Refused, read_notebook
from grader.judging.graded import graded_notebook, mark_of
from grader.judging.report import ExerciseReport, SubmissionReport
from grader.judging.session import Session, Shown
from grader.judging.submission import assignment_named_in, restore
from grader.sandbox import wire
from tests.notebooks import SMALL

words = st.text(max_size=12)
# JSON has half characters, and so has Python; files and frames do not.
odd_words = st.sampled_from(["", "\ud800", "\0", "\x1b[31m", "\u202e", "Infinity", "__proto__", "é" * 99, "x" * 70_000])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | words | odd_words
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=8
)
sources = st.sampled_from([
    "\0", "\n" * 100_000, "def sigmoid\n" * 500, "(" * 5_000, "-" * 20_000 + "1", "x" * ((1 << 20) + 1), "%%html\n<b>",
    "a = lambda: 0\n" * 500, "\ud83d", "async " * 9_999, "sigmoid" + " " * 99_999, "🦆 = 1", "\t\r\f\v\n", "!ls", "?",
    "class " * 9_999, " \n" * 50_000 + "def sigmoid", "w\u0308 = b", "\u2028def neuron", "x = 1; " * 10_000,
])  # fmt: skip
KEYS = ("cell_type", "metadata", "source", "outputs", "id", "attachments", "execution_count", "nbgrader", "tags",
        "name",
        "grade_id", "points", "solution", "locked", "schema_version", "cells", "nbformat", "nbformat_minor",
        "kernelspec", "softmark", "assignment", "language_info", "text/plain", "graded")  # fmt: skip
KINDS = ("code", "markdown", "raw", "heading", "", "Code")


@functools.cache
def course() -> Course:
    return find_course(SMALL.root)


@functools.cache
def _plain(name: str, kind: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((SMALL.root / kind / name / f"{name}.ipynb").read_bytes())
    return read


@functools.cache
def grade_ids() -> tuple[str, ...]:
    return tuple(cell.grade_id for name in SMALL.names.values() for cell in course().assignment(name).cells)


@st.composite
def notebook_files(draw: st.DrawFn) -> bytes:
    """A file that was one of the course's notebooks, before some parts of it were changed."""
    name = draw(st.sampled_from(sorted(SMALL.names.values())))
    notebook = copy.deepcopy(_plain(name, draw(st.sampled_from(["assignments", "solutions"]))))
    for _ in range(draw(st.integers(1, 5))):
        draw(st.sampled_from([_spoil, _change_cell, _change_cell, _add_cell, _shuffle, _nest]))(draw, notebook)
    text = json.dumps(notebook, ensure_ascii=draw(st.booleans()))
    if draw(st.integers(0, 9)) == 0:
        text = _twice(draw, text)
    data = text.encode("utf-8", draw(st.sampled_from(["replace", "surrogatepass"])))
    return _damaged(draw, data) if draw(st.integers(0, 7)) == 0 else data


def _spoil(draw: st.DrawFn, notebook: Any) -> None:
    """Put something else in the place of some part, or take the part out."""
    here: Any = notebook
    if not here:
        return
    for steps_left in reversed(range(draw(st.sampled_from([1, 3, 4, 4, 5, 5])))):
        key = draw(st.sampled_from(sorted(here)) if isinstance(here, dict) else st.integers(0, len(here) - 1))
        if steps_left == 0 or not isinstance(here[key], (dict, list)) or not here[key]:
            break
        here = here[key]
    if draw(st.booleans()):
        here[key] = draw(anything | sources)
    else:
        del here[key]
    if isinstance(here, dict) and draw(st.booleans()):
        here[draw(st.sampled_from(KEYS) | words)] = draw(anything)


def _cells(notebook: Any) -> list[Any]:
    cells = notebook.get("cells")
    return cells if isinstance(cells, list) else []


def _change_cell(draw: st.DrawFn, notebook: Any) -> None:
    cells = [cell for cell in _cells(notebook) if isinstance(cell, dict)]
    if not cells:
        return
    cell = draw(st.sampled_from(cells))
    change = draw(
        st.sampled_from(["source", "cell_type", "grade_id", "id", "tags", "attachments", "outputs", "metadata"])
    )
    values: dict[str, st.SearchStrategy[Any]] = {
        "source": sources | words | st.lists(words, max_size=4), "cell_type": st.sampled_from(KINDS),
        "id": st.sampled_from(grade_ids()) | words | odd_words, "metadata": anything, "outputs": anything,
        "attachments": st.dictionaries(words, st.dictionaries(st.sampled_from(
            ["image/png", "image/svg+xml", "text/html"]), anything, max_size=2) | anything, max_size=2),
    }  # fmt: skip
    if change in values:
        cell[change] = draw(values[change])
    elif isinstance(cell.get("metadata"), dict):
        if change == "tags":
            cell["metadata"]["tags"] = draw(st.just(["demo"]) | anything)
        else:
            cell["metadata"]["nbgrader"] = {"grade_id": draw(st.sampled_from(grade_ids()) | anything), "grade": True,
                                            "points": draw(anything), "solution": draw(st.booleans())}  # fmt: skip


def _add_cell(draw: st.DrawFn, notebook: Any) -> None:
    cells = _cells(notebook)
    new = {"cell_type": draw(st.sampled_from(KINDS)), "metadata": {"tags": draw(st.just(["demo"]) | anything)},
           "source": draw(sources | words), "id": draw(st.sampled_from(grade_ids()) | words)}  # fmt: skip
    copied = draw(st.sampled_from([new, *cells]))
    cells.insert(draw(st.integers(0, len(cells))), copied)


def _shuffle(draw: st.DrawFn, notebook: Any) -> None:
    cells = _cells(notebook)
    first, last = sorted((draw(st.integers(0, len(cells))), draw(st.integers(0, len(cells)))))
    instead: list[list[Any]] = [[], cells[first:last][::-1], cells[first:last] * 2]
    cells[first:last] = draw(st.sampled_from(instead))


def _nest(draw: st.DrawFn, notebook: Any) -> None:
    deep: Any = draw(scalars)
    for _ in range(draw(st.sampled_from([3, 100, 500]))):
        deep = [deep]
    notebook[draw(st.sampled_from(KEYS))] = deep


def _twice(draw: st.DrawFn, text: str) -> str:
    """Some key given twice."""
    key = draw(st.sampled_from([k for k in KEYS if f'"{k}": ' in text] or ["cells"]))
    return text.replace(f'"{key}": ', f'"{key}": {draw(st.sampled_from(["0", "[]", "{}", "[" * 3_000]))}, "{key}": ', 1)


def _damaged(draw: st.DrawFn, data: bytes) -> bytes:
    place = draw(st.integers(0, len(data)))
    kind = draw(st.sampled_from(["cut", "bytes", "front", "nul", "utf-16", "deep", "number"]))
    return {
        "cut": data[:place], "bytes": data[:place] + draw(st.binary(max_size=9)) + data[place + 3 :],
        "front": data[place:], "nul": data[:place] + b"\0" * 50,
        "utf-16": data.decode(errors="replace").encode("utf-16"),
        "deep": b'{"nbformat": 4, "cells": ' + b"[" * 100_000, "number": b'{"nbformat": ' + b"9" * 5_000 + b"}",
    }[kind]  # fmt: skip


def grade_on_paper(folder: Path, data: bytes, shown: Shown, verdict: tuple[str, str]) -> str:
    """Read the file and write its graded notebook, with some verdict on each exercise; nothing is run.

    Returns "refused" or "graded".
    """
    path = folder / "submission.ipynb"
    path.write_bytes(data)
    try:
        read, _ = read_notebook(path)
    except Refused as refusal:
        said = str(refusal)
        assert "Traceback" not in said, said
        assert len(said) < 1_000, said
        json.dumps(said).encode()
        return "refused"
    named = assignment_named_in(read)
    assignment = course().assignment(named if named in course().assignment_names else SMALL["np"])
    submission = restore(read, assignment)
    assert len(submission.digest) == 64
    # Nothing here reaches for the slot.
    session = Session(None, submission, 1)  # type: ignore[arg-type]
    for name in assignment.exercises:
        assert session.explain_missing(name).isprintable()
    for cell in submission.cells:
        assert cell.assigns is not None
    exercises = [_verdict_on(assignment.exercise(name), *verdict) for name in assignment.exercises]
    report = SubmissionReport(
        assignment.name, "submission.ipynb", None, 1, "cpu(0)", "none", [], submission.notes,
        sum(e.score for e in exercises), sum(e.max_score for e in exercises), 0.1, exercises,
    )  # fmt: skip
    every = {place: shown for place, cell in enumerate(submission.notebook) if cell["cell_type"] == "code"}
    _check_graded(graded_notebook(submission, report, every, "0" * 64), report)
    return "graded"


def _verdict_on(exercise: Exercise, outcome: Any, message: str) -> ExerciseReport:
    checks = exercise.checks
    return ExerciseReport.of(
        exercise.name, [CheckReport(c.name, c.title, outcome, c.hidden, c.points, message, c.hint) for c in checks]
    )


def _check_graded(graded: dict[str, Any], report: SubmissionReport) -> None:
    """What nbgrader gets is a valid notebook, text through and through, with the report's scores."""
    mark = mark_of(json.loads(json.dumps(graded, allow_nan=False)))
    assert mark is not None
    assert mark.report == report
    notebook: Any = nbformat.from_dict(copy.deepcopy(graded))  # type: ignore[no-untyped-call]
    nbformat.validate(notebook, relax_add_props=False)
    nbformat.writes(notebook).encode()  # type: ignore[no-untyped-call]
    scores = {cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in notebook.cells
              if cell.cell_type == "code" and is_grade(cell)}  # fmt: skip
    assert scores == {f"check-{e.name}": e.score for e in report.exercises}


# -- what a graded notebook may have to show

outcomes = st.sampled_from(["passed", "failed", "crashed", "error"])
shows = st.builds(
    Shown, st.lists(st.builds(wire.Output, st.sampled_from(["stdout", "stderr", "result", "display"]),
                              st.text(max_size=9),
                              st.binary(max_size=9).map(lambda end: b"\x89PNG\r\n\x1a\n" + end)), max_size=2),
    st.none() | st.builds(wire.Failure, st.text(max_size=9), st.text(max_size=9), st.just(""), st.text(max_size=9)),
    st.text(max_size=9).map(wire.plain),
)  # fmt: skip
verdicts = st.tuples(outcomes, st.text(max_size=30).map(wire.plain))
