"""Pictures that both flavours draw, from plain numbers."""

from collections.abc import Sequence
from typing import Any


def plot_history(history: Sequence[tuple[float, float, float]]) -> Any:
    """Draw (train loss, train accuracy, test accuracy) of each epoch, from 1, as three lines; return the axes.

    What the book's `Animator` shows once training has ended. (Section 3.6.6)
    """
    from matplotlib import pyplot

    _, axes = pyplot.subplots(figsize=(3.5, 2.5))
    epochs = range(1, len(history) + 1)
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history, strict=True), strict=True):
        axes.plot(epochs, values, label=label)
    axes.set_xlabel("epoch")
    axes.legend()
    return axes
