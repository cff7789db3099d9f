"""The wheels of a student's copy: what ``check`` runs on, and nothing that gives an answer away.

There are two, so that several assignments can be installed beside each other: `softmark-student` is the same for all
and holds what checks, with the exercises that assignments share; `softmark-student-NAME` holds the exercises of one.
pip puts both into one package, `grader`, in which the exercises are found by walking. What grades, in a sandbox and
into a gradebook, is in neither: of the engine there is what `grader.checks` and exercises import.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import importlib.metadata
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from grader import __version__
from grader.course.catalogue import FACTS, KIT, OF_COURSES, SHARED, CourseError, Facts

ENGINE = "softmark-student"

_PACKAGE = KIT.parent
# `checks` and what it reaches; what exercises are written with is there as a whole.
_ENTRANCE = ("__init__.py", "judging/selfcheck.py")
_WHOLE = ("checking", "diagnosis", "data")
# Of an exercise's folder, modules and what they may read. Whatever else there is, is its authors' or an answer.
_TAUGHT = {".py", ".npz", ".npy", ".csv", ".png"}
_FORMS = "forms"

Files = dict[str, bytes]


@dataclass(frozen=True)
class Wheel:
    """A wheel: its file's name, its content, and the modules from elsewhere that it imports, by their first name."""

    name: str
    content: bytes
    imports: frozenset[str]


def wheels(facts: Facts) -> tuple[Wheel, Wheel]:
    """The engine's and the assignment's. Raises `CourseError` where the exercises import what the engine lacks."""
    engine, own = engine_files(), exercise_files(facts)
    for path, content in own.items():
        if lacking := sorted(set(_of_package(path, content)) - {**engine, **own}.keys()):
            raise CourseError(f"{path.removeprefix('grader/')} imports {lacking[0]}, which students do not have: "
                              "exercises are written with grader.checking and grader.diagnosis alone")  # fmt: skip
    return (
        _built(ENGINE, "What check needs in a notebook of softmark", engine, _ranges(_foreign(engine))),
        _built(f"{ENGINE}-{facts.folder.name}", f"Exercises of softmark: {facts.title}", own, [ENGINE]),
    )


def installed_at(imports: Iterable[str]) -> dict[str, str]:
    """The distributions that modules are of, with the versions that are installed here; Python's own are of none.

    Raises `CourseError` for a module that is not installed.
    """
    known = _distributions()
    found = {}
    for name in sorted(first_names(imports)):
        if name not in known:
            raise CourseError(f"{name} is imported and not installed here, so that nobody knows which version students "
                              f"need: install it, or take the import out")  # fmt: skip
        found[_plain(known[name][0])] = importlib.metadata.version(known[name][0])
    return found


_distributions = functools.cache(importlib.metadata.packages_distributions)


def _plain(distribution: str) -> str:
    """MXNet for a certain CUDA is MXNet: students' machines have other cards, or none."""
    name = canonicalize_name(distribution)
    return "mxnet" if name.startswith("mxnet-cu") else name


# -- what is in them


def engine_files() -> Files:
    """By path in the wheel."""
    paths = {path for name in _WHOLE for path in _plain_files(_PACKAGE / name)}
    paths |= set(_taught(KIT / SHARED)) | {KIT / "__init__.py"}
    paths = _closed({_PACKAGE / name for name in _ENTRANCE} | paths)
    return {path.relative_to(_PACKAGE.parent).as_posix(): path.read_bytes() for path in sorted(paths)}


def exercise_files(facts: Facts) -> Files:
    """By path in the wheel: in the kit's own place, or in one beside it that no other assignment's wheel uses."""
    if facts.root == KIT:
        place, folders = f"grader/{KIT.name}", [facts.folder]
    else:
        place, folders = f"grader/{OF_COURSES.name}/{facts.folder.name}", [facts.folder, facts.root / SHARED]
    paths = [path for folder in folders for path in _taught(folder)]
    return {f"{place}/{path.relative_to(facts.root).as_posix()}": path.read_bytes() for path in paths}


