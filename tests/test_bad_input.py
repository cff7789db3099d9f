"""Bad notebooks, bad arguments, bad machines. Each time: one clear sentence, and all the others are graded."""

from __future__ import annotations

import json
import os
import shutil
import sys
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.course.notebook import MAX_NOTEBOOK_BYTES
from tests.command import Finished
from tests.command import in_small_course as grader
from tests.notebooks import SMALL, cell
from tests.notebooks import write as write_valid

ASSIGNMENT = SMALL["np"]
FULL = 13  # without training
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

Make = Callable[[Path], None]
NOTEBOOKS: dict[str, Make] = {}


def submission(make: Make) -> Make:
    """Hands in what `make` puts at the path it is given; the function's name is the student's."""
    NOTEBOOKS[make.__name__] = make
    return make


def write(notebook: Any, path: Path) -> None:
    """As it is: nbformat would mend some of it."""
    path.write_text(json.dumps(notebook))


def without(*grade_ids: str) -> Any:
    notebook = SMALL.solution("np")
    notebook.cells = [c for c in notebook.cells if c.metadata.nbgrader.grade_id not in grade_ids]
    return notebook


# -- no notebooks


@submission
def picture(path: Path) -> None:
    path.write_bytes(PNG)


@submission
def essay(path: Path) -> None:
    path.write_text("Dear teacher,\nI do not understand the sigmoid.\n")


@submission
def empty(path: Path) -> None:
    path.write_bytes(b"")


@submission
def cut_off(path: Path) -> None:
    path.write_text(json.dumps(SMALL.solution("np"))[:5000])


@submission
def other_json(path: Path) -> None:
    path.write_text('{"sigmoid": 1}')


@submission
def a_list(path: Path) -> None:
    path.write_text("[1, 2]")


@submission
def deep(path: Path) -> None:
    path.write_text("[" * 100_000)


@submission
def latin_1(path: Path) -> None:
    path.write_bytes(json.dumps({"cells": ["é"]}, ensure_ascii=False).encode("latin-1"))


@submission
def old_format(path: Path) -> None:
    cell = {"cell_type": "code", "language": "python", "input": "1", "outputs": [], "metadata": {}, "collapsed": False}
    write({"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": [cell]}]}, path)


@submission
def no_cells(path: Path) -> None:
    write({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": {"a": 1}}, path)


@submission
def odd_cells(path: Path) -> None:
    write({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "code"}]}, path)


@submission
def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100_000_000)


@submission
def unknown_assignment(path: Path) -> None:
    notebook = SMALL.solution("np")
    notebook.metadata.softmark.assignment = "perceptron"
    write(notebook, path)


@submission
def folder(path: Path) -> None:
    path.mkdir()


@submission
def link_to_nothing(path: Path) -> None:
    path.symlink_to("/nowhere/at/all.ipynb")


@submission
def link_to_itself(path: Path) -> None:
    path.symlink_to(path)


@submission
def pipe(path: Path) -> None:
    os.mkfifo(path)


@submission
def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


REFUSED = {
    "picture": "is not a notebook but a file of another kind; submit the .ipynb file itself",
    "essay": "is not a notebook but a file of another kind; save the notebook again from Jupyter",
    "empty": "is empty; save the notebook again from Jupyter",
    "cut_off": "is damaged or was not saved whole",
    "other_json": "is JSON but not a notebook: it has no nbformat",
    "a_list": "is JSON but not a notebook",
    "deep": "is not a notebook but a file of another kind",
    "latin_1": "is not a notebook",
    "old_format": "is in notebook format 3; format 4 is needed: open and save it in a current Jupyter",
    "no_cells": "its cells are not a list; save it again",
    "odd_cells": "is not a valid notebook: its cell 1 has no text; save it again from Jupyter",
    "huge": f"has 95 MB, more than the {MAX_NOTEBOOK_BYTES >> 20} MB allowed: clear large outputs",
    "unknown_assignment": "this course has no assignment 'perceptron'; it has first-steps, ",
    "folder": "is not a file",
    "link_to_nothing": "is a link to a file that does not exist",
    "link_to_itself": "cannot be read: Too many levels of symbolic links",
    "pipe": "is not a file",
    "device": "is not a file",
}


# -- notebooks with faults that can be mended


@submission
def faultless(path: Path) -> None:
    write(SMALL.solution("np"), path)


@submission
def no_kernel(path: Path) -> None:
    notebook = SMALL.solution("np")
    del notebook.metadata["kernelspec"], notebook.metadata["language_info"]
    write(notebook, path)


@submission
def no_metadata(path: Path) -> None:
    """The assignment is known from the folder alone."""
    notebook = SMALL.solution("np")
    notebook.metadata = {}
    write(notebook, path)


