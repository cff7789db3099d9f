"""A small, always equal part of the fuzzing; `python -m tests.fuzz` is the whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

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


@few
@given(case=fuzz_answers.exercise_cases)
def test_no_answer_of_a_slot_breaks_a_check(case: tuple[int, str, str]) -> None:
    """A check that broke would leave its points to whoever broke it."""
    timed(fuzz_answers.judge, *case)


SOURCES = {
    "empty lines": "\n" * 500_000, "blank lines": " \n" * 400_000 + "def softmax", "many lines": "x = 1\n" * 100_000,
    "a nul": "\0", "many signs": "-" * 500_000 + "1",
}  # fmt: skip


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_no_source_keeps_the_judge_busy(folder: Path, source: str) -> None:
    cell = {"cell_type": "code", "metadata": {"tags": ["demo"]}, "source": source, "outputs": []}
    data = json.dumps({"nbformat": 4, "metadata": {}, "cells": [cell]}).encode()
    assert timed(fuzz_notebooks.grade_on_paper, folder, data, Shown(), ("passed", "")) == "graded"
