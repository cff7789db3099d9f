"""Section 3.2, linear regression from scratch: the two parts that softmax regression uses again."""

from collections.abc import Iterator, Sequence

import numpy
from mxnet import nd


def data_iter(batch_size: int, features: nd.NDArray, labels: nd.NDArray) -> Iterator[tuple[nd.NDArray, nd.NDArray]]:
    """Yield one pass over the examples, in a new random order, as minibatches (X, y).

    features: (n, ...), labels: (n,), of any dtype. X: (k, ...) and y: (k,) are copies of k examples with
    the dtypes of `features` and `labels`; k is `batch_size` except in the last batch, which holds what is
    left. (Section 3.2.2)
    """
    order = nd.array(numpy.random.permutation(len(features)), ctx=features.context, dtype="int32")
    for start in range(0, len(features), batch_size):
        batch = order[start : start + batch_size]
        yield nd.take(features, batch), nd.take(labels, batch)


class Minibatches:
    """`data_iter` as something to go through again and again: a pass with each for loop."""

    def __init__(self, batch_size: int, features: nd.NDArray, labels: nd.NDArray) -> None:
        self.arguments = batch_size, features, labels

    def __iter__(self) -> Iterator[tuple[nd.NDArray, nd.NDArray]]:
        return data_iter(*self.arguments)


def sgd(params: Sequence[nd.NDArray], lr: float, batch_size: int) -> None:
    """Take one step of minibatch stochastic gradient descent in place: minus lr times the mean gradient.

    Each array in `params` may have any shape; its `.grad` holds the gradient of a loss summed over the batch.
    (Section 3.2.6)
    """
    for param in params:
        param -= lr / batch_size * param.grad
