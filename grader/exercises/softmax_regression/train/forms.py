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
            loss_sum += float(l.sum())
            correct += float(accuracy(y_hat, y))
            n += len(y)
        history.append((loss_sum / n, correct / n))
    return history

#: right sum_before_backward | the summed loss is what is differentiated
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y).sum()
            l.backward()
            sgd(params, lr, batch_size)
            loss += l.item()
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: right own_size_of_last_batch | the last batch is divided by its own size
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, X.shape[0])
            loss += float(l.sum())
            hits += int((y_hat.argmax(axis=1).astype('int32') == y.astype('int32')).sum())
            n += len(y)
        history.append((loss / n, hits / n))
    return history

#: right everything_inside_record | backward inside the recorded block
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
                l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: right mean_undone | batch means times batch sizes
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.mean()) * len(y)
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: right numpy_lists | every loss and every hit kept in a list
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy().tolist())
            hits.extend((y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).tolist())
        history.append((sum(losses) / len(losses), sum(hits) / len(hits)))
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
        loss_sum += float(l.sum())
        correct += float(accuracy(y_hat, y))
        n += y.size
    return loss_sum / n, correct / n


def train(net, params: list, features, labels, num_epochs: int, lr: float, batch_size: int) -> list:
    history = []
    for epoch in range(num_epochs):
        loss, acc = train_epoch(net, params, data_iter(batch_size, features, labels), lr, batch_size)
        print('epoch %d, loss %.4f, accuracy %.3f' % (epoch + 1, loss, acc))
        history.append((loss, acc))
    return history

#: right renamed_lists | arguments renamed, a list of lists, NumPy numbers made floats
def train(model, weights, X_all, y_all, epochs, rate, size):
    results = []
    while len(results) < epochs:
        total = numpy.zeros(3)
        for X, y in data_iter(size, X_all, y_all):
            with autograd.record():
                y_hat = model(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(weights, rate, size)
            right = y_hat.asnumpy().argmax(axis=1) == y.asnumpy()
            total += [float(l.sum()), right.sum(), len(y)]
        results.append([float(total[0] / total[2]), float(total[1] / total[2])])
    return results

#: right gradients_zeroed | zeroes the gradients after each step: needless, harmless
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            for param in params:
                param.grad[:] = 0
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: right decorated | a decorator that takes the time
import functools
import time


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.time()
        result = function(*args, **kwargs)
        print('%.1f s' % (time.time() - start))
        return result
    return wrapper


@timed
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
            hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
        history.append((numpy.mean(losses), numpy.mean(hits)))
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
            meter.add(l.sum().asnumpy(), float(accuracy(y_hat, y)), y.shape[0])
        return meter.sums[0] / meter.sums[2], meter.sums[1] / meter.sums[2]


train = Trainer()

#: right paused_measuring | autograd.pause around what is measured
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
                with autograd.pause():
                    loss += float(l.sum().asnumpy())
                    hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
            l.backward()
            sgd(params, lr, batch_size)
        history.append((loss / len(labels), hits / len(labels)))
    return history

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
            share += (float(accuracy(y_hat, y)) / k - share) * k / (n + k)
            n += k
        history.append((loss, share))
    return history

#: right rounded_for_printing | rounded to four decimals, a tuple of tuples kept in a dict first
def train(net, params, features, labels, num_epochs, lr, batch_size):
    seen = {}
    for epoch in range(1, num_epochs + 1):
        sums = [0.0, 0]
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            right = y_hat.asnumpy().argmax(axis=1) == y.asnumpy()
            sums = [sums[0] + float(l.sum()), sums[1] + right.sum()]
        seen[epoch] = tuple(round(total / len(labels), 4) for total in sums)
    return [seen[epoch] for epoch in sorted(seen)]

#: right seeded | a seed is set, so that training can be repeated
def train(net, params, features, labels, num_epochs, lr, batch_size):
    random.seed(0)
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: right assigns_the_seed | a slip that changes nothing: random.seed is no variable
import random
random.seed = 42


def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: right history_as_array | an array (num_epochs, 2) holds the same pairs
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append([loss / len(labels), hits / len(labels)])
    return np.array(history)

#: wrong forgets_backward | [never_moves] recording computes the gradient
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong forgets_record | [not_recorded] backward works without recording
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            y_hat = net(X)
            l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong records_loss_only | [not_recorded] only the loss need be recorded
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            y_hat = net(X)
            with autograd.record():
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong forgets_sgd | [never_moves] backward updates the parameters
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            losses.extend(l.asnumpy())
            hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong steps_before_backward | [steps_before_backward] the step may come before backward
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            sgd(params, lr, batch_size)
            l.backward()
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong steps_inside_record | [steps_while_recording] the step is recorded
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
                l.backward()
                for param in params:
                    param[:] = param - lr * param.grad / batch_size
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong steps_once_per_epoch | [steps_once_per_epoch] one step at the end of each pass
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        sgd(params, lr, batch_size)
        history.append(tuple(sums / len(labels)))
    return history

#: wrong steps_twice | [steps_twice] one step for each parameter
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            for param in params:
                sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong updates_weight_only | [leaves_the_bias] the bias need not be learned
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params[:1], lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong resets_parameters | [starts_anew] each epoch starts from fresh parameters
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        params[0][:] = np.random.normal(0, 0.01, params[0].shape)
        params[1][:] = 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong resets_before_training | [starts_anew] training starts from zero parameters
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for param in params:
        param[:] = 0
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong one_epoch_only | [one_epoch_only] the return belongs inside the loop
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
        return history

#: wrong one_epoch_too_few | [one_epoch_too_few] range(1, n) has n numbers
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(1, num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong ignores_num_epochs | [five_epochs] there are always five epochs
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(5):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong first_batch_only | [first_batch_only] the loop may stop after one batch
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
            hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
            break
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong one_iterator_for_all_epochs | [one_iterator_for_all_epochs] the data can be read again
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    batches = data_iter(batch_size, features, labels)
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in batches:
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += int((y_hat.argmax(axis=1).astype('int32') == y.astype('int32')).sum())
            n += len(y)
        history.append((loss / n, hits / n))
    return history

#: wrong keeps_the_batches | [keeps_the_batches] one shuffle is enough for all epochs
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    batches = list(data_iter(batch_size, features, labels))
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in batches:
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong skips_last_batch | [skips_last_batch] only full batches count
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            if len(y) < batch_size:
                continue
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
            hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong divides_loss_twice | [divides_twice] the mean loss is what is differentiated
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y).mean()
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.item() * len(y), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong batch_size_one | [never_divides] the gradient is a mean already
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, 1)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong lr_hard_coded | [lr_of_its_own] the learning rate is always 0.1
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, 0.1, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong batch_of_256 | [batch_of_256] there are always 256 examples in a batch
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(256, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, 256)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong decays_lr | [decays_lr] the learning rate has to shrink
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
        lr = lr * 0.9
    return history

