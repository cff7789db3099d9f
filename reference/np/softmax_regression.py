"""Section 3.6, softmax regression from scratch. ``python -m reference.np.softmax_regression`` trains it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy
from mxnet import autograd, gluon, np, npx, random

from grader.data import fashion_mnist
from reference.np.fashion_mnist import get_fashion_mnist_labels
from reference.np.linear_regression import data_iter, sgd

num_inputs, num_outputs = 784, 10
Net = Callable[[np.ndarray], np.ndarray]
Loss = Callable[[np.ndarray, np.ndarray], np.ndarray]


def init_params() -> tuple[np.ndarray, np.ndarray]:
    """Return W (784, 10), normal with standard deviation 0.01, and b (10,), zeros, with gradients attached.

    (Section 3.6.1)
    """
    W = np.random.normal(0, 0.01, (num_inputs, num_outputs))
    b = np.zeros(num_outputs)
    for param in (W, b):
        param.attach_grad()
    return W, b


W, b = init_params()


def softmax(X: np.ndarray) -> np.ndarray:
    """Turn each row of logits X (n, q) into probabilities (n, q) of the same float dtype.

    Taking the row's maximum away first leaves the quotient as it is and keeps every exponential within [0,
    1], so that nothing overflows and no row sums to zero. As it cancels, so would its gradient: detached,
    the maximum costs autograd nothing. (Section 3.6.2)
    """
    X_exp = np.exp(X - X.max(axis=1, keepdims=True).detach())
    return X_exp / X_exp.sum(axis=1, keepdims=True)


def net(X: np.ndarray) -> np.ndarray:
    """Return the probabilities (n, 10) for images X, (n, 784) or (n, 1, 28, 28), under the module's W and b.

    (Section 3.6.3)
    """
    return softmax(np.dot(X.reshape(-1, num_inputs), W) + b)


def cross_entropy(y_hat: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return each example's loss, (n,): minus the log of the probability y_hat (n, q) gives its label y (n,).

    Labels may be integers or floats. A probability of 0 counts as 1e-30: its loss is 69, its gradient finite.
    (Section 3.6.4)
    """
    return -np.log(np.maximum(npx.pick(y_hat, y), 1e-30))


def accuracy(y_hat: np.ndarray, y: np.ndarray) -> int:
    """Return the number of rows of y_hat (n, q) that are largest at their label y (n,), integers or floats.

    (Section 3.6.5)
    """
    return int((y_hat.argmax(axis=1).astype("int32") == y.astype("int32")).sum())


def evaluate_accuracy(net: Net, data_iter: Iterable[tuple[np.ndarray, np.ndarray]]) -> float:
    """Return the fraction of all examples in `data_iter`, batches (X, y) of any sizes, that `net` gets right.

    (Section 3.6.5)
    """
    num_correct, num_examples = 0, 0
    for X, y in data_iter:
        num_correct += accuracy(net(X), y)
        num_examples += len(y)
    return num_correct / num_examples


class Accumulator:
    """n sums, which grow with each call of `add` by its n numbers. (Section 3.6.5)"""

    def __init__(self, n: int) -> None:
        self.data = [0.0] * n

    def add(self, *args: float) -> None:
        self.data = [total + number for total, number in zip(self.data, args, strict=True)]

    def reset(self) -> None:
        self.data = [0.0] * len(self.data)

    def __getitem__(self, i: int) -> float:
        return self.data[i]


def train_epoch(
    net: Net, train_iter: Iterable[tuple[np.ndarray, np.ndarray]], loss: Loss, updater: Any
) -> tuple[float, float]:
    """Train for one pass over batches (X, y); return (mean loss, accuracy) on the predictions made while training.

    `loss` gives one number for each example; `updater`, a Trainer or a function, is told the size of each batch.
    (Section 3.6.6)
    """
    update = updater.step if isinstance(updater, gluon.Trainer) else updater
    metric = Accumulator(3)
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            batch_loss = loss(y_hat, y)
        batch_loss.backward()
        update(len(y))
        metric.add(float(batch_loss.sum()), accuracy(y_hat, y), len(y))
    return metric[0] / metric[2], metric[1] / metric[2]


def train(
    net: Net,
    params: Sequence[np.ndarray],
    features: np.ndarray,
    labels: np.ndarray,
    num_epochs: int,
    lr: float,
    batch_size: int,
) -> list[tuple[float, float]]:
    """Train `params`, the arrays `net` computes with, in place on features (n, 784) and labels (n,).

    Return (mean loss, accuracy) of each epoch, over all its examples, on the predictions made while
    training. Both are read once the epoch has ended: reading them after each batch would keep MXNet from
    running ahead. (Section 3.6.6)
    """
    history = []
    for _ in range(num_epochs):
        losses, predictions, targets = [], [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                loss = cross_entropy(y_hat, y)
            loss.backward()
            sgd(params, lr, batch_size)
            losses.append(loss.detach())
            predictions.append(y_hat.detach())
            targets.append(y)
        mean_loss = float(np.concatenate(losses).mean())
        num_correct = accuracy(np.concatenate(predictions), np.concatenate(targets))
        history.append((mean_loss, num_correct / len(labels)))
    return history


def predict_titles(net: Net, X: np.ndarray, y: np.ndarray) -> list[str]:
    """Return "true name\\npredicted name" for each of the images X (n, ...), with labels y (n,). (Section 3.6.7)

    `net` gives each image a score for each of the ten classes, (n, 10).
    """
    trues, preds = get_fashion_mnist_labels(y), get_fashion_mnist_labels(net(X).argmax(axis=1))
    return [f"{true}\n{pred}" for true, pred in zip(trues, preds, strict=True)]


def main() -> None:
    """Train with the book's settings on Fashion-MNIST and print the book's table."""
    numpy.random.seed(0)  # the same table each time: data_iter draws from NumPy, init_params from MXNet
    random.seed(0)
    for param, fresh in zip((W, b), init_params(), strict=True):
        param[:] = fresh
    num_epochs, lr, batch_size = 10, 0.1, 256
    data = fashion_mnist.load()
    train_set = np.array(data.train_images, dtype="float32") / 255, np.array(data.train_labels, dtype="int32")
    test_set = np.array(data.test_images, dtype="float32") / 255, np.array(data.test_labels, dtype="int32")
    print(data.name)
    for epoch in range(num_epochs):
        [(loss, train_acc)] = train(net, [W, b], *train_set, 1, lr, batch_size)
        test_acc = evaluate_accuracy(net, data_iter(batch_size, *test_set))
        print(f"epoch {epoch + 1}, loss {loss:.4f}, train acc {train_acc:.3f}, test acc {test_acc:.3f}")


if __name__ == "__main__":
    main()
