"""The truths that the checks judge by, against truths that others wrote: SciPy, MXNet's autograd and optimizer, exact
fractions, numerical derivatives. And the odds that a check of randomness accuses a right answer.
"""

from __future__ import annotations

import functools
import importlib
import itertools
import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

import hypothesis.extra.numpy as arrays
import numpy
import pytest
import scipy.special
import scipy.stats
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from grader.checking.authoring import CheckFailed
from grader.checking.student import Numbers, Student
from grader.data import fashion_mnist
from grader.exercises.shared import full_run, softmax
from grader.exercises.shared.data_iter import exercise as data_iter
from grader.exercises.shared.descent import SOFTMAX_REGRESSION, Batch, Params, Training
from grader.exercises.shared.histories import pairs
from grader.exercises.shared.sgd import exercise as sgd
from grader.exercises.softmax_regression.accuracy import exercise as accuracy
from grader.exercises.softmax_regression.cross_entropy import exercise as cross_entropy
from grader.exercises.softmax_regression.evaluate_accuracy import exercise as evaluate_accuracy
from grader.exercises.softmax_regression.net import exercise as net
from grader.judging.selfcheck import NotebookChannel
from tests.test_reference import Reference

from mxnet import nd, npx, optimizer, util  # isort: skip

examples = settings(derandomize=True, deadline=None, database=None, max_examples=60,
                    suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
few_examples = settings(examples, max_examples=12)

seeds = st.integers(0, 2**32 - 1)
sizes = st.integers(1, 50)
SPREADS = {"float16": 4, "float32": 6, "float64": 8}  # powers of ten that the dtype holds, with room above


@pytest.fixture(scope="module", params=["np", "nd"])
def ref(request: pytest.FixtureRequest) -> Iterator[Reference]:
    (npx.set_np if request.param == "np" else npx.reset_np)()
    yield reference_in(request.param)
    npx.reset_np()


def reference_in(flavour: str) -> Reference:
    modules = [importlib.import_module(f"reference.{flavour}.{name}_regression") for name in ("linear", "softmax")]
    return Reference(flavour, *modules)


@st.composite
def logits(draw: st.DrawFn, most: int = 8, dtypes: tuple[str, ...] = tuple(SPREADS)) -> Numbers:
    """Of any shape (n, q) up to (50, 50), of magnitudes from 1e-6 to 10^most as far as the dtype goes."""
    dtype = draw(st.sampled_from(dtypes))
    scale = 10.0 ** draw(st.integers(-6, min(most, SPREADS[dtype])))
    rng, shape = numpy.random.default_rng(draw(seeds)), (draw(sizes), draw(sizes))
    kinds = {
        "spread": rng.normal(size=shape),
        "ties": rng.choice([-1, 0, 1], size=shape),
        "far apart": rng.choice([-1, 0, 1], size=shape) + rng.normal(size=shape) / scale,
        "one high": numpy.eye(shape[1])[rng.integers(shape[1], size=shape[0])],
        "shifted": rng.choice([-1, 1]) + rng.normal(size=shape) / scale,
    }
    return (kinds[draw(st.sampled_from(list(kinds)))] * scale).astype(dtype)


@st.composite
def labelled(draw: st.DrawFn, most: int = 8, dtypes: tuple[str, ...] = tuple(SPREADS)) -> tuple[Numbers, Numbers]:
    X = draw(logits(most, dtypes))
    return X, numpy.random.default_rng(draw(seeds)).integers(X.shape[1], size=len(X))


def slope(f: Callable[[Numbers], Any], at: Numbers, along: Numbers, h: float = 1e-3) -> float:
    """How f grows at a point along a direction: a central difference of the fourth order."""
    near, far = (f(at + k * h * along) - f(at - k * h * along) for k in (1, 2))
    return float((8 * near - far) / (12 * h))


def direction(seed: int, shape: tuple[int, ...]) -> Numbers:
    return numpy.random.default_rng(seed).normal(size=shape)


# softmax


@given(logits())
@examples
def test_softmax_is_scipys(X: Numbers) -> None:
    exact = X.astype(float)
    numpy.testing.assert_allclose(softmax.softmax(X), scipy.special.softmax(exact, axis=1), rtol=1e-13, atol=1e-300)
    # The logarithm of a probability as small as exp(-700) is rounded in its 13th digit.
    logarithm = scipy.special.log_softmax(exact, axis=1)
    numpy.testing.assert_allclose(softmax.softmax(X), numpy.exp(logarithm), rtol=1e-12, atol=1e-300)


@given(logits(most=4), seeds)
@examples
def test_the_gradient_of_softmax_is_its_slope(X: Numbers, seed: int) -> None:
    head, along = direction(seed, (2, *X.shape))
    want = slope(lambda Z: (scipy.special.softmax(Z, axis=1) * head).sum(), X.astype(float), along)
    assert (softmax.softmax_gradient(X, head) * along).sum() == pytest.approx(want, rel=1e-7, abs=1e-7)


@given(X=logits(most=4, dtypes=("float32",)), seed=seeds)
@examples
def test_the_gradient_of_softmax_is_what_autograd_finds(ref: Reference, X: Numbers, seed: int) -> None:
    head = direction(seed, X.shape).astype(numpy.float32)
    found = ref.gradient(ref.softmax.softmax, X, head)
    numpy.testing.assert_allclose(softmax.softmax_gradient(X, head), found, rtol=2e-5, atol=2e-6)


# cross_entropy


@given(labelled(most=2))
@examples
def test_cross_entropy_of_probabilities_is_scipys_of_their_logits(example: tuple[Numbers, Numbers]) -> None:
    X, y = example
    y_hat = scipy.special.softmax(X.astype(float), axis=1)
    rows = numpy.arange(len(y))
    logarithms = scipy.special.log_softmax(X.astype(float), axis=1)
    numpy.testing.assert_allclose(cross_entropy.cross_entropy(y_hat, y), -logarithms[rows, y], rtol=1e-12, atol=1e-14)
    partition = scipy.special.logsumexp(X.astype(float), axis=1)
    want = partition - X[rows, y]
    numpy.testing.assert_allclose(cross_entropy.cross_entropy(y_hat, y), want, rtol=1e-10, atol=1e-10)


@given(labelled(most=4), seeds)
@examples
def test_the_gradient_of_cross_entropy_is_its_slope(example: tuple[Numbers, Numbers], seed: int) -> None:
    X, y = example
    head, along = direction(seed, (len(y),)), direction(seed + 1, X.shape)

    def loss(Z: Numbers) -> float:
        return float(((scipy.special.logsumexp(Z, axis=1) - Z[numpy.arange(len(y)), y]) * head).sum())

    want = slope(loss, X.astype(float), along)
    found = (cross_entropy.cross_entropy_gradient(X, y, head) * along).sum()
    assert found == pytest.approx(want, rel=1e-6, abs=1e-6)


@given(example=labelled(most=1, dtypes=("float32",)), seed=seeds)
@examples
def test_the_gradient_of_cross_entropy_is_what_autograd_finds(
    ref: Reference, example: tuple[Numbers, Numbers], seed: int
) -> None:
    X, y = example
    head = direction(seed, (len(y),)).astype(numpy.float32)

    def loss(X: Any) -> Any:
        return ref.softmax.cross_entropy(ref.softmax.softmax(X), ref.array(y, dtype="int32"))

    want = cross_entropy.cross_entropy_gradient(X, y, head)
    numpy.testing.assert_allclose(want, ref.gradient(loss, X, head), rtol=2e-5, atol=2e-6)


# net


@given(n=st.integers(1, 20), flat=st.booleans(), power=st.integers(-4, 0), seed=seeds)
@few_examples
def test_net_is_scipys_softmax_and_the_references(ref: Reference, n: int, flat: bool, power: int, seed: int) -> None:
    rng = numpy.random.default_rng(seed)
    X = rng.uniform(size=(n, 784) if flat else (n, 1, 28, 28)).astype(numpy.float32)
    W, b = (rng.normal(scale=10.0**power, size=shape).astype(numpy.float32) for shape in ((784, 10), 10))
    scores = numpy.einsum("ni,ij->nj", X.reshape(n, 784).astype(float), W.astype(float)) + b
    found = net.net(X, W, b)
    numpy.testing.assert_allclose(found, scipy.special.softmax(scores, axis=1), rtol=1e-11, atol=1e-300)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ref.softmax, "W", ref.array(W))
        patch.setattr(ref.softmax, "b", ref.array(b))
        numpy.testing.assert_allclose(ref.softmax.net(ref.array(X)).asnumpy(), found, rtol=1e-3, atol=1e-6)


