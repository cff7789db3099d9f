"""What a submission may take of the machine, each process and all together: taken without a bound, stopped with it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace

import psutil
import pytest

from grader.sandbox import cgroups, confine, launch, watch
from tests.processes import runs
from tests.sandboxes import Place, less

MEGABYTE = 1 << 20


@pytest.mark.parametrize(
    ("layer", "take", "refusal"),
    [
        ("rlimits", "import os; files = [os.open('/dev/null', 0) for _ in range(300)]", "Too many open files"),
        ("rlimits", f"open('large', 'wb').truncate({confine.MAX_FILE_BYTES + 1})", "File too large|No space left"),
        ("memory", f"hoard = bytearray({300 * MEGABYTE})", "MemoryError"),
    ],
)
def test_a_process_takes_no_more_than_its_share(place: Place, layer: str, take: str, refusal: str) -> None:
    take += "\nprint('taken')"
    assert "taken" in less(place, layer, "bounded folders").attempt(take, 200 * MEGABYTE)
    assert re.search(refusal, place.attempt(take, 200 * MEGABYTE))


def test_folders_in_memory_are_of_bounded_size(bwrap: Place) -> None:
    half = launch.SCRATCH_BYTES // MEGABYTE // 2 + 1
    fill = f"""
for name in "ab":
    with open(name, "wb") as file:
        for _ in range({half}):
            file.write(bytes({MEGABYTE}))
print("filled")
"""
    assert "filled" in less(bwrap, "bounded folders").attempt(fill)
    assert "No space left" in bwrap.attempt(fill)


FORK = f"""
import os, time
for _ in range({launch.processes_allowed() + 50}):
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
"""


def test_the_kernel_bounds_the_number_of_processes(bwrap: Place) -> None:
    """Also where root runs the judge: a user of the slot's own is made for that."""
    assert "started" in less(bwrap, "rlimits").attempt(FORK + "print('started')")
    assert "temporarily unavailable" in bwrap.attempt(FORK + "print('started')")


def watched(place: Place, attack: str, bounds: watch.Bounds | None) -> str:
    """What becomes of the attack within the bounds: why it was stopped, or what it prints."""
    process = place.start(attack + "\nprint('unharmed', flush=True)\ntime.sleep(60)", memory=1 << 40)
    try:
        assert process.stdout is not None
        guard = None
        if bounds is not None:
            on_disk = str(place.scratch) if place.confinement == "landlock" else None
            guard = watch.Watch(place.worker(process), bounds, on_disk, lambda: end(process))
            guard.start()
            process.wait(60)
            return guard.exceeded
        return process.stdout.readline()
    finally:
        end(process)
        process.communicate()


def end(process: subprocess.Popen[str]) -> None:
    """The process and all that it has started, and all that starts meanwhile."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGSTOP)  # it ends last: whatever loses its parent meanwhile becomes its child
    with suppress(psutil.NoSuchProcess):
        while left := [child for child in psutil.Process(process.pid).children(recursive=True) if runs(child)]:
            for child in left:
                with suppress(psutil.NoSuchProcess):
                    child.kill()
    process.kill()


ROOMY = watch.Bounds(memory=8 << 30, scratch_bytes=8 << 30)
TOGETHER = f"""
import os, time
for _ in range(4):
    if os.fork() == 0:
        hoard = b"x" * {60 * MEGABYTE}
        time.sleep(60)
time.sleep(1)
"""
MANY_FILES = "import time\nfor n in range(300): open(f'file{n}', 'w').close()\ntime.sleep(1)"
LARGE = f"import os, time\nopen('large', 'wb').write(bytes({40 * MEGABYTE}))\ntime.sleep(1)"
NAMELESS = f"""
import os, time
file = open("large", "wb")
os.unlink("large")
file.write(bytes({40 * MEGABYTE}))
file.flush()
time.sleep(1)
"""
UNREADABLE = f"""
import os, time
os.makedirs("closed", 0o300, exist_ok=True)
open("closed/large", "wb").write(bytes({40 * MEGABYTE}))
time.sleep(1)
"""
MAPPED = f"""
import ctypes, mmap, os, time
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
for n in range(2):
    file = open("large", "w+b")
    file.write(bytes({20 * MEGABYTE}))
    file.flush()
    libc.mmap(None, ctypes.c_size_t(4096), 1, 1, file.fileno(), ctypes.c_long(0))
    os.unlink("large")
    file.close()
time.sleep(1)
"""
PIPES = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        pipes = [os.pipe() for _ in range(100)]
        time.sleep(60)
time.sleep(1)
"""


@pytest.mark.parametrize(
    ("attack", "bounds", "told"),
    [
        (TOGETHER, replace(ROOMY, memory=200 * MEGABYTE), "more than its 200 MB of memory, all its processes together"),
        (FORK + "time.sleep(1)", replace(ROOMY, processes=100), "more than 100 processes and threads"),
        (PIPES, replace(ROOMY, descriptors=500), "more than 500 files and pipes open"),
        (MANY_FILES, replace(ROOMY, files=200), "more than 200 files"),
    ],
    ids=["memory", "processes", "descriptors", "files"],
)
def test_the_watch_bounds_what_all_processes_take_together(
    place: Place, attack: str, bounds: watch.Bounds, told: str
) -> None:
    place = less(place, "rlimits")
    assert watched(place, attack, None) == "unharmed\n"
    assert told in watched(place, attack, bounds)


@pytest.mark.parametrize(
    ("attack", "told"),
    [(LARGE, "more than the 30 MB"), (NAMELESS, "more than the 30 MB"), (MAPPED, "more than the 30 MB"),
     *([] if os.geteuid() == 0 else [(UNREADABLE, "cannot be measured")])],
)  # fmt: skip
def test_the_watch_bounds_a_folder_on_the_judges_disk(beside: Place, attack: str, told: str) -> None:
    assert watched(beside, attack, None) == "unharmed\n"
    assert told in watched(beside, attack, replace(ROOMY, scratch_bytes=30 * MEGABYTE))


# -- control groups

if (group := cgroups.make()) is not None:
    group.close()

    def test_a_control_group_bounds_memory_and_processes() -> None:
        hoard = f"""
import os, time
for _ in range(4):
    if os.fork() == 0:
        hoard = b"x" * {60 * MEGABYTE}
        time.sleep(2)
        os._exit(0)
print(max(os.wait()[1] for _ in range(4)))
"""
        attack = [sys.executable, "-c", hoard]
        group = cgroups.make()
        assert group is not None
        assert subprocess.run(group.around(attack), capture_output=True, text=True).stdout == "0\n"
        group.allow(100 * MEGABYTE, 64)
        assert not group.ran_out()
        assert subprocess.run(group.around(attack), capture_output=True, text=True).stdout != "0\n"
        assert group.ran_out()
        group.allow(2000 * MEGABYTE, 64)
        assert not group.ran_out()
        threads = "import threading, time\nfor _ in range(99): threading.Thread(target=time.sleep, args=[1]).start()"
        told = subprocess.run(group.around([sys.executable, "-c", threads]), capture_output=True, text=True).stderr
        assert "can't start new thread" in told
        group.close()
        assert not group.folder.exists()
