"""Slips that can happen in any exercise: what a wrong result is, compared with the right one.

A slip is named only where all results show it; its sentence states a fact about them, never a guess at the code.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy

from grader.diagnosis.misconception import Misconception
from grader.diagnosis.nearness import ATOL, HALF, RTOL
from grader.sandbox.wire import Numbers

_MOST_NUMBERS = 100_000


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


Kind = Callable[[Sequence[Seen], Sequence[str]], Slip | None]


def close(a: Any, b: Any) -> bool:
    """Equal in shape and, within rounding, in numbers."""
    half = HALF if numpy.asarray(a).dtype == numpy.float16 else 0
    a, b = numpy.asarray(a, float), numpy.asarray(b, float)
    if a.shape != b.shape:
        return False
    atol = min(ATOL, 1e-3 * max(abs(a).max(initial=0), abs(b).max(initial=0)))
    return numpy.allclose(a, b, rtol=max(RTOL, half), atol=max(atol, half))


def find(seen: Sequence[Seen], names: Sequence[str] = ()) -> Slip | None:
    """The one slip that explains all results; None where none does, or more than one. `names` are the arguments'."""
    return _only(_KINDS, seen, names)


def beside_another(seen: Sequence[Seen], names: Sequence[str] = ()) -> Slip | None:
    """The same where a misconception's results stand in `want`: among the few slips that go well with any."""
    found = _only((_negated, _transposed, _factor), seen, names)
    return found if found is not None and found.sure else None


