"""Landlock, by which a process gives up access to files, the network and other processes: linux/landlock.h."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable

from grader.sandbox.confine import no_new_privileges

_libc = ctypes.CDLL(None, use_errno=True)

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read_file, read_dir
_USE = 1 << 0 | 1 << 1 | 1 << 2  # execute, write_file, read_file
_WRITE = 0b1_1111_1111_0010  # write_file, remove_*, make_*
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/full")


def version() -> int:
    """The kernel's Landlock, by its ABI's number; 0 where it has none."""
    return max(0, int(_libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))


def restrict(abi: int, readable: Iterable[str], writable: Iterable[str], devices: Iterable[str] = ()) -> None:
    """Let this process and its children see `readable` and write below `writable`; no TCP, no signals outside.

    What the version `abi` does not have yet: before 3 it lets files that may be read be emptied, before 4 TCP, before 6
    signals and abstract sockets. Filters of system calls take that over, see `layers`. (Before 2 no file can be moved
    to another folder, before 5 devices take ioctl: none can be opened but the harmless ones and `devices`.)
    """
    handled = _READ | _WRITE | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)
    handled |= _IOCTL_DEV if abi >= 5 else 0
    ruleset = _ruleset(abi, handled)
    for path in readable:
        _allow(ruleset, path, handled & _READ)
    for path in writable:
        _allow(ruleset, path, handled & ~_IOCTL_DEV)
    for path in _DEVICES:
        _allow(ruleset, path, handled & _USE)
    for path in devices:
        _allow(ruleset, path, handled & (_USE | _IOCTL_DEV))
    _enforce(ruleset)


def scope() -> None:
    """Put this process into a domain of its own, out of which it cannot signal or trace; from version 6 on."""
    _enforce(_ruleset(6, 0))


def _ruleset(abi: int, handled: int) -> int:
    # handled_access_fs, handled_access_net (bind, connect), scoped (abstract sockets, signals); by ABI.
    fields = [handled] + ([0b11] if abi >= 4 else []) + ([0b11] if abi >= 6 else [])
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    size = ctypes.c_size_t(len(attributes))
    ruleset = int(_libc.syscall(_CREATE_RULESET, attributes, size, ctypes.c_uint32(0)))
    if ruleset < 0:
        raise OSError(ctypes.get_errno(), "landlock_create_ruleset")
    return ruleset


def _allow(ruleset: int, path: str, access: int) -> None:
    try:
        parent = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # a path that this system does not have needs no rule
        return
    try:
        if not os.path.isdir(path):
            access &= _USE | _TRUNCATE | _IOCTL_DEV
        rule = struct.pack("=Qi", access, parent)
        done = _libc.syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint32(0))
        if done != 0:
            raise OSError(ctypes.get_errno(), f"landlock_add_rule {path}")
    finally:
        os.close(parent)


def _enforce(ruleset: int) -> None:
    no_new_privileges()
    if _libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) != 0:
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    os.close(ruleset)