# accuracy and evaluate_accuracy; scores are exact in float32 and no two of a row alike


def classified(rng: numpy.random.Generator, n: int, q: int) -> tuple[Numbers, Numbers, Numbers]:
    """Features, weights and biases whose scores are whole numbers plus a fraction of each class's own."""
    X, W = rng.integers(-3, 4, size=(n, 5)), rng.integers(-3, 4, size=(5, q))
    return X.astype(numpy.float32), W.astype(numpy.float32), (rng.permutation(q) / 64).astype(numpy.float32)


def linear(ref: Reference, W: Numbers, b: Numbers) -> Callable[[Any], Any]:
    """X·W + b in MXNet."""
    return lambda X: (X.dot(ref.array(W)) if ref.flavour == "np" else nd.dot(X, ref.array(W))) + ref.array(b)


@given(n=sizes, q=sizes, float_labels=st.booleans(), seed=seeds)
@examples
def test_accuracy_counts_as_one_would_by_hand(ref: Reference, n: int, q: int, float_labels: bool, seed: int) -> None:
    rng = numpy.random.default_rng(seed)
    X, W, b = classified(rng, n, q)
    y_hat, y = X @ W + b, rng.integers(q, size=n)
    y = numpy.where(rng.random(n) < 0.5, y_hat.argmax(axis=1), y).astype(numpy.float32 if float_labels else numpy.int32)
    right = 0
    for row, label in zip(y_hat.tolist(), y.tolist(), strict=True):
        right += all(row[int(label)] >= score for score in row)
    assert accuracy.accuracy(y_hat, y) == right
    found = ref.softmax.accuracy(ref.array(y_hat), ref.array(y, dtype=str(y.dtype)))
    assert found == pytest.approx(right / n if ref.flavour == "nd" else right)


