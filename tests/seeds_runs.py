"""Computes what docs/seeds.md compares with the figures that the book prints; results in tests/seeds_results.json.

    python -m tests.seeds_runs    # minutes; then python -m tests.seeds_report

The draws are made in processes of their own, without a seed, as the book's were. All else starts from the same draws
and differs in the order of the examples alone, which the book took from generators without a seed.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import math
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy

import reference  # noqa: F401  (before mxnet: it makes the import possible)
from grader.data import fashion_mnist

ROOT = Path(__file__).parent.parent
TABLE = Path(__file__).with_name("seeds.toml")
RESULTS = Path(__file__).with_name("seeds_results.json")
BATCH_SIZE, LR = 256, 0.1
# How many orders of the examples: short runs, runs of 5 epochs, runs of 10.
ORDERS, ORDERS_ND, ORDERS_NP = 20, 20, 10


def table() -> list[dict[str, Any]]:
    """What the texts say, and where."""
    seeds: list[dict[str, Any]] = tomllib.loads(TABLE.read_text())["seed"]
    return seeds


# -- what MXNet draws, as it does in a process in which nothing was drawn before


def linear_draws() -> tuple[Any, Any]:
    """The data of sections 3.2 and 3.3: features (1000, 2) and labels (1000,)."""
    from mxnet import np

    from reference.np.linear_regression import synthetic_data

    features, labels = synthetic_data(np.array([2, -3.4]), 4.2, 1000)
    return features.asnumpy(), labels.asnumpy()


def softmax_draws(flavour: str) -> dict[str, Any]:
    """Of section 3.6: the probabilities of its two random rows, their sums, and how often fresh parameters are right.

    The formula is the book's, without the shift by the maximum, which changes last digits. W is drawn first.
    """
    from mxnet import nd, np

    module = _softmax(flavour)
    X_exp = np.exp(np.random.normal(size=(2, 5))) if flavour == "np" else nd.random.normal(shape=(2, 5)).exp()
    X_prob = X_exp / X_exp.sum(axis=1, keepdims=True)
    _, test = datasets(flavour)
    arguments = (test, module.net) if flavour == "nd" else (module.net, test)
    sums = X_prob.sum(axis=1)
    return {
        "X_prob": X_prob.asnumpy().tolist(),
        "sums": sums.asnumpy().tolist(),
        "untrained": round(module.evaluate_accuracy(*arguments), 4),
    }


def examples() -> dict[str, list[int]]:
    """Which examples the printed minibatches hold: their numbers, by the line where they are printed; -1 for none."""
    features, labels = linear_draws()
    ours = numpy.column_stack([features, labels])
    found: dict[str, list[int]] = {}
    for figure in (figure for seed in table() for figure in seed["figures"] if figure["kind"] == "examples"):
        numbers = found[str(figure["line"])] = []
        for printed in figure["printed"]:
            equal = [all(map(as_printed, printed, example)) for example in ours]
            numbers.append(equal.index(True) if any(equal) else -1)
    return found


def as_printed(text: str, number: float) -> bool:
    """Whether a float32 number would be printed so: it is that number, or rounds to all the digits that there are.

    Or one of its neighbours does: in which order a sum of products is added is the machine's affair.
    """
    near = [numpy.nextafter(numpy.float32(number), numpy.float32(side)) for side in (-numpy.inf, numpy.inf)]
    digits = 0.5 * 10.0 ** -decimals(text)
    return any(numpy.float32(text) == one or abs(float(text) - one) <= digits for one in (numpy.float32(number), *near))


def decimals(text: str) -> int:
    """How many digits stand after the point, the exponent taken into account."""
    exponent = Decimal(text).as_tuple().exponent
    assert isinstance(exponent, int)
    return max(-exponent, 0)


def _softmax(flavour: str) -> Any:
    """Section 3.6 of the flavour; importing it draws W."""
    return importlib.import_module(f"reference.{flavour}.softmax_regression")


def datasets(flavour: str) -> tuple[Any, Any]:
    """The full Fashion-MNIST in minibatches of 256, to train and to test on."""
    from mxnet import nd, np

    array = np.array if flavour == "np" else nd.array
    linear = importlib.import_module(f"reference.{flavour}.linear_regression")
    data = fashion_mnist.load()
    if not data.full:
        sys.exit("the full Fashion-MNIST is needed: apt-get install dataset-fashion-mnist")
    train, test = (
        linear.Minibatches(BATCH_SIZE, array(images, dtype="float32") / 255, array(labels, dtype="int32"))
        for images, labels in ((data.train_images, data.train_labels), (data.test_images, data.test_labels))
    )
    return train, test


# -- numbers without chance


def numbers(flavour: str) -> dict[str, list[float]]:
    """What the sections print that follows from what is given, in the same order."""
    from mxnet import nd, np, npx

    xp, pick = (np, npx.pick) if flavour == "np" else (nd, nd.pick)
    X, y_hat = xp.array([[1, 2, 3], [4, 5, 6]]), xp.array([[0.1, 0.3, 0.6], [0.3, 0.2, 0.5]])
    y = xp.array([0, 2], dtype="int32")
    sums = [total.asnumpy().ravel().tolist() for total in (X.sum(axis=0), X.sum(axis=1))]
    right = _softmax(flavour).accuracy(y_hat, y)
    return {
        "sums": [*sums[0], *sums[1]],
        "picked": pick(y_hat, y).asnumpy().tolist(),
        "accuracy": [right / len(y) if flavour == "np" else right],
        "sizes": [np.zeros((4, 3)).size, np.zeros(3).size],
        "nat": [1 / math.log(2)],
    }


def seen_twice() -> dict[str, list[float]]:
    """How many images of the training set, and of the test set, stand in the full Fashion-MNIST more than once."""
    data = fashion_mnist.load()
    every = [image.tobytes() for images in (data.train_images, data.test_images) for image in images]
    often = Counter(every)
    twice = [often[image] > 1 for image in every]
    return {"seen twice": [sum(twice[: len(data.train_labels)]), sum(twice[len(data.train_labels) :])]}


def of_images() -> dict[str, list[float]]:
    """The sizes that section 3.5 prints."""
    from reference.np import fashion_mnist as images

    loader, _ = images.load_data_fashion_mnist(32, (64, 64))
    return {"lengths": [len(images.FashionMNIST(train)) for train in (True, False)],
            "shape": list(next(iter(loader))[0].shape)}  # fmt: skip


# -- training, in the way of each section


class _DividesByBatchSize:
    """A Trainer whose steps all divide by 256, as `train_ch3` of the edition in mxnet.nd has it."""

    def __init__(self, trainer: Any) -> None:
        self.trainer = trainer

    def step(self, _: int) -> None:
        self.trainer.step(BATCH_SIZE)


def from_scratch(flavour: str, num_epochs: int, data: tuple[Any, Any]) -> list[tuple[float, float, float]]:
    """Section 3.6: nd divides the last batch of 96 by 256, np by 96."""
    from mxnet import random

    module, linear = _softmax(flavour), importlib.import_module(f"reference.{flavour}.linear_regression")
    random.seed(0)
    params = [module.W, module.b]
    for param, fresh in zip(params, module.init_params(), strict=True):
        param[:] = fresh
    train, test = data
    history = []
    for _ in range(num_epochs):
        if flavour == "nd":
            _, features, labels = train.arguments
            [measured] = module.train(module.net, params, features, labels, 1, LR, BATCH_SIZE)
            test_acc = module.evaluate_accuracy(test, module.net)
        else:
            measured = module.train_epoch(
                module.net, train, module.cross_entropy, lambda size: linear.sgd(params, LR, size)
            )
            test_acc = module.evaluate_accuracy(module.net, test)
        history.append((*measured, test_acc))
    return history


def with_gluon(flavour: str, num_epochs: int, data: tuple[Any, Any]) -> list[tuple[float, float, float]]:
    """Section 3.7, with the last batch divided as in 3.6 of its edition."""
    from mxnet import gluon, random

    module = importlib.import_module(f"reference.{flavour}.softmax_regression_concise")
    random.seed(0)
    net, loss = module.build_net(), gluon.loss.SoftmaxCrossEntropyLoss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": LR})
    found: list[tuple[float, float, float]] = module.train(
        net, *data, loss, _DividesByBatchSize(trainer) if flavour == "nd" else trainer, num_epochs
    )
    return found


def divided_otherwise(seed: int, data: tuple[Any, Any]) -> tuple[Any, Any]:
    """The same 70,000 images, in another division into 60,000 to train and 10,000 to test on; nd's arrays."""
    from mxnet import nd

    arrays = [numpy.concatenate([part.asnumpy() for part in pair])
              for pair in zip(*(minibatches.arguments[1:] for minibatches in data), strict=True)]  # fmt: skip
    order = numpy.random.default_rng(seed).permutation(len(arrays[0]))
    train, test = (
        type(data[0])(BATCH_SIZE, *(nd.array(array[part], dtype=array.dtype) for array in arrays))
        for part in numpy.split(order, [len(data[0].arguments[1])])
    )
    return train, test


