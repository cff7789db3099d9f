"""Where a course keeps what was handed in, and what of it counts: nbgrader's settings submitted_directory,
directory_structure and ignore."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

STEP = "{nbgrader_step}"


@dataclass(frozen=True)
class Place:
    """What one student handed in for one assignment: a folder, `depth` names deep in the path that it was found in."""

    student: str
    assignment: str
    depth: int


@dataclass(frozen=True)
class Layout:
    """nbgrader's own settings, where a course does not say otherwise."""

    submitted: str = "submitted"
    structure: str = f"{STEP}/{{student_id}}/{{assignment_id}}"
    ignore: tuple[str, ...] = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")

    def ignores(self, path: Path) -> bool:
        """Whether nbgrader leaves a file below a submission's folder where it is, for its name or a folder's."""
        return any(fnmatch.fnmatch(part, pattern) for part in path.parts for pattern in self.ignore)

    def place(self, path: Path, assignments: Iterable[str]) -> Place | None:
        """The place that a path, absolute and without `..`, lies in or is, if it is one of these assignments'."""
        return self._match(path.as_posix(), self.structure.replace(STEP, self.submitted), assignments, False)

    def place_below(self, path: Path, assignments: Iterable[str]) -> Place | None:
        """The same for a path below a folder that stands for submitted/, whatever it is called."""
        below = "/".join(part for part in self.structure.split("/") if part != STEP)
        return self._match(path.as_posix(), below, assignments, True)

    def _match(self, path: str, structure: str, assignments: Iterable[str], whole: bool) -> Place | None:
        known = "|".join(re.escape(name) for name in assignments)
        if not known:
            return None
        folder = re.escape(structure.replace("//", "/"))
        folder = folder.replace(re.escape("{student_id}"), "(?P<student>[^/]+)")
        folder = folder.replace(re.escape("{assignment_id}"), f"(?P<assignment>{known})")
        above = "" if whole or structure.startswith("/") else r"(?:.*?/)??"
        try:
            found = re.match(rf"(?P<folder>{above}{folder})(?=/|$)", path, re.DOTALL)
        except re.error:  # a structure that says a name twice
            return None
        if found is None or not {"student", "assignment"} <= found.groupdict().keys():
            return None
        depth = len(Path(found["folder"]).parts)
        return Place(found["student"], found["assignment"], depth)