@given(lengths=st.lists(st.integers(1, 20), min_size=1, max_size=8), q=sizes, seed=seeds)
@examples
def test_evaluate_accuracy_does_not_depend_on_how_examples_are_batched(
    ref: Reference, lengths: list[int], q: int, seed: int
) -> None:
    rng, n = numpy.random.default_rng(seed), sum(lengths)
    X, W, b = classified(rng, n, q)
    y = numpy.where(rng.random(n) < 0.5, (X @ W + b).argmax(axis=1), rng.integers(q, size=n)).astype(numpy.int32)
    cuts = numpy.cumsum(lengths)[:-1]
    batches = list(zip(numpy.split(X, cuts), numpy.split(y, cuts), strict=True))
    truth = accuracy.accuracy(X @ W + b, y) / n
    assert evaluate_accuracy.evaluate_accuracy(batches, W, b) == pytest.approx(truth)
    given_batches = [(ref.array(X), ref.array(y, dtype="int32")) for X, y in batches]
    assert ref.evaluate(iter(given_batches), linear(ref, W, b)) == pytest.approx(truth)


# sgd

numbers = st.floats(-1e6, 1e6, width=32)
parameters = arrays.array_shapes(max_dims=3, max_side=4).flatmap(
    lambda shape: st.tuples(*[arrays.arrays(numpy.float32, shape, elements=numbers)] * 2)
)
rates = st.floats(2**-20, 2.0, width=32)


@given(parameters, rates, st.integers(1, 1000))
@examples
def test_sgd_is_the_step_in_exact_fractions(pair: tuple[Numbers, Numbers], lr: float, batch_size: int) -> None:
    param, grad = pair
    exact = [Fraction(p) - Fraction(lr) * Fraction(g) / batch_size
             for p, g in zip(param.ravel().tolist(), grad.ravel().tolist(), strict=True)]  # fmt: skip
    found = sgd.sgd(param, grad, lr, batch_size)
    assert found.shape == param.shape
    numpy.testing.assert_allclose(found.ravel(), [float(number) for number in exact], rtol=1e-12, atol=1e-9)


