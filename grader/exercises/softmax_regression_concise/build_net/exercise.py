"""The model as a Gluon net (section 3.7.1): one dense layer that gives scores, not probabilities."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    StudentObject,
    check,
)
from grader.exercises.shared import one_layer
from grader.exercises.shared.one_layer import (
    SIGMAS,
    SPREAD,
    built,
    expect_gradients,
    expect_linear,
    expect_small_start,
)

EXERCISE = Exercise("build_net()", "3.7.1")

INPUTS, OUTPUTS, IMAGE = 784, 10, (1, 28, 28)

KNOWN = one_layer.KNOWN
SOFTMAX_INSIDE = Misconception(
    "softmax_inside",
    "the net ends with a softmax, and gives probabilities instead of scores",
    "Leave the softmax out: the loss of this section takes the scores as they are.",
)
LOG_SOFTMAX_INSIDE = Misconception(
    "log_softmax_inside",
    "the net ends with a log-softmax, and gives logarithms of probabilities instead of scores",
    "Leave it out: the loss of this section takes the scores as they are.",
)
HIDDEN_LAYER = Misconception(
    "hidden_layer", "there is a hidden layer with an activation before the last one", "One Dense layer is all there is."
)
KEEPS_THE_ROWS = Misconception(
    "keeps_the_rows",
    "the layer is applied to each of the 28 rows of a picture, and not to the picture as a whole",
    "Leave flatten as it is: Dense makes one row of 784 pixels of each picture.",
)


def draw(rng: Rng, n: int, shape: tuple[int, ...]) -> tuple[Numbers, Numbers, Numbers]:
    X = rng.uniform(size=(n, *shape)).astype(numpy.float32)
    W = rng.normal(scale=0.1, size=(INPUTS, OUTPUTS)).astype(numpy.float32)
    return X, W, rng.normal(size=OUTPUTS).astype(numpy.float32)


@check(points=1.5, hint="nn.Sequential() with one nn.Dense(10) in it, and nothing behind it.")
def computes(student: Student, rng: Rng) -> None:
    """build_net() computes X·W + b: ten scores for each picture, given as a row (n, 784) or an image (n, 1, 28, 28)"""
    for n, shape in ((5, IMAGE), (3, (INPUTS,))):
        X, W, b = draw(rng, n, shape)
        with _explained(student, X):
            expect_linear(student, X, W, b)


@contextlib.contextmanager
def _explained(student: Student, X: Numbers) -> Iterator[None]:
    """A failure within tells what the net shows at first, where it is not known more exactly why it is not linear."""
    try:
        yield
    except CheckFailed as failed:
        vague = failed.misconception in (None, one_layer.ACTIVATION, one_layer.MORE_LAYERS)
        known = _shown(built(student, X), X, failed.misconception) if vague else failed.misconception
        raise CheckFailed(str(failed), known, failed.hint) from None


def _shown(net: StudentObject, X: Numbers, known: Misconception | None) -> Misconception | None:
    out = net(X).array
    if out is None or out.shape != (len(X), OUTPUTS):
        return KEEPS_THE_ROWS if out is not None and out.shape == (len(X), 1, 28, OUTPUTS) else known
    if numpy.allclose(out.sum(axis=1), 1, atol=1e-3) and (out >= 0).all():
        return SOFTMAX_INSIDE
    if numpy.allclose(numpy.exp(out).sum(axis=1), 1, atol=1e-3):
        return LOG_SOFTMAX_INSIDE
    layers = sum(values is not None and values.ndim == 2 for _, values in net.parameters())
    return HIDDEN_LAYER if known is one_layer.ACTIVATION and layers > 1 else known


@check(points=1, hint="net.initialize(init.Normal(sigma=0.01)), in each call of build_net anew.")
def starts_small(student: Student, rng: Rng) -> None:
    """the net is initialised: its weights are normal draws with the standard deviation 0.01, its biases are 0"""
    X, _, _ = draw(rng, 2, (INPUTS,))
    try:
        with _explained(student, X):
            expect_small_start(student, X)
    except CheckFailed as failed:
        # What stands behind the layer is another check's affair.
        if failed.misconception not in (SOFTMAX_INSIDE, LOG_SOFTMAX_INSIDE) or not _begins_well(built(student, X)):
            raise


def _begins_well(net: StudentObject) -> bool:
    """Whether its parameters are the weights and the biases of one layer, and begin as they should."""
    values = [array for _, array in net.parameters() if array is not None]
    if sorted(array.size for array in values) != [OUTPUTS, INPUTS * OUTPUTS]:
        return False
    b, W = sorted(values, key=lambda array: array.size)
    return bool(abs(W.std() - SPREAD) < SIGMAS * SPREAD / (2 * W.size) ** 0.5 and not b.any())


@check(points=0.5, hint="Every operator between the pictures and the scores has to be MXNet's.")
def differentiable(student: Student, rng: Rng) -> None:
    """the gradient flows through the net, to the pictures and to its parameters"""
    X, W, b = draw(rng, 4, IMAGE)
    with _explained(student, X):
        expect_gradients(student, X, W, b, rng.normal(size=(4, OUTPUTS)).astype(numpy.float32))
