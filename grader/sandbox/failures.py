"""Exceptions of the student's: in short, and with the line of the notebook's own that they come from."""

from __future__ import annotations

import contextlib
import linecache
import sys
import traceback
from collections.abc import Callable
from typing import Any

from grader.sandbox import wire
from grader.sandbox.encoding import type_name

# MXNet computes behind the scenes, and may raise these far from the line that has caused them.
_LATE = ("MXNetError", "IndexError", "ValueError")


def failure_of(error: BaseException, namespace: dict[str, Any]) -> wire.Failure:
    """The exception in short, with the last line of the notebook's own that it passed through."""
    name, message = type_name(error), text_of(error)
    if issubclass(type(error), SyntaxError):
        text, said, lineno = (vars(SyntaxError)[field].__get__(error) for field in ("text", "msg", "lineno"))
        line = text.strip() if type(text) is str else ""
        said = said if type(said) is str else message
        known = type(lineno) is int and 0 < lineno < 1_000_000
        return wire.Failure(name, _cut(said), "", _cut(line), lineno if known else 0)
    for frame, lineno in reversed(list(traceback.walk_tb(error.__traceback__))):
        if frame.f_globals is namespace:
            code = frame.f_code
            line = linecache.getline(code.co_filename, lineno).strip()
            where = "" if code.co_name == "<module>" else code.co_name
            return wire.Failure(name, message, _cut(where), _cut(line), lineno)
    return wire.Failure(name, message)


def with_its_line(
    failure: wire.Failure, again: Callable[[], Any], namespace: dict[str, Any], wait_for_all: Callable[[], None]
) -> wire.Failure:
    """The same failure with the student's line, where MXNet has computed, and failed, behind the scenes.

    The line is found by calling the function once more, with `again`, and waiting for all numbers after each line.
    """
    if failure.line or failure.type not in _LATE:
        return failure
    last: dict[Any, int] = {}
    found: list[tuple[Any, int]] = []

    def wait(frame: Any, event: str, _: object) -> Any:
        if frame.f_globals is not namespace:
            return None
        code = frame.f_code
        try:
            if event != "call":
                wait_for_all()
        except Exception as error:
            if text_of(error) == failure.message and not found:
                found.append((code, last.get(code, frame.f_lineno)))
            raise
        last[code] = frame.f_lineno
        return wait

    previous = sys.gettrace()
    with contextlib.suppress(Exception):
        wait_for_all()  # raises what has failed already
    try:
        sys.settrace(wait)
        again()
    except (Exception, SystemExit):
        pass
    finally:
        sys.settrace(previous)
    for code, lineno in found:
        line = linecache.getline(code.co_filename, lineno).strip()
        return wire.Failure(failure.type, failure.message, _cut(code.co_name), _cut(line), lineno)
    return failure


def text_of(error: BaseException) -> str:
    """An exception's message without MXNet's C++ trace."""
    try:
        text = str.__str__(str(error))  # not what a student's own class of texts makes of it
    except (Exception, SystemExit):
        return ""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [line for line in lines if "Check failed" in line or line.startswith(("MXNetError:", "Error in"))]
    return _cut(" ".join((found or lines)[:6]))


def _cut(text: str, most: int = 600) -> str:
    return text if len(text) <= most else text[:most] + " …"
