"""Why steps of `sgd` are wrong: what the moves of all parameters in several calls say together."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Sequence

import numpy

from grader.checking import (
    CheckFailed,
    Numbers,
    Rng,
    Student,
    as_numpy,
    by_name,
    diagnose,
    same,
)
from grader.diagnosis.slips import Slip
from grader.sandbox import wire

from .behaviour import (
    CHANGES_THE_GRADIENT,
    DEPENDS_ON_EARLIER_CALLS,
    DRAWS_AT_RANDOM,
    EVERY_OTHER_PARAMETER,
    FEW_PARAMETERS,
    FIRST_PARAMETER_STAYS,
    IGNORES_SMALL_GRADIENTS,
    LAST_PARAMETER_STAYS,
    MOMENTUM,
    ONE_GRADIENT_FOR_ALL,
    ONLY_FIRST_PARAMETER,
    ONLY_LAST_PARAMETER,
    PARAMETERS_OF_SOME_SHAPES,
    REMEMBERS_THE_STEP,
    REPLACES_ENTRIES,
    RETURNS_NEW_ARRAYS,
    SHRINKS_LR_IN_LOOP,
    TAKES_NO_STEP,
    UPDATES_GLOBALS,
    USES_FIRST_FIGURES,
    WRONG_LENGTH,
    ZEROES_GRADIENT_FIRST,
)
from .moves import Known, Move, Step, moves_of, multiple, sgd, step

# A tree takes a thousand times the memory of its text.
MOST_READ = 20_000
# For the calls that are made to find out more.
RATE, SIZE = 0.3, 5


def why(student: Student, rng: Rng, steps: Sequence[Step], more: Sequence[Step] = ()) -> Known:
    """The first of what explains these steps, some of which are wrong; `more` have been made beside them."""
    moves = moves_of(steps)
    if all(move.still for move in moves):
        known = _why_nothing_moved(student, steps) or _diagnosed(student, moves)
        rebinds = known is not None and known.name == "rebinds_loop_variable"
        return TAKES_NO_STEP if rebinds and not _rebinds(student.channel.source_of("sgd")) else known
    every = [*steps, *more]
    if known := _which_parameters(student, rng, every):
        return known
    known = _diagnosed(student, moves_of(every))
    if known is not None and not (isinstance(known, Slip) and not known.sure):
        return known
    return _why_in_turn(steps) or _why_together(student, rng, every) or known


def _diagnosed(student: Student, moves: Sequence[Move]) -> Known:
    return diagnose(student.exercise, student.flavour, [move.evidence for move in moves])


# -- nothing has moved


def _why_nothing_moved(student: Student, steps: Sequence[Step]) -> Known:
    moves, first = moves_of(steps), steps[0]
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
    first_moves, second_moves = ((given.value != start).any() for given in (first_given, second_given))
    if first_moves or second_moves:
        both = PARAMETERS_OF_SOME_SHAPES if all(move.start.shape != start.shape for move in moves) else None
        return both if first_moves and second_moves else LAST_PARAMETER_STAYS if first_moves else FIRST_PARAMETER_STAYS
    return UPDATES_GLOBALS if (W.value != start).all() or (b.value != start).all() else None


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


def _holds(value: wire.Value | None, wanted: Sequence[Numbers]) -> bool:
    """Whether a list or tuple has these arrays in it."""
    arrays = [as_numpy(item) for item in value.items] if isinstance(value, wire.Sequence) else []
    pairs = zip(arrays, wanted, strict=False)
    return len(arrays) == len(wanted) and all(a is not None and same(a, want) for a, want in pairs)


# -- some parameters have moved, and others have not

Moves = Callable[[int, int, tuple[int, ...]], bool]
# By its place among so many parameters, and its shape: whether a parameter moves.
WHICH_MOVE: tuple[tuple[Known, Moves], ...] = (
    (ONLY_FIRST_PARAMETER, lambda place, count, shape: place == 0),
    (ONLY_LAST_PARAMETER, lambda place, count, shape: place == count - 1),
    (FIRST_PARAMETER_STAYS, lambda place, count, shape: place > 0),
    (LAST_PARAMETER_STAYS, lambda place, count, shape: place < count - 1),
    (EVERY_OTHER_PARAMETER, lambda place, count, shape: place % 2 == 0),
    (EVERY_OTHER_PARAMETER, lambda place, count, shape: place % 2 == 1),
    (FEW_PARAMETERS, lambda place, count, shape: place < 2),
    (FEW_PARAMETERS, lambda place, count, shape: place < 3),
    (PARAMETERS_OF_SOME_SHAPES, lambda place, count, shape: len(shape) > 1),
    (PARAMETERS_OF_SOME_SHAPES, lambda place, count, shape: len(shape) == 1),
    (PARAMETERS_OF_SOME_SHAPES, lambda place, count, shape: math.prod(shape) > 1),
)
# Of four parameters and of five: what moves can be told.
OTHERS: tuple[tuple[tuple[int, ...], ...], ...] = (((2,), (3, 2), (1,), (2, 3)), ((2, 2), (1, 1), (3,), (2,), (4, 2)))


def _which_parameters(student: Student, rng: Rng, steps: Sequence[Step]) -> Known:
    """Which parameters take the step, where they take either the right one or none."""
    if not any(move.right and not move.still for move in moves_of(steps)) or not _right_or_still(steps):
        return None
    try:
        steps = [*steps, *(_step_of(student, rng, shapes) for shapes in OTHERS)]
    except CheckFailed:
        return None
    if not _right_or_still(steps):
        return None
    found = {known.name: known for known, moves in WHICH_MOVE if known is not None and _fits(moves, steps)}
    return next(iter(found.values())) if len(found) == 1 else None


def _right_or_still(steps: Sequence[Step]) -> bool:
    return all(move.right or move.still for move in moves_of(steps))


def _fits(moves: Moves, steps: Sequence[Step]) -> bool:
    return all(
        move.right == moves(place, len(each.moves), move.start.shape)
        for each in steps
        for place, move in enumerate(each.moves)
    )


def _step_of(student: Student, rng: Rng, shapes: Sequence[tuple[int, ...]]) -> Step:
    """A step of new parameters of these shapes."""
    before = [(_draw(rng, shape), _draw(rng, shape)) for shape in shapes]
    return step(student, [student.param(*values) for values in before], before, RATE, SIZE)


def _draw(rng: Rng, shape: tuple[int, ...]) -> Numbers:
    """Numbers that are not near 0: a step shows."""
    return (rng.uniform(0.5, 2, size=shape) * rng.choice([-1, 1], size=shape)).astype(numpy.float32)


# -- what the calls say together


def _why_in_turn(steps: Sequence[Step]) -> Known:
    """Whether something of one parameter, or of one step, is left for the next."""
    several = max(len(each.moves) for each in steps) > 1
    powers = [(move, power) for each in steps for power, move in enumerate(each.moves, 1)]
    if several and all(same(move.got, _divided(move, power)) for move, power in powers):
        return SHRINKS_LR_IN_LOOP
    if not several and len(steps) > 1 and steps[0].moves[0].right:
        second, earlier = steps[1].moves[0], steps[0].moves[0].grad.astype(float)
        if multiple(second.want - second.got, earlier) > 0:
            return MOMENTUM
    return None


def _why_together(student: Student, rng: Rng, steps: Sequence[Step]) -> Known:
    moves = moves_of(steps)
    if all(same(move.got, _with_first_gradient(move, each)) for each in steps for move in each.moves):
        return ONE_GRADIENT_FOR_ALL
    wrong = [move for move in moves if not move.right]
    if wrong and all(_is_step_of_another(move, moves) for move in wrong):
        return REMEMBERS_THE_STEP
    return _why_small(moves, wrong) or _why_not_again(student, rng) or _why_length(student, moves, wrong)


def _divided(move: Move, power: int) -> Numbers:
    return sgd(move.start, move.grad, move.lr, move.batch_size**power)


def _with_first_gradient(move: Move, of: Step) -> Numbers:
    """What the parameter would hold had it the first one's gradient, if that fits."""
    first = of.moves[0].grad
    return sgd(move.start, first if first.shape == move.grad.shape else move.grad, move.lr, move.batch_size)


