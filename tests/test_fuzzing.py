"""A small, always equal part of the fuzzing; `python -m tests.fuzz` is the whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from grader.authors import answers
from grader.course import catalogue
from grader.judging.session import Shown
from tests import fuzz_answers, fuzz_notebooks
from tests.fuzz import timed

few = settings(max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


@few
@given(data=fuzz_notebooks.notebook_files(), shown=fuzz_notebooks.shows, verdict=fuzz_notebooks.verdicts)
def test_a_notebook_of_any_kind_is_refused_or_becomes_a_valid_graded_one(
    folder: Path, data: bytes, shown: Shown, verdict: tuple[str, str]
) -> None:
    timed(fuzz_notebooks.grade_on_paper, folder, data, shown, verdict)


@few
@given(bodies=fuzz_answers.frame_bodies())
def test_a_frame_of_any_kind_is_read_or_refused(bodies: list[bytes]) -> None:
    for body in bodies:
        timed(fuzz_answers.decode, body)


@pytest.mark.usefixtures("opened")
@few
@given(case=fuzz_answers.exercise_cases)
def test_no_answer_of_a_slot_breaks_a_check(case: tuple[int, str, str]) -> None:
    """A check that broke would leave its points to whoever broke it."""
    timed(fuzz_answers.judge, *case)


def test_answers_that_break_a_check_or_earn_too_much_are_told(tmp_path: Path) -> None:
    """In the words of `grader validate`."""
    folder = tmp_path / "exercises" / "sums" / "total"
    folder.mkdir(parents=True)
    (folder / "exercise.py").write_text(CARELESS)
    told = list(answers.problems(catalogue.load(folder), "np"))
    broken = [sentence for sentence in told if "the check reads_blindly breaks on this answer: " in sentence]
    rich = [sentence for sentence in told if "earns 1 points: " in sentence]
    assert len(broken) + len(rich) == len(told)
    assert any("answer: None (AttributeError: " in sentence for sentence in broken)
    assert not any("answer: zeros (" in sentence for sentence in broken)
    assert any("earns 1 points: 0. Half a point is the most" in sentence for sentence in rich)


CARELESS = """
from grader.checking import Exercise, check, expect

EXERCISE = Exercise("total(X)", "2.1")


@check(points=1, hint="Add.")
def is_a_number(student, rng):
    "the sum is a number"
    expect(student.total(rng.normal(size=3))).numbers()


@check(points=1, hint="Add.")
def reads_blindly(student, rng):
    "the sum has a shape"
    assert student.total(rng.normal(size=3)).array.shape is not None
    expect(student.total(rng.normal(size=3))).close_to(7.0)
"""


SOURCES = {
    "empty lines": "\n" * 500_000, "blank lines": " \n" * 400_000 + "def softmax", "many lines": "x = 1\n" * 100_000,
    "a nul": "\0", "many signs": "-" * 500_000 + "1",
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_no_source_keeps_the_judge_busy(folder: Path, source: str) -> None:
    cell = {"cell_type": "code", "metadata": {"tags": ["demo"]}, "source": source, "outputs": []}
    data = json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell]}).encode()
    assert timed(fuzz_notebooks.grade_on_paper, folder, data, Shown(), ("passed", "")) == "graded"
