"""A few examples that go by the name of Fashion-MNIST, and what a call that returns two things gave."""

from typing import Any


def few_examples(here: Any, train_X: Any, train_y: Any, test_X: Any, test_y: Any) -> Any:
    """From now on, every FashionMNIST holds these, those that were made before too; and no loader starts processes."""
    from grader.data.gluon import FashionMNIST
    from grader.sandbox.loading import without_workers

    train, test = ((X.asnumpy(), y.asnumpy()) for X, y in ((train_X, train_y), (test_X, test_y)))
    FashionMNIST.stand_in = train, test
    loader = here.mx.gluon.data.DataLoader
    if "softmark_before" not in vars(loader):
        loader.softmark_before = loader.__init__
        without_workers(here.mx)
    return FashionMNIST


def as_published(here: Any) -> Any:
    """From now on, all of this is as it was."""
    from grader.data.gluon import FashionMNIST

    FashionMNIST.stand_in = None
    loader = here.mx.gluon.data.DataLoader
    if "softmark_before" in vars(loader):
        loader.__init__ = loader.softmark_before
        del loader.softmark_before
    return FashionMNIST


def part(here: Any, pair: Any, number: int) -> Any:
    return list(pair)[number]
