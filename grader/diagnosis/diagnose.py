"""What explains a wrong result: a misconception of the exercise, a slip that can happen anywhere, or one of each."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy

from grader.diagnosis import slips
from grader.diagnosis.misconception import Misconception, Subject
from grader.diagnosis.nearness import ATOL, RTOL, same
from grader.diagnosis.slips import Seen
from grader.sandbox import wire
from grader.sandbox.wire import Numbers

Args = tuple[Any, ...]
Outcome = Numbers | wire.Failure | None
_SHAPE_ERRORS = ("broadcast", "shape", "dimension", "axis", "index", "aligned")
# A misconception's gradient is a difference quotient of what may be computed in float32: with a small step rounding
# counts, with a large one a kink nearby, such as where another logit becomes the largest. One of them will do; the
# smallest is for what is computed in float64, and has a kink everywhere, as rounding does.
_GRADIENT_RTOL, _GRADIENT_ATOL, _STEPS = 2e-3, 5e-4, (0.02, 0.004, 0.001, 1e-7)
# What is right to so much needs no two explanations.
_NEARLY = 2e-3
# How much the numbers of a match have to say; one that is no simple fraction says as much.
_ENOUGH = 3


class Evidence(NamedTuple):
    """What a call led to: its arguments as the misconceptions take them, and an array, or the exception it raised.

    `want` is the right result, if it is known. Of a gradient: `args` end with the head, and `value` is what the call
    returned before it was differentiated; `forward` is what the first argument went through before the call.
    """

    args: Args
    outcome: Outcome
    want: Numbers | None = None
    value: Numbers | None = None
    forward: Callable[[Numbers], Numbers] | None = None


@numpy.errstate(all="ignore")
def diagnose(
    exercise: Subject, flavour: str, results: Sequence[Evidence | tuple[Args, Outcome]], of: str = "value",
    earlier: Sequence[Evidence] = (),
) -> Misconception | None:  # fmt: skip
    """What alone gives all of these results; None where nothing does, or more than one thing.

    A misconception of the exercise comes before a slip, and a slip before a misconception together with one.
    `earlier` is what other checks have seen of the same function: a misconception is none that would have spoilt what
    was right, or would have given other wrong numbers.
    """
    evidence = [Evidence(*result) for result in results]
    earlier = [one for one in earlier if not _overflows_in_half(one)]
    known = [one for m in exercise.misconceptions if m.flavour in (None, flavour) for one in _variants(m)]
    if of == "gradient":
        # Those of the gradient alone leave the values right.
        found = [m for m in known if m.of == of and _explains(m, evidence) and all(map(_is_right_or_none, earlier))]
        found += [m for m in known if m.of == "value" and _explains_gradients(m, evidence) and _gives_wrong(m, earlier)]
        if found:
            return _only(found) or _only([m for m in found if m.of == "value" and _explains(m, earlier)])
    else:
        known = [m for m in known if m.of == of]
        found = [m for m in known if _explains(m, evidence) and _leaves_right(m, earlier)]
        # What fails here may have been put otherwise where it does not fail, and is known by its line.
        if any(isinstance(one.outcome, numpy.ndarray) for one in evidence):
            found = [m for m in found if _gives_wrong(m, earlier)]
        wrong = [m for m in found if not _is_right_in_all(m, evidence)]
        sure = [m for m in wrong if _says_enough(m, evidence)]
        more = [*earlier, *evidence]
        sure_with_more = [m for m in found if _explains(m, more) and _says_enough(m, more)]
        if wrong or sure_with_more:
            return _only(sure) or _only(sure_with_more)
    seen = _seen(evidence)
    if of == "gradient":
        return slips.in_gradient(seen)
    if all(same(numpy.asarray(one.got, float), one.want) for one in seen):
        return slips.in_small_digits(seen)
    names, before = _names(exercise, known), _seen(earlier)
    return slips.find(seen, names, before) or slips.find([*before, *seen], names) or _together(known, seen, names)


def _overflows_in_half(one: Evidence) -> bool:
    """Where float16 overflows and float32 would not: misconceptions are computed in the latter."""
    got = one.outcome
    return isinstance(got, numpy.ndarray) and got.dtype == numpy.float16 and not numpy.isfinite(got).all()


def is_right(one: Evidence) -> bool:
    """Whether it shows that the student's function was right."""
    return isinstance(one.outcome, numpy.ndarray) and _is_right(one.outcome, one.want)


def _is_right_or_none(one: Evidence) -> bool:
    """Whether what came is right as far as it is finite: what overflowed may have come about in many ways."""
    got = one.outcome
    if not isinstance(got, numpy.ndarray) or one.want is None or got.shape != one.want.shape:
        return False
    there = numpy.isfinite(got)
    return numpy.allclose(got[there], one.want[there], rtol=RTOL, atol=ATOL)


