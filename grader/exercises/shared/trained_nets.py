"""What a loop with Gluon's Trainer is tried with: a net, its Trainer and batches that are given, in a known order.

As nothing is random, a run leads where one trace of `descent` does.
"""

from __future__ import annotations

import numpy

from grader.checking import CheckFailed, Misconception, Numbers, Student, StudentObject
from grader.exercises.shared import loops
from grader.exercises.shared.descent import Batch, Params, Passes, stacked
from grader.sandbox import wire

STALE_GRADIENT = Misconception(
    "stale_gradient",
    "the Trainer steps without a new gradient: backward() is missing before it, or there are two steps for one",
    "l.backward() on the recorded loss, then one trainer.step(…).",
)
FAILURES = (*loops.FAILURES, (r"has not been updated by backward", STALE_GRADIENT))


def given_net(student: Student, params: Params) -> StudentObject:
    """A Sequential with a Dense layer that computes X·W + b; W is (inputs, outputs)."""
    return student.given_object("gluon_net", *(numpy.asarray(param, numpy.float32) for param in params))


def given_batches(student: Student, data: Batch, batches: Passes) -> wire.Given:
    """The first pass's rows of the data, batch by batch, in every pass; `facts["passes"]` is how many there were."""
    X, y = data
    return student.given("batches", [(X[list(rows)], y[list(rows)]) for rows in batches[0]])


def moved(net: StudentObject, start: Params) -> Numbers:
    """How far W and b of a given net have moved, stacked. Raises `CheckFailed` where it has other parameters now."""
    held = [values for _, values in net.parameters() if values is not None]
    W, b = start
    if [values.shape for values in held] != [W.T.shape, b.shape]:
        raise CheckFailed("The net that was given has other parameters than before.")
    return stacked((held[0].T, held[1])) - stacked(start)


def in_order(n: int, batch_size: int, num_epochs: int) -> list[list[range]]:
    """The batches of each epoch: the examples one after the other."""
    return [[range(start, min(start + batch_size, n)) for start in range(0, n, batch_size)]] * num_epochs
