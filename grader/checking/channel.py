"""What carries a check's requests to where the student's functions live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from grader.checking.authoring import Check
from grader.sandbox import wire

# A question out of turn, `probe`, is only asked where all others were answered faster than this, in seconds.
QUICK = 0.1


class Channel(Protocol):
    """To a slot while grading, or to the process of the student's own notebook."""

    @property
    def flavour(self) -> str: ...

    @property
    def seconds(self) -> float:
        """What is left of the exercise's time."""

    def begin(self, check: Check) -> None:
        """A check begins: what is asked from now on, it asks."""

    def ask(self, request: wire.Request) -> wire.Returned:
        """Raises what ends a check: `Crashed` or `TimedOut` of `grader.checking.outcomes`, for one."""

    def explain_missing(self, function: str) -> str:
        """Why the notebook defines no such function, for the student."""

    def source_of(self, function: str) -> str:
        """The text of the cell that defines it, as data, to tell apart what results do not; nothing if not known."""

    def note(self, text: str) -> None:
        """Tell the instructor something that changes no score."""

    @property
    def is_notebook(self) -> bool:
        """Whether this is the student's own notebook, where the student sees what the function is given."""

    @property
    def lacks(self) -> Sequence[str]:
        """Operators that MXNet does not have where the functions live."""

    def without(self, operators: Sequence[str]) -> Channel:
        """The channel to the same functions where MXNet lacks these; itself where that cannot be had."""

    def whole(self) -> Channel:
        """Of a channel to where operators are lacking, the one to where MXNet is whole; else itself."""

    def probe(self, request: wire.Request) -> wire.Returned | None:
        """Ask for the sake of a better explanation, at no cost to the student.

        None where that takes long or ends the process.
        """