@given(pair=parameters, lr=rates, batch_size=st.integers(1, 1000))
@examples
def test_sgd_is_the_step_of_mxnets_optimizer_and_of_the_reference(
    ref: Reference, pair: tuple[Numbers, Numbers], lr: float, batch_size: int
) -> None:
    param, grad = pair
    want = sgd.sgd(param, grad, lr, batch_size)
    atol = 1e-6 * (1 + float(abs(param).max() + lr * abs(grad).max()))
    weight = nd.array(param)
    step = optimizer.SGD(learning_rate=lr, rescale_grad=1 / batch_size)
    step.update(0, weight, nd.array(grad), step.create_state(0, weight))
    numpy.testing.assert_allclose(weight.asnumpy(), want, rtol=1e-5, atol=atol)
    moved = ref.array(param)
    moved.attach_grad()
    moved.grad[:] = ref.array(grad)
    ref.linear.sgd([moved], lr, batch_size)
    numpy.testing.assert_allclose(moved.asnumpy(), want, rtol=1e-5, atol=atol)


# train


@st.composite
def training_sets(draw: st.DrawFn, most: int) -> tuple[Params, Batch]:
    """W and b, images and labels."""
    rng, n = numpy.random.default_rng(draw(seeds)), draw(st.integers(1, most))
    scale = 10.0 ** draw(st.integers(-4, -1))
    params = rng.normal(scale=scale, size=(784, 10)), rng.normal(size=10)
    return params, (rng.uniform(high=0.1, size=(n, 784)), rng.integers(10, size=n))


def loss_of(params: Params, batch: Batch) -> float:
    """The summed cross-entropy."""
    X, y = batch
    scores = X @ params[0] + params[1]
    return float((scipy.special.logsumexp(scores, axis=1) - scores[numpy.arange(len(y)), y]).sum())


@given(training_sets(most=30), seeds)
@few_examples
def test_a_step_of_training_goes_down_the_slope(example: tuple[Params, Batch], seed: int) -> None:
    (W, b), batch = example
    along = direction(seed, W.shape), direction(seed + 1, b.shape)
    want = slope(lambda t: loss_of((W + t * along[0], b + t * along[1]), batch), numpy.zeros(()), numpy.ones(()))
    end_W, end_b = SOFTMAX_REGRESSION.stepped((W, b), batch, lr=0.3, batch_size=5)
    found = ((W - end_W) * along[0]).sum() + ((b - end_b) * along[1]).sum()
    assert found == pytest.approx(want * 0.3 / 5, rel=1e-6, abs=1e-6)


@given(example=training_sets(most=20), num_epochs=st.integers(1, 3), batch_size=st.integers(1, 25), seed=seeds)
@few_examples
def test_training_leads_where_the_reference_leads_with_autograd(
    ref: Reference, example: tuple[Params, Batch], num_epochs: int, batch_size: int, seed: int
) -> None:
    start, (X, y) = example
    numpy.random.seed(seed)  # what the reference draws its orders from: these, and then the same again
    passes = [
        [rows.asnumpy().astype(int).tolist() for _, rows in ref.linear.data_iter(batch_size, rows, rows)]
        for rows in [ref.array(numpy.arange(len(y)))] * num_epochs
    ]
    numpy.random.seed(seed)
    params = [ref.array(param) for param in start]
    with pytest.MonkeyPatch.context() as patch:
        for name, param in zip("Wb", params, strict=True):
            param.attach_grad()
            patch.setattr(ref.softmax, name, param)
        data = ref.array(X), ref.array(y, dtype="int32")
        history = ref.softmax.train(ref.softmax.net, params, *data, num_epochs, 0.2, batch_size)
    want = Training(SOFTMAX_REGRESSION, start, (X, y), num_epochs, 0.2, batch_size).trace(passes)
    assume(want.margin > 1e-4)  # else rounding could decide which class is predicted
    moved = [param.asnumpy() - before for param, before in zip(params, start, strict=True)]
    numpy.testing.assert_allclose(numpy.vstack(moved), want.moved, rtol=1e-4, atol=1e-6)
    numpy.testing.assert_allclose(history, pairs(want), rtol=1e-5, atol=1e-6)


def test_the_accuracy_that_the_judge_measures_is_the_references(ref: Reference) -> None:
    data = fashion_mnist.embedded()
    W, b = direction(1, (784, 10)), direction(2, (10,))
    images = ref.array(data.test_images.reshape(-1, 784)) / 255
    found = full_run.accuracy_on_test_images(data, W, b)
    batch = images, ref.array(data.test_labels, dtype="int32")
    assert found == pytest.approx(ref.evaluate([batch], linear(ref, W, b)), abs=2 / len(data.test_labels))
    assert full_run.accuracy_on_test_images(data, W * numpy.nan, b) == 0


