"""How long does a student wait for check("softmax")? From sending the cell to a Jupyter kernel to its table's arrival.

Runs the solution notebook's cells, without demonstrations, in a kernel of its own, and each check cell several times.
The first call of all imports pytest and the checks; train's check holds a training run on Fashion-MNIST.

    python -m benchmarks.self_check    # about a minute
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import time
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from rich.table import Table

from benchmarks._common import publish
from grader.data.fashion_mnist import load

KIT = Path(__file__).resolve().parents[1]
CALLS = {"train": 4}
OTHER_CALLS = 12
LIMIT = 180.0


def execute(client: BlockingKernelClient, source: str) -> tuple[float, str]:
    """Run a cell: seconds until its last display arrived, and that display's text. Raises `SystemExit` on an error."""
    shown = (0.0, "")
    started = time.perf_counter()

    def on_output(message: dict[str, Any]) -> None:
        nonlocal shown
        content = message["content"]
        if message["msg_type"] == "display_data":
            shown = time.perf_counter() - started, content["data"]["text/plain"]
        elif message["msg_type"] == "error":
            sys.exit("\n".join(content["traceback"]))

    client.execute_interactive(source, output_hook=on_output, timeout=LIMIT)
    return shown


def time_checks(assignment: str) -> dict[str, list[float]]:
    """Seconds of every call, by exercise, in the notebook's order."""
    notebook = nbformat.read(KIT / "solutions" / assignment / f"{assignment}.ipynb", as_version=4)
    os.environ["PYTHONPATH"] = str(KIT)
    manager, client = start_new_kernel(kernel_name="python3")
    times = {}
    try:
        for cell in notebook.cells:
            name = cell.metadata.nbgrader.grade_id.removeprefix("check-")
            if cell.metadata.nbgrader.grade and cell.cell_type == "code":
                calls = [execute(client, cell.source) for _ in range(CALLS.get(name, OTHER_CALLS))]
                for _, text in calls:
                    found = re.search(r"(\d+) of (\d+) checks passed", text)
                    assert found and found[1] == found[2], text
                times[name] = [took for took, _ in calls]
            elif cell.cell_type == "code" and "demo" not in cell.metadata.get("tags", []):
                execute(client, cell.source)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return times


def main() -> None:
    table = Table("", "first call", "later calls: median", "slowest", title='Seconds from check("…") to its table')
    for assignment in ("softmax-regression", "softmax-regression-nd"):
        table.add_section()
        table.add_row(f"[bold]{assignment}")
        for name, (first, *later) in time_checks(assignment).items():
            table.add_row(f"  {name}", f"{first:.3f}", f"{statistics.median(later):.3f}", f"{max(later):.3f}")
    calls = f"{OTHER_CALLS} calls of each check, {CALLS['train']} of train's"
    publish("self_check", table, f"In the notebook's order, one kernel each; {calls}. Data: {load().name}.")


if __name__ == "__main__":
    main()
