#: right book | counts correct rows and rows
def evaluate_accuracy(data_iter, net):
    acc_sum, n = 0.0, 0
    for X, y in data_iter:
        y = y.astype('float32')
        acc_sum += (net(X).argmax(axis=1) == y).sum().asscalar()
        n += y.size
    return acc_sum / n

#: right list_first | reads everything into a list first
def evaluate_accuracy(data_iter, net):
    batches = [(X, y) for X, y in data_iter]
    correct = sum(accuracy(net(X), y) * len(y) for X, y in batches)
    total = sum(len(y) for _, y in batches)
    return float(correct / total)

#: right all_hits | one list of hits over all examples
def evaluate_accuracy(data_iter, net):
    hits = []
    for X, y in data_iter:
        hits.extend(net(X).asnumpy().argmax(axis=1) == y.asnumpy())
    return sum(hits) / len(hits)

#: right numpy_concatenate | predictions and labels joined, compared once
def evaluate_accuracy(data_iter, net):
    predictions, truth = [], []
    for X, y in data_iter:
        predictions.append(net(X).asnumpy().argmax(axis=1))
        truth.append(y.asnumpy())
    return np.mean(np.concatenate(predictions) == np.concatenate(truth))

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

#: right running_mean | a running mean weighted by the batch size
def evaluate_accuracy(data_iter, net):
    mean, seen = 0.0, 0
    for X, y in data_iter:
        k = len(y)
        mean = (mean * seen + accuracy(net(X), y) * len(y)) / (seen + k)
        seen += k
    return mean

#: right inside_pause | under autograd.pause, annotated, prints
def evaluate_accuracy(batches, model) -> float:
    good, count = 0.0, 0
    with autograd.pause():
        for X, y in batches:
            good += accuracy(model(X), y) * len(y)
            count += X.shape[0]
            print('so far', good, 'of', count)
    return good / count

#: right next_loop | an explicit iterator
def evaluate_accuracy(data_iter, net):
    it = iter(data_iter)
    correct, n = 0.0, 0
    while True:
        try:
            X, y = next(it)
        except StopIteration:
            return correct / n
        correct, n = correct + accuracy(net(X), y) * len(y), n + len(y)

#: right generator_of_pairs | a generator of hits and sizes, added up by zip
def evaluate_accuracy(data_iter, net):
    pairs = ((accuracy(net(X), y) * len(y), len(y)) for X, y in data_iter)
    hits, sizes = zip(*pairs)
    return sum(hits) / sum(sizes)

#: right class_with_call | an object that is called, and keeps its counts to itself
class Evaluator:
    def __init__(self):
        self.hits = self.seen = 0

    def add(self, X, y, net):
        self.hits += int(round(accuracy(net(X), y) * len(y)))
        self.seen += X.shape[0]

    def __call__(self, data_iter, net):
        self.hits = self.seen = 0
        for X, y in data_iter:
            self.add(X, y, net)
        return self.hits / self.seen


evaluate_accuracy = Evaluator()

#: right helper_and_keywords | a helper with type hints, called by keyword, under a decorator
import functools


