"""What came of one call of a student's function, as a check sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from msgspec.structs import replace as replace_value

from grader.checking.authoring import Exercise
from grader.checking.channel import Channel
from grader.sandbox import wire
from grader.sandbox.wire import Numbers, as_numpy

Made = Literal["returned", "given", "drawn"]


@dataclass(frozen=True)
class Through:
    """What a function's first argument goes through before the function gets it: a net's earlier part, so to speak.

    `given` is its name in given.py, where it is made of MXNet's operators; `function` the same in NumPy; `name` what
    messages call the argument before it.
    """

    given: str
    function: Callable[[Numbers], Numbers]
    name: str


@dataclass(frozen=True)
class Result:
    """What came of one call: `args` as they were given, `returned` as it crossed the wire.

    `head` is what the result was weighted with before it was differentiated, for the arguments `wrt`; None where it
    was not. `through` is what the first argument went through. `call` is how messages write a call that is not simply
    of a function of the notebook. `part` names one of several values that the call has `made`: returned, given one
    after another, or drawn. `of` says which misconceptions may explain it: those that are of the same.
    """

    exercise: Exercise
    channel: Channel
    function: str
    args: tuple[Any, ...]
    returned: wire.Returned
    head: Numbers | None = None
    through: Through | None = None
    wrt: tuple[int, ...] = (0,)
    call: str = ""
    part: str = ""
    of: str = "value"
    made: Made = "returned"

    @property
    def flavour(self) -> str:
        return self.channel.flavour

    @property
    def failure(self) -> wire.Failure | None:
        return self.returned.failure

    @property
    def value(self) -> wire.Value | None:
        return self.returned.value

    @property
    def array(self) -> Numbers | None:
        """The result as a NumPy array, if it is an MXNet or NumPy array or a number; else None."""
        return as_numpy(self.returned.value)

    @property
    def gradient(self) -> Numbers | None:
        """The gradient for the first of the arguments `wrt`, if there is one."""
        return self.gradients[0] if self.gradients else None

    @property
    def gradients(self) -> list[Numbers | None]:
        """The gradients for all of the arguments `wrt`; none where there are not as many as were asked for."""
        found = [None if grad is None else grad.numpy() for grad in self.returned.grads]
        return found if len(found) == len(self.wrt) else []

    @property
    def operators(self) -> list[str] | None:
        """Operators of the recorded graph; None where it could not be read."""
        return self.returned.ops

    @property
    def facts(self) -> dict[str, int]:
        return self.returned.facts

    @property
    def figures(self) -> list[wire.Figure]:
        """What the call has drawn; see `StudentFunction.figure`."""
        return self.returned.figures

    @property
    def picture(self) -> bytes:
        """What the call has drawn first, as a PNG for people to look at; empty where there is none."""
        return next((figure.png for figure in self.returned.figures), b"")

    def argument_after(self, index: int) -> Numbers | None:
        """That argument after the call, as `array` is."""
        return as_numpy(self.value_after(index))

    def value_after(self, index: int) -> wire.Value | None:
        """That argument after the call; None where the reply does not tell."""
        return self.returned.after[index] if index < len(self.returned.after) else None

    def of_part(self, part: str, value: wire.Value, made: Made = "returned", of: str = "") -> Result:
        """One of several values as a result of its own; `of` where it is not its name."""
        returned = replace_value(self.returned, value=value)
        name = f"{part} of {self.part}" if self.part else part
        return replace(self, returned=returned, part=name, of=of or part, made=made)
