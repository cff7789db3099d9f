"""Looks at what a submission's processes take together, while they run, and stops it at its bounds.

The kernel bounds each process by itself; all of them together it bounds only where there are control groups. This holds
everywhere. A process that has just grown is noticed a tenth of a second later.
"""

from __future__ import annotations

import contextlib
import os
import resource
import stat
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox.confine import MAX_FILE_BYTES, MAX_OPEN_FILES, MAX_PROCESSES

SECONDS = 0.1
# Every so many looks, the folders too.
_FOLDERS_EVERY = 5
# Sockets and pipes hold kernel memory, up to some 200 KB each.
MAX_DESCRIPTORS = 8 * MAX_OPEN_FILES
MAX_FILES = 20_000


class Exceeded(Exception):
    """A bound is crossed; the message says which, for the student, as the rest of "the process ended: ..."."""


@dataclass(frozen=True)
class Bounds:
    """`memory` in bytes, beyond the warm worker's own; `scratch_bytes` on the judge's disk."""

    memory: int
    scratch_bytes: int
    processes: int = MAX_PROCESSES
    descriptors: int = MAX_DESCRIPTORS
    files: int = MAX_FILES


class Watch(threading.Thread):
    """Calls `stop` once, with `exceeded` set, when the processes below `worker` cross one of the bounds.

    `scratch` is the submission's folder on the judge's disk; without one, the file systems that the submission
    has in memory are of bounded size, and their files are counted.
    """

    def __init__(self, worker: int, bounds: Bounds, scratch: str | None, stop: Callable[[], None]) -> None:
        super().__init__(daemon=True, name=f"watch {worker}")
        self.exceeded = ""
        self._worker = worker
        self._bounds = bounds
        self._scratch = scratch
        self._stop_submission = stop
        self._done = threading.Event()
        self._own = _resident(worker)

    def run(self) -> None:
        looks = 0
        while not self._done.wait(SECONDS):
            looks += 1
            try:
                self.look(folders=looks % _FOLDERS_EVERY == 0)
            except Exceeded as exceeded:
                self._stop_because(str(exceeded))
            except OSError as error:
                self._stop_because(f"what it uses cannot be measured ({os.strerror(error.errno or 0)})")

    def _stop_because(self, exceeded: str) -> None:
        if not self._done.is_set():
            self._done.set()
            self.exceeded = exceeded
            self._stop_submission()

    def end(self) -> None:
        self._done.set()

    def look(self, folders: bool = True) -> None:
        """Raises `Exceeded`."""
        processes = list(_below(self._worker))
        if sum(threads for _, threads in processes) > self._bounds.processes:
            raise Exceeded(f"it ran more than {self._bounds.processes} processes and threads at once")
        pids = [pid for pid, _ in processes]
        self._look_at_memory(pids)
        if len(pids) * MAX_OPEN_FILES > self._bounds.descriptors:
            self._look_at_descriptors(pids)
        if folders and pids:
            if self._scratch is None:
                self._count_files(pids[0])
            else:
                _look_at_disk(self._scratch, pids, self._bounds)

    def _look_at_memory(self, pids: list[int]) -> None:
        most = self._own + self._bounds.memory
        # What they share is counted for each at first, which costs little; only then each one's share of it.
        if sum(map(_resident, pids)) > most and sum(map(_share, pids)) > most:
            megabytes = self._bounds.memory >> 20
            raise Exceeded(f"it used more than its {megabytes} MB of memory, all its processes together")

    def _look_at_descriptors(self, pids: list[int]) -> None:
        if sum(len(_open_files(pid)) for pid in pids) > self._bounds.descriptors:
            raise Exceeded(f"its processes had more than {self._bounds.descriptors} files and pipes open")

    def _count_files(self, pid: int) -> None:
        with _unless_it_has_ended(pid):
            for folder in ("scratch", "dev/shm"):
                system = os.statvfs(f"/proc/{pid}/root/{folder}")
                if system.f_files - system.f_ffree > self._bounds.files:
                    raise Exceeded(f"it made more than {self._bounds.files} files")


