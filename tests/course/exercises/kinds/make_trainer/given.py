"""What make_trainer gets: a net to train."""

from typing import Any


def net(here: Any, inputs: int) -> Any:
    """A Dense layer with one output."""
    made = here.mx.gluon.nn.Dense(1, in_units=int(inputs))
    made.initialize(ctx=here.context)
    return made
