"""Section 3.6, softmax regression from scratch. ``python -m reference.nd.softmax_regression`` trains it."""

from collections.abc import Callable, Iterable, Sequence

import numpy
from mxnet import autograd, nd, random

from grader.data import fashion_mnist
from reference.nd.linear_regression import data_iter, sgd

num_inputs, num_outputs = 784, 10
Net = Callable[[nd.NDArray], nd.NDArray]


def init_params() -> tuple[nd.NDArray, nd.NDArray]:
    """Return W (784, 10), normal with standard deviation 0.01, and b (10,), zeros, with gradients attached.

    (Section 3.6.1)
    """
    W = nd.random.normal(scale=0.01, shape=(num_inputs, num_outputs))
    b = nd.zeros(num_outputs)
    for param in (W, b):
        param.attach_grad()
    return W, b


W, b = init_params()


def softmax(X: nd.NDArray) -> nd.NDArray:
    """Turn each row of logits X (n, q) into probabilities (n, q) of the same float dtype.

    Taking the row's maximum away first leaves the quotient as it is and keeps every exponential within [0,
    1], so that nothing overflows and no row sums to zero. As it cancels, so would its gradient: detached,
    the maximum costs autograd nothing. (Section 3.6.2)
    """
    X_exp = (X - X.max(axis=1, keepdims=True).detach()).exp()
    return X_exp / X_exp.sum(axis=1, keepdims=True)


def net(X: nd.NDArray) -> nd.NDArray:
    """Return the probabilities (n, 10) for images X, (n, 784) or (n, 1, 28, 28), under the module's W and b.

    (Section 3.6.3)
    """
    return softmax(nd.dot(X.reshape((-1, num_inputs)), W) + b)


def cross_entropy(y_hat: nd.NDArray, y: nd.NDArray) -> nd.NDArray:
    """Return each example's loss, (n,): minus the log of the probability y_hat (n, q) gives its label y (n,).

    Labels may be integers or floats. A probability of 0 counts as 1e-30: its loss is 69, its gradient finite.
    (Section 3.6.4)
    """
    return -nd.maximum(nd.pick(y_hat, y), 1e-30).log()


def accuracy(y_hat: nd.NDArray, y: nd.NDArray) -> float:
    """Return the fraction of rows of y_hat (n, q) that are largest at their label y (n,), integers or floats.

    (Section 3.6.5)
    """
    num_correct = (y_hat.argmax(axis=1) == y.astype("float32")).sum().asscalar()
    return float(num_correct) / len(y)


def evaluate_accuracy(data_iter: Iterable[tuple[nd.NDArray, nd.NDArray]], net: Net) -> float:
    """Return the fraction of all examples in `data_iter`, batches (X, y) of any sizes, that `net` gets right.

    (Section 3.6.5)
    """
    num_correct, num_examples = 0.0, 0
    for X, y in data_iter:
        num_correct += accuracy(net(X), y) * len(y)
        num_examples += len(y)
    return num_correct / num_examples


def train(
    net: Net,
    params: Sequence[nd.NDArray],
    features: nd.NDArray,
    labels: nd.NDArray,
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
        mean_loss = float(nd.concat(*losses, dim=0).mean().asscalar())
        history.append((mean_loss, accuracy(nd.concat(*predictions, dim=0), nd.concat(*targets, dim=0))))
    return history


def predict_titles(net: Net, X: nd.NDArray, y: nd.NDArray) -> list[str]:
    """Return "true name\\npredicted name" for each of the images X (n, ...), with labels y (n,). (Section 3.6.7)

    `net` gives each image a score for each of the ten classes, (n, 10).
    """
    trues, preds = (fashion_mnist.labels_to_names(of.asnumpy()) for of in (y, net(X).argmax(axis=1)))
    return [f"{true}\n{pred}" for true, pred in zip(trues, preds, strict=True)]


def main() -> None:
    """Train with the book's settings on Fashion-MNIST and print the book's table."""
    numpy.random.seed(0)  # the same table each time: data_iter draws from NumPy, init_params from MXNet
    random.seed(0)
    for param, fresh in zip((W, b), init_params(), strict=True):
        param[:] = fresh
    num_epochs, lr, batch_size = 5, 0.1, 256
    data = fashion_mnist.load()
    train_set = nd.array(data.train_images, dtype="float32") / 255, nd.array(data.train_labels, dtype="int32")
    test_set = nd.array(data.test_images, dtype="float32") / 255, nd.array(data.test_labels, dtype="int32")
    print(data.name)
    for epoch in range(num_epochs):
        [(loss, train_acc)] = train(net, [W, b], *train_set, 1, lr, batch_size)
        test_acc = evaluate_accuracy(data_iter(batch_size, *test_set), net)
        print(f"epoch {epoch + 1}, loss {loss:.4f}, train acc {train_acc:.3f}, test acc {test_acc:.3f}")


if __name__ == "__main__":
    main()
