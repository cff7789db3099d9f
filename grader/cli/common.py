"""What the commands share: the application, its options' choices, and how they speak."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from grader import __version__
from grader.course.catalogue import CourseError
from grader.course.course import Course, find_course
from grader.data.files import DataError
from grader.judging.render import let_streams_say_anything
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


def fail(message: str) -> typer.Exit:
    """One sentence on stderr, and the exit status for unusable arguments or environment."""
    Console(stderr=True, soft_wrap=True).print(f"[red]grader:[/] {escape(message)}", highlight=False)
    return typer.Exit(UNUSABLE)


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


@contextmanager
def progress(total: int, visible: bool) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not (visible and console.is_terminal), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


def print_notes(notes: list[str], console: Console | None) -> None:
    """On what was found and left alone; on stderr where stdout is for reports alone."""
    for note in notes:
        (console or Console(stderr=True)).print(f"note: {escape(note)}", highlight=False, soft_wrap=console is None)
