"""`grader grade` and `grader demo`."""

from __future__ import annotations

import contextlib
import itertools
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from grader.cli.common import (
    PROBLEMS,
    Device,
    Format,
    Sandbox,
    app,
    confinement_named,
    course_at,
    fail,
    print_notes,
    progress,
    stdout,
)
from grader.cli.resuming import INTERRUPTED, Log, broken_off, grade_planned, resuming, what_was_known
from grader.course.catalogue import CourseError
from grader.course.course import find_course
from grader.data import load
from grader.judging.batch import Setting, data_needed
from grader.judging.finding import find_submissions
from grader.judging.graded import Graded
from grader.judging.judge import Job, Options
from grader.judging.render import Rows, class_table, print_details
from grader.judging.report import RefusedReport, Report, SubmissionReport, as_json
from grader.judging.seeds import course_secret
from grader.nbgrader.folders import layout_of
from grader.platforms.gradescope import results_json
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import NoSandbox, SlotOptions

if TYPE_CHECKING:
    from grader.authors.demo import Group


@app.command()
def grade(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Notebooks, or folders such as submitted/.")],
    format: Annotated[Format, typer.Option(help="For people, JSON lines, or for Gradescope.")] = Format.table,
    seed: Annotated[int | None, typer.Option(min=0, max=2**48 - 1, help="Draw the inputs from this seed.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Submissions at a time; one per core by default.")] = None,
    device: Annotated[Device, typer.Option(help="Where the students' code computes.")] = Device.auto,
    timeout: Annotated[float | None, typer.Option(min=0.1, help="Seconds per exercise, instead of its own.")] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="EXERCISE", help="Grade this exercise alone.")] = None,
    no_training: Annotated[bool, typer.Option("--no-training", help="Leave the full training run out.")] = False,
    assignment: Annotated[str | None, typer.Option(help="The assignment, whatever the notebook says.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
    sandbox: Annotated[
        Sandbox, typer.Option(help="Which sandbox; the strongest that works by default.")
    ] = Sandbox.auto,
    trust_submissions: Annotated[
        bool, typer.Option("--trust-submissions", help="Run students' code without a sandbox: your own only.")
    ] = False,
    details: Annotated[bool, typer.Option("--details", help="After the table, every message.")] = False,
    gradebook: Annotated[str | None, typer.Option(metavar="URL", help="Write to this nbgrader gradebook.")] = None,
    feedback: Annotated[bool, typer.Option("--feedback", help="With --gradebook: write feedback/ too.")] = False,
    force: Annotated[bool, typer.Option("--force", help="With --gradebook: also what has not changed.")] = False,
    student: Annotated[list[str] | None, typer.Option(metavar="NAME", help="This student's submissions alone.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Grade also what the ledger has.")] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="Grade that alone which could not be graded the last time.")
    ] = False,
    ledger: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Where is kept what was graded; else a file of the user's own.")
    ] = None,
    no_ledger: Annotated[
        bool, typer.Option("--no-ledger", envvar="SOFTMARK_NO_LEDGER", help="Keep nothing of what was graded.")
    ] = False,
    log: Annotated[Path | None, typer.Option(metavar="FILE", help="Append a JSON line on each submission.")] = None,
) -> None:
    """Grade submissions, and with --gradebook write what nbgrader autograde would: gradebook and autograded/.

    A run that was broken off goes on by the same command. What is graded already, and has not changed, a ledger says;
    with --gradebook it is the gradebook and autograded/ that say it, and no ledger is kept.

    Exit status: 0 when everything named was graded, 1 when some submission could not be, 2 when the arguments or the
    machine are of no use, 130 after Ctrl-C.
    """
    keeps = gradebook is None and (ledger is not None or not (no_ledger or format is Format.gradescope))
    _refuse_what_does_not_fit(
        gradebook, keeps, {"feedback": feedback, "force": force},
        {"again": again, "failed": failed, "ledger": ledger is not None},
    )  # fmt: skip
    options = Options(seed, timeout, tuple(only or ()), not no_training, assignment, show=gradebook is not None)
    try:
        found = course_at(course, paths)
        found = replace(found, layout=layout_of(found, nbgrader_is_needed=gradebook is not None))
        known = found.exercise_names
        if unknown := [name for name in only or [] if name not in known]:
            raise fail(f"there is no exercise {unknown[0]!r}; --only takes {', '.join(known)}")
        if assignment is not None:
            found.assignment(assignment)
        if seed is None:
            course_secret()
        confinement = "none" if trust_submissions else confinement_named(sandbox)
        named = [find_submissions(path, found) for path in paths]
        work = _of_students([item for each in named for item in each.work], student or [])
        data = load(data_needed(work, found, options), download=options.training)
        setting = Setting(found, data, SlotOptions.of(device.value, data), confinement, options)
        if format is Format.gradescope and len(work) != 1:
            raise fail(f"--format gradescope is for one submission at a time; there are {len(work)}: name one notebook")
        workers = jobs or os.cpu_count() or 1
        notes = [note for each in named for note in each.notes]
        with contextlib.ExitStack() as open_files:
            kept = open_files.enter_context(resuming(ledger, setting, work, notes)) if keeps else None
            if kept is not None:
                work = kept.plan(kept.failed(work) if failed else work, again or failed)
            to_log = Log(open_files.enter_context(log.open("a", encoding="utf-8"))) if log is not None else None
            if gradebook is None:
                results = grade_planned(work, setting, workers, kept)
            else:
                from grader.nbgrader.recording import grade_into  # imports nbgrader, which takes a second

                results = grade_into(gradebook, work, setting, workers, force, feedback)
            try:
                with contextlib.closing(results):
                    done = _report_all(results, len(work) - (kept.known if kept else 0), format, to_log)
            except KeyboardInterrupt:
                raise fail(broken_off(kept, len(work), gradebook), INTERRUPTED) from None
    except PROBLEMS as error:
        raise fail(str(error)) from None
    reports = [graded.report for graded in done]
    if format is Format.table:
        if reports:
            _print_tables(reports, details or len(reports) == 1)
        if gradebook is not None:
            _print_unchanged(sum(graded.unchanged for graded in done), len(done))
    notes += what_was_known(kept, len(done), failed)
    print_notes(notes, stdout() if format is Format.table else None)
    raise typer.Exit(1 if any(isinstance(report, RefusedReport) for report in reports) else 0)


