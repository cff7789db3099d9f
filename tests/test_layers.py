"""Each layer of the sandbox: an attack that succeeds where it is left out, and fails where it is put up.

What other layers would stop as well is left out in both cases, so that the layer stands alone.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from grader.sandbox import confine, confinements, hosts, landlock, launch, seccomp
from tests.sandboxes import KIT, Place, less

SECRET = "the judge's own"
ROOT = os.geteuid() == 0


@pytest.fixture
def secret(open_folder: Path) -> Path:
    """A file of the judge's, which the user that it runs as may read and change."""
    file = open_folder / "gradebook.db"
    file.write_text(SECRET)
    file.chmod(0o600)
    return file


@pytest.fixture
def victim() -> Iterator[psutil.Process]:
    """A process of the judge's own."""
    with subprocess.Popen(["sleep", "600"]) as process:
        yield psutil.Process(process.pid)
        process.kill()


@pytest.fixture
def listener() -> Iterator[int]:
    """The port of a service on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


# -- namespaces


def test_mounts_hide_the_judges_files(bwrap: Place, secret: Path) -> None:
    alone = less(bwrap, "landlock", "seccomp", "uid")
    read = f"print(open({str(secret)!r}).read())"
    assert SECRET in less(alone, "mounts").attempt(read)
    assert "FileNotFoundError" in alone.attempt(read)


def test_mounts_leave_nothing_to_write_to(bwrap: Place, secret: Path) -> None:
    alone = less(bwrap, "landlock", "seccomp", "uid")
    write = f"open({str(secret.parent / 'left')!r}, 'w').write('answers')"
    less(alone, "mounts").attempt(write)
    assert (secret.parent / "left").exists()
    for folder in ("/", "/usr", "/var/tmp", "/dev", "/etc", "/proc/sys/kernel"):
        assert "Error" in alone.attempt(f"open({folder + '/left'!r}, 'w')"), folder


def test_the_network_namespace_reaches_no_service(bwrap: Place, listener: int) -> None:
    alone = less(bwrap, "landlock", "seccomp")
    connect = f"import socket; socket.create_connection(('127.0.0.1', {listener}), 5); print('connected')"
    assert "connected" in less(alone, "network").attempt(connect)
    assert "ConnectionRefusedError" in alone.attempt(connect)


def test_the_process_namespace_shows_no_other_process(bwrap: Place, victim: psutil.Process) -> None:
    alone = less(bwrap, "landlock", "seccomp")
    look = f"print(open('/proc/{victim.pid}/cmdline').read())"
    assert "sleep" in less(alone, "processes").attempt(look)
    assert "FileNotFoundError" in alone.attempt(look)


def test_the_environment_is_cleared(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFTMARK_TEST_SECRET", SECRET)
    look = "import os; print(dict(os.environ))"
    assert SECRET in less(place, "environment").attempt(look)
    assert "SOFTMARK_TEST_SECRET" not in place.attempt(look)


# -- what a process gives up


def test_no_new_privileges_makes_setuid_programs_harmless() -> None:
    su = shutil.which("su", path="/usr/bin:/bin") or "su is missing"

    def effective_user(before: Callable[[], object]) -> int:
        """Of a setuid program, started by an ordinary user that has called `before`."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            with suppress(BaseException):
                if ROOT:
                    os.setresuid(65534, 65534, 65534)
                before()
                os.dup2(reading, 0)  # it waits for the password
                os.execv(su, [su])
            os._exit(1)
        os.close(reading)
        try:
            until = time.monotonic() + 20
            while psutil.Process(pid).name() != "su":
                assert time.monotonic() < until
                time.sleep(0.01)
            return int(psutil.Process(pid).uids().effective)
        finally:
            os.close(writing)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)

    assert effective_user(lambda: None) == 0
    assert effective_user(confine.no_new_privileges) != 0


def test_hidden_memory_keeps_the_worker_closed() -> None:
    """Where its memory can be written to, a submission decides what the next one will run."""

    def can_open(hide: bool) -> bool:
        """Whether a child of a process, of the same user, can open its memory."""
        pid = os.fork()
        if pid == 0:
            with suppress(BaseException):
                if ROOT:
                    os.setresuid(65534, 65534, 65534)
                confine.show_memory()
                if hide:
                    confine.hide_memory()
                if os.fork() == 0:
                    os.close(os.open(f"/proc/{os.getppid()}/mem", os.O_RDWR))
                    os._exit(0)
                os._exit(os.waitstatus_to_exitcode(os.wait()[1]))
            os._exit(1)
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0

    assert can_open(hide=False)
    assert not can_open(hide=True)


def test_descriptors_of_the_judge_are_closed(secret: Path) -> None:
    look = (
        "import os; paths = [f'/proc/self/fd/{fd}' for fd in os.listdir('/proc/self/fd')]\n"
        "print([os.readlink(path) for path in paths if os.path.lexists(path)])"
    )

    class Looking(hosts.Host):
        def _start(self, options: launch.SlotOptions) -> None:
            self.control, theirs = socket.socketpair()
            theirs.close()
            self._spawn([sys.executable, "-c", look], dict(os.environ), [])

    with secret.open() as file:
        os.set_inheritable(file.fileno(), True)
        open_ended = subprocess.run([sys.executable, "-c", look], close_fds=False, capture_output=True, text=True)
        assert str(secret) in open_ended.stdout
        host = Looking(launch.SlotOptions(), "none")
        assert "pipe" in host.said() or "[" in host.said()
        assert str(secret) not in host.said()
        host.close()