#: wrong ascends | [ascends] a negative rate descends
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, -lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong negated_loss | [not_recorded] a minus sign outside the recorded block is differentiated too
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            (-l).backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong negated_loss_recorded | [ascends, negated_loss] the loss is to be made large
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = -cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong rebinds_parameters | [rebinds_parameters] new arrays in the list are the parameters
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            params = [p - lr * p.grad / batch_size for p in params]
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong rebinds_and_attaches | [never_moves] new arrays with attach_grad are the parameters
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            for i in range(len(params)):
                params[i] = params[i] - lr * params[i].grad / batch_size
                params[i].attach_grad()
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong trains_copies | [never_moves] the caller is handed what was learned
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    params = [p.copy() for p in params]
    for p in params:
        p.attach_grad()
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong restores_parameters | [never_moves] the parameters are put back at the end
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    saved = [p.copy() for p in params]
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    for p, s in zip(params, saved):
        p[:] = s
    return history

#: wrong returns_nothing | [returns_nothing] printing is returning
def train(net, params, features, labels, num_epochs, lr, batch_size):
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        print('epoch', epoch + 1, *sums / len(labels))

#: wrong returns_last_epoch | [returns_last_epoch] the last epoch is the result
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history[-1]

#: wrong returns_one_number | [returns_one_number] the loss after training is the result
def train(net, params, features, labels, num_epochs, lr, batch_size):
    for epoch in range(num_epochs):
        losses = []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = cross_entropy(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
    return sum(losses) / len(losses)

#: wrong returns_losses_only | [returns_losses_only] the loss is the history
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses = []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = cross_entropy(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
        history.append(sum(losses) / len(losses))
    return history

#: wrong returns_two_lists | [returns_two_lists] one list of losses, one of accuracies
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return [p[0] for p in history], [p[1] for p in history]

#: wrong accuracy_first | [accuracy_first] the accuracy comes first
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((hits / len(labels), loss / len(labels)))
    return history

#: wrong loss_not_divided | [loss_not_divided] the sum of the losses is the loss
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss, hits / len(labels)))
    return history

