"""The right and wrong ways to write an exercise, its forms: they lie in the exercise's own folder, as students write
them.

`forms.py` has them as they are in flavour np, and serves nd as well: `in_nd` says how. What cannot be had that way
stands in `forms_nd.py`: a form of the same name there replaces the translated one, one of another name is nd's alone.
A form that only np has says so in the line that it begins with, which is one of

    #: right NAME | what it is
    #: wrong NAME | [misconception, another] what it is
    #: wrong np NAME | [misconception] what it is, in np alone

What the forms come to lies next to them: in `outcomes.txt` which checks each wrong form fails, in `harmless.txt` the
small changes to right forms that no check minds. A line there that begins with a flavour is for that one, any other
for both.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

FLAVOURS = ("np", "nd")
FORMS = {"np": "forms.py", "nd": "forms_nd.py"}
OUTCOMES, HARMLESS = "outcomes.txt", "harmless.txt"

_HEADER = re.compile(
    r"#: (?P<kind>right|wrong) (?:(?P<only>np) )?(?P<name>\w+) \| (?:\[(?P<known>\w[\w+, ]*)\] )?(?P<what>\S.*)"
)


class FormsError(ValueError):
    """A file of forms, or of what they come to, is not as it should be; the message says where, and what to do."""


@dataclass(frozen=True)
class Form:
    """One way to write an exercise: its code, and for a wrong one the misconceptions that it is to be recognised as."""

    kind: Literal["right", "wrong"]
    name: str
    what: str
    code: str
    misconceptions: tuple[str, ...] = ()


class Failing(NamedTuple):
    """A check that a wrong form fails, and the misconception that it is recognised as there, if it is."""

    check: str
    misconception: str | None


# -- forms


def forms(folder: Path, flavour: str) -> list[Form]:
    """The forms of the exercise in that folder, as they are in a flavour; none where it has no file of them."""
    if flavour == "np":
        return [form for form, _ in _read(folder / FORMS["np"])]
    own = {form.name: form for form, _ in _read(folder / FORMS["nd"])}
    shared = [form for form, only in _read(folder / FORMS["np"]) if not only]
    # Where nd has a form of its own, it stands in the same place.
    found = {f.name: Form(f.kind, f.name, f.what, in_nd(f.code), f.misconceptions) for f in shared} | own
    return list(found.values())


def _read(path: Path) -> list[tuple[Form, bool]]:
    """The forms in a file, each with whether it is marked as np's alone."""
    if not path.exists():
        return []
    found: dict[str, tuple[re.Match[str], list[str]]] = {}
    code: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.startswith("#:"):
            code.append(line)
            continue
        header = _HEADER.fullmatch(line.rstrip())
        if not header:
            raise FormsError(f"{path}, line {number}: {line!r} begins no form: write #: right NAME | what it is, or "
                             "#: wrong NAME | [misconception] what it is")  # fmt: skip
        if header["only"] and path.name != FORMS["np"]:
            raise FormsError(f"{path}, line {number}: all forms here are nd's: leave out the np before "
                             f"{header['name']}, or move the form to {FORMS['np']}")  # fmt: skip
        if header["name"] in found:
            raise FormsError(f"{path}, line {number}: a form above is called {header['name']} too: rename one of them")
        code = []
        found[header["name"]] = header, code
    return [(_form(header, lines), bool(header["only"])) for header, lines in found.values()]


def _form(header: re.Match[str], lines: list[str]) -> Form:
    kind: Literal["right", "wrong"] = "right" if header["kind"] == "right" else "wrong"
    known = tuple(re.split(r",\s*", header["known"])) if header["known"] else ()
    return Form(kind, header["name"], header["what"], "\n".join(lines).rstrip() + "\n", known)


# -- from np to nd


# Text on one line in which each parenthesis is closed, four deep.
_BALANCED = r"[^()\n]*"
for _ in range(4):
    _BALANCED = rf"(?:[^()\n]|\({_BALANCED}\))*"

# In nd's notebooks `nd` is MXNet's and `np` is NumPy: np.exp -> nd.exp, npx.pick -> nd.pick, numpy.mean -> np.mean.
_NAMES = (
    (r"(?<![\w.])np\.ndarray\b", "nd.NDArray"),
    (r"(?<![\w.])np\.stack\((?!\*)", "nd.stack(*"),  # takes the arrays one by one
    (r"(?<![\w.])npx?\.", "nd."),
    (r"(?<![\w.])numpy\.", "np."),
    (r"\.item\(\)", ".asscalar()"),
)
# float() and int() take no array of nd's: float(l.sum()) -> float(l.sum().asscalar()). They do take NumPy's.
_NUMBER = re.compile(rf"\b(?:float|int)\((?P<array>{_BALANCED}\.(?:sum|mean)\(\))\)")


