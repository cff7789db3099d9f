"""Slips by which a part of the result is wrong and the rest is right: some rows, one class, inputs of some sizes."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy

from grader.diagnosis.comparing import (
    Kind,
    Seen,
    Slip,
    along,
    axes_of,
    lines_along,
    ordinal,
    same_shapes,
    wrong_entries,
)
from grader.sandbox.wire import Numbers

# Rows that are wrong for a reason of their own, such as a large number in them, may be the first of each batch by
# chance. What they are is named where that would happen less than once in so many times.
_AGAINST_CHANCE = 200
# Entries below this share of the largest say nothing about whether a result is wrong throughout.
_SMALL = 1e-3
# What is left out, or done, in turns.
_STEPS = (2, 3, 4, 5, 8, 10, 16, 32)
_WHERE_TO_LOOK = (
    "Look at where a loop or a slice begins and ends, and at numbers that are written down where they could be read "
    "from an argument's shape."
)


# -- rows, columns, values


class _Lines(NamedTuple):
    """One result's lines along an axis: which are wrong, what they hold, and what each argument has there."""

    wrong: Numbers
    got: Numbers
    given: list[Numbers | None]


class _Pattern(NamedTuple):
    """Some of the lines: a sentence about them, and which they are among n."""

    name: str
    sentence: str
    places: Callable[[int], list[int]]
    choices: int = 1  # among so many of its kind it was chosen


