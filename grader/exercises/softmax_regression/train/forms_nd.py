#: right book | sums over the pass, divided at its end
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss_sum, correct, n = 0.0, 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss_sum += float(l.sum().asscalar())
            correct += accuracy(y_hat, y) * len(y)
            n += len(y)
        history.append((loss_sum / n, correct / n))
    return history

#: right epoch_helper | one function for one pass, type hints, prints
def train_epoch(net, params, batches, lr, batch_size):
    loss_sum, correct, n = 0.0, 0.0, 0
    for X, y in batches:
        with autograd.record():
            y_hat = net(X)
            l = cross_entropy(y_hat, y)
        l.backward()
        sgd(params, lr, batch_size)
        loss_sum += float(l.sum().asscalar())
        correct += accuracy(y_hat, y) * len(y)
        n += y.size
    return loss_sum / n, correct / n


def train(net, params: list, features, labels, num_epochs: int, lr: float, batch_size: int) -> list:
    history = []
    for epoch in range(num_epochs):
        loss, acc = train_epoch(net, params, data_iter(batch_size, features, labels), lr, batch_size)
        print('epoch %d, loss %.4f, accuracy %.3f' % (epoch + 1, loss, acc))
        history.append((loss, acc))
    return history

#: right callable_class | an object with __call__ that keeps sums in a small class of its own
class Meter:
    def __init__(self):
        self.sums = [0.0, 0.0, 0.0]

    def add(self, *numbers):
        self.sums = [a + float(b) for a, b in zip(self.sums, numbers)]


class Trainer:
    def __call__(self, net, params, features, labels, num_epochs, lr, batch_size):
        return [self.epoch(net, params, data_iter(batch_size, features, labels), lr, batch_size)
                for _ in range(num_epochs)]

    def epoch(self, net, params, batches, lr, batch_size):
        meter = Meter()
        for X, y in batches:
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            autograd.backward(l)
            sgd(params, lr, batch_size)
            meter.add(l.sum().asnumpy(), accuracy(y_hat, y) * len(y), y.shape[0])
        return meter.sums[0] / meter.sums[2], meter.sums[1] / meter.sums[2]


train = Trainer()

#: right running_means | means brought up to date batch by batch
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, share, n = 0.0, 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            k = len(y)
            loss += (float(l.mean().asnumpy()) - loss) * k / (n + k)
            share += (accuracy(y_hat, y) * len(y) / k - share) * k / (n + k)
            n += k
        history.append((loss, share))
    return history

#: wrong adds_shares | [adds_shares] accuracy gives a number of rows here
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss_sum, correct, n = 0.0, 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss_sum += l.sum().asscalar()
            correct += accuracy(y_hat, y)
            n += len(y)
        history.append((loss_sum / n, correct / n))
    return history
