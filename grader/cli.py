"""The `grader` command."""

from __future__ import annotations

import itertools
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from grader import __version__
from grader.course.catalogue import CourseError
from grader.course.course import Course, find_course
from grader.data import load
from grader.data.files import DataError
from grader.judging.batch import Setting, data_needed, grade_all
from grader.judging.finding import find_submissions
from grader.judging.graded import Graded
from grader.judging.judge import Options
from grader.judging.render import Rows, class_table, let_streams_say_anything, print_details
from grader.judging.report import RefusedReport, Report, SubmissionReport, as_json
from grader.judging.seeds import NoSecret, course_secret
from grader.nbgrader.detours import skip_grammar_of_addresses
from grader.nbgrader.folders import layout_of
from grader.platforms.gradescope import how_to_upload, results_json, write_zip
from grader.sandbox.confinements import CONFINEMENTS, find_confinement
from grader.sandbox.launch import NoSandbox, SlotOptions
from grader.sandbox.slot import SlotFailed

if TYPE_CHECKING:
    from grader.authors.demo import Group

skip_grammar_of_addresses()  # some commands import nbgrader

UNUSABLE = 2
# What ends a command before anything is graded; each says in one sentence what to do.
PROBLEMS = (CourseError, NoSandbox, SlotFailed, DataError, NoSecret, OSError)

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


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
) -> None:
    """Grade submissions, and with --gradebook write what nbgrader autograde would: gradebook and autograded/.

    Exit status: 0 when everything named was graded, 1 when some submission could not be, 2 when the arguments or the
    machine are of no use.
    """
    if (feedback or force) and gradebook is None:
        raise fail(f"--{'feedback' if feedback else 'force'} is about a gradebook: name it with --gradebook URL")
    options = Options(seed, timeout, tuple(only or ()), not no_training, assignment, show=gradebook is not None)
    try:
        found = _course(course, paths)
        found = replace(found, layout=layout_of(found, nbgrader_is_needed=gradebook is not None))
        known = found.exercise_names
        if unknown := [name for name in only or [] if name not in known]:
            raise fail(f"there is no exercise {unknown[0]!r}; --only takes {', '.join(known)}")
        if assignment is not None:
            found.assignment(assignment)
        if seed is None:
            course_secret()
        confinement = "none" if trust_submissions else _confinement(sandbox)
        named = [find_submissions(path, found) for path in paths]
        work = [item for each in named for item in each.work]
        data = load(data_needed(work, found, options), download=options.training)
        setting = Setting(found, data, SlotOptions.of(device.value, data), confinement, options)
        if format is Format.gradescope and len(work) != 1:
            raise fail(f"--format gradescope is for one submission at a time; there are {len(work)}: name one notebook")
        workers = jobs or os.cpu_count() or 1
        if gradebook is None:
            results = grade_all(work, setting, workers)
        else:
            from grader.nbgrader.recording import grade_into  # imports nbgrader, which takes a second

            results = grade_into(gradebook, work, setting, workers, force, feedback)
        done = _report_all(results, len(work), format)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    reports = [graded.report for graded in done]
    if format is Format.table:
        _print_tables(reports, details or len(reports) == 1)
        _print_unchanged(sum(graded.unchanged for graded in done), len(done))
    _print_notes([note for each in named for note in each.notes], _stdout() if format is Format.table else None)
    raise typer.Exit(1 if any(isinstance(report, RefusedReport) for report in reports) else 0)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where the class is written.")] = Path("demo"),
    jobs: Annotated[int | None, typer.Option(min=1, help="Submissions at a time; one per core by default.")] = None,
    device: Annotated[Device, typer.Option(help="Where the students' code computes.")] = Device.auto,
) -> None:
    """Make up a class, grade it, and show the table."""
    from grader.authors.demo import grade_class, make_class

    console = _stdout()
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


