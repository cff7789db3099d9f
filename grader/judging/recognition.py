"""Which cells of a submission are the course's: by their marks, or, where those are lost, by what they say.

nbdev, Kaggle and some editors save a notebook without the cells' metadata, and ids of their own making.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from grader.course.course import Assignment, SourceCell
from grader.course.notebook import same_text, what_it_says

NotebookCell = dict[str, Any]

# Of the lines of a given cell that somebody has edited, how many must be left for it to be told by them.
_SHARED_LINES = 0.5
_OF_COPIES = {"solution": "all were run, in order", "answer": "the first that has an answer counts"}


def grade_id_of(cell: NotebookCell) -> str | None:
    """The cell's nbgrader grade_id, if it has one."""
    mark = cell["metadata"].get("nbgrader")
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    return grade_id if isinstance(grade_id, str) else None


def recognise(given: list[NotebookCell], assignment: Assignment, notes: list[str]) -> dict[int, SourceCell]:
    """Which cell stands for which of the course's: of copies the first, of a written answer the first with words."""
    places: dict[str, list[int]] = {}
    for place, cell in enumerate(given):
        grade_id = grade_id_of(cell) or _id_of(cell)  # an editor that drops the metadata may keep the id
        if grade_id in assignment.by_id:
            places.setdefault(grade_id, []).append(place)
    marked = {_chosen(found, given, assignment, name, notes): assignment.by_id[name] for name, found in places.items()}
    free = _Free(given, assignment, {place for found in places.values() for place in found}, marked)
    free.by_text()
    if not places:
        free.by_place()
        if marked:
            notes.append("the notebook has lost the marks of its cells, as some programs do when they save one: "
                         f"{len(marked)} of {len(assignment.cells)} were told by what they say")  # fmt: skip
    return marked


def as_released(cell: NotebookCell, source: SourceCell, assignment: Assignment) -> bool:
    """Whether a student has left a cell as it came: it is as in the release, or as in the one that nbgrader signed."""
    released = assignment.released.get(source.grade_id)
    return (released is not None and same_text(cell["source"], released)) or _is_signed(cell)


def _chosen(
    found: list[int], given: list[NotebookCell], assignment: Assignment, grade_id: str, notes: list[str]
) -> int:  # fmt: skip
    if len(found) == 1:
        return found[0]
    role = assignment.by_id[grade_id].role
    notes.append(f"cell {grade_id} appears more than once; {_OF_COPIES.get(role, 'the first one counts')}")
    with_words = (place for place in found if role == "answer" and _has_words(given[place], grade_id, assignment))
    return next(with_words, found[0])


def _has_words(cell: NotebookCell, grade_id: str, assignment: Assignment) -> bool:
    stub = assignment.stubs.get(grade_id, "")
    return bool(cell["source"].strip()) and not same_text(cell["source"], stub)


def _id_of(cell: NotebookCell) -> str:
    """In the course's notebooks, a cell's id is its grade_id."""
    cell_id = cell.get("id")
    return cell_id if isinstance(cell_id, str) else ""


def _is_signed(cell: NotebookCell) -> bool:
    """Whether the cell's text is that of the checksum that nbgrader wrote into its metadata when it was released.

    A student can write one too; it is for a note alone.
    """
    mark = cell["metadata"].get("nbgrader")
    if not isinstance(mark, dict) or "checksum" not in mark:
        return False
    grade, solution = bool(mark.get("grade")), bool(mark.get("solution"))
    locked = not solution and (grade or bool(mark.get("locked")))
    words = [cell["source"], str(cell["cell_type"]), str(grade), str(solution), str(locked), str(mark.get("grade_id"))]
    points = mark.get("points")
    if grade and isinstance(points, int | float):
        words.append(str(float(points)))
    return hashlib.md5("".join(words).encode(), usedforsecurity=False).hexdigest() == mark["checksum"]


class _Free:
    """The cells that bear no mark, and the course's own that are still to be found among them."""

    def __init__(
        self, given: list[NotebookCell], assignment: Assignment, taken: set[int], marked: dict[int, SourceCell]
    ) -> None:  # fmt: skip
        self._given = given
        self._assignment = assignment
        self._taken = taken
        self._marked = marked
        self._says = {n: what_it_says(cell["source"]) for n, cell in enumerate(given) if n not in taken}

    def by_text(self) -> None:
        """Given cells that say what the course's say."""
        for source in self._missing():
            if source.role not in ("solution", "answer"):
                texts = [source.source, self._assignment.released.get(source.grade_id, source.source)]
                known = {what_it_says(text) for text in texts}
                self._take(source, [place for place in self._unmarked(source) if self._says[place] in known])

    def by_place(self) -> None:
        """Students' own cells, and given ones that they have edited, between those that are known."""
        for source in self._missing():
            if source.role == "solution":
                defines = re.compile(rf"^(?:async +)?(?:def|class) +{re.escape(source.grade_id)}\b|"
                                     rf"^{re.escape(source.grade_id)} *=", re.MULTILINE)  # fmt: skip
                everywhere = self._unmarked(source)
                self._take(source, [p for p in everywhere if defines.search(self._given[p]["source"])])
        for source in self._missing():
            near = self._between_neighbours(source)
            if source.role == "answer":
                told = [p for p in near if _has_words(self._given[p], source.grade_id, self._assignment)]
                self._take(source, told or near)
            elif source.role != "solution":
                self._take(source, [p for p in near if _alike(self._given[p]["source"], source.source)])

    def _missing(self) -> list[SourceCell]:
        found = {source.grade_id for source in self._marked.values()}
        return [source for source in self._assignment.cells if source.grade_id not in found]

    def _unmarked(self, source: SourceCell) -> list[int]:
        cells = enumerate(self._given)
        return [n for n, cell in cells if n not in self._taken and cell["cell_type"] == source.cell_type]

    def _between_neighbours(self, source: SourceCell) -> list[int]:
        where = {found.grade_id: place for place, found in self._marked.items()}
        order = [cell.grade_id for cell in self._assignment.cells]
        at = order.index(source.grade_id)
        above = next((where[name] for name in reversed(order[:at]) if name in where), -1)
        below = next((where[name] for name in order[at:] if name in where), len(self._given))
        return [place for place in self._unmarked(source) if above < place < below]

    def _take(self, source: SourceCell, places: list[int]) -> None:
        if places:
            self._marked[places[0]] = source
            self._taken.add(places[0])


def _alike(text: str, other: str) -> bool:
    """Whether they have most of their lines in common."""
    if len(text) > 2 * len(other) + 1_000:
        return False
    one, two = set(_lines(text)), set(_lines(other))
    return len(one & two) > _SHARED_LINES * max(len(one), len(two))


def _lines(text: str) -> Iterator[str]:
    return (line for each in text.splitlines() if (line := each.strip()))
