"""`grader release` and `grader gradescope`: what leaves the course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.platforms.gradescope import how_to_upload, write_zip

if TYPE_CHECKING:
    pass
from grader.cli.common import PROBLEMS, Visibility, app, course_at, fail


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
        found = course_at(course, [])
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
        made = write_copy(course_at(course, []), assignment, target)
    except PROBLEMS as error:
        raise fail(str(error)) from None
    print(f"wrote {target}, in which there is")
    print("".join(f"  {name}\n" for name in made.names), end="")
    print(f"To be installed with it, as here: {', '.join(f'{name} {v}' for name, v in made.versions.items())}")
