"""Functions that should give the same for the same arguments, whenever they are called."""

from __future__ import annotations

from collections.abc import Sequence

from grader.checking import CheckFailed, Misconception, Result, StudentFunction, same
from grader.diagnosis.slips import Slip

DEPENDS_ON_EARLIER_CALLS = Misconception(
    "depends_on_earlier_calls",
    "the same arguments give another result when they come again: it depends on the calls before, or on chance",
    "A result is to depend on the arguments of this call alone: look for what lives outside the function.",
)


def why_not(failed: CheckFailed, function: StudentFunction, results: Sequence[Result]) -> CheckFailed:
    """The same failure, with its reason where nothing surer is known: made once more, a call gives another result."""
    known = failed.misconception
    if known is not None and not (isinstance(known, Slip) and not known.sure):
        return failed
    # In the other order: what was left by one call meets another.
    again = [function(*result.args) for result in reversed(results)]
    pairs = [(one.array, other.array) for one, other in zip(results, reversed(again), strict=True)]
    if all(one is None or other is None or same(one, other) for one, other in pairs):
        return failed
    return CheckFailed(str(failed), DEPENDS_ON_EARLIER_CALLS)
