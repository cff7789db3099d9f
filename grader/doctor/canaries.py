"""Small attacks of each class, tried in a slot of this machine: none of them may get what it is after.

tests/cheats/ holds many more, as notebooks; these say in seconds whether a sandbox holds on the machine at hand.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from grader.sandbox import wire
from grader.sandbox.launch import SlotOptions
from grader.sandbox.slot import Forged, Slot, SubmissionDied

SECONDS = 20.0
MEMORY = 1 << 30
GOT = "CANARY-GOT-IT"
VARIABLE = "SOFTMARK_CANARY"


@dataclass(frozen=True)
class Canary:
    """`idea` completes "it cannot …"; `code` prints GOT where it has got what it was after."""

    idea: str
    code: str


@dataclass(frozen=True)
class Bait:
    """What the judge's side has: a file, a folder to write to, a service, a process."""

    file: Path
    folder: Path
    port: int
    pid: int


def canaries(bait: Bait) -> list[Canary]:
    return [
        Canary("read the judge's files", f"print({GOT!r} * (open({str(bait.file)!r}).read() != ''))"),
        Canary("write beside them", f"open({str(bait.folder / 'left')!r}, 'w').write('x'); print({GOT!r})"),
        Canary("read the judge's environment", f"import os\nprint({GOT!r} * ({VARIABLE!r} in os.environ))"),
        Canary("reach a service of this machine",
               f"import socket\nsocket.create_connection(('127.0.0.1', {bait.port}), 3)\nprint({GOT!r})"),
        Canary("reach the network", f"import socket\nsocket.create_connection(('192.0.2.1', 80), 1)\nprint({GOT!r})"),
        Canary("end another process", f"import os, signal\nos.kill({bait.pid}, signal.SIGKILL)\nprint({GOT!r})"),
        Canary("look into another process", f"open('/proc/{bait.pid}/environ', 'rb').read()\nprint({GOT!r})"),
        Canary("start processes without end", "import os\nfor _ in range(500):\n    if os.fork() == 0:\n        "
               f"import time; time.sleep(30); os._exit(0)\nprint({GOT!r})"),
        Canary("take memory without end", f"held = bytearray(8 << 30)\nheld[::4096] = b'x' * len(held[::4096])\n"
               f"print({GOT!r})"),
        Canary("become another user", "import os\nos.setuid(0)\nopen('/etc/shadow').read()\n"
               f"print({GOT!r})"),
        Canary("mount a file system", "import ctypes\nlibc = ctypes.CDLL(None)\n"
               f"print({GOT!r} * (libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0))"),
        Canary("trace a process", "import ctypes, os\nlibc = ctypes.CDLL(None)\n"
               f"print({GOT!r} * (libc.ptrace(16, os.getppid(), 0, 0) == 0))"),
    ]  # fmt: skip


def holds(confinement: str, only: Collection[str] = ()) -> Iterator[tuple[str, bool]]:
    """Each idea, or these alone, and whether the sandbox has held against it. Raises `NoSandbox` or `SlotFailed`."""
    with ExitStack() as around:
        folder = Path(around.enter_context(tempfile.TemporaryDirectory(prefix="softmark-canary-")))
        folder.chmod(0o777)
        file = folder / "secret"
        file.write_text("the judge's own")
        file.chmod(0o644)
        listener = around.enter_context(socket.create_server(("127.0.0.1", 0)))
        victim = around.enter_context(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"]))
        around.callback(victim.kill)
        os.environ[VARIABLE] = "1"
        around.callback(os.environ.pop, VARIABLE, None)
        slot = around.enter_context(closing(Slot(SlotOptions("cpu"), confinement)))
        for canary in canaries(Bait(file, folder, listener.getsockname()[1], victim.pid)):
            if not only or canary.idea in only:
                got = _tried(slot, canary.code)
                left = (folder / "left").exists()
                yield canary.idea, not (got or left or victim.poll() is not None)


def _tried(slot: Slot, code: str) -> bool:
    """Whether it says that it has got what it was after; one that is ended has not."""
    slot.begin("np", MEMORY, 1, show=True)
    try:
        returned = slot.ask(wire.RunCell("canary", code), time.monotonic() + SECONDS)
    except (TimeoutError, SubmissionDied, Forged):
        return False
    finally:
        slot.finish()
    return GOT in repr(returned.outputs)
