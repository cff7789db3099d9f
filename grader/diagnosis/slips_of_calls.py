"""Slips that show in several calls together: a result that is remembered, an argument that does not count."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy

from grader.diagnosis.comparing import Kind, Seen, Slip, close, same_shapes, telling, wrong_entries
from grader.diagnosis.nearness import ATOL, RTOL
from grader.sandbox.wire import Numbers

# How many numbers that are alike by no chance make two results one.
_ENOUGH = 3
_NO_MEMORY = "A result is to depend on the arguments of this call alone: look for what lives outside the function."
# A value that is so many times as large as its error is nearly right.
_NEARLY = 100


def same_again(seen: Sequence[Seen], earlier: Sequence[Seen]) -> Slip | None:
    """Every wrong result is one that came before, for other arguments."""
    every = [*earlier, *seen]
    first = len(earlier)
    repeated, sources, wrong = set(), set(), set()
    for number, one in enumerate(every[first:], first):
        if one.got.shape == one.want.shape and not wrong_entries(one).any():
            continue
        wrong.add(number)
        source = next((n for n, other in enumerate(every[:number]) if _again(one, other)), None)
        if source is not None:
            repeated.add(number)
            sources.add(source)
    if not repeated or wrong - repeated - sources:
        return None
    # Zeros come up anyway, and one number that does may be chance.
    told = [telling(every[number].got) for number in repeated]
    if not any(told) or (sum(told) < _ENOUGH and len(told) < 2):
        return None
    if all(close(every[n].got, every[n].want) for n in sources - wrong) and sources - wrong:
        return Slip("remembered_result", "the result of an earlier call comes back, although the arguments are others",
                    _NO_MEMORY)  # fmt: skip
    if all(numpy.array_equal(one.got, seen[0].got) for one in seen):
        return Slip("same_result_always", "the same result comes back, whatever the arguments are",
                    "Which of the names in the function are its arguments, and which come from elsewhere?")  # fmt: skip
    return None


def _again(one: Seen, other: Seen) -> bool:
    """Whether this is the other's result, or the one that it should have had, where the first argument is another."""
    if close(one.want, other.want) or (one.args and other.args and _equal(one.args[0], other.args[0])):
        return False
    return numpy.array_equal(one.got, other.got) or close(one.got, other.want)


