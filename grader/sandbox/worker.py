"""The process inside a slot: imports everything once, confines itself, then forks for each submission.

In bubblewrap it is process 1 of its own PID namespace, so a submission cannot signal it, and whatever a submission
leaves running can be killed in one call.
"""

from __future__ import annotations

import array
import contextlib
import gc
import importlib.util
import io
import os
import shutil
import signal
import socket
import sys
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path

import msgspec

from grader.sandbox import confine, control, frames, layers, library, loading, runner, shell, wire


def _usable_device(wanted: str) -> tuple[str, str]:
    """The device that works, and why it is not the one wanted."""
    if wanted == "cpu":
        return "cpu(0)", ""
    from grader.sandbox.device import probe

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


def _import_mxnet() -> None:
    """Ends the worker with one sentence where MXNet cannot be had."""
    import numpy

    try:
        with _without_detours():
            import mxnet  # noqa: F401
    except Exception as error:  # an old library meets a new one: anything may come
        why = f"{type(error).__name__}: {error}".splitlines()[0][:160]
        raise SystemExit(
            f"import mxnet fails in {sys.prefix}, which has NumPy {numpy.__version__} ({why}); "
            "install what this kit needs: pip install 'mxnet==1.9.1' 'numpy>=1.26,<1.27'"
        ) from None


@contextlib.contextmanager
def _without_detours() -> Iterator[None]:
    """Half of the time that MXNet's import takes goes into two things that are of no use here: scipy.stats, which its
    quantization can do without, and setuptools, which stands in for Python's own distutils where there is still one.
    """
    sys.modules["scipy.stats"] = None  # type: ignore[assignment]
    if sys.version_info < (3, 12):
        with contextlib.suppress(ImportError):
            import _distutils_hack  # type: ignore[import-untyped, import-not-found, unused-ignore]

            _distutils_hack.remove_shim()
    try:
        yield
    finally:
        del sys.modules["scipy.stats"]


def _import_seccomp() -> None:
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, OSError, RuntimeError):
        raise SystemExit("libseccomp.so.2 or pyseccomp is missing: install the package libseccomp2, "
                         "and pip install pyseccomp") from None  # fmt: skip


def _channel(control: int | str) -> socket.socket:
    if isinstance(control, int):
        return socket.socket(fileno=control)
    sock = socket.socket(socket.AF_UNIX)
    sock.connect(control)
    return sock


