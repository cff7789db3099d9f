"""The targets are the calibrated ones: benchmarks/calibrate_target.py, calibrate_full_run.py and their committed
output."""

from __future__ import annotations

import json
import statistics

import pytest

from benchmarks import calibrate_full_run
from benchmarks.calibrate_target import MISS, RESULTS, runs_on, tail_fit, target_for
from grader.data import fashion_mnist
from grader.exercises.shared.full_run import whole_batches
from grader.exercises.softmax_regression.train.exercise import NUM_EPOCHS, TARGETS
from grader.exercises.softmax_regression_concise.train import target as full_run


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


@pytest.mark.parametrize(("size", "flavour"), sorted(full_run.TARGETS))
def test_the_targets_of_the_run_with_a_trainer_are_what_their_calibration_says(size: str, flavour: str) -> None:
    found = json.loads(calibrate_full_run.RESULTS.read_text())[f"{size}/{full_run.NUM_EPOCHS[flavour]}"]
    accuracy, loss = full_run.TARGETS[size, flavour]
    assert (accuracy, loss) == (found["accuracy"], found["loss"]) == calibrate_full_run.targets_for(found["reached"])
    accuracies, losses = found["reached"]["accuracies"], found["reached"]["losses"]
    assert len(accuracies) == len(losses) >= 100
    assert min(accuracies) - accuracy > 3 * tail_fit(accuracies)[1]
    assert loss - max(losses) > 3 * tail_fit([-value for value in losses])[1]


def test_the_run_with_a_trainer_can_be_repeated() -> None:
    found = json.loads(calibrate_full_run.RESULTS.read_text())["embedded/5"]["reached"]
    embedded = fashion_mnist.embedded()
    size = calibrate_full_run.Size(embedded, whole_batches(len(embedded.train_labels)))
    again = calibrate_full_run.runs_on(size, range(1, 2))[5]
    assert again["accuracies"] == pytest.approx(found["accuracies"][:1], abs=0.01)
    assert again["losses"] == pytest.approx(found["losses"][:1], abs=0.005)


def test_whole_batches_scatter_less_than_a_small_last_one_does() -> None:
    table = json.loads(calibrate_full_run.RESULTS.read_text())
    spread = {name: statistics.stdev(table[f"{name}/5"]["reached"]["losses"]) for name in ("full", "all, ÷ own size")}
    assert spread["full"] < spread["all, ÷ own size"]