@app.command()
def gradescope(
    assignment: Annotated[str, typer.Argument(help="Which of the course's assignments.")],
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="ASSIGNMENT-gradescope.zip by default.")] = None,
    hidden_checks: Annotated[
        Visibility, typer.Option(help="When students see what became of hidden checks: Gradescope's visibility.")
    ] = Visibility.visible,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
) -> None:
    """Write the zip that makes an assignment a programming assignment on Gradescope."""
    target = to or Path(f"{assignment}-gradescope.zip")
    try:
        found = _course(course, [])
        write_zip(found, assignment, target, hidden_checks.value)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print(f"{target}: {how_to_upload(found, assignment)}")


@app.command()
def release(
    assignment: Annotated[str, typer.Argument(help="Which of the course's assignments.")],
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="ASSIGNMENT-student.zip by default.")] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
) -> None:
    """Write the zip that a student needs at home: the notebook, what check runs on, and how to start.

    There is no solution in it, and nothing that grades. For example: grader release softmax-regression

    Exit status: 0, or 2 when there is nothing to give to students yet; then nothing is written.
    """
    from grader.platforms.student_copy import write_copy

    target = to or Path(f"{assignment}-student.zip")
    try:
        made = write_copy(_course(course, []), assignment, target)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print(f"wrote {target}, in which there is")
    print("".join(f"  {name}\n" for name in made.names), end="")
    print(f"To be installed with it, as here: {', '.join(f'{name} {v}' for name, v in made.versions.items())}")


@app.command()
def validate(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="These alone; all by default.")
    ] = None,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
    sandbox: Annotated[
        Sandbox, typer.Option(help="Which sandbox; the strongest that works by default.")
    ] = Sandbox.auto,
) -> None:
    """Try every exercise, notebook and stub of the course, and say what is to be mended before it is released.

    Exit status: 0 when all is well, 1 when there are problems, 2 when the arguments or the machine are of no use.
    """
    from grader.authors.validation import print_validation, validate

    console, started = _stdout(), time.monotonic()
    try:
        found_course = _course(course, [])
        for name in assignments or []:
            if name not in found_course.assignment_names:
                raise CourseError(f"this course has no assignment {name!r}; it has "
                                  f"{', '.join(found_course.assignment_names)}")  # fmt: skip
        with Console(stderr=True).status("grading the solutions and the stubs"):
            found = validate(found_course, _confinement(sandbox), assignments or [])
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print_validation(console, found)
    summary = f"{len(found.problems) or 'No'} problem{'' if len(found.problems) == 1 else 's'}"
    console.print(f"{summary}, in {time.monotonic() - started:.1f} s", highlight=False)
    raise typer.Exit(1 if found.problems else 0)


@app.command()
def report(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="JSON lines of grader grade; else autograded/.")
    ] = None,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the pages are written.")] = Path("reports"),
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Leave names, and links to notebooks, out.")] = False,
    pass_mark: Annotated[float, typer.Option(min=0, max=1, help="As a share of the points.")] = 0.5,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
) -> None:
    """Write a page on each assignment, and one on the course: scores, checks, misconceptions, who needs a look.

    The pages load nothing and can be mailed. For example: grader report --to reports --anonymous

    Exit status: 0, or 2 when there is nothing to report.
    """
    from grader.classroom.pages import write_pages

    try:
        written = write_pages(_course(course, []), files or [], to, anonymous, pass_mark)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    for path in written:
        print(f"wrote {path}")