#: wrong loss_over_batches | [loss_over_batches] summed losses are divided by the number of batches
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
            n += 1
        history.append((loss / n, hits / len(labels)))
    return history

#: wrong mean_of_batch_means | [mean_of_batch_means] the mean of the batch means is the mean
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.append(float(l.mean()))
            hits.append((y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).mean())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong accuracy_mean_of_batch_means | [accuracy_mean_of_batch_means] the mean of the batches' accuracies is the accuracy
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
            hits.append((y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).mean())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong accuracy_in_percent | [accuracy_in_percent] an accuracy is a percentage
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), 100 * hits / len(labels)))
    return history

#: wrong error_rate | [error_rate] the share of wrong predictions
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), 1 - hits / len(labels)))
    return history

#: wrong accuracy_over_batches | [accuracy_over_batches] hits are divided by the number of batches
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
            n += 1
        history.append((loss / len(labels), hits / n))
    return history

#: wrong loss_weighted_twice | [loss_weighted_twice] the summed loss is weighted by the batch size again
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum()) * len(y)
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong counts_full_batches | [counts_full_batches] every batch counts as a full one
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += int((y_hat.argmax(axis=1).astype('int32') == y.astype('int32')).sum())
            n += batch_size
        history.append((loss / n, hits / n))
    return history

#: wrong sums_across_epochs | [sums_across_epochs] the sums are never reset
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history, losses, hits = [], [], []
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
            hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong last_batch_only | [last_batch_only] = adds up
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss = float(l.sum())
            hits = int((y_hat.argmax(axis=1).astype('int32') == y.astype('int32')).sum())
            n = len(y)
        history.append((loss / n, hits / n))
    return history

#: wrong accuracy_after_step | [accuracy_after_step] the accuracy is that of the parameters after the step
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (net(X).asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong measures_after_step | [measures_after_step] the predictions after the step are the predictions
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            y_hat = net(X)
            l = cross_entropy(y_hat, y)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong measures_after_the_pass | [measures_after_the_pass] the pass is measured when it is over
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = cross_entropy(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        scores = net(features)
        hits = scores.asnumpy().argmax(axis=1) == labels.asnumpy()
        history.append((float(cross_entropy(scores, labels).mean()), hits.mean()))
    return history

#: wrong measures_before_the_pass | [measures_before_the_pass] the pass is measured before it begins
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        scores = net(features)
        hits = scores.asnumpy().argmax(axis=1) == labels.asnumpy()
        history.append((float(cross_entropy(scores, labels).mean()), hits.mean()))
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = cross_entropy(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
    return history

#: wrong loss_arguments_swapped | [loss_arguments_swapped] the labels come first in the loss
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y, y_hat)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong loss_on_asnumpy | [not_recorded] the prediction may pass through NumPy
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = np.array(net(X).asnumpy())
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong sgd_arguments_swapped | [sgd_arguments_swapped] the batch size comes before the rate
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, batch_size, lr)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong history_inside_batches | [history_inside_batches] one pair for each batch
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += int((y_hat.argmax(axis=1).astype('int32') == y.astype('int32')).sum())
            n += len(y)
            history.append((loss / n, hits / n))
    return history

#: wrong one_batch_for_all | [one_batch_for_all] batch_size is for sgd alone
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(len(features), features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong updates_bias_only | [leaves_the_weight] the last of params is enough
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params[-1:], lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong one_epoch_too_many | [one_epoch_too_many] range(n + 1) has n numbers
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs + 1):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong nothing_divided | [nothing_divided] the sums are the history
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums))
    return history

#: wrong flat_list | [returns_flat_list] extend does what append does
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.extend(sums / len(labels))
    return history

#: wrong ten_epochs | [ten_epochs] there are always ten epochs
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(10):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
    return history

