"""What sgd needs beside the student's code: a backward, as it comes between two steps of training."""

from typing import Any


def backward(here: Any, param: Any, grad: Any) -> bool:
    """Record a loss whose gradient for the parameter is this one, and differentiate it."""
    with here.mx.autograd.record():
        loss = (param * grad).sum()
    loss.backward()
    return True
