"""``nbgrader validate`` and the Validate button fail the cells whose self-check shows a lost point, and no others."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.command import Finished, embedded_data
from tests.notebooks import ROOT, SMALL, cell, write
from tests.services import own_folder, running

FALLS_SHORT = re.compile(r" is not written yet\.$|^  [^✓–! ] ", re.MULTILINE)

# Everything that a student may write to the screen, around a right sigmoid.
NOISY = """
import logging
import os
import sys
import warnings

logging.basicConfig()
STDERR = sys.stderr

def sigmoid(X):
    print("sigmoid of", X.shape)
    print("to stderr", file=STDERR)
    warnings.warn("a warning")
    logging.warning("a log record")
    os.write(2, b"from C")
    os.system("(sleep 0.1; echo from a program that it started >&2) &")
    with autograd.pause():
        nd.exp(X.tostype("row_sparse"))  # MXNet itself logs something then
    return 1 / (1 + nd.exp(-X))
"""
# The 25 seconds that check allows under nbgrader validate, made 1 for this test.
IMPATIENT = """
from grader.judging.selfcheck import ValidatedChannel
ValidatedChannel.allowed = 1

"""
NEVER_ENDS = """
def neuron(X):
    while True:
        try:
            sum(range(1000))
        except Exception:
            pass
"""
SLOW_IN_A_LONG_RUN = """
import time
descend_quickly = descend
def descend(params, num_steps):
    if num_steps > 100:
        time.sleep(600)
    descend_quickly(params, num_steps)
"""


def without_demos(notebook: Any) -> Any:
    notebook.cells = [cell for cell in notebook.cells if "demo" not in cell.metadata.get("tags", [])]
    return notebook


def submissions() -> dict[str, Any]:
    """The notebooks that are validated, by name."""
    found = {
        "released": SMALL.released("nd"),
        # One mistake that students are shown, and one that is only found when they think of it, or are graded; a loop
        # without end, and a long run that takes long.
        "slips": SMALL.with_cells(
            "np",
            double="def double(X):\n    return abs(2 * X)",
            sigmoid="def sigmoid(X):\n    return 1 / (1 + np.exp(X))",
            neuron=IMPATIENT + NEVER_ENDS,
        ),
        "mixed": SMALL.with_cells(
            "nd",
            double="def double(X):\n    return X + X",
            sigmoid="def sigmoid(X):\n    return nd.sigmoid(X)",
            neuron="def nueron(X):\n    return 1.0",
            scale=cell(SMALL.released("nd"), "scale").source,
        ),
        # A call of the student's own must not keep the rest of its cell from running.
        "noisy": SMALL.with_cells(
            "nd", sigmoid=NOISY, scale='check("descend")\n' + cell(SMALL.solution("nd"), "scale").source
        ),
    }
    cell(found["slips"], "descend").source += SLOW_IN_A_LONG_RUN
    return {name: without_demos(notebook) for name, notebook in found.items()}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A student's, with no nbgrader settings; Fashion-MNIST is the embedded set."""
    own = {
        "HOME": str(tmp_path_factory.mktemp("home")),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        **embedded_data(),
    }
    # With this variable a kernel does not show what C and C++ code prints.
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"} | own


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """In the course, whose own exercises students do not have elsewhere."""
    folder = tmp_path_factory.mktemp("course") / "homework"
    shutil.copytree(SMALL.root, folder.parent, dirs_exist_ok=True)
    for name, notebook in submissions().items():
        write(notebook, folder / f"{name}.ipynb")
    return folder


