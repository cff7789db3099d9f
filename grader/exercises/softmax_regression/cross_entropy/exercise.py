"""Cross-entropy (section 3.6.4): how badly predicted probabilities fit the labels."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Known,
    Misconception,
    Near,
    Numbers,
    Rng,
    Student,
    by_name,
    check,
    expect,
    expect_each,
    expect_from_scratch,
    known_failures,
)
from grader.diagnosis.habits import FAILURES, KNOWN
from grader.exercises.shared.again import DEPENDS_ON_EARLIER_CALLS, why_not
from grader.exercises.shared.softmax import COARSE, OF_LOGITS, OPERATORS, softmax

EXERCISE = Exercise("cross_entropy(y_hat, y)", "3.6.4")


def cross_entropy(y_hat: Numbers, y: Numbers) -> Numbers:
    """The truth, in float64: minus the log of the probability of each row's label, shape (n,)."""
    y_hat = numpy.asarray(y_hat, float)
    return -numpy.log(y_hat[numpy.arange(len(y)), numpy.asarray(y, int)])


def cross_entropy_gradient(logits: Numbers, y: Numbers, head: Numbers) -> Numbers:
    """The gradient of sum(cross_entropy(softmax(logits), y) * head) for the logits: (p - one-hot) per row."""
    grad = softmax(logits)
    grad[numpy.arange(len(y)), numpy.asarray(y, int)] -= 1
    return grad * numpy.asarray(head, float)[:, None]


# -- wrong versions that their values do not give away; the others are in misconceptions.py

LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph",
    "the loss is cut off from y_hat: its numbers have been through asnumpy(), float(), NumPy, detach() or "
    "autograd.pause(), or are those of an earlier call, and the gradient cannot follow them",
    "Use MXNet's own functions from y_hat to the loss, in each call anew.",
)
USES_THE_LIBRARY = Misconception(
    "uses_the_library",
    "the library's log-softmax or loss does the work",
    "From scratch means choosing a probability and taking its logarithm.",
)


MENDS_THE_LOGARITHM = Misconception(
    "mends_the_logarithm",
    "log(0), 0 / 0 or a number that overflows comes up on the way after all, and what comes of it is replaced, or left "
    "out, afterwards: the loss is finite, not its gradient",
    "Change the probability before the logarithm sees it; the gradient goes the whole way back.",
)

EPS_OUT_OF_RANGE = Misconception(
    "eps_out_of_range",
    "so little is added to the probability, or let through, that its reciprocal overflows: the loss is finite, not its "
    "gradient",
    "1e-12, say, is small enough, and float32 can hold its reciprocal.",
)

HABITS = [*KNOWN, DEPENDS_ON_EARLIER_CALLS]

# -- the checks


# The loss, -log(p), inherits p's relative error as an absolute one: p comes in float32 and is taken as it is, an eps of
# 1e-8 or less beside a p of 1e-2 or more makes 1e-6, and the logarithm of up to 7 is rounded by 5e-7 a few times. (The
# library's log-softmax, which costs the point for "from scratch" and no other, was seen 3e-6 off.)
LOSS = Near(rtol=2e-5, atol=5e-6)
# -log(p) of the smallest p whose reciprocal float32 can hold: log of 3.4e38.
LOSS_OF_THE_SMALLEST = 88.72
# (p - one-hot) * head: p right to 2e-6, heads below 5.
GRADIENT = Near(rtol=1e-4, atol=1e-5)


def _failures(student: Student) -> Known:
    """What exceptions tell; the last is what pick says when it gets the labels first."""
    swapped = by_name(student.exercise, "arguments_swapped")
    assert swapped is not None
    return (*FAILURES, (r"Provided = \[\d+,\d+\], inferred shape=\[1\]", swapped))


def _labelled(rng: Rng, n: int, q: int, most: float = 0.05) -> tuple[Numbers, Numbers]:
    """Logits, and int32 labels that do not all agree, nor all with the likeliest class.

    No label is so unlikely that a bound, or an eps of 1e-6, shows here, which is for other checks. One of several is
    so unlikely, its probability below `most`, that an eps of 1e-5 shows.
    """
    while True:
        logits = rng.normal(size=(n, q)).astype(numpy.float32)
        y = rng.permutation(numpy.arange(n) % q).astype(numpy.int32)
        p = softmax(logits)[numpy.arange(n), y].min()
        of_all_kinds = n == 1 or (p < most and (logits.argmax(axis=1) == y).any())
        if p > 0.02 and of_all_kinds:
            return logits, y


def _probabilities(rng: Rng, n: int, q: int) -> tuple[Numbers, Numbers]:
    """The same with rows of probabilities."""
    logits, y = _labelled(rng, n, q)
    return softmax(logits).astype(numpy.float32), y


@check(points=1, hint="From each row pick the probability of that row's label; the loss is minus its logarithm.")
def values(student: Student, rng: Rng) -> None:
    """cross_entropy(y_hat, y) is one loss per example: minus the log of the label's probability"""
    pairs = [_probabilities(rng, n, q) for n, q in ((5, 3), (5, 3), (3, 3), (1, 4))]
    # What is remembered by its shape comes back in the second, and labels that do not count show in the next.
    pairs.insert(2, (pairs[1][0], _any_labels(rng, *pairs[1])))
    # More rows, and more classes, than anybody writes down.
    pairs += [_many(rng, n, q) for n, q in ((300, 3), (60, 12))]
    results = [student.cross_entropy(y_hat, y) for y_hat, y in pairs]
    known_failures(results, _failures(student))
    wants = [cross_entropy(y_hat, y) for y_hat, y in pairs]
    try:
        expect_each(results, wants, rtol=LOSS.rtol, atol=LOSS.atol, oracle=cross_entropy)
    except CheckFailed as failed:
        raise why_not(failed, student.cross_entropy, results) from None


