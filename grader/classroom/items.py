"""How a class did, item by item: difficulty, discrimination, reliability, and which misconceptions it holds."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy

from grader.checking.outcomes import DIAGNOSIS, CheckReport, Outcome
from grader.judging.report import SubmissionReport

# Fewer say nothing about an item.
FEW = 5


@dataclass(frozen=True)
class Item:
    """An exercise or a check. `difficulty` is the mean share of its points, 1 where all have all of them.

    `discrimination` is the correlation of its points with the rest of the submission's (the corrected item-total
    correlation): below 0.2 an item says little about who can do the rest. None with fewer than FEW submissions, or
    where all have the same.
    """

    name: str
    title: str
    points: float
    difficulty: float
    outcomes: dict[Outcome, int]
    discrimination: float | None
    hidden: bool = False


@dataclass
class Held:
    """A misconception that somebody holds: who, at which checks, and what one of them read."""

    name: str
    sentence: str
    exercise: str
    students: list[str] = field(default_factory=list)
    checks: Counter[str] = field(default_factory=Counter)
    example: str = ""
    hint: str = ""


def exercises(reports: Sequence[SubmissionReport]) -> list[Item]:
    """In the order of the notebook."""
    return [_exercise(name, reports) for name in names(reports)]


def names(reports: Sequence[SubmissionReport]) -> list[str]:
    return list(dict.fromkeys(exercise.name for report in reports for exercise in report.exercises))


def _exercise(name: str, reports: Sequence[SubmissionReport]) -> Item:
    pairs = [(one, report) for report in reports for one in report.exercises if one.name == name]
    worth = max((one.max_score for one, _ in pairs), default=0.0)
    got = [one.score for one, _ in pairs]
    rest = [report.score - one.score for one, report in pairs]
    return Item(name, "", worth, _share(got, worth), dict(Counter(one.outcome for one, _ in pairs)),
                correlation(got, rest))  # fmt: skip


def checks(exercise: str, reports: Sequence[SubmissionReport]) -> list[Item]:
    """Of one exercise, in its order."""
    by_name: dict[str, list[tuple[CheckReport, SubmissionReport]]] = defaultdict(list)
    for report in reports:
        for one in report.exercises:
            for check in one.checks if one.name == exercise else ():
                by_name[check.name].append((check, report))
    return [_check(pairs) for pairs in by_name.values()]


def _check(pairs: Sequence[tuple[CheckReport, SubmissionReport]]) -> Item:
    first = pairs[0][0]
    got = [check.score for check, _ in pairs]
    rest = [report.score - check.score for check, report in pairs]
    return Item(first.name, first.title, first.points, _share(got, first.points),
                dict(Counter(check.outcome for check, _ in pairs)), correlation(got, rest), first.hidden)  # fmt: skip


def _share(got: Sequence[float], worth: float) -> float:
    return sum(got) / (worth * len(got)) if worth and got else 0.0


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's; None where it says nothing."""
    if len(first) < FEW or numpy.std(first) < 1e-9 or numpy.std(second) < 1e-9:
        return None
    return float(numpy.corrcoef(first, second)[0, 1])


def alpha(reports: Sequence[SubmissionReport]) -> float | None:
    """Cronbach's alpha over the exercises (Cronbach 1951): how far they measure one thing; None with too few."""
    order = names(reports)
    table = [[scores.get(name, 0.0) for name in order]
             for scores in ({one.name: one.score for one in report.exercises} for report in reports)]  # fmt: skip
    if len(table) < FEW or len(order) < 2:
        return None
    scores = numpy.array(table)
    total = scores.sum(axis=1).var(ddof=1)
    if math.isclose(total, 0.0, abs_tol=1e-12):
        return None
    return float(len(order) / (len(order) - 1) * (1 - scores.var(axis=0, ddof=1).sum() / total))


def misconceptions(reports: Iterable[SubmissionReport]) -> list[Held]:
    """Those that most students hold first; what is right cannot be held."""
    found: dict[tuple[str, str], Held] = {}
    for report in reports:
        for exercise, check in _named(report):
            facts, _, sentence = check.message.partition(DIAGNOSIS)
            assert check.misconception is not None
            held = found.setdefault((exercise, check.misconception), Held(check.misconception, "", exercise))
            who = report.who
            if who not in held.students:
                held.students.append(who)
            held.checks[check.name] += 1
            # Where it is told a second time in one submission, the sentence stands in the first.
            if sentence and not held.sentence:
                held.sentence, held.example, held.hint = sentence.strip(), facts.strip(), check.hint
    return sorted(found.values(), key=lambda held: -len(held.students))


def _named(report: SubmissionReport) -> Iterator[tuple[str, CheckReport]]:
    for exercise in report.exercises:
        for check in exercise.checks:
            if check.misconception and check.outcome not in ("passed", "skipped"):
                yield exercise.name, check
