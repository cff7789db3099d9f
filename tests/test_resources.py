"""What uses up time, memory, processes, files or output costs the exercise that does it, and nobody else anything.

`double` misbehaves; `scale`, graded after it in the same notebook, must have its points, and so must the next notebook.
"""

from __future__ import annotations

import re
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from grader.judging import session
from grader.judging.report import ExerciseReport, SubmissionReport
from grader.sandbox import wire
from grader.sandbox.slot import Slot
from tests.conftest import Grading
from tests.notebooks import SMALL, cell

SECONDS = 0.3  # of a processor, for each exercise: a few hundredths are needed
# Beyond what the submission may take: idle machines need less than one, busy ones more.
SLACK = 11.0
RIGHT = "return 2 * X"

Judged = Callable[..., SubmissionReport]


@pytest.fixture
def judged(grade_small: Grading) -> Judged:
    """Grades a notebook whose double has this body, below `before` in its cell."""

    def run(body: str, before: str = "", timeout: float = SECONDS) -> SubmissionReport:
        body = textwrap.indent(textwrap.dedent(body).strip(), "    ")
        code = f"{textwrap.dedent(before)}\ndef double(X):\n{body}\n"
        return grade_small(
            SMALL.with_cells("np", double=code), timeout=timeout, only=("double", "scale"), training=False
        )

    return run


def exercise(report: SubmissionReport, name: str) -> ExerciseReport:
    return next(e for e in report.exercises if e.name == name)


def told(report: SubmissionReport, name: str = "double") -> str:
    return "\n".join(check.message for check in exercise(report, name).checks)


@dataclass(frozen=True)
class Attack:
    """A body of double; the outcome, what is said of it, and what stands above the function.

    What only time can end has no more than that; the others have enough to come to their own end on a busy machine.
    """

    body: str
    outcome: str
    says: str
    before: str = ""

    @property
    def seconds(self) -> float:
        return SECONDS if self.outcome == "timed_out" else 30.0


TOO_SLOW = (
    f"double took more than the {SECONDS:g} seconds that all its checks have together. Is there a loop that never ends"
)
OUT_OF_MEMORY = "more memory than the budget allows"

