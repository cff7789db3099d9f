"""`grader new`, `grader forms` and `grader validate`: for who writes exercises."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from grader.course.catalogue import CourseError

if TYPE_CHECKING:
    pass
from grader.cli.common import PROBLEMS, Flavour, Sandbox, app, confinement_named, course_at, fail, stdout


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

    console, started = stdout(), time.monotonic()
    try:
        found_course = course_at(course, [])
        for name in assignments or []:
            if name not in found_course.assignment_names:
                raise CourseError(f"this course has no assignment {name!r}; it has "
                                  f"{', '.join(found_course.assignment_names)}")  # fmt: skip
        with Console(stderr=True).status("grading the solutions and the stubs"):
            found = validate(found_course, confinement_named(sandbox), assignments or [])
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print_validation(console, found)
    summary = f"{len(found.problems) or 'No'} problem{'' if len(found.problems) == 1 else 's'}"
    console.print(f"{summary}, in {time.monotonic() - started:.1f} s", highlight=False)
    raise typer.Exit(1 if found.problems else 0)


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
        made = new_exercise(course_at(course, []), exercise, flavour.value)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    console = stdout()
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
        of_course = course_at(course, [])
        with Console(stderr=True).status("grading the forms"):
            found = list(verdicts(of_course, exercise, confinement_named(sandbox)))
        if write:
            write_outcomes(found, of_course, exercise)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print_verdicts(stdout(), found)
    trouble = [verdict for verdict in found if verdict.trouble and not (write and "outcomes.txt" in verdict.trouble)]
    print(f"{len(found)} forms, {len(trouble)} of them not as they should be")
    raise typer.Exit(1 if trouble else 0)
