"""The slot: what a submission's code can see, reach and leave behind, tried from inside it, for each confinement."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from grader.course.course import Course
from grader.data import in_use
from grader.judging.judge import Data
from grader.sandbox import confine, wire
from grader.sandbox.confinements import CONFINEMENTS, CONTAINERS, find_confinement
from grader.sandbox.launch import NoSandbox, SlotOptions
from grader.sandbox.slot import Slot, SubmissionDied
from tests.command import in_small_course
from tests.conftest import Grading
from tests.notebooks import SMALL, write
from tests.processes import runs
from tests.sandboxes import AVAILABLE, available

MEMORY = 1 << 30
SECRET = "the judge's own"


class Inside:
    """Runs code in a submission's process and gives what it prints."""

    def __init__(self, slot: Slot) -> None:
        self.slot = slot

    def __call__(self, code: str, seconds: float = 10.0) -> str:
        """In a fresh submission; the exception that the code ends with is raised as RuntimeError."""
        self.slot.begin("np", MEMORY, 1)
        return self.again(code, seconds)

    def again(self, code: str, seconds: float = 10.0) -> str:
        """In the same submission as before."""
        returned = self.slot.ask(wire.RunCell("cell", code), time.monotonic() + seconds)
        if returned.failure is not None:
            raise RuntimeError(f"{returned.failure.type}: {returned.failure.message}")
        return "".join(output.text for output in returned.outputs)


@pytest.fixture(scope="module", params=AVAILABLE)
def confined(request: pytest.FixtureRequest, data: Data) -> Iterator[Slot]:
    """A slot of each confinement; a secret stands in the judge's environment when it is started."""
    os.environ["SOFTMARK_TEST_SECRET"] = SECRET
    slot = Slot(SlotOptions.of("cpu", data), request.param)
    yield slot
    slot.close()
    del os.environ["SOFTMARK_TEST_SECRET"]


@pytest.fixture
def inside(confined: Slot) -> Iterator[Inside]:
    yield Inside(confined)
    confined.finish()


def worker(slot: Slot) -> psutil.Process:
    """The process of the slot that forks submissions."""
    pid = slot._host.worker_pid()
    assert pid is not None
    return psutil.Process(pid)


def others_can_read(path: Path) -> bool:
    return path.stat().st_mode & 0o005 == 0o005


def running_below(slot: Slot) -> int:
    return len([p for p in worker(slot).children(recursive=True) if runs(p)])


# -- what the options promise


def test_some_sandbox_works_here() -> None:
    assert AVAILABLE, "grading needs one of them: install bubblewrap, or libseccomp2 on a kernel with Landlock"


def test_the_layers_named_are_those_promised(confined: Slot, inside: Inside) -> None:
    layers = set(confined.layers)
    assert layers - {"uid", "cgroup", "watch"} == {confined.confinement, "rlimits", "landlock", "seccomp"}
    assert "watch" in layers or (confined.confinement in CONTAINERS and os.getuid() != 0)
    # What lies above these is made anew in the slot.
    needed = (Path(sys.prefix), Path(sys.base_prefix), *(folder for _, folder in confined.options.data))
    if os.geteuid() == 0 and confined.confinement == "bwrap" and all(map(others_can_read, needed)):
        assert "uid" in layers, "the submission is root's own, as which the kernel bounds no processes"
    inside("")
    own_user = worker(confined).children()[0].uids().real != os.getuid()
    assert own_user == ("uid" in layers or confined.confinement in CONTAINERS)
    limits = inside("import resource as r; print(*[r.getrlimit(n) for n in (r.RLIMIT_CORE, r.RLIMIT_NOFILE)])")
    assert limits.strip() == "(0, 0) (256, 256)"


def test_the_strongest_that_works_is_taken_by_itself_and_nothing_weaker_than_a_sandbox() -> None:
    assert find_confinement() == AVAILABLE[0]
    assert "none" not in CONFINEMENTS


