"""The judge: what a submission gets for what it does, and that nothing it does costs more than that."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any

import msgspec
import nbformat
import pytest

from grader.checking.outcomes import CheckReport
from grader.judging import session
from grader.judging.report import ExerciseReport, SubmissionReport
from grader.judging.seeds import submission_seed
from tests.conftest import Grade, Grading
from tests.notebooks import SMALL, cell

FLAVOURS = ["np", "nd"]

RIGHT_SIGMOID = "return 1 / (1 + np.exp(-X))"


@pytest.fixture
def quick(grade_small: Grading) -> Grade:
    """Grades without the training run."""
    return lambda notebook, **options: grade_small(notebook, training=False, **options)


def exercise(report: SubmissionReport, name: str) -> ExerciseReport:
    return next(e for e in report.exercises if e.name == name)


def lost(report: SubmissionReport) -> dict[str, str]:
    """The exercises without full marks, and their outcomes."""
    return {e.name: e.outcome for e in report.exercises if e.score < e.max_score}


def messages(report: SubmissionReport, name: str) -> list[str]:
    return [check.message for check in exercise(report, name).checks if check.message]


def checks(report: SubmissionReport) -> list[CheckReport]:
    return [check for e in report.exercises for check in e.checks]


def assert_tells(text: str, pattern: str) -> None:
    assert re.search(pattern, text), text
    assert "Traceback" not in text


def comparable(report: SubmissionReport) -> bytes:
    """The report as JSON, apart from the time it took."""
    return msgspec.json.encode(msgspec.structs.replace(report, seconds=0.0))


def code_cell(source: str) -> Any:
    return nbformat.v4.new_code_cell(textwrap.dedent(source))


def with_cell(source: str, at: int | None = None, flavour: str = "np") -> Any:
    """The solution with one more code cell, at the end unless `at` says where."""
    notebook = SMALL.solution(flavour)
    notebook.cells.insert(len(notebook.cells) if at is None else at, code_cell(source))
    return notebook


def with_body(name: str, body: str, before: str = "", after: str = "") -> Any:
    """The np solution with another body of the function `name`; `before` and `after` stand around it in the cell."""
    notebook = SMALL.solution("np")
    signature = cell(notebook, name).source.splitlines()[0]
    code = f"{before}\n{signature}\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n{after}\n"
    cell(notebook, name).source = code
    return notebook


# -- full marks and none


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_solution_gets_full_marks_with_training(grade_small: Grading, flavour: str) -> None:
    report = grade_small(SMALL.solution(flavour))
    assert lost(report) == {}
    assert [e.name for e in report.exercises] == list(SMALL.exercises)
    assert report.score == report.max_score == 19
    assert {check.outcome for check in checks(report)} <= {"passed", "skipped"}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_without_training_it_is_left_out_and_counts_for_nothing(quick: Grade, flavour: str) -> None:
    report = quick(SMALL.solution(flavour))
    assert exercise(report, "descend") == ExerciseReport("descend", "skipped", 0.0, 0.0, [])
    assert report.score == report.max_score == 13
    assert any("--no-training" in note for note in report.notes)
    assert lost(report) == {}


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_stub_is_not_attempted_everywhere(grade_small: Grading, flavour: str) -> None:
    report = grade_small(SMALL.released(flavour))
    assert {e.outcome for e in report.exercises} == {"not_attempted"}
    assert {check.outcome for check in checks(report)} == {"not_attempted"}
    assert report.score == 0
    assert report.max_score == 19


def test_only_some_exercises_may_be_graded(grade_small: Grading) -> None:
    report = grade_small(SMALL.solution("np"), only=("scale", "sigmoid"))
    assert [e.name for e in report.exercises] == ["sigmoid", "scale"]
    assert report.score == report.max_score == 9


def test_nothing_at_all_may_be_left_to_grade(quick: Grade) -> None:
    report = quick(SMALL.solution("np"), only=("descend",))
    assert (report.score, report.max_score) == (0, 0)
    assert [e.outcome for e in report.exercises] == ["skipped"]


# -- what ends or stops a process


@pytest.mark.parametrize(
    ("body", "outcome", "told"),
    [
        ("import os; os._exit(3)", "crashed", r"process ended.*exit status 3, as after os._exit\(\)"),
        ("import ctypes; ctypes.string_at(0)", "crashed", "segmentation fault"),
        ("import os; os.kill(os.getpid(), 9)", "crashed", "was killed"),
        ("while True: pass", "timed_out", r"more than the 0.3 seconds.*a loop that never ends"),
        ("import time; time.sleep(100)", "timed_out", "more than the 0.3 seconds"),
        ("return bytearray(50 << 30)", "failed", "more memory than the budget allows"),
        ("import sys; sys.exit('done')", "failed", "raised SystemExit: done"),
        ("return sigmoid(X)", "failed", "RecursionError"),
        ("raise KeyboardInterrupt", "crashed", "ended"),
    ],
)
def test_what_ends_one_function_costs_that_exercise_alone(quick: Grade, body: str, outcome: str, told: str) -> None:
    """Also where others build upon it: `neuron` calls `sigmoid`."""
    report = quick(with_body("sigmoid", body), timeout=0.3 if outcome == "timed_out" else 10.0)
    assert lost(report) == {"sigmoid": outcome}
    assert exercise(report, "sigmoid").score == 0
    assert_tells(messages(report, "sigmoid")[0], told)


def test_a_crash_in_one_check_leaves_the_other_checks_of_the_exercise_their_points(quick: Grade) -> None:
    body = """
        import os
        if isinstance(params, tuple):
            os._exit(1)
        for param in params:
            param[:] = param * factor
    """
    report = quick(with_body("scale", body))
    scale = exercise(report, "scale")
    assert scale.outcome == "crashed"
    assert 0 < scale.score < scale.max_score
    assert lost(report) == {"scale": "crashed"}


@pytest.mark.parametrize(
    ("before", "outcome", "told"),
    [
        (
            "while True: pass",
            "timed_out",
            "double is not defined: its cell ran for more than 1 seconds and was stopped",
        ),
        ("import os; os._exit(0)", "crashed", "double is not defined: its cell ended the notebook's process"),
        ("import ctypes; ctypes.string_at(0)", "crashed", "segmentation fault"),
    ],
)
def test_what_ends_the_top_level_of_a_cell_costs_that_cell_alone(
    quick: Grade, monkeypatch: pytest.MonkeyPatch, before: str, outcome: str, told: str
) -> None:
    monkeypatch.setattr(session, "CELL_SECONDS", 1.0)
    report = quick(with_body("double", "return 0", before))
    assert lost(report) == {"double": outcome}
    assert_tells(" ".join(messages(report, "double")), told)
    assert any(note.startswith("double ") for note in report.notes)


def test_cells_that_take_all_the_time_there_is_do_not_hold_up_the_grading(
    quick: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "CELL_SECONDS", 1.0)
    monkeypatch.setattr(session, "ALL_CELLS_SECONDS", 2.5)
    notebook = SMALL.solution("np")
    for name in ("double", "sigmoid", "neuron", "scale"):
        cell(notebook, name).source = "import time\ntime.sleep(60)"
    report = quick(notebook)
    assert report.seconds < 20
    assert exercise(report, "double").outcome == "timed_out"
    assert all(e.outcome == "timed_out" or e.score == e.max_score for e in report.exercises if e.max_score)
    assert any("was not run: the cells before it took" in note for note in report.notes)


def test_a_notebook_that_ends_its_process_later_on_is_given_up_in_good_time(quick: Grade) -> None:
    """A thread that ends the process behind the judge's back, a moment after the first call, again and again."""
    thread = """
import os, threading, time
called = threading.Event()
threading.Thread(target=lambda: (called.wait(), time.sleep(0.002), os._exit(1))).start()
"""
    report = quick(with_body("sigmoid", f"called.set()\n{RIGHT_SIGMOID}", before=thread))
    assert report.seconds < 60
    assert {e.outcome for e in report.exercises} <= {"crashed", "passed", "skipped", "failed"}
    assert report.score < report.max_score


