"""How one exercise's checks reach a submission in a slot: within the exercise's budget of time and memory."""

from __future__ import annotations

import time
from collections.abc import Sequence

from grader.checking.authoring import Check, Exercise
from grader.checking.channel import QUICK
from grader.checking.outcomes import AskAgain, TimedOut
from grader.judging.allowance import Allowance
from grader.judging.session import Session, Standing
from grader.sandbox import wire


class SlotChannel:
    """One exercise's.

    `replaced` are exercises that this one builds upon and that the submission got wrong: here the solution's version
    stands in for them, so that one mistake is paid for once.
    """

    def __init__(
        self, session: Session, exercise: Exercise, seconds: float, replaced: frozenset[str],
        whole: SlotChannel | None = None, variant: int = 0,
    ) -> None:  # fmt: skip
        self._session = session
        self._whole = whole
        self._exercise = exercise
        self._allowance = Allowance(seconds, session.slot)
        self._replaced = replaced
        self._standing = Standing(exercise.name, exercise.needs, variant)
        self._may_probe = True

    @property
    def seconds(self) -> float:
        """What is left of the exercise's time; waiting for a busy machine takes none of it."""
        return max(self._allowance.left, self._allowance.really_left)

    @property
    def met_ceiling(self) -> bool:
        """Whether it was stopped by the clock, with processor time left, or a cell of the notebook was."""
        return self._allowance.met_ceiling or self._session.met_ceiling

    @property
    def flavour(self) -> str:
        return self._session.submission.assignment.flavour

    def begin(self, check: Check) -> None:
        """A slot makes no difference between checks."""

    def ask(self, request: wire.Request) -> wire.Returned:
        if self._allowance.left <= 0 and self._allowance.more() <= 0:
            raise TimedOut(self._too_slow())
        self._ready()
        started = time.monotonic()
        try:
            returned = self._session.ask(request, self._allowance)
        except TimedOut:
            raise TimedOut(self._too_slow()) from None
        finally:
            self._may_probe &= time.monotonic() - started < QUICK
        if returned.failure is not None and self._session.include_given(returned.failure):
            raise AskAgain
        if self._replaced and isinstance(request, wire.Call | wire.Gradient):
            self._tell_what_was_replaced(returned)
        return returned

    def _ready(self) -> None:
        self._session.ready(self._exercise.budget.memory_mb << 20, self._replaced, self._standing)

    @property
    def variants(self) -> int:
        """How many ways there are to see the notebook's names that make a difference here."""
        self._ready()
        return self._session.variants

    @property
    def is_notebook(self) -> bool:
        return False

    @property
    def lacks(self) -> tuple[str, ...]:
        return self._session.lacks

    def without(self, operators: Sequence[str]) -> SlotChannel:
        session = self._session.without(tuple(operators))
        if session is None:
            return self
        left = self._allowance.really_left
        return SlotChannel(session, self._exercise, left, self._replaced, self, self._standing.variant)

    def whole(self) -> SlotChannel:
        return self._whole or self

    def probe(self, request: wire.Request) -> wire.Returned | None:
        """Outside the exercise's time."""
        returned = self._session.probe(request) if self._may_probe else None
        self._may_probe = returned is not None
        return returned

    def _tell_what_was_replaced(self, returned: wire.Returned) -> None:
        if returned.failure is None or returned.failure.type != "NotImplementedError":
            names = " and ".join(sorted(self._replaced))
            self.note(f"{self._exercise.name} was graded with the solution's {names} in place of the submission's")

    def _too_slow(self) -> str:
        name = self._exercise.name
        return (
            f"{name} took more than the {self._allowance.seconds:g} seconds that all its checks have together. Is "
            "there a loop that never ends?"
        )

    def explain_missing(self, function: str) -> str:
        # Why a cell does not run without the library is no student's concern.
        return "" if self.lacks else self._session.explain_missing(function)

    def source_of(self, function: str) -> str:
        return self._session.source_of(function)

    def note(self, text: str) -> None:
        self._session.note(text)
