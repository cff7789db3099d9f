"""Section 3.7, softmax regression with Gluon. ``python -m reference.nd.softmax_regression_concise`` trains it."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy
from mxnet import autograd, gluon, init, nd, random
from mxnet.gluon import nn

from grader.data import fashion_mnist
from reference.nd.linear_regression import Minibatches
from reference.nd.softmax_regression import accuracy, evaluate_accuracy

Net = Callable[[nd.NDArray], nd.NDArray]
Loss = Callable[[nd.NDArray, nd.NDArray], nd.NDArray]
Batches = Iterable[tuple[nd.NDArray, nd.NDArray]]


def build_net() -> Any:
    """Return a fresh net of ten logits for images (n, 784) or (n, 1, 28, 28): normal weights (0.01), biases 0.

    (Section 3.7.1)
    """
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    return net


def softmax_cross_entropy(logits: nd.NDArray, y: nd.NDArray) -> nd.NDArray:
    """Return each example's loss, (n,), from its logits (n, q) and label y (n,): log Σexp(o) − o_y.

    With the largest logit of the row taken away from all of them first, no exponential is above 1 and one is 1,
    so that neither the sum nor its logarithm can go wrong. (Section 3.7.2)
    """
    shifted = logits - logits.max(axis=1, keepdims=True).detach()
    return shifted.exp().sum(axis=1).log() - nd.pick(shifted, y)


def demonstrate_overflow() -> tuple[list[float], int]:
    """Return a row of logits and a label for which float32's softmax, then log, fails. (Section 3.7.2)

    exp(100) is beyond float32 and exp(−100) next to nothing; the true loss is 200.
    """
    return [100.0, -100.0], 1


def train(
    net: Any, train_iter: Batches, test_iter: Batches, loss: Loss, trainer: Any, num_epochs: int
) -> list[tuple[float, float, float]]:
    """Train the net with the trainer on minibatches (X, y), one pass over `train_iter` for each epoch.

    Return (train loss, train accuracy, test accuracy) of each epoch, the first two over all examples, on the
    predictions made while training; they are read once the epoch has ended. (Section 3.7.4)
    """
    history = []
    for _ in range(num_epochs):
        losses, predictions, targets = [], [], []
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                batch_loss = loss(y_hat, y)
            batch_loss.backward()
            trainer.step(len(y))
            losses.append(batch_loss.detach())
            predictions.append(y_hat.detach())
            targets.append(y)
        mean_loss = float(nd.concat(*losses, dim=0).mean().asscalar())
        train_acc = accuracy(nd.concat(*predictions, dim=0), nd.concat(*targets, dim=0))
        history.append((mean_loss, train_acc, evaluate_accuracy(test_iter, net)))
    return history


def main() -> None:
    """Train with the book's settings on Fashion-MNIST and print the book's table."""
    numpy.random.seed(0)  # the same table each time: data_iter draws from NumPy, the net from MXNet
    random.seed(0)
    num_epochs, batch_size = 5, 256
    data = fashion_mnist.load()
    train_iter, test_iter = (
        Minibatches(batch_size, nd.array(images, dtype="float32") / 255, nd.array(labels, dtype="int32"))
        for images, labels in ((data.train_images, data.train_labels), (data.test_images, data.test_labels))
    )
    net, loss = build_net(), gluon.loss.SoftmaxCrossEntropyLoss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.1})
    print(data.name)
    for epoch in range(num_epochs):
        [(train_loss, train_acc, test_acc)] = train(net, train_iter, test_iter, loss, trainer, 1)
        print(f"epoch {epoch + 1}, loss {train_loss:.4f}, train acc {train_acc:.3f}, test acc {test_acc:.3f}")


if __name__ == "__main__":
    main()
