#: right book | a shuffled list of indices, fancy indexing
def data_iter(batch_size, features, labels):
    num_examples = len(features)
    indices = list(range(num_examples))
    random.shuffle(indices)
    for i in range(0, num_examples, batch_size):
        batch_indices = np.array(indices[i: min(i + batch_size, num_examples)])
        yield features[batch_indices], labels[batch_indices]

#: right take | take instead of fancy indexing
def data_iter(batch_size, features, labels):
    n = features.shape[0]
    idx = list(range(n))
    random.shuffle(idx)
    for i in range(0, n, batch_size):
        j = np.array(idx[i:i + batch_size])
        yield features.take(j, axis=0), labels.take(j, axis=0)

#: right numpy_permutation | a NumPy permutation
def data_iter(batch_size, features, labels):
    order = numpy.random.permutation(len(labels))
    for start in range(0, len(labels), batch_size):
        chosen = order[start:start + batch_size]
        yield features[chosen], labels[chosen]

#: right list_of_batches | returns a list
def data_iter(batch_size, features, labels):
    idx = list(range(len(features)))
    random.shuffle(idx)
    batches = []
    while idx:
        now, idx = idx[:batch_size], idx[batch_size:]
        batches.append((features[now], labels[now]))
    return batches

#: right data_loader | Gluon's DataLoader
def data_iter(batch_size, features, labels):
    dataset = gluon.data.ArrayDataset(features, labels)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=True, last_batch='keep')

#: right data_loader_loop | Gluon's DataLoader inside a generator
def data_iter(batch_size, features, labels):
    dataset = gluon.data.ArrayDataset(features, labels)
    for X, y in gluon.data.DataLoader(dataset, batch_size, shuffle=True):
        yield X, y

#: right batch_sampler | Gluon's samplers choose the indices
def data_iter(batch_size, features, labels):
    chosen = gluon.data.RandomSampler(len(features))
    for batch in gluon.data.BatchSampler(chosen, batch_size, 'keep'):
        yield features[list(batch)], labels[list(batch)]

#: right random_sample | random.sample draws all of them
def data_iter(batch_size, features, labels):
    n = len(features)
    order = random.sample(range(n), n)
    return [(features[order[i:i + batch_size]], labels[order[i:i + batch_size]])
            for i in range(0, n, batch_size)]

#: right generator_expression | returns a generator expression
def data_iter(batch_size, features, labels):
    n = len(features)
    order = numpy.random.permutation(n)
    parts = (order[i:i + batch_size] for i in range(0, n, batch_size))
    return ((features[p], labels[p]) for p in parts)

#: right shuffled_copies | whole shuffled copies, then slices of them
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    F, L = features[order], labels[order]
    for i in range(0, len(order), batch_size):
        yield F[i:i + batch_size], L[i:i + batch_size]

#: right sorted_by_random_key | indices sorted by a random key
def data_iter(batch_size, features, labels):
    order = sorted(range(len(features)), key=lambda i: random.random())
    k = 0
    while k < len(order):
        yield features[order[k:k + batch_size]], labels[order[k:k + batch_size]]
        k += batch_size