def _taught(folder: Path) -> Iterator[Path]:
    """Of a folder of exercises what checks need: no forms, and none of the evidence."""
    for path in _plain_files(folder):
        if path.name == FACTS or (path.suffix in _TAUGHT and not path.name.startswith(_FORMS)):
            yield path


def _plain_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in parts):
            yield path


def _closed(paths: set[Path]) -> set[Path]:
    """The files, and those of the package that they import, and those import in turn."""
    found: set[Path] = set()
    left = set(paths)
    while left:
        path = left.pop()
        found.add(path)
        left |= {_PACKAGE.parent / name for name in _of_package(str(path), path.read_bytes())} - found
    return found


def _of_package(path: str, content: bytes) -> Iterator[str]:
    """The files that a module imports from the package, by path in the wheel, and those of the packages around them."""
    for name in imported(content, path) if path.endswith(".py") else ():
        parts = name.split(".")
        for count in range(1, len(parts) + 1) if parts[0] == _PACKAGE.name else ():
            place = _PACKAGE.parent.joinpath(*parts[:count])
            file = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
            if file.is_file():
                yield file.relative_to(_PACKAGE.parent).as_posix()


def imported(code: str | bytes, path: str = "the notebook") -> set[str]:
    """The modules that a text imports, in functions too; relative ones, which stay in a folder, are left out.

    What is imported from a module may be one itself, and is there as well. Raises `CourseError` for a slip in the text.
    """
    found: set[str] = set()
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        raise CourseError(f"{path} is not Python ({error.msg}, line {error.lineno}): mend it") from None
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def first_names(modules: Iterable[str]) -> set[str]:
    """Of modules from elsewhere: what is neither Python's own nor the kit's."""
    return {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {_PACKAGE.name}


def _foreign(files: Files) -> set[str]:
    every = [imported(content, path) for path, content in files.items() if path.endswith(".py")]
    return first_names(name for one in every for name in one)


def _ranges(imports: Iterable[str]) -> list[str]:
    """What the wheel requires: the kit's own ranges, of the distributions that the modules are of."""
    try:
        required = [Requirement(text) for text in importlib.metadata.requires("softmark") or []]
    except importlib.metadata.PackageNotFoundError:  # the kit is on the path and not installed
        return [f"{name}=={version}" for name, version in installed_at(imports).items()]
    names = installed_at(imports)
    return sorted({str(one) for one in required if one.marker is None and _plain(one.name) in names})


# -- building


def _built(name: str, description: str, files: Files, requires: list[str]) -> Wheel:
    """Of the same files the same bytes. The version says which files they are, so that pip replaces one by another."""
    digest = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:12]
    project = {
        "name": re.sub("_", "-", name), "version": f"{__version__}+{digest}", "description": description,
        "requires-python": ">=3.11,<3.13", "license": "Apache-2.0", "dependencies": requires,
    }  # fmt: skip
    hatch = {"build": {"ignore-vcs": True, "targets": {"wheel": {"packages": ["grader"]}}}}
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "source"), Path(folder, "wheel")
        _write(source, {**files, **_licence()})
        built = _build(source, target, {"project": project, "tool": {"hatch": hatch}})
        return Wheel(built.name, built.read_bytes(), frozenset(_foreign(files)))


def _write(folder: Path, files: Files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _licence() -> Files:
    """That of the kit, where it has not been installed without."""
    path = _PACKAGE.parent / "LICENSE"
    return {path.name: path.read_bytes()} if path.is_file() else {}


def _build(source: Path, target: Path, config: Mapping[str, Any]) -> Path:
    from hatchling.builders.wheel import WheelBuilder  # takes a moment, and only this command needs it

    (built,) = WheelBuilder(str(source), config=dict(config)).build(directory=str(target), versions=["standard"])
    return Path(built)
