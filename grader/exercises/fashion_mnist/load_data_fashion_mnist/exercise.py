"""Fashion-MNIST in minibatches (section 3.5.3): two things to go through, one to train and one to test.

They are tried with a few images of noise, which stand in for the published ones: each can be told from all others.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

import numpy

from grader.checking import (
    Budget,
    CheckFailed,
    Exercise,
    Known,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    StudentObject,
    check,
    describe_value,
    expect,
    expect_parts,
    items,
    misconception,
    no_failure,
    parts,
)

EXERCISE = Exercise(
    "load_data_fashion_mnist(batch_size, resize=None)", "3.5.3", Budget(seconds=30), needs=("get_dataloader_workers",)
)

SIDE = 28
# Two of the 256 grey levels: Resize works with whole ones, and who resizes floats does not.
ATOL = 2.1 / 255

SHUFFLES_TEST = Misconception(
    "shuffles_test", "the test examples are shuffled as well", "shuffle=False: what is measured needs no new order."
)
NEVER_SHUFFLES = Misconception(
    "never_shuffles", "the training examples come in the same order in each pass", "shuffle=True for the training data."
)
STRETCHES = Misconception(
    "stretches_stay_together",
    "stretches of the data set, such as batches, are put into a new order, and not the examples",
    "Any two examples may meet in a batch: shuffle their numbers before you cut them into batches.",
)
TEST_IS_TRAIN = Misconception(
    "test_is_train", "the second of the two holds the training examples again", "FashionMNIST(train=False)"
)
SWAPPED = Misconception("swapped", "the test examples come first and the training examples second")
DROPS_LAST = Misconception(
    "drops_last",
    "the last batch, which is smaller, is left out",
    "last_batch='keep' is what DataLoader does by itself.",
)
OTHER_BATCH_SIZE = Misconception(
    "other_batch_size",
    "the batches have a size of their own, whatever batch_size is",
    "DataLoader(dataset, batch_size)",
)
ONE_PASS_ONLY = Misconception(
    "one_pass_only",
    "it can be gone through once: a generator is used up after its first pass",
    "Return something that begins anew with each for loop, such as Gluon's DataLoader.",
)
ONE_ALONE = Misconception("one_alone", "one thing comes back, where two are asked for", "return train_iter, test_iter")
TRANSFORMS_PAIRS = Misconception(
    "transforms_pairs",
    "the transform gets image and label, and takes the image alone",
    "transform_first hands it the first of the two.",
)
NOT_FLOATS = Misconception(
    "not_floats", "the pixels are no float32 numbers", "ToTensor makes them so, and divides by 255."
)
RESIZE_LATE = Misconception(
    "resize_late",
    "Resize comes after ToTensor: it takes the last axis for the channels, and by then that is the width",
    "Resize first, while the image is height × width × channel.",
)
RESIZE_IGNORED = Misconception("resize_ignored", "resize makes no difference", "transforms.Resize(resize)")
TRAIN_ALONE_RESIZED = Misconception(
    "train_alone_resized",
    "the training images are resized, and the test images are not",
    "Both need the same transform.",
)
RESIZES_ALWAYS = Misconception(
    "resizes_always", "the images are resized where resize is None, too", "if resize: …, and nothing else."
)
PIXELS_REPEATED = Misconception(
    "pixels_repeated", "pixels are repeated, and nothing between them is interpolated", "Resize does so by itself."
)
FAILURES: Known = (
    (r"(__call__|forward|<lambda>|transform)\(\) takes [\w ]+ arguments? but \w+ were given", TRANSFORMS_PAIRS),
    (r"Input size dimension must be 1 or 2", RESIZES_ALWAYS),
)  # fmt: skip


class Examples(NamedTuple):
    """Images, uint8 (n, 28, 28), and their labels."""

    images: Numbers
    labels: Numbers

    @property
    def n(self) -> int:
        return len(self.labels)

    @property
    def X(self) -> Numbers:  # noqa: N802
        """The truth: what a batch of them holds."""
        return self.images[:, None].astype(float) / 255

    def sizes(self, batch_size: int) -> list[int]:
        return [min(batch_size, self.n - start) for start in range(0, self.n, batch_size)]


def resized(images: Numbers, side: int) -> Numbers:
    """The truth: bilinear interpolation between the pixels' centres, (n, 1, side, side)."""
    at = (numpy.arange(side) + 0.5) * SIDE / side - 0.5
    low = numpy.floor(at).astype(int)
    share = at - low
    low, high = (numpy.clip(index, 0, SIDE - 1) for index in (low, low + 1))
    X = images.astype(float) / 255
    X = X[:, low] * (1 - share)[:, None] + X[:, high] * share[:, None]
    X = X[:, :, low] * (1 - share) + X[:, :, high] * share
    return X[:, None]


