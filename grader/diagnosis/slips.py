"""Slips that can happen in any exercise: what a wrong result is, compared with the right one.

A slip is named only where all results show it; its sentence states a fact about them, never a guess at the code. What
explains a result to the last number comes before what only says where it is wrong, and that before what can still be
said of it as a whole. The kinds are in the modules slips_of_….
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from grader.diagnosis import slips_of_calls, slips_of_place, slips_of_shape, slips_of_value
from grader.diagnosis.comparing import Kind, Seen, Slip, alike, close

__all__ = ["Seen", "Slip", "alike", "beside_another", "close", "find", "in_gradient", "in_small_digits"]

_MOST_NUMBERS = 100_000
_EXACT: tuple[Kind, ...] = (*slips_of_shape.KINDS, *slips_of_value.KINDS, *slips_of_calls.KINDS)
_OF_VALUES = (_EXACT, slips_of_place.KINDS, (slips_of_place.some_sizes,), slips_of_calls.BROAD)
# What is said of all results of a function: that none is larger than 0, say.
_OF_ALL = ("cut_off",)
_OF_GRADIENTS = (
    (slips_of_place.gradient_stops,), (*slips_of_shape.KINDS, *slips_of_value.OF_GRADIENTS), slips_of_place.KINDS,
    slips_of_calls.BROAD,
)  # fmt: skip


def find(seen: Sequence[Seen], names: Sequence[str] = (), earlier: Sequence[Seen] = ()) -> Slip | None:
    """The one slip that explains all results; None where none does, or more than one.

    `names` are the arguments'; `earlier` are calls before these, whose results may come back.
    """
    if not _worth_it([*seen, *earlier]):
        return None
    found = slips_of_calls.same_again(seen, earlier) or _first_of(_OF_VALUES, seen, names)
    if found is not None and found.name in _OF_ALL and not _stands(found.name, [*earlier, *seen], names):
        return None
    return found


def _stands(name: str, every: Sequence[Seen], names: Sequence[str]) -> bool:
    """Whether the same can be said of all calls, the earlier ones included."""
    return any(slip.name == name for slip in _all_of(_EXACT, every, names))


def in_small_digits(seen: Sequence[Seen]) -> Slip | None:
    """The same for results that are right but for what is near 0, or in their last digits."""
    return _first_of((slips_of_value.IN_SMALL_DIGITS,), seen, ()) if _worth_it(seen) else None


def in_gradient(seen: Sequence[Seen]) -> Slip | None:
    """The same for gradients."""
    return _first_of(_OF_GRADIENTS, seen, ()) if _worth_it(seen) else None


def _first_of(tiers: Sequence[Sequence[Kind]], seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """The one that is found in the first tier in which any is."""
    finite = all(numpy.isfinite(one.got).all() for one in seen)
    for kinds in tiers if finite else (slips_of_place.KINDS,):  # the others reckon with what came
        if found := _all_of(kinds, seen, names):
            return found[0] if len(found) == 1 else None
    return None


def beside_another(seen: Sequence[Seen], names: Sequence[str] = ()) -> Slip | None:
    """The same where a misconception's results stand in `want`: among the few slips that go well with any."""
    if not _worth_it(seen) or not all(numpy.isfinite(one.got).all() for one in seen):
        return None
    found = _all_of((slips_of_shape.negated, slips_of_shape.transposed, slips_of_value.factor), seen, names)
    return found[0] if len(found) == 1 and found[0].sure else None


def _all_of(kinds: Sequence[Kind], seen: Sequence[Seen], names: Sequence[str]) -> list[Slip]:
    return [slip for kind in kinds if (slip := kind(seen, names)) is not None]


def _worth_it(seen: Sequence[Seen]) -> bool:
    """What comes back may be of any size, and an explanation is not worth much time; what is right is finite."""
    return bool(seen) and all(one.got.size <= _MOST_NUMBERS and numpy.isfinite(one.want).all() for one in seen)
