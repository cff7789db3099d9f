"""Slips by which every value is another: multiplied, shifted, rounded, cut off, or put through one function more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy

from grader.diagnosis.comparing import Kind, Seen, Slip, alike, distinct, every, nearly, same_shapes
from grader.diagnosis.nearness import ATOL, HALF, RTOL
from grader.sandbox.wire import Numbers

_CONSTANTS = {
    "2": 2.0, "3": 3.0, "4": 4.0, "10": 10.0, "100": 100.0, "255": 255.0, "256": 256.0, "ln 2": float(numpy.log(2)),
    "ln 10": float(numpy.log(10)),
}  # fmt: skip
_LOGARITHMS = {"ln 2": ", as of a logarithm with base 2", "ln 10": ", as of a logarithm with base 10"}


def factor(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Every value multiplied by one number, or by one of the call's own figures."""
    ratios = [_ratio(one) for one in seen]
    known = [ratio for ratio in ratios if ratio is not None]
    if distinct(seen) < 3 or not known or not all(map(numpy.isfinite, known)):
        return None
    if all(nearly(abs(ratio), 1) for ratio in known):
        return None
    one_number = all(nearly(ratio, known[0]) for ratio in known)
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


def _ratio(one: Seen) -> float | None:
    """What the right result is multiplied by: nan if there is no such number, None if any would do."""
    got, want = numpy.asarray(one.got, float), numpy.asarray(one.want, float)
    if got.shape != want.shape:
        return numpy.nan
    clear = numpy.abs(want) > 100 * ATOL
    if not clear.any():
        return None if numpy.allclose(got, want, rtol=RTOL, atol=ATOL) else numpy.nan
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
        if all(nearly(r, v) for r, v in pairs):
            found.append(f"multiplied by {name}")
        elif all(nearly(r, 1 / v) for r, v in pairs if v):
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
    roots = {f"the root of {name}": value**0.5 for name, value in found.items()}
    return found | roots | {f"the logarithm of {name}": float(numpy.log(value)) for name, value in found.items()}


def _constant(ratio: float) -> str:
    for name, value in _CONSTANTS.items():
        if nearly(ratio, value):
            return f"multiplied by {name}"
        if nearly(ratio, 1 / value):
            return f"divided by {name}{_LOGARITHMS.get(name, '')}"
    return ""


