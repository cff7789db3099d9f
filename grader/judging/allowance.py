"""How long something may take in a slot: processor time, so that a verdict does not depend on how busy the machine is.

The clock on the wall has a ceiling all the same, for what waits and computes nothing. What meets the ceiling with time
left is tried again alone before it costs a point: see `grader.judging.judge`.
"""

from __future__ import annotations

import time

from grader.sandbox.slot import Slot

# How many times its processor time something may take by the clock: beside four busy processes on each core, five.
CEILING = 8.0


class Allowance:
    """Seconds for one thing, or for several in a row, in a slot.

    By the clock as long as that is no more, which costs nothing to look at. Where it runs out, the processor time is
    what counts; where that cannot be read, the clock decides.
    """

    def __init__(self, seconds: float, slot: Slot) -> None:
        self.seconds = seconds
        self.met_ceiling = False
        self._slot = slot
        self._left = seconds
        self._by_the_clock = 0.0  # in all
        self._earlier = 0.0  # of that, in processes that have ended
        self._turn: int | None = None
        self._used_before: float | None = None
        self._begun: float | None = None

    @property
    def left(self) -> float:
        return self._left

    @property
    def really_left(self) -> float:
        """What is left of the processor time; by the clock where that cannot be read."""
        used = self._used_in_this_turn()
        return self._left if used is None else self.seconds - self._earlier - used

    def _used_in_this_turn(self) -> float | None:
        used = self._slot.processor_seconds() if self._turn == self._slot.turn else None
        return None if used is None or self._used_before is None else used - self._used_before

    def begin(self) -> None:
        """Something starts, in the process that there is now."""
        if self._turn != self._slot.turn:
            self._turn, self._used_before = self._slot.turn, self._slot.processor_seconds()
            self._earlier = self._by_the_clock
        self._begun = time.monotonic()

    def end(self) -> None:
        """It has ended: what it took by the clock is taken off."""
        if self._begun is not None:
            took = time.monotonic() - self._begun
            self._by_the_clock += took
            self._left -= took
        self._begun = None

    def more(self) -> float:
        """Called when `left` has run out: how many more seconds there are, 0 where there are none."""
        if self._begun is not None:
            self.end()
            self._begun = time.monotonic()
        if self._used_in_this_turn() is None:
            return 0.0
        really_left = self.really_left
        if self._by_the_clock >= CEILING * self.seconds:
            self.met_ceiling = really_left > 0.05 * self.seconds
            return 0.0
        self._left = really_left
        return max(really_left, 0.0) if really_left > 0.02 else 0.0
