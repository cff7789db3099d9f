"""Grades every right and wrong form over many seeds: does any outcome hang on the inputs drawn?

    python -m tests.flakiness [--seeds 20] [--wrong-seeds 20] [--exercise shared/sgd] [--flavour np]

The figures go into figures.json in the exercise's folder, one flavour after the other, and from there into
docs/what-the-checks-prove/ (python -m tests.matrix_report). A run that was broken off goes on with what is missing or
out of date: what changes in an exercise's folder, or the engine's version, calls for new figures. Training uses the
embedded data, and makes its full run, which draws the same numbers whatever the seed, with the first of every 20 seeds.
What a few seeds say of many is told by the margins (`grader.checking.margins`): a right form that stays below half of
what is allowed, and a wrong one that is off by more than twice as much, is far from the line. A form that is not gets
200 seeds. So should an exercise whose verdicts hang on chance, such as one that shuffles: --seeds 200. Exit status: 0
when every right form gets full marks and every wrong one fails the same checks, whatever the seed.
"""

from __future__ import annotations

import argparse
import functools
import json
import math
import multiprocessing
import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grader.data
from grader.authors import forms
from grader.authors.trials import FIGURES, PATIENCE, Slots, Taught, Trials, digest, places, taught
from grader.authors.verdicts import describe
from grader.course import catalogue
from grader.course.catalogue import CourseError
from grader.course.course import find_course
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import SlotOptions

ROOT = Path(__file__).resolve().parents[1]
CHUNK = 20
# Where right forms and wrong ones should stay, and how many seeds those get that do not.
FAR = {"right": 0.5, "wrong": 2.0}
CLOSE_SEEDS = 200


@functools.cache
def every() -> dict[str, Taught]:
    """The exercises of the kit in each of their flavours, by title."""
    return {one.title: one for one in taught(find_course(ROOT))}


@functools.cache
def titled(title: str) -> Taught:
    """One of them, whatever state others are in."""
    return next(one for one in places(find_course(ROOT), title.rpartition("-")[0]) if one.title == title)


@dataclass(frozen=True)
class Task:
    """One form of the exercise with that title, and the seeds to grade it with."""

    title: str
    kind: str
    name: str
    code: str
    seeds: tuple[int, ...]
    patience: float = PATIENCE


@dataclass(frozen=True)
class Outcome:
    """What a form came to with one seed: the checks that it failed, as in outcomes.txt."""

    seed: int
    failed: str
    full_marks: bool
    seconds: float
    margin: float


_slots: Slots | None = None


def _begin() -> None:
    global _slots
    course = find_course(ROOT)
    data = grader.data.embedded(
        {name for facts in catalogue.assignments(*course.exercise_roots) for name in facts.data}
    )
    grader.data.use_verified(data)
    _slots = Slots(SlotOptions.of("cpu", data), find_confinement())


def outcomes(task: Task) -> list[Outcome]:
    """Grade a form with each of its seeds, in one process of its own; in a process of `pool`."""
    assert _slots is not None
    one = titled(task.title)
    found = Trials(one.assignment, one.exercise, _slots, task.patience).grade_often(task.code, task.seeds)
    return [
        Outcome(seed, describe(report), report.score == report.max_score, seconds, margin)
        for seed, report, seconds, margin in found
    ]


def tasks(
    one: Taught, seeds: dict[str, int], already: dict[str, int] | None = None, only: Set[tuple[str, str]] = frozenset()
) -> Iterator[Task]:  # fmt: skip
    """Every form with every seed, in pieces that are done in a moment; `seeds` says how many, by kind, and `already`
    with how many of them it was done. With `only`, these alone.
    """
    for form in forms.forms(one.exercise.folder, one.flavour):
        if only and (form.kind, form.name) not in only:
            continue
        numbers = range((already or {}).get(form.kind, 0) + 1, seeds[form.kind] + 1)
        for start in range(0, len(numbers), CHUNK):
            yield Task(one.title, form.kind, form.name, form.code, tuple(numbers[start : start + CHUNK]))


def without_diagnoses(failed: str) -> str:
    return " ".join(word.partition("=")[0] for word in failed.split())


