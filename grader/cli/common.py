"""What the commands share: the application, its options' choices, and how they speak."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Protocol

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from grader import __version__
from grader.course.catalogue import CourseError
from grader.course.course import Course, find_course
from grader.data.files import DataError
from grader.judging.render import let_streams_say_anything
from grader.judging.report import RefusedReport, Report
from grader.judging.seeds import NoSecret
from grader.nbgrader.detours import skip_grammar_of_addresses
from grader.sandbox.confinements import CONFINEMENTS, find_confinement
from grader.sandbox.launch import NoSandbox
from grader.sandbox.slot import SlotFailed

skip_grammar_of_addresses()  # some commands import nbgrader

UNUSABLE = 2
# What ends a command before anything is graded; each says in one sentence what to do.
PROBLEMS = (CourseError, NoSandbox, SlotFailed, DataError, NoSecret, OSError)

app = typer.Typer(add_completion=True, no_args_is_help=True, pretty_exceptions_enable=False)


class Format(StrEnum):
    table = "table"
    json = "json"
    gradescope = "gradescope"


class Device(StrEnum):
    auto = "auto"
    cpu = "cpu"
    gpu = "gpu"


class Flavour(StrEnum):
    np = "np"
    nd = "nd"


class Visibility(StrEnum):
    visible = "visible"
    after_due_date = "after_due_date"
    after_published = "after_published"
    hidden = "hidden"


class Sandbox(StrEnum):
    auto = "auto"
    bwrap = "bwrap"
    landlock = "landlock"
    podman = "podman"
    docker = "docker"


def fail(message: str, status: int = UNUSABLE) -> typer.Exit:
    """One sentence on stderr, and an exit status: that for unusable arguments or environment."""
    Console(stderr=True, soft_wrap=True).print(f"[red]grader:[/] {escape(message)}", highlight=False)
    return typer.Exit(status)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"softmark {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which.")] = False,
) -> None:
    """softmark grades notebooks of the linear-networks chapter of Dive into Deep Learning."""
    let_streams_say_anything()


def stdout() -> Console:
    """The terminal at its own width; a file or pipe at one that the tables fit."""
    return Console(width=None if sys.stdout.isatty() else 140)


def course_at(course: Path | None, paths: list[str]) -> Course:
    if course is None:
        return find_course(Path.cwd(), *(Path(path) for path in paths))
    if not (course / "solutions").is_dir():
        raise CourseError(f"{course} is not a course: it has no folder solutions/")
    return Course(course.resolve())


def confinement_named(sandbox: Sandbox) -> str:
    return find_confinement(CONFINEMENTS if sandbox is Sandbox.auto else (sandbox.value,))


class Advance(Protocol):
    """One submission more is done; `report` is what it came to."""

    def __call__(self, report: Report | None = None) -> None: ...


@contextmanager
def progress(total: int, visible: bool) -> Iterator[Advance]:
    """A bar on stderr, where that is a terminal: how far, how fast, and what the submissions came to."""
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn(),
               TextColumn("{task.fields[told]}"))  # fmt: skip
    console, begun, came_to = Console(stderr=True), time.monotonic(), Counter[str]()
    with Progress(*columns, console=console, disable=not (visible and console.is_terminal), transient=True) as progress:
        task = progress.add_task("", total=total, told="")

        def advance(report: Report | None = None) -> None:
            came_to[_came_to(report)] += 1
            rate = came_to.total() / max(time.monotonic() - begun, 0.001)
            told = [f"{came_to[name]} {name}" for name in _COME_TO if came_to[name]]
            progress.update(task, advance=1, told=", ".join([f"{rate:.1f}/s", *told]))

        yield advance


_COME_TO = ("full marks", "with losses", "not graded")


def _came_to(report: Report | None) -> str:
    if report is None:
        return ""
    if isinstance(report, RefusedReport):
        return "not graded"
    return "full marks" if report.score == report.max_score else "with losses"


def print_notes(notes: list[str], console: Console | None) -> None:
    """On what was found and left alone; on stderr where stdout is for reports alone."""
    for note in notes:
        (console or Console(stderr=True)).print(f"note: {escape(note)}", highlight=False, soft_wrap=console is None)
