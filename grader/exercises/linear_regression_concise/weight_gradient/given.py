"""What weight_gradient gets: a net that does not know its inputs yet."""

from typing import Any


def uncalled_net(here: Any, W: Any, b: Any) -> Any:
    """A Sequential with a Dense layer that will compute X·W + b: Gluon makes its weight when it sees its inputs."""
    constant = here.mx.init.Constant
    net = here.mx.gluon.nn.Sequential()
    net.add(here.mx.gluon.nn.Dense(1, weight_initializer=constant(W.T), bias_initializer=constant(b)))
    net.initialize(ctx=here.context)
    return net