def _ignored_argument(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Where one argument alone is another, the result stays the same."""
    ignored = set()
    for number, one in enumerate(seen):
        for other in seen[:number]:
            others = [place for place, pair in enumerate(zip(one.args, other.args, strict=False)) if not _equal(*pair)]
            if len(others) != 1 or close(one.want, other.want):
                continue
            if not close(one.got, other.got):
                return None
            if telling(one.got):
                ignored.add(others[0])
    if len(ignored) != 1 or (place := ignored.pop()) >= len(names) or all(close(s.got, s.want) for s in seen):
        return None
    return Slip("ignored_argument", f"{names[place]} does not count: with another {names[place]} the result stays the "
                "same", f"Where does the function use {names[place]}, and is it the argument, or a variable of that "
                "name from elsewhere?")  # fmt: skip


def _equal(a: Any, b: Any) -> bool:
    if isinstance(a, numpy.ndarray) or isinstance(b, numpy.ndarray):
        return numpy.array_equal(a, b)
    if isinstance(a, list | tuple) and isinstance(b, list | tuple):
        return len(a) == len(b) and all(map(_equal, a, b))
    if dataclasses.is_dataclass(a) and type(a) is type(b):  # its own == fails where it holds arrays
        return all(_equal(getattr(a, field.name), getattr(b, field.name)) for field in dataclasses.fields(a))
    return type(a) is type(b) and bool(a == b)


KINDS: tuple[Kind, ...] = (_ignored_argument,)


# -- what is left to say where nothing more precise can be said

# A factor or an offset has to stand out from what is granted for it.
_GRANTED, _CLEAR = 3, 200


def _offset_of_call(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """All values of a call are too large by one number, which is another in each call."""
    if not same_shapes(seen) or sum(one.want.size > 1 for one in seen) < 2:
        return None
    offsets = []
    for one in seen:
        more = (numpy.asarray(one.got, float) - one.want).ravel()
        if not numpy.allclose(more, more[0], rtol=_GRANTED * RTOL, atol=_GRANTED * ATOL):
            return None
        offsets.append(float(more[0]))
    if max(map(abs, offsets)) < _CLEAR * ATOL:
        return None
    sentence = "all values of a call are off by the same number, which is another one in each call"
    return Slip("offset_of_call", sentence,
                "Look for what is added or taken away, and for sums that go on from one call to the next.",
                sure=False)  # fmt: skip


def _factor_of_call(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """All values of a call are multiplied by one number, which is another in each call."""
    if not same_shapes(seen) or sum(one.want.size > 1 for one in seen) < 2:
        return None
    if not _multiples([(one.got.reshape(1, -1), one.want.reshape(1, -1)) for one in seen]):
        return None
    sentence = "all values of a call are multiplied by the same number, which is another one in each call"
    hint = "Look for a sum, a mean or a size that comes in, or is left out."
    return Slip("factor_of_call", sentence, hint, sure=False)


def _scaled_lines(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Within each row, or each column, the values are in the right proportions; the whole of it is not right."""
    if not same_shapes(seen) or any(one.want.ndim != 2 for one in seen):
        return None
    of = {"row": [(one.got, one.want) for one in seen], "column": [(one.got.T, one.want.T) for one in seen]}
    found = [what for what, pairs in of.items() if any(w.shape[1] > 2 for _, w in pairs) and _multiples(pairs)]
    if len(found) != 1:
        return None
    what = found[0]
    sentence = f"the values of each {what} are in the right proportion, but all too large, or all too small"
    return Slip(f"{what}s_scaled", sentence, f"Look at what each {what} is divided by, or multiplied by.", sure=False)


def _multiples(pairs: Sequence[tuple[Numbers, Numbers]]) -> bool:
    """Whether each row of what came is a multiple of the right one, and some clearly another than 1."""
    clear = False
    for got, want in ((numpy.asarray(got, float), numpy.asarray(want, float)) for got, want in pairs):
        size = (want**2).sum(axis=1, keepdims=True)
        if want.shape[1] < 2 or not size.all():
            return False
        ratios = (got * want).sum(axis=1, keepdims=True) / size
        error = numpy.abs(got - ratios * want).max(axis=1)
        if not ratios.all() or (error > _GRANTED * (ATOL + RTOL * numpy.abs(got).max(axis=1))).any():
            return False
        clear = clear or bool((numpy.abs(ratios - 1) > _CLEAR * RTOL).any())
    return clear


def _nearly_right(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Every value is right to a part in a hundred of itself, or in a thousand of what is usual."""
    if not same_shapes(seen) or not any(one.want.size > 1 for one in seen):
        return None
    worst = 0.0
    for one in seen:
        got, want = numpy.asarray(one.got, float), numpy.asarray(one.want, float)
        usual = float(numpy.median(numpy.abs(want[want != 0]))) if want.any() else 1.0
        error = numpy.abs(got - want)
        if (error > (numpy.abs(want) + 0.1 * usual) / _NEARLY).any():
            return None
        worst = max(worst, float((error / (numpy.abs(want) + usual)).max(initial=0)))
    if worst < RTOL or any(one.got.dtype == numpy.float16 for one in seen):
        return None
    hint = "Look for rounding, for float16, and for a small number that is added somewhere."
    return Slip("nearly_right", "every value is nearly right: what is off is less than a hundredth", hint, sure=False)


BROAD: tuple[Kind, ...] = (_offset_of_call, _factor_of_call, _scaled_lines, _nearly_right)