#: right library_shuffle | the library's own shuffle of an arange
def data_iter(batch_size, features, labels):
    n = len(features)
    order = np.arange(n)
    np.random.shuffle(order)
    for i in range(0, n, batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: right stack_examples | single examples stacked
def data_iter(batch_size, features, labels):
    pairs = [(features[i], labels[i].reshape((1,))) for i in range(len(features))]
    random.shuffle(pairs)
    for i in range(0, len(pairs), batch_size):
        some = pairs[i:i + batch_size]
        xs = [x for x, _ in some]
        ys = [y for _, y in some]
        yield np.stack(xs), np.stack(ys).reshape((-1,))

#: right array_split_points | NumPy splits the permutation
def data_iter(batch_size, features, labels):
    order = numpy.random.permutation(len(features))
    cuts = list(range(batch_size, len(order), batch_size))
    for chosen in numpy.split(order, cuts):
        yield features[chosen], labels[chosen]

#: right iterator_class | an object with __iter__, shuffled at each pass
class DataIter:
    def __init__(self, batch_size, features, labels):
        self.batch_size, self.features, self.labels = batch_size, features, labels

    def __iter__(self):
        order = list(range(len(self.features)))
        random.shuffle(order)
        for i in range(0, len(order), self.batch_size):
            j = order[i:i + self.batch_size]
            yield self.features[j], self.labels[j]


def data_iter(batch_size, features, labels):
    return DataIter(batch_size, features, labels)

#: right helper_hints_prints | helper, type hints, arguments renamed, prints
def shuffled_indices(n: int) -> list:
    indices = list(range(n))
    random.shuffle(indices)
    return indices


def data_iter(size: int, inputs: np.ndarray, targets: np.ndarray):
    indices = shuffled_indices(len(inputs))
    for first in range(0, len(indices), size):
        chosen = np.array(indices[first:first + size]).astype('int32')
        print('batch of', len(chosen))
        yield inputs[chosen], targets[chosen]

#: right through_numpy | NumPy copies indexed and turned back
def data_iter(batch_size, features, labels):
    F, L = features.asnumpy(), labels.asnumpy()
    order = numpy.random.permutation(len(F))
    for i in range(0, len(F), batch_size):
        j = order[i:i + batch_size]
        yield np.array(F[j]), np.array(L[j])

#: right several_shuffles | shuffles more than once, yields lists of two
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    for _ in range(3):
        random.shuffle(indices)
    for i in range(0, len(indices), batch_size):
        j = indices[i:i + batch_size]
        yield [features[j], labels[j]]

#: right islice | itertools cuts the pieces
import itertools


def data_iter(batch_size, features, labels):
    order = iter(random.sample(range(len(features)), len(features)))
    while chosen := list(itertools.islice(order, batch_size)):
        yield features[chosen], labels[chosen]

#: right argsort_of_uniform | the order that sorts random numbers
def data_iter(batch_size, features, labels):
    n = len(features)
    order = numpy.random.uniform(size=n).argsort()
    for i in range(-(-n // batch_size)):
        chosen = order[i * batch_size:(i + 1) * batch_size]
        yield features[chosen], labels[chosen]

#: right pops_indices | a list of indices used up
def data_iter(batch_size, features, labels):
    left = list(range(len(labels)))
    random.shuffle(left)
    while left:
        size = min(batch_size, len(left))
        chosen = [left.pop() for _ in range(size)]
        yield features[chosen], labels[chosen]

#: right decorated_nested | a decorator, a nested generator, keywords, a warning
import functools
import warnings


def announced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        warnings.warn('a new pass')
        return function(*args, **kwargs)
    return wrapper


@announced
def data_iter(batch_size, features, labels):
    def batches(*, size, order):
        for i in range(0, len(order), size):
            yield order[i:i + size]

    order = list(range(len(features)))
    random.shuffle(order)
    for chosen in batches(size=batch_size, order=order):
        yield features[chosen], labels[chosen]

#: right callable_object | an object with __call__
class Reader:
    def __init__(self, generator):
        self.generator = generator

    def __call__(self, batch_size, features, labels):
        order = self.generator.permutation(len(features))
        return [(features[order[i:i + batch_size]], labels[order[i:i + batch_size]])
                for i in range(0, len(order), batch_size)]


data_iter = Reader(numpy.random.RandomState(7))

#: right bounds_checked | the end of each slice checked
def data_iter(batch_size, features, labels):
    n, start = len(features), 0
    order = numpy.random.permutation(n).tolist()
    while True:
        if start >= n:
            return
        end = start + batch_size if start + batch_size < n else n
        yield features[order[start:end]], labels[order[start:end]]
        start = end

#: right sequence_protocol | an object with __getitem__ alone: a for loop runs over that as well
import random

class data_iter:
    def __init__(self, batch_size, features, labels):
        self.batch_size, self.features, self.labels = batch_size, features, labels
        self.order = list(range(len(features)))
        random.shuffle(self.order)

    def __getitem__(self, number):
        rows = self.order[number * self.batch_size:(number + 1) * self.batch_size]
        if not rows:
            raise IndexError(number)
        return self.features[np.array(rows)], self.labels[np.array(rows)]

#: right sorted_within_batches | the examples of a batch are random, their order in it does not matter
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(indices), batch_size):
        rows = np.array(sorted(indices[i:i + batch_size]), dtype="int32")
        yield features.take(rows, axis=0), labels.take(rows, axis=0)

#: wrong drops_last_batch | [drops_last_batch] only full batches count
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n))
    random.shuffle(indices)
    for i in range(n // batch_size):
        j = indices[i * batch_size:(i + 1) * batch_size]
        yield features[j], labels[j]

#: wrong drops_full_batch | [drops_full_batch] the range ends at n - batch_size
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n))
    random.shuffle(indices)
    for i in range(0, n - batch_size, batch_size):
        j = indices[i:i + batch_size]
        yield features[j], labels[j]

