"""A slot, seen from the judge: start it, hand it submissions, talk to them, clean up after them."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from grader.sandbox import confine, control, wire

# What of the kit itself a submission may see: this list, and nothing else of the package.
GUEST_FILES = (
    "__init__.py", "device.py", "fashion_mnist.py", "sandbox/__init__.py", "sandbox/wire.py",
    "sandbox/control.py", "sandbox/confine.py", "sandbox/runner.py", "sandbox/worker.py",
)  # fmt: skip
GUEST_ROOT = "/softmark"
DATA_ROOT = "/data"
SCRATCH_ROOT = "/scratch"
SCRATCH_BYTES = 256 << 20
WARM_SECONDS = 60.0
CONTROL_SECONDS = 20.0
KILL_SECONDS = 5.0
CONFINEMENTS = ("bwrap", "landlock")

_BOOT = (
    "import sys; sys.path[:0] = [p for p in {path!r} if p not in sys.path]; "
    "from grader.sandbox.worker import main; main({settings!r})"
)


class NoSandbox(RuntimeError):
    """No way to confine a submission was found here; the message says what to install."""


class SlotFailed(RuntimeError):
    """The slot itself did not start or stopped answering: the grader's fault, never the student's."""


class SubmissionDied(Exception):
    """The submission's process ended while something was asked of it; the message says how, for the student."""


@dataclass(frozen=True)
class SlotOptions:
    """How slots are made: `device` "auto", "cpu" or "gpu"; `data` the folder of Fashion-MNIST's arrays."""

    device: str = "auto"
    data: Path | None = None


def _package_folders() -> list[str]:
    return sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})


def _environment(scratch: str, data: str | None) -> dict[str, str]:
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": scratch, "TMPDIR": scratch,
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        "MXNET_STORAGE_FALLBACK_LOG_VERBOSE": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0",
    }  # fmt: skip
    if data is not None:
        environment["SOFTMARK_DATA"] = data
    return environment


def _nvidia_devices() -> list[str]:
    return sorted(glob.glob("/dev/nvidia*"))


def _processes_allowed() -> int:
    """The most processes that the slot's user may have: beyond what runs already, where that is the judge's own user.

    Linux counts threads, and counts all of a user's; since 5.14 a user namespace has a count of its own.
    """
    if os.geteuid() == 0:
        return confine.MAX_PROCESSES
    running = 0
    for process in psutil.process_iter(["uids", "num_threads"]):
        if process.info["uids"] and process.info["uids"].real == os.getuid():
            running += process.info["num_threads"] or 1
    return running + confine.MAX_PROCESSES


