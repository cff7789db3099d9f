"""`grader report` and `grader regrade`: what became of a class."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.data import load
from grader.judging.batch import Setting, data_needed, grade_all
from grader.judging.judge import Options
from grader.nbgrader.folders import layout_of
from grader.sandbox.launch import SlotOptions

if TYPE_CHECKING:
    pass
from grader.cli.common import (
    PROBLEMS,
    Device,
    Sandbox,
    app,
    confinement_named,
    course_at,
    fail,
    print_notes,
    progress,
    stdout,
)


@app.command()
def report(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="JSON lines of grader grade; else autograded/.")
    ] = None,
    to: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the pages are written.")] = Path("reports"),
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Leave names, and links to notebooks, out.")] = False,
    pass_mark: Annotated[float, typer.Option(min=0, max=1, help="As a share of the points.")] = 0.5,
    similar: Annotated[bool, typer.Option("--similar", help="Say which resemble each other: a hint to look.")] = False,
    course: Annotated[Path | None, typer.Option(help="The course's folder, with nbgrader_config.py.")] = None,
) -> None:
    """Write a page on each assignment, and one on the course: scores, checks, misconceptions, who needs a look.

    The pages load nothing and can be mailed. For example: grader report --to reports --anonymous

    Exit status: 0, or 2 when there is nothing to report.
    """
    from grader.classroom.pages import write_pages

    try:
        written = write_pages(course_at(course, []), files or [], to, anonymous, pass_mark, similar)
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
    console, changes, complaints = stdout(), [], []
    try:
        found = course_at(course, [])
        found = replace(found, layout=layout_of(found, nbgrader_is_needed=gradebook is not None))
        for name in assignments or []:
            found.assignment(name)
        wanted = Wanted(tuple(assignments or ()), tuple(student or ()), failed, holds)
        work = plan(found, gather(found, []), wanted, new_seeds)
        confinement = confinement_named(sandbox)
        with progress(len(work), True) as advance:
            for training in (False, True):
                some = [one for one in work if one.trained == training]
                options = Options(training=training, show=gradebook is not None)
                data = load(data_needed([one.job for one in some], found, options), download=training)
                setting = Setting(found, data, SlotOptions.of(device.value, data), confinement, options)
                graded = grade_all([one.job for one in some], setting, jobs or os.cpu_count() or 1)
                for one, result in zip(some, graded, strict=True):
                    changes.append(compare(found, one, result))
                    advance(result.report)
        print_changes(console, changes)
        if gradebook is not None:
            from grader.nbgrader.recording import record_again

            chosen = to_write(changes, never_lower)
            complaints = list(record_again(gradebook, [(c.again.job, c.graded) for c in chosen], setting))
            console.print(f"{len(chosen) - len(complaints)} written to {gradebook}", highlight=False, soft_wrap=True)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print_notes(complaints, console)
    raise typer.Exit(1 if complaints or any(change.error for change in changes) else 0)
