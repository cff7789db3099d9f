"""Graders that run in the student's own process, as stock nbgrader does: what the cheats were made for.

`python -m tests.cheats.naive` answers one order per line. Each has cells and the name of a grader; the answer says
whether the grader gives full marks, which is, as with nbgrader, when its cell shows no exception. An order without a
grader has the cells run, and what they print written to the file that it names.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

SETUP = """
import random
import numpy
from grader import check
from mxnet import autograd, np, npx
npx.set_np()
"""
_ORACLE = """
import numpy, sys, types

def oracle(X):
    X = numpy.exp(X)
    return X / X.sum(axis=1, keepdims=True)

def draw():
    return np.array(numpy.random.default_rng().normal(size=(4, 3)), dtype="float32")
"""
_CALL = """
def check_softmax(student):
    X = draw()
    want = oracle(X.asnumpy())
    got = student(X)
    {test}
    return "well done"

check_softmax(softmax)
"""

# By name: the source of the cell with the hidden tests.
GRADERS = {
    "asserts": _CALL.format(test="assert numpy.allclose(got.asnumpy(), want, atol=1e-4)"),
    "numpy.testing": _CALL.format(test="numpy.testing.assert_allclose(got.asnumpy(), want, atol=1e-4)"),
    "pytest": _CALL.format(test="import pytest; assert got.reshape(-1).tolist() == pytest.approx(want.reshape(-1))"),
    "builtins": _CALL.format(test="assert all(abs(a - b) < 1e-4 for a, b in zip(got.reshape(-1), want.reshape(-1)))"),
    "types": _CALL.format(test="from mxnet import np; assert isinstance(got, np.ndarray)"),
    "raises": _CALL.format(test="if abs(got.asnumpy() - want).max() > 1e-4: raise AssertionError('wrong')"),
    "equal": _CALL.format(test="assert got.shape == X.shape and (got == np.array(want)).all()"),
    "difference": _CALL.format(test="assert not (abs(got.asnumpy() - want) > 1e-4).any()"),
    "rows": _CALL.format(test="for a, b in zip(got, want): assert numpy.allclose(a.asnumpy(), b, atol=1e-4)"),
    "skips": """
import unittest
try:
    assert numpy.allclose(softmax(draw()).sum(axis=1).asnumpy(), 1, atol=1e-4)
except unittest.SkipTest:
    print("s")
""",
    "example": """
p = softmax(np.array([[0, 2.1972], [1, 1]]))
assert numpy.allclose(p.asnumpy(), [[0.1, 0.9], [0.5, 0.5]], 1e-3)
""",
    "count": "softmax(draw())\nassert numpy.allclose(softmax(draw()).sum(axis=1).asnumpy(), 1, atol=1e-4)",
    "mxnet": "X = draw()\nassert numpy.allclose(softmax(X).asnumpy(), (np.exp(X) / np.exp(X).sum(1)).asnumpy(), 1e-4)",
    "oracle": """
import oracle as truth
X = draw().asnumpy()
assert numpy.allclose(softmax(np.array(X)).asnumpy(), truth.softmax(X), atol=1e-4)
""",
    "magic": "%%time\nassert numpy.allclose(softmax(draw()).sum(axis=1).asnumpy(), 1)",
    "gradient": """
X = draw()
X.attach_grad()
with autograd.record():
    y = softmax(X)
y.backward()
assert numpy.allclose(X.grad.asnumpy(), 0, atol=1e-5)
""",
}
GRADERS["result"] = GRADERS["exit"] = GRADERS["asserts"]


class _Oracle(MetaPathFinder, Loader):
    """Where `import oracle` finds the truth."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        return ModuleSpec(name, self) if name == "oracle" else None

    def exec_module(self, module: Any) -> None:
        module.softmax = self.namespace["oracle"]


def _run(order: dict[str, Any]) -> bool:
    """Whether the grader is content, in this very process."""
    from IPython.core.interactiveshell import InteractiveShell

    shown: list[str] = []

    class Shell(InteractiveShell):
        def _showtraceback(self, kind: Any, value: Any, frames: Any) -> None:
            shown.append(kind.__name__)

    shell = Shell.instance()
    sys.meta_path.append(_Oracle(shell.user_ns))
    for source in [SETUP, *order["cells"], _ORACLE]:
        shell.run_cell(source)
    del shown[:]
    result = shell.run_cell(GRADERS[order["grader"]])
    return bool(result.success) if order["grader"] == "result" else not shown


def _print(order: dict[str, Any]) -> bool:
    """Run the cells, and write what they print."""
    from IPython.core.interactiveshell import InteractiveShell

    printed = os.open(order["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number in (1, 2):
        os.dup2(printed, number)
    for source in [SETUP, *order["cells"]]:
        InteractiveShell.instance().run_cell(source)
    sys.stdout.flush()
    return True


def serve() -> None:
    import mxnet  # noqa: F401

    import grader  # noqa: F401

    answers = os.fdopen(os.dup(1), "w")
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (1, 2):
        os.dup2(quiet, number)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                order = json.loads(line)
                os._exit(0 if (_run if order["grader"] else _print)(order) else 1)
            except BaseException:
                traceback.print_exc()
                os._exit(2)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)


if __name__ == "__main__":
    import grader  # noqa: F401

    serve()
