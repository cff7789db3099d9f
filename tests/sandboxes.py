"""The confinements that work on this machine, and a process in one of them: without MXNet, so started in no time."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import pytest

from grader.sandbox import confinements, control, hosts, launch, usermap, watch

KIT = Path(__file__).resolve().parents[1]


def available(among: Sequence[str] = (*confinements.CONFINEMENTS, *confinements.CONTAINERS)) -> list[str]:
    found = []
    for confinement in among:
        try:
            found.append(confinements.find_confinement((confinement,)))
        except launch.NoSandbox:
            continue
    return found


AVAILABLE = available()

# A worker and a submission of it, each confined as in a slot; the submission runs `attack`.
_INSIDE = """
import os, sys
sys.path.insert(0, {kit!r})
import msgspec, pyseccomp
from grader.sandbox import confine, control, layers
settings = msgspec.json.decode({settings!r}, type=control.Settings)
mapped = confine.mapped_bytes()
held = layers.confine_worker(settings)
if os.fork() == 0:
    os.setsid()
    layers.confine_submission(settings, held, mapped + {memory})
    os.chdir(settings.scratch)
    try:
        exec({attack!r}, {{}})
    except BaseException as error:
        print(type(error).__name__, error)
    sys.stdout.flush()
    os._exit(0)
print("status", os.waitstatus_to_exitcode(os.wait()[1]))
"""


@dataclass(frozen=True)
class Place:
    """Where an attack is tried: a confinement of which the layers `without` are left out.

    "mounts", "network", "processes", "environment" and "bounded folders" are the namespaces' own and are left out of
    bubblewrap's arguments; the others are those of `layers`. `landlock`: as if the kernel had only that version.
    `readable` are files that a submission may see beyond the usual: in bubblewrap at the root of the file system, for
    the slot's /tmp may be a link to its scratch folder.
    """

    confinement: str
    scratch: Path
    without: tuple[str, ...] = ()
    landlock: int | None = None
    readable: tuple[str, ...] = ()

    def attempt(self, attack: str, memory: int = 1 << 30) -> str:
        """What the attack prints, and how it ended."""
        process = self.start(attack, memory)
        told, _ = process.communicate(timeout=60)
        return told

    def start(self, attack: str, memory: int = 1 << 30) -> subprocess.Popen[str]:
        for left in self.scratch.iterdir():  # by the attack before, and by another user
            if left.is_dir():
                left.chmod(0o700)
                shutil.rmtree(left)
            else:
                left.unlink()
        if self.confinement == "bwrap":
            return self._in_bwrap(attack, memory)
        options = launch.SlotOptions("cpu")
        settings = self._settings(str(self.scratch), [*launch.readable_paths(options), *self.readable])
        return self._run([], settings, attack, memory)

    def _in_bwrap(self, attack: str, memory: int) -> subprocess.Popen[str]:
        users = usermap.UserMap(hosts.slot_uid()) if os.geteuid() == 0 else None
        environment = launch.environment_for(launch.SCRATCH_ROOT, {})
        options = launch.SlotOptions("cpu")
        command = launch.bwrap_command(options, 0, environment, *([users.arguments] if users else []))
        command = self._less(command[: command.index(launch.PYTHON)])
        settings = self._settings(str(self.scratch) if "mounts" in self.without else launch.SCRATCH_ROOT, [])
        process = self._run(command, settings, attack, memory, users.descriptors if users else [])
        if users is not None:
            users.write()
        return process

    def _less(self, command: list[str]) -> list[str]:
        """bubblewrap's arguments less those of what is left out."""
        if "mounts" in self.without:
            command = [*command[: command.index("--hostname")], "--bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
        more = [argument for path in self.readable for argument in ("--ro-bind", path, f"/{Path(path).name}")]
        command = [*command, *more] if "mounts" in self.without else [*command[:-2], *more, *command[-2:]]
        left_out = {"network": ["--unshare-net"], "processes": ["--unshare-pid", "--as-pid-1"],
                    "environment": ["--clearenv"]}  # fmt: skip
        for layer in set(left_out) & set(self.without):
            command = [argument for argument in command if argument not in left_out[layer]]
        while "bounded folders" in self.without and "--size" in command:
            place = command.index("--size")
            command = command[:place] + command[place + 2 :]
        return command

    def _settings(self, scratch: str, readable: list[str]) -> control.Settings:
        processes = launch.processes_allowed()
        return control.Settings(
            0, self.confinement, scratch, "cpu", processes, readable, leave_out=list(self.without),
            landlock=self.landlock, uid=65534 if self.confinement == "bwrap" else hosts.slot_uid(),
        )  # fmt: skip

    def _run(
        self, prefix: list[str], settings: control.Settings, attack: str, memory: int, descriptors: Sequence[int] = ()
    ) -> subprocess.Popen[str]:
        kit = launch.GUEST_ROOT if prefix and "mounts" not in self.without else str(KIT)
        told = msgspec.json.encode(settings).decode()
        code = _INSIDE.format(kit=kit, settings=told, memory=memory, attack=attack)
        bare = launch.environment_for(settings.scratch, {})
        return subprocess.Popen(
            [*prefix, launch.PYTHON, "-I", "-c", code], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, pass_fds=descriptors, start_new_session=True,
            env=dict(os.environ) if "environment" in self.without else bare,
        )  # fmt: skip

    def worker(self, process: subprocess.Popen[str]) -> int:
        """The worker of a process that `start` has started, as the judge sees it, once it is there."""
        if self.confinement != "bwrap":
            return process.pid
        until = time.monotonic() + 20
        while not (found := watch.children(process.pid)):
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
        return found[0]


def less(place: Place, *layers: str) -> Place:
    return replace(place, without=(*place.without, *layers))


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="softmark-layers-") as name:
        Path(name).chmod(0o777)
        yield Path(name)


@pytest.fixture
def scratch(open_folder: Path) -> Path:
    """The submission's."""
    own = open_folder / "scratch"
    own.mkdir()
    own.chmod(0o777)
    return own


@pytest.fixture(params=[c for c in AVAILABLE if c not in confinements.CONTAINERS])
def place(request: pytest.FixtureRequest, scratch: Path) -> Place:
    """Every confinement that needs no image."""
    return Place(request.param, scratch)


@pytest.fixture(params=[c for c in AVAILABLE if c == "bwrap"])
def bwrap(request: pytest.FixtureRequest, scratch: Path) -> Place:
    return Place(request.param, scratch)


@pytest.fixture(params=[c for c in AVAILABLE if c == "landlock"])
def beside(request: pytest.FixtureRequest, scratch: Path) -> Place:
    """Without namespaces: the folder is on the judge's disk."""
    return Place(request.param, scratch)
