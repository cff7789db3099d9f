"""Self-contained HTML pages on a class: one for each assignment, one for the course. They load nothing."""

from __future__ import annotations

import base64
import functools
import hashlib
import os
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2

from grader import __version__
from grader.checking.outcomes import Outcome
from grader.classroom import items, looks, similar
from grader.classroom.gather import Found, gather, shown_by, without_names
from grader.course.course import Course
from grader.course.pins import read_pins
from grader.data.files import replace_file
from grader.judging.render import SYMBOLS, WORDS, number
from grader.judging.report import RefusedReport, SubmissionReport

INDEX = "index.html"
BINS = 10
_HELD_MOST = 10
_WIDTH, _HEIGHT = 640, 130


@dataclass(frozen=True)
class Reporting:
    """How pages are made: `link` gives the address of what shows a submission, or nothing; `pins` the notes.

    `pairs` says which submissions resemble each other; without it, nothing is said of that.
    """

    link: Callable[[Found], str]
    pins: Callable[[str], Mapping[str, str]]
    pass_mark: float
    pairs: Callable[[Sequence[Found]], list[similar.Pair]] | None = None


def write_pages(
    course: Course, files: Sequence[Path], to: Path, anonymous: bool, pass_mark: float, alike: bool = False
) -> list[Path]:
    """Write the pages on what `gather` finds into the folder `to`; gives their paths.

    `alike`: say which submissions resemble each other. Raises as `gather` and `similar.pairs`, and `OSError`.
    """
    found = gather(course, files)
    if anonymous:
        found = without_names(found)

    def link(one: Found) -> str:
        shown = shown_by(course, one)
        return "" if shown is None else relative(shown, to)

    pairs = functools.partial(similar.pairs, course) if alike else None
    made = pages(found, Reporting(link, functools.partial(read_pins, course.root), pass_mark, pairs))
    to.mkdir(parents=True, exist_ok=True)
    written = []
    for name, text in made.items():
        replace_file(to / name, text.encode())
        written.append(to / name)
    return written


def pages(found: Sequence[Found], how: Reporting) -> dict[str, str]:
    """The pages by file name."""
    by_assignment: dict[str, list[Found]] = {}
    for one in found:
        by_assignment.setdefault(one.report.assignment or "unknown", []).append(one)
    made = {_file(name): _assignment(name, some, how) for name, some in by_assignment.items()}
    return {INDEX: _course(by_assignment, how), **made}


def _file(assignment: str) -> str:
    return f"{assignment}.html"


def _graded(found: Iterable[Found]) -> list[SubmissionReport]:
    return [one.report for one in found if isinstance(one.report, SubmissionReport)]


def _assignment(name: str, found: Sequence[Found], how: Reporting) -> str:
    reports = _graded(found)
    scores = [report.score for report in reports]
    most = max((report.max_score for report in reports), default=0.0)
    exercises = items.names(reports)
    seconds = sorted((report.seconds, report.who) for report in reports)
    return _render("assignment.html.j2", name, _subtitle(reports), {
        "index": INDEX, "count": len(found), "most": number(most), "few": items.FEW,
        "mean": f"{statistics.mean(scores):.1f}" if scores else None,
        "median": number(round(statistics.median(scores), 2)) if scores else None,
        "alpha": _decimal(items.alpha(reports)),
        "bins": _bins([report.score / (report.max_score or 1) for report in reports], 1.0, "{:.0%}"),
        "times": _bins([s for s, _ in seconds], seconds[-1][0], "{:.1f}") if seconds else [],
        "slowest": f"the slowest is {seconds[-1][1]}, with {seconds[-1][0]:.1f} s" if seconds else "",
        "looks": _looks(found, how), "held": _held(name, reports, how), "items": _items(name, reports, how),
        "class_columns": [("submission", False), *((one, True) for one in exercises), ("score", True), ("s", True)],
        "rows": [_row(one, exercises, how) for one in found],
        "pairs": _pairs(found, how), "shown_from": similar.SHOWN_FROM, "least": similar.LEAST,
    })  # fmt: skip


def _subtitle(reports: Sequence[SubmissionReport]) -> str:
    data = dict.fromkeys(report.data for report in reports)
    devices = dict.fromkeys(report.device for report in reports)
    return f"Graded on {', '.join(devices) or 'no device'}; data: {', '.join(data) or 'none'}"


def _looks(found: Sequence[Found], how: Reporting) -> list[dict[str, Any]]:
    rows = []
    for one in found:
        if reasons := looks.reasons(one.report, how.pass_mark):
            rows.append({"who": one.report.who, "link": how.link(one), "points": _points(one), "reasons": reasons})
    return rows


def _pairs(found: Sequence[Found], how: Reporting) -> dict[str, Any] | None:
    """The pairs that are shown, and how many are not."""
    if how.pairs is None:
        return None
    made = how.pairs(found)
    rows = [{"share": pair.share, "who": [{"name": each.report.who, "link": how.link(each)}
             for each in (pair.one, pair.other)]} for pair in made[: similar.MOST_SHOWN]]  # fmt: skip
    return {"rows": rows, "more": len(made) - len(rows)}


