"""What ``check`` does for ``nbgrader validate`` and the Validate button, which both run the notebook in a kernel.

nbgrader's validator reads a cell's outputs: an error, or anything at all on stderr, and the cell has failed. So while
checks run nothing that students' functions print may reach the cell, and where points were lost an error must.
"""

from __future__ import annotations

import os
import signal
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

# nbgrader stops a cell after 30 seconds, unless a course says otherwise, and then nobody learns why.
SECONDS = 25.0
# It cuts longer lines.
COLUMNS = 83


def active() -> bool:
    """Whether nbgrader is validating the notebook that this process runs."""
    return os.environ.get("NBGRADER_EXECUTION") == "validate" and shell() is not None


def shell() -> Any:
    """IPython's shell, where that runs this process; else None."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython is not None else None


class TimeIsUp(BaseException):
    """No `Exception`, because students' functions may well catch those."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raises `TimeIsUp` in the block after that time. Only the main thread, where kernels run cells, can be stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 1e-3))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def unheard() -> Iterator[None]:
    """Nothing that the block prints is among the cell's outputs afterwards."""
    # What C++ writes reaches the cell through a thread of the kernel's, at some later time: it must not set out.
    saved = {number: os.dup(number) for number in (1, 2)}
    null = os.open(os.devnull, os.O_WRONLY)
    for number in saved:
        os.dup2(null, number)
    os.close(null)
    try:
        yield
    finally:
        for number, copy in saved.items():
            os.dup2(copy, number)
            os.close(copy)
        # Prints, warnings, and loggers that hold on to the stream they were given: sent, and taken back.
        shell().display_pub.clear_output()


class ChecksNotPassed(Exception):
    """What nbgrader finds in a cell whose checks are not all passed."""

    def _render_traceback_(self) -> list[str]:
        """IPython shows this in place of a traceback."""
        return str(self).splitlines()


def fail_cell(text: str) -> None:
    """Make nbgrader's validator say that this cell failed, and why. The cell goes on all the same."""
    lines = [_wrapped(line) for line in text.splitlines()]
    error = ChecksNotPassed("\n".join(lines))
    shell().showtraceback((type(error), error, None))


def _wrapped(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip())]
    hanging = f"{indent}  " if indent else ""
    return textwrap.fill(line, COLUMNS, subsequent_indent=hanging, break_on_hyphens=False)
