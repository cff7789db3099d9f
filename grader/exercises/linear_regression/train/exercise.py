"""The training loop (section 3.2.7): replayed in float64 on a few examples, then a full run on data of its own."""

from __future__ import annotations

from typing import NamedTuple

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    KeptArray,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    advice_on,
    by_name,
    check,
    describe_value,
    no_failure,
    show,
)
from grader.checking.margins import near_enough
from grader.exercises.shared.descent import OWN_SIZE, RIGHT, WRONG_STEPS, Rule, Training, squared_error, stacked
from grader.exercises.shared.histories import after_the_pass, losses, rows_of, wrong_kind
from grader.exercises.shared.loops import (
    FAILURES,
    HISTORY,
    MOVES,
    NEVER_MOVES,
    ONE_EPOCH_ONLY,
    ONE_EPOCH_TOO_FEW,
    Run,
    named,
    named_by_steps,
)
from grader.sandbox import wire

from . import misconceptions as known

EXERCISE = Exercise(
    "train(net, loss, params, features, labels, num_epochs, lr, batch_size)",
    "3.2.7",
    budget=Budget(seconds=180),
    needs=("data_iter", "linreg", "squared_loss", "sgd"),
)

FEATURES = 3


class Case(NamedTuple):
    """What train is tried with; `weight`: so many times the squared loss is the loss."""

    n: int
    num_epochs: int
    lr: float
    batch_size: int
    weight: float = 1.0
    d: int = FEATURES


def run(student: Student, rng: Rng, case: Case) -> Run:
    """Raises `CheckFailed` where train does not come to its end."""
    X, y = rng.normal(size=(case.n, case.d)).astype("float32"), (rng.normal(size=case.n) + 3).astype("float32")
    start = rng.normal(size=(case.d, 1)).astype("float32"), rng.normal(size=1).astype("float32")
    training = Training(squared_error(case.weight), start, (X, y), case.num_epochs, case.lr, case.batch_size)
    params = [student.param(value) for value in start]
    net, loss = student.given("linear_net", *params), student.given("weighted_loss", case.weight)
    result = student.train(net, loss, params, X, y, case.num_epochs, case.lr, case.batch_size)
    _expect_no_failure(result)
    return Run(training, _moved(params), numpy.array(rows_of(result.value, 1)), result)


def _moved(params: list[KeptArray]) -> Numbers:
    return stacked((params[0].value, params[1].value)) - stacked((params[0].start, params[1].start))


def _expect_no_failure(result: Result) -> None:
    failure = result.failure
    if failure is not None and "NoneType" in failure.message and ".grad" in failure.line:
        no_failure(result, ((r".", known.REBINDS_PARAMETERS),))
    no_failure(result, FAILURES)


# -- where a few epochs of one batch lead

ONE_BATCH = (Case(8, 2, 0.2, 8), Case(5, 4, 0.05, 5))
ANOTHER_LOSS = Case(6, 5, 0.04, 6, weight=3)


@check(points=1.5, hint="Per batch: record loss(net(X), y), call backward, then sgd(params, lr, batch_size).")
def follows_the_gradient(student: Student, rng: Rng) -> None:
    """a few steps on one batch lead where gradient descent leads"""
    _expect_descent(student, rng, [run(student, rng, case) for case in ONE_BATCH])


@check(points=0.5, hint="The loss to call is the argument loss: the next chapter brings another one.")
def takes_the_loss(student: Student, rng: Rng) -> None:
    """it trains with the loss that it is given, whichever that is"""
    one = run(student, rng, ANOTHER_LOSS)
    _expect_descent(student, rng, [one])
    if one.result.facts.get("labels_first"):
        raise CheckFailed("train calls loss(y, …), with the labels first.", known.LABELS_FIRST)


def _expect_descent(student: Student, rng: Rng, runs: list[Run]) -> None:
    for one in runs:
        if near_enough(MOVES, one.moved, one.training.right.moved):
            continue
        given = one.training
        text = f"After {given.num_epochs} epochs of one batch of {given.n} (lr={given.lr}), params have not moved to "
        text += f"where they should be.\n  the largest change is {abs(one.moved).max():.4g}; it should be "
        raise CheckFailed(f"{text}{abs(given.right.moved).max():.4g}", _why_steps(student, rng, runs))


def _why_steps(student: Student, rng: Rng, runs: list[Run]) -> Misconception | None:
    found = named_by_steps(student, "value", *runs)
    # A generator that is used up ends every further epoch at once; but these take place, and tell their losses.
    if found is ONE_EPOCH_ONLY and all(len(one.history) == one.training.num_epochs for one in runs):
        return known.ONE_ITERATOR_FOR_ALL_EPOCHS
    if found is None and abs(run(student, rng, Case(4, 1, 1e-6, 4)).moved).max() > 0.01:
        return known.STARTS_ANEW
    return found


