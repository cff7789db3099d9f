"""A slot, seen from the judge: start it, hand it submissions, talk to them, clean up after them."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import msgspec
import psutil

from grader.sandbox import confine, control, wire
from grader.sandbox.launch import (
    DATA_ROOT,
    SCRATCH_ROOT,
    SlotOptions,
    bwrap_command,
    environment_for,
    processes_allowed,
    python_command,
    readable_paths,
)

WARM_SECONDS = 60.0
CONTROL_SECONDS = 20.0
KILL_SECONDS = 5.0


class SlotFailed(RuntimeError):
    """The slot itself did not start or stopped answering: the grader's fault, never the student's."""


class SubmissionDied(Exception):
    """The submission's process ended while something was asked of it; the message says how, for the student."""


class Slot:
    """One warm worker process and, at a time, one submission in it.

    Raises `NoSandbox` where the confinement cannot be had, `SlotFailed` where the worker does not come up.
    """

    def __init__(self, options: SlotOptions, confinement: str) -> None:
        self.options = options
        self.confinement = confinement
        self._scratch: str | None = None
        self._sock: socket.socket | None = None
        self._start()

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        data = str(self.options.data) if self.options.data else None
        if self.confinement == "bwrap":
            environment = environment_for(SCRATCH_ROOT, DATA_ROOT if data else None)
            command = bwrap_command(self.options, theirs.fileno(), environment)
        else:
            self._scratch = tempfile.mkdtemp(prefix="softmark-slot-")
            os.chmod(self._scratch, 0o777)
            environment = environment_for(self._scratch, data)
            readable = readable_paths(self.options) if self.confinement == "landlock" else []
            # Above all that users, containers and services are given (systemd's UIDS-GIDS.md).
            uid = 0x7000_0000 + os.getpid()
            settings = control.Settings(
                theirs.fileno(),
                self.confinement,
                self._scratch,
                self.options.device,
                processes_allowed(),
                readable,
                uid,
            )
            command = python_command(str(Path(__file__).resolve().parents[2]), settings)
        self._errors = tempfile.TemporaryFile()
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=environment, stdin=subprocess.DEVNULL,
            stdout=self._errors, stderr=self._errors, start_new_session=True,
        )  # fmt: skip
        theirs.close()
        self._control = ours
        try:
            self.hello = control.receive(ours, control.Hello, time.monotonic() + WARM_SECONDS)
        except (wire.Closed, wire.WireError, TimeoutError, msgspec.MsgspecError):
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)  # it may still be saying why
            said = self._said()
            self.close()
            raise SlotFailed(f"{self._name} did not start: {said}") from None

    @property
    def _name(self) -> str:
        return "the process for submissions" if self.confinement == "none" else f"the sandbox ({self.confinement})"

    def _said(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read()[-20_000:].decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "it said nothing"

    @property
    def layers(self) -> list[str]:
        return self.hello.layers

    def begin(self, flavour: str, memory: int, rng_seed: int, show: bool = False) -> None:
        """Fork for a submission, with `memory` bytes beyond the warm process's and its generators seeded.

        `show`: with the outputs of its cells. Raises `SlotFailed` where even a fresh worker cannot fork.
        """
        self.finish()
        order = control.Start(flavour, memory, rng_seed, show)
        try:
            self._fork(order)
        except (wire.Closed, OSError, msgspec.MsgspecError, wire.WireError):
            self._restart()
            try:
                self._fork(order)
            except (wire.Closed, OSError, msgspec.MsgspecError, wire.WireError):
                raise SlotFailed(f"{self._name} cannot fork: {self._said()}") from None

    def _fork(self, order: control.Start) -> None:
        ours, theirs = socket.socketpair()
        try:
            self._control.settimeout(CONTROL_SECONDS)
            socket.send_fds(self._control, [wire.frame(msgspec.msgpack.encode(order))], [theirs.fileno()])
            control.receive(self._control, control.Started, time.monotonic() + CONTROL_SECONDS)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._sock = ours

    def ask(self, request: wire.Request, deadline: float) -> wire.Returned:
        """The submission's answer. Raises `TimeoutError`, or `SubmissionDied` also for an answer off the schema."""
        if self._sock is None:
            raise SubmissionDied("its process is gone")
        try:
            wire.send(self._sock, wire.encode(request), deadline)
            return wire.decode_reply(wire.receive(self._sock, deadline))
        except wire.Closed:
            raise SubmissionDied(_how_it_ended(self.finish())) from None
        except wire.WireError as error:
            self.finish()
            raise SubmissionDied(f"its process sent {error}") from None
        except TimeoutError:
            self.finish()
            raise

    def finish(self) -> control.Finished | None:
        """End the submission, if one is running, and leave nothing of it; a slot that cannot do so is replaced."""
        if self._sock is None:
            return None
        self._sock.close()
        self._sock = None
        try:
            if self.confinement != "bwrap":
                # Give a process that has just died the time to say how.
                self._wait_for_descendants(0.05)
            if not self.hello.reaches_no_further:
                self._kill_descendants()
            deadline = time.monotonic() + CONTROL_SECONDS
            control.send(self._control, control.Finish(), deadline)
            finished = control.receive(self._control, control.Finished, deadline)
        except (wire.Closed, OSError, msgspec.MsgspecError, wire.WireError):
            self._restart()
            return None
        if not finished.clean:
            self._restart()
        return finished

    def _descendants(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            below = psutil.Process(self._process.pid).children(recursive=True)
            return [process for process in below if _is_running(process)]
        return []

    def _wait_for_descendants(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while self._descendants() and time.monotonic() < until:
            time.sleep(0.002)

    def _kill_descendants(self) -> None:
        """Kill every process below the worker, until none is left that can fork another."""
        until = time.monotonic() + KILL_SECONDS
        while (left := self._descendants()) and time.monotonic() < until:
            for process in left:
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()

    def _restart(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        """End the slot with all that runs in it."""
        if self._sock is not None:
            self._sock.close()
            self._sock = None
        self._control.close()
        if self.confinement != "bwrap":
            self._kill_descendants()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._errors.close()
        if self._scratch is not None:
            _remove(self._scratch)
            self._scratch = None


def _is_running(process: psutil.Process) -> bool:
    with contextlib.suppress(psutil.NoSuchProcess):
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    return False


def _remove(folder: str) -> None:
    """Remove a folder, however deep it is and whatever its permissions."""
    for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        with contextlib.suppress(FileNotFoundError):  # a PATH without them
            subprocess.run([*command, "--", folder], check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _how_it_ended(finished: control.Finished | None) -> str:
    if finished is None:
        return "it took its whole sandbox down"
    if finished.signal is None:
        return f"exit status {finished.code}, as after os._exit()"
    name = signal.Signals(finished.signal).name if finished.signal in signal.valid_signals() else "a signal"
    reasons = {
        "SIGSEGV": "a segmentation fault, in MXNet or another library",
        "SIGABRT": "MXNet or another library gave up; too little memory is the usual reason",
        "SIGKILL": "it was killed, by its own code or for want of memory",
        "SIGXFSZ": f"it wrote a file larger than {confine.MAX_FILE_BYTES >> 20} MB",
    }
    return f"{reasons.get(name, 'the process was ended')} ({name})"
