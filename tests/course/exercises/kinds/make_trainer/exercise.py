"""Gluon's Trainer: something that changes a net, and is judged by how it does."""

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
    set_linear,
)

EXERCISE = Exercise("make_trainer(net, lr)", "3.3.6")

NO_SUCH_OPTIMIZER = Misconception(
    "no_such_optimizer", "Gluon knows no optimizer of that name", "'sgd' is the one that is asked for."
)
FAILURES = ((r"Cannot find optimizer", NO_SUCH_OPTIMIZER),)


def step(W: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    """The truth: where one step leads."""
    return W - lr * grad / batch_size


@misconception("the learning rate is another one: 0.01, which Gluon takes if it is told none", "{'learning_rate': lr}")
def default_rate(W: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return step(W, grad, 0.01, batch_size)


@misconception("nothing moves", "Which parameters does the trainer get?")
def stays(W: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return W


@misconception("weight decay shrinks the weights on top of the step", "wd is 0 unless it is said.")
def decays(W: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return W - lr * (grad / batch_size + 0.1 * W)


@check(points=2, hint="gluon.Trainer(net.collect_params(), 'sgd', {'learning_rate': lr})")
def steps(student: Student, rng: Rng) -> None:
    """a step of make_trainer(net, lr) moves the net's parameters by −lr · gradient / batch size"""
    for d, lr, batch_size in ((3, 0.5, 4), (20, 0.03, 10)):
        net = student.given_object("net", d)
        W, b = rng.normal(size=(d, 1)), rng.normal(size=1)
        set_linear(net, W, b)
        trainer = student.make_trainer.object(net, lr, called="trainer", known=FAILURES)
        X = rng.normal(size=(batch_size, d)).astype(numpy.float32)
        head = rng.normal(size=(batch_size, 1)).astype(numpy.float32)
        expect(net.gradient(X, head=head)).no_failure()
        expect(trainer.step(batch_size)).no_failure()
        grad = X.T @ head
        moved, _ = linear_of(net, d)
        compare(student.exercise, f"after trainer.step({batch_size}), with lr={lr:g}, the weights are not right.",
                moved, step(W, grad, lr, batch_size), (W, grad, lr, batch_size), rtol=1e-3, atol=1e-4,
                inputs={"W": W, "gradient": grad} if d < 9 else {})  # fmt: skip


@check(points=0.5, hint="{'learning_rate': lr}")
def knows_its_rate(student: Student) -> None:
    """its learning_rate is lr"""
    trainer = student.make_trainer.object(student.given_object("net", 2), 0.25, called="trainer")
    expect(trainer.attribute("learning_rate")).close_to(0.25, any_number=True)