def _refuse_what_does_not_fit(
    gradebook: str | None, keeps: bool, for_gradebooks: dict[str, bool], for_ledgers: dict[str, bool]
) -> None:
    """Which of the options that are about a gradebook, or a ledger, are given though there is none."""
    for option in (name for name, given in for_gradebooks.items() if given and gradebook is None):
        raise fail(f"--{option} is about a gradebook: name it with --gradebook URL")
    for option in (name for name, given in for_ledgers.items() if given and not keeps):
        otherwise = "name one with --ledger FILE" if gradebook is None else "with --gradebook, --force grades all anew"
        raise fail(f"--{option} is about the ledger, and none is kept here: {otherwise}")


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the class is written.")] = Path("demo"),
    jobs: Annotated[int | None, typer.Option(min=1, help="Submissions at a time; one per core by default.")] = None,
    device: Annotated[Device, typer.Option(help="Where the students' code computes.")] = Device.auto,
) -> None:
    """Make up a class, grade it, and show the table."""
    from grader.authors.demo import grade_class, make_class

    console = stdout()
    started = time.monotonic()
    try:
        course = find_course(Path.cwd())
        groups = make_class(course, folder)
        confinement = _confinement_for_demo(console)
        graded = grade_class(groups, course, confinement, device.value, jobs or os.cpu_count() or 1)
        reports = list(_print_as_they_come(console, graded))
    except PROBLEMS as error:
        raise fail(str(error)) from None
    lines = folder / "reports.jsonl"
    lines.write_text("".join(as_json(report) + "\n" for report in reports))
    _print_class(console, reports, time.monotonic() - started)
    submitted = folder / "submitted"
    console.print(f"\nReports, one JSON object per line: {lines}\nThe class's notebooks: {submitted}/", highlight=False)
    command = f"{sys.argv[0]} grade {submitted / 'emma'}"
    console.print(f"One submission at length: {command}", highlight=False)


