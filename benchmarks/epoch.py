"""How fast does the reference train? One epoch of each of its training loops, on one core.

Against the book's own way to write the same (benchmarks/_seeds_way.py) and against plain NumPy in float32: same
batches, gradients by hand, same numbers per epoch. Linear regression has 1,000 examples in batches of 10, softmax
regression the 60,000 of Fashion-MNIST in batches of 256. Rounds are interleaved; the best epoch of each counts.

    python -m benchmarks.epoch    # some minutes
"""

from __future__ import annotations

import functools
import importlib
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy
from rich.table import Table

from benchmarks import _seeds_way
from benchmarks._common import ALL_CORES, one_core, publish, use_cores
from grader.data import fashion_mnist

BATCH_SIZE, LR = 256, 0.1
FEW, SLOW = 10, 0.03  # batch size and learning rate of linear regression
ROUNDS = 4
IN_A_ROW = 3  # per round; one for what a DataLoader feeds, which takes ten times as long

Numbers = numpy.ndarray[Any, Any]


@dataclass(frozen=True)
class Epoch:
    """One row: `against` is the row of NumPy, `ours` that of the reference in the same task and flavour."""

    run: Callable[[], tuple[float, ...]]
    against: str
    ours: str = ""
    in_a_row: int = IN_A_ROW


# -- NumPy


def numpy_linear(w: Numbers, b: Numbers, features: Numbers, labels: Numbers) -> tuple[float]:
    """The loss after an epoch of linear regression."""
    order = numpy.random.permutation(len(features))
    for start in range(0, len(features), FEW):
        batch = order[start : start + FEW]
        X = features.take(batch, axis=0)
        error = X @ w + b - labels.take(batch)
        w -= SLOW / len(batch) * (X.T @ error)
        b -= SLOW / len(batch) * error.sum()
    return (float(((features @ w + b - labels) ** 2 / 2).mean()),)


def numpy_softmax(W: Numbers, b: Numbers, features: Numbers, labels: Numbers) -> tuple[float, float]:
    """Mean loss and accuracy of an epoch of softmax regression."""
    loss_sum, num_correct = 0.0, 0
    order = numpy.random.permutation(len(features))
    for start in range(0, len(features), BATCH_SIZE):
        batch = order[start : start + BATCH_SIZE]
        X, y = features.take(batch, axis=0), labels.take(batch)
        rows = numpy.arange(len(y))
        logits = X @ W + b
        p = numpy.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        loss_sum -= float(numpy.log(numpy.maximum(p[rows, y], 1e-30)).sum())
        num_correct += int((p.argmax(axis=1) == y).sum())
        p[rows, y] -= 1
        W -= LR / BATCH_SIZE * (X.T @ p)
        b -= LR / BATCH_SIZE * p.sum(axis=0)
    return loss_sum / len(labels), num_correct / len(labels)


# -- linear regression, in mx.np


