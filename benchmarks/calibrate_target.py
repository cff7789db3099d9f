"""How accurate is correct code? Calibrates the target of the full training run (`grader.exercises.train.TARGETS`).

Trains the reference over many seeds (initial parameters and order of the examples) on the full and on the embedded
Fashion-MNIST, with the book's hyper-parameters, and fits a normal distribution to the test accuracy. The target is
where a correct run falls below with probability 1e-6, with the spread at the upper end of its 99 % confidence
interval, rounded down to a thousandth.

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

from grader import fashion_mnist
from grader.exercises.train import BATCH_SIZE, INPUTS, LR, NUM_EPOCHS, accuracy_on_test_images

RESULTS = Path(__file__).parent / "results" / "calibrate_target.json"
MISS = 1e-6
# Upper 99 % confidence limit of a standard deviation from n values: s * sqrt((n - 1) / chi2(0.01, n - 1)), with
# Wilson and Hilferty's approximation of the quantile.
_Z01 = -2.3263


def upper_spread(values: list[float]) -> float:
    """The standard deviation at the upper end of its 99 % confidence interval."""
    df = len(values) - 1
    quantile = df * (1 - 2 / (9 * df) + _Z01 * math.sqrt(2 / (9 * df))) ** 3
    return statistics.stdev(values) * math.sqrt(df / quantile)


def target_for(values: list[float]) -> float:
    """Where the fitted distribution has `MISS` of its mass below, rounded down."""
    z = statistics.NormalDist().inv_cdf(1 - MISS)
    return math.floor((statistics.fmean(values) - z * upper_spread(values)) * 1000) / 1000


def runs_on(data: fashion_mnist.FashionMNIST, seeds: range) -> dict[int, list[float]]:
    """Test accuracy after each number of epochs that a flavour asks for, by seed."""
    import mxnet
    from mxnet import np, npx

    from reference.np import softmax_regression as reference

    npx.set_np()
    images = data.train_images.reshape(len(data.train_images), INPUTS)
    features = np.array(images, dtype="float32") / 255
    labels = np.array(data.train_labels, dtype="int32")
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
    print("data       epochs  runs    min  median    max    s.d.  target")
    for name, data in (("full", full), ("embedded", fashion_mnist.embedded())):
        for epochs, values in runs_on(data, range(runs)).items():
            target = target_for(values)
            table[f"{name}/{epochs}"] = {"target": target, "accuracies": values}
            low, middle, high = min(values), statistics.median(values), max(values)
            print(f"{name:10} {epochs:6} {len(values):5}  {low:.4f}  {middle:.4f} {high:.4f}  "
                  f"{statistics.stdev(values):.4f}   {target:.3f}", flush=True)  # fmt: skip
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(table, indent=1) + "\n")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
