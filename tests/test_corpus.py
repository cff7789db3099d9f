"""Every right form passes, every wrong one fails for its own reason: the variants in tests/corpus, in real slots.

tests/corpus/outcomes.txt says for each wrong form which checks it fails, and with which diagnosis. After a change that
is meant to alter it, ``python -m tests.test_corpus`` writes it anew: read the difference before you commit it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from grader.authors import catalogue
from grader.checking.authoring import Exercise, load
from grader.course.course import find_course
from grader.data import fashion_mnist
from grader.judging.judge import Job, Options, grade
from grader.judging.report import ExerciseReport, SubmissionReport
from grader.sandbox.launch import SlotOptions, find_confinement
from grader.sandbox.slot import Slot
from tests import notebooks

OUTCOMES = notebooks.ROOT / catalogue.OUTCOMES
# Beyond the exercise's own time: a machine that is busy must not pass for an answer.
PATIENCE = 10
# Takes most of the time of `train`; tests/flakiness.py makes it with every form.
FULL_RUN = "reaches_the_target"
GROUPS = [(flavour, exercise) for flavour in ("np", "nd") for exercise in notebooks.EXERCISES]


def module_of(exercise: Exercise) -> Any:
    return sys.modules[f"grader.exercises.{exercise.name}"]


def describe(report: ExerciseReport) -> str:
    """The checks that were not passed, each with its outcome, unless that is "failed", and its diagnosis."""
    words = []
    for check in report.checks:
        if check.outcome not in ("passed", "skipped"):
            outcome = "" if check.outcome == "failed" else f"({check.outcome})"
            words.append(f"{check.name}{outcome}" + (f"={check.misconception}" if check.misconception else ""))
    return " ".join(words)


def outcomes() -> dict[str, str]:
    """What outcomes.txt says each wrong form fails, by "flavour exercise name"."""
    return dict(line.split(": ", 1) for line in OUTCOMES.read_text().splitlines())


def variants(
    flavour: str, exercise: str, slot: Slot, data: fashion_mnist.FashionMNIST, folder: Path,
    without_full_run: Container[str] = (),
) -> Iterator[tuple[str, str, ExerciseReport]]:  # fmt: skip
    """Grade every variant of an exercise: its kind ("right" or "wrong"), its name, the report."""
    course, module = find_course(notebooks.ROOT), module_of(load(exercise))
    options = Options(seed=1, only=(exercise,), timeout=PATIENCE * load(exercise).budget.seconds)
    for kind, name, code in notebooks.corpus(flavour, exercise):
        path = notebooks.write(notebooks.with_cells(flavour, **{exercise: code}), folder / "submission.ipynb")
        with pytest.MonkeyPatch.context() as patch:
            if name in without_full_run:
                patch.delattr(module, FULL_RUN)
            report = grade(Job(path, name), course, slot, data, options).report
        assert isinstance(report, SubmissionReport), report
        yield kind, name, report.exercises[0]


@pytest.mark.parametrize(("flavour", "exercise"), GROUPS)
def test_every_form_gets_what_it_deserves(
    flavour: str, exercise: str, small_slot: Slot, small_data: fashion_mnist.FashionMNIST, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("SOFTMARK_DATA_FASHION_MNIST", os.fspath(small_data.directory))
    group = f"{flavour} {exercise} "
    expected = {key.removeprefix(group): failed for key, failed in outcomes().items() if key.startswith(group)}
    # Of the wrong forms of train that fail otherwise too, every fourth makes the full run.
    failing_otherwise = [name for name, failed in expected.items() if exercise == "train" and _otherwise(failed)]
    shortened = set(failing_otherwise) - set(failing_otherwise[::4])
    expected |= {name: _otherwise(expected[name]) for name in shortened}
    accused, differing, seen = [], [], set()
    for kind, name, report in variants(flavour, exercise, small_slot, small_data, tmp_path, shortened):
        seen.add(name)
        if kind == "right" and report.score != report.max_score:
            accused.append((name, describe(report)))
        if kind == "wrong" and describe(report) != expected.get(name):
            differing.append((name, describe(report), expected.get(name)))
    assert not accused, "right forms that lost points"
    assert not differing, "wrong forms with other failures than tests/corpus/outcomes.txt says"
    assert set(expected) <= seen, "outcomes.txt names variants that do not exist"


def _otherwise(failed: str) -> str:
    """What fails apart from the full run."""
    return " ".join(word for word in failed.split() if not word.startswith(FULL_RUN))


def test_no_wrong_form_gets_full_marks() -> None:
    wrong = [
        f"{flavour} {exercise} {name}"
        for flavour, exercise in GROUPS
        for kind, name, _ in notebooks.corpus(flavour, exercise)
        if kind == "wrong"
    ]
    assert sorted(key for key, failed in outcomes().items() if failed) == sorted(wrong)


@pytest.mark.parametrize(("flavour", "exercise"), GROUPS)
def test_a_wrong_form_gets_the_diagnosis_that_it_stands_for(flavour: str, exercise: str) -> None:
    """What students read is what the form's header names, in this order, and nothing else at any check."""
    given = {
        key: list(dict.fromkeys(word.split("=", 1)[1] for word in failed.split() if "=" in word))
        for key, failed in outcomes().items()
    }
    meant = notebooks.meant(flavour, exercise)
    wrong = [name for kind, name, _ in notebooks.corpus(flavour, exercise) if kind == "wrong"]
    assert {name: given[f"{flavour} {exercise} {name}"] for name in wrong} == {n: meant.get(n, []) for n in wrong}


def write_outcomes() -> None:
    data = fashion_mnist.embedded()
    os.environ["SOFTMARK_DATA_FASHION_MNIST"] = os.fspath(data.directory)
    slot = Slot(SlotOptions("cpu", data.directory), find_confinement())
    lines = []
    with TemporaryDirectory() as folder:
        for flavour, exercise in GROUPS:
            found = variants(flavour, exercise, slot, data, Path(folder))
            lines += [f"{flavour} {exercise} {name}: {describe(r)}\n" for kind, name, r in found if kind == "wrong"]
    slot.close()
    OUTCOMES.write_text("".join(lines))


if __name__ == "__main__":
    write_outcomes()