def _offset(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if not same_shapes(seen) or distinct(seen) < 3:
        return None
    more = numpy.concatenate([(numpy.asarray(one.got, float) - one.want).ravel() for one in seen])
    size = abs(float(numpy.median(more)))
    if not 100 * ATOL <= size < 1e9 or not numpy.allclose(more, more[0], rtol=RTOL, atol=ATOL):
        return None
    number = f"{size:.0f}" if nearly(size, round(size)) else "the same number"
    done = f"{number} is added to" if more[0] > 0 else f"{number} is taken away from"
    fact = f"Every value is {size:.4g} too {'large' if more[0] > 0 else 'small'}."
    return Slip("constant_offset", f"{done} every value", "Look for a + or - that has nothing to do there.", fact=fact)


# -- digits that are lost


def _whole_numbers(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    integers = all(one.got.dtype.kind in "iu" for one in seen)
    several = len({value for one in seen for value in numpy.ravel(one.got).tolist()}) > 2
    whole = all(numpy.array_equal(one.got, numpy.rint(one.got)) for one in seen)
    if (
        not whole
        or not (integers or several)
        or not any(every(seen, to, 3) for to in (numpy.trunc, numpy.floor, numpy.rint))
    ):
        return None
    return Slip("whole_numbers", "the decimals are lost: every value is a whole number",
                "Look for // or an integer dtype: from integers MXNet computes integers.")  # fmt: skip


def _rounded(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if not same_shapes(seen) or distinct(seen) < 3 or not any(one.got.any() for one in seen):
        return None
    for decimals in range(1, 5):
        if all(_is_rounded(one, decimals) for one in seen):
            places = f"{decimals} decimals" if decimals > 1 else "one decimal"
            return Slip("rounded", f"the right values are rounded to {places}",
                        "Round what you print, not what you return.")  # fmt: skip
    return None


def _is_rounded(one: Seen, decimals: int) -> bool:
    """Whether the numbers have so many decimals, and are the nearest such; of two that are as near, either."""
    got = numpy.asarray(one.got, float)
    # Nearer than `close` asks for: four decimals would be near enough to anything.
    if not numpy.allclose(got, numpy.round(got, decimals), rtol=2e-7, atol=1e-7):
        return False
    return bool((numpy.abs(got - one.want) <= 0.51 * 10.0**-decimals + 1e-6 * numpy.abs(one.want)).all())


def _half_precision(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """The result is in float16, or holds nothing but numbers that float16 has, few of 10,000 in float32."""
    given = any(isinstance(arg, numpy.ndarray) and arg.dtype == numpy.float16 for one in seen for arg in one.args)
    if given or distinct(seen) < 2 or not same_shapes(seen):
        return None
    if not all(numpy.allclose(numpy.asarray(o.got, float), o.want, rtol=2 * HALF, atol=HALF) for o in seen):
        return None
    telling = [one for one in seen if not _fits_half(one.want)]
    if all(one.got.dtype == numpy.float16 for one in seen):
        sentence = "the result is computed in float16, which holds three digits"
    elif telling and distinct(telling) > 3 and all(_fits_half(one.got) for one in seen):
        sentence = "the values have been through float16, which holds three digits"
    else:
        return None
    return Slip("half_precision", sentence, "Leave the arrays in float32.")


def _fits_half(array: Numbers) -> bool:
    """Whether float16 has these numbers; few in float32 are among those."""
    with numpy.errstate(over="ignore"):
        return bool(numpy.array_equal(array, array.astype(numpy.float16).astype(array.dtype)))


# -- values that are cut off


def _cut_off(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Values beyond a bound, one above or one below or both, are replaced by the bound, and the others are right."""
    if not same_shapes(seen) or any(one.got.dtype == numpy.float16 for one in seen):
        return None
    got, want, wrong = _together(seen)
    below, above = wrong & (got > want), wrong & (got < want)
    if not wrong.any() or (below | above).sum() < wrong.sum():
        return None
    bounds = []
    for beyond, is_low in ((below, True), (above, False)):
        if not beyond.any():
            continue
        bound = float(numpy.median(got[beyond]))
        kept = want[~beyond]
        others_within = kept.size and ((kept >= bound - ATOL) if is_low else (kept <= bound + ATOL)).all()
        several = len(set(numpy.round(want[beyond], 5))) > 1
        if not numpy.allclose(got[beyond], bound, rtol=RTOL, atol=1e-9) or not several or not others_within:
            return None
        bounds.append(f"none is {'smaller' if is_low else 'larger'} than {bound:.4g}")
    if len(bounds) == 2 and not (want[~wrong]).any():
        return None  # all of them are one number: nothing is left that is within bounds
    return Slip("cut_off", f"values are cut off: {' and '.join(bounds)}",
                "Look for a clip, a maximum or a minimum: which numbers did it want to keep away?")  # fmt: skip


def _small_values_lost(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Values that are nearer to 0 than the others are 0."""
    if not same_shapes(seen) or any(one.got.dtype == numpy.float16 for one in seen):
        return None
    got, want, wrong = _together(seen)
    lost, kept = numpy.abs(want[wrong]), numpy.abs(want[~wrong & (got != 0)])
    if len(set(numpy.round(lost, 7))) < 2 or kept.size < 2 or got[wrong].any() or lost.max() >= kept.min():
        return None
    return Slip("small_values_lost", f"values near 0 become 0, such as {lost.max():.1g}, while larger ones are right",
                "Small values are values too: look for a comparison, or for rounding.")  # fmt: skip


def _together(seen: Sequence[Seen]) -> tuple[Numbers, Numbers, Numbers]:
    """All that came, all that should have, and which of it is wrong."""
    flat = [numpy.asarray(one.got, float).ravel() for one in seen]
    want = [numpy.asarray(one.want, float).ravel() for one in seen]
    # Values near 0 are compared in proportion: they are what may have been cut off.
    wrong = [~numpy.isclose(a, b, rtol=10 * RTOL, atol=1e-9) for a, b in zip(flat, want, strict=True)]
    return numpy.concatenate(flat), numpy.concatenate(want), numpy.concatenate(wrong)


# -- one function more, or none


_ONE_MORE: tuple[tuple[str, Callable[[Numbers], Any]], ...] = (
    ("squared", numpy.square), ("put through a square root", numpy.sqrt), ("put through exp", numpy.exp),
    ("put through exp, with a minus before", lambda a: numpy.exp(-a)), ("put through a logarithm", numpy.log),
    ("put through a logarithm, and a minus", lambda a: -numpy.log(a)), ("turned upside down, 1 / x", lambda a: 1 / a),
    ("taken away from 1", lambda a: 1 - a),
)  # fmt: skip


def _one_function_more(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    with numpy.errstate(all="ignore"):
        found = [done for done, function in _ONE_MORE if every(seen, function, 3)]
    if len(found) != 1:
        return None
    return Slip("one_function_more", f"the right values are {found[0]}", "Compare the last step with the formula.")


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
    if all(alike(one.want, value) for one, value in zip(seen, values, strict=True)):
        return False  # that is what is asked for
    return all(alike(one.got, value) for one, value in zip(seen, values, strict=True))


# Of a gradient that is 0 somewhere others tell.
OF_GRADIENTS: tuple[Kind, ...] = (factor, _offset, _whole_numbers, _rounded, _half_precision, _another_variable)
# What is seen in results that are right otherwise.
IN_SMALL_DIGITS: tuple[Kind, ...] = (_rounded, _half_precision, _cut_off, _small_values_lost)
KINDS: tuple[Kind, ...] = (*OF_GRADIENTS, _cut_off, _small_values_lost, _one_function_more)
