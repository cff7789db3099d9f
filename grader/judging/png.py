"""Pictures that come out of a slot: which of them may be shown to somebody."""

from __future__ import annotations

import base64
import struct

_PNG = b"\x89PNG\r\n\x1a\n"
_MAX_PIXELS = 16 << 20
# What a report carries for one check.
_MAX_BYTES = 256 << 10


def is_small(png: bytes) -> bool:
    """A PNG, and one that takes no browser's whole memory: few bytes can stand for very many pixels."""
    if not png.startswith(_PNG) or png[12:16] != b"IHDR" or len(png) < 24:
        return False
    width, height = struct.unpack(">II", png[16:24])
    return width * height <= _MAX_PIXELS


def for_report(png: bytes) -> str:
    """In base64; nothing of what is too large, or no PNG."""
    return base64.b64encode(png).decode() if is_small(png) and len(png) <= _MAX_BYTES else ""
