"""Writes docs/what-the-checks-prove.md: what each check is about, and how the grader did when it was graded itself.

    python -m tests.matrix_report

The words are the exercises' own, which misconceptions a check names stands in the outcomes.txt of their folders (held
to by tests/test_exercises.py), and the figures of the forms in their figures.json (python -m tests.flakiness).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.authors import forms
from grader.authors.trials import Taught, digest
from grader.checking.authoring import Check, Exercise
from grader.judging.render import number
from tests import flakiness

PAGE = flakiness.ROOT / "docs" / "what-the-checks-prove.md"

_INTRODUCTION = """# What the checks prove

Every exercise is graded by a handful of checks, each about one property. Below, for each: what it proves, what it is
worth, and which misconceptions it has named in the wrong forms that the kit is tested with. First, how the grader did
when it was graded itself.

This page is written by `python -m tests.matrix_report`; edit what it is made from instead: the exercises' folders in
`grader/exercises/`.

## The grader, graded

Each exercise's folder holds right and wrong forms of it, as students write them, in the flavours that it is taught in.
Each was graded in a slot, as a submission is, with a number of seeds, which is to say on as many different inputs,
twenty of them in one process.
A right form has to get full marks with every seed, a wrong one must lose points with every seed. "Diagnosed" are the
wrong forms that were told, with every seed, which misconception they are; the others are shown an input, what came back
and what was expected. Under "differ" stand the forms that failed other checks with one seed than with another; there
should be none. Under "diagnosis" stand those that failed the same checks and were not always explained in the same way.
"Seeds" says how many for right forms and for wrong ones. Training was done on small, embedded data; a full run of
training draws the same numbers whatever the seed, and was made with one seed in twenty.

Each misconception has a form that is recognised as it, in every flavour that it exists in; and each form is told what
its header names, and nothing else.

Every right form was also changed, by one small step at a time: another operator, number, axis or reduction, a call,
argument or statement left out (`python -m tests.mutants`). The changes that keep full marks make no difference to what
the task asks for, as axis=-1 makes none where there are two axes; they stand in the exercise's `harmless.txt`.
"""

_HEADER = ("exercise", "flavour", "seeds", "right", "full marks", "wrong", "fail", "diagnosed", "differ", "diagnosis")


@dataclass
class Caught:
    """What became of the wrong forms at one check: how many lost it, by flavour, and what it named."""

    forms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    named: set[str] = field(default_factory=set)


def page() -> str:
    """The whole page."""
    exercises: dict[str, list[Taught]] = defaultdict(list)
    for one in flakiness.every().values():
        exercises[one.exercise.id].append(one)
    every = [one for flavours in exercises.values() for one in flavours]
    lines = [_INTRODUCTION, *_matrices(every)]
    for flavours in exercises.values():
        lines += _exercise(flavours)
    return "\n".join(lines) + "\n"


# -- the matrices


def _matrices(every: list[Taught]) -> Iterator[str]:
    yield f"| {' | '.join(_HEADER)} |"
    yield f"|---|---|{'---:|' * (len(_HEADER) - 2)}"
    totals, out_of_date = [0] * 7, False
    for one in every:
        group = flakiness.load(one.exercise.folder).get(one.flavour)
        if group is None:
            yield f"| `{one.exercise.id}` | {one.flavour} | none yet |{' |' * 7}"
            continue
        cells = [group[key] for key in ("right", "full_marks", "wrong", "failing", "diagnosed")]
        cells += [sum(d["what"] == what for d in group["differing"]) for what in ("outcome", "diagnosis")]
        totals = [a + b for a, b in zip(totals, cells, strict=True)]
        earlier = group["digest"] != digest(one)
        out_of_date |= earlier
        seeds = f"{group['seeds']}, {group['wrong_seeds']}{' *' * earlier}"
        yield f"| `{one.exercise.id}` | {one.flavour} | {seeds} | {' | '.join(map(str, cells))} |"
    yield f"| all | | | {' | '.join(map(str, totals))} |"
    yield ""
    right, full, wrong, failing, diagnosed = totals[:5]
    yield (f"{full} of {right} right forms got full marks, {failing} of {wrong} wrong forms failed, and "
           f"{diagnosed} of these were diagnosed.")  # fmt: skip
    yield ""
    if out_of_date:
        yield "\\* Something has changed since that these figures may depend on: the exercise, its forms or the grader."
        yield ""
    if differing := [line for one in every for line in _differing(one)]:
        yield "The forms that differ:"
        yield ""
        yield from differing
        yield ""


def _differing(one: Taught) -> Iterator[str]:
    group = flakiness.load(one.exercise.folder).get(one.flavour, {"differing": []})
    for entry in group["differing"]:
        if entry["what"] == "outcome":
            each = "; ".join(f"{o['times']} times {failed} (seed {o['seeds'][0]} for one)"
                             for failed, o in entry["outcomes"].items())  # fmt: skip
            yield f"- {one.title}, {entry['form']}: {each}"


# -- the checks


def _exercise(flavours: list[Taught]) -> Iterator[str]:
    exercise = flavours[0].exercise
    caught, wrong = _caught(flavours), {}
    for one in flavours:
        found = forms.forms(exercise.folder, one.flavour)
        wrong[one.flavour] = sum(form.kind == "wrong" for form in found)
    yield f"## {exercise.id}: {number(exercise.max_score)} points"
    yield ""
    yield f"`{exercise.signature}`, section {exercise.section} of the book."
    yield ""
    for check in exercise.checks:
        yield from _check(check, caught[check.name], wrong)
    yield from _misconceptions(exercise)


def _caught(flavours: list[Taught]) -> dict[str, Caught]:
    """By check."""
    found: dict[str, Caught] = defaultdict(Caught)
    for one in flavours:
        for words in forms.outcomes(one.exercise.folder, one.flavour).values():
            for failing in forms.failing(words):
                found[failing.check].forms[one.flavour] += 1
                if failing.misconception is not None:
                    found[failing.check].named.add(failing.misconception)
    return found


def _check(check: Check, caught: Caught, wrong: dict[str, int]) -> Iterator[str]:
    points = f"{number(check.points)} point{'' if check.points == 1 else 's'}"
    yield f"### `{check.name}`: {points}{', hidden' if check.hidden else ''}"
    yield ""
    yield f"Proves that {_as_text(check.title)}."
    if check.hidden:
        yield "It is left out of the notebook's self-check."
    if check.trivial:
        yield "It counts only where a check that is not as easily passed is passed too."
    hint = _as_text(check.hint)
    yield f"Who loses it reads: {hint}{'' if hint[-1] in '.!?…' else '.'}"
    yield ""
    shares = ", ".join(f"{caught.forms[flavour]} of {wrong[flavour]} in {flavour}" for flavour in wrong)
    names = f"; it names {_names(caught.named)}" if caught.named else ""
    yield f"Wrong forms that lose it: {shares}{names}."
    yield ""


def _misconceptions(exercise: Exercise) -> Iterator[str]:
    yield "<details><summary>What these misconceptions are</summary>"
    yield ""
    sentences: dict[str, str] = {}
    for known in exercise.misconceptions:
        sentences.setdefault(known.name, known.sentence)
    for name, sentence in sorted(sentences.items()):
        yield f"- `{name}`: {_as_text(sentence)}"
    yield ""
    yield "</details>"
    yield ""


def _names(names: set[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _as_text(words: str) -> str:
    """With what Markdown would take for its own marks escaped."""
    return re.sub(r"([*_<>\[\]`])", r"\\\1", " ".join(words.split()))


def write() -> None:
    PAGE.write_text(page())


if __name__ == "__main__":
    write()
