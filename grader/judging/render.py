"""How reports look: a table in a notebook, a table in a terminal."""

from __future__ import annotations

import builtins
import codecs
import html
import io
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from grader.checking.authoring import Exercise
from grader.checking.outcomes import DIAGNOSIS, CheckReport, Outcome
from grader.judging.report import ExerciseReport, RefusedReport, Report, SubmissionReport

SYMBOLS: dict[Outcome, str] = {
    "passed": "✓", "failed": "✗", "not_attempted": "·", "crashed": "☠", "timed_out": "⧖", "skipped": "–", "error": "!",
}  # fmt: skip
WORDS: dict[Outcome, str] = {
    "passed": "passed", "failed": "not yet", "not_attempted": "not written yet", "crashed": "crashed",
    "timed_out": "took too long", "skipped": "could not be tried here", "error": "the grader failed, not you",
}  # fmt: skip
_COLOURS: dict[Outcome, str] = {
    "passed": "#1a7f37", "failed": "#b35900", "not_attempted": "#57606a", "crashed": "#b42318",
    "timed_out": "#b42318", "skipped": "#57606a", "error": "#8250df",
}  # fmt: skip


_TOLD_ALREADY = "The same as above."
NOT_GRADED = "[red]not graded[/]"
# Columns of the class's table that a student's name gets at least, where it is as long.
MOST_FOR_WHOM = 12
# For streams whose encoding has no such signs.
_IN_ASCII = {"✓": "+", "✗": "x", "·": ".", "☠": "#", "⧖": "@", "–": "-", "…": "...", "−": "-", "×": "x", "“": '"',
             "”": '"', "’": "'", "‘": "'", "→": "->"}  # fmt: skip


@dataclass(frozen=True)
class Rendered:
    """Something to show: `text` in a terminal, `markup` in a notebook."""

    text: str
    markup: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return self.markup


def let_streams_say_anything() -> None:
    """Have stdout and stderr write in other signs what their encoding lacks, instead of failing at it."""
    codecs.register_error("softmark", _in_other_signs)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="softmark")


def _in_other_signs(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_IN_ASCII.get(sign, "?") for sign in error.object[error.start : error.end]), error.end


def number(points: float) -> str:
    """Points without needless decimals."""
    return f"{points:g}"


def self_check_table(exercise: Exercise, reports: Sequence[CheckReport]) -> Rendered:
    """What a student sees under ``check("softmax")``."""
    passed = sum(report.outcome == "passed" for report in reports)
    if all(report.outcome == "not_attempted" for report in reports):
        headline = f"{exercise.signature} is not written yet."
        return Rendered(headline, f"<div><b>{html.escape(headline)}</b> Replace the line that raises.</div>")
    reports = without_repetitions(reports)
    headline = f"{exercise.name}: {passed} of {len(reports)} checks passed"
    hidden = any(check.hidden for check in exercise.checks)
    footer = "Grading adds more checks, on inputs you have not seen here." if hidden else ""
    if passed < len(reports) and exercise.needs:
        footer = f"{exercise.name} builds on {', '.join(exercise.needs)}: see to those first. {footer}".strip()
    if passed == len(reports):
        headline += "." if hidden else ". Well done."
    return Rendered(_text_table(headline, reports, footer), check_table_html(headline, reports, footer))


def for_students(exercise: ExerciseReport) -> list[CheckReport]:
    """The checks as students may read them: what a hidden check has tried stays with the grader.

    So does what came of a process that has held a part of the solution, which could otherwise be carried out in it.
    """
    told = without_repetitions(exercise.checks)
    return [_without_values(check) if check.hidden or exercise.replaced else check for check in told]