def _is_step_of_another(move: Move, moves: Sequence[Move]) -> bool:
    """Whether the parameter moved as another of its shape should have."""
    others = (other for other in moves if other is not move and other.start.shape == move.start.shape)
    return any(same(move.start - move.got, other.start - other.want) for other in others)


def _why_small(moves: Sequence[Move], wrong: Sequence[Move]) -> Known:
    """Whether only the gentlest slopes get no step."""
    steepest = [abs(move.grad).max() for move in moves if move.right]
    if not steepest or not wrong:
        return None
    still = [move.got == move.start for move in wrong]
    others_right = all(same(m.got[~at], m.want[~at]) for m, at in zip(wrong, still, strict=True))
    gentlest = max(abs(m.grad[at]).max(initial=0) for m, at in zip(wrong, still, strict=True))
    return IGNORES_SMALL_GRADIENTS if others_right and gentlest < min(steepest) else None


def _why_not_again(student: Student, rng: Rng) -> Known:
    """Whether the same call, from the same start, comes to something else by chance, or after another call."""
    one, other = ((_draw(rng, (3, 2)), _draw(rng, (3, 2))) for _ in range(2))
    calls = ((one, 1), (one, 2), (one, 1), (other, 1), (one, 1))
    try:
        every = [step(student, [student.param(*given)], [given], RATE, SIZE, seed=seed) for given, seed in calls]
    except CheckFailed:
        return None
    first, by_chance, again, _, later = (each.moves[0].got for each in every)
    if not same(first, by_chance) and same(first, again):
        return DRAWS_AT_RANDOM
    return None if same(first, again) and same(first, later) else DEPENDS_ON_EARLIER_CALLS


def _why_length(student: Student, moves: Sequence[Move], wrong: Sequence[Move]) -> Known:
    """Whether the parameter itself comes into the step, or the gradient as a wrong multiple, whatever the numbers."""
    if wrong and all(multiple(move.want - move.got, move.start) > 0 for move in wrong):
        return by_name(student.exercise, "weight_decay")
    first = moves[0]
    rates = [(move.rate, first.lr / move.batch_size, move.lr / first.batch_size) for move in moves]
    if any(all(math.isclose(each[0], each[place], rel_tol=0.01) for each in rates) for place in (1, 2)):
        return USES_FIRST_FIGURES
    # What is wrong with the step is a multiple of the step; where it is -1 or less, the sign is wrong too.
    if wrong and all(multiple(move.got - move.want, move.want - move.start) > -1 for move in wrong):
        return WRONG_LENGTH
    return None
