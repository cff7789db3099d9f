"""Slips by which a part of the result is wrong and the rest is right: some rows, one class, inputs of some sizes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy

from grader.diagnosis.comparing import Kind, Seen, Slip, along, axes_of, ordinal, same_shapes, wrong_entries
from grader.sandbox.wire import Numbers

# Where rows are wrong for a reason of their own, such as a large number in them, they may be the first or the last of
# each batch by chance. A pattern is named where that would happen less than once in so many times.
_AGAINST_CHANCE = 500
_SINGULAR = {"rows": "row", "columns": "column", "values": "value", "layers": "layer"}


class _Pattern(NamedTuple):
    """Some of the lines of a result: which, in words, and whether the line at a place among so many is one."""

    name: str
    which: str
    holds: Callable[[int, int], bool]


class _Line(NamedTuple):
    """The lines along an axis of one result: which are wrong, what they hold, what the argument has there."""

    wrong: Numbers
    got: Numbers
    given: Numbers | None


# -- rows and columns


def _some_lines(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Certain rows, or columns, are wrong in every result, and all others are right."""
    found = []
    for axis, what in axes_of(seen):
        lines = [_line(one, axis) for one in seen]
        patterns = [one for one in _patterns(lines, what) if _fits(one, lines)]
        if patterns and _against_chance(lines):
            name, which, _ = patterns[0]
            hold = _what_they_hold(lines, names)
            found.append(Slip(f"{name}_{what}_wrong", f"{which} {what} are wrong, and all others are right{hold}".replace(
                f"first {what} are", f"first {_SINGULAR[what]} is").replace(f"last {what} are", f"last {_SINGULAR[what]} is"),
                "Look at where a loop or a slice begins and ends, and at numbers that are written down instead of being "
                "read from the argument's shape."))  # fmt: skip
    return found[0] if len(found) == 1 else None
