"""The training loop (section 3.6.6), with the student's own functions, up to the full run on Fashion-MNIST."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    advice_on,
    check,
    describe_value,
    same,
    show,
)
from grader.data import fashion_mnist

from .descent import OWN_SIZE, RIGHT, WRONG_STEPS, Rule, Trace, orders, shares_in_the_steps, stacked, walk
from .full_run import RECOGNIZED, SAME_DIRECTION, Disguise, accuracy_on_test_images, cosine
from .inputs import HARDLY, draw, draw_for_history, zeros
from .runs import HISTORY, LR_OF_ONE_PASS, MOVES, full_batches, kept_params, moves_of, one_pass, run_train, way
from .symptoms import (
    KEEPS_THE_BATCHES,
    PUTS_THE_BEST_BACK,
    STARTS_ANEW,
    STOPS_AFTER_SOME_BATCHES,
    STOPS_WHEN_THE_LOSS_RISES,
    by_shape,
    history_of,
    symptom,
)

EXERCISE = Exercise(
    "train(net, params, features, labels, num_epochs, lr, batch_size)",
    "3.6.6",
    budget=Budget(seconds=180, memory_mb=4096),
    needs=("data_iter", "softmax", "net", "cross_entropy", "accuracy", "sgd"),
)

# -- the checks


def _named(
    student: Student, of: str, evidence: Sequence[tuple[Sequence[tuple[Any, ...]], Numbers]]
) -> Misconception | None:  # fmt: skip
    """The one misconception that gives each of the results, for one or other of the arguments that it may stem from.

    Which example comes when is random, and only its effects can be seen: each order is a possibility.
    """
    found = [
        known
        for known in student.exercise.misconceptions
        if known.of == of and known.function is not None and known.flavour in (None, student.flavour)
        and all(any(same(got, known.function(*args)) for args in possible) for possible, got in evidence)
    ]  # fmt: skip
    return found[0] if len({known.like or known.name for known in found}) == 1 else None


@check(points=2, hint="Per batch: record the loss, call backward, then sgd(params, lr, batch_size).")
def follows_the_gradient(student: Student, rng: Rng) -> None:
    """a few steps on one batch lead where gradient descent leads"""
    first = full_batches(student, rng, 8, 3, 0.5)
    if MOVES.holds(first.moved, first.want):
        return _expect_no_way_back(student, rng)
    known = PUTS_THE_BEST_BACK if first.goes_back else None
    if known is None:
        # Another size, rate and number of epochs tell misconceptions apart that agree here.
        again = full_batches(student, rng, 4, 2, 0.3)
        evidence = [([run.args], run.moved) for run in (first, again)]
        known = _named(student, "value", evidence) or _by_one_step(student, rng)
    text = "After 3 epochs of one batch of 8 (lr=0.5), params have not moved to where they should be.\n"
    text += f"  the largest change is {abs(first.moved).max():.4g}; it should be {abs(first.want).max():.4g}"
    raise CheckFailed(text, known)


# Twelve examples in one batch, for four epochs, at a rate so large that the loss rises and the accuracy falls.
TOO_FAST = (12, 4, 4.0)


def _expect_no_way_back(student: Student, rng: Rng) -> None:
    """Where the loss has risen, the parameters are not those of an earlier epoch."""
    run = full_batches(student, rng, *TOO_FAST, draw_for=draw_for_history)
    _, num_epochs, lr = TOO_FAST
    # Who ends training early returns too little: that is for the history.
    if len(run.history) == num_epochs and run.is_back:
        text = f"After {num_epochs} epochs with lr={lr}, in which the loss falls and rises, params are what they were "
        raise CheckFailed(text + "after an earlier epoch.", PUTS_THE_BEST_BACK)


def _by_one_step(student: Student, rng: Rng) -> Misconception | None:
    """Steps that are far too large lead where rounding decides, but not the first one."""
    runs = [full_batches(student, rng, n, 1, lr) for n, lr in ((3, 0.4), (2, 0.5))]
    evidence = [([run.args], run.moved) for run in runs]
    return _named(student, "value", evidence) or _starts_anew(student, rng)


def _starts_anew(student: Student, rng: Rng) -> Misconception | None:
    """With lr = 0 nothing moves, unless the parameters are set to something else."""
    start, data = draw(rng, 4)
    params = kept_params(student, start)
    if student.train(student.net, params, *data, 1, 0.0, 4).failure is not None:
        return None
    return STARTS_ANEW if abs(moves_of(params, start)).max() > 0.1 else None


@check(points=1, hint="Each epoch is one pass of data_iter, with one step per batch, the last and smaller one too.")
def steps_on_every_batch(student: Student, rng: Rng) -> None:
    """an epoch takes one step on every batch of a new pass of data_iter, the smaller last one included"""
    few = one_pass(student, rng, 3)
    # How large a step is, is the check above: here any will do.
    rules = [rule for rule in (RIGHT, OWN_SIZE, *WRONG_STEPS.values()) if few.ends_with(rule)]
    if rules:
        if all(_same_batches_twice(student, rng, n, rules) for n in EXAMPLES_LEFT_OVER):
            text = "Both epochs of train(…) with num_epochs=2 saw the same batches in the same order, in each of "
            raise CheckFailed(f"{text}{len(EXAMPLES_LEFT_OVER)} runs.", KEEPS_THE_BATCHES)
        return _expect_all_batches(student, rng) if few.ends_with(RIGHT, OWN_SIZE) else None
    # Five examples tell whether the first batch alone counts, or all but the last.
    known = _named(student, "steps", [(one.possible(), one.moved) for one in (few, one_pass(student, rng, 5))])
    text = "train(…) with 3 examples and batch_size=2: W is not where a step on two examples and a step on the third "
    raise CheckFailed(text + "lead, in any order.", known)


# With n examples in batches of n - 1, the one that is left over is the same in two epochs of right code one time in n:
# for all of these n once in 3 * 4 * … * 13 = 3e9 times. No two are alike, so that a seed set by the code does no harm.
EXAMPLES_LEFT_OVER = range(3, 14)


def _expect_all_batches(student: Student, rng: Rng) -> None:
    """Where there are a hundred batches, each of them takes part."""
    _, data = draw(rng, EXAMPLES_OF_MANY_BATCHES)
    params = kept_params(student, zeros())
    run_train(student, params, data, 1, HARDLY_TURNS, 2)
    shares = abs(shares_in_the_steps(data, moves_of(params, zeros())))
    # A last batch of one, divided by its own size, counts twice.
    left_out = numpy.count_nonzero(shares < 0.1 * shares.max())
    if left_out:
        text = f"In an epoch of train(…) with {len(shares)} examples and batch_size=2, {left_out} of the examples have "
        raise CheckFailed(text + "no part in any step.", STOPS_AFTER_SOME_BATCHES)


# 102 batches: more than anyone waits for who breaks off early to save time.
EXAMPLES_OF_MANY_BATCHES = 203
# At this rate the gradients stay what they are in the beginning, to one part in a hundred.
HARDLY_TURNS = 1e-3


def _same_batches_twice(student: Student, rng: Rng, n: int, rules: Sequence[Rule]) -> bool:
    """Whether W and b are where two epochs lead that see the same batches, and no others."""
    start, data = draw(rng, n)
    params = kept_params(student, start)
    lr = LR_OF_ONE_PASS / 2 * (n - 1)
    run_train(student, params, data, 2, lr, n - 1)
    moved, before = moves_of(params, start), stacked(start)
    found = [
        passes
        for rule, passes in itertools.product(rules, itertools.product(orders(n, n - 1), repeat=2))
        if MOVES.holds(moved, stacked(walk(start, data, passes, lr, n - 1, rule).end) - before)
    ]
    return bool(found) and all(first == second for first, second in found)


@check(points=1, hint="Sum loss and correct predictions over the batches of an epoch, divide by the examples, append.")
def returns_the_history(student: Student, rng: Rng) -> None:
    """train returns one pair (loss, accuracy) per epoch: the means over all examples of that pass"""
    # A rate so large that a step on some examples makes others be misclassified.
    last = one_pass(student, rng, 3, 3.0, telling=True)
    # Where the steps are wrong, which is another check's affair, it is not known what the later losses should be.
    ways = last.ends_with(RIGHT, OWN_SIZE)
    # One batch in each epoch, then several that hardly move anything: either way the order does not matter. The first
    # rate is so large that the loss rises: who keeps the best loss so far, or ends training then, is seen.
    cases = [_case(student, rng, *TOO_FAST, TOO_FAST[0]), _case(student, rng, 5, 2, HARDLY, 3, telling=False)]
    if not cases[1].steps_right and not ways and last.ends_with(*WRONG_STEPS.values()):
        del cases[1]
    seen = _pairs(last.result, 1, 2)
    wrong = [case for case in cases if not HISTORY.holds(case.got, case.want)]
    if not wrong and (not ways or any(HISTORY.holds(seen, trace.history) for trace in ways)):
        return
    text = "train(…) with 3 examples and batch_size=2 returns a loss and accuracy that were not measured on each "
    text += f"batch's own predictions, before its step: {show(seen[0])}."
    for case in wrong[:1]:
        text = f"{case.title} is not right.\n  is:       {show(case.got)}\n  expected: {show(case.want)}"
    evidence = [(case.possible(), case.got) for case in cases]
    # Five examples tell whether the first batch alone counts, or all but the last.
    more = one_pass(student, rng, 5) if ways else last
    for one, pairs in ((last, seen), (more, _pairs(more.result, 1, 3))) if ways else ():
        evidence.append(([(trace,) for trace in one.ends_with(RIGHT, OWN_SIZE)], pairs))
    # What has few possibilities is soon compared.
    raise CheckFailed(text, _named(student, "history", sorted(evidence, key=lambda one: len(one[0]))))


class Case(NamedTuple):
    """A run whose history is known: what came, what should have, and the traces that it may stem from."""

    title: str
    got: Numbers
    want: Numbers
    possible: Callable[[], list[tuple[Trace]]]
    steps_right: bool


def _case(
    student: Student, rng: Rng, n: int, num_epochs: int, lr: float, batch_size: int, telling: bool = True
) -> Case:  # fmt: skip
    start, data, right = draw_for_history(rng, n, num_epochs, lr, telling)
    params = kept_params(student, start)
    result = run_train(student, params, data, num_epochs, lr, batch_size)
    if 0 < len(history_of(result.value)) < num_epochs:
        # Where the loss falls, or the accuracy stays the same, all epochs may be there.
        others = [
            student.train(student.net, kept_params(student, start), *data, num_epochs, lr, n) for lr in (LR, HARDLY)
        ]
        if num_epochs in [len(history_of(other.value)) for other in others]:
            raise CheckFailed(_wrong_kind(result, num_epochs), STOPS_WHEN_THE_LOSS_RISES)
    got = _pairs(result, num_epochs, -(-n // batch_size))
    steps_right = MOVES.holds(moves_of(params, start), way(start, right.end))
    if not steps_right:
        # The steps are another check's affair: what the first batch shows depends on the start alone.
        got, num_epochs = got[:1], 1
    title = f"The history of {num_epochs} epochs with {n} examples, lr={lr} and batch_size={batch_size}"

    def possible() -> list[tuple[Trace]]:
        every = itertools.product(orders(n, batch_size), repeat=num_epochs)
        return [(walk(start, data, passes, lr, batch_size),) for passes in every]

    return Case(title, got, right.history[:num_epochs], possible, steps_right)


def _pairs(result: Result, num_epochs: int, num_batches: int) -> Numbers:
    """The history as an array (num_epochs, 2). Raises `CheckFailed` unless it is one."""
    got = history_of(result.value)
    if len(got) == num_epochs:
        return numpy.array(got)
    raise CheckFailed(_wrong_kind(result, num_epochs), by_shape(result.value, num_epochs, num_batches))


def _wrong_kind(result: Result, num_epochs: int) -> str:
    text = f"train(…, num_epochs={num_epochs}, …) returns {describe_value(result.value)}; it must be a list of "
    return text + f"{num_epochs} pairs (loss, accuracy).{advice_on(result.value)}"


# The book's hyper-parameters, and the test accuracy that correct code reaches: benchmarks/calibrate_target.py.
BATCH_SIZE, LR = 256, 0.1
NUM_EPOCHS = {"np": 10, "nd": 5}
TARGETS = {
    ("full", "np"): 0.79,
    ("full", "nd"): 0.78,
    ("few", "np"): 0.73,
    ("few", "nd"): 0.68,
    ("embedded", "np"): 0.72,
    ("embedded", "nd"): 0.67,
}
# Code that is right but slow, with a Python loop over examples say, is trained on a few images, towards a target of
# their own, if the full set would take more than this share of the time.
FEW = 5000
SHARE = 0.4
# What is drawn in the full run begins here, and W and b begin at 0: the same code gets to the same place, in whatever
# order pixels and classes are, and code that learns nearly as well as it should does not get its points by luck. (A W
# drawn from a known seed would give the order away.)
SEED_OF_THE_RUN = 3


@check(
    points=2,
    full_run=True,
    hint="If the steps above are right, look at the functions that train calls, data_iter first.",
)
def reaches_the_target(student: Student, rng: Rng) -> None:
    """the full run on Fashion-MNIST reaches the target accuracy on the test images"""
    data = fashion_mnist.load()
    num_epochs = NUM_EPOCHS[student.flavour]
    first = None
    if (
        data.full
        and _seconds_per_image(student, rng) * num_epochs * len(data.train_labels) > SHARE * student.channel.seconds
    ):
        first = FEW
        student.channel.note(f"train: too slow for all {len(data.train_labels)} images in the time allowed; the "
                             f"training run took the first {FEW}")  # fmt: skip
    params = kept_params(student, zeros())
    own = student.channel.is_notebook
    disguise, seed = Disguise(None if own else int(rng.integers(2**31))), None if own else SEED_OF_THE_RUN
    images = student.given("fashion_mnist_images", first, disguise.pixels)
    labels = student.given("fashion_mnist_labels", first, disguise.classes)
    result = run_train(student, params, (images, labels), num_epochs, LR, BATCH_SIZE, seed=seed)
    values = params[0].value, params[1].value
    reached = accuracy_on_test_images(data, *values, disguise)
    size = "embedded" if not data.full else "full" if first is None else "few"
    target = TARGETS[size, student.flavour]
    if not reached >= target:
        text = (
            f"After {num_epochs} epochs (lr={LR}, batch_size={BATCH_SIZE}, {data.name}) the trained parameters "
            f"classify {reached:.1%} of the test images; {target:.1%} is the target."
        )
        if disguise.order is not None and accuracy_on_test_images(data, *values) > RECOGNIZED:
            student.channel.note("suspicious: after the full run of train the parameters fit Fashion-MNIST as it is "
                                 "published, not the data that train was given, which had pixels and classes in "
                                 "another order: they were not trained on these")  # fmt: skip
        raise _missed(text, numpy.array(history_of(result.value)).reshape(-1, 2), abs(values[0]).max(), reached)
    moved = disguise.undone(values[0])
    if cosine(data, first, num_epochs, LR, BATCH_SIZE, moved) < SAME_DIRECTION:
        raise CheckFailed(
            f"After {num_epochs} epochs the parameters classify {reached:.1%} of the test images, but they are not "
            "where steps down the gradient, from the parameters that train was given, can have led."
        )


def _missed(text: str, history: Numbers, moved: float, reached: float) -> CheckFailed:
    """The failure of a run that missed its target, with what its curve tells."""
    if 0 < len(history) <= max(NUM_EPOCHS.values()):
        text += f"\n  loss by epoch:     {show(history[:, 0])}\n  accuracy by epoch: {show(history[:, 1])}"
    seen = symptom(history[:, 0], history[:, 1], moved, reached)
    return CheckFailed(f"{text}\n  {seen.sentence}" if seen else text, hint=seen.hint if seen else None)


def _seconds_per_image(student: Student, rng: Rng) -> float:
    """How long training takes, per image, from an epoch on eight batches; one on two comes first, to warm up."""
    for n in (2 * BATCH_SIZE, 8 * BATCH_SIZE):
        start, data = draw(rng, n)
        params = kept_params(student, start)
        before = student.channel.seconds
        run_train(student, params, data, 1, LR, BATCH_SIZE)
        took = before - student.channel.seconds
    return took / n
