"""The system calls that a slot may make: an allow-list with its reasons, as programs for the kernel's filter.

What is not named here does not exist for a submission (ENOSYS): libraries then do without, as on an older kernel.
REFUSED is answered as the kernel answers who may not (EPERM), so that a student reads "Operation not permitted".
FATAL ends the process.

No rule keeps memory from being writable and executable at once: oneDNN, inside MXNet, compiles its kernels while it
runs. A submission's author chooses what runs here anyway; what matters is what it can ask of the kernel.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import socket
import stat
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

ALLOWED = {
    "reading and writing; where files may be is the affair of mounts and Landlock": (
        "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "pwrite64", "pwritev", "pwritev2", "lseek",
        "close", "close_range", "dup", "dup2", "dup3", "fcntl", "flock", "ftruncate", "fallocate", "fsync", "fdatasync",
        "fadvise64", "sendfile", "copy_file_range", "pipe", "pipe2",
    ),
    "files and folders by name: imports, data, what a student saves": (
        "creat", "access", "faccessat", "faccessat2", "stat", "lstat", "fstat", "newfstatat", "statx", "statfs",
        "fstatfs", "getdents", "getdents64", "readlink", "readlinkat", "getcwd", "chdir", "fchdir", "mkdir", "mkdirat",
        "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
        "umask", "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr",
    ),
    "memory": ("brk", "mmap", "munmap", "mprotect", "mremap", "madvise", "msync"),
    "processes and threads: OpenMP, subprocess, multiprocessing": (
        "fork", "vfork", "execve", "exit", "exit_group", "wait4", "waitid", "futex", "set_robust_list", "rseq",
        "set_tid_address", "arch_prctl", "restart_syscall", "sched_yield", "sched_getaffinity", "sched_getparam",
        "sched_getscheduler", "sched_get_priority_min", "sched_get_priority_max", "getpriority", "ioprio_get", "getcpu",
        "getrlimit", "setrlimit", "getrusage", "times", "getpid", "gettid", "getppid", "getpgrp", "getpgid", "setpgid",
        "getsid", "setsid",
    ),
    "signals, among its own; whom they reach is limited elsewhere": (
        "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigtimedwait", "rt_sigsuspend",
        "sigaltstack", "kill", "tkill", "tgkill", "pause", "alarm", "getitimer", "setitimer", "timer_create",
        "timer_settime", "timer_gettime", "timer_getoverrun", "timer_delete",
    ),
    "time": ("clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time"),
    "waiting: subprocess, asyncio": (
        "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait",
        "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2",
    ),
    "the socket to the judge, and pairs of connected ones: nothing that could name another end": (
        "sendto", "recvfrom", "shutdown", "getsockname", "getpeername", "getsockopt",
    ),
    "who and where it is": (
        "uname", "sysinfo", "getuid", "geteuid", "getgid", "getegid", "getgroups", "getresuid", "getresgid", "capget",
        "getrandom",
    ),
}  # fmt: skip

_NEW_NAMESPACES = 0x7E020000
_INT = 0xFFFFFFFF  # the kernel reads these arguments as ints, whatever the upper half holds
# Allowed where the argument (its place; under this mask) is one of these.
ALLOWED_WITH = {
    # Threads and processes, in no new namespace. clone3 keeps its flags in memory, where no filter can read them:
    # it does not exist, and glibc takes clone.
    "clone": (0, _NEW_NAMESPACES, (0,)),
    # TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX: is it a terminal, is there something to read.
    # Not TIOCSTI, which types into the terminal of whoever started the grader.
    "ioctl": (1, _INT, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),
    # Names of threads, death signals, no new privileges, and questions; not whether others may look into its memory.
    "prctl": (0, _INT, (1, 2, 3, 15, 16, 21, 23, 38, 39, 0x53564D41)),
    # Limits, priority and processors: its own. Without namespaces the judge may be of the same user.
    "prlimit64": (0, _INT, (0,)),
    "setpriority": (1, _INT, (0,)),
    "sched_setaffinity": (0, _INT, (0,)),
    "socketpair": (0, _INT, (int(socket.AF_UNIX),)),
    "mknod": (1, stat.S_IFMT(_INT), (stat.S_IFIFO,)),
    "mknodat": (2, stat.S_IFMT(_INT), (stat.S_IFIFO,)),
}

# A file's mode, owner, times and attributes, and its length by name: what no rule of Landlock (the length: none of
# its first two versions) covers. Refused where the submission's user owns more than its own folder.
METADATA = (
    "chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "utime", "utimes", "utimensat",
    "futimesat", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
)  # fmt: skip
_OPENING = {"open": 1, "openat": 2}

REFUSED = {
    "the network, and sockets with a name; passing on descriptors, behind which files can be hidden": (
        "socket", "connect", "bind", "listen", "accept", "accept4", "setsockopt", "sendmsg", "sendmmsg", "recvmsg",
        "recvmmsg",
    ),
    "memory that outlives its process, cannot be seen from outside, or cannot be taken back": (
        "shmget", "shmat", "shmctl", "msgget", "msgsnd", "semget", "semop", "mq_open", "mq_unlink", "memfd_create",
        "memfd_secret", "mlock", "mlock2", "mlockall", "add_key", "request_key", "keyctl",
    ),
    "becoming someone else": (
        "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid",
        "capset",
    ),
    "running before others": ("sched_setscheduler", "sched_setparam", "sched_setattr", "ioprio_set"),
}  # fmt: skip

# No library for a notebook tries these and does without: who calls them looks for a way out of the sandbox. Ended at
# once, there is no second attempt, and the report says why.
FATAL = {
    "other processes' memory and descriptors": (
        "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd",
    ),
    "namespaces, mounts and roots": (
        "unshare", "setns", "mount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "fsopen", "fsconfig",
        "fsmount", "fspick", "mount_setattr", "open_by_handle_at",
    ),
    "the kernel itself": (
        "bpf", "userfaultfd", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
        "swapon", "swapoff", "acct", "settimeofday", "clock_settime", "iopl", "ioperm",
    ),
}  # fmt: skip

# What the worker needs beyond that: to take sockets from the judge, and to confine each submission further.
_WORKER = ("recvmsg", "seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "prctl")
# What NVIDIA's driver asks for, by what others saw; never tried here, for want of a card that MXNet can use.
_GPU = ("memfd_create", "mlock", "mlock2", "mlockall", "munlock", "mbind", "get_mempolicy", "set_mempolicy")
# The driver's own requests (of type 'F') and those of its unified memory (plain numbers); none of a terminal's.
_GPU_REQUESTS = ((0xFF00, 0x4600), (0xFFFFFF00, 0), (_INT, 0x30000001), (_INT, 0x30000002))

_SET_MODE_FILTER, _ALL_THREADS = 1, 1
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Needs:
    """Who is to run under a filter: the `worker`, or a submission.

    `metadata`: its user owns nothing but its own folder, so that it may change modes and times. `truncates`: it may
    name a file to empty, since a mount or Landlock says which. `gpu`: the driver of one is used.
    """

    worker: bool = False
    metadata: bool = True
    truncates: bool = True
    gpu: bool = False


def program(needs: Needs, arch: int | None = None) -> bytes:
    """The filter as the kernel's instructions, for this machine or another architecture (`pyseccomp.Arch`).

    Raises ImportError, OSError or RuntimeError where libseccomp is missing.
    """
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.ENOSYS))
    if arch is not None:
        rules.add_arch(arch)
        rules.remove_arch(pyseccomp.Arch.NATIVE)
    allowed = {name for names in ALLOWED.values() for name in names}
    allowed |= {*(_WORKER if needs.worker else ()), *(_GPU if needs.gpu else ()), *(METADATA if needs.metadata else ())}
    if needs.truncates:
        allowed |= {"truncate", *_OPENING}
    else:
        _allow_opening(rules)
    _add(rules, pyseccomp.ALLOW, allowed)
    for name, (place, mask, values) in ALLOWED_WITH.items():
        if name not in allowed:
            for value in values:
                _add(rules, pyseccomp.ALLOW, [name], pyseccomp.Arg(place, pyseccomp.MASKED_EQ, mask, value))
    for mask, value in _GPU_REQUESTS if needs.gpu else ():
        _add(rules, pyseccomp.ALLOW, ["ioctl"], pyseccomp.Arg(1, pyseccomp.MASKED_EQ, mask, value))
    refused = {name for names in REFUSED.values() for name in names} | {"truncate", *METADATA}
    _add(rules, pyseccomp.ERRNO(errno.EPERM), refused - allowed)
    _add(rules, pyseccomp.KILL_PROCESS, (name for names in FATAL.values() for name in names))
    for flag in (1 << bit for bit in range(32) if _NEW_NAMESPACES >> bit & 1):
        _add(rules, pyseccomp.KILL_PROCESS, ["clone"], pyseccomp.Arg(0, pyseccomp.MASKED_EQ, flag, flag))
    return _instructions(rules)


def only_signals_to_itself(pid: int) -> bytes:
    """A filter to add for the process `pid`: it and its children may signal nobody, itself excepted."""
    import pyseccomp

    rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
    refused = pyseccomp.ERRNO(errno.EPERM)
    _add(rules, refused, ("kill", "tgkill"), pyseccomp.Arg(0, pyseccomp.NE, pid))
    _add(rules, refused, ("tkill",))
    return _instructions(rules)


def install(instructions: bytes) -> None:
    """Put this process under the filter, with every thread of it: MXNet starts some as soon as it is forked."""
    import pyseccomp

    code = ctypes.create_string_buffer(instructions, len(instructions))
    filter_program = struct.pack("HP", len(instructions) // 8, ctypes.addressof(code))  # struct sock_fprog
    number = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, "seccomp")
    done = _libc.syscall(number, ctypes.c_uint(_SET_MODE_FILTER), ctypes.c_uint(_ALL_THREADS), filter_program)
    if done != 0:
        raise OSError(ctypes.get_errno() if done < 0 else errno.ESRCH, "seccomp")


def _add(rules: Any, action: int, names: Iterable[str], *conditions: Any) -> None:
    for name in names:
        with contextlib.suppress(OSError):  # a call that this architecture, or this libseccomp, does not have
            rules.add_rule(action, name, *conditions)


def _allow_opening(rules: Any) -> None:
    """Without O_TRUNC, or for writing: O_TRUNC empties a file also when it is opened for reading."""
    import pyseccomp

    for name, place in _OPENING.items():
        for mask, value in ((os.O_TRUNC, 0), (os.O_ACCMODE, os.O_WRONLY), (os.O_ACCMODE, os.O_RDWR)):
            _add(rules, pyseccomp.ALLOW, [name], pyseccomp.Arg(place, pyseccomp.MASKED_EQ, mask, value))


def _instructions(rules: Any) -> bytes:
    reading, writing = os.pipe()  # large enough for any program; there may be no folder to write to any more
    with open(reading, "rb") as told, open(writing, "wb") as file:
        rules.export_bpf(file)
        file.close()
        return told.read()
