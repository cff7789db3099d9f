"""The secret seed: which inputs a submission meets."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from platformdirs import user_data_path

SECRET_VARIABLE = "SOFTMARK_SECRET_FILE"
_BITS = 48  # fits into a JSON number exactly


class NoSecret(RuntimeError):
    """The seeds have nothing to be derived from; the message says what is wrong, where, and what to do."""


def course_secret() -> bytes:
    """The course's secret, made on first use, in `$SOFTMARK_SECRET_FILE` or the instructor's own data folder.

    Raises `NoSecret` where it can be neither read nor written.
    """
    path = secret_path()
    try:
        secret = _read_or_make(path)
    except OSError as error:
        raise NoSecret(
            f"the course's secret, {path}, can be neither read nor made ({error.strerror or error}): "
            f"set {SECRET_VARIABLE} to a file that you can write, or give a --seed"
        ) from None
    if len(secret) < 16:
        raise NoSecret(f"the course's secret, {path}, is damaged: it has {len(secret)} bytes where 16 are the least; "
                       "restore it, or delete it to have a new one made")  # fmt: skip
    return secret


def secret_path() -> Path:
    named = os.environ.get(SECRET_VARIABLE)
    return Path(named) if named else user_data_path("softmark") / "secret"


def _read_or_make(path: Path) -> bytes:
    with contextlib.suppress(FileNotFoundError):
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)  # readable by its owner alone
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        os.link(temporary, path)  # fails, as it should, where another process was faster
    except FileExistsError:
        pass
    finally:
        os.unlink(temporary)
    return path.read_bytes()


def submission_seed(secret: bytes, student: str | None, digest: str) -> int:
    """The seed of one submission: another one for each student and each change to the notebook."""
    words = f"{student or ''}\0{digest}".encode()
    return int.from_bytes(hmac.new(secret, words, "sha256").digest()[: _BITS // 8], "big")


def student_rng_seed(seed: int) -> int:
    """A seed for the student's own process, from which the submission's seed cannot be told."""
    return int.from_bytes(hashlib.sha256(f"student\0{seed}".encode()).digest()[:4], "big")