def in_nd(code: str) -> str:
    """The code of a form as one writes it in flavour nd, where MXNet has other names and float() takes no array.

    These are a few rules that go by the text, and that hold whatever the exercise: where they make no good form of it,
    or where an exercise asks for something else in nd, `forms_nd.py` has nd's own.

    >>> in_nd("X_exp = np.exp(X - numpy.max(X.asnumpy()))")
    'X_exp = nd.exp(X - np.max(X.asnumpy()))'
    >>> in_nd("total += float(l.sum()); least = l.min().item()")
    'total += float(l.sum().asscalar()); least = l.min().asscalar()'
    """
    for pattern, replacement in _NAMES:
        code = re.sub(pattern, replacement, code)
    return _NUMBER.sub(_number, code)


def _number(match: re.Match[str]) -> str:
    array = match["array"]
    return match[0] if "asnumpy" in array else match[0].replace(array, f"{array}.asscalar()")


# -- what they come to


def outcomes(folder: Path, flavour: str) -> dict[str, str]:
    """What the wrong forms come to in a flavour, by their names: the words that `failing` reads."""
    return {name: words for flavours, name, words in _outcomes(folder) if flavour in flavours}


def write_outcomes(folder: Path, by_flavour: dict[str, dict[str, str]]) -> None:
    """Write down what the wrong forms come to, by flavour and name; a flavour that is not given stays as it is."""
    known = {flavour: outcomes(folder, flavour) for flavour in FLAVOURS} | by_flavour
    lines = []
    for name in _in_order(folder, [name for found in known.values() for name in found]):
        lines += _marked({flavour: f"{name}: {found[name]}" for flavour, found in known.items() if name in found})
    _write(folder / OUTCOMES, lines)


def failing(line: str) -> list[Failing]:
    """The checks in one of `outcomes`' lines, such as "values=naive_exp gradient(timeout)"."""
    found = re.findall(r"(\w+)(?:\(\w+\))?(?:=([\w+]+))?", line)
    return [Failing(check, misconception or None) for check, misconception in found]


def _outcomes(folder: Path) -> Iterator[tuple[tuple[str, ...], str, str]]:
    for where, flavours, line in _lines(folder / OUTCOMES):
        name, colon, words = line.partition(":")
        if not colon or not re.fullmatch(r"\w+", name):
            raise FormsError(f"{where}: {line!r} is for no form: write NAME: check=misconception, or remove it")
        yield flavours, name, words.strip()


def harmless(folder: Path, flavour: str) -> set[str]:
    """The small changes that no check minds in a flavour: the form, line and column, what was changed to what."""
    return {line for flavours, line in _harmless(folder) if flavour in flavours}


def add_harmless(folder: Path, flavour: str, lines: Iterable[str]) -> None:
    """Write down more of them; the file is in the order of the forms and of what is changed in them."""
    known = {each: dict.fromkeys(line for flavours, line in _harmless(folder) if each in flavours) for each in FLAVOURS}
    known[flavour] |= dict.fromkeys(lines)
    every = {
        line: [int(number) for number in re.findall(r"\d+", line.split()[1])] for of in known.values() for line in of
    }
    names = _in_order(folder, [line.split()[0] for line in every])
    written = []
    for line in sorted(every, key=lambda line: (names.index(line.split()[0]), every[line])):
        written += _marked({each: line for each in FLAVOURS if line in known[each]})
    _write(folder / HARMLESS, written)


def _harmless(folder: Path) -> Iterator[tuple[tuple[str, ...], str]]:
    for where, flavours, line in _lines(folder / HARMLESS):
        if not re.match(r"\w+ \d+:\d+ .* -> ", line):
            raise FormsError(f"{where}: {line!r} is no change: write FORM LINE:COLUMN old -> new, or remove it")
        yield flavours, line


def _lines(path: Path) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The lines of a file: where each stands, the flavours that it is for, the line without them."""
    if path.exists():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            flavour, _, rest = line.partition(" ")
            own = flavour in FLAVOURS
            yield f"{path}, line {number}", (flavour,) if own else FLAVOURS, rest if own else line


def _marked(by_flavour: dict[str, str]) -> list[str]:
    """One line where all flavours have the same, else one for each, with the flavour in front."""
    if len(set(by_flavour.values())) == 1 and set(by_flavour) == set(FLAVOURS):
        return [by_flavour[FLAVOURS[0]]]
    return [f"{flavour} {line}" for flavour, line in by_flavour.items()]


def _in_order(folder: Path, names: Iterable[str]) -> list[str]:
    """The names, each once, as the forms stand in `forms.py` and then `forms_nd.py`; what is no form comes last."""
    order = [form.name for file in FORMS.values() for form, _ in _read(folder / file)]
    return sorted(dict.fromkeys(names), key=lambda name: order.index(name) if name in order else len(order))


def _write(path: Path, lines: list[str]) -> None:
    """Replace the file as a whole: who reads it meanwhile gets either all of the old one or all of the new one."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    temporary.replace(path)
