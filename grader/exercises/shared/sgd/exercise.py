"""Minibatch stochastic gradient descent (section 3.2.6): one step downhill."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    KeptArray,
    Numbers,
    Rng,
    Student,
    as_numpy,
    check,
    compare,
    same,
    show,
)
from grader.sandbox import wire

from .behaviour import CHANGES_THE_LIST, REATTACHES, REPLACES_ENTRIES
from .moves import Move, Step, sgd, step
from .why import why

__all__ = ["ATOL", "EXERCISE", "RTOL", "any_parameters", "next_step", "one_step", "sgd"]

EXERCISE = Exercise("sgd(params, lr, batch_size)", "3.2.6")


def _draw(rng: Rng, shape: tuple[int, ...]) -> Numbers:
    return rng.normal(size=shape).astype(numpy.float32)


def _draw_gradient(rng: Rng, shape: tuple[int, ...]) -> Numbers:
    """The same with some entry beyond 1.5: what is cut off at 1, or to whole numbers, always shows."""
    while True:
        grad = _draw(rng, shape)
        if abs(grad).max() > 1.5:
            return grad


Calls = Sequence[Callable[[], Step]]


def _expect_right(student: Student, rng: Rng, steps: Sequence[Step], more: Calls = ()) -> None:
    """Every parameter of every call is where the step leads; the first that is not makes the message.

    The misconception has to explain all of them, and what comes of `more` calls.
    """
    for number, each in enumerate(steps, 1):
        for place, move in enumerate(each.moves, 1):
            which = f"parameter {place} of {len(each.moves)}" if len(each.moves) > 1 else "the parameter"
            what = f"after {'a later call of ' * (number > 1 and len(each.moves) == 1)}"
            what += f"sgd(params, lr={move.lr}, batch_size={move.batch_size}), {which} is not right."
            try:
                compare(student.exercise, what, move.got, move.want, move.args, rtol=RTOL, atol=ATOL,
                        inputs={"param": move.start, "grad": move.grad}, brief=_brief(move))  # fmt: skip
            except CheckFailed as failed:
                raise CheckFailed(str(failed), why(student, rng, steps, list(_made(more)))) from None


def _made(calls: Calls) -> Iterator[Step]:
    """What these come to, up to the first that fails: they are not what is judged."""
    with contextlib.suppress(CheckFailed):
        for call in calls:
            yield call()


def _brief(move: Move) -> str:
    """Instead of arrays that are too large to show."""
    return f"{(~numpy.isclose(move.got, move.want, 0, ATOL)).sum()} of its {move.got.size} entries are off" * (
        move.got.size > MOST_SHOWN
    )


# -- the checks

# A parameter and its gradient are normal draws, below 7 but once in 10^10, and a step is at most 1.25 times the
# gradient: 8.75. With u = 2^-24, half of float32's spacing, lr is rounded once, and so are up to three products and
# quotients: 4 * 8.75 u in the step. The difference, at most 15.75, is rounded once more: 51 u = 3e-6 in all. In
# proportion to the result nothing can be said, as parameter and step may cancel.
RTOL = 0.0
ATOL = 5e-6
Shapes = tuple[tuple[int, ...], ...]
SHAPES: Shapes = ((3, 2), (2,))
# A parameter of one entry, and one larger than anybody writes down.
OTHER_SHAPES: tuple[Shapes, ...] = (((1,), (300, 12)), ((12, 11), (1, 1)))
# Two rates, one below and one above the batch size; none is one that a notebook may hold for itself, and no wrong
# combination of these figures is another.
CALLS = ((0.3, 5), (2.4, 2))
# Then, with the scale of the gradients: the last batch of an epoch may hold one example; near the minimum gradients are
# small; and they are large where the slope is steep, or the batch is larger than anybody writes down. The rates are
# such that the bound above holds for these, too.
Figures = tuple[float, int, float]
LATER_CALLS: tuple[Figures, ...] = ((0.7, 1, 1.0), (2.4, 2, 1e-3), (0.02, 4, 100.0), (2.4, 2000, 1000.0))
MOST_SHOWN = 64


@check(points=2, hint="Change each array in place, with param[:] = …: the caller's arrays must hold the new values.")
def one_step(student: Student, rng: Rng) -> None:
    """a step takes lr times the gradient, divided by the batch size, from every parameter"""
    later = _later_calls(student, rng)
    others = [_call(student, rng, (*CALLS[0], 1.0), shapes) for shapes in OTHER_SHAPES]
    steps = [_call(student, rng, (*call, 1.0))() for call in CALLS]
    _expect_right(student, rng, steps, [*others, *later])
    # On their own, as many a slip in the batch size divides by zero here, and has been named above.
    steps += [call() for call in later]
    _expect_right(student, rng, steps, others)
    _expect_right(student, rng, [*steps, *(call() for call in others)])


def _later_calls(student: Student, rng: Rng) -> Calls:
    return [_call(student, rng, figures) for figures in LATER_CALLS]


def _call(student: Student, rng: Rng, figures: Figures, shapes: Shapes = SHAPES) -> Callable[[], Step]:
    return functools.partial(_step_of_new_parameters, student, rng, figures, shapes)


def _step_of_new_parameters(student: Student, rng: Rng, figures: Figures, shapes: Shapes) -> Step:
    lr, batch_size, scale = figures
    before = [(_draw(rng, shape), _draw_gradient(rng, shape) * numpy.float32(scale)) for shape in shapes]
    return step(student, [student.param(*values) for values in before], before, lr, batch_size)


@check(points=1, hint="The next step starts where this one ended: the same arrays, with their new gradients.")
def next_step(student: Student, rng: Rng) -> None:
    """a second step, and a third, go on from where the one before has led"""
    param = student.param(_draw(rng, (4, 3)))
    start, steps = param.start, []
    for lr, batch_size in (*CALLS, CALLS[0]):
        grad = _draw_gradient(rng, (4, 3))
        _differentiate(student, param, grad)
        steps.append(step(student, [param], [(start, grad)], lr, batch_size))
        start = steps[-1].moves[0].got
    _expect_right(student, rng, steps, _later_calls(student, rng))


def _differentiate(student: Student, param: KeptArray, grad: Numbers) -> None:
    """Give the parameter its gradient as training does, with a backward()."""
    try:
        student.given_object("backward", param, grad)
    except CheckFailed as failed:
        raise CheckFailed(f"After a step of sgd the next backward() fails: {failed}", REATTACHES) from None
    if not same(param.grad, grad):
        text = "After a step of sgd the next backward() leaves another gradient than it should."
        raise CheckFailed(f"{text}\n  grad:     {show(param.grad)}\n  expected: {show(grad)}", REATTACHES)


@check(points=1, hint="One loop over params does it, whatever their number; leave the list itself alone.")
def any_parameters(student: Student, rng: Rng) -> None:
    """params may be a list or a tuple of any length, and is left as it was"""
    steps: list[Step] = []
    # Lists first: what a tuple does not allow is told apart from what goes wrong in a list, too.
    for count, container, (lr, batch_size) in ((1, list, CALLS[1]), (4, list, CALLS[0]), (3, tuple, CALLS[0])):
        before = [(_draw(rng, (3, 2)), _draw_gradient(rng, (3, 2))) for _ in range(count)]
        params = container(student.param(*values) for values in before)
        if container is tuple:
            _expect_right(student, rng, steps, _later_calls(student, rng))
        steps.append(step(student, params, before, lr, batch_size))
    _expect_right(student, rng, steps, _later_calls(student, rng))
    for each in steps:
        _expect_same_items(each)


def _expect_same_items(each: Step) -> None:
    after = each.result.value_after(0)
    items = after.items if isinstance(after, wire.Sequence) else []
    if len(items) != len(each.moves):
        raise CheckFailed(f"sgd leaves {len(items)} entries in params, which had {len(each.moves)}.", CHANGES_THE_LIST)
    for item, move in zip(items, each.moves, strict=True):
        held = as_numpy(item)
        if held is None or not numpy.array_equal(held, move.got):
            moved = held is not None and any(numpy.array_equal(held, other.got) for other in each.moves)
            text = f"sgd changes params: an entry holds {show(held)} where the array given holds {show(move.got)}."
            raise CheckFailed(text, CHANGES_THE_LIST if moved else REPLACES_ENTRIES)
