"""What the slips are made of: calls as they were seen, and how their results are compared with the right ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy

from grader.diagnosis.misconception import Misconception
from grader.diagnosis.nearness import ATOL, HALF, RTOL
from grader.sandbox.wire import Numbers


class Seen(NamedTuple):
    """One call: its arguments, what came back, what should have."""

    args: tuple[Any, ...]
    got: Numbers
    want: Numbers


@dataclass(frozen=True)
class Slip(Misconception):
    """A slip found in some results. `fact` has figures of theirs; `sure`: it says enough to stand beside another."""

    fact: str = ""
    sure: bool = True


# Gets the calls and the arguments' names.
Kind = Callable[[Sequence[Seen], Sequence[str]], Slip | None]

_TO_ROWS = ("rows", "columns", "layers")


def close(a: Any, b: Any) -> bool:
    """Equal in shape and, within rounding, in numbers."""
    half = HALF if numpy.asarray(a).dtype == numpy.float16 else 0
    a, b = numpy.asarray(a, float), numpy.asarray(b, float)
    if a.shape != b.shape:
        return False
    atol = min(ATOL, 1e-3 * max(abs(a).max(initial=0), abs(b).max(initial=0)))
    return numpy.allclose(a, b, rtol=max(RTOL, half), atol=max(atol, half))


def nearly(a: float, b: float) -> bool:
    """Whether two figures are one."""
    return bool(numpy.isclose(a, b, rtol=5 * RTOL, atol=0))


def alike(got: Numbers, value: Any) -> bool:
    """Whether the numbers are the same, whatever axes of length 1 there are."""
    value = numpy.asarray(value)
    return without_ones(got) == without_ones(value) and close(got.ravel(), value.ravel())


def without_ones(array: Numbers) -> tuple[int, ...]:
    return tuple(length for length in array.shape if length != 1)


def every(seen: Sequence[Seen], change: Callable[[Numbers], Any], least: int = 2) -> bool:
    """Whether each result is the right one after this change, the change shows, and `least` numbers say so."""
    try:
        changed = [numpy.asarray(change(one.want)) for one in seen]
    except (ValueError, IndexError):
        return False
    shows = any(not close(new, one.want) for new, one in zip(changed, seen, strict=True))
    return shows and distinct(seen) >= least and all(close(o.got, new) for o, new in zip(seen, changed, strict=True))


def distinct(seen: Sequence[Seen]) -> int:
    """How many different numbers, 0 apart, the right results hold: how much a match with them says."""
    return len(_values(numpy.concatenate([numpy.ravel(one.want).astype(float) for one in seen])))


def _values(numbers: Numbers) -> set[float]:
    return set(numpy.round(numbers[numpy.abs(numbers) > ATOL], 5).tolist())


def telling(numbers: Numbers) -> int:
    """How many different numbers there are that do not come up everywhere, as 0 and 1 do."""
    return len(_values(numpy.ravel(numbers).astype(float)) - {1.0})


def same_shapes(seen: Sequence[Seen]) -> bool:
    return all(one.got.shape == one.want.shape for one in seen)


def lines_along(seen: Sequence[Seen], axis: int) -> str:
    """What lies along that axis, or nothing where some result has no such axis."""
    if any(one.want.ndim <= axis for one in seen) or not same_shapes(seen):
        return ""
    return "values" if all(one.want.ndim == 1 for one in seen) else _TO_ROWS[axis]


def axes_of(seen: Sequence[Seen]) -> Iterator[tuple[int, str]]:
    """The axes that all results have, at most two, and what lies along each."""
    for axis in (0, 1):
        if what := lines_along(seen, axis):
            yield axis, what


def wrong_entries(one: Seen) -> Numbers:
    """Which entries are not right; the shapes are the same."""
    got, want = numpy.asarray(one.got, float), numpy.asarray(one.want, float)
    half = HALF if one.got.dtype == numpy.float16 else 0.0
    atol = max(half, min(ATOL, 1e-3 * float(numpy.abs(want).max(initial=0))))
    with numpy.errstate(invalid="ignore"):
        wrong: Numbers = ~(numpy.abs(got - want) <= atol + max(RTOL, half) * numpy.abs(want))
    return wrong


def along(array: Numbers, axis: int) -> Numbers:
    """An array's lines along an axis, each flat: rows, columns, or the values of a vector."""
    flat: Numbers = numpy.moveaxis(array, axis, 0).reshape(array.shape[axis], -1)
    return flat


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, …, 11th, …"""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
