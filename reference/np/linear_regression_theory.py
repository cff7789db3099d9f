"""Section 3.1, linear regression. ``python -m reference.np.linear_regression_theory`` prints what the section does."""

import math
import time
from collections.abc import Sequence

import numpy
from mxnet import autograd, np

from reference.np.linear_regression import data_iter, linreg, sgd


class Timer:
    """A stopwatch that runs from the start and remembers its times, in seconds. (Section 3.1.1)"""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.start()

    def start(self) -> None:
        """Begin to measure anew."""
        self.start_time = time.perf_counter()

    def stop(self) -> float:
        """Record and return the time since `start`."""
        self.times.append(time.perf_counter() - self.start_time)
        return self.times[-1]

    def avg(self) -> float:
        return self.sum() / len(self.times)

    def sum(self) -> float:
        return sum(self.times)

    def cumsum(self) -> list[float]:
        """The sums of the first one, two, three … times; in float64, which `mxnet.np` would round to float32."""
        total: list[float] = numpy.cumsum(self.times).tolist()
        return total


def add_loop(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a + b, both (n,), by one addition of two elements after the other. (Section 3.1.1)"""
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c


def add_vectorised(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a + b, both (n,), by one operator. (Section 3.1.1)"""
    return a + b


def normal(z: np.ndarray, mu: float, sigma: float) -> np.ndarray:
    """Return the density at z, of any shape, of the normal distribution with standard deviation sigma > 0.

    The error grows with |mu| / sigma: z is rounded to float32 before mu is taken away. (Section 3.1.2)
    """
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))


def best_constant(x: np.ndarray) -> float:
    """Return the b that minimises Σ(x − b)², for x (n,): the mean. (Exercise 1)"""
    return float(x.mean())


def gradient(X: np.ndarray, y: np.ndarray, w: np.ndarray) -> np.ndarray:
    """Return the gradient of ½‖Xw − y‖² in w, (d,), for X (n, d) and y (n,): a sum over the examples. (Exercise 2)"""
    return np.dot(X.T, np.dot(X, w) - y)


def closed_form(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the w (d,) that minimises ‖Xw − y‖, for X (n, d) with independent columns. (3.1.8; exercise 2)"""
    return np.linalg.solve(np.dot(X.T, X), np.dot(X.T, y))


def gaussian_nll(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float, sigma: float) -> float:
    """Return minus the log-likelihood of labels y (n,) with normal noise around Xw + b. (3.1.15)"""
    residual = y - np.dot(X, w) - b
    constant = 0.5 * math.log(2 * math.pi * sigma**2)
    return len(y) * constant + float(np.dot(residual, residual)) / (2 * sigma**2)


def laplace_nll(X: np.ndarray, y: np.ndarray, w: np.ndarray, b: float) -> float:
    """Return minus the log-likelihood of labels y (n,) with noise of density ½exp(−|ε|) around Xw + b. (Exercise 3)"""
    return len(y) * math.log(2) + float(np.abs(y - np.dot(X, w) - b).sum())


def laplace_sgd(
    X: np.ndarray,
    y: np.ndarray,
    w: np.ndarray,
    b: np.ndarray | float,
    lr: float | None = None,
    num_epochs: int = 10,
    batch_size: int = 10,
) -> tuple[np.ndarray, np.ndarray]:
    """Minimise `laplace_nll` by steps along the subgradient; return new arrays w (d,) and b (1,). (Exercise 3)

    Each residual pulls with the same force however small it is, so that at a constant rate `lr` the steps never settle
    down. Where lr is None, step k, from 0, has the rate 0.3 / (1 + 0.02·k).
    """
    params = [w.copy(), np.zeros(1) + b]
    for param in params:
        param.attach_grad()
    step = 0
    for _ in range(num_epochs):
        for batch, labels in data_iter(batch_size, X, y):
            with autograd.record():
                loss = np.abs(linreg(batch, *params) - labels)
            loss.backward()
            sgd(params, 0.3 / (1 + 0.02 * step) if lr is None else lr, len(labels))
            step += 1
    return params[0].detach(), params[1].detach()


def speeds(n: int) -> tuple[float, float]:
    """The seconds that n additions take, one by one and at once. (Section 3.1.1)"""
    a, b = np.ones(n), np.ones(n)
    timer = Timer()
    for add in (add_loop, add_vectorised):
        timer.start()
        add(a, b).wait_to_read()  # MXNet returns before it has computed
        timer.stop()
    loop, vector = timer.times
    return loop, vector


def peaks(parameters: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Where the section's plot has the highest point of each normal density (mu, sigma), and how high it is."""
    x = np.arange(-7, 7, 0.01)
    densities = [normal(x, mu, sigma) for mu, sigma in parameters]
    return [(float(x[int(p.argmax())]), float(p.max())) for p in densities]


def main(n: int = 1000) -> None:
    """Print the section's two times, for a tenth of its 10,000 additions, and the peaks of its plot."""
    for name, seconds in zip(("loop", "vector"), speeds(n), strict=True):
        print(f"{name}, {n} additions: {seconds:.5f} sec")
    parameters = [(0, 1), (0, 2), (3, 1)]
    for (mu, sigma), (z, p) in zip(parameters, peaks(parameters), strict=True):
        print(f"mean {mu}, standard deviation {sigma}: p({z:.2f}) = {p:.4f}")


if __name__ == "__main__":
    main()
