"""Having the library, or another oracle that is installed, do what is to be written.

What a call to the library returns is right, so its values are paid; what is lost is the check that says "from
scratch", however the call is hidden.
"""

from tests.cheats import cheat

SEEN = "suspicious: .*library"
# Everything but `from_scratch`; and the same without a gradient for autograd to follow.
WITH_GRADIENT, VALUES_ONLY = 4.5, 3.25


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def library_softmax() -> str:
    """The library's softmax, called by its name."""
    return """
def softmax(X):
    return npx.softmax(X)
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def name_put_together() -> str:
    """The name is put together from parts, which a search of the source does not find."""
    return """
_f = getattr(__import__("mxnet").numpy_extension, "xamtfos"[::-1])

def softmax(X):
    return _f(X, **{"axis": 1})
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def exponential_of_log_softmax() -> str:
    """exp of the library's log-softmax: there is an exp to be seen."""
    return """
def softmax(X):
    return np.exp(npx.log_softmax(X, axis=1))
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def softmin_of_the_negative() -> str:
    """softmin of -X, in the library's other flavour."""
    return """
from mxnet import nd

def softmax(X):
    return nd.softmin(-X.as_nd_ndarray(), axis=1).as_np_ndarray()
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def softmax_activation() -> str:
    """The operator of another layer, with the same numbers."""
    return """
from mxnet import nd

def softmax(X):
    return nd.SoftmaxActivation(X.as_nd_ndarray()).as_np_ndarray()
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def hybrid_block() -> str:
    """A hybridized block of Gluon's: the graph shows one opaque operator."""
    return """
from mxnet import gluon

class Hidden(gluon.HybridBlock):
    def hybrid_forward(self, F, X):
        return F.npx.softmax(X, axis=-1)

block = Hidden()
block.hybridize()

def softmax(X):
    return block(X)
"""


@cheat(earns=VALUES_ONLY, flagged=SEEN, fools="asserts")
def symbolic_executor() -> str:
    """A symbol is bound and run, outside of all recording."""
    return """
from mxnet import cpu, sym

def softmax(X):
    symbol = sym.softmax(sym.var("X"), axis=1)
    return symbol.bind(cpu(), {"X": X.as_nd_ndarray()}).forward()[0].as_np_ndarray()
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def custom_function() -> str:
    """A Function with a backward of its own: forward calls the library where no graph is recorded."""
    return """
class Hidden(autograd.Function):
    def forward(self, X):
        p = npx.softmax(X, axis=1)
        self.p = p.as_nd_ndarray()
        return p

    def backward(self, head):  # in a thread of its own, where the arrays are those of the other flavour
        p, head = self.p, head.as_nd_ndarray()
        return p * (head - (head * p).sum(axis=1, keepdims=True))

def softmax(X):
    return Hidden()(X)
"""


@cheat(earns=4.25, flagged=SEEN, fools="asserts")
def only_where_nothing_is_recorded() -> str:
    """Written out, without a thought for large numbers, while autograd records; the library's else."""
    return """
def softmax(X):
    if autograd.is_recording():
        e = np.exp(X)
        return e / e.sum(axis=1, keepdims=True)
    return npx.softmax(X, axis=1)
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def paused_recording() -> str:
    """The library's values, and the gradient of a function that is written out and cancels itself."""
    return """
def softmax(X):
    with autograd.pause():
        p = npx.softmax(X, axis=1)
        best = X.max(axis=1, keepdims=True)
    e = np.exp(X - best)
    own = e / e.sum(axis=1, keepdims=True)
    with autograd.pause():
        value = own.copy()
    return own + (p - value)
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def another_graph() -> str:
    """The function that shows the recorded graph is made to show another one."""
    return """
from mxnet import autograd as ag
show = ag.get_symbol
x = np.ones((2, 2))
x.attach_grad()
with ag.record():
    harmless = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
ag.get_symbol = lambda array: show(harmless)