# -- wrong versions of X

_ToX = "X"


@misconception("the pixels are numbers from 0 to 255", "ToTensor divides by 255.", of=_ToX)
def not_divided(images: Numbers, labels: Numbers) -> Numbers:
    return images[:, None].astype(float)


@misconception("the pixels are divided by 255 twice", "ToTensor divides by 255 already.", of=_ToX)
def divided_twice(images: Numbers, labels: Numbers) -> Numbers:
    return images[:, None] / 255.0**2


@misconception("the channel is the last axis, and not the second", "ToTensor puts it first.", of=_ToX)
def channel_last(images: Numbers, labels: Numbers) -> Numbers:
    return images[..., None] / 255.0


@misconception(
    "the channel is the last axis, and the pixels are numbers from 0 to 255", "ToTensor() is missing.", of=_ToX
)
def as_it_was(images: Numbers, labels: Numbers) -> Numbers:
    return images[..., None].astype(float)


@misconception("there is no axis for the channel", "(k, 1, 28, 28): one channel is one all the same.", of=_ToX)
def no_channel(images: Numbers, labels: Numbers) -> Numbers:
    return images / 255.0


@misconception("the images are flattened to rows", "That is the model's affair.", of=_ToX)
def flattened(images: Numbers, labels: Numbers) -> Numbers:
    return images.reshape(len(images), -1) / 255.0


@misconception("the pixels reach from -1 to 1", "They are to reach from 0 to 1: ToTensor does no more.", of=_ToX)
def around_0(images: Numbers, labels: Numbers) -> Numbers:
    return images[:, None] / 127.5 - 1


# -- inputs, and how they are gone through


def draw(rng: Rng, n: int) -> Examples:
    """Images of noise, from black to white."""
    images = rng.integers(256, size=(n, SIDE, SIDE)).astype(numpy.uint8)
    images[:, 0, 0], images[:, -1, -1] = 0, 255
    return Examples(images, rng.integers(10, size=n).astype(numpy.int32))


@contextmanager
def loaded(
    student: Student, train: Examples, test: Examples, *args: int
) -> Iterator[tuple[StudentObject, StudentObject]]:
    """The two things that the function returns, while these examples are what Fashion-MNIST holds."""
    student.given_object("few_examples", *train, *test)
    try:
        pair = student.load_data_fashion_mnist.object(*args, called="load_data_fashion_mnist(…)", known=FAILURES)
        length = pair.length()
        if length.failure is not None or length.array is None or length.array.tolist() not in (2, [2]):
            raise CheckFailed(f"load_data_fashion_mnist(…) returned {describe_value(pair.made.value)}; it must be two "
                              "things, train_iter and test_iter.", ONE_ALONE)  # fmt: skip
        first, second = (student.given_object("part", pair, number) for number in (0, 1))
        first.title, second.title = "train_iter", "test_iter"
        yield first, second
    finally:
        if student.channel.is_notebook:  # a slot ends with the exercise
            student.given_object("as_published")


Pairs = Sequence[Sequence[Result]]


def one_pass(loader: StudentObject, n: int) -> list[Result]:
    """The batches, and some more than there should be for n examples."""
    result = loader.iterate(limit=n + 2)
    no_failure(result, FAILURES)
    return items(result, "batch")


def pairs(loader: StudentObject, n: int) -> Pairs:
    """X and y of each batch."""
    return [parts(batch, "X", "y") for batch in one_pass(loader, n)]


def expect_sizes(loader: StudentObject, found: Pairs, examples: Examples, batch_size: int) -> None:
    """All batches are full but the last."""
    sizes = [len(y.array) if y.array is not None and y.array.ndim else 0 for _, y in found]
    if sizes == (want := examples.sizes(batch_size)):
        return
    known = OTHER_BATCH_SIZE if sizes and sizes[0] != want[0] else DROPS_LAST if sizes == want[:-1] else None
    shown = ", ".join(map(str, sizes[:6])) + (", …" if len(sizes) > 6 else "") or "none"
    wanted = ", ".join(map(str, want))
    raise CheckFailed(f"{loader.title} gives batches of {shown} labels; it must be {wanted}.", known)


