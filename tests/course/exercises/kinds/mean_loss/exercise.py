"""The mean loss over a data set: a function that gets a net and batches, which only the slot has."""

from __future__ import annotations

import numpy

from grader.checking import CheckFailed, Exercise, Misconception, Numbers, Rng, Student, check, expect, misconception

EXERCISE = Exercise("mean_loss(net, batches)", "3.3.7")

Batch = tuple[Numbers, Numbers]
READS_TWICE = Misconception("reads_twice", "each batch is given to the net more than once", "Keep what the net gives.")


def mean_loss(batches: list[Batch], W: Numbers, b: Numbers) -> float:
    """The truth."""
    losses = [(X.astype(float) @ W + b - y[:, None]) ** 2 / 2 for X, y in batches]
    return float(numpy.concatenate(losses).mean())


@misconception("the batches' means are averaged: a small batch counts as much as a large one")
def mean_of_means(batches: list[Batch], W: Numbers, b: Numbers) -> float:
    return sum(mean_loss([batch], W, b) for batch in batches) / len(batches)


@misconception("the last batch alone is counted")
def last_batch(batches: list[Batch], W: Numbers, b: Numbers) -> float:
    return mean_loss(batches[-1:], W, b)


@check(points=1, hint="Add up the losses of all examples, and divide once, by their number.")
def values(student: Student, rng: Rng) -> None:
    """mean_loss(net, batches) is the mean of ½(net(X) − y)² over all examples"""
    W, b = rng.normal(size=(3, 1)).astype(numpy.float32), numpy.ones(1, numpy.float32)
    sizes = (4, 4, 1)
    batches = [(rng.normal(size=(n, 3)).astype(numpy.float32), rng.normal(size=n).astype(numpy.float32)) for n in sizes]
    net, once = student.given("linear_net", W, b), student.given("generator", batches)
    result = student.mean_loss(net, once)
    expect(result, against=(batches, W, b)).close_to(mean_loss(batches, W, b), any_number=True, rtol=1e-4)
    if (calls := result.facts.get("calls", 0)) > len(sizes):
        raise CheckFailed(f"The net is called {calls} times for {len(sizes)} batches.", READS_TWICE)
