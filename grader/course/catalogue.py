"""The exercises that there are: found by walking the kit's folder and a course's own, never by a list.

    exercises/<assignment>/assignment.toml     title, sections, data, and the notebook of each flavour
    exercises/<assignment>/<exercise>/         exercise.py, and whatever else belongs to it
    exercises/shared/<exercise>/               what several assignments teach

The kit's is grader/exercises/; a course's lies beside its solutions/. A name is looked for in the assignment's own
folder, in `shared` beside it, and in the kit's `shared`.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.checking.authoring import Exercise, check_of
from grader.diagnosis.misconception import Misconception, misconceptions_in

KIT = Path(__file__).resolve().parents[1] / "exercises"
# In a student's copy: for each assignment of a course elsewhere a folder of that name, made like its exercises/.
OF_COURSES = KIT.with_name("course_exercises")
SHARED = "shared"
FACTS = "assignment.toml"
FLAVOURS = ("np", "nd")
# Run in the slot, beside the student's code.
GIVEN = "given.py"


class CourseError(Exception):
    """The course cannot be used; the message says what is wrong, where, and what to do."""


class CatalogueError(CourseError):
    """An exercise that cannot be used; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True)
class Facts:
    """What assignment.toml says: `notebooks` are the names of the assignment's notebooks, by flavour."""

    folder: Path
    title: str
    sections: tuple[str, ...]
    notebooks: dict[str, str]
    data: tuple[str, ...] = ()

    @property
    def root(self) -> Path:
        """The folder exercises/ that it lies in."""
        return self.folder.parent


def installed() -> tuple[Path, ...]:
    """Where exercises are looked for outside of any course: what `grader release` has put there, and the kit's own."""
    return (*sorted(path for path in OF_COURSES.glob("*") if path.is_dir()), KIT)


def assignments(*roots: Path) -> Iterator[Facts]:
    """All that the roots hold. Raises `CatalogueError` for an assignment.toml that is of no use."""
    for root in roots:
        for path in sorted(root.glob(f"*/{FACTS}")):
            yield _facts(path)


@functools.cache
def _facts(path: Path) -> Facts:
    try:
        read = tomllib.loads(path.read_text())
        notebooks = {str(flavour): str(name) for flavour, name in read["notebooks"].items()}
        facts = Facts(path.parent, str(read["title"]), tuple(map(str, read["sections"])), notebooks,
                      tuple(map(str, read.get("data", []))))  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CatalogueError(f"{path} cannot be used ({type(error).__name__}: {error}): it must have a title, "
                             "sections, and the notebooks by flavour") from None  # fmt: skip
    if unknown := set(notebooks) - set(FLAVOURS):
        raise CatalogueError(f"{path}: there is no flavour {sorted(unknown)[0]!r}; a notebook is written in np or nd")
    return facts


def facts_of(notebook: str, *roots: Path) -> Facts | None:
    """The facts of the assignment that has a notebook of that name."""
    return next((facts for facts in assignments(*roots) if notebook in facts.notebooks.values()), None)


def folders(root: Path) -> list[Path]:
    """The folders of all exercises below a root, in alphabetical order."""
    return sorted(path.parent for path in root.glob("*/*/exercise.py"))


def find(facts: Facts, name: str) -> Path | None:
    """The folder of the exercise that the assignment calls by that name."""
    return next((place / name for place in _places(facts) if (place / name / "exercise.py").is_file()), None)


def names(facts: Facts) -> list[str]:
    """Of the exercises that the assignment's notebooks may ask for."""
    return sorted({path.parent.name for place in _places(facts) for path in place.glob("*/exercise.py")})


def _places(facts: Facts) -> tuple[Path, ...]:
    return facts.folder, facts.root / SHARED, KIT / SHARED


@functools.cache
def load(folder: Path) -> Exercise:
    """The exercise in that folder, with its checks and misconceptions. Raises `CatalogueError`."""
    try:
        modules = [_import(folder, name) for name in _modules(folder)]
        facts: Exercise = modules[0].EXERCISE
    except Exception as error:  # whatever an author's module raises
        raise CatalogueError(f"the exercise {_id(folder)} cannot be loaded ({type(error).__name__}: {error}): mend "
                             f"{folder}") from error  # fmt: skip
    own = [thing for thing in vars(modules[0]).values() if getattr(thing, "__module__", "") == modules[0].__name__]
    known: list[Misconception] = []
    for module in modules:
        known += misconceptions_in(vars(module), module.__name__)
    return replace(
        facts, id=_id(folder), folder=folder, checks=tuple(info for thing in own if (info := check_of(thing))),
        misconceptions=tuple(dict.fromkeys(known)), given=_given(folder),
    )  # fmt: skip


def module_of(exercise: Exercise) -> ModuleType:
    """The module with the exercise's checks."""
    return _import(exercise.folder, "exercise")


def _id(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _modules(folder: Path) -> list[str]:
    """The exercise's own, in the order in which they are read; not forms, nor what runs in a slot."""
    left_out = ("__init__", Path(GIVEN).stem)
    names = [path.stem for path in folder.glob("*.py") if not path.stem.startswith(("forms", *left_out))]
    return sorted(names, key=lambda name: (name != "exercise", name))


def _import(folder: Path, name: str) -> Any:
    return importlib.import_module(f"{_package(folder.parents[1])}.{folder.parent.name}.{folder.name}.{name}")


def _package(root: Path) -> str:
    """The package that a root is imported as: the kit's own, or one that no other course's can be taken for."""
    if root == KIT:
        return "grader.exercises"
    name = f"softmark_exercises_{hashlib.sha256(str(root).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(root)]
        sys.modules[name] = package
    return name


def _given(folder: Path) -> str:
    """What the exercise gives to students' functions: what is shared, and then its own."""
    shared = folder.parents[1] / SHARED
    paths = dict.fromkeys((KIT / SHARED / GIVEN, shared / GIVEN, folder / GIVEN))
    return "\n".join(path.read_text() for path in paths if path.is_file())
