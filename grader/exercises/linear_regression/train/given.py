"""The loss that train is given."""

from typing import Any


def weighted_loss(here: Any, weight: float) -> Any:
    """The squared loss in the shape of the predictions, so many times; counts how often it gets the labels, which have
    no second axis, first.
    """
    here.facts["labels_first"] = 0

    def loss(y_hat: Any, y: Any) -> Any:
        here.facts["labels_first"] += int(y_hat.ndim < y.ndim)
        return weight * (y_hat - y.reshape(y_hat.shape)) ** 2 / 2

    return loss
