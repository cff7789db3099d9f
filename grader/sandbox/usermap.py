"""Where root starts bubblewrap: a user of the slot's own inside, neither root's nor anybody's.

Two users are mapped into the slot's user namespace: root, as which bubblewrap sets things up and the worker starts, and
one that no other process has, which the worker becomes before it meets a student's code. So the kernel bounds the
slot's processes (it never does so for root), and what breaks out of the slot is nobody.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

# Kept until the worker has become the other user.
_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
_INSIDE = 65534


class UserMap:
    """`arguments` are bubblewrap's, `descriptors` it inherits; `write` is called once it runs.

    `uid` is the user outside.
    """

    def __init__(self, uid: int) -> None:
        self._uid = uid
        wait, self._go = os.pipe()
        self._info, tell = os.pipe()
        self.descriptors = [wait, tell]
        self.arguments = [
            "--uid", "0", "--gid", "0", "--userns-block-fd", str(wait), "--info-fd", str(tell), "--cap-drop", "ALL",
        ]  # fmt: skip
        for capability in _CAPABILITIES:
            self.arguments += ["--cap-add", capability]

    def write(self) -> None:
        """Map the users, and let bubblewrap go on; without effect where it has ended."""
        for descriptor in self.descriptors:
            os.close(descriptor)
        with open(self._info, "rb", 0) as info, open(self._go, "wb", 0) as go:
            told = b""
            while not told.endswith(b"}\n"):
                part = info.read(4096)
                if not part:
                    return
                told += part
            process = Path("/proc", str(json.loads(told)["child-pid"]))
            for name in ("uid_map", "gid_map"):
                try:
                    (process / name).write_text(f"0 0 1\n{_INSIDE} {self._uid} 1\n")
                except OSError:  # a container's root, whose own namespace has no such user
                    (process / name).write_text("0 0 1\n")
            with contextlib.suppress(BrokenPipeError):
                go.write(b"1")