def on_other_divisions(data: tuple[Any, Any]) -> Iterator[list[float]]:
    """Section 3.6's numbers on other divisions of the images, and last the accuracy of its first parameters."""
    from mxnet import random

    module = _softmax("nd")
    for seed in range(ORDERS_ND):
        divided = divided_otherwise(seed, data)
        random.seed(0)
        for param, fresh in zip((module.W, module.b), module.init_params(), strict=True):
            param[:] = fresh
        untrained = module.evaluate_accuracy(divided[1], module.net)
        numpy.random.seed(seed)
        yield [*(number for epoch in from_scratch("nd", 5, divided) for number in epoch), untrained]


def training() -> Iterator[tuple[str, list[list[float]]]]:
    """By the name of the run: for each order of the examples, all numbers that the section prints, one epoch after
    the other."""
    from mxnet import npx

    for name in ("linear_regression", "linear_regression_concise"):
        main = importlib.import_module(f"reference.np.{name}").main
        npx.set_np()
        runs = []
        for order in range(ORDERS):
            with contextlib.redirect_stdout(io.StringIO()):
                runs.append(main(order))
        yield f"np.{name}", runs
    for flavour, num_epochs, orders in (("nd", 5, ORDERS_ND), ("np", 10, ORDERS_NP)):
        (npx.set_np if flavour == "np" else npx.reset_np)()
        data = datasets(flavour)
        for name, run in (("softmax_regression", from_scratch), ("softmax_regression_concise", with_gluon)):
            runs = []
            for order in range(orders):
                numpy.random.seed(order)
                runs.append([number for epoch in run(flavour, num_epochs, data) for number in epoch])
            yield f"{flavour}.{name}", runs
        if flavour == "nd":
            yield "nd, divided otherwise", list(on_other_divisions(data))