def _without_values(report: CheckReport) -> CheckReport:
    report = msgspec.structs.replace(report, picture="")
    if report.outcome not in ("failed", "skipped", "error") or report.message == _TOLD_ALREADY:
        return report
    facts, *diagnosis = report.message.partition(DIAGNOSIS)
    raised = re.search(r" raised (\w+)", facts.partition("\n")[0])
    # The name of an exception of the student's own making could carry anything.
    known = raised is not None and (raised[1] == "MXNetError" or hasattr(builtins, raised[1]))
    what = f"It raises {raised[1]}" if raised is not None and known else "It is not right"
    if report.outcome != "failed":
        what = "It was not tried to its end"
    message = f"{what} for an input that only the grader has.{''.join(diagnosis)}"
    return msgspec.structs.replace(report, message=message)


def graded_table_html(exercise: ExerciseReport) -> str:
    """What stands in the graded notebook below ``check("softmax")``: points, and what to learn from each check."""
    return check_table_html(*_graded(exercise), points=True)


def graded_table_text(exercise: ExerciseReport) -> str:
    """The same where there is no HTML."""
    return _text_table(*_graded(exercise), points=True)


def _graded(exercise: ExerciseReport) -> tuple[str, list[CheckReport], str]:
    headline = f"{exercise.name}: {number(exercise.score)} of {number(exercise.max_score)} points"
    if exercise.outcome == "not_attempted":
        return f"{headline}. The function is not written yet.", [], ""
    footer = ""
    if exercise.replaced:
        footer = f"Tried with the solution's {', '.join(exercise.replaced)}: a mistake there is paid for once."
    return headline, for_students(exercise), footer


def without_repetitions(reports: Sequence[CheckReport], keep_facts: bool = False) -> list[CheckReport]:
    """The same reports, where each cause is told once: an exception, an explanation, or a message as a whole.

    `keep_facts`: what came of each check's own inputs is told all the same.
    """
    told: set[str] = set()
    fresh = []
    for report in reports:
        facts, diagnosis, cause = report.message.partition(DIAGNOSIS)
        # An exception is the same one whatever the inputs shown below it.
        raised = " raised " in report.message
        key = "\n".join(report.message.splitlines()[:2]) if raised else cause if diagnosis else report.message
        if key and key in told:
            message = f"{facts.rstrip()}\n{_TOLD_ALREADY}" if keep_facts and not raised and diagnosis else _TOLD_ALREADY
            report = msgspec.structs.replace(report, message=message, hint="", picture="")
        told.add(key)
        fresh.append(report)
    return fresh


def _text_table(headline: str, reports: Sequence[CheckReport], footer: str = "", points: bool = False) -> str:
    lines = [headline]
    for report in reports:
        worth = f" ({number(report.score)} of {number(report.points)})" if points else ""
        lines.append(f"  {SYMBOLS[report.outcome]} {report.title}{worth}")
        if report.outcome not in ("passed", "not_attempted"):
            lines += [f"      {line}" for line in report.message.splitlines()]
            lines += [f"      Hint: {report.hint}"] if report.hint else []
            lines += [f"      From your instructor: {report.pin}"] if report.pin else []
    return "\n".join([*lines, footer] if footer else lines)


def check_table_html(headline: str, reports: Sequence[CheckReport], footer: str = "", points: bool = False) -> str:
    """A table of checks as HTML, with a column of `points`; every word from outside is escaped."""
    rows = "".join(_row_html(report, points) for report in reports)
    end = f"<div style='color:#57606a'>{html.escape(footer)}</div>" if footer else ""
    return (
        f"<div style='font-family:sans-serif;max-width:60em'><div><b>{html.escape(headline)}</b></div>"
        f"<table style='border-collapse:collapse;width:100%;table-layout:auto'>{rows}</table>{end}</div>"
    )