def test_looking_for_a_sandbox_imports_nothing_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which may be one that a student has filled."""
    (tmp_path / "grader").mkdir()
    (tmp_path / "grader" / "__init__.py").write_text(f"open({str(tmp_path / 'imported')!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    assert available() == AVAILABLE
    assert not (tmp_path / "imported").exists()


def test_without_any_sandbox_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSandbox, match=r"bubblewrap is not installed.*apt-get install bubblewrap") as error:
        find_confinement(("bwrap",))
    assert "\n" not in str(error.value)


def test_only_an_explicit_word_grades_without_a_sandbox(data: Data) -> None:
    slot = Slot(SlotOptions.of("cpu", data), "none")
    try:
        assert slot.layers == ["rlimits"]
        assert Inside(slot)("print(1 + 1)") == "2\n"
    finally:
        slot.close()


# -- what can be seen and reached


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.socket()",
        "import socket; socket.socket(socket.AF_UNIX)",
        "import socket; socket.create_connection(('127.0.0.1', 80), 1)",
        "import urllib.request; urllib.request.urlopen('http://127.0.0.1/', timeout=1)",
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; socket.socket()'], check=True)",
    ],
)
def test_there_is_no_network(inside: Inside, attempt: str) -> None:
    with pytest.raises(RuntimeError, match=r"PermissionError|Operation not permitted|CalledProcessError"):
        inside(attempt)


@pytest.mark.parametrize(
    "module", ["grader.exercises", "grader.checking", "grader.diagnosis", "grader.judging.judge", "reference"]
)
def test_the_checks_and_the_reference_cannot_be_imported(inside: Inside, module: str) -> None:
    with pytest.raises(RuntimeError, match=r"ModuleNotFoundError|PermissionError"):
        inside(f"import {module}")


def test_no_file_of_the_judges_can_be_read(inside: Inside, course: Course, tmp_path: Path) -> None:
    own = tmp_path / "other students"
    own.write_text(SECRET)
    kit = Path(confine.__file__).parents[1]
    exercises = sorted((kit / "exercises").glob("*/*/exercise.py"))
    forbidden = [own, tmp_path, Path("/root"), Path("/home"), course.root, *exercises,
                 *(course.root / "solutions").glob("*/*.ipynb"), Path(f"/proc/{os.getpid()}/environ")]  # fmt: skip
    told = inside(
        "import os\n"
        f"for path in {list(map(str, forbidden))!r}:\n"
        "    try:\n"
        "        found = os.listdir(path) if os.path.isdir(path) else open(path).read()\n"
        "    except OSError:\n"
        "        continue\n"
        "    print(path, found)\n"
    )
    # Folders that lead to Python itself may be seen, as empty but for that.
    steps = {part for prefix in (sys.prefix, sys.base_prefix) for part in Path(prefix).parts}
    assert SECRET not in told
    for line in told.splitlines():
        names = re.search(r"\[(.*)\]$", line)
        assert names is not None, line
        assert set(re.findall(r"'([^']*)'", names[1])) <= steps, line


def test_the_judges_environment_is_not_handed_on(inside: Inside) -> None:
    told = inside("import os, subprocess; print(dict(os.environ), subprocess.getoutput('env'))")
    assert "SOFTMARK_DATA_FASHION_MNIST" in told
    assert SECRET not in told
    for variable in ("SOFTMARK_SECRET_FILE", "PYTHONPATH", "PYTEST_CURRENT_TEST"):
        assert variable not in told


def test_a_file_can_be_written_in_the_submissions_own_folder_and_nowhere_else(inside: Inside, tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    places = ["/", "/etc", "/usr", "/var/tmp", "/dev", "/run", "/root", str(tmp_path), sys.prefix, "/softmark", "/data"]
    told = inside(
        "import os, tempfile\n"
        "open('mine', 'w').write('x')\n"
        "tempfile.NamedTemporaryFile().write(b'x')\n"
        "print(os.listdir('.'))\n"
        f"for place in {places!r}:\n"
        "    try:\n"
        "        open(os.path.join(place, 'softmark-was-here'), 'w').close()\n"
        "    except OSError:\n"
        "        continue\n"
        "    print('written to', place)\n"
    )
    assert told == "['mine']\n"
    assert not list(tmp_path.iterdir())


def test_files_outside_keep_their_permissions_and_times(inside: Inside, tmp_path: Path) -> None:
    file = tmp_path / "gradebook.db"
    file.write_text("1")
    os.utime(file, (1, 1))
    before = file.stat()
    told = inside(
        "import os\n"
        "for change in (lambda p: os.chmod(p, 0o777), lambda p: os.chown(p, 1, 1), lambda p: os.utime(p, (2, 2)),\n"
        "               lambda p: os.setxattr(p, 'user.a', b'b'), lambda p: os.truncate(p, 0), os.unlink,\n"
        "               lambda p: os.rename(p, p + 'x'), lambda p: os.link(p, 'mine')):\n"
        "    try:\n"
        f"        change({str(file)!r})\n"
        "    except OSError:\n"
        "        continue\n"
        "    print('changed')\n"
    )
    assert told == ""
    after = file.stat()
    assert (after.st_mode, after.st_uid, after.st_mtime, after.st_size) == (
        before.st_mode, before.st_uid, before.st_mtime, before.st_size)  # fmt: skip
    assert os.listxattr(file) == []


def test_the_data_can_be_read_and_not_changed(inside: Inside) -> None:
    told = inside(
        "from grader.data import fashion_mnist\n"
        "data = fashion_mnist.load()\n"
        "print(data.train_images.shape[1:])\n"
        "try:\n"
        "    open(data.directory / 'train_labels.npy', 'r+b')\n"
        "except OSError:\n"
        "    print('read only')\n"
    )
    assert told == "(28, 28)\nread only\n"


def test_other_processes_cannot_be_looked_into(inside: Inside) -> None:
    told = inside(
        "import os\n"
        f"for pid in (os.getppid(), {os.getpid()}):\n"
        "    for name in ('mem', 'environ', 'maps'):\n"
        "        try:\n"
        "            open(f'/proc/{pid}/{name}', 'rb').read(1)\n"
        "        except OSError:\n"
        "            continue\n"
        "        print('read', name, 'of', pid)\n"
    )
    assert told == ""


@pytest.mark.parametrize("call", ["ptrace(16, {judge}, 0, 0)", "unshare(0x10000000)", "mount(0, b'/', 0, 0, 0)"])
def test_what_only_an_attack_asks_of_the_kernel_ends_it_and_is_told(inside: Inside, call: str) -> None:
    with pytest.raises(SubmissionDied, match=r"something that no exercise needs.*SIGSYS"):
        inside("import ctypes\nctypes.CDLL(None)." + call.format(judge=os.getpid()))
    assert inside("print('fine')") == "fine\n"


def test_shell_commands_and_subprocesses_run_inside(inside: Inside) -> None:
    told = inside(
        "import os, subprocess\n"
        "!echo $((6 * 7)) > answer\n"
        "lines = !cat answer\n"
        "print(lines, _exit_code)\n"
        "print(os.system('test -s answer'), subprocess.run(['cat', 'answer'], capture_output=True, text=True).stdout)\n"
        "!cat; yes | head -c 1000000 | tail -c 2; ls /nowhere\n"
    )
    assert told == "['42'] 0\n0 42\n\ny\nls: cannot access '/nowhere': " + told.rpartition(": ")[2]
    assert told.endswith(("No such file or directory\n", "Permission denied\n"))


# -- what is left behind


def test_files_with_odd_permissions_are_gone_for_the_next_submission(confined: Slot, inside: Inside) -> None:
    before = worker(confined)
    inside(
        "import os\n"
        "os.makedirs('a/b'); open('a/b/c', 'w').write('answers')\n"
        "os.mkdir('closed', 0); os.symlink('/nowhere', 'link'); os.mkfifo('pipe')\n"
        "os.umask(0o777); os.mkdir('dark'); open('.hidden', 'w')\n"
        "for path in ('a/b', 'a', '.'):\n"
        "    try:\n"
        "        os.chmod(path, 0)\n"
        "    except PermissionError:\n"
        "        pass\n"
        "try:\n"
        "    open('/dev/shm/answers', 'w')\n"
        "except OSError:\n"
        "    pass\n"
    )
    told = inside(
        "import os\n"
        "print(os.listdir('.'))\n"
        "try:\n"
        "    print(*os.listdir('/dev/shm'))\n"
        "except PermissionError:\n"
        "    print()\n"
        "open('again', 'w').close()\n"
    )
    assert told == "[]\n\n"
    assert worker(confined) == before, "cleaning up needed a new slot, which costs a second"


def test_even_a_folder_too_deep_to_walk_is_gone_for_the_next_submission(inside: Inside) -> None:
    with contextlib.suppress(SubmissionDied):  # what cannot be measured is stopped, where it lies on the judge's disk
        inside("import os\nfor _ in range(3000):\n    os.mkdir('d'); os.chdir('d')")
    assert inside("import os; print(os.listdir('.'))") == "[]\n"


DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        open('alive', 'w').close()
        while True:
            time.sleep(0.01)
    os._exit(0)
while not os.path.exists('alive'):
    time.sleep(0.01)
print('ready')
"""

