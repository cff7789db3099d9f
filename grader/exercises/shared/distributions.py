"""Probability distributions over a few classes: what exercises about them draw, and how zeros count."""

from __future__ import annotations

import functools
from collections.abc import Callable

import numpy

from grader.checking import Near, Numbers, Rng

# A sum of p log p over 100 classes was seen 1e-6 off in float32. 1e-6 beside each probability does no harm: it makes
# 1e-4 of an entropy of 4.6, and 5e-5 of a divergence. What is wrong is off by far more.
SUM_OF_LOGS = Near(rtol=1e-4, atol=1e-4, any_number=True)
# Two of the first size: what is remembered by it comes back in the second. Nobody writes down as many classes as the
# last has.
SIZES = (3, 3, 5, 2, 100)
# Which of five classes have probability 0; more than one, so that it shows who mends the first alone.
ZEROS = ((1,), (0, 3), (4,), (0, 1, 3, 4))

# What is done to probabilities to keep 0 away from the logarithm, and harms where they are small.
_EPSILONS = (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
_WAYS = (numpy.add, numpy.maximum)
LIFTS: tuple[Callable[[Numbers], Numbers], ...] = tuple(
    functools.partial(way, eps) for way in _WAYS for eps in _EPSILONS
)


def distribution(rng: Rng, k: int) -> Numbers:
    """Probabilities of k classes in float32, none near 0, and no two alike."""
    weights = rng.permutation(numpy.arange(k) + rng.uniform(1, 1.5, size=k)) + 0.2 * k
    return (weights / weights.sum()).astype(numpy.float32)


def steep(rng: Rng) -> Numbers:
    """Probabilities some of which are small, down to 1e-5."""
    small = rng.permutation(numpy.array([1e-5, 1e-3, 0.02, 0.1])) * rng.uniform(1, 2)
    return numpy.append(small, 1 - small.sum()).astype(numpy.float32)


def with_zeros(rng: Rng) -> list[Numbers]:
    """Distributions in which some classes never come up; in the last, one alone does."""
    return [without(distribution(rng, 5), places) for places in ZEROS]


def without(p: Numbers, places: tuple[int, ...]) -> Numbers:
    """The distribution where these classes never come up."""
    weights = p.astype(float)
    weights[list(places)] = 0
    return (weights / weights.sum()).astype(numpy.float32)


def pairs(rng: Rng) -> list[tuple[Numbers, Numbers]]:
    """Two distributions over the same classes, none of them 0; in the last two they are equal, and there is one."""
    found = [_apart(distribution(rng, k), rng) for k in SIZES]
    p, one = distribution(rng, 4), numpy.ones(1, numpy.float32)
    return [*found, _apart(steep(rng), rng), _nearly_impossible(rng), (p, p.copy()), (one, one.copy())]


def _nearly_impossible(rng: Rng) -> tuple[Numbers, Numbers]:
    """A class of which q thinks hardly anything, and that does come up: so seldom that 1e-7 beside q does no harm."""
    p, q = distribution(rng, 4), distribution(rng, 4)
    place = rng.integers(4)
    p[place], q[place] = 0, 0
    p, q = p / p.sum() * (1 - 1e-3), q / q.sum() * (1 - 2e-6)
    p[place], q[place] = 1e-3, 2e-6
    return p.astype(numpy.float32), q.astype(numpy.float32)


def pairs_with_zeros(rng: Rng) -> list[tuple[Numbers, Numbers]]:
    """The same where classes never come up by p, and not by q either in the last ones."""
    found = [_apart(p, rng) for p in with_zeros(rng)]
    both = [_apart(p, rng, places[:2]) for p, places in zip(with_zeros(rng), ZEROS, strict=True)]
    return [*found, *both]


def _apart(p: Numbers, rng: Rng, places: tuple[int, ...] = ()) -> tuple[Numbers, Numbers]:
    """p, and another that differs so much that rounding does not count beside it, without the classes at `places`."""
    while True:
        q = without(distribution(rng, len(p)), places)
        if expected_log(p, p) - expected_log(p, q) > 0.01:
            return p, q


def expected_log(p: Numbers, q: Numbers) -> float:
    """Σ p log q over the classes that come up, in float64: a class of p's probability 0 counts nothing."""
    p, q = numpy.asarray(p, float), numpy.asarray(q, float)
    return float((p[p > 0] * numpy.log(q[p > 0])).sum())


def naive_log(p: Numbers) -> Numbers:
    """log as MXNet takes it: -inf of 0."""
    with numpy.errstate(all="ignore"):
        result: Numbers = numpy.log(numpy.asarray(p, float))
        return result


def naive_sum(p: Numbers, logs: Numbers) -> float:
    """The sum of products as MXNet forms it: 0 times an infinity is nan, and spoils all."""
    with numpy.errstate(all="ignore"):
        return float((numpy.asarray(p, float) * logs).sum())


def softened(p: Numbers) -> Numbers:
    """A softmax of what are probabilities already."""
    E = numpy.exp(numpy.asarray(p, float))
    result: Numbers = E / E.sum()
    return result
