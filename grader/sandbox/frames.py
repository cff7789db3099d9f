"""Frames on a socket: a four-byte big-endian length and that many bytes, within bounds of size and time."""

from __future__ import annotations

import socket
import struct
import time

MAX_FRAME_BYTES = 64 << 20


class WireError(ValueError):
    """A frame that is too large, too small, or not of the schema."""


class Closed(Exception):
    """The other side has gone."""


def frame(body: bytes) -> bytes:
    """The body with its length before it."""
    return struct.pack(">I", len(body)) + body


def receive(sock: socket.socket, deadline: float | None = None) -> bytes:
    """One frame's body. Raises `TimeoutError` past the deadline (`time.monotonic()`), `Closed` or `WireError`."""
    (length,) = struct.unpack(">I", _exactly(sock, 4, deadline))
    if length > MAX_FRAME_BYTES:
        raise WireError(f"a message of {length} bytes; at most {MAX_FRAME_BYTES} are allowed")
    return _exactly(sock, length, deadline)


def _exactly(sock: socket.socket, size: int, deadline: float | None) -> bytes:
    parts = []
    while size:
        _arm(sock, deadline)
        try:
            part = sock.recv(min(size, 1 << 20))
        except ConnectionError:
            part = b""
        if not part:
            raise Closed
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def send(sock: socket.socket, frame: bytes, deadline: float | None = None) -> None:
    """Send a frame whole. Raises `TimeoutError` past the deadline, `Closed` where nobody listens any more."""
    view = memoryview(frame)
    while view:
        _arm(sock, deadline)
        try:
            view = view[sock.send(view) :]
        except ConnectionError:
            raise Closed from None


def _arm(sock: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        sock.settimeout(None)
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    sock.settimeout(left)
