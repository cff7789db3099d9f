"""The ways people get `net(X)` wrong: what each returns, in NumPy."""

from __future__ import annotations

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
    "the bias is left out; while it is all zeros nobody notices, but it would never be learned",
    hint="Which of the parameters does the function not use?",
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