def _points(one: Found) -> str:
    return "–" if isinstance(one.report, RefusedReport) else number(one.report.score)


def _held(assignment: str, reports: Sequence[SubmissionReport], how: Reporting) -> list[dict[str, Any]]:
    pins = how.pins(assignment)
    return [{"name": held.name, "sentence": held.sentence or held.name, "exercise": held.exercise,
             "students": held.students, "share": len(held.students) / len(reports),
             "checks": list(held.checks), "example": held.example, "hint": held.hint, "pin": pins.get(held.name, "")}
            for held in items.misconceptions(reports)]  # fmt: skip


def _items(assignment: str, reports: Sequence[SubmissionReport], how: Reporting) -> list[dict[str, Any]]:
    rows = []
    pins = how.pins(assignment)
    for exercise in items.exercises(reports):
        for item in (exercise, *items.checks(exercise.name, reports)):
            rows.append({
                "exercise": exercise.name, "check": "" if item is exercise else item.name, "title": item.title,
                "hidden": item.hidden, "points": number(item.points), "share": round(item.difficulty, 4),
                "discrimination": _decimal(item.discrimination), "outcomes": _outcomes(item.outcomes),
                "pin": "" if item is exercise else pins.get(item.name, ""),
            })  # fmt: skip
    return rows


def _outcomes(counts: Mapping[Outcome, int]) -> str:
    return ", ".join(f"{SYMBOLS[outcome]} {count} {WORDS[outcome]}" for outcome, count in counts.items())


def _row(one: Found, exercises: Sequence[str], how: Reporting) -> dict[str, Any]:
    report = one.report
    if isinstance(report, RefusedReport):
        cells = [*[""] * len(exercises), "not graded", ""]
    else:
        by_name = {each.name: f"{number(each.score)} {SYMBOLS[each.outcome]}" for each in report.exercises}
        cells = [by_name.get(name, "") for name in exercises] + [number(report.score), f"{report.seconds:.1f}"]
    return {"who": one.report.who, "link": how.link(one), "cells": cells}


def _bins(values: Sequence[float], most: float, label: str) -> list[dict[str, Any]]:
    """Of equal width from 0 to `most`; the last holds `most` itself."""
    if not values or most <= 0:
        return []
    counts = [0] * BINS
    for value in values:
        counts[min(BINS - 1, int(value / most * BINS))] += 1
    width = _WIDTH / BINS
    return [{"count": count, "x": place * width, "width": width, "height": round(_HEIGHT * count / max(counts), 1),
             "label": label.format(most * (place + 1) / BINS)} for place, count in enumerate(counts)]  # fmt: skip


def _decimal(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _course(by_assignment: Mapping[str, Sequence[Found]], how: Reporting) -> str:
    rows: list[dict[str, Any]] = []
    held: list[dict[str, Any]] = []
    for name, found in by_assignment.items():
        reports = _graded(found)
        share = statistics.mean(r.score / (r.max_score or 1) for r in reports) if reports else 0.0
        rows.append({"name": name, "file": _file(name), "count": len(found), "share": share,
                     "alpha": _decimal(items.alpha(reports)),
                     "looks": sum(bool(looks.reasons(one.report, how.pass_mark)) for one in found)})  # fmt: skip
        held += [{"assignment": name, "file": _file(name), "exercise": one.exercise, "count": len(one.students),
                  "sentence": one.sentence or one.name} for one in items.misconceptions(reports)]  # fmt: skip
    held.sort(key=lambda one: -one["count"])
    scores: dict[str, dict[str, str]] = {}
    for name, found in by_assignment.items():
        for each in found:
            scores.setdefault(each.report.who, {})[name] = _points(each)
    return _render("course.html.j2", "The course", f"{len(scores)} students, {len(rows)} assignments", {
        "assignments": rows, "held": held[:_HELD_MOST],
        "student_columns": [("student", False), *((name, True) for name in by_assignment)],
        "students": [{"who": who, "cells": [of.get(name, "") for name in by_assignment]}
                     for who, of in sorted(scores.items())],
    })  # fmt: skip


_TEMPLATES = Path(__file__).with_name("templates")


def _render(template: str, title: str, subtitle: str, values: dict[str, Any]) -> str:
    loader = jinja2.FileSystemLoader(_TEMPLATES)
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True)
    script = (_TEMPLATES / "report.js").read_text()
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template(template).render(
        {"index": "", **values}, title=title, subtitle=subtitle, version=__version__, script=script,
        script_hash=f"sha256-{digest}",
    )  # fmt: skip


def relative(path: Path, folder: Path) -> str:
    """The address of a file, from a page in `folder`."""
    return "/".join(map(quote, Path(os.path.relpath(path, folder)).parts))