def which(found: Pairs, of: Examples) -> list[int]:
    """The number of each image that came, whatever its scale and its axes; -1 for one that is none of these."""
    known = {_key(image): number for number, image in enumerate(of.images)}
    arrays = [X.array for X, _ in found]
    return [known.get(_key(image), -1) for X in arrays if X is not None and X.ndim for image in X]


def _key(image: Numbers) -> bytes:
    """The pixels as whole grey levels: the least one is 0, the largest 255."""
    if image.size != SIDE * SIDE or not numpy.isfinite(image).all():
        return b""
    with numpy.errstate(all="ignore"):
        pixels = image.astype(float).ravel() - float(image.min())
        return bytes(numpy.rint(pixels / (pixels.max() or 1) * 255).astype(numpy.uint8))


# -- the checks


@check(points=1.5, hint="DataLoader(FashionMNIST(train=False).transform_first(ToTensor()), batch_size, shuffle=False)")
def in_test_iter(student: Student, rng: Rng) -> None:
    """test_iter gives all test examples in their order: X (k, 1, 28, 28) with pixels from 0 to 1, y (k,)"""
    train, test, size = draw(rng, 30), draw(rng, 140), 64
    with loaded(student, train, test, size) as (train_iter, test_iter):
        given = one_pass(test_iter, test.n)
        found = [parts(batch, "X", "y") for batch in given]
        if found and set(which(found, train)) == set(range(train.n)):
            swapped = set(which(pairs(train_iter, test.n), test)) == set(range(test.n))
            raise CheckFailed("test_iter gives the training examples.", SWAPPED if swapped else TEST_IS_TRAIN)
        expect_sizes(test_iter, found, test, size)
        numbers = which(found, test)
        if sorted(numbers) == list(range(test.n)) != numbers:
            text = "test_iter gives the test examples in another order than FashionMNIST(train=False)."
            raise CheckFailed(text, SHUFFLES_TEST)
        slices = [Examples(*(each[start : start + size] for each in test)) for start in range(0, test.n, size)]
        for X, _ in found:
            _refuse_resized(X)
        wants = [{"X": one.X, "y": one.labels} for one in slices]
        expect_parts(given, wants, against=slices, any_number=True, rtol=1e-4, atol=1e-5)


def _refuse_resized(X: Result) -> None:
    shape = () if X.array is None else X.array.shape
    if len(shape) == 4 and shape[1] == 1 and shape[2:] != (SIDE, SIDE):
        raise CheckFailed(f"Without resize, X has the shape {shape}; the images are {SIDE} × {SIDE}.", RESIZES_ALWAYS)


@check(points=1, hint="DataLoader(FashionMNIST(train=True).transform_first(ToTensor()), batch_size, shuffle=True)")
def in_train_iter(student: Student, rng: Rng) -> None:
    """a pass over train_iter gives every training example once, with its own label, in full batches but the last"""
    train, test = draw(rng, 300), draw(rng, 10)
    with loaded(student, train, test, 128) as (train_iter, _):
        found = pairs(train_iter, train.n)
        numbers = which(found, train)
        _refuse_others(numbers, SWAPPED if set(which(found, test)) == set(range(test.n)) else None)
        expect_sizes(train_iter, found, train, 128)
        if sorted(numbers) != list(range(train.n)):
            raise CheckFailed(f"Of {train.n} training examples, a pass over train_iter gives "
                              f"{len(set(numbers))} different ones; each must come once.")  # fmt: skip
        labels = numpy.concatenate([expect(y).numbers().ravel() for _, y in found])
        if not numpy.array_equal(labels, train.labels[numbers]):
            raise CheckFailed("train_iter gives images with other labels than their own.")


def _refuse_others(numbers: Sequence[int], known: Misconception | None = None) -> None:
    if -1 in numbers:
        raise CheckFailed("train_iter gives images that are not those of FashionMNIST(train=True).", known)