def _some_lines(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    found = []
    for axis in (0, 1) if same_shapes(seen) else ():
        # What has no such axis is of no account where it is right.
        having = [one for one in seen if one.want.ndim > axis]
        if not having or any(wrong_entries(one).any() for one in seen if one.want.ndim <= axis):
            continue
        what = lines_along(having, axis)
        lines = [_lines(one, axis) for one in having]
        pattern = next((one for one in _patterns(lines, what) if all(_fits(one, each) for each in lines)), None)
        if pattern is not None and _chance(lines) * pattern.choices * _AGAINST_CHANCE < 1:
            found.append(Slip(pattern.name, pattern.sentence, _WHERE_TO_LOOK, fact=_what_they_hold(lines, names)))
    return found[0] if len(found) == 1 else None


def _lines(one: Seen, axis: int) -> _Lines:
    given = [
        along(arg, axis) if isinstance(arg, numpy.ndarray) and arg.shape == one.got.shape else None for arg in one.args
    ]
    return _Lines(along(wrong_entries(one), axis).any(axis=1), along(one.got, axis), given)


def _patterns(lines: Sequence[_Lines], what: str) -> Iterator[_Pattern]:
    one = what[:-1]
    others = "and all others are right"
    yield _Pattern(f"first_{one}_wrong", f"the first {one} is wrong, {others}", lambda n: [0])
    yield _Pattern(f"last_{one}_wrong", f"the last {one} is wrong, {others}", lambda n: [n - 1])
    yield _Pattern(f"only_first_{one}_right", f"only the first {one} is right", lambda n: list(range(1, n)))
    yield _Pattern(f"only_last_{one}_right", f"only the last {one} is right", lambda n: list(range(n - 1)))
    for step in _STEPS:
        which = "every other" if step == 2 else f"every {ordinal(step)}"
        for start in range(step):
            yield _Pattern(f"{which.replace(' ', '_')}_{one}_wrong", f"{which} {one} is wrong, {others}",
                           functools.partial(_every, start, step), step)  # fmt: skip
    starts = {int(numpy.argmax(each.wrong)) for each in lines if each.wrong.any()}
    if len(starts) == 1 and (start := starts.pop()) > 1:
        sentence = f"all {what} from the {ordinal(start + 1)} on are wrong, and the {start} before them are right"
        yield _Pattern(f"{what}_beyond_wrong", sentence, functools.partial(_every, start, 1))


def _every(start: int, step: int, n: int) -> list[int]:
    return list(range(start, n, step))


def _fits(pattern: _Pattern, lines: _Lines) -> bool:
    """Whether these are the wrong ones, where there are several lines."""
    n = len(lines.wrong)
    return n < 2 or numpy.flatnonzero(lines.wrong).tolist() == pattern.places(n)


def _chance(lines: Sequence[_Lines]) -> float:
    """How likely it is that so many lines are just these."""
    return math.prod(1 / math.comb(len(each.wrong), int(each.wrong.sum())) for each in lines)


def _what_they_hold(lines: Sequence[_Lines], names: Sequence[str]) -> str:
    wrong = [each.got[each.wrong] for each in lines]
    if not any(part.any() for part in wrong):
        return "There it holds zeros."
    if all(numpy.isnan(part.astype(float)).all() for part in wrong):
        return "There it holds nan."
    for place, name in enumerate(names):
        given = [each.given[place] if place < len(each.given) else None for each in lines]
        pairs = zip(lines, given, wrong, strict=True)
        if all(there is not None and numpy.allclose(there[each.wrong], part) for each, there, part in pairs):
            return f"There it holds what {name} has."
    if all(len(each.got) > 1 and _repeats(each) for each in lines if each.wrong.any()):
        return "There it holds what stands before."
    return ""


def _repeats(lines: _Lines) -> bool:
    """Whether each wrong line is the same as the one before it."""
    places = numpy.flatnonzero(lines.wrong)
    return bool((places > 0).all()) and numpy.array_equal(lines.got[places], lines.got[places - 1])


# -- labels


def _some_labels(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """The rows of certain labels are wrong, and those of all others are right."""
    if not same_shapes(seen) or any(one.want.ndim < 1 for one in seen):
        return None
    found = []
    for place, name in enumerate(names):
        labels = [_labels(one, place) for one in seen]
        wrong = [along(wrong_entries(one), 0).any(axis=1) for one in seen]
        if any(each is None for each in labels):
            continue
        bad, good = set(), set()
        for each, at in zip(labels, wrong, strict=True):
            bad |= set(each[at].tolist())  # type: ignore[index]
            good |= set(each[~at].tolist())  # type: ignore[index]
        # As many rows of the one as that another reason is unlikely.
        chance = math.prod(1 / math.comb(len(at), int(at.sum())) for at in wrong)
        if not bad or bad & good or chance * _AGAINST_CHANCE > 1:
            continue
        if which := _these_labels(bad, good, name):
            found.append(Slip("some_classes_wrong", f"the rows {which} are wrong, and all others are right",
                              "Look for a number of classes, or a class, that is written down, and for labels that are "
                              "compared with one.", fact=_what_rows_hold(seen, wrong)))  # fmt: skip
    return found[0] if len(found) == 1 else None


def _labels(one: Seen, place: int) -> Numbers | None:
    """The argument at that place, if it holds a small whole number for each row."""
    arg = one.args[place] if place < len(one.args) else None
    if not isinstance(arg, numpy.ndarray) or arg.shape != one.want.shape[:1] or arg.ndim != 1:
        return None
    fits = arg.dtype.kind in "iu" and arg.min(initial=0) >= 0 and arg.max(initial=0) < 1000
    return arg if fits else None


def _these_labels(bad: set[int], good: set[int], name: str) -> str:
    if len(bad) == 1:
        return f"for which {name} is {next(iter(bad))}"
    if max(good) < min(bad):
        return f"for which {name} is {min(bad)} or more"
    if min(good) > max(bad):
        return f"for which {name} is {max(bad)} or less"
    return f"for which {name} is not {next(iter(good))}" if len(good) == 1 else ""


def _what_rows_hold(seen: Sequence[Seen], wrong: Sequence[Numbers]) -> str:
    empty = not any(along(one.got, 0)[at].any() for one, at in zip(seen, wrong, strict=True))
    return "There it holds zeros." if empty else ""


# -- sizes


def some_sizes(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """Results are right for some sizes of an argument, and wrong throughout for others."""
    state = [_state(one) for one in seen]
    if None in state or len(set(state)) < 2:
        return None
    right = [_sizes(one.args, names) for one, fine in zip(seen, state, strict=True) if fine]
    wrong = [_sizes(one.args, names) for one, fine in zip(seen, state, strict=True) if not fine]
    # By the sizes themselves: two arguments that have as many rows as each other say the same.
    by_sizes: dict[str, str] = {}
    for name in right[0]:
        if text := _told_apart(name, right, wrong):
            by_sizes.setdefault(text.replace(name, ""), text)
    found = list(by_sizes.values())
    if len(found) > 1:  # nobody can tell which of them it is
        found = ["for small inputs, and wrong for a large one"] if all("up to" in text for text in found) else []
    if not found or len(right) < 2 or _other_arguments_tell(seen, state):
        return None
    hint = (
        "What happens with more of them? Look at where a loop or a slice ends, and at numbers that are written down "
        "where they could be read from an argument's shape."
    )
    return Slip("right_for_some_sizes", f"the result is right {found[0]}", hint)


def _other_arguments_tell(seen: Sequence[Seen], state: Sequence[bool | None]) -> bool:
    """Whether the wrong results have other numbers among their arguments than all right ones, whatever the sizes."""
    plain = [tuple(arg for arg in one.args if isinstance(arg, int | float | str)) for one in seen]
    right = [args for args, fine in zip(plain, state, strict=True) if fine]
    return any(plain) and not any(args in right for args, fine in zip(plain, state, strict=True) if not fine)


def _state(one: Seen) -> bool | None:
    """True where a result is right, False where it is wrong throughout, None where it is neither."""
    if one.got.shape != one.want.shape:
        return False
    wrong, want = wrong_entries(one), numpy.abs(numpy.asarray(one.want, float))
    if not wrong.any():
        return True
    weighty = want >= _SMALL * want.max(initial=0)
    return False if wrong[weighty].mean() > 0.9 else None


def _sizes(args: tuple[Any, ...], names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, arg in zip(names, args, strict=False):
        if isinstance(arg, numpy.ndarray) and arg.ndim == 2:
            found |= {f"rows of {name}": arg.shape[0], f"columns of {name}": arg.shape[1]}
        elif isinstance(arg, numpy.ndarray) and arg.ndim == 1:
            found[f"values of {name}"] = arg.shape[0]
        elif isinstance(arg, list | tuple):
            found[name] = len(arg)
    return found


def _told_apart(name: str, right: Sequence[dict[str, int]], wrong: Sequence[dict[str, int]]) -> str:
    """In which sizes the right results differ from the wrong ones, if they do."""
    if any(name not in each for each in (*right, *wrong)):
        return ""
    fine, bad = ({each[name] for each in found} for found in (right, wrong))
    if max(fine) < min(bad):
        return f"for up to {max(fine)} {name}, and wrong for {min(bad)}"
    if max(bad) < min(fine):
        return f"for {min(fine)} {name} or more, and wrong for {max(bad)}"
    if len(fine) == 1 and not fine & bad and len(right) > 2:
        return f"for {min(fine)} {name}, and wrong for any other number"
    return ""


# -- gradients


def gradient_stops(seen: Sequence[Seen], names: Sequence[str]) -> Slip | None:
    """The gradient is 0 in some rows, columns or entries, and right in the others; or it is 0 throughout."""
    if not same_shapes(seen) or not all(one.want.ndim for one in seen):
        return None
    wrong = [wrong_entries(one) for one in seen]
    if not any(at.any() for at in wrong) or any(one.got[at].any() for one, at in zip(seen, wrong, strict=True)):
        return None
    others = [~at & (numpy.abs(one.want) > _SMALL) for one, at in zip(seen, wrong, strict=True)]
    if any(at.any() for at in others):
        stops = f"no gradient arrives for {_where_it_stops(seen, wrong)}, while the others get the right one"
    elif not any(one.got.any() for one in seen):
        stops = "no gradient arrives: it is 0 everywhere"
    else:
        return None
    return Slip("gradient_stops", stops,
                "Look for detach(), for what is computed under autograd.pause() or by way of asnumpy(), and for "
                "comparisons, rounding and limits, which pass no gradient on.")  # fmt: skip


def _where_it_stops(seen: Sequence[Seen], wrong: Sequence[Numbers]) -> str:
    for axis, what in axes_of(seen):
        lines = [along(at, axis).any(axis=1) for at in wrong]
        # What is 0 anyway cannot be told from what has stopped.
        whole = all(not along(one.got, axis)[at].any() for one, at in zip(seen, lines, strict=True))
        if not whole or all(at.all() for at in lines):
            continue
        if all(at[0] and at.sum() == 1 for at in lines):
            return f"the first {what[:-1]}"
        if all(at[-1] and at.sum() == 1 for at in lines):
            return f"the last {what[:-1]}"
        return f"some {what}"
    return "some entries"


KINDS: tuple[Kind, ...] = (_some_lines, _some_labels)
