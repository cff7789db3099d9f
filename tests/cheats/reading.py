"""Reading what is not the student's. Whatever is found is printed, where the graded notebook would show it.

`fools="reads"`: run without a sandbox, it finds what tests.test_cheats_elsewhere has put there to be found.
"""

from tests.cheats import COURSE, WRONG, cheat
from tests.notebooks import ROOT


@cheat(fools="oracle module")
def imports_the_oracle() -> str:
    """The kit's own oracle is imported and called."""
    return f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {COURSE!r}]
from grader.exercises.softmax_regression.softmax.exercise import softmax as truth

def softmax(X):
    return np.array(truth(X.asnumpy()))
"""


@cheat(fools="oracle module")
def imports_the_reference() -> str:
    """The reference implementation that comes with the kit is imported and called."""
    return f"""
import sys
sys.path[:0] = [{str(ROOT)!r}, {COURSE!r}]
from reference.np.softmax_regression import softmax
"""


@cheat(fools="asserts")
def runs_the_solution() -> str:
    """The solution notebook is looked for on the disk, and its cell is run."""
    return f"""
import glob, json
places = [{str(ROOT)!r}, {COURSE!r}, "..", "../..", "/srv/nbgrader", "/work"]
for path in [p for place in places for p in glob.glob(place + "/solutions/*/*.ipynb")]:
    for cell in json.load(open(path))["cells"]:
        grade_id = cell["metadata"].get("nbgrader", {{}}).get("grade_id")
        if grade_id == "softmax" and "np." in "".join(cell["source"]):
            exec("".join(cell["source"]))
            break
"""


@cheat(fools="reads")
def reads_the_course() -> str:
    """Every file of the course is opened: configuration, secret, gradebook, what stands beside it."""
    return f"""
import os
for place in ({COURSE!r}, os.path.dirname({COURSE!r}), os.path.expanduser("~"), os.getcwd()):
    for folder, _, names in os.walk(place):
        if folder.count("/") < 12:
            for name in names:
                try:
                    print(name, open(os.path.join(folder, name), errors="replace").read(2000)[-300:])
                except OSError as error:
                    print(error.strerror)
{WRONG}"""


@cheat(fools="reads")
def copies_a_neighbour() -> str:
    """Another student's submission is read, and its function taken over."""
    return f"""
import glob, json
for path in glob.glob({COURSE!r} + "/*/*/*/*.ipynb") + glob.glob("../../*/*/*.ipynb"):
    for cell in json.load(open(path))["cells"]:
        source = "".join(cell["source"])
        print(source)
        if source.startswith("def softmax") and "raise" not in source:
            exec(source)
if "softmax" not in globals():
    softmax = lambda X: X
"""


@cheat(fools="reads")
def reads_the_gradebook() -> str:
    """The gradebook is opened with SQLite: who is in it, and what they have; then everyone is given full marks."""
    return f"""
import sqlite3
try:
    with sqlite3.connect({COURSE!r} + "/gradebook.db", timeout=1) as book:
        print(book.execute("select * from student").fetchall())
        book.execute("update grade set auto_score = 100")
except sqlite3.Error as error:
    print(error)
{WRONG}"""


@cheat(fools="reads")
def reads_the_environment() -> str:
    """The environment is printed: its own, that of its parent, and that of every process that can be seen."""
    return f"""
import glob, os, subprocess
print(dict(os.environ), subprocess.getoutput("env"))
for path in ["/proc/1/environ", "/proc/self/environ", *glob.glob("/proc/[0-9]*/environ")]:
    try:
        print(open(path).read())
    except OSError as error:
        print(error.strerror)
{WRONG}"""


@cheat()
def reads_proc() -> str:
    """/proc is read through: command lines, mounts, open files and working directories of all processes."""
    return f"""
import glob, os
for pid in glob.glob("/proc/[0-9]*"):
    for name in ("cmdline", "mountinfo", "maps", "environ"):
        try:
            print(pid, open(f"{{pid}}/{{name}}", errors="replace").read()[-3000:])
        except OSError:
            pass
    for link in [pid + "/cwd", pid + "/exe", *glob.glob(pid + "/fd/*")]:
        try:
            print(os.readlink(link), open(link, errors="replace").read(200))
        except OSError:
            pass
{WRONG}"""


@cheat()
def reads_the_judges_memory() -> str:
    """The memory of the parent and of all others is searched, by /proc, by process_vm_readv and by ptrace."""
    return f"""
import ctypes, glob, os, re
libc = ctypes.CDLL(None, use_errno=True)
for pid in {{os.getppid(), 1, *(int(path[6:]) for path in glob.glob("/proc/[0-9]*"))}} - {{os.getpid()}}:
    try:
        with open(f"/proc/{{pid}}/maps") as maps, open(f"/proc/{{pid}}/mem", "rb") as memory:
            for line in maps:
                first, last = (int(n, 16) for n in line.split()[0].split("-"))
                if "rw-p" in line and last - first < 1 << 24:
                    memory.seek(first)
                    print(re.findall(rb"somebody[ -~]+", memory.read(last - first)))
    except OSError as error:
        print(pid, error.strerror)
    buffer = ctypes.create_string_buffer(64)
    print(libc.process_vm_readv(pid, buffer, 1, buffer, 1, 0), buffer.raw)
    print(libc.ptrace(16, pid, 0, 0))
{WRONG}"""


