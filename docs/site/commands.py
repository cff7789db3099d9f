"""The reference of the commands: what `grader COMMAND --help` says, as a page."""

from __future__ import annotations

import re

import typer
from typer.cli import get_docs_for_click
from typer.main import get_command

import grader.cli

_KINDS = {"int range": "N", "int": "N", "float range": "NUMBER", "float": "NUMBER", "path": "PATH", "str": "TEXT",
          "list[str]": "TEXT"}  # fmt: skip
_ABOUT = """# Commands

Each command of `grader`, with its arguments and options, in the words of `grader COMMAND --help`.
"""


def pages() -> dict[str, str]:
    """One page, of all commands."""
    return {"reference/commands.md": f"{_ABOUT}\n{text()}"}


def text() -> str:
    """The page's body: a heading `## grader NAME` for each command, and a list of what it takes below."""
    command = get_command(grader.cli.app)
    _, *parts = re.split(r"^(?=## )", get_docs_for_click(obj=command, ctx=typer.Context(command), name="grader"),
                         flags=re.MULTILINE)  # fmt: skip
    return "".join(map(_tidied, parts))


def options(part: str) -> list[str]:
    """The options that a part of the page lists."""
    return re.findall(r"^\* `(--[a-z-]+)", part, re.MULTILINE)


def _tidied(part: str) -> str:
    """In the words of a manual, where typer's are those of Python's types."""
    part = re.sub(r"^\* `--help`.*\n", "", part, flags=re.MULTILINE)  # all have it
    part = re.sub(r"^## `(.*)`$", r"## \1", part, flags=re.MULTILINE)
    part = re.sub(r"^\*\*(\w+)\*\*:$", r"**\1**", part, flags=re.MULTILINE)
    part = re.sub(r"^\* `(?!-)(.*?) <.*?>`", lambda found: f"* `{_argument(found)}`", part, flags=re.MULTILINE)
    part = re.sub(r" *\[0<=x<=\d{6,}\]", "", part)
    for kind, word in _KINDS.items():
        part = part.replace(f" <{kind}>`", f" {word}`")
    return re.sub(r"^\$ .*$", _usage, part, count=1, flags=re.MULTILINE)


def _usage(found: re.Match[str]) -> str:
    """As a manual writes it, where typer doubles the dots: {PATH...}... is PATH..."""
    return re.sub(r"[{[]((?:\[\w+\]|[\w/]+)(?:\.\.\.)?)[}\]](?:\.\.\.)?", _argument, found[0])


def _argument(found: re.Match[str]) -> str:
    return f"[{found[1]}]" if found[1] == "OPTIONS" else found[1].upper()
