"""What the tests share: one warm slot per test process, the course, the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

import grader.data
from grader.authors.trials import Slots
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
           "test_validate", "test_cheats_elsewhere", "test_exercises", "test_situations")  # fmt: skip


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
    """The kit's own."""
    return find_course(notebooks.ROOT)


@pytest.fixture(scope="session")
def small_course() -> Course:
    """The one in tests/course."""
    return find_course(notebooks.SMALL.root)


def data_names() -> list[str]:
    """The data sets that the kit's assignments ask for."""
    return sorted({name for facts in catalogue.assignments(catalogue.KIT) for name in facts.data})


@pytest.fixture(scope="session")
def data() -> Data:
    """All data sets, by name: the embedded ones, for training on the full ones takes long."""
    return grader.data.embedded(data_names())


@pytest.fixture(scope="session")
def full_data() -> Data:
    return grader.data.load(data_names(), download=False)


@pytest.fixture
def opened(data: Data) -> Iterator[None]:
    """In the test's own process too, checks open the embedded data sets."""
    with grader.data.in_use(data):
        yield


@contextmanager
def new_slot(data: Data) -> Iterator[Slot]:
    """A warm slot of the strongest confinement that this machine has."""
    with closing(Slot(SlotOptions.of("cpu", data), find_confinement())) as slot:
        yield slot


@pytest.fixture(scope="session")
def slot(data: Data) -> Iterator[Slot]:
    """What all tests of a process share: to start one takes longer than most tests."""
    with new_slot(data) as slot:
        yield slot


@pytest.fixture(scope="session")
def slots(data: Data) -> Iterator[Slots]:
    """For trials of forms: a warm slot, and others when a trial asks for them."""
    with closing(Slots(SlotOptions.of("cpu", data), find_confinement())) as slots:
        yield slots


@dataclass(frozen=True)
class Grading:
    """Grades a notebook, given as an object or a path, of one course and in one slot."""

    course: Course
    data: Data
    slot: Slot
    folder: Path

    def attempt(self, notebook: Any, *, seed: int = 1, student: str | None = None, **options: Any) -> Report:
        path = notebook if isinstance(notebook, Path) else notebooks.write(notebook, self.folder / "submission.ipynb")
        job = Job(path, path.name, student)
        return grade(job, self.course, self.slot, self.data, Options(seed=seed, **options)).report

    def __call__(self, notebook: Any, **options: Any) -> SubmissionReport:
        """As `attempt`, of one that must be gradable."""
        report = self.attempt(notebook, **options)
        assert isinstance(report, SubmissionReport), report
        return report


@pytest.fixture
def grade_small(small_course: Course, data: Data, slot: Slot, tmp_path: Path) -> Iterator[Grading]:
    """For notebooks of the small course."""
    with grader.data.in_use(data):
        yield Grading(small_course, data, slot, tmp_path)


@pytest.fixture
def grade_notebook(course: Course, data: Data, slot: Slot, tmp_path: Path) -> Iterator[Grading]:
    """For notebooks of the kit's course."""
    with grader.data.in_use(data):
        yield Grading(course, data, slot, tmp_path)


@pytest.fixture
def try_notebook(grade_notebook: Grading) -> Callable[..., Report]:
    """For one that may be refused."""
    return grade_notebook.attempt