#: wrong loses_one_example | [loses_one_example] the last index is n - 1, so the range ends there
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n - 1))
    random.shuffle(indices)
    for i in range(0, n - 1, batch_size):
        j = indices[i:i + batch_size]
        yield features[j], labels[j]

#: wrong slice_ends_too_soon | [slice_ends_too_soon] the last index is n - 1, so the last slice ends there
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n))
    random.shuffle(indices)
    for i in range(0, n, batch_size):
        j = indices[i:min(i + batch_size, n - 1)]
        yield features[j], labels[j]

#: wrong skips_between_batches | [batches_too_small] a slice includes its end
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features), batch_size):
        j = indices[i:i + batch_size - 1]
        yield features[j], labels[j]

#: wrong step_of_one | [step_of_one] the range walks by itself in batches
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features)):
        j = indices[i:i + batch_size]
        yield features[j], labels[j]

#: wrong pads_last_batch | [pads_last_batch] the last batch is filled up from the start
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n))
    random.shuffle(indices)
    for i in range(0, n, batch_size):
        j = [indices[k % n] for k in range(i, i + batch_size)]
        yield features[j], labels[j]

#: wrong small_batch_first | [small_batch_first] the remainder may come first
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n))
    random.shuffle(indices)
    start = n % batch_size
    if start:
        yield features[indices[:start]], labels[indices[:start]]
    for i in range(start, n, batch_size):
        j = indices[i:i + batch_size]
        yield features[j], labels[j]

#: wrong uneven_split | [uneven_split] batches of about the same size
def data_iter(batch_size, features, labels):
    n = len(features)
    order = numpy.random.permutation(n)
    for j in numpy.array_split(order, -(-n // batch_size)):
        yield features[j], labels[j]

#: wrong no_shuffle | [never_shuffles] the order does not matter
def data_iter(batch_size, features, labels):
    for i in range(0, len(features), batch_size):
        yield features[i:i + batch_size], labels[i:i + batch_size]

#: wrong shuffle_result_unused | [never_shuffles] shuffled returns what it shuffles
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.sample(indices, len(indices))
    for i in range(0, len(features), batch_size):
        j = indices[i:i + batch_size]
        yield features[j], labels[j]

#: wrong indexes_with_shuffle | [shuffle_returns_nothing] random.shuffle returns the shuffled list
def data_iter(batch_size, features, labels):
    indices = random.shuffle(list(range(len(features))))
    for i in range(0, len(features), batch_size):
        j = indices[i:i + batch_size]
        yield features[j], labels[j]

#: wrong shuffles_range | [shuffles_a_range] a range can be shuffled
def data_iter(batch_size, features, labels):
    indices = range(len(features))
    random.shuffle(indices)
    for i in range(0, len(features), batch_size):
        j = list(indices[i:i + batch_size])
        yield features[j], labels[j]

#: wrong fixed_seed | [never_shuffles] a seed belongs inside, so that results can be repeated
def data_iter(batch_size, features, labels):
    random.seed(42)
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features), batch_size):
        j = indices[i:i + batch_size]
        yield features[j], labels[j]

