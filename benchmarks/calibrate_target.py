"""How accurate is correct code? Calibrates the target of the full training run (`TARGETS` of the exercise `train`).

Trains the reference over many seeds (initial parameters and order of the examples) on the full Fashion-MNIST, on the
few images that slow code gets, and on the embedded set, with the book's hyper-parameters. The last steps scatter the
test accuracy, and more so downwards: a normal distribution does not fit. What lies below the lowest fifth does fit an
exponential (peaks over threshold, Pickands 1975), so the target is where that fit has a probability of 1e-6, with its
mean at the upper end of its 99 % confidence interval, rounded down to a hundredth. The parameters begin as in the book,
in the check at zero: with the same order of the examples that was a difference of 0.001 at the most.

    python -m benchmarks.calibrate_target [runs]    # writes benchmarks/results/calibrate_target.json
"""

from __future__ import annotations

import json
import math
import random
import statistics
import sys
from pathlib import Path

import numpy

from grader.data import fashion_mnist
from grader.exercises.shared.full_run import INPUTS, accuracy_on_test_images
from grader.exercises.softmax_regression.train.exercise import BATCH_SIZE, FEW, LR, NUM_EPOCHS

RESULTS = Path(__file__).parent / "results" / "calibrate_target.json"
MISS = 1e-6
TAIL = 0.2
_Z99 = 2.3263


def tail_fit(values: list[float]) -> tuple[float, float]:
    """Where the lowest fifth begins, and by how much its values lie below that on average (upper 99 % limit)."""
    lowest = sorted(values)[: math.ceil(TAIL * len(values)) + 1]
    threshold = lowest.pop()
    mean = statistics.fmean(threshold - value for value in lowest)
    return threshold, mean * (1 + _Z99 / math.sqrt(len(lowest)))


def target_for(values: list[float]) -> float:
    """Where the fitted tail has `MISS` of the whole distribution's mass below, rounded down to a hundredth."""
    threshold, mean = tail_fit(values)
    return math.floor((threshold - mean * math.log(TAIL / MISS)) * 100) / 100


def runs_on(data: fashion_mnist.FashionMNIST, first: int | None, seeds: range) -> dict[int, list[float]]:
    """Test accuracy after each number of epochs that a flavour asks for, by seed; trained on the `first` images."""
    import mxnet
    from mxnet import np, npx

    from reference.np import softmax_regression as reference

    npx.set_np()
    images = data.train_images.reshape(len(data.train_images), INPUTS)[:first]
    features = np.array(images, dtype="float32") / 255
    labels = np.array(data.train_labels[:first], dtype="int32")
    stops = sorted(set(NUM_EPOCHS.values()))
    reached: dict[int, list[float]] = {stop: [] for stop in stops}
    for seed in seeds:
        random.seed(seed)
        numpy.random.seed(seed)
        mxnet.random.seed(seed)
        for param, fresh in zip((reference.W, reference.b), reference.init_params(), strict=True):
            param[:] = fresh
        done = 0
        for stop in stops:
            reference.train(reference.net, [reference.W, reference.b], features, labels, stop - done, LR, BATCH_SIZE)
            done = stop
            accuracy = accuracy_on_test_images(data, reference.W.asnumpy(), reference.b.asnumpy())
            reached[stop].append(round(accuracy, 4))
    return reached


def main(runs: int = 120) -> None:
    table = {}
    full = fashion_mnist.load()
    if not full.full:
        sys.exit("calibrate_target needs the full Fashion-MNIST: apt-get install dataset-fashion-mnist")
    print("data       epochs  runs     min  median    max    s.d.  tail mean  target")
    for name, data, first in (("full", full, None), ("few", full, FEW), ("embedded", fashion_mnist.embedded(), None)):
        for epochs, values in runs_on(data, first, range(runs)).items():
            target = target_for(values)
            table[f"{name}/{epochs}"] = {"target": target, "accuracies": values}
            low, middle, high = min(values), statistics.median(values), max(values)
            print(f"{name:10} {epochs:6} {len(values):5}  {low:.4f}  {middle:.4f} {high:.4f}  "
                  f"{statistics.stdev(values):.4f}     {tail_fit(values)[1]:.4f}    {target:.2f}",
                  flush=True)  # fmt: skip
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
