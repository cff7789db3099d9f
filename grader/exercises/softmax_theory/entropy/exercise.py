"""Entropy (section 3.4.3): how surprised somebody is on average who knows the true probabilities."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import (
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect_each,
    known_failures,
    misconception,
)
from grader.diagnosis import habits
from grader.exercises.shared.distributions import (
    LIFTS,
    SIZES,
    SUM_OF_LOGS,
    distribution,
    expected_log,
    naive_log,
    naive_sum,
    softened,
    steep,
    with_zeros,
)
from grader.exercises.shared.kinds import expect_unchanged

EXERCISE = Exercise("entropy(p)", "3.4.3", needs=("surprisal",))


def entropy(p: Numbers) -> float:
    """The truth: -Σ p log p, natural logarithms, over the classes whose probability is not 0."""
    return -expected_log(p, p)


@misconception(
    "0 · log 0 is computed as it stands: log 0 is −inf, and 0 times that is nan",
    "Keep the zeros out of the logarithm: choose p[p > 0] first, or add something like 1e-12.",
)
def zero_times_log_zero(p: Numbers) -> float:
    return -naive_sum(p, naive_log(p))


@misconception(
    "the surprisals are added up as they are: an unlikely class counts for as much as a likely one",
    "The average of the surprisals has each of them p times.",
)
def leaves_out_the_weights(p: Numbers) -> float:
    return -naive_sum(numpy.ones_like(p), naive_log(p))


@misconception("the terms −p log p come back one by one, without their sum", "Entropy is one number: add them up.")
def no_sum(p: Numbers) -> Numbers:
    return -numpy.asarray(p, float) * numpy.log(numpy.where(p > 0, p, 1))


@misconception(
    "the logarithm of the number of classes is returned: the entropy only where all are equally likely",
    "p has to come into it.",
)
def of_equal_classes(p: Numbers) -> float:
    return float(numpy.log(len(p)))


@misconception(
    "the squares of the probabilities are taken away from 1: that is the Gini impurity, another measure of disorder",
    "There is a logarithm in the formula.",
)
def gini(p: Numbers) -> float:
    return 1 - float((numpy.asarray(p, float) ** 2).sum())


@misconception("the surprisal of the likeliest class alone is returned", "Every class counts, as often as it comes up.")
def of_the_likeliest(p: Numbers) -> float:
    return -float(numpy.log(numpy.max(p)))


@misconception(
    "a softmax is applied to p, which holds probabilities already", "p is what it is: leave the softmax out."
)
def softmax_first(p: Numbers) -> float:
    return entropy(softened(p))


@misconception(
    "the logarithm is taken after the sum: minus the logarithm of Σ p², and not the sum of the p log p",
    "First the logarithm of each p, then its product with p, then the sum.",
)
def log_of_the_sum(p: Numbers) -> float:
    return -float(numpy.log((numpy.asarray(p, float) ** 2).sum()))


@misconception(
    "each class is taken for a coin of its own: (1 − p) log(1 − p) is counted as well",
    "The other classes have terms of their own already.",
)
def a_coin_for_each_class(p: Numbers) -> float:
    p = numpy.asarray(p, float)
    return -expected_log(p, p) - expected_log(1 - p, 1 - p)


@misconception(
    "so much is added inside the logarithm, or small probabilities are raised so far, that the result changes",
    "1e-12 is enough to keep log 0 away.",
)
def adds_too_much(p: Numbers, *, lifted: Any = LIFTS) -> float:
    p = numpy.asarray(p, float)
    return -float((p * numpy.log(lifted(p))).sum())


CHANGES_P = Misconception(
    "changes_p",
    "zeros are replaced in p itself, which is the caller's own array: what p is used for next goes wrong",
    "p = np.where(…), p + 1e-12 and p[p > 0] make new arrays; p[p == 0] = … does not.",
)


@check(points=1, hint="−p log p for each class, then the sum; np.log is the natural logarithm.")
def values(student: Student, rng: Rng) -> None:
    """entropy(p) is −Σ p log p"""
    every = [*(distribution(rng, k) for k in SIZES), steep(rng), numpy.full(4, 0.25, numpy.float32)]
    every.append(numpy.ones(1, numpy.float32))
    results = [student.entropy(p) for p in every]
    known_failures(results, habits.FAILURES)
    expect_each(results, [entropy(p) for p in every], **vars(SUM_OF_LOGS))


@check(points=0.75, hint="What never happens surprises nobody: 0 · log 0 counts as 0. But what is 0 · np.log(0)?")
def zeros(student: Student, rng: Rng) -> None:
    """classes with probability 0 count nothing"""
    every = with_zeros(rng)
    results = [student.entropy(p) for p in every]
    expect_each(results, [entropy(p) for p in every], **vars(SUM_OF_LOGS))


@check(points=0.25, trivial=True, hint="Make new arrays; leave p as it is.")
def leaves_p_alone(student: Student, rng: Rng) -> None:
    """p stays as it was"""
    for p in (distribution(rng, 4), with_zeros(rng)[1]):
        expect_unchanged(student.entropy(p), ["p"], CHANGES_P)
