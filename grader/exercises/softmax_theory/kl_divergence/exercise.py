"""Kullback-Leibler divergence (section 3.4.3): what believing in q costs, where p holds, beyond what has to be paid."""

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
    SUM_OF_LOGS,
    expected_log,
    naive_log,
    naive_sum,
    pairs,
    pairs_with_zeros,
    softened,
)
from grader.exercises.shared.kinds import expect_unchanged

EXERCISE = Exercise("kl_divergence(p, q)", "3.4.3", needs=("surprisal", "entropy", "cross_entropy_between"))


def kl_divergence(p: Numbers, q: Numbers) -> float:
    """The truth: Σ p log(p / q), natural logarithms, over the classes whose probability by p is not 0."""
    return expected_log(p, p) - expected_log(p, q)


@misconception(
    "0 · log 0 is computed as it stands where p is 0: log 0 is −inf, and 0 times that is nan",
    "Keep the zeros out of the logarithm: choose the classes with p > 0 first, or add something like 1e-12.",
)
def zero_times_log_zero(p: Numbers, q: Numbers, *, least: Any = (0.0, 1e-9)) -> float:
    counted = q >= least  # all classes, or those whose q is not 0 either
    with numpy.errstate(all="ignore"):
        return naive_sum(p[counted], naive_log(p[counted].astype(float) / q[counted]))


@misconception(
    "a division by 0, or the logarithm of 0, is left where a class has probability 0 by both p and q: what is made "
    "safe is p alone",
    "Choose the classes with p > 0 first, of p and of q.",
)
def zero_of_q(p: Numbers, q: Numbers) -> float:
    return expected_log(p, p) - naive_sum(p, naive_log(q))


@misconception(
    "p and q have changed places: the divergence of q from p, which is another number",
    "p says how often a class comes up: it is the weight, and stands above the fraction bar.",
)
def swaps_p_and_q(p: Numbers, q: Numbers) -> float:
    with numpy.errstate(all="ignore"):
        return naive_sum(q, naive_log(q / p.astype(float)))


@misconception(
    "the cross-entropy is returned, of which the entropy of p has to be taken away",
    "D(p‖p) is 0: does it come out so?",
)
def cross_entropy_alone(p: Numbers, q: Numbers) -> float:
    return -expected_log(p, q)


@misconception(
    "the entropy of q is taken away from the cross-entropy, and not that of p",
    "What has to be paid anyway is the entropy of what comes up: p's.",
)
def takes_away_the_entropy_of_q(p: Numbers, q: Numbers) -> float:
    return expected_log(q, q) - expected_log(p, q)


@misconception("the difference of the two entropies is returned", "The surprise at q is to be averaged with p.")
def difference_of_entropies(p: Numbers, q: Numbers, *, sign: Any = (1.0, -1.0)) -> float:
    return sign * (expected_log(p, p) - expected_log(q, q))


@misconception(
    "the log-ratios are averaged with the weights q, and not with p", "p says how often a class comes up: weigh by it."
)
def weighs_by_q(p: Numbers, q: Numbers) -> float:
    with numpy.errstate(all="ignore"):
        return naive_sum(q, naive_log(p.astype(float) / q))


@misconception("the log-ratios are added up without weights", "Each counts p times.")
def leaves_out_the_weights(p: Numbers, q: Numbers) -> float:
    with numpy.errstate(all="ignore"):
        return naive_sum(numpy.ones_like(p), naive_log(p.astype(float) / q))


@misconception(
    "the terms p log(p / q) come back one by one, without their sum", "The divergence is one number: add them up."
)
def no_sum(p: Numbers, q: Numbers) -> Numbers:
    p, q = p.astype(float), q.astype(float)
    ratio = numpy.where(p > 0, p, 1) / numpy.where(p > 0, q, 1)
    return p * numpy.log(ratio)


@misconception(
    "absolute values are taken inside the sum: some of its terms are negative, and have to be, though the sum never is",
    "Leave the terms their signs.",
)
def absolute_terms(p: Numbers, q: Numbers) -> float:
    return float(abs(no_sum(p, q)).sum())


@misconception(
    "both directions are added up, or averaged: this treats p and q alike, which the divergence does not",
    "D(p‖q) is one of the two sums alone.",
)
def both_directions(p: Numbers, q: Numbers, *, share: Any = (1.0, 0.5)) -> float:
    return share * (kl_divergence(p, q) + swaps_p_and_q(p, q))


@misconception("both are compared with their mean: that is the Jensen-Shannon divergence", "Compare p with q itself.")
def jensen_shannon(p: Numbers, q: Numbers) -> float:
    mean = (p.astype(float) + q) / 2
    return (kl_divergence(p, mean) + kl_divergence(q, mean)) / 2


@misconception("the squared distance of p and q is returned", "There is a logarithm in the formula.")
def squared_distance(p: Numbers, q: Numbers) -> float:
    return float(((p.astype(float) - q) ** 2).sum())


@misconception("a softmax is applied to p and q, which hold probabilities already", "Leave the softmax out.")
def softmax_first(p: Numbers, q: Numbers) -> float:
    return kl_divergence(softened(p), softened(q))


@misconception(
    "so much is added inside the logarithm, or small probabilities are raised so far, that the result changes",
    "1e-12 is enough to keep log 0 away.",
)
def adds_too_much(p: Numbers, q: Numbers, *, lifted: Any = LIFTS) -> float:
    return float((p.astype(float) * numpy.log(lifted(p.astype(float)) / lifted(q.astype(float)))).sum())


CHANGES_ITS_ARGUMENTS = Misconception(
    "changes_its_arguments",
    "zeros are replaced in p or q itself, which are the caller's own arrays: what they are used for next goes wrong",
    "np.where(…), p + 1e-12 and p[p > 0] make new arrays; p[p == 0] = … does not.",
)


@check(points=1.5, hint="p log(p / q) for each class, then the sum; or the cross-entropy less the entropy of p.")
def values(student: Student, rng: Rng) -> None:
    """kl_divergence(p, q) is Σ p log(p / q)"""
    every = pairs(rng)
    results = [student.kl_divergence(p, q) for p, q in every]
    known_failures(results, habits.FAILURES)
    expect_each(results, [kl_divergence(p, q) for p, q in every], **vars(SUM_OF_LOGS))


@check(points=1.25, hint="0 · log 0 counts as 0, also where q is 0. But what is 0 · np.log(0), and what 0 / 0?")
def zeros(student: Student, rng: Rng) -> None:
    """classes with probability 0 by p count nothing, whatever q says of them"""
    every = pairs_with_zeros(rng)
    results = [student.kl_divergence(p, q) for p, q in every]
    expect_each(results, [kl_divergence(p, q) for p, q in every], **vars(SUM_OF_LOGS))


@check(points=0.25, trivial=True, hint="Make new arrays; leave p and q as they are.")
def leaves_both_alone(student: Student, rng: Rng) -> None:
    """p and q stay as they were"""
    for p, q in (pairs(rng)[0], pairs_with_zeros(rng)[-1]):
        expect_unchanged(student.kl_divergence(p, q), ["p", "q"], CHANGES_ITS_ARGUMENTS)
