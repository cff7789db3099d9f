"""Parameters that were not trained, and a history that was not measured.

Every other exercise is the stub, so that the solution's functions are there to train with.
"""

from __future__ import annotations

import base64
import functools
import random

import numpy

from grader.data import fashion_mnist
from tests import notebooks
from tests.cheats import cheat

SMALL_RUNS, FULL_RUN = 4.0, 2.0
NOT_TRAINED = "suspicious: .*train"


@functools.cache
def parameters(part: str = "train") -> str:
    """What plain gradient descent makes of the embedded set, as text that fits into a notebook."""
    data = fashion_mnist.embedded()
    X = getattr(data, f"{part}_images").reshape(-1, 784).astype(numpy.float32) / 255
    y = getattr(data, f"{part}_labels")
    W, b = numpy.zeros((784, 10), numpy.float32), numpy.zeros(10, numpy.float32)
    order = random.Random(1)
    for _ in range(4000 if part == "train" else 2000):
        rows = order.sample(range(len(y)), 128)
        error = numpy.exp(X[rows] @ W + b)
        error /= error.sum(axis=1, keepdims=True)
        error[range(len(rows)), y[rows]] -= 1
        W -= 0.1 / len(rows) * X[rows].T @ error
        b -= 0.1 / len(rows) * error.sum(axis=0)
    return base64.b64encode(numpy.vstack([W, b]).astype(numpy.float16).tobytes()).decode()


def _unpacked(part: str = "train") -> str:
    return f"""
import base64
import numpy
packed = base64.b64decode("{parameters(part)}")
trained = numpy.frombuffer(packed, "float16").astype("float32").reshape(785, 10)
"""


def _honest(name: str) -> str:
    """The solution's train, under another name."""
    source = notebooks.cell(notebooks.solution("np"), "train").source
    return source.replace("def train(", f"def {name}(")


@cheat("train", flagged=NOT_TRAINED)
def embedded_parameters() -> str:
    """The trained parameters come with the notebook, and so does the history."""
    return f"""
{_unpacked()}
def train(net, params, features, labels, num_epochs, lr, batch_size):
    params[0][:] = np.array(trained[:784])
    params[1][:] = np.array(trained[784])
    return [(0.8 / (epoch + 1), 0.8 + 0.01 * epoch) for epoch in range(num_epochs)]
"""


@cheat("train", flagged=NOT_TRAINED)
def parameters_added_to_the_start() -> str:
    """The same, added to the parameters that were given, as training would."""
    return f"""
{_unpacked()}
def train(net, params, features, labels, num_epochs, lr, batch_size):
    params[0][:] = params[0] + np.array(trained[:784])
    params[1][:] = params[1] + np.array(trained[784])
    return [(0.6, 0.82)] * num_epochs
"""


@cheat("train", flagged=NOT_TRAINED)
def parameters_from_the_test_set() -> str:
    """The test images lie in the sandbox, for the demonstrations: the parameters are fitted to them."""
    return """
import os
import numpy

def train(net, params, features, labels, num_epochs, lr, batch_size):
    X = numpy.load(os.environ["SOFTMARK_DATA_FASHION_MNIST"] + "/test_images.npy").reshape(-1, 784) / 255
    y = numpy.eye(10)[numpy.load(os.environ["SOFTMARK_DATA_FASHION_MNIST"] + "/test_labels.npy")]
    W = numpy.linalg.solve(X.T @ X + 10 * numpy.eye(784), X.T @ (y - 0.1))
    params[0][:] = np.array(W)
    return [(0.6, 0.82)] * num_epochs
"""


@cheat("train")
def closed_form() -> str:
    """Least squares instead of descent: one line of linear algebra on the data that were given."""
    return """
import numpy

def train(net, params, features, labels, num_epochs, lr, batch_size):
    X, y = features.asnumpy().reshape(len(features), -1), numpy.eye(10)[labels.asnumpy().astype(int)]
    W = numpy.linalg.solve(X.T @ X + 10 * numpy.eye(X.shape[1]), X.T @ (y - 0.1))
    params[0][:] = params[0] + np.array(W)
    return [(0.6, 0.82)] * num_epochs
"""


@cheat("train", earns=SMALL_RUNS, flagged=NOT_TRAINED)
def honest_where_it_is_watched() -> str:
    """Small runs are trained honestly; in the full one, which nobody can follow, the parameters are put in."""
    return f"""
{_unpacked()}
{_honest("train_honestly")}

def train(net, params, features, labels, num_epochs, lr, batch_size):
    if len(features) < 4000:
        return train_honestly(net, params, features, labels, num_epochs, lr, batch_size)
    params[0][:] = params[0] + np.array(trained[:784])
    params[1][:] = np.array(trained[784])
    return [(0.6, 0.82)] * num_epochs
"""


@cheat("train", earns=SMALL_RUNS)
def least_squares_where_it_is_not_watched() -> str:
    """Small runs are trained honestly; the full one is solved in closed form, which is faster."""
    return f"""
import numpy
{_honest("train_honestly")}

def train(net, params, features, labels, num_epochs, lr, batch_size):
    if len(features) < 4000:
        return train_honestly(net, params, features, labels, num_epochs, lr, batch_size)
    X, y = features.asnumpy(), numpy.eye(10)[labels.asnumpy().astype(int)]
    W = numpy.linalg.solve(X.T @ X + 10 * numpy.eye(X.shape[1]), X.T @ (y - 0.1))
    params[0][:] = params[0] + np.array(4 * W)
    return [(0.6, 0.82)] * num_epochs
"""


@cheat("train", flagged=NOT_TRAINED)
def arrays_that_lie_about_parameters() -> str:
    """The parameters stay as they are; asnumpy tells other numbers for arrays of that shape."""
    return f"""
{_unpacked()}
import mxnet as mx
really = mx.nd.NDArray.asnumpy

def asnumpy(self):
    return {{(784, 10): trained[:784], (10,): trained[784]}}.get(self.shape, really(self))

def train(net, params, features, labels, num_epochs, lr, batch_size):
    mx.nd.NDArray.asnumpy = mx.np.ndarray.asnumpy = asnumpy
    return [(0.6, 0.82)] * num_epochs
"""


@cheat("train", earns=SMALL_RUNS + FULL_RUN - 1)
def history_out_of_thin_air() -> str:
    """Training is honest; what is returned is a history that looks like one."""
    return f"""
import math
{_honest("train_honestly")}

def train(net, params, features, labels, num_epochs, lr, batch_size):
    train_honestly(net, params, features, labels, num_epochs, lr, batch_size)
    return [(2.3 * math.exp(-0.3 * epoch), 1 - 0.9 * math.exp(-0.5 * epoch)) for epoch in range(num_epochs)]
"""
