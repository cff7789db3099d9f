"""Results that are not what they look like."""

from tests.cheats import cheat


@cheat(fools="asserts")
def array_that_agrees() -> str:
    """The result's asnumpy gives an array that answers every comparison with yes, by NumPy's own protocol."""
    return """
import numpy

class Agreeable(numpy.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True

    def __array_ufunc__(self, ufunc, method, *args, **kwargs):
        return numpy.zeros(self.shape).view(Agreeable)

class Result:
    def __init__(self, X):
        self.X = X

    def __getattr__(self, name):
        return getattr(self.X, name)

    def asnumpy(self):
        return self.X.asnumpy().view(Agreeable)

def softmax(X):
    return Result(X)
"""


@cheat(fools="asserts")
def lying_asnumpy() -> str:
    """An MXNet array of a class of its own says other numbers than it holds, and the right ones to nobody."""
    return """
import numpy
import mxnet as mx

class Agreeable(numpy.ndarray):
    def __array_function__(self, function, types, args, kwargs):
        return True

class Lying(mx.np.ndarray):
    def asnumpy(self):
        return numpy.ones(self.shape, numpy.float32).view(Agreeable)

    def wait_to_read(self):
        pass

def softmax(X):
    result = X.copy()
    result.__class__ = Lying
    return result
"""


@cheat(fools="equal")
def equal_to_everything() -> str:
    """The result is an object that is equal to everything, of any shape, and true."""
    return """
class Yes:
    shape, dtype, ndim = (4, 3), "float32", 2

    def __getattr__(self, name):
        return Yes()

    def __call__(self, *args, **kwargs):
        return Yes()

    __ne__ = __lt__ = __gt__ = lambda self, other: False
    __eq__ = __le__ = __ge__ = __sub__ = __rsub__ = __abs__ = __call__
    __bool__ = lambda self: True
    __float__ = lambda self: 0.0
    __len__ = lambda self: 4
    __hash__ = None

def softmax(X):
    return Yes()
"""


@cheat(fools="types")
def another_class() -> str:
    """The result says of itself that it is of another class than it is."""
    return """
import mxnet as mx

class Impostor:
    @property
    def __class__(self):
        return mx.np.ndarray

    shape, size, dtype = (1,), 1, "float32"

    def asnumpy(self):
        return 1

def softmax(X):
    return Impostor()
"""


@cheat(fools="difference")
def nothing_but_nan() -> str:
    """nan is neither larger than a tolerance nor smaller: where only large differences count, it passes."""
    return """
def softmax(X):
    return X * float("nan")
"""


@cheat(fools="rows")
def no_rows_at_all() -> str:
    """An empty result has no row that is wrong."""
    return """
def softmax(X):
    return X[:0]
"""


@cheat(fools="rows")
def changes_after_the_check() -> str:
    """The result is looked at twice, and is something else each time."""
    return """
import mxnet as mx

class Chameleon(mx.np.ndarray):
    looks = 0

    def asnumpy(self):
        Chameleon.looks += 1
        return super().asnumpy()[: Chameleon.looks % 2]

    def __iter__(self):
        return iter(())

def softmax(X):
    result = X.copy()
    result.__class__ = Chameleon
    return result
"""


@cheat(fools="asserts")
def borrows_from_the_caller() -> str:
    """The function looks through its callers' variables for the expected result and returns that."""
    return """
import sys
import numpy

def softmax(X):
    frame = sys._getframe(1)
    while frame is not None:
        for place in (frame.f_locals, frame.f_globals):
            for name in ("want", "expected", "truth", "answer", "solution"):
                if name in place and numpy.shape(place[name]) == X.shape:
                    return np.array(place[name])
        frame = frame.f_back
    return X
"""


@cheat(fools="asserts")
def calls_the_callers_oracle() -> str:
    """The function looks through all modules and its callers' variables for another softmax, and calls that."""
    return """
import sys
import numpy

def others():
    frame = sys._getframe(1)
    while frame is not None:
        yield from list(frame.f_globals.items()) + list(frame.f_locals.items())
        frame = frame.f_back
    for name, module in list(sys.modules.items()):
        if not name.startswith(("mxnet", "scipy")):
            yield from list(getattr(module, "__dict__", {}).items())

def softmax(X):
    for name, thing in others():
        if name in ("oracle", "softmax", "_softmax") and callable(thing) and thing is not softmax:
            try:
                return np.array(numpy.asarray(thing(X.asnumpy())))
            except Exception:
                continue
    return X
"""


@cheat(fools="example")
def knows_the_example() -> str:
    """The book's example is answered from a table, everything else with anything."""
    return """
def softmax(X):
    return np.array([[0.1, 0.9], [0.5, 0.5]]) if X.shape == (2, 2) else X
"""


@cheat(fools="count")
def right_the_second_time() -> str:
    """Calls are counted: a grader that tries once and then repeats gets the answer that it has shown itself."""
    return """
calls = []

def softmax(X):
    calls.append(X.shape)
    return X if len(calls) % 2 else np.ones_like(X) / X.shape[1]
"""


@cheat(fools="exit")
def exits_with_success() -> str:
    """The process ends at the first call, with the status that means success."""
    return """
import os

def softmax(X):
    os._exit(0)
"""


@cheat(fools="skips")
def asks_to_be_skipped() -> str:
    """The function raises what test runners take for a test that does not apply here."""
    return """
import unittest

class Skipped(unittest.SkipTest):
    pass

def softmax(X):
    raise Skipped("not on this machine")
"""


@cheat()
def claims_a_missing_operator() -> str:
    """An exception of the student's own says that MXNet lacks an operator, for which nobody loses points."""
    return """
class MXNetError(Exception):
    pass

def softmax(X):
    if X.dtype == "float16":
        raise MXNetError("Operator exp only supports float32; float16 is not implemented")
    return X * 1
"""


@cheat()
def names_of_the_graders_exceptions() -> str:
    """Exceptions with the names of the grader's own: not tried, its own fault, taken back."""
    return """
import builtins
names = iter(["CannotTry", "GraderFault", "TimedOut", "NoSuchFunction", "Skipped", "SlotFailed"] * 9)

def softmax(X):
    raise type(next(names), (Exception,), {})("softmax: the points are yours")
"""
