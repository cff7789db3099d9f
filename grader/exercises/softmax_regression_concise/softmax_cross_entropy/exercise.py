"""Softmax and cross-entropy in one (section 3.7.2): the loss from the scores themselves, by the log-sum-exp trick."""

from __future__ import annotations

import numpy

from grader.checking import (
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
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import LABELS_OF_ONE_DTYPE, accepted, expect_all_labels
from grader.exercises.shared.softmax import OPERATORS, softmax

EXERCISE = Exercise("softmax_cross_entropy(logits, y)", "3.7.2")


def softmax_cross_entropy(logits: Numbers, y: Numbers) -> Numbers:
    """The truth, in float64: log Σ exp(o_k) - o_y in each row, shape (n,)."""
    o = numpy.asarray(logits, float)
    most = o.max(axis=1)
    return numpy.log(numpy.exp(o - most[:, None]).sum(axis=1)) - (o[numpy.arange(len(o)), numpy.asarray(y, int)] - most)


def loss_gradient(logits: Numbers, y: Numbers, head: Numbers) -> Numbers:
    """Of sum(loss * head) for the logits: (softmax - one-hot) * head, row by row."""
    grad = softmax(logits)
    grad[numpy.arange(len(grad)), numpy.asarray(y, int)] -= 1
    return grad * numpy.asarray(head, float)[:, None]


LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph",
    "the loss is cut off from the logits: its numbers have been through asnumpy(), float(), NumPy or detach(), or are "
    "those of an earlier call",
    "Use MXNet's own functions from the logits to the loss, in each call anew.",
)
CHANGES_THE_LOGITS = Misconception(
    "changes_the_logits",
    "the logits are changed in place, by -= for example, and whoever gave them still needs them",
    "Make a new array: shifted = logits - …",
)
USES_THE_LIBRARY = Misconception(
    "uses_the_library",
    "the library's softmax, log-softmax or loss does the work",
    "Here it is yours to write, with exp, log, sums and the largest logit.",
)
HABITS = [*habits.KNOWN, LABELS_OF_ONE_DTYPE]

# 3e-6 of 1 + the loss is what the library's own is off by; a maximum that is added to the logarithm again loses half a
# digit of float32 of it: 5e-4 at 1e4, and no more than 1.4e-7 of the largest logit.
RTOL, ATOL, OF_LARGEST = 1e-5, 1e-5, 1e-6
GRADIENT = Near(rtol=1e-4, atol=1e-5)


def draw(rng: Rng, n: int, q: int) -> tuple[Numbers, Numbers]:
    """Logits of ordinary size, and labels that are not all alike, nor all those of the largest logit."""
    logits = rng.normal(size=(n, q)).astype(numpy.float32)
    y = rng.permutation(numpy.arange(n) % q).astype(numpy.int32)
    y[:1] = logits[:1].argmin(axis=1)
    return logits, y


@check(points=1, hint="Per row: the logarithm of the sum of the exponentials, minus the logit of the label.")
def values(student: Student, rng: Rng) -> None:
    """softmax_cross_entropy(logits, y) is one loss per example, minus the log of the label's softmax, shape (n,)"""
    # A square batch, a shape that comes again, one row, one class, and more rows and classes than anybody writes down.
    pairs = [draw(rng, n, q) for n, q in ((5, 3), (3, 3), (5, 3), (1, 4), (2, 1), (300, 3), (60, 12))]
    dtype = accepted(lambda y: student.softmax_cross_entropy(pairs[0][0], y), pairs[0][1])
    results = [student.softmax_cross_entropy(logits, y.astype(dtype)) for logits, y in pairs]
    known_failures(results, habits.FAILURES)
    wants = [softmax_cross_entropy(*pair) for pair in pairs]
    expect_each(results, wants, rtol=RTOL, atol=2 * ATOL, oracle=softmax_cross_entropy)
    expect(results[0]).argument_unchanged(0, "logits", CHANGES_THE_LOGITS)


@check(points=0.25, trivial=True, hint="The labels may be integers or whole floats: cast them.")
def labels(student: Student, rng: Rng) -> None:
    """labels of every kind will do: int32, int64 or whole float32 numbers"""
    logits, y = draw(rng, 4, 3)
    for result in expect_all_labels(lambda y: student.softmax_cross_entropy(logits, y), y):
        expect(result).array()


