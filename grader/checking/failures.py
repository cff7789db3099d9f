"""Wrong versions that give themselves away by the exception that they end with."""

from __future__ import annotations

import re
from collections.abc import Sequence

from grader.checking.authoring import CheckFailed, Misconception
from grader.checking.expect import Expectation, expect
from grader.checking.student import Result

# A pattern for "Type: message", and what an exception like that means in this exercise.
Known = Sequence[tuple[str, Misconception]]


def no_failure(result: Result, known: Known) -> Expectation:
    """The call returned; if it raised, the misconception is named by what was raised, unless it is known already."""
    try:
        return expect(result).no_failure()
    except CheckFailed as failed:
        assert result.failure is not None
        text = f"{result.failure.type}: {result.failure.message}"
        named = next((m for pattern, m in known if re.search(pattern, text)), None)
        raise CheckFailed(str(failed), failed.misconception or named, failed.hint) from None


def known_failures(results: Sequence[Result], known: Known) -> None:
    """Raises at the first of the results whose exception is one of the known; what else failed is others' affair."""
    for result in results:
        text = "" if result.failure is None else f"{result.failure.type}: {result.failure.message}"
        if any(re.search(pattern, text) for pattern, _ in known):
            no_failure(result, known)
