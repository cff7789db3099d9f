# ruff: noqa: F821
# mypy: ignore-errors
"""The checks of softmax-regression as an instructor would write them for nbgrader alone: cells of asserts.

Each cell makes the same calls on inputs of the same sizes as the check of that name in grader/exercises/, with the
same NumPy oracles and tolerances; it says nothing about what is wrong. benchmarks/grading.py puts `helpers` behind
the notebook's first cell, and each other cell in place of its check("…"). What follows is not imported.
"""

# %% helpers
import json

import numpy

rng = numpy.random.default_rng()


def mx(values, dtype="float32"):
    return np.array(values, dtype=dtype)


def close(got, want, rtol=1e-5, atol=1e-6):
    want = numpy.asarray(want)
    assert got.shape == want.shape, (got.shape, want.shape)
    assert numpy.allclose(got.asnumpy() if isinstance(got, np.ndarray) else got, want, rtol=rtol, atol=atol), (
        got,
        want,
    )


def softmax64(X):
    X = numpy.asarray(X, float)
    X_exp = numpy.exp(X - X.max(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)


def softmax_gradient64(X, head):
    p = softmax64(X)
    return p * (head - (head * p).sum(axis=1, keepdims=True))


def gradient(function, X, head, dtype="float32"):
    """The gradient of sum(function(X) * head), and the operators recorded."""
    X = mx(X, dtype)
    X.attach_grad()
    with autograd.record():
        out = function(X)
    assert out.shape == head.shape
    graph = json.loads(autograd.get_symbol(out).tojson())
    out.backward(mx(head, dtype))
    return X.grad, {node["op"] for node in graph["nodes"]}


FORBIDDEN = {"softmax", "log_softmax", "softmin", "masked_softmax", "masked_log_softmax", "SoftmaxActivation",
             "SoftmaxOutput", "Softmax", "softmax_cross_entropy", "SoftmaxCrossEntropyLoss"}  # fmt: skip

# %% data_iter
SIZES = ((10, 5), (10, 4), (3, 8), (7, 1))


def one_pass(n, batch_size):
    features = mx(numpy.arange(n)[:, None] + numpy.array([0, 0.25, 0.5]))
    labels = mx(10 * numpy.arange(n))
    before = features.asnumpy().copy(), labels.asnumpy().copy()
    batches, seen = [], []
    for X, y in data_iter(batch_size, features, labels):
        assert X.shape == (len(y), 3)
        assert y.shape == (len(y),)
        batches.append((X, y))
        seen.append((X.asnumpy().copy(), y.asnumpy().copy()))
        assert len(batches) <= 3 * (n // batch_size + 2)
    for X, _ in seen:
        assert numpy.allclose(X, X[:, :1] + [0, 0.25, 0.5])
    return batches, seen, features, labels, before


for n, batch_size in SIZES:  # every example once
    _, seen, *_ = one_pass(n, batch_size)
    assert sorted(int(row) for X, _ in seen for row in X[:, 0]) == list(range(n))

for n, batch_size in SIZES:  # batch sizes
    _, seen, *_ = one_pass(n, batch_size)
    assert [len(y) for _, y in seen] == [batch_size] * (n // batch_size) + [n % batch_size] * bool(n % batch_size)

for n, batch_size in ((12, 5), (9, 3)):  # rows keep their labels
    for X, y in one_pass(n, batch_size)[1]:
        assert (10 * X[:, 0] == y).all()

n, batch_size = 4, 2  # a new order each pass
passes = [[[int(row) for row in X[:, 0]] for X, _ in one_pass(n, batch_size)[1]] for _ in range(64)]
assert len({str(batches) for batches in passes}) > 1
for number in range(2):
    assert {row for batches in passes for row in batches[number]} == {0, 1, 2, 3}
assert len({frozenset(batch) for batches in passes for batch in batches}) == 6

for n, batch_size in ((8, 3), (6, 6)):  # leaves arrays alone
    batches, seen, features, labels, before = one_pass(n, batch_size)
    assert (features.asnumpy() == before[0]).all()
    assert (labels.asnumpy() == before[1]).all()
    for (X, y), (X_then, y_then) in zip(batches, seen, strict=False):
        assert (X.asnumpy() == X_then).all()
        assert (y.asnumpy() == y_then).all()

for X, y in data_iter(4, mx(numpy.ones((6, 3))), mx(numpy.arange(6), "int32")):  # keeps types
    assert isinstance(X, np.ndarray)
    assert isinstance(y, np.ndarray)

# %% softmax
EXTREME = (
    [[100.0, 0.0, 0.0], [0.0, 0.0, 100.0]],
    [[-120.0, -110.0, -105.0], [-200.0, -201.0, -199.0]],
    [[500.0, 501.0, 499.0], [-500.0, -501.0, -499.0], [0.0, 1.0, 2.0]],
    [[0.0, 1000.0], [1000.0, 0.0]],
    [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]],
)

for shape in ((4, 3), (3, 3), (1, 5), (2, 10)):  # values
    X = rng.normal(size=shape).astype("float32")
    close(softmax(mx(X)), softmax64(X))

X = mx(rng.normal(size=(3, 4)))  # leaves its input alone
before = X.asnumpy().copy()
assert isinstance(softmax(X), np.ndarray)
assert (X.asnumpy() == before).all()

for shape in ((3, 4), (2, 2)):  # gradient
    X, head = rng.normal(size=shape).astype("float32"), rng.normal(size=shape).astype("float32")
    close(gradient(softmax, X, head)[0], softmax_gradient64(X, head), 1e-4, 1e-5)

X = rng.normal(size=(2, 3)).astype("float32")  # from scratch
assert not gradient(softmax, X, X)[1] & FORBIDDEN

for rows in EXTREME:  # stable for large logits
    X = numpy.array(rows)[rng.permutation(len(rows))]
    close(softmax(mx(X)), softmax64(X), 2e-3, 2e-3)

for rows in EXTREME:  # gradient for large logits
    X = numpy.array(rows)
    head = rng.normal(size=X.shape).astype("float32")
    close(gradient(softmax, X, head)[0], softmax_gradient64(X, head), 2e-3, 4e-3)

X = numpy.array([[50, 0, -50], [12, 11, 10], [-50, -49, -50]])[rng.permutation(3)]  # half precision
close(softmax(mx(X, "float16")), softmax64(X), 5e-3, 2e-3)


# %% net
def set_parameters():
    new = rng.normal(scale=0.1, size=(784, 10)).astype("float32"), rng.normal(size=10).astype("float32")
    W[:], b[:] = mx(new[0]), mx(new[1])
    return new


def expect_net(X):
    close(net(mx(X)), softmax64(X.reshape(-1, 784) @ W_new.astype(float) + b_new), 1e-4, 1e-5)


W_new, b_new = set_parameters()  # values
expect_net(rng.uniform(size=(5, 784)).astype("float32"))

W_new, b_new = set_parameters()  # images
for n in (3, 1):
    expect_net(rng.uniform(size=(n, 1, 28, 28)).astype("float32"))

X = rng.uniform(size=(4, 784)).astype("float32")  # current parameters
for _ in range(2):
    W_new, b_new = set_parameters()
    expect_net(X)

W_new, b_new = set_parameters()  # gradient
X, head = rng.uniform(size=(2, 784)).astype("float32"), rng.normal(size=(2, 10)).astype("float32")
scores = X @ W_new + b_new
X_grad, operators = gradient(net, X, head)
assert not operators & FORBIDDEN
assert not gradient(softmax, scores, head)[1] & FORBIDDEN
error = softmax_gradient64(scores, head)
close(X_grad, error @ W_new.T, 1e-3, 1e-4)
close(W.grad, X.T @ error, 1e-3, 1e-4)
close(b.grad, error.sum(axis=0), 1e-3, 1e-4)


# %% cross_entropy
def cross_entropy64(y_hat, y):
    return -numpy.log(numpy.asarray(y_hat, float)[numpy.arange(len(y)), y])


def cross_entropy_gradient64(logits, y, head):
    grad = softmax64(logits)
    grad[numpy.arange(len(y)), y] -= 1
    return grad * head[:, None]


def draw(n, q):
    return softmax64(rng.normal(size=(n, q))).astype("float32"), rng.permutation(numpy.arange(n) % q)


for n, q in ((5, 3), (3, 3), (1, 4)):  # values
    y_hat, y = draw(n, q)
    close(cross_entropy(mx(y_hat), mx(y, "int32")), cross_entropy64(y_hat, y), 2e-5, 2e-6)

logits, head = rng.normal(size=(4, 3)).astype("float32"), rng.normal(size=4).astype("float32")  # gradient
y = rng.permutation([0, 1, 2, 0])
grad, _ = gradient(lambda X: cross_entropy(npx.softmax(X), mx(y, "int32")), logits, head)
close(grad, cross_entropy_gradient64(logits, y, head), 1e-4, 1e-5)

y_hat, y = draw(3, 3)  # from scratch
assert not gradient(lambda p: cross_entropy(p, mx(y, "int32")), y_hat, numpy.ones(3))[1] & FORBIDDEN

rest = rng.uniform(0.3, 0.6, size=3)  # small probabilities
y_hat, y = numpy.stack([numpy.full(3, 1e-3), rest, 0.999 - rest], axis=1).astype("float32"), numpy.array([0, 1, 0])
close(cross_entropy(mx(y_hat), mx(y, "int32")), cross_entropy64(y_hat, y), 2e-5, 2e-6)

y_hat = mx([[0, 1, 0], [0.25, 0.75, 0], [0, 0, 1]])  # zero probability
losses = cross_entropy(y_hat, mx([0, 1, 2], "int32")).asnumpy()
assert numpy.isfinite(losses).all()
assert losses[0] > 10
close(losses[1:], [-numpy.log(0.75), 0], 2e-5, 2e-6)
logits, y, head = numpy.array([[0, 300, 0], [1, 2, -300]]), numpy.array([0, 1]), rng.uniform(1, 2, size=2)
grad, _ = gradient(lambda X: cross_entropy(npx.softmax(X), mx(y, "int32")), logits, head)
assert numpy.isfinite(grad.asnumpy()).all()
close(grad[1], cross_entropy_gradient64(logits, y, head)[1], 2e-3, 2e-3)


# %% accuracy
def predictions(n, q, right):
    y_hat = numpy.stack([rng.permutation(q) + rng.uniform(1, 1.5, size=q) for _ in range(n)])
    best = y_hat.argmax(axis=1)
    y = (best + rng.integers(1, q, size=n)) % q
    rows = rng.permutation(n)[:right]
    y[rows] = best[rows]
    return mx(y_hat / y_hat.sum(axis=1, keepdims=True)), y


for n, q, right in ((5, 3, 2), (5, 3, 2), (5, 3, 5), (5, 3, 0), (4, 4, 1), (20, 10, 13)):  # values
    y_hat, y = predictions(n, q, right)
    assert accuracy(y_hat, mx(y, "float32")) == right

y_hat, y = predictions(6, 4, 4)  # label types
for dtype in ("int32", "float32"):
    assert accuracy(y_hat, mx(y, dtype)) == 4

y_hat, y = predictions(4, 3, 3)  # is a number
assert isinstance(accuracy(y_hat, mx(y, "float32")), (int, float, numpy.generic))


# %% evaluate_accuracy
def evaluate(sizes, rights, once=True):
    """What evaluate_accuracy gives, the share it should give, and how often and how the net was called."""
    weights, bias = rng.normal(size=(4, 3)), rng.normal(scale=0.1, size=3)
    items = []
    for size, right in zip(sizes, rights, strict=False):
        X = rng.normal(size=(size, 4)).astype("float32")
        best = (X @ weights + bias).argmax(axis=1)
        y = (best + rng.integers(1, 3, size=size)) % 3
        y[:right] = best[:right]
        items.append((mx(X), mx(y, "int32")))
    recorded = []

    def linear(X):
        recorded.append(autograd.is_recording())
        return np.dot(X, mx(weights)) + mx(bias)

    return evaluate_accuracy(linear, iter(items) if once else items), sum(rights) / sum(sizes), recorded


for sizes, rights in (((4, 4, 1), (1, 2, 1)), ((6, 2), (5, 0)), ((5,), (3,))):  # values
    got, want, _ = evaluate(sizes, rights)
    assert numpy.isclose(got, want)

got, _, _ = evaluate((3, 3), (3, 1))  # is a share
assert isinstance(got, (float, numpy.floating))
assert 0 <= got <= 1

for once in (True, False):  # any iterable
    assert isinstance(evaluate((3, 3, 2), (1, 3, 1), once)[0], (float, numpy.floating))

_, _, recorded = evaluate((3, 2), (1, 2))  # does not record
assert recorded
assert not any(recorded)


# %% sgd
def parameter(shape):
    param, grad = mx(rng.normal(size=shape)), mx(rng.normal(size=shape))
    param.attach_grad()
    param.grad[:] = grad
    return param


def expect_steps(params, times=1):
    for _ in range(times):
        wants = [param.asnumpy() - 0.3 * param.grad.asnumpy() / 5 for param in params]
        given = list(params)
        sgd(params, 0.3, 5)
        assert len(params) == len(given)
        assert all(param is same for param, same in zip(params, given, strict=False))
        for param, want in zip(given, wants, strict=False):
            close(param, want)
            param.grad[:] = mx(rng.normal(size=param.shape))


expect_steps([parameter((3, 2)), parameter((2,))])  # one step
expect_steps([parameter((2, 3))], times=2)  # next step
for count, container in ((3, tuple), (1, list), (4, list)):  # any parameters
    expect_steps(container(parameter((2, 2)) for _ in range(count)))


# %% train
W[:] = mx(rng.normal(0, 0.01, size=W.shape))
b[:] = 0
history = train(net, [W, b], train_features, train_labels, 10, 0.1, 256)
assert len(history) == 10
assert history[-1][0] < history[0][0]
test_logits = test_features.asnumpy() @ W.asnumpy() + b.asnumpy()
assert (test_logits.argmax(axis=1) == test_labels.asnumpy()).mean() > 0.79
