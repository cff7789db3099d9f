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

#: right zipped | examples zipped into a SimpleDataset
def load_array(data_arrays, batch_size, is_train=True):
    if len(data_arrays) == 1:
        dataset = gluon.data.SimpleDataset(data_arrays[0])
    else:
        dataset = gluon.data.SimpleDataset(list(zip(*data_arrays)))
    if is_train:
        return gluon.data.DataLoader(dataset, batch_size, shuffle=True)
    else:
        return gluon.data.DataLoader(dataset, batch_size, shuffle=False)

#: right own_dataset | a dataset of its own
class Rows(gluon.data.Dataset):
    def __init__(self, arrays):
        self._arrays = arrays

    def __len__(self):
        return self._arrays[0].shape[0]

    def __getitem__(self, i):
        items = tuple(a[i] for a in self._arrays)
        return items[0] if len(items) == 1 else items

def load_array(data_arrays, batch_size, is_train=True):
    return gluon.data.DataLoader(Rows(data_arrays), batch_size, shuffle=is_train)

#: right stacked_rows | rows stacked one by one, in a class inside
def load_array(data_arrays, batch_size, is_train=True):
    class Loader:
        def __iter__(self):
            idx = list(range(len(data_arrays[0])))
            if is_train:
                random.shuffle(idx)
            while idx:
                take, idx = idx[:batch_size], idx[batch_size:]
                yield tuple(np.stack([a[i] for i in take]) for a in data_arrays)
    return Loader()

#: right whole_arrays | new arrays in a new order, by MXNet's own shuffle of the numbers
class Again:
    def __init__(self, f):
        self.f = f

    def __iter__(self):
        return self.f()

def load_array(data_arrays, batch_size, is_train=True):
    def go():
        n = data_arrays[0].shape[0]
        order = np.arange(n, dtype="int32")
        if is_train:
            np.random.shuffle(order)
        mixed = [a[order] for a in data_arrays]
        i = 0
        while i < n:
            yield [m[i:i + batch_size] for m in mixed]
            i += batch_size
    return Again(go)

#: wrong rotated | [keeps_neighbours] another start, and the same order
class Cyc:
    def __init__(self, arrays, b, t):
        self.arrays, self.b, self.t = arrays, b, t

    def __iter__(self):
        n = len(self.arrays[0])
        s = random.randrange(n) if self.t else 0
        order = [(s + i) % n for i in range(n)]
        for i in range(0, n, self.b):
            yield [a[np.array(order[i:i + self.b])] for a in self.arrays]

def load_array(data_arrays, batch_size, is_train=True):
    return Cyc(data_arrays, batch_size, is_train)

#: wrong float16 | [rounded] the numbers through float16
def load_array(data_arrays, batch_size, is_train=True):
    arrays = [a.astype("float16").astype(a.dtype) for a in data_arrays]
    return gluon.data.DataLoader(gluon.data.ArrayDataset(*arrays), batch_size, shuffle=is_train)

#: wrong in_place | [changes_arrays] the caller's arrays shuffled, row by row alike
class Inp:
    def __init__(self, a, b, t):
        self.a, self.b, self.t = a, b, t

    def __iter__(self):
        if self.t:
            order = np.array(numpy.random.permutation(len(self.a[0])), dtype="int32")
            for x in self.a:
                x[:] = x[order]
        for i in range(0, len(self.a[0]), self.b):
            yield [x[i:i + self.b].copy() for x in self.a]

def load_array(data_arrays, batch_size, is_train=True):
    return Inp(data_arrays, batch_size, is_train)

#: wrong with_replacement | [draws_again] row numbers drawn, and not shuffled
class Repl:
    def __init__(self, a, b, t):
        self.a, self.b, self.t = a, b, t

    def __iter__(self):
        n = len(self.a[0])
        order = numpy.random.randint(0, n, n) if self.t else numpy.arange(n)
        for i in range(0, n, self.b):
            yield [x[np.array(order[i:i + self.b])] for x in self.a]

def load_array(data_arrays, batch_size, is_train=True):
    return Repl(data_arrays, batch_size, is_train)

#: wrong no_batch_of_one | [drops_last] a last batch of one example left out
def load_array(data_arrays, batch_size, is_train=True):
    ds = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(ds, batch_size, shuffle=is_train,
                                 last_batch="discard" if len(ds) % batch_size == 1 else "keep")

#: wrong seed_each_pass | [shuffles_once] a seed set at the beginning of each pass
def load_array(data_arrays, batch_size, is_train=True):
    class L:
        def __iter__(self):
            numpy.random.seed(0)
            return iter(gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size, shuffle=is_train))
    return L()
