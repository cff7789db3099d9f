"""The reference implementation: each function against NumPy in float64, training against the book's table."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy
import pytest

import reference  # noqa: F401  (before mxnet: it makes the import possible)

from mxnet import autograd, nd, npx  # isort: skip
from mxnet import np as mxnp  # isort: skip

ROOT = Path(__file__).parent.parent
NUMPY = numpy.ndarray[Any, Any]

# Loss and training accuracy of epochs 1 to 5, as section 3.6.6 of the book prints them.
BOOK_TABLE = [(0.7895, 0.749), (0.5749, 0.810), (0.5290, 0.823), (0.5048, 0.831), (0.4894, 0.835)]


@dataclass
class Reference:
    """One flavour's two modules, and what differs in calling them."""

    flavour: str
    linear: ModuleType
    softmax: ModuleType

    def array(self, source: Any, dtype: str = "float32") -> Any:
        """An array of the flavour's type; `mxnp.array` alone would keep NumPy's float64."""
        return (mxnp if self.flavour == "np" else nd).array(source, dtype=dtype)

    def evaluate(self, batches: Any, net: Any) -> Any:
        """Call evaluate_accuracy with its arguments in the flavour's order."""
        arguments = (batches, net) if self.flavour == "nd" else (net, batches)
        return self.softmax.evaluate_accuracy(*arguments)

    def gradient(self, of: Callable[[Any], Any], at: NUMPY, head: NUMPY) -> NUMPY:
        """The gradient of sum(of(X) * head) at X = `at`."""
        X = self.array(at)
        X.attach_grad()
        with autograd.record():
            out = of(X)
        out.backward(self.array(head))
        gradient: NUMPY = X.grad.asnumpy()
        return gradient


@pytest.fixture(params=["nd", "np"])
def ref(request: pytest.FixtureRequest) -> Iterator[Reference]:
    flavour = request.param
    modules = [importlib.import_module(f"reference.{flavour}.{name}_regression") for name in ("linear", "softmax")]
    (npx.set_np if flavour == "np" else npx.reset_np)()
    yield Reference(flavour, *modules)
    npx.reset_np()


@pytest.fixture
def rng() -> numpy.random.Generator:
    return numpy.random.default_rng(0)


def softmax64(X: NUMPY) -> NUMPY:
    X_exp = numpy.exp(X.astype("float64") - X.max(axis=1, keepdims=True).astype("float64"))
    return numpy.asarray(X_exp / X_exp.sum(axis=1, keepdims=True))


def extreme_logits() -> dict[str, NUMPY]:
    rng = numpy.random.default_rng(1)
    return {
        "ordinary": rng.normal(size=(4, 3)),
        "square": rng.normal(size=(3, 3)),
        "one row": rng.normal(size=(1, 5)),
        "one class": rng.normal(size=(4, 1)),
        "overflowing": numpy.array([[100, 0, 0], [0, 1000, 0]]),
        "vanishing": numpy.array([[-120, -110, -115], [-1e4, -1e4, -1e4]]),
        "mixed rows": numpy.array([[500, 501, 499], [0, 1, 2], [-500, -501, -502]]),
        "thousands": 1e4 * rng.choice([-1, 0, 1], size=(6, 4)) + rng.normal(size=(6, 4)),
        "largest floats": numpy.array([[3e38, -3e38, 0], [-3e38, -3e38, -3e38]]),
    }


LOGITS = {kind: X.astype("float32") for kind, X in extreme_logits().items()}


# softmax


@pytest.mark.parametrize("kind", LOGITS)
def test_softmax_turns_any_finite_logits_into_probabilities(ref: Reference, kind: str) -> None:
    X = LOGITS[kind]
    given = ref.array(X)
    numpy.testing.assert_allclose(ref.softmax.softmax(given).asnumpy(), softmax64(X), rtol=1e-5, atol=1e-7)
    numpy.testing.assert_array_equal(given.asnumpy(), X, "the argument has changed")


