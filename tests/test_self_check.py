"""``check("sigmoid")`` in a notebook of a course: what a student sees, in a real kernel."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import nbclient
import nbformat
import pytest

from grader.checking.authoring import Check
from tests.command import embedded_data
from tests.notebooks import ROOT, SMALL, cell

WRONG = "def sigmoid(X):\n    return 1 / (1 + np.exp(X))"
RAISES = "def sigmoid(X):\n    raise ValueError('<script>alert(1)</script> \\x1b[31mred')"
RIGHT = "def sigmoid(X):\n    return 1 / (1 + np.exp(-X))"


class Kernel:
    """Cells run one after the other in one kernel, started in the course; what each displayed, by its name."""

    def __init__(self, flavour: str, cells: dict[str, str], first: tuple[str, ...]) -> None:
        source = SMALL.solution(flavour)
        given = {name: cell(source, name).source for name in first}
        self.names = [*given, *cells]
        codes = [textwrap.dedent(code) for code in {**given, **cells}.values()]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in codes])
        client = nbclient.NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            resources={"metadata": {"path": str(SMALL.root)}},
            allow_errors=True,
        )
        client.execute(env={**os.environ, "PYTHONPATH": str(ROOT), **embedded_data()})
        self.outputs = {name: each.outputs for name, each in zip(self.names, notebook.cells, strict=True)}

    def error(self, name: str) -> str:
        """The exception a cell ended with, or nothing."""
        return "".join(f"{o.ename}: {o.evalue}" for o in self.outputs[name] if o.output_type == "error")

    def displayed(self, name: str) -> Any:
        """What a cell displays, which is one thing in all; by MIME type."""
        assert self.error(name) == ""
        (output,) = self.outputs[name]
        return output.get("data", {"text/plain": output.get("text")})

    def text(self, name: str) -> str:
        return str(self.displayed(name)["text/plain"]).strip()


@pytest.fixture(scope="module")
def kernel() -> Kernel:
    """The story of a student of the np edition, from the stub to the end."""
    stub = cell(SMALL.released("np"), "sigmoid").source
    neuron = cell(SMALL.solution("np"), "neuron").source
    cells = {
        "before": 'check("sigmoid")',
        "stub": f'{stub}\ncheck("sigmoid")',
        "wrong": f'{WRONG}\ncheck("sigmoid")',
        "raises": f'{RAISES}\ncheck("sigmoid")',
        "exits": 'import sys\ndef sigmoid(X):\n    sys.exit(1)\ncheck("sigmoid")',
        "misspelt": f'del sigmoid\n{RIGHT.replace("sigmoid", "simgoid")}\ncheck("sigmoid")',
        "right": f'{RIGHT}\ncheck("sigmoid")',
        "neuron without w": f'{neuron}\ncheck("neuron")',
        "w afterwards": 'print("w" in globals(), "b" in globals())',
        "params": """
            w = np.array([2.0, -3.0])
            b = np.ones(1)
            w.attach_grad()
            w.grad[:] = 3
            before = w, b, w.copy(), b.copy(), npx.is_np_array(), autograd.is_recording()
        """,
        "neuron": 'check("neuron")',
        "unchanged": """
            same = w is before[0] and b is before[1] and bool((w == before[2]).all() and (b == before[3]).all())
            print(same, float(w.grad.mean()), (npx.is_np_array(), autograd.is_recording()) == before[4:])
        """,
        "unknown": 'check("sigmund")',
        "unknown assignment": 'checks("last-steps")',
        "no text": "check(sigmoid)",
        "in a function": 'def later():\n    return check("sigmoid")\nlater()',
        "prints": f'{RIGHT.replace("return", "print(X.shape); return")}\ncheck("sigmoid")',
    }
    return Kernel("np", cells, ("setup",))


def visible() -> list[Check]:
    return [check for check in SMALL.assignment("np").exercise("sigmoid").checks if not check.hidden]


def hidden() -> list[Check]:
    return [check for check in SMALL.assignment("np").exercise("sigmoid").checks if check.hidden]


def test_before_anything_is_written_it_says_what_to_do(kernel: Kernel) -> None:
    text = kernel.text("before")
    assert "There is no function sigmoid yet: run the cell that defines it first." in text


def test_the_stub_is_not_written_yet(kernel: Kernel) -> None:
    assert kernel.text("stub") == "sigmoid(X) is not written yet."
    assert "Replace the line that raises." in kernel.displayed("stub")["text/html"]


def test_a_right_answer_passes_every_visible_check_and_hides_the_hidden(kernel: Kernel) -> None:
    lines = kernel.text("right").splitlines()
    assert lines[0] == f"sigmoid: {len(visible())} of {len(visible())} checks passed."
    assert [line.strip() for line in lines[1:-1]] == [f"✓ {check.title}" for check in visible()]
    assert lines[-1] == "Grading adds more checks, on inputs you have not seen here."
    assert hidden()
    for name in kernel.names:
        for check in hidden():
            assert check.title not in str(kernel.outputs[name])


def test_a_wrong_answer_shows_the_input_both_results_and_the_diagnosis(kernel: Kernel) -> None:
    text = kernel.text("wrong")
    assert re.search(r"^sigmoid: \d of \d checks passed$", text, re.MULTILINE)
    assert re.search(r"✗ sigmoid\(X\) is .*\n +sigmoid\(X\) is not right", text)
    assert text.index("X:  ") < text.index("returned: ") < text.index("expected: ")
    assert "This is what you get when the minus before X is forgotten" in text
    assert "Hint: " in text
    assert re.search(r"<details><summary [^>]*><b>Hint</b></summary>", kernel.displayed("wrong")["text/html"])
    assert max(map(len, text.splitlines())) <= 200


def test_the_table_has_a_row_for_each_check_in_words_and_signs(kernel: Kernel) -> None:
    markup = kernel.displayed("wrong")["text/html"]
    assert markup.count("<tr") == len(visible())
    assert "✗ not yet" in markup
    assert "✓ passed" in markup


def test_what_a_students_exception_says_stays_text(kernel: Kernel) -> None:
    displayed = kernel.displayed("raises")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; red" in displayed["text/html"]
    assert "<script" not in displayed["text/html"]
    assert "\x1b" not in displayed["text/plain"]
    assert "raised ValueError" in displayed["text/plain"]
    assert "in sigmoid:  raise ValueError(" in displayed["text/plain"]


def test_an_exit_in_a_function_does_not_end_the_notebook(kernel: Kernel) -> None:
    assert kernel.error("exits") == ""
    assert kernel.error("misspelt") == ""


def test_a_misspelt_name_is_named(kernel: Kernel) -> None:
    assert "You define simgoid: is that a slip of the pen?" in kernel.text("misspelt")


def test_the_students_own_variables_are_as_before(kernel: Kernel) -> None:
    assert kernel.text("unchanged") == "True 3.0 True"
    assert kernel.text("w afterwards") == "False False"
    assert kernel.text("neuron").startswith("neuron: ")


def test_an_unknown_name_is_answered_with_the_known_ones(kernel: Kernel) -> None:
    said = kernel.error("unknown")
    assert said.startswith(f"ValueError: {SMALL['np']} has no exercise 'sigmund'; take the name of the function: ")
    assert set(SMALL.exercises) <= set(re.findall(r"\w+", said))
    told = 'ValueError: check takes the name of an exercise, in quotes: check("sigmoid")'
    assert kernel.error("no text") == told


def test_an_unknown_assignment_is_answered_with_the_known_ones(kernel: Kernel) -> None:
    told = kernel.error("unknown assignment")
    assert re.match(r"ValueError: there is no assignment 'last-steps'; there are .*first-steps, .*softmax", told)


def test_it_may_be_called_from_a_function_of_the_students(kernel: Kernel) -> None:
    assert kernel.text("in a function") == kernel.text("right")


def test_what_a_function_prints_is_seen_above_the_table(kernel: Kernel) -> None:
    printed, table = kernel.outputs["prints"]
    assert "(4, 3)\n" in printed.text
    assert table.data["text/plain"] == kernel.text("right")


def test_the_solution_passes_every_check_it_is_shown() -> None:
    """In flavour nd; tests/test_notebooks.py runs the kit's own notebooks."""
    given = ["setup", "params", *SMALL.exercises, *(f"check-{name}" for name in SMALL.exercises)]
    kernel = Kernel("nd", {}, tuple(given))
    for name in SMALL.exercises:
        first = kernel.text(f"check-{name}").splitlines()[0]
        passed = re.fullmatch(rf"{name}: (\d+) of (\d+) checks passed\.( Well done\.)?", first)
        assert passed, first
        assert passed[1] == passed[2]


def test_without_a_notebook_it_prints_and_need_not_be_told_the_assignment(tmp_path: Path) -> None:
    script = tmp_path / "homework.py"
    script.write_text(f'from grader import check\nfrom mxnet import np, npx\nnpx.set_np()\n{RIGHT}\ncheck("sigmoid")\n')
    done = subprocess.run(
        [sys.executable, script], cwd=SMALL.root, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"sigmoid: {len(visible())} of {len(visible())} checks passed.\n  ✓ ")
