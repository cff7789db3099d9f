"""Wrong versions that give themselves away by the exception that they end with."""

from __future__ import annotations

from collections.abc import Sequence

from grader.checking.authoring import CheckFailed
from grader.checking.expect import Expectation, expect
from grader.checking.messages import Known, given_away
from grader.checking.result import Result

__all__ = ["Known", "known_failures", "no_failure"]


def no_failure(result: Result, known: Known) -> Expectation:
    """The call returned; if it raised, the misconception is named by what was raised, unless it is known already."""
    try:
        return expect(result).no_failure()
    except CheckFailed as failed:
        named = failed.misconception or given_away(result.failure, known)
        raise CheckFailed(str(failed), named, failed.hint) from None


def known_failures(results: Sequence[Result], known: Known) -> None:
    """Raises at the first of the results whose exception is one of the known; what else failed is others' affair."""
    for result in results:
        if given_away(result.failure, known) is not None:
            no_failure(result, known)
