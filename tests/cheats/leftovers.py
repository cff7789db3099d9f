"""Leaving something behind, reaching out, writing where it is not allowed."""

from tests.cheats import COURSE, WRONG, cheat


@cheat()
def acts_at_exit() -> str:
    """What is registered for the end of the process is to run when the judge has gone."""
    return f"""
import atexit, signal, threading

def last_words(*args):
    open("/dev/shm/left", "w").write("left")
    open("left", "w").write("left")

atexit.register(last_words)
threading._register_atexit(last_words)
for number in range(1, signal.NSIG):
    try:
        signal.signal(number, last_words)
    except (OSError, ValueError):
        pass
{WRONG}"""


@cheat(fools="asserts")
def thread_that_goes_on() -> str:
    """A thread goes on patching, whatever is restored after the cell."""
    return f"""
import threading, time
import numpy

def patch():
    while True:
        numpy.allclose = lambda *args, **kwargs: True
        time.sleep(0.001)

threading.Thread(target=patch, daemon=True).start()
time.sleep(0.01)
{WRONG}"""


@cheat()
def process_that_goes_on() -> str:
    """A process in a session of its own stays, and writes into whatever folder it finds, again and again."""
    return f"""
import glob, os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for _ in range(1000):
            for place in (os.getcwd(), "/dev/shm", "/scratch", {COURSE!r}, *glob.glob("/tmp/softmark-slot-*")):
                try:
                    open(place + "/left.py", "w").write("left")
                except OSError:
                    pass
            time.sleep(0.01)
    os._exit(0)
time.sleep(0.05)
{WRONG}"""


@cheat()
def kills_everyone() -> str:
    """Every process that a signal can reach is killed, the judge before all others."""
    return f"""
import os, signal
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGSTOP, signal.SIGKILL):
    for pid in (os.getppid(), 1, *range(2, 400)):
        if pid != os.getpid():
            try:
                os.kill(pid, number)
            except OSError:
                pass
{WRONG}"""


@cheat()
def signals_all_at_once() -> str:
    """kill(-1): all at once, itself included."""
    return f"""
import os, signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
    os.kill(-1, number)
{WRONG}"""


@cheat()
def modules_for_the_next() -> str:
    """Modules with names that the next submission will import are put wherever one may write."""
    return f"""
import os, sys, tempfile
for place in ("", tempfile.gettempdir(), os.path.expanduser("~"), "/dev/shm", {COURSE!r}, *sys.path):
    for name in ("numpy.py", "sitecustomize.py", "usercustomize.py", "random.py", "left.py", "left.pth",
                 ".ipython/profile_default/startup/00.py", ".config/matplotlib/matplotlibrc"):
        try:
            os.makedirs(os.path.dirname(os.path.join(place, name)) or ".", exist_ok=True)
            open(os.path.join(place, name), "x").write("left")
        except OSError:
            pass
{WRONG}"""


@cheat()
def changes_the_installation() -> str:
    """The installed modules themselves are written to: MXNet, NumPy, the kit's runner."""
    return f"""
import importlib.util, os
for name in ("mxnet", "numpy", "grader", "grader.sandbox.runner", "msgspec", "pytest", "IPython"):
    spec = importlib.util.find_spec(name)
    for path in (spec and spec.origin, spec and os.path.dirname(spec.origin) + "/left.py"):
        for mode in ("a", "w"):
            try:
                os.chmod(path, 0o777)
                open(path, mode).write("")
                raise SystemExit("written")
            except (OSError, TypeError):
                pass
{WRONG}"""


@cheat()
def changes_the_course() -> str:
    """The course is written to: its configuration, its solutions, its gradebook, others' submissions."""
    return f"""
import glob, os, shutil
for path in glob.glob({COURSE!r} + "/**/*", recursive=True) + [{COURSE!r} + "/left.py"]:
    try:
        if os.path.isdir(path):
            os.chmod(path, 0o777)
        else:
            open(path, "a").write("\\n# left")
    except OSError:
        pass
{WRONG}"""


@cheat()
def changes_the_data() -> str:
    """The labels of Fashion-MNIST are overwritten, by open, by NumPy and by a shared mapping."""
    return f"""
import glob, mmap, os
import numpy
for path in glob.glob(os.environ["SOFTMARK_DATA_FASHION_MNIST"] + "/*.npy"):
    for attempt in (
        lambda: open(path, "r+b").write(bytes(1000)),
        lambda: numpy.load(path, mmap_mode="r+").fill(0),
        lambda: mmap.mmap(os.open(path, os.O_RDONLY), 0, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE),
        lambda: os.remove(path),
        lambda: os.chmod(path, 0o777),
    ):
        try:
            attempt()
            raise SystemExit("changed")
        except (OSError, ValueError):
            pass
{WRONG}"""