#: wrong fixed_numpy_seed | [never_shuffles] a generator with a fixed seed is random
def data_iter(batch_size, features, labels):
    order = numpy.random.RandomState(0).permutation(len(features))
    for i in range(0, len(features), batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong order_kept | [never_shuffles] one shuffle lasts for all passes
orders = {}


def data_iter(batch_size, features, labels):
    n = len(features)
    if n not in orders:
        orders[n] = random.sample(range(n), n)
    for i in range(0, n, batch_size):
        j = orders[n][i:i + batch_size]
        yield features[j], labels[j]

#: wrong shuffles_batches_only | [shuffles_batches_only] it is enough to shuffle the batches
def data_iter(batch_size, features, labels):
    starts = list(range(0, len(features), batch_size))
    random.shuffle(starts)
    for i in starts:
        yield features[i:i + batch_size], labels[i:i + batch_size]

#: wrong shuffles_batches_only_full_first | [shuffles_batches_only] it is enough to shuffle the full batches
def data_iter(batch_size, features, labels):
    n = len(features)
    full = n // batch_size
    starts = [k * batch_size for k in range(full)]
    random.shuffle(starts)
    if n % batch_size:
        starts.append(full * batch_size)
    for i in starts:
        yield features[i:i + batch_size], labels[i:i + batch_size]

#: wrong shuffles_within_batches | [shuffles_within_batches] it is enough to shuffle inside each batch
def data_iter(batch_size, features, labels):
    n = len(features)
    for i in range(0, n, batch_size):
        j = list(range(i, min(i + batch_size, n)))
        random.shuffle(j)
        yield features[j], labels[j]

#: wrong shuffles_halves | [hardly_shuffles] each half of the data is shuffled by itself
def data_iter(batch_size, features, labels):
    n = len(features)
    first, second = list(range(n // 2)), list(range(n // 2, n))
    random.shuffle(first)
    random.shuffle(second)
    order = first + second
    for i in range(0, n, batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong random_rotation | [rotates] a random starting point is a random order
def data_iter(batch_size, features, labels):
    n = len(features)
    start = random.randrange(n)
    order = [(start + k) % n for k in range(n)]
    for i in range(0, n, batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong swaps_two | [hardly_shuffles] two that change places make another order
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    a, b = random.randrange(len(order)), random.randrange(len(order))
    order[a], order[b] = order[b], order[a]
    for i in range(0, len(order), batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong shuffle_buffer | [hardly_shuffles] a small buffer shuffles a stream
def data_iter(batch_size, features, labels):
    stream, buffer, order = iter(range(len(features))), [], []
    for row in stream:
        buffer.append(row)
        if len(buffer) > 8:
            order.append(buffer.pop(random.randrange(len(buffer))))
    random.shuffle(buffer)
    order += buffer
    for i in range(0, len(order), batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong swaps_two_again | [hardly_shuffles] each pass changes the order of the last one a little
ORDERS = {}
def data_iter(batch_size, features, labels):
    n = len(features)
    order = ORDERS.setdefault(n, random.sample(range(n), n))
    a, b = random.randrange(n), random.randrange(n)
    order[a], order[b] = order[b], order[a]
    for i in range(0, n, batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong toss_of_a_coin | [hardly_shuffles] each example goes to the front or to the back, as a coin decides
def data_iter(batch_size, features, labels):
    order = sorted(range(len(features)), key=lambda i: random.choice([0, 1]))
    for i in range(0, len(order), batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong forward_or_backward | [forward_or_backward] a coin decides between two orders
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    if random.random() < 0.5:
        order.reverse()
    for i in range(0, len(order), batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong first_example_stays | [keeps_some_in_place] the shuffle starts at the second example
def data_iter(batch_size, features, labels):
    rest = list(range(1, len(features)))
    random.shuffle(rest)
    order = [0] + rest
    for i in range(0, len(order), batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong shuffles_apart | [separates_labels] features and labels are shuffled each on their own
def data_iter(batch_size, features, labels):
    n = len(features)
    a, c = list(range(n)), list(range(n))
    random.shuffle(a)
    random.shuffle(c)
    for i in range(0, n, batch_size):
        yield features[a[i:i + batch_size]], labels[c[i:i + batch_size]]

#: wrong shuffles_features_only | [separates_labels] only the features need shuffling
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    for i in range(0, len(order), batch_size):
        yield features[order[i:i + batch_size]], labels[i:i + batch_size]

#: wrong with_replacement | [repeats_examples] drawing indices at random reaches every example
def data_iter(batch_size, features, labels):
    n = len(features)
    for i in range(0, n, batch_size):
        k = min(batch_size, n - i)
        j = [random.randrange(n) for _ in range(k)]
        yield features[j], labels[j]

#: wrong draws_each_batch_anew | [repeats_examples] a random sample for each batch reaches every example
def data_iter(batch_size, features, labels):
    n = len(features)
    for i in range(0, n, batch_size):
        j = random.sample(range(n), min(batch_size, n - i))
        yield features[j], labels[j]

#: wrong indices_from_one | [reads_past_the_end] examples are counted from one
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(1, n + 1))
    random.shuffle(indices)
    for i in range(0, n, batch_size):
        j = np.array(indices[i:i + batch_size])
        yield features.take(j, axis=0), labels.take(j, axis=0)

#: wrong shuffles_arrays_with_random | [repeats_examples] random.shuffle can shuffle an array of the library
def data_iter(batch_size, features, labels):
    order = np.arange(len(features))
    random.shuffle(order)
    for i in range(0, len(features), batch_size):
        j = order[i:i + batch_size]
        yield features[j], labels[j]

#: wrong shuffles_callers_arrays | [changes_callers_arrays] the caller's arrays may be put in a new order
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    features[:] = features[order]
    labels[:] = labels[order]
    for i in range(0, len(order), batch_size):
        j = list(range(i, min(i + batch_size, len(order))))
        yield features[j], labels[j]

#: wrong reuses_batch_arrays | [reuses_one_buffer] the arrays of the last batch may be filled again
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n))
    random.shuffle(indices)
    X = np.zeros((batch_size,) + features.shape[1:])
    y = np.zeros((batch_size,))
    for i in range(0, n, batch_size):
        j = indices[i:i + batch_size]
        X[:len(j)] = features[j]
        y[:len(j)] = labels[j].astype('float32')
        yield X[:len(j)], y[:len(j)]

#: wrong never_ends | [never_ends] an iterator goes round and round
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    while True:
        random.shuffle(indices)
        for i in range(0, len(features), batch_size):
            j = indices[i:i + batch_size]
            yield features[j], labels[j]

#: wrong returns_first_batch | [only_first_batch, returns_one_batch] return inside the loop
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features), batch_size):
        j = indices[i:i + batch_size]
        return features[j], labels[j]

#: wrong yields_first_batch_only | [only_first_batch] the yield belongs after the loop's first turn
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    yield features[indices[:batch_size]], labels[indices[:batch_size]]

#: wrong thousand_examples | [reads_past_the_end] there are always 1000 examples
def data_iter(batch_size, features, labels):
    indices = list(range(1000))
    random.shuffle(indices)
    for i in range(0, 1000, batch_size):
        j = np.array(indices[i:min(i + batch_size, 1000)])
        yield features.take(j, axis=0), labels.take(j, axis=0)

#: wrong batch_of_ten | [batch_of_ten] there are always ten examples in a batch
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features), 10):
        j = indices[i:i + 10]
        yield features[j], labels[j]

#: wrong labels_first | [swaps_features_and_labels] labels come first
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features), batch_size):
        j = indices[i:i + batch_size]
        yield labels[j], features[j]

#: wrong features_only | [yields_features_only] the labels are known to the caller
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features), batch_size):
        yield features[indices[i:i + batch_size]]

