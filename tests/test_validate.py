"""``nbgrader validate`` and the Validate button fail the cells whose self-check shows a lost point, and no others."""

from __future__ import annotations

import os
import re
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

from grader.data import fashion_mnist
from tests import notebooks
from tests.command import Finished
from tests.services import own_folder, running

FALLS_SHORT = re.compile(r" is not written yet\.$|^  [^✓–! ] ", re.MULTILINE)

# Everything that a student may write to the screen, around a right softmax.
NOISY = """
import logging
import os
import sys
import warnings

logging.basicConfig()
STDERR = sys.stderr

def softmax(X):
    print("softmax of", X.shape)
    print("to stderr", file=STDERR)
    warnings.warn("a warning")
    logging.warning("a log record")
    os.write(2, b"from C")
    os.system("(sleep 0.1; echo from a program that it started >&2) &")
    with autograd.pause():
        nd.exp(X.tostype("row_sparse"))  # MXNet itself logs something then
    X_exp = nd.exp(X - X.max(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)
"""
# The 25 seconds that check allows under nbgrader validate, made 2 for this test.
IMPATIENT = """
from grader.judging.selfcheck import ValidatedChannel
ValidatedChannel.allowed = 2

"""
NEVER_ENDS = """
def evaluate_accuracy(net, data_iter):
    while True:
        try:
            list(data_iter)
        except Exception:
            pass
"""
SLOW_ON_MANY = """
import time
train_quickly = train
def train(net, params, features, labels, num_epochs, lr, batch_size):
    if len(features) > 1000:
        time.sleep(600)
    return train_quickly(net, params, features, labels, num_epochs, lr, batch_size)
"""


def form(flavour: str, exercise: str, name: str) -> str:
    return next(code for _, known, code in notebooks.corpus(flavour, exercise) if known == name)


def without_demos(notebook: Any) -> Any:
    notebook.cells = [cell for cell in notebook.cells if "demo" not in cell.metadata.get("tags", [])]
    return notebook


