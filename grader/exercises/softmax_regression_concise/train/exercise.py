"""The training loop with a Trainer (section 3.7.4), up to the full run on Fashion-MNIST."""

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
from grader.exercises.shared.descent import OWN_SIZE, RIGHT, WRONG_STEPS, Rule
from grader.exercises.shared.full_run import (
    BATCH_SIZE,
    INPUTS,
    LR,
    OUTPUTS,
    RECOGNIZED,
    Disguise,
    accuracy_on_test_images,
    loss_on_training_images,
    whole_batches,
)
from grader.exercises.shared.histories import rows_of, wrong_kind
from grader.exercises.shared.loops import HISTORY, MOVES, named

from . import misconceptions
from .misconceptions import TEST_BATCH
from .runs import Run, Task, call, draw, read, train_on
from .target import FEW, NUM_EPOCHS, TARGETS

# Where two histories lie nearer to each other than this, they could be taken for the same.
APART = 5e-3

EXERCISE = Exercise(
    "train(net, train_iter, test_iter, loss, trainer, num_epochs)", "3.7.4", budget=Budget(seconds=180, memory_mb=3072)
)

# -- where a few epochs lead


@check(points=1.5, hint="Per batch: record the loss of net(X), call backward, then trainer.step(X.shape[0]).")
def follows_the_gradient(student: Student, rng: Rng) -> None:
    """a few epochs lead where gradient descent leads, with the net, the loss and the trainer that are given"""
    # Of another size, rate, number of epochs and loss: together they tell misconceptions apart.
    runs = [train_on(student, draw(rng, *args)) for args in ((8, 4, 3, 0.5), (9, 3, 2, 0.3, 0.5))]
    for run in runs:
        right = run.task.ways[0]
        if not near_enough(MOVES, run.moved, right.moved):
            given = run.task.training
            text = (f"After {given.num_epochs} epochs of {given.n} examples in batches of {given.batch_size} "
                    f"(lr={given.lr}), the net's parameters are not where they should be.\n  the largest change is "
                    f"{abs(run.moved).max():.4g}; it should be {abs(right.moved).max():.4g}")  # fmt: skip
            raise CheckFailed(text, _by_steps(student, rng, runs))


def _by_steps(student: Student, rng: Rng, runs: Sequence[Run]) -> Misconception | None:
    evidence = [([(run.task.training, run.task.passes)], run.moved) for run in runs]
    known = named(student, "value", evidence) or named(student, "steps", evidence)
    if known is None and all(_trained_on_test(run) for run in runs):
        return misconceptions.TRAINS_ON_TEST
    if known is None and not numpy.isfinite(runs[0].moved).all():
        return None
    # With a rate of next to nothing the parameters stay, unless they are set to something else.
    return known or (misconceptions.STARTS_ANEW if _moves_by_itself(student, rng) else None)


def _trained_on_test(run: Run) -> bool:
    training, (tests, labels) = run.task.training, run.task.test
    X, y = training.data
    more = training._replace(data=(numpy.concatenate([X, tests]), numpy.concatenate([y, labels])))
    tested = [range(at, min(at + TEST_BATCH, more.n)) for at in range(training.n, more.n, TEST_BATCH)]
    passes = [[*each, *tested] for each in run.task.passes]
    return any(MOVES.holds(run.moved, more.trace(passes, rule).moved) for rule in (RIGHT, OWN_SIZE))


def _moves_by_itself(student: Student, rng: Rng) -> bool:
    try:
        run = train_on(student, draw(rng, 4, 4, 1, 1e-6))
    except CheckFailed:
        return False
    return bool(abs(run.moved).max() > 0.1)


