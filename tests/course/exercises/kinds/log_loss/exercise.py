"""The loss of logistic regression: a function whose gradient is judged for what comes before its argument."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Numbers, Rng, Student, Through, check, expect, misconception

EXERCISE = Exercise("log_loss(p, y)", "3.4.4")


def logistic(z: Numbers) -> Numbers:
    return 1 / (1 + numpy.exp(-z.astype(float)))


# Gradients for p grow beyond all bounds where p is near 0; those for z, before the logistic function, do not.
OF_SCORES = Through("logistic", logistic, "z")


def log_loss(p: Numbers, y: Numbers) -> Numbers:
    """The truth."""
    return -(y * numpy.log(p) + (1 - y) * numpy.log(1 - p))


@misconception("the loss of the examples of class 0 is left out")
def class_1_alone(p: Numbers, y: Numbers) -> Numbers:
    return -y * numpy.log(p)


@misconception("the sign is turned around")
def rewards(p: Numbers, y: Numbers) -> Numbers:
    return -log_loss(p, y)


@check(points=1, hint="−log p for the examples of class 1, −log(1 − p) for the others.")
def values(student: Student, rng: Rng) -> None:
    """log_loss(p, y) is one loss for each example"""
    p, y = rng.uniform(0.1, 0.9, size=5).astype(numpy.float32), numpy.array([0, 1, 1, 0, 1], numpy.float32)
    expect(student.log_loss(p, y)).close_to(log_loss(p, y))


@check(points=1, hint="Compute with MXNet's functions from p to the loss.")
def differentiable(student: Student, rng: Rng) -> None:
    """the gradient of the loss reaches the scores before the probabilities: probability minus label"""
    z, y = rng.normal(size=5).astype(numpy.float32), numpy.array([0, 1, 1, 0, 1], numpy.float32)
    head = rng.uniform(1, 2, size=5).astype(numpy.float32)
    result = student.log_loss.gradient(z, y, head=head, through=OF_SCORES)
    expect(result).gradient_close_to((logistic(z) - y) * head)