def test_the_time_of_an_exercise_can_be_set(quick: Grade) -> None:
    slow = with_body(
        "double",
        "busy = time.process_time() + 0.1\nwhile time.process_time() < busy: pass\nreturn 2 * X",
        "import time",
    )
    assert lost(quick(slow, only=("double",))) == {}
    report = quick(slow, only=("double",), timeout=0.15)
    assert lost(report) == {"double": "timed_out"}
    assert_tells(messages(report, "double")[0], r"more than the 0\.15 seconds")


# -- noise


NOISE = """
import sys, warnings, logging, os
print("x" * 10_000_000)
for _ in range(20_000):
    print("line")
os.write(1, b"raw" * 1000); os.write(2, b"raw" * 1000)
sys.stdout.write("{}{[[[" + chr(27) + "[2J" + chr(0) + chr(0xd800))
sys.stderr.write("error! Traceback (most recent call last):")
warnings.warn("deprecated")
warnings.simplefilter("error")
logging.basicConfig(level=0); logging.error("bad")
sys.stdout = sys.stderr = sys.__stdout__ = None
"""


def test_what_is_printed_and_warned_changes_nothing(quick: Grade) -> None:
    plain = quick(SMALL.solution("np"), seed=7)
    noisy = SMALL.solution("np")
    for name in ("sigmoid", "scale"):
        source = cell(noisy, name).source
        body = source.replace(
            "### BEGIN SOLUTION", 'print("called", "x" * 100_000); import warnings; warnings.warn("!")'
        )
        cell(noisy, name).source = NOISE + body
    noisy.cells.insert(0, code_cell(NOISE))
    assert comparable(quick(noisy, seed=7)) == comparable(plain)


