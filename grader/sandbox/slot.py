"""A slot, seen from the judge: start it, hand it submissions, talk to them, clean up after them."""

from __future__ import annotations

import contextlib
import select
import signal
import socket
import time
from collections.abc import Callable, Sequence

import msgspec

from grader.sandbox import confine, containers, control, frames, hosts, watch, wire
from grader.sandbox.launch import SCRATCH_BYTES, SlotOptions
from grader.sandbox.watch import Bounds, Watch

WARM_SECONDS = 60.0
CONTROL_SECONDS = 20.0
# An answer that has begun is there in a moment.
_SECONDS_TO_READ = 5.0
# Folders in memory, the worker's own processes: what a control group counts beside the submission.
_ROOM_BYTES = 2 * SCRATCH_BYTES
_ROOM_PROCESSES = 8
_HOSTS: dict[str, type[hosts.Host]] = {
    "bwrap": hosts.Bwrap, "landlock": hosts.Beside, "none": hosts.Beside,
    "podman": containers.Container, "docker": containers.Container,
}  # fmt: skip


class SlotFailed(RuntimeError):
    """The slot itself did not start or stopped answering: the grader's fault, never the student's."""


class SubmissionDied(Exception):
    """The submission's process ended while something was asked of it; the message says how, for the student."""


class Forged(SubmissionDied):
    """It sent what the kit's own code never sends, and was ended; `what` tells the instructor.

    The message has nothing of it in it: students read it, and it could carry out what was in the process.
    """

    def __init__(self, what: str) -> None:
        super().__init__("it sent something that is no answer")
        self.what = what


