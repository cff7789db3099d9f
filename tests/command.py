"""Runs the real `grader` and `nbgrader` commands, each in a process of its own.

Most of them are forks of `python -m tests.command PROGRAM`, which imports the program once: that saves what each would
need to start.
"""

from __future__ import annotations

import atexit
import functools
import gc
import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil

from grader import data
from tests.notebooks import ROOT, SMALL
from tests.processes import runs

GRADER = ("-c", "from grader.cli import app; app()")
SECONDS = 900  # for one command, which may be one for all cheats, on a machine that is busy


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def reports(self) -> list[dict[str, Any]]:
        """Its output, which must be JSON lines and nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]

    def refused(self, status: int = 2) -> str:
        """What it says on stderr, where it has nothing but one sentence to say."""
        assert (self.status, self.out) == (status, ""), self
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err


# -- `grader`


def grader(
    *args: str | Path,
    cwd: Path = ROOT,
    python: str | Path = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """`grader ARGS`, with more variables in the environment; `python` another interpreter than that of the tests."""
    everything = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    if python == sys.executable:
        return forking("grader").start(args, cwd, everything).finish()
    done = subprocess.run(
        [python, *GRADER, *args], env=everything, cwd=cwd, capture_output=True, text=True, check=False, timeout=SECONDS
    )
    return Finished(done.returncode, done.stdout, done.stderr)


def embedded_data() -> dict[str, str]:
    """The variables that have a command use the small data sets, without looking for others first."""
    found = data.embedded(SMALL.assignment("np").facts.data)
    return {data.variable(name): os.fspath(one.directory) for name, one in found.items()}


def in_small_course(*args: str | Path, environment: Mapping[str, str] | None = None, **options: Any) -> Finished:
    """`grader ARGS` in the course of tests/course, with the small data sets unless other variables name them."""
    return grader(*args, **{"cwd": SMALL.root, **options}, environment={**embedded_data(), **(environment or {})})


@functools.cache
def forking(program: str) -> Forking:
    """The one that all tests of this process share."""
    folder = Path(tempfile.mkdtemp(prefix="softmark-commands-"))
    started = Forking(folder, program)

    def end() -> None:
        started.close()
        shutil.rmtree(folder)

    atexit.register(end)
    return started


# -- a process that forks for each command


@dataclass(frozen=True)
class Running:
    """A command that was started: its process, and the files that it prints to."""

    pid: int
    out: Path
    err: Path
    forking: Forking

    @property
    def printed(self) -> str:
        """All that it has printed so far."""
        return self.out.read_text()

    @property
    def ended(self) -> bool:
        return not runs(psutil.Process(self.pid))

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def finish(self) -> Finished:
        """Wait for its end."""
        return Finished(self.forking.wait(self.pid), self.out.read_text(), self.err.read_text())


class Forking:
    """Runs a program's commands in forks of one process, in front of which `view` stands; what they print goes to files
    in `folder`."""

    def __init__(self, folder: Path, program: str, view: Sequence[str] = ()) -> None:
        self._folder = folder
        self._count = itertools.count()
        self._process = subprocess.Popen(
            [*view, sys.executable, "-m", "tests.command", program],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            # Whatever is new in a course's folder is somebody's doing, and not the bytecode of its plugin.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip

    def start(
        self, args: Sequence[str | Path], cwd: Path, environment: Mapping[str, str], user: int | None = None,
        program: str = "grader",
    ) -> Running:  # fmt: skip
        out, err = (self._folder / f"{name}-{next(self._count)}" for name in ("out", "err"))
        for file in (out, err):
            file.touch()
        order = {"args": [program, *map(str, args)], "cwd": str(cwd), "env": dict(environment), "user": user,
                 "out": str(out), "err": str(err)}  # fmt: skip
        return Running(self._ask(order), out, err, self)

    def wait(self, pid: int) -> int:
        """The exit status of a command that was started."""
        return self._ask({"wait": pid})

    def _ask(self, order: dict[str, Any]) -> int:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def serve(orders: IO[str], program: str) -> None:
    """Runs each command in a fork of this process, and says which that is; and of each how it ended, when asked."""
    programs = _programs(program)
    gc.freeze()  # a fork would spend a second on taking all of that apart in the end
    for line in orders:
        order = json.loads(line)
        if "wait" in order:
            print(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]), flush=True)
            continue
        child = os.fork()
        if child == 0:
            break
        print(child, flush=True)
    else:
        return
    _become(order)
    programs[order["args"][0]]()


def _programs(program: str) -> dict[str, Callable[[], Any]]:
    import grader.cli

    if program == "grader":
        return {"grader": grader.cli.app}
    import nbgrader.apps.nbgraderapp

    import grader.nbgrader.recording

    return {"nbgrader": nbgrader.apps.nbgraderapp.main, "grader": grader.cli.app}


def _become(order: dict[str, Any]) -> None:
    signal.alarm(SECONDS)
    for number, (path, flags) in enumerate([
        (os.devnull, os.O_RDONLY),
        (order["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        (order["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
    ]):  # fmt: skip
        os.dup2(os.open(path, flags), number)
    if order["user"] is not None:
        os.setgroups([])
        os.setgid(order["user"])
        os.setuid(order["user"])
    os.environ.clear()
    os.environ.update({"SOFTMARK_NO_LEDGER": "1", **order["env"]})  # see tests/__init__.py
    os.chdir(order["cwd"])
    sys.argv = order["args"]
    # The processes that multiprocessing starts need not import this module.
    main = sys.modules["__main__"]
    main.__spec__ = None
    del main.__file__


if __name__ == "__main__":
    serve(sys.stdin, sys.argv[1])