# -- where an epoch of several batches leads, the order of which is random

# How large a step is, is the check above: here any will do.
RULES = (RIGHT, OWN_SIZE, *WRONG_STEPS.values(), known.RATE_OF_THE_BOOK, known.BATCH_OF_10)
LR = 0.2
# With n examples in batches of n - 1, the one that is left over is the same in two epochs of right code one time in n:
# for all of these n once in 3 * 4 * … * 13 = 3e9 times. No two are alike, so that a seed set by the code does no harm.
EXAMPLES_LEFT_OVER = range(3, 14)
# 102 batches: more than anyone waits for who breaks off early; and so many features that gradients are independent.
MANY = Case(203, 1, 1e-4, 2, d=300)


@check(points=1, hint="Each epoch is one pass of data_iter, with one step per batch, the last and smaller one too.")
def steps_on_every_batch(student: Student, rng: Rng) -> None:
    """an epoch takes one step on every batch of a new pass of data_iter, the smaller last one included"""
    few = run(student, rng, Case(3, 1, LR, 2))
    rules = [rule for rule in RULES if few.ends_with(rule)]
    if not rules:
        # Five examples tell whether the first batch alone counts, or all but the last; two epochs, whether one is none.
        more = run(student, rng, Case(5, 1, LR, 2) if few.moved.any() else Case(3, 2, LR, 2))
        why = named_by_steps(student, "steps", few, more) if few.moved.any() else _why_nothing(more)
        text = "train(…) with 3 examples and batch_size=2: params are not where a step on two examples and a step on "
        raise CheckFailed(f"{text}the third lead, in any order.", why)
    alone = [rule._replace(one_batch=False) for rule in rules]
    if all(_same_batches_twice(run(student, rng, Case(n, 2, LR, n - 1)), *alone) for n in EXAMPLES_LEFT_OVER):
        text = "Both epochs of train(…) with num_epochs=2 saw the same batches in the same order, in each of "
        raise CheckFailed(f"{text}{len(EXAMPLES_LEFT_OVER)} runs.", known.KEEPS_THE_BATCHES)
    if few.ends_with(RIGHT, OWN_SIZE) and (left_out := _left_out(run(student, rng, MANY))):
        text = f"In an epoch of train(…) with {MANY.n} examples and batch_size=2, {left_out} of the examples have no "
        raise CheckFailed(f"{text}part in any step.", known.STOPS_AFTER_SOME_BATCHES)


def _why_nothing(two_epochs: Run) -> Misconception:
    return ONE_EPOCH_TOO_FEW if two_epochs.moved.any() else NEVER_MOVES


def _same_batches_twice(one: Run, *rules: Rule) -> bool:
    """Whether w and b are where two epochs lead that see the same batches, and no others."""
    found = [trace.passes for trace in one.ends_with(*rules)]
    return bool(found) and all(first == second for first, second in found)


def _left_out(one: Run) -> int:
    """How many examples have hardly a part in where w and b have moved, a sum of gradients, each so many times."""
    X, y = one.training.data
    W, b = one.training.start
    errors = one.training.model.error(X.astype(float) @ W + b, y)[:, 0]
    inputs = numpy.hstack([X, numpy.ones((len(y), 1))]).astype(float)
    shares = numpy.linalg.lstsq(inputs.T, -one.moved[:, 0], rcond=None)[0] / errors
    # An example that the start happens to predict well tells nothing.
    return int((abs(shares) < 0.3 * numpy.median(abs(shares)))[abs(errors) > 1].sum())


# -- what comes back


@check(points=1, hint="After the loop over the batches, append loss(net(features), labels).mean() of that moment.")
def returns_the_history(student: Student, rng: Rng) -> None:
    """train returns one number per epoch: the mean loss over all examples, measured after it"""
    # Epochs of one batch, and one epoch of several, of which there are more than somebody's three epochs; and more
    # examples than anyone measures who takes a part for the whole.
    runs = [run(student, rng, case) for case in (Case(6, 3, 0.1, 6), Case(7, 1, LR, 2), Case(300, 1, 0.05, 300))]
    for one in runs:
        _expect_numbers(one)
    for one in runs:
        # The last loss is that of the params as they are now, wherever the steps have led.
        want = losses(one.training.right, after_the_pass) if one.steps_right else _loss_now(one)
        if not near_enough(HISTORY, one.history[-len(want) :], want):
            given = one.training
            text = (
                f"The history for num_epochs={given.num_epochs}, {given.n} examples and batch_size={given.batch_size} "
            )
            text += f"is not right.\n  is:       {show(one.history[-len(want) :, 0])}\n  expected: {show(want[:, 0])}"
            raise CheckFailed(text, _why_history(student, runs))