class Worker:
    """The warm process; `serve` answers orders until the judge hangs up."""

    def __init__(self, settings: control.Settings) -> None:
        self.settings = settings
        self.control = _channel(settings.control)
        self.pid: int | None = None
        os.environ["PYTHONBREAKPOINT"] = "0"
        # The costly part, done once and shared by all forks; pyseccomp needs to find its library before Landlock.
        _import_mxnet()
        if settings.confinement != "none":
            _import_seccomp()
        # With Landlock no folder of the kit's can be listed: Python finds there what it has seen before.
        importlib.util.find_spec("grader.data.files")
        import grader

        # Cells may call check(): while grading, the judge asks from outside instead.
        grader.checks = lambda assignment: lambda exercise: None
        grader.check = grader.checks("")
        self.recorder = shell.Recorder()
        self.shell = shell.make(self.recorder)
        self.operators = library.operators()
        loading.without_workers(sys.modules["mxnet"])
        self.device, self.device_note = _usable_device(settings.device)
        self.mapped = confine.mapped_bytes()
        self._empty_scratch()  # of what IPython and matplotlib keep there, and while it can: it may yet change its user
        self.held = layers.confine_worker(settings)
        self.reaches_no_further = self._judge_is_out_of_reach()

    def _judge_is_out_of_reach(self) -> bool:
        """Whether a signal to every process that can be reached stays in the slot.

        So it does in a PID namespace, under a user id of the slot's own, and in Landlock's domain since Linux 6.12.
        """
        if os.getpid() == 1:
            return True
        try:
            os.kill(os.getppid(), 0)
        except PermissionError:
            return True
        return False

    def serve(self) -> None:
        can_do_without = self.operators is not None
        hello = control.Hello(self.held.names, self.reaches_no_further, self.device, self.device_note, can_do_without)
        control.send(self.control, hello)
        with contextlib.suppress(frames.Closed), contextlib.ExitStack() as ending:
            ending.callback(self._finish)  # also when the judge has been killed
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
            raise frames.Closed
        numbers = array.array("i")
        for level, kind, payload in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                numbers.frombytes(payload[: numbers.itemsize])
        order: control.Order = msgspec.msgpack.decode(data[4:], type=control.Order)
        return order, socket.socket(fileno=numbers[0]) if numbers else None

    def _start(self, order: control.Start, sock: socket.socket) -> None:
        if order.show or order.draws:
            shell.prepare_figures()  # here, once, for all the forks to come
        # What is here already is no garbage: a collection in the fork, which Gluon's DataLoader asks for in every pass,
        # would go through all of MXNet.
        gc.freeze()
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
        # MXNet's own handlers turn a segmentation fault into an exit that looks like the student's.
        for number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT):
            signal.signal(number, signal.SIG_DFL)
        # CUDA reserves address space by the hundred gigabytes, so that this limit would only break it.
        mappable = self.mapped + order.memory if self.device.startswith("cpu") else None
        layers.confine_submission(self.settings, self.held, mappable)
        os.chdir(self.settings.scratch)
        runner.silence_native_output()
        sys.stdin = io.StringIO()
        sys.path.insert(0, self.settings.scratch)  # a notebook's own folder: its modules are imported from there
        if order.flavour == "np":
            sys.modules["mxnet"].npx.set_np()
        if order.without and self.operators is not None:
            library.take_away(self.operators, order.without)

        def run_cell(source: str) -> tuple[BaseException | None, list[wire.Output]]:
            try:
                result = self.shell.run_cell(source, store_history=False)
                error = result.error_before_exec or result.error_in_exec
            except Exception as broken:  # an earlier cell has broken IPython itself
                error = broken
            if order.show:
                shell.show_figures(self.recorder)
            return error, self.recorder.take()

        serving, own = runner.Runner(order.flavour, self.shell.user_ns, run_cell, self.device), os.getpid()
        serving.seed(order.rng_seed)  # which makes a grade reproducible
        for request in runner.read_requests(lambda: frames.receive(sock)):
            self.recorder.take_over_streams()  # whatever the cell before has put there
            reply = _frame(serving.serve(request))
            if os.getpid() != own:  # a fork of the student's, which has come back from the function too
                os._exit(0)
            frames.send(sock, reply)

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
        # -1 means every process that this one may signal, all at once: also one that forks to get away.
        with contextlib.suppress(ProcessLookupError):
            os.kill(-1 if self.reaches_no_further else pid, signal.SIGKILL)

    def _empty_scratch(self) -> bool:
        """False where something is left."""
        folders = [self.settings.scratch]
        if layers.namespaced(self.settings):
            folders.append("/dev/shm")
        try:
            for folder in folders:
                with contextlib.suppress(OSError):  # the judge's own folder, which a submission cannot close either
                    os.chmod(folder, 0o777)
                for path in Path(folder).iterdir():
                    if path.is_dir() and not path.is_symlink():
                        _open_up(path)
                        shutil.rmtree(path)
                    else:
                        path.unlink()
            return not any(next(Path(folder).iterdir(), None) for folder in folders)
        except (OSError, RecursionError):
            return False


def _frame(reply: wire.Returned) -> bytes:
    try:
        return wire.encode(reply)
    except frames.WireError:
        most = frames.MAX_FRAME_BYTES >> 20
        value = wire.Opaque("result", f"of more than {most} MB, too large to be judged")
        return wire.encode(wire.Returned(value=value))


def _open_up(folder: Path) -> None:
    """Give the permissions without which a folder's content cannot be removed."""
    os.chmod(folder, 0o700)
    for above, names, _ in os.walk(folder):
        for path in (os.path.join(above, name) for name in names):
            if not os.path.islink(path):
                os.chmod(path, 0o700)


def main(settings: str) -> None:
    parsed = msgspec.json.decode(settings, type=control.Settings)
    tempfile.tempdir = parsed.scratch
    Worker(parsed).serve()
