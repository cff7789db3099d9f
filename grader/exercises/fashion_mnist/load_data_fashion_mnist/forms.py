#: right book | a list of transforms, Compose
def load_data_fashion_mnist(batch_size, resize=None):
    dataset = gluon.data.vision
    trans = [dataset.transforms.Resize(resize)] if resize else []
    trans.append(dataset.transforms.ToTensor())
    trans = dataset.transforms.Compose(trans)
    mnist_train = dataset.FashionMNIST(train=True).transform_first(trans)
    mnist_test = dataset.FashionMNIST(train=False).transform_first(trans)
    return (gluon.data.DataLoader(mnist_train, batch_size, shuffle=True, num_workers=get_dataloader_workers()),
            gluon.data.DataLoader(mnist_test, batch_size, shuffle=False, num_workers=get_dataloader_workers()))

#: right imported | names imported from Gluon, a list, four workers written down
from mxnet.gluon.data import DataLoader
from mxnet.gluon.data.vision import datasets, transforms


def load_data_fashion_mnist(batch_size, resize=None):
    steps = [transforms.ToTensor()]
    if resize is not None:
        steps = [transforms.Resize((resize, resize))] + steps
    trans = transforms.Compose(steps)
    iters = []
    for train in (True, False):
        dataset = datasets.FashionMNIST(train=train).transform_first(trans)
        iters.append(DataLoader(dataset, batch_size=batch_size, shuffle=train, num_workers=4))
    return iters

#: right of_pairs | a transform of both, given to the data set
from mxnet.image import imresize


def load_data_fashion_mnist(batch_size, resize=None):
    def prepare(image, label):
        if resize:
            image = imresize(image, resize, resize)
        return image.astype("float32").transpose(2, 0, 1) / 255, label

    vision = gluon.data.vision
    train, test = vision.FashionMNIST(train=True, transform=prepare), vision.FashionMNIST(train=False, transform=prepare)
    return (gluon.data.DataLoader(train, batch_size, shuffle=True),
            gluon.data.DataLoader(test, batch_size))

#: right transform_both | transform with a lambda, threads
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    to_tensor = T.ToTensor()
    if resize:
        resizer = T.Resize(resize)
        f = lambda X, y: (to_tensor(resizer(X)), y)
    else:
        f = lambda X, y: (to_tensor(X), y)
    train = gluon.data.vision.FashionMNIST(train=True).transform(f)
    test = gluon.data.vision.FashionMNIST(train=False).transform(f)
    options = {"batch_size": batch_size, "num_workers": get_dataloader_workers(2), "thread_pool": True}
    train_iter = gluon.data.DataLoader(train, shuffle=True, last_batch="keep", **options)
    test_iter = gluon.data.DataLoader(test, **options)
    return train_iter, test_iter

#: right whole | all at once, in an ArrayDataset
def load_data_fashion_mnist(batch_size, resize=None):
    def loader(train):
        X, y = gluon.data.vision.FashionMNIST(train=train)[:]
        if resize:
            X = gluon.data.vision.transforms.Resize(resize)(X)
        X = np.transpose(X, (0, 3, 1, 2)).astype("float32") / 255
        return gluon.data.DataLoader(gluon.data.ArrayDataset(X, y), batch_size, shuffle=train)
    return loader(True), loader(False)

#: right own_class | a class of its own, and float labels
class Batches:
    def __init__(self, images, labels, batch_size, shuffle):
        self.images, self.labels, self.batch_size, self.shuffle = images, labels, batch_size, shuffle

    def __iter__(self):
        n = len(self.labels)
        order = numpy.random.permutation(n) if self.shuffle else numpy.arange(n)
        for i in range(0, n, self.batch_size):
            rows = order[i:i + self.batch_size]
            yield np.array(self.images[rows]), np.array(self.labels[rows], dtype="float32")


def load_data_fashion_mnist(batch_size, resize=None):
    result = []
    for train in (True, False):
        images, labels = FashionMNIST(train=train)[:]
        if resize:
            images = gluon.data.vision.transforms.Resize(resize)(images)
        images = images.asnumpy().transpose(0, 3, 1, 2) / numpy.float32(255)
        result.append(Batches(images, labels.asnumpy(), batch_size, train))
    return tuple(result)