def linear_epochs() -> dict[str, Epoch]:
    """Sections 3.2 and 3.3."""
    import reference  # noqa: F401  (before mxnet)

    from mxnet import gluon, np, npx  # isort: skip
    from reference.np import linear_regression as scratch
    from reference.np import linear_regression_concise as concise

    features, labels = scratch.synthetic_data(np.array([2, -3.4]), 4.2, 1000)
    (w, b), ours = (_with_gradients(np.zeros((2, 1)), np.zeros(1)) for _ in range(2))
    plain = numpy.zeros(2, "float32"), numpy.zeros(1, "float32")
    X, y = features.asnumpy(), labels.asnumpy()

    def of_reference() -> tuple[float, ...]:
        npx.set_np()
        history = scratch.train(
            lambda X: scratch.linreg(X, *ours), scratch.squared_loss, ours, features, labels, 1, SLOW, FEW
        )
        return tuple(history)

    def of_seed() -> tuple[float]:
        npx.set_np()
        return (_seeds_way.linear(w, b, features, labels, SLOW, FEW),)

    nets = [concise.build_net() for _ in range(2)]
    trainers = [gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": SLOW}) for net in nets]
    loss, loader = gluon.loss.L2Loss(), concise.load_array((features, labels), FEW)

    def of_gluon() -> tuple[float, ...]:
        npx.set_np()
        return tuple(concise.train(nets[0], loader, loss, trainers[0], 1))

    def of_seeds_gluon() -> tuple[float]:
        from mxnet import autograd

        npx.set_np()
        for batch, of_batch in loader:
            with autograd.record():
                batch_loss = loss(nets[1](batch), of_batch)
            batch_loss.backward()
            trainers[1].step(FEW)
        return (float(loss(nets[1](features), labels).mean()),)

    against = "3.2, NumPy"
    return {
        against: Epoch(lambda: numpy_linear(*plain, X, y), against),
        "3.2, reference": Epoch(of_reference, against, "3.2, reference"),
        "3.2, the book's way": Epoch(of_seed, against, "3.2, reference"),
        "3.3, reference": Epoch(of_gluon, against, "3.3, reference"),
        "3.3, the book's way": Epoch(of_seeds_gluon, against, "3.3, reference"),
    }


def _with_gradients(*params: Any) -> list[Any]:
    for param in params:
        param.attach_grad()
    return list(params)


# -- softmax regression, in both flavours


def softmax_epochs(flavour: str, data: fashion_mnist.FashionMNIST, against: str) -> dict[str, Epoch]:
    """Sections 3.6 and 3.7."""
    import reference  # noqa: F401  (before mxnet)

    from mxnet import gluon, nd, np, npx  # isort: skip

    np_mode = npx.set_np if flavour == "np" else npx.reset_np
    scratch, concise, linear = (
        importlib.import_module(f"reference.{flavour}.{name}")
        for name in ("softmax_regression", "softmax_regression_concise", "linear_regression")
    )
    np_mode()
    array = np.array if flavour == "np" else nd.array
    features = array(data.train_images.reshape(-1, 784), dtype="float32") / 255
    labels = array(data.train_labels, dtype="int32")
    dataset = _seeds_way.dataset(data, array)
    minibatches, few = (linear.Minibatches(BATCH_SIZE, features[:n], labels[:n]) for n in (len(labels), BATCH_SIZE))

    nets, loss = [concise.build_net() for _ in range(2)], gluon.loss.SoftmaxCrossEntropyLoss()
    trainers = [gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": LR}) for net in nets]
    params = _with_gradients(*(param.copy() for param in scratch.init_params()))
    net, cross_entropy = _seeds_way.softmax_functions(flavour, *params)

    def of_reference() -> tuple[float, ...]:
        np_mode()
        [history] = scratch.train(scratch.net, [scratch.W, scratch.b], features, labels, 1, LR, BATCH_SIZE)
        return tuple(history)

    def of_gluon() -> tuple[float, ...]:
        np_mode()
        # Accuracy on a single batch: to test is no part of the comparison.
        [history] = concise.train(nets[0], minibatches, few, loss, trainers[0], 1)
        return tuple(history[:2])

    def of_seed(net: Any, loss: Any, update: Callable[[int], Any], workers: int) -> tuple[float, float]:
        np_mode()
        use_cores(ALL_CORES if workers else {max(ALL_CORES)})
        loader = gluon.data.DataLoader(dataset, BATCH_SIZE, shuffle=True, num_workers=workers)
        result = _seeds_way.classification(flavour, net, loss, update, loader)
        use_cores({max(ALL_CORES)})
        return result

    found = {}
    in_its_way: dict[str, Any] = {
        "3.6": functools.partial(of_seed, net, cross_entropy, lambda size: _seeds_way.sgd(params, LR, size)),
        "3.7": functools.partial(of_seed, nets[1], loss, trainers[1].step),
    }
    for section, ours in (("3.6", of_reference), ("3.7", of_gluon)):
        name = f"{section}, mx.{flavour}, reference"
        found[name] = Epoch(ours, against, name)
        for workers in (0, 4):
            book = f"{section}, mx.{flavour}, the book's way{f', {workers} workers' if workers else ''}"
            found[book] = Epoch(functools.partial(in_its_way[section], workers), against, name, in_a_row=1)
    return found


def main() -> None:
    one_core()
    busy = os.getloadavg()[0]
    data = fashion_mnist.load()
    if not data.full:
        sys.exit("the benchmark needs the full Fashion-MNIST: apt-get install dataset-fashion-mnist")
    features = data.train_images.reshape(-1, 784).astype("float32") / 255
    labels = data.train_labels.astype("int32")
    W, b = numpy.random.normal(0, 0.01, (784, 10)).astype("float32"), numpy.zeros(10, "float32")
    epochs = linear_epochs()
    against = "3.6, NumPy"
    epochs[against] = Epoch(lambda: numpy_softmax(W, b, features, labels), against)
    for flavour in ("np", "nd"):
        epochs |= softmax_epochs(flavour, data, against)
    best = dict.fromkeys(epochs, float("inf"))
    reached: dict[str, tuple[float, ...]] = {}
    for name in [name for _ in range(ROUNDS) for name, epoch in epochs.items() for _ in range(epoch.in_a_row)]:
        started = time.perf_counter()
        reached[name] = epochs[name].run()
        best[name] = min(best[name], time.perf_counter() - started)
    table = Table("", "seconds", "× NumPy", "× reference", "epochs run", "loss", "accuracy", title="One training epoch")
    for name, epoch in epochs.items():
        took = best[name]
        ratio = f"{took / best[epoch.ours]:.1f}" if epoch.ours else ""
        loss, accuracy = f"{reached[name][0]:.2g}", "".join(f"{number:.3f}" for number in reached[name][1:])
        count = str(ROUNDS * epoch.in_a_row)
        table.add_row(name, f"{took:.3g}", f"{took / best[epoch.against]:.2f}", ratio, count, loss, accuracy)
    publish(
        "epoch",
        table,
        "3.2, 3.3: 1,000 examples in batches of 10; 3.6, 3.7: Fashion-MNIST, 60,000 examples in batches of 256.",
        "One core and one thread; the workers have all cores. Best of the epochs run, rounds interleaved.",
        f"The machine's load before: {busy:.1f}",
    )


if __name__ == "__main__":
    main()
