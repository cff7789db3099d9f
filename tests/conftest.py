"""What the tests share: one warm slot per test process, the course, the data."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

import grader.data
from grader.course import catalogue
from grader.course.course import Course, find_course
from grader.judging.judge import Data, Job, Options, grade
from grader.judging.report import Report, SubmissionReport
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import SlotOptions
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


def data_names() -> list[str]:
    """The data sets that the kit's assignments ask for."""
    return sorted({name for facts in catalogue.assignments(catalogue.KIT) for name in facts.data})


@pytest.fixture(scope="session")
def data() -> Data:
    """All the data sets, by name."""
    return grader.data.load(data_names(), download=False)


@pytest.fixture(scope="session")
def slot(data: Data) -> Iterator[Slot]:
    """A warm slot of the strongest confinement that this machine has."""
    with closing(Slot(SlotOptions.of("cpu", data), find_confinement())) as slot:
        yield slot


@pytest.fixture(scope="session")
def small_data() -> Data:
    """The embedded sets, for what would take too long on the full ones."""
    return grader.data.embedded(data_names())


@pytest.fixture(scope="session")
def small_slot(small_data: Data) -> Iterator[Slot]:
    """A warm slot with the embedded sets."""
    with closing(Slot(SlotOptions.of("cpu", small_data), find_confinement())) as slot:
        yield slot


def open_here(data: Data, patch: pytest.MonkeyPatch) -> None:
    """Have this process open these as they are, as `grader.data.use_verified` does, for one test."""
    for name, one in data.items():
        patch.setenv(grader.data.variable(name), os.fspath(one.directory))


@pytest.fixture
def try_notebook(
    course: Course, data: Data, slot: Slot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Report]:
    """Grades a notebook object, or a path, in the shared slot."""
    open_here(data, monkeypatch)

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
