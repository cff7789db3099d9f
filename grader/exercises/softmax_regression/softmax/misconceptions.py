"""The ways people get `softmax(X)` wrong: what each returns, in NumPy. What is about the shift, or about limits and
digits, stands in shifts.py and limits.py."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception
from grader.exercises.shared.arithmetic import divide, exp32
from grader.exercises.shared.softmax import softmax

from .shifts import normalise, row_max


@misconception(
    "exp(X) is taken of the logits as they are: from about 89 on float32 has no number large enough, and "
    "inf / inf "
    "is nan; where a whole row lies below about -103, every exp is 0 and 0 / 0 is nan",
    hint="Adding the same number to every logit of a row leaves the softmax as it is: which number helps?",
)
def naive_exp(X: Numbers) -> Numbers:
    return normalise(exp32(X))


@misconception(
    "the sum runs over axis 0: down the columns, over the batch, instead of along each row, "
    "so that each column adds up to 1 and not each row",
    hint="Look at the shape of the sum: it should hold one number for each row.",
)
def sums_over_axis_0(X: Numbers) -> Numbers:
    E = exp32(X)
    return divide(E, E.sum(axis=0, keepdims=True))


@misconception(
    "the max and the sum run over axis 0: down the columns, over the batch, instead of along each row, "
    "so that each column adds up to 1 and not each row",
    hint="Look at the shape of the max and of the sum: each should hold one number for each row.",
    like="sums_over_axis_0",
)
def max_and_sum_over_axis_0(X: Numbers) -> Numbers:
    E = exp32(X - numpy.max(X, axis=0, keepdims=True))
    return divide(E, E.sum(axis=0, keepdims=True))


@misconception(
    "one sum runs over the whole matrix, so that all entries together add up to 1 instead of each row",
    hint="Each row of X is an example of its own: the sum needs an axis.",
)
def sums_whole_matrix(X: Numbers) -> Numbers:
    E = exp32(X)
    return divide(E, E.sum())


@misconception(
    "the max and the sum run over the whole matrix, so that all entries together add up to 1 instead of each row",
    hint="Each row of X is an example of its own: the max and the sum need an axis.",
    like="sums_whole_matrix",
)
def sums_whole_matrix_after_max(X: Numbers) -> Numbers:
    E = exp32(X - numpy.max(X))
    return divide(E, E.sum())


@misconception(
    "the sum runs over the whole matrix, so that all entries together add up to 1 instead of each row; and as each row "
    "was shifted by its own max, rows with large logits get no more than others",
    hint="Each row of X is an example of its own: the sum needs an axis, as the max has.",
    like="sums_whole_matrix",
)
def sums_whole_matrix_after_row_max(X: Numbers) -> Numbers:
    E = exp32(X - row_max(X))
    return divide(E, E.sum())


@misconception(
    "the row sums have shape (n,), so the division pairs them with the columns: an error in most cases, "
    "and in a square batch each column is divided by the sum of some other row",
    hint="Compare the shapes of the two sides of the division; sum can keep the axis it sums over.",
    line=r"/",
)
def sum_without_keepdims(X: Numbers) -> Numbers:
    E = exp32(X)
    return divide(E, E.sum(axis=1))


@misconception(
    "len(X.shape) counts the axes, which is 2 for every matrix, and not the rows: "
    "the reshape works for a batch of two only",
    hint="X.shape is a tuple: the number of rows is one of its entries.",
)
def len_of_shape(X: Numbers) -> Numbers:
    E = exp32(X)
    return divide(E, E.sum(axis=1).reshape((len(numpy.shape(X)), 1)))


@misconception(
    "each entry goes through a sigmoid by itself, so that the entries of a row do not add up to 1",
    hint="The probabilities of one row depend on each other: what is each of them divided by?",
)
def sigmoid(X: Numbers) -> Numbers:
    return divide(numpy.float32(1), 1 + exp32(-numpy.asarray(X, "float32")))


@misconception(
    "the logits are divided by their sum without exp: negative logits give negative results, "
    "and a sum near 0 makes them huge",
    hint="Softmax has two steps; the first makes every number positive.",
)
def no_exp(X: Numbers) -> Numbers:
    return normalise(numpy.asarray(X, "float64"))


@misconception(
    "powers of 2 are used instead of powers of e, which draws the probabilities closer to each other",
    hint="The formula has exp(x), which is e to the power x.",
)
def base_2(X: Numbers) -> Numbers:
    return normalise(2.0 ** (numpy.asarray(X, "float64") - row_max(X)))


@misconception(
    "the logarithm of the softmax is returned: the numbers are negative and do not add up to 1",
    hint="One exp is missing at the end.",
)
def returns_log_softmax(X: Numbers) -> Numbers:
    Z = numpy.asarray(X, "float64") - row_max(X)
    return Z - numpy.log(numpy.exp(Z).sum(axis=1, keepdims=True))


@misconception(
    "the exponentials themselves are returned, before the division: the rows do not add up to 1",
    hint="Check which variable the return line names.",
)
def returns_exponentials(X: Numbers) -> Numbers:
    return numpy.exp(numpy.asarray(X, "float64") - row_max(X))


@misconception(
    "the row sums are returned, one for each row, instead of a probability for each entry",
    hint="Check which variable the return line names.",
)
def returns_partition(X: Numbers) -> Numbers:
    return exp32(X).sum(axis=1, keepdims=True)


@misconception(
    "the input is reshaped to rows of ten, so that the function works for ten classes only",
    hint="The number of classes can be read from X, and need not be known at all.",
)
def ten_classes(X: Numbers) -> Numbers:
    return softmax(numpy.reshape(X, (-1, 10)))


@misconception(
    "the number of rows is fixed at 256, so that any other batch, such as the last one of an epoch, is an error",
    hint="Let the function work the number of rows out for itself, or keep the axis when reducing.",
)
def batch_of_256(X: Numbers) -> Numbers:
    X = numpy.asarray(X, "float64")
    return softmax(X - X.max(axis=1).reshape((256, 1)))


@misconception(
    "a batch of one row comes back as a vector: the shape changes with the batch, and later code that "
    "counts on rows breaks",
    hint="The result has the shape of X, whatever that is.",
)
def flattens_single_row(X: Numbers) -> Numbers:
    P = softmax(X)
    return P.reshape(-1) if len(P) == 1 else P


@misconception(
    "each row is divided by its length, the root of the sum of squares, so that its squares add up to 1 "
    "and not its entries",
    hint="Probabilities add up to 1: divide by the plain sum.",
)
def normalizes_by_length(X: Numbers) -> Numbers:
    E = numpy.exp(numpy.asarray(X, "float64") - row_max(X))
    return E / numpy.sqrt((E**2).sum(axis=1, keepdims=True))


@misconception(
    "the logits are divided by their sum first and exp is taken last: the results do not add up to 1",
    hint="exp comes first; the sum and the division act on its results.",
)
def divides_before_exp(X: Numbers) -> Numbers:
    return exp32(normalise(numpy.asarray(X, "float32")))


@misconception(
    "each row is divided by its mean instead of its sum: it adds up to the number of classes and not to 1",
    hint="What should a row of probabilities add up to?",
)
def takes_mean(X: Numbers) -> Numbers:
    E = exp32(X)
    return divide(E, E.mean(axis=1, keepdims=True))


@misconception(
    "the max is subtracted in the numerator only: numerator and denominator no longer belong together, "
    "and each row is too small or too large by a factor exp(max)",
    hint="Shift once, and use the shifted exponentials above and below.",
)
def forgets_parentheses(X: Numbers) -> Numbers:
    return divide(exp32(X - row_max(X)), exp32(X).sum(axis=1, keepdims=True))


@misconception(
    "the logits' sign is turned around first: the largest logit gets the smallest probability",
    hint="Look for a minus in the exponent that belongs elsewhere.",
)
def negated_logits(X: Numbers) -> Numbers:
    return softmax(-numpy.asarray(X, "float64"))


@misconception(
    "the fraction is upside down: the row's sum is divided by each exponential",
    hint="Probabilities lie below 1: what has to stand above the line?",
)
def returns_reciprocal(X: Numbers) -> Numbers:
    return divide(1.0, softmax(X))


@misconception(
    "the denominator leaves the entry itself out and holds the others only, so that the results are no shares",
    hint="Divide by the sum over the whole row.",
)
def sum_leaves_itself_out(X: Numbers) -> Numbers:
    P = softmax(X)
    return divide(P, 1 - P)


@misconception(
    "1 is added to the denominator, so that a row adds up to less than 1",
    hint="With the row's max taken away, the sum is never 0: nothing has to be added.",
)
def adds_one_to_partition(X: Numbers) -> Numbers:
    E = numpy.exp(numpy.asarray(X, "float64") - row_max(X))
    return E / (E.sum(axis=1, keepdims=True) + 1)


@misconception(
    "the logits are doubled, which pushes the probabilities further apart",
    hint="Softmax stays the same under a shift, not under a scaling.",
)
def doubled_logits(X: Numbers) -> Numbers:
    return softmax(2 * numpy.asarray(X, "float64"))


@misconception(
    "the logits are multiplied by a number first, or divided by one, such as the root of the number of classes, which "
    "draws the probabilities together or apart",
    hint="Softmax stays the same under a shift, not under a scaling.",
    like="doubled_logits",
)
def scaled_logits(X: Numbers, *, factor: Any = ("root", 0.1, 0.25, 0.5, 3, 4, 10)) -> Numbers:
    X = numpy.asarray(X, "float64")
    return softmax(X / X.shape[1] ** 0.5 if factor == "root" else factor * X)


@misconception(
    "the sum leaves one column out, the first or the last, so that a row adds up to more than 1",
    hint="Look at where the sum begins and ends.",
)
def sum_leaves_one_column_out(X: Numbers, *, column: Any = (0, -1)) -> Numbers:
    P = softmax(X)
    return divide(P, 1 - P[:, [column]])


@misconception(
    "the sum holds a fixed number of columns, ten say: with more classes than that a row adds up to more than 1",
    hint="The number of classes can be read from X, and need not be known at all.",
)
def sums_some_columns(X: Numbers, *, columns: Any = (10, 2, 3, 4, 5, 8)) -> Numbers:
    P = softmax(X)
    return divide(P, P[:, :columns].sum(axis=1, keepdims=True))
