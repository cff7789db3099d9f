"""Minibatch stochastic gradient descent (section 3.2.6): one step downhill."""

from __future__ import annotations

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

EXERCISE = Exercise("sgd(params, lr, batch_size)", "3.2.6")


def sgd(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    """The truth, for one parameter: what it holds after the step."""
    return numpy.asarray(param, float) - lr * numpy.asarray(grad, float) / batch_size


# -- wrong versions that the values of one parameter do not give away; the others are in misconceptions.py

REPLACES_ENTRIES = Misconception(
    "replaces_entries",
    "the list gets new arrays, while the caller's own arrays stay as they were",
    "Write into each array, param[:] = …, and leave the list alone.",
)
CHANGES_THE_LIST = Misconception(
    "changes_the_list",
    "the list of parameters is itself changed: entries are taken out, added or moved",
    "Go through params with a for loop, and leave the list as it is: pop() and the like are for lists of one's own.",
)
RETURNS_NEW_ARRAYS = Misconception(
    "returns_new_arrays",
    "new arrays are returned, while the caller's own arrays stay as they were",
    "Nobody reads what sgd returns: write into each array, param[:] = ….",
)
ZEROES_GRADIENT_FIRST = Misconception(
    "zeroes_gradient_first",
    "the gradient is set to 0 before the step, so that there is no step",
    "Take the step first. MXNet overwrites the gradient in every backward(), so that zeroing it is not needed at all.",
)
CHANGES_THE_GRADIENT = Misconception(
    "changes_the_gradient",
    "the new value is written into the gradient instead of the parameter",
    "Which array stands on the left of the assignment?",
)
UPDATES_GLOBALS = Misconception(
    "updates_globals",
    "the global W and b are updated, not the parameters that are given",
    "Go through params: which arrays they are is the caller's affair.",
)
ONLY_FIRST_PARAMETER = Misconception(
    "only_first_parameter",
    "the first parameter takes the step and the others stay as they were",
    "Look at how far the lines after the for are indented: a return inside the loop ends it after its first turn.",
)
FIRST_PARAMETER_STAYS = Misconception(
    "first_parameter_stays",
    "the first parameter stays as it was, while the last takes the step",
    "Indices start at 0; and what every parameter needs is to stand inside the loop, not after it.",
)
SHRINKS_LR_IN_LOOP = Misconception(
    "shrinks_lr_in_loop",
    "the step is divided by the batch size once for the first parameter, twice for the second, and so on",
    "lr = lr / batch_size inside the loop makes lr smaller with each parameter: compute it before the loop.",
)
MOMENTUM = Misconception(
    "momentum",
    "the second step has a part of the first one in it (momentum, or gradients that are added up)",
    "A step depends on the gradient of this minibatch alone: keep nothing from one call to the next.",
)
WRONG_LENGTH = Misconception(
    "wrong_length",
    "the step goes along the gradient, as it should, but is not lr / batch_size times as long",
    "Which numbers is the gradient multiplied by, and divided by? Each of them has to come from the arguments.",
)
IGNORES_SMALL_GRADIENTS = Misconception(
    "ignores_small_gradients",
    "gradients that are nearly 0 are taken for 0: there is no step where the slope is gentle",
    "Use the gradient as it is; near the minimum it is small, and still shows the way.",
)
TWO_PARAMETERS_ONLY = Misconception(
    "two_parameters_only",
    "params is taken apart into a fixed number of parameters",
    "A loop over params works for any number of them.",
)
TORCH_HABITS = Misconception(
    "torch_habits",
    "a parameter or its gradient is used as in PyTorch, which MXNet's arrays do not know",
    "param[:] = … writes into the array, param.grad[:] = 0 zeroes the gradient; there is no .data and no .zero_().",
)
RECORDS_THE_STEP = Misconception(
    "records_the_step",
    "the step is taken inside autograd.record(), where arrays with a gradient cannot be written to",
    "Only the loss is recorded: leave autograd.record() out of sgd.",
)
TREATS_PARAMS_AS_ARRAY = Misconception(
    "treats_params_as_array",
    "params is used as if it were one array with one gradient; it is a list of arrays",
    "Go through it: for param in params.",
)
CALLS_THE_GRADIENT = Misconception(
    "calls_the_gradient",
    "grad is called like a function; it is an array",
    "param.grad, without parentheses.",
)
INDEXES_WITH_PARAMETERS = Misconception(
    "indexes_with_parameters",
    "a parameter is used as an index into params",
    "for param in params gives the arrays themselves; range(len(params)) gives their indices.",
)
LOOPS_OVER_A_NUMBER = Misconception(
    "loops_over_a_number",
    "the loop runs over a number",
    "for param in params, or for i in range(len(params)).",
)

DIVIDES_WITH_FLOOR = Misconception(
    "divides_with_floor",
    "// is used on an array; MXNet's arrays do not know it, and whole numbers are not wanted either",
    "Python's / and // are two different divisions.",
)

FAILURES = (
    (r"for //", DIVIDES_WITH_FLOOR),
    (r"values to unpack", TWO_PARAMETERS_ONLY),
    (r"has no attribute '?(data|zero_|zero_grad|add_|sub_|requires_grad|requires_grad_)\b", TORCH_HABITS),
    (r"[Ii]nplace operations.*recording|already in a computational graph", RECORDS_THE_STEP),
    (r"'tuple' object does not support item assignment", REPLACES_ENTRIES),
    (r"'(list|tuple)' object has no attribute 'grad'", TREATS_PARAMS_AS_ARRAY),
    (r"'(NDArray|ndarray|numpy\.ndarray)' object is not callable", CALLS_THE_GRADIENT),
    (r"indices must be integers or slices, not (NDArray|ndarray)", INDEXES_WITH_PARAMETERS),
    (r"'int' object is not iterable", LOOPS_OVER_A_NUMBER),
)


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
    return diagnose(student.exercise, student.flavour, evidence) or _why_some(student, steps)


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
