#: right book | DataLoader
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train)

#: right spelt_out | what DataLoader does by itself, said
def load_array(data_arrays, batch_size, is_train=True):
    return gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size=batch_size, shuffle=is_train,
                                 last_batch="keep", num_workers=0)

#: right samplers | samplers by hand
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    sampler = (gluon.data.RandomSampler if is_train else gluon.data.SequentialSampler)(len(dataset))
    return gluon.data.DataLoader(dataset, batch_sampler=gluon.data.BatchSampler(sampler, batch_size))

#: right threads | workers that are threads
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train, num_workers=2, thread_pool=True)

#: right four_workers | workers that are processes
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train, num_workers=4)

#: right own_class | a class with __iter__
class Loader:
    def __init__(self, arrays, batch_size, shuffle):
        self.arrays, self.batch_size, self.shuffle = arrays, batch_size, shuffle

    def __iter__(self):
        order = list(range(len(self.arrays[0])))
        if self.shuffle:
            random.shuffle(order)
        for start in range(0, len(order), self.batch_size):
            rows = np.array(order[start:start + self.batch_size], dtype="int32")
            yield tuple(np.take(array, rows, axis=0) for array in self.arrays)


def load_array(data_arrays, batch_size, is_train=True):
    return Loader(data_arrays, batch_size, is_train)

#: right by_index | a class with __getitem__ and __len__ alone
class Batches:
    def __init__(self, arrays, batch_size, shuffle):
        self.arrays, self.batch_size, self.shuffle = arrays, batch_size, shuffle

    def __len__(self):
        return -(-len(self.arrays[0]) // self.batch_size)

    def __getitem__(self, i):
        if i == 0:
            n = len(self.arrays[0])
            self.order = numpy.random.permutation(n) if self.shuffle else numpy.arange(n)
        if i >= len(self):
            raise IndexError(i)
        rows = np.array(self.order[i * self.batch_size:(i + 1) * self.batch_size], dtype="int32")
        return [np.take(array, rows, axis=0) for array in self.arrays]


def load_array(data_arrays, batch_size, is_train=True):
    return Batches(data_arrays, batch_size, is_train)

#: wrong no_star | [no_star] the arrays as one dataset
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train)

#: wrong never_shuffles | [no_shuffle] is_train ignored
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size)

#: wrong shuffles_all | [always_shuffles] is_train ignored, the other way round
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=True)

#: wrong inverted | [always_shuffles, no_shuffle] the flag turned around
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=not is_train)

#: wrong shuffles_once | [shuffles_once] the arrays shuffled beforehand
def load_array(data_arrays, batch_size, is_train=True):
    if is_train:
        order = np.array(numpy.random.permutation(len(data_arrays[0])), dtype="int32")
        data_arrays = [np.take(array, order, axis=0) for array in data_arrays]
    return gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size)

#: wrong seed | [seed_inside] a seed set inside
def load_array(data_arrays, batch_size, is_train=True):
    numpy.random.seed(42)
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train)

#: wrong shuffles_apart | [separates_arrays] each array by itself
def load_array(data_arrays, batch_size, is_train=True):
    if is_train:
        orders = [np.array(numpy.random.permutation(len(array)), dtype="int32") for array in data_arrays]
        data_arrays = [np.take(array, order, axis=0) for array, order in zip(data_arrays, orders)]
    return gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size, shuffle=is_train)

#: wrong batches_shuffled | [shuffles_batches] whole batches change places
class Loader:
    def __init__(self, arrays, batch_size, shuffle):
        self.starts = list(range(0, len(arrays[0]), batch_size))
        self.arrays, self.batch_size, self.shuffle = arrays, batch_size, shuffle

    def __iter__(self):
        if self.shuffle:
            random.shuffle(self.starts)
        for start in self.starts:
            yield tuple(array[start:start + self.batch_size] for array in self.arrays)


def load_array(data_arrays, batch_size, is_train=True):
    return Loader(data_arrays, batch_size, is_train)

