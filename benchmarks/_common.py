"""What the benchmarks share: one core, robust times, and a table with the machine's name under it."""

from __future__ import annotations

import datetime
import os
import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
ALL_CORES = os.sched_getaffinity(0)


def one_core() -> None:
    """Keep this process, its threads and its children to one core.

    BLAS and OpenMP read their number of threads once, when they are loaded: the program is started again for that.
    """
    if os.environ.get("OMP_NUM_THREADS") != "1":
        os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")
        os.execv(sys.executable, sys.orig_argv)
    use_cores({max(ALL_CORES)})


def use_cores(cores: Iterable[int]) -> None:
    """Have all threads of this process, and children started from now on, run on these cores."""
    for thread in os.listdir("/proc/self/task"):
        os.sched_setaffinity(int(thread), cores)


def seconds(call: Callable[[], object]) -> float:
    """Wall-clock time of one call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def machine() -> str:
    """CPU model, cores, versions and date, in one line."""
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    cpu = found.group(1) if found else "unknown CPU"
    python = ".".join(map(str, sys.version_info[:3]))
    return f"{cpu}, {len(ALL_CORES)} cores, Python {python}, {datetime.date.today()}"


def publish(name: str, table: Table, *notes: str) -> None:
    """Print the table with its notes, and keep it as benchmarks/results/<name>.txt."""
    console = Console(record=True, width=110, highlight=False)
    console.print(table)
    for note in (*notes, machine()):
        console.print(note, markup=False)
    RESULTS.mkdir(exist_ok=True)
    text = "\n".join(line.rstrip() for line in console.export_text().splitlines())
    (RESULTS / f"{name}.txt").write_text(f"{text.strip(chr(10))}\n")
