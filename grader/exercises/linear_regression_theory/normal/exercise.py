"""The normal density (section 3.1.2): a bell around mu, as wide as the standard deviation sigma says."""

from __future__ import annotations

import math

import numpy

from grader.checking import (
    Budget,
    Exercise,
    Numbers,
    Rng,
    Student,
    check,
    expect,
    expect_each,
    known_failures,
    misconception,
)
from grader.diagnosis import habits
from grader.exercises.shared.kinds import CHANGES_ARGUMENTS, expect_floats, expect_unchanged
from grader.exercises.shared.vectors import FAILURES, MATH_TAKES_NUMBERS

# Whoever goes through 300 values one by one is right, and takes his time.
EXERCISE = Exercise("normal(z, mu, sigma)", "3.1.2", budget=Budget(seconds=30))


def standardised(z: Numbers, mu: float, sigma: float) -> Numbers:
    """How many standard deviations each z is away from mu."""
    return (numpy.asarray(z, float) - mu) / sigma


def normal(z: Numbers, mu: float, sigma: float) -> Numbers:
    """The truth, in float64: the density at every z, in its shape."""
    return numpy.exp(-(standardised(z, mu, sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))


def peak(sigma: float) -> float:
    return 1 / (sigma * math.sqrt(2 * math.pi))


# -- wrong versions

BY_FAILURE = [MATH_TAKES_NUMBERS]


@misconception(
    "sigma is taken for the variance; it is the standard deviation", "The formula squares sigma, both times."
)
def sigma_is_variance(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, mu, math.sqrt(sigma))


@misconception("the factor before the exponential is left out: the bell is 1 high, and its area is not 1",
               "Divide by √(2πσ²).")  # fmt: skip
def no_normaliser(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, mu, sigma) / peak(sigma)


@misconception("the factor before the exponential is 1/√(2π), whatever sigma is: the area under the bell is sigma",
               "Divide by √(2πσ²): a wide bell is a low one.")  # fmt: skip
def normaliser_without_sigma(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, mu, sigma) * sigma


@misconception("the factor before the exponential is 1/(σ²·√(2π)): sigma squared stands outside the root",
               "√(2πσ²) is σ·√(2π).")  # fmt: skip
def sigma_squared_outside(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, mu, sigma) / sigma


@misconception("the root covers the 2 alone: the factor is 1/(√2·π·σ²)", "All of 2πσ² stands under the root.")
def root_over_2_only(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, mu, sigma) / peak(sigma) / (math.sqrt(2) * math.pi * sigma**2)


@misconception("the factor before the exponential is 1/(2πσ²), without a root", "Divide by √(2πσ²).")
def no_root(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, mu, sigma) * peak(sigma)


@misconception("the factor multiplies where it should divide: √(2πσ²) stands in the numerator", "Divide by √(2πσ²).")
def multiplies_by_root(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, mu, sigma) / peak(sigma) ** 2


@misconception("the exponent is divided by 2σ, and not by 2σ²", "sigma is squared in the exponent.")
def sigma_not_squared(z: Numbers, mu: float, sigma: float) -> Numbers:
    return peak(sigma) * numpy.exp(-(standardised(z, mu, sigma) ** 2) * sigma / 2)


@misconception("the ½ in the exponent is left out", "The exponent is −(z − μ)²/(2σ²).")
def no_half(z: Numbers, mu: float, sigma: float) -> Numbers:
    return peak(sigma) * numpy.exp(-(standardised(z, mu, sigma) ** 2))


@misconception("the minus in the exponent is left out: the density grows away from mu", "The exponent is negative.")
def no_minus(z: Numbers, mu: float, sigma: float) -> Numbers:
    return peak(sigma) * numpy.exp(standardised(z, mu, sigma) ** 2 / 2)


@misconception("the exponent is multiplied by σ² where it should be divided: 1/2*σ² is ½·σ²",
               "What stands below a fraction's line needs parentheses: / (2 * sigma**2).")  # fmt: skip
def precedence(z: Numbers, mu: float, sigma: float) -> Numbers:
    return peak(sigma) * numpy.exp(-(standardised(z, mu, sigma) ** 2) * sigma**4 / 2)


@misconception("mu is taken away from the whole exponent, and not from z", "Put z - mu in parentheses, and square it.")
def minus_mu_late(z: Numbers, mu: float, sigma: float) -> Numbers:
    return peak(sigma) * numpy.exp(-0.5 / sigma**2 * numpy.asarray(z, float) ** 2 - mu)


@misconception("mu is added to z: the bell stands around −mu", "The distance from mu is z − mu.")
def mu_plus(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, -mu, sigma)


@misconception("the distance is not squared: a Laplace bell with a peak, |z − μ| in the exponent", "Square z − mu.")
def abs_for_square(z: Numbers, mu: float, sigma: float) -> Numbers:
    return peak(sigma) * numpy.exp(-abs(standardised(z, mu, sigma)) / (2 * sigma))


@misconception("the distance is not squared: one side of mu decays, and the other grows", "Square z − mu.")
def no_square(z: Numbers, mu: float, sigma: float) -> Numbers:
    return peak(sigma) * numpy.exp(-standardised(z, mu, sigma) / (2 * sigma))


@misconception("the logarithm of the density is returned", "Return the density itself.")
def log_density(z: Numbers, mu: float, sigma: float) -> Numbers:
    return numpy.log(normal(z, mu, sigma))


@misconception(
    "the probability of a value below z is returned, the area under the density", "No integral is asked for."
)
def cdf(z: Numbers, mu: float, sigma: float) -> Numbers:
    return numpy.vectorize(lambda t: (1 + math.erf(t / math.sqrt(2))) / 2)(standardised(z, mu, sigma))


@misconception("mu and sigma are not used: it is the standard normal density", "Both are arguments.")
def standard_only(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, 0, 1)


@misconception("mu and sigma have changed places", "normal(z, mu, sigma): mu first.")
def mu_for_sigma(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, sigma, abs(mu))


@misconception("z is compared with its own mean and standard deviation, and not with mu and sigma",
               "mu and sigma are arguments: they say which bell is meant.")  # fmt: skip
def standardises_by_sample(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(z, numpy.mean(z, dtype=float), float(numpy.std(z, dtype=float)))


@misconception("the values are divided by their own sum, so that they add up to 1: but an area has to be 1",
               "Divide by √(2πσ²): the density at one z has nothing to do with the other z.")  # fmt: skip
def adds_up_to_1(z: Numbers, mu: float, sigma: float) -> Numbers:
    p = normal(z, mu, sigma)
    return p / p.sum()


@misconception("z is cut to whole numbers first", "Leave z as it is.")
def whole_z(z: Numbers, mu: float, sigma: float) -> Numbers:
    return normal(numpy.trunc(z), mu, sigma)


# -- the checks

# The exponent, at most 4²/2, inherits from float32's mu a relative error of 2·6e-8·|mu|/|z - mu|: with |mu| up to
# 8·sigma 4e-6 of the density at most; other forms were seen within 6e-6. Far out, values count against the peak.
DENSITY = 2e-5
FAR_OUT = 1e-6


def _draw(rng: Rng, shape: tuple[int, ...], mu: float, sigma: float, most: float = 4.0) -> Numbers:
    """Values on both sides of mu, at most so many standard deviations away."""
    return (mu + sigma * rng.uniform(-most, most, size=shape)).astype(numpy.float32)


def _parameters(rng: Rng) -> tuple[float, float]:
    return round(float(rng.choice([-1, 1]) * rng.uniform(1.1, 1.9)), 3), round(float(rng.uniform(1.3, 1.8)), 3)


@check(points=2, hint="First the exponent, −(z − μ)²/(2σ²); then exp; then divide by √(2πσ²).")
def values(student: Student, rng: Rng) -> None:
    """normal(z, mu, sigma) is the density of N(μ, σ²) at every entry of z"""
    inputs = []
    # More values than anybody writes down come last; whole numbers for mu and sigma, as in the book, in the third.
    for shape in ((7,), (7,), (5,), (2, 3), (300,)):
        mu, sigma = _parameters(rng) if shape != (5,) else (3, 2)
        inputs.append((_draw(rng, shape, mu, sigma), mu, sigma))
    narrow = round(float(rng.uniform(0.4, 0.7)), 3)
    inputs.append((_draw(rng, (6,), narrow, narrow), narrow / 2, narrow))
    results = [student.normal(*args) for args in inputs]
    known_failures(results, (*habits.FAILURES, *FAILURES))
    expect_each(results, [normal(*args) for args in inputs], any_number=True, rtol=DENSITY, atol=FAR_OUT / 10,
                oracle=normal)  # fmt: skip


@check(points=0.5, hidden=True, hint="A small sigma makes a high and narrow peak; far away from mu the density is 0.")
def narrow_and_wide(student: Student, rng: Rng) -> None:
    """it is right for a sigma of 0.01 and of 30 as well, and 0 far away from mu"""
    for sigma, n in ((0.01, 5), (30.0, 5), (2.5, 1)):
        mu = round(float(rng.uniform(4, 8)) * sigma, 4)
        z = numpy.concatenate([_draw(rng, (n,), mu, sigma), mu + numpy.array([20, -20])[: n - 1] * sigma])
        args = (z.astype(numpy.float32), mu, sigma)
        want = normal(*args)
        expect(student.normal(*args)).close_to(want, any_number=True, rtol=DENSITY, atol=FAR_OUT * peak(sigma))


@check(points=0.5, trivial=True, hint="Compute with MXNet's functions, np.exp for one, to the end.")
def is_an_array(student: Student, rng: Rng) -> None:
    """it returns an MXNet array of floats"""
    expect_floats(student.normal(_draw(rng, (4,), 0.5, 1.5), 0.5, 1.5))


@check(points=0.25, trivial=True, hint="Make new arrays; leave the arguments as they are.")
def leaves_arguments(student: Student, rng: Rng) -> None:
    """the arguments stay as they were"""
    expect_unchanged(student.normal(_draw(rng, (4,), 0.5, 1.5), 0.5, 1.5), ("z",), CHANGES_ARGUMENTS)
