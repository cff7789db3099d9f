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


def gluon_net(here: Any, W: Any, b: Any) -> Any:
    """A Sequential with a Dense layer that computes X·W + b."""
    net = here.mx.gluon.nn.Sequential()
    net.add(here.mx.gluon.nn.Dense(W.shape[1], in_units=W.shape[0]))
    net.initialize(ctx=here.context)
    net[0].weight.set_data(W.T)
    net[0].bias.set_data(b)
    return net


def trainer(here: Any, net: Any, lr: float) -> Any:
    """Gluon's Trainer of plain SGD for the net."""
    return here.mx.gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": float(lr)})


def batches(here: Any, items: Any) -> Any:
    """The items, to be gone through again and again; how often that happens is counted. It has no length."""
    here.facts["passes"] = 0

    class Batches:
        def __iter__(self) -> Any:
            here.facts["passes"] += 1
            return iter([list(item) for item in items])

    return Batches()