def test_a_name_that_the_library_uses_itself_is_the_students_to_take(quick: Grade) -> None:
    """Cells such as `list = [1, 2]` are a nuisance to the student alone."""
    report = quick(with_cell("list = tuple = dict = len = str = print = max = abs = float = isinstance = 3"))
    assert {e.outcome for e in report.exercises} <= {"passed", "failed", "skipped"}


def test_a_call_of_check_inside_a_function_is_harmless(quick: Grade) -> None:
    assert lost(quick(with_body("sigmoid", f'check("sigmoid")\n{RIGHT_SIGMOID}'))) == {}


# -- the same again


def test_the_same_seed_gives_the_same_report_to_the_byte(quick: Grade) -> None:
    wrong = with_body("sigmoid", "return 1 / (1 + np.exp(X))")
    again = [comparable(quick(wrong, seed=11)) for _ in range(2)]
    assert again[0] == again[1]
    other = quick(wrong, seed=12)
    first = msgspec.json.decode(again[0], type=SubmissionReport)
    assert messages(other, "sigmoid") != messages(first, "sigmoid"), "another seed shows other inputs"


def test_a_students_own_random_numbers_are_the_same_with_the_same_seed(quick: Grade) -> None:
    """Otherwise a grade could not be reproduced."""
    source = "import random, numpy\nreturn np.random.uniform(size=X.shape) + random.random() + numpy.random.rand()"
    first, second = (quick(with_body("sigmoid", source), seed=3, only=("sigmoid",)) for _ in range(2))
    assert comparable(first) == comparable(second)
    assert comparable(quick(with_body("sigmoid", source), seed=4, only=("sigmoid",))) != comparable(first)


