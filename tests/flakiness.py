"""Grades every right and wrong form of the corpus over many seeds: does any outcome hang on the inputs drawn?

    python -m tests.flakiness [--seeds 200] [--wrong-seeds 200] [--exercise softmax] [--flavour np]

The figures go into tests/corpus/flakiness.json, one group (a flavour's exercise) after the other, and from there into
docs/what-the-checks-prove.md (python -m tests.matrix_report). A run that was broken off goes on with the groups that
are missing or out of date: what changes in the grader, or in a group's forms, calls for new figures. Training uses
the embedded images, and makes its full run, which draws the same numbers whatever the seed, with the first of every 20
seeds: all that differs is the order of pixels and classes. A right form that loses a point with one input in a hundred
is worse than a wrong one that fails another check then: wrong forms may get fewer seeds. Exit status: 0 when every
right form gets full marks and every wrong one fails the same checks, whatever the seed.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import inspect
import json
import multiprocessing
import os
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy

from grader.checking import authoring
from grader.checking.authoring import Check, Exercise, NotAttempted, check_of
from grader.checking.outcomes import CheckReport, TimedOut
from grader.checking.student import Student
from grader.course.course import find_course
from grader.course.notebook import read_notebook
from grader.data import fashion_mnist
from grader.judging.check_run import judge_check
from grader.judging.judge import without_hollow_points
from grader.judging.report import ExerciseReport
from grader.judging.session import Session
from grader.judging.slot_channel import SlotChannel
from grader.judging.submission import restore
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import SlotOptions
from grader.sandbox.slot import Slot
from tests import notebooks
from tests.test_corpus import FULL_RUN, PATIENCE, describe, module_of

FIGURES = notebooks.ROOT / "tests" / "corpus" / "flakiness.json"
CHUNK = 20


@dataclass(frozen=True)
class Task:
    """One form, and the seeds to grade it with."""

    flavour: str
    exercise: str
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


@dataclass(frozen=True)
class _Worker:
    slot: Slot
    bare_slot: Slot  # of its own, so that no form has to begin anew for each seed
    folder: Path


_worker: _Worker | None = None


def _begin(directory: str) -> None:
    global _worker
    data = fashion_mnist.embedded()
    os.environ["SOFTMARK_DATA_FASHION_MNIST"] = os.fspath(data.directory)
    slots = [Slot(SlotOptions("cpu", data.directory), find_confinement()) for _ in range(2)]
    _worker = _Worker(slots[0], slots[1], Path(tempfile.mkdtemp(dir=directory)))


def outcomes(task: Task) -> list[Outcome]:
    """Grade a form with each of its seeds, in one process of its own; in a process of `pool`."""
    assert _worker is not None
    notebook = notebooks.with_cells(task.flavour, **{task.exercise: task.code})
    read, _ = read_notebook(notebooks.write(notebook, _worker.folder / "form.ipynb"))
    submission = restore(read, find_course(notebooks.ROOT).assignment(notebooks.ASSIGNMENTS[task.flavour]))
    exercise = authoring.load(task.exercise)
    session = Session(_worker.slot, submission, task.seeds[0], bare_slot=_worker.bare_slot)
    runs = [Run(exercise, seed, session, task.patience) for seed in task.seeds]
    checks = [(info, thing) for thing in vars(module_of(exercise)).values() if (info := check_of(thing))]
    # The bare ones last, so that one process without the library's softmax serves all seeds.
    for info, function in sorted(checks, key=lambda each: each[0].bare):
        for run in runs:
            if info.name == FULL_RUN and run is not runs[0]:
                run.take(info, runs[0])
            else:
                run.add(info, function)
    session.end()
    return [run.outcome() for run in runs]


class Run:
    """The checks of one seed, as pytest runs them while grading, without the time that its start takes."""

    def __init__(self, exercise: Exercise, seed: int, session: Session, patience: float) -> None:
        self.exercise, self.seed, self.seconds = exercise, seed, 0.0
        self.channel = SlotChannel(session, exercise, patience * exercise.budget.seconds, frozenset())
        self.reports: dict[str, CheckReport] = {}
        self.over: BaseException | None = None

    def add(self, info: Check, function: Callable[..., None]) -> None:
        rng = numpy.random.default_rng([self.seed, zlib.crc32(f"{self.exercise.name}/{info.name}".encode())])
        given = {"student": Student(self.exercise, self.channel.bare() if info.bare else self.channel), "rng": rng}
        error, started = self.over, time.monotonic()
        if error is None:
            try:
                function(**{name: given[name] for name in inspect.signature(function).parameters})
            except Exception as raised:
                error = raised
        if isinstance(error, NotAttempted | TimedOut):
            self.over = error
        self.seconds += time.monotonic() - started
        self.reports[info.name] = judge_check(info, error)

    def take(self, info: Check, other: Run) -> None:
        """Let what a check came to with another seed stand for this one too."""
        self.reports[info.name] = other.reports[info.name]

    def outcome(self) -> Outcome:
        reports = without_hollow_points(self.exercise, [self.reports[check.name] for check in self.exercise.checks])
        report = ExerciseReport.of(self.exercise.name, reports, ())
        return Outcome(self.seed, describe(report), report.score == report.max_score, self.seconds)


def tasks(flavour: str, exercise: str, seeds: dict[str, int]) -> Iterator[Task]:
    """Every form with every seed, in pieces that are done in a moment; `seeds` says how many, by kind."""
    for kind, name, code in notebooks.corpus(flavour, exercise):
        every = range(1, seeds[kind] + 1)
        for start in range(0, len(every), CHUNK):
            yield Task(flavour, exercise, kind, name, code, tuple(every[start : start + CHUNK]))


def without_diagnoses(failed: str) -> str:
    return " ".join(word.partition("=")[0] for word in failed.split())


def figures(found: dict[tuple[str, str], list[Outcome]]) -> dict[str, Any]:
    """What the file says of a group, from the outcomes of each (kind, name)."""
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
        "slowest": [" ".join(slowest), round(max(o.seconds for o in found[slowest]), 2)],
    }


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


def digest(flavour: str, exercise: str) -> str:
    """Of all that the outcomes of a group depend on."""
    name = notebooks.ASSIGNMENTS[flavour]
    paths = [
        *sources(exercise),
        notebooks.ROOT / "solutions" / name / f"{name}.ipynb",
        notebooks.ROOT / "tests" / "corpus" / flavour / f"{exercise}.py",
    ]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in paths)).hexdigest()[:16]


def sources(exercise: str) -> list[Path]:
    """The grader's own modules that take part in grading an exercise: its own, and what they and slots import."""
    grader = notebooks.ROOT / "grader"
    waiting = [
        grader / "session.py", grader / "judge.py", grader / "exercises" / f"{exercise}.py",
        *(grader / "misconceptions").glob(f"{exercise}*.py"), *(grader / "sandbox").glob("*.py"),
    ]  # fmt: skip
    found: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path in found or not path.is_file():
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            above = f"{node.module}." if isinstance(node, ast.ImportFrom) and node.module else ""
            # Of "from a.b import c" the module may be a.b, or a.b.c.
            modules = {above.rstrip("."), *(above + name for name in names)}
            waiting += [notebooks.ROOT.joinpath(*module.split(".")).with_suffix(".py")
                        for module in modules if module.startswith("grader.")]  # fmt: skip
    return sorted(found)


