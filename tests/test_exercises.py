"""Every exercise that there is, found by walking: its solution and its right forms pass, its wrong forms fail for their
own reason, and each of its misconceptions is recognised in one of them.

outcomes.txt in an exercise's folder says for each wrong form which checks it fails, and with which diagnosis. After a
change that is meant to alter it, ``python -m tests.test_exercises [EXERCISE_ID]`` writes it anew: read the difference
before you commit it.

Of an exercise that has changed since ``python -m tests.flakiness`` made its figures, with many seeds for each, all
forms are graded here. Of the others a part is: the solution, a form for each outcome there is, and every fourth of the
rest.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from grader.authors import forms, requirements
from grader.authors.forms import Form
from grader.authors.trials import Slots, Taught, Trials, digest, taught
from grader.authors.verdicts import describe, verdicts, write_outcomes
from grader.course import catalogue
from grader.course.course import find_course
from grader.sandbox.confinements import find_confinement
from tests import flakiness, notebooks

COURSE = find_course(notebooks.ROOT)
TAUGHT = taught(COURSE)
# A full run of training takes longer than all else: of the wrong forms that fail otherwise too, every fourth makes it.
# tests/flakiness.py makes it with every form.
FULL_RUNS = 4
# Where all have been graded already, with many seeds.
SOME = 4

every_exercise = pytest.mark.parametrize("one", TAUGHT, ids=[one.title for one in TAUGHT])


@every_exercise
@pytest.mark.usefixtures("opened")
def test_every_form_gets_what_it_deserves(one: Taught, slots: Slots) -> None:
    trials = Trials(one.assignment, one.exercise, slots)
    expected = forms.outcomes(one.exercise.folder, one.flavour)
    shortened = _without_full_run(one, expected)
    solution = Form("right", "solution", "", one.assignment.by_id[one.exercise.name].source)
    accused, differing = [], []
    for form in [solution, *_to_grade(one, expected)]:
        report = trials.grade(form.code, full_run=form.name not in shortened)
        found, wanted = describe(report), expected.get(form.name)
        if form.kind == "right" and report.score != report.max_score:
            accused.append((form.name, found))
        elif form.kind == "wrong" and found != shortened.get(form.name, wanted):
            differing.append((form.name, found, wanted))
    assert not accused, "right forms that lost points"
    assert not differing, "wrong forms with other failures than outcomes.txt says"


def _to_grade(one: Taught, expected: dict[str, str]) -> list[Form]:
    written = forms.forms(one.exercise.folder, one.flavour)
    figures = flakiness.load(one.exercise.folder).get(one.flavour)
    if figures is None or figures["digest"] != digest(one):
        return written
    told: dict[str, str] = {}
    for form in written:
        told.setdefault(expected.get(form.name, form.name) if form.kind == "wrong" else "right", form.name)
    return [form for place, form in enumerate(written) if place % SOME == 0 or form.name in told.values()]


def _without_full_run(one: Taught, expected: dict[str, str]) -> dict[str, str]:
    """The wrong forms that need not train in full, and what they fail all the same."""
    full_runs = {check.name for check in one.exercise.checks if check.full_run}
    otherwise = {
        name: " ".join(word for word in words.split() if forms.failing(word)[0].check not in full_runs)
        for name, words in expected.items()
    }
    failing = [name for name, words in otherwise.items() if words] if full_runs else []
    return {name: otherwise[name] for place, name in enumerate(failing) if place % FULL_RUNS}


@every_exercise
def test_every_wrong_form_fails_and_is_recognised_as_its_header_says(one: Taught) -> None:
    """What students read is what the form's header names, in this order, and nothing else at any check."""
    outcomes = forms.outcomes(one.exercise.folder, one.flavour)
    wrong = {form.name: form for form in forms.forms(one.exercise.folder, one.flavour) if form.kind == "wrong"}
    assert sorted(name for name, words in outcomes.items() if words) == sorted(wrong)
    failed = {name: forms.failing(outcomes[name]) for name in wrong}
    named = {name: tuple(dict.fromkeys(f.misconception for f in failed[name] if f.misconception)) for name in wrong}
    assert named == {name: form.misconceptions for name, form in wrong.items()}


@every_exercise
def test_every_misconception_is_recognised_in_some_form(one: Taught) -> None:
    seen = {f.misconception for words in forms.outcomes(one.exercise.folder, one.flavour).values()
            for f in forms.failing(words)}  # fmt: skip
    known = [misconception.name for misconception in requirements.misconceptions(one.exercise, one.flavour)]
    assert known, "there is no misconception"
    assert [name for name in known if name not in seen] == []


@every_exercise
def test_there_are_enough_forms(one: Taught) -> None:
    kinds: list[str] = [form.kind for form in forms.forms(one.exercise.folder, one.flavour)]
    assert {kind: kinds.count(kind) for kind, enough in requirements.ENOUGH.items() if kinds.count(kind) < enough} == {}


def test_every_exercise_is_among_them() -> None:
    """One that no notebook asks for would be tried by nobody."""
    assert sorted({one.exercise.folder for one in TAUGHT}) == catalogue.folders(catalogue.KIT)


def main(identifiers: Sequence[str]) -> None:
    for identifier in identifiers or dict.fromkeys(one.exercise.id for one in TAUGHT):
        write_outcomes(list(verdicts(COURSE, identifier, find_confinement())), COURSE, identifier)


if __name__ == "__main__":
    main(sys.argv[1:])
