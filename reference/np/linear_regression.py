"""Section 3.2, linear regression from scratch. ``python -m reference.np.linear_regression`` trains it."""

from collections.abc import Callable, Iterator, Sequence

import numpy
from mxnet import autograd, np, random

Net = Callable[[np.ndarray], np.ndarray]
Loss = Callable[[np.ndarray, np.ndarray], np.ndarray]


def synthetic_data(w: np.ndarray, b: float, num_examples: int) -> tuple[np.ndarray, np.ndarray]:
    """Return features X (num_examples, d), standard normal, and labels Xw + b + noise, (num_examples,).

    w: (d,), float32. The noise is normal with standard deviation 0.01; the features are drawn first. (Section 3.2.1)
    """
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)


def data_iter(batch_size: int, features: np.ndarray, labels: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield one pass over the examples, in a new random order, as minibatches (X, y).

    features: (n, ...), labels: (n,), of any dtype. X: (k, ...) and y: (k,) are copies of k examples with
    the dtypes of `features` and `labels`; k is `batch_size` except in the last batch, which holds what is
    left. (Section 3.2.2)
    """
    order = np.array(numpy.random.permutation(len(features)), ctx=features.ctx, dtype="int32")
    for start in range(0, len(features), batch_size):
        batch = order[start : start + batch_size]
        yield np.take(features, batch, axis=0), np.take(labels, batch, axis=0)


class Minibatches:
    """`data_iter` as something to go through again and again: a pass with each for loop."""

    def __init__(self, batch_size: int, features: np.ndarray, labels: np.ndarray) -> None:
        self.arguments = batch_size, features, labels

    def __iter__(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        return data_iter(*self.arguments)


def linreg(X: np.ndarray, w: np.ndarray, b: np.ndarray | float) -> np.ndarray:
    """Return Xw + b for X (n, d): (n, 1) for w (d, 1), (n,) for w (d,). (Section 3.2.4)"""
    return np.dot(X, w) + b


def squared_loss(y_hat: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return ½(ŷ − y)² in the shape of y_hat; y has as many entries, perhaps in another shape. (Section 3.2.5)"""
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2


def sgd(params: Sequence[np.ndarray], lr: float, batch_size: int) -> None:
    """Take one step of minibatch stochastic gradient descent in place: minus lr times the mean gradient.

    Each array in `params` may have any shape; its `.grad` holds the gradient of a loss summed over the batch.
    (Section 3.2.6)
    """
    for param in params:
        param -= lr / batch_size * param.grad


def train(
    net: Net,
    loss: Loss,
    params: Sequence[np.ndarray],
    features: np.ndarray,
    labels: np.ndarray,
    num_epochs: int,
    lr: float,
    batch_size: int,
) -> list[float]:
    """Train `params`, the arrays `net` computes with, in place on features (n, d) and labels (n,).

    Return the mean loss over all examples after each epoch, as the book prints it. (Section 3.2.7)
    """
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                batch_loss = loss(net(X), y)
            batch_loss.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history


def fit_ohm(voltage: np.ndarray, current: np.ndarray) -> float:
    """Return the resistance R for which V = R·I fits the readings best; both (n,). (Section 3.2, exercise 2)

    One weight, no bias, full batches. In units of the currents' root mean square the loss has curvature 1, so
    that the rate 0.5 halves the error with each step, whatever the unit of the readings.
    """
    unit = float(np.sqrt((current**2).mean()))
    resistance = np.zeros(1)
    resistance.attach_grad()
    for _ in range(40):
        with autograd.record():
            loss = squared_loss(linreg(current.reshape(-1, 1) / unit, resistance, 0.0), voltage / unit)
        loss.backward()
        sgd([resistance], 0.5, len(current))
    return float(resistance)


def main(order: int = 0) -> list[float]:
    """Print what the section prints, and return its three losses and the errors of w and b.

    The data and the first parameters are those of the book, digit by digit: what MXNet draws in a fresh process. The
    order of the examples comes from NumPy, and begins at `order`.
    """
    numpy.random.seed(order)
    random.seed(0)
    true_w, true_b = np.array([2, -3.4]), 4.2
    features, labels = synthetic_data(true_w, true_b, 1000)
    print("features:", features[0], "\nlabel:", labels[0])
    lr, num_epochs, batch_size = 0.03, 3, 10
    print(*next(data_iter(batch_size, features, labels)), sep="\n ")
    w, b = np.random.normal(0, 0.01, (2, 1)), np.zeros(1)
    for param in (w, b):
        param.attach_grad()
    history = train(lambda X: linreg(X, w, b), squared_loss, [w, b], features, labels, num_epochs, lr, batch_size)
    for epoch, loss in enumerate(history):
        print(f"epoch {epoch + 1}, loss {loss:f}")
    errors = true_w - w.reshape(true_w.shape), true_b - b
    print("Error in estimating w", errors[0])
    print("Error in estimating b", errors[1])
    return [*history, *map(float, np.concatenate(errors))]


if __name__ == "__main__":
    main()