ATTACKS = {
    # -- loops that no signal handler of Python's would end
    "a loop in C": Attack("return sum(range(10**12))", "timed_out", TOO_SLOW),
    "a regular expression": Attack("import re; re.match('(a+)+$', 'a' * 50 + 'b')", "timed_out", TOO_SLOW),
    "a number with a billion digits": Attack("return 7 ** (10 ** 9)", "timed_out", TOO_SLOW),
    "a loop that catches everything": Attack(
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass", "timed_out", TOO_SLOW
    ),
    "a result that never says its length": Attack(
        "return Endless()", "failed", "returned an Endless of 0 items",
        "class Endless(list):\n    def __len__(self):\n        while True: pass",
    ),
    "an exception that never says its message": Attack(
        "raise Endless", "timed_out", TOO_SLOW,
        "class Endless(Exception):\n    def __str__(self):\n        while True: pass",
    ),
    "an object that never goes": Attack(
        f"endless = Endless()\n{RIGHT}", "timed_out", TOO_SLOW,
        "class Endless:\n    def __del__(self):\n        while True: pass",
    ),
    "a stopped process": Attack("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", "timed_out", TOO_SLOW),
    "a stopped group of processes": Attack("import os, signal; os.kill(0, signal.SIGSTOP)", "timed_out", TOO_SLOW),
    # -- memory
    "a hoard": Attack(
        "import numpy\nhoard = []\nwhile True: hoard.append(numpy.empty(1 << 26))", "failed", OUT_OF_MEMORY
    ),
    "an array of NumPy's": Attack("import numpy; numpy.zeros((1 << 16, 1 << 16))", "failed", OUT_OF_MEMORY),
    "an array of MXNet's": Attack("return np.ones((1 << 15, 1 << 15)).sum()", "failed", OUT_OF_MEMORY),
    # -- results
    "a giant array": Attack("return np.ones((1 << 23,))", "failed", r"ndarray, too large, of shape \(8388608,\)"),
    "many large arrays": Attack("return [np.ones((1 << 22,))] * 5", "failed", "returned a list of 5 items"),
    "a result of four thousand to the fifth": Attack(
        "x = [0] * 4096\nfor _ in range(4): x = [x] * 4096\nreturn x", "failed", "returned a list of 4096 items"
    ),
    "a list that holds itself": Attack("x = []; x.append(x); return x", "failed", "returned a list of 1"),
    "a list too deep to walk": Attack(
        "x = []\nfor _ in range(100_000): x = [x]\nreturn x", "failed", "returned a list of 1"
    ),
    # -- the end of the process
    "recursion in C": Attack(
        "import sys; sys.setrecursionlimit(10**9); return repr(Endless())", "crashed", r"segmentation fault",
        "class Endless:\n    def __repr__(self):\n        return repr(self)",
    ),
    "an abort": Attack("import ctypes; ctypes.CDLL(None).abort()", "crashed", r"gave up.*\(SIGABRT\)"),
    "its own end by SIGKILL": Attack("import os; os.kill(os.getpid(), 9)", "crashed", r"it was killed.*\(SIGKILL\)"),
    "the end of its own group": Attack("import os; os.kill(0, 9); os._exit(1)", "crashed", r"killed.*SIGKILL"),
    # -- processes, threads, descriptors, files
    "a fork bomb": Attack("import os\nwhile True: os.fork()", "timed_out|crashed", f"{TOO_SLOW}|too many processes"),
    "threads without end": Attack(
        "import threading\nwhile True: threading.Thread(target=threading.Event().wait, daemon=True).start()",
        "failed", "can't start new thread",
    ),
    "descriptors without end": Attack(
        "while True: hoard.append(open('/dev/null'))", "failed", "OSError: .*Too many open files", "hoard = []"
    ),
    "a file that is too large": Attack(
        "with open('big', 'wb') as f: f.truncate(1 << 40)", "failed", "OSError: .*(File too large|No space left)"
    ),
    "a full disk": Attack(
        "import os\nwhile True:\n    with open(f'{len(os.listdir())}', 'wb') as f: f.write(bytes(1 << 26))", "failed",
        "OSError: .*No space left",
    ),
    "files without end": Attack(
        "n = 0\nwhile True:\n    open(f'{n}', 'w').close()\n    n += 1", "timed_out|crashed", f"{TOO_SLOW}|20000 files"
    ),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS.keys())
def test_it_costs_the_exercise_that_does_it_alone(judged: Judged, attack: Attack) -> None:
    started = time.monotonic()
    report = judged(attack.body, attack.before, attack.seconds)
    double, scale = exercise(report, "double"), exercise(report, "scale")
    assert double.outcome in attack.outcome.split("|"), told(report)
    assert double.score == 0
    assert re.search(attack.says, told(report)), told(report)
    assert "Traceback" not in told(report)
    assert scale.score == scale.max_score, told(report, "scale")
    assert time.monotonic() - started < attack.seconds + SLACK


# -- output


def test_a_million_lines_cost_next_to_nothing_and_only_the_first_are_kept(slot: Slot) -> None:
    """Printing to nowhere is what it is measured against, for the machine may be busy."""
    slot.begin("np", 1 << 30, 1, show=True)
    code = """
        import os, time
        print("the first line")
        def seconds(file):
            start = time.process_time()
            for n in range(200_000):
                print(n, file=file)
            return time.process_time() - start
        kept = seconds(None)
        with open(os.devnull, "w") as nowhere:
            lost = seconds(nowhere)
        if kept > 2 * lost + 0.1:
            raise RuntimeError(f"{kept} seconds instead of {lost}")
    """
    returned = slot.ask(wire.RunCell("cell", textwrap.dedent(code)), time.monotonic() + 60)
    assert returned.failure is None
    (output,) = returned.outputs
    assert output.text.startswith("the first line\n0\n1\n2\n")
    assert output.text.endswith("(the rest of this cell's output was cut)\n")
    assert len(output.text) < wire.MAX_SHOWN_TEXT + 100
    again = slot.ask(wire.RunCell("cell", "print('heard again')"), time.monotonic() + 60)
    assert [output.text for output in again.outputs] == ["heard again\n"]
    slot.finish()


