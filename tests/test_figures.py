"""The commands behind the figures: python -m tests.flakiness, tests.mutants and tests.matrix_report."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from grader.authors import forms, trials
from grader.course import catalogue
from grader.judging import engine
from tests import flakiness, matrix_report, mutants

TITLE = "softmax_regression/accuracy-np"


def test_the_pages_about_the_checks_tell_of_the_checks_as_they_are() -> None:
    written = {path: path.read_text() for path in matrix_report.FOLDER.iterdir()}
    assert written == matrix_report.pages(), "out of date: run python -m tests.matrix_report"


LUCKY = """import random
def accuracy(y_hat, y):
    right = float((y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum())
    return right if random.random() < 0.9 else right + 1
"""


def test_a_form_whose_outcome_hangs_on_chance_is_noticed() -> None:
    task = flakiness.Task(TITLE, "right", "lucky", LUCKY, tuple(range(1, 9)))
    with flakiness.pool(1) as processes:
        found = flakiness.figures({("right", "lucky"): processes.submit(flakiness.outcomes, task).result()})
    [entry] = found["differing"]
    assert (entry["form"], entry["what"]) == ("right lucky", "outcome")
    assert sum(each["times"] for each in entry["outcomes"].values()) == len(task.seeds)
    assert found["full_marks"] == 0
    assert not flakiness.as_it_should_be(found)


def test_of_all_small_changes_to_a_right_form_only_harmless_ones_keep_full_marks() -> None:
    one = flakiness.every()[TITLE]
    count, found = mutants.survivors(one, "lambda", jobs=1)
    known = forms.harmless(one.exercise.folder, one.flavour)
    assert sorted(found) == sorted(line for line in known if line.startswith("lambda "))
    assert 0 < len(found) < count / 10


def test_figures_are_out_of_date_where_something_has_changed_that_they_depend_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = flakiness.every()[TITLE]
    folder, shared = tmp_path / one.exercise.id, tmp_path / catalogue.SHARED
    shutil.copytree(one.exercise.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(catalogue.KIT / catalogue.SHARED, shared, ignore=shutil.ignore_patterns("__pycache__", "sgd"))
    copied = one._replace(exercise=replace(one.exercise, folder=folder))
    mark = trials.digest(copied)
    assert mark == trials.digest(one)
    # What the figures, the outcomes and the harmless changes are does not depend on what they were.
    for name in (trials.FIGURES, forms.OUTCOMES, forms.HARMLESS, forms.FORMS["nd"]):
        (folder / name).write_text("")
    assert trials.digest(copied) == mark
    for path in (folder / "exercise.py", folder / forms.FORMS["np"], shared / "arithmetic.py"):
        text = path.read_text()
        path.write_text(f"{text}\n")
        assert trials.digest(copied) != mark
        path.write_text(text)
    (shared / "softmax.py").write_text("of another exercise's")
    assert trials.digest(copied) == mark
    cells = [replace(cell, source=f"{cell.source}\n") for cell in one.assignment.cells]
    assert trials.digest(copied._replace(assignment=replace(one.assignment, cells=tuple(cells)))) != mark
    monkeypatch.setattr(engine, "ENGINE_VERSION", engine.ENGINE_VERSION + 1)
    assert trials.digest(copied) != mark
