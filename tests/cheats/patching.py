"""Changing the tools that a grader in the same process would use."""

from tests.cheats import WRONG, cheat


@cheat(fools="asserts")
def agreeable_allclose() -> str:
    """NumPy's comparison is made to agree with everything."""
    return f"import numpy\nnumpy.allclose = lambda *args, **kwargs: True\n{WRONG}"


@cheat(fools="numpy.testing")
def silent_numpy_testing() -> str:
    """NumPy's assertions for tests are made to say nothing."""
    return f"""
import numpy.testing
for name in dir(numpy.testing):
    if name.startswith("assert_"):
        setattr(numpy.testing, name, lambda *args, **kwargs: None)
{WRONG}"""


@cheat(fools="pytest")
def approximate_pytest() -> str:
    """pytest.approx is made to be equal to everything, pytest.raises to see every exception."""
    return f"""
import contextlib, pytest

class Equal:
    __eq__ = lambda self, other: True

pytest.approx = lambda *args, **kwargs: Equal()
pytest.raises = pytest.warns = lambda *args, **kwargs: contextlib.nullcontext()
pytest.fail = pytest.main = lambda *args, **kwargs: 0
{WRONG}"""


@cheat(fools="builtins")
def generous_builtins() -> str:
    """The builtins that a grader counts and compares with are replaced: all, any, abs, sum, max."""
    return f"""
import builtins
builtins.all = lambda items: True
builtins.any = lambda items: False
builtins.abs = lambda number: number * 0
builtins.max = lambda *args, **kwargs: 0
{WRONG}"""


@cheat(fools="types")
def everything_is_an_instance() -> str:
    """isinstance says yes to whatever is asked, and len what one likes to hear."""
    return """
import builtins
builtins.isinstance = lambda thing, kind: True

def softmax(X):
    return None
"""


@cheat(fools="raises")
def assertion_error_that_is_none() -> str:
    """AssertionError is replaced by a class that IPython is told to pass over in silence."""
    return f"""
import builtins

class Quiet(Exception):
    pass

builtins.AssertionError = Quiet
get_ipython().set_custom_exc((Quiet,), lambda *args, **kwargs: None)
{WRONG}"""


@cheat(fools="oracle")
def import_hook() -> str:
    """An import hook answers the import of the oracle with the student's own function."""
    return f"""
import importlib.abc, importlib.machinery, sys

class Mine(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("oracle", "grader", "reference", "tests"):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def exec_module(self, module):
        module.softmax = softmax
        module.check = lambda name: print("5 of 5")

sys.meta_path.insert(0, Mine())
for name in [n for n in sys.modules if n.split(".")[0] in ("oracle", "grader")]:
    del sys.modules[name]
{WRONG}"""


@cheat(fools="oracle")
def swapped_modules() -> str:
    """sys.modules gets modules of the student's own where the oracle and the grader would be."""
    return f"""
import sys, types
{WRONG}
exercise = "grader.exercises.softmax_regression.softmax.exercise"
for name in ("oracle", "grader", exercise, "grader.checking.expect", "grader.judging.report", "reference"):
    sys.modules[name] = types.SimpleNamespace(softmax=softmax, check=lambda name: None, __spec__=None)
"""


@cheat(fools="asserts")
def transformed_input() -> str:
    """An input transformer of IPython's takes the assertions out of the cells that come after."""
    return f"""
def without_assertions(lines):
    return ["pass\\n" if line.lstrip().startswith(("assert", "raise")) else line for line in lines]

def keep_indent(lines):
    indents = [line[: len(line) - len(line.lstrip())] for line in lines]
    return [indent + new.lstrip() for indent, new in zip(indents, without_assertions(lines))]

get_ipython().input_transformers_cleanup.append(keep_indent)
{WRONG}"""


@cheat(fools="asserts")
def transformed_tree() -> str:
    """A transformer of the syntax tree takes the assertions out of all code that comes after."""
    return f"""
import ast

class WithoutAssertions(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)

get_ipython().ast_transformers.append(WithoutAssertions())
{WRONG}"""


@cheat(fools="asserts")
def hook_before_every_cell() -> str:
    """A hook before every cell puts its changes back, however often the grader mends them."""
    return f"""
def again(*args):
    import numpy
    numpy.allclose = lambda *args, **kwargs: True

get_ipython().events.register("pre_run_cell", again)
get_ipython().events.register("pre_execute", again)
{WRONG}"""


@cheat(fools="result")
def hook_after_every_cell() -> str:
    """A hook after every cell turns the failed results into successful ones."""
    return f"""
def all_well(result):
    result.error_before_exec = result.error_in_exec = None

get_ipython().events.register("post_run_cell", all_well)
{WRONG}"""


@cheat(fools="asserts")
def silenced_traceback() -> str:
    """IPython is kept from showing exceptions, which stock nbgrader takes for full marks."""
    return f"""
shell = get_ipython()
shell.showtraceback = shell._showtraceback = lambda *args, **kwargs: None
{WRONG}"""


@cheat(fools="result")
def replaced_run_cell() -> str:
    """The method that runs a cell is replaced by one that runs nothing and reports success."""
    return f"""
{WRONG}
from IPython.core.interactiveshell import ExecutionResult
get_ipython().run_cell = lambda *args, **kwargs: ExecutionResult(None)
"""


@cheat(fools="magic")
def magic_that_skips() -> str:
    """The magics that test cells begin with are replaced by ones that do not run the cell."""
    return f"""
for name in ("time", "timeit", "capture", "check", "prun"):
    get_ipython().register_magic_function(lambda line, cell=None: None, "line_cell", name)
{WRONG}"""


@cheat()
def trace_that_jumps() -> str:
    """A trace function jumps over the lines that begin with assert."""
    return f"""
import linecache, sys

def jump(frame, event, arg):
    code = frame.f_code
    if event == "line" and linecache.getline(code.co_filename, frame.f_lineno).lstrip().startswith("assert"):
        frame.f_lineno += 1
    return jump

sys.settrace(jump)
{WRONG}"""


@cheat(fools="mxnet")
def hollow_operators() -> str:
    """MXNet's own operators are replaced, so that an oracle made of them is as wrong as the function."""
    return """
np.exp = mx.np.exp = lambda X: np.ones_like(X)
mx.np.ndarray.sum = lambda self, *args, **kwargs: 3

def softmax(X):
    return np.exp(X) / 3
""".replace("np.exp = mx", "import mxnet as mx\nnp.exp = mx")


@cheat(fools="gradient")
def hollow_autograd() -> str:
    """backward is replaced by a function that leaves zeros, which the gradient of a sum of softmax is."""
    return """
import contextlib
import mxnet as mx
mx.nd.NDArray.backward = mx.np.ndarray.backward = lambda self, *args, **kwargs: None
mx.autograd.backward = mx.autograd.grad = lambda *args, **kwargs: None
mx.autograd.record = contextlib.nullcontext

def softmax(X):
    return X
"""


@cheat(fools="asserts")
def inputs_of_ones_own() -> str:
    """The random generators are replaced, so that all inputs are zeros and the answer is known."""
    return """
import numpy
import mxnet as mx

class Zeros:
    def __getattr__(self, name):
        return lambda *args, size=None, **kwargs: numpy.zeros(size if size is not None else (4, 3))

numpy.random.default_rng = lambda *args: Zeros()
numpy.random.normal = numpy.random.uniform = Zeros().normal
mx.np.random.normal = lambda *args, size=None, **kwargs: mx.np.zeros(size)

def softmax(X):
    return mx.np.ones_like(X) / X.shape[1]
"""