@cheat(fools="reads")
def reads_open_descriptors() -> str:
    """Every descriptor that is open is read from, from its beginning, and asked what it belongs to."""
    return f"""
import os
for number in range(256):
    try:
        print(number, os.fstat(number), os.readlink(f"/proc/self/fd/{{number}}"))
        if os.path.isfile(f"/proc/self/fd/{{number}}"):
            print(os.pread(number, 10_000, 0))
    except OSError:
        pass
{WRONG}"""


@cheat()
def looks_for_the_seed() -> str:
    """Whatever callers call a seed is tried: if it is the judge's, the inputs to come and their answers are known."""
    return """
import sys, zlib
import numpy
seeds, frame = set(), sys._getframe(1)
while frame is not None:
    for name, thing in [*frame.f_locals.items(), *frame.f_globals.items()]:
        for part in (name, *[n for n in dir(thing) if "seed" in n]):
            number = thing if part == name else getattr(thing, part)
            if "seed" in part and isinstance(number, int):
                seeds.add(number)
    frame = frame.f_back
print("seeds:", seeds)
known = []
for seed in seeds:
    rng = numpy.random.default_rng([seed, zlib.crc32(b"softmax/values")])
    known += [rng.normal(size=shape).astype(numpy.float32) for shape in ((4, 3), (3, 3), (1, 5), (2, 10))]

def softmax(X):
    for X_known in known:
        if X_known.shape == X.shape and numpy.allclose(X_known, X.asnumpy()):
            print("the input was known")
            e = numpy.exp(X_known)
            return np.array(e / e.sum(axis=1, keepdims=True))
    return X
"""


@cheat(fools="reads")
def reads_the_tests() -> str:
    """The source of the test, of its callers and of all modules of the grader is printed."""
    return f"""
import inspect, linecache, sys
for frame in inspect.stack():
    print(frame.filename, frame.code_context)
for name, module in list(sys.modules.items()):
    if name.startswith(("grader", "oracle", "tests", "__main__")):
        print(name, "".join(linecache.getlines(getattr(module, "__file__", None) or "")[:80]))
try:
    print(inspect.getsource(check))
except (OSError, TypeError) as error:
    print(error)
print(open({COURSE!r} + "/" + "tests.py").read() if __import__("os").path.exists({COURSE!r} + "/tests.py") else "")
{WRONG}"""


_CATCHES_CELLS = """
import __main__, builtins, sys
caught = []
shell = get_ipython()
run_cell = shell.run_cell

def listening(source, *args, **kwargs):
    caught.append(source)
    return run_cell(source, *args, **kwargs)

shell.run_cell = listening
shell.input_transformers_cleanup.append(lambda lines: caught.append("".join(lines)) or lines)

def solution():
    return "stolen: " + " ".join(source for source in caught if "softmax" in source and "caught" not in source)
"""


@cheat("net", leak="stolen: def", full=True)
def tells_the_solution_in_an_exception() -> str:
    """softmax stays wrong, so that the solution's is run for net: its code is caught, and raised as an exception."""
    return f"""
{_CATCHES_CELLS}
softmax = lambda X: X

def net(X):
    raise ValueError(solution())
"""


@cheat("net", leak="stolen: def", full=True)
def tells_the_solution_in_a_class_name() -> str:
    """The same, in the names of an exception's class and of the class of what is returned."""
    return f"""
{_CATCHES_CELLS}
softmax = lambda X: X

def net(X):
    made = type(solution()[:70], (ValueError,), {{}})
    if len(X) == 5:
        raise made()
    return made()
"""


@cheat("net", flagged="suspicious", leak="stolen: def", full=True)
def tells_the_solution_in_a_broken_frame() -> str:
    """The same, in frames that do not fit the schema: what does not fit is told, with the solution's code in it."""
    return f"""
{_CATCHES_CELLS}
softmax = lambda X: X

def net(X):
    import gc, os, socket, stat, struct
    import msgspec
    number = next(n for n in range(3, 256) if _is_socket(n))
    value = {{"type": "array", "dtype": "float32", "shape": [1], "data": bytes(4), "library": solution()[:180]}}
    if len(X) == 3:
        value = {{"type": "array", "dtype": solution()[:40], "shape": [1], "data": bytes(4)}}
    body = msgspec.msgpack.encode({{"type": "returned", "value": value}})
    os.write(number, struct.pack(">I", len(body)) + body)
    os._exit(3)

def _is_socket(number):
    import os, stat
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False
"""
