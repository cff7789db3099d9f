"""Folders that slots without bubblewrap write to: each locked by its judge, so that a dead judge's can be told."""

from __future__ import annotations

import contextlib
import fcntl
import os
import subprocess
import tempfile
from pathlib import Path

_PREFIX = "softmark-slot-"


class Scratch:
    """A new folder, open to the slot's user. What judges that were killed have left is removed first."""

    def __init__(self) -> None:
        _sweep()
        self._lock = -1
        while self._lock < 0:
            self.path = tempfile.mkdtemp(prefix=_PREFIX)
            os.chmod(self.path, 0o777)
            self._lock = _locked(self.path)  # unless another judge has just swept it away

    def remove(self) -> None:
        _remove(self.path)
        os.close(self._lock)


def _locked(folder: str) -> int:
    """The folder, open and locked until it is closed or this process ends; -1 where it is gone or another's."""
    try:
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return -1
    with contextlib.suppress(OSError):
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.isdir(folder) and os.stat(number).st_uid == os.geteuid():
            return number
    os.close(number)
    return -1


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if (number := _locked(str(folder))) >= 0:
            _remove(str(folder))
            os.close(number)


def _remove(folder: str) -> None:
    """Remove a folder, however deep it is and whatever its permissions."""
    for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        with contextlib.suppress(FileNotFoundError):  # a PATH without them
            subprocess.run([*command, "--", folder], check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