def test_what_is_shown_in_turns_on_two_streams_is_cut_with_a_word(slot: Slot) -> None:
    slot.begin("np", 1 << 30, 1, show=True)
    code = "import sys\nfor n in range(10_000):\n    print(n)\n    print(n, file=sys.stderr)\n"
    returned = slot.ask(wire.RunCell("cell", code), time.monotonic() + 60)
    assert len(returned.outputs) == wire.MAX_OUTPUTS
    assert "was cut" in returned.outputs[-1].text
    slot.finish()


def test_a_gigabyte_of_output_changes_no_grade(judged: Judged) -> None:
    flood = "import sys\nfor _ in range(16): sys.stdout.write('x' * (1 << 26))\n"
    report = judged(RIGHT, before=flood + "for _ in range(200_000): print('line')", timeout=30.0)
    assert report.score == report.max_score


# -- time


def test_answers_just_within_the_limit_count_and_their_sum_is_limited(judged: Judged) -> None:
    """The budget is that of all the checks of an exercise together, and of these there are two."""
    slow = f"import time\nbusy = time.process_time() + {0.7 * SECONDS}\nwhile time.process_time() < busy: pass\n"
    report = judged(slow + RIGHT, timeout=60.0)
    assert report.score == report.max_score
    started = time.monotonic()
    report = judged(slow + RIGHT)
    assert exercise(report, "double").outcome == "timed_out"
    assert re.search(TOO_SLOW, told(report))
    assert time.monotonic() - started < SECONDS + SLACK


def test_a_generator_that_stops_giving_is_ended(slot: Slot) -> None:
    slot.begin("np", 1 << 30, 1)
    code = "def batches():\n    yield 1\n    while True: pass"
    assert slot.ask(wire.RunCell("cell", code), time.monotonic() + 60).failure is None
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        slot.ask(wire.Call("batches", [], collect=2), started + SECONDS)
    assert time.monotonic() - started < SECONDS + SLACK
    slot.begin("np", 1 << 30, 1)
    assert slot.ask(wire.RunCell("cell", "1 + 1"), time.monotonic() + 60).failure is None
    slot.finish()


def test_slow_cells_are_not_run_anew_for_ever(judged: Judged, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each crash asks for a fresh process and all cells again."""
    monkeypatch.setattr(session, "ALL_STARTS_SECONDS", 1.5)
    report = judged("import os; os._exit(1)", before="import time; time.sleep(1)", timeout=30.0)
    assert exercise(report, "scale").outcome == "crashed"
    assert "too often for cells as slow as its own to be run anew" in told(report, "scale")


def test_what_is_shown_in_the_graded_notebook_ends_too(grade_small: Grading, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value whose repr never ends is shown by no check, only when the cells are run for the graded notebook."""
    monkeypatch.setattr(session, "CELL_SECONDS", 1.0)
    monkeypatch.setattr(session, "SHOW_CELL_SECONDS", 1.0)
    endless = "class Endless:\n    def __repr__(self):\n        while True: pass\nEndless()"
    notebook = SMALL.solution("np")
    cell(notebook, "double").source += f"\n{endless}"
    started = time.monotonic()
    report = grade_small(notebook, show=True, only=("double", "scale"), training=False)
    assert time.monotonic() - started < 2 + SLACK
    assert exercise(report, "double").outcome == "timed_out"
    assert "its cell ran for more than" in told(report)
    assert exercise(report, "scale").score == exercise(report, "scale").max_score


# -- processes


def test_a_fork_that_comes_back_from_the_function_answers_nothing(judged: Judged) -> None:
    """Two processes that answer for one another would spoil whatever is asked next."""
    report = judged(f"import os; os.fork()\n{RIGHT}", timeout=30.0)
    assert report.score == report.max_score, told(report) + told(report, "scale")


# -- the memory of the machine
