"""What the checks of an exercise have seen so far of a function: among several explanations it decides."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from grader.checking.channel import Channel
from grader.checking.result import Result
from grader.diagnosis.diagnose import Evidence, is_right

# What came of every call that was compared with the truth, by the channel and the function: a channel is an
# exercise's own, so this lives as long as the exercise's checks.
_SEEN: WeakKeyDictionary[Channel, dict[str, list[Evidence]]] = WeakKeyDictionary()


def seen_of(result: Result) -> list[Evidence]:
    """Of the function that the result is of, or of its part."""
    name = result.call or result.function
    of = "" if result.of == "value" else result.of
    return _SEEN.setdefault(result.channel, {}).setdefault(f"{name} {of}".rstrip(), [])


def was_right(result: Result) -> bool:
    """Whether no earlier check has seen anything wrong of the same."""
    return all(map(is_right, seen_of(result)))


def was_wrong(channel: Channel, function: str) -> bool:
    """Whether an earlier check has seen a wrong result of the function."""
    return not all(map(is_right, _SEEN.get(channel, {}).get(function, [])))
