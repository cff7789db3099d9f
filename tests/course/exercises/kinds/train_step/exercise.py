"""One step of training: a function that gets the student's own net and trainer, which live on, and changes them."""

from __future__ import annotations

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    compare,
    expect,
    linear_of,
    misconception,
    no_failure,
    set_linear,
)

EXERCISE = Exercise("train_step(net, trainer, X, y)", "3.3.7", needs=("build_net", "make_trainer"))

RECORDS_THE_STEP = Misconception(
    "records_the_step", "the step is taken inside autograd.record()", "Only the loss is recorded."
)
STALE_GRADIENT = Misconception(
    "stale_gradient", "there is no new gradient for the step: backward() is missing", "l.backward() before the step."
)
FAILURES = (
    (r"already in a computational graph|[Ii]nplace operations.*recording", RECORDS_THE_STEP),
    (r"has not been updated by backward", STALE_GRADIENT),
)


def step(X: Numbers, y: Numbers, W: Numbers, b: Numbers, lr: float) -> Numbers:
    """The truth: where one step of the mean squared loss ½(ŷ − y)² leads."""
    error = X.astype(float) @ W + b - y[:, None]
    return W - lr * X.T @ error / len(X)


@misconception("the gradients are added up and not averaged: step(1) of a sum", "trainer.step(len(X))")
def adds_up(X: Numbers, y: Numbers, W: Numbers, b: Numbers, lr: float) -> Numbers:
    return W - lr * X.T @ (X @ W + b - y[:, None])


@misconception("the mean is divided by the batch size once more", "step(len(X)) goes with the losses' sum.")
def divides_twice(X: Numbers, y: Numbers, W: Numbers, b: Numbers, lr: float) -> Numbers:
    return W - lr * X.T @ (X @ W + b - y[:, None]) / len(X) ** 2


@misconception("the loss has no half: the step is twice as long")
def without_the_half(X: Numbers, y: Numbers, W: Numbers, b: Numbers, lr: float) -> Numbers:
    return W - 2 * lr * X.T @ (X @ W + b - y[:, None]) / len(X)


@misconception("the step goes uphill")
def ascends(X: Numbers, y: Numbers, W: Numbers, b: Numbers, lr: float) -> Numbers:
    return 2 * W - step(X, y, W, b, lr)


@check(points=2, hint="Record the loss, then l.backward(), then trainer.step(len(X)).")
def moves(student: Student, rng: Rng) -> None:
    """train_step moves the net's parameters one step downhill, and returns the mean loss before it"""
    X, y = rng.normal(size=(8, 3)).astype(numpy.float32), rng.normal(size=8).astype(numpy.float32)
    W, b, lr = rng.normal(size=(3, 1)), rng.normal(size=1), 0.25
    net = student.build_net.object(called="net")
    set_linear(net, W, b)
    trainer = student.make_trainer.object(net, lr, called="trainer")
    result = student.train_step(net, trainer, X, y)
    no_failure(result, FAILURES)
    moved, _ = linear_of(net, 3)
    compare(student.exercise, "after train_step(net, trainer, X, y), the weights are not right.", moved,
            step(X, y, W, b, lr), (X, y, W, b, lr), rtol=1e-3, atol=1e-4, inputs={"W": W})  # fmt: skip
    loss = ((X.astype(float) @ W + b - y[:, None]) ** 2 / 2).mean()
    expect(result, against=(X, y, W, b, lr)).close_to(loss, any_number=True, rtol=1e-3, atol=1e-4)
