"""Lets one submission be graded while no other of the same run is: for what may have been too slow for want of room."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


class Turnstile:
    """Shared by the judge processes of one run, by way of two locked files in a folder; without one, nobody waits."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._inside: int | None = None

    @contextmanager
    def among_others(self) -> Iterator[None]:
        """Grade while others do."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Within `among_others`: wait until everybody else has finished a submission, and keep them waiting."""
        if self._folder is None:
            yield
            return
        self._leave()
        with self._locked("gate", fcntl.LOCK_EX), self._locked("room", fcntl.LOCK_EX):
            yield
        self._enter()

    def _enter(self) -> None:
        if self._folder is not None:
            with self._locked("gate", fcntl.LOCK_SH):  # held by who waits for the room to be empty
                self._inside = self._open("room", fcntl.LOCK_SH)

    def _leave(self) -> None:
        if self._inside is not None:
            os.close(self._inside)
            self._inside = None

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        number = self._open(name, how)
        try:
            yield
        finally:
            os.close(number)

    def _open(self, name: str, how: int) -> int:
        assert self._folder is not None
        number = os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with suppress(OSError):  # a file system without locks: nobody waits
            fcntl.flock(number, how)
        return number