@cheat()
def shared_memory() -> str:
    """Shared memory, queues, locks and files without a name are left for the next submission."""
    return f"""
import ctypes, os
from multiprocessing import shared_memory
libc = ctypes.CDLL(None)
try:
    shared_memory.SharedMemory("left", create=True, size=100).buf[:4] = b"left"
except OSError:
    pass
print(libc.shmget(1234, 100, 0o1777), libc.msgget(1234, 0o1777), libc.semget(1234, 1, 0o1777))
for name in ("left", ".left"):
    try:
        open("/dev/shm/" + name, "w").write("left")
    except OSError:
        pass
{WRONG}"""


@cheat()
def limits_of_others() -> str:
    """Limits, priority and processors of the slot's first process are changed, for all that it starts after."""
    return f"""
import os, resource
for pid in (1, os.getppid()):
    for attempt in (
        lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0)),
        lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)),
        lambda: resource.prlimit(pid, resource.RLIMIT_NOFILE, (9, 9)),
        lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
        lambda: os.setpriority(os.PRIO_USER, os.getuid(), 19),
        lambda: os.sched_setaffinity(pid, {{0}}),
        lambda: os.sched_setscheduler(pid, os.SCHED_IDLE, os.sched_param(0)),
    ):
        try:
            attempt()
        except OSError:
            pass
{WRONG}"""


@cheat()
def folder_that_cannot_be_emptied() -> str:
    """Folders without permissions, too deep to walk, with names that are no text, and links out of them."""
    return f"""
import os
here = os.getcwd()
for _ in range(300):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
os.chdir(here)
os.mkdir(b"\\xff\\n-rf")
os.symlink("/", "root")
os.mkdir("closed")
open("closed/file", "w").write("left")
os.chmod("closed", 0)
os.chmod(here, 0)
{WRONG}"""


@cheat()
def calls_home() -> str:
    """The network is tried: HTTP, a raw socket, a name, a socket of the machine's own, a program that downloads."""
    return f"""
import glob, socket, subprocess, urllib.request
for attempt in (
    lambda: urllib.request.urlopen("http://127.0.0.1:1/", timeout=1),
    lambda: socket.create_connection(("127.0.0.1", 80), 1),
    lambda: socket.getaddrinfo("example.org", 80),
    lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"left", ("127.0.0.1", 53)),
    lambda: socket.socket(socket.AF_UNIX).connect("/run/systemd/private"),
    lambda: socket.socket(socket.AF_UNIX).bind("\\0left"),
    lambda: subprocess.run(["curl", "-m1", "http://127.0.0.1/"], check=True, capture_output=True),
):
    try:
        print(attempt())
        print("reached")
    except (OSError, subprocess.CalledProcessError):
        pass
{WRONG}"""


@cheat()
def shell_escapes() -> str:
    """The shell does what Python might be kept from: by !, %%bash, %system and os.system."""
    return f"""
!cat {COURSE}/*.txt; ls -la {COURSE} / ; env
%system cat {COURSE}/*.txt > /dev/shm/left
get_ipython().run_cell_magic("bash", "", "cat {COURSE}/*.txt; echo left >> {COURSE}/left.py")
import os, subprocess
os.system("touch {COURSE}/left.py; crontab -l; (while true; do touch left; sleep 0.01; done) &")
print(subprocess.getoutput("cat {COURSE}/*.txt"))
{WRONG}"""


@cheat()
def escapes_the_namespaces() -> str:
    """New namespaces, mounts, roots and users are asked for, and the way back into the judge's."""
    return f"""
import ctypes, os, subprocess
libc = ctypes.CDLL(None, use_errno=True)
if os.fork() == 0:
    print(libc.unshare(0x10000000 | 0x00020000), libc.mount(b"/", b"/mnt", None, 4096, None))
    os._exit(0)
for name in ("mnt", "pid", "user", "net"):
    if os.fork() == 0:
        print(libc.setns(os.open(f"/proc/1/ns/{{name}}", os.O_RDONLY), 0))
        os._exit(0)
print(subprocess.run(["unshare", "-Ur", "true"], capture_output=True), subprocess.run(["su"], capture_output=True))
for attempt in (lambda: os.setuid(0), lambda: os.chroot("/proc/1/root"), lambda: os.listdir("/proc/1/root")):
    try:
        print(attempt())
    except OSError:
        pass
{WRONG}"""