@app.command()
def regrade(
    assignments: Annotated[
        list[str] | None, typer.Argument(metavar="[ASSIGNMENT]...", help="These alone; all by default.")
    ] = None,
    student: Annotated[list[str] | None, typer.Option(help="This student alone.")] = None,
    failed: Annotated[str | None, typer.Option(metavar="CHECK", help="Those alone that lost points there.")] = None,
    holds: Annotated[
        str | None, typer.Option(metavar="MISCONCEPTION", help="Those alone that were told this misconception.")
    ] = None,
    new_seeds: Annotated[bool, typer.Option("--new-seeds", help="Other inputs than those of the last time.")] = False,
    gradebook: Annotated[
        str | None, typer.Option("--write", metavar="URL", help="Then write it to this nbgrader gradebook.")
    ] = None,
    never_lower: Annotated[bool, typer.Option("--never-lower", help="With --write: who would lose keeps all.")] = False,
    jobs: Annotated[int | None, typer.Option(min=1, help="Submissions at a time; one per core by default.")] = None,
    device: Annotated[Device, typer.Option(help="Where the students' code computes.")] = Device.auto,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
    sandbox: Annotated[
        Sandbox, typer.Option(help="Which sandbox; the strongest that works by default.")
    ] = Sandbox.auto,
) -> None:
    """Grade again what is in autograded/, and show who would gain and who would lose, by which check and why.

    Nothing is written without --write. For example, after a check was mended:
    grader regrade softmax-regression --failed values --write sqlite:///gradebook.db --never-lower

    Exit status: 0, 1 when some submission could not be graded, 2 when the arguments or the machine are of no use.
    """
    from grader.classroom.gather import gather
    from grader.classroom.regrade import Wanted, compare, plan, print_changes, to_write

    if never_lower and gradebook is None:
        raise fail("--never-lower is about a gradebook: name it with --write URL")
    console, changes, complaints = _stdout(), [], []
    try:
        found = _course(course, [])
        found = replace(found, layout=layout_of(found, nbgrader_is_needed=gradebook is not None))
        for name in assignments or []:
            found.assignment(name)
        wanted = Wanted(tuple(assignments or ()), tuple(student or ()), failed, holds)
        work = plan(found, gather(found, []), wanted, new_seeds)
        confinement = _confinement(sandbox)
        with _progress(len(work), True) as advance:
            for training in (False, True):
                some = [one for one in work if one.trained == training]
                options = Options(training=training, show=gradebook is not None)
                data = load(data_needed([one.job for one in some], found, options), download=training)
                setting = Setting(found, data, SlotOptions.of(device.value, data), confinement, options)
                graded = grade_all([one.job for one in some], setting, jobs or os.cpu_count() or 1)
                for one, result in zip(some, graded, strict=True):
                    changes.append(compare(found, one, result))
                    advance()
        print_changes(console, changes)
        if gradebook is not None:
            from grader.nbgrader.recording import record_again

            chosen = to_write(changes, never_lower)
            complaints = list(record_again(gradebook, [(c.again.job, c.graded) for c in chosen], setting))
            console.print(f"{len(chosen) - len(complaints)} written to {gradebook}", highlight=False, soft_wrap=True)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    _print_notes(complaints, console)
    raise typer.Exit(1 if complaints or any(change.error for change in changes) else 0)


@app.command()
def doctor(
    sandbox: Annotated[
        Sandbox | None, typer.Option(help="Try small attacks in this sandbox instead; auto: the strongest that works.")
    ] = None,
) -> None:
    """Say what this machine has of what grading needs, what is wrong, and what to type.

    Sandboxes are started, not looked up. Before a course trusts a new machine, for example: grader doctor --sandbox
    auto

    Exit status: 0, 1 when something is wrong, 2 when no such sandbox can be started.
    """
    from grader.doctor.canaries import holds
    from grader.doctor.checkup import MARKS, checkup

    console = _stdout()
    wrong = False
    try:
        if sandbox is not None:
            for idea, held in holds(_confinement(sandbox)):
                wrong = wrong or not held
                verdict = "[green]✓[/] it cannot" if held else "[red]✗ it can[/]"
                console.print(f"{verdict} {idea}", highlight=False)
        else:
            for finding in checkup(Path.cwd()):
                wrong = wrong or finding.state == "wrong"
                colour = {"good": "green", "worth knowing": "yellow", "wrong": "red"}[finding.state]
                console.print(f"[{colour}]{MARKS[finding.state]}[/] {finding.what}: {escape(finding.told)}",
                              highlight=False, soft_wrap=True)  # fmt: skip
                if finding.advice:
                    console.print(f"    {escape(finding.advice)}", highlight=False, soft_wrap=True)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    raise typer.Exit(1 if wrong else 0)


