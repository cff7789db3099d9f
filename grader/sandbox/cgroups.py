"""A control group of the slot's own, where the judge may make one: what all its processes take together.

It may where it runs as root under systemd, or below a user's service manager (`systemd-run --user --scope`).
"""

from __future__ import annotations

import contextlib
import itertools
import os
from pathlib import Path

_MOUNT = Path("/sys/fs/cgroup")
_PREFIX = "softmark-"
_numbers = itertools.count()


class ControlGroup:
    """`folder` is the group's own; it goes with `close`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._warm: int | None = None
        self._killed = 0

    def around(self, command: list[str]) -> list[str]:
        """The command, begun inside the group."""
        return ["/bin/sh", "-c", 'echo 0 > "$0/cgroup.procs" && exec "$@"', str(self.folder), *command]

    def allow(self, memory: int, processes: int) -> None:
        """Let the slot take `memory` bytes beyond what it took when this was first called, and so many tasks."""
        if self._warm is None:
            self._warm = int((self.folder / "memory.current").read_text())
        (self.folder / "memory.max").write_text(str(self._warm + memory))
        (self.folder / "pids.max").write_text(str(processes))
        with contextlib.suppress(OSError):  # a kernel that accounts no swap
            (self.folder / "memory.swap.max").write_text("0")
        self._killed = self._kills()

    def ran_out(self) -> bool:
        """Whether the kernel has ended a process for want of memory since `allow`."""
        return self._kills() > self._killed

    def _kills(self) -> int:
        with contextlib.suppress(OSError, KeyError, ValueError):
            lines = (self.folder / "memory.events").read_text().splitlines()
            return int(dict(line.split() for line in lines)["oom_kill"])
        return 0

    def close(self) -> None:
        with contextlib.suppress(OSError):
            (self.folder / "cgroup.kill").write_text("1")
        _remove(self.folder)


def make() -> ControlGroup | None:
    """None where the judge may not make a group, or memory and processes cannot be bounded by one."""
    for above in _places():
        with contextlib.suppress(OSError):
            if not {"memory", "pids"} <= set((above / "cgroup.subtree_control").read_text().split()):
                continue
            if not os.access(above / "cgroup.procs", os.W_OK):
                continue
            _remove_stale(above)
            folder = above / f"{_PREFIX}{os.getpid()}-{next(_numbers)}"
            folder.mkdir()
            return ControlGroup(folder)
    return None


def _places() -> list[Path]:
    """Where a group for a slot can be: beside the judge's own; below it, where that is the machine's root."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/cgroup").read_text().splitlines():
            if line.startswith("0::/"):
                own = _MOUNT / line[4:]
                return [own, own.parent] if own != _MOUNT else [own]
    return []


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()


def _remove_stale(above: Path) -> None:
    """What judges have left that were killed; a group with a process in it stays."""
    for folder in above.glob(f"{_PREFIX}*-*"):
        pid = folder.name.removeprefix(_PREFIX).split("-")[0]
        if not Path("/proc", pid).exists():
            _remove(folder)
