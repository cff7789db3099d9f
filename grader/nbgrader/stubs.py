"""The stub nbgrader writes where a solution was: ``raise NotImplementedError("softmax")``, by name.

The judge reports that error as `not_attempted`. nbgrader's own stubs are the same in every cell: with those, nbgrader
validate could not say which question is still without an answer.

Notebooks without exercises, of ordinary assignments in the same course, get nbgrader's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import ClearSolutions

from grader.course.catalogue import CourseError
from grader.course.course import find_course, is_ours


class NamedStubs(ClearSolutions):  # type: ignore[misc]  # nbgrader is untyped
    """Clears the solutions as nbgrader does; the stub it leaves names the exercise or question, the cell's grade_id."""

    code_stub: dict[str, str]  # nbgrader's options: the stub for each language
    text_stub: str  # and that for answers in words
    _named = False

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Raises `CourseError` for a notebook with exercises that could not be graded when it comes back."""
        self._named = is_ours(nb)
        if self._named:
            about = resources["nbgrader"]
            try:
                find_course(Path.cwd()).check_source(about["assignment"], about["notebook"])
            except CourseError as error:
                self.log.error("%s", error)
                raise
            # Students' notebooks say which assignment they are, whatever this one was made from.
            nb.metadata.softmark["assignment"] = about["assignment"]
        cleared: tuple[Any, Any] = super().preprocess(nb, resources)
        return cleared

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Replace the solution in one cell of the notebook, if it holds one."""
        own = self.code_stub, self.text_stub
        if self._named:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            stub = f'# Your code here.\nraise NotImplementedError("{name}")'
            self.code_stub = {**self.code_stub, "python": stub}
            self.text_stub = f"YOUR ANSWER HERE ({name})"
        try:
            cleared: tuple[Any, Any] = super().preprocess_cell(cell, resources, cell_index)
        finally:
            self.code_stub, self.text_stub = own
        return cleared
