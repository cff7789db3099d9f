"""The ways people get `net(X)` wrong: what each returns, in NumPy."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.softmax import softmax

from .exercise import net


def flat(X: Numbers, W: Numbers) -> Numbers:
    return numpy.asarray(X, "float64").reshape(-1, len(W))


def scores(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return flat(X, W) @ W + b


@misconception(
    "the scores X W + b are returned without the softmax: they are no probabilities",
    hint="Each row of the result should add up to 1.",
)
def forgets_softmax(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return scores(X, W, b)


@misconception(
    "the bias is added after the softmax, so that the rows no longer add up to 1",
    hint="The bias belongs to the scores; the softmax comes last.",
)
def softmax_before_bias(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W) @ W) + b


@misconception(
    "the softmax is applied to the pixels and not to the scores: the result is no probability",
    hint="The softmax comes last.",
)
def softmax_of_inputs(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W)) @ W + b


@misconception(
    "the bias is left out, or one number is added for all classes, which leaves the softmax as it is; while it is all "
    "zeros nobody notices, but it would never be learned",
    hint="Each class has a bias of its own.",
)
def forgets_bias(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W) @ W)


@misconception(
    "the bias is subtracted instead of added",
    hint="Compare with the formula of the model.",
)
def subtracts_bias(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W) @ W - b)


@misconception(
    "the images are multiplied by W as they come, (n, 1, 28, 28): their shape does not fit that of W",
    hint="Each image has to become one row of pixels first.",
)
def forgets_reshape(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(numpy.dot(numpy.asarray(X, "float64"), W) + b)


@misconception(
    "the number of images is fixed at 256, so that any other batch, such as the last one of an epoch, does not fit",
    hint="reshape can work out one of the sizes for itself.",
)
def batch_of_256(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    if numpy.size(X) % 256:
        raise ValueError(f"cannot reshape array of size {numpy.size(X)} into shape (256, -1)")
    return softmax(numpy.asarray(X, "float64").reshape(256, -1) @ W + b)


@misconception(
    "the whole batch is flattened into one row, which fits W for a single image only",
    hint="Keep one row for each image.",
)
def flattens_everything(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(numpy.asarray(X, "float64").reshape(1, -1) @ W + b)


@misconception(
    "the batch is reshaped to (pixels, n) and transposed: the shape is right, "
    "but the rows now mix pixels of different images",
    hint="reshape fills row by row: let the rows be the images from the start.",
)
def reshapes_to_columns(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(numpy.asarray(X, "float64").reshape(len(W), -1).T @ W + b)


@misconception(
    "the product is taken with the transpose of W, whose shape does not fit",
    hint="W has a row for each pixel and a column for each class already.",
)
def transposed_weight(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W) @ numpy.transpose(W) + b)


@misconception(
    "W comes first in the product, where its shape does not fit",
    hint="In a matrix product the inner sizes have to agree: which factor has the pixels last?",
)
def dot_arguments_swapped(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(W @ flat(X, W) + b)


@misconception(
    "* multiplies entry by entry; it is no matrix product, and the shapes do not fit",
    hint="Each score is a sum over all pixels: which function multiplies matrices?",
)
def elementwise_product(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W) * W + b)


@misconception(
    "the softmax is applied twice: the second one levels the probabilities",
    hint="Once is enough: are your scores softened somewhere already?",
)
def softmax_twice(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(net(X, W, b))


@misconception(
    "the predicted class is returned for each image, instead of a probability for each class",
    hint="The loss needs the probabilities; choosing a class comes later.",
)
def returns_classes(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return numpy.argmax(net(X, W, b), axis=1)


@misconception(
    "the pixels are divided by 255 inside the net; they lie between 0 and 1 already",
    hint="Use X as it comes.",
)
def scales_pixels(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W) / 255 @ W + b)


@misconception(
    "negative scores are set to 0 before the softmax, so that unlikely classes cannot be told apart",
    hint="This model is linear up to the softmax.",
)
def relu(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(numpy.maximum(scores(X, W, b), 0))


@misconception(
    "each score goes through a sigmoid by itself, so that the rows do not add up to 1",
    hint="Your softmax turns a row of scores into probabilities.",
)
def sigmoid_output(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return 1 / (1 + numpy.exp(-scores(X, W, b)))


@misconception(
    "the mean of the batch is subtracted from X first: an image's prediction changes with the rest of its batch",
    hint="Leave X as it is.",
)
def centres_the_input(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return net(numpy.asarray(X, "float64") - numpy.mean(X), W, b)


@misconception(
    "the product is divided by the number of pixels, so that the images hardly count beside the bias",
    hint="The scores are the plain product with W, and b.",
)
def mean_of_inputs(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(flat(X, W) @ W / len(W) + b)


@misconception("the bias is added twice", hint="One + b is enough.")
def adds_bias_twice(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(scores(X, W, b) + b)


@misconception(
    "the images do not count: the result depends on the bias alone",
    hint="Which of the parameters does the function not use?",
)
def leaves_weight_out(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(0 * scores(X, W, b) + b)


@misconception(
    "the sign of the scores is turned around: the most likely class comes out as the least likely one",
    hint="Look for a minus.",
)
def negated_scores(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(-scores(X, W, b))


@misconception(
    "only a part of the pixels counts: some, such as the last one, or all from the 101st on, change nothing",
    hint="The number of pixels can be read from W: the product needs all of them.",
)
def some_pixels(X: Numbers, W: Numbers, b: Numbers, *, part: Any = (
    slice(-1), slice(1, None), slice(28, None), slice(-28), slice(100), slice(256), slice(392), slice(400), slice(500),
    slice(None, None, 2),
)) -> Numbers:  # fmt: skip
    return softmax(flat(X, W)[:, part] @ W[part] + b)


@misconception(
    "the bias of one class, the first or the last, is left out",
    hint="Each class has a bias of its own.",
)
def one_bias_missing(X: Numbers, W: Numbers, b: Numbers, *, place: Any = (-1, 0)) -> Numbers:
    bias = numpy.array(b, "float64")
    bias[place] = 0
    return softmax(flat(X, W) @ W + bias)


@misconception(
    "the pixels are made black or white first, so that what lies between is lost",
    hint="Use X as it comes.",
)
def black_or_white(X: Numbers, W: Numbers, b: Numbers, *, least: Any = (0.5, 0)) -> Numbers:
    return net(numpy.asarray(X) > least, W, b)


@misconception(
    "the pixels are turned around, 1 - X, as in a negative",
    hint="Use X as it comes.",
)
def negative_picture(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return net(1 - numpy.asarray(X, "float64"), W, b)


@misconception(
    "each image is divided by its own largest pixel, or by the batch's, so that dark images become bright ones",
    hint="Use X as it comes.",
)
def scales_by_the_largest(X: Numbers, W: Numbers, b: Numbers, *, axis: Any = (1, None)) -> Numbers:
    X = flat(X, W)
    return net(X / X.max(axis=axis, keepdims=True), W, b)


@misconception(
    "the mean of each image is subtracted from it first",
    hint="Use X as it comes.",
    like="centres_the_input",
)
def centres_each_image(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    X = flat(X, W)
    return net(X - X.mean(axis=1, keepdims=True), W, b)


@misconception(
    "the pictures are transposed: rows of pixels have become columns, and each pixel meets another's weights",
    hint="One reshape is enough; the order of the pixels is that of the rows of W.",
)
def transposed_pictures(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    side = round(len(W) ** 0.5)
    pictures = flat(X, W).reshape(-1, side, side)
    return net(pictures.swapaxes(1, 2).reshape(len(pictures), -1), W, b)


@misconception(
    "the pixels are put into float16 first, which holds three digits",
    hint="Leave X in the dtype in which it comes.",
)
def pixels_in_half(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return net(numpy.asarray(X, "float16"), W, b)


@misconception(
    "the scores are rounded to whole numbers before the softmax, and no gradient passes through the rounding",
    hint="Use the numbers as they are; rounding is for printing.",
)
def rounds_scores(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(numpy.rint(scores(X, W, b)))


@misconception(
    "the scores go through a tanh before the softmax, which keeps them between -1 and 1",
    hint="This model is linear up to the softmax.",
    like="relu",
)
def tanh_of_scores(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(numpy.tanh(scores(X, W, b)))


@misconception(
    "the scores are multiplied by a number, or divided by one, before the softmax",
    hint="The softmax is that of X W + b itself.",
)
def scaled_scores(X: Numbers, W: Numbers, b: Numbers, *, factor: Any = (0.5, 2, 0.1, 10)) -> Numbers:
    return softmax(factor * scores(X, W, b))


@misconception(
    "the softmax runs down the columns: over the batch, so that the images share out each class among themselves",
    hint="Each row is an image of its own: its probabilities should add up to 1.",
)
def softmax_over_the_batch(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return softmax(scores(X, W, b).T).T


@misconception(
    "the images of the batch are averaged first, so that all of them get the same prediction",
    hint="Each image has a prediction of its own.",
)
def mean_of_the_batch(X: Numbers, W: Numbers, b: Numbers) -> Numbers:
    X = flat(X, W)
    return net(numpy.broadcast_to(X.mean(axis=0), X.shape), W, b)
