"""Gradescope: what students read there, and the zip that an instructor uploads.

Formats and places are those of Gradescope's autograder documentation: "Autograder Specifications" (the zip, the
folders, results.json), "Base Images" (Ubuntu 22.04 by default), "Troubleshooting" (10 minutes, 768 MB, half a CPU by
default). The zip holds two scripts of `gradescope_files/`: `setup.sh` installs the kit in Gradescope's image,
`run_autograder` calls the function of that name here.
"""

from __future__ import annotations

import io
import json
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec
from rich.console import Console

from grader.course.catalogue import SHARED, CourseError
from grader.course.course import Course
from grader.course.notebook import Refused, assignment_named_in, read_notebook
from grader.data import load
from grader.data.files import replace_file
from grader.judging.batch import Setting, grade_all
from grader.judging.finding import notes_on
from grader.judging.judge import Job, Options
from grader.judging.render import graded_table_text, let_streams_say_anything, number, print_details
from grader.judging.report import ExerciseReport, RefusedReport, Report
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import SlotOptions
from grader.sandbox.wire import plain

SCRIPTS = Path(__file__).with_name("gradescope_files")
# In the zip: what was chosen when it was made.
_SETTINGS = "settings.json"
# What the image needs to install and to grade.
_KIT = ("grader", "reference", "pyproject.toml", "README.md", "LICENSE")

Visibility = Literal["hidden", "after_due_date", "after_published", "visible"]
Format = Literal["text", "html", "simple_format", "md", "ansi"]


class Test(msgspec.Struct, frozen=True):
    """One entry of `tests`: one exercise."""

    number: str
    name: str
    status: Literal["passed", "failed"]
    output: str
    tags: list[str]
    score: float | msgspec.UnsetType = msgspec.UNSET
    max_score: float | msgspec.UnsetType = msgspec.UNSET
    output_format: Format = "text"
    name_format: Format = "text"
    visibility: Visibility = "visible"


class Results(msgspec.Struct, frozen=True):
    """The whole of results.json."""

    score: float
    output: str
    execution_time: float | msgspec.UnsetType = msgspec.UNSET
    output_format: Format = "text"
    visibility: Visibility = "visible"
    stdout_visibility: Visibility = "hidden"
    tests: list[Test] = []


def results_json(report: Report, hidden_checks: Visibility = "visible") -> str:
    """The document that Gradescope shows to the student; neither the seed nor the notes are in it.

    `hidden_checks`: when students see what became of these; unless always, they are tests of their own.
    """
    if isinstance(report, RefusedReport):
        results = Results(0, f"This submission could not be graded: {report.error}")
    else:
        at_once = hidden_checks == "visible"
        sums = f"{number(report.score)} of {number(report.max_score)} points" if at_once else "graded"
        told = f"{report.assignment}: {sums}. Each test is one exercise; open it to read what its checks have found."
        exercises = enumerate(report.exercises, 1)
        tests = [test for place, each in exercises for test in _tests(place, each, hidden_checks)]
        results = Results(report.score, told, report.seconds, tests=tests)
    return json.dumps(msgspec.to_builtins(results), indent=2) + "\n"


def _tests(place: int, exercise: ExerciseReport, hidden_checks: Visibility) -> Iterator[Test]:
    name = exercise.name
    shown, hidden = ([check for check in exercise.checks if check.hidden == which] for which in (False, True))
    if not exercise.checks:
        yield Test(str(place), name, "passed", "Left out of this run.", [exercise.outcome])
    elif hidden_checks == "visible":
        yield _test(str(place), name, exercise)
    else:
        if shown:
            yield _test(str(place), name, ExerciseReport.of(name, shown, exercise.replaced))
        if hidden:
            report = ExerciseReport.of(name, hidden, exercise.replaced)
            yield _test(f"{place}.1", f"{name}: what the notebook does not show", report, hidden_checks)


def _test(place: str, name: str, report: ExerciseReport, visibility: Visibility = "visible") -> Test:
    status: Literal["passed", "failed"] = "passed" if report.score == report.max_score else "failed"
    return Test(place, name, status, graded_table_text(report), [report.outcome], report.score, report.max_score,
                visibility=visibility)  # fmt: skip


# -- the zip


