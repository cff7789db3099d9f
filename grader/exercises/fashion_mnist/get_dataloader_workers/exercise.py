"""How many worker processes read the data (section 3.5.2): none on Windows, where it is only pretended to run."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Near,
    Result,
    Rng,
    Student,
    check,
    expect,
    misconception,
    no_failure,
)
from grader.checking.expect import expect_right

EXERCISE = Exercise("get_dataloader_workers(num_workers=4)", "3.5.2")

OTHER_DEFAULT = Misconception("other_default", "num_workers has another default, or none", "def f(num_workers=4)")
SYSTEMS = {"win32": "Windows", "linux": "Linux", "darwin": "macOS"}
EXACT = Near(rtol=0, atol=0, any_number=True)


def workers(system: str, num_workers: int) -> int:
    """The truth; `system` is what sys.platform is called there."""
    return 0 if system == "win32" else num_workers


@misconception(
    "macOS is treated as Windows is",
    "There, sys.platform is 'darwin', in which 'win' is too: it does not begin with it.",
)
def macos_as_windows(system: str, num_workers: int) -> int:
    return num_workers if system == "linux" else 0


@misconception("it is the other way round: workers on Windows, and none anywhere else")
def the_other_way_round(system: str, num_workers: int) -> int:
    return num_workers if system == "win32" else 0


@misconception(
    "Windows is not recognised, so it gets workers as well",
    "There, sys.platform is 'win32', os.name is 'nt', and platform.system() is 'Windows'.",
)
def never_windows(system: str, num_workers: int) -> int:
    return num_workers


@misconception("there are never any workers")
def never_any(system: str, num_workers: int) -> int:
    return 0


@misconception("there are four workers, whatever num_workers is", "4 is what it is if nobody gives another number.")
def always_four(system: str, num_workers: int) -> int:
    return workers(system, 4)


@misconception("on Windows there is one worker", "With 0, the notebook's own process reads the data.")
def one_on_windows(system: str, num_workers: int) -> int:
    return 1 if system == "win32" else num_workers


def call(student: Student, system: str, *args: int) -> Result:
    """The function, as it is on that system."""
    function = student.given_object("on_system", system, student.get_dataloader_workers)
    function.title = f"on {SYSTEMS[system]}, get_dataloader_workers"
    return function(*args)


Case = tuple[str, int]


def expect_workers(student: Student, judged: list[Case], others: list[Case]) -> None:
    """The judged ones are right; the others only help to say why they are not."""
    cases = [*judged, *others]
    results = [call(student, *case) for case in cases]
    wants = [numpy.asarray(workers(*case)) for case in cases]
    expectations = [expect(result, case) for result, case in zip(results, cases, strict=True)]
    if any(one.fault(want, EXACT) for one, want in list(zip(expectations, wants, strict=True))[: len(judged)]):
        expect_right(expectations, wants, EXACT)


@check(points=0.5, hint="sys.platform.startswith('win') is True on Windows.")
def by_system(student: Student, rng: Rng) -> None:
    """on Windows there are no workers, on Linux num_workers"""
    student.get_dataloader_workers(4)  # whether there is such a function
    cases = [(system, int(n)) for n in rng.permutation([2, 3, 7, 12])[:3] for system in ("win32", "linux")]
    expect_workers(student, cases, [("darwin", 5)])


@check(points=0.25, trivial=True, hint="'win' in 'darwin' is True: ask what the name begins with.")
def on_macos(student: Student) -> None:
    """on macOS there are num_workers too"""
    expect_workers(student, [("darwin", 3), ("darwin", 8)], [("win32", 5), ("linux", 2)])


@check(points=0.25, trivial=True, hint="def get_dataloader_workers(num_workers=4)")
def default(student: Student) -> None:
    """num_workers is 4 unless it is given"""
    result = call(student, "linux")
    no_failure(result, ((r"missing 1 required positional", OTHER_DEFAULT),))
    number, with_4 = (expect(each, ("linux", 4)).number() for each in (result, call(student, "linux", 4)))
    if number != with_4:
        text = f"get_dataloader_workers() is {number:g} on Linux, and get_dataloader_workers(4) is {with_4:g}."
        raise CheckFailed(text, OTHER_DEFAULT)
