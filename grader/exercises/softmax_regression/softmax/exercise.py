"""Softmax (section 3.6.2): a batch of scores becomes a batch of probabilities."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Near,
    Numbers,
    Rng,
    Student,
    check,
    expect,
    expect_each,
    expect_from_scratch,
    known_failures,
    misconception,
)
from grader.checking.seen import was_right
from grader.diagnosis.habits import FAILURES, KNOWN
from grader.exercises.shared.again import DEPENDS_ON_EARLIER_CALLS, why_not
from grader.exercises.shared.softmax import COARSE, OPERATORS, softmax, softmax_gradient

EXERCISE = Exercise("softmax(X)", "3.6.2")


# -- wrong versions that their values do not give away; the others are in misconceptions.py

CHANGES_ITS_INPUT = Misconception(
    "changes_its_input",
    "X is changed in place, by -=, /= or [:] =, so that the caller's own array is different afterwards",
    "Make a new array instead: X - … leaves X alone.",
)
LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph",
    "the result is cut off from X: its numbers have been through asnumpy(), NumPy, detach() or autograd.pause(), or "
    "are those of an earlier call, and the gradient cannot follow them",
    "Use MXNet's own functions from X to the result, in each call anew.",
)
USES_THE_LIBRARY = Misconception(
    "uses_the_library",
    "the library's softmax does the work",
    "From scratch means exp, a sum and a division.",
)

SHIFT_IS_NOT_THE_MAXIMUM = Misconception(
    "shift_is_not_the_maximum",
    "exp is taken of numbers that are too large, and inf / inf is nan, or of a row in which all are too small, and "
    "0 / 0 is nan: what is taken from a row is not its own largest logit",
    "After the shift the largest entry of each row should be 0, in this call as in any other.",
)


def _through_the_maximum(grad: Numbers, X: Numbers) -> Numbers:
    """The gradient for X of a function of X - max(X), from the gradient for the difference."""
    best = numpy.asarray(X).max(axis=1, keepdims=True) == X
    return grad - best * grad.sum(axis=1, keepdims=True)


@misconception(
    "the denominator is detached: the gradient takes it for a constant, but it depends on every logit of the row",
    "Only the row's maximum may be detached: it cancels.",
    of="gradient",
)
def detaches_partition(X: Numbers, head: Numbers) -> Numbers:
    return _through_the_maximum(softmax(X) * head, X)


@misconception(
    "the numerator is detached: the gradient takes it for a constant, but it depends on its own logit",
    "Only the row's maximum may be detached: it cancels.",
    of="gradient",
)
def detaches_numerator(X: Numbers, head: Numbers) -> Numbers:
    p = softmax(X)
    return _through_the_maximum(-p * (head * p).sum(axis=1, keepdims=True), X)


@misconception(
    "1 is divided by the sum of exp(x_k - x_j): the differences between far-apart logits overflow, "
    "which breaks the gradient even where the value comes out right",
    hint="Shift each row so that no exponent is above 0.",
    of="gradient",
)
def pairwise_differences(X: Numbers, head: Numbers) -> Numbers:
    grad = softmax_gradient(X, head)
    grad[numpy.ptp(X, axis=1) > numpy.log(numpy.finfo(numpy.float32).max)] = numpy.nan
    return grad


HABITS = [*KNOWN, DEPENDS_ON_EARLIER_CALLS]

# -- the checks

# A probability p is right to 2e-6 of itself: see Near. Where exp(z) is computed as expm1(z) + 1, or a probability as 1
# less the others, its error is that of a number just below 1, spaced 6e-8 apart, once or twice, however small p is.
VALUES = Near(rtol=1e-5, atol=2e-7)
# The gradient is p * (head - sum(head * p)): with p right to 2e-6 (see RTOL), heads and their difference below 10, and
# a handful of roundings of 6e-8 each, it is right to 4e-5 at the worst where p is near 1, and far better elsewhere.
GRADIENT = Near(rtol=1e-4, atol=1e-5)
# float16 rounds by 5e-4 at most, in proportion: exp, sum, division, and the shift's effect on the exponent (numbers up
# to 2 where it matters, spaced 2e-3 apart, rounded by 1e-3) make 3e-3 together. A form that subtracts the logarithm of
# the row's sum, and not the maximum alone, rounds the exponent at the size of the logits: by 1.6e-2 near 50, where
# float16 is spaced 3.1e-2.
HALF = Near(rtol=2e-2, atol=2e-3)

# The second has the shape of the first: what is remembered by it comes back. Nobody writes down as many rows as the
# last but one has, or as many classes as the last.
ORDINARY = ((4, 3), (4, 3), (3, 3), (1, 5), (2, 10), (300, 3), (4, 12))
# What is to be taken from the largest logit of a row: small probabilities, down to 8e-7.
STEEP = (0, 3, 6, 9, 12, 14)

# Rows that overflow, underflow, or defeat a shift that is not the row's own maximum. What overflows comes last: MXNet's
# sums make nan of an infinity that is followed by something, and would spoil the other rows of a sum over axis 0.
EXTREME = (
    [[0.0, 0.0, 100.0], [100.0, 0.0, 0.0]],
    [[-120.0, -110.0, -105.0], [-200.0, -201.0, -199.0]],
    [[-500.0, -501.0, -499.0], [0.0, 1.0, 2.0], [500.0, 501.0, 499.0]],
    [[0.0, 1000.0], [1000.0, 0.0]],
    [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]],
)
# What tells apart the numbers that are taken from a row. float32's exp overflows from 88.72 on: where nothing is taken,
# the first row comes out right and the second does not, and nearly any number makes another pair of them. In the third
# row, an absolute value leaves nothing but 0; in the last, the largest one does, and that of the max does not.
TELLING = (
    numpy.array([[-3.0, 88.3, 3.0], [-3.0, 89.1, 3.0]], numpy.float32),
    numpy.array([[-60.0, -61.0, -70.0], [5.0, -200.0, 3.0]], numpy.float32),
)


def _extreme(rng: Rng) -> list[Numbers]:
    """Logits near these, and nobody's but this submission's."""
    return [(rows + rng.uniform(-0.5, 0.5, size=numpy.shape(rows))).astype(numpy.float32) for rows in EXTREME]


def _logits(rng: Rng, n: int, q: int, apart: float = 0.0) -> Numbers:
    """Ordinary logits, but none where a wrong form divides by next to nothing, nor two of them closer than `apart`.

    Where a wrong form has a kink, a wrong gradient cannot be recognised by what it is nearby; and the largest is
    sought in columns too, and in the whole array.
    """
    while True:
        X = rng.normal(size=(n, q))
        while (unclear := (abs(X.sum(axis=1)) < 0.5) | (X.max(axis=1) < 0.5)).any():
            X[unclear] = rng.normal(size=(unclear.sum(), q))
        if numpy.diff(numpy.sort(X, axis=None)).min() > apart:
            return X.astype(numpy.float32)


@check(points=2, hint="One row is one example: exponentiate, then divide each row by the sum of that row.")
def values(student: Student, rng: Rng) -> None:
    """softmax(X) equals exp(X) divided by the sum of each row"""
    batches = [_logits(rng, n, q) for n, q in ORDINARY]
    steep = rng.permuted(-numpy.tile(STEEP, (4, 1)), axis=1) + rng.uniform(-0.2, 0.2, size=(4, len(STEEP)))
    batches.append(steep.astype(numpy.float32))
    results = [student.softmax(X) for X in batches]
    known_failures(results, FAILURES)
    try:
        expect_each(results, [softmax(X) for X in batches], oracle=softmax, rtol=VALUES.rtol, atol=VALUES.atol)
    except CheckFailed as failed:
        raise why_not(failed, student.softmax, results) from None


@check(points=0.5, trivial=True, hint="Make new arrays: X - … instead of X -= …, and no X[:] = …")
def leaves_its_input_alone(student: Student, rng: Rng) -> None:
    """softmax(X) leaves the array X as it was"""
    X = rng.normal(size=(3, 4)).astype(numpy.float32)
    result = student.softmax(X)
    expect(result).array()  # a function that does nothing changes nothing, but earns nothing either
    expect(result).argument_unchanged(0, "X", CHANGES_ITS_INPUT)


def _head(rng: Rng, n: int, q: int) -> Numbers:
    """Weights of the results, 1 and more apart within a row, so that a gradient of 0 is far from right."""
    apart = 1.2 * (numpy.arange(q) - (q - 1) / 2)
    return rng.permuted(apart + rng.uniform(-0.1, 0.1, size=(n, q)), axis=1).astype(numpy.float32)


@check(points=1, hint="Stay with MXNet's operations from X to the result, and detach nothing but the row maximum.")
def gradient(student: Student, rng: Rng) -> None:
    """the gradient flows through softmax(X) to X"""
    for shape in ((5, 4), (2, 2)):
        X, head = _logits(rng, *shape, apart=0.05), _head(rng, *shape)
        result = student.softmax.gradient(X, head=head)
        known_failures([result], FAILURES)
        expect(result).gradient_close_to(softmax_gradient(X, head), rtol=GRADIENT.rtol, atol=GRADIENT.atol)


@check(
    points=0.5,
    trivial=True,
    without=OPERATORS,
    hint="Build it from exp, sum and division; the library's softmax comes in the next section.",
)
def from_scratch(student: Student, rng: Rng) -> None:
    """softmax is written from scratch, without the library's own softmax"""
    ordinary, steep = rng.normal(size=(2, 3)), rng.normal(size=(2, 4)) * 400
    inputs = [(X.astype(numpy.float32),) for X in (ordinary, steep)]
    expect_from_scratch(student, inputs, softmax, OPERATORS, USES_THE_LIBRARY)


