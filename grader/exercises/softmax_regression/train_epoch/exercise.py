"""One epoch of training with any net, loss and updater (section 3.6.6): what it does, and the two numbers it returns.

The batches are given, in an order that is known: so a run leads where one trace in float64 does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Near,
    Numbers,
    Result,
    Rng,
    Student,
    check,
    expect_parts,
    no_failure,
)
from grader.checking.margins import near_enough
from grader.exercises.shared import histories
from grader.exercises.shared.descent import OWN_SIZE, RIGHT, SOFTMAX_REGRESSION, Passes, Rule, Training, stacked
from grader.exercises.shared.histories import Reckoning
from grader.exercises.shared.loops import HISTORY, NOT_RECORDED, STEPS_WHILE_RECORDING, descent, named  # noqa: F401
from grader.exercises.shared.trained_nets import FAILURES, STALE_GRADIENT, given_batches, given_net, moved  # noqa: F401

EXERCISE = Exercise("train_epoch(net, train_iter, loss, updater)", "3.6.6", needs=("Accumulator", "accuracy"))

INPUTS, OUTPUTS = 6, 4
# Nine examples, the last in a batch of its own.
SIZES = (4, 4, 1)
PASSES: Passes = [[range(0, 4), range(4, 8), range(8, 9)]]
MANY = 300
# Steps of this rate hardly move anything: what comes back does not depend on them. With the other one it does.
HARDLY, LR = 1e-6, 0.8
# Where two scores lie nearer to each other than this, rounding could decide which class is predicted.
CLEAR = 1e-3
# Scores reach 10 or so here: their exponentials are 1e-6 off in float32, and so is a step. Steps move W by 1e-1.
MOVES = Near(rtol=1e-3, atol=2e-5)
# A share of nine examples may come up by chance, several of them do not.
RUNS = 6
# What is returned, and of what it is the mean.
WHAT = {"loss": "losses", "accuracy": "hits"}

# -- the ways people get it wrong: the steps

STEPS = [
    descent("no_steps", "the parameters stay as they were: backward or the updater is missing, or in no loop",
            "For each batch: record, backward, and then the updater.", lambda passes: []),
    descent("mean_before_backward", "the mean loss is differentiated, and the updater divides by the size once more",
            "l.backward() on the losses as they are adds their gradients up.",
            rule=Rule(lambda n, batch_size, lr: batch_size / n**2)),
    descent("told_256", "the updater is told 256, whatever the batch holds", "X.shape[0] is what it holds.",
            rule=Rule(lambda n, batch_size, lr: batch_size / 256)),
    descent("told_1", "the updater is told 1, and does not divide", "X.shape[0] is how many examples there are.",
            rule=Rule(lambda n, batch_size, lr: batch_size)),
    descent("told_full_size", "the updater is told the size of a full batch for the smaller last one, too",
            "X.shape[0] is how many examples this batch has.", rule=RIGHT),
    descent("one_step", "there is one step, after the last batch", "The updater belongs into the loop.",
            lambda passes: [each[-1:] for each in passes], rule=OWN_SIZE),
    descent("first_batch_only", "there is one step, after the first batch",
            "Nothing may leave the loop early: look for a return or a break in it.",
            lambda passes: [each[:1] for each in passes], rule=OWN_SIZE),
    descent("two_steps", "each batch takes two steps", "One updater for one backward.",
            rule=Rule(lambda n, batch_size, lr: 2 * batch_size / n)),
]  # fmt: skip


def steps_before_backward(training: Training, passes: Passes) -> Numbers:
    """How far W and b move where each step takes the gradient of the batch before, and the first takes none."""
    params, left = training.start, (numpy.zeros(1), numpy.zeros(1))
    for rows in map(list, passes[0]):
        gradient = training.model.gradient(params, (training.data[0][rows], training.data[1][rows]))
        W, b = (param - training.lr / len(rows) * grad for param, grad in zip(params, left, strict=True))
        params, left = (W, b), gradient
    return stacked(params) - stacked(training.start)


STEPS_BEFORE_BACKWARD = Misconception(
    "steps_before_backward", "the step comes before backward: it takes the gradient that the batch before has left",
    "record, backward, updater: in this order.", steps_before_backward)  # fmt: skip
CALLS_A_TRAINER = Misconception(
    "calls_a_trainer",
    "a Trainer is called as if it were a function",
    "isinstance(updater, gluon.Trainer) tells the two apart; a Trainer has a method step.",
)
STEPS_A_FUNCTION = Misconception(
    "steps_a_function",
    "a function is asked for its step, which only a Trainer has",
    "isinstance(updater, gluon.Trainer) tells the two apart.",
)
OTHER_SIZES = Misconception(
    "other_sizes",
    "the updater is told another number than that of the examples in the batch",
    "X.shape[0] is how many there are.",
)
KNOWN = (
    *FAILURES,
    (r"'Trainer' object is not callable", CALLS_A_TRAINER),
    (r"'function' object has no attribute '(step|collect_params|update|_params)'", STEPS_A_FUNCTION),
)

# -- what comes back


def reckoned(name: str, sentence: str, hint: str, reckoning: Reckoning, of: str) -> Misconception:
    """A wrong way to reckon the loss, or the accuracy, of a trace."""
    return Misconception(name, sentence, hint, lambda trace: reckoning(trace.epochs[0], WHAT[of]), of)


_EACH = "Add up over the examples, and divide once, by their number."
_THEN = "Measure y_hat and l as they were recorded: the step changes the net."
REPORTS = [
    made for of, many in (("loss", "losses"), ("accuracy", "accuracies")) for made in (
        reckoned(f"mean_of_{many}", f"the batches' {many} are averaged: small ones count as much as full ones", _EACH,
                 histories.mean_of_means, of),
        reckoned(f"{of}_added_up", f"the {of} is added up, and divided by nothing", _EACH, histories.summed, of),
        reckoned(f"{of}_over_batches", f"the {of} is divided by the number of batches", _EACH,
                 histories.over_batches, of),
        reckoned(f"{of}_after_steps", f"the {of} of each batch is measured after its step", _THEN,
                 histories.after_steps, of),
        reckoned(f"{of}_after_the_pass", f"the {of} is measured after the epoch, on all examples", _THEN,
                 histories.after_the_pass, of),
    )
]  # fmt: skip
REPORTS += [
    reckoned("means_over_examples", "the batches' mean losses are divided by the number of examples", _EACH,
             histories.means_over_examples, "loss"),
    reckoned("last_batch", "the loss is that of the last batch", _EACH, histories.last_batch, "loss"),
    reckoned("first_batch", "the loss is that of the first batch", _EACH, histories.first_batch, "loss"),
]  # fmt: skip


# -- inputs, and runs


class Run(NamedTuple):
    """What came back; how far W and b have moved, stacked; the numbers that the updater was told."""

    result: Result
    moved: Numbers
    told: list[int]


def draw(rng: Rng, lr: float) -> Training:
    """Examples that tell all wrong ways apart, drawn again where they do not."""
    while True:
        X = rng.normal(size=(sum(SIZES), INPUTS)).astype(numpy.float32)
        y = rng.integers(OUTPUTS, size=sum(SIZES)).astype(numpy.int32)
        W = rng.normal(size=(INPUTS, OUTPUTS)).astype(numpy.float32)
        b = rng.normal(size=OUTPUTS).astype(numpy.float32)
        training = Training(SOFTMAX_REGRESSION, (W, b), (X, y), 1, lr, SIZES[0])
        trace = training.trace(PASSES, OWN_SIZE)
        epoch = trace.epochs[0]
        right = {(of, round(histories.mean(epoch, what), 2)) for of, what in WHAT.items()}
        wrong = [(one.of, round(float(one.function(trace)), 2)) for one in REPORTS if one.function is not None]
        # At the lower rate nothing moves: what is measured after a step is right there.
        others = len(wrong) - 4 * (lr == HARDLY)
        if trace.margin > CLEAR and len(set(wrong) - right) == others:
            return training


def run(student: Student, training: Training, passes: Passes = PASSES) -> Run:
    """With a function as the updater, on W and b that are kept."""
    params = [student.param(value) for value in training.start]
    batches = given_batches(student, training.data, passes)
    net, loss = student.given("probabilities", *params), student.given("loss_of_probabilities")
    result = student.train_epoch(net, batches, loss, student.given("updater", *params, training.lr))
    no_failure(result, KNOWN)
    told = [result.facts.get(f"size {number}", -1) for number in range(1, result.facts.get("updates", 0) + 1)[:20]]
    return Run(result, stacked((params[0].value, params[1].value)) - stacked(training.start), told)


def replayed(training: Training, sizes: Sequence[int]) -> Numbers:
    """How far W and b move where the updater is told these sizes."""
    params = training.start
    for rows, size in zip(map(list, PASSES[0]), sizes, strict=True):
        grads = training.model.gradient(params, (training.data[0][rows], training.data[1][rows]))
        W, b = (param - training.lr / size * grad for param, grad in zip(params, grads, strict=True))
        params = W, b
    return stacked(params) - stacked(training.start)


def expect_moves(student: Student, training: Training, moves: Numbers, told: Sequence[int] = ()) -> None:
    """W and b are where one step for each batch leads; how large the steps are, `told` says as well."""
    want = training.trace(PASSES, OWN_SIZE).moved
    if near_enough(MOVES, moves, want):
        return
    if len(told) == len(SIZES) and all(size > 0 for size in told) and MOVES.holds(moves, replayed(training, told)):
        return
    known = named(student, "value", [([(training, PASSES)], moves)])
    raise CheckFailed(
        "After train_epoch(…) on batches of 4, 4 and 1 examples, W and b are not where three steps lead.\n"
        f"  the largest change is {abs(moves).max():.4g}; it should be {abs(want).max():.4g}",
        known,
    )


# -- the checks


@check(
    points=1.5, hint="Add up l.sum(), accuracy(y_hat, y) and len(y) over the batches; divide by the last in the end."
)
def returns(student: Student, rng: Rng) -> None:
    """it returns the mean loss and the fraction of right predictions over all examples, as they were while training"""
    for lr in (HARDLY, LR):
        trainings = [draw(rng, lr) for _ in range(RUNS)]
        done = [run(student, training) for training in trainings]
        traces = [training.trace(PASSES, OWN_SIZE) for training in trainings]
        # Where the steps are wrong, which another check says, later batches see another net.
        if lr == HARDLY or all(MOVES.holds(one.moved, trace.moved) for one, trace in zip(done, traces, strict=True)):
            wants = [{of: histories.mean(trace.epochs[0], what) for of, what in WHAT.items()} for trace in traces]
            expect_parts([one.result for one in done], wants, against=[(trace,) for trace in traces], any_number=True,
                         rtol=HISTORY.rtol, atol=HISTORY.atol)  # fmt: skip


@check(points=1, hint="For each batch: record net(X) and the loss, l.backward(), and then the updater.")
def steps(student: Student, rng: Rng) -> None:
    """each batch of train_iter takes one step: backward on its losses, and then the updater"""
    training = draw(rng, LR)
    done = run(student, training)
    expect_moves(student, training, done.moved, done.told)
    _expect_all_of_many(student, training)


def _expect_all_of_many(student: Student, training: Training) -> None:
    """More batches than anybody writes down."""
    X, y = (numpy.resize(of, (MANY, *of.shape[1:])) for of in training.data)
    long = Training(SOFTMAX_REGRESSION, training.start, (X, y), 1, HARDLY, 1)
    updates = run(student, long, [[range(n, n + 1) for n in range(MANY)]]).result.facts.get("updates", 0)
    if updates != MANY:
        raise CheckFailed(f"With {MANY} batches of one example each, the updater is called {updates} times.")


@check(points=0.5, hint="updater(X.shape[0])")
def sizes(student: Student, rng: Rng) -> None:
    """the updater is told how many examples the batch has, also where it is the last with a single one"""
    told = run(student, draw(rng, LR)).told
    # Too few steps, or too many, are the check above.
    if told != list(SIZES) and (len(told) == len(SIZES) or not told or set(told) - set(SIZES)):
        shown = ", ".join(map(str, told)) or "nothing"
        raise CheckFailed(f"With batches of 4, 4 and 1 examples, the updater is told {shown}.",
                          OTHER_SIZES if told else None)  # fmt: skip


@check(points=1, hint="if isinstance(updater, gluon.Trainer): updater = updater.step")
def with_a_trainer(student: Student, rng: Rng) -> None:
    """updater may be a gluon.Trainer, too"""
    training = draw(rng, LR)
    net = given_net(student, training.start)
    trainer = student.given_object("trainer", net, training.lr)
    batches = given_batches(student, training.data, PASSES)
    result = student.train_epoch(net, batches, student.given("loss_of_scores"), trainer)
    no_failure(result, KNOWN)
    expect_moves(student, training, moved(net, training.start))
