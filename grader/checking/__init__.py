"""What a check is written with: everything that an exercise's modules need stands here.

`docs/checks.md` shows each with an example.
"""

from grader.checking.authoring import (
    Budget,
    CannotTry,
    CheckFailed,
    Exercise,
    Misconception,
    NotAttempted,
    by_name,
    check,
    misconception,
)
from grader.checking.channel import Channel
from grader.checking.charts import cells, pictured
from grader.checking.expect import Expectation, Rng, compare, expect, expect_each
from grader.checking.failures import Known, known_failures, no_failure
from grader.checking.from_scratch import expect_from_scratch
from grader.checking.messages import advice_on, describe_failure, describe_value, show
from grader.checking.nets import linear_of, set_linear
from grader.checking.pictures import Picture, drawn
from grader.checking.result import Result, Through
from grader.checking.several import ended, expect_parts, items, parts
from grader.checking.student import (
    KeptArray,
    Numbers,
    Student,
    StudentFunction,
    StudentObject,
    as_numpy,
)
from grader.diagnosis.diagnose import Evidence, diagnose
from grader.diagnosis.nearness import Near, same

__all__ = [
    "Budget", "CannotTry", "Channel", "CheckFailed", "Evidence", "Exercise", "Expectation", "KeptArray", "Known",
    "Misconception", "Near", "NotAttempted", "Numbers", "Picture", "Result", "Rng", "Student", "StudentFunction",
    "StudentObject", "Through", "advice_on", "as_numpy", "by_name", "cells", "check", "compare", "describe_failure",
    "describe_value", "diagnose", "drawn", "ended", "expect", "expect_each", "expect_from_scratch", "expect_parts",
    "items", "known_failures", "linear_of", "misconception", "no_failure", "parts", "pictured", "same", "set_linear",
    "show",
]  # fmt: skip
