"""What `grader validate` asks of the exercises themselves: of their modules, and of the forms in the corpus."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from grader.checking.authoring import Exercise, Misconception, exercise_names, load
from grader.course.course import CHECK
from grader.judging.render import number

# The exercises that students get wrong in most ways, and how many forms of them there are at the least, by kind.
MAIN = ("softmax", "cross_entropy", "sgd", "data_iter", "accuracy")
ENOUGH = {"right": 12, "wrong": 25}
CORPUS = "tests/corpus"
OUTCOMES = f"{CORPUS}/outcomes.txt"

_HEADER = re.compile(r"^#: (right|wrong) (\w+) \|[^\n]*\n", re.MULTILINE)


def load_all() -> tuple[dict[str, Exercise], list[str]]:
    """The exercises that can be loaded, by name, and what is the matter with the others."""
    found, problems = {}, []
    for name in exercise_names():
        try:
            found[name] = load(name)
        except Exception as error:  # whatever an author's module raises
            problems.append(f"the exercise {name} cannot be loaded ({type(error).__name__}: {error}): mend "
                            f"grader/exercises/{name}.py or its misconceptions")  # fmt: skip
    return found, problems


def repeated(words: Iterable[str]) -> list[str]:
    """Those that come more than once."""
    return [word for word, times in Counter(words).items() if times > 1]


# -- modules


def exercise_problems(exercise: Exercise) -> Iterator[str]:
    """Of what an exercise's module says."""
    file = Path(exercise.file)
    where = f"grader/exercises/{file.name}"
    if exercise.name != file.stem or not exercise.signature.startswith(f"{file.stem}("):
        yield (f"{where}: EXERCISE has the name {exercise.name!r} and the signature {exercise.signature!r}: both must "
               "begin with the module's name")  # fmt: skip
    if not exercise.checks:
        yield f"{where} has no checks: write at least one"
    for check in exercise.checks:
        if not check.title:
            yield f"{where}: the check {check.name} has no title: write its docstring, the line that students read"
        if not check.hint.strip():
            yield f'{where}: the check {check.name} has no hint: give it hint="…", what to think of where it fails'
        if check.points <= 0:
            yield f"{where}: the check {check.name} is worth {number(check.points)} points: give it more than 0"
    for title in repeated(check.title for check in exercise.checks if check.title):
        yield f"{where}: two checks have the title {title!r}: tell them apart for those who read it"
    for name in exercise.needs:
        if name not in exercise_names():
            yield f"{where}: needs names {name!r}, which is no exercise: correct the name"
    yield from _misconception_problems(exercise, where)


def misconceptions(exercise: Exercise, flavour: str) -> list[Misconception]:
    """Those that exist in a flavour. One that several modules share counts once."""
    return [known for known in dict.fromkeys(exercise.misconceptions) if known.flavour in (None, flavour)]


def _misconception_problems(exercise: Exercise, where: str) -> Iterator[str]:
    known = {m.name for m in exercise.misconceptions}
    if not known:
        yield f"{where} has no misconceptions: write down at least one way in which people get it wrong"
    for flavour in ("np", "nd"):
        for name in repeated(m.name for m in misconceptions(exercise, flavour)):
            yield (f"{where}: two misconceptions of flavour {flavour} are called {name}, here or in "
                   "grader/misconceptions/: rename one")  # fmt: skip
    for m in dict.fromkeys(exercise.misconceptions):
        if not m.sentence.strip():
            yield f"{where}: the misconception {m.name} has no sentence: say what its author believed"
        if m.like is not None and m.like not in known:
            yield f"{where}: the misconception {m.name} is said to be like {m.like}, which there is not: correct it"


def stray_modules() -> Iterator[str]:
    """Modules of misconceptions that no exercise has brought in; all exercises have to be loaded."""
    import grader.misconceptions

    for path in sorted(Path(grader.misconceptions.__path__[0]).glob("*.py")):
        if path.stem != "__init__" and f"grader.misconceptions.{path.stem}" not in sys.modules:
            yield f"grader/misconceptions/{path.name} belongs to no exercise: name it after one, or remove it"