def _loss_now(one: Run) -> Numbers:
    given = one.training
    params = stacked(given.start) + one.moved
    scores = given.data[0].astype(float) @ params[:-1] + params[-1]
    return numpy.array([[given.model.losses(scores, given.data[1]).mean()]])


def _why_history(student: Student, runs: list[Run]) -> Misconception | None:
    evidence = [([(trace,) for trace in one.ends_with(RIGHT, OWN_SIZE)], one.history) for one in runs]
    return named(student, "history", evidence) if all(possible for possible, _ in evidence) else None


def _expect_numbers(one: Run) -> None:
    given, value = one.training, one.result.value
    if len(one.history) == given.num_epochs:
        return
    kind = wrong_kind(value, 1, given.num_epochs, -(-given.n // given.batch_size))
    if isinstance(value, wire.Sequence) and value.items and all(_is_all_losses(item, given.n) for item in value.items):
        kind = "all_losses"
    text = f"train(…, num_epochs={given.num_epochs}, …) returns {describe_value(value)}; it must be a list of "
    text += f"{given.num_epochs} numbers.{advice_on(value)}"
    raise CheckFailed(text, by_name(one.result.exercise, kind) if kind else None)


def _is_all_losses(item: wire.Value, n: int) -> bool:
    return isinstance(item, wire.Array) and item.numpy().size == n > 1


# -- the full run

N, NUM_EPOCHS, BOOK_LR, BATCH_SIZE = 1000, 3, 0.03, 10
# Right code ended within 0.0016 in 20 runs; least squares itself is off by up to 0.0006.
WITHIN = 0.01


@check(points=2, full_run=True,
       hint="If the steps above are right, look at what train calls: squared_loss, linreg, data_iter.")  # fmt: skip
def recovers_the_parameters(student: Student, rng: Rng) -> None:
    """with all of your functions, a full run finds the weights and the bias to within 0.01"""
    true_w, true_b = rng.uniform(2, 4, size=(2, 1)) * rng.choice([-1, 1], size=(2, 1)), rng.uniform(3, 5)
    X = rng.normal(size=(N, 2)).astype("float32")
    y = (X @ true_w[:, 0] + true_b + rng.normal(scale=0.01, size=N)).astype("float32")
    start = rng.normal(scale=0.01, size=(2, 1)).astype("float32"), numpy.zeros(1, "float32")
    params = [student.param(value, name=name) for value, name in zip(start, "wb", strict=True)]
    result = student.train(student.net, student.squared_loss, params, X, y, NUM_EPOCHS, BOOK_LR, BATCH_SIZE)
    _expect_no_failure(result)
    found, truth = stacked((params[0].value, params[1].value)), stacked((true_w, numpy.array([true_b])))
    if abs(found - truth).max() <= WITHIN:
        return
    text = f"After {NUM_EPOCHS} epochs (lr={BOOK_LR}, batch_size={BATCH_SIZE}) on {N} examples w and b are not within "
    text += f"{WITHIN} of the truth.\n  w and b:  {show(found[:, 0])}\n  the truth {show(truth[:, 0])}"
    sentence, hint = _symptom(found, truth, abs(_moved(params)).max())
    raise CheckFailed(f"{text}\n  {sentence}" if sentence else text, hint=hint)


def _symptom(found: Numbers, truth: Numbers, moved: float) -> tuple[str, str | None]:
    """What the end of a run shows, and where to look."""
    if moved == 0:
        return ("They are exactly what they were before.",
                "backward fills the gradients, sgd takes the step: are both called, on the params given?")  # fmt: skip
    if not numpy.isfinite(found).all():
        return "They are nan or infinite: the steps are too large.", "Does something divide by batch_size?"
    shares = (found / truth)[:, 0]
    if abs(found[:-1]).max() < 0.5 and abs(shares[-1] - 1) < 0.2:
        return ("w is near 0, and b near the mean of the labels: features and labels do not belong together.",
                "In the loss, a column minus a vector is a table. Or does data_iter part rows and labels?")  # fmt: skip
    if shares.min() > 0 and shares.max() < 1 and numpy.ptp(shares) < 0.2:
        return ("They are on their way, and not there yet.",
                "The steps are too small, or too few: does something divide twice, or end early?")  # fmt: skip
    return "", None
