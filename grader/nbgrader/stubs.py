"""The stub nbgrader writes where a solution was: ``raise NotImplementedError("softmax")``, by name.

The judge reports that error as `not_attempted`. nbgrader's own stubs are the same in every cell: with those, nbgrader
validate could not say which question is still without an answer.
"""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import ClearSolutions


class NamedStubs(ClearSolutions):  # type: ignore[misc]  # nbgrader is untyped
    """Clears the solutions as nbgrader does; the stub it leaves names the exercise or question, the cell's grade_id."""

    code_stub: dict[str, str]  # nbgrader's options: the stub for each language
    text_stub: str  # and that for answers in words

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        """Replace the solution in one cell of the notebook, if it holds one."""
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        stub = f'# Your code here.\nraise NotImplementedError("{name}")'
        self.code_stub = {**self.code_stub, "python": stub}
        self.text_stub = f"YOUR ANSWER HERE ({name})"
        cleared: tuple[Any, Any] = super().preprocess_cell(cell, resources, cell_index)
        return cleared
