"""An instructor's own notes on misconceptions and checks, in pins/ASSIGNMENT.md: whoever is concerned reads them.

Each note stands below a heading that is the misconception's or the check's name:

    ## sums_over_axis_0
    Remember Tuesday's lecture: axis=1 goes along a row.
"""

from __future__ import annotations

import re
from pathlib import Path

from grader.course.catalogue import CourseError

FOLDER = "pins"
_HEADING = re.compile(r"^#+[ \t]+`?([^`\n]+?)`?[ \t]*$", re.MULTILINE)


def pins_file(root: Path, assignment: str) -> Path:
    return root / FOLDER / f"{assignment}.md"


def read_pins(root: Path, assignment: str) -> dict[str, str]:
    """The notes by name; none where there is no file. Raises `CourseError` for one that cannot be read."""
    path = pins_file(root, assignment)
    try:
        _, *parts = _HEADING.split(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is no text"
        raise CourseError(f"{path} cannot be read ({why}): mend it, or move it away") from None
    return {name: text.strip() for name, text in zip(parts[::2], parts[1::2], strict=True) if text.strip()}
