"""The loss that train is given."""

from typing import Any


def weighted_loss(here: Any, weight: float) -> Any:
    """The squared loss in the shape of the predictions, so many times."""

    def loss(y_hat: Any, y: Any) -> Any:
        return weight * (y_hat - y.reshape(y_hat.shape)) ** 2 / 2

    return loss
