"""One row for each thing that grading needs: whether it is there, and what to type where it is not."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import psutil
from packaging.version import InvalidVersion, Version

from grader import __version__, data
from grader.course import catalogue
from grader.course.catalogue import CourseError
from grader.course.course import CONFIG, Course, find_course
from grader.data.files import DataError
from grader.judging.seeds import NoSecret, course_secret, secret_path
from grader.sandbox.confinements import CONFINEMENTS, find_confinement
from grader.sandbox.launch import NoSandbox, SlotOptions
from grader.sandbox.slot import Slot, SlotFailed

State = Literal["good", "worth knowing", "wrong"]
# For a slot of one core, warm, with a submission in it.
GIB_PER_SLOT = 1.5
MARKS: dict[State, str] = {"good": "✓", "worth knowing": "–", "wrong": "✗"}


@dataclass(frozen=True)
class Finding:
    """`told` is what there is; `advice` what to type or to mind, in one sentence, where it is not good."""

    what: str
    state: State
    told: str
    advice: str = ""


def checkup(folder: Path) -> Iterator[Finding]:
    """All findings, each as soon as it is known; `folder` is where the course is looked for."""
    looks: list[Callable[[], Iterator[Finding]]] = [_python, _packages, _machine, _sandboxes, _cgroups]
    for look in looks:
        yield from look()
    course = None
    try:
        course = find_course(folder)
    except CourseError as error:
        yield Finding("course", "worth knowing", "none here", f"{error}: go to the folder that has {CONFIG}")
    yield from _data(course)
    if course is not None:
        yield from _course(course)


def _python() -> Iterator[Finding]:
    fits = sys.version_info[:2] in ((3, 11), (3, 12))
    yield Finding("Python", "good" if fits else "wrong", platform.python_version(),
                  "" if fits else "MXNet 1.9.1 needs NumPy 1.26, and that Python 3.11 or 3.12: make a virtual "
                                  "environment of one of these")  # fmt: skip
    yield Finding("softmark", "good", __version__)


def _packages() -> Iterator[Finding]:
    for name, lowest, below, install in (
        ("mxnet", "1.9.1", "1.9.2", "pip install mxnet==1.9.1"), ("numpy", "1.26", "1.27", 'pip install "numpy<1.27"'),
        ("nbgrader", "0.9.5", "0.10", 'pip install "nbgrader>=0.9.5,<0.10"'),
    ):  # fmt: skip
        found = _version(name)
        fits = found is not None and Version(lowest) <= found < Version(below)
        yield Finding(name, "good" if fits else "wrong", str(found or "not installed"), "" if fits else install)
    beside = Path(sys.executable).with_name("alembic")
    on_path = shutil.which("alembic")
    yield Finding("alembic", "good" if on_path else "worth knowing", on_path or "not on the path",
                  "" if on_path else f"nbgrader's own commands start it: PATH={beside.parent}:$PATH")  # fmt: skip


def _version(name: str) -> Version | None:
    # MXNet for a GPU is another distribution.
    for distribution in (name, "mxnet-cu117", "mxnet-cu112") if name == "mxnet" else (name,):
        try:
            return Version(importlib.metadata.version(distribution))
        except (importlib.metadata.PackageNotFoundError, InvalidVersion):
            continue
    return None


def _machine() -> Iterator[Finding]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory, swap = psutil.virtual_memory(), psutil.swap_memory()
    slots = int(memory.available / (GIB_PER_SLOT * 2**30))
    yield Finding("cores", "good", f"{cores}, so {cores} submissions at a time")
    enough = slots >= cores
    yield Finding("memory", "good" if enough else "worth knowing", f"{memory.available / 2**30:.1f} GiB free",
                  "" if enough else f"grade with --jobs {max(1, slots)}: a slot wants {GIB_PER_SLOT} GiB")  # fmt: skip
    slow = "memory that is swapped out is slow, and slow work can run out of time"
    told = f"{swap.total / 2**30:.1f} GiB" if swap.total else "none"
    yield Finding("swap", "worth knowing" if swap.total else "good", told, slow if swap.total else "")


def _sandboxes() -> Iterator[Finding]:
    """Each is started, with a slot in it; what the strongest says of the GPU is told too."""
    works = []
    for name in CONFINEMENTS:
        try:
            find_confinement((name,))
            with closing(Slot(SlotOptions("auto"), name)) as slot:
                works.append(name)
                yield Finding(f"sandbox {name}", "good", " + ".join(slot.layers))
                if len(works) == 1:
                    yield Finding("device", "good" if slot.hello.device.startswith("gpu") else "worth knowing",
                                  slot.hello.device, slot.hello.device_note)  # fmt: skip
        except (NoSandbox, SlotFailed) as error:
            why = str(error).removeprefix("no sandbox can be had here (").partition("). Install")[0]
            yield Finding(f"sandbox {name}", "worth knowing", "does not work here", why)
    if not works:
        yield Finding("sandbox", "wrong", "none", "apt-get install bubblewrap, or use a kernel with Landlock (5.13)")


def _cgroups() -> Iterator[Finding]:
    root = Path("/sys/fs/cgroup")
    ours = (root / "cgroup.controllers").is_file() and os.access(root, os.W_OK)
    yield Finding("control groups", "good" if ours else "worth knowing", "version 2, writable" if ours else "not ours",
                  "" if ours else "memory is watched from outside instead, ten times a second")  # fmt: skip


def _data(course: Course | None) -> Iterator[Finding]:
    roots = course.exercise_roots if course is not None else (catalogue.KIT,)
    for name in sorted({name for facts in catalogue.assignments(*roots) for name in facts.data}):
        try:
            [found] = data.load([name], download=False).values()
        except DataError as error:
            yield Finding(f"data {name}", "wrong", "not there", str(error))
            continue
        yield Finding(f"data {name}", "worth knowing" if found.notes else "good", found.name, " ".join(found.notes))


def _course(course: Course) -> Iterator[Finding]:
    names = course.assignment_names
    yield Finding("course", "good" if names else "wrong", f"{course.root}, {len(names)} assignments",
                  "" if names else "solutions/ holds no assignment: grader new ASSIGNMENT/EXERCISE")  # fmt: skip
    for name in names:
        try:
            course.assignment(name)
        except CourseError as error:
            yield Finding(f"assignment {name}", "wrong", "cannot be read", str(error))
    book = course.root / "gradebook.db"
    yield Finding("gradebook", "good" if book.is_file() else "worth knowing",
                  str(book.name) if book.is_file() else "none yet",
                  "" if book.is_file() else "nbgrader generate_assignment ASSIGNMENT makes it")  # fmt: skip
    there = secret_path().is_file()
    try:
        if there:
            course_secret()
        keep = "it is made when something is graded; keep it, and keep it to yourself"
        told = str(secret_path()) if there else "none yet"
        yield Finding("secret", "good" if there else "worth knowing", told, "" if there else keep)
    except NoSecret as error:
        yield Finding("secret", "wrong", "unusable", str(error))