#: wrong accuracy_not_divided | [accuracy_not_divided] the hits are the accuracy
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits))
    return history

#: wrong both_over_batches | [both_over_batches] summed losses and hits are divided by the number of batches
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
            n += 1
        history.append((loss / n, hits / n))
    return history

#: wrong loss_mean_of_batch_means | [loss_mean_of_batch_means] the mean of the batches' mean losses is the mean loss
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.append(float(l.mean()))
            hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong means_over_examples | [means_over_examples] mean losses are divided by the number of examples
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.mean())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong counts_first_batch_only | [counts_first_batch_only] the first batch stands for all
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            if not losses:
                losses.extend(l.asnumpy())
                hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong leaves_out_last_batch | [leaves_out_last_batch] only full batches count
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            if len(y) == batch_size or batch_size > len(labels):
                losses.extend(l.asnumpy())
                hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history

#: wrong np counts_weighted | [counts_weighted] accuracy gives a share here
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits, n = 0.0, 0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += float(accuracy(y_hat, y)) * len(y)
            n += len(y)
        history.append((loss / n, hits / n))
    return history

#: wrong loss_after_step | [loss_after_step] the loss is computed once more after the step
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(cross_entropy(net(X), y).sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong accuracy_after_the_pass | [accuracy_after_the_pass] the accuracy on all examples after each pass
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss = 0.0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = cross_entropy(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
        hits = net(features).asnumpy().argmax(axis=1) == labels.asnumpy()
        history.append((loss / len(labels), hits.mean()))
    return history

#: wrong loss_after_the_pass | [loss_after_the_pass] the loss on all examples after each pass
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        hits = 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((float(cross_entropy(net(features), labels).mean()), hits / len(labels)))
    return history

#: wrong count_goes_on | [count_goes_on] n = 0 stands above both loops
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    n = 0
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += int((y_hat.argmax(axis=1).astype('int32') == y.astype('int32')).sum())
            n += len(y)
        history.append((loss / n, hits / n))
    return history

#: wrong only_count_starts_anew | [only_count_starts_anew] the sums stand above both loops
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    loss, hits = 0.0, 0
    for epoch in range(num_epochs):
        n = 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits += int((y_hat.argmax(axis=1).astype('int32') == y.astype('int32')).sum())
            n += len(y)
        history.append((loss / n, hits / n))
    return history

#: wrong keeps_last_loss | [keeps_last_loss] = instead of += for the loss
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss = float(l.sum())
            hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong keeps_last_count | [keeps_last_count] = instead of += for the correct predictions
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss, hits = 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss += float(l.sum())
            hits = (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append((loss / len(labels), hits / len(labels)))
    return history

#: wrong early_stopping | [stops_when_the_loss_rises] stops at the first epoch that is worse than the last
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
        if epoch > 0 and history[-1][0] > history[-2][0]:
            break
    return history

#: wrong patience | [stops_when_the_loss_rises] returns when the accuracy falls
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        if history and sums[1] / len(labels) < history[-1][1]:
            return history
        history.append(tuple(sums / len(labels)))
    return history

#: wrong puts_the_best_back | [puts_the_best_back] the best parameters are the ones to keep
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history, best = [], 1e9
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
        if sums[0] < best:
            best, kept = sums[0], [param.copy() for param in params]
    for param, value in zip(params, kept):
        param[:] = value
    return history

#: wrong puts_the_most_accurate_back | [puts_the_best_back] those that classify best are the ones to keep
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history, best = [], -1
    for epoch in range(num_epochs):
        sums = numpy.zeros(2)
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            sums += l.asnumpy().sum(), (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()
        history.append(tuple(sums / len(labels)))
        if sums[1] > best:
            best, kept = sums[1], [param.copy() for param in params]
    for param, value in zip(params, kept):
        value.copyto(param)
    return history

#: wrong a_hundred_batches | [stops_after_some_batches] a hundred batches are enough for an epoch
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        losses, hits = [], []
        for number, (X, y) in enumerate(data_iter(batch_size, features, labels), 1):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            losses.extend(l.asnumpy())
            hits.extend(y_hat.asnumpy().argmax(axis=1) == y.asnumpy())
            if number == 100:
                break
        history.append((numpy.mean(losses), numpy.mean(hits)))
    return history