def _row_html(report: CheckReport, points: bool) -> str:
    cell = "text-align:left;vertical-align:top;padding:4px 8px;white-space:normal"
    colour = _COLOURS[report.outcome]
    more = ""
    if report.outcome not in ("passed", "not_attempted") and report.message:
        facts, diagnosis, sentence = report.message.partition(DIAGNOSIS)
        pre = (
            "margin:4px 0;padding:0;border:0;background:none;font-family:monospace;"
            "white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere"
        )
        more += f"<pre style='{pre}'>{html.escape(facts)}</pre>"
        source = f"data:image/png;base64,{html.escape(report.picture)}"
        more += f"<div><img src='{source}' alt='the result as a picture'></div>" if report.picture else ""
        more += f"<div>{html.escape(diagnosis + sentence)}</div>" if sentence else ""
        more += _hint_html(report.hint, folded=not points) if report.hint else ""
        more += f"<div><b>From your instructor</b> {html.escape(report.pin)}</div>" if report.pin else ""
    worth, word = "", WORDS[report.outcome]
    if points:
        worth = f"<td style='{cell};white-space:nowrap'>{number(report.score)} of {number(report.points)}</td>"
        word = "not right" if report.outcome == "failed" else word  # graded is graded: there is no "yet"
    return (
        f"<tr style='border-top:1px solid #d0d7de;background:none'>"
        f"<td style='{cell};color:{colour};white-space:nowrap'><b>{SYMBOLS[report.outcome]} {word}</b>"
        f"</td>{worth}<td style='{cell}'>{html.escape(report.title)}{more}</td></tr>"
    )


def _hint_html(hint: str, folded: bool) -> str:
    """In a notebook it unfolds on request, for those who would rather find it alone; what is graded is told."""
    if folded:
        # Pages whose style sheet makes a block of it would show no sign that there is something to unfold.
        head = "<summary style='display:list-item;cursor:pointer'><b>Hint</b></summary>"
        return f"<details>{head}{html.escape(hint)}</details>"
    return f"<div><b>Hint</b> {html.escape(hint)}</div>"


# -- the terminal


def class_table(reports: Sequence[Report], width: int) -> RenderableType:
    """One row per submission, one column per exercise; where that is wider than `width`, in a form that is not."""
    graded = [report for report in reports if isinstance(report, SubmissionReport)]
    names = list(dict.fromkeys(e.name for report in graded for e in report.exercises))
    numbers = [str(place) for place, _ in enumerate(names, 1)]
    for headers, no_score in ((names, NOT_GRADED), (numbers, "[red]none[/]")):
        rows = [_row(report, names, no_score) for report in reports]
        if _width(headers, rows) <= width:
            legend = [f"{place} {name}" for place, name in zip(numbers, names, strict=True)]
            table = _table(headers, rows)
            return table if headers is names else Group(table, *_lines(legend, width))
    return Group(*(line for report in reports for line in _entry(report, width)))


class Rows:
    """The class's table a row at a time, for one assignment: each is there when its submission has been graded."""

    def __init__(self, exercises: Sequence[str], whom: Sequence[str], width: int) -> None:
        self._exercises = list(exercises)
        self._whom = max(MOST_FOR_WHOM, *map(len, whom))
        numbers = [str(place) for place, _ in enumerate(exercises, 1)]
        self._headers = self._exercises
        self._legend: list[Text] = []
        if self._whom + sum(2 + max(5, len(name)) for name in exercises) + 18 > width:
            self._headers = numbers
            self._legend = _lines([f"{n} {name}" for n, name in zip(numbers, exercises, strict=True)], width)

    def head(self) -> RenderableType:
        cells = [Text(name, "bold") for name in self._headers]
        return Group(*self._legend, self._line(Text("submission", "bold"), cells, Text("score", "bold"), Text("s")))

    def row(self, report: Report) -> Text:
        who, *cells, score, seconds = map(Text.from_markup, _row(report, self._exercises, NOT_GRADED))
        return self._line(who, cells, score, seconds)

    def _line(self, who: Text, cells: Sequence[Text], score: Text, seconds: Text) -> Text:
        who = who.copy()
        who.align("left", self._whom)
        line = [who]
        for header, cell in zip((*self._headers, " " * 7, " " * 5), (*cells, score, seconds), strict=True):
            cell = cell.copy()
            if cell.cell_len < (wide := max(5, len(header))):
                cell.align("right", wide)
            line.append(cell)
        return Text("  ").join(line)


