"""An epoch of each training loop in the way of the book: as few operators as it writes, fed as it feeds them.

That is a list of row numbers that Python shuffles, or a DataLoader that makes a batch of single examples; a softmax
without a shift; a loss and an accuracy that are read after each batch. The update stands outside `autograd.record()`,
where the book's print has it inside: MXNet refuses that.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from grader.data import fashion_mnist


def dataset(data: fashion_mnist.FashionMNIST, array: Callable[..., Any]) -> Any:
    """Section 3.5: Gluon's own FashionMNIST with ToTensor, its arrays taken from memory instead of a download."""
    from mxnet import gluon

    class InMemory(gluon.data.vision.FashionMNIST):  # type: ignore[misc]  # MXNet has no types
        def _get_data(self) -> None:
            self._data = array(data.train_images[..., None], dtype="uint8")
            self._label = data.train_labels.astype("int32")

    with tempfile.TemporaryDirectory() as unused:
        return InMemory(root=unused).transform_first(gluon.data.vision.transforms.ToTensor())


def shuffled(batch_size: int, features: Any, labels: Any) -> Iterator[tuple[Any, Any]]:
    """Section 3.2's minibatches: rows by an array of numbers from a shuffled list."""
    from mxnet import np

    order = list(range(len(features)))
    random.shuffle(order)
    for start in range(0, len(order), batch_size):
        rows = np.array(order[start : start + batch_size])
        yield features[rows], labels[rows]


def sgd(params: Iterable[Any], lr: float, batch_size: int) -> None:
    """Section 3.2's step."""
    for param in params:
        param[:] = param - lr * param.grad / batch_size


def squared_loss(y_hat: Any, y: Any) -> Any:
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def linear(w: Any, b: Any, features: Any, labels: Any, lr: float, batch_size: int) -> float:
    """Section 3.2: an epoch, and the loss after it."""
    from mxnet import autograd, np

    for X, y in shuffled(batch_size, features, labels):
        with autograd.record():
            loss = squared_loss(np.dot(X, w) + b, y)
        loss.backward()
        sgd([w, b], lr, batch_size)
    return float(squared_loss(np.dot(features, w) + b, labels).mean())


def softmax_functions(flavour: str, W: Any, b: Any) -> tuple[Any, Any]:
    """Section 3.6's net and loss, whose numbers overflow as the book says."""
    from mxnet import nd, np

    def net(X: Any) -> Any:
        flat = X.reshape((-1, len(W)))
        exps = np.exp(np.dot(flat, W) + b) if flavour == "np" else (nd.dot(flat, W) + b).exp()
        return exps / exps.sum(axis=1, keepdims=True)

    def cross_entropy(y_hat: Any, y: Any) -> Any:
        return -np.log(y_hat[range(len(y_hat)), y]) if flavour == "np" else -nd.pick(y_hat, y).log()

    return net, cross_entropy


def classification(
    flavour: str, net: Any, loss: Any, update: Callable[[int], None], batches: Any
) -> tuple[float, float]:
    """Sections 3.6 and 3.7: an epoch, and its mean loss and accuracy."""
    from mxnet import autograd

    loss_sum, num_correct, num_examples = 0.0, 0.0, 0
    for X, y in batches:
        with autograd.record():
            y_hat = net(X)
            batch_loss = loss(y_hat, y)
        batch_loss.backward()
        update(len(X))
        right = y_hat.argmax(axis=1).astype("float32") == y.astype("float32")
        if flavour == "np":
            loss_sum += float(batch_loss.sum())
            num_correct += float(right.sum())
        else:
            loss_sum += batch_loss.sum().asscalar()
            num_correct += right.sum().asscalar()
        num_examples += len(y)
    return loss_sum / num_examples, num_correct / num_examples
