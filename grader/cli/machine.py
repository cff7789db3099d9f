"""`grader doctor`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

if TYPE_CHECKING:
    pass
from grader.cli.common import PROBLEMS, Sandbox, app, confinement_named, fail, stdout


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

    console = stdout()
    wrong = False
    try:
        if sandbox is not None:
            for idea, held in holds(confinement_named(sandbox)):
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
