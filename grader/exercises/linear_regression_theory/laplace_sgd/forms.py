#: right book | signs by hand
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: right by_batch_size | autograd, divided by batch_size, halved in each epoch
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b = w.copy(), b.copy()
    w.attach_grad()
    b.attach_grad()
    rate = 0.4 if lr is None else lr
    for epoch in range(num_epochs):
        idx = list(range(len(y)))
        random.shuffle(idx)
        for i in range(0, len(idx), batch_size):
            j = np.array(idx[i:i + batch_size])
            with autograd.record():
                l = np.abs(np.dot(np.take(X, j, axis=0), w) + b - np.take(y, j))
            l.backward()
            for param in (w, b):
                param[:] = param - rate * param.grad / batch_size
        if lr is None:
            rate *= 0.5
    return w, b

#: right numpy | NumPy, and a rate that falls with the root of the steps
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    X, y, w, b = X.asnumpy(), y.asnumpy(), w.asnumpy().copy(), b.asnumpy().copy()
    k = 0
    for _ in range(num_epochs):
        order = numpy.random.permutation(len(y))
        for rows in numpy.split(order, range(batch_size, len(y), batch_size)):
            k += 1
            eta = 0.3 / k ** 0.5 if lr is None else lr
            s = numpy.sign(X[rows] @ w + b - y[rows])
            w, b = w - eta * (s @ X[rows]) / len(rows), b - eta * s.mean()
    return np.array(w), np.array(b)

#: right mean | autograd of the mean, a helper for the rate
def rate_of(lr, step):
    return lr if lr is not None else 10 / (30 + step)


def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    params = [w.copy(), b.copy()]
    for p in params:
        p.attach_grad()
    step = 0
    for _ in range(num_epochs):
        order = random.sample(range(len(y)), len(y))
        while order:
            rows, order = order[:batch_size], order[batch_size:]
            with autograd.record():
                loss = np.abs(np.dot(X[rows], params[0]) + params[1] - y[rows]).mean()
            loss.backward()
            for p in params:
                p -= rate_of(lr, step) * p.grad
            step += 1
    return tuple(p.detach() for p in params)

#: right two_masks | counts above and below, new arrays at each step
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    total = num_epochs * math.ceil(len(y) / batch_size)
    step = 0
    for epoch in range(num_epochs):
        order = numpy.arange(len(y))
        numpy.random.shuffle(order)
        for start in range(0, len(y), batch_size):
            rows = np.array(order[start:start + batch_size])
            features = X.take(rows, axis=0)
            r = np.dot(features, w) + b - y.take(rows)
            s = (r > 0).astype('float32') - (r < 0).astype('float32')
            eta = lr or 0.3 * (1 - step / total)
            w = w - eta / batch_size * (features * s.reshape((-1, 1))).sum(axis=0)
            b = b - eta / batch_size * s.sum()
            step += 1
    return [w, b]

#: right loader | Gluon's DataLoader
from mxnet import gluon


def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    loader = gluon.data.DataLoader(gluon.data.ArrayDataset(X, y), batch_size, shuffle=True)
    w, b = w.copy(), b.copy()
    for epoch in range(num_epochs):
        eta = lr if lr is not None else 0.3 * 0.6 ** epoch
        for features, labels in loader:
            s = np.sign(np.dot(features, w) + b - labels)
            w[:] = w - eta / len(labels) * np.dot(s, features)
            b[:] = b - eta / len(labels) * s.sum()
    return w, b

#: wrong uphill | [ascends] the sign
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w += eta / len(rows) * np.dot(Xb.T, s)
            b += eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong y_minus | [ascends] y − ŷ
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(y[rows] - np.dot(Xb, w) - b)
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong sum | [never_divides] nothing divides
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta * np.dot(Xb.T, s)
            b -= eta * s.sum()
            k += 1
    return w, b

#: wrong twice | [divides_twice] divided twice
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows]) / len(rows)
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong no_bias | [leaves_the_bias] b stays
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            k += 1
    return w, b

#: wrong no_weights | [leaves_the_weight] w stays
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong squared | [squared_loss] the squared error
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.dot(Xb, w) + b - y[rows]
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong no_signs | [without_absolute] the residuals, summed
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.ones(len(rows))
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong b_later | [bias_after_weights] b after w
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong one_epoch | [one_epoch_only] returns in the first epoch
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
        return w, b

