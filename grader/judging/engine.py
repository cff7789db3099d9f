"""Which grader it is that grades: what is kept of an earlier run counts only where it was this very one."""

from __future__ import annotations

import functools
import hashlib
import platform
from pathlib import Path

from grader import __version__

# To be raised by hand with each change to the grader that what forms come to may depend on: figures of an earlier
# version are out of date.
ENGINE_VERSION = 1

# What a verdict may depend on, the exercises apart: they have fingerprints of their own.
_ROOMS = ("data", "sandbox", "diagnosis", "checking", "course", "judging")


@functools.cache
def engine() -> str:
    """Of the version, of Python's, and of the text of all modules that judge: whoever mends one is not given what it
    said before. For figures, which take hours, `ENGINE_VERSION` alone has the say.
    """
    digest = hashlib.sha256(f"{__version__}\0{ENGINE_VERSION}\0{platform.python_version()}".encode())
    package = Path(__file__).resolve().parents[1]
    for path in sorted(path for room in _ROOMS for path in (package / room).glob("*.py")):
        digest.update(f"\0{path.relative_to(package)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    return digest.hexdigest()
