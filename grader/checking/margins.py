"""Margins: how far results were from the lines that checks draw, kept while somebody asks for them.

A margin is an error divided by what the check allows: at most 1 where the result is right. Right forms should stay
below half of that and wrong ones above twice, so that no verdict hangs on the inputs drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from grader.diagnosis.nearness import Near
from grader.sandbox.wire import Numbers

_RECORDS: list[list[float]] = []


@contextmanager
def recorded() -> Iterator[list[float]]:
    """Collects the margins of what checks hold against the truth in the block."""
    found: list[float] = []
    _RECORDS.append(found)
    try:
        yield found
    finally:
        _RECORDS.remove(found)


def near_enough(near: Near, got: Numbers, want: Numbers) -> bool:
    """Whether a check lets this pass, where `want` is right; `near.holds` is for any other question."""
    margin = near.margin(got, want)
    for found in _RECORDS:
        found.append(margin)
    return margin <= 1