def write_zip(course: Course, name: str, target: Path, hidden_checks: Visibility = "visible") -> None:
    """The autograder of one assignment. Raises `CourseError`, or `OSError`; leaves no half of a file."""
    facts = course.assignment(name).facts
    kit = Path(__file__).resolve().parents[2]
    if not (kit / "pyproject.toml").is_file():
        raise CourseError(f"{kit} has no pyproject.toml, without which Gradescope cannot install the kit: "
                          "run this in a clone of the kit")  # fmt: skip
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for script in ("setup.sh", "run_autograder"):
            _add(archive, (SCRIPTS / script).read_bytes(), script, 0o755)
        # Of the course what grading needs alone: its nbgrader_config.py may hold passwords.
        ours = [f"solutions/{name}", f"assignments/{name}/{name}.ipynb"]
        if facts.root in course.exercise_roots[:-1]:
            ours += [f"{facts.root.name}/{folder}" for folder in (facts.folder.name, SHARED, "__init__.py")]
        for root, names in ((kit, _KIT), (course.root, ours)):
            for path in (found for each in names for found in _files(root / each)):
                _add(archive, path.read_bytes(), path.relative_to(root).as_posix(), 0o644)
        _add(archive, json.dumps({"hidden_checks": hidden_checks}).encode(), _SETTINGS, 0o644)
    replace_file(target, content.getbuffer())


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for entry in sorted(path.iterdir()) if path.is_dir() else []:
        if not entry.name.startswith((".", "__pycache__")):
            yield from _files(entry)


def _add(archive: zipfile.ZipFile, content: bytes, name: str, mode: int) -> None:
    # Whatever the modes here: there, a user of the sandbox's own has to read some of it.
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def how_to_upload(course: Course, name: str) -> str:
    """What an instructor has to know once the zip is there."""
    assignment = course.assignment(name)
    points = sum(map(assignment.points, assignment.exercises))
    written = sum(cell.metadata["nbgrader"]["points"] for cell in assignment.cells if cell.role == "answer")
    told = f"an autograder worth {number(points)} points, to upload under Configure Autograder (Ubuntu 22.04 or later)."
    if written:
        told += f" The written answers, worth {number(written)} more, are for a person: enable manual grading for them."
    return told


# -- one submission, in Gradescope's container


def run_autograder(folder: str) -> None:
    """Grade root/submission with the kit and the course in root/source, and write root/results/results.json."""
    # What `timeout` sends ends the run as Ctrl-C does: the slot is closed, with all that runs in it.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    let_streams_say_anything()
    root = Path(folder)
    course = Course(root / "source")
    report = _grade(root / "submission", course)
    console = Console(width=120)
    print_details(console, report)
    if not isinstance(report, RefusedReport):
        console.print(f"seed {report.seed}, {report.device}, {report.data}, sandbox: {', '.join(report.sandbox)}")
    results = results_json(report, _hidden_checks(course.root / _SETTINGS))
    replace_file(root / "results" / "results.json", results.encode())


def _hidden_checks(settings: Path) -> Visibility:
    """As `write_zip` was told."""
    chosen: Visibility = msgspec.json.decode(settings.read_bytes(), type=dict[str, Visibility])["hidden_checks"]
    return chosen


def _grade(submission: Path, course: Course) -> Report:
    (assignment,) = course.assignment_names
    try:
        path, *others = _find_notebooks(submission, assignment)
        named = assignment_named_in(read_notebook(path)[0])
        # The zip has one assignment: a notebook that names another is another's, or from before it was renamed.
        if named not in (None, assignment) and course.named(named, None) != assignment:
            raise Refused(f"{path} is a notebook of the assignment {plain(named or '')}, not of {assignment}")
    except Refused as refusal:
        return RefusedReport(assignment, "", None, plain(str(refusal)).replace(f"{submission}/", ""))
    data = load(course.assignment(assignment).facts.data, download=False)
    setting = Setting(course, data, SlotOptions.of("cpu", data), find_confinement(), Options())
    job = Job(path, plain(path.name), None, assignment, notes_on(path, others))
    (graded,) = grade_all([job], setting, 1)
    return graded.report


def _find_notebooks(submission: Path, assignment: str) -> list[Path]:
    """The one notebook, whatever its name; of several, first the one that is named like the assignment."""
    found = [
        path for path in sorted(submission.rglob("*.ipynb"))
        if path.is_file() and not path.is_symlink()
        and not any(part.startswith((".", "__MACOSX")) for part in path.relative_to(submission).parts)
    ]  # fmt: skip
    if not found:
        raise Refused("it holds no notebook: hand in the .ipynb file")
    named = [path for path in found if path.stem == assignment]
    if len(found) > 1 and len(named) != 1:
        names = ", ".join(path.relative_to(submission).as_posix() for path in found[:5])
        raise Refused(f"it holds {len(found)} notebooks ({names}): hand in one, {assignment}.ipynb")
    return sorted(found, key=lambda path: path not in named)
