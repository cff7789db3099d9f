"""How a slot's process is started: what it may see, what confines it, and which confinement works here."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import psutil

from grader.data import DataSet, variable
from grader.sandbox import confine, control

# What of the kit itself a submission may see: this list, and nothing else of the package.
GUEST_FILES = (
    "__init__.py", "data/__init__.py", "data/files.py", "data/fashion_mnist.py", "data/gluon.py",
    *(f"sandbox/{name}.py" for name in (
        "__init__", "device", "frames", "wire", "control", "confine", "landlock", "seccomp", "layers", "library",
        "encoding", "counting", "failures", "given", "figures", "blocks", "standpoints", "loading", "runner", "shell",
        "worker",
    )),
)  # fmt: skip

GUEST_ROOT = "/softmark"
DATA_ROOT = "/data"
SCRATCH_ROOT = "/scratch"
SCRATCH_BYTES = 256 << 20

# As the kernel resolves them: a path with ".." in it exists in no sandbox.
PYTHON = os.path.abspath(sys.executable)
_PREFIXES = sorted({os.path.abspath(sys.base_prefix), os.path.abspath(sys.prefix)})

# With -I: nothing in the current folder, which may be a student's, can pass for the kit.
KIT = "import sys; sys.path[:0] = [p for p in {path!r} if p not in sys.path]; "
_BOOT = KIT + "from grader.sandbox.worker import main; main({settings!r})"


class NoSandbox(RuntimeError):
    """No way to confine a submission was found here; the message says what to install."""


@dataclass(frozen=True)
class SlotOptions:
    """How slots are made: `device` "auto", "cpu" or "gpu"; `data` the folders of data sets, with their names."""

    device: str = "auto"
    data: tuple[tuple[str, Path], ...] = ()

    @classmethod
    def of(cls, device: str, data: Mapping[str, DataSet]) -> SlotOptions:
        return cls(device, tuple((name, one.directory) for name, one in sorted(data.items())))


def _package_folders() -> list[str]:
    return sorted({sysconfig.get_path("purelib"), sysconfig.get_path("platlib")})


def environment_for(scratch: str, data: Mapping[str, str]) -> dict[str, str]:
    """All that a slot's process finds in its environment: nothing of the judge's own.

    MXNet's NaiveEngine would spare a slot its threads, and a fifth of the time. But it computes where arguments are
    read as well, so that errno of an earlier log(0) makes `loss == inf` an error, which it is not for students.
    """
    environment = {
        "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": scratch, "TMPDIR": scratch,
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
        "MXNET_STORAGE_FALLBACK_LOG_VERBOSE": "0", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0",
    }  # fmt: skip
    return environment | {variable(name): folder for name, folder in data.items()}


def mounted(options: SlotOptions) -> dict[str, str]:
    """Where a slot with namespaces of its own sees the data sets."""
    return {name: f"{DATA_ROOT}/{name}" for name, _ in options.data}


def nvidia_devices(options: SlotOptions) -> list[str]:
    """The driver's devices, where the slot may use a GPU."""
    return [] if options.device == "cpu" else sorted(glob.glob("/dev/nvidia*"))


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


# The slot's user where bubblewrap is not run by root: its own, under another number.
_SAME_USER = ("--uid", "65534", "--gid", "65534", "--cap-drop", "ALL")


def bwrap_command(
    options: SlotOptions, control_fd: int, environment: dict[str, str], user: Sequence[str] = _SAME_USER
) -> list[str]:
    """The bubblewrap call: own namespaces, the system read-only, the kit's own code hidden; `user` as in `usermap`."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise NoSandbox("bubblewrap is not installed")
    command = [
        bwrap, "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
        "--unshare-cgroup-try", *user, "--die-with-parent", "--new-session", "--as-pid-1", "--clearenv",
        "--hostname", "slot",
    ]  # fmt: skip
    for name, value in environment.items():
        command += ["--setenv", name, value]
    command += _system_mounts()
    command += _kit_mounts()
    for name, folder in options.data:
        place = mounted(options)[name]
        command += [*_folders_above(place), "--ro-bind", str(folder), place]
    command += ["--proc", "/proc", "--dev", "/dev"]
    devices = nvidia_devices(options)
    for device in devices:
        command += ["--dev-bind", device, device]
    # Of /dev only the shared memory can be written to, and that is emptied after each submission.
    tmpfs = ["--size", str(SCRATCH_BYTES), "--perms", "1777", "--tmpfs"]
    command += [*tmpfs, "/dev/shm", "--remount-ro", "/dev", *tmpfs, SCRATCH_ROOT, "--chdir", SCRATCH_ROOT]
    if not any(Path(path).is_relative_to("/tmp") for path in _PREFIXES):
        command += ["--symlink", SCRATCH_ROOT, "/tmp"]
    command += ["--remount-ro", "/"]
    settings = control.Settings(control_fd, "bwrap", SCRATCH_ROOT, options.device, processes_allowed(), devices=devices)
    return [*command, *python_command(GUEST_ROOT, settings)]


def _system_mounts() -> list[str]:
    arguments = ["--dir", "/etc"]
    for path in ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts", "/etc/localtime"):
        arguments += ["--ro-bind-try", path, path]
    for path in ("/bin", "/sbin", "/lib", "/lib64", "/lib32"):
        if os.path.islink(path):
            arguments += ["--symlink", os.readlink(path), path]
        else:
            arguments += ["--ro-bind-try", path, path]
    for path in _PREFIXES:
        if not Path(path).is_relative_to("/usr") or Path(path).is_relative_to("/usr/local"):
            arguments += [*_folders_above(path), "--ro-bind", path, path]
    return arguments


def _kit_mounts() -> list[str]:
    arguments = []
    for folder in _package_folders():
        for name in ("grader", "reference"):
            if Path(folder, name).is_dir():
                arguments += ["--tmpfs", str(Path(folder, name)), "--remount-ro", str(Path(folder, name))]
    package = Path(__file__).resolve().parents[1]
    for folder in ("", "/grader", "/grader/data", "/grader/sandbox"):
        arguments += ["--dir", f"{GUEST_ROOT}{folder}"]
    for name in GUEST_FILES:
        arguments += ["--ro-bind", str(package / name), f"{GUEST_ROOT}/grader/{name}"]
    return arguments


def _folders_above(path: str) -> list[str]:
    """Made beforehand: bubblewrap makes them so that root alone may enter."""
    return [part for folder in reversed(Path(path).parents[:-1]) for part in ("--dir", str(folder))]


def python_command(path: str, settings: control.Settings) -> list[str]:
    text = msgspec.json.encode(settings).decode()
    return [PYTHON, "-I", "-c", _BOOT.format(path=[path], settings=text)]


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
    return sorted({*inside, *(str(folder) for _, folder in options.data)})


def _holds(path: str, course: str, packages: str) -> bool:
    """Whether opening `path` would open the course, or a package folder that holds the kit."""
    kit_inside = Path(packages, "grader").is_dir() and Path(packages).is_relative_to(path)
    return Path(course).is_relative_to(path) or kit_inside


def run(command: list[str]) -> str | None:
    """None where the command succeeds, else what it said last."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if done.returncode == 0:
        return None
    said = done.stderr.strip().splitlines()
    return said[-1][:200] if said else f"exit status {done.returncode}"
