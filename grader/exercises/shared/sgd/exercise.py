"""Minibatch stochastic gradient descent (section 3.2.6): one step downhill."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple

import numpy

from grader.checking import (
    CheckFailed,
    Evidence,
    Exercise,
    KeptArray,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    as_numpy,
    by_name,
    check,
    compare,
    diagnose,
    no_failure,
    same,
    show,
)
from grader.sandbox import wire

from .behaviour import (
    CHANGES_THE_GRADIENT,
    CHANGES_THE_LIST,
    FAILURES,
    FIRST_PARAMETER_STAYS,
    IGNORES_SMALL_GRADIENTS,
    MOMENTUM,
    ONLY_FIRST_PARAMETER,
    REPLACES_ENTRIES,
    RETURNS_NEW_ARRAYS,
    SHRINKS_LR_IN_LOOP,
    TAKES_NO_STEP,
    UPDATES_GLOBALS,
    WRONG_LENGTH,
    ZEROES_GRADIENT_FIRST,
)

EXERCISE = Exercise("sgd(params, lr, batch_size)", "3.2.6")


def sgd(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    """The truth, for one parameter: what it holds after the step."""
    return numpy.asarray(param, float) - lr * numpy.asarray(grad, float) / batch_size


# A tree takes a thousand times the memory of its text.
MOST_READ = 20_000


# -- what a call did


class Move(NamedTuple):
    """One parameter in one call: what it held before, its gradient, what it holds after, and the call's figures."""

    param: KeptArray
    start: Numbers
    grad: Numbers
    got: Numbers
    lr: float
    batch_size: int

    @property
    def args(self) -> tuple[Numbers, Numbers, float, int]:
        return self.start, self.grad, self.lr, self.batch_size

    @property
    def want(self) -> Numbers:
        return sgd(*self.args)

    @property
    def right(self) -> bool:
        return same(self.got, self.want)

    @property
    def still(self) -> bool:
        return bool(numpy.array_equal(self.got, self.start))


class Step(NamedTuple):
    """One call of the student's: its parameters' moves, and what came of it."""

    moves: list[Move]
    result: Result


def _draw(rng: Rng, shape: tuple[int, ...]) -> Numbers:
    return rng.normal(size=shape).astype(numpy.float32)


def _draw_gradient(rng: Rng, shape: tuple[int, ...]) -> Numbers:
    """The same with some entry beyond 1.5: what is cut off at 1, or to whole numbers, always shows."""
    while True:
        grad = _draw(rng, shape)
        if abs(grad).max() > 1.5:
            return grad


def _step(
    student: Student, params: Sequence[KeptArray], before: Sequence[tuple[Numbers, Numbers]], lr: float, batch_size: int
) -> Step:
    """Call sgd on the parameters, which hold the values and gradients in `before`."""
    result = student.sgd(params, lr, batch_size)
    no_failure(result, FAILURES)
    moves = [Move(p, *values, p.value, lr, batch_size) for p, values in zip(params, before, strict=True)]
    return Step(moves, result)


def _expect_right(student: Student, steps: Sequence[Step]) -> None:
    """Every parameter of every call is where the step leads; the first that is not makes the message.

    The misconception has to explain all of them.
    """
    for number, step in enumerate(steps, 1):
        for place, move in enumerate(step.moves, 1):
            which = f"parameter {place} of {len(step.moves)}" if len(step.moves) > 1 else "the parameter"
            what = f"after {'the second call of ' * (number == 2 and len(step.moves) == 1)}"
            what += f"sgd(params, lr={move.lr}, batch_size={move.batch_size}), {which} is not right."
            try:
                compare(student.exercise, what, move.got, move.want, move.args, rtol=RTOL, atol=ATOL,
                        inputs={"param": move.start, "grad": move.grad})  # fmt: skip
            except CheckFailed as failed:
                raise CheckFailed(str(failed), _why(student, steps)) from None


def _why(student: Student, steps: Sequence[Step]) -> Misconception | None:
    moves = [move for step in steps for move in step.moves]
    if all(move.still for move in moves) and (known := _why_nothing_moved(student, steps)):
        return known
    evidence = [Evidence(move.args, move.got, move.want) for move in moves]
    known = diagnose(student.exercise, student.flavour, evidence) or _why_some(student, steps)
    if known is not None and known.name == "rebinds_loop_variable" and not _rebinds(student.channel.source_of("sgd")):
        return TAKES_NO_STEP
    return known