def untaught(exercises: Iterable[str], taught: set[str]) -> Iterator[str]:
    """Exercises that no notebook asks for."""
    for name in exercises:
        if name not in taught:
            yield (f"grader/exercises/{name}.py is asked for in no notebook: give one below solutions/ a cell {name} "
                   f"and a cell {CHECK}{name}, or remove the module")  # fmt: skip


# -- right and wrong forms


def corpus_file(root: Path, flavour: str, exercise: str) -> Path:
    """Where the forms of an exercise are."""
    return root / CORPUS / flavour / f"{exercise}.py"


def forms(path: Path) -> list[tuple[str, str, str]]:
    """The forms in a file of the corpus: (kind, name, code), kind being "right" or "wrong"; none without the file."""
    if not path.exists():
        return []
    parts = _HEADER.split(path.read_text())[1:]
    return list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))


def forms_problems(root: Path, flavour: str, exercise: str) -> Iterator[str]:
    """Of one exercise's matrices in one flavour."""
    path = corpus_file(root, flavour, exercise)
    where = path.relative_to(root)
    if not path.exists():
        yield f"{where} is missing: write right and wrong forms of {exercise} there"
        return
    found = forms(path)
    for kind, enough in ENOUGH.items():
        least = enough if exercise in MAIN else 1
        have = sum(k == kind for k, _, _ in found)
        if have < least:
            yield f"{where} has {have} {kind} forms of {exercise}: write {least} at the least"
    for name in repeated(name for _, name, _ in found):
        yield f"{where}: two forms are called {name}: rename one"
    for line in path.read_text().splitlines():
        if line.startswith("#:") and not _HEADER.match(f"{line}\n"):
            yield f"{where}: the line {line!r} begins no form: write #: right name | what it is"


class Failing(NamedTuple):
    """A check that a wrong form fails, and the misconception that it is recognised as there, if it is."""

    flavour: str
    exercise: str
    check: str
    misconception: str | None


def outcomes(root: Path) -> list[Failing]:
    """What the wrong forms come to, as written down in tests/corpus/outcomes.txt."""
    found = []
    for line in (root / OUTCOMES).read_text().splitlines():
        form, failed = line.split(": ", 1)
        flavour, exercise, _ = form.split()
        for check, name in re.findall(r"(\w+)(?:\(\w+\))?(?:=([\w+]+))?", failed):
            found.append(Failing(flavour, exercise, check, name or None))
    return found


def unseen_misconceptions(root: Path, asked: Iterable[tuple[str, Exercise]]) -> Iterator[str]:
    """Misconceptions that no wrong form is recognised as, in one of the flavours that they exist in."""
    if not (root / OUTCOMES).exists():
        yield f"{OUTCOMES} is missing: write it with python -m tests.test_corpus"
        return
    seen = {(each.flavour, each.exercise, each.misconception) for each in outcomes(root)}
    for flavour, exercise in asked:
        for name in dict.fromkeys(known.name for known in misconceptions(exercise, flavour)):
            if (flavour, exercise.name, name) not in seen:
                where = corpus_file(root, flavour, exercise.name).relative_to(root)
                yield (f"{where} has no form that is recognised as {name}, by {OUTCOMES}: write one, or set the "
                       "misconception's flavour")  # fmt: skip


def stray_forms(root: Path, asked: set[tuple[str, str]]) -> Iterator[str]:
    """Files of the corpus that are for none of the exercises `asked`, given as (flavour, exercise)."""
    for path in sorted((root / CORPUS).glob("*/*")):
        if path.is_file() and (path.parent.name, path.name.removesuffix(".py")) not in asked:
            yield f"{path.relative_to(root)} is for no exercise of that flavour: rename it, or remove it"
