"""`grader forms`: what the right and wrong forms of one exercise come to, and whether that is what is written down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from grader.authors import forms
from grader.authors.forms import Form
from grader.authors.trials import Slots, Taught, Trials, places
from grader.course.catalogue import CourseError
from grader.course.course import Course
from grader.data import embedded, in_use
from grader.judging.render import number
from grader.judging.report import ExerciseReport
from grader.sandbox.launch import SlotOptions

_MOST_ROWS = 60


@dataclass(frozen=True)
class Verdict:
    """One form in one flavour: what it was graded as, in outcomes.txt's words, and what is wrong with that."""

    flavour: str
    form: Form
    report: ExerciseReport
    words: str
    trouble: str


def verdicts(course: Course, identifier: str, confinement: str) -> Iterator[Verdict]:
    """Every form in every flavour that the exercise is taught in, graded with one seed.

    Raises `CourseError` for an exercise that no notebook asks for, or forms that cannot be read.
    """
    found = places(course, identifier)
    data = embedded({name for one in found for name in one.assignment.facts.data})
    with in_use(data), closing(Slots(SlotOptions.of("cpu", data), confinement)) as slots:
        for one in found:
            yield from _of_flavour(one, slots)


def _of_flavour(one: Taught, slots: Slots) -> Iterator[Verdict]:
    try:
        written = forms.forms(one.exercise.folder, one.flavour)
        expected = forms.outcomes(one.exercise.folder, one.flavour)
    except forms.FormsError as error:
        raise CourseError(str(error)) from None
    trials = Trials(one.assignment, one.exercise, slots)
    for form in written:
        report = trials.grade(form.code)
        words = describe(report)
        yield Verdict(one.flavour, form, report, words, _trouble(form, report, words, expected.get(form.name)))


def describe(report: ExerciseReport) -> str:
    """The checks that were not passed, each with its outcome, unless that is "failed", and its diagnosis."""
    words = []
    for check in report.checks:
        if check.outcome not in ("passed", "skipped"):
            outcome = "" if check.outcome == "failed" else f"({check.outcome})"
            words.append(f"{check.name}{outcome}" + (f"={check.misconception}" if check.misconception else ""))
    return " ".join(words)


def _trouble(form: Form, report: ExerciseReport, words: str, expected: str | None) -> str:
    if form.kind == "right":
        return "" if report.score == report.max_score else "a right form loses points"
    if report.score == report.max_score:
        return "a wrong form keeps full marks"
    named = tuple(dict.fromkeys(f.misconception for f in forms.failing(words) if f.misconception))
    if named != form.misconceptions:
        return f"it is recognised as {', '.join(named) or 'nothing'}, not as its header says"
    return "" if words == expected else "outcomes.txt says something else: --write brings it up to date"


def write_outcomes(found: Sequence[Verdict], course: Course, identifier: str) -> None:
    """Write down what the wrong forms have come to."""
    folder = places(course, identifier)[0].exercise.folder
    by_flavour: dict[str, dict[str, str]] = {verdict.flavour: {} for verdict in found}
    for verdict in found:
        if verdict.form.kind == "wrong":
            by_flavour[verdict.flavour][verdict.form.name] = verdict.words
    # A flavour that is not taught has nothing to say: the others' lines stand for it.
    spoken = next(iter(by_flavour.values()))
    forms.write_outcomes(folder, {flavour: by_flavour.get(flavour, spoken) for flavour in forms.FLAVOURS})


def print_verdicts(console: Console, found: Sequence[Verdict]) -> None:
    """A row for each form; of many, only for those with trouble."""
    table = Table(header_style="bold", pad_edge=False)
    for title in ("form", "flavour", "points", "loses", "trouble"):
        table.add_column(title, overflow="fold")
    for verdict in found if len(found) <= _MOST_ROWS else [one for one in found if one.trouble]:
        report = verdict.report
        points = f"{number(report.score)} of {number(report.max_score)}"
        trouble = f"[red]{escape(verdict.trouble)}[/]" if verdict.trouble else ""
        form = f"{verdict.form.kind} {escape(verdict.form.name)}"
        table.add_row(form, verdict.flavour, points, escape(verdict.words), trouble)
    if table.row_count:
        console.print(table)