def _many(rng: Rng, n: int, q: int) -> tuple[Numbers, Numbers]:
    y_hat = softmax(rng.normal(size=(n, q))).astype(numpy.float32)
    return y_hat, _any_labels(rng, y_hat, y_hat.argmin(axis=1))


def _any_labels(rng: Rng, y_hat: Numbers, but: Numbers) -> Numbers:
    """Other labels than these, none so unlikely that an eps shows, which is for another check."""
    rows = zip(y_hat, but, strict=True)
    return numpy.array([rng.choice([k for k, p in enumerate(row) if p > 0.02 and k != y]) for row, y in rows], "int32")


@check(points=1, hint="Stay with MXNet's operations from y_hat to the loss, so that autograd can follow.")
def gradient(student: Student, rng: Rng) -> None:
    """the gradient of the loss reaches the logits: probabilities minus one-hot labels"""
    logits, y = _labelled(rng, 5, 3, most=0.03)
    # One label that is nearly certain: its loss is small, and no reason to leave it out.
    likeliest = softmax(logits)[range(5), y].argmax()
    logits[likeliest] = 0
    logits[likeliest, y[likeliest]] = 3
    # None near 0, where what an eps does to the gradient would hide.
    head = (rng.uniform(1, 2, size=5) * rng.choice([-1, 1], size=5)).astype(numpy.float32)
    result = student.cross_entropy.gradient(logits, y, head=head, through=OF_LOGITS)
    known_failures([result], _failures(student))
    expect(result).gradient_close_to(cross_entropy_gradient(logits, y, head), rtol=GRADIENT.rtol, atol=GRADIENT.atol)


@check(
    points=0.5,
    trivial=True,
    without=OPERATORS,
    hint="Build it from a selection and a logarithm; the library's losses come in the next section.",
)
def from_scratch(student: Student, rng: Rng) -> None:
    """cross_entropy is written from scratch, without the library's softmax or losses"""
    expect_from_scratch(student, [_probabilities(rng, 3, 3)], cross_entropy, OPERATORS, USES_THE_LIBRARY)


@check(points=0.5, hint="An eps inside the log is only harmless where it is far smaller than any probability.")
def small_probabilities(student: Student, rng: Rng) -> None:
    """the loss is exact for a probability of 0.001 as well"""
    rest = rng.uniform(0.3, 0.6, size=3)
    # Two, so that a bound shows as one.
    small = numpy.array([1e-3, 1e-3, 2e-3])
    y_hat = numpy.stack([small, rest, 1 - small - rest], axis=1).astype(numpy.float32)
    y = numpy.array([0, 1, 0], numpy.int32)
    expect(student.cross_entropy(y_hat, y)).close_to(cross_entropy(y_hat, y), rtol=LOSS.rtol, atol=LOSS.atol)


@check(
    points=1,
    hidden=True,
    hint="log(0) is -inf, and 0 * -inf is nan. Keep the argument of the log away from 0, by very little.",
)
def zero_probability(student: Student, rng: Rng) -> None:
    """a label of probability 0 gives a large finite loss; a 0 elsewhere in the row does no harm"""
    y_hat = numpy.array([[0.0, 1.0, 0.0], [0.25, 0.75, 0.0], [0.0, 0.0, 1.0]], numpy.float32)
    y = numpy.array([0, 1, 2], numpy.int32)
    result = student.cross_entropy(y_hat, y)
    losses = expect(result).finite("is not finite where a probability is 0.").array()
    if losses.shape != (3,):
        raise expect(result).failed(f"has the shape {losses.shape}; it must be (3,).", got=losses)
    if losses[0] <= 10:
        what = "gives too small a loss where the label's probability is 0: more than 10 is asked."
        hint = "What keeps the log away from 0 does so by too much: 1e-12, say, is enough."
        raise expect(result).failed(what, got=losses, hint=hint)
    expect(result).close_to([losses[0], -numpy.log(0.75), 0.0], rtol=LOSS.rtol, atol=LOSS.atol)
    logits = numpy.array([[0, 300, 0], [1, 2, -300]], numpy.float32)
    labels = numpy.array([0, 1], numpy.int32)
    head = rng.uniform(1, 2, size=2).astype(numpy.float32)
    steep = student.cross_entropy.gradient(logits, labels, head=head, through=OF_LOGITS)
    known_failures([steep], _failures(student))
    steepest = steep.gradient
    if steepest is not None and numpy.isnan(steepest[:1]).any() and numpy.isfinite(steepest[1:]).all():
        text = (
            "cross_entropy(y_hat, y) gives a finite loss where the label's probability is 0, but its gradient is nan."
        )
        raise CheckFailed(text, EPS_OUT_OF_RANGE if losses[0] > LOSS_OF_THE_SMALLEST else MENDS_THE_LOGARITHM)
    grad = expect(steep).gradient()
    want = cross_entropy_gradient(logits, labels, head)
    if not numpy.allclose(grad[1], want[1], rtol=COARSE, atol=COARSE):
        what = "has a wrong gradient where another class has probability 0."
        raise expect(steep).failed(what, got=grad, want=want, gradient=True)
