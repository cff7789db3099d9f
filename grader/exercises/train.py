"""The training loop (section 3.6.6), with the student's own functions, up to the full run on Fashion-MNIST."""

from __future__ import annotations

import itertools

import numpy

from grader import fashion_mnist
from grader.authoring import Budget, CheckFailed, Exercise, check, misconception
from grader.exercises.softmax import softmax
from grader.expect import Rng, compare, expect
from grader.messages import advice_on, describe_value, show
from grader.sandbox import wire
from grader.student import KeptArray, Numbers, Result, Student, as_numpy

EXERCISE = Exercise(
    "train",
    "train(net, params, features, labels, num_epochs, lr, batch_size)",
    "3.6.6",
    budget=Budget(seconds=180, memory_mb=4096),
    needs=("data_iter", "softmax", "net", "cross_entropy", "accuracy", "sgd"),
    training=True,
)

INPUTS, OUTPUTS = 784, 10
Params = tuple[Numbers, Numbers]
History = list[tuple[float, float]]


def step(W: Numbers, b: Numbers, X: Numbers, y: Numbers, lr: float, divisor: float) -> Params:
    """The truth, in float64: one step of minibatch SGD on the cross-entropy of softmax(X·W + b)."""
    error = softmax(X @ W + b)
    error[numpy.arange(len(y)), y] -= 1
    return W - lr * X.T @ error / divisor, b - lr * error.sum(axis=0) / divisor


def measure(W: Numbers, b: Numbers, X: Numbers, y: Numbers) -> tuple[float, float]:
    """Mean loss and share of correct predictions."""
    p = softmax(X @ W + b)
    return float(-numpy.log(p[numpy.arange(len(y)), y]).mean()), float((p.argmax(axis=1) == y).mean())


def train(
    W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float, scale: float = 1.0
) -> tuple[Params, History]:
    """Full-batch training, whose outcome does not depend on the order: parameters, and (loss, accuracy) per epoch.

    `scale` multiplies every step; 1 is right.
    """
    X, history = numpy.asarray(X, float), []
    W, b = numpy.asarray(W, float), numpy.asarray(b, float)
    for _ in range(num_epochs):
        history.append(measure(W, b, X, y))
        W, b = step(W, b, X, y, lr * scale, len(y))
    return (W, b), history


# -- the ways people get it wrong: where a few full batches lead


def _moved(scale: float, W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float) -> Numbers:
    """How far W and b, stacked, move when every step is multiplied by `scale`."""
    (end_W, end_b), _ = train(W, b, X, y, num_epochs, lr, scale)
    return numpy.vstack([end_W, end_b]) - numpy.vstack([W, b])


@misconception(
    "the parameters that train was given stay as they were: nothing calls sgd on them, or copies are trained",
    "sgd(params, lr, batch_size) after each backward, with the params that came in.",
)
def never_moves(W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float) -> Numbers:
    return _moved(0, W, b, X, y, num_epochs, lr)


@misconception(
    "the loss is averaged before backward and sgd divides by the batch size once more: each step is too small",
    "Call backward on the losses of the batch or their sum; sgd takes care of the batch size.",
)
def divides_twice(W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float) -> Numbers:
    return _moved(1 / len(y), W, b, X, y, num_epochs, lr)


@misconception(
    "nothing divides by the batch size: every step is that much too large",
    "sgd gets the batch size as its third argument.",
)
def never_divides(W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float) -> Numbers:
    return _moved(len(y), W, b, X, y, num_epochs, lr)


@misconception(
    "the steps go uphill: the loss grows",
    "Descend: minimise the loss itself, not minus the loss.",
)
def ascends(W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float) -> Numbers:
    return _moved(-1, W, b, X, y, num_epochs, lr)


@misconception(
    "there is one epoch, whatever num_epochs says",
    "for epoch in range(num_epochs): each with a pass of its own, data_iter(…) anew; return after the loop.",
)
def one_epoch_only(W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float) -> Numbers:
    return _moved(1, W, b, X, y, 1, lr)


@misconception(
    "W learns and b does not",
    "Hand all of params to sgd.",
)
def leaves_the_bias(W: Numbers, b: Numbers, X: Numbers, y: Numbers, num_epochs: int, lr: float) -> Numbers:
    held = numpy.asarray(W, float)
    for _ in range(num_epochs):
        held, _ = step(held, b, numpy.asarray(X, float), y, lr, len(y))
    return numpy.vstack([held - W, numpy.zeros_like(b)])


# -- the checks


def _start(student: Student, W: Numbers, b: Numbers) -> list[KeptArray]:
    return [student.param(W, name="W"), student.param(b, name="b")]