@app.command()
def new(
    exercise: Annotated[str, typer.Argument(metavar="ASSIGNMENT/EXERCISE", help="Such as linear-regression/linreg.")],
    flavour: Annotated[Flavour, typer.Option(help="Of a notebook that is not there yet.")] = Flavour.np,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
) -> None:
    """Write a working exercise to start from: its folder, and its cells in the assignment's solution notebook.

    Exit status: 0, or 2 when the name will not do or is taken; then nothing is written.
    """
    from grader.authors.new import new_exercise

    try:
        made = new_exercise(_course(course, []), exercise, flavour.value)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    console = _stdout()
    for path in made.written:
        console.print(f"wrote {escape(os.path.relpath(path))}", highlight=False, soft_wrap=True)
    for number, step in enumerate(made.next_steps, 1):
        console.print(f"{number}. {escape(step)}", highlight=False, soft_wrap=True)


@app.command()
def forms(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", help="Its id, such as softmax_regression/softmax.")],
    write: Annotated[bool, typer.Option("--write", help="Write outcomes.txt anew; read the difference.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
    sandbox: Annotated[
        Sandbox, typer.Option(help="Which sandbox; the strongest that works by default.")
    ] = Sandbox.auto,
) -> None:
    """Grade the right and wrong forms of an exercise, and show what each comes to.

    Exit status: 0 when each is as its header and outcomes.txt say, 1 when one is not, 2 when nothing could be graded.
    """
    from grader.authors.verdicts import print_verdicts, verdicts, write_outcomes

    try:
        of_course = _course(course, [])
        with Console(stderr=True).status("grading the forms"):
            found = list(verdicts(of_course, exercise, _confinement(sandbox)))
        if write:
            write_outcomes(found, of_course, exercise)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print_verdicts(_stdout(), found)
    trouble = [verdict for verdict in found if verdict.trouble and not (write and "outcomes.txt" in verdict.trouble)]
    print(f"{len(found)} forms, {len(trouble)} of them not as they should be")
    raise typer.Exit(1 if trouble else 0)


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
        console.print(f"{len(list(some))} graded on the data {data}", highlight=False)


def _stdout() -> Console:
    """The terminal at its own width; a file or pipe at one that the tables fit."""
    return Console(width=None if sys.stdout.isatty() else 140)


def _course(course: Path | None, paths: list[str]) -> Course:
    if course is None:
        return find_course(Path.cwd(), *(Path(path) for path in paths))
    if not (course / "solutions").is_dir():
        raise CourseError(f"{course} is not a course: it has no folder solutions/")
    return Course(course.resolve())


def _confinement(sandbox: Sandbox) -> str:
    return find_confinement(CONFINEMENTS if sandbox is Sandbox.auto else (sandbox.value,))


def _report_all(results: Iterator[Graded], total: int, format: Format) -> list[Graded]:
    """Collect the results, printing JSON lines or a progress bar as they come."""
    done = []
    with _progress(total, format is Format.table) as advance:
        for graded in results:
            if format is Format.json:
                print(as_json(graded.report), flush=True)
            elif format is Format.gradescope:
                print(results_json(graded.report), end="")
            done.append(Graded(graded.report, unchanged=graded.unchanged))
            advance()
    return done


@contextmanager
def _progress(total: int, visible: bool) -> Iterator[Callable[[], None]]:
    columns = (TextColumn("grading"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not (visible and console.is_terminal), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)


def _print_tables(reports: list[Report], details: bool) -> None:
    """A table for each assignment; what could not be graded, and belongs to none, is in the last."""
    console = _stdout()
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


def _print_notes(notes: list[str], console: Console | None) -> None:
    """On what was found and left alone; on stderr where stdout is for reports alone."""
    for note in notes:
        (console or Console(stderr=True)).print(f"note: {escape(note)}", highlight=False, soft_wrap=console is None)


def _print_unchanged(unchanged: int, total: int) -> None:
    if unchanged:
        whose = "It has" if total == 1 else f"{unchanged} of {total} submissions have"
        print(f"{whose} not changed since the last grading, and nothing was done; --force grades all the same.")
