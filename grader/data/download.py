"""Download one file: resumable, bounded in size and in silence, verified before it takes its name."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import requests
import urllib3
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from grader.data.files import DataError

CONNECT_SECONDS = 5.0
READ_SECONDS = 20.0
CHUNK = 1 << 16
# urllib3's own errors surface too, because the body is read undecoded.
_NETWORK_ERRORS = (requests.RequestException, urllib3.exceptions.HTTPError)

T = TypeVar("T")


@contextlib.contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that one process downloads into it at a time; it ends with its process."""
    try:
        import fcntl
    except ImportError:  # Windows has none; the verification notices what two downloads at once have spoilt
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems have no locks; two downloads at once then spoil each other's .part file,
        # which the verification notices.
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def fetch(url: str, target: Path, *, max_bytes: int, read: Callable[[Path], T]) -> T:
    """Download `url` to `target` and return `read(path)` of it; a verified `target` is not downloaded again.

    `read` is given the path of a complete file and raises DataError unless it is the expected one; only then
    does the file take its name. An interrupted download stays beside it as `.part`; the next call resumes it.
    Raises DataError, one sentence, on refused or broken connections, time-outs, HTTP errors, more than
    `max_bytes`, wrong content, or a disk that cannot be written.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        if target.is_file():
            with contextlib.suppress(DataError):  # damaged since: from the start
                return read(target)
        if part.is_file():
            _transfer(url, part, max_bytes)
            with contextlib.suppress(DataError):  # the older half may be at fault: from the start
                return _accept(part, target, read)
            part.unlink()
        _transfer(url, part, max_bytes)
        try:
            return _accept(part, target, read)
        except DataError as error:
            part.unlink()
            raise DataError(
                f"What {url} sent is not the expected file, so it was thrown away: try another network, or"
                " put the four files in a directory and set FASHION_MNIST to it."
            ) from error
    except _NETWORK_ERRORS as error:
        raise DataError(f"{url} could not be downloaded ({_reason(error)}): check the network connection.") from error
    except OSError as error:
        raise DataError(
            f"The download {part} could not be written ({error.strerror}): make room there, or set XDG_CACHE_HOME."
        ) from error


def _accept(part: Path, target: Path, read: Callable[[Path], T]) -> T:
    """Give a complete download its name, provided that `read` takes it."""
    result = read(part)
    os.replace(part, target)
    return result


def _transfer(url: str, part: Path, max_bytes: int) -> None:
    """Bring `part` up to the whole of `url`, beginning where it ends."""
    start = part.stat().st_size if part.is_file() else 0
    # identity, and raw reads below: a .gz is to arrive as it is, not unpacked on the way.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    with requests.get(url, headers=headers, stream=True, timeout=(CONNECT_SECONDS, READ_SECONDS)) as response:
        if start and response.status_code == requests.codes.requested_range_not_satisfiable:
            return  # there is nothing after `start`: either complete, or `read` will refuse it
        if response.status_code == requests.codes.ok:
            start = 0  # the server does not resume
        elif not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
            raise DataError(f"{url} could not be downloaded (HTTP status {response.status_code}): try it in a browser.")
        length = response.headers.get("Content-Length", "")
        total = start + int(length) if length.isdecimal() else None
        try:
            done = _save(response, part, start, total, max_bytes)
        except _NETWORK_ERRORS as error:
            raise DataError(
                f"The download of {url} broke off ({_reason(error)}): run it again, it will resume."
            ) from error
        if total is not None and done < total:
            raise DataError(
                f"The download of {url} broke off at {done} of {total} bytes: run it again, it will resume."
            )


def _save(response: requests.Response, part: Path, start: int, total: int | None, max_bytes: int) -> int:
    """Write the body at `start` with a progress bar if someone watches; the size of the file afterwards."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty())
    done = start
    with open(part, "ab" if start else "wb") as file, progress:
        task = progress.add_task(part.stem, total=total, completed=start)
        for chunk in response.raw.stream(CHUNK, decode_content=False):
            done += len(chunk)
            if done > max_bytes:
                part.unlink()
                raise DataError(
                    f"{response.url} sends more than the {max_bytes} bytes that the file can have, so it was"
                    " not taken: try it in a browser."
                )
            file.write(chunk)
            progress.update(task, completed=done)
    return done


def _reason(error: Exception) -> str:
    """A network error in plain words; the libraries' own texts are pages of nested exceptions."""
    if isinstance(error, requests.ConnectTimeout):
        return f"no answer within {CONNECT_SECONDS:.0f} s"
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return f"nothing came for {READ_SECONDS:.0f} s"
    if isinstance(error, requests.ConnectionError | urllib3.exceptions.ProtocolError):
        return "no connection, or it broke"
    return type(error).__name__