@submission
def future_format(path: Path) -> None:
    notebook = SMALL.solution("np")
    notebook.nbformat_minor = 99
    write(notebook, path)


@submission
def no_setup(path: Path) -> None:
    write(without("setup", "params"), path)


@submission
def only_solutions(path: Path) -> None:
    notebook = SMALL.solution("np")
    notebook.cells = [c for c in notebook.cells if c.metadata.nbgrader.solution]
    write(notebook, path)


@submission
def no_checks(path: Path) -> None:
    write(without(*(f"check-{name}" for name in SMALL.exercises)), path)


@submission
def edited_locked_cells(path: Path) -> None:
    notebook = SMALL.solution("np")
    cell(notebook, "check-sigmoid").source = "raise SystemExit('no check today')"
    cell(notebook, "check-scale").cell_type = "markdown"
    cell(notebook, "setup").source = "import numpy as np  # this works better"
    write(notebook, path)


@submission
def setup_at_the_end(path: Path) -> None:
    notebook = SMALL.solution("np")
    notebook.cells.append(notebook.cells.pop(1))
    write(notebook, path)


@submission
def backwards(path: Path) -> None:
    notebook = SMALL.solution("np")
    notebook.cells.reverse()
    write(notebook, path)


@submission
def twice(path: Path) -> None:
    """The second version of a solution counts, as it does in Jupyter; a locked cell counts once."""
    notebook = SMALL.solution("np")
    first = nbformat.from_dict(cell(notebook, "sigmoid"))
    first = nbformat.from_dict(json.loads(json.dumps(first)))
    first.source = "def sigmoid(X):\n    return X"
    notebook.cells.insert(2, first)
    notebook.cells.append(cell(notebook, "params"))
    write(notebook, path)


@submission
def outputs(path: Path) -> None:
    notebook = SMALL.solution("np")
    cell(notebook, "scale").outputs = [nbformat.v4.new_output("stream", text="x" * 5_000_000)]
    write(notebook, path)


@submission
def half_a_character(path: Path) -> None:
    notebook = SMALL.solution("np")
    cell(notebook, "sigmoid").source += "\n# \ud83d"
    cell(notebook, "introduction").source += "\ud83d"
    write(notebook, path)


@submission
def attachments(path: Path) -> None:
    notebook = SMALL.solution("np")
    cell(notebook, "introduction").attachments = {"a.png": {"image/png": "aGk="}}
    cell(notebook, "sigmoid").metadata["collapsed"] = True
    notebook.cells.append({"cell_type": "raw", "metadata": {}, "source": "raw", "id": "raw"})
    notebook.cells.append({"cell_type": "code", "metadata": {"nbgrader": 3}, "source": "1", "id": "odd", "outputs": [],
                           "execution_count": None})  # fmt: skip
    write(notebook, path)


@submission
def text_cell(path: Path) -> None:
    notebook = SMALL.solution("np")
    made_text = cell(notebook, "sigmoid")
    made_text.cell_type = "markdown"
    del made_text["outputs"], made_text["execution_count"]
    write(notebook, path)


MENDED = {
    "faultless": "",
    "no_kernel": "the notebook names no kernel (kernelspec); it was run as Python 3",
    "no_metadata": "the notebook names no kernel (kernelspec); it was run as Python 3",
    "future_format": "",
    "no_setup": "locked cell setup had been deleted; it was put back",
    "only_solutions": "locked cell params had been deleted; it was put back",
    "no_checks": "locked cell check-sigmoid had been deleted; it was put back",
    "edited_locked_cells": "locked cell setup had been edited; the released version was used",
    "setup_at_the_end": "",
    "backwards": "",
    "twice": "cell sigmoid appears more than once; all were run, in order",
    "outputs": "",
    "half_a_character": "",
    "attachments": "",
    "text_cell": "cell sigmoid had been turned into markdown; that was undone",
}


# -- notebooks with a fault in one exercise


@submission
def deleted(path: Path) -> None:
    write(without("sigmoid"), path)


@submission
def python_2(path: Path) -> None:
    write(SMALL.with_cells("np", sigmoid='def sigmoid(X):\n    print "hello"\n    return X'), path)


@submission
def tabs_and_spaces(path: Path) -> None:
    write(SMALL.with_cells("np", sigmoid="def sigmoid(X):\n    X = X\n\treturn X"), path)