@check(points=1, hint="shuffle=True, and a DataLoader: it draws a new order for each pass.")
def shuffles(student: Student, rng: Rng) -> None:
    """each pass over train_iter has a new random order, and both can be gone through again and again"""
    train, test = draw(rng, 40), draw(rng, 30)
    with loaded(student, train, test, 16) as (train_iter, test_iter):
        for loader, examples in ((train_iter, train), (test_iter, test)):
            first, second = (which(pairs(loader, examples.n), examples) for _ in range(2))
            if first and not second and -1 not in first:
                raise CheckFailed(f"A second pass over {loader.title} gives nothing.", ONE_PASS_ONLY)
            if loader is train_iter:
                _refuse_others(first)
                if first == second:  # one order of 40 in 10^47 comes twice
                    raise CheckFailed("Two passes over train_iter have the same order.", NEVER_SHUFFLES)
                # Of 40 in a random order about one is followed by its neighbour; 20 are in one of 10^18.
                together = sum(after == before + 1 for before, after in itertools.pairwise(first))
                if together >= examples.n // 2:
                    text = f"In a pass over train_iter, {together} of {examples.n} examples are followed by the same"
                    raise CheckFailed(f"{text} one as in the data set.", STRETCHES)


@check(points=1, hint="Compose([Resize(resize), ToTensor()]), in this order, for both.")
def resizes(student: Student, rng: Rng) -> None:
    """where resize is a number, the images of both are resized to so many pixels in height and width"""
    train, test = draw(rng, 6), draw(rng, 6)
    for side in (64, 14, 40):
        with loaded(student, train, test, 6, side) as (train_iter, test_iter):
            given = [pairs(loader, examples.n) for loader, examples in ((train_iter, train), (test_iter, test))]
        X = [expect(found[0][0]).numbers() if found else numpy.zeros(0) for found in given]
        if [side in each.shape for each in X] == [True, False]:
            text = f"With resize={side}, the test images have the shape {X[1].shape[-2:]}."
            raise CheckFailed(text, TRAIN_ALONE_RESIZED)
        for got, title in zip(X, ("train_iter", "test_iter"), strict=True):
            _expect_resized(f"With resize={side}, X of {title}", got, (train, test), side)


def _expect_resized(what: str, got: Numbers, examples: tuple[Examples, Examples], side: int) -> None:
    """Which examples they are, where the channel is, and from where to where they reach, other checks say."""
    shape = (examples[0].n, 1, side, side)
    if sorted(n for n in got.shape if n > 1) not in ([6, side, side], [6, side * side]):
        known = RESIZE_IGNORED if got.shape[-2:] == (SIDE, SIDE) else None
        known = RESIZE_LATE if got.shape[1:] == (side, side, SIDE) else known
        raise CheckFailed(f"{what} has the shape {got.shape}; it must be {shape}.", known)
    pixels = got.reshape(shape).astype(float)
    pixels = pixels / 255 if pixels.max() > 2 else pixels * 255 if pixels.max() < 1 / 200 else pixels
    if not any(_same_images(pixels, resized(one.images, side)) for one in examples):
        near = numpy.arange(side) * SIDE // side
        repeated = [one.images[:, None, near][..., near] / 255.0 for one in examples]
        raise CheckFailed(f"{what} holds other pixels than Resize({side}) makes of the images.",
                          PIXELS_REPEATED if any(_same_images(pixels, one) for one in repeated) else None)  # fmt: skip


def _same_images(got: Numbers, want: Numbers) -> bool:
    """In whatever order they come: each is near to another one."""
    with numpy.errstate(all="ignore"):
        far = abs(got[:, None].astype(float) - want).reshape(len(got), len(want), -1).max(axis=2)
    return len(set(far.argmin(axis=1).tolist())) == len(want) and bool(far.min(axis=1).max() <= ATOL)


@check(points=0.5, trivial=True, hint="ToTensor gives float32; a DataLoader stacks what it gives.")
def kinds(student: Student, rng: Rng) -> None:
    """X and y are MXNet arrays, X of float32"""
    with loaded(student, draw(rng, 4), draw(rng, 4), 4) as both:
        for loader in both:
            found = pairs(loader, 4)
            if not found:
                raise CheckFailed(f"{loader.title} gives nothing.")
            expect(found[0][1]).array()
            if (dtype := expect(found[0][0]).array().dtype) != numpy.float32:
                raise CheckFailed(f"X of {loader.title} is of dtype {dtype}; it must be float32.", NOT_FLOATS)
