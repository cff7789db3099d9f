#: right book | counts correct rows and rows
def evaluate_accuracy(data_iter, net):
    acc_sum, n = 0.0, 0
    for X, y in data_iter:
        y = y.astype('float32')
        acc_sum += (net(X).argmax(axis=1) == y).sum().asscalar()
        n += y.size
    return acc_sum / n

#: right weighted_accuracy | each batch's fraction times its size
def evaluate_accuracy(data_iter, net):
    correct, total = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        total += len(y)
    return correct / total

#: right accumulator | an Accumulator, as in later editions
class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(x) for a, x in zip(self.data, args)]

    def __getitem__(self, i):
        return self.data[i]


def evaluate_accuracy(data_iter, net):
    metric = Accumulator(2)
    for X, y in data_iter:
        metric.add(accuracy(net(X), y) * y.size, y.size)
    return metric[0] / metric[1]

#: wrong divides_fractions_by_examples | [divides_fractions_by_examples] accuracy returns a number of rows here
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y)
        n += y.size
    return correct / n

#: wrong arguments_swapped | [arguments_swapped] the net comes first
def evaluate_accuracy(net, data_iter):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    return correct / n

#: wrong count_over_batches | [count_over_batches] the number of batches is that of the examples
def evaluate_accuracy(data_iter, net):
    correct, num_batches = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        num_batches += 1
    return correct / num_batches
