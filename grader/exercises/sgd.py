"""Minibatch stochastic gradient descent (section 3.2.6): one step downhill."""

from __future__ import annotations

import numpy

from grader.authoring import CheckFailed, Exercise, Misconception, check
from grader.expect import Rng, compare, expect
from grader.messages import show
from grader.sandbox import wire
from grader.student import KeptArray, Numbers, Student, as_numpy

EXERCISE = Exercise("sgd", "sgd(params, lr, batch_size)", "3.2.6")


def sgd(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    """The truth, for one parameter: what it holds after the step."""
    return numpy.asarray(param, float) - lr * numpy.asarray(grad, float) / batch_size


# -- wrong versions that their values do not give away; the others are in grader.misconceptions.sgd

REPLACES_ENTRIES = Misconception(
    "replaces_entries",
    "the list gets new arrays, while the caller's own arrays stay as they were",
    "Write into each array, param[:] = …, and leave the list alone.",
)


# -- the checks

SHAPES = ((3, 2), (2,))
LR, BATCH_SIZE = 0.3, 5


def _draw(rng: Rng, shape: tuple[int, ...]) -> Numbers:
    return rng.normal(size=shape).astype(numpy.float32)


def _expect_step(param: KeptArray, start: Numbers, grad: Numbers, which: str) -> Numbers:
    """The array that the caller holds is where the step leads; gives its value."""
    got, want = param.value, sgd(start, grad, LR, BATCH_SIZE)
    args = (start, grad, LR, BATCH_SIZE)
    inputs = {"param": start, "grad": grad}
    compare(EXERCISE, f"after sgd(params, lr={LR}, batch_size={BATCH_SIZE}), {which} is not right.", got, want, args,
            inputs=inputs)  # fmt: skip
    return got


@check(points=2, hint="Change each array in place, with param[:] = …: the caller's arrays must hold the new values.")
def one_step(student: Student, rng: Rng) -> None:
    """a step takes lr times the gradient, divided by the batch size, from every parameter"""
    starts, grads = [_draw(rng, s) for s in SHAPES], [_draw(rng, s) for s in SHAPES]
    params = [student.param(start, grad) for start, grad in zip(starts, grads, strict=True)]
    expect(student.sgd(params, LR, BATCH_SIZE)).no_failure()
    for which, param, start, grad in zip(("the first", "the second"), params, starts, grads, strict=True):
        _expect_step(param, start, grad, f"{which} parameter")


@check(points=1, hint="The next step starts where this one ended: the same arrays, with their new gradients.")
def next_step(student: Student, rng: Rng) -> None:
    """a second step goes on from where the first one led"""
    start = _draw(rng, (2, 3))
    param = student.param(start)
    for which in ("the parameter after the first step", "the parameter after the second step"):
        grad = _draw(rng, (2, 3))
        param.set_grad(grad)
        expect(student.sgd([param], LR, BATCH_SIZE)).no_failure()
        start = _expect_step(param, start, grad, which)


@check(points=1, hint="One loop over params does it, whatever their number; leave the list itself alone.")
def any_parameters(student: Student, rng: Rng) -> None:
    """params may be a list or a tuple of any length, and is left as it was"""
    for count, container in ((3, tuple), (1, list), (4, list)):
        starts = [_draw(rng, (2, 2)) for _ in range(count)]
        grads = [_draw(rng, (2, 2)) for _ in range(count)]
        params = container(student.param(s, g) for s, g in zip(starts, grads, strict=True))
        result = student.sgd(params, LR, BATCH_SIZE)
        expect(result).no_failure()
        for number, (param, start, grad) in enumerate(zip(params, starts, grads, strict=True), 1):
            _expect_step(param, start, grad, f"parameter {number} of {count}")
        _expect_same_items(result.returned.after[0], params)


def _expect_same_items(after: wire.Value, params: list[KeptArray] | tuple[KeptArray, ...]) -> None:
    items = after.items if isinstance(after, wire.Sequence) else []
    for item, param in zip(items, params, strict=False):
        held = as_numpy(item)
        if held is None or not numpy.array_equal(held, param.value):
            text = f"sgd replaces an entry of params: it holds {show(held)} instead of the array given."
            raise CheckFailed(text, REPLACES_ENTRIES)
    if len(items) != len(params):
        raise CheckFailed(f"sgd leaves {len(items)} entries in params, which had {len(params)}.", REPLACES_ENTRIES)
