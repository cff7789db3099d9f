"""The secret seed: which inputs a submission meets."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from platformdirs import user_data_path

SECRET_VARIABLE = "SOFTMARK_SECRET_FILE"
_BITS = 48  # fits into a JSON number exactly


def course_secret() -> bytes:
    """The course's secret, made on first use, in `$SOFTMARK_SECRET_FILE` or the instructor's own data folder.

    Raises `OSError` where it can be neither read nor written.
    """
    named = os.environ.get(SECRET_VARIABLE)
    path = Path(named) if named else user_data_path("softmark") / "secret"
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
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
