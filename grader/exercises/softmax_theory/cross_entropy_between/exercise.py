"""Cross-entropy of two distributions (section 3.4.3): how surprised who believes in q is, where p holds."""

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

EXERCISE = Exercise("cross_entropy_between(p, q)", "3.4.3", needs=("surprisal", "entropy"))


def cross_entropy_between(p: Numbers, q: Numbers) -> float:
    """The truth: -Σ p log q, natural logarithms, over the classes whose probability by p is not 0."""
    return -expected_log(p, q)


@misconception(
    "0 · log 0 is computed as it stands where a class has probability 0 by both p and q: log 0 is −inf, and 0 times "
    "that is nan",
    "Keep the zeros of q out of the logarithm: choose the classes with p > 0 first, or add something like 1e-12.",
)
def zero_times_log_zero(p: Numbers, q: Numbers) -> float:
    return -naive_sum(p, naive_log(q))


@misconception(
    "p and q have changed places: −Σ q log p, the surprise of somebody who believes in p, where q holds",
    "p says how often a class comes up, q how likely it was thought to be.",
)
def swaps_p_and_q(p: Numbers, q: Numbers) -> float:
    return -naive_sum(q, naive_log(p))


@misconception("the entropy of p is returned: q does not come into it", "The logarithm is that of q.")
def entropy_of_p(p: Numbers, q: Numbers) -> float:
    return -expected_log(p, p)


@misconception(
    "the entropy of q is returned: p does not come into it",
    "How often a class comes up, p says: weigh its surprisal by that.",
)
def entropy_of_q(p: Numbers, q: Numbers) -> float:
    return -expected_log(q, q)


@misconception(
    "the divergence of p and q is returned: the cross-entropy less the entropy of p",
    "Here the logarithm is that of q alone, and not of p / q.",
)
def divergence(p: Numbers, q: Numbers) -> float:
    return expected_log(p, p) - expected_log(p, q)


@misconception(
    "the surprisals of all classes are added up as they are, however often a class comes up",
    "Each surprisal counts p times.",
)
def leaves_out_the_weights(p: Numbers, q: Numbers) -> float:
    return -naive_sum(numpy.ones_like(p), naive_log(q))


@misconception(
    "the terms −p log q come back one by one, without their sum", "Cross-entropy is one number: add them up."
)
def no_sum(p: Numbers, q: Numbers) -> Numbers:
    return -numpy.asarray(p, float) * numpy.log(numpy.where(p > 0, q, 1))


@misconception(
    "a softmax is applied to q, which holds probabilities already", "q is what it is: leave the softmax out."
)
def softmax_first(p: Numbers, q: Numbers) -> float:
    return -expected_log(p, softened(q))


@misconception(
    "the surprisal of the likeliest class alone is returned, as if it came up every time",
    "The label may be any of the classes, as often as p says.",
)
def of_the_likeliest(p: Numbers, q: Numbers) -> float:
    return float(-naive_log(q)[numpy.argmax(p)])


@misconception(
    "the logarithm is taken after the sum: −log Σ p q, and not −Σ p log q",
    "First the logarithm of each q, then its product with p, then the sum.",
)
def log_of_the_sum(p: Numbers, q: Numbers) -> float:
    return float(-naive_log(numpy.dot(p.astype(float), q)))


@misconception(
    "each class is taken for a coin of its own: (1 − p) log(1 − q) is counted as well",
    "The other classes have terms of their own already.",
)
def a_coin_for_each_class(p: Numbers, q: Numbers) -> float:
    p, q = numpy.asarray(p, float), numpy.asarray(q, float)
    return -expected_log(p, q) - expected_log(1 - p, 1 - q)


@misconception(
    "so much is added inside the logarithm, or small probabilities are raised so far, that the result changes",
    "1e-12 is enough to keep log 0 away.",
)
def adds_too_much(p: Numbers, q: Numbers, *, lifted: Any = LIFTS) -> float:
    return -float((p.astype(float) * numpy.log(lifted(q.astype(float)))).sum())


CHANGES_ITS_ARGUMENTS = Misconception(
    "changes_its_arguments",
    "zeros are replaced in p or q itself, which are the caller's own arrays: what they are used for next goes wrong",
    "np.where(…), q + 1e-12 and q[p > 0] make new arrays; q[q == 0] = … does not.",
)


@check(points=1, hint="−p log q for each class, then the sum; np.log is the natural logarithm.")
def values(student: Student, rng: Rng) -> None:
    """cross_entropy_between(p, q) is −Σ p log q"""
    every = pairs(rng)
    results = [student.cross_entropy_between(p, q) for p, q in every]
    known_failures(results, habits.FAILURES)
    expect_each(results, [cross_entropy_between(p, q) for p, q in every], **vars(SUM_OF_LOGS))


@check(points=0.75, hint="What never happens surprises nobody: 0 · log 0 counts as 0. But what is 0 · np.log(0)?")
def zeros(student: Student, rng: Rng) -> None:
    """classes with probability 0 by p count nothing, whatever q says of them"""
    every = pairs_with_zeros(rng)
    results = [student.cross_entropy_between(p, q) for p, q in every]
    expect_each(results, [cross_entropy_between(p, q) for p, q in every], **vars(SUM_OF_LOGS))


@check(points=0.25, trivial=True, hint="Make new arrays; leave p and q as they are.")
def leaves_both_alone(student: Student, rng: Rng) -> None:
    """p and q stay as they were"""
    for p, q in (pairs(rng)[0], pairs_with_zeros(rng)[-1]):
        expect_unchanged(student.cross_entropy_between(p, q), ["p", "q"], CHANGES_ITS_ARGUMENTS)