WITHOUT_SIGMOID = {
    "deleted": "There is no function sigmoid in the notebook. Its cell is missing: take it from the released notebook.",
    "python_2": "sigmoid is not defined: its cell stops with SyntaxError: Missing parentheses in call to 'print'.",
    "tabs_and_spaces": "sigmoid is not defined: its cell stops with TabError: inconsistent use of tabs and spaces",
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """One command for all of them."""
    submitted = tmp_path_factory.mktemp("class") / "submitted"
    for student, make in NOTEBOOKS.items():
        path = submitted / student / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        path.parent.mkdir(parents=True)
        make(path)
    return grader("grade", submitted, "--format", "json", "--no-training", "--jobs", "2", "--seed", "1")


@pytest.fixture(scope="module")
def reports(graded: Finished) -> dict[str, Any]:
    return {report["student"]: report for report in graded.reports}


def test_every_submission_has_its_line_and_nothing_else_is_printed(graded: Finished, reports: dict[str, Any]) -> None:
    assert set(reports) == set(NOTEBOOKS) == {*REFUSED, *MENDED, *WITHOUT_SIGMOID}
    assert len(graded.reports) == len(NOTEBOOKS)
    assert graded.err == ""
    assert graded.status == 1
    assert "Traceback" not in graded.out


@pytest.mark.parametrize("student", REFUSED)
def test_what_cannot_be_graded_is_refused_in_one_sentence(reports: dict[str, Any], student: str) -> None:
    report = reports[student]
    assert list(report) == ["assignment", "submission", "student", "error"]
    assert report["error"].startswith(f"{report['submission']} ") or f"{report['submission']}: " in report["error"]
    assert REFUSED[student] in report["error"]
    assert "\n" not in report["error"]
    assert len(report["error"]) < len(report["submission"]) + 300


@pytest.mark.parametrize("student", MENDED)
def test_what_can_be_mended_gets_full_marks_and_a_note(reports: dict[str, Any], student: str) -> None:
    report = reports[student]
    assert report.get("error") is None
    assert {e["name"]: e["outcome"] for e in report["exercises"] if e["score"] < e["max_score"]} == {}
    assert report["score"] == report["max_score"] == FULL
    notes = [note for note in report["notes"] if "training run" not in note and "graded on the CPU" not in note]
    assert (MENDED[student] in notes) if MENDED[student] else notes == []


@pytest.mark.parametrize("student", WITHOUT_SIGMOID)
def test_a_fault_in_one_cell_costs_that_exercise_and_is_explained(reports: dict[str, Any], student: str) -> None:
    exercises = reports[student]["exercises"]
    assert [e["name"] for e in exercises if e["score"] < e["max_score"]] == ["sigmoid"]
    sigmoid = next(e for e in exercises if e["name"] == "sigmoid")
    assert (sigmoid["outcome"], sigmoid["score"]) == ("failed", 0)
    assert {check["message"].startswith(WITHOUT_SIGMOID[student]) for check in sigmoid["checks"]} == {True}


def test_a_file_name_that_is_no_text_does_no_harm(tmp_path: Path) -> None:
    """A zip file made on an old Windows: René in Latin-1; and a name that would colour the terminal."""
    name = os.fsdecode(b"Ren\xe9 \x1b[31m.ipynb")
    essay(tmp_path / name)
    write_valid(SMALL.solution("np"), tmp_path / f"b{name}")
    done = grader("grade", tmp_path, "--only", "double", "--format", "json", "--seed", "1")
    assert (done.status, done.err) == (1, "")
    assert [Path(report["submission"]).name for report in done.reports] == ["Ren\ufffd .ipynb", "bRen\ufffd .ipynb"]
    assert done.reports[1]["score"] == 2


# -- arguments


def test_a_path_that_is_not_there_and_a_folder_without_notebooks(tmp_path: Path) -> None:
    done = grader("grade", tmp_path / "no.ipynb", tmp_path, "--format", "json", "--no-training")
    assert (done.status, done.err) == (1, "")
    missing, nothing = (report["error"] for report in done.reports)
    assert missing == f"{tmp_path / 'no.ipynb'} does not exist"
    assert nothing == f"{tmp_path} holds no notebook: there is no .ipynb file below it"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--only", "sigmund"), "there is no exercise 'sigmund'; --only takes "),
        (
            ("--assignment", "perceptron"),
            "this course has no assignment 'perceptron'; it has first-steps, first-steps-nd",
        ),
        (("--course", "/usr"), "/usr is not a course: it has no folder solutions/"),
        (("--course", "/no[/]where"), "/no[/]where is not a course"),
    ],
)
def test_an_argument_of_no_use_is_told_in_one_sentence(options: tuple[str, ...], told: str) -> None:
    assert told in grader("grade", "solutions", *options, "--format", "json").refused()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--frobnicate",), "No such option: --frobnicate"),
        (("--format", "xml"), "'xml' is not one of 'table', 'json'"),
        (("--seed", "-1"), "Invalid value for '--seed'"),
        (("--jobs", "0"), "Invalid value for '--jobs'"),
        (("--timeout", "soon"), "Invalid value for '--timeout'"),
    ],
)
def test_an_unknown_option_or_value_is_named(options: tuple[str, ...], told: str) -> None:
    done = grader("grade", "solutions", *options, environment={"COLUMNS": "200"})
    assert (done.status, done.out) == (2, "")
    assert told in done.err
    assert "Traceback" not in done.err