def figures(found: dict[tuple[str, str], list[Outcome]]) -> dict[str, Any]:
    """What the file says of an exercise in one flavour, from the outcomes of each (kind, name)."""
    right = [each for (kind, _), each in found.items() if kind == "right"]
    wrong = [each for (kind, _), each in found.items() if kind == "wrong"]
    slowest = max(found, key=lambda form: max(o.seconds for o in found[form]))
    return {
        "right": len(right),
        "full_marks": sum(all(o.full_marks for o in each) for each in right),
        "wrong": len(wrong),
        "failing": sum(not any(o.full_marks for o in each) for each in wrong),
        "diagnosed": sum(all("=" in o.failed for o in each) for each in wrong),
        "differing": [d for (kind, name), each in sorted(found.items()) if (d := differing(f"{kind} {name}", each))],
        "margins": {
            "right": _nearest("right", {form: max(o.margin for o in found[form]) for form in found}),
            "wrong": _nearest("wrong", {form: min(o.margin for o in found[form]) for form in found}),
        },
        "close": sorted(" ".join(form) for form in found if is_close(form[0], found[form])),
        "slowest": [" ".join(slowest), round(max(o.seconds for o in found[slowest]), 2)],
    }


def is_close(kind: str, found: Sequence[Outcome]) -> bool:
    """Whether a form comes so near to a line that its verdict may hang on the inputs."""
    if kind == "right":
        return max(outcome.margin for outcome in found) > FAR["right"]
    return min(outcome.margin for outcome in found) < FAR["wrong"]


def _nearest(kind: str, margins: dict[tuple[str, str], float]) -> list[Any] | None:
    """The form of this kind that comes nearest to a line, and its margin; None where none was told by a number."""
    own = {name: margin for (other, name), margin in margins.items() if other == kind and math.isfinite(margin)}
    if not own:
        return None
    nearest = (max if kind == "right" else min)(own, key=own.__getitem__)
    return [nearest, float(f"{own[nearest]:.2g}")]


def differing(form: str, found: list[Outcome]) -> dict[str, Any] | None:
    """How the outcomes of one form differ between seeds: in what is failed, or in the diagnosis alone."""
    seeds = defaultdict(list)
    for outcome in found:
        seeds[outcome.failed].append(outcome.seed)
    if len(seeds) <= 1:
        return None
    what = "outcome" if len({without_diagnoses(failed) for failed in seeds}) > 1 else "diagnosis"
    shown = {failed or "passed": {"times": len(some), "seeds": some[:5]} for failed, some in sorted(seeds.items())}
    return {"form": form, "what": what, "outcomes": shown}


def load(folder: Path) -> dict[str, Any]:
    """What is known so far of the exercise in that folder, by flavour."""
    path = folder / FIGURES
    return dict(json.loads(path.read_text())) if path.exists() else {}


def keep(folder: Path, flavour: str, group: dict[str, Any]) -> None:
    known = load(folder) | {flavour: group}
    written = {each: known[each] for each in catalogue.FLAVOURS if each in known}
    (folder / FIGURES).write_text(json.dumps(written, indent=1) + "\n")


