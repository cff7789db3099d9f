"""A page for each assignment and each exercise, and one of all misconceptions, from the catalogue.

They hold what a student reads in feedback: titles, hints, sentences. Neither solutions nor oracles.
"""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterable, Iterator

from docs.site.markdown import as_text, code, page, table
from docs.site.root_files import ROOT
from grader.checking.authoring import Check, Exercise, Misconception
from grader.course import catalogue
from grader.course.catalogue import Facts
from grader.course.course import Assignment, Course
from grader.diagnosis import habits
from grader.diagnosis.misconception import misconceptions_in
from grader.judging.render import number

FOLDER = "exercises"
_ABOUT = """The assignments that come with the kit, in the order of the book. Each has a page with its exercises, and
each exercise one with its checks and with the misconceptions that they recognise."""
_ABOUT_EXERCISE = """A check that is *graded only* is left out of what `check` shows in the notebook. Points are a
check's share; the notebook says what the exercise is worth."""
_ABOUT_MISCONCEPTIONS = """A failed check says “This is what you get when …” where the result is what one of these wrong
versions gives. The name is what `misconception` says in a [report](../reference/report.md), and what a
[pin](../instructors/class-reports.md#pins) is headed by."""
_ABOUT_ALL = """Every misconception that the kit has a name for, in alphabetical order: look up here what a report calls
by its name."""
_ABOUT_HABITS = "These are known in every exercise."


@functools.cache
def titles() -> dict[str, str]:
    """Of the folders of exercises, by name, in the order of the book; what assignments share comes last."""
    found = sorted(catalogue.assignments(catalogue.KIT), key=_by_section)
    return {**{facts.folder.name: facts.title for facts in found}, catalogue.SHARED: "In several assignments"}


def _by_section(facts: Facts) -> list[tuple[list[int], str]]:
    return [([int(digit) for digit in re.findall(r"\d+", section)], facts.folder.name) for section in facts.sections]


@functools.cache
def every() -> dict[str, Exercise]:
    """All exercises of the kit, by id."""
    found = (catalogue.load(folder) for folder in catalogue.folders(catalogue.KIT))
    return {exercise.id: exercise for exercise in found}


def known_in_all() -> list[Misconception]:
    """The misconceptions that belong to no exercise."""
    return misconceptions_in(vars(habits), habits.__name__)


def pages() -> dict[str, str]:
    """By their place on the site, in the order of the navigation."""
    made = {f"{FOLDER}/index.md": _index()}
    facts = {each.folder.name: each for each in catalogue.assignments(catalogue.KIT)}
    for folder, title in titles().items():
        own = [exercise for exercise in every().values() if exercise.folder.parent.name == folder]
        if folder in facts:
            asked = [name for each in notebooks(facts[folder]) for name in each.exercises]
            own.sort(key=lambda exercise: asked.index(exercise.name) if exercise.name in asked else len(asked))
            made[f"{FOLDER}/{folder}/index.md"] = _assignment(facts[folder])
        elif own:
            made[f"{FOLDER}/{folder}/index.md"] = page(title, _exercise_table(own, f"{FOLDER}/{folder}/"))
        for exercise in own:
            made[_place(exercise)] = _exercise(exercise)
    made[f"{FOLDER}/misconceptions.md"] = _all_misconceptions()
    return made


def _place(exercise: Exercise) -> str:
    return f"{FOLDER}/{exercise.id}.md"


def _link(exercise: Exercise, words: str, place: str, anchor: str = "") -> str:
    """To its page, from another in the folder `place`."""
    return f"[{words}]({posixpath.relpath(_place(exercise), place)}{anchor})"


# -- the assignments


def notebooks(facts: Facts) -> list[Assignment]:
    """Those of an assignment that the kit's course has, one a flavour."""
    course = Course(ROOT)
    return [course.assignment(name) for name in facts.notebooks.values() if name in course.assignment_names]


def _index() -> str:
    rows = []
    for facts in sorted(catalogue.assignments(catalogue.KIT), key=_by_section):
        count = len(notebooks(facts)[0].exercises) if notebooks(facts) else 0
        rows.append((f"[{as_text(facts.title)}]({facts.folder.name}/index.md)", ", ".join(facts.sections),
                     ", ".join(map(code, facts.notebooks.values())), str(count)))  # fmt: skip
    total = f"{len(every())} exercises, {len(_by_name())} misconceptions with a name."
    return page("Exercises", _ABOUT, list(table(("assignment", "section", "notebooks", "exercises"), rows)), total)


