"""The reference implementation of sections 3.1 to 3.3: each function against NumPy in float64."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from typing import Any

import numpy
import pytest

from tests.flavours import BOTH, arrays, of_flavour

from mxnet import autograd, gluon, nd, npx, random  # isort: skip
from mxnet import np as mxnp  # isort: skip

linear_regression = of_flavour("np", "linear_regression")
linear_regression_concise = of_flavour("np", "linear_regression_concise")
linear_regression_theory = of_flavour("np", "linear_regression_theory")
npx.reset_np()  # as other tests expect it

NUMPY = numpy.ndarray[Any, Any]


@pytest.fixture(autouse=True)
def np_mode() -> Iterator[None]:
    npx.set_np()
    yield
    npx.reset_np()


@pytest.fixture
def rng() -> numpy.random.Generator:
    return numpy.random.default_rng(0)


def draw_regression(rng: numpy.random.Generator) -> list[NUMPY]:
    """X (7, 3), y (7,) and w (3,), as float32 holds them."""
    return [rng.normal(size=size).astype("float32") for size in ((7, 3), 7, 3)]


# 3.1


def test_a_timer_adds_up_what_it_has_measured() -> None:
    timer = linear_regression_theory.Timer()
    for seconds in (0.01, 0.02):
        timer.start()
        time.sleep(seconds)
        assert timer.stop() == timer.times[-1] >= seconds
    assert timer.sum() == sum(timer.times)
    assert timer.avg() == pytest.approx(timer.sum() / 2)
    assert timer.cumsum() == pytest.approx([timer.times[0], timer.sum()])


def test_the_theory_prints_its_times_and_peaks(capsys: pytest.CaptureFixture[str]) -> None:
    linear_regression_theory.main(20)
    assert "mean 0, standard deviation 2: p(0.00) = 0.1995" in capsys.readouterr().out


def test_both_ways_to_add_give_the_sum(rng: numpy.random.Generator) -> None:
    a, b = rng.normal(size=(2, 12)).astype("float32")
    for add in (linear_regression_theory.add_loop, linear_regression_theory.add_vectorised):
        numpy.testing.assert_allclose(add(*arrays(a, b)).asnumpy(), a + b)


@pytest.mark.parametrize(("mu", "sigma"), [(1, 2), (-3.0, 0.3), (0.3, 0.01), (0, 30)])
def test_normal_is_the_density(mu: float, sigma: float) -> None:
    z = (mu + sigma * numpy.linspace(-5, 5, 11)).astype("float32").reshape(11, 1)
    exact = numpy.exp(-(((z.astype(float) - mu) / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))
    density = linear_regression_theory.normal(*arrays(z), mu, sigma)
    numpy.testing.assert_allclose(density.asnumpy(), exact, rtol=2e-5)


def test_least_squares_and_likelihoods(rng: numpy.random.Generator) -> None:
    X, y, w = draw_regression(rng)
    theory, given = linear_regression_theory, arrays(X, y, w)
    r = numpy.asarray(y - X.astype(float) @ w - 0.5)
    assert theory.best_constant(given[1]) == pytest.approx(y.mean(), rel=1e-5)
    numpy.testing.assert_allclose(theory.gradient(*given).asnumpy(), X.T @ (X.astype(float) @ w - y), rtol=1e-4)
    best = numpy.linalg.lstsq(X.astype(float), y.astype(float), rcond=None)[0]
    numpy.testing.assert_allclose(theory.closed_form(*given[:2]).asnumpy(), best, rtol=1e-4)
    gaussian = 3.5 * math.log(2 * math.pi * 4) + (r**2).sum() / 8
    assert theory.gaussian_nll(*given, 0.5, 2.0) == pytest.approx(gaussian, rel=1e-5)
    assert theory.laplace_nll(*given, 0.5) == pytest.approx(7 * math.log(2) + numpy.abs(r).sum(), rel=1e-5)


def test_a_step_of_laplace_sgd_goes_along_the_signs(rng: numpy.random.Generator) -> None:
    X, y, w = draw_regression(rng)
    signs = numpy.sign(X @ w + 0.5 - y)
    found = linear_regression_theory.laplace_sgd(*arrays(X, y, w), 0.5, 0.1, 1, 7)
    numpy.testing.assert_allclose(found[0].asnumpy(), w - 0.1 * X.T @ signs / 7, rtol=1e-5)
    assert float(found[1]) == pytest.approx(0.5 - 0.1 * signs.mean())


def test_laplace_sgd_settles_at_the_noise_although_some_labels_are_wild() -> None:
    numpy.random.seed(0)
    random.seed(0)
    X, y = linear_regression.synthetic_data(mxnp.array([2, -3.4]), 4.2, 1000)
    y[::20] += 50
    w, b = linear_regression_theory.laplace_sgd(X, y, mxnp.zeros(2), 0.0)
    numpy.testing.assert_allclose([*w.asnumpy(), float(b)], [2, -3.4, 4.2], atol=0.05)


# 3.2


def test_synthetic_data_are_normal_with_a_little_noise() -> None:
    w = mxnp.array([2, -3.4])
    X, y = (array.asnumpy().astype(float) for array in linear_regression.synthetic_data(w, 4.2, 4000))
    noise = y - X @ w.asnumpy() - 4.2
    assert abs(X.mean()) < 0.067
    assert abs(X.std() - 1) < 0.05
    assert abs(noise.mean()) < 0.001
    assert noise.std() == pytest.approx(0.01, rel=0.07)


def test_the_pieces_of_linear_regression(rng: numpy.random.Generator) -> None:
    X, y, w = draw_regression(rng)
    column, flat = (linear_regression.linreg(*arrays(X, v), 0.5) for v in (w.reshape(3, 1), w))
    numpy.testing.assert_allclose(column.asnumpy(), (X @ w + 0.5).reshape(7, 1), rtol=1e-4)
    numpy.testing.assert_allclose(flat.asnumpy(), X @ w + 0.5, rtol=1e-4)
    for predicted in (column, flat):
        loss = linear_regression.squared_loss(predicted, *arrays(y))
        assert loss.shape == predicted.shape
        numpy.testing.assert_allclose(loss.asnumpy().ravel(), (X @ w + 0.5 - y) ** 2 / 2, rtol=1e-4)


@BOTH
def test_minibatches_can_be_gone_through_again(flavour: str) -> None:
    linear = of_flavour(flavour, "linear_regression")
    array = mxnp.array if flavour == "np" else nd.array
    minibatches = linear.Minibatches(4, array(numpy.zeros((10, 2))), array(numpy.arange(10)))
    for _ in range(2):
        labels = [y.asnumpy() for _, y in minibatches]
        assert [len(y) for y in labels] == [4, 4, 2]
        assert sorted(numpy.concatenate(labels)) == list(range(10))


def test_train_is_gradient_descent_and_measures_after_the_epoch(rng: numpy.random.Generator) -> None:
    X, y, w = draw_regression(rng)
    params = arrays(w.reshape(3, 1), [0.5])
    for param in params:
        param.attach_grad()
    history = linear_regression.train(
        lambda X: linear_regression.linreg(X, *params), linear_regression.squared_loss, params, *arrays(X, y), 2, 0.1, 7
    )
    expected, b = [], 0.5
    for _ in range(2):
        error = X @ w + b - y
        w, b = w - 0.1 * X.T @ error / 7, b - 0.1 * error.mean()
        expected.append((((X @ w + b - y) ** 2) / 2).mean())
    numpy.testing.assert_allclose(history, expected, rtol=1e-4)
    numpy.testing.assert_allclose(params[0].asnumpy()[:, 0], w, rtol=1e-4)


@pytest.mark.parametrize("milli", [1, 1000])
def test_ohm_finds_the_slope_through_the_origin(rng: numpy.random.Generator, milli: float) -> None:
    current = rng.uniform(0.1, 1, size=30) * milli / 1000
    voltage = 220 * current * rng.normal(1, 0.02, size=30)
    fitted = linear_regression.fit_ohm(*arrays(voltage, current))
    assert fitted == pytest.approx((voltage * current).sum() / (current**2).sum(), rel=1e-4)


@pytest.mark.parametrize("section", [linear_regression, linear_regression_concise])
def test_the_sections_on_linear_regression_end_at_the_noise(section: Any, capsys: pytest.CaptureFixture[str]) -> None:
    *losses, w1, w2, b = section.main(order=3)
    assert losses[0] == pytest.approx(0.025, abs=0.002)
    assert losses[2] == pytest.approx(5.1e-5, rel=0.05)
    assert max(map(abs, (w1, w2, b))) < 0.003
    assert "Error in estimating b" in capsys.readouterr().out


# 3.3


def test_load_array_gives_every_row_with_its_label_and_shuffles_if_it_trains() -> None:
    X, y = arrays(numpy.arange(20).reshape(10, 2), numpy.arange(10))
    for is_train in (True, False):
        loader = linear_regression_concise.load_array((X, y), 4, is_train)
        passes = [[label for _, y in loader for label in y.asnumpy()] for _ in range(3)]
        assert all(sorted(labels) == list(range(10)) for labels in passes)
        assert (passes[0] == passes[1] == passes[2]) is not is_train
        assert [len(y) for _, y in loader] == [4, 4, 2]


def test_gluons_train_takes_the_same_steps(rng: numpy.random.Generator) -> None:
    X, y, w = draw_regression(rng)
    net, loss = linear_regression_concise.build_net(), gluon.loss.L2Loss()
    net(*arrays(X))
    assert abs(net[0].weight.data().asnumpy()).max() < 0.06
    net[0].weight.set_data(*arrays(w.reshape(1, 3)))
    gradient = linear_regression_concise.weight_gradient(net, *arrays(X, y)).asnumpy()
    numpy.testing.assert_allclose(gradient, (X.T @ (X @ w - y)).reshape(1, 3), rtol=1e-4)
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.1})
    [found] = linear_regression_concise.train(net, [arrays(X, y)], loss, trainer, 1)
    assert found == pytest.approx((((X @ w - y) ** 2) / 2).mean(), rel=1e-4)  # on the predictions before the step
    numpy.testing.assert_allclose(net[0].weight.data().asnumpy(), w.reshape(1, 3) - 0.1 * gradient / 7, rtol=1e-4)


@pytest.mark.parametrize("reduced", ["sum", "mean"])
def test_what_the_trainer_is_told_makes_sum_and_mean_the_same(rng: numpy.random.Generator, reduced: str) -> None:
    X, y, _ = draw_regression(rng)
    net = linear_regression_concise.build_net()
    net(*arrays(X))
    before = net[0].weight.data().asnumpy()
    with autograd.record():
        loss = getattr(gluon.loss.L2Loss()(net(*arrays(X)), *arrays(y)), reduced)()
    loss.backward()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.1})
    trainer.step(linear_regression_concise.mean_or_sum(7)[reduced == "mean"])
    expected = before - 0.1 * X.T @ (X @ before[0] - y) / 7
    numpy.testing.assert_allclose(net[0].weight.data().asnumpy(), expected, rtol=1e-4)


def test_huber_loss_and_its_gradient() -> None:
    error = numpy.array([0, 0.5, -0.999, 1.001, -3, 1e4], dtype="float32").reshape(6, 1)
    y_hat, y = arrays(error + 1, numpy.ones(6))
    y_hat.attach_grad()
    with autograd.record():
        loss = linear_regression_concise.huber_loss(y_hat, y)
    loss.backward()
    expected = numpy.where(abs(error) < 1, error**2 / 2, abs(error) - 0.5)
    numpy.testing.assert_allclose(loss.asnumpy(), expected, rtol=1e-5, atol=1e-6)
    numpy.testing.assert_allclose(y_hat.grad.asnumpy(), error.clip(-1, 1), rtol=1e-5, atol=1e-6)
