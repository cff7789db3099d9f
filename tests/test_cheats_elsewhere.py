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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbgrader.utils import determine_grade

from tests import notebooks
from tests.cheats import ALONE, COURSE, Cheat, handed_out, load
from tests.cheats.course import CANARY, HONEST, course_with
from tests.cheats.dangers import dangers
from tests.cheats.naive import GRADERS
from tests.nbgrader_course import NbgraderCourse

CHEATS = load()


def fooling(*graders: str) -> pytest.MarkDecorator:
    chosen = [cheat for cheat in CHEATS if cheat.fools in graders]
    return pytest.mark.parametrize("cheat", chosen, ids=[cheat.name for cheat in chosen])


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with course_with([], tmp_path_factory.mktemp("elsewhere")) as course:
        yield course


@contextmanager
def _serving(*args: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.cheats.naive", *args],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True, **options,
    )  # fmt: skip
    yield process
    os.killpg(process.pid, signal.SIGKILL)  # with what the cheats have left running
    process.wait()
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


@pytest.fixture(scope="module")
def naive() -> Iterator[subprocess.Popen[str]]:
    with _serving(cwd=notebooks.ROOT) as process:
        yield process


@pytest.fixture(scope="module")
def outside(course: NbgraderCourse) -> Iterator[subprocess.Popen[str]]:
    """In a neighbour's folder, with what is secret in the environment, on the command line and in an open file."""
    with tempfile.TemporaryFile() as secret:
        secret.write(CANARY.encode())
        secret.flush()
        place = course.submitted(HONEST[0], ALONE).parent
        with _serving(CANARY, cwd=place, env=course.teacher.environment, pass_fds=[secret.fileno()]) as process:
            yield process


def _answer(process: subprocess.Popen[str], **order: Any) -> bool:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return {"0": True, "1": False}[process.stdout.readline().strip()]


def _gives_full_marks(naive: subprocess.Popen[str], cell: str, grader: str) -> bool:
    return _answer(naive, cells=[cell], grader=grader)


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


@pytest.fixture(scope="module")
def dangers_of() -> Callable[[Any], set[str]]:
    """What nbconvert makes of a notebook that could act."""
    exporter = HTMLExporter(template_name="classic")  # type: ignore[no-untyped-call]
    return lambda notebook: set(dangers(exporter.from_notebook_node(notebook)[0]))


@pytest.fixture(scope="module")
def harmless(dangers_of: Callable[[Any], set[str]]) -> set[str]:
    """What is on the page of the notebook as students get it."""
    return dangers_of(nbformat.from_dict(handed_out(ALONE)))


@fooling("page")
def test_nbconvert_would_show_it_as_it_is(
    dangers_of: Callable[[Any], set[str]], harmless: set[str], cheat: Cheat
) -> None:
    assert dangers_of(nbformat.from_dict(cheat.notebook("."))) - harmless


@fooling("reads", "oracle module")
def test_outside_a_sandbox_it_finds_what_it_looks_for(
    outside: subprocess.Popen[str], course: NbgraderCourse, tmp_path: Path, cheat: Cheat
) -> None:
    cells = [cheat.code.replace(COURSE, str(course.root))]
    if cheat.fools == "oracle module":
        cells.append(f"if abs(float(softmax(np.array([[0.0, 1.0]]))[0, 1]) - 0.7310586) < 1e-6: print({CANARY!r})")
    printed = tmp_path / "printed"
    assert _answer(outside, cells=cells, grader=None, out=str(printed))
    told = printed.read_text(errors="replace")
    assert CANARY in told, told[-500:]
