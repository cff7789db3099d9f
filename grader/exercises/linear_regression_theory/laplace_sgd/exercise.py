"""Descent on absolute errors (exercise 3 of section 3.1): training, where no formula is left.

A step does not depend on how large the errors are, but on their signs alone. So the judge knows where one batch leads,
and of several small ones all the places to which their orders can lead.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    Known,
    Misconception,
    Near,
    Numbers,
    Result,
    Rng,
    Student,
    check,
    expect,
    no_failure,
    parts,
    same,
    show,
)
from grader.diagnosis import habits
from grader.exercises.shared.descent import LINEAR_REGRESSION, OWN_SIZE, RIGHT, Model, Passes, Training, stacked
from grader.exercises.shared.kinds import expect_floats, expect_unchanged
from grader.exercises.shared.loops import (
    ASCENDS,
    DIVIDES_TWICE,
    FIRST_BATCH_ONLY,
    NEVER_DIVIDES,
    NEVER_MOVES,
    NOT_RECORDED,
    ONE_EPOCH_ONLY,
    SKIPS_LAST_BATCH,
    STEPS_ONCE_PER_EPOCH,
    STEPS_WHILE_RECORDING,
    descent,
    named,
    step,
)
from grader.exercises.shared.loops import FAILURES as OF_LOOPS

# 10 passes over 1,000 examples, for some one by one.
EXERCISE = Exercise("laplace_sgd(X, y, w, b, lr, num_epochs, batch_size)", "3.1", budget=Budget(seconds=90))

LAPLACE = Model(
    losses=lambda scores, y: abs(scores[:, 0] - y),
    error=lambda scores, y: numpy.sign(scores - numpy.asarray(y, float)[:, None]),
)
WITHOUT_SIGNS = Model(losses=LAPLACE.losses, error=lambda scores, y: numpy.ones_like(scores))

# -- wrong versions: "value" are those that full batches show, "steps" those that show in a pass of several

KNOWN = [ASCENDS, DIVIDES_TWICE, NEVER_DIVIDES, NEVER_MOVES, ONE_EPOCH_ONLY, STEPS_ONCE_PER_EPOCH, FIRST_BATCH_ONLY,
         SKIPS_LAST_BATCH, NOT_RECORDED, STEPS_WHILE_RECORDING]  # fmt: skip
LEAVES_THE_BIAS = step("leaves_the_bias", "b is never changed", "b takes its step as well: the sum of the signs.")
LEAVES_THE_WEIGHT = step(
    "leaves_the_weight", "w is never changed", "w takes its step: Σ s·x, one number for each feature."
)


def of_another_loss(name: str, sentence: str, hint: str, model: Model) -> Misconception:
    return Misconception(
        name, sentence, hint, lambda training, passes: training._replace(model=model).trace(passes).moved
    )


SQUARED_LOSS = of_another_loss(
    "squared_loss", "the steps follow the squared error: they grow with the residual, and one absurd label takes over",
    "Only the sign of ŷ − y counts: np.sign, or autograd of np.abs.", LINEAR_REGRESSION)  # fmt: skip
WITHOUT_ABSOLUTE = of_another_loss(
    "without_absolute", "the steps follow the residuals' sum, without absolute values: they go one way for ever",
    "Of |r| the derivative is 1 where r > 0 and −1 where r < 0.", WITHOUT_SIGNS)  # fmt: skip
ONE_BATCH = descent(
    "one_batch", "each epoch takes one step, with all examples: batch_size makes no difference",
    "for start in range(0, n, batch_size): one step for each batch.",
    lambda passes: [[[row for rows in each for row in rows]] for each in passes],
    rule=OWN_SIZE, of="steps")  # fmt: skip
ONE_BY_ONE = descent(
    "one_by_one", "each example takes a step of its own, a batch_size-th as long",
    "Add up the signs of a batch first, at the same w and b.",
    lambda passes: [[[row] for rows in each for row in rows] for each in passes], of="steps")  # fmt: skip


def bias_after_weights(training: Training, passes: Passes) -> Numbers:
    """How far w and b move where b's step is taken at the new w."""
    W, b = training.start
    size = training.lr / training.batch_size
    for rows in (list(rows) for each in passes for rows in each):
        batch = training.data[0][rows], training.data[1][rows]
        W = W - size * training.model.gradient((W, b), batch)[0]
        b = b - size * training.model.gradient((W, b), batch)[1]
    return stacked((W, b)) - stacked(training.start)


