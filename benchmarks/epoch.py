"""How fast does the reference train? One epoch on the full Fashion-MNIST, batches of 256, on one core.

Against the same MXNet code fed as the book feeds it (section 3.5: gluon's DataLoader over FashionMNIST with ToTensor),
and against plain NumPy in float32: same shuffle, same batches, gradients by hand, same two numbers per epoch. Rounds
are interleaved; the best epoch of each counts.

    python -m benchmarks.epoch    # about a minute
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy
from rich.table import Table

from benchmarks._common import ALL_CORES, one_core, publish, use_cores
from grader.data import fashion_mnist

BATCH_SIZE, LR = 256, 0.1
ROUNDS = 4
IN_A_ROW = 3  # per round; one for DataLoader, which takes ten times as long

Epoch = Callable[[], tuple[float, float]]
Numbers = numpy.ndarray[Any, Any]


def numpy_epoch(W: Numbers, b: Numbers, features: Numbers, labels: Numbers) -> tuple[float, float]:
    """The epoch in NumPy: mean loss and accuracy."""
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


def loader_epoch(reference: ModuleType, loader: Any, fraction: bool) -> tuple[float, float]:
    """The book's loop (`train_epoch_ch3`) around the reference's functions; `fraction`: what accuracy returns."""
    from mxnet import autograd

    params = [reference.W, reference.b]
    loss_sum, num_correct, num_examples = 0.0, 0.0, 0
    for X, y in loader:
        with autograd.record():
            y_hat = reference.net(X)
            loss = reference.cross_entropy(y_hat, y)
        loss.backward()
        reference.sgd(params, LR, len(X))
        loss_sum += loss.sum().asnumpy().item()
        num_correct += reference.accuracy(y_hat, y) * (len(y) if fraction else 1)
        num_examples += len(y)
    return loss_sum / num_examples, num_correct / num_examples


def book_dataset(data: fashion_mnist.FashionMNIST, array: Callable[..., Any]) -> Any:
    """Gluon's own FashionMNIST with the book's transform, its arrays taken from memory instead of a download."""
    from mxnet import gluon

    class InMemory(gluon.data.vision.FashionMNIST):  # type: ignore[misc]  # MXNet has no types
        def _get_data(self) -> None:
            self._data = array(data.train_images[..., None], dtype="uint8")
            self._label = data.train_labels.astype("int32")

    with tempfile.TemporaryDirectory() as unused:
        return InMemory(root=unused).transform_first(gluon.data.vision.transforms.ToTensor())


def flavour_epochs(flavour: str, data: fashion_mnist.FashionMNIST) -> dict[str, Epoch]:
    """The epochs of one flavour, by what they are called in the table."""
    import reference

    from mxnet import gluon, nd, np, npx  # isort: skip
    import reference.nd.softmax_regression
    import reference.np.softmax_regression

    np_mode = npx.set_np if flavour == "np" else npx.reset_np
    np_mode()
    array = np.array if flavour == "np" else nd.array
    module = getattr(reference, flavour).softmax_regression
    features = array(data.train_images.reshape(-1, 784), dtype="float32") / 255
    labels = array(data.train_labels, dtype="int32")
    dataset = book_dataset(data, array)

    def of_reference() -> tuple[float, float]:
        np_mode()
        [history] = module.train(module.net, [module.W, module.b], features, labels, 1, LR, BATCH_SIZE)
        return tuple(history)

    def of_loader(workers: int) -> tuple[float, float]:
        np_mode()
        use_cores(ALL_CORES if workers else {max(ALL_CORES)})
        loader = gluon.data.DataLoader(dataset, BATCH_SIZE, shuffle=True, num_workers=workers)
        result = loader_epoch(module, loader, fraction=flavour == "nd")
        use_cores({max(ALL_CORES)})
        return result

    return {
        f"reference, mx.{flavour}": of_reference,
        f"mx.{flavour} with DataLoader": lambda: of_loader(0),
        f"mx.{flavour} with DataLoader, 4 workers": lambda: of_loader(4),
    }


def main() -> None:
    one_core()
    data = fashion_mnist.load()
    if not data.full:
        sys.exit("the benchmark needs the full Fashion-MNIST: apt-get install dataset-fashion-mnist")
    features = data.train_images.reshape(-1, 784).astype("float32") / 255
    labels = data.train_labels.astype("int32")
    W, b = numpy.random.normal(0, 0.01, (784, 10)).astype("float32"), numpy.zeros(10, "float32")
    epochs: dict[str, Epoch] = {"NumPy": lambda: numpy_epoch(W, b, features, labels)}
    for flavour in ("np", "nd"):
        epochs |= flavour_epochs(flavour, data)
    best = dict.fromkeys(epochs, float("inf"))
    reached: dict[str, tuple[float, float]] = {}
    runs = {name: 1 if "DataLoader" in name else IN_A_ROW for name in epochs}
    for name in [name for _ in range(ROUNDS) for name, times in runs.items() for _ in range(times)]:
        started = time.perf_counter()
        reached[name] = epochs[name]()
        best[name] = min(best[name], time.perf_counter() - started)
    title = "One training epoch on Fashion-MNIST: 60,000 examples, batches of 256"
    table = Table("", "seconds", "× NumPy", "× reference", "epochs run", "loss", "accuracy", title=title)
    for name, took in best.items():
        ours = best["reference, mx.nd" if "mx.nd" in name else "reference, mx.np"]
        ratio = f"{took / ours:.1f}" if name != "NumPy" else ""
        # The reference and the DataLoader's loop go on training the same parameters in turn.
        loss, accuracy = (f"{number:.3f}" for number in reached[name])
        count = str(ROUNDS * runs[name])
        table.add_row(name, f"{took:.3f}", f"{took / best['NumPy']:.2f}", ratio, count, loss, accuracy)
    publish(
        "epoch",
        table,
        "One core and one thread; the workers have all cores. Best of the epochs run, rounds interleaved.",
    )


if __name__ == "__main__":
    main()
