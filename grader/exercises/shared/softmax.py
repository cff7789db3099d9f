"""Softmax, its gradient, and what goes with it, for the exercises that are about it or come after it."""

from __future__ import annotations

import numpy

from grader.checking.student import Numbers, Through

# Operators of MXNet that compute a softmax, its logarithm or a loss of it: as MXNet's table calls them in its various
# versions, or as they stand in a recorded graph.
OPERATORS = (
    "softmax", "log_softmax", "softmin", "masked_softmax", "masked_log_softmax", "SoftmaxActivation", "SoftmaxOutput",
    "Softmax", "softmax_cross_entropy", "SoftmaxCrossEntropyLoss", "ctc_loss",
)  # fmt: skip
# At logits of 1e4 float32 is spaced 1e-3 apart, and a correct form may round there once before the exp.
COARSE = 2e-3


def softmax(X: Numbers) -> Numbers:
    """The truth, in float64: rows of an (n, q) array of logits as probabilities."""
    X = numpy.asarray(X, float)
    numerator = numpy.exp(X - X.max(axis=1, keepdims=True))
    return numerator / numerator.sum(axis=1, keepdims=True)


def softmax_gradient(X: Numbers, head: Numbers) -> Numbers:
    """The gradient of sum(softmax(X) * head), from d p_j / d x_k = p_j (1[j = k] - p_k)."""
    p, head = softmax(X), numpy.asarray(head, float)
    return p * (head - (head * p).sum(axis=1, keepdims=True))


# For what takes probabilities and is differentiated for the logits before them.
OF_LOGITS = Through("softmax", softmax, "logits")
