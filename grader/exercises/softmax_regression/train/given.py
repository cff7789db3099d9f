"""The data that the full run trains on."""

from typing import Any

import numpy

SLICE = 6000


def fashion_mnist_images(here: Any, first: int | None, pixels: Any) -> Any:
    """The training images as float32 (n, 784) in [0, 1]; `first`: only so many. `pixels`: an order, or None."""
    from grader.data import fashion_mnist

    stored = fashion_mnist.load().train_images[:first]
    images = stored.reshape(len(stored), -1)
    order = slice(None) if pixels is None else pixels.asnumpy()
    scaled = here.api.empty(images.shape, dtype="float32", ctx=here.context)
    # In slices: a whole float32 copy in NumPy would double the memory.
    for start in range(0, len(images), SLICE):
        part = images[start : start + SLICE, order]
        scaled[start : start + SLICE] = numpy.multiply(part, numpy.float32(1 / 255), dtype=numpy.float32)
    return scaled


def fashion_mnist_labels(here: Any, first: int | None, classes: Any) -> Any:
    """Their labels as int32 (n,), with the classes under other numbers unless `classes` is None."""
    from grader.data import fashion_mnist

    stored = fashion_mnist.load().train_labels[:first]
    return here.array(stored if classes is None else classes.asnumpy()[stored], "int32")
