#: right book | DataLoader
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train)

#: right own_class | a class with __iter__ and __len__
class Loader:
    def __init__(self, arrays, batch_size, shuffle):
        self.arrays, self.batch_size, self.shuffle = arrays, batch_size, shuffle

    def __len__(self):
        return -(-len(self.arrays[0]) // self.batch_size)

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
            self.order = list(range(len(self.arrays[0])))
            if self.shuffle:
                random.shuffle(self.order)
        rows = self.order[i * self.batch_size:(i + 1) * self.batch_size]
        if not rows:
            raise IndexError(i)
        return [np.take(array, np.array(rows, dtype="int32"), axis=0) for array in self.arrays]


def load_array(data_arrays, batch_size, is_train=True):
    return Batches(data_arrays, batch_size, is_train)

#: wrong no_star | the arrays as one dataset
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

#: wrong discards | [drops_last] the last batch left out
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays)
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train, last_batch="discard")

#: wrong generator | [one_pass_only] used up after one pass
def load_array(data_arrays, batch_size, is_train=True):
    order = list(range(len(data_arrays[0])))
    if is_train:
        random.shuffle(order)
    for start in range(0, len(order), batch_size):
        rows = np.array(order[start:start + batch_size], dtype="int32")
        yield tuple(np.take(array, rows, axis=0) for array in data_arrays)

#: wrong swapped | [swapped_order] labels first
def load_array(data_arrays, batch_size, is_train=True):
    dataset = gluon.data.ArrayDataset(*data_arrays[::-1])
    return gluon.data.DataLoader(dataset, batch_size, shuffle=is_train)

#: wrong first_alone | [returns_too_few] X without y
def load_array(data_arrays, batch_size, is_train=True):
    return gluon.data.DataLoader(gluon.data.ArrayDataset(data_arrays[0]), batch_size, shuffle=is_train)

#: wrong dataset | [wrong_container] the dataset itself: examples one by one
def load_array(data_arrays, batch_size, is_train=True):
    return gluon.data.ArrayDataset(*data_arrays)

#: wrong nothing | [returns_nothing] return forgotten
def load_array(data_arrays, batch_size, is_train=True):
    loader = gluon.data.DataLoader(gluon.data.ArrayDataset(*data_arrays), batch_size, shuffle=is_train)

#: wrong function | [function_not_called] a function instead of what it gives
def load_array(data_arrays, batch_size, is_train=True):
    def batches():
        for start in range(0, len(data_arrays[0]), batch_size):
            yield tuple(array[start:start + batch_size] for array in data_arrays)
    return batches