@pytest.mark.parametrize("kind", LOGITS)
def test_softmax_has_the_right_gradient_for_any_finite_logits(
    ref: Reference, kind: str, rng: numpy.random.Generator
) -> None:
    X = LOGITS[kind]
    head = rng.normal(size=X.shape).astype("float32")
    p = softmax64(X)
    expected = p * (head - (p * head).sum(axis=1, keepdims=True))
    numpy.testing.assert_allclose(ref.gradient(ref.softmax.softmax, X, head), expected, rtol=1e-4, atol=1e-6)


def test_softmax_of_50_in_float16_is_finite(ref: Reference) -> None:
    X = numpy.array([[50, 49, 0], [-50, 50, 50]], dtype="float16")
    result = ref.softmax.softmax(ref.array(X, dtype="float16")).asnumpy()
    numpy.testing.assert_allclose(result, softmax64(X), atol=2e-3)


# net


@pytest.mark.parametrize("shape", [(5, 784), (5, 1, 28, 28)])
def test_net_uses_the_parameters_as_they_are_now(
    ref: Reference, rng: numpy.random.Generator, monkeypatch: pytest.MonkeyPatch, shape: tuple[int, ...]
) -> None:
    X, W, b = rng.random(size=shape), rng.normal(size=(784, 10)) / 10, rng.normal(size=10)
    monkeypatch.setattr(ref.softmax, "W", ref.array(W))
    monkeypatch.setattr(ref.softmax, "b", ref.array(b))
    expected = softmax64(X.reshape(5, 784) @ W + b)
    numpy.testing.assert_allclose(ref.softmax.net(ref.array(X)).asnumpy(), expected, rtol=1e-4)


def test_fresh_parameters_are_small_noise_and_zeros_with_gradients(ref: Reference) -> None:
    W, b = ref.softmax.init_params()
    assert W.shape == (784, 10)
    assert b.shape == (10,)
    assert W.asnumpy().std() == pytest.approx(0.01, rel=0.1)
    assert abs(W.asnumpy().mean()) < 0.001
    assert not b.asnumpy().any()
    assert W.grad.shape == W.shape
    assert b.grad.shape == b.shape


# cross_entropy


@pytest.mark.parametrize("label_type", ["int32", "float32"])
def test_cross_entropy_is_one_loss_per_example(ref: Reference, rng: numpy.random.Generator, label_type: str) -> None:
    y_hat, y = softmax64(rng.normal(size=(5, 3))), numpy.array([0, 2, 1, 1, 2])
    loss = ref.softmax.cross_entropy(ref.array(y_hat), ref.array(y, dtype=label_type))
    numpy.testing.assert_allclose(loss.asnumpy(), -numpy.log(y_hat[range(5), y]), rtol=1e-5)
    assert loss.shape == (5,)


def test_cross_entropy_has_no_bias_at_small_probabilities(ref: Reference) -> None:
    y_hat = ref.array([[1e-3, 0.999], [1e-6, 0.999999]])
    loss = ref.softmax.cross_entropy(y_hat, ref.array([0, 0]))
    numpy.testing.assert_allclose(loss.asnumpy(), [-numpy.log(1e-3), -numpy.log(1e-6)], rtol=1e-6)


def test_cross_entropy_survives_probabilities_of_zero(ref: Reference) -> None:
    X = numpy.array([[0, 1000, 0], [1000, 0, 0]], dtype="float32")  # softmax gives exact zeros and ones

    def loss(X: Any) -> Any:
        return ref.softmax.cross_entropy(ref.softmax.softmax(X), ref.array([0, 0]))

    wrong, right = loss(ref.array(X)).asnumpy()
    assert 10 < wrong < numpy.inf
    assert right == 0
    assert numpy.isfinite(ref.gradient(loss, X, numpy.ones(2))).all()


def test_the_gradient_at_the_logits_is_softmax_minus_one_hot(ref: Reference, rng: numpy.random.Generator) -> None:
    X, y = rng.normal(size=(5, 3)), numpy.array([0, 2, 1, 1, 2])
    gradient = ref.gradient(lambda X: ref.softmax.cross_entropy(ref.softmax.softmax(X), ref.array(y)), X, numpy.ones(5))
    numpy.testing.assert_allclose(gradient, softmax64(X) - numpy.eye(3)[y], rtol=1e-4, atol=1e-6)


