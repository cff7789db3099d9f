"""Files of data: read within bounds, compared with what they must be, replaced whole, kept in the user's cache.

This module is mounted into the sandbox too, where requests and rich are not.
"""

from __future__ import annotations

import atexit
import functools
import gzip
import hashlib
import math
import os
import secrets
import shutil
import struct
import tempfile
import zlib
from dataclasses import dataclass
from pathlib import Path


class DataError(RuntimeError):
    """The data cannot be had or trusted; the message is one sentence: what is wrong, where, what to do."""


@dataclass(frozen=True)
class Part:
    """One of the four arrays: its names, shape, and the SHA-256 of its content in Zalando's idx format.

    The idx header follows from the shape, so the same sum verifies an idx file, the array, and our .npy file.
    """

    name: str
    idx: str
    shape: tuple[int, ...]
    sha256: str

    @property
    def idx_header(self) -> bytes:
        """The idx format's header: 0, 0, 8 for unsigned bytes, the number of dimensions, each dimension."""
        return struct.pack(f">4B{len(self.shape)}I", 0, 0, 8, len(self.shape), *self.shape)

    @property
    def npy_header(self) -> bytes:
        """The header of a .npy file (format 1.0) for this array, always 128 bytes."""
        fields = {"descr": "|u1", "fortran_order": False, "shape": self.shape}
        return b"\x93NUMPY\x01\x00" + struct.pack("<H", 118) + f"{fields!s:117}\n".encode()

    @property
    def count(self) -> int:
        """Number of bytes in the array."""
        return math.prod(self.shape)


def read_idx(path: Path, part: Part, remedy: str) -> memoryview:
    """The array bytes of an idx file, gzipped or not, if its content is exactly `part`; else DataError."""
    wanted = len(part.idx_header) + part.count
    try:
        with open(path, "rb") as raw:
            zipped = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            # One byte more than wanted shows that a file is too long; a decompression bomb gets no further.
            content = (gzip.GzipFile(fileobj=raw) if zipped else raw).read(wanted + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path} cannot be read ({reason(error)}): {remedy}.") from error
    if hashlib.sha256(content).hexdigest() != part.sha256:
        size = f"more than {wanted}" if len(content) > wanted else str(len(content))
        raise DataError(
            f"{path} is not Fashion-MNIST's {part.idx}, whose content is {wanted} bytes with the SHA-256"
            f" {part.sha256[:12]}… (this is {size} bytes of something else): {remedy}."
        )
    return memoryview(content)[len(part.idx_header) :]


def replace_file(path: Path, *blocks: bytes | memoryview) -> None:
    """Replace a file in one step: whoever reads it sees the old bytes or the new ones."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as file:
            for block in blocks:
                file.write(block)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def user_cache() -> Path:
    """softmark's folder in the user's cache; a private one for a user without a home."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):  # the XDG specification: a relative path is to be ignored
        base = os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "softmark" if os.path.isabs(base) else private_directory()


@functools.cache
def private_directory() -> Path:
    """This process's own temporary directory, removed when the process ends."""
    directory = Path(tempfile.mkdtemp(prefix="softmark-"))
    directory.chmod(0o755)  # a sandbox that runs under another user id reads the data too
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # a forked child ends earlier than the process that needs the data
            shutil.rmtree(directory, ignore_errors=True)

    atexit.register(remove)
    return directory


def reason(error: Exception) -> str:
    """An exception in a few words, without the path that the sentence around it names already."""
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
