"""What a process does to itself before it meets a student's code: limits, dropped privileges, hidden memory.

`layers` says which of these hold where, and in which order.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import struct
from collections.abc import Iterable
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36

MAX_OPEN_FILES = 256
MAX_PROCESSES = 128
MAX_FILE_BYTES = 256 << 20


def limits(processes: int) -> None:
    """Limits that hold for every process of the slot. Memory is limited per submission, see `limit_memory`.

    `processes` counts all that the user runs, the slot's own and others. Where many processes together use up the
    machine's memory, the kernel is to end one of these, not the judge.
    """
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000")
    for which, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_FSIZE, MAX_FILE_BYTES),
        (resource.RLIMIT_NPROC, processes),
    ):
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))


def mapped_bytes() -> int:
    """How much address space this process has mapped."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def limit_memory(most: int) -> None:
    """Let this process map `most` bytes in all."""
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def hide_memory() -> None:
    """Keep other processes of the same user from opening this one's memory and descriptors."""
    _libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)


def show_memory() -> None:
    """Undo `hide_memory` for a child, which may need its own /proc/self."""
    _libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)


def no_new_privileges() -> None:
    if _libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_NO_NEW_PRIVS)")


def adopt_orphans() -> None:
    """Become the parent of whatever descendants leave behind."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def drop_user(uid: int, must_read: Iterable[str]) -> bool:
    """From root become `uid`, where that user can read Python's own files; drop all capabilities in any case."""
    if os.geteuid() != 0:
        return False
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    if all(_others_can_read(Path(path)) for path in must_read):
        with contextlib.suppress(OSError):  # a container may know few users, and not this one
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
    header = struct.pack("=Ii", 0x20080522, 0)
    if _libc.capset(header, struct.pack("=6I", 0, 0, 0, 0, 0, 0)) != 0:
        raise OSError(ctypes.get_errno(), "capset")
    return os.geteuid() == uid


def end_with_parent() -> None:
    """Be killed when the parent ends; Linux forgets that wish where a process changes its user."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _others_can_read(path: Path) -> bool:
    return all(step.stat().st_mode & 0o005 == 0o005 for step in (path, *path.resolve().parents))
