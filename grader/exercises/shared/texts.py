"""Functions that return texts, one for each example: names, titles. What is compared is what a reader sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from grader.checking import CheckFailed, Known, Misconception, Result, describe_value, expect, no_failure
from grader.checking.explanation import Fault
from grader.diagnosis import wrong_kinds
from grader.diagnosis.slips import Slip
from grader.sandbox import wire

Texts = list[str]

_MOST_SHOWN = 6

# What can happen to any list.
_SLIPS: tuple[tuple[Slip, Callable[[Texts], Texts]], ...] = (
    (Slip("first_text_alone", "the first one alone comes back: a return inside the loop ends it",
          "The return belongs below the loop, as far left as the for."), lambda want: want[:1]),
    (Slip("last_text_alone", "the last one alone comes back: in each turn of the loop it takes the others' place",
          "Begin with an empty list, and append."), lambda want: want[-1:]),
    (Slip("texts_backwards", "they come in reverse order"), lambda want: want[::-1]),
    (Slip("each_text_once", "each comes once, however often it should", "One for each example, in their order."),
     lambda want: list(dict.fromkeys(want))),
    (Slip("texts_sorted", "they come in alphabetical order", "One for each example, in their order."), sorted),
    (Slip("texts_sorted", "they come in alphabetical order, each once", "One for each example, in their order."),
     lambda want: sorted(set(want))),
    (Slip("no_texts", "none comes at all"), lambda want: []),
    (Slip("no_first_text", "the first one is missing"), lambda want: want[1:]),
    (Slip("no_last_text", "the last one is missing"), lambda want: want[:-1]),
)  # fmt: skip


def texts_of(
    result: Result, known: Known = (), numbers: Misconception | None = None, lists: Misconception | None = None
) -> Texts:
    """The texts, if it returned a list, a tuple or an array of such. Raises `CheckFailed` else.

    `known` is what an exception gives away, `numbers` and `lists` what it means if such come instead of texts.
    """
    no_failure(result, known)
    value = result.value
    if isinstance(value, wire.Sequence):
        found = [item.value for item in value.items if isinstance(item, wire.Scalar) and isinstance(item.value, str)]
        if len(found) == len(value.items):
            return found
        odd = next(item for item in value.items if not (isinstance(item, wire.Scalar) and isinstance(item.value, str)))
        if isinstance(odd, wire.Sequence) and len(value.items) == 1:
            why: Misconception | None = Slip("stray_comma", "a comma behind the returned list makes a tuple of it",
                                             "Leave the comma out.")  # fmt: skip
        elif isinstance(odd, wire.Array) or (isinstance(odd, wire.Scalar) and odd.value is not None):
            why = numbers
        else:
            why = lists if isinstance(odd, wire.Sequence) else None
        raise _failed(result, f"holds {describe_value(odd)}; it must hold texts.", why)
    if isinstance(value, wire.Array) and numbers is not None:
        why = numbers
    elif isinstance(value, wire.Scalar) and isinstance(value.value, str):
        why = Slip("one_text", "one text comes back, and not a list with one for each example",
                   "Return the list; how it is written is for print.")  # fmt: skip
    else:
        why = wrong_kinds.of_value(value)
    raise _failed(result, f"returned {describe_value(value)}; it must be a list of texts.", why)


def expect_texts(
    results: Sequence[Result], wants: Sequence[Texts], against: Sequence[tuple[Any, ...]], known: Known = (),
    numbers: Misconception | None = None, lists: Misconception | None = None,
    read: Callable[[str], str] = lambda text: text.strip().lower(),
) -> None:  # fmt: skip
    """The texts are those that are wanted, as far as `read` makes a difference.

    A failure is explained by the exercise's misconceptions that are `of` "texts": functions of `against`. What came
    before a call that gave no texts at all goes before.
    """
    found: list[Texts] = []
    wanted = [[read(text) for text in want] for want in wants]
    for result in results:
        try:
            found.append([read(text) for text in texts_of(result, known, numbers, lists)])
        except CheckFailed:
            if found == wanted[: len(found)]:
                raise
            break
    wrong = next((place for place, got in enumerate(found) if got != wanted[place]), None)
    if wrong is None:
        return
    result, raw, want = results[wrong], texts_of(results[wrong]), wants[wrong]
    text = "is not right." if len(raw) == len(want) else f"gives {len(raw)} texts; it must be {len(want)}."
    text = str(_failed(result, text)) + f"\n  returned: {_shown(raw)}\n  expected: {_shown(want)}"
    if len(raw) == len(want) > _MOST_SHOWN:
        place = next(i for i, (got, right) in enumerate(zip(found[wrong], wanted[wrong], strict=True)) if got != right)
        text += f"\n  number {place}: {raw[place]!r}, and not {want[place]!r}"
    raise CheckFailed(text, _why(result, found, wanted, against, read))


def _failed(result: Result, what: str, known: Misconception | None = None) -> CheckFailed:
    return expect(result).failure(Fault(what, None), None, known, hint="")


def _shown(texts: Texts) -> str:
    more = f", … ({len(texts)})" if len(texts) > _MOST_SHOWN else ""
    return ", ".join(map(repr, texts[:_MOST_SHOWN])) + more if texts else "nothing"


def _why(
    result: Result, found: Sequence[Texts], wanted: Sequence[Texts], against: Sequence[tuple[Any, ...]],
    read: Callable[[str], str],
) -> Misconception | None:  # fmt: skip
    """The one that gives these texts for all of the calls."""
    against, wanted = against[: len(found)], wanted[: len(found)]
    own = [one for one in result.exercise.misconceptions if one.of == "texts" and one.function is not None]
    every: list[Misconception] = [one for one in own if found == [_of(one, args, read) for args in against]]
    if not every:
        every += [slip for slip, function in _SLIPS if found == [*map(function, wanted)]]
    return every[0] if len({one.name for one in every}) == 1 else None


def _of(known: Misconception, args: tuple[Any, ...], read: Callable[[str], str]) -> Texts | None:
    assert known.function is not None
    try:
        return [*map(read, known.function(*args))]
    except (ValueError, IndexError):
        return None
