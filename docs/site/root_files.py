"""The pages that stand at the repository's root, where people look for them first."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_FILES = ("SECURITY.md", "CONTRIBUTING.md", "CHANGELOG.md")


def pages() -> dict[str, str]:
    """By their place on the site."""
    return {name.lower(): (ROOT / name).read_text() for name in _FILES}