#: right made_before | data sets that were made before, not lazy
mnist_train = gluon.data.vision.FashionMNIST(train=True)
mnist_test = gluon.data.vision.FashionMNIST(train=False)


def load_data_fashion_mnist(batch_size, resize=None):
    trans = gluon.nn.Sequential()
    if resize:
        trans.add(gluon.data.vision.transforms.Resize(resize))
    trans.add(gluon.data.vision.transforms.ToTensor())
    train = mnist_train.transform_first(trans, lazy=False)
    test = mnist_test.transform_first(trans, lazy=False)
    return [gluon.data.DataLoader(train, batch_size, True), gluon.data.DataLoader(test, batch_size, False)]

#: wrong no_division | [not_divided] floats, without the division
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = lambda X: X.astype("float32").transpose(2, 0, 1)
    if resize:
        trans = T.Compose([T.Resize(resize), gluon.nn.HybridLambda(lambda F, X: F.np.transpose(X, (2, 0, 1)).astype("float32"))])
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong divides_again | [divided_twice] / 255 after ToTensor
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    to_tensor, resizer = T.ToTensor(), T.Resize(resize or 28)
    trans = lambda X: to_tensor(resizer(X) if resize else X) / 255
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong no_transform | [as_it_was, not_floats] no ToTensor
def load_data_fashion_mnist(batch_size, resize=None):
    train, test = gluon.data.vision.FashionMNIST(train=True), gluon.data.vision.FashionMNIST(train=False)
    if resize:
        trans = gluon.data.vision.transforms.Resize(resize)
        train, test = train.transform_first(trans), test.transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong height_width_channel | [channel_last] a conversion by hand
def load_data_fashion_mnist(batch_size, resize=None):
    resizer = gluon.data.vision.transforms.Resize(resize or 28)
    trans = lambda X: resizer(X).astype("float32") / 255
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong rows | [flattened] flattened as for 3.6
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    to_tensor, resizer = T.ToTensor(), T.Resize(resize or 28)
    trans = lambda X: to_tensor(resizer(X)).reshape(-1)
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong squeezed | [no_channel] without the channel
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    to_tensor, resizer = T.ToTensor(), T.Resize(resize or 28)
    trans = lambda X: to_tensor(resizer(X))[0]
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong normalised | [around_0] Normalize(0.5, 0.5)
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    steps = [T.ToTensor(), T.Normalize(0.5, 0.5)]
    if resize:
        steps.insert(0, T.Resize(resize))
    trans = T.Compose(steps)
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong resize_after | [resize_late] ToTensor, and then Resize
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    steps = [T.ToTensor()]
    if resize:
        steps.append(T.Resize(resize))
    trans = T.Compose(steps)
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong forgets_resize | [resize_ignored] no Resize
def load_data_fashion_mnist(batch_size, resize=None):
    trans = gluon.data.vision.transforms.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong train_resized | [train_alone_resized] ToTensor alone for the test images
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(T.ToTensor())
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong always_resizes | [resizes_always] Resize(None)
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()])
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong default_64 | [resizes_always] 64 where nothing is said
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize or 64), T.ToTensor()])
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong nearest | [pixels_repeated] interpolation 0
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize, interpolation=0), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong shuffles_both | [shuffles_test] shuffle=True twice
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size, shuffle=True)

#: wrong shuffles_none | [never_shuffles] shuffle forgotten
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size), gluon.data.DataLoader(test, batch_size)

#: wrong train_twice | [test_is_train] the training data for both
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST().transform_first(trans)
    test = gluon.data.vision.FashionMNIST().transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong test_first | [swapped] the other way round
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(test, batch_size), gluon.data.DataLoader(train, batch_size, shuffle=True)

#: wrong discards | [drops_last] last_batch="discard"
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return (gluon.data.DataLoader(train, batch_size, shuffle=True, last_batch="discard"),
            gluon.data.DataLoader(test, batch_size, last_batch="discard"))

