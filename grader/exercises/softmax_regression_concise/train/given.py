"""What `train` gets besides a net and its trainer: a loss, and batches to go through as often as one likes."""

from typing import Any

import numpy


def weighted_loss(here: Any, weight: float) -> Any:
    """Gluon's loss, so many times."""
    return here.mx.gluon.loss.SoftmaxCrossEntropyLoss(weight=weight)


class ImageBatches:
    """Pairs (X, y), made by `one(number)`, anew in each pass; `passes` counts these."""

    def __init__(self, one: Any, length: int) -> None:
        self._one, self._length, self.passes = one, length, 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Any:
        self.passes += 1
        return map(self._one, range(self._length))


def image_batches(here: Any, X: Any, y: Any, size: int) -> Any:
    """The examples in order, `size` at a time: images (k, 1, 28, 28) and their labels."""

    def one(number: int) -> Any:
        part = slice(number * size, (number + 1) * size)
        return X[part].reshape((-1, 1, 28, 28)), y[part]

    return ImageBatches(one, -(-len(y) // size))


def fashion_mnist(here: Any, part: str, first: int, size: int, pixels: Any, classes: Any, seed: int) -> Any:
    """The first of the images to "train" or "test", each pass in an order of its own, in batches of that size.

    `pixels`: an order; `classes`: their new numbers; None: as published.
    """
    from grader.data import fashion_mnist

    data = fashion_mnist.load()
    images, labels = (getattr(data, f"{part}_{what}")[:first] for what in ("images", "labels"))
    images = images.reshape(len(images), -1)
    order = slice(None) if pixels is None else pixels.asnumpy()
    numbers = numpy.arange(10) if classes is None else classes.asnumpy()
    rng, rows = numpy.random.RandomState(seed), numpy.arange(len(labels))

    def one(number: int) -> Any:
        if number == 0 and part == "train":
            rng.shuffle(rows)
        some = rows[number * size : (number + 1) * size]
        X = numpy.multiply(images[some][:, order], numpy.float32(1 / 255), dtype=numpy.float32)
        return here.array(X.reshape(-1, 1, 28, 28)), here.array(numbers[labels[some]], "int32")

    return ImageBatches(one, -(-len(labels) // size))
