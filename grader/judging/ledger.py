"""The ledger of what was graded: a SQLite file, to which each report goes in a transaction of its own.

Nothing in it is believed: what it gives is decoded into the report's types, and what does not fit counts as not there.
Only the process that hands out the work writes to it; several such processes may at once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from platformdirs import user_state_path

from grader.course.catalogue import CourseError
from grader.judging.report import RefusedReport, Report, decoded

WAIT_SECONDS = 30.0  # for another run to let go of the file, which it holds for milliseconds
MOST_OF_ONE = 20  # the newest reports on one notebook's place that are kept
_HEAD = b"SQLite format 3\0"
_APPLICATION = 0x736D726B  # in the file's head, where SQLite keeps a place for it: whose database it is
_LAYOUT = 1
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
# `place` is the notebook's whole path; a row that is written anew gets a new number.
_TABLES = (
    "CREATE TABLE graded (number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, place TEXT NOT NULL, "
    "time TEXT NOT NULL, report BLOB NOT NULL)",
    "CREATE INDEX places ON graded (place, number)",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_LAYOUT}",
)
_INSERT = "INSERT OR REPLACE INTO graded (key, place, time, report) VALUES (?, ?, ?, ?)"
_DELETE_OLD = (
    "DELETE FROM graded WHERE place = ? AND number <= "
    "(SELECT number FROM graded WHERE place = ? ORDER BY number DESC LIMIT 1 OFFSET ?)"
)


class LedgerError(CourseError):
    """The ledger is of no use as it is; the message says what is wrong, where, and what to do."""


def ledger_of(course: Path) -> Path:
    """Where the ledger of the course in that folder is kept: with what programs remember for the user.

    Raises `LedgerError` for a user without a home.
    """
    root, base = course.resolve(), user_state_path("softmark")
    if not base.is_absolute():
        raise LedgerError("no ledger is kept, since this user has no home folder: set XDG_STATE_HOME to the whole path "
                          "of a folder, or name a file with --ledger")  # fmt: skip
    mark = hashlib.sha256(os.fsencode(root)).hexdigest()[:12]
    return base / "ledgers" / f"{root.name or 'course'}-{mark}.db"


class Ledger:
    """An open ledger. `notes`: what the instructor should know of it, for one that it was damaged and moved aside.

    `named`: somebody has named the file, which may be anything; else it is the kit's own. Raises `LedgerError`.
    """

    def __init__(self, path: Path, named: bool) -> None:
        self.path = path
        self.notes: list[str] = []
        self._named = named
        self._writable = True
        try:
            if not named:
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._connection = self._open()
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"the ledger {path} cannot be used ({error}): {self._remedy}") from None
        except OSError as error:
            why = error.strerror or str(error)
            raise LedgerError(f"the ledger {path} cannot be opened ({why}): {self._remedy}") from None

    @property
    def _remedy(self) -> str:
        return "name another file with --ledger, or do without one with --no-ledger"

    def close(self) -> None:
        self._connection.close()

    # -- opening

    def _open(self) -> sqlite3.Connection:
        # The seeds are in the reports: for the owner alone. SQLite gives its journal the same permissions.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        with self.path.open("rb") as file:
            head = file.read(len(_HEAD))
        if self._named and head not in (b"", _HEAD):
            raise LedgerError(f"{self.path} is no ledger: {self._remedy}")
        try:
            return self._connect()
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._move_aside(str(error))
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            with _transaction(connection):
                self._prepare(connection)
            (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok":
                error = sqlite3.DatabaseError(str(found).splitlines()[-1])
                error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
                raise error
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (whose,) = connection.execute("PRAGMA application_id").fetchone()
        (layout,) = connection.execute("PRAGMA user_version").fetchone()
        if tables == 0:
            for statement in _TABLES:
                connection.execute(statement)
        elif whose != _APPLICATION:
            raise LedgerError(f"{self.path} is another program's database, and no ledger: {self._remedy}")
        elif layout != _LAYOUT:
            raise LedgerError(f"the ledger {self.path} was kept by another version of the grader: move it away to have "
                              "a new one made, or name another file with --ledger")  # fmt: skip

    def _move_aside(self, why: str) -> None:
        """Together with its journal, which SQLite would play back into the new file."""
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        aside = self.path.with_name(f"{self.path.name}.damaged-{now}")
        os.rename(self.path, aside)
        with contextlib.suppress(FileNotFoundError):
            os.rename(f"{self.path}-journal", f"{aside}-journal")
        self.notes.append(f"the ledger {self.path} is damaged ({why}): it was moved to {aside}, and a new one begun")
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))

    # -- reading

    def report(self, key: str) -> Report | None:
        """What is kept under a key."""
        return self._read("SELECT place, report FROM graded WHERE key = ?", key)

    def last(self, place: str) -> Report | None:
        """What the notebook at that path came to when it was graded last."""
        return self._read("SELECT place, report FROM graded WHERE place = ? ORDER BY number DESC LIMIT 1", place)

    def _read(self, query: str, value: str) -> Report | None:
        try:
            row = self._connection.execute(query, (value,)).fetchone()
            return decoded(zlib.decompress(row[1])) if row is not None else None
        except sqlite3.DatabaseError as error:
            note = f"the ledger {self.path} cannot be read ({error}): what it may have was graded again"
        except (zlib.error, TypeError, ValueError):  # msgspec's are ValueErrors
            note = f"a report in the ledger {self.path} is damaged, and was not used: that on {row[0]}"
        if note not in self.notes:
            self.notes.append(note)
        return None

    # -- writing

    def record(self, key: str, place: str, report: Report) -> bool:
        """Keep a report, in place of the oldest one where there are many; gives whether that was possible.

        Where it once was not, it is not tried again.
        """
        if not self._writable:
            return False
        line = zlib.compress(msgspec.json.encode(report))
        row = (key, place, datetime.now(UTC).isoformat(timespec="seconds"), line)
        try:
            with _transaction(self._connection):
                self._connection.execute(_INSERT, row)
                self._connection.execute(_DELETE_OLD, (place, place, MOST_OF_ONE))
        except sqlite3.DatabaseError as error:
            self._writable = False
            self.notes.append(f"the ledger {self.path} cannot be written to ({error}): what was graded from "
                              f"{place} on is not in it")  # fmt: skip
        return self._writable


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Immediate: it waits for another run here, where SQLite is patient, and not between reading and writing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _DAMAGED


def went_wrong(report: Report) -> bool:
    """Whether it says that something could not be graded, for which no student is to blame or which may have passed."""
    return isinstance(report, RefusedReport) or any(exercise.outcome == "error" for exercise in report.exercises)
