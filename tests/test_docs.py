"""The documentation's site: it builds, tells of everything, loads nothing, and its tutorial is true word for word."""

from __future__ import annotations

import ast
import doctest
import html
import os
import re
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import msgspec
import nbformat
import pytest
from nbgrader.apps.nbgraderapp import NbGraderApp
from traitlets import HasTraits

from docs.site import commands, exercises
from grader.checking.outcomes import CheckReport, Outcome
from grader.course import catalogue
from grader.course.catalogue import Facts
from grader.course.course import find_course
from grader.diagnosis import slips
from grader.judging.report import ExerciseReport, RefusedReport, SubmissionReport, as_json
from tests.command import grader
from tests.notebooks import ROOT, cell

DOCS = ROOT / "docs"
WRITTEN = [path for path in sorted(DOCS.rglob("*.md")) if path.parent.name != "what-the-checks-prove"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built as `make docs` does: strict, so that a link or an anchor that leads nowhere ends it."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "--quiet", "build", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder


def words(page: Path) -> str:
    """What a reader sees of a page, on one line."""
    text = re.sub(r"<(script|style).*?</\1>", "", page.read_text(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", text)).split())


def in_first_cells(page: str) -> set[str]:
    """What the first cells of a page's tables name as code."""
    rows = re.findall(r"^\| ([^|]*) \|", (DOCS / page).read_text(), re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([^`]*)`", row)}


# -- the site


class _Loaded(HTMLParser):
    """The addresses that a browser would load by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        if tag == "link" and of.get("rel") not in ("stylesheet", "icon", "preload", "preconnect"):
            return
        self.found += [of[name] or "" for name in ("src", "href", "data") if name in of and tag not in ("a", "base")]


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    loaded = set()
    for page in site.rglob("*.html"):
        parser = _Loaded()
        parser.feed(page.read_text())
        loaded |= set(parser.found)
    for sheet in site.rglob("*.css"):
        loaded |= set(re.findall(r"url\(([^)]*)\)|@import\s+(\S+)", sheet.read_text()))
    assert loaded
    assert [address for address in loaded if re.match(r"(https?:)?//", str(address))] == []


def test_every_exercise_has_a_page_with_its_checks_and_its_misconceptions(site: Path) -> None:
    every = words(site / "exercises" / "misconceptions.html")
    for exercise in exercises.every().values():
        page = words(site / "exercises" / f"{exercise.id}.html")
        missing = [check.title for check in exercise.checks if " ".join(check.title.split()) not in page]
        missing += [
            known.name for known in exercise.misconceptions if known.name not in page or known.name not in every
        ]
        assert missing == [], exercise.id


def test_every_assignment_has_a_page_and_its_place_in_the_menu(site: Path) -> None:
    menu = (site / "exercises" / "index.html").read_text()
    for facts in catalogue.assignments(catalogue.KIT):
        assert (site / "exercises" / facts.folder.name / "index.html").is_file()
        assert f'href="{facts.folder.name}/index.html"' in menu
    for name in find_course(ROOT).assignment_names:
        assert name in words(site / "exercises" / "index.html")


def test_the_pages_of_exercises_hold_no_solution(site: Path) -> None:
    """No line of the solutions' functions, but for what a hint says of it, as feedback does."""
    course = find_course(ROOT)
    every = exercises.every().values()
    hints = [check.hint for exercise in every for check in exercise.checks]
    told = " ".join([*hints, *(known.hint for exercise in every for known in exercise.misconceptions)])
    shown = {page: words(page) for page in (site / "exercises").rglob("*.html")}
    for assignment in map(course.assignment, course.assignment_names):
        for name in assignment.exercises:
            _, _, solution = assignment.by_id[name].source.partition("### BEGIN SOLUTION")
            lines = [" ".join(line.split()) for line in solution.partition("### END SOLUTION")[0].splitlines()]
            long = [line for line in lines if len(line) > 30 and line[0] not in '#"' and line not in told]
            assert [(line, page) for line in long for page, text in shown.items() if line in text] == []


def test_what_checks_are_written_with_stands_in_the_reference(site: Path) -> None:
    import grader.checking

    page = (site / "reference" / "checking.html").read_text()
    assert [name for name in grader.checking.__all__ if f'id="grader.checking.{name}"' not in page] == []


def test_every_benchmark_and_every_page_of_evidence_is_there(site: Path) -> None:
    page = words(site / "evidence" / "benchmarks.html")
    for result in (ROOT / "benchmarks" / "results").glob("*.txt"):
        assert f"python -m benchmarks.{result.stem}" in page
    for path in (DOCS / "what-the-checks-prove").glob("*.md"):
        assert (site / "what-the-checks-prove" / f"{path.stem}.html").is_file()


# -- everything has its place: who adds an option, a field or a setting writes a line on it


def test_every_command_and_option_is_explained_where_people_read() -> None:
    """In the generated reference with a sentence, and on a written page as well."""
    written = "\n".join(path.read_text() for path in WRITTEN)
    for part in re.split(r"^(?=## )", commands.text(), flags=re.MULTILINE)[1:]:
        command = part.partition("\n")[0].removeprefix("## ")
        assert re.search(rf"\b{command}\b", written), f"no page of docs/ tells of {command}"
        silent = re.findall(r"^\* `(--[^`]*)`:? *$", part, re.MULTILINE)
        assert silent == [], f"{command}: options without a sentence"
        missing = [option for option in commands.options(part) if not re.search(rf"{option}(?![\w-])", written)]
        assert missing == [], f"{command}: write on a page of docs/ what these options are for"


def test_every_command_in_the_pages_is_one_that_there_is() -> None:
    parts = re.split(r"^(?=## )", commands.text(), flags=re.MULTILINE)[1:]
    known = {part.split()[2]: {*commands.options(part), "--help"} for part in parts}
    for path in WRITTEN:
        for name, rest in re.findall(r"^(?:\$ )?grader ([\w-]+)(.*)$", path.read_text(), re.MULTILINE):
            used = set(re.findall(r"(?<!\S)--[a-z-]+", rest.partition("#")[0].partition("|")[0]))
            assert name in known, f"{path}: grader {name}"
            assert used <= known[name], f"{path}: grader {name}{rest}"
        ours = set(re.findall(r"(?:`|^|\$ )nbgrader ([a-z_]+)", path.read_text(), re.MULTILINE))
        assert ours <= set(NbGraderApp.subcommands), path


def test_every_field_of_the_report_and_every_outcome_is_explained() -> None:
    explained = in_first_cells("reference/report.md")
    for record in (SubmissionReport, ExerciseReport, RefusedReport, CheckReport):
        printed = {field.name for field in msgspec.structs.fields(record)} - not_printed()
        assert printed - explained - {"error"} == set(), record.__name__
    outcomes = set(get_args(Outcome))
    assert outcomes <= explained
    assert outcomes <= {name for row in (DOCS / "instructors/reading-reports.md").read_text().split("\n")
                        for name in re.findall(r"^\|[^|]*\| `(\w+)` \|", row)}  # fmt: skip


def not_printed() -> set[str]:
    """Fields that the JSON lines leave out."""
    check = CheckReport("c", "t", "passed", False, 1.0)
    exercise = ExerciseReport("e", "passed", 1.0, 1.0, [check], ["softmax"])
    line = as_json(SubmissionReport("a", "s", None, 1, "cpu", "none", [], [], 1.0, 1.0, 1.0, [exercise]))
    shown = msgspec.json.decode(line)["exercises"][0]
    all_fields = {field.name for record in (ExerciseReport, CheckReport) for field in msgspec.structs.fields(record)}
    return all_fields - set(shown) - set(shown["checks"][0])


def test_every_setting_is_explained() -> None:
    page = (DOCS / "reference" / "settings.md").read_text()
    explained = in_first_cells("reference/settings.md")
    assert {field.name for field in fields(Facts)} - {"folder"} <= explained
    assert {*traits()} - explained == set()
    assert [name for name in variables() if name not in page] == []


def traits() -> Iterator[str]:
    """nbgrader's settings that are the kit's own: what a course's configuration may set."""
    for path in (ROOT / "grader" / "nbgrader").glob("*.py"):
        if "config=True" not in path.read_text():
            continue
        kinds: list[Any] = [kind for kind in vars(import_module(f"grader.nbgrader.{path.stem}")).values()
                            if isinstance(kind, type) and issubclass(kind, HasTraits)]  # fmt: skip
        for kind in kinds:
            for name, trait in kind.class_traits(config=True).items():
                # What exporters share is set on each of them.
                if trait.this_class.__module__.startswith("grader.") and not kind.__subclasses__():
                    yield f"{kind.__name__}.{name}"


# What another program sets.
_NOT_OURS = {"NBGRADER_EXECUTION", "PYTHONPATH"}


def variables() -> set[str]:
    """The environment variables that the grader reads by a name."""
    texts = [path.read_text() for path in (ROOT / "grader").rglob("*.py") if "exercises" not in path.parts]
    read = {name for text in texts for name in re.findall(r'environ\.get\("(\w+)"', text)}
    named = {value for text in texts for name, value in re.findall(r'^(\w+) = "(\w+)"$', text, re.MULTILINE)
             if f"environ.get({name}" in text}  # fmt: skip
    assert "SOFTMARK_SECRET_FILE" in named
    return (read | named) - _NOT_OURS


def test_every_slip_that_any_function_can_have_is_on_the_page() -> None:
    """Whatever a report calls by a name, a reader finds."""
    explained = in_first_cells("students/slips.md")
    named = {known.name for known in exercises.known_in_all()}
    for path in Path(slips.__file__).parent.glob("*.py"):
        named |= set(re.findall(r'\bSlip\("(\w+)"', path.read_text()))
    assert named - explained == set()


def test_blocks_of_python_and_toml_can_be_read() -> None:
    for path in WRITTEN:
        for kind, code in re.findall(r"^```(python|py|toml)\b[^\n]*\n(.*?)^```", path.read_text(), re.DOTALL | re.M):
            if kind == "toml":
                tomllib.loads(code)
            else:
                ast.parse(textwrap.dedent(code))


# -- the tutorial

_BLOCK = re.compile(
    r'^```(\w+)(?: title="([^"]*)")?\n(.*?)^```|^<!-- points: (\S+) (\d+) -->', re.MULTILINE | re.DOTALL
)
_SAME = doctest.OutputChecker()


class Reader:
    """Somebody who does what the tutorial says, in a folder beside which the kit lies in `softmark`."""

    def __init__(self, folder: Path) -> None:
        self.here = folder
        (folder / "softmark").symlink_to(ROOT)
        self._commands = 0

    def follow(self, page: str) -> int:
        """Do all of it; gives the number of commands that were run."""
        for kind, title, text, graded, points in _BLOCK.findall(page):
            if graded:
                self._edit("solutions/week-one/week-one.ipynb", graded, points=int(points))
            elif kind == "console":
                self._type(text)
            elif title.startswith("cell "):
                name, _, where = title.removeprefix("cell ").partition(" in ")
                self._edit(where or "solutions/week-one/week-one.ipynb", name, source=text.rstrip("\n"))
            elif title.endswith(", at the end"):
                path = self.here / title.removesuffix(", at the end")
                path.write_text(f"{path.read_text()}\n\n{text}")
            else:
                (self.here / title).write_text(text)
        return self._commands

    def _edit(self, path: str, grade_id: str, source: str | None = None, points: int | None = None) -> None:
        notebook = nbformat.read(self.here / path, as_version=4)
        edited = cell(notebook, grade_id)
        edited.source = edited.source if source is None else source
        if points is not None:
            edited.metadata.nbgrader.points = points
        nbformat.write(notebook, self.here / path)

    def _type(self, text: str) -> None:
        for command, expected in re.findall(r"^\$ ([^\n]*)\n((?:(?!\$ )[^\n]*\n)*)", text, re.MULTILINE):
            self._commands += 1
            said = self._run(command.split())
            if expected:
                assert self._is_as_printed(expected, said), f"{command} prints\n{said}"

    def _run(self, command: list[str]) -> str:
        if command[0] == "cd":
            self.here = self.here / command[1]
            return ""
        if command[0] == "grader":
            done: Any = grader(*command[1:], cwd=self.here)
            return str(done.out)
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        shell = subprocess.run(["bash", "-c", " ".join(command)], cwd=self.here, env=environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        assert shell.returncode == 0, shell.stdout
        return shell.stdout

    @staticmethod
    def _is_as_printed(expected: str, said: str) -> bool:
        """Word by word; three dots stand for anything."""
        return _SAME.check_output(expected, said, doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)


def test_the_tutorial_leads_where_it_says_word_for_word(tmp_path: Path) -> None:
    page = (DOCS / "authors" / "tutorial.md").read_text()
    assert Reader(tmp_path).follow(page) == page.count("\n$ ")
