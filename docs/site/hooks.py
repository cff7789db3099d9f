"""What MkDocs calls while it builds the site: adds the pages that are made, and puts them into the navigation.

Pages that nobody writes are made here at each build, so that an assignment, an exercise, an option or a benchmark that
is new has its page without an edit. In mkdocs.yml a folder's name stands for all pages below it.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from docs.site import benchmarks, commands, exercises, reference, root_files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages, and name them in the navigation, which MkDocs reads after this."""
    made = {**exercises.pages(), **commands.pages(), **reference.pages(), **benchmarks.pages(), **root_files.pages()}
    for uri, text in made.items():
        files.append(File.generated(config, uri, content=text))
    known = [*made, *sorted(uri for uri in files.src_uris if uri not in made)]
    assert config.nav is not None
    config.nav = _filled(config.nav, [uri for uri in known if uri.endswith(".md")])
    return files


def _filled(nav: Any, known: list[str]) -> Any:
    """The navigation with each folder's name replaced by what it holds."""
    if isinstance(nav, dict):
        return {title: _filled(part, known) for title, part in nav.items()}
    if isinstance(nav, list):
        return [_filled(part, known) for part in nav]
    return _below(nav, known) if nav.endswith("/") else nav


def _below(folder: str, known: list[str]) -> list[Any]:
    """The pages of a folder in their order, and its folders with theirs."""
    names = dict.fromkeys(PurePosixPath(uri[len(folder) :]).parts[0] for uri in known if uri.startswith(folder))
    return [_entry(folder, name) if name.endswith(".md") else {_title(name): _below(f"{folder}{name}/", known)}
            for name in names]  # fmt: skip


def _entry(folder: str, name: str) -> Any:
    """A page, under a short name where it is about a folder of exercises, and else under its own title."""
    title = exercises.titles().get(name.removesuffix(".md"))
    return {title: f"{folder}{name}"} if title else f"{folder}{name}"


def _title(folder: str) -> str:
    """What the navigation calls a folder of exercises."""
    return exercises.titles().get(folder, folder)