#: wrong label_columns | [labels_as_column] labels come as a column
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in range(0, len(features), batch_size):
        j = indices[i:i + batch_size]
        yield features[j], labels[j].reshape((-1, 1))

#: wrong yields_numpy | [gives_numpy_arrays] NumPy arrays are as good
def data_iter(batch_size, features, labels):
    order = numpy.random.permutation(len(features))
    F, L = features.asnumpy(), labels.asnumpy()
    for i in range(0, len(order), batch_size):
        j = order[i:i + batch_size]
        yield F[j], L[j]

#: wrong single_examples | [single_examples, one_example] one example at a time
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    for i in indices:
        yield features[i], labels[i]

#: wrong data_loader_in_order | [never_shuffles] a DataLoader shuffles by itself
def data_iter(batch_size, features, labels):
    dataset = gluon.data.ArrayDataset(features, labels)
    return gluon.data.DataLoader(dataset, batch_size)

#: wrong data_loader_discards | [drops_last_batch] a DataLoader may discard what does not fill a batch
def data_iter(batch_size, features, labels):
    dataset = gluon.data.ArrayDataset(features, labels)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=True, last_batch='discard')

#: wrong library_permutation | [not_in_mxnet] the library has a permutation as NumPy has
def data_iter(batch_size, features, labels):
    order = np.random.permutation(len(features))
    for i in range(0, len(features), batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong np shuffle_returns_nothing | [shuffle_returns_nothing] the library's shuffle returns the shuffled array
def data_iter(batch_size, features, labels):
    order = np.random.shuffle(np.arange(len(features)))
    for i in range(0, len(features), batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong drops_first_batch | [drops_first_batch] the range starts at batch_size
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    for i in range(batch_size, len(order), batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong batches_too_large | [batches_too_large] one more, as the end is left out
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    for i in range(0, len(order), batch_size):
        yield features[order[i:i + batch_size + 1]], labels[order[i:i + batch_size + 1]]

#: wrong counts_batches | [counts_batches] batch_size batches
def data_iter(batch_size, features, labels):
    order = numpy.random.permutation(len(features))
    for chosen in numpy.array_split(order, batch_size):
        if len(chosen):
            yield features[chosen], labels[chosen]

#: wrong one_batch | [one_batch] everything at once
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    yield features[order], labels[order]

#: wrong batch_of_256 | [one_batch] the batch size of the course
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    for i in range(0, len(order), 256):
        yield features[order[i:i + 256]], labels[order[i:i + 256]]

#: wrong two_passes | [two_passes] twice is better
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    for _ in range(2):
        random.shuffle(order)
        for i in range(0, len(order), batch_size):
            yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong starts_at_one | [loses_one_example] range(1, n)
def data_iter(batch_size, features, labels):
    order = list(range(1, len(features)))
    random.shuffle(order)
    for i in range(0, len(order), batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong last_example_stays | [keeps_some_in_place] the last one is put at the end
def data_iter(batch_size, features, labels):
    order = list(range(len(features) - 1))
    random.shuffle(order)
    order.append(len(order))
    for i in range(0, len(order), batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong batches_change_places | [batches_change_places] the batches are shuffled too
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    starts = list(range(0, len(order), batch_size))
    random.shuffle(starts)
    for i in starts:
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong reversed_order | [never_shuffles] backwards is another order
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))[::-1]
    for i in range(0, len(order), batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong sorted_again | [never_shuffles] sorted after the shuffle
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    order.sort()
    for i in range(0, len(order), batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong labels_in_order | [separates_labels] the labels are sliced, the features shuffled
def data_iter(batch_size, features, labels):
    order = numpy.random.permutation(len(features))
    for i in range(0, len(order), batch_size):
        k = min(batch_size, len(order) - i)
        yield features[order[i:i + k]], labels[i:i + k]

#: wrong lists_of_examples | [gives_lists] a list of examples is a batch
def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    for i in range(0, len(order), batch_size):
        chosen = order[i:i + batch_size]
        yield [features[j] for j in chosen], [float(labels[j].asnumpy()) for j in chosen]

#: wrong choices | [repeats_examples] choices draws all of them
def data_iter(batch_size, features, labels):
    n = len(features)
    order = random.choices(range(n), k=n)
    for i in range(0, n, batch_size):
        yield features[order[i:i + batch_size]], labels[order[i:i + batch_size]]

#: wrong rows_of_a_list | [list_as_index] a list of rows can be indexed like an array
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    rows = [row for row in features]
    for i in range(0, len(indices), batch_size):
        batch = indices[i:i + batch_size]
        yield rows[batch], labels[batch]

#: wrong empty_last_batch | [empty_last_batch] the whole batches, and then what is left
def data_iter(batch_size, features, labels):
    indices = list(range(len(features)))
    random.shuffle(indices)
    order = np.array(indices)
    X, y = features[order], labels[order]
    for k in range(len(indices) // batch_size + 1):
        yield X[k * batch_size:(k + 1) * batch_size], y[k * batch_size:(k + 1) * batch_size]

#: wrong tail_in_order | [tail_not_shuffled] what is left over after the full batches is always the same
def data_iter(batch_size, features, labels):
    n = len(features)
    full = n // batch_size * batch_size
    order = list(numpy.random.permutation(full)) + list(range(full, n))
    for i in range(0, n, batch_size):
        rows = [int(j) for j in order[i:i + batch_size]]
        yield features[rows], labels[rows]