@check(
    points=0.5,
    hidden=True,
    hint="The largest exponent of a row should be 0: which number is to be taken from every logit of that row?",
)
def stable_for_large_logits(student: Student, rng: Rng) -> None:
    """softmax(X) is right for logits of any size, also 1000 or -1000"""
    batches = [*_extreme(rng), *TELLING]
    results = [student.softmax(X) for X in batches]
    right_so_far = was_right(results[0])
    try:
        expect_each(results, [softmax(X) for X in batches], rtol=COARSE, atol=COARSE)
    except CheckFailed as failed:
        overflows = any(result.array is not None and not numpy.isfinite(result.array).all() for result in results)
        known = failed.misconception or (SHIFT_IS_NOT_THE_MAXIMUM if overflows and right_so_far else None)
        raise CheckFailed(str(failed), known, failed.hint) from None


@check(
    points=0.25,
    hidden=True,
    hint="Values right, gradient nan: look for inf - inf, 0 * inf or inf / inf on the way there.",
)
def gradient_for_large_logits(student: Student, rng: Rng) -> None:
    """the gradient of softmax is finite and right for large logits too"""
    for X in _extreme(rng):
        head = _head(rng, *X.shape)
        result = student.softmax.gradient(X, head=head)
        known_failures([result], FAILURES)
        expect(result).gradient_close_to(softmax_gradient(X, head), rtol=COARSE, atol=2 * COARSE)


@check(
    points=0.25,
    hidden=True,
    hint="In half precision exp overflows from 12 on, and is 0 from -17 on: there even small logits need the row's own "
    "maximum taken away.",
)
def half_precision(student: Student, rng: Rng) -> None:
    """softmax(X) works in float16, also for a logit of 50"""
    # Among the probabilities one is 0.004: far from 0, as such a tolerance goes.
    X = numpy.array([[50, 0, -50], [12, 11, 6.75], [-50, -49, -50]], numpy.float16)[rng.permutation(3)]
    expect(student.softmax(X)).or_lacks_operator().close_to(softmax(X), rtol=HALF.rtol, atol=HALF.atol)
