"""Section 3.5, Fashion-MNIST as Gluon's data sets. ``python -m reference.np.fashion_mnist`` reads it."""

import functools
import sys
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any, SupportsInt

from mxnet import gluon, np

from grader.data import fashion_mnist
from reference.np.linear_regression_theory import Timer

TEXT_LABELS = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]


class FashionMNIST(gluon.data.vision.FashionMNIST):
    """Gluon's own data set of images (28, 28, 1), uint8, and labels, int32, from the kit's files.

    MXNet 1.9.1 takes no files but those with the sums that it knows, and those are not to be had any more. (3.5.1)
    """

    def __init__(self, train: bool = True) -> None:
        with tempfile.TemporaryDirectory() as unused:
            super().__init__(root=unused, train=train)

    def _get_data(self) -> None:
        data = fashion_mnist.load()
        images, labels = (data.train_images, data.train_labels) if self._train else (data.test_images, data.test_labels)
        self._data = np.array(images[..., None], dtype="uint8")
        self._label = labels.astype("int32")


def get_fashion_mnist_labels(labels: Iterable[SupportsInt]) -> list[str]:
    """Return the names of labels 0 to 9. (Section 3.5.1)"""
    return [TEXT_LABELS[int(label)] for label in labels]


def show_images(
    imgs: Sequence[np.ndarray], num_rows: int, num_cols: int, titles: Sequence[str] | None = None, scale: float = 1.5
) -> Any:
    """Draw images (h, w) in rows and columns, with titles; return the axes, flat. (Section 3.5.1)

    The figure is num_cols·scale inches wide and num_rows·scale high. Axes for which there is no image stay empty.
    """
    from matplotlib import pyplot

    figsize = (num_cols * scale, num_rows * scale)
    _, axes = pyplot.subplots(num_rows, num_cols, figsize=figsize, squeeze=False)
    for ax in axes.flat:
        ax.set_axis_off()
    for i, (ax, img) in enumerate(zip(axes.flat, imgs, strict=False)):
        ax.imshow(img.asnumpy())
        if titles is not None:
            ax.set_title(titles[i])
    return axes.flatten()


def get_dataloader_workers(num_workers: int = 4) -> int:
    """Return how many processes may read the data: none on Windows, else `num_workers`. (Section 3.5.2)"""
    return 0 if sys.platform.startswith("win") else num_workers


def load_data_fashion_mnist(batch_size: int, resize: Any = None) -> tuple[Any, Any]:
    """Return DataLoaders of the training set, shuffled, and of the test set, in order. (Section 3.5.3)

    X: (k, 1, 28, 28), float32 in [0, 1], with `resize` (one number, or width and height) enlarged or shrunk before;
    y: (k,), int32. The last batch holds what is left.
    """
    transforms = gluon.data.vision.transforms
    trans = [transforms.Resize(resize)] if resize else []
    trans.append(transforms.ToTensor())
    loader = functools.partial(gluon.data.DataLoader, batch_size=batch_size, num_workers=get_dataloader_workers())
    train, test = (FashionMNIST(train=train).transform_first(transforms.Compose(trans)) for train in (True, False))
    return loader(train, shuffle=True), loader(test, shuffle=False)


def main() -> None:
    """Print what the section prints: sizes, the first labels, the time of one pass, the shape of enlarged images."""
    mnist_train, mnist_test = FashionMNIST(train=True), FashionMNIST(train=False)
    print((len(mnist_train), len(mnist_test)))
    print(", ".join(get_fashion_mnist_labels(mnist_train[:18][1])))
    train_iter, _ = load_data_fashion_mnist(256)
    timer = Timer()
    for X, _ in train_iter:
        X.wait_to_read()
    print(f"{timer.stop():.2f} sec")
    train_iter, _ = load_data_fashion_mnist(32, (64, 64))
    print(next(iter(train_iter))[0].shape)


if __name__ == "__main__":
    main()