# accuracy


@pytest.mark.parametrize("label_type", ["int32", "float32"])
@pytest.mark.parametrize(("labels", "correct"), [([0, 1, 2, 0, 1], 5), ([0, 1, 0, 1, 2], 2), ([1, 2, 0, 1, 2], 0)])
def test_accuracy_counts_the_rows_that_are_largest_at_their_label(
    ref: Reference, labels: list[int], correct: int, label_type: str
) -> None:
    y_hat = ref.array(numpy.eye(3)[[0, 1, 2, 0, 1]] * 0.4 + 0.2)
    result = ref.softmax.accuracy(y_hat, ref.array(labels, dtype=label_type))
    assert result == pytest.approx(correct / 5 if ref.flavour == "nd" else correct)
    assert isinstance(result, int | float)


def test_evaluate_accuracy_counts_examples_equally_and_reads_the_data_once(ref: Reference) -> None:
    def batches() -> Iterator[Any]:
        assert not autograd.is_recording()
        yield ref.array([[0.9, 0.1], [0.8, 0.2], [0.7, 0.3]]), ref.array([0, 0, 1], dtype="int32")
        yield ref.array([[0.1, 0.9]]), ref.array([0], dtype="int32")

    result = ref.evaluate(batches(), lambda X: X)
    assert result == pytest.approx(2 / 4)  # the mean over batches would be 1/3
    assert isinstance(result, float)


# sgd


@pytest.mark.parametrize("container", [list, tuple])
def test_sgd_steps_every_parameter_in_place(ref: Reference, container: type) -> None:
    params = container([ref.array([[1.0, -2.0], [3.0, 4.0]]), ref.array([5.0])])
    same = container(params)
    for param in params:
        param.attach_grad()
    for step in (1, 2):
        for param in params:
            param.grad[:] = 6.0 * step
        ref.linear.sgd(params, 0.5, 3)
    assert all(param is before for param, before in zip(params, same, strict=True))
    numpy.testing.assert_allclose(params[0].asnumpy(), [[-2, -5], [0, 1]])  # minus 0.5 * (6 + 12) / 3
    numpy.testing.assert_allclose(params[1].asnumpy(), [2])


# data_iter


@pytest.mark.parametrize(
    ("n", "batch_size", "sizes"), [(10, 5, [5, 5]), (10, 4, [4, 4, 2]), (3, 8, [3]), (2, 1, [1, 1])]
)
def test_a_pass_holds_every_example_once_next_to_its_label(
    ref: Reference, n: int, batch_size: int, sizes: list[int]
) -> None:
    F, y = numpy.arange(2 * n, dtype="float32").reshape(n, 2), numpy.arange(n, dtype="int32")
    features, labels = ref.array(F), ref.array(y, dtype="int32")
    batches = list(ref.linear.data_iter(batch_size, features, labels))
    assert [len(X) for X, _ in batches] == sizes
    assert all(type(X) is type(features) and k.dtype == numpy.int32 and k.ndim == 1 for X, k in batches)
    rows = numpy.concatenate([X.asnumpy() for X, _ in batches])
    order = numpy.concatenate([k.asnumpy() for _, k in batches])
    assert sorted(order) == list(range(n))
    numpy.testing.assert_array_equal(rows, F[order])
    for X, _ in batches:
        X[:] = -1  # a batch is a copy: the data stays as it was
    numpy.testing.assert_array_equal(features.asnumpy(), F)
    numpy.testing.assert_array_equal(labels.asnumpy(), y)


def test_each_pass_has_a_new_order_that_mixes_examples_across_batches(ref: Reference) -> None:
    features, labels = ref.array(numpy.zeros((6, 1))), ref.array(numpy.arange(6))
    passes = [[frozenset(y.asnumpy()) for _, y in ref.linear.data_iter(2, features, labels)] for _ in range(300)]
    for place in range(3):
        assert frozenset.union(*(batches[place] for batches in passes)) == set(range(6))
    assert len({pair for batches in passes for pair in batches}) == 15  # each of the pairs has met