#: wrong always_256 | [other_batch_size] 256 written down
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return gluon.data.DataLoader(train, 256, shuffle=True), gluon.data.DataLoader(test, 256)

#: wrong whole_pairs | [transforms_pairs] transform instead of transform_first
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True), gluon.data.DataLoader(test, batch_size)

#: wrong train_only | [one_alone] the first of the two
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    return gluon.data.DataLoader(train, batch_size, shuffle=True)

#: wrong generators | [one_pass_only] one pass each
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    return iter(gluon.data.DataLoader(train, batch_size, shuffle=True)), iter(gluon.data.DataLoader(test, batch_size))

#: wrong forgets_return | [returns_nothing] no return
def load_data_fashion_mnist(batch_size, resize=None):
    T = gluon.data.vision.transforms
    trans = T.Compose([T.Resize(resize), T.ToTensor()]) if resize else T.ToTensor()
    train = gluon.data.vision.FashionMNIST(train=True).transform_first(trans)
    test = gluon.data.vision.FashionMNIST(train=False).transform_first(trans)
    train_iter = gluon.data.DataLoader(train, batch_size, shuffle=True)
    test_iter = gluon.data.DataLoader(test, batch_size)

#: wrong shuffles_batches | [stretches_stay_together] the batches come in a random order, and not the examples
import random


def load_data_fashion_mnist(batch_size, resize=None):
    t = gluon.data.vision.transforms
    f = t.Compose(([t.Resize(resize)] if resize else []) + [t.ToTensor()])
    D = gluon.data.vision.FashionMNIST

    class Blocks:
        def __init__(self, n):
            self.n = n
        def __iter__(self):
            blocks = [list(range(i, min(i + batch_size, self.n))) for i in range(0, self.n, batch_size)]
            last = blocks.pop()
            random.shuffle(blocks)
            return iter([*blocks, last])
        def __len__(self):
            return -(-self.n // batch_size)
    a, b = D(train=True).transform_first(f), D(train=False).transform_first(f)
    return gluon.data.DataLoader(a, batch_sampler=Blocks(len(a))), gluon.data.DataLoader(b, batch_size)

#: right own_iterable | an iterable of one's own
class Batches:
    def __init__(self, data, batch_size, shuffle):
        self.data, self.batch_size, self.shuffle = data, batch_size, shuffle

    def __iter__(self):
        order = numpy.random.permutation(len(self.data)) if self.shuffle else numpy.arange(len(self.data))
        for start in range(0, len(order), self.batch_size):
            pairs = [self.data[int(i)] for i in order[start:start + self.batch_size]]
            yield np.stack([x for x, _ in pairs]), np.array([int(y) for _, y in pairs], dtype='int32')


def load_data_fashion_mnist(batch_size, resize=None):
    t = gluon.data.vision.transforms
    steps = nn_steps = t.Compose(([t.Resize(resize)] if resize else []) + [t.ToTensor()])
    train, test = (gluon.data.vision.FashionMNIST(train=b).transform_first(steps) for b in (True, False))
    return Batches(train, batch_size, True), Batches(test, batch_size, False)

#: wrong over_256 | pixels divided by 256
def load_data_fashion_mnist(batch_size, resize=None):
    t = gluon.data.vision.transforms
    f = t.Compose(([t.Resize(resize)] if resize else []) + [t.ToTensor()])
    g = lambda x: f(x) * 255 / 256
    D = gluon.data.vision.FashionMNIST
    return [gluon.data.DataLoader(D(train=b).transform_first(g), batch_size, b) for b in (True, False)]

#: wrong crops | the middle is cut out, and not resized
def load_data_fashion_mnist(batch_size, resize=None):
    t = gluon.data.vision.transforms
    f = t.Compose(([t.CenterCrop(resize)] if resize else []) + [t.ToTensor()])
    D = gluon.data.vision.FashionMNIST
    return [gluon.data.DataLoader(D(train=b).transform_first(f), batch_size, b) for b in (True, False)]