@pytest.fixture(scope="module")
def validated(folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """What `nbgrader validate` prints about each notebook."""
    names = list(submissions())
    done = subprocess.run(
        # On a machine that is busy with other tests a cell may take longer than nbgrader's 30 seconds.
        ["nbgrader", "validate", "--Execute.timeout=120", *(f"{name}.ipynb" for name in names)],
        cwd=folder, env=environment,
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    finished = Finished(done.returncode, done.stdout, done.stderr)
    assert finished.status == 0, finished
    texts = re.split(r"^(?=Success! |VALIDATION FAILED |THE )", finished.out, flags=re.MULTILINE)[1:]
    return dict(zip(names, texts, strict=True))


def failed(text: str) -> list[tuple[str, str]]:
    """The source of each cell that nbgrader says has failed, and why, without nbgrader's indentation."""
    found = re.findall(r"The following cell failed:\n\n(.*?)\n\nThe error was:\n\n(.*?)\n\n(?=\n=|\Z)", text, re.DOTALL)
    return [(_outdented(source), _outdented(why)) for source, why in found]


def _outdented(text: str) -> str:
    return re.sub("^    ", "", text, flags=re.MULTILINE)


def without_numbers(text: str) -> str:
    """What is said, wherever its lines end, about inputs that are others each time."""
    return re.sub(r"\S*\d\S*|[\[\],\s]", "", text)


def checks(*exercises: str) -> list[str]:
    return [f'check("{exercise}")' for exercise in exercises]


def test_the_stubs_and_the_unanswered_questions_all_fail_and_say_which(validated: dict[str, str]) -> None:
    answers = [c.source for c in SMALL.released("nd").cells if c.metadata.nbgrader.grade and c.cell_type != "code"]
    assert [source for source, _ in failed(validated["released"])] == checks(*SMALL.exercises) + answers
    for name, (_, why) in zip(SMALL.exercises, failed(validated["released"]), strict=False):
        assert re.fullmatch(rf"{name}\([\w,\s]+\) is not written\syet\.", why)
    assert len(answers) == len(set(answers)), "nobody could tell which question is meant"


def test_a_misconception_fails_its_own_cell_with_the_whole_explanation(validated: dict[str, str]) -> None:
    found = dict(failed(validated["slips"]))
    assert list(found) == checks("sigmoid", "neuron")
    why = found['check("sigmoid")']
    lines = why.splitlines()
    assert lines[0] == "sigmoid: 2 of 4 checks passed"
    assert lines[1] == "  ✗ sigmoid(X) is 1 / (1 + exp(-X))"
    prose = " ".join(why.split())
    assert re.search(r"is not right\. .*returned: \[.*\d\].* expected: \[.*\d\]", prose)
    assert "This is what you get when " in prose
    assert re.search(r"Hint: .*[.?] ✓", prose)
    assert "Traceback" not in why
    assert "..." not in re.sub(r", \.\.\.,", "", why), "nbgrader has cut a line"


def test_nothing_that_is_printed_changes_the_outcome(validated: dict[str, str]) -> None:
    assert validated["noisy"] == "Success! Your notebook passes all the tests.\n"


def test_a_loop_without_end_costs_its_own_cell_and_a_long_training_run_none(validated: dict[str, str]) -> None:
    found = dict(failed(validated["slips"]))
    assert list(found) == checks("sigmoid", "neuron")
    why = " ".join(found['check("neuron")'].split())
    assert "neuron was stopped after 1 seconds. Is there a loop that never ends?" in why


def test_the_cells_that_fail_are_those_whose_table_shows_a_loss(
    validated: dict[str, str], environment: dict[str, str], folder: Path
) -> None:
    notebook = nbformat.read(folder / "mixed.ipynb", as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute(env=environment)
    tables = {
        each.source: output.data["text/plain"]
        for each in notebook.cells
        for output in each.get("outputs", [])
        if each.metadata.nbgrader.grade
    }
    assert list(tables) == checks(*SMALL.exercises), "a table is missing, or something else was displayed"
    losses = [source for source, table in tables.items() if FALLS_SHORT.search(table)]
    assert 0 < len(losses) < len(tables)
    assert [source for source, _ in failed(validated["mixed"])] == losses
    for source, why in failed(validated["mixed"]):
        assert without_numbers(why) == without_numbers(tables[source])


def test_the_validate_button_says_what_the_command_says(
    validated: dict[str, str], environment: dict[str, str], folder: Path
) -> None:
    server = [
        "env", "-i", *(f"{name}={value}" for name, value in environment.items()), sys.executable, "-m", "jupyter",
        "server", "--no-browser", "--allow-root", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=secret", f"--ServerApp.root_dir={folder}",
        "--ServerApp.jpserver_extensions=nbgrader.server_extensions.validate_assignment=True",
    ]  # fmt: skip
    with running(*server, folder=own_folder(), cwd=folder) as await_line:
        url = await_line(r"(http://127\.0\.0\.1:\d+/)\S*token")
        with requests.Session() as session:
            # The server says where it is a moment before it listens.
            session.mount(url, HTTPAdapter(max_retries=Retry(connect=9, backoff_factor=0.2)))
            answer = session.post(
                f"{url}assignments/validate?path=slips.ipynb", headers={"Authorization": "token secret"}, timeout=120
            ).json()
    assert answer["success"], answer
    for (source, why), shown in zip(failed(validated["slips"]), answer["value"]["failed"], strict=True):
        assert shown["source"] == source
        assert without_numbers(shown["raw_error"]) == without_numbers(why)
        assert "<" not in shown["error"], "markup in a plain text"