def _only(found: Sequence[Misconception]) -> Misconception | None:
    return found[0] if len({m.like or m.name for m in found}) == 1 else None


def _seen(evidence: Sequence[Evidence]) -> list[Seen]:
    """The evidence as slips take it.

    Nothing where the right results are not known, or some call gave no numbers before one gave wrong ones.
    """
    seen: list[Seen] = []
    wrong = False
    for one in evidence:
        if one.want is None or not (wrong or isinstance(one.outcome, numpy.ndarray)):
            return []
        if isinstance(one.outcome, numpy.ndarray):
            seen.append(Seen(one.args, one.outcome, one.want))
            wrong = wrong or not is_right(one)
    return seen


# -- one misconception


@functools.cache
def _variants(known: Misconception) -> tuple[Misconception, ...]:
    """The wrong versions that a misconception stands for: none where it computes nothing, itself as a rule.

    A parameter that can only be given by its name, and whose default is a tuple, makes several of it, with each of
    those values: `clips_logits(X, *, bound=(5, 10, 50))`. They have one name, and are no rivals.
    """
    if known.function is None:
        return ()
    for parameter in inspect.signature(known.function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and isinstance(parameter.default, tuple):
            values = parameter.default
            functions = (functools.partial(known.function, **{parameter.name: value}) for value in values)
            return tuple(replace(known, function=function) for function in functions)
    return (known,)


def _explains(known: Misconception, evidence: Sequence[Evidence]) -> bool:
    """Whether it gives all of these results, or fails where they did."""
    return all(_fails_there(known, one) and _gives(_result(known, one.args), one.outcome) for one in evidence)


def _fails_there(known: Misconception, one: Evidence) -> bool:
    """Whether the student's line is one that this misconception fails in, where it says which."""
    failure = one.outcome
    if not isinstance(failure, wire.Failure) or not known.line or not failure.line:
        return True
    return re.search(known.line, failure.line) is not None


def _leaves_right(known: Misconception, earlier: Sequence[Evidence]) -> bool:
    """Whether it gives the right results where the student's were right."""
    return all(_gives(_result(known, one.args), one.want) for one in earlier if is_right(one))


def _gives_wrong(known: Misconception, earlier: Sequence[Evidence]) -> bool:
    """Whether it gives the wrong results that came before, as far as they are numbers."""
    wrong = [one for one in earlier if isinstance(one.outcome, numpy.ndarray) and one.want is not None]
    return all(_gives(_result(known, one.args), one.outcome) for one in wrong if not is_right(one))


def _is_right_in_all(known: Misconception, evidence: Sequence[Evidence]) -> bool:
    """Whether it gives the right results here, as near as they are told apart, and so explains no wrong ones."""
    results = [(_result(known, one.args), one) for one in evidence]
    return all(isinstance(result, numpy.ndarray) and _is_right(_like(result, one), one.want) for result, one in results)


def _like(result: Numbers, one: Evidence) -> Numbers:
    """In half precision where what came is in it, and is compared accordingly."""
    half = isinstance(one.outcome, numpy.ndarray) and one.outcome.dtype == numpy.float16
    return result.astype(numpy.float16) if half else result


def _is_right(outcome: Numbers, want: Numbers | None) -> bool:
    return want is not None and same(outcome, want)


def _result(known: Misconception, args: Args) -> Numbers | Exception | None:
    """What it computes, the error with which it finds the shapes unfit, or None where it cannot take these."""
    assert known.function is not None
    try:
        result: Numbers = numpy.asarray(known.function(*args), "float64")
        return result
    except (TypeError, AttributeError):
        return None
    except (ValueError, IndexError) as error:
        return error


def _gives(result: Numbers | Exception | None, outcome: Outcome) -> bool:
    if isinstance(outcome, wire.Failure):
        return isinstance(result, Exception) and any(word in outcome.message.lower() for word in _SHAPE_ERRORS)
    return outcome is not None and isinstance(result, numpy.ndarray) and same(outcome, result)


def _says_enough(known: Misconception, evidence: Sequence[Evidence]) -> bool:
    """Whether the match is more than chance: its numbers are not the right ones, and not just any."""
    if all(isinstance(one.outcome, wire.Failure) for one in evidence):
        return all(_same_trouble(_result(known, one.args), one) for one in evidence)
    if _is_right_in_all(known, evidence):
        return False
    results = [_result(known, one.args) for one in evidence]
    arrays = [result for result in results if isinstance(result, numpy.ndarray)]
    finite = [numpy.isfinite(array) for array in arrays]
    everywhere = {bool(value) for mask in finite for value in mask.ravel()}
    # Where it fails, and where nan comes out, says something if that is not everywhere.
    said = len(results) - len(arrays) + (_ENOUGH if len(everywhere) == 2 else 0)
    for array, mask in zip(arrays, finite, strict=True):
        said += sum(1 if _is_simple(number) else _ENOUGH for number in set(array[mask].tolist()))
    return said >= _ENOUGH


def _is_simple(value: float) -> bool:
    """A number that may come up by chance: a count, or a share of a few."""
    return any(abs(value * n - round(value * n)) < 1e-4 for n in range(1, 21))


def _same_trouble(result: Numbers | Exception | None, one: Evidence) -> bool:
    """Whether two messages about unfit shapes name the same: one that no argument has, or else all of them."""
    assert isinstance(one.outcome, wire.Failure)
    texts = str(result), one.outcome.message
    own = {n for arg in one.args if isinstance(arg, numpy.ndarray) for n in (*arg.shape, arg.size)} | {0, 1, -1}
    shapes = [_shapes_in(text) for text in texts]
    foreign = [{n for shape in found for n in shape} - own for found in shapes]
    if any(foreign):
        return bool(foreign[0] & foreign[1])
    broadcast = ["broadcast" in text for text in texts]
    return bool(shapes[0]) and shapes[0] == shapes[1] and broadcast[0] == broadcast[1]


def _shapes_in(text: str) -> set[tuple[int, ...]]:
    """All shapes that a message names; sizes, as in (4 vs. 256), are as good."""
    found = re.findall(r"[\[(](-?\d+(?:(?:, ?| vs\. )-?\d+)*),?[\])]", text)
    return {tuple(int(n) for n in re.findall(r"-?\d+", numbers)) for numbers in found}


# -- the gradient that a wrong value leads to


def _explains_gradients(known: Misconception, evidence: Sequence[Evidence]) -> bool:
    return all(_explains_gradient(known, one) for one in evidence)


def _explains_gradient(known: Misconception, one: Evidence) -> bool:
    """Whether it gives the value that the call returned, and that value has the gradient that came back."""
    got = one.outcome
    if not isinstance(got, numpy.ndarray) or one.value is None or one.want is None:
        return False
    *args, head = one.args
    forward = one.forward or numpy.asarray
    point = numpy.asarray(args[0], "float64")
    value = _result(known, (forward(point), *args[1:]))
    if not isinstance(value, numpy.ndarray) or not same(one.value, value) or value.shape != numpy.shape(head):
        return False

    def weighted(x: Numbers) -> float:
        result = _result(known, (forward(x), *args[1:]))
        return float((result * head).sum()) if isinstance(result, numpy.ndarray) else numpy.nan

    near = functools.partial(same, rtol=_GRADIENT_RTOL, atol=_GRADIENT_ATOL)
    slopes = (_slope(weighted, point, step) for step in _STEPS)
    return any(near(got, slope) and not near(slope, one.want) for slope in slopes)


def _slope(function: Callable[[Numbers], float], point: Numbers, step: float) -> Numbers:
    """The gradient, by central differences of the fourth order."""
    slope = numpy.empty_like(point)
    for place in numpy.ndindex(point.shape):
        values = []
        for steps in (-2, -1, 1, 2):
            moved = point.copy()
            moved[place] += steps * step
            values.append(function(moved))
        slope[place] = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step)
    return slope