@check(points=1, hint="for X, y in train_iter, in each epoch; one step per batch, the last and smaller one too.")
def steps_on_every_batch(student: Student, rng: Rng) -> None:
    """an epoch is a pass over train_iter with one step for every batch, the smaller last one included"""
    few = train_on(student, draw(rng, 7, 3, 2, 0.5))
    many = train_on(student, draw(rng, 300, 7, 2, 1e-3))
    # How large a step is, is the check above: here any will do that is the same for all.
    known = (RIGHT, *WRONG_STEPS.values())
    rules = [rule for rule in (*known, *map(_of_own_size, known)) if few.follows(rule)]
    if not rules and not few.moved.any():
        raise CheckFailed(
            "No batch takes a step: the net's parameters stay as they were.", by_name(student.exercise, "never_moves")
        )
    if few.passes < 2:
        text = f"train(…) with num_epochs=2 goes through train_iter {few.passes} times."
        if rules:
            raise CheckFailed(text, misconceptions.KEEPS_THE_BATCHES)
    if not rules:
        evidence = [([(run.task.training, run.task.passes)], run.moved) for run in (few, many)]
        text = "train(…) with 7 examples in batches of 3: the parameters are not where a step on each batch leads."
        raise CheckFailed(text, named(student, "steps", evidence) or named(student, "value", evidence))
    if not any(many.follows(rule) for rule in rules):
        text = "train(…) with 300 examples in batches of 7 does not end where a step on each of the 43 batches leads."
        raise CheckFailed(text, misconceptions.STOPS_AFTER_SOME_BATCHES if _stopped(many) else None)


def _of_own_size(rule: Rule) -> Rule:
    """The same where a smaller last batch counts as what it holds, and not as a full one."""
    return rule._replace(factor=lambda n, batch_size, lr: rule.factor(n, n, lr) * batch_size / n)


def _stopped(run: Run) -> bool:
    """Whether the parameters are where the first batches of each epoch lead."""
    training, passes = run.task.training, run.task.passes
    return any(
        MOVES.holds(run.moved, training.trace([each[:end] for each in passes]).moved)
        for end in range(1, len(passes[0]))
    )


# -- what comes back


# With a rate like this the parameters stay where they are, as far as a history can tell, however large the steps are.
HARDLY = 1e-6


@check(points=1.5, hint="Sum loss and correct predictions over an epoch's batches, divide by the examples; then test.")
def returns_the_history(student: Student, rng: Rng) -> None:
    """train returns (train loss, train accuracy, test accuracy) per epoch: the first two over all examples of the pass,
    as they are predicted while training, the third over test_iter after it"""
    still = train_on(student, draw(rng, 11, 4, 2, HARDLY, tests=8))
    # At this rate steps change predictions.
    moving = train_on(student, _telling(rng))
    for run in (still, moving):
        _expect_rows(run)
    if abs(still.moved).max() > 1e-3:
        text = f"With the learning rate {HARDLY:g}, the parameters have moved by {abs(still.moved).max():.2g}."
        raise CheckFailed(f"{text} What the history should say is not known before the steps are right.", hint="")
    # Where the steps are wrong, which is another check's affair, it is not known what the history should be.
    cases = [(still, still.task.ways[:1]), *([(moving, moving.ends)] if moving.ends else [])]
    for run, ways in cases:
        if not any(near_enough(HISTORY, run.history, run.task.history(trace)) for trace in ways):
            given = run.task.training
            text = (f"The history of {given.num_epochs} epochs with {given.n} examples in batches of "
                    f"{given.batch_size}, lr={given.lr} and {len(run.task.test[1])} test examples is not right: train "
                    f"loss, train accuracy, test accuracy.\n  is:       {show(run.history)}\n"
                    f"  expected: {show(run.task.history(ways[0]))}")  # fmt: skip
            evidence = [([(case.task, trace) for trace in ways], case.history) for case, ways in cases]
            raise CheckFailed(text, named(student, "history", evidence))


def _telling(rng: Rng) -> Task:
    """A task in which every wrong way to reckon a history shows."""
    while True:
        task = draw(rng, 7, 3, 3, 1.0, tests=8)
        wrong = [known.function for known in misconceptions.OTHERS if known.function is not None]
        if all(abs(way(task, trace) - task.history(trace)).max() > APART for trace in task.ways for way in wrong):
            return task