#: wrong first_batch | [first_batch_only] leaves the loop
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
            break
    return w, b

#: wrong drops_rest | [skips_last_batch] the rest is left out
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y) - batch_size + 1, batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong last_batch | [steps_once_per_epoch] the step after the loop
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            k += 1
        w -= eta / batch_size * np.dot(Xb.T, s)
        b -= eta / batch_size * s.sum()
    return w, b

#: wrong last_batch_own | [steps_once_by_own_size] the step after the loop
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            k += 1
        w -= eta / len(rows) * np.dot(Xb.T, s)
        b -= eta / len(rows) * s.sum()
    return w, b

#: wrong all_at_once | [one_batch] all examples at once
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in [0]:
            rows = order
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong single | [one_by_one] one by one
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(len(y)):
            rows = order[i:i + 1]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / batch_size * np.dot(Xb.T, s)
            b -= eta / batch_size * s.sum()
            k += 1
    return w, b

#: wrong replacement | drawn with replacement
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.randint(0, len(y), len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong in_order | [never_shuffles] no shuffling
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(range(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong seeded | [never_shuffles] a fixed seed
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    numpy.random.seed(0)
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong constant | [keeps_its_rate] a constant rate
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.1
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong falls_fast | [falls_too_fast] a power per step
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.5 * 0.8 ** k
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong falls_always | [falls_anyway] falls although lr is a number
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = (0.3 if lr is None else lr) / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong rate_of_none | [uses_none] None as a number
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong own_rate | [ignores_lr] lr is not used
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong in_place | [changes_arguments] the arrays that were given
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w, b, 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b

#: wrong only_w | [w_alone] w alone
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w

#: wrong order_of_two | [b_first] b first
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return b, w

#: wrong with_losses | [returns_too_many] the loss as well
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w, b, float(np.abs(np.dot(X, w) + b - y).mean())

#: wrong numpy_result | [wrong_container] left in NumPy
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1
    return w.asnumpy(), b.asnumpy()

#: wrong no_return | [returns_nothing] the return forgotten
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b, k = w.copy(), b.copy(), 0
    for _ in range(num_epochs):
        order = np.array(numpy.random.permutation(len(y)), dtype='int32')
        for i in range(0, len(y), batch_size):
            rows = order[i:i + batch_size]
            Xb = X[rows]
            s = np.sign(np.dot(Xb, w) + b - y[rows])
            eta = lr if lr is not None else 0.3 / (1 + 0.02 * k)
            w -= eta / len(rows) * np.dot(Xb.T, s)
            b -= eta / len(rows) * s.sum()
            k += 1

#: wrong never_steps | [never_moves] gradients, and no step
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b = w.copy(), b.copy()
    for param in (w, b):
        param.attach_grad()
    for _ in range(num_epochs):
        with autograd.record():
            loss = np.abs(np.dot(X, w) + b - y).sum()
        loss.backward()
        for param in (w, b):
            param = param - 0.1 * param.grad / batch_size
    return w, b

#: wrong outside_record | [not_recorded] the loss is not recorded
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b = w.copy(), b.copy()
    w.attach_grad()
    b.attach_grad()
    for _ in range(num_epochs):
        r = np.dot(X, w) + b - y
        with autograd.record():
            loss = np.abs(r).sum()
        loss.backward()
        w[:] = w - (lr or 0.1) * w.grad / len(y)
        b[:] = b - (lr or 0.1) * b.grad / len(y)
    return w, b

#: wrong inside_record | [steps_while_recording] the step is recorded
def laplace_sgd(X, y, w, b, lr=None, num_epochs=10, batch_size=10):
    w, b = w.copy(), b.copy()
    w.attach_grad()
    b.attach_grad()
    for _ in range(num_epochs):
        with autograd.record():
            loss = np.abs(np.dot(X, w) + b - y).sum()
            loss.backward()
            w[:] = w - (lr or 0.1) * w.grad / len(y)
            b[:] = b - (lr or 0.1) * b.grad / len(y)
    return w, b