BOMB = """
import os
for _ in range(20):
    if os.fork() == 0:
        while True:  # always another process: whoever looks for one finds it gone
            try:
                if os.fork():
                    os._exit(0)
            except OSError:
                pass
print('ready')
"""


def nothing_is_left(slot: Slot) -> None:
    started = time.monotonic()
    slot.finish()
    assert running_below(slot) == 0
    assert time.monotonic() - started < 5


def test_processes_left_behind_are_gone_for_the_next_submission(confined: Slot, inside: Inside) -> None:
    assert inside(DAEMON, seconds=60) == "ready\n"
    nothing_is_left(confined)
    assert inside("print('fine')") == "fine\n"


def test_a_fork_bomb_is_stopped_and_gone_for_the_next_submission(confined: Slot, inside: Inside) -> None:
    with contextlib.suppress(RuntimeError, SubmissionDied):  # refused another process, or ended for having too many
        inside(BOMB, seconds=60)
    nothing_is_left(confined)
    assert inside("print('fine')") == "fine\n"


SIGNALS = """
import os, signal
for pid in (os.getppid(), 1, {judge}, -1, 0):
    try:
        os.kill(pid, signal.{signal})
    except OSError:
        pass
print('still here')
"""


@pytest.mark.parametrize("signal", ["SIGKILL", "SIGSTOP"])
def test_signals_do_not_reach_the_slot_or_the_judge(confined: Slot, inside: Inside, signal: str) -> None:
    slot_process = worker(confined)
    with pytest.raises((SubmissionDied, TimeoutError)):  # it hits itself: -1 or its process group, 0
        inside(SIGNALS.format(judge=os.getpid(), signal=signal), seconds=1.0)
    assert inside("print('fine')") == "fine\n"
    assert worker(confined) == slot_process