def _row(report: Report, names: list[str], no_score: str) -> list[str]:
    who = escape(report.who)
    if isinstance(report, RefusedReport):
        return [who, *["" for _ in names], no_score, ""]
    cells = {e.name: _exercise_cell(e.outcome, e.score, e.max_score) for e in report.exercises}
    return [who, *[cells.get(name, "") for name in names], _sum(report), f"{report.seconds:.1f}"]


def _table(headers: list[str], rows: list[list[str]]) -> Table:
    table = Table(title=None, header_style="bold", pad_edge=False)
    table.add_column("submission", overflow="fold")
    for header in (*headers, "score", "s"):
        table.add_column(header, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def _width(headers: list[str], rows: list[list[str]]) -> int:
    """The least that such a table needs: names of submissions can be folded, and nothing else."""
    columns = zip(("submission", *headers, "score", "s"), *rows, strict=True)
    widths = [max(Text.from_markup(cell).cell_len for cell in column) for column in columns]
    return min(widths[0], MOST_FOR_WHOM) + sum(widths[1:]) + 3 * len(widths) - 1


def _sum(report: SubmissionReport) -> str:
    return f"{number(report.score)}/{number(report.max_score)}"


def _entry(report: Report, width: int) -> list[Text]:
    """A submission without a table."""
    who = escape(report.who)
    if isinstance(report, RefusedReport):
        return [Text.from_markup(f"[bold]{who}[/] {NOT_GRADED}")]
    cells = [f"{e.name} {_exercise_cell(e.outcome, e.score, e.max_score)}" for e in report.exercises]
    head = Text.from_markup(f"[bold]{who}[/] {_sum(report)} {report.seconds:.1f} s")
    return [head, *_lines(cells, width)]


def _lines(entries: Sequence[str], width: int) -> list[Text]:
    """As many entries in each line as it has room for; none is broken."""
    lines: list[Text] = []
    for entry in map(Text.from_markup, entries):
        if lines and lines[-1].cell_len + 2 + entry.cell_len <= width:
            lines[-1] = Text("  ").join([lines[-1], entry])
        else:
            lines.append(Text("  ") + entry)
    return lines


def _exercise_cell(outcome: Outcome, score: float, most: float) -> str:
    style = {"passed": "green", "failed": "yellow", "not_attempted": "dim", "skipped": "dim"}.get(outcome, "red")
    return f"[{style}]{number(score)} {SYMBOLS[outcome]}[/]" if most else f"[dim]{SYMBOLS[outcome]}[/]"


def print_details(console: Console, report: Report) -> None:
    """One submission at length: every check that did not pass, with message and hint."""
    who = report.who
    if isinstance(report, RefusedReport):
        console.print(f"[red]not graded[/] {escape(report.error)}", highlight=False)
        return
    console.rule(f"{escape(who)}: {number(report.score)} of {number(report.max_score)}", align="left")
    for exercise in report.exercises:
        sums = f"{number(exercise.score)}/{number(exercise.max_score)}  {WORDS[exercise.outcome]}"
        console.print(f"[bold]{exercise.name}[/] {sums if exercise.checks else 'left out'}", highlight=False)
        for check in without_repetitions(exercise.checks, keep_facts=True):
            if check.outcome in ("passed", "not_attempted"):
                continue
            console.print(f"  {SYMBOLS[check.outcome]} {escape(check.title)}", highlight=False)
            for line in check.message.splitlines():
                console.print(f"      {escape(line)}", highlight=False)
            if check.hint:
                console.print(f"      [italic]Hint: {escape(check.hint)}[/]", highlight=False)
    for note in report.notes:
        console.print(f"[dim]note: {escape(note)}[/]", highlight=False)
