"""Negative log-likelihoods of a linear model: what exercises about them draw, and the ways in which any goes wrong.

A noise is given by `costs(r, *more)`: minus the log of its density at each residual r, in float64; costs(0) is the
constant that every example contributes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from grader.checking import Misconception, Near, Numbers, Rng

Costs = Callable[..., Numbers]
Inputs = tuple[Numbers, Numbers, Numbers, float]

# A sum of 300 costs of a few units was seen 1e-6 off in proportion; constants and squares may cancel.
NLL = Near(rtol=1e-4, atol=2e-4, any_number=True)
# n, d, and the sign of the residuals' sum: with both, a sum without absolute values is told from one that is taken too
# early. The second is as large as the first. More examples than anybody writes down make a likelihood of 0 in float32.
SIZES = ((7, 3, -1), (7, 3, 1), (1, 2, 1), (5, 1, -1))
MANY = (300, 12)


def residuals(X: Numbers, y: Numbers, w: Numbers, b: float) -> Numbers:
    predicted: Numbers = X.astype(float) @ w + b
    return y - predicted


def draw(rng: Rng, n: int, d: int, size: float = 1.0, sign: int = -1) -> Inputs:
    """Residuals up to three times this size, none near 0, on both sides of it; their sum has this sign."""
    X, w = rng.normal(size=(n, d)).astype(numpy.float32), rng.normal(size=d).astype(numpy.float32)
    b = round(float(rng.uniform(1, 2)), 3)
    while True:
        r = rng.choice([-1, 1], size=n) * rng.uniform(0.3, 3, size=n) * size
        if r.sum() * sign > 0.2 * size and (n == 1 or r.min() < 0 < r.max()):
            break
    return X, (X.astype(float) @ w + b + r).astype(numpy.float32), w, b


def fitting(rng: Rng, n: int, d: int) -> Inputs:
    """Labels that are predicted without any error, not even one of rounding."""
    X, w = (rng.integers(-8, 9, size=size).astype(numpy.float32) / 4 for size in ((n, d), d))
    return X, X @ w + numpy.float32(0.75), w, 0.75


def wrong_ways(costs: Costs) -> list[Misconception]:
    """What any negative log-likelihood may be confused with, as misconceptions of (X, y, w, b, …)."""

    def each(args: Any) -> Numbers:
        return costs(residuals(*args[:4]), *args[4:])

    def constant(args: Any) -> float:
        return float(costs(numpy.zeros(1), *args[4:])[0])

    def densities(args: Any) -> Numbers:
        with numpy.errstate(all="ignore"):
            return numpy.exp(-each(args)).astype(numpy.float32)

    def way(name: str, sentence: str, hint: str, function: Callable[[Any], Any]) -> Misconception:
        def of(*args: Any) -> Any:
            with numpy.errstate(all="ignore"):
                return function(args)

        return Misconception(name, sentence, hint, of)

    bias = "r = y − Xw − b"
    return [
        way("averages", "the costs are averaged, and not added up", "Densities multiply, so their logarithms add up.",
            lambda a: each(a).mean()),
        way("log_likelihood", "it is the log-likelihood, without the minus", "Minus the logarithm is asked for.",
            lambda a: -each(a).sum()),
        way("log_base_2", "the logarithm has base 2", "log, without a number behind it, is the natural one.",
            lambda a: each(a).sum() / numpy.log(2)),
        way("log_base_10", "the logarithm has base 10", "log, without a number behind it, is the natural one.",
            lambda a: each(a).sum() / numpy.log(10)),
        way("likelihood", "it is the likelihood itself, the product of the densities", "Take minus its logarithm.",
            lambda a: numpy.exp(-each(a).sum())),
        way("sums_densities", "the densities are added up before the logarithm is taken",
            "They multiply: take the logarithm of each, then add up.", lambda a: -numpy.log(numpy.exp(-each(a)).sum())),
        way("log_of_product", "the densities are multiplied before the logarithm is taken: of many the product is 0 "
            "in float32, and its logarithm is not finite", "Work out the logarithm of the product on paper: a sum.",
            lambda a: -numpy.log(numpy.prod(densities(a), dtype=numpy.float32))),
        way("log_of_density", "the density is computed before the logarithm is taken: of a label that is far off it is "
            "0 in float32, and its logarithm is not finite", "Take the logarithm on paper: the exp vanishes.",
            lambda a: -numpy.log(densities(a)).sum()),
        way("each_example", "every example's cost comes back, and not their sum", "Add them up.", each),
        way("forgets_constant", "the density's constant factor is left out", "Its logarithm counts for every example.",
            lambda a: each(a).sum() - len(a[1]) * constant(a)),
        way("constant_once", "the constant counts once, and not once for each example", "Each density has that factor.",
            lambda a: each(a).sum() - (len(a[1]) - 1) * constant(a)),
        way("constant_subtracted", "the constant has the wrong sign", "−log(a·b) = −log a − log b.",
            lambda a: each(a).sum() - 2 * len(a[1]) * constant(a)),
        way("adds_b", "b is added to y − Xw, where it should be taken away", bias,
            lambda a: each((*a[:3], -a[3], *a[4:])).sum()),
        way("forgets_b", "b is left out", bias, lambda a: each((*a[:3], 0.0, *a[4:])).sum()),
        way("all_pairs", "each label meets the predictions of all examples: (n, 1) and (n,) spread to (n, n)",
            "Both have shape (n,).",
            lambda a: costs(a[1][:, None] - (a[0].astype(float) @ a[2] + a[3])[None], *a[4:]).sum()),
        way("of_the_sum", "the residuals are added up first: those above and below 0 cancel",
            "First each example's cost, then the sum.",
            lambda a: (costs(residuals(*a[:4]).sum(keepdims=True), *a[4:])).sum() + (len(a[1]) - 1) * constant(a)),
    ]  # fmt: skip
