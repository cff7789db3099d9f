"""What does right training reach? Calibrates both targets, by accuracy and by loss, of the full run of
`softmax_regression_concise/train`, and shows why that run has whole batches.

The run trains on as many images as make whole batches, so that dividing a smaller last batch by `batch_size` or by its
own size, which are both right, is the same. The orders of the examples are random; W and b begin at zero, as in the
check. For each size of data, after as many epochs as each flavour has: the accuracy on the test images and the mean
loss on the training images of the final parameters, over many orders; and the targets, where the fitted tail (see
benchmarks/calibrate_target.py) leaves a probability of 1e-6. The same for all 60,000 images, whose last batch has 96,
with both rules: the smaller batch divided by its own size is what scatters.

    python -m benchmarks.calibrate_full_run [runs]    # writes benchmarks/results/calibrate_full_run.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

import numpy

from benchmarks.calibrate_target import target_for
from grader.data import fashion_mnist
from grader.exercises.shared.full_run import (
    BATCH_SIZE,
    LR,
    accuracy_on_test_images,
    descend,
    loss_on_training_images,
    whole_batches,
)
from grader.exercises.softmax_regression_concise.train.target import FEW, NUM_EPOCHS

RESULTS = Path(__file__).parent / "results" / "calibrate_full_run.json"


class Size(NamedTuple):
    """Some of the images; `own_size`: a smaller last batch is divided by what it holds. `part` of the runs are made."""

    data: fashion_mnist.FashionMNIST
    first: int
    own_size: bool = False
    part: float = 1.0


def targets_for(reached: dict[str, list[float]]) -> tuple[float, float]:
    """The least accuracy and the largest loss."""
    return target_for(reached["accuracies"]), -target_for([-loss for loss in reached["losses"]])


def runs_on(size: Size, seeds: range) -> dict[int, dict[str, list[float]]]:
    """Accuracies and losses after each number of epochs that a flavour asks for, by seed."""
    stops = sorted(set(NUM_EPOCHS.values()))
    found: dict[int, dict[str, list[float]]] = {stop: {"accuracies": [], "losses": []} for stop in stops}
    data, first = size.data, size.first
    for seed in seeds:
        rng = numpy.random.default_rng(seed)
        epochs = descend(data, first, stops[-1], LR, BATCH_SIZE, rng, size.own_size)
        for epoch, (W, b) in enumerate(epochs, 1):
            if epoch in stops:
                found[epoch]["accuracies"].append(round(accuracy_on_test_images(data, W, b), 4))
                found[epoch]["losses"].append(round(loss_on_training_images(data, first, W, b), 5))
    return found


def main(runs: int = 120) -> None:
    full, embedded = fashion_mnist.load(), fashion_mnist.embedded()
    if not full.full:
        sys.exit("calibrate_full_run needs the full Fashion-MNIST: apt-get install dataset-fashion-mnist")
    sizes = {
        "embedded": Size(embedded, whole_batches(len(embedded.train_labels))),
        "few": Size(full, FEW),
        "full": Size(full, whole_batches(len(full.train_labels))),
        "all, ÷ batch_size": Size(full, len(full.train_labels), part=0.25),
        "all, ÷ own size": Size(full, len(full.train_labels), own_size=True, part=0.25),
    }
    table = {}
    print("data               epochs  runs  accuracy                   loss")
    print("                                    min     max  target        min     max  target")
    for name, size in sizes.items():
        for epochs, reached in runs_on(size, range(1, 1 + round(runs * size.part))).items():
            accuracy, loss = targets_for(reached)
            table[f"{name}/{epochs}"] = {"accuracy": accuracy, "loss": loss, "reached": reached}
            words = [f"{min(values):.4f}  {max(values):.4f}    {target:.2f}"
                     for values, target in zip(reached.values(), (accuracy, loss), strict=True)]  # fmt: skip
            print(f"{name:18} {epochs:6} {len(reached['losses']):5}   {'     '.join(words)}", flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
