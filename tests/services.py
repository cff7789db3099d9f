"""Real programs that tests talk to, from Debian's packages. They end when the tests do, however those end."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TypeVar

import psycopg
import pytest
from selenium import webdriver
from selenium.webdriver.chromium.remote_connection import ChromiumRemoteConnection

PATIENCE = 60.0  # seconds
Found = TypeVar("Found")

# Runs a program until its own input ends, as it also does when the tests are killed; then removes the folder.
_GUARD = """
folder=$1 signal=$2; shift 2
exec 3<&0
"$@" 3<&- </dev/null & program=$!
{ read -r _; kill -s "$signal" $program; } <&3 2>/dev/null &
wait $program
trap "" TERM; kill -s TERM 0
until rm -rf "$folder" 2>/dev/null; do sleep 0.2; done
"""


def find_program(name: str, package: str, folders: str | None = None) -> str:
    """Where a program is. Without it the test fails: a skipped one would go unnoticed."""
    found = shutil.which(name, path=folders)
    return found or pytest.fail(f"this test needs {name}: install Debian's package {package}", pytrace=False)


def wait_for(ready: Callable[[], Found | None], what: str) -> Found:
    """What `ready` returns, once that is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := ready():
            return found
        time.sleep(0.05)
    pytest.fail(f"waited {PATIENCE:g} s in vain for {what}")


def own_folder(user: str | None = None) -> Path:
    """A folder whose path is short, as a Unix socket's must be, and open to `user`, as pytest's folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="softmark-tests-", dir="/tmp"))
    if user:
        shutil.chown(folder, user, user)
    return folder


@contextmanager
def running(
    *command: str | Path,
    folder: Path,
    cwd: Path | None = None,
    user: str | None = None,
    signal: str = "TERM",
    **environment: str,
) -> Iterator[Callable[[str], str]]:
    """A running program. Yields a function that awaits a pattern in its output and returns the pattern's group.

    In the end the program is sent the signal, and the folder is removed.
    """
    with tempfile.TemporaryFile() as output:
        # In a session of its own: Ctrl-C is for the tests, which then end their programs in order.
        guard = subprocess.Popen(
            ["sh", "-c", _GUARD, "sh", folder, signal, *command], stdin=subprocess.PIPE, stdout=output, stderr=output,
            cwd=cwd or folder, env={**os.environ, **environment}, start_new_session=True,
            user=user, group=user, extra_groups=[] if user else None,
        )  # fmt: skip

        def text() -> str:
            return os.pread(output.fileno(), 1 << 20, 0).decode(errors="replace")

        def await_line(pattern: str) -> str:
            def line() -> re.Match[str] | None:
                return re.search(pattern, text()) or (None if guard.poll() is None else pytest.fail(text()))

            return wait_for(line, f"{command[0]} to print {pattern!r}")[1]

        with guard:
            try:
                yield await_line
            finally:
                guard.communicate(b"\n", timeout=PATIENCE)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL of our own, empty; yields the folder of its socket."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    postgres = find_program("postgres", "postgresql", os.pathsep.join(map(str, reversed(folders))))
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to be root
    folder = own_folder(user)
    initdb = f"{Path(postgres).with_name('initdb')} -D data -U tests -A trust -E UTF8 --locale=C --no-sync"
    serve = f"{postgres} -D data -k {folder} -c listen_addresses= -F"
    with running("sh", "-c", f"{initdb} && exec {serve}", folder=folder, user=user, signal="INT") as await_line:
        await_line("(ready to accept connections)")
        yield str(folder)


_databases = count(1)


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """The URL of a new, empty database, as nbgrader takes it."""
    name = f"gradebook{next(_databases)}"
    with psycopg.connect(host=postgresql_server, user="tests", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql+psycopg://tests@/{name}?host={postgresql_server}"


@pytest.fixture(scope="session")
def browser() -> Iterator[webdriver.Remote]:
    """A headless Chromium that reaches this machine and nothing else."""
    chromium = find_program("chromium", "chromium")
    driver = find_program("chromedriver", "chromium-driver")
    folder = own_folder()
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new",
        f"--user-data-dir={folder}/profile",
        "--window-size=1280,1000",
        "--no-sandbox",  # it needs user namespaces, which containers refuse, and does not run for root
        "--disable-dev-shm-usage",  # /dev/shm is small in containers
        "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    with running(driver, "--port=0", folder=folder, HOME=str(folder)) as await_line:
        port = await_line(r"started successfully on port (\d+)")
        connection = ChromiumRemoteConnection(f"http://127.0.0.1:{port}", "goog", "chrome", ignore_proxy=True)
        with webdriver.Remote(connection, options=options) as remote:
            yield remote
