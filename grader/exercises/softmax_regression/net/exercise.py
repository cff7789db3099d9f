"""The model (section 3.6.3): images in, probabilities out."""

from __future__ import annotations

from collections.abc import Sequence

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
    known_failures,
)
from grader.checking.expect import WRONG_BEFORE
from grader.diagnosis.habits import FAILURES, KNOWN
from grader.diagnosis.slips import Seen, in_gradient
from grader.exercises.shared.softmax import OPERATORS, softmax, softmax_gradient

EXERCISE = Exercise("net(X)", "3.6.3", needs=("softmax",))

INPUTS, OUTPUTS = 784, 10


def net(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    """The truth: softmax(X·W + b), for X of shape (n, 784) or (n, 1, 28, 28)."""
    return softmax(_scores(X, W, b))


def _scores(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return numpy.asarray(X, float).reshape(-1, len(W)) @ numpy.asarray(W, float) + b


# -- wrong versions that their values do not give away; the others are in misconceptions.py

LEAVES_THE_GRAPH = Misconception(
    "leaves_the_graph",
    "the numbers leave MXNet on the way, or X, W or b is detached, and the gradient cannot follow them",
    "Use MXNet's own functions from X to the result.",
)
USES_THE_LIBRARY = Misconception(
    "uses_the_library",
    "net calls the library's softmax instead of yours",
    "Call softmax(…), the function that you have written above.",
)


OWN_PARAMETERS = Misconception(
    "own_parameters",
    "the same images get another prediction every time: net makes new parameters in each call, draws at random, or "
    "keeps something from one call to the next",
    "Use the globals W and b, and nothing that an earlier call has left.",
)
FROZEN_PARAMETERS = Misconception(
    "frozen_parameters",
    "the result does not depend on W and b as they are now, or on one of them: copies from an earlier call, or "
    "parameters of net's own, are used",
    "Use the globals W and b by name inside net.",
)

HABITS = [*KNOWN]

# -- the checks


# What the product says, in either flavour, to shapes that do not fit.
SHAPES = (
    (r"\[1,\d{4,}\](, inferred| X )", "flattens_everything"),
    (r"\[\d+,784\](, inferred shape=\[-1,10\]| X \[10,784\])", "transposed_weight"),
    (r"\[784,10\](, inferred| X )", "dot_arguments_swapped"),
)


def _failures(student: Student) -> Known:
    named = ((pattern, by_name(student.exercise, name)) for pattern, name in SHAPES)
    return (*FAILURES, *((pattern, known) for pattern, known in named if known is not None))


def _parameters(student: Student, rng: Rng) -> tuple[Numbers, Numbers]:
    """New values for the globals W and b."""
    W = rng.normal(scale=0.1, size=(INPUTS, OUTPUTS)).astype(numpy.float32)
    b = rng.normal(size=OUTPUTS).astype(numpy.float32)
    student.param(W, name="W")
    student.param(b, name="b")
    return W, b


# A score is a sum of 784 products, each of size 0.1 or less: if all roundings (6e-8 of a partial sum of 3 or so) went
# one way, 784 of them would make 1e-4; they do not, and right forms were seen within 1e-6. The softmax passes an error
# of the scores on, as it is, in proportion.
NEAR = Near(rtol=1e-4, atol=1e-5)
# Sums over the two rows, or ten classes, of products with heads below 4: ten times that.
GRADIENT = Near(rtol=1e-3, atol=1e-4)


def _inputs(rng: Rng, W: Numbers, b: Numbers, *shape: int) -> Numbers:
    """Images of three classes at least, if there are as many: where classes come back, they show as what they are."""
    while True:
        towards = W[:, rng.permutation(OUTPUTS)[: shape[0]]].T > 0
        X = (rng.uniform(size=towards.shape) * (0.8 + 0.2 * towards)).reshape(shape).astype(numpy.float32)
        if len(set(_scores(X, W, b).argmax(axis=1))) >= min(3, len(X)):
            return X


def _expect_net(student: Student, batches: Sequence[Numbers], W: Numbers, b: Numbers) -> None:
    results = [student.net(X) for X in batches]
    known_failures(results, _failures(student))
    against = [(X, W, b) for X in batches]
    expect_each(results, [net(*args) for args in against], against, rtol=NEAR.rtol, atol=NEAR.atol)


@check(points=0.5, hint="The scores are X·W + b, with one row per example; the softmax of the scores is the result.")
def values(student: Student, rng: Rng) -> None:
    """net(X) is the softmax of X·W + b for X of shape (n, 784)"""
    W, b = _parameters(student, rng)
    # What is remembered comes back in the second; the third has more images than anybody writes down.
    batches = [_inputs(rng, W, b, 5, INPUTS) for _ in range(2)]
    batches.append(rng.uniform(size=(300, INPUTS)).astype(numpy.float32))
    _expect_net(student, batches, W, b)


@check(points=0.5, hint="Reshape X to (-1, num_inputs) before the product: -1 lets MXNet count the rows.")
def images(student: Student, rng: Rng) -> None:
    """net(X) flattens images of shape (n, 1, 28, 28)"""
    W, b = _parameters(student, rng)
    _expect_net(student, [_inputs(rng, W, b, n, 1, 28, 28) for n in (3, 1)], W, b)


@check(points=0.5, hint="Use the globals W and b by name inside net, so that it sees what training makes of them.")
def current_parameters(student: Student, rng: Rng) -> None:
    """net(X) uses W and b as they are at the time of the call"""
    X = rng.uniform(size=(4, INPUTS)).astype(numpy.float32)
    seen = []
    for _ in range(2):
        W, b = _parameters(student, rng)
        try:
            _expect_net(student, [X], W, b)
        except CheckFailed as failed:
            seen.append((failed, student.net(X).array))
    if seen:
        error, last = seen[-1]
        raise CheckFailed(str(error), error.misconception or _why(student, rng, X, last, W, b), error.hint)


def _why(student: Student, rng: Rng, X: Numbers, last: Numbers | None, W: Numbers, b: Numbers) -> Misconception | None:
    """The last result, for these W and b, is wrong: what does net look at?"""
    again = student.net(X).array
    if last is None or again is None or last.shape != again.shape:
        return None
    if not NEAR.holds(last, again):
        return OWN_PARAMETERS
    for name, value in (("W", W), ("b", b)):
        student.param(rng.normal(size=value.shape).astype(numpy.float32), name=name)
        other = student.net(X).array
        if NEAR.holds(other, last):
            return FROZEN_PARAMETERS
        student.param(value, name=name)
    return None


@check(points=0.5, hint="net needs nothing but MXNet's operations, W and b themselves, and your own softmax.")
def gradient(student: Student, rng: Rng) -> None:
    """the gradient flows through net to X, W and b, by way of your own softmax"""
    W, b = (rng.normal(scale=0.1, size=shape).astype(numpy.float32) for shape in ((INPUTS, OUTPUTS), OUTPUTS))
    kept = student.param(W, name="W"), student.param(b, name="b")
    X = rng.uniform(size=(2, INPUTS)).astype(numpy.float32)
    head = rng.normal(size=(2, OUTPUTS)).astype(numpy.float32)
    result = student.net.gradient(X, head=head)
    known_failures([result], _failures(student))
    got = expect(result).gradient(), kept[0].grad, kept[1].grad
    scores = _scores(X, W, b).astype(numpy.float32)
    own = student.softmax.gradient(scores, head=head)
    if not set(OPERATORS).intersection(own.operators or ()):  # a library softmax is softmax's fault, not net's
        expect(result).from_scratch(OPERATORS, USES_THE_LIBRARY)
    error = softmax_gradient(scores, head)
    wants = error @ W.T.astype(float), X.T.astype(float) @ error, error.sum(axis=0)
    right = NEAR.holds(result.array, net(X, W, b))
    for name, grad, want in zip(("X", "W", "b"), got, wants, strict=True):
        if not grad.any():
            known = LEAVES_THE_GRAPH if right else None  # a net that is wrong may have no use for it
            hint = None if right else WRONG_BEFORE
            raise CheckFailed(f"The gradient of net(X) for {name} is zero: it does not arrive there.", known, hint)
        if not GRADIENT.holds(grad, want):
            known = in_gradient([Seen((), grad, want)]) if right else None
            raise CheckFailed(f"net(X) has a wrong gradient for {name}.", known, None if right else WRONG_BEFORE)