def _bwrap_command(options: SlotOptions, control_fd: int, environment: dict[str, str]) -> list[str]:
    """The bubblewrap call: own namespaces, no capabilities, the system read-only, the kit's own code hidden."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise NoSandbox("bubblewrap is not installed")
    command = [
        bwrap, "--unshare-all", "--unshare-user", "--uid", "65534", "--gid", "65534", "--cap-drop", "ALL",
        "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv", "--hostname", "slot",
    ]  # fmt: skip
    for name, value in environment.items():
        command += ["--setenv", name, value]
    for path in ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime"):
        command += ["--ro-bind-try", path, path]
    for path in ("/bin", "/sbin", "/lib", "/lib64", "/lib32"):
        if os.path.islink(path):
            command += ["--symlink", os.readlink(path), path]
        else:
            command += ["--ro-bind-try", path, path]
    for path in sorted({sys.base_prefix, sys.prefix}):
        if not Path(path).is_relative_to("/usr") or Path(path).is_relative_to("/usr/local"):
            command += ["--ro-bind", path, path]
    package = Path(__file__).resolve().parents[1]
    for folder in _package_folders():
        for name in ("grader", "reference"):
            if Path(folder, name).is_dir():
                command += ["--tmpfs", str(Path(folder, name)), "--remount-ro", str(Path(folder, name))]
    for name in GUEST_FILES:
        command += ["--ro-bind", str(package / name), f"{GUEST_ROOT}/grader/{name}"]
    if options.data is not None:
        command += ["--ro-bind", str(options.data), DATA_ROOT]
    command += ["--proc", "/proc", "--dev", "/dev"]
    if options.device != "cpu":
        for device in _nvidia_devices():
            command += ["--dev-bind", device, device]
    # Of /dev only the shared memory can be written to, and that is emptied after each submission.
    command += ["--size", str(SCRATCH_BYTES), "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    command += ["--size", str(SCRATCH_BYTES), "--tmpfs", SCRATCH_ROOT, "--chdir", SCRATCH_ROOT]
    if not any(Path(path).is_relative_to("/tmp") for path in (sys.base_prefix, sys.prefix)):
        command += ["--symlink", SCRATCH_ROOT, "/tmp"]
    command += ["--remount-ro", "/"]
    settings = control.Settings(control_fd, "bwrap", SCRATCH_ROOT, options.device, _processes_allowed())
    return [*command, *_python(GUEST_ROOT, settings)]


def _python(path: str, settings: control.Settings) -> list[str]:
    text = msgspec.json.encode(settings).decode()
    return [sys.executable, "-I", "-c", _BOOT.format(path=[path], settings=text)]


def _readable(options: SlotOptions) -> list[str]:
    """All that a slot without bubblewrap may read: the system's and Python's own files, less the kit's."""
    package = Path(__file__).resolve().parents[1]
    stdlib = [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib")]
    paths = ["/usr/lib", "/usr/lib64", "/usr/bin", "/bin", "/lib", "/lib64", "/usr/share", "/etc/ld.so.cache",
             "/etc/localtime", "/etc/fonts", "/sys/devices/system/cpu", "/proc/cpuinfo", "/proc/meminfo",
             "/proc/stat", f"{sys.base_prefix}/bin", f"{sys.prefix}/bin", f"{sys.base_prefix}/lib"]  # fmt: skip
    folders = _package_folders()
    for folder in [*stdlib, *folders]:
        hidden = {"site-packages", "dist-packages", "grader", "reference"}
        paths += [str(entry) for entry in Path(folder).iterdir() if entry.name not in hidden]
    inside = [path for path in paths if not any(_holds(path, str(package.parent), folder) for folder in folders)]
    inside += [str(package / name) for name in GUEST_FILES]
    return sorted({*inside, *([str(options.data)] if options.data else [])})


def _holds(path: str, course: str, packages: str) -> bool:
    """Whether opening `path` would open the course, or a package folder that holds the kit."""
    kit_inside = Path(packages, "grader").is_dir() and Path(packages).is_relative_to(path)
    return Path(course).is_relative_to(path) or kit_inside


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
            environment = _environment(SCRATCH_ROOT, DATA_ROOT if data else None)
            command = _bwrap_command(self.options, theirs.fileno(), environment)
        else:
            self._scratch = tempfile.mkdtemp(prefix="softmark-slot-")
            os.chmod(self._scratch, 0o777)
            environment = _environment(self._scratch, data)
            readable = _readable(self.options) if self.confinement == "landlock" else []
            # Above all that users, containers and services are given (systemd's UIDS-GIDS.md).
            uid = 0x7000_0000 + os.getpid()
            settings = control.Settings(
                theirs.fileno(),
                self.confinement,
                self._scratch,
                self.options.device,
                _processes_allowed(),
                readable,
                uid,
            )
            command = _python(str(Path(__file__).resolve().parents[2]), settings)
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

    def begin(self, flavour: str, memory: int, rng_seed: int) -> None:
        """Fork for a submission, with `memory` bytes beyond the warm process's and its generators seeded.

        Raises `SlotFailed` where even a fresh worker cannot fork.
        """
        self.finish()
        order = control.Start(flavour, memory, rng_seed)
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
        body = msgspec.msgpack.encode(order)
        try:
            self._control.settimeout(CONTROL_SECONDS)
            socket.send_fds(self._control, [struct.pack(">I", len(body)) + body], [theirs.fileno()])
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


def find_confinement(among: Sequence[str] = CONFINEMENTS) -> str:
    """The strongest confinement that works here, tried by starting it. Raises `NoSandbox`, saying what to install."""
    reasons = []
    for confinement in among:
        reason = _trial(confinement)
        if reason is None:
            return confinement
        reasons.append(f"{confinement}: {reason}")
    raise NoSandbox(
        "no sandbox can be had here (" + "; ".join(reasons) + "). Install bubblewrap (apt-get install bubblewrap), "
        "or run on a kernel with Landlock (Linux 5.13 or later) and libseccomp; "
        "--trust-submissions grades without any protection."
    )


def _trial(confinement: str) -> str | None:
    """None where the confinement works, else why not."""
    if confinement == "landlock":
        if confine.landlock_abi() == 0:
            return "this kernel has no Landlock"
        return _run([sys.executable, "-c", "import sys; from grader.sandbox import confine; "
                     "sys.exit(0 if confine.seccomp() else 'libseccomp.so.2 is missing')"])  # fmt: skip
    try:
        command = _bwrap_command(SlotOptions(device="cpu"), 0, {})
    except NoSandbox as error:
        return str(error)
    return _run([*command[: command.index(sys.executable)], "/usr/bin/env", "true"])


def _run(command: list[str]) -> str | None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    said = done.stderr.strip().splitlines()
    return said[-1][:200] if said else f"exit status {done.returncode}"
