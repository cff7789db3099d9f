"""The training loop (section 3.6.6), with the student's own functions, up to the full run on Fashion-MNIST."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    advice_on,
    by_name,
    check,
    describe_value,
    show,
)
from grader.checking.margins import near_enough
from grader.data import fashion_mnist
from grader.exercises.shared.descent import OWN_SIZE, RIGHT, WRONG_STEPS, Rule, Training
from grader.exercises.shared.full_run import RECOGNIZED, SAME_DIRECTION, Disguise, accuracy_on_test_images, cosine
from grader.exercises.shared.histories import pairs, rows_of, wrong_kind
from grader.exercises.shared.loops import HISTORY, MOVES, named, named_by_steps

from . import misconceptions
from .curve import symptom
from .inputs import HARDLY, draw, draw_for_history, draw_for_one_pass, draw_for_steps, zeros
from .runs import Run, kept_params, run_train, shares_in_the_steps, train_on

EXERCISE = Exercise(
    "train(net, params, features, labels, num_epochs, lr, batch_size)",
    "3.6.6",
    budget=Budget(seconds=180, memory_mb=4096),
    needs=("data_iter", "softmax", "net", "cross_entropy", "accuracy", "sgd"),
)

# -- where a few epochs of one batch lead

# Twelve examples in one batch, for four epochs, at a rate so large that the loss rises and the accuracy falls.
TOO_FAST = (12, 4, 4.0, 12)


@check(points=2, hint="Per batch: record the loss, call backward, then sgd(params, lr, batch_size).")
def follows_the_gradient(student: Student, rng: Rng) -> None:
    """a few steps on one batch lead where gradient descent leads"""
    first = _full_batches(student, rng, 8, 3, 0.5)
    right = first.training.right
    if near_enough(MOVES, first.moved, right.moved):
        return _expect_no_way_back(student, rng)
    # By the history all steps were taken; where nothing has moved, that is what there is to say.
    if first.is_back and first.moved.any() and HISTORY.holds(first.history, pairs(right)):
        known: Misconception | None = misconceptions.PUTS_THE_BEST_BACK
    else:
        # Another size, rate and number of epochs tell misconceptions apart that agree here.
        again = _full_batches(student, rng, 4, 2, 0.3)
        known = named_by_steps(student, "value", first, again) or _by_one_step(student, rng)
    text = "After 3 epochs of one batch of 8 (lr=0.5), params have not moved to where they should be.\n"
    text += f"  the largest change is {abs(first.moved).max():.4g}; it should be {abs(right.moved).max():.4g}"
    raise CheckFailed(text, known)


def _full_batches(student: Student, rng: Rng, n: int, num_epochs: int, lr: float) -> Run:
    return train_on(student, draw_for_steps(rng, n, num_epochs, lr))


def _expect_no_way_back(student: Student, rng: Rng) -> None:
    """Where the loss has risen, the parameters are not those of an earlier epoch."""
    run = train_on(student, draw_for_history(rng, *TOO_FAST))
    num_epochs, lr = run.training.num_epochs, run.training.lr
    # Who ends training early returns too little: that is for the history.
    if len(run.history) == num_epochs and run.is_back:
        text = f"After {num_epochs} epochs with lr={lr}, in which the loss falls and rises, params are what "
        raise CheckFailed(text + "they were after an earlier epoch.", misconceptions.PUTS_THE_BEST_BACK)


def _by_one_step(student: Student, rng: Rng) -> Misconception | None:
    """Steps that are far too large lead where rounding decides, but not the first one."""
    runs = [_full_batches(student, rng, n, 1, lr) for n, lr in ((3, 0.4), (2, 0.5))]
    return named_by_steps(student, "value", *runs) or _starts_anew(student, rng)


def _starts_anew(student: Student, rng: Rng) -> Misconception | None:
    """With lr = 0 nothing moves, unless the parameters are set to something else."""
    try:
        run = train_on(student, draw(rng, 4, 1, 0.0, 4))
    except CheckFailed:
        return None
    return misconceptions.STARTS_ANEW if abs(run.moved).max() > 0.1 else None


# -- where an epoch of several batches leads, the order of which is random

LR_OF_ONE_PASS = 0.5
# With n examples in batches of n - 1, the one that is left over is the same in two epochs of right code one time in n:
# for all of these n once in 3 * 4 * … * 13 = 3e9 times. No two are alike, so that a seed set by the code does no harm.
EXAMPLES_LEFT_OVER = range(3, 14)
# 102 batches: more than anyone waits for who breaks off early to save time.
EXAMPLES_OF_MANY_BATCHES = 203
# At this rate the gradients stay what they are in the beginning, to one part in a hundred.
HARDLY_TURNS = 1e-3


@check(points=1, hint="Each epoch is one pass of data_iter, with one step per batch, the last and smaller one too.")
def steps_on_every_batch(student: Student, rng: Rng) -> None:
    """an epoch takes one step on every batch of a new pass of data_iter, the smaller last one included"""
    few = _one_pass(student, rng, 3)
    # How large a step is, is the check above: here any will do.
    rules = [rule for rule in (RIGHT, OWN_SIZE, *WRONG_STEPS.values()) if few.ends_with(rule)]
    if not rules:
        # Five examples tell whether the first batch alone counts, or all but the last.
        more = _one_pass(student, rng, 5)
        text = "train(…) with 3 examples and batch_size=2: W is not where a step on two examples and a step on the "
        raise CheckFailed(text + "third lead, in any order.", named_by_steps(student, "steps", few, more))
    if all(_same_batches_twice(student, rng, n, rules) for n in EXAMPLES_LEFT_OVER):
        text = "Both epochs of train(…) with num_epochs=2 saw the same batches in the same order, in each of "
        raise CheckFailed(f"{text}{len(EXAMPLES_LEFT_OVER)} runs.", misconceptions.KEEPS_THE_BATCHES)
    if few.ends_with(RIGHT, OWN_SIZE):
        _expect_all_batches(student, rng)


def _one_pass(student: Student, rng: Rng, n: int, lr: float = LR_OF_ONE_PASS, telling: bool = False) -> Run:
    """`telling`: with data whose accuracy shows when, and on what, it was measured."""
    return train_on(student, draw_for_one_pass(rng, n, lr, telling))


def _same_batches_twice(student: Student, rng: Rng, n: int, rules: Sequence[Rule]) -> bool:
    """Whether W and b are where two epochs lead that see the same batches, and no others."""
    run = train_on(student, draw(rng, n, 2, LR_OF_ONE_PASS / 2 * (n - 1), n - 1))
    traces = run.training.traces(*(rule._replace(one_batch=False) for rule in rules))
    found = [trace.passes for trace in traces if MOVES.holds(run.moved, trace.moved)]
    return bool(found) and all(first == second for first, second in found)


def _expect_all_batches(student: Student, rng: Rng) -> None:
    """Where there are a hundred batches, each of them takes part."""
    training = draw(rng, EXAMPLES_OF_MANY_BATCHES, 1, HARDLY_TURNS, 2)._replace(start=zeros())
    shares = abs(shares_in_the_steps(train_on(student, training)))
    # A last batch of one, divided by its own size, counts twice.
    left_out = numpy.count_nonzero(shares < 0.1 * shares.max())
    if left_out:
        text = f"In an epoch of train(…) with {len(shares)} examples and batch_size=2, {left_out} of the examples have "
        raise CheckFailed(text + "no part in any step.", misconceptions.STOPS_AFTER_SOME_BATCHES)


# -- what comes back


@check(points=1, hint="Sum loss and correct predictions over the batches of an epoch, divide by the examples, append.")
def returns_the_history(student: Student, rng: Rng) -> None:
    """train returns one pair (loss, accuracy) per epoch: the means over all examples of that pass"""
    # A rate so large that a step on some examples makes others be misclassified.
    last = _one_pass(student, rng, 3, 3.0, telling=True)
    # Where the steps are wrong, which is another check's affair, it is not known what the later losses should be.
    ways = last.ends_with(RIGHT, OWN_SIZE)
    # One batch in each epoch, then several that hardly move anything: either way the order does not matter. The first
    # rate is so large that the loss rises: who keeps the best loss so far, or ends training then, is seen.
    runs = [_with_history(student, draw_for_history(rng, *args)) for args in (TOO_FAST, (5, 2, HARDLY, 3))]
    cases = [run if run.steps_right else run.first_epoch() for run in runs]
    # Nor is it, of several batches with a rate of their own, what those after the first should show.
    if not runs[1].steps_right and not ways and last.ends_with(*WRONG_STEPS.values()):
        del cases[1]
    _expect_pairs(last)
    wrong = [case for case in cases if not near_enough(HISTORY, case.history, pairs(case.training.right))]
    if not wrong and (not ways or any(HISTORY.holds(last.history, pairs(trace)) for trace in ways)):
        return
    text = "train(…) with 3 examples and batch_size=2 returns a loss and accuracy that were not measured on each "
    text += f"batch's own predictions, before its step: {show(last.history[0])}."
    for case in wrong[:1]:
        given = case.training
        text = f"The history of {given.num_epochs} epochs with {given.n} examples, lr={given.lr} and "
        text += f"batch_size={given.batch_size} is not right.\n"
        text += f"  is:       {show(case.history)}\n  expected: {show(pairs(given.right))}"
    evidence = [([(trace,) for trace in case.training.traces(RIGHT)], case.history) for case in cases]
    # Five examples tell whether the first batch alone counts, or all but the last.
    for run in (last, _one_pass(student, rng, 5)) if ways else ():
        _expect_pairs(run)
        evidence.append(([(trace,) for trace in run.ends_with(RIGHT, OWN_SIZE)], run.history))
    # What has few possibilities is soon compared.
    raise CheckFailed(text, named(student, "history", sorted(evidence, key=lambda one: len(one[0]))))


def _with_history(student: Student, training: Training) -> Run:
    """A run that returns a pair for each epoch."""
    run = train_on(student, training)
    if 0 < len(run.history) < training.num_epochs:
        # Where the loss falls, or the accuracy stays the same, all epochs may be there.
        others = [train_on(student, training._replace(lr=lr, batch_size=training.n)) for lr in (LR, HARDLY)]
        if training.num_epochs in [len(other.history) for other in others]:
            raise CheckFailed(_wrong_kind(run), misconceptions.STOPS_WHEN_THE_LOSS_RISES)
    _expect_pairs(run)
    return run


def _expect_pairs(run: Run) -> None:
    """One for each epoch."""
    given = run.training
    if len(run.history) != given.num_epochs:
        kind = wrong_kind(run.result.value, 2, given.num_epochs, -(-given.n // given.batch_size))
        raise CheckFailed(_wrong_kind(run), by_name(run.result.exercise, kind) if kind else None)


def _wrong_kind(run: Run) -> str:
    value, num_epochs = run.result.value, run.training.num_epochs
    text = f"train(…, num_epochs={num_epochs}, …) returns {describe_value(value)}; it must be a list of "
    return text + f"{num_epochs} pairs (loss, accuracy).{advice_on(value)}"


# -- the full run

# The book's hyper-parameters, and the test accuracy that correct code reaches: benchmarks/calibrate_target.py.
BATCH_SIZE, LR = 256, 0.1
NUM_EPOCHS = {"np": 10, "nd": 5}
TARGETS = {
    ("full", "np"): 0.79, ("full", "nd"): 0.78,
    ("few", "np"): 0.73, ("few", "nd"): 0.68,
    ("embedded", "np"): 0.72, ("embedded", "nd"): 0.67,
}  # fmt: skip
# Code that is right but slow, with a Python loop over examples say, is trained on a few images, towards a target of
# their own, if the full set would take more than this share of the time.
FEW = 5000
SHARE = 0.4
# What is drawn in the full run begins here, and W and b begin at 0: the same code gets to the same place, in whatever
# order pixels and classes are, and code that learns nearly as well as it should does not get its points by luck. (A W
# drawn from a known seed would give the order away.)
SEED_OF_THE_RUN = 3


@check(points=2, full_run=True,
       hint="If the steps above are right, look at the functions that train calls, data_iter first.")  # fmt: skip
def reaches_the_target(student: Student, rng: Rng) -> None:
    """the full run on Fashion-MNIST reaches the target accuracy on the test images"""
    data, channel = fashion_mnist.load(), student.channel
    num_epochs, n, first = NUM_EPOCHS[student.flavour], len(data.train_labels), None
    if data.full and _seconds_per_image(student, rng) * num_epochs * n > SHARE * channel.seconds:
        first = FEW
        channel.note(f"train: too slow for all {n} images in the time allowed; the training run took the first {FEW}")
    params = kept_params(student, zeros())
    # In a notebook of their own, students see the data as published.
    disguise, seed = (Disguise(), None) if channel.is_notebook else (Disguise.drawn(rng), SEED_OF_THE_RUN)
    images = student.given("fashion_mnist_images", first, disguise.pixels)
    labels = student.given("fashion_mnist_labels", first, disguise.classes)
    result = run_train(student, params, (images, labels), num_epochs, LR, BATCH_SIZE, seed=seed)
    W, b = params[0].value, params[1].value
    moved, bias = disguise.undone(W, b)
    reached = accuracy_on_test_images(data, moved, bias)
    target = TARGETS["embedded" if not data.full else "full" if first is None else "few", student.flavour]
    if not reached >= target:
        text = (
            f"After {num_epochs} epochs (lr={LR}, batch_size={BATCH_SIZE}, {data.name}) the trained parameters "
            f"classify {reached:.1%} of the test images; {target:.1%} is the target."
        )
        if disguise.pixels is not None and accuracy_on_test_images(data, W, b) > RECOGNIZED:
            channel.note("suspicious: after the full run of train the parameters fit Fashion-MNIST as it is "
                         "published, not the data that train was given, which had pixels and classes in "
                         "another order: they were not trained on these")  # fmt: skip
        raise _missed(text, numpy.array(rows_of(result.value, 2)).reshape(-1, 2), abs(W).max(), reached)
    if cosine(data, first, num_epochs, LR, BATCH_SIZE, moved) < SAME_DIRECTION:
        raise CheckFailed(
            f"After {num_epochs} epochs the parameters classify {reached:.1%} of the test images, but they are not "
            "where steps down the gradient, from the parameters that train was given, can have led."
        )


def _missed(text: str, history: Numbers, moved: float, reached: float) -> CheckFailed:
    """The failure of a run that missed its target, with what its curve tells."""
    if 0 < len(history) <= max(NUM_EPOCHS.values()):
        text += f"\n  loss by epoch:     {show(history[:, 0])}\n  accuracy by epoch: {show(history[:, 1])}"
    sentence, hint = symptom(history[:, 0], history[:, 1], moved, reached) or (None, None)
    return CheckFailed(f"{text}\n  {sentence}" if sentence else text, hint=hint)


def _seconds_per_image(student: Student, rng: Rng) -> float:
    """How long training takes, per image, from an epoch on eight batches; one on two comes first, to warm up."""
    for n in (2 * BATCH_SIZE, 8 * BATCH_SIZE):
        training, before = draw(rng, n, 1, LR, BATCH_SIZE), student.channel.seconds
        train_on(student, training)
        took = before - student.channel.seconds
    return took / n
