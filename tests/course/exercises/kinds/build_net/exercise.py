"""Linear regression as a Gluon model: a net, whatever layers it is made of, is judged by what it computes."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect,
    linear_of,
    set_linear,
    show,
)

EXERCISE = Exercise("build_net()", "3.3.3")

NOT_INITIALISED = Misconception(
    "not_initialised", "the parameters were never initialised", "net.initialize(init.Normal(sigma=0.01))"
)
WRONG_SPREAD = Misconception(
    "wrong_spread",
    "the first weights are not drawn with the standard deviation 0.01",
    "init.Normal(sigma=0.01): without it, initialize() draws from another distribution.",
)
# 400 draws lie within five times 0.01 / √800 of 0.01, but once in 10^6.
SPREAD, MARGIN = 0.01, 5 * 0.01 / 800**0.5


def linear(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    """The truth."""
    return X.astype(float) @ W + b


def draw(rng: Rng, d: int) -> tuple[Numbers, Numbers, Numbers]:
    return rng.normal(size=(6, d)).astype(numpy.float32), rng.normal(size=(d, 1)), rng.normal(size=1) + 2


@check(points=2, hint="One Dense layer with one output, and nothing after it.")
def computes(student: Student, rng: Rng) -> None:
    """build_net() computes X·w + b, one number for each example, whatever the number of inputs"""
    for d in (2, 5):
        net = student.build_net.object(called="net")
        X, W, b = draw(rng, d)
        set_linear(net, W, b)
        expect(net(X), against=(X, W, b)).close_to(linear(X, W, b), rtol=1e-4, atol=1e-5)


@check(points=1, hint="net.initialize(init.Normal(sigma=0.01))")
def starts_small(student: Student, rng: Rng) -> None:
    """the net is initialised: its first weights are normal draws with the standard deviation 0.01, its bias is 0"""
    net = student.build_net.object(called="net")
    failure = net(draw(rng, 400)[0]).failure
    if failure is not None and "initialize" in failure.message:
        raise CheckFailed(f"net(…) raised {failure.type}.", NOT_INITIALISED)
    W, b = linear_of(net, 400)
    if not W.all():
        raise CheckFailed("Some inputs have no influence at all at first.")
    if not abs(W.std() - SPREAD) <= MARGIN:
        raise CheckFailed(f"The standard deviation of 400 weights is {W.std():.4f}.", WRONG_SPREAD)
    if abs(b).max() > 1e-6:
        raise CheckFailed(f"The bias begins at {show(b)}.")


@check(points=1, hint="Every operator between X and the result has to be MXNet's.")
def differentiable(student: Student, rng: Rng) -> None:
    """the gradient flows through the net, to its inputs and to its parameters"""
    net = student.build_net.object(called="net")
    X, W, b = draw(rng, 3)
    set_linear(net, W, b)
    head = rng.normal(size=(6, 1)).astype(numpy.float32)
    result = net.gradient(X, head=head)
    expect(result, against=(X, W, b)).gradient_close_to(head @ W.T)
    found = sorted(abs(grad).sum() for _, grad in net.parameters(grad=True) if grad is not None)
    wanted = sorted([abs(X.T @ head).sum(), abs(head.sum())])
    if not numpy.allclose(found, wanted, rtol=1e-3):
        raise CheckFailed(f"The gradients of its parameters add up to {show(found)}, and not to {show(wanted)}.")