def _only(kinds: Sequence[Kind], seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    # What comes back may be of any size: an explanation is not worth much time.
    if any(one.got.size > _MOST_NUMBERS for one in seen):
        return None
    if not all(numpy.isfinite(one.got).all() and numpy.isfinite(one.want).all() for one in seen):
        return None
    found = [slip for kind in kinds if (slip := kind(seen, names)) is not None]
    return found[0] if len(found) == 1 else None


# -- the same numbers, elsewhere


def _every(seen: Sequence[Seen], change: Callable[[Numbers], Any], least: int = 2) -> bool:
    """Whether each result is the right one after this change, the change shows, and `least` numbers say so."""
    try:
        changed = [numpy.asarray(change(one.want)) for one in seen]
    except (ValueError, IndexError):
        return False
    shows = any(not close(new, one.want) for new, one in zip(changed, seen, strict=True))
    return shows and _distinct(seen) >= least and all(close(o.got, new) for o, new in zip(seen, changed, strict=True))


def _distinct(seen: Sequence[Seen]) -> int:
    """How many different numbers, 0 apart, the right results hold: how much a match with them says."""
    values = numpy.concatenate([numpy.ravel(one.want).astype(float) for one in seen])
    return len(set(numpy.round(values[numpy.abs(values) > ATOL], 5).tolist()))


def _lines(seen: Sequence[Seen], axis: int) -> str:
    """What lies along that axis, or nothing where some result has no such axis."""
    if any(one.want.ndim <= axis or one.got.shape != one.want.shape for one in seen):
        return ""
    return "values" if all(one.want.ndim == 1 for one in seen) else ("rows", "columns", "layers")[axis]


def _negated(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if not _every(seen, numpy.negative):
        return None
    return Slip("negated", "the sign is turned around: every value is minus what it should be",
                "Look for a minus that is missing, or one too many.")  # fmt: skip


def _transposed(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if not _every(seen, numpy.transpose) or all(min(one.want.shape, default=0) < 2 for one in seen):
        return None
    return Slip("transposed", "the result is transposed: its rows stand where its columns belong",
                "Look for a .T, or for two axes or indices that have changed places.")  # fmt: skip


def _reversed(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    for axis in (0, 1):
        if (what := _lines(seen, axis)) and _every(seen, functools.partial(numpy.flip, axis=axis), 3):
            return Slip("reversed", f"the right {what} come in the opposite order",
                        "Look for [::-1], or for a loop that runs backwards.")  # fmt: skip
    return None


def _permuted(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if _distinct(seen) < 4 or _reversed(seen, names):
        return None
    for axis in (0, 1):
        what = _lines(seen, axis)
        if what and all(close(_in_order(one.got, axis), _in_order(one.want, axis)) for one in seen):
            return Slip("permuted", f"the right {what} come in another order",
                        "Look for a sort, a shuffle, or an index that is not the row's own.")  # fmt: skip
    return None


def _in_order(array: Numbers, axis: int) -> Numbers:
    """Its rows, or columns, in an order that depends on their numbers alone."""
    lines = numpy.moveaxis(array.astype(float), axis, 0).reshape(array.shape[axis], -1)
    ordered: Numbers = lines[numpy.lexsort(numpy.round(lines.T, 3))]
    return ordered


# -- the same numbers, in another shape


def _other_axes(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if any(one.got.shape == one.want.shape or not close(one.got.ravel(), one.want.ravel()) for one in seen):
        return None
    hint = "Look at keepdims, reshape, expand_dims, and indices such as [:, None]."
    if all(_without_ones(one.got) == _without_ones(one.want) for one in seen):
        if all(one.got.ndim > one.want.ndim for one in seen):
            return Slip("extra_axis", "the right numbers have an axis of length 1 too many", hint)
        if all(one.got.ndim < one.want.ndim for one in seen):
            return Slip("missing_axis", "the right numbers lack an axis of length 1", hint)
    if all(one.got.ndim == 1 for one in seen):
        return Slip("flattened", "the right numbers stand in one long row", hint)
    return Slip("other_shape", "the right numbers stand in another shape", hint)


def _without_ones(array: Numbers) -> tuple[int, ...]:
    return tuple(length for length in array.shape if length != 1)


def _spread(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    for one in seen:
        n, right = one.want.size, one.want.ravel()
        if one.want.shape not in ((n,), (n, 1)) or one.got.shape != (n, n):
            return None
        if not close(numpy.diagonal(one.got), right) or (n > 1 and close(one.got, numpy.diag(right))):
            return None
    if all(one.want.size < 2 for one in seen):
        return None
    sentence = "each example meets every other: the result is a table, with the right values on its diagonal"
    return Slip("spread", sentence,
                "A column (n, 1) and a vector (n,) spread to (n, n). Give both the same shape first.")  # fmt: skip


def _reduced(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if any(one.want.size < 2 for one in seen) or len({round(float(n), 5) for one in seen for n in one.got.ravel()}) < 2:
        return None
    found = []
    for name, done, reduce in (("summed", "added up", numpy.sum), ("averaged", "averaged", numpy.mean)):
        for axis in (None, 0, 1) if all(one.want.ndim == 2 for one in seen) else (None,):
            if all(alike(one.got, reduce(one.want, axis=axis)) for one in seen):
                sentence = f"the right values are {done}, where each of them is asked for"
                found.append(Slip(name, sentence, f"Leave the last {name.replace('summed', 'sum')[:3]} out."))
    return found[0] if len(found) == 1 else None


def alike(got: Numbers, value: Any) -> bool:
    """Whether the numbers are the same, whatever axes of length 1 there are."""
    value = numpy.asarray(value)
    return _without_ones(got) == _without_ones(value) and close(got.ravel(), value.ravel())


# -- other numbers

_CONSTANTS = {
    "2": 2.0, "3": 3.0, "4": 4.0, "10": 10.0, "100": 100.0, "255": 255.0, "256": 256.0, "ln 2": float(numpy.log(2)),
    "ln 10": float(numpy.log(10)),
}  # fmt: skip
_LOGARITHMS = {"ln 2": ", as of a logarithm with base 2", "ln 10": ", as of a logarithm with base 10"}


def _factor(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Every value multiplied by one number, or by one of the call's own figures."""
    ratios = [_ratio(one) for one in seen]
    known = [ratio for ratio in ratios if ratio is not None]
    if _distinct(seen) < 3 or not known or not all(map(numpy.isfinite, known)):
        return None
    if all(_nearly(abs(ratio), 1) for ratio in known):
        return None
    one_number = all(_nearly(ratio, known[0]) for ratio in known)
    sign = "" if known[0] > 0 else ", and its sign is turned around"
    fact = f"Every value is {known[0]:.4g} times what it should be." if one_number else ""
    hint = "Look for a factor, a sum or a mean that is missing, or is one too many."
    meaning = _figure(seen, ratios, names) or (_constant(abs(known[0])) if one_number else "")
    if meaning:
        return Slip("constant_factor", f"every value is {meaning}{sign}", hint, fact=fact)
    if one_number:
        sentence = f"every value is multiplied by the same number{sign}"
        return Slip("constant_factor", sentence, hint, fact=fact, sure=False)
    return None


def _nearly(a: float, b: float) -> bool:
    return bool(numpy.isclose(a, b, rtol=5 * RTOL, atol=0))


def _ratio(one: Seen) -> float | None:
    """What the right result is multiplied by: nan if there is no such number, None if any would do."""
    got, want = numpy.asarray(one.got, float), numpy.asarray(one.want, float)
    if got.shape != want.shape:
        return numpy.nan
    clear = numpy.abs(want) > 100 * ATOL
    if not clear.any():
        return None if close(got, want) else numpy.nan
    ratio = float(numpy.median(got[clear] / want[clear]))
    fits = abs(ratio) > 1e-6 and numpy.allclose(got, ratio * want, rtol=RTOL, atol=ATOL * max(1.0, abs(ratio)))
    return ratio if fits else numpy.nan


def _figure(seen: Sequence[Seen], ratios: Sequence[float | None], names: Sequence[str]) -> str:
    """The figure of the call that all ratios are, or are one over; nothing where none is, or more than one."""
    figures = [_figures(one.args, names) for one in seen]
    found = []
    for name in figures[0]:
        values = [of.get(name, numpy.nan) for of in figures]
        pairs = [(abs(r), v) for r, v in zip(ratios, values, strict=True) if r is not None]
        if all(_nearly(r, v) for r, v in pairs):
            found.append(f"multiplied by {name}")
        elif all(_nearly(r, 1 / v) for r, v in pairs if v):
            found.append(f"divided by {name}")
    shown = {abs(r) for r in ratios if r is not None}
    if len(shown) == 1 and shown & {2.0, 0.5}:
        return ""  # a plain 2 explains itself
    return found[0] if len(found) == 1 else ""


def _figures(args: tuple[Any, ...], names: Sequence[str]) -> dict[str, float]:
    """Numbers that a factor may come from, by what they are."""
    found: dict[str, float] = {}
    if args and isinstance(args[0], numpy.ndarray) and args[0].ndim:
        shape = args[0].shape
        found["the number of rows" if len(shape) > 1 else "the number of values"] = shape[0]
        if len(shape) > 1:
            found |= {"the number of columns": shape[1], "the number of entries": args[0].size}
    for name, arg in zip(names, args, strict=False):
        if isinstance(arg, (int, float)) and not isinstance(arg, bool) and arg > 0:
            found[name] = arg
    return found


def _constant(ratio: float) -> str:
    for name, value in _CONSTANTS.items():
        if _nearly(ratio, value):
            return f"multiplied by {name}"
        if _nearly(ratio, 1 / value):
            return f"divided by {name}{_LOGARITHMS.get(name, '')}"
    return ""


def _offset(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if any(one.got.shape != one.want.shape for one in seen) or _distinct(seen) < 3:
        return None
    more = numpy.concatenate([(numpy.asarray(one.got, float) - one.want).ravel() for one in seen])
    size = abs(float(numpy.median(more)))
    if not 100 * ATOL <= size < 1e9 or not numpy.allclose(more, more[0], rtol=RTOL, atol=ATOL):
        return None
    number = f"{size:.0f}" if _nearly(size, round(size)) else "the same number"
    done = f"{number} is added to" if more[0] > 0 else f"{number} is taken away from"
    fact = f"Every value is {size:.4g} too {'large' if more[0] > 0 else 'small'}."
    return Slip("constant_offset", f"{done} every value", "Look for a + or - that has nothing to do there.", fact=fact)


def _whole_numbers(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    integers = all(one.got.dtype.kind in "iu" for one in seen)
    several = len({value for one in seen for value in numpy.ravel(one.got).tolist()}) > 2
    if not (integers or several) or not any(_every(seen, to, 3) for to in (numpy.trunc, numpy.floor, numpy.rint)):
        return None
    return Slip("whole_numbers", "the decimals are lost: every value is a whole number",
                "Look for // or an integer dtype: from integers MXNet computes integers.")  # fmt: skip


def _rounded(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    for decimals in range(1, 5):
        pairs = [(numpy.asarray(one.got, float), numpy.round(one.want, decimals)) for one in seen]
        # Nearer than `close` asks for: four decimals would be near enough to anything.
        if all(a.shape == b.shape and numpy.allclose(a, b, rtol=2e-7, atol=1e-7) for a, b in pairs):
            places = f"{decimals} decimals" if decimals > 1 else "one decimal"
            if _distinct(seen) < 3 or not any(one.got.any() for one in seen):
                return None
            return Slip("rounded", f"the right values are rounded to {places}",
                        "Round what you print, not what you return.")  # fmt: skip
    return None


def _half_precision(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    given = any(isinstance(arg, numpy.ndarray) and arg.dtype == numpy.float16 for one in seen for arg in one.args)
    if given or _distinct(seen) < 2 or any(one.got.dtype != numpy.float16 for one in seen):
        return None
    if not all(o.got.shape == o.want.shape and numpy.allclose(o.got, o.want, rtol=HALF, atol=HALF) for o in seen):
        return None
    return Slip("half_precision", "the result is computed in float16, which holds three digits",
                "Leave the arrays in float32.")  # fmt: skip


# -- another variable

_OF_AN_ARGUMENT: tuple[tuple[str, Callable[[Numbers], Any]], ...] = (
    ("the argument {}, as it was", lambda a: a), ("exp({})", numpy.exp), ("log({})", numpy.log),
    ("-log({})", lambda a: -numpy.log(a)), ("{} ** 2", numpy.square), ("1 - {}", lambda a: 1 - a),
    ("the sum of each row of {}", lambda a: a.sum(axis=1)), ("the sum of each column of {}", lambda a: a.sum(axis=0)),
    ("the largest value of each row of {}", lambda a: a.max(axis=1)),
    ("the place of the largest value of each row of {}", lambda a: a.argmax(axis=1)),
    ("{} minus the largest value of its row", lambda a: a - a.max(axis=1, keepdims=True)),
)  # fmt: skip


def _another_variable(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if len({round(value, 5) for one in seen for value in numpy.ravel(one.got).astype(float).tolist()}) < 3:
        return None
    found = []
    for place, name in enumerate(names):
        arrays = [one.args[place] if place < len(one.args) else None for one in seen]
        if not all(isinstance(array, numpy.ndarray) and array.ndim for array in arrays):
            continue
        found += [what.format(name) for what, function in _OF_AN_ARGUMENT if _gives(function, arrays, seen)]
    if len(found) != 1:
        return None
    return Slip("another_variable", f"the result is simply {found[0]}",
                "Which variable holds the result in the end, and is it that one which comes out?")  # fmt: skip


def _gives(function: Callable[[Numbers], Any], arrays: Sequence[Any], seen: Sequence[Seen]) -> bool:
    try:
        with numpy.errstate(all="ignore"):
            values = [function(numpy.asarray(array, float)) for array in arrays]
    except (ValueError, IndexError):
        return False
    return all(alike(one.got, value) for one, value in zip(seen, values, strict=True))


_KINDS = (
    _negated, _transposed, _reversed, _permuted, _other_axes, _spread, _reduced, _factor, _offset, _whole_numbers,
    _rounded, _half_precision, _another_variable,
)  # fmt: skip
