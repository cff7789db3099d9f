"""Writes docs/what-the-checks-prove.md: what each check is about, and how the grader did when it was graded itself.

    python -m tests.matrix_report

The words are the exercises' own, which misconceptions a check names stands in tests/corpus/outcomes.txt (held to by
tests/test_corpus.py), and the figures of the matrices in tests/corpus/flakiness.json (python -m tests.flakiness).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from grader.authors import catalogue
from grader.checking.authoring import Check, Exercise, load
from grader.judging.render import number
from tests import flakiness, notebooks
from tests.test_corpus import GROUPS

PAGE = notebooks.ROOT / "docs" / "what-the-checks-prove.md"

_INTRODUCTION = """# What the checks prove

Every exercise is graded by a handful of checks, each about one property. Below, for each: what it proves, what it is
worth, and which misconceptions it has named in the wrong forms that the kit is tested with. First, how the grader did
when it was graded itself.

This page is written by `python -m tests.matrix_report`; edit what it is made from instead: the exercises' modules in
`grader/exercises/`, and `tests/corpus/`.

## The grader, graded

The corpus holds right and wrong ways to write each exercise, in both flavours, as students' code. Each was put into a
notebook and graded in a slot, as a submission is, with a number of seeds, which is to say on as many different inputs,
twenty of them in one process.
A right form has to get full marks with every seed, a wrong one must lose points with every seed. "Diagnosed" are the
wrong forms that were told, with every seed, which misconception they are; the others are shown an input, what came back
and what was expected. Under "differ" stand the forms that failed other checks with one seed than with another; there
should be none. Under "diagnosis" stand those that failed the same checks and were not always explained in the same way.
"Seeds" says how many for right forms and for wrong ones. Training was done on the embedded images; the full run of
`train` draws the same numbers whatever the seed, and was made with one seed in twenty.

Each misconception has a form that is recognised as it, in every flavour that it exists in; and each form is told what
its header in the corpus names, and nothing else.

Every right form was also changed, by one small step at a time: another operator, number, axis or reduction, a call,
argument or statement left out (`python -m tests.mutants`). The changes that keep full marks make no difference to what
the task asks for, as axis=-1 makes none where there are two axes; they stand in `tests/corpus/harmless.txt`.
"""

_HEADER = ("exercise", "flavour", "seeds", "right", "full marks", "wrong", "fail", "diagnosed", "differ", "diagnosis")


@dataclass
class Caught:
    """What became of the wrong forms at one check, over both flavours."""

    forms: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    named: set[str] = field(default_factory=set)


def page() -> str:
    """The whole page."""
    caught = _caught()
    return "\n".join([_INTRODUCTION, *_matrices(flakiness.load()), *_exercises(caught)]) + "\n"


def write() -> None:
    PAGE.write_text(page())


# -- the matrices


def _matrices(figures: dict[str, Any]) -> Iterator[str]:
    yield f"| {' | '.join(_HEADER)} |"
    yield f"|---|---|{'---:|' * (len(_HEADER) - 2)}"
    totals, out_of_date = [0] * 7, False
    for exercise in notebooks.EXERCISES:
        for flavour in notebooks.ASSIGNMENTS:
            group = figures.get(f"{flavour} {exercise}")
            if group is None:
                yield f"| `{exercise}` | {flavour} | none yet |{' |' * 7}"
                continue
            cells = [group[key] for key in ("right", "full_marks", "wrong", "failing", "diagnosed")]
            cells += [sum(d["what"] == what for d in group["differing"]) for what in ("outcome", "diagnosis")]
            totals = [a + b for a, b in zip(totals, cells, strict=True)]
            earlier = group["digest"] != flakiness.digest(flavour, exercise)
            out_of_date |= earlier
            seeds = f"{group['seeds']}, {group['wrong_seeds']}{' *' * earlier}"
            yield f"| `{exercise}` | {flavour} | {seeds} | {' | '.join(map(str, cells))} |"
    yield f"| all | | | {' | '.join(map(str, totals))} |"
    yield ""
    right, full, wrong, failing, diagnosed = totals[:5]
    yield (f"{full} of {right} right forms got full marks, {failing} of {wrong} wrong forms failed, and "
           f"{diagnosed} of these were diagnosed.")  # fmt: skip
    yield ""
    if out_of_date:
        yield "\\* The grader, or the corpus, has changed since in something that these figures may depend on."
        yield ""
    if differing := list(_differing(figures)):
        yield "The forms that differ:"
        yield ""
        yield from differing
        yield ""


def _differing(figures: dict[str, Any]) -> Iterator[str]:
    for name, group in sorted(figures.items()):
        for entry in group["differing"]:
            if entry["what"] == "outcome":
                each = "; ".join(f"{o['times']} times {failed} (seed {o['seeds'][0]} for one)"
                                 for failed, o in entry["outcomes"].items())  # fmt: skip
                yield f"- {name}, {entry['form']}: {each}"


# -- the checks


def _caught() -> dict[tuple[str, str], Caught]:
    """By exercise and check."""
    found: dict[tuple[str, str], Caught] = defaultdict(Caught)
    for one in catalogue.outcomes(notebooks.ROOT):
        found[one.exercise, one.check].forms[one.flavour] += 1
        if one.misconception is not None:
            found[one.exercise, one.check].named.add(one.misconception)
    return found


def _exercises(caught: dict[tuple[str, str], Caught]) -> Iterator[str]:
    wrong = {(f, e): sum(kind == "wrong" for kind, _, _ in notebooks.corpus(f, e)) for f, e in GROUPS}
    for name in notebooks.EXERCISES:
        exercise = load(name)
        yield f"## {name}: {number(exercise.max_score)} points"
        yield ""
        yield f"`{exercise.signature}`, section {exercise.section} of the book."
        yield ""
        for check in exercise.checks:
            yield from _check(check, caught[name, check.name], {f: wrong[f, name] for f in notebooks.ASSIGNMENTS})
        yield from _misconceptions(exercise)


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


if __name__ == "__main__":
    write()
