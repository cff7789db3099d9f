"""The ways people get `data_iter(batch_size, features, labels)` wrong: what their batches look like.

The functions give the sizes of a pass's batches, from the number of examples and the batch size.
"""

from __future__ import annotations

import numpy

from grader.checking import Misconception, Numbers, misconception

# -- what a pass holds

REPEATS_EXAMPLES = Misconception(
    "repeats_examples",
    "examples are drawn with replacement, or a shuffle copies rows over each other",
    "Shuffle a list of the indices 0 … n-1 and take the rows in that order: random.shuffle on an NDArray copies rows.",
)
COUNTS_FROM_ONE = Misconception(
    "counts_from_one",
    "the indices run from 1 to n, and MXNet reads the last example where there is none",
    "range(n) gives the indices 0 to n - 1.",
    flavour="nd",  # mxnet.np refuses such an index
)
READS_PAST_THE_END = Misconception(
    "reads_past_the_end",
    "an index lies beyond the last example",
    "How many examples there are is to be read from features: len(features), whose last index is one less.",
)
NEVER_ENDS = Misconception(
    "never_ends",
    "the batches never stop",
    "One call is one pass: end when every example was read.",
)
SEPARATES_LABELS = Misconception(
    "separates_labels",
    "features and labels are put into different orders, so that rows no longer meet their own labels",
    "Draw one order and use it for both.",
)

# -- the order of the examples

NEVER_SHUFFLES = Misconception(
    "never_shuffles",
    "the examples come in the same order in every pass",
    "Shuffle the indices at the start of each pass, with random.shuffle; a seed set inside gives the same order each "
    "time, and so does mxnet.np.random.choice(…, replace=False), which does not shuffle what it draws.",
)
SHUFFLES_BATCHES_ONLY = Misconception(
    "shuffles_batches_only",
    "whole batches change places, but the same examples always share a batch",
    "Shuffle the examples' indices before they are cut into batches.",
)
SHUFFLES_WITHIN_BATCHES = Misconception(
    "shuffles_within_batches",
    "examples change places within their batch, but never move to another one",
    "Shuffle the examples' indices before they are cut into batches.",
)
BATCHES_CHANGE_PLACES = Misconception(
    "batches_change_places",
    "whole batches are shuffled after the examples, so that the smaller batch comes anywhere",
    "One shuffle, of the examples' indices, is enough.",
)
ROTATES = Misconception(
    "rotates",
    "each pass starts at another example, but goes on in the same order",
    "Another start is no other order: shuffle all indices.",
)
FORWARD_OR_BACKWARD = Misconception(
    "forward_or_backward",
    "the examples come either forward or backward, and in no other order",
    "Shuffle all indices.",
)
KEEPS_SOME_IN_PLACE = Misconception(
    "keeps_some_in_place",
    "some examples keep their place while the others are shuffled",
    "Shuffle the list of all indices, from 0 on.",
)
TAIL_NOT_SHUFFLED = Misconception(
    "tail_not_shuffled",
    "only as many examples are shuffled as fill whole batches: those of the smaller last batch are always the same",
    "Shuffle the list of all indices before it is cut into batches.",
)

HARDLY_SHUFFLES = Misconception(
    "hardly_shuffles",
    "the examples do not change places enough: only a few of them do, or each stays more or less where it was",
    "Shuffle the list of all indices at once, with random.shuffle.",
)

# -- what a batch is

YIELDS_FEATURES_ONLY = Misconception(
    "yields_features_only",
    "a batch holds features without their labels",
    "Yield a pair: for X, y in data_iter(…).",
)
SWAPS_FEATURES_AND_LABELS = Misconception(
    "swaps_features_and_labels",
    "labels come first and features second",
    "Yield the features first: for X, y in data_iter(…).",
)
LABELS_AS_COLUMN = Misconception(
    "labels_as_column",
    "the labels of a batch have an axis too many: (k, 1), or (1, k), instead of (k,)",
    "Take the labels as they are: labels[indices].",
)
RETURNS_ONE_BATCH = Misconception(
    "returns_one_batch",
    "the function returns one batch instead of all of them, one after the other",
    "A return ends the function; yield gives a batch and goes on after it.",
)
ONE_EXAMPLE = Misconception(
    "one_example",
    "a batch is a single example, without the axis along which examples are counted",
    "features[indices], with a list of indices, keeps that axis, also where the list has one entry.",
    like="single_examples",
)
GIVES_NUMPY_ARRAYS = Misconception(
    "gives_numpy_arrays",
    "a batch holds NumPy arrays, which MXNet cannot reckon with",
    "Index features and labels themselves, or turn the rows back into MXNet arrays.",
)
GIVES_LISTS = Misconception(
    "gives_lists",
    "a batch holds lists of examples instead of arrays",
    "features[indices] takes all rows at once, as one array.",
)
CHANGES_THE_CALLERS_ARRAYS = Misconception(
    "changes_callers_arrays",
    "the caller's own arrays are shuffled in place",
    "Shuffle a list of indices, not the data.",
)
REUSES_ONE_BUFFER = Misconception(
    "reuses_one_buffer",
    "every batch is written into the same array, so that earlier batches change",
    "Make a new array for each batch.",
)

# -- what is raised

SHUFFLES_A_RANGE = Misconception(
    "shuffles_a_range",
    "a range is shuffled, which cannot be changed",
    "list(range(n)) makes a list of it.",
)
SHUFFLE_RETURNS_NOTHING = Misconception(
    "shuffle_returns_nothing",
    "what a shuffle returns is used: it shuffles its argument in place and returns None",
    "Make the list first, shuffle it in a line of its own, and go on with the list.",
)
NOT_IN_MXNET = Misconception(
    "not_in_mxnet",
    "a function of NumPy's is looked for in MXNet, which has only some of them",
    "A list of indices and Python's random.shuffle are enough.",
)
LIST_AS_INDEX = Misconception(
    "list_as_index",
    "a Python list, or range, is indexed with several indices at once",
    "Arrays can be indexed with a list of indices, lists cannot.",
)

