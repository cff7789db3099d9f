"""Slips by which the right numbers stand elsewhere, or have another shape."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy

from grader.diagnosis.comparing import (
    Kind,
    Seen,
    Slip,
    alike,
    axes_of,
    close,
    distinct,
    every,
    same_shapes,
    telling,
    without_ones,
)
from grader.sandbox.wire import Numbers

# -- the same numbers, elsewhere


def negated(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if not every(seen, numpy.negative):
        return None
    return Slip("negated", "the sign is turned around: every value is minus what it should be",
                "Look for a minus that is missing, or one too many.")  # fmt: skip


def transposed(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if not every(seen, numpy.transpose) or all(min(one.want.shape, default=0) < 2 for one in seen):
        return None
    return Slip("transposed", "the result is transposed: its rows stand where its columns belong",
                "Look for a .T, or for two axes or indices that have changed places.")  # fmt: skip


def _reversed(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    for axis, what in axes_of(seen):
        if every(seen, functools.partial(numpy.flip, axis=axis), 3):
            return Slip("reversed", f"the right {what} come in the opposite order",
                        "Look for [::-1], or for a loop that runs backwards.")  # fmt: skip
    return None


def _permuted(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    if distinct(seen) < 4 or _reversed(seen, names):
        return None
    for axis, what in axes_of(seen):
        if all(close(_in_order(one.got, axis), _in_order(one.want, axis)) for one in seen):
            return Slip("permuted", f"the right {what} come in another order",
                        "Look for a sort, a shuffle, or an index that is not the row's own.")  # fmt: skip
    return None


def _in_order(array: Numbers, axis: int) -> Numbers:
    """Its rows, or columns, in an order that depends on their numbers alone."""
    lines = numpy.moveaxis(array.astype(float), axis, 0).reshape(array.shape[axis], -1)
    ordered: Numbers = lines[numpy.lexsort(numpy.round(lines.T, 3))]
    return ordered


def _one_for_all(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """The right result of one row, or column, in the place of all."""
    for axis, what in axes_of(seen):
        for place, which in ((0, "first"), (-1, "last")):
            if every(seen, functools.partial(_one_repeated, axis=axis, place=place), 3):
                sentence = f"the result of the {which} {what[:-1]} stands in the place of all {what}"
                return Slip("one_for_all", sentence, "Look for an index that is always the same, and for what is "
                            "computed before a loop instead of inside it.")  # fmt: skip
    return None


def _one_repeated(want: Numbers, axis: int, place: int) -> Numbers:
    """An array in which one row, or column, stands for all."""
    repeated: Numbers = numpy.repeat(numpy.take(want, [place], axis), want.shape[axis], axis)
    return repeated


# -- the same numbers, in another shape


def _other_axes(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    other = [one for one in seen if one.got.shape != one.want.shape]
    if not other or any(not close(one.got.ravel(), one.want.ravel()) for one in seen):
        return None
    hint = "Look at keepdims, reshape, expand_dims, and indices such as [:, None]."
    if all(without_ones(one.got) == without_ones(one.want) for one in other):
        if all(one.got.ndim > one.want.ndim for one in other):
            return Slip("extra_axis", "the right numbers have an axis of length 1 too many", hint)
        if all(one.got.ndim < one.want.ndim for one in other):
            return Slip("missing_axis", "the right numbers lack an axis of length 1", hint)
    if all(one.got.ndim == 1 for one in other):
        return Slip("flattened", "the right numbers stand in one long row", hint)
    return Slip("other_shape", "the right numbers stand in another shape", hint)


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


def _lines_missing(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Right rows come, but not all of them."""
    if same_shapes(seen) or any(one.want.ndim != one.got.ndim or one.want.ndim == 0 for one in seen):
        return None
    short = [one for one in seen if one.got.shape != one.want.shape]
    if any(not close(one.got, one.want) for one in seen if one.got.shape == one.want.shape):
        return None
    if sum(telling(one.got) for one in short) < 3:
        return None
    fewest = min(len(one.got) for one in short)
    ways = (
        ("the first is missing", slice(1, None)), ("the last is missing", slice(-1)),
        (f"only the first {fewest} come back", slice(fewest)), ("only every other comes back", slice(None, None, 2)),
    )  # fmt: skip
    found = [way for way, part in ways if all(close(one.got, one.want[part]) for one in short)]
    if not found:
        return None
    what = "values" if all(one.want.ndim == 1 for one in seen) else "rows"
    return Slip("lines_missing", f"not all {what} come back: {found[0]}",
                "Look at where a loop or a slice begins and ends, and at numbers that are written down where they "
                "could be read from an argument's shape.")  # fmt: skip


def _running_sum(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    for axis, what in axes_of(seen):
        if every(seen, functools.partial(numpy.cumsum, axis=axis), 3):
            return Slip("running_sum", f"each of the {what} has all those before it added to it",
                        "What is added up has to be set back to 0 for each of them.")  # fmt: skip
    return None


KINDS: tuple[Kind, ...] = (
    negated, transposed, _reversed, _permuted, _one_for_all, _other_axes, _spread, _reduced, _lines_missing,
    _running_sum,
)  # fmt: skip