def test_every_submission_has_a_seed_of_its_own(
    grade_small: Grading, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path.with_name(f"{tmp_path.name}-secret")  # not beside the notebook, where a change counts as one
    monkeypatch.setenv("SOFTMARK_SECRET_FILE", str(secret))
    notebook = SMALL.solution("np")
    options: dict[str, Any] = {"seed": None, "only": ("double",)}
    emma, again, noah = (grade_small(notebook, student=name, **options) for name in ("emma", "emma", "noah"))
    changed = grade_small(with_cell("# I changed my mind"), student="emma", **options)
    secret.unlink()
    elsewhere = grade_small(notebook, student="emma", **options)
    assert emma.seed == again.seed
    assert len({report.seed for report in (emma, noah, changed, elsewhere)}) == 4
    assert grade_small(notebook, **{**options, "seed": emma.seed}).exercises == emma.exercises


def test_the_seed_depends_on_secret_student_and_notebook_and_fits_into_json() -> None:
    seed = submission_seed(b"s" * 32, "emma", "digest")
    others = [submission_seed(b"t" * 32, "emma", "digest"), submission_seed(b"s" * 32, "noah", "digest"),
              submission_seed(b"s" * 32, None, "digest"), submission_seed(b"s" * 32, "emma", "other")]  # fmt: skip
    assert len({seed, *others}) == 5
    assert all(0 <= s < 2**48 for s in (seed, *others))


def test_a_misnamed_student_cannot_have_the_seed_of_another() -> None:
    assert submission_seed(b"s", "ab", "c") != submission_seed(b"s", "a", "bc")


# -- how notebooks are written


def test_a_misspelt_name_is_named(quick: Grade) -> None:
    notebook = SMALL.solution("np")
    neuron = cell(notebook, "neuron")
    neuron.source = neuron.source.replace("def neuron", "def nueron")
    report = quick(notebook)
    assert lost(report) == {"neuron": "failed"}
    assert_tells(messages(report, "neuron")[0], "no function neuron .*You define nueron")


def test_a_helper_in_another_cell_works(quick: Grade) -> None:
    notebook = with_body("sigmoid", "return inverse(1 + np.exp(-X))")
    notebook.cells.append(code_cell("def inverse(A):\n    return 1 / A"))
    assert lost(quick(notebook)) == {}


def test_a_lambda_a_class_and_a_decorated_function_are_functions(quick: Grade) -> None:
    notebook = SMALL.with_cells(
        "np",
        double="""
double = lambda X: 2 * X
""",
        scale="""
class Scale:
    def __call__(self, params, factor):
        for param in params:
            param *= factor
scale = Scale()
""",
    )
    decorator = (
        "import functools\ndef same(f):\n    @functools.wraps(f)\n    def g(X): return f(X)\n    return g\n@same\n"
    )
    cell(notebook, "sigmoid").source = decorator + cell(notebook, "sigmoid").source
    assert lost(quick(notebook)) == {}


def test_a_function_counts_that_is_defined_in_a_cell_which_fails_afterwards(quick: Grade) -> None:
    notebook = SMALL.solution("np")
    cell(notebook, "sigmoid").source += "\nassert sigmoid(np.ones((2, 2))).sum() == 17\n"
    notebook.cells.append(code_cell("this is not Python"))
    notebook.cells.append(code_cell("1 / 0"))
    notebook.cells.append(code_cell("nowhere_defined"))
    report = quick(notebook)
    assert lost(report) == {}
    assert not [check for check in checks(report) if check.outcome == "error"]


def test_a_cell_that_stops_before_its_function_is_quoted(quick: Grade) -> None:
    report = quick(with_body("double", "return 0", before="import numppy"))
    assert lost(report) == {"double": "failed"}
    told = messages(report, "double")[0]
    assert_tells(
        told, r"double is not defined: its cell stops with ModuleNotFoundError.*numppy.* line 1:  import numppy"
    )


def test_a_syntax_error_is_quoted_with_its_line(quick: Grade) -> None:
    report = quick(with_body("double", 'print "hello"\nreturn 0'))
    assert lost(report) == {"double": "failed"}
    assert_tells(messages(report, "double")[0], r"SyntaxError: .*print.* line \d: +print \"hello\"")


def test_a_name_that_is_a_number_now_is_told_so(quick: Grade) -> None:
    report = quick(with_body("sigmoid", RIGHT_SIGMOID, after="sigmoid = sigmoid(np.ones((2, 3)))"))
    assert lost(report) == {"sigmoid": "failed"}
    assert_tells(
        messages(report, "sigmoid")[0], "sigmoid is no function: the cell sigmoid has given that name to something else"
    )


def test_code_may_need_what_the_demonstrations_load(quick: Grade) -> None:
    """Such cells are not run for their own sake: they are slow."""
    notebook = with_body("double", "return 2 * X", "assert pixels.shape[1] == 784 and len(data.test_labels) > 0")
    assert lost(quick(notebook)) == {}


def test_cells_may_come_in_any_order(quick: Grade) -> None:
    notebook = SMALL.solution("np")
    notebook.cells.reverse()
    assert lost(quick(notebook)) == {}


def test_magics_shell_commands_and_plots_work_as_in_a_notebook(quick: Grade) -> None:
    notebook = with_cell(
        """
        %matplotlib inline
        import matplotlib.pyplot as plt
        plt.plot([1, 2]); plt.show()
        files = !ls
        %time x = 1
        display(x)
        await __import__("asyncio").sleep(0)
        def double(X):
            return 2 * X + 0 * len(files)
        """
    )
    assert lost(quick(notebook)) == {}


def test_a_question_to_the_user_is_explained(quick: Grade) -> None:
    report = quick(with_body("double", "return X * int(input('how many? '))"))
    assert lost(report) == {"double": "failed"}
    assert_tells(messages(report, "double")[0], r"input\(\) waits for an answer that nobody can give")


def test_a_failed_assertion_of_the_students_own_is_shown(quick: Grade) -> None:
    report = quick(with_body("double", "assert X.shape == (1, 1), 'my own check'"))
    assert lost(report) == {"double": "failed"}
    told = messages(report, "double")[0]
    assert_tells(told, r"raised AssertionError: my own check\n  line \d+ in double:  assert X.shape")


def test_a_not_implemented_error_of_ones_own_is_shown_and_only_the_stubs_is_no_attempt(quick: Grade) -> None:
    report = quick(with_body("double", "raise NotImplementedError('only for matrices')"))
    assert lost(report) == {"double": "failed"}
    assert_tells(messages(report, "double")[0], "raised NotImplementedError: only for matrices")
    assert lost(quick(with_body("double", "raise NotImplementedError"))) == {"double": "not_attempted"}


# -- forgers


FORGED = {
    "nothing": "w.Returned()",
    "a number": "w.Returned(value=w.Scalar(1.0, 'float'))",
    "nan": "w.Returned(value=w.Scalar(float('nan'), 'float'))",
    "an empty array": "w.Returned(value=w.Array.of(n.zeros((0,), 'float32'), 'mxnet.np'))",
    "a wrong gradient": "w.Returned(value=w.Array.of(n.zeros((3, 2), 'float32'), 'mxnet.np'), "
                        "grads=[w.Array.of(n.zeros((7, 7)))], ops=[])",
    "a list of lists": "w.Returned(value=w.Sequence([w.Sequence([w.Array.of(n.zeros(()))] * 2, 'tuple')] * 3, 'list'))",
    "a kept array that is none": "w.Returned(value=w.Kept(99), late=[w.Kept(1)] * 9, after=[w.Opaque('x')])",
    "what only requests hold": "w.Returned(value=w.Given('sigmoid', [], 'raise SystemExit'))",
    "an exception": "w.Returned(failure=w.Failure('NoSuchFunction', 'x' * 4000))",
}  # fmt: skip


@pytest.mark.parametrize("reply", FORGED.values(), ids=FORGED.keys())
def test_a_forged_reply_earns_next_to_nothing_and_no_error_of_the_graders(grade_small: Grading, reply: str) -> None:
    """An error would leave the points where they are."""
    report = grade_small(
        with_cell(
            f"""
            import numpy as n
            from grader.sandbox import runner, wire as w
            runner.Runner.serve = lambda self, request: w.Returned() if isinstance(request, w.RunCell) else {reply}
            """
        )
    )
    assert report.score < 0.15 * report.max_score
    assert [check.name for check in checks(report) if check.outcome == "error"] == []


OFF_THE_SCHEMA = {
    "noise": "b'no msgpack'",
    "empty": "b'\\x80'",
    "shape": "packed(dtype='float32', shape=[9, 9], data=b'1234')",
    "dtype": "packed(dtype='object', shape=[1], data=b'12345678')",
    "pickle": "pickle.dumps(print)",
}


@pytest.mark.parametrize("sent", OFF_THE_SCHEMA.values(), ids=OFF_THE_SCHEMA.keys())
def test_a_reply_off_the_schema_ends_the_submission_as_crashed(quick: Grade, sent: str) -> None:
    forge = f"""
import msgspec, pickle, struct
from grader.sandbox import wire
def packed(**array):
    return msgspec.msgpack.encode({{"type": "returned", "value": {{"type": "array", **array}}}})
def forge():
    body = {sent}
    wire.encode = lambda reply: struct.pack(">I", len(body)) + body
"""
    report = quick(with_body("double", "forge()", before=forge), only=("double",))
    assert report.score == 0
    assert {check.outcome for check in checks(report)} <= {"crashed", "failed"}
    assert exercise(report, "double").outcome in ("crashed", "failed")


def test_a_cell_that_answers_off_the_schema_is_left_out_and_noted(quick: Grade) -> None:
    forge = "from grader.sandbox import wire\nwire.encode = lambda reply: bytes([0, 0, 0, 1, 7])"
    report = quick(with_cell(forge), only=("double",))
    assert lost(report) == {}
    assert any(note.startswith("suspicious: a reply to the judge was forged") for note in report.notes)


FLOOD = """
import gc, socket, struct
def flood():
    gc.unfreeze()
    sock = next(o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() >= 0)
    sock.sendall(struct.pack(">I", 2**32 - 1))
    while True:
        sock.sendall(bytes(1 << 20))
"""


def test_an_endless_reply_is_cut_off(quick: Grade) -> None:
    report = quick(with_body("double", "flood()", before=FLOOD))
    assert lost(report) == {"double": "crashed"}
    assert_tells(messages(report, "double")[0], "sent something that is no answer")
    assert any("a message of 4294967295 bytes; at most" in note for note in report.notes)


def test_what_one_submission_changes_in_the_libraries_is_undone_for_the_next(quick: Grade) -> None:
    quick(
        with_cell("import numpy, mxnet, grader.sandbox.runner as r\nnumpy.exp = mxnet.np.exp = r.Runner.serve = None")
    )
    assert lost(quick(SMALL.solution("np"))) == {}
