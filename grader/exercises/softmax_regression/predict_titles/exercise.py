"""What is there and what the model says, as titles of pictures (section 3.6.7): a list of texts of two lines each."""

from __future__ import annotations

import numpy

from grader.checking import Exercise, Misconception, Numbers, Rng, Student, check, misconception
from grader.exercises.shared.full_run import INPUTS, OUTPUTS
from grader.exercises.shared.texts import Texts, expect_texts

EXERCISE = Exercise("predict_titles(net, X, y)", "3.6.7")

# Where two scores lie nearer to each other than this, rounding could decide which class is predicted.
CLEAR = 1e-3
NAMES = ("t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot")


def titles(true: Numbers, predicted: Numbers, between: str = "\n") -> Texts:
    return [f"{NAMES[int(t)]}{between}{NAMES[int(p)]}" for t, p in zip(true, predicted, strict=True)]


def predict_titles(scores: Numbers, y: Numbers) -> Texts:
    """The truth, for the scores that the net gives."""
    return titles(y, scores.argmax(axis=1))


@misconception("the prediction comes first, and the truth second", "The truth is the upper line.", of="texts")
def prediction_first(scores: Numbers, y: Numbers) -> Texts:
    return titles(scores.argmax(axis=1), y)


@misconception("both lines are the truth", "The second is what net(X) says.", of="texts")
def truth_twice(scores: Numbers, y: Numbers) -> Texts:
    return titles(y, y)


@misconception("both lines are the prediction", "The first is the label's name.", of="texts")
def prediction_twice(scores: Numbers, y: Numbers) -> Texts:
    return titles(scores.argmax(axis=1), scores.argmax(axis=1))


@misconception("the least likely class is predicted", "argmax, and not argmin.", of="texts")
def least_likely(scores: Numbers, y: Numbers) -> Texts:
    return titles(y, scores.argmin(axis=1))


@misconception(
    "the argmax runs down the columns, over the pictures: axis 0", "argmax(axis=1): one for each row.", of="texts"
)
def argmax_over_axis_0(scores: Numbers, y: Numbers) -> Texts:
    n = min(len(y), scores.shape[1])
    return titles(y[:n], scores.argmax(axis=0)[:n] % len(NAMES))


@misconception("the two names stand on one line", "'\\n' begins a new line.", of="texts")
def one_line(scores: Numbers, y: Numbers) -> Texts:
    return titles(y, scores.argmax(axis=1), " ")


@misconception("the titles hold a backslash and an n instead of a line break", "'\\n', with one backslash.", of="texts")
def backslash_and_n(scores: Numbers, y: Numbers) -> Texts:
    return titles(y, scores.argmax(axis=1), "\\n")


@misconception("the titles hold class numbers, and not names", "get_fashion_mnist_labels gives the names.", of="texts")
def class_numbers(scores: Numbers, y: Numbers) -> Texts:
    return [f"{int(t)}\n{int(p)}" for t, p in zip(y, scores.argmax(axis=1), strict=True)]


@misconception("the first prediction stands below all pictures", of="texts")
def first_prediction(scores: Numbers, y: Numbers) -> Texts:
    return titles(y, numpy.repeat(scores.argmax(axis=1)[:1], len(y)))


@misconception("the predictions stand below other pictures: they are sorted, or one off", of="texts")
def shifted(scores: Numbers, y: Numbers) -> Texts:
    return titles(y, numpy.roll(scores.argmax(axis=1), 1))


PAIRS = Misconception(
    "pairs", "truth and prediction come as pairs, and not as one text each", 'true + "\\n" + predicted joins two texts.'
)


def read(text: str) -> str:
    """Case and spaces make no difference, lines do."""
    return "\n".join(" ".join(line.lower().split()) for line in text.strip().split("\n"))


def expect_titles(student: Student, rng: Rng, n: int, dtype: str = "int32", times: float = 1) -> None:
    """For n pictures, of which half are recognised, by scores that are so many times as large as usual."""
    while True:
        W = times * rng.normal(size=(INPUTS, OUTPUTS)).astype(numpy.float32)
        W -= W.mean(axis=0)  # pixels are positive: else one class would be the likeliest for all
        b = rng.normal(size=OUTPUTS).astype(numpy.float32)
        X = rng.uniform(size=(n, INPUTS)).astype(numpy.float32)
        scores = X.astype(float) @ W + b
        best = scores.argmax(axis=1)
        y = numpy.where(rng.permutation(n) % 2, best, rng.integers(OUTPUTS, size=n))
        # Of few titles no two are alike: what is left out, or comes again, can be told.
        distinct = n > OUTPUTS or len(set(zip(y.tolist(), best.tolist(), strict=True))) == n
        if distinct and numpy.diff(numpy.sort(scores, axis=1)[:, -2:]).min() > CLEAR:
            break
    result = student.predict_titles(student.given("linear_net", W, b), X, y.astype(dtype))
    expect_texts([result], [predict_titles(scores, y)], [(scores, y)], lists=PAIRS, read=read)


@check(points=1, hint="The names of y, the names of net(X).argmax(axis=1), and for each pair true + '\\n' + predicted.")
def true_and_predicted(student: Student, rng: Rng) -> None:
    """title i is the name of label i, a new line, and the name of the class that net finds likeliest"""
    expect_titles(student, rng, 9)


@check(points=0.5, hint="get_fashion_mnist_labels takes labels of either kind.")
def label_types(student: Student, rng: Rng) -> None:
    """float labels work as well as integers"""
    expect_titles(student, rng, 9, "float32")


@check(points=0.5, hidden=True, hint="One title for each picture, however many there are.")
def any_number(student: Student, rng: Rng) -> None:
    """there may be one picture, or three hundred"""
    expect_titles(student, rng, 300)
    expect_titles(student, rng, 1)
    # Scores of hundreds: they are compared as they are, and nobody needs their exponentials.
    expect_titles(student, rng, 9, times=200)