@contextmanager
def pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes with warm slots of their own."""
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin) as processes:
        yield processes


def measure(groups: Iterable[Taught], seeds: dict[str, int], jobs: int) -> Iterator[tuple[Taught, dict[str, Any]]]:
    """The figures of each exercise in each flavour, as soon as they are there."""
    with pool(jobs) as processes:
        for one in groups:
            started, mark = time.monotonic(), digest(one)
            found = _graded(one, seeds, processes)
            if digest(one) != mark:
                sys.exit(f"{one.title}: the exercise was changed while this ran: run it again, in a copy perhaps")
            for each in found.values():
                each.sort(key=lambda outcome: outcome.seed)
            numbers = {"seeds": seeds["right"], "wrong_seeds": seeds["wrong"]}
            yield one, {
                **numbers, **figures(found), "seconds": round(time.monotonic() - started), "digest": mark,
            }  # fmt: skip


def _graded(
    one: Taught, seeds: dict[str, int], processes: ProcessPoolExecutor
) -> dict[tuple[str, str], list[Outcome]]:  # fmt: skip
    """By kind and name; what differs is told at once."""
    found: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    _grade(one, list(tasks(one, seeds)), found, processes)
    close = {form for form in found if is_close(form[0], found[form])}
    if close:
        _grade(one, list(tasks(one, dict.fromkeys(seeds, CLOSE_SEEDS), seeds, close)), found, processes)
    return found


def _grade(
    one: Taught, work: Sequence[Task], found: dict[tuple[str, str], list[Outcome]], processes: ProcessPoolExecutor
) -> None:  # fmt: skip
    started = time.monotonic()
    running = {processes.submit(outcomes, task): task for task in work}
    for done, future in enumerate(as_completed(running), 1):
        task = running[future]
        alike = differing(task.name, found[task.kind, task.name]) is None
        found[task.kind, task.name] += future.result()
        if alike and (news := differing(f"{task.kind} {task.name}", found[task.kind, task.name])):
            _progress("")
            print(f"{one.title}: {news}", file=sys.stderr, flush=True)
        _progress(f"{one.title}: {done} of {len(running)}, {time.monotonic() - started:.0f} s")


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text}", end="\x1b[K", file=sys.stderr, flush=True)


def summary(title: str, group: dict[str, Any]) -> str:
    """One line, and one for each form whose outcome differs."""
    margins = ", ".join(f"{kind} {each[1]} ({each[0]})" for kind, each in group["margins"].items() if each)
    lines = [
        f"{title}: with {group['seeds']} seeds {group['full_marks']} of {group['right']} right forms get full marks, "
        f"with {group['wrong_seeds']} {group['failing']} of {group['wrong']} wrong forms fail, "
        f"{group['diagnosed']} diagnosed by name, {len(group['differing'])} differ; {len(group['close'])} come close "
        f"to a line{margins and ', margins: '}{margins}; slowest {group['slowest'][0]} ({group['slowest'][1]} s); "
        f"{group['seconds']} s in all"
    ]
    for entry in group["differing"]:
        lines.append(f"  {entry['form']} differs in its {entry['what']}:")
        lines += [
            f"    {o['times']} times (seed {o['seeds'][0]} for one): {what}" for what, o in entry["outcomes"].items()
        ]
    return "\n".join(lines)


def as_it_should_be(group: dict[str, Any]) -> bool:
    fair = group["full_marks"] == group["right"] and group["failing"] == group["wrong"]
    return fair and not any(entry["what"] == "outcome" for entry in group["differing"])


def _enough(one: Taught, seeds: dict[str, int]) -> bool:
    """Whether the figures are there, with as many seeds, and still true."""
    group = load(one.exercise.folder).get(one.flavour)
    if group is None or group["digest"] != digest(one):
        return False
    return bool(group["seeds"] >= seeds["right"] and group["wrong_seeds"] >= seeds["wrong"])


def chosen(parser: argparse.ArgumentParser, arguments: Sequence[str] | None = None) -> tuple[Any, list[Taught]]:
    """The parsed options, and what --exercise and --flavour, which every parser here has, leave of the exercises."""
    parser.add_argument("--exercise", action="append", metavar="ID", help="this one alone")
    parser.add_argument("--flavour", action="append", choices=catalogue.FLAVOURS, help="this one alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; one per core by default")
    args = parser.parse_args(arguments)
    try:
        found = [one for name in args.exercise or () for one in places(find_course(ROOT), name)]
    except CourseError as error:
        parser.error(str(error))
    flavours = args.flavour or catalogue.FLAVOURS
    return args, [one for one in found or every().values() if one.flavour in flavours]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.flakiness", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20, help="how many for right forms; 20 by default")
    parser.add_argument("--wrong-seeds", type=int, help="how many for wrong forms; as many by default")
    args, groups = chosen(parser)
    seeds = {"right": args.seeds, "wrong": args.wrong_seeds or args.seeds}
    for one, group in measure([one for one in groups if not _enough(one, seeds)], seeds, args.jobs):
        keep(one.exercise.folder, one.flavour, group)
        _progress("")
        print(summary(one.title, group), flush=True)
    asked = [load(one.exercise.folder)[one.flavour] for one in groups]
    print(f"{sum(map(as_it_should_be, asked))} of {len(asked)} groups are as they should be")
    sys.exit(not all(map(as_it_should_be, asked)))


if __name__ == "__main__":
    main()
