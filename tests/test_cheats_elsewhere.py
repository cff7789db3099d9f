"""Many of the cheats work elsewhere, so that what tests/test_cheats.py tries is known to be worth trying.

That is: on a grader that runs in the student's own process, on nbgrader's reading of outputs, on nbconvert's pages, or
outside a sandbox.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbgrader.utils import determine_grade

from tests import notebooks
from tests.cheats import ALONE, Cheat, load
from tests.cheats.course import CANARY, HONEST, course_with
from tests.cheats.dangers import dangers
from tests.cheats.naive import GRADERS, SETUP
from tests.nbgrader_course import NbgraderCourse

CHEATS = load()


def fooling(*graders: str) -> pytest.MarkDecorator:
    chosen = [cheat for cheat in CHEATS if cheat.fools in graders]
    return pytest.mark.parametrize("cheat", chosen, ids=[cheat.name for cheat in chosen])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with course_with([], tmp_path_factory.mktemp("elsewhere")) as course:
        yield course


@pytest.fixture(scope="module")
def naive() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.cheats.naive"],
        cwd=notebooks.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    yield process
    os.killpg(process.pid, signal.SIGKILL)  # with what the cheats have left running
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


def _gives_full_marks(naive: subprocess.Popen[str], cell: str, grader: str) -> bool:
    assert naive.stdin is not None
    assert naive.stdout is not None
    naive.stdin.write(json.dumps({"cells": [cell], "grader": grader}) + "\n")
    naive.stdin.flush()
    return {"0": True, "1": False}[naive.stdout.readline().strip()]


@pytest.mark.parametrize("grader", sorted({cheat.fools for cheat in CHEATS if cheat.fools in GRADERS}))
def test_a_grader_in_the_students_process_sees_what_is_plainly_wrong(naive: subprocess.Popen[str], grader: str) -> None:
    wrong = "def softmax(X): return None" if grader == "types" else "def softmax(X): return X * 1"
    assert not _gives_full_marks(naive, wrong, grader)


@fooling(*GRADERS)
def test_a_grader_in_the_students_process_gives_it_full_marks(naive: subprocess.Popen[str], cheat: Cheat) -> None:
    assert cheat.fools is not None
    assert _gives_full_marks(naive, cheat.code, cheat.fools)


@fooling("outputs")
def test_nbgrader_would_believe_its_outputs(cheat: Cheat) -> None:
    notebook = nbformat.from_dict(cheat.notebook("."))
    notebook.pop("files", None)
    graded = [cell for cell in notebook.cells if cell.metadata.nbgrader.get("points", 0) and cell.get("outputs")]
    assert max(determine_grade(cell)[0] or 0 for cell in graded) >= 5  # type: ignore[no-untyped-call]


@fooling("page")
def test_nbconvert_would_show_it_as_it_is(cheat: Cheat) -> None:
    exporter = HTMLExporter(template_name="classic")  # type: ignore[no-untyped-call]
    plain = exporter.from_notebook_node(notebooks.released("np"))[0]
    page = exporter.from_notebook_node(nbformat.from_dict(cheat.notebook(".")))[0]
    assert set(dangers(page)) - set(dangers(plain))


@fooling("reads", "oracle module")
def test_outside_a_sandbox_it_finds_what_it_looks_for(course: NbgraderCourse, cheat: Cheat) -> None:
    cells = [SETUP, cheat.code.replace("@course@", str(course.root))]
    if cheat.fools == "oracle module":
        cells.append(f"if abs(float(softmax(np.array([[0.0, 1.0]]))[0, 1]) - 0.7310586) < 1e-6: print({CANARY!r})")
    program = "import grader\nfrom IPython.core.interactiveshell import InteractiveShell\n"
    program += f"for cell in {cells!r}: InteractiveShell.instance().run_cell(cell)"
    with tempfile.TemporaryFile() as secret:
        secret.write(CANARY.encode())
        secret.flush()
        done = subprocess.run(
            [sys.executable, "-c", program, CANARY], env=course.teacher.environment, pass_fds=[secret.fileno()],
            cwd=course.submitted(HONEST[0], ALONE).parent, capture_output=True, text=True, errors="replace",
            check=False, timeout=60,
        )  # fmt: skip
    assert CANARY in done.stdout, done.stderr[-500:]
