"""Margins: how far results were from the lines that checks draw, kept while somebody asks for them.

A margin is an error divided by what the check allows: at most 1 where the result is right. Right forms should stay below
half of that and wrong ones above twice, so that no verdict hangs on the inputs drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_RECORDS: list[list[float]] = []


@contextmanager
def recorded() -> Iterator[list[float]]:
    """Collects the margins of what is compared in the block, by whatever check."""
    found: list[float] = []
    _RECORDS.append(found)
    try:
        yield found
    finally:
        _RECORDS.remove(found)


def record(margin: float) -> None:
    """A result was so far from a line."""
    for found in _RECORDS:
        found.append(margin)