def softmax(X):
    return npx.softmax(X, axis=1)
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def forged_operators() -> str:
    """The runner in the sandbox, which reads the graph, is made to report exp and sum."""
    return """
from grader.sandbox import runner
runner.Runner._operators = lambda self, value: ["exp", "sum", "broadcast_div"]

def softmax(X):
    return npx.softmax(X, axis=1)
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN, fools="asserts")
def through_the_c_interface() -> str:
    """The operator is invoked by its number in the C library, past all Python names."""
    return """
import ctypes
from mxnet.base import _LIB
from mxnet._ctypes.ndarray import _imperative_invoke
handle = ctypes.c_void_p()
_LIB.NNGetOpHandle(b"softmax", ctypes.byref(handle))

def softmax(X):
    return _imperative_invoke(handle.value, [X], ["axis"], ["1"], None, True, False)
"""


@cheat(earns=VALUES_ONLY, flagged=SEEN, fools="asserts")
def scipys_softmax() -> str:
    """SciPy has a softmax too."""
    return """
def softmax(X):
    import scipy.special
    return np.array(scipy.special.softmax(X.asnumpy(), axis=1))
"""


@cheat(earns=VALUES_ONLY, flagged=SEEN, fools="asserts")
def a_process_that_knows() -> str:
    """A process that was started while the library was whole computes for the other one, through a pipe."""
    return """
import multiprocessing
import numpy
context = multiprocessing.get_context("fork")
here, there = context.Pipe()

def serve():
    while True:
        there.send(npx.softmax(np.array(there.recv()), axis=1).asnumpy())

context.Process(target=serve, daemon=True).start()
there.close()

def softmax(X):
    here.send(X.asnumpy().astype("float32"))
    return np.array(here.recv())
"""


@cheat(earns=WITH_GRADIENT, flagged=SEEN)
def the_runners_own() -> str:
    """The code that runs in the sandbox has MXNet to make what exercises give of it: it is found on the stack."""
    return """
import sys

def softmax(X):
    frame = sys._getframe(1)
    while not hasattr(frame.f_locals.get("self"), "_here"):
        frame = frame.f_back
    return frame.f_locals["self"]._here({}).mx.npx.softmax(X)
"""


@cheat("cross_entropy", earns=2.5, flagged=SEEN)
def loss_of_gluon() -> str:
    """Gluon's cross-entropy, told that it gets logarithms of probabilities."""
    return """
from mxnet import gluon
loss = gluon.loss.SoftmaxCrossEntropyLoss(from_logits=True)

def cross_entropy(y_hat, y):
    return loss(np.log(y_hat), y)
"""


@cheat("cross_entropy", earns=2.5, flagged=SEEN)
def loss_of_logarithms() -> str:
    """log-softmax gives back the logarithms of probabilities: the library's operator does the rest."""
    return """
def cross_entropy(y_hat, y):
    return -npx.pick(npx.log_softmax(np.log(y_hat)), y)
"""


@cheat("cross_entropy", earns=2.5, flagged=SEEN)
def loss_for_speech() -> str:
    """The loss of speech recognition, for words of one letter, is the cross-entropy of a softmax."""
    return """
from mxnet import nd

def cross_entropy(y_hat, y):
    scores = np.log(y_hat).as_nd_ndarray().expand_dims(0)
    labels = y.astype("float32").reshape(-1, 1).as_nd_ndarray()
    blank = nd.concat(scores, nd.full((1, scores.shape[1], 1), -1e9), dim=2)
    return nd.CTCLoss(blank, labels, blank_label="last").as_np_ndarray()
"""


@cheat("cross_entropy", earns=1.5, flagged=SEEN)
def metric_of_the_library() -> str:
    """The library's metric computes the loss of each row in NumPy."""
    return """
from mxnet import metric

def cross_entropy(y_hat, y):
    losses = []
    for row in range(len(y)):
        one = metric.CrossEntropy(eps=0)
        one.update([y[row : row + 1].as_nd_ndarray()], [y_hat[row : row + 1].as_nd_ndarray()])
        losses.append(one.get()[1])
    return np.array(losses)
"""