def logged(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        result = function(*args, **kwargs)
        print(f'{function.__name__}: {result:.3f}')
        return result
    return inner


def count_batch(y_hat, y) -> tuple:
    return accuracy(y_hat, y) * len(y), int(y.size)


@logged
def evaluate_accuracy(data_iter, net) -> float:
    totals = [0.0, 0]
    for X, y in data_iter:
        hits, size = count_batch(y_hat=net(X), y=y)
        totals[0] += hits
        totals[1] += size
    return totals[0] / totals[1]

#: right example_by_example | one example at a time
def evaluate_accuracy(data_iter, net):
    hits = []
    for X, y in data_iter:
        scores, labels = net(X).asnumpy(), y.asnumpy()
        for row, label in zip(scores, labels):
            hits.append(1.0 if row.argmax() == int(label) else 0.0)
    return sum(hits) / max(len(hits), 1)

#: wrong mean_of_batch_means | [mean_of_batch_means] the mean of the batches' accuracies is the accuracy
def evaluate_accuracy(data_iter, net):
    total, batches = 0.0, 0
    for X, y in data_iter:
        total += accuracy(net(X), y)
        batches += 1
    return total / batches

#: wrong counts_go_on | [counts_go_on] the counts may live outside the function
correct = total = 0

def evaluate_accuracy(data_iter, net):
    global correct, total
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        total += len(y)
    return correct / total

#: wrong rounded | [rounded] two decimals are enough
def evaluate_accuracy(data_iter, net):
    correct = total = 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        total += len(y)
    return round(float(correct / total), 2)

#: wrong running_average_halved | [running_average_halved] averaging with each new batch gives the average
def evaluate_accuracy(data_iter, net):
    acc = None
    for X, y in data_iter:
        now = accuracy(net(X), y)
        acc = now if acc is None else (acc + now) / 2
    return acc

#: wrong records_evaluation | [records] evaluation has to be recorded
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        with autograd.record():
            y_hat = net(X)
        correct += accuracy(y_hat, y) * len(y)
        n += len(y)
    return correct / n

#: wrong first_batch_only | [first_batch_only] the return belongs inside the loop
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
        return correct / n

#: wrong last_batch_only | [last_batch_only] = adds up
def evaluate_accuracy(data_iter, net):
    for X, y in data_iter:
        acc = accuracy(net(X), y)
    return acc

#: wrong skips_last_batch | [skips_last_batch] only full batches count
def evaluate_accuracy(data_iter, net):
    correct, n, size = 0.0, 0, None
    for X, y in data_iter:
        size = size or len(y)
        if len(y) < size:
            break
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    return correct / n

#: wrong reads_twice | [reads_twice] the data can be read again
def evaluate_accuracy(data_iter, net):
    correct = sum(accuracy(net(X), y) * len(y) for X, y in data_iter)
    n = sum(len(y) for X, y in data_iter)
    return correct / n

#: wrong asks_for_length | [mean_of_batch_means, needs_a_list] any iterable has a length
def evaluate_accuracy(data_iter, net):
    correct = 0.0
    for X, y in data_iter:
        correct += accuracy(net(X), y)
    return correct / len(data_iter)

#: wrong batch_of_256 | [batch_of_256] every batch has 256 examples
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += 256
    return correct / n

#: wrong size_of_first_batch | [size_of_first_batch] every batch is as large as the first
def evaluate_accuracy(data_iter, net):
    batches = list(data_iter)
    size = len(batches[0][1])
    return sum(accuracy(net(X), y) * len(y) for X, y in batches) / (size * len(batches))

#: wrong divides_by_features | [divides_by_features] X.size is the number of examples
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += X.size
    return correct / n

#: wrong returns_count | [returns_count] the number of correct examples is the accuracy
def evaluate_accuracy(data_iter, net):
    return sum(accuracy(net(X), y) * len(y) for X, y in data_iter)

#: wrong count_over_batches | [count_over_batches] the number of batches is that of the examples
def evaluate_accuracy(data_iter, net):
    correct, num_batches = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        num_batches += 1
    return correct / num_batches

#: wrong percent | [percent] an accuracy is a percentage
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    return 100 * correct / n

#: wrong error_rate | [error_rate] the error rate is the accuracy
def evaluate_accuracy(data_iter, net):
    wrong, n = 0.0, 0
    for X, y in data_iter:
        wrong += len(y) - accuracy(net(X), y) * len(y)
        n += len(y)
    return wrong / n

#: wrong resets_in_loop | [last_batch_only] the sums start again with each batch
def evaluate_accuracy(data_iter, net):
    for X, y in data_iter:
        correct, n = 0.0, 0
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    return correct / n

#: wrong integer_division | [integer_division] // divides like /
def evaluate_accuracy(data_iter, net):
    correct, n = 0, 0
    for X, y in data_iter:
        correct += int(round(accuracy(net(X), y) * len(y)))
        n += len(y)
    return correct // n

#: wrong best_batch | [best_batch] the best batch shows what the net can do
def evaluate_accuracy(data_iter, net):
    return max(accuracy(net(X), y) for X, y in data_iter)

#: wrong arguments_swapped | [arguments_swapped] the net comes first
def evaluate_accuracy(net, data_iter):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    return correct / n

#: wrong compares_labels_with_labels | [compares_labels_with_labels] the prediction is compared with itself
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        y_hat = net(X)
        guess = y_hat.argmax(axis=1)
        correct += accuracy(y_hat, guess) * len(guess)
        n += len(y)
    return correct / n

#: wrong forgets_net | [forgets_net, ignores_the_net] the features are the prediction
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(X, y) * len(y)
        n += len(y)
    return correct / n

#: wrong returns_array | [returns_an_array] an array with one number in it is a number
def evaluate_accuracy(data_iter, net):
    correct, n = nd.array([0.0]), 0
    for X, y in data_iter:
        correct = correct + accuracy(net(X), y) * len(y)
        n += len(y)
    return correct / n

#: wrong returns_pair | [returns_pair] both numbers are wanted
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    return correct, n

#: wrong returns_nothing | [returns_nothing] printing is returning
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    print('accuracy', correct / n)

#: wrong result_for_each_example | [adds_up_arrays] whoever calls this will add up the hits
def evaluate_accuracy(data_iter, net):
    hits = [net(X).argmax(axis=1).astype('float32') == y.astype('float32') for X, y in data_iter]
    return nd.concatenate(hits)

#: wrong ten_batches_only | [ten_batches_only] ten batches tell enough
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for i, (X, y) in enumerate(data_iter):
        if i == 10:
            break
        correct += accuracy(net(X), y) * len(y)
        n += len(y)
    return correct / n

#: wrong keeps_last_size | [keeps_last_size] = adds up the examples
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        n = len(y)
    return correct / n

#: wrong keeps_last_hits | [keeps_last_hits] = adds up the correct predictions
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct = accuracy(net(X), y) * len(y)
        n += len(y)
    return correct / n

#: right weighted_accuracy | each batch's fraction times its size
def evaluate_accuracy(data_iter, net):
    correct, total = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y) * len(y)
        total += len(y)
    return correct / total

#: wrong divides_fractions_by_examples | [divides_fractions_by_examples] accuracy returns a number of rows here
def evaluate_accuracy(data_iter, net):
    correct, n = 0.0, 0
    for X, y in data_iter:
        correct += accuracy(net(X), y)
        n += y.size
    return correct / n
