"""Section 3.3, linear regression with Gluon. ``python -m reference.np.linear_regression_concise`` trains it."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy
from mxnet import autograd, gluon, init, np, random
from mxnet.gluon import nn

from reference.np.linear_regression import synthetic_data

Loss = Callable[[np.ndarray, np.ndarray], np.ndarray]


def load_array(data_arrays: Sequence[np.ndarray], batch_size: int, is_train: bool = True) -> Any:
    """Return a DataLoader of minibatches of one or more arrays (n, ...), shuffled anew in each pass if `is_train`.

    (Section 3.3.2)
    """
    return gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size, shuffle=is_train)


def build_net() -> Any:
    """Return a fresh net with one output: weights normal with standard deviation 0.01, bias 0.

    How many inputs it has, its first batch says. (Sections 3.3.3 and 3.3.4)
    """
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net


def train(
    net: Any, data_iter: Iterable[tuple[np.ndarray, np.ndarray]], loss: Loss, trainer: Any, num_epochs: int
) -> list[float]:
    """Train the net with the trainer on minibatches (X, y), one pass over `data_iter` for each epoch.

    `loss` gives one number for each example. Return each epoch's mean loss over its examples, on the predictions made
    while training. (Section 3.3.7)
    """
    history = []
    for _ in range(num_epochs):
        losses = []
        for X, y in data_iter:
            with autograd.record():
                batch_loss = loss(net(X), y)
            batch_loss.backward()
            trainer.step(len(X))
            losses.append(batch_loss.detach())
        history.append(float(np.concatenate(losses).mean()))
    return history


def mean_or_sum(batch_size: int) -> tuple[int, int]:
    """Return what `trainer.step` has to be given after backward() of the losses' sum, and of their mean. (Exercise 1)

    The trainer divides the gradient by that number; the mean's gradient has been divided already.
    """
    return batch_size, 1


def weight_gradient(net: Any, X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the gradient of the summed L2Loss in the weight of the net's first layer, (1, d). (Exercise 3)"""
    loss = gluon.loss.L2Loss()
    with autograd.record():
        batch_loss = loss(net(X), y)
    batch_loss.backward()
    return net[0].weight.grad().copy()


def huber_loss(y_hat: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return Huber's loss with ρ = 1 in the shape of y_hat: ½e² where |e| < 1, and |e| − ½ beyond. (Exercise 2)

    Gluon's own HuberLoss takes no `mxnet.np` arrays in MXNet 1.9.1.
    """
    error = np.abs(y_hat - y.reshape(y_hat.shape))
    return np.where(error < 1, 0.5 * error**2, error - 0.5)


def main(order: int = 0) -> list[float]:
    """Print what the section prints, and return its three losses and the errors of w and b.

    The data and the first parameters are those of the book, digit by digit: what MXNet draws in a fresh process. The
    order of the examples comes from NumPy, and begins at `order`.
    """
    numpy.random.seed(order)
    random.seed(0)
    true_w, true_b = np.array([2, -3.4]), 4.2
    features, labels = synthetic_data(true_w, true_b, 1000)
    data_iter = load_array((features, labels), batch_size=10)
    print(*next(iter(data_iter)), sep="\n ")
    net, loss = build_net(), gluon.loss.L2Loss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.03})
    history = []
    for epoch in range(1, 4):
        train(net, data_iter, loss, trainer, 1)
        history.append(float(loss(net(features), labels).mean()))
        print(f"epoch {epoch}, loss: {history[-1]:f}")
    w, b = net[0].weight.data(), net[0].bias.data()
    errors = true_w.reshape(w.shape) - w, true_b - b
    print("Error in estimating w", errors[0])
    print("Error in estimating b", errors[1])
    return [*history, *map(float, np.concatenate([error.reshape(-1) for error in errors]))]


if __name__ == "__main__":
    main()