def submissions() -> dict[str, Any]:
    """The notebooks that are validated, by name."""
    stub = notebooks.cell(notebooks.released("nd"), "sgd").source
    found = {
        "solution": notebooks.solution("np"),
        "released": notebooks.released("nd"),
        # One mistake that students are shown, and one that is only found when they think of it, or are graded.
        "slips": notebooks.with_cells(
            "np",
            softmax=form("np", "softmax", "naive_exp"),
            evaluate_accuracy=form("np", "evaluate_accuracy", "mean_of_batch_means"),
        ),
        "mixed": notebooks.with_cells(
            "nd",
            data_iter=form("nd", "data_iter", "no_shuffle"),
            softmax=form("nd", "softmax", "sums_over_axis_0"),
            cross_entropy=form("nd", "cross_entropy", "one_hot_sum"),
            accuracy=form("nd", "accuracy", "no_cast"),
            evaluate_accuracy="def evaluate_acuracy(data_iter, net):\n    return 1.0",
            sgd=stub,
        ),
        # A call of the student's own must not keep the rest of its cell from running.
        "noisy": notebooks.with_cells(
            "nd", softmax=NOISY, sgd='check("train")\n' + notebooks.cell(notebooks.solution("nd"), "sgd").source
        ),
        "endless": notebooks.with_cells("np", evaluate_accuracy=IMPATIENT + NEVER_ENDS),
    }
    notebooks.cell(found["endless"], "train").source += SLOW_ON_MANY
    return {name: found[name] if name == "solution" else without_demos(found[name]) for name in found}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A student's, with no nbgrader settings; Fashion-MNIST is the embedded set."""
    own = {
        "HOME": str(tmp_path_factory.mktemp("home")),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "PYTHONPATH": str(notebooks.ROOT),
        "SOFTMARK_DATA_FASHION_MNIST": os.fspath(fashion_mnist.embedded().directory),
    }
    # With this variable a kernel does not show what C and C++ code prints.
    return {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"} | own


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("homework")
    for name, notebook in submissions().items():
        notebooks.write(notebook, folder / f"{name}.ipynb")
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


def test_the_solution_is_a_success(validated: dict[str, str]) -> None:
    assert validated["solution"] == "Success! Your notebook passes all the tests.\n"


def test_the_stubs_and_the_unanswered_questions_all_fail_and_say_which(validated: dict[str, str]) -> None:
    answers = [c.source for c in notebooks.released("nd").cells if c.metadata.nbgrader.grade and c.cell_type != "code"]
    assert [source for source, _ in failed(validated["released"])] == checks(*notebooks.EXERCISES) + answers
    for name, (_, why) in zip(notebooks.EXERCISES, failed(validated["released"]), strict=False):
        assert re.fullmatch(rf"{name}\([\w,\s]+\) is not written\syet\.", why)
    assert len(answers) == len(set(answers)), "nobody could tell which question is meant"


def test_a_misconception_fails_its_own_cell_with_the_whole_explanation(validated: dict[str, str]) -> None:
    ((source, why),) = failed(validated["slips"])
    assert source == 'check("evaluate_accuracy")'
    lines = why.splitlines()
    assert lines[0] == "evaluate_accuracy: 3 of 4 checks passed"
    assert lines[1] == "  ✗ every example counts once, also in a smaller last batch"
    prose = " ".join(why.split())
    assert re.search(r"is not right\. .*returned: 0\.\d+ expected: 0\.\d+", prose)
    assert "This is what you get when " in prose
    assert re.search(r"Hint: .*[.?] ✓", prose)
    assert "Traceback" not in why
    assert "..." not in re.sub(r", \.\.\.,", "", why), "nbgrader has cut a line"


def test_nothing_that_is_printed_changes_the_outcome(validated: dict[str, str]) -> None:
    assert validated["noisy"] == "Success! Your notebook passes all the tests.\n"


def test_a_loop_without_end_costs_its_own_cell_and_a_long_training_run_none(validated: dict[str, str]) -> None:
    ((source, why),) = failed(validated["endless"])
    assert source == 'check("evaluate_accuracy")'
    assert "evaluate_accuracy was stopped after 2 seconds. Is there a loop that never ends?" in " ".join(why.split())


@pytest.mark.parametrize("name", ["slips", "mixed"])
def test_the_cells_that_fail_are_those_whose_table_shows_a_loss(
    name: str, validated: dict[str, str], environment: dict[str, str], folder: Path
) -> None:
    notebook = nbformat.read(folder / f"{name}.ipynb", as_version=4)
    client = nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", allow_errors=True)
    client.execute(env=environment)
    tables = {
        cell.source: output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if cell.metadata.nbgrader.grade
    }
    assert list(tables) == checks(*notebooks.EXERCISES), "a table is missing, or something else was displayed"
    losses = [source for source, table in tables.items() if FALLS_SHORT.search(table)]
    assert 0 < len(losses) < len(tables)
    assert [source for source, _ in failed(validated[name])] == losses
    for source, why in failed(validated[name]):
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
    with running(*server, folder=own_folder()) as await_line:
        url = await_line(r"(http://127\.0\.0\.1:\d+/)\S*token")
        with requests.Session() as session:
            # The server says where it is a moment before it listens.
            session.mount(url, HTTPAdapter(max_retries=Retry(connect=9, backoff_factor=0.2)))
            answer = session.post(
                f"{url}assignments/validate?path=slips.ipynb", headers={"Authorization": "token secret"}, timeout=120
            ).json()
    assert answer["success"], answer
    ((source, why),) = failed(validated["slips"])
    (shown,) = answer["value"]["failed"]
    assert shown["source"] == source
    assert without_numbers(shown["raw_error"]) == without_numbers(why)
    assert "<" not in shown["error"], "markup in a plain text"
