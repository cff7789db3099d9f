"""What `grader validate` asks of exercises: of their folders, their checks and misconceptions, and their forms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from grader.authors import forms
from grader.authors.forms import Form, FormsError
from grader.checking.authoring import Exercise, Misconception
from grader.course import catalogue
from grader.course.course import CHECK, Assignment, Course
from grader.judging.render import number

# How many forms an exercise should have at the least, by kind.
ENOUGH = {"right": 6, "wrong": 10}
_EVIDENCE = (*forms.FORMS.values(), forms.OUTCOMES, forms.HARMLESS, "figures.json")


def shown(path: Path, course: Course) -> str:
    """The path as an author of the course would type it."""
    return str(path.relative_to(course.root) if path.is_relative_to(course.root) else path)


def repeated(words: Iterable[str]) -> list[str]:
    """Those that come more than once."""
    return [word for word, times in Counter(words).items() if times > 1]


def misconceptions(exercise: Exercise, flavour: str) -> list[Misconception]:
    """Those that exist in a flavour."""
    return [known for known in exercise.misconceptions if known.flavour in (None, flavour)]


# -- the exercise itself


def exercise_problems(exercise: Exercise, where: str, assignments: Sequence[Assignment]) -> Iterator[str]:
    """Of what an exercise's folder says; `assignments` are those that ask for it."""
    name = exercise.name
    if not exercise.signature.startswith((f"{name}(", f"{name}:")) and exercise.signature != name:
        yield f"{where}: the signature {exercise.signature!r} must begin with the folder's name, {name}"
    if not exercise.checks:
        yield f"{where}/exercise.py has no checks: write at least one"
    for check in exercise.checks:
        if not check.title:
            yield f"{where}: the check {check.name} has no title: write its docstring, the line that students read"
        if not check.hint.strip():
            yield f'{where}: the check {check.name} has no hint: give it hint="…", what to think of where it fails'
        if check.points <= 0:
            yield f"{where}: the check {check.name} is worth {number(check.points)} points: give it more than 0"
    for title in repeated(check.title for check in exercise.checks if check.title):
        yield f"{where}: two checks have the title {title!r}: tell them apart for those who read it"
    for assignment in assignments:
        for needed in exercise.needs:
            if needed not in assignment.exercises:
                yield f"{where}: needs names {needed!r}, which {assignment.name} does not ask for: correct the name"
    yield from _misconception_problems(exercise, where)
    for path in sorted(exercise.folder.iterdir()):
        if path.is_dir() and path.name != "__pycache__":
            yield f"{where}/{path.name} belongs to nothing: a folder in an exercise's folder is not read; remove it"
        elif path.is_file() and path.suffix != ".py" and path.name not in _EVIDENCE:
            yield f"{where}/{path.name} belongs to nothing: remove it, or name it as one of {', '.join(_EVIDENCE)}"


def _misconception_problems(exercise: Exercise, where: str) -> Iterator[str]:
    known = {m.name for m in exercise.misconceptions}
    if not known:
        yield f"{where} has no misconceptions: write down at least one way in which people get it wrong"
    for flavour in catalogue.FLAVOURS:
        for name in repeated(m.name for m in misconceptions(exercise, flavour)):
            yield f"{where}: two misconceptions of flavour {flavour} are called {name}: rename one"
    for m in exercise.misconceptions:
        if not m.sentence.strip():
            yield f"{where}: the misconception {m.name} has no sentence: say what its author believed"
        if m.like is not None and m.like not in known:
            yield f"{where}: the misconception {m.name} is said to be like {m.like}, which there is not: correct it"


def untaught(course: Course, asked: set[Path]) -> Iterator[str]:
    """Exercises of the course's own, or of the kit's where that is the course, that no notebook asks for."""
    for root in course.exercise_roots:
        for folder in catalogue.folders(root) if root.is_relative_to(course.root) else []:
            if folder not in asked:
                name = folder.name
                yield (f"{shown(folder, course)} is asked for in no notebook: give one below solutions/ a cell {name} "
                       f"and a cell {CHECK}{name}, or remove the folder")  # fmt: skip


# -- its forms


def has_forms(folder: Path) -> bool:
    """Whether evidence is to be expected: in a checkout of the kit, and in a course's own folder; not in a wheel."""
    return any(path.name in forms.FORMS.values() for path in folder.parents[1].glob("*/*/forms*.py"))


def counts(folder: Path, flavour: str) -> tuple[int, int] | None:
    """How many right and wrong forms there are; None where there are none to be expected, or they cannot be read."""
    try:
        found = forms.forms(folder, flavour)
    except FormsError:
        return None
    right = sum(form.kind == "right" for form in found)
    return (right, len(found) - right) if has_forms(folder) else None


def forms_problems(exercise: Exercise, flavour: str, where: str) -> Iterator[str]:
    """Of an exercise's forms in one flavour, and of what its outcomes.txt says that they come to."""
    try:
        found = forms.forms(exercise.folder, flavour)
        outcomes = forms.outcomes(exercise.folder, flavour)
    except FormsError as error:
        yield str(error)
        return
    for kind in ENOUGH:
        if not any(form.kind == kind for form in found):
            yield f"{where}/forms.py has no {kind} form in flavour {flavour}: write down how students write it"
    wrong = [form for form in found if form.kind == "wrong"]
    if wrong and (stale := _stale(wrong, outcomes)):
        yield (f"{where}/outcomes.txt is older than the forms ({stale}, flavour {flavour}): bring it up to date with "
               f"grader forms {exercise.id} --write, and read the difference")  # fmt: skip
        return
    seen = {failing.misconception for words in outcomes.values() for failing in forms.failing(words)}
    for name in dict.fromkeys(known.name for known in misconceptions(exercise, flavour)):
        if wrong and name not in seen:
            yield (f"{where}/forms.py has no wrong form that is recognised as {name} in flavour {flavour}: write one, "
                   "or set the misconception's flavour")  # fmt: skip


def _stale(wrong: Sequence[Form], outcomes: dict[str, str]) -> str:
    """What outcomes.txt lacks, or has beyond the forms that there are."""
    names = {form.name for form in wrong}
    if lacking := sorted(names - outcomes.keys()):
        return f"nothing is said of {lacking[0]}"
    if beyond := sorted(outcomes.keys() - names):
        return f"{beyond[0]} is no wrong form"
    unmet = [form.name for form in wrong if set(form.misconceptions) - _named(outcomes[form.name])]
    return f"{unmet[0]} is not recognised as its header says" if unmet else ""


def _named(words: str) -> set[str | None]:
    return {failing.misconception for failing in forms.failing(words)}


def advice(exercise: Exercise, flavour: str, where: str) -> Iterator[str]:
    """What would make the evidence better, and stops nobody."""
    found = counts(exercise.folder, flavour)
    for have, (kind, enough) in zip(found or (), ENOUGH.items(), strict=False):
        if have < enough:
            yield f"{where} has {have} {kind} form{'s' * (have != 1)} in flavour {flavour}; {enough} say more"
