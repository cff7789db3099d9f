"""The targets are the calibrated ones: benchmarks/calibrate_target.py and its committed output."""

from __future__ import annotations

import json

import pytest

from benchmarks.calibrate_target import MISS, RESULTS, runs_on, tail_fit, target_for
from grader.data import fashion_mnist
from grader.exercises.softmax_regression.train.exercise import NUM_EPOCHS, TARGETS


@pytest.mark.parametrize(("size", "flavour"), sorted(TARGETS))
def test_a_target_is_what_the_calibration_says(size: str, flavour: str) -> None:
    found = json.loads(RESULTS.read_text())[f"{size}/{NUM_EPOCHS[flavour]}"]
    assert TARGETS[size, flavour] == found["target"] == target_for(found["accuracies"])
    assert len(found["accuracies"]) >= 100


@pytest.mark.parametrize("key", ["full/5", "full/10", "few/5", "few/10", "embedded/5", "embedded/10"])
def test_no_run_of_correct_code_came_near_its_target(key: str) -> None:
    found = json.loads(RESULTS.read_text())[key]
    _, mean = tail_fit(found["accuracies"])
    # Between the worst run seen and the target lie several times the mean depth of the tail.
    assert min(found["accuracies"]) - found["target"] > 3 * mean
    assert MISS <= 1e-6


def test_the_calibration_can_be_repeated() -> None:
    found = json.loads(RESULTS.read_text())["embedded/5"]
    again = runs_on(fashion_mnist.embedded(), None, range(2))[5]
    # Another processor may round otherwise, which moves single images across a border.
    assert again == pytest.approx(found["accuracies"][:2], abs=0.01)
