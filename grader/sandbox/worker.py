"""The process inside a slot: imports everything once, confines itself, then forks for each submission.

In bubblewrap it is process 1 of its own PID namespace, so a submission cannot signal it, and whatever a submission
leaves running can be killed in one call.
"""

from __future__ import annotations

import array
import contextlib
import io
import os
import random
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import msgspec

from grader.sandbox import confine, control, runner, wire


class _Output(io.TextIOBase):
    """Keeps the first part of what is printed and drops the rest."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.room = wire.MAX_TEXT

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if self.room > 0:
            self.kept.append(text[: self.room])
            self.room -= len(text)
        return len(text)

    def take(self) -> str:
        text = "".join(self.kept)
        self.kept, self.room = [], wire.MAX_TEXT
        return text


def _make_shell() -> Any:
    """An IPython without history, terminal or kernel: cells with magics run as they do in a notebook."""
    import matplotlib
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    matplotlib.use("agg")

    class Shell(InteractiveShell):
        def enable_gui(self, gui: Any = None) -> None:
            return None

        def showtraceback(self, *args: Any, **kwargs: Any) -> None:
            return None

        def showsyntaxerror(self, *args: Any, **kwargs: Any) -> None:
            return None

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config)
    shell.run_cell("1", store_history=False, silent=True)
    return shell


def _usable_device(wanted: str) -> tuple[str, str]:
    """The device that works, and why it is not the one wanted."""
    if wanted == "cpu":
        return "cpu(0)", ""
    from grader.device import probe

    # In a process of its own: a CUDA driver that was started before a fork is of no use after it.
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, msgspec.json.encode(probe()))
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(pid, 0)
    if not answer:
        return "cpu(0)", "MXNet ended the process that tried the GPU"
    return msgspec.json.decode(answer, type=tuple[str, str])


class Worker:
    """The warm process; `serve` answers orders until the judge hangs up."""

    def __init__(self, settings: control.Settings) -> None:
        self.settings = settings
        self.control = socket.socket(fileno=settings.control)
        self.pid: int | None = None
        os.environ["PYTHONBREAKPOINT"] = "0"
        # The costly part, done once and shared by all forks; pyseccomp needs to find its library before Landlock.
        import mxnet  # noqa: F401
        import pyseccomp  # noqa: F401

        import grader

        # Cells may call check(): while grading, the judge asks from outside instead.
        grader.check = lambda exercise: None
        self.shell = _make_shell()
        self.device, self.device_note = _usable_device(settings.device)
        self.mapped = confine.mapped_bytes()
        self.layers = self._confine()

    def _confine(self) -> list[str]:
        layers: list[str | None] = [confine.limits()]
        confine.hide_memory()
        confine.no_new_privileges()
        if self.settings.confinement == "bwrap":
            layers = ["bwrap", *layers]
        elif self.settings.confinement == "landlock":
            confine.adopt_orphans()
            layers.append(confine.drop_user(self.settings.uid, [sys.base_prefix, sys.prefix]))
            layers.append(confine.landlock(self.settings.readable, [self.settings.scratch]))
        if self.settings.confinement != "none":
            layers.append(confine.seccomp())
        return [layer for layer in layers if layer]

    def serve(self) -> None:
        control.send(self.control, control.Hello(self.layers, self.device, self.device_note))
        with contextlib.suppress(wire.Closed):
            while True:
                order, sock = self._next_order()
                if isinstance(order, control.Start):
                    assert sock is not None
                    self._start(order, sock)
                else:
                    control.send(self.control, self._finish())

    def _next_order(self) -> tuple[control.Order, socket.socket | None]:
        self.control.settimeout(None)
        data, ancillary, _, _ = self.control.recvmsg(4096, socket.CMSG_SPACE(array.array("i").itemsize))
        if not data:
            raise wire.Closed
        numbers = array.array("i")
        for level, kind, payload in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                numbers.frombytes(payload[: numbers.itemsize])
        order: control.Order = msgspec.msgpack.decode(data[4:], type=control.Order)
        return order, socket.socket(fileno=numbers[0]) if numbers else None

    def _start(self, order: control.Start, sock: socket.socket) -> None:
        self.pid = os.fork()
        if self.pid == 0:
            try:
                self.control.close()
                self._submission(order, sock)
            except BaseException:
                traceback.print_exc(file=sys.__stderr__)
                os._exit(70)
            os._exit(0)
        sock.close()
        control.send(self.control, control.Started(self.pid))

    def _submission(self, order: control.Start, sock: socket.socket) -> None:
        """The life of a submission's process: answer requests on `sock` until the judge hangs up."""
        os.setsid()
        if self.settings.confinement == "landlock" and not confine.landlock_scope():
            confine.signal_only_yourself()
        confine.show_memory()
        # CUDA reserves address space by the hundred gigabytes, so that this limit would only break it.
        if self.device.startswith("cpu"):
            confine.limit_memory(self.mapped + order.memory)
        os.chdir(self.settings.scratch)
        runner.silence_native_output()
        output = _Output()
        sys.stdout = sys.stderr = output
        sys.stdin = io.StringIO()
        self._prepare_libraries(order)

        def run_cell(source: str) -> tuple[BaseException | None, str]:
            result = self.shell.run_cell(source, store_history=False)
            return result.error_before_exec or result.error_in_exec, output.take()

        serving = runner.Runner(order.flavour, self.shell.user_ns, run_cell, self.device)
        for request in runner.read_requests(lambda: wire.receive(sock)):
            wire.send(sock, wire.encode(serving.serve(request)))

    def _prepare_libraries(self, order: control.Start) -> None:
        """The array semantics of the flavour, and random generators that make a grade reproducible."""
        import mxnet
        import numpy

        if order.flavour == "np":
            mxnet.npx.set_np()
        random.seed(order.rng_seed)
        numpy.random.seed(order.rng_seed)
        mxnet.random.seed(order.rng_seed % 2**31)

    def _finish(self) -> control.Finished:
        """Kill all that the submission left, wait for it, and empty its folder."""
        code = ended_by = None
        if self.pid is not None:
            self._kill(self.pid)
            _, status = os.waitpid(self.pid, 0)
            if os.WIFSIGNALED(status):
                ended_by = os.WTERMSIG(status)
            else:
                code = os.WEXITSTATUS(status)
            self.pid = None
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, 0):
                pass
        return control.Finished(code, ended_by, self._empty_scratch())

    def _kill(self, pid: int) -> None:
        # Where this is process 1, -1 means every other process of the namespace and nothing outside it.
        target = -1 if os.getpid() == 1 else pid
        with contextlib.suppress(ProcessLookupError):
            os.kill(target, signal.SIGKILL)

    def _empty_scratch(self) -> bool:
        folders = [self.settings.scratch]
        if self.settings.confinement == "bwrap":
            folders.append("/dev/shm")
        for folder in folders:
            for path in Path(folder).iterdir():
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path, onerror=_make_deletable)
                else:
                    path.unlink()
        return not any(next(Path(folder).iterdir(), None) for folder in folders)


def _make_deletable(function: Any, path: str, _: Any) -> None:
    """A folder without permissions hides its content from rmtree."""
    for target in (os.path.dirname(path), path):
        with contextlib.suppress(OSError):
            os.chmod(target, 0o700)
    with contextlib.suppress(OSError):
        if os.path.isdir(path) and not os.path.islink(path):
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)


def main(settings: str) -> None:
    parsed = msgspec.json.decode(settings, type=control.Settings)
    tempfile.tempdir = parsed.scratch
    Worker(parsed).serve()