def load() -> dict[str, Any]:
    """What is known so far, by "flavour exercise"."""
    return dict(json.loads(FIGURES.read_text())) if FIGURES.exists() else {}


@contextmanager
def pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Processes with a warm slot each."""
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(jobs, context, _begin, (folder,)) as processes:
        yield processes


def measure(
    groups: Iterable[tuple[str, str]], seeds: dict[str, int], jobs: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """The figures of each group, as soon as it is done."""
    with pool(jobs) as processes:
        for flavour, exercise in groups:
            started, name = time.monotonic(), f"{flavour} {exercise}"
            mark = digest(flavour, exercise)
            running = {processes.submit(outcomes, task): task for task in tasks(flavour, exercise, seeds)}
            found: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
            for done, future in enumerate(as_completed(running), 1):
                task = running[future]
                alike = differing(task.name, found[task.kind, task.name]) is None
                found[task.kind, task.name] += future.result()
                if alike and (news := differing(f"{task.kind} {task.name}", found[task.kind, task.name])):
                    _progress("")
                    print(f"{name}: {news}", file=sys.stderr, flush=True)
                _progress(f"{name}: {done} of {len(running)}, {time.monotonic() - started:.0f} s")
            if digest(flavour, exercise) != mark:
                sys.exit(f"{name}: the grader, or a form, was changed while this ran: run it again, in a copy perhaps")
            for each in found.values():
                each.sort(key=lambda outcome: outcome.seed)
            seconds = round(time.monotonic() - started)
            yield (
                name,
                {
                    "seeds": seeds["right"],
                    "wrong_seeds": seeds["wrong"],
                    **figures(found),
                    "seconds": seconds,
                    "digest": mark,
                },
            )


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{text}", end="\x1b[K", file=sys.stderr, flush=True)


def summary(name: str, group: dict[str, Any]) -> str:
    """One line, and one for each form whose outcome differs."""
    lines = [
        f"{name}: with {group['seeds']} seeds {group['full_marks']} of {group['right']} right forms get full marks, "
        f"with {group['wrong_seeds']} {group['failing']} of {group['wrong']} wrong forms fail, "
        f"{group['diagnosed']} diagnosed by name, "
        f"{len(group['differing'])} differ; slowest {group['slowest'][0]} ({group['slowest'][1]} s); "
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


def _enough(group: dict[str, Any] | None, flavour: str, exercise: str, seeds: dict[str, int]) -> bool:
    """Whether the figures of a group are there, with as many seeds, and still true."""
    if group is None or group["digest"] != digest(flavour, exercise):
        return False
    return bool(group["seeds"] >= seeds["right"] and group["wrong_seeds"] >= seeds["wrong"])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.flakiness", description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200, help="how many for right forms; 200 by default")
    parser.add_argument("--wrong-seeds", type=int, help="how many for wrong forms; as many by default")
    parser.add_argument("--exercise", action="append", choices=notebooks.EXERCISES, help="this one alone")
    parser.add_argument("--flavour", action="append", choices=sorted(notebooks.ASSIGNMENTS), help="this one alone")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes; one per core by default")
    args = parser.parse_args()
    groups = [(f, e) for f in args.flavour or notebooks.ASSIGNMENTS for e in args.exercise or notebooks.EXERCISES]
    known, seeds = load(), {"right": args.seeds, "wrong": args.wrong_seeds or args.seeds}
    missing = [group for group in groups if not _enough(known.get(" ".join(group)), *group, seeds)]
    for name, group in measure(missing, seeds, args.jobs):
        known[name] = group
        FIGURES.write_text(json.dumps({key: known[key] for key in sorted(known)}, indent=1) + "\n")
        _progress("")
        print(summary(name, group), flush=True)
    asked = [known[" ".join(group)] for group in groups]
    print(f"{sum(map(as_it_should_be, asked))} of {len(asked)} groups are as they should be")
    sys.exit(not all(map(as_it_should_be, asked)))


if __name__ == "__main__":
    main()
