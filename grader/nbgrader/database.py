"""The database that a gradebook is kept in: its address, its driver, and its complaints in plain words."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from grader.course.catalogue import CourseError
from grader.sandbox.wire import plain

WAIT_SECONDS = 10  # for another program to let go of what it has locked, and for a server to answer

# Where the address leaves the choice of a driver, the first that is installed.
_DRIVERS = {"postgresql": ("postgresql+psycopg", "postgresql+psycopg2")}
_SECRETS = ("password", "sslpassword", "passfile", "sslkey")


class GradebookError(CourseError):
    """The gradebook is of no use as it is; the message says what is wrong, where, and what to do."""


def parse(address: str) -> URL:
    """The address of a database; a file's is made absolute. Raises `GradebookError`."""
    try:
        url = make_url(address)
        url.get_dialect()
    except ImportError as error:
        raise _no_driver(url, error) from None
    except (SQLAlchemyError, ValueError):
        # Not in full where it may hold a password.
        what = plain(address.partition("://")[0] + "://..." if "@" in address else address) or "this"
        raise GradebookError(
            f"{what} is no database's address: say sqlite:///gradebook.db or postgresql://USER@HOST/NAME"
        ) from None
    if url.get_backend_name() == "sqlite" and url.database:
        url = url.set(database=os.path.abspath(url.database))
    return url


def shown(url: URL) -> str:
    """The address without passwords, and with a path as people write it."""
    return plain(unquote(url.difference_update_query(_SECRETS).render_as_string(hide_password=True)))


def connect(url: URL) -> Engine:
    """An engine that has reached its database once. Raises `GradebookError`."""
    try:
        engine = _engine(url)
        with engine.connect():
            return engine
    except SQLAlchemyError as error:
        raise GradebookError(f"the gradebook {shown(url)} {trouble(error)}") from None
    except (TypeError, ValueError) as error:  # what the address says after its question mark
        raise GradebookError(f"the gradebook's address {shown(url)} is not right: {plain(str(error))}") from None


def _engine(url: URL) -> Engine:
    """One whose programs wait for each other, and that minds a connection lost between two submissions."""
    kind = url.get_backend_name()
    patience = {"sqlite": "timeout", "postgresql": "connect_timeout"}.get(kind)
    if patience is not None and patience not in url.query:
        url = url.update_query_dict({patience: str(WAIT_SECONDS)})
    missing: ImportError | None = None
    for driver in _DRIVERS.get(url.drivername, (url.drivername,)):
        try:
            engine = create_engine(url.set(drivername=driver), pool_pre_ping=True)
        except ImportError as error:
            missing = missing or error
        else:
            if kind == "postgresql":
                event.listen(engine, "connect", _have_patience)
            return engine
    assert missing is not None
    raise _no_driver(url, missing)


def _have_patience(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{WAIT_SECONDS}s'")
    connection.commit()


def _no_driver(url: URL, error: ImportError) -> GradebookError:
    ours = url.drivername in ("postgresql", "postgresql+psycopg")
    what = "pip install 'psycopg[binary]'" if ours else f"install the one that has the module {error.name}"
    return GradebookError(f"a gradebook at {url.drivername}://... needs a Python package that is not there: {what}")


def trouble(error: SQLAlchemyError) -> str:
    """What a database complains of, as the end of a sentence that begins with its name."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    text = plain((str(cause).strip() or type(cause).__name__).splitlines()[0])
    text = text.removeprefix("connection failed: ").removeprefix("connection is bad: ")
    for sign, meaning in (
        ("locked", "is locked: another program is writing to it; wait for it to end, or end it, and grade again"),
        ("lock timeout", "is locked: another program is writing to it; wait for it to end, or end it, and grade again"),
        ("readonly", "can only be read: make the file and its folder writable"),
        ("read-only", "can only be read by this user: grade as one who may write to it"),
        ("permission denied", f"may not be written to by this user ({text}): grade as one who may"),
        ("unable to open", "cannot be opened: are the file and its folder yours to read and write?"),
        ("not a database", "is no database: is it the right file?"),
        ("malformed", "is damaged: put back a copy of it, or repair it with sqlite3's .recover"),
        ("disk is full", "cannot grow: the disk is full"),
        ("disk I/O error", "cannot be written to: the disk reports an error"),
    ):
        if sign in text:
            return meaning
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return f"broke off the connection ({text}): grade again, what is recorded stays so"
    if isinstance(error, DBAPIError) and error.statement is None:
        return f"cannot be reached: {text}"
    return f"does not do what is asked of it: {text}"