def test_data_iter_keeps_the_shape_of_an_example(ref: Reference) -> None:
    features, labels = ref.array(numpy.zeros((5, 1, 28, 28))), ref.array(numpy.zeros(5))
    X, _ = next(iter(ref.linear.data_iter(3, features, labels)))
    assert X.shape == (3, 1, 28, 28)


# training


def test_train_follows_gradient_descent_in_float64(
    ref: Reference, rng: numpy.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    F, y, W, b = (
        rng.random(size=(12, 784)),
        rng.integers(10, size=12),
        rng.normal(size=(784, 10)) / 50,
        rng.normal(size=10),
    )
    params = [ref.array(W), ref.array(b)]
    for name, param in zip("Wb", params, strict=True):
        param.attach_grad()
        monkeypatch.setattr(ref.softmax, name, param)
    # One batch holds all the examples, so that the order within it does not matter.
    history = ref.softmax.train(ref.softmax.net, params, ref.array(F), ref.array(y, dtype="int32"), 3, 0.05, 12)
    expected = []
    for _ in range(3):
        p = softmax64(F @ W + b)
        expected.append((-numpy.log(p[range(12), y]).mean(), (p.argmax(axis=1) == y).mean()))
        error = (p - numpy.eye(10)[y]) / 12
        W, b = W - 0.05 * F.T @ error, b - 0.05 * error.sum(axis=0)
    numpy.testing.assert_allclose(history, expected, rtol=1e-4)
    numpy.testing.assert_allclose(params[0].asnumpy(), W, rtol=1e-4, atol=1e-6)
    numpy.testing.assert_allclose(params[1].asnumpy(), b, rtol=1e-4, atol=1e-6)
    assert all(type(number) is float for pair in history for number in pair)


def test_train_counts_examples_equally_in_a_smaller_last_batch(
    ref: Reference, rng: numpy.random.Generator, monkeypatch: pytest.MonkeyPatch
) -> None:
    F, y, W = rng.random(size=(7, 784)), rng.integers(10, size=7), rng.normal(size=(784, 10)) / 10
    params = [ref.array(W), ref.array(numpy.zeros(10))]
    for name, param in zip("Wb", params, strict=True):
        param.attach_grad()
        monkeypatch.setattr(ref.softmax, name, param)
    [(loss, acc)] = ref.softmax.train(ref.softmax.net, params, ref.array(F), ref.array(y), 1, 0.0, 3)
    p = softmax64(F @ W)
    assert loss == pytest.approx(-numpy.log(p[range(7), y]).mean(), rel=1e-4)
    assert acc == pytest.approx((p.argmax(axis=1) == y).mean())


def run_module(name: str) -> tuple[str, list[tuple[float, float, float]]]:
    """What ``python -m name`` prints: the name of the data, and one (loss, train acc, test acc) per epoch."""
    command = [sys.executable, "-m", name]
    first, *lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    pattern = re.compile(r"epoch \d+, loss ([\d.]+), train acc ([\d.]+), test acc ([\d.]+)")
    rows = [tuple(map(float, match.groups())) for line in lines if (match := pattern.fullmatch(line))]
    assert len(rows) == len(lines), lines
    return first, rows  # type: ignore[return-value]


def test_the_nd_module_prints_the_books_table() -> None:
    data, rows = run_module("reference.nd.softmax_regression")
    assert "full" in data
    numpy.testing.assert_allclose([row[:2] for row in rows], BOOK_TABLE, atol=0.01)
    assert 0.82 <= rows[-1][2] <= 0.835


def test_the_np_module_trains_for_ten_epochs() -> None:
    data, rows = run_module("reference.np.softmax_regression")
    assert "full" in data
    assert len(rows) == 10
    numpy.testing.assert_allclose([row[:2] for row in rows[:5]], BOOK_TABLE, atol=0.01)
    assert 0.822 <= rows[-1][2] <= 0.84