class Slot:
    """One warm worker process and, at a time, one submission in it.

    Raises `NoSandbox` where the confinement cannot be had, `SlotFailed` where the worker does not come up.
    """

    def __init__(self, options: SlotOptions, confinement: str) -> None:
        self.options = options
        self.confinement = confinement
        self._sock: socket.socket | None = None
        self._watch: Watch | None = None
        self.turn = 0
        self._start()

    def _start(self) -> None:
        self._host = _HOSTS[self.confinement](self.options, self.confinement)
        self._control = self._host.control
        try:
            self.hello = control.receive(self._control, control.Hello, time.monotonic() + WARM_SECONDS)
        except (frames.Closed, frames.WireError, TimeoutError, msgspec.MsgspecError):
            said = self._host.said()
            self.close()
            raise SlotFailed(f"{self._name} did not start: {said}") from None
        self._worker = self._host.worker_pid() if self._host.watched else None

    @property
    def _name(self) -> str:
        return "the process for submissions" if self.confinement == "none" else f"the sandbox ({self.confinement})"

    @property
    def layers(self) -> list[str]:
        """What confines a submission: what the worker has put up, and what the judge adds from outside."""
        from_outside = {"cgroup": self._host.cgroup, "watch": self._worker}
        return [*self.hello.layers, *(name for name, held in from_outside.items() if held is not None)]

    def begin(
        self, flavour: str, memory: int, rng_seed: int, show: bool = False, without: Sequence[str] = (),
        draws: bool = False,
    ) -> None:  # fmt: skip
        """Fork for a submission, with `memory` bytes beyond the warm process's and its generators seeded.

        `show`: with the outputs of its cells; `without`: operators that MXNet does not have there; `draws`: with
        matplotlib imported already. `turn` counts the submissions begun. Raises `SlotFailed` where even a fresh worker
        cannot fork.
        """
        self.finish()
        self.turn += 1
        order = control.Start(flavour, memory, rng_seed, show, list(without), draws)
        try:
            self._fork(order)
        except (frames.Closed, OSError, msgspec.MsgspecError, frames.WireError):
            self._restart()
            try:
                self._fork(order)
            except (frames.Closed, OSError, msgspec.MsgspecError, frames.WireError):
                raise SlotFailed(f"{self._name} cannot fork: {self._host.said()}") from None
        self._watch_over(memory)

    def _watch_over(self, memory: int) -> None:
        sock = self._sock
        if self._worker is None or sock is None:
            return

        def stop() -> None:
            with contextlib.suppress(OSError):  # the submission has ended meanwhile
                sock.shutdown(socket.SHUT_RDWR)

        self._watch = Watch(self._worker, Bounds(memory, SCRATCH_BYTES), self._host.scratch, stop)
        self._watch.start()

    def _fork(self, order: control.Start) -> None:
        if self._host.cgroup is not None:
            self._host.cgroup.allow(order.memory + _ROOM_BYTES, confine.MAX_PROCESSES + _ROOM_PROCESSES)
        ours, theirs = socket.socketpair()
        try:
            self._control.settimeout(CONTROL_SECONDS)
            socket.send_fds(self._control, [frames.frame(msgspec.msgpack.encode(order))], [theirs.fileno()])
            control.receive(self._control, control.Started, time.monotonic() + CONTROL_SECONDS)
        except BaseException:
            ours.close()
            raise
        finally:
            theirs.close()
        self._sock = ours

    def processor_seconds(self) -> float | None:
        """What submissions in this slot have used of the processors; None where it cannot be told."""
        return None if self._worker is None else watch.processor_seconds(self._worker)

    def ask(self, request: wire.Request, deadline: float, more: Callable[[], float] = lambda: 0.0) -> wire.Returned:
        """The submission's answer. Raises `TimeoutError`, `SubmissionDied`, or `Forged` for one off the schema.

        Where the deadline is reached, `more` says how many seconds there are beyond it.
        """
        if self._sock is None:
            raise SubmissionDied("its process is gone")
        if _has_spoken(self._sock):
            self.finish()
            raise Forged("a reply that nothing had asked for")
        try:
            frames.send(self._sock, wire.encode(request), deadline)
            deadline = _wait_for(self._sock, deadline, more)
            return wire.decode_reply(frames.receive(self._sock, deadline))
        except frames.Closed:
            raise SubmissionDied(self._how_it_ended()) from None
        except frames.WireError as error:
            self.finish()
            raise Forged(str(error)) from None
        except TimeoutError:
            self.finish()
            raise

    def _how_it_ended(self) -> str:
        group, watch = self._host.cgroup, self._watch
        ran_out = group is not None and group.ran_out()
        finished = self.finish()
        if watch is not None and watch.exceeded:
            return watch.exceeded
        if ran_out:
            return "its processes together used more memory than the exercise has"
        return "it took its whole sandbox down" if finished is None else _told(finished)

    def finish(self) -> control.Finished | None:
        """End the submission, if one is running, and leave nothing of it; a slot that cannot do so is replaced."""
        if self._sock is None:
            return None
        self._let_go()
        try:
            self._host.settle(kill=not self.hello.reaches_no_further)
            deadline = time.monotonic() + CONTROL_SECONDS
            control.send(self._control, control.Finish(), deadline)
            finished = control.receive(self._control, control.Finished, deadline)
        except (frames.Closed, OSError, msgspec.MsgspecError, frames.WireError):
            self._restart()
            return None
        if not finished.clean:
            self._restart()
        return finished

    def _let_go(self) -> None:
        if self._watch is not None:
            self._watch.end()
            self._watch = None
        if self._sock is not None:
            self._sock.close()
            self._sock = None

    def _restart(self) -> None:
        self.close()
        self._start()

    def close(self) -> None:
        """End the slot with all that runs in it; a slot that has ended stays so."""
        self._let_go()
        self._host.close()


def _wait_for(sock: socket.socket, deadline: float, more: Callable[[], float]) -> float:
    """Until something is there to be read; the deadline, as it is then. Raises `TimeoutError`."""
    while True:
        left = deadline - time.monotonic()
        if left > 0 and select.select([sock], [], [], left)[0]:
            return max(deadline, time.monotonic() + _SECONDS_TO_READ)
        left = more()
        if left <= 0:
            raise TimeoutError
        deadline = time.monotonic() + left


def _has_spoken(sock: socket.socket) -> bool:
    """Whether something waits to be read."""
    try:
        sock.settimeout(0)
        return bool(sock.recv(1, socket.MSG_PEEK))
    except OSError:  # nothing there, or nobody
        return False


def _told(finished: control.Finished) -> str:
    if finished.signal is None:
        return f"exit status {finished.code}, as after os._exit()"
    name = signal.Signals(finished.signal).name if finished.signal in signal.valid_signals() else "a signal"
    reasons = {
        "SIGSEGV": "a segmentation fault, in MXNet or another library",
        "SIGABRT": "MXNet or another library gave up; too little memory or too many processes are the usual reasons",
        "SIGKILL": "it was killed, by its own code or for want of memory",
        "SIGSYS": "it asked the system for something that no exercise needs, and was stopped",
        "SIGXFSZ": f"it wrote a file larger than {confine.MAX_FILE_BYTES >> 20} MB",
    }
    return f"{reasons.get(name, 'the process was ended')} ({name})"