def _draw(rng: Rng, n: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Images, labels and a start for the parameters; no two images and no prediction nearly alike."""
    X = rng.uniform(size=(n, INPUTS)).astype(numpy.float32)
    y = rng.permutation(numpy.arange(n) % OUTPUTS).astype(numpy.int32)
    W = rng.normal(scale=0.02, size=(INPUTS, OUTPUTS)).astype(numpy.float32)
    return X, y, W, rng.normal(scale=0.02, size=OUTPUTS).astype(numpy.float32)


def _train(student: Student, params: list[KeptArray], *args: object) -> Result:
    result = student.train(student.net, params, *args)
    expect(result).no_failure()
    return result


@check(points=2, hint="Per batch: record the loss, call backward, then sgd(params, lr, batch_size).")
def follows_the_gradient(student: Student, rng: Rng) -> None:
    """a few steps on one batch lead where gradient descent leads"""
    X, y, W, b = _draw(rng, 8)
    num_epochs, lr = 3, 0.05
    params = _start(student, W, b)
    _train(student, params, X, y, num_epochs, lr, len(y))
    (want_W, want_b), _ = train(W, b, X, y, num_epochs, lr)
    args = (W, b, X, y, num_epochs, lr)
    got = numpy.vstack([params[0].value, params[1].value]) - numpy.vstack([W, b])
    want = numpy.vstack([want_W, want_b]) - numpy.vstack([W, b])
    text = f"after {num_epochs} epochs of one batch of {len(y)}, params have not moved to where they should be."
    compare(EXERCISE, text, got, want, args, rtol=5e-3, atol=2e-5, inputs={}, brief=_brief(got, want))


def _brief(got: Numbers, want: Numbers) -> str:
    return f"the largest change is {abs(got).max():.4g}; it should be {abs(want).max():.4g}"


@check(points=1, hint="Each epoch is one pass of data_iter, with one step per batch, the last and smaller one too.")
def steps_on_every_batch(student: Student, rng: Rng) -> None:
    """an epoch takes one step on every batch of data_iter, the smaller last one included"""
    X, y, W, b = _draw(rng, 3)
    lr = 0.02
    params = _start(student, W, b)
    _train(student, params, X, y, 1, lr, 2)
    got = params[0].value.astype(float)
    ends = [end for end, _ in _passes_of_three(X, y, W, b, lr)]
    if not any(numpy.allclose(got - W, end - W, rtol=5e-3, atol=2e-5) for end in ends):
        text = "train(…) with 3 examples and batch_size=2: W is not where a step on two examples and a step on the "
        raise CheckFailed(text + "third lead, in any order.")


def _passes_of_three(X: Numbers, y: Numbers, W: Numbers, b: Numbers, lr: float) -> list[tuple[Numbers, Numbers]]:
    """What one epoch on three examples in batches of two may lead to: W, and (loss, accuracy).

    The order is random: any of the three can come last. The book's editions divide its step by 2 or by 1.
    """
    X, W, b = (numpy.asarray(a, float) for a in (X, W, b))
    found = []
    for last, divisor in itertools.product(range(3), (2, 1)):
        rest = [i for i in range(3) if i != last]
        W1, b1 = step(W, b, X[rest], y[rest], lr, 2)
        seen = (2 * numpy.array(measure(W, b, X[rest], y[rest])) + measure(W1, b1, X[[last]], y[[last]])) / 3
        found.append((step(W1, b1, X[[last]], y[[last]], lr, divisor)[0], seen))
    return found


@check(points=1, hint="Sum loss and correct predictions over the batches of an epoch, divide by the examples, append.")
def returns_the_history(student: Student, rng: Rng) -> None:
    """train returns one pair (loss, accuracy) per epoch: the means over all examples of that pass"""
    # One batch per epoch, then with lr = 0 several: either way the order cannot matter.
    for n, num_epochs, lr, batch_size in ((12, 3, 0.01, 12), (7, 2, 0.0, 3)):
        X, y, W, b = _draw(rng, n)
        y[: n // 2] = (X.astype(float) @ W + b).argmax(axis=1)[: n // 2]
        result = _train(student, _start(student, W, b), X, y, num_epochs, lr, batch_size)
        _, want = train(W, b, X, y, num_epochs, lr)
        got = _pairs(result, num_epochs)
        text = (
            f"the history of {num_epochs} epochs with {n} examples, lr={lr} and batch_size={batch_size} is not right."
        )
        args = (W, b, X, y, num_epochs, lr)
        compare(EXERCISE, text, got, numpy.array(want), args, rtol=1e-3, atol=1e-4, inputs={})
    X, y, W, b = _draw(rng, 3)
    lr = 0.02
    got = _pairs(_train(student, _start(student, W, b), X, y, 1, lr, 2), 1)
    wants = [seen for _, seen in _passes_of_three(X, y, W, b, lr)]
    if not any(numpy.allclose(got[0], want, rtol=2e-3, atol=2e-4) for want in wants):
        text = "train(…) with 3 examples and batch_size=2 returns a loss and accuracy that were not measured on each "
        raise CheckFailed(text + f"batch's own predictions, before its step: {show(got[0])}.")


def _pairs(result: Result, num_epochs: int) -> Numbers:
    """The history as an array (num_epochs, 2). Raises `CheckFailed` unless it is one."""
    got = _history(result.value)
    if got is None or len(got) != num_epochs:
        text = f"train(…, num_epochs={num_epochs}, …) returns {describe_value(result.value)}; it must be a list of "
        raise CheckFailed(text + f"{num_epochs} pairs (loss, accuracy).{advice_on(result.value)}")
    return numpy.array(got)


def _history(value: wire.Value | None) -> History | None:
    """The pairs, if the value is a list of pairs of numbers."""
    pairs = []
    for item in value.items if isinstance(value, wire.Sequence) else []:
        numbers = [as_numpy(part) for part in item.items] if isinstance(item, wire.Sequence) else []
        if len(numbers) != 2 or any(n is None or n.size != 1 for n in numbers):
            return None
        pairs.append((float(numbers[0].reshape(())), float(numbers[1].reshape(()))))  # type: ignore[union-attr]
    return pairs or None


# The book's hyper-parameters, and the test accuracy that correct code reaches: benchmarks/calibrate_target.py.
BATCH_SIZE, LR = 256, 0.1
NUM_EPOCHS = {"np": 10, "nd": 5}
TARGETS = {
    ("full", "np"): 0.79,
    ("full", "nd"): 0.78,
    ("few", "np"): 0.73,
    ("few", "nd"): 0.68,
    ("embedded", "np"): 0.72,
    ("embedded", "nd"): 0.67,
}
# Code that is right but slow, with a Python loop over examples say, is trained on a few images, towards a target of
# their own, if the full set would take more than this share of the time.
FEW = 5000
SHARE = 0.4


@check(points=2, hint="If the steps above are right, look at the functions that train calls, data_iter first.")
def reaches_the_target(student: Student, rng: Rng) -> None:
    """the full run on Fashion-MNIST reaches the target accuracy on the test images"""
    data = fashion_mnist.load()
    num_epochs = NUM_EPOCHS[student.flavour]
    first = None
    if (
        data.full
        and _seconds_per_image(student, rng) * num_epochs * len(data.train_labels) > SHARE * student.channel.seconds
    ):
        first = FEW
        student.channel.note(f"train: too slow for all {len(data.train_labels)} images in the time allowed; the "
                             f"training run took the first {FEW}")  # fmt: skip
    W = rng.normal(scale=0.01, size=(INPUTS, OUTPUTS)).astype(numpy.float32)
    params = _start(student, W, numpy.zeros(OUTPUTS, numpy.float32))
    images, labels = wire.Data("train_images", first), wire.Data("train_labels", first)
    _train(student, params, images, labels, num_epochs, LR, BATCH_SIZE)
    reached = accuracy_on_test_images(data, params[0].value, params[1].value)
    size = "embedded" if not data.full else "full" if first is None else "few"
    target = TARGETS[size, student.flavour]
    if not reached >= target:
        raise CheckFailed(
            f"After {num_epochs} epochs (lr={LR}, batch_size={BATCH_SIZE}, {data.name}) the trained parameters "
            f"classify {reached:.1%} of the test images; {target:.1%} is the target."
        )


def _seconds_per_image(student: Student, rng: Rng) -> float:
    """How long training takes, per image, from an epoch on eight batches; one on two comes first, to warm up."""
    for n in (2 * BATCH_SIZE, 8 * BATCH_SIZE):
        X, y, W, b = _draw(rng, n)
        params = _start(student, W, b)
        before = student.channel.seconds
        _train(student, params, X, y, 1, LR, BATCH_SIZE)
        took = before - student.channel.seconds
    return took / n


def accuracy_on_test_images(data: fashion_mnist.FashionMNIST, W: Numbers, b: Numbers) -> float:
    """The share of test images that argmax(X·W + b) classifies as labelled; nan parameters classify nothing."""
    if (
        W.shape != (INPUTS, OUTPUTS)
        or b.shape != (OUTPUTS,)
        or not (numpy.isfinite(W).all() and numpy.isfinite(b).all())
    ):
        return 0.0
    X = data.test_images.reshape(len(data.test_images), -1).astype(numpy.float32) / 255
    return float(((X @ W + b).argmax(axis=1) == data.test_labels).mean())
