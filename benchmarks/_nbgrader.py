"""The kit's solution notebook as an assignment of stock nbgrader's, for comparison."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat

ASSIGNMENT = "softmax-regression"
KIT = Path(__file__).resolve().parents[1]


def cells_by_name() -> dict[str, str]:
    """The cells of nbgrader_cells.py."""
    parts = re.split(r"^# %% (\w+)\n", (KIT / "benchmarks" / "nbgrader_cells.py").read_text(), flags=re.MULTILINE)
    return {name: source.strip() for name, source in zip(parts[1::2], parts[2::2], strict=True)}


def solution() -> Any:
    """The solution notebook without its written questions."""
    notebook = nbformat.read(KIT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    notebook.cells = [c for c in notebook.cells if not (c.cell_type == "markdown" and c.metadata.nbgrader.grade)]
    return notebook


def without_training(notebook: Any) -> Any:
    """The notebook without `train` and the demonstrations: what is left costs what the grader itself costs."""
    drop = ("train", "check-train")
    notebook.cells = [
        c for c in notebook.cells
        if c.metadata.nbgrader.grade_id not in drop and "demo" not in c.metadata.get("tags", [])
    ]  # fmt: skip
    return notebook


def nbgrader_notebook(with_tests: bool, training: bool = False) -> Any:
    """The solution notebook, its checks replaced by cells of asserts or left out; with `train` if `training`."""
    notebook = solution() if training else without_training(solution())
    tests, kept = cells_by_name(), []
    for cell in notebook.cells:
        name = cell.metadata.nbgrader.grade_id.removeprefix("check-")
        if cell.metadata.nbgrader.grade:
            cell.source = tests.get(name, "")
            kept += [cell] if with_tests and name in tests else []
        else:
            kept.append(cell)
        if name == "setup" and with_tests:
            helpers = nbformat.from_dict(cell | {"id": "helpers", "source": tests["helpers"]})
            helpers.metadata.nbgrader = cell.metadata.nbgrader | {"grade_id": "helpers"}
            kept.append(helpers)
    notebook.cells = kept
    return notebook


def nbgrader(course: Path, *words: str) -> None:
    """Run an nbgrader command. Raises `SystemExit` with what it said if it fails."""
    command = [str(Path(sys.executable).with_name("nbgrader")), *words]
    done = subprocess.run(command, cwd=course, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        sys.exit(done.stdout)
