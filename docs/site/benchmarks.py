"""A page of the benchmarks: what each measures, as its docstring says, and what it printed last."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from docs.site.markdown import page
from docs.site.root_files import ROOT

_ABOUT = """Claims of speed and of targets are measured by scripts, each against a peer in the same run. Below, for
each: what it measures, and what it printed the last time that its result was kept, with the machine and the day."""


def pages() -> dict[str, str]:
    """One page, of all that benchmarks/ holds."""
    return {"evidence/benchmarks.md": page("Benchmarks", _ABOUT, list(_scripts()))}


def _scripts() -> Iterator[str]:
    for path in sorted((ROOT / "benchmarks").glob("[a-z]*.py")):
        words = ast.get_docstring(ast.parse(path.read_text())) or ""
        if f"python -m benchmarks.{path.stem}" not in words:
            continue  # what others are made of
        first, _, rest = words.partition("\n\n")
        yield from (f"## {path.stem}", "", first, "", rest, "")
        result = ROOT / "benchmarks" / "results" / f"{path.stem}.txt"
        if result.is_file():
            yield from ("```{.text .no-copy}", result.read_text().rstrip(), "```", "")
