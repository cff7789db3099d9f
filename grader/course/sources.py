"""The modules that an exercise is made of: what its verdicts depend on, besides the engine."""

from __future__ import annotations

import ast
import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from grader.course import catalogue

_EVIDENCE = "forms"


def shared_by(modules: Iterable[Path], shared: Path) -> set[Path]:
    """The modules in exercises/shared that these import, directly or not; what is given there is given to all."""
    found = {path for path in [shared / catalogue.GIVEN] if path.is_file()}
    waiting = [*found, *(path for path in modules if path.suffix == ".py")]
    while waiting:
        module = waiting.pop()
        for node in ast.walk(ast.parse(module.read_bytes())):
            if isinstance(node, ast.ImportFrom):
                fresh = {path for name in _names(node, module.parent == shared) for path in _modules(shared, name)}
                waiting += fresh - found
                found |= fresh
    return found


def _names(node: ast.ImportFrom, among_shared: bool) -> list[str]:
    """The modules and folders of exercises/shared that an import names."""
    module = f"{catalogue.SHARED}.{node.module or ''}" if among_shared and node.level == 1 else node.module or ""
    *above, last = f".{module}.".partition(f".{catalogue.SHARED}.")
    if not any(above[1:]):
        return []
    first = last.partition(".")[0]
    return [first] if first else [alias.name for alias in node.names]


def _modules(folder: Path, name: str) -> set[Path]:
    path = folder / f"{name}.py"
    return {path} if path.is_file() else set((folder / name).glob("*.py"))


@functools.cache
def fingerprint(folder: Path) -> str:
    """Of the exercise in that folder, without its evidence: another one once its checks or oracles have changed."""
    own = [path for path in folder.glob("*.py") if not path.stem.startswith(_EVIDENCE)]
    modules = {*own, *shared_by(own, folder.parents[1] / catalogue.SHARED)}
    # By their places, which are the same wherever the course lies.
    texts = sorted(f"{path.relative_to(folder.parents[1])}\0{path.read_text()}" for path in modules)
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
