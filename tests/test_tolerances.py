"""What a check grants: a tenth of its tolerance beside the right result passes, ten times the tolerance does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.authors.trials import Slots, Trials
from grader.diagnosis.nearness import Near
from grader.exercises.shared import loops
from grader.exercises.shared.sgd import exercise as sgd
from grader.exercises.shared.softmax import COARSE
from grader.exercises.softmax_regression.accuracy import exercise as accuracy
from grader.exercises.softmax_regression.cross_entropy import exercise as cross_entropy
from grader.exercises.softmax_regression.evaluate_accuracy import exercise as evaluate_accuracy
from grader.exercises.softmax_regression.net import exercise as net
from grader.exercises.softmax_regression.softmax import exercise as softmax
from tests import notebooks

# By exercise and check: its tolerance, and the solution's function with a result that is off by `share` of it.
OFF = """

_right = {name}


def {name}(*args):
    result = _right(*args)
    return result + {share} * ({near.atol} + {near.rtol} * result)
"""
# sgd gives nothing back: the parameters are off.
OFF_STEP = """

_right = sgd


def sgd(params, lr, batch_size):
    _right(params, lr, batch_size)
    for param in params:
        param += {share} * {near.atol}
"""
# The value is right, and the gradient for the first argument is off, by `share` of the tolerance times the head.
OFF_GRADIENT = """

_right = {name}


def {name}(first, *args):
    rows = ({weights}).sum(axis=1) if "{name}" == "cross_entropy" else ({weights})
    return _right(first, *args) + {share} * {near.atol} * (rows - rows.detach())
"""
# What train does to the parameters is off.
OFF_MOVES = """

_right = train


def train(net, params, *args):
    history = _right(net, params, *args)
    for param in params:
        param[:] = param + {share} * {near.atol}
    return history
"""
# The parameters are right, and what train gives back is off.
OFF_HISTORY = """

_right = train


def train(*args):
    return [(loss + {share} * {near.atol}, share) for loss, share in _right(*args)]
"""
OFF_BY_CHECK = {
    "gradient": OFF_GRADIENT, "gradient_for_large_logits": OFF_GRADIENT, "follows_the_gradient": OFF_MOVES,
    "returns_the_history": OFF_HISTORY,
    "one_step": OFF_STEP, "next_step": OFF_STEP, "any_parameters": OFF_STEP,
}  # fmt: skip
GRANTED = {
    ("softmax", "values"): Near(),
    ("softmax", "gradient"): softmax.GRADIENT,
    ("softmax", "stable_for_large_logits"): Near(COARSE, COARSE),
    ("softmax", "gradient_for_large_logits"): Near(COARSE, 2 * COARSE),
    ("softmax", "half_precision"): softmax.HALF,
    ("cross_entropy", "gradient"): cross_entropy.GRADIENT,
    ("train", "follows_the_gradient"): loops.MOVES,
    ("train", "returns_the_history"): loops.HISTORY,
    ("cross_entropy", "values"): cross_entropy.LOSS,
    ("cross_entropy", "small_probabilities"): cross_entropy.LOSS,
    ("net", "values"): net.NEAR,
    ("accuracy", "values"): Near(accuracy.RTOL, accuracy.ATOL),
    ("evaluate_accuracy", "values"): Near(evaluate_accuracy.RTOL, evaluate_accuracy.ATOL),
    ("sgd", "one_step"): Near(sgd.RTOL, sgd.ATOL),
    ("sgd", "next_step"): Near(sgd.RTOL, sgd.ATOL),
    ("sgd", "any_parameters"): Near(sgd.RTOL, sgd.ATOL),
}


@pytest.mark.parametrize("flavour", ["np", "nd"])
@pytest.mark.parametrize(("exercise", "check"), GRANTED)
@pytest.mark.parametrize(("share", "outcome"), [(0.1, "passed"), (10, "failed")])
def test_a_tenth_of_the_tolerance_passes_and_ten_times_fails(
    slots: Slots, flavour: str, exercise: str, check: str, share: float, outcome: str
) -> None:
    assignment = notebooks.assignment(flavour)
    near = GRANTED[exercise, check]
    weights = "first" if exercise == "softmax" else "first / first.detach()"
    off = OFF_BY_CHECK.get(check, OFF).format(name=exercise, share=share, near=near, weights=weights)
    code = assignment.by_id[exercise].source + off
    whole = assignment.exercise(exercise)
    alone = replace(whole, checks=tuple(each for each in whole.checks if each.name == check))
    [report] = Trials(assignment, alone, slots).grade(code).checks
    assert report.outcome == outcome, report.message