if ROOT:

    def test_a_user_of_its_own_may_not_touch_what_is_roots(bwrap: Place, secret: Path) -> None:
        alone = replace(less(bwrap, "landlock", "seccomp"), readable=(str(secret),))
        read = f"print(open('/{secret.name}').read())"
        assert SECRET in less(alone, "uid").attempt(read)
        assert "PermissionError" in alone.attempt(read)


# -- system calls

HIDDEN_MEMORY = "import os; os.memfd_create('hoard'); print('done')"
SOCKET = "import socket; socket.socket(socket.AF_UNIX); print('done')"
OTHERS_LIMITS = "import os, resource; resource.prlimit(os.getppid(), resource.RLIMIT_NOFILE); print('done')"
IN_FLIGHT = """
import os, socket
one, other = socket.socketpair()
socket.send_fds(one, [b"x"], [os.open("kept", os.O_RDWR | os.O_CREAT)])
print("done")
"""


@pytest.mark.parametrize("attack", [HIDDEN_MEMORY, SOCKET, OTHERS_LIMITS, IN_FLIGHT])
def test_system_calls_that_no_exercise_needs_are_refused(place: Place, attack: str) -> None:
    alone = less(place, "landlock", "hidden memory")
    assert "done" in less(alone, "seccomp").attempt(attack)
    told = alone.attempt(attack)
    assert re.match(r"(PermissionError|OSError) ", told), told


def test_a_call_that_looks_for_a_way_out_ends_the_process(place: Place) -> None:
    attack = "import ctypes; print('root', ctypes.CDLL(None).chroot(b'/'))"
    assert "root -1" in less(place, "seccomp", "landlock").attempt(attack)
    assert less(place, "landlock").attempt(attack) == f"status {-signal.SIGSYS}\n"


def test_the_list_of_system_calls_is_known_on_arm_too() -> None:
    import pyseccomp

    program = seccomp.program(seccomp.Needs(), pyseccomp.Arch.AARCH64)
    assert 0 < len(program) < len(seccomp.program(seccomp.Needs()))


# -- Landlock


def test_landlock_hides_the_judges_files(beside: Place, secret: Path) -> None:
    alone = less(beside, "seccomp", "uid")
    read = f"print(open({str(secret)!r}).read())"
    assert SECRET in less(alone, "landlock").attempt(read)
    assert "PermissionError" in alone.attempt(read)


def test_landlock_leaves_nothing_to_write_to(place: Place, secret: Path) -> None:
    alone = less(place, "mounts", "seccomp", "uid")
    write = f"open({str(secret.parent / 'left')!r}, 'w').write('answers')"
    assert "PermissionError" in alone.attempt(write)
    assert not (secret.parent / "left").exists()
    less(alone, "landlock").attempt(write)
    assert (secret.parent / "left").exists()


def attacks_beside(secret: Path, victim: psutil.Process, listener: int) -> dict[str, str]:
    """What Landlock has learnt to stop one version after the other, and what it does not stop."""
    path = repr(str(secret))
    return {
        "change a file's permissions": f"os.chmod({path}, 0o777)",
        "empty a file by name": f"os.truncate({path}, 0)",
        "empty a file that may only be read": f"os.open({path}, os.O_RDONLY | os.O_TRUNC)",
        "connect": f"socket.create_connection(('127.0.0.1', {listener}), 5)",
        "signal the judge's": f"os.kill({victim.pid}, 18)",
        "signal the worker": "os.kill(os.getppid(), 18)",
    }


def succeeded(place: Place, attacks: dict[str, str]) -> set[str]:
    told = place.attempt(f"""
import os, socket
for name, attack in {attacks!r}.items():
    try:
        exec(attack)
    except OSError:
        continue
    print(name)
""")
    assert told.endswith("status 0\n"), told
    return set(told.splitlines()[:-1])


def test_whatever_an_older_landlock_lacks_is_made_up_for(
    beside: Place, secret: Path, victim: psutil.Process, listener: int
) -> None:
    attacks = attacks_beside(secret, victim, listener)
    open_place = replace(less(beside, "uid"), readable=(str(secret),))
    assert succeeded(less(open_place, "landlock", "seccomp"), attacks) == set(attacks)
    for version in range(1, landlock.version() + 1):
        secret.write_text(SECRET)
        assert succeeded(replace(open_place, landlock=version), attacks) == set(), version
        assert secret.read_text() == SECRET


def test_with_an_older_landlock_work_goes_on(beside: Place) -> None:
    work = """
import os, subprocess, sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    with open(folder + "/a", "w") as file: file.write("x")
    with open(folder + "/a", "r+") as file: file.truncate(0)
    os.rename(folder + "/a", folder + "/b")
print(subprocess.run(["echo", "it works"], capture_output=True, text=True).stdout)
"""
    for version in (1, 2, 3, landlock.version()):
        assert "it works" in replace(beside, landlock=version).attempt(work), version


# -- containers; where one can be run, tests/test_sandbox.py runs in it


@pytest.mark.parametrize("runtime", confinements.CONTAINERS)
def test_without_the_containers_program_the_error_says_so(runtime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(launch.NoSandbox, match=f"{runtime} is not installed"):
        confinements.find_confinement((runtime,))


def test_the_image_holds_the_versions_that_the_kit_asks_for() -> None:
    recipe = (Path(hosts.__file__).with_name("image") / "Containerfile").read_text()
    wanted = tomllib.loads((KIT / "pyproject.toml").read_text())["project"]["dependencies"]
    installed = re.findall(r'"([^"]+)"', recipe)
    assert {"mxnet==1.9.1"} < set(installed) <= set(wanted)