def _expect_rows(run: Run) -> None:
    """One for each epoch."""
    given, value = run.task.training, run.result.value
    if len(run.history) == given.num_epochs:
        return
    kind = wrong_kind(value, 3, given.num_epochs, -(-given.n // given.batch_size))
    known = by_name(run.result.exercise, kind) if kind else None
    if len(rows_of(value, 2)) == given.num_epochs:
        known = misconceptions.NO_TEST
    text = f"train(…, num_epochs={given.num_epochs}) returns {describe_value(value)}; it must be a list of "
    text += f"{given.num_epochs} rows (train loss, train accuracy, test accuracy).{advice_on(value)}"
    raise CheckFailed(text, known)


# -- the full run

# Code that is right but slow is trained on few images, towards a target of their own, if all would take more than this
# share of the time.
SHARE = 0.4
# The order of the examples begins here, and the net at 0: the same code gets to the same place.
SEED = 3


@check(points=1, full_run=True, hint="If the steps above are right: does every epoch go through all of train_iter?")
def reaches_the_target(student: Student, rng: Rng) -> None:
    """the full run on Fashion-MNIST reaches the target: a small loss on the training images, and a good accuracy on the
    test images"""
    data, channel = fashion_mnist.load(), student.channel
    # Whole batches: dividing a smaller last one by its own size or by the others' is the same.
    num_epochs, first, size = NUM_EPOCHS[student.flavour], whole_batches(len(data.train_labels)), "embedded"
    # In a notebook of their own, students see the data as published.
    disguise = Disguise() if channel.is_notebook else Disguise.drawn(rng)
    if data.full:
        slow = _seconds_per_image(student, disguise) * num_epochs * first > SHARE * channel.seconds
        first, size = (FEW, "few") if slow else (first, "full")
        if slow:
            channel.note(f"train: too slow for all images in the time allowed; the full run took the first {FEW}")
    history, W, b = _train(student, disguise, first, num_epochs)
    moved, bias = disguise.undone(W, b)
    accuracy, loss = accuracy_on_test_images(data, moved, bias), loss_on_training_images(data, first, moved, bias)
    least, most = TARGETS[size, student.flavour]
    if accuracy >= least and loss <= most:
        return
    if disguise.pixels is not None and accuracy_on_test_images(data, W, b) > RECOGNIZED:
        channel.note("suspicious: after the full run of train the net fits Fashion-MNIST as it is published, not the "
                     "data that train was given, which had pixels and classes in another order")  # fmt: skip
    text = (f"After {num_epochs} epochs (lr={LR}, {data.name}, batches of {BATCH_SIZE}) the net's loss on the {first} "
            f"training images is {loss:.3f}, and it classifies {accuracy:.1%} of the test images; the target is "
            f"at most {most:.2f} and at least {least:.0%}.")  # fmt: skip
    if 0 < len(history) <= num_epochs:
        text += f"\n  train loss by epoch: {show(history[:, 0])}"
    if not W.any():
        raise CheckFailed(f"{text}\n  The net is exactly what it was before.", by_name(student.exercise, "never_moves"))
    raise CheckFailed(text)


def _train(student: Student, disguise: Disguise, first: int, num_epochs: int) -> tuple[Numbers, Numbers, Numbers]:
    """The history, W and b, of the data in disguise."""
    net = student.given_object("gluon_net", *(numpy.zeros(s, numpy.float32) for s in ((INPUTS, OUTPUTS), OUTPUTS)))
    train_iter, test_iter = (
        student.given_object("fashion_mnist", part, first, BATCH_SIZE, *disguise, SEED) for part in ("train", "test")
    )
    result = call(student, net, train_iter, test_iter, 1.0, LR, num_epochs)
    return numpy.array(rows_of(result.value, 3)).reshape(-1, 3), *read(net)


def _seconds_per_image(student: Student, disguise: Disguise) -> float:
    """From an epoch on eight batches, and as many to test on; one on two comes first, to warm up."""
    for n in (2 * BATCH_SIZE, 8 * BATCH_SIZE):
        before = student.channel.seconds
        _train(student, disguise, n, 1)
        took = before - student.channel.seconds
    return took / n
