"""Gluon's FashionMNIST from the kit's own data: the interface, and that it needs no network."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import mxnet as mx
import numpy
import pytest
from mxnet import gluon, npx

from grader.data import fashion_mnist, in_use
from grader.data.gluon import FashionMNIST

ToTensor = gluon.data.vision.transforms.ToTensor


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[fashion_mnist.FashionMNIST]:
    data = fashion_mnist.embedded()
    with in_use({"fashion_mnist": data}):
        yield data


@pytest.fixture(params=["np", "nd"])
def api(request: pytest.FixtureRequest) -> Iterator[Any]:
    if request.param == "np":
        npx.set_np()
    yield getattr(mx, request.param)
    npx.reset_np()


def test_images_and_labels_are_what_gluon_gives(api: Any, small: fashion_mnist.FashionMNIST) -> None:
    train, test = FashionMNIST(train=True), FashionMNIST("anywhere", False)
    assert isinstance(train, gluon.data.Dataset) and (len(train), len(test)) == (5000, 1000)
    image, label = test[7]
    assert (image.shape, image.dtype, int(label)) == ((28, 28, 1), numpy.uint8, small.test_labels[7])
    images, labels = train[:18]
    assert type(images) is (mx.np.ndarray if api is mx.np else mx.nd.NDArray)
    assert labels.dtype == numpy.int32 and (images[3].asnumpy()[..., 0] == small.train_images[3]).all()
    assert FashionMNIST(transform=lambda image, label: label)[0] == small.train_labels[0]


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("workers", [0, 2])
def test_transforms_and_loaders_work_on_it(small: fashion_mnist.FashionMNIST, workers: int) -> None:
    loader = gluon.data.DataLoader(FashionMNIST(train=False).transform_first(ToTensor()), 256, num_workers=workers)
    batches = [(X.asnumpy(), y.asnumpy()) for X, y in loader]
    assert [X.shape for X, _ in batches] == [(256, 1, 28, 28)] * 3 + [(232, 1, 28, 28)]
    X, y = map(numpy.concatenate, zip(*batches, strict=True))
    assert numpy.allclose(X[:, 0], small.test_images / numpy.float32(255)) and (y == small.test_labels).all()


def test_a_stand_in_is_seen_by_data_sets_that_were_made_before() -> None:
    train, images = FashionMNIST(), numpy.ones((3, 28, 28), numpy.uint8)
    FashionMNIST.stand_in = (images, numpy.arange(3)), (images[:2], numpy.arange(2))
    try:
        assert (len(train), len(FashionMNIST(train=False)), int(train[2][1])) == (3, 2, 2)
    finally:
        FashionMNIST.stand_in = None
    assert len(train) == 5000


def test_many_data_sets_open_the_data_once() -> None:
    FashionMNIST()
    before = len(os.listdir("/proc/self/fd"))
    kept = [FashionMNIST(train=train) for train in (True, False) for _ in range(50)]
    assert len(os.listdir("/proc/self/fd")) - before <= 4, len(kept)
