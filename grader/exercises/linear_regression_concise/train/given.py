"""What train gets besides a net, batches and a Trainer: a loss."""

from typing import Any


def loss(here: Any, weight: float) -> Any:
    """Gluon's L2Loss, so many times; counts how often it gets the labels, which have no second axis, first."""
    l2 = here.mx.gluon.loss.L2Loss(weight=float(weight))
    here.facts["labels_first"] = 0

    def loss(y_hat: Any, y: Any) -> Any:
        here.facts["labels_first"] += int(y_hat.ndim < y.ndim)
        return l2(y_hat, y)

    return loss
