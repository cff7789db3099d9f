"""The covariance of a one-hot vector, which is the Hessian of log-sum-exp too: the truth, and ways to get it wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from grader.checking import Misconception, Numbers

Wrong = Callable[[Numbers], Any]


def covariance(p: Numbers) -> Numbers:
    """diag(p) - p pᵀ in float64, shape (k, k), for probabilities p of shape (k,)."""
    p = numpy.asarray(p, float)
    return numpy.diag(p) - numpy.outer(p, p)


def wrong_versions(probabilities: Callable[[Numbers], Numbers]) -> list[Misconception]:
    """Those of a function whose argument leads to the probabilities in this way."""

    def known(name: str, sentence: str, hint: str, wrong: Wrong) -> Misconception:
        return Misconception(name, sentence, hint, lambda x: wrong(numpy.asarray(probabilities(x), float)))

    return [
        known("diagonal_alone", "only the diagonal is filled, p (1 − p): as if the classes had nothing to do with each "
              "other", "Where one class comes up, no other does: off the diagonal stands −p_i p_j.",
              lambda p: numpy.diag(p * (1 - p))),
        known("vector", "one number for each class comes back, p (1 − p), which is the diagonal of the matrix",
              "The matrix has a row and a column for each class.", lambda p: p * (1 - p)),
        known("adds_the_products", "the products p_i p_j are added, where they are to be taken away",
              "A minus: each row of the matrix adds up to 0.", lambda p: numpy.diag(p) + numpy.outer(p, p)),
        known("products_alone", "the products p_i p_j are returned alone, without the probabilities on the diagonal",
              "diag(p) comes first.", lambda p: numpy.outer(p, p)),
        known("minus_products_alone", "minus the products p_i p_j are returned, without the probabilities on the "
              "diagonal", "diag(p) comes first.", lambda p: -numpy.outer(p, p)),
        known("probabilities_alone", "the probabilities stand on the diagonal, and nothing is taken away from them",
              "The products p_i p_j have to be taken away.", numpy.diag),
        known("spread_over_rows", "p is spread over whole rows, p_i − p_i p_j, instead of the diagonal",
              "np.diag(p) makes a matrix of p, with zeros off the diagonal.",
              lambda p: p[:, None] - numpy.outer(p, p)),
        known("spread_over_columns", "p is spread over whole columns, p_j − p_i p_j, instead of the diagonal",
              "np.diag(p) makes a matrix of p, with zeros off the diagonal.", lambda p: p - numpy.outer(p, p)),
        known("identity_for_p", "the identity matrix takes the place of diag(p)", "On the diagonal stands p − p².",
              lambda p: numpy.eye(len(p)) - numpy.outer(p, p)),
        known("squares_on_the_diagonal", "the squares p² stand on the diagonal before the products are taken away, so "
              "that it becomes 0", "diag(p), and not diag(p²).",
              lambda p: numpy.diag(p**2) - numpy.outer(p, p)),
        known("total", "one number is returned, the sum of p (1 − p) over the classes", "A matrix is asked for.",
              lambda p: (p * (1 - p)).sum()),
        known("inner_product", "the sum of the squares is taken away, Σ p², where each pair has a product of its own",
              "np.outer(p, p) has all products; p @ p and np.dot(p, p) are one number.",
              lambda p: numpy.diag(p) - p @ p),
    ]  # fmt: skip