FAILURES = (
    (r"'range' object does not support item assignment", SHUFFLES_A_RANGE),
    (r"'NoneType' object is not (subscriptable|iterable)", SHUFFLE_RETURNS_NOTHING),
    (r"module 'mxnet\S*' has no attribute", NOT_IN_MXNET),
    (r"(list|range|tuple) indices must be integers or slices, not", LIST_AS_INDEX),
    (r"out of bounds?|out of range|exceeds? the", READS_PAST_THE_END),
)

# -- how the examples are cut into batches


def _starting_at(starts: range, n: int, batch_size: int) -> Numbers:
    """The sizes of the slices [start : start + batch_size] of n examples."""
    return numpy.array([min(batch_size, n - start) for start in starts])


@misconception(
    "the last, smaller batch is left out",
    "When the examples run out before the batch is full, what is left is a batch too.",
)
def drops_last_batch(n: int, batch_size: int) -> Numbers:
    return numpy.full(n // batch_size, batch_size)


@misconception(
    "the loop ends a batch too early: range(0, n - batch_size, …) leaves out the start of the last full batch",
    "The end of a range is not part of it: n itself is a good end.",
)
def drops_full_batch(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(0, n - batch_size, batch_size), n, batch_size)


@misconception(
    "the first batch is left out",
    "The first batch starts at index 0.",
)
def drops_first_batch(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(batch_size, n, batch_size), n, batch_size)


@misconception(
    "one example is never read: the indices end, or begin, one too soon",
    "range(n) gives the indices 0 to n - 1, and those are all.",
)
def loses_one_example(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(0, n - 1, batch_size), n - 1, batch_size)


@misconception(
    "the last slice ends one example too soon: n - 1 is the last index, and the end of a slice is not part of it",
    "indices[i : min(i + batch_size, n)]; the min is not even needed, since a slice may end beyond the list.",
    flavour="np",  # in mxnet.nd what is left is an empty array, which it does not have
    like="loses_one_example",
)
def slice_ends_too_soon(n: int, batch_size: int) -> Numbers:
    return numpy.array([min(batch_size, n - 1 - start) for start in range(0, n, batch_size)])


@misconception(
    "the function ends after its first batch",
    "A return ends the function; yield gives a batch and goes on after it.",
)
def only_first_batch(n: int, batch_size: int) -> Numbers:
    return numpy.array([min(batch_size, n)])


@misconception(
    "the last batch is filled up with examples that were read already",
    "The last batch may be smaller than the others: let it be.",
)
def pads_last_batch(n: int, batch_size: int) -> Numbers:
    return numpy.full(-(-n // batch_size), batch_size)


@misconception(
    "every batch is one example too small: the end of a slice is not part of it",
    "indices[i : i + batch_size] holds batch_size indices.",
)
def batches_too_small(n: int, batch_size: int) -> Numbers:
    return numpy.array([min(batch_size - 1, n - start) for start in range(0, n, batch_size)])


@misconception(
    "every batch is one example too large, and shares one with the next: the end of a slice is not part of it",
    "indices[i : i + batch_size] holds batch_size indices.",
)
def batches_too_large(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(0, n, batch_size), n, batch_size + 1)


@misconception(
    "the loop goes on by one example instead of by a whole batch, so that batches overlap",
    "range takes a third argument: the step.",
)
def step_of_one(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(n), n, batch_size)


@misconception(
    "the smaller batch comes first",
    "Only the last batch may be smaller than the others.",
)
def small_batch_first(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(0, n, batch_size), n, batch_size)[::-1]


@misconception(
    "the examples are spread evenly over the batches, so that many are smaller than they should be",
    "Take batch_size indices at a time; only the last batch may be smaller.",
)
def uneven_split(n: int, batch_size: int) -> Numbers:
    return numpy.array([len(part) for part in numpy.array_split(numpy.arange(n), -(-n // batch_size))])


@misconception(
    "batch_size is taken for the number of batches",
    "batch_size says how many examples a batch holds.",
)
def counts_batches(n: int, batch_size: int) -> Numbers:
    return numpy.array([len(part) for part in numpy.array_split(numpy.arange(n), min(n, batch_size))])


@misconception(
    "all examples come in one batch, however many there are",
    "Take batch_size indices at a time.",
)
def one_batch(n: int, batch_size: int) -> Numbers:
    return numpy.array([n])


@misconception(
    "the examples come one at a time",
    "Take batch_size indices at a time: features[indices] takes a list of them.",
)
def single_examples(n: int, batch_size: int) -> Numbers:
    return numpy.ones(n)


@misconception(
    "a batch holds ten examples, whatever batch_size is",
    "One of the arguments is not used.",
)
def batch_of_ten(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(0, n, 10), n, 10)


@misconception(
    "one call goes through the examples twice",
    "One call is one pass: end when every example was read.",
)
def two_passes(n: int, batch_size: int) -> Numbers:
    return numpy.tile(_starting_at(range(0, n, batch_size), n, batch_size), 2)


@misconception(
    "a last batch of size 0 is given",
    "Where the examples run out exactly at the end of a batch, there is nothing left to give.",
)
def empty_last_batch(n: int, batch_size: int) -> Numbers:
    return _starting_at(range(0, (n // batch_size + 1) * batch_size, batch_size), n, batch_size)