# -- a misconception together with a slip


def _together(known: Sequence[Misconception], seen: Sequence[Seen], names: Sequence[str]) -> Misconception | None:
    if all(s.got.shape == s.want.shape and numpy.allclose(s.got, s.want, _NEARLY, _NEARLY) for s in seen):
        return None  # two that undo each other come as near
    found: dict[str, Misconception] = {}
    for one in known:
        values = [_result(one, s.args) for s in seen]
        instead = [Seen(s.args, s.got, v) for s, v in zip(seen, values, strict=True) if isinstance(v, numpy.ndarray)]
        if len(instead) < len(seen) or all(same(i.want, s.want) for i, s in zip(instead, seen, strict=True)):
            continue
        if slip := slips.beside_another(instead, names):
            both = replace(one, name=f"{one.name}+{slip.name}", sentence=f"{one.sentence}; besides, {slip.sentence}")
            found.setdefault(f"{one.like or one.name}+{slip.name}", both)
    return next(iter(found.values())) if len(found) == 1 else None


def _names(exercise: Subject, known: Sequence[Misconception]) -> list[str]:
    """The arguments' names as the misconceptions take them, or else the student's function."""
    for one in known:
        if one.function is not None:
            parameters = inspect.signature(one.function).parameters.values()
            return [parameter.name for parameter in parameters if parameter.kind is not parameter.KEYWORD_ONLY]
    return [name.strip() for name in exercise.signature.partition("(")[2].rstrip(")").split(",")]