@check(points=1, hint="log Σ exp(o_k) = m + log Σ exp(o_k - m) with m the largest logit of the row; o_y needs no exp.")
def large_logits(student: Student, rng: Rng) -> None:
    """the loss is right for logits of any size, up to 10,000: nothing overflows, and no row loses its digits"""
    results, wants = [], []
    for logits in _large(rng):
        y = _unlikely(logits)
        results.append(student.softmax_cross_entropy(logits, y))
        wants.append(softmax_cross_entropy(logits, y))
    known_failures(results, habits.FAILURES)
    # Each with a tolerance of its own; the diagnosis has to explain all of them.
    for result, want in zip(results, wants, strict=True):
        near = RTOL, ATOL + OF_LARGEST * float(abs(result.args[0]).max())
        if not result.array is not None or not Near(*near).holds(result.array, want):
            expect_each(results, wants, rtol=RTOL, atol=ATOL + OF_LARGEST * 1e4)
            expect(result).close_to(want, rtol=near[0], atol=near[1])


def _large(rng: Rng) -> list[Numbers]:
    """Rows far above 0 and far below it; next to each other; in which the largest are equal; ordinary ones on top."""
    noise = rng.normal(scale=0.5, size=(3, 3))
    far = numpy.array([[1e4, 0.0, -1e4], [-1e4, -1e4, -9.99e3], [0.0, 2.0, 1.0]])
    high = numpy.array([[500.0, 501, 499.5], [-500, -501, -499], [0.0, 120, 119]]) + noise
    equal = numpy.array([[1e4, 1e4], [-1e4, -1e4]])
    # In the second row it is the quotient of two exponentials alone that is too small.
    pairs = numpy.array([[0.0, 200], [60, -60]])
    return [array.astype(numpy.float32) for array in (high, far, equal, pairs)]


def _unlikely(logits: Numbers) -> Numbers:
    """The class with the smallest logit, but in every third row."""
    return numpy.where(numpy.arange(len(logits)) % 3 == 2, logits.argmax(axis=1), logits.argmin(axis=1)).astype("int32")


@check(points=1, hint="Stay with MXNet's operators from the logits to the loss, so that autograd can follow.")
def gradient(student: Student, rng: Rng) -> None:
    """its gradient is softmax(logits) minus one-hot labels"""
    _, y = draw(rng, 5, 3)
    # No two are near each other, so that another one becomes the largest nowhere near.
    logits = (0.3 * rng.permutation(15).reshape(5, 3) + rng.uniform(-2, -1.9, size=(5, 3))).astype(numpy.float32)
    head = (rng.uniform(1, 2, size=5) * rng.choice([-1, 1], size=5)).astype(numpy.float32)
    result = student.softmax_cross_entropy.gradient(logits, y, head=head)
    known_failures([result], habits.FAILURES)
    expect(result).gradient_close_to(loss_gradient(logits, y, head), rtol=GRADIENT.rtol, atol=GRADIENT.atol)


@check(
    points=0.75, hidden=True, hint="A row's largest logit, subtracted before the exp, keeps the gradient finite too."
)
def large_gradient(student: Student, rng: Rng) -> None:
    """the gradient is finite and right for large logits too: a prediction that is badly wrong can still be mended"""
    logits = _large(rng)[0]
    logits = numpy.concatenate([logits, [[300.0, -300, 0], [8e3, 1, -1e4]]]).astype(numpy.float32)
    y, head = _unlikely(logits), rng.uniform(1, 2, size=len(logits)).astype(numpy.float32)
    result = student.softmax_cross_entropy.gradient(logits, y, head=head)
    known_failures([result], habits.FAILURES)
    # At 500 float32 is spaced 3e-5 apart.
    expect(result).gradient_close_to(loss_gradient(logits, y, head), rtol=1e-3, atol=1e-4)


@check(points=1, trivial=True, without=OPERATORS, hint="Build it from exp, log, a sum and the largest logit.")
def from_scratch(student: Student, rng: Rng) -> None:
    """it is written by hand, without the library's softmax, log-softmax and losses"""
    expect_from_scratch(student, [draw(rng, 3, 4)], softmax_cross_entropy, OPERATORS, USES_THE_LIBRARY)
