"""What several exercises give to students' functions: made in the slot, beside the student's code."""

from typing import Any


def linear_net(here: Any, W: Any, b: Any) -> Any:
    """A `net` that returns X·W + b and counts how it is called."""
    here.facts.update(calls=0, recorded=0)

    def net(X: Any) -> Any:
        here.facts["calls"] += 1
        here.facts["recorded"] += int(here.mx.autograd.is_recording())
        return here.api.dot(X, W) + b

    return net


def generator(here: Any, items: Any) -> Any:
    """The items, which can be gone through once."""
    return (item for item in items)


def softmax(here: Any, X: Any) -> Any:
    """The library's, for what comes after it."""
    return (here.mx.npx if here.flavour == "np" else here.mx.nd).softmax(X)