def _rebinds(source: str) -> bool:
    """Whether a loop's own variable is given another value: all that results show is that nothing has moved."""
    try:
        loops = [node for node in ast.walk(ast.parse(source[:MOST_READ])) if isinstance(node, ast.For)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True  # cells hold magics, too
    return any(
        isinstance(target, ast.Name) and target.id in {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        for loop in loops
        for node in ast.walk(loop)
        if isinstance(node, ast.Assign)
        for target in node.targets
    )


def _why_nothing_moved(student: Student, steps: Sequence[Step]) -> Misconception | None:
    moves, first = [move for step in steps for move in step.moves], steps[0]
    wanted = [move.want for move in first.moves]
    if _holds(first.result.value_after(0), wanted):
        return REPLACES_ENTRIES
    if _holds(first.result.value, wanted):
        return RETURNS_NEW_ARRAYS
    grads = [move.param.grad for move in moves]
    if not any(grad.any() for grad in grads):
        return ZEROES_GRADIENT_FIRST
    # Of a parameter that was moved more than once the gradient is the last call's.
    if all(same(grad, move.want) for grad, move in list(zip(grads, moves, strict=True))[-1:]):
        return CHANGES_THE_GRADIENT
    start = numpy.ones(3, numpy.float32)
    first_given, second_given, W, b = (student.param(start, start, name=name) for name in (None, None, "W", "b"))
    student.sgd([first_given, second_given], *first.moves[0].args[2:])
    if (second_given.value != start).any():
        return FIRST_PARAMETER_STAYS
    return UPDATES_GLOBALS if (W.value != start).all() or (b.value != start).all() else None


def _holds(value: wire.Value | None, wanted: Sequence[Numbers]) -> bool:
    """Whether a list or tuple has these arrays in it."""
    arrays = [as_numpy(item) for item in value.items] if isinstance(value, wire.Sequence) else []
    pairs = zip(arrays, wanted, strict=False)
    return len(arrays) == len(wanted) and all(a is not None and same(a, want) for a, want in pairs)


def _why_some(student: Student, steps: Sequence[Step]) -> Misconception | None:
    """Which of the parameters, or of the calls, are wrong."""
    several = max(len(step.moves) for step in steps) > 1
    if several and all(_partly(step.moves) for step in steps):
        last_moves = all(step.moves[-1].right for step in steps if len(step.moves) > 1)
        return FIRST_PARAMETER_STAYS if last_moves else ONLY_FIRST_PARAMETER
    powers = [(move, power) for step in steps for power, move in enumerate(step.moves, 1)]
    if several and all(same(move.got, _divided(move, power)) for move, power in powers):
        return SHRINKS_LR_IN_LOOP
    if not several and len(steps) == 2 and steps[0].moves[0].right:
        second, earlier = steps[1].moves[0], steps[0].moves[0].grad.astype(float)
        if _multiple(second.want - second.got, earlier) > 0:
            return MOMENTUM
    moves = [move for step in steps for move in step.moves]
    wrong = [move for move in moves if not move.right]
    return _why_some_slopes(student, moves, wrong) or _why_length(student, wrong)


def _why_some_slopes(student: Student, moves: Sequence[Move], wrong: Sequence[Move]) -> Misconception | None:
    """Whether only the gentlest slopes get no step, or only the steepest too small a one."""
    steepest = [abs(move.grad).max() for move in moves if move.right]
    if not steepest or not wrong:
        return None
    still = [move.got == move.start for move in wrong]
    others_right = all(same(m.got[~at], m.want[~at]) for m, at in zip(wrong, still, strict=True))
    if others_right and max(abs(m.grad[at]).max() for m, at in zip(wrong, still, strict=True)) < min(steepest):
        return IGNORES_SMALL_GRADIENTS
    steps = [(move.got - move.start, move.want - move.start) for move in wrong]
    short = all((got * want >= 0).all() and abs(got).max() < 0.99 * abs(want).max() for got, want in steps)
    steeper = min(abs(move.grad).max() for move in wrong) > max(steepest)
    return by_name(student.exercise, "clips_gradient") if short and steeper else None


def _why_length(student: Student, wrong: Sequence[Move]) -> Misconception | None:
    """Whether the parameter itself comes into the step, or the gradient as a wrong multiple, whatever the numbers."""
    if wrong and all(_multiple(move.want - move.got, move.start) > 0 for move in wrong):
        return by_name(student.exercise, "weight_decay")
    # What is wrong with the step is a multiple of the step; where it is -1 or less, the sign is wrong too.
    if wrong and all(_multiple(move.got - move.want, move.want - move.start) > -1 for move in wrong):
        return WRONG_LENGTH
    return None


def _multiple(these: Numbers, others: Numbers) -> float:
    """How many times the others these numbers are; nan where they are not, to one part in a hundred."""
    with numpy.errstate(all="ignore"):  # what a student's step left may be 0, or no number
        factor = (these * others).sum() / (others**2).sum()
        return float(factor) if abs(these - factor * others).max() < 0.01 * abs(these).max() else numpy.nan


def _partly(moves: Sequence[Move]) -> bool:
    """Whether some parameters took the step and the others none, the last alone or the first alone among them."""
    right = [move.right for move in moves]
    if len(moves) == 1:
        return right[0] or moves[0].still
    first_alone, first_stays = right[0] and not any(right[1:]), right[-1] and not right[0]
    return (first_alone or first_stays) and all(move.right or move.still for move in moves)


def _divided(move: Move, power: int) -> Numbers:
    return sgd(move.start, move.grad, move.lr, move.batch_size**power)


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
# Two rates, one below and one above the batch size; none is one that a notebook may hold for itself.
CALLS = ((0.3, 5), (2.5, 2))
# Then, with the scale of the gradients: the last batch of an epoch may hold one example; near the minimum gradients are
# small; and they are large where the slope is steep. The rates are such that the bound above holds for these, too.
LATER_CALLS = ((0.7, 1, 1.0), (2.5, 2, 1e-3), (0.02, 4, 100.0))


@check(points=2, hint="Change each array in place, with param[:] = …: the caller's arrays must hold the new values.")
def one_step(student: Student, rng: Rng) -> None:
    """a step takes lr times the gradient, divided by the batch size, from every parameter"""
    steps = [_step_on_new_parameters(student, rng, *call) for call in CALLS]
    _expect_right(student, steps)
    # On their own, as many a slip in the batch size divides by zero here, and has been named above.
    steps += [_step_on_new_parameters(student, rng, *call) for call in LATER_CALLS]
    _expect_right(student, steps)
    _expect_right(student, [_step_on_new_parameters(student, rng, *CALLS[0], shapes=shapes) for shapes in OTHER_SHAPES])


def _step_on_new_parameters(
    student: Student, rng: Rng, lr: float, batch_size: int, scale: float = 1.0, shapes: Shapes = SHAPES
) -> Step:
    before = [(_draw(rng, shape), _draw_gradient(rng, shape) * numpy.float32(scale)) for shape in shapes]
    return _step(student, [student.param(*values) for values in before], before, lr, batch_size)


@check(points=1, hint="The next step starts where this one ended: the same arrays, with their new gradients.")
def next_step(student: Student, rng: Rng) -> None:
    """a second step goes on from where the first one led"""
    shape = (4, 3)
    param = student.param(_draw(rng, shape))
    start, steps = param.start, []
    for lr, batch_size in CALLS:
        grad = _draw_gradient(rng, shape)
        param.set_grad(grad)
        steps.append(_step(student, [param], [(start, grad)], lr, batch_size))
        start = steps[-1].moves[0].got
    _expect_right(student, steps)


@check(points=1, hint="One loop over params does it, whatever their number; leave the list itself alone.")
def any_parameters(student: Student, rng: Rng) -> None:
    """params may be a list or a tuple of any length, and is left as it was"""
    steps = []
    for count, container, (lr, batch_size) in ((3, tuple, CALLS[0]), (1, list, CALLS[1]), (4, list, CALLS[0])):
        before = [(_draw(rng, (3, 2)), _draw_gradient(rng, (3, 2))) for _ in range(count)]
        params = container(student.param(*values) for values in before)
        steps.append(_step(student, params, before, lr, batch_size))
    _expect_right(student, steps)
    for step in steps:
        _expect_same_items(step)


def _expect_same_items(step: Step) -> None:
    after = step.result.value_after(0)
    items = after.items if isinstance(after, wire.Sequence) else []
    if len(items) != len(step.moves):
        raise CheckFailed(f"sgd leaves {len(items)} entries in params, which had {len(step.moves)}.", CHANGES_THE_LIST)
    for item, move in zip(items, step.moves, strict=True):
        held = as_numpy(item)
        if held is None or not numpy.array_equal(held, move.got):
            moved = held is not None and any(numpy.array_equal(held, other.got) for other in step.moves)
            text = f"sgd changes params: an entry holds {show(held)} where the array given holds {show(move.got)}."
            raise CheckFailed(text, CHANGES_THE_LIST if moved else REPLACES_ENTRIES)
