"""The reference of what checks are written with, from the docstrings of `grader.checking`."""

from __future__ import annotations

import grader.checking
from docs.site.markdown import page

_ABOUT = """What `grader.checking` holds, in alphabetical order, in the words of its docstrings. Examples of each stand
on [Writing checks](../checks.md)."""


def pages() -> dict[str, str]:
    """The directives that mkdocstrings fills in."""
    names = [f"::: grader.checking.{name}" for name in grader.checking.__all__]
    return {"reference/checking.md": page("What checks are written with", _ABOUT, "\n\n".join(names))}