def times() -> dict[str, list[float]]:
    """Seconds, thrice each: 10,000 additions one by one and at once; a pass over 60,000 images with four workers."""
    from mxnet import npx

    from reference.np import fashion_mnist as images
    from reference.np.linear_regression_theory import Timer, speeds

    npx.set_np()
    loops, vectors = zip(*(speeds(10_000) for _ in range(3)), strict=True)
    train_iter, _ = images.load_data_fashion_mnist(BATCH_SIZE)
    timer = Timer()
    for _ in range(3):
        timer.start()
        for X, _ in train_iter:
            X.wait_to_read()
        timer.stop()
    return {"loop": list(loops), "vector": list(vectors), "reading": timer.times}


def _in_a_fresh_process(call: str) -> Any:
    code = f"import json; from tests import seeds_runs; print(json.dumps(seeds_runs.{call}))"
    output = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return json.loads(output.splitlines()[-1])


def first_example() -> list[float]:
    """features[0] and labels[0] of sections 3.2 and 3.3."""
    features, labels = linear_draws()
    return [*map(float, features[0]), float(labels[0])]


def _rounded(numbers: list[float]) -> list[float]:
    return [float(f"{number:.6g}") for number in numbers]


def main() -> None:
    draws = {"first example": "first_example()", "examples": "examples()"}
    results: dict[str, Any] = {"draws": {name: _in_a_fresh_process(call) for name, call in draws.items()}}
    for flavour in ("np", "nd"):
        results["draws"][flavour] = _in_a_fresh_process(f"softmax_draws('{flavour}')")
    results["numbers"] = {flavour: _in_a_fresh_process(f"numbers('{flavour}')") for flavour in ("np", "nd")}
    results["numbers"]["np"] |= _in_a_fresh_process("of_images()") | _in_a_fresh_process("seen_twice()")
    print("draws", flush=True)
    results["times"] = {name: _rounded(seconds) for name, seconds in times().items()}
    results["runs"] = {}
    for name, runs in training():
        results["runs"][name] = [_rounded(run) for run in runs]
        print(name, len(runs), flush=True)
    text = json.dumps(results, indent=1)
    # A run to a line.
    RESULTS.write_text(_flat(text) + "\n")


def _flat(text: str) -> str:
    """JSON with each innermost list in one line."""
    return re.sub(r"\[[^\[\]{}]*\]", lambda found: " ".join(found.group().split()), text)


if __name__ == "__main__":
    main()
