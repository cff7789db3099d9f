"""Accuracy over a data set (section 3.6.5): every example counts once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from grader.authoring import CheckFailed, Exercise, Misconception, check
from grader.expect import Rng, expect, expect_each
from grader.messages import describe_value
from grader.sandbox import wire
from grader.student import Numbers, Result, Student, batches, linear_net

EXERCISE = Exercise("evaluate_accuracy", "evaluate_accuracy(net, data_iter)", "3.6.5", needs=("accuracy",))

Batch = tuple[Numbers, Numbers]


def evaluate_accuracy(items: Sequence[Batch], W: Numbers, b: Numbers) -> float:
    """The truth: the share of all examples that argmax(X·W + b) classifies as labelled."""
    right = sum(_right(X, y, W, b) for X, y in items)
    return right / sum(len(y) for _, y in items)


def _right(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> float:
    scores = numpy.asarray(X, float) @ numpy.asarray(W, float) + b
    return float((scores.argmax(axis=1) == y).sum())


# -- wrong versions that their values do not give away; the others are in grader.misconceptions.evaluate_accuracy

RETURNS_AN_ARRAY = Misconception(
    "returns_an_array",
    "an array with one element is returned instead of the number in it",
    "float(…), .item() or .asscalar() gives the number.",
)
RECORDS = Misconception(
    "records",
    "the evaluation takes place inside autograd.record(), which keeps all results for a gradient that nobody asks for",
    "autograd.record() belongs to training alone.",
)
IGNORES_THE_NET = Misconception(
    "ignores_the_net",
    "some other net is evaluated, not the one that is given",
    "Call the argument net, whatever net is defined elsewhere.",
)


# -- the checks


def _data(rng: Rng, sizes: Sequence[int], rights: Sequence[int]) -> tuple[list[Batch], Numbers, Numbers]:
    """Batches of the given sizes, of which the given numbers are labelled as the net (W, b) classifies them."""
    W = rng.normal(size=(4, 3)).astype(numpy.float32)
    b = rng.normal(scale=0.1, size=3).astype(numpy.float32)
    items = []
    for size, right in zip(sizes, rights, strict=True):
        X = rng.normal(size=(size, 4)).astype(numpy.float32)
        best = (X.astype(float) @ W + b).argmax(axis=1)
        y = (best + rng.integers(1, 3, size=size)) % 3
        y[:right] = best[:right]
        items.append((X, y.astype(numpy.int32)))
    return items, W, b


def _evaluate(student: Student, items: list[Batch], W: Numbers, b: Numbers, once: bool = True) -> Result:
    """Call it with the arguments in the flavour's order: nd takes the data first, np the net."""
    net, data = linear_net(W, b), batches(items, once)
    return student.evaluate_accuracy(data, net) if student.flavour == "nd" else student.evaluate_accuracy(net, data)


@check(points=1.5, hint="Count the right ones and the examples over all batches; divide once, at the end.")
def values(student: Student, rng: Rng) -> None:
    """every example counts once, also in a smaller last batch"""
    every = [_data(rng, *sizes) for sizes in (((4, 4, 1), (1, 2, 1)), ((6, 2), (5, 0)), ((5,), (3,)))]
    results = [_evaluate(student, *data) for data in every]
    expect_each(results, [evaluate_accuracy(*data) for data in every], every, any_number=True)


@check(points=0.5, trivial=True, hint="Return a float: .asscalar(), .item() or float(…) on what you have summed.")
def is_a_share(student: Student, rng: Rng) -> None:
    """evaluate_accuracy returns a number between 0 and 1"""
    items, W, b = _data(rng, (3, 3), (3, 1))
    result = _evaluate(student, items, W, b)
    number = expect(result, against=(items, W, b)).numbers()
    value = result.value
    plain = isinstance(value, wire.Scalar) or (isinstance(value, wire.Array) and value.library == "numpy")
    if not plain or number.size != 1:
        raise CheckFailed(f"evaluate_accuracy returns {describe_value(value)}; it must be a number.", RETURNS_AN_ARRAY)
    if not 0 <= float(number.reshape(())) <= 1:
        raise expect(result, against=(items, W, b)).failed("must lie between 0 and 1.", got=number)


@check(
    points=0.5, trivial=True, hint="Go through the data with one for loop; it may be a generator, without len() or [0]."
)
def any_iterable(student: Student, rng: Rng) -> None:
    """the data may be a list or a generator, which can be read only once"""
    items, W, b = _data(rng, (3, 3, 2), (1, 3, 1))
    for once in (True, False):
        result = _evaluate(student, items, W, b, once)
        expect(result, against=(items, W, b)).numbers()


@check(points=0.5, trivial=True, hint="Evaluation needs no gradient: keep autograd.record() out of it.")
def does_not_record(student: Student, rng: Rng) -> None:
    """the net is evaluated without recording"""
    items, W, b = _data(rng, (3, 2), (1, 2))
    result = _evaluate(student, items, W, b)
    expect(result, against=(items, W, b)).numbers()
    if result.facts.get("recorded"):
        raise CheckFailed("evaluate_accuracy calls the net inside autograd.record().", RECORDS)
    if not result.facts.get("calls"):
        raise CheckFailed("evaluate_accuracy does not call the net that it is given.", IGNORES_THE_NET)
