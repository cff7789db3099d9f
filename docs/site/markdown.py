"""Words of the kit's as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence


def as_text(words: str) -> str:
    """On one line, with what Markdown, its tables or HTML would take for marks of their own escaped."""
    marked = re.sub(r"([\\*_\[\]`#])", r"\\\1", " ".join(words.split()))
    return html.escape(marked, quote=False).replace("|", "&#124;")


def code(words: str) -> str:
    return f"`{words}`"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table, and an empty one; none where there are no rows."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    if lines:
        yield from (f"| {' | '.join(header)} |", f"|{'---|' * len(header)}", *lines, "")


def page(title: str, *parts: Iterable[str] | str) -> str:
    """A page of these paragraphs and tables."""
    lines = [f"# {title}", ""]
    for part in parts:
        lines += [part, ""] if isinstance(part, str) else part
    return "\n".join(lines) + "\n"