BIAS_AFTER_WEIGHTS = Misconception(
    "bias_after_weights", "w is changed before b's step is computed: the two are steps of different models",
    "Compute both sums of signs first, then change both.", bias_after_weights)  # fmt: skip
STEPS_ONCE_BY_OWN_SIZE = descent(
    "steps_once_by_own_size", "only the last batch of each epoch takes a step",
    "The step belongs into the loop over the batches.",
    lambda passes: [each[-1:] for each in passes], rule=OWN_SIZE, of="steps")  # fmt: skip
IGNORES_LR = Misconception(
    "ignores_lr", "lr makes no difference, although it is a number",
    "Only where lr is None the rate is yours to choose.")  # fmt: skip
W_ALONE = Misconception("w_alone", "w comes back alone", "return w, b")
B_FIRST = Misconception("b_first", "b comes back before w", "return w, b")
FALLS_ANYWAY = Misconception(
    "falls_anyway", "the rate falls from step to step although lr is a number",
    "A number is the rate of every step; only None leaves the rate to you.")  # fmt: skip
NEVER_SHUFFLES = Misconception(
    "never_shuffles", "the examples come in the same order in every call",
    "Shuffle the indices anew in each epoch, and set no seed.")  # fmt: skip
KEEPS_ITS_RATE = Misconception(
    "keeps_its_rate", "the rate does not fall: near the minimum the steps are as long as at first, and jump over it",
    "Divide by something that grows with the number of steps taken: 1 + 0.02·k, for instance.")  # fmt: skip
FALLS_TOO_FAST = Misconception(
    "falls_too_fast", "the rate falls so fast that all steps together do not reach the minimum",
    "Try 1 / (1 + 0.02·k) in place of a power, or let it fall once per epoch and not with each step.")  # fmt: skip
USES_NONE = Misconception(
    "uses_none", "lr is used as a number, and it is None", "if lr is None: choose a rate of your own.")  # fmt: skip
CHANGES_ARGUMENTS = Misconception(
    "changes_arguments", "the caller's arrays are changed in place: w -= … changes the array that was given",
    "w, b = w.copy(), b.copy() at the start.")  # fmt: skip
FAILURES: Known = (*OF_LOOPS, *habits.FAILURES)

# -- a run

# Steps of 0.05 and more, each the sum of a few products, a relative error of 1e-6; up to 7 of them add up.
MOVES = Near(rtol=1e-4, atol=1e-5)