def _assignment(facts: Facts) -> str:
    parts: list[Iterable[str]] = []
    for each in notebooks(facts):
        exercises = [each.exercise(name) for name in each.exercises]
        parts += [
            f"## {each.name}",
            _about_notebook(each),
            _exercise_table(exercises, f"{FOLDER}/{facts.folder.name}/"),
        ]
    data = f" It needs the data set {', '.join(map(code, facts.data))}." if facts.data else ""
    about = f"Section {', '.join(facts.sections)} of the book.{data}"
    return page(as_text(facts.title), about, *parts)


def _about_notebook(assignment: Assignment) -> str:
    answers = [cell for cell in assignment.cells if cell.role == "answer"]
    points = sum(map(assignment.points, assignment.exercises))
    told = f"Written in `{'mxnet.np' if assignment.flavour == 'np' else 'mxnet.nd'}`; {number(points)} points."
    if answers:
        worth = sum(float(cell.metadata["nbgrader"].get("points", 0)) for cell in answers)
        which = "question" if len(answers) == 1 else "questions"
        told += f" A person grades {len(answers)} written {which}, worth {number(worth)} points more."
    return told


def _exercise_table(exercises: Iterable[Exercise], place: str) -> Iterator[str]:
    rows = ((_link(each, code(each.name), place), code(each.signature), each.section, number(each.max_score),
             str(len(each.checks))) for each in exercises)  # fmt: skip
    return table(("exercise", "what is written", "section", "points", "checks"), rows)


# -- the exercises


def _exercise(exercise: Exercise) -> str:
    about = f"`{exercise.signature}`, section {exercise.section} of the book."
    if exercise.nd_signature:
        about += f" In flavour nd: `{exercise.nd_signature}`."
    if exercise.needs:
        about += f" It builds on {', '.join(map(code, exercise.needs))}."
    budget = (f"Its checks together may take {number(exercise.budget.seconds)} s of processor time and "
              f"{exercise.budget.memory_mb} MiB.")  # fmt: skip
    misconceptions = [_misconception(each) for each in _first_of_each(exercise.misconceptions)]
    told = ["## Misconceptions", "", _ABOUT_MISCONCEPTIONS.replace("../", "../../"), ""] if misconceptions else []
    return page(
        exercise.name, about, budget, _asked_in(exercise), "## Checks", _ABOUT_EXERCISE,
        table(("check", "what holds", "points", "hint"), map(_check, exercise.checks)), told,
        table(("name", "this is what you get when …", "hint"), misconceptions),
    )  # fmt: skip


def _asked_in(exercise: Exercise) -> str:
    asking = [
        f"[{each.name}](../{facts.folder.name}/index.md)"
        for facts in catalogue.assignments(catalogue.KIT) for each in notebooks(facts)
        if exercise.name in each.exercises and catalogue.find(facts, exercise.name) == exercise.folder
    ]  # fmt: skip
    return f"Asked in {', '.join(asking)}." if asking else "No notebook asks it yet."


def _check(check: Check) -> tuple[str, str, str, str]:
    name = f"{code(check.name)}{{#check-{check.name}}}{' (graded only)' if check.hidden else ''}"
    return name, as_text(check.title), number(check.points), as_text(check.hint)


def _misconception(known: Misconception) -> tuple[str, str, str]:
    return f"{code(known.name)}{{#{known.name}}}", as_text(known.sentence), as_text(known.hint)


def _first_of_each(known: Iterable[Misconception]) -> list[Misconception]:
    """Of several by one name, as there are where flavours differ, the first."""
    found: dict[str, Misconception] = {}
    for each in known:
        found.setdefault(each.name, each)
    return [found[name] for name in sorted(found)]


# -- all misconceptions


def _by_name() -> dict[str, list[tuple[Exercise, Misconception]]]:
    found: dict[str, list[tuple[Exercise, Misconception]]] = {}
    for exercise in every().values():
        for known in _first_of_each(exercise.misconceptions):
            found.setdefault(known.name, []).append((exercise, known))
    return dict(sorted(found.items()))


def _all_misconceptions() -> str:
    rows = []
    for name, places in _by_name().items():
        for sentence in dict.fromkeys(known.sentence for _, known in places):
            where = [_link(exercise, f"<code>{exercise.id.replace('/', '/<wbr>')}</code>", f"{FOLDER}/", f"#{name}")
                     for exercise, known in places if known.sentence == sentence]  # fmt: skip
            rows.append((code(name), as_text(sentence), ", ".join(where)))
    everywhere = [(code(each.name), as_text(each.sentence), as_text(each.hint)) for each in known_in_all()]
    return page(
        "Misconceptions by name", _ABOUT_ALL, table(("name", "this is what you get when …", "in"), rows),
        "## In every exercise", _ABOUT_HABITS, table(("name", "this is what you get when …", "hint"), everywhere),
    )  # fmt: skip
