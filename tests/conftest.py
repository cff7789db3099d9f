"""What the tests share: one warm slot per test process, the course, the data."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from grader.data import fashion_mnist
from grader.course.course import Course, find_course
from grader.judging.judge import Job, Options, grade
from grader.judging.report import Report, SubmissionReport
from grader.sandbox.launch import (SlotOptions)
from grader.sandbox.confinements import (find_confinement)
from grader.sandbox.slot import Slot
from tests import notebooks
from tests.sandboxes import beside, bwrap, open_folder, place, scratch  # noqa: F401  (fixtures)
from tests.services import browser, postgresql_server, postgresql_url  # noqa: F401  (fixtures)

Grade = Callable[..., SubmissionReport]

# Begun before the others, so that none of them is left alone in the end.
LONGEST = ("test_cheats", "test_gradebook", "test_nbgrader", "test_gradebook_trouble", "test_own_faults", "test_judge",
           "test_validate", "test_cheats_elsewhere", "test_corpus")  # fmt: skip


class ByModule(LoadScopeScheduling):
    """A module's tests run in one process, for what they share; the corpus's groups share next to nothing."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if "::test_every_form_gets_what_it_deserves[" in nodeid else nodeid.split("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByModule:
    return ByModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST))


@pytest.fixture(scope="session")
def course() -> Course:
    return find_course(notebooks.ROOT)


@pytest.fixture(scope="session")
def data() -> fashion_mnist.FashionMNIST:
    return fashion_mnist.load(download=False)


@pytest.fixture(scope="session")
def slot(data: fashion_mnist.FashionMNIST) -> Iterator[Slot]:
    """A warm slot of the strongest confinement that this machine has."""
    with closing(Slot(SlotOptions("cpu", data.directory), find_confinement())) as slot:
        yield slot


@pytest.fixture(scope="session")
def small_data() -> fashion_mnist.FashionMNIST:
    """The embedded set, for what would take too long on the full one."""
    return fashion_mnist.embedded()


@pytest.fixture(scope="session")
def small_slot(small_data: fashion_mnist.FashionMNIST) -> Iterator[Slot]:
    """A warm slot with the embedded set."""
    with closing(Slot(SlotOptions("cpu", small_data.directory), find_confinement())) as slot:
        yield slot


@pytest.fixture
def try_notebook(
    course: Course, data: fashion_mnist.FashionMNIST, slot: Slot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Report]:
    """Grades a notebook object, or a path, in the shared slot."""
    monkeypatch.setenv("SOFTMARK_DATA_FASHION_MNIST", os.fspath(data.directory))

    def run(notebook: Any, *, seed: int = 1, student: str | None = None, **options: Any) -> Report:
        path = notebook if isinstance(notebook, Path) else notebooks.write(notebook, tmp_path / "submission.ipynb")
        return grade(Job(path, path.name, student), course, slot, data, Options(seed=seed, **options)).report

    return run


@pytest.fixture
def grade_notebook(try_notebook: Callable[..., Report]) -> Grade:
    """As `try_notebook`, for a notebook that must be gradable."""

    def run(notebook: Any, **options: Any) -> SubmissionReport:
        report = try_notebook(notebook, **options)
        assert isinstance(report, SubmissionReport), report
        return report

    return run