#: wrong within_batches | [hardly_shuffles] shuffled after they were cut
class Loader:
    def __init__(self, arrays, batch_size, shuffle):
        self.arrays, self.batch_size, self.shuffle = arrays, batch_size, shuffle

    def __iter__(self):
        for start in range(0, len(self.arrays[0]), self.batch_size):
            rows = list(range(start, min(start + self.batch_size, len(self.arrays[0]))))
            if self.shuffle:
                random.shuffle(rows)
            yield [np.take(array, np.array(rows, dtype="int32"), axis=0) for array in self.arrays]


def load_array(data_arrays, batch_size, is_train=True):
    return Loader(data_arrays, batch_size, is_train)

#: wrong buffer | [hardly_shuffles] shuffled in a buffer of 20, as streams are
class Loader:
    def __init__(self, arrays, batch_size, shuffle):
        self.arrays, self.batch_size, self.shuffle = arrays, batch_size, shuffle

    def __iter__(self):
        waiting, order = [], []
        for row in range(len(self.arrays[0])):
            waiting.append(row)
            if self.shuffle and len(waiting) > 20:
                order.append(waiting.pop(random.randrange(len(waiting))))
        if self.shuffle:
            random.shuffle(waiting)
        order += waiting
        for start in range(0, len(order), self.batch_size):
            rows = np.array(order[start:start + self.batch_size], dtype="int32")
            yield [np.take(array, rows, axis=0) for array in self.arrays]


def load_array(data_arrays, batch_size, is_train=True):
    return Loader(data_arrays, batch_size, is_train)

#: wrong discards | [drops_last] the last batch left out
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train, last_batch="discard")

#: wrong rolls | [drops_last, rolls_over] the last batch put off
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train, last_batch="rollover")

#: wrong ten | [other_size] batches of ten
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size=10, shuffle=is_train)

#: wrong pads | [pads_last] the last batch filled up from the beginning
class Loader:
    def __init__(self, arrays, batch_size, shuffle):
        self.arrays, self.batch_size, self.shuffle = arrays, batch_size, shuffle

    def __iter__(self):
        n = len(self.arrays[0])
        order = numpy.random.permutation(n) if self.shuffle else numpy.arange(n)
        for start in range(0, n, self.batch_size):
            rows = np.array(order[numpy.arange(start, start + self.batch_size) % n], dtype="int32")
            yield [np.take(array, rows, axis=0) for array in self.arrays]


def load_array(data_arrays, batch_size, is_train=True):
    return Loader(data_arrays, batch_size, is_train)

#: wrong generator | [one_pass_only] used up after one pass
def load_array(data_arrays, batch_size, is_train=True):
    order = list(range(len(data_arrays[0])))
    if is_train:
        random.shuffle(order)
    for start in range(0, len(order), batch_size):
        rows = np.array(order[start:start + batch_size], dtype="int32")
        yield tuple(np.take(array, rows, axis=0) for array in data_arrays)

#: wrong endless | [never_ends] begins again by itself
class Loader:
    def __init__(self, loader):
        self.loader = loader

    def __iter__(self):
        while True:
            yield from self.loader


def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return Loader(gluon.data.DataLoader(dataset, batch_size, shuffle=is_train))

#: wrong pairs_only | [first_two_only] features and labels, whatever else there is
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays[:2])
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train)

#: wrong swapped | [other_order] labels first
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays[::-1])
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train)

#: wrong columns | [columns] labels made columns
def load_array(data_arrays, batch_size, is_train=True):
    arrays = [array.reshape(len(array), -1) for array in data_arrays]
    return gluon.data.DataLoader(gluon.data.ArrayDataset(*arrays), batch_size, shuffle=is_train)

#: wrong in_numpy | [numpy_arrays] NumPy's rows, by a batchify function of its own
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*[array.asnumpy() for array in data_arrays])

    def together(rows):
        if not isinstance(rows[0], tuple):
            return numpy.stack(rows)
        return [numpy.stack(column) for column in zip(*rows)]

    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train, batchify_fn=together)

#: wrong both | [shuffle_and_sampler] a sampler and shuffle
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=True, sampler=gluon.data.RandomSampler(len(dataset)))

#: wrong dataset | [single_examples] the dataset itself: examples one by one
def load_array(data_arrays, batch_size, is_train=True):
    return gluon.data.ArrayDataset(*data_arrays)

#: wrong nothing | [returns_nothing] return forgotten
def load_array(data_arrays, batch_size, is_train=True):
    loader = gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size, shuffle=is_train)
