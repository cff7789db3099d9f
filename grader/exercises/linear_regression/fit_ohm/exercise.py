"""Ohm's law from readings (exercise 2 of section 3.2): a linear model with one weight and no bias, by any method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Rng,
    Student,
    check,
    expect,
    show,
)

EXERCISE = Exercise(
    "fit_ohm(voltage, current)",
    "3.2.9",
    budget=Budget(seconds=60),  # for many small batches, step by step
    needs=("data_iter", "linreg", "squared_loss", "sgd", "train"),
)

# What the notebook asks for, of the resistance that has the smallest loss.
WITHIN = 0.01
# How much farther off the other estimates are that people make, on the readings drawn.
CLEARLY_OFF = 0.03
# Two estimates by descent are one where they agree so well.
ALIKE = 0.005


def fit_ohm(voltage: Numbers, current: Numbers) -> float:
    """The truth: least squares for V = R·I."""
    voltage, current = numpy.asarray(voltage, float), numpy.asarray(current, float)
    return float(voltage @ current / (current @ current))


class Estimate(NamedTuple):
    """Another number that people take for the resistance."""

    of: Callable[[Numbers, Numbers], float]
    known: Misconception


def _estimate(name: str, sentence: str, hint: str, of: Callable[[Numbers, Numbers], float]) -> Estimate:
    return Estimate(of, Misconception(name, sentence, hint))


ESTIMATES = (
    _estimate("fits_an_intercept", "the line has an intercept, so that its slope is another one",
              "By Ohm's law, no current flows without a voltage: the model is V = R·I, with no bias.",
              lambda v, i: float(numpy.polyfit(i, v, 1)[0])),
    _estimate("mean_of_ratios", "V / I is averaged over the readings: small currents, whose ratios are the least "
              "certain, count as much as large ones", "Make the mean of ½(R·I − V)² as small as it can be.",
              lambda v, i: float((v / i).mean())),
    _estimate("median_of_ratios", "the median of V / I is taken", "Make the mean of ½(R·I − V)² as small as it can be.",
              lambda v, i: float(numpy.median(v / i))),
    _estimate("largest_reading", "the reading with the largest current alone counts",
              "All readings together tell more than any of them.", lambda v, i: float(v[i.argmax()] / i.max())),
    _estimate("last_reading", "the last reading alone counts", "All readings together tell more than any of them.",
              lambda v, i: float(v[-1] / i[-1])),
    _estimate("ratio_of_means", "the mean voltage is divided by the mean current",
              "Make the mean of ½(R·I − V)² as small as it can be.", lambda v, i: float(v.sum() / i.sum())),
    _estimate("power", "voltage and current are multiplied, and the mean is taken: that is the power",
              "R is what the current is multiplied by: V = R·I.", lambda v, i: float((v * i).mean())),
    _estimate("conductance", "the result is the conductance: current and voltage have changed places",
              "R is what the current is multiplied by: V = R·I.", lambda v, i: float(i @ v / (v @ v))),
)  # fmt: skip
KNOWN = [estimate.known for estimate in ESTIMATES]
STOPS_TOO_EARLY = Misconception(
    "stops_too_early",
    "R has not come to rest yet: it is on its way from 0 to the resistance",
    "Take more steps, or larger ones: does something divide twice? Then look at whether R still changes.",
)
DIVERGES = Misconception(
    "diverges", "R grows beyond all bounds: the steps are too large", "A smaller learning rate helps."
)
NEVER_MOVES = Misconception(
    "never_moves", "R stays 0, where it began", "Is backward called, and the step taken, on R itself?"
)
CHANGES_READINGS = Misconception(
    "changes_readings", "the caller's readings are changed", "Compute new arrays, and leave voltage and current alone."
)


def draw(rng: Rng, n: int, resistance: float) -> tuple[Numbers, Numbers]:
    """Readings whose errors, 1 or 2 % of the full scale, leave R in its place and lead other estimates astray.

    The currents are spread from 0.1 to 1 such that the mean of their squares, which says how fast a descent can be, is
    always about the same. The errors are high for small currents and low for large ones, such that they cancel where
    each is weighed with its current, as it is in the gradient of the squared loss.
    """
    while True:
        current = 10.0 ** -((rng.permutation(n) + rng.uniform(size=n)) / n)
        noise = 0.022 + rng.normal(scale=0.0015, size=n)
        noise -= current * (noise @ current) / (current @ current)
        voltage, current = (resistance * (current + noise)).astype(numpy.float32), current.astype(numpy.float32)
        right = fit_ohm(voltage, current)
        off = [abs(each.of(voltage, current) / right - 1) for each in ESTIMATES]
        if min(off[:2]) > CLEARLY_OFF and min(off) > 1.25 * WITHIN:
            return voltage, current


def _off(student: Student, readings: Sequence[tuple[Numbers, Numbers]]) -> None:
    """Raises `CheckFailed` where one of the results is off by more than 1 %."""
    found = [expect(student.fit_ohm(*each)).number() for each in readings]
    wanted = [fit_ohm(*each) for each in readings]
    for (voltage, _), got, want in zip(readings, found, wanted, strict=True):
        if abs(got / want - 1) <= WITHIN:
            continue
        text = f"fit_ohm(voltage, current) is off by more than one per cent for {len(voltage)} readings.\n"
        raise CheckFailed(f"{text}  returned: {show(got)}\n  expected: {show(want)}", _why(readings, found, wanted))


def _why(
    readings: Sequence[tuple[Numbers, Numbers]], found: Sequence[float], wanted: Sequence[float]
) -> Misconception | None:
    with numpy.errstate(over="ignore"):
        shares = numpy.array(found) / wanted
    if not (abs(shares) < 100).all():
        return DIVERGES
    if not numpy.any(shares):
        return NEVER_MOVES
    for estimate, known in ESTIMATES:
        others = [estimate(each[0].astype(float), each[1].astype(float)) for each in readings]
        if (abs(numpy.array(found) / others - 1) < ALIKE).all():
            return known
    # A factor that is always the same has another reason, and so has a result that is right for some.
    on_the_way = shares.min() > 0 and shares.max() < 1 - WITHIN and numpy.ptp(shares) > 1e-3
    return STOPS_TOO_EARLY if on_the_way else None


@check(points=2, hint="Descend until R comes to rest: one weight that current is multiplied by, and no bias.")
def least_squares(student: Student, rng: Rng) -> None:
    """fit_ohm(voltage, current) is the resistance with the smallest squared loss, to one per cent"""
    _off(student, [draw(rng, n, R) for n, R in ((24, 5.0), (40, 8.0))])


@check(points=0.5, hint="The number of readings and their size are others here: is one of them written down?")
def of_any_size(student: Student, rng: Rng) -> None:
    """it is right for small and large resistances, and for few and many readings"""
    _off(student, [draw(rng, n, R) for n, R in ((12, 0.4), (270, 220.0), (33, 47.0))])


@check(points=0.5, trivial=True, hint="Neither -= nor [:] = on voltage or current.")
def leaves_the_readings(student: Student, rng: Rng) -> None:
    """voltage and current stay as they were"""
    result = expect(student.fit_ohm(*draw(rng, 12, 3.0)))
    result.number()
    for place, name in enumerate(("voltage", "current")):
        result.argument_unchanged(place, name, CHANGES_READINGS)
