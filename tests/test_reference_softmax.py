"""The reference implementation of sections 3.4 to 3.7, but for what tests/test_reference.py tries: against NumPy."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Iterator

import numpy
import pytest

from grader.data import fashion_mnist as data
from tests.flavours import BOTH, arrays, of_flavour

from mxnet import autograd, gluon, nd, npx  # isort: skip
from mxnet import np as mxnp  # isort: skip

fashion_mnist = of_flavour("np", "fashion_mnist")
softmax_regression = of_flavour("np", "softmax_regression")
softmax_theory = of_flavour("np", "softmax_theory")
npx.reset_np()  # as other tests expect it


@pytest.fixture(autouse=True)
def np_mode() -> Iterator[None]:
    npx.set_np()
    yield
    npx.reset_np()


@pytest.fixture
def rng() -> numpy.random.Generator:
    return numpy.random.default_rng(0)


# 3.4


def test_information_in_nats() -> None:
    theory = softmax_theory
    p, q = arrays([0.5, 0.25, 0.25, 0], [0.25, 0.5, 0.25, 0])
    assert theory.entropy(p) == pytest.approx(1.5 * math.log(2), rel=1e-6)
    assert theory.entropy(*arrays([0, 1, 0])) == 0
    assert theory.cross_entropy_between(p, q) == pytest.approx(1.75 * math.log(2), rel=1e-6)
    assert theory.kl_divergence(p, q) == pytest.approx(0.25 * math.log(2), rel=1e-5)
    assert theory.kl_divergence(p, p) == 0
    numpy.testing.assert_allclose(theory.surprisal(q[:3]).asnumpy(), -numpy.log([0.25, 0.5, 0.25]), rtol=1e-6)


def test_derivatives_of_the_cross_entropy(rng: numpy.random.Generator) -> None:
    o, y = rng.normal(size=(5, 12)).astype("float32"), numpy.array([0, 11, 3, 3, 5], dtype="int32")
    p = numpy.exp(o.astype(float)) / numpy.exp(o.astype(float)).sum(axis=1, keepdims=True)
    gradient = softmax_theory.softmax_gradient(*arrays(o), mxnp.array(y, dtype="int32"))
    numpy.testing.assert_allclose(gradient.asnumpy(), p - numpy.eye(12)[y], rtol=1e-4, atol=1e-6)
    variance = numpy.diag(p[0]) - numpy.outer(p[0], p[0])
    for found in (softmax_theory.softmax_hessian(*arrays(o[0])), softmax_theory.categorical_variance(*arrays(p[0]))):
        numpy.testing.assert_allclose(found.asnumpy(), variance, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("lam", [0.1, 1.0, 1e4])
@pytest.mark.parametrize("x", [[1000, 1000], [-1000, -1000, -1001], [1, 2, 2.5], [7]])
def test_the_real_softmax_and_the_soft_min_of_any_numbers(x: list[float], lam: float) -> None:
    [given], exact = arrays(x), numpy.logaddexp.reduce(numpy.array(x) * lam) / lam
    assert softmax_theory.real_softmax(given, lam) == pytest.approx(exact, rel=1e-5)
    assert softmax_theory.soft_min(-given, lam) == pytest.approx(-exact, rel=1e-5)


@pytest.mark.parametrize("n", range(1, 7))
def test_the_code_is_prefix_free_and_short(n: int) -> None:
    words = sorted(softmax_theory.ternary_code(n))
    assert len(words) == len(set(words)) == 3**n
    # Sorted, a word that another one begins with stands right before one such.
    assert not any(after.startswith(before) for before, after in itertools.pairwise(words))
    assert sum(2.0 ** -len(word) for word in words) == 1
    assert n * math.log2(3) <= sum(map(len, words)) / 3**n <= math.ceil(n * math.log2(3))


# 3.5


@pytest.fixture
def small_set(monkeypatch: pytest.MonkeyPatch) -> data.FashionMNIST:
    small = data.embedded()
    monkeypatch.setattr(data, "load", lambda: small)
    monkeypatch.setattr(fashion_mnist, "get_dataloader_workers", lambda: 0)
    return small


def test_batches_of_images_are_the_files_in_gluons_layout(small_set: data.FashionMNIST) -> None:
    train_iter, test_iter = fashion_mnist.load_data_fashion_mnist(300)
    assert [len(y) for _, y in test_iter] == [300, 300, 300, 100]
    X, y = next(iter(test_iter))
    assert X.shape == (300, 1, 28, 28)
    numpy.testing.assert_array_equal(X.asnumpy()[:, 0], small_set.test_images[:300].astype("float32") / 255)
    numpy.testing.assert_array_equal(y.asnumpy(), small_set.test_labels[:300])
    orders = [next(iter(train_iter))[1].asnumpy().tolist() for _ in range(2)]
    assert orders[0] != orders[1]
    _, larger = fashion_mnist.load_data_fashion_mnist(32, (64, 64))
    assert next(iter(larger))[0].shape == (32, 1, 64, 64)


def test_labels_have_names_and_windows_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fashion_mnist.get_fashion_mnist_labels(mxnp.array([9, 0, 1])) == ["ankle boot", "t-shirt", "trouser"]
    assert tuple(fashion_mnist.TEXT_LABELS) == data.LABEL_NAMES
    for platform, workers in (("win32", 0), ("linux", 4), ("darwin", 4)):
        monkeypatch.setattr(sys, "platform", platform)
        assert fashion_mnist.get_dataloader_workers() == workers


def test_images_are_drawn_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    images = mxnp.array(numpy.arange(5 * 4).reshape(5, 2, 2))
    axes = fashion_mnist.show_images(images, 2, 3, titles=list("abcde"))
    assert [ax.get_title() for ax in axes] == [*"abcde", ""]
    numpy.testing.assert_array_equal(axes[4].images[0].get_array(), images[4].asnumpy())
    assert tuple(axes[0].figure.get_size_inches()) == (4.5, 3)
    pyplot.close("all")


# 3.6


def test_an_accumulator_adds_up_and_begins_anew() -> None:
    metric = softmax_regression.Accumulator(2)
    metric.add(1, 0.5)
    metric.add(2, 0.25)
    assert (metric[0], metric[1]) == (3, 0.75)
    metric.reset()
    assert (metric[0], metric[1]) == (0, 0)


def test_an_epoch_counts_examples_and_tells_the_updater_each_batchs_size(rng: numpy.random.Generator) -> None:
    told: list[int] = []
    probabilities = rng.dirichlet(numpy.ones(3), size=5).astype("float32")
    y = numpy.array([0, 2, 1, 1, 0])
    batches = [
        (mxnp.array(probabilities[part], dtype="float32"), mxnp.array(y[part], dtype="int32"))
        for part in (slice(4), slice(4, 5))
    ]
    scale = mxnp.ones(1)
    scale.attach_grad()
    found = softmax_regression.train_epoch(lambda X: X * scale, batches, softmax_regression.cross_entropy, told.append)
    expected = (-numpy.log(probabilities[range(5), y]).mean(), (probabilities.argmax(axis=1) == y).mean())
    assert found == pytest.approx(expected)
    assert told == [4, 1]


@BOTH
def test_titles_have_the_truth_above_the_prediction(flavour: str) -> None:
    module = of_flavour(flavour, "softmax_regression")
    array = mxnp.array if flavour == "np" else nd.array
    scores, labels = array(numpy.eye(10)[[9, 1]]), array([9, 3], dtype="int32")
    assert module.predict_titles(lambda X: X, scores, labels) == ["ankle boot\nankle boot", "dress\ntrouser"]


# 3.7


@BOTH
def test_the_loss_of_logits_is_right_where_softmax_then_log_fails(flavour: str) -> None:
    module = of_flavour(flavour, "softmax_regression_concise")
    xp = mxnp if flavour == "np" else nd
    row, label = module.demonstrate_overflow()
    with numpy.errstate(over="ignore", invalid="ignore", divide="ignore"):
        exps = numpy.exp(numpy.array(row, dtype="float32"))
        assert not numpy.isfinite(numpy.log((exps / exps.sum())[label]))
    o, y = numpy.array([row, [1e4, -1e4], [0.5, -0.5]], dtype="float32"), numpy.array([label, 0, 1])
    logits = xp.array(o)
    logits.attach_grad()
    with autograd.record():
        loss = module.softmax_cross_entropy(logits, xp.array(y, dtype="int32"))
    loss.backward()
    exact = numpy.logaddexp.reduce(o.astype(float), axis=1) - o[range(3), y]
    numpy.testing.assert_allclose(loss.asnumpy(), exact, rtol=1e-6, atol=1e-6)
    p = numpy.exp(o.astype(float) - numpy.logaddexp.reduce(o.astype(float), axis=1)[:, None])
    numpy.testing.assert_allclose(logits.grad.asnumpy(), p - numpy.eye(2)[y], atol=1e-6)


@BOTH
def test_gluons_softmax_regression_follows_gradient_descent(flavour: str, rng: numpy.random.Generator) -> None:
    module = of_flavour(flavour, "softmax_regression_concise")
    xp = mxnp if flavour == "np" else nd
    F, y = rng.random(size=(12, 784)), rng.integers(10, size=12)
    batch = xp.array(F.reshape(12, 1, 28, 28), dtype="float32"), xp.array(y, dtype="int32")
    net, loss = module.build_net(), gluon.loss.SoftmaxCrossEntropyLoss()
    assert net(batch[0]).shape == (12, 10)
    weight = net[0].weight.data().asnumpy().astype(float)
    assert weight.std() == pytest.approx(0.01, rel=0.1)
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.1})
    history = module.train(net, [batch], [batch], loss, trainer, 2)
    W, b, expected = weight.T, numpy.zeros(10), []
    for _ in range(2):
        p = numpy.exp(F @ W + b) / numpy.exp(F @ W + b).sum(axis=1, keepdims=True)
        error = (p - numpy.eye(10)[y]) / 12
        before = -numpy.log(p[range(12), y]).mean(), (p.argmax(axis=1) == y).mean()
        W, b = W - 0.1 * F.T @ error, b - 0.1 * error.sum(axis=0)
        expected.append((*before, ((F @ W + b).argmax(axis=1) == y).mean()))
    numpy.testing.assert_allclose(history, expected, rtol=1e-4)


def test_a_history_is_three_lines_over_the_epochs(monkeypatch: pytest.MonkeyPatch) -> None:
    from matplotlib import pyplot

    from reference.plots import plot_history

    pyplot.switch_backend("agg")
    axes = plot_history([(0.8, 0.75, 0.78), (0.6, 0.81, 0.80)])
    assert [line.get_label() for line in axes.lines] == ["train loss", "train acc", "test acc"]
    assert [list(line.get_xdata()) for line in axes.lines] == [[1, 2]] * 3
    assert list(axes.lines[2].get_ydata()) == [0.78, 0.80]
    pyplot.close("all")


# What each section prints


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("np.softmax_theory", "1 nat is 1.44 bit"),
        ("np.fashion_mnist", "(5000, 1000)"),
        ("np.softmax_regression_concise", "epoch 10, loss 0"),
        ("nd.softmax_regression_concise", "epoch 5, loss 0"),
    ],
)
def test_a_section_prints(
    name: str, printed: str, small_set: data.FashionMNIST, capsys: pytest.CaptureFixture[str]
) -> None:
    of_flavour(*name.split(".")).main()
    assert printed in capsys.readouterr().out