def test_a_stopped_submission_is_ended_at_its_deadline(confined: Slot, inside: Inside) -> None:
    with pytest.raises(TimeoutError):
        inside("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", seconds=0.5)
    assert running_below(confined) == 0
    assert inside("print('fine')") == "fine\n"


def test_memory_is_limited_and_the_process_survives_the_refusal(inside: Inside) -> None:
    with pytest.raises(RuntimeError, match="MemoryError"):
        inside(f"hoard = bytearray({2 * MEMORY})")
    assert inside.again("print(len(bytearray(1000)))") == "1000\n"


def test_where_the_machine_runs_out_of_memory_the_submission_is_the_first_to_go(confined: Slot) -> None:
    assert Path(f"/proc/{worker(confined).pid}/oom_score_adj").read_text() == "1000\n"
    assert int(Path("/proc/self/oom_score_adj").read_text()) < 1000


def test_a_large_file_is_refused(inside: Inside) -> None:
    with pytest.raises(RuntimeError, match=r"File too large|No space left"):
        inside(f"file = open('big', 'wb'); file.truncate({confine.MAX_FILE_BYTES + 1})")


def test_threads_and_processes_are_limited(confined: Slot, inside: Inside) -> None:
    with pytest.raises(RuntimeError, match="can't start new thread"):
        inside("import threading\nfor _ in range(2000):\n    threading.Thread(target=threading.Event().wait).start()")
    confined.finish()
    assert inside("print('fine')") == "fine\n"


# -- how an end is told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import os; os._exit(3)", "exit status 3, as after os._exit"),
        ("import ctypes; ctypes.string_at(0)", "segmentation fault.*SIGSEGV"),
        ("import os; os.abort()", "gave up.*SIGABRT"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "it was killed.*SIGKILL"),
        ("import os, time; os.closerange(3, 256); time.sleep(9)", "was killed"),
    ],
)
def test_a_process_that_ends_says_how(inside: Inside, code: str, told: str) -> None:
    with pytest.raises(SubmissionDied, match=told):
        inside(code, seconds=5)


def test_a_slot_that_dies_between_submissions_is_replaced(confined: Slot, inside: Inside) -> None:
    assert inside("print('before')") == "before\n"
    worker(confined).kill()
    assert inside("print('after')") == "after\n"


# -- the judge's own processes


def test_no_slot_leaves_a_process_or_a_folder_behind(tmp_path: Path) -> None:
    """Also not those of the judge processes that --jobs starts."""
    for name in ("a", "b"):
        write(SMALL.released("np"), tmp_path / "in" / f"{name}.ipynb")
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    temporary.chmod(0o755)
    done = in_small_course(
        "grade", tmp_path / "in", "--format", "json", "--only", "double", "--jobs", "2", "--sandbox", AVAILABLE[-1],
        "--assignment", SMALL["np"], environment={"TMPDIR": str(temporary)},
    )  # fmt: skip
    assert (done.status, done.err) == (0, "")
    assert list(temporary.iterdir()) == []


def test_both_confinements_give_the_same_grade(
    confined: Slot, small_course: Course, data: Data, tmp_path: Path
) -> None:
    with in_use(data):
        report = Grading(small_course, data, confined, tmp_path)(SMALL.solution("nd"))
    assert report.score == report.max_score > 0
    assert report.sandbox == confined.layers
