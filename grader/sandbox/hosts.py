"""Starts a slot's worker, in bubblewrap or beside the judge, and ends it with all that it has started."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

from grader.sandbox import cgroups, control, launch, usermap, watch
from grader.sandbox.scratch import Scratch

KILL_SECONDS = 5.0
_slots = itertools.count()


class Host:
    """A started worker and the channel to it, `control`.

    `scratch` is the submission's folder where that lies on the judge's own disk. Subclasses start `process`.
    """

    process: subprocess.Popen[bytes]
    control: socket.socket
    scratch: str | None = None

    def __init__(self, options: launch.SlotOptions, confinement: str) -> None:
        self.confinement = confinement
        self._closed = False
        self.cgroup = cgroups.make() if confinement != "none" else None
        self._errors = tempfile.TemporaryFile()
        try:
            self._start(options)
        except BaseException:
            self.abandon()
            raise

    def abandon(self) -> None:
        """What a start that failed has left."""
        if hasattr(self, "process"):
            self._end()
            self.process.wait()
        if self.cgroup is not None:
            self.cgroup.close()

    def _start(self, options: launch.SlotOptions) -> None:
        raise NotImplementedError

    def _spawn(self, command: list[str], environment: dict[str, str], descriptors: Sequence[int]) -> None:
        """Without any descriptor of the judge's but those named, and in a session of its own."""
        self.process = subprocess.Popen(
            self.cgroup.around(command) if self.cgroup else command, pass_fds=descriptors, env=environment,
            stdin=subprocess.DEVNULL, stdout=self._errors, stderr=self._errors, start_new_session=True,
        )  # fmt: skip

    def worker_pid(self) -> int | None:
        """The worker's, as the judge sees it; None where it does not."""
        return self.process.pid

    @property
    def watched(self) -> bool:
        """Whether what the slot's processes take together is looked at from here."""
        return self.confinement != "none"

    def said(self) -> str:
        """The last line of what the worker, or what was to start it, has printed."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(1)  # it may still be saying why
        self._errors.seek(0)
        lines = self._errors.read()[-20_000:].decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "it said nothing"

    def settle(self, kill: bool) -> None:
        """Before the worker ends a submission: `kill` what it could not reach, where that can be."""

    def close(self) -> None:
        """End the worker with all that runs in the slot. Once: later, its numbers may be those of somebody else's."""
        if self._closed:
            return
        self._closed = True
        self.control.close()
        self._end()
        self.process.wait()
        self._errors.close()
        if self.cgroup is not None:
            self.cgroup.close()

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Bwrap(Host):
    """In namespaces of its own; the worker is process 1 there."""

    def _start(self, options: launch.SlotOptions) -> None:
        self.control, theirs = socket.socketpair()
        environment = launch.environment_for(launch.SCRATCH_ROOT, launch.mounted(options))
        users = usermap.UserMap(slot_uid()) if os.geteuid() == 0 else None
        arguments = [users.arguments] if users else []
        command = launch.bwrap_command(options, theirs.fileno(), environment, *arguments)
        self._spawn(command, environment, [theirs.fileno(), *(users.descriptors if users else [])])
        theirs.close()
        if users is not None:
            users.write()

    def worker_pid(self) -> int | None:
        return next(iter(watch.children(self.process.pid)), None)


class Beside(Host):
    """Among the judge's own processes: confined by itself, or, where "none" was asked for, not at all."""

    def _start(self, options: launch.SlotOptions) -> None:
        self.control, theirs = socket.socketpair()
        self._folder = Scratch()
        self.scratch = self._folder.path
        environment = launch.environment_for(self.scratch, {name: str(folder) for name, folder in options.data})
        settings = control.Settings(
            theirs.fileno(), self.confinement, self.scratch, options.device, launch.processes_allowed(),
            launch.readable_paths(options) if self.confinement == "landlock" else [], launch.nvidia_devices(options),
            slot_uid(),
        )  # fmt: skip
        kit = str(Path(__file__).resolve().parents[2])
        self._spawn(launch.python_command(kit, settings), environment, [theirs.fileno()])
        theirs.close()

    def settle(self, kill: bool) -> None:
        until = time.monotonic() + 0.05  # a process that has just died is given the time to say how
        while self._descendants() and time.monotonic() < until:
            time.sleep(0.002)
        if kill:
            self._kill_descendants()

    def _kill_descendants(self) -> None:
        """Every process below the worker, until none is left that can fork another."""
        until = time.monotonic() + KILL_SECONDS
        while (left := self._descendants()) and time.monotonic() < until:
            for process in left:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()

    def _descendants(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            below = psutil.Process(self.process.pid).children(recursive=True)
            return [process for process in below if _is_running(process)]
        return []

    def _end(self) -> None:
        self._kill_descendants()
        super()._end()
        self._folder.remove()


def slot_uid() -> int:
    """A user that nobody is: above all that users, containers and services are given (systemd's UIDS-GIDS.md)."""
    return 0x7000_0000 + (os.getpid() << 5) + next(_slots) % 32


def _is_running(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False
