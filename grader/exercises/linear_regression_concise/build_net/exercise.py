"""A Gluon net for linear regression (sections 3.3.3 and 3.3.4): one dense layer, with small random weights."""

from __future__ import annotations

import numpy

from grader.checking import CheckFailed, Exercise, Misconception, Numbers, Rng, Student, check, expect, linear_of
from grader.exercises.shared import one_layer
from grader.exercises.shared.one_layer import built, expect_gradients, expect_linear, expect_small_start

EXERCISE = Exercise("build_net()", "3.3.3")

EVENLY_SPREAD = Misconception(
    "evenly_spread", "the weights are spread evenly over an interval", "init.Normal(sigma=0.01), and not Uniform."
)
KNOWN = [*one_layer.KNOWN, EVENLY_SPREAD]
# So many weights tell the spread that was asked for from any other that Gluon's initialisers have.
INPUTS = 400


def draw(rng: Rng, n: int, inputs: int) -> tuple[Numbers, Numbers, Numbers]:
    """X (n, inputs), W (inputs, 1) and b (1,)."""
    return rng.normal(size=(n, inputs)).astype(numpy.float32), rng.normal(size=(inputs, 1)), rng.normal(size=1) + 2


@check(points=1.5, hint="One Dense layer with one output, and nothing after it.")
def computes(student: Student, rng: Rng) -> None:
    """build_net() computes X·w + b, one number for each example, whatever the number of inputs"""
    for n, inputs in ((6, 2), (6, 5), (300, 1)):
        X, W, b = draw(rng, n, inputs)
        net = expect_linear(student, X, W, b)
        # Something that cuts off, or bends, what is far from 0 shows only there.
        far = 1000 * X
        size = float((abs(far) @ abs(W)).max())
        expect(net(far), against=(far, W, b)).close_to(far.astype(float) @ W + b, rtol=1e-4, atol=1e-5 * size)


@check(points=1, hint="net.initialize(init.Normal(sigma=0.01))")
def starts_small(student: Student, rng: Rng) -> None:
    """each net begins with weights of its own, drawn with the standard deviation 0.01, and with a bias of 0"""
    X = rng.normal(size=(3, INPUTS)).astype(numpy.float32)
    expect_small_start(student, X)
    W, _ = linear_of(built(student, X), INPUTS)
    # Of so many normal draws the largest is below this once in 1e14 times; of draws that are evenly spread, always.
    if abs(W).max() < 1.75 * W.std():
        raise CheckFailed(f"The {INPUTS} weights of a new net are not normally distributed.", EVENLY_SPREAD)


@check(
    points=0.5, hint="Every operator between X and the result has to be MXNet's, and every parameter gets a gradient."
)
def learns(student: Student, rng: Rng) -> None:
    """the gradient flows through the net, to its inputs and to its parameters"""
    expect_gradients(student, *draw(rng, 6, 3), head=rng.normal(size=(6, 1)).astype(numpy.float32))