# data_iter: how probable it is that right code is accused of not shuffling

PAIRS = tuple(itertools.combinations(range(4), 2))
Verdicts = dict[frozenset[tuple[int, int]], bool]


def accused(function: Callable[..., Any]) -> bool:
    """Whether the check of new orders fails a data_iter."""
    student = Student(data_iter.EXERCISE, NotebookChannel(data_iter.EXERCISE, {"data_iter": function}))
    try:
        data_iter.new_order_each_pass(student, numpy.random.default_rng(0))
    except CheckFailed:
        return True
    return False


def scripted(ref: Reference, firsts: tuple[tuple[int, int], ...]) -> Callable[..., Any]:
    """A data_iter whose passes begin with these pairs, one after the other and over again."""
    passes = itertools.cycle(firsts)

    def function(batch_size: int, features: Any, labels: Any) -> Iterator[tuple[Any, Any]]:
        if len(features) > 4:  # the pass that shows whether many examples are shuffled as well
            yield from ref.linear.data_iter(batch_size, features, labels)
            return
        first = next(passes)
        for pair in (first, [i for i in range(4) if i not in first]):
            indices = ref.array(pair, dtype="int32")
            yield features.take(indices, axis=0), labels.take(indices, axis=0)

    return function


@pytest.fixture
def in_np() -> Iterator[Reference]:
    """The reference in one flavour alone: the odds are the same in the other."""
    before = util.is_np_array()
    npx.set_np()
    yield reference_in("np")
    if not before:
        npx.reset_np()


@functools.cache
def verdicts() -> Verdicts:
    """Whether the check accuses, by which pairs have ever made the first of the two batches: all that it looks at."""
    found = {}
    ref = reference_in("np")
    for count in range(1, len(PAIRS) + 1):
        for firsts in itertools.combinations(PAIRS, count):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(data_iter, "PASSES", len(PAIRS) + 1)
                patch.setattr(data_iter, "FIRST_PASSES", 1)
                patch.setattr(data_iter, "FEW_ORDERS", 0)
                found[frozenset(firsts)] = accused(scripted(ref, firsts))
    return found


def chance(passes: int) -> Fraction:
    """The exact probability that passes in uniformly random orders are accused.

    Each pass begins with one of the six pairs, at random. That the pairs seen are those of a set S and no others has
    the probability sum over T within S of (-1)^|S - T| (|T| / 6)^passes.
    """
    total = Fraction(0)
    for seen, fails in verdicts().items():
        for count in range(len(seen) + 1) if fails else ():
            subsets = len(list(itertools.combinations(seen, count)))
            total += subsets * (-1) ** (len(seen) - count) * Fraction(count, len(PAIRS)) ** passes
    return total


def test_right_code_is_accused_of_not_shuffling_once_in_a_thousand_million(in_np: Reference) -> None:
    assert any(verdicts().values())
    assert not all(verdicts().values())
    odds = chance(data_iter.PASSES)
    # Of the three ways to make two pairs one was never seen, or an example was never in one of the two batches.
    assert 0 < odds <= 3 * Fraction(2, 3) ** data_iter.PASSES + 8 * Fraction(1, 2) ** data_iter.PASSES
    assert odds < 1e-9
    # After the first passes, too few orders are enough.
    assert math.comb(24, data_iter.FEW_ORDERS) * (data_iter.FEW_ORDERS / 24) ** data_iter.FIRST_PASSES < 1e-9
    # Of many examples, the batches that they are in are too much alike, by one of two means.
    deviations = data_iter.ALIKE * ((data_iter.HUNDRED[0] - 1) * data_iter.PASSES_OF_MANY) ** 0.5
    assert 2 * scipy.stats.norm.sf(deviations) < 1e-9


def test_these_odds_are_those_of_the_reference(in_np: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    passes, runs = 7, 250
    monkeypatch.setattr(data_iter, "PASSES", passes)
    monkeypatch.setattr(data_iter, "FIRST_PASSES", 2)
    monkeypatch.setattr(data_iter, "FEW_ORDERS", 0)
    numpy.random.seed(1)  # what the reference draws from
    times = sum(accused(in_np.linear.data_iter) for _ in range(runs))
    monkeypatch.undo()  # what the check is by itself
    odds = float(chance(passes))
    assert abs(times / runs - odds) < 4 * (odds * (1 - odds) / runs) ** 0.5
