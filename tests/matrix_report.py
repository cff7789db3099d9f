"""Writes docs/what-the-checks-prove/: for each assignment, what each check is about, and how the grader did when it
was graded itself.

    python -m tests.matrix_report

The words are the exercises' own, which misconceptions a check names stands in the outcomes.txt of their folders (held
to by tests/test_exercises.py), and the figures of the forms in their figures.json (python -m tests.flakiness).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.authors import forms
from grader.authors.trials import Taught, digest
from grader.checking.authoring import Check, Exercise
from grader.course import catalogue
from grader.judging.render import number
from tests import flakiness

FOLDER = flakiness.ROOT / "docs" / "what-the-checks-prove"

_INTRODUCTION = """# What the checks prove: {title}

Every exercise is graded by a handful of checks, each about one property. Below, for each: what it proves, what it is
worth, and which misconceptions it has named in the wrong forms that the kit is tested with. First, how the grader did
when it was graded itself.

This page is written by `python -m tests.matrix_report`; edit what it is made from instead: the folders in
`grader/exercises/{folder}/`.

## The grader, graded

Each exercise's folder holds right and wrong forms of it, as students write them, in the flavours that it is taught in.
Each was graded in a slot, as a submission is, with a number of seeds, which is to say on as many different inputs.
A right form has to get full marks with every seed, a wrong one must lose points with every seed. "Named" are the
wrong forms that were told, with every seed, which misconception they are; the others are shown an input, what came back
and what was expected. "Differ" are the forms that failed other checks, or were explained otherwise, with one seed than
with another. "Seeds" says how many for right forms and for wrong ones.

A margin is how far a result was off, divided by what the check allows. A right form that stays below 0.5, and a wrong
one above 2, is far from the line; "close" are the others, which were graded with {close_seeds} seeds. The margins given
are those that come nearest to the line; a wrong form that fails for another reason than a number has none.

Training was done on small, embedded data; a full run of training draws the same numbers whatever the seed, and was made
with one seed in twenty.

Every right form was also changed, by one small step at a time: another operator, number, axis or reduction, a call,
argument or statement left out (`python -m tests.mutants`). The changes that keep full marks make no difference to what
the task asks for, as axis=-1 makes none where there are two axes; they stand in the exercise's `harmless.txt`.
"""

_HEADER = ("exercise", "flavour", "seeds", "right", "full marks", "wrong", "fail", "named", "differ", "close",
           "margin of right ones", "of wrong ones")  # fmt: skip


@dataclass
class Caught:
    """What became of the wrong forms at one check: how many lost it, by flavour, and what it named."""

    forms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    named: set[str] = field(default_factory=set)


def pages() -> dict[Path, str]:
    """Every page: one for each assignment, and one for what assignments share."""
    titles = {facts.folder.name: facts.title for facts in catalogue.assignments(catalogue.KIT)}
    by_folder: dict[str, dict[str, list[Taught]]] = defaultdict(lambda: defaultdict(list))
    for one in flakiness.every().values():
        by_folder[one.exercise.id.partition("/")[0]][one.exercise.id].append(one)
    found = {}
    for folder, exercises in by_folder.items():
        title = titles.get(folder, "exercises of several assignments")
        lines = [_INTRODUCTION.format(title=title, folder=folder, close_seeds=flakiness.CLOSE_SEEDS)]
        lines += _matrix([one for flavours in exercises.values() for one in flavours])
        for flavours in exercises.values():
            lines += _exercise(flavours)
        found[FOLDER / f"{folder}.md"] = "\n".join(lines) + "\n"
    return found


# -- the matrix


def _matrix(every: list[Taught]) -> Iterator[str]:
    yield f"| {' | '.join(_HEADER)} |"
    yield f"|---|---|{'---:|' * (len(_HEADER) - 2)}"
    totals, stale = [0] * 6, False
    for one in every:
        group = flakiness.load(one.exercise.folder).get(one.flavour)
        if group is None:
            yield f"| `{one.exercise.id}` | {one.flavour} | none yet |{' |' * (len(_HEADER) - 3)}"
            continue
        cells = [group[key] for key in ("right", "full_marks", "wrong", "failing", "diagnosed")]
        cells.append(len(group["differing"]))
        totals = [a + b for a, b in zip(totals, cells, strict=True)]
        earlier = group["digest"] != digest(one)
        stale |= earlier
        seeds = f"{group['seeds']}, {group['wrong_seeds']}{' *' * earlier}"
        # Figures from before there were margins have none.
        margins = group.get("margins", {"right": None, "wrong": None})
        words = [seeds, *map(str, cells), str(len(group.get("close", ""))), *map(_margin, margins.values())]
        yield f"| `{one.exercise.id}` | {one.flavour} | {' | '.join(words)} |"
    yield f"| all | | | {' | '.join(map(str, totals))} | | | |"
    yield ""
    right, full, wrong, failing, named, _ = totals
    yield f"{full} of {right} right forms got full marks; {failing} of {wrong} wrong ones failed, {named} by name."
    # A form in two flavours is one idea.
    ideas = {(one.exercise.id, form.kind, form.name)
             for one in every for form in forms.forms(one.exercise.folder, one.flavour)}  # fmt: skip
    right_ideas, wrong_ideas = ([kind for _, kind, _ in ideas].count(kind) for kind in ("right", "wrong"))
    yield (f"That is {right_ideas} right and {wrong_ideas} wrong ideas, written by the kit's authors. Of such ideas, "
           f"{_at_most(right - full, right_ideas)} of the right ones lose a point, and "
           f"{_at_most(wrong - failing, wrong_ideas)} of the wrong ones keep all of them (95 %).")  # fmt: skip
    yield ""
    if stale:
        yield "\\* Something has changed since that these figures may depend on: the exercise, its forms or the grader."
        yield ""
    if differing := [line for one in every for line in _differing(one)]:
        yield "The forms that differ:"
        yield ""
        yield from differing
        yield ""


def _margin(nearest: list[Any] | None) -> str:
    return f"{nearest[1]:.2g} (`{nearest[0]}`)" if nearest else ""


def _at_most(misses: int, of: int) -> str:
    """The upper end of the 95 % interval: 3/n where there was no miss; else by the Poisson limit's normal bound."""
    bound = 3 if misses == 0 else misses + 1.7 * misses**0.5 + 1.9
    return f"at most {100 * bound / max(of, 1):.1f} %"


def _differing(one: Taught) -> Iterator[str]:
    group = flakiness.load(one.exercise.folder).get(one.flavour, {"differing": []})
    for entry in group["differing"]:
        each = "; ".join(f"{o['times']} times {failed} (seed {o['seeds'][0]} for one)"
                         for failed, o in entry["outcomes"].items())  # fmt: skip
        yield f"- {one.title}, {entry['form']}, in its {entry['what']}: {each}"


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
    FOLDER.mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text)


if __name__ == "__main__":
    write()
