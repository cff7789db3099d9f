"""Starts a slot's worker in a container of Podman or Docker, for machines without user namespaces of their own.

The same worker and the same wire as elsewhere; the channel is a Unix socket that is mounted into the container, since
Docker's daemon can hand down no descriptor.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import struct
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from grader.sandbox import confine, control, launch
from grader.sandbox.hosts import Host

IMAGE = "softmark-sandbox"
SECONDS_TO_START = 60.0
_CONTAINERFILE = Path(__file__).resolve().with_name("image") / "Containerfile"
_CHANNEL = "/judge.sock"
# All that a slot may take: the largest budget of an exercise, the worker's own, and its folders, which are in memory.
_MEMORY = (4096 + 1024 << 20) + 2 * launch.SCRATCH_BYTES
# Other containers' processes may count as the same user's; a container's own bound is --pids-limit.
_USER_PROCESSES = 8 * confine.MAX_PROCESSES
_numbers = itertools.count()


class Container(Host):
    """The worker is process 1 of a container."""

    def _start(self, options: launch.SlotOptions) -> None:
        # Nobody else can enter the folder; inside, the socket is mounted by itself.
        self._folder = tempfile.mkdtemp(prefix="softmark-slot-")
        self._name = f"softmark-{os.getpid()}-{next(_numbers)}-{os.urandom(4).hex()}"
        path = os.path.join(self._folder, "judge.sock")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            os.chmod(path, 0o666)
            listener.listen(1)
            mounts = [("bind", path, _CHANNEL), *kit_mounts()]
            seen = launch.mounted(options)
            mounts += [("bind", str(folder), seen[name]) for name, folder in options.data]
            environment = launch.environment_for(launch.SCRATCH_ROOT, seen)
            command = run_command(self.confinement, self._name, mounts, environment)
            settings = control.Settings(
                _CHANNEL, self.confinement, launch.SCRATCH_ROOT, options.device, _USER_PROCESSES
            )
            self._spawn([*command, *worker_command(settings)], dict(os.environ), [])
            self.control = self._accept(listener)

    def _accept(self, listener: socket.socket) -> socket.socket:
        """The worker's end; a closed one where it does not come, so that the slot finds nobody there."""
        until = time.monotonic() + SECONDS_TO_START
        listener.settimeout(0.1)
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(TimeoutError):
                return listener.accept()[0]
        ours, theirs = socket.socketpair()
        theirs.close()
        return ours

    def worker_pid(self) -> int | None:
        credentials = self.control.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", credentials)[0]) or None  # 0: it runs under a kernel of its own

    @property
    def watched(self) -> bool:
        return os.geteuid() == 0  # its processes are another user's; the container's own bounds hold in any case

    def _end(self) -> None:
        subprocess.run([self.confinement, "kill", self._name], check=False, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
        super()._end()
        shutil.rmtree(self._folder, ignore_errors=True)


def run_command(
    runtime: str, name: str, mounts: Sequence[tuple[str, str, str]] = (), environment: dict[str, str] | None = None
) -> list[str]:
    """The call that runs a container, up to the image's name: no network, nothing to write to but two folders."""
    command = [
        runtime, "run", "--rm", "--name", name, "--pull", "never", "--network", "none", "--read-only", "--cap-drop",
        "ALL", "--security-opt", "no-new-privileges", "--security-opt", "label=disable", "--user", "65534:65534",
        "--hostname", "slot", "--pids-limit", str(confine.MAX_PROCESSES + 8), "--memory", str(_MEMORY),
        "--memory-swap", str(_MEMORY), "--ulimit", f"nofile={confine.MAX_OPEN_FILES}:{confine.MAX_OPEN_FILES}",
        "--ulimit", f"nproc={_USER_PROCESSES}:{_USER_PROCESSES}", "--ulimit", "core=0:0",
        "--shm-size", str(launch.SCRATCH_BYTES),
        "--tmpfs", f"{launch.SCRATCH_ROOT}:rw,mode=1777,size={launch.SCRATCH_BYTES}",
        "--tmpfs", "/dev/mqueue:ro,size=4k", "--workdir", launch.SCRATCH_ROOT, "--entrypoint", "",
    ]  # fmt: skip
    if runtime == "podman":  # its own idea of what else may be written to, and of what else comes along
        command += ["--read-only-tmpfs=false", "--http-proxy=false"]
    for kind, source, target in mounts:
        command += ["--mount", f"type={kind},source={source},target={target},readonly"]
    for variable, value in (environment or {}).items():
        command += ["--env", f"{variable}={value}"]
    return [*command, IMAGE]


def kit_mounts() -> list[tuple[str, str, str]]:
    package = Path(__file__).resolve().parents[1]
    return [("bind", str(package / name), f"{launch.GUEST_ROOT}/grader/{name}") for name in launch.GUEST_FILES]


def worker_command(settings: control.Settings) -> list[str]:
    """The image's own Python, whichever that is."""
    return ["python3", *launch.python_command(launch.GUEST_ROOT, settings)[1:]]


def trial(runtime: str) -> str | None:
    """None where a container can be run, else why not, and what to do."""
    if shutil.which(runtime) is None:
        return f"{runtime} is not installed"
    reason = launch.run([runtime, "image", "inspect", IMAGE])
    if reason is not None and ("no such image" in reason.lower() or "not known" in reason):
        folder = _CONTAINERFILE.parent
        return f"there is no image {IMAGE}; build it: {runtime} build --tag {IMAGE} --file {_CONTAINERFILE} {folder}"
    return reason or launch.run([*run_command(runtime, f"softmark-trial-{os.getpid()}"), "true"])
