"""Which submissions to one assignment resemble each other: a hint to look, never a verdict.

copydetect compares the code without its names, strings and comments. What everybody has does not count: the cells that
were handed out, the solution, and answers left as they were.
"""

from __future__ import annotations

import importlib.util
import io
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from grader.classroom.gather import Found
from grader.course.catalogue import CourseError
from grader.course.course import Assignment, Course

SHOWN_FROM = 0.5
MOST_SHOWN = 30
_LONG_ENOUGH = 25  # characters in a row, names counted as one; copydetect's own default
# Of less code of one's own than this, two people soon write the same.
LEAST = 100


@dataclass(frozen=True)
class Pair:
    """Two submissions, and the share of the shorter one's own code that the other has as well."""

    one: Found
    other: Found
    share: float


def pairs(course: Course, found: Sequence[Found]) -> list[Pair]:
    """The pairs among these submissions to one assignment, the most alike first.

    Raises `CourseError` where copydetect is not installed, and for reports without their notebooks.
    """
    if importlib.util.find_spec("copydetect") is None:
        raise CourseError("--similar needs copydetect: install it with pip install 'softmark[similar]'")
    if any(one.notebook is None for one in found):
        raise CourseError("--similar reads the graded notebooks: leave the files of JSON lines and --anonymous out")
    from copydetect import compare_files

    assignment = course.assignment(found[0].report.assignment or "")
    common = _fingerprint("\n\n".join([*assignment.released.values(), *(cell.source for cell in assignment.cells)]), [])
    texts = [_own_code(one, assignment) for one in found]
    prints = [_fingerprint(text, common.hashes) for text in texts]
    made = []
    for (one, first), (other, second) in itertools.combinations(zip(found, prints, strict=True), 2):
        if min(first.token_coverage, second.token_coverage) < LEAST:
            continue
        _, shares, _ = compare_files(first, second)
        if (share := float(max(shares))) >= SHOWN_FROM:
            made.append(Pair(one, other, min(share, 1.0)))
    return sorted(made, key=lambda pair: -pair.share)


def _fingerprint(text: str, common: Iterable[int]) -> Any:
    from copydetect import CodeFingerprint

    return CodeFingerprint("code.py", _LONG_ENOUGH, 1, boilerplate=list(common), fp=io.StringIO(text))


def _own_code(one: Found, assignment: Assignment) -> str:
    """The code cells that the student has written or changed."""
    assert one.notebook is not None
    own = []
    for cell in json.loads(one.notebook.read_text(encoding="utf-8"))["cells"]:
        mark, source = cell["metadata"].get("nbgrader", {}), "".join(cell["source"])
        is_own = not mark or (mark.get("solution") and source != assignment.stubs.get(mark["grade_id"]))
        if cell["cell_type"] == "code" and is_own:
            own.append(source)
    return "\n\n".join(own)
