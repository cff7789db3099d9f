"""A Gluon net for linear regression (sections 3.3.3 and 3.3.4): one dense layer, with small random weights."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Numbers, Rng, Student, check, expect
from grader.exercises.shared import one_layer
from grader.exercises.shared.one_layer import expect_gradients, expect_linear, expect_small_start

EXERCISE = Exercise("build_net()", "3.3.3")

KNOWN = one_layer.KNOWN
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
    far = (1000 * X / W[0]).astype(numpy.float32)
    expect(net(far), against=(far, W, b)).close_to(far @ W + b, rtol=1e-4, atol=1e-2)


@check(points=1, hint="net.initialize(init.Normal(sigma=0.01))")
def starts_small(student: Student, rng: Rng) -> None:
    """each net begins with weights of its own, drawn with the standard deviation 0.01, and with a bias of 0"""
    expect_small_start(student, rng.normal(size=(3, INPUTS)).astype(numpy.float32))


@check(
    points=0.5, hint="Every operator between X and the result has to be MXNet's, and every parameter gets a gradient."
)
def learns(student: Student, rng: Rng) -> None:
    """the gradient flows through the net, to its inputs and to its parameters"""
    expect_gradients(student, *draw(rng, 6, 3), head=rng.normal(size=(6, 1)).astype(numpy.float32))
