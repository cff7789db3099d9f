"""What tests ask of processes that may end while they ask."""

from __future__ import annotations

from contextlib import suppress

import psutil


def runs(process: psutil.Process) -> bool:
    """Whether it is there, and no zombie."""
    with suppress(psutil.NoSuchProcess):
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    return False


def command_line(process: psutil.Process) -> str:
    """All its arguments; nothing where it has ended."""
    with suppress(psutil.Error):
        return " ".join(process.cmdline())
    return ""