def processor_seconds(worker: int) -> float | None:
    """What all processes below `worker` have used, with those that it has waited for; None where it cannot be read."""
    try:
        own = _times(worker)
        return (sum(own[2:]) + sum(sum(_times(pid)) for pid, _ in _below(worker))) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


def _times(pid: int) -> list[int]:
    """In ticks: user and system time of the process, and of its children that have ended and were waited for."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return [0] * 4
    return [int(ticks) for ticks in text.rpartition(")")[2].split()[11:15]]


def children(pid: int) -> list[int]:
    """The processes that any thread of `pid` has started and not yet waited for."""
    found = []
    with contextlib.suppress(OSError):
        for thread in os.listdir(f"/proc/{pid}/task"):
            with contextlib.suppress(OSError):
                found += Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
    return [int(child) for child in found]


def _below(pid: int) -> Iterator[tuple[int, int]]:
    """Every process below `pid`, with the number of its threads."""
    waiting = children(pid)
    while waiting:
        child = waiting.pop()
        with contextlib.suppress(OSError):
            yield child, len(os.listdir(f"/proc/{child}/task"))
            waiting += children(child)


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()
    return 0


def _share(pid: int) -> int:
    """What the process uses, pages that several use divided among them."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        try:
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except PermissionError:  # it runs a program that it may not read
            return _resident(pid)
        return sum(int(line.split()[1]) << 10 for line in rollup.splitlines() if line.startswith("Pss:"))
    return 0


def _open_files(pid: int) -> list[str]:
    with _unless_it_has_ended(pid):
        return [f"/proc/{pid}/fd/{number}" for number in os.listdir(f"/proc/{pid}/fd")]
    return []


@contextlib.contextmanager
def _unless_it_has_ended(pid: int) -> Iterator[None]:
    """Whoever has ended and is not waited for yet cannot be looked into either, and has nothing any more."""
    try:
        yield
    except (FileNotFoundError, ProcessLookupError):
        pass
    except PermissionError:
        if _resident(pid) != 0:
            raise


# -- a folder on the judge's disk


def _look_at_disk(folder: str, pids: list[int], bounds: Bounds) -> None:
    """Files in the folder, and those that have no name any more and are still open or mapped."""
    sizes: dict[tuple[int, int], int] = {}
    for found in _files(folder):
        sizes[found.st_dev, found.st_ino] = found.st_blocks * 512
        if len(sizes) > bounds.files:
            raise Exceeded(f"it made more than {bounds.files} files")
    for pid in pids:
        _add_nameless(pid, os.stat(folder).st_dev, sizes)
    if sum(sizes.values()) > bounds.scratch_bytes:
        raise Exceeded(f"it wrote more than the {bounds.scratch_bytes >> 20} MB that its folder may hold")


def _files(folder: str) -> Iterator[os.stat_result]:
    waiting = [folder]
    while waiting:
        with contextlib.suppress(FileNotFoundError), os.scandir(waiting.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(FileNotFoundError):  # it has just been removed
                    yield entry.stat(follow_symlinks=False)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)


def _add_nameless(pid: int, device: int, sizes: dict[tuple[int, int], int]) -> None:
    for path in _open_files(pid):
        with _unless_it_has_ended(pid):
            found = os.stat(path)
            if stat.S_ISREG(found.st_mode) and found.st_nlink == 0 and found.st_dev == device:
                sizes[found.st_dev, found.st_ino] = found.st_blocks * 512
    with _unless_it_has_ended(pid):
        for line in Path(f"/proc/{pid}/maps").read_text(errors="replace").splitlines():
            if line.endswith(" (deleted)"):
                _, _, _, numbers, inode, _ = line.split(maxsplit=5)
                major, _, minor = numbers.partition(":")
                key = os.makedev(int(major, 16), int(minor, 16)), int(inode)
                # Its size cannot be asked for any more: it may be the largest.
                if key[0] == device:
                    sizes.setdefault(key, MAX_FILE_BYTES)
