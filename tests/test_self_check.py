"""``check("softmax")`` in a notebook: what a student sees, in a real kernel."""

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

from grader.checking import authoring
from tests import notebooks

WRONG = "def softmax(X):\n    return np.exp(X) / np.exp(X).sum(axis=0)"
RAISES = "def softmax(X):\n    raise ValueError('<script>alert(1)</script> \\x1b[31mred')"
RIGHT = "def softmax(X):\n    E = np.exp(X - X.max(axis=1, keepdims=True))\n    return E / E.sum(axis=1, keepdims=True)"


class Kernel:
    """Cells run one after the other in one kernel; what each displayed, by its name."""

    def __init__(self, flavour: str, cells: dict[str, str], folder: Path, first: tuple[str, ...]) -> None:
        source = notebooks.solution(flavour)
        given = {name: notebooks.cell(source, name).source for name in first}
        self.names = [*given, *cells]
        codes = [textwrap.dedent(code) for code in {**given, **cells}.values()]
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in codes])
        client = nbclient.NotebookClient(
            notebook,
            timeout=120,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            allow_errors=True,
        )
        client.execute()
        self.outputs = {name: cell.outputs for name, cell in zip(self.names, notebook.cells, strict=True)}

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
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Kernel:
    """The story of a student of the np edition, from the stub to the end."""
    os.environ["PYTHONPATH"] = str(notebooks.ROOT)
    stub = notebooks.cell(notebooks.released("np"), "softmax").source
    net = notebooks.cell(notebooks.solution("np"), "net").source
    cells = {
        "before": 'check("softmax")',
        "stub": f'{stub}\ncheck("softmax")',
        "wrong": f'{WRONG}\ncheck("softmax")',
        "raises": f'{RAISES}\ncheck("softmax")',
        "exits": 'import sys\ndef softmax(X):\n    sys.exit(1)\ncheck("softmax")',
        "misspelt": f'del softmax\n{RIGHT.replace("softmax", "sotfmax")}\ncheck("softmax")',
        "right": f'{RIGHT}\ncheck("softmax")',
        "net without W": f'{net}\ncheck("net")',
        "W afterwards": 'print("W" in globals(), "b" in globals())',
        "params": """
            num_inputs, num_outputs = 784, 10
            W = np.random.normal(0, 0.01, (num_inputs, num_outputs))
            b = np.ones(num_outputs)
            W.attach_grad()
            W.grad[:] = 3
            before = W, b, W.copy(), b.copy(), npx.is_np_array(), autograd.is_recording()
        """,
        "net": 'check("net")',
        "unchanged": """
            same = W is before[0] and b is before[1] and bool((W == before[2]).all() and (b == before[3]).all())
            print(same, float(W.grad.mean()), (npx.is_np_array(), autograd.is_recording()) == before[4:])
        """,
        "unknown": 'check("sofmax")',
        "no text": "check(softmax)",
        "in a function": 'def later():\n    return check("softmax")\nlater()',
        "prints": f'{RIGHT.replace("E =", "print(X.shape); E =")}\ncheck("softmax")',
    }
    return Kernel("np", cells, tmp_path_factory.mktemp("student"), ("setup",))


def visible() -> list[authoring.Check]:
    return [check for check in notebooks.assignment("np").exercise("softmax").checks if not check.hidden]


def hidden() -> list[authoring.Check]:
    return [check for check in notebooks.assignment("np").exercise("softmax").checks if check.hidden]


def test_before_anything_is_written_it_says_what_to_do(kernel: Kernel) -> None:
    text = kernel.text("before")
    assert "There is no function softmax yet: run the cell that defines it first." in text


def test_the_stub_is_not_written_yet(kernel: Kernel) -> None:
    assert kernel.text("stub") == "softmax(X) is not written yet."
    assert "Replace the line that raises." in kernel.displayed("stub")["text/html"]


def test_a_right_answer_passes_every_visible_check_and_hides_the_hidden(kernel: Kernel) -> None:
    lines = kernel.text("right").splitlines()
    assert lines[0] == f"softmax: {len(visible())} of {len(visible())} checks passed."
    assert [line.strip() for line in lines[1:-1]] == [f"✓ {check.title}" for check in visible()]
    assert lines[-1] == "Grading adds more checks, on inputs you have not seen here."
    assert hidden()
    for name in kernel.names:
        for check in hidden():
            assert check.title not in str(kernel.outputs[name])


def test_a_wrong_answer_shows_the_input_both_results_and_the_diagnosis(kernel: Kernel) -> None:
    text = kernel.text("wrong")
    assert re.search(r"^softmax: \d of \d checks passed$", text, re.MULTILINE)
    assert re.search(r"✗ softmax\(X\) equals .*\n +softmax\(X\) is not right", text)
    assert text.index("X:  ") < text.index("returned: ") < text.index("expected: ")
    assert "This is what you get when the sum runs over axis 0" in text
    assert "Hint: " in text
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
    assert "in softmax:  raise ValueError(" in displayed["text/plain"]


def test_an_exit_in_a_function_does_not_end_the_notebook(kernel: Kernel) -> None:
    assert kernel.error("exits") == ""
    assert kernel.error("misspelt") == ""


def test_a_misspelt_name_is_named(kernel: Kernel) -> None:
    assert "You define sotfmax: is that a slip of the pen?" in kernel.text("misspelt")


def test_the_students_own_variables_are_as_before(kernel: Kernel) -> None:
    assert kernel.text("unchanged") == "True 3.0 True"
    assert kernel.text("W afterwards") == "False False"
    assert kernel.text("net").startswith("net: ")


def test_an_unknown_name_is_answered_with_the_known_ones(kernel: Kernel) -> None:
    said = kernel.error("unknown")
    assert said.startswith("ValueError: softmax-regression has no exercise 'sofmax'; take the name of the function: ")
    assert "accuracy, " in said and "data_iter, " in said and "softmax" in said
    told = 'ValueError: check takes the name of an exercise, in quotes: check("softmax")'
    assert kernel.error("no text") == told


def test_it_may_be_called_from_a_function_of_the_students(kernel: Kernel) -> None:
    assert kernel.text("in a function") == kernel.text("right")


def test_what_a_function_prints_is_seen_above_the_table(kernel: Kernel) -> None:
    printed, table = kernel.outputs["prints"]
    assert "(4, 3)\n" in printed.text
    assert table.data["text/plain"] == kernel.text("right")


@pytest.mark.parametrize("flavour", ["np", "nd"])
def test_the_solution_passes_every_check_it_is_shown(flavour: str, tmp_path: Path) -> None:
    os.environ["PYTHONPATH"] = str(notebooks.ROOT)
    names = [name for name in notebooks.EXERCISES if name != "train"]
    given = ["setup", "params", *names, *(f"check-{name}" for name in names)]
    kernel = Kernel(flavour, {}, tmp_path, tuple(given))
    for name in names:
        first = kernel.text(f"check-{name}").splitlines()[0]
        passed = re.fullmatch(rf"{name}: (\d+) of (\d+) checks passed\.( Well done\.)?", first)
        assert passed, first
        assert passed[1] == passed[2]


def test_without_a_notebook_it_prints(tmp_path: Path) -> None:
    script = tmp_path / "homework.py"
    script.write_text(f'from grader import check\nfrom mxnet import np, npx\nnpx.set_np()\n{RIGHT}\ncheck("softmax")\n')
    done = subprocess.run(
        [sys.executable, script], env={**os.environ, "PYTHONPATH": str(notebooks.ROOT)}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"softmax: {len(visible())} of {len(visible())} checks passed.\n  ✓ ")