def _confinement_for_demo(console: Console) -> str:
    """The demonstration's submissions are the kit's own, so it goes on where no sandbox can be had."""
    try:
        return find_confinement()
    except NoSandbox as error:
        console.print(
            f"[yellow]Going on without a sandbox, since these notebooks are the kit's own:[/] {escape(str(error))}"
        )
        return "none"


def _print_as_they_come(console: Console, graded: Iterator[tuple[Group, Report]]) -> Iterator[Report]:
    """A table for each assignment, whose rows are there when they are graded."""
    before: tuple[str, bool] | None = None
    rows: Rows | None = None
    for group, report in graded:
        whole = report.student in group.in_full
        if (group.assignment, whole) != before:
            whom = [job.student or "" for job in group.jobs]
            rows = Rows(group.exercises, whom, console.width)
            console.print(f"\n[bold]{group.assignment}[/]{', trained on all images' if whole else ''}", highlight=False)
            console.print(rows.head(), highlight=False)
            before = group.assignment, whole
        assert rows is not None
        console.print(rows.row(report), highlight=False, soft_wrap=True)
        yield report


def _print_class(console: Console, reports: list[Report], seconds: float) -> None:
    console.print()
    for report in reports:
        if isinstance(report, RefusedReport):
            print_details(console, report)
    graded = [report for report in reports if isinstance(report, SubmissionReport)]
    for first in graded[:1]:
        sandbox = " + ".join(first.sandbox) or "none"
        console.print(f"{len(reports)} submissions in {seconds:.1f} s, on {first.device}, sandbox: {sandbox}",
                      highlight=False)  # fmt: skip
    for data, some in itertools.groupby(sorted(graded, key=lambda one: one.data), key=lambda one: one.data):
        told = "without data" if data == "none" else f"on {data}"
        console.print(f"{len(list(some))} graded {told}", highlight=False)


def _of_students(work: list[Job | Report], names: list[str]) -> list[Job | Report]:
    """Theirs alone, and what belongs to nobody and could not be graded; all where no name is given.

    Raises `CourseError` for a student who has handed in nothing here.
    """
    for name in names:
        if not any(item.student == name for item in work):
            known = ", ".join(sorted({item.student for item in work if item.student}))
            raise CourseError(f"there is no submission of {name!r} here; there are those of {known or 'nobody'}")
    refused = [item for item in work if isinstance(item, RefusedReport) and item.student is None]
    return [item for item in work if not names or item.student in names or item in refused]


def _report_all(results: Iterator[Graded], total: int, format: Format, log: Log | None) -> list[Graded]:
    """Collect the results, printing JSON lines or a progress bar as they come; `total` are to be graded."""
    done = []
    with progress(total, format is Format.table) as advance:
        for graded in results:
            if format is Format.json:
                print(as_json(graded.report), flush=True)
            elif format is Format.gradescope:
                print(results_json(graded.report), end="")
            if log is not None:
                log.add(graded)
            done.append(Graded(graded.report, unchanged=graded.unchanged))
            if not graded.unchanged:
                advance(graded.report)
    return done


def _print_tables(reports: list[Report], details: bool) -> None:
    """A table for each assignment; what could not be graded, and belongs to none, is in the last."""
    console = stdout()
    names = list(dict.fromkeys(report.assignment for report in reports if isinstance(report, SubmissionReport)))
    for place, name in enumerate(names or [""], 1):
        some = [report for report in reports if report.assignment == name or (
            place == max(1, len(names)) and report.assignment not in names)]  # fmt: skip
        if len(names) > 1:
            console.print(f"{chr(10) if place > 1 else ''}[bold]{name}[/]", highlight=False)
        console.print(class_table(some, console.width))
    refused = [report for report in reports if isinstance(report, RefusedReport)]
    for report in reports if details else refused:
        print_details(console, report)


def _print_unchanged(unchanged: int, total: int) -> None:
    if unchanged:
        whose = "It has" if total == 1 else f"{unchanged} of {total} submissions have"
        print(f"{whose} not changed since the last grading, and nothing was done; --force grades all the same.")