def draw(rng: Rng, n: int, d: int, num_epochs: int, lr: float, batch_size: int) -> Training:
    """What descent is given: no residual is so near 0, at any step of full batches, that rounding decides its sign."""
    while True:
        X, w, b = rng.normal(size=(n, d)).astype(numpy.float32), rng.normal(size=(d, 1)), rng.normal(size=1)
        signs = rng.permutation(numpy.where(numpy.arange(n) <= n // 3, 1.0, -1.0))
        y = (X @ w)[:, 0] + b + signs * rng.uniform(0.3, 3, size=n)
        start = w.astype(numpy.float32), b.astype(numpy.float32)
        training = Training(LAPLACE, start, (X, y.astype(numpy.float32)), num_epochs, lr, batch_size)
        trace = training.trace([[range(n)]] * num_epochs)
        if min(abs(epoch.whole[0].losses).min() for epoch in trace.epochs) > 1e-4:
            return training


def call(student: Student, training: Training) -> Result:
    (w, b), (X, y) = training.start, training.data
    lr: Any = training.lr or None
    return student.laplace_sgd(X, y, w[:, 0], b, lr, training.num_epochs, training.batch_size)


def pair(result: Result, d: int) -> list[Result]:
    """w and b, of shapes that can be read."""
    no_failure(result, FAILURES)
    if result.array is not None and result.array.shape == (d,):
        raise CheckFailed(f"{result.function}(…) returns one array of shape {(d,)}; it must be two: w, b.", W_ALONE)
    w, b = parts(result, "w", "b")
    shape = expect(w).numbers().shape
    if shape != (d,):
        first = b.array is not None and b.array.shape == (d,) != (1,)
        text = f"w, returned by {result.function}(…), has the shape {shape}; it must be {(d,)}."
        raise CheckFailed(text, B_FIRST if first else None, hint="")
    expect(b).number()
    return [w, b]


def moved(result: Result, training: Training) -> Numbers:
    """How far w and b have come, stacked."""
    w, b = pair(result, len(training.start[0]))
    return stacked((expect(w).numbers()[:, None], numpy.array([expect(b).number()]))) - stacked(training.start)


def rates(student: Student, last: int) -> Numbers:
    """How far b has come after each number of epochs of one step up to `last`, at lr = 1, or lr = None where that is 0.

    The labels are so far away that all signs are the same, whatever happens: what b moves is the rate.
    """
    X, w, b = numpy.ones((4, 1), numpy.float32), numpy.zeros((1, 1), numpy.float32), numpy.zeros(1, numpy.float32)
    lr = 1.0 if last < 10 else 0.0
    numbers = range(1, last + 1) if last < 10 else (1, last // 2, last)
    runs = [Training(LAPLACE, (w, b), (X, numpy.full(4, 1e6, numpy.float32)), number, lr, 4) for number in numbers]
    return numpy.array([moved(call(student, each), each)[-1, 0] for each in runs])


# -- the checks

# n, d, epochs and rate of the full batches; the second is large enough a step that signs change with it, and the last
# has more examples and features than anybody writes down.
FULL = ((5, 3, 1, 0.3), (4, 3, 1, 1.5), (5, 1, 2, 0.4), (4, 2, 3, 0.25), (300, 12, 1, 0.3))


@check(points=1, hint="w − lr/n · Σ sign(ŷ − y)·x, and b − lr/n · Σ sign(ŷ − y): both with the ŷ of before the step.")
def full_batches(student: Student, rng: Rng) -> None:
    """with one batch for all examples, each epoch takes one step of length lr along the signs"""
    trainings = [_telling(rng) if lr > 1 else draw(rng, n, d, epochs, lr, n) for n, d, epochs, lr in FULL]
    found = [moved(call(student, each), each) for each in trainings]
    for training, got in zip(trainings, found, strict=True):
        want = training.right.moved
        if not MOVES.holds(got, want):
            steps = f"{training.num_epochs} step{'s' * (training.num_epochs > 1)}"
            text = f"After {steps} with lr = {training.lr}, w and b have "
            text += (
                f"not moved as they should.\n  w, b moved by: {show(got[:, 0])}\n  expected:      {show(want[:, 0])}"
            )
            raise CheckFailed(text, _why_not(student, trainings, found))


def _all_rows(training: Training) -> Passes:
    return [[range(training.n)]] * training.num_epochs


def _telling(rng: Rng) -> Training:
    """A step in which it shows whether b's is taken at the new w, and whether the examples step one by one."""
    n, d, num_epochs, lr = FULL[1]
    while True:
        training = draw(rng, n, d, num_epochs, lr, n)
        assert ONE_BY_ONE.function is not None
        others = [bias_after_weights(training, _all_rows(training))]
        others += [ONE_BY_ONE.function(training, [[order]]) for order in itertools.permutations(range(n))]
        if all(abs(other - training.right.moved).max() > 0.01 for other in others):
            return training


def _why_not(student: Student, trainings: list[Training], found: list[Numbers]) -> Misconception | None:
    pairs = list(zip(trainings, found, strict=True))
    if known := named(student, "value", [([(each, _all_rows(each))], got) for each, got in pairs]):
        return known
    training, got = pairs[1]
    orders = [(training, [[order]]) for order in itertools.permutations(range(training.n))]
    if not MOVES.holds(got, training.right.moved) and (known := named(student, "steps", [(orders, got)])):
        return known
    faster = training._replace(lr=2 * training.lr)
    if abs(got).max() > 0 and MOVES.holds(moved(call(student, faster), faster), got):
        return IGNORES_LR
    right_at_first = all(MOVES.holds(got, each.right.moved) for each, got in pairs if each.num_epochs == 1)
    of = rates(student, 3)
    return FALLS_ANYWAY if right_at_first and of[0] > of[1] - of[0] > of[2] - of[1] else None


ORDERED = (5, 2)
PASSES = 4
# So many examples, at so large a rate, that hardly two orders end in the same place.
MIXED = (24, 3)
CALLS = 8
# In that many simulated orders none may come up more often than this: all 8 calls alike have then a chance below 1e-9.
SIMULATED, MOST_ALIKE = 150, 0.05


@check(points=0.5, hint="In each epoch shuffle the indices, then take batch_size of them at a time, down to the last.")
def batches(student: Student, rng: Rng) -> None:
    """an epoch takes one step for each batch, the smaller last one as well, in a new random order"""
    training = _in_batches(rng)
    ends = [moved(call(student, training), training) for _ in range(PASSES)]
    if any(not training.leading_to(end, MOVES, RIGHT, OWN_SIZE) for end in ends):
        passes = [(training, each) for each in training.orders()]
        evidence = [(passes, end) for end in ends]
        known = named(student, "steps", evidence) or named(student, "value", evidence)
        n, size = ORDERED
        text = (
            f"An epoch over {n} examples with batch_size = {size} has moved w and b by {show(ends[0][:, 0])}: no order "
        )
        raise CheckFailed(f"{text}of the examples in batches of 2, 2 and 1 leads there.", known)
    many = _mixed(rng)
    ends = [moved(call(student, many), many) for _ in range(CALLS)]
    if all(MOVES.holds(end, ends[0]) for end in ends):
        text = f"{CALLS} calls with the same {MIXED[0]} examples in batches of {MIXED[1]} all lead to the same w and b."
        raise CheckFailed(text, NEVER_SHUFFLES)


def _in_batches(rng: Rng) -> Training:
    """Few examples, whose order makes a difference, and whose signs no rounding decides."""
    n, size = ORDERED
    while True:
        training = draw(rng, n, 2, 1, round(float(rng.uniform(1.2, 1.6)), 2), size)
        traces = list(training.traces(RIGHT, OWN_SIZE))
        near = min(abs(before.losses).min() for trace in traces for before, _ in trace.epochs[0].batches)
        if near > 1e-4 and len({tuple(numpy.round(trace.moved[:, 0], 3)) for trace in traces[: len(traces) // 2]}) > 3:
            return training


def _mixed(rng: Rng) -> Training:
    n, size = MIXED
    while True:
        training = draw(rng, n, 2, 1, 1.5, size)
        ends: dict[tuple[float, ...], int] = {}
        for _ in range(SIMULATED):
            order = rng.permutation(n)
            end = training.trace([[order[start : start + size].tolist() for start in range(0, n, size)]]).moved
            key = tuple(numpy.round(end[:, 0], 3))
            ends[key] = ends.get(key, 0) + 1
        if max(ends.values()) <= SIMULATED * MOST_ALIKE:
            return training


EXAMPLES, EPOCHS, BATCH = 1000, 10, 10
NOISE, ENOUGH = 0.01, 0.02


@check(
    points=1, hint="Let the rate fall with the number of steps taken, 0.3 / (1 + 0.02·k) for instance, not too fast."
)
def settles(student: Student, rng: Rng) -> None:
    """with lr = None, 10 epochs over 1,000 examples bring the mean absolute residual below 0.02"""
    X = rng.normal(size=(EXAMPLES, 2)).astype(numpy.float32)
    w, b = rng.choice([-1, 1], size=2) * rng.uniform(2, 3.5, size=2), rng.uniform(3, 4.5)
    y = (X @ w + b + rng.normal(scale=NOISE, size=EXAMPLES)).astype(numpy.float32)
    zeros = numpy.zeros((2, 1), numpy.float32), numpy.zeros(1, numpy.float32)
    training = Training(LAPLACE, zeros, (X, y), EPOCHS, 0.0, BATCH)
    result = call(student, training)
    no_failure(result, (*FAILURES, (r"NoneType", USES_NONE)))
    end = moved(result, training)
    left = float(abs(X @ end[:2, 0] + end[2, 0] - y).mean())
    if not left < ENOUGH:
        text = (
            f"After {EPOCHS} epochs over {EXAMPLES} examples with lr = None the mean absolute residual is {left:.3g}; "
        )
        raise CheckFailed(f"{text}it must be below {ENOUGH}.", _why(student))


def _why(student: Student) -> Misconception | None:
    first, half, whole = rates(student, 100)
    if first <= 0:
        return None
    if same(numpy.array([half, whole]), 50 * first * numpy.array([1, 2]), rtol=1e-3):
        return KEEPS_ITS_RATE
    return FALLS_TOO_FAST if 0 < whole - half < 1e-3 * half else None


@check(points=0.5, trivial=True, hint="Begin with w, b = w.copy(), b.copy(), and return these two.")
def new_arrays(student: Student, rng: Rng) -> None:
    """w and b come back as new arrays of floats, and those that were given stay as they were"""
    training = draw(rng, 4, 2, 1, 0.5, 2)
    result = call(student, training)
    for each in pair(result, 2):
        expect_floats(each)
    expect_unchanged(result, ("X", "y", "w", "b"), CHANGES_ARGUMENTS)