# -- the machine

# As where no data set has been verified before.
LOOK_FOR_DATA = {"SOFTMARK_DATA_FASHION_MNIST": ""}


def test_without_bubblewrap_the_sentence_says_what_to_install(tmp_path: Path) -> None:
    told = grader(
        "grade", "solutions", "--sandbox", "bwrap", "--no-training", environment={"PATH": str(tmp_path)}
    ).refused()
    assert "bubblewrap is not installed" in told
    assert "apt-get install bubblewrap" in told
    assert "--trust-submissions grades without any protection" in told


def test_data_that_is_named_and_not_there_stops_the_grading(tmp_path: Path) -> None:
    told = grader(
        "grade", "solutions", "--no-training", environment={"FASHION_MNIST": str(tmp_path / "nowhere"), **LOOK_FOR_DATA}
    ).refused()
    assert "There is no train-images-idx3-ubyte.gz" in told
    assert f"{tmp_path / 'nowhere'}: put Zalando's file there, or unset FASHION_MNIST" in told


def test_damaged_data_is_named(tmp_path: Path) -> None:
    for name in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        (tmp_path / f"{name}-ubyte").write_bytes(b"\0\0\x08\x03 half a file")
    told = grader(
        "grade", "solutions", "--no-training", environment={"FASHION_MNIST": str(tmp_path), **LOOK_FOR_DATA}
    ).refused()
    assert f"{tmp_path / 'train-images-idx3-ubyte'} is not Fashion-MNIST's train-images-idx3-ubyte" in told


@pytest.mark.parametrize("content", [None, b"short"])
def test_a_secret_that_cannot_be_had_stops_the_grading(tmp_path: Path, content: bytes | None) -> None:
    secret = tmp_path / "secret"
    if content is None:
        secret.mkdir()
    else:
        secret.write_bytes(content)
    told = grader("grade", "solutions", "--no-training", environment={"SOFTMARK_SECRET_FILE": str(secret)}).refused()
    assert f"the course's secret, {secret}," in told


def environment(folder: Path, leave_out: tuple[str, ...], startup: str = "") -> Path:
    """A Python of its own that has this one's packages, save some; `startup` is a line that it runs at its start."""
    venv.create(folder, symlinks=True)
    packages = next(folder.glob("lib/python*/site-packages"))
    shutil.rmtree(packages)
    packages.mkdir()
    for entry in Path(sysconfig.get_path("purelib")).iterdir():
        if not entry.name.startswith(leave_out):
            (packages / entry.name).symlink_to(entry)
    if startup:
        (packages / "startup.pth").write_text(startup)
    return folder / "bin" / "python"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_without_mxnet_the_sentence_says_what_to_install(tmp_path: Path, jobs: str) -> None:
    """The only true way to have none is an environment that has none."""
    python = environment(tmp_path / "env", leave_out=("mxnet",))
    told = grader(
        "grade", "solutions", "--no-training", "--trust-submissions", "--jobs", jobs, "--format", "json", python=python
    ).refused()
    assert "import mxnet fails" in told
    assert "No module named 'mxnet'" in told
    assert "pip install 'mxnet==1.9.1' 'numpy>=1.26,<1.27'" in told


def test_with_a_numpy_that_is_too_new_the_sentence_says_so(tmp_path: Path) -> None:
    """NumPy 2 is NumPy 1.26 without some names; this is the first that MXNet's import trips over."""
    newer = "import numpy; numpy.__version__ = '2.1.3'; numpy.__dict__.pop('PZERO', 0)\n"
    python = environment(tmp_path / "env", leave_out=(), startup=newer)
    told = grader("grade", "solutions", "--no-training", "--trust-submissions", "--jobs", "1", python=python).refused()
    assert "import mxnet fails" in told
    assert "which has NumPy 2.1.3" in told
    assert "pip install 'mxnet==1.9.1' 'numpy>=1.26,<1.27'" in told


def test_this_python_has_what_it_needs() -> None:
    """Or the two tests above would prove nothing."""
    assert Path(sysconfig.get_path("purelib"), "mxnet").is_dir()
    assert sys.version_info[:2] in ((3, 11), (3, 12))
