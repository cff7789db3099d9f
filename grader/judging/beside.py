"""Files handed in beside a notebook, such as a helper module: bounded in number and size, for that submission alone."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.course.course import Course
from grader.judging.seeds import secret_path

MOST_FILES = 64
MOST_BYTES = 16 << 20
# A slot's folder is in memory, and a frame has a bound of its own.
MOST_IN_ONE = 8 << 20
_DEPTH = 3
# nbgrader writes the time there when it collects: the same work collected again would meet other inputs.
_LEFT_OUT = ("timestamp.txt",)


@dataclass
class Beside:
    """The files by their names below the notebook's folder, and a note on each thing that was left out."""

    files: dict[str, bytes] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def files_beside(notebook: Path, assignment: str, course: Course) -> Beside:
    """What lies in the folder that was handed in; files of the course's own, of the same name, come in their place.

    Not what nbgrader is told to ignore: by either route into a gradebook the same files are there.
    In nbgrader's layout that folder has the assignment's name. Any other is the student's own only if it is small and
    has no other notebook in it: else its files are not given to anybody's code, and a note says so.
    """
    found = Beside()
    own = notebook.parent.name == assignment or _is_small(notebook.parent)
    source = course.root / "solutions" / assignment
    for folder in (notebook.parent, source):
        if not folder.is_dir() or (folder == notebook.parent and folder == source):
            continue
        if folder == notebook.parent and not own:
            _note_modules(folder, assignment, found)
            continue
        for path in _files(folder):
            name = path.relative_to(folder)
            if not course.layout.ignores(name):
                _add(path, str(name), found)
    return found


def _is_small(folder: Path) -> bool:
    """One notebook and a few files: what somebody has handed in, and no folder of downloads."""
    paths = list(itertools.islice(folder.rglob("*"), MOST_FILES + 1))
    notebooks = [path for path in paths if path.suffix == ".ipynb" and ".ipynb_checkpoints" not in path.parts]
    return len(paths) <= MOST_FILES and len(notebooks) == 1


def _files(folder: Path) -> Iterator[Path]:
    """Regular files, no links, none that are hidden, no notebooks, never the secret; in one order."""
    secret = secret_path().resolve()
    for above, names, files in os.walk(folder, followlinks=False):
        here = Path(above)
        deep = len(here.relative_to(folder).parts) >= _DEPTH
        names[:] = sorted(
            n for n in names if not deep and not n.startswith((".", "__")) and not (here / n).is_symlink()
        )
        for name in sorted(files):
            path = here / name
            if name.startswith(".") or name in _LEFT_OUT or path.suffix == ".ipynb":
                continue
            if path.is_file() and not path.is_symlink() and path.resolve() != secret:
                yield path


def _add(path: Path, name: str, found: Beside) -> None:
    try:
        size = path.stat().st_size
        if len(found.files) >= MOST_FILES:
            why = f"more than {MOST_FILES} files lie beside the notebook"
        elif size > MOST_IN_ONE or size + sum(map(len, found.files.values())) > MOST_BYTES:
            why = f"the files beside the notebook have more than {MOST_BYTES >> 20} MB, or one has {MOST_IN_ONE >> 20}"
        else:
            with path.open("rb") as file:
                found.files[name] = file.read(MOST_IN_ONE)
            return
    except OSError as error:
        why = f"it cannot be read: {error.strerror or error}"
    note = f"{name} was not there when the notebook was run ({why})"
    if len(found.notes) < MOST_FILES:
        found.notes.append(note)


def _note_modules(folder: Path, assignment: str, found: Beside) -> None:
    modules = sorted(path.name for path in folder.glob("*.py") if path.is_file())[:3]
    if modules:
        found.notes.append(f"{', '.join(modules)} beside the notebook was not given to it, since the folder may not be "
                           f"the student's own: in a folder named {assignment} it is")  # fmt: skip
