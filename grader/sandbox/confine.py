"""What a slot does to itself before it meets a student's code: seccomp, Landlock, limits, dropped privileges.

bubblewrap, where it works, has already put the process into its own namespaces with a read-only view of the
system; the layers here hold inside that as well, and carry the whole weight where it does not work.
Each function returns the name of the layer, as it stands in the report, or None where the kernel lacks it.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)

PR_SET_DUMPABLE = 4
PR_SET_NO_NEW_PRIVS = 38
PR_SET_CHILD_SUBREAPER = 36

MAX_OPEN_FILES = 256
MAX_PROCESSES = 128
MAX_FILE_BYTES = 256 << 20

# Denied with EPERM, with the reason. Everything else is what Python, NumPy, MXNet and subprocesses need.
DENIED = {
    "network": ("socket", "connect", "bind", "listen", "accept", "accept4"),
    "looking into other processes": (
        "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise",
    ),
    "new namespaces, mounts and roots": (
        "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen",
        "fsconfig", "fsmount", "fspick", "mount_setattr",
    ),
    "memory and queues that outlive a submission": (
        "shmget", "shmat", "msgget", "msgsnd", "semget", "semop", "mq_open", "mq_unlink", "memfd_secret",
        "add_key", "request_key", "keyctl",
    ),
    "the kernel's own business": (
        "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register",
        "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon",
        "swapoff", "syslog", "acct", "quotactl", "settimeofday", "clock_settime", "clock_adjtime", "adjtimex",
        "sethostname", "setdomainname", "iopl", "ioperm", "open_by_handle_at", "name_to_handle_at",
        "fanotify_init", "lookup_dcookie", "vhangup", "personality", "nfsservctl",
    ),
}  # fmt: skip

# clone3 takes its flags in memory, where a filter cannot read them; glibc falls back to clone.
CLONE_NEW_NAMESPACES = 0x7E020000


# What no rule of Landlock covers: a file's mode, owner, times and attributes can be changed through its path.
_METADATA = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "utime", "utimes", "utimensat",
    "futimesat", "setxattr", "lsetxattr", "fsetxattr", "setxattrat", "removexattr", "lremovexattr", "fremovexattr",
    "removexattrat", "file_setattr",
)  # fmt: skip


def limits(processes: int) -> str:
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
    return "rlimits"


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


def seccomp() -> str | None:
    """Install the system call filter for this process and all that it starts."""
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError):  # libseccomp.so.2 is missing
        return None
    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    denied = pyseccomp.ERRNO(errno.EPERM)
    for names in DENIED.values():
        _deny(rules, names)
    rules.add_rule(pyseccomp.ERRNO(errno.ENOSYS), "clone3")
    for bit in range(32):
        if CLONE_NEW_NAMESPACES >> bit & 1:
            flag = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, 1 << bit, 1 << bit)
            rules.add_rule(denied, "clone", flag)
    try:
        rules.load()
    except OSError:
        return None
    return "seccomp"


def _deny(rules: Any, names: Iterable[str]) -> None:
    import pyseccomp

    for name in names:
        with contextlib.suppress(OSError):  # a call that this architecture does not have
            rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name)


def leave_metadata_alone() -> None:
    """Deny this process and its children what Landlock does not: chmod and its like, also of the user's own files."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    _deny(rules, _METADATA)
    rules.load()


def signal_only_yourself() -> None:
    """Deny this process and its children signals to any other process, itself excepted."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    other = pyseccomp.Arg(0, pyseccomp.NE, os.getpid())
    for name in ("kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"):
        rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name, other)
    for name in ("tkill", "pidfd_open", "pidfd_send_signal"):
        rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
    rules.load()


def drop_user(uid: int, must_read: Iterable[str]) -> str | None:
    """From root become `uid`, where that user can read Python's own files; drop all capabilities in any case."""
    if os.geteuid() != 0:
        return None
    if all(_others_can_read(Path(path)) for path in must_read):
        with contextlib.suppress(OSError):  # a container may know few users, and not this one
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
    _drop_capabilities()
    return "uid" if os.geteuid() == uid else None


def _others_can_read(path: Path) -> bool:
    return all(step.stat().st_mode & 0o005 == 0o005 for step in (path, *path.resolve().parents))


def _drop_capabilities() -> None:
    for capability in range(64):
        _libc.prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
    header = struct.pack("=Ii", 0x20080522, 0)
    if _libc.capset(header, struct.pack("=6I", 0, 0, 0, 0, 0, 0)) != 0:
        raise OSError(ctypes.get_errno(), "capset")


# -- Landlock: linux/landlock.h

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_READ = 1 << 0 | 1 << 2 | 1 << 3  # execute, read_file, read_dir
_READ_FILE = 1 << 0 | 1 << 2
_WRITE = 0b1_1111_1111_0010  # write_file, remove_*, make_*
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/full")


def landlock_abi() -> int:
    """The kernel's Landlock version; 0 where it has none."""
    version = _libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))
    return max(0, int(version))


def landlock(readable: Iterable[str], writable: Iterable[str]) -> str | None:
    """Let this process and its children see `readable` and write below `writable`; no TCP, no signals outside."""
    abi = landlock_abi()
    if abi == 0:
        return None
    handled = _READ | _WRITE | (_REFER if abi >= 2 else 0) | (_TRUNCATE if abi >= 3 else 0)
    handled |= _IOCTL_DEV if abi >= 5 else 0
    ruleset = _ruleset(abi, handled)
    for path in readable:
        _allow(ruleset, path, handled & _READ)
    for path in writable:
        _allow(ruleset, path, handled & ~_IOCTL_DEV)
    for path in _DEVICES:
        _allow(ruleset, path, handled & (_READ_FILE | 1 << 1))
    _restrict(ruleset)
    return "landlock"


def landlock_scope() -> bool:
    """Put this process into a domain of its own, out of which it cannot signal or trace. False: no such kernel."""
    abi = landlock_abi()
    if abi < 6:
        return False
    _restrict(_ruleset(abi, 0))
    return True


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
            access &= _READ_FILE | 1 << 1 | _TRUNCATE
        rule = struct.pack("=Qi", access, parent)
        done = _libc.syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(1), rule, ctypes.c_uint32(0))
        if done != 0:
            raise OSError(ctypes.get_errno(), f"landlock_add_rule {path}")
    finally:
        os.close(parent)


def _restrict(ruleset: int) -> None:
    no_new_privileges()
    if _libc.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)) != 0:
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")
    os.close(ruleset)
