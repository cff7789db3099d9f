"""Functions that return several values, and objects that give one thing after another."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy

from grader.checking.authoring import Misconception
from grader.checking.expect import expect, expect_right
from grader.checking.explanation import Fault
from grader.checking.messages import advice_on, counted, describe_value
from grader.checking.result import Result
from grader.diagnosis import wrong_kinds
from grader.diagnosis.nearness import Near
from grader.sandbox import wire
from grader.sandbox.wire import Numbers

_COUNTS = ("no values", "one value", "two values", "three values", "four values", "five values")
# Of more values than this, nobody tries all orders.
_MOST_ORDERED = 5


def parts(result: Result, *names: str) -> list[Result]:
    """The returned values, each as a result of its own that has this name.

    `features, labels = parts(result, "features", "labels")`. Raises `CheckFailed` where there are not so many.
    """
    expect(result).no_failure()
    value = result.value
    if not isinstance(value, wire.Sequence) or len(value.items) != len(names):
        verb = "is" if result.part else "returned"
        what = f"{verb} {describe_value(value)}; it must be {_count(len(names))}: {', '.join(names)}."
        known = wrong_kinds.of_several(value, names)
        raise expect(result).failure(Fault(what, None), None, known, hint="")
    return [result.of_part(name, item) for name, item in zip(names, value.items, strict=True)]


def _count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else f"{number} values"


def expect_parts(
    result: Result | Sequence[Result], wants: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    only: str = "", against: Sequence[tuple[Any, ...]] | None = None, **options: Any,
) -> None:  # fmt: skip
    """Each of the returned values is close to what is wanted under its name; `options` as of `Near`.

    Of several calls, there are as many `wants`. The misconceptions that explain a wrong value are those that are `of`
    its name; values that are right, and in another order, are told as that. With `only`, the values of that name alone
    are judged.
    """
    results = [result] if isinstance(result, Result) else list(result)
    wanted = [wants] if isinstance(wants, Mapping) else list(wants)
    arrays = [{name: numpy.asarray(want) for name, want in each.items()} for each in wanted]
    names, near = list(arrays[0]), Near(**options)
    found = [parts(one, *names) for one in results]
    if came := _order(found, arrays, near):
        verb = "is" if results[0].part else "returned"
        what = f"{verb} {', '.join(came)}; it must be {', '.join(names)}, in this order."
        raise expect(results[0]).failure(Fault(what, None), None, wrong_kinds.in_another_order(names, came))
    every = against or [one.args for one in results]
    for place, name in ((place, name) for place, name in enumerate(names) if only in ("", name)):
        expectations = [expect(each[place], args) for each, args in zip(found, every, strict=True)]
        expect_right(expectations, [each[name] for each in arrays], near)


def _order(found: Sequence[Sequence[Result]], wants: Sequence[Mapping[str, Numbers]], near: Near) -> list[str]:
    """The order in which the values are all right; none where it is the right one, or there is none."""

    def fit(order: Sequence[str]) -> bool:
        return all(
            near.holds(part.array, want[name])
            for parts, want in zip(found, wants, strict=True)
            for part, name in zip(parts, order, strict=True)
        )

    names = list(wants[0])
    if len(names) > _MOST_ORDERED:
        return []
    orders = itertools.permutations(names)  # the right one comes first
    came = next((list(order) for order in orders if fit(order)), names)
    return came if came != names else []


def items(
    result: Result, what: str = "item", count: int | None = None, known: Misconception | None = None
) -> list[Result]:
    """What came one after another: of `collect`, of `iterate`, or as a list. Each is named `what` and its number.

    Raises `CheckFailed` where there is nothing to go through, or not so many; with the misconception `known`, if it
    says why.
    """
    expect(result).no_failure()
    value = result.value
    if not isinstance(value, wire.Sequence):
        text = f"gave {describe_value(value)}; it must be something to iterate over.{advice_on(value)}"
        raise expect(result).failure(Fault(text, None), None, known or wrong_kinds.of_value(value), hint="")
    found = [result.of_part(f"{what} {number}", item, "given", what) for number, item in enumerate(value.items, 1)]
    if count is not None and len(found) != count:
        more = "" if ended(result) else " and goes on"
        raise expect(result).failure(
            Fault(f"gives {counted(len(found), what)}{more}; it must be {count}.", None), None, known
        )
    return found


def ended(result: Result) -> bool:
    """Whether what was iterated came to its end, within the limit; a list always does."""
    return result.facts.get("ended", 1) == 1
