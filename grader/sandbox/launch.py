"""How a slot's process is started: what it may see, what confines it, and which confinement works here."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from grader.sandbox import confine, control

# What of the kit itself a submission may see: this list, and nothing else of the package.
GUEST_FILES = (
    "__init__.py", "device.py", "fashion_mnist.py", "sandbox/__init__.py", "sandbox/wire.py",
    "sandbox/control.py", "sandbox/confine.py", "sandbox/runner.py", "sandbox/shell.py",
    "sandbox/worker.py",
)  # fmt: skip

GUEST_ROOT = "/softmark"
DATA_ROOT = "/data"
SCRATCH_ROOT = "/scratch"
SCRATCH_BYTES = 256 << 20
CONFINEMENTS = ("bwrap", "landlock")

# With -I: nothing in the current folder, which may be a student's, can pass for the kit.
_KIT = "import sys; sys.path[:0] = [p for p in {path!r} if p not in sys.path]; "
_BOOT = _KIT + "from grader.sandbox.worker import main; main({settings!r})"
_TRY = _KIT + "from grader.sandbox.confine import seccomp; sys.exit(not seccomp() and 'libseccomp.so.2 is missing')"


class NoSandbox(RuntimeError):
    """No way to confine a submission was found here; the message says what to install."""


@dataclass(frozen=True)
class SlotOptions:
    """How slots are made: `device` "auto", "cpu" or "gpu"; `data` the folder of Fashion-MNIST's arrays."""

    device: str = "auto"
    data: Path | None = None


def _package_folders() -> list[str]:
    return sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})


def environment_for(scratch: str, data: str | None) -> dict[str, str]:
    """All that a slot's process finds in its environment: nothing of the judge's own."""
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


def processes_allowed() -> int:
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


def bwrap_command(options: SlotOptions, control_fd: int, environment: dict[str, str]) -> list[str]:
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
    settings = control.Settings(control_fd, "bwrap", SCRATCH_ROOT, options.device, processes_allowed())
    return [*command, *python_command(GUEST_ROOT, settings)]


def python_command(path: str, settings: control.Settings) -> list[str]:
    text = msgspec.json.encode(settings).decode()
    return [sys.executable, "-I", "-c", _BOOT.format(path=[path], settings=text)]


def readable_paths(options: SlotOptions) -> list[str]:
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
        kit = str(Path(__file__).resolve().parents[2])
        return _run([sys.executable, "-I", "-c", _TRY.format(path=[kit])])
    try:
        command = bwrap_command(SlotOptions(device="cpu"), 0, {})
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
