"""log-sum-exp with a scale, as exercises on the smooth maximum and minimum need it."""

from __future__ import annotations

import numpy

from grader.checking import Misconception, Numbers, Rng
from grader.exercises.shared.arithmetic import exp32

Call = tuple[Numbers, float]
# Beside a number of 1000 float32 is spaced 6e-5 apart, and 1e-5 is 1e-2 of it; what is wrong is off by far more. With
# lam 0.1 the logarithm's rounding counts ten times.
RTOL, ATOL = 1e-5, 1e-5

NO_DEFAULT = Misconception(
    "no_default", "lam has no default value: it has to be given in every call", "…(x, lam=1.0): sets it to 1."
)


def log_sum_exp(x: Numbers, lam: float = 1.0) -> float:
    """The truth, in float64: log Σ exp(lam · x) / lam."""
    z = lam * numpy.asarray(x, float)
    return float((z.max() + numpy.log(numpy.exp(z - z.max()).sum())) / lam)


def naive(x: Numbers, lam: float = 1.0) -> float:
    """The same as float32 computes it without a shift: infinite where exp overflows, or leaves nothing."""
    with numpy.errstate(all="ignore"):
        return float(numpy.log(exp32(numpy.float32(lam) * numpy.asarray(x, "float32")).sum()) / lam)


def ordinary(rng: Rng) -> list[Call]:
    """Numbers, none of which is so far from the others that only one counts, and a scale for each."""
    sizes = ((3, 1.0), (3, 1.0), (4, 2.0), (5, 0.5), (2, 3.0), (1, 2.0), (30, 0.1), (300, 1.0))
    found = [(rng.uniform(-2, 2, size=q).astype(numpy.float32), lam) for q, lam in sizes]
    x = rng.uniform(-2, 2, size=3)
    return [*found, (x[[0, 1, 1, 2]].astype(numpy.float32), 4.0)]


def extreme(rng: Rng) -> list[Call]:
    """What overflows without a shift, or vanishes: large numbers, and ordinary ones with a large scale."""
    shift = rng.integers(-20, 20)
    found = [([1000, 1000], 1.0), ([-1000, -1000, -1001], 1.0), ([-1e3, 1e3, 0], 0.5), ([3e3, 3001], 2.0)]
    large = [(numpy.array(x, numpy.float32) + numpy.float32(shift), lam) for x, lam in found]
    x = rng.uniform(-2, 2, size=4).astype(numpy.float32)
    return [*large, (x, 100.0), (x, 1e4), (numpy.full(4, -0.5, numpy.float32), 1e4)]
