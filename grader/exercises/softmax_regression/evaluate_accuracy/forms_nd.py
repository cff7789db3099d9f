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

#: right fractions | fractions, exactly
from fractions import Fraction


def evaluate_accuracy(data_iter, net):
    right, n = Fraction(0), 0
    for X, y in data_iter:
        right += int(round(float(accuracy(net(X), y)) * len(y)))
        n += len(y)
    return float(right / n)

#: right weighted_mean | NumPy's weighted average
def evaluate_accuracy(data_iter, net):
    shares, sizes = [], []
    for X, y in data_iter:
        shares.append(float(accuracy(net(X), y)) * len(y) / len(y))
        sizes.append(len(y))
    return float(np.average(shares, weights=sizes))

#: right chunks_of_128 | large batches in parts
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        for i in range(0, len(y), 128):
            right += float(accuracy(net(X[i:i + 128]), y[i:i + 128])) * len(y[i:i + 128])
        n += len(y)
    return right / n

#: right skips_empty | batches without examples are left out
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        if len(y) == 0:
            continue
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return right / n if n else 0.0

#: right remembers_best | keeps the best result so far in a global
best = 0.0


def evaluate_accuracy(data_iter, net):
    global best
    right = n = 0
    for X, y in data_iter:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    best = max(best, right / n)
    return right / n

#: right incremental | mean plus a share of the difference
def evaluate_accuracy(data_iter, net):
    mean, n = 0.0, 0
    for X, y in data_iter:
        n += len(y)
        mean += (float(accuracy(net(X), y)) * len(y) - mean * len(y)) / n
    return mean

#: right per_class | right ones by class, added up
def evaluate_accuracy(data_iter, net):
    right, count = {}, {}
    for X, y in data_iter:
        guess = net(X).asnumpy().argmax(axis=1)
        for a, k in zip(guess, y.asnumpy()):
            k = int(k)
            right[k] = right.get(k, 0) + int(a == k)
            count[k] = count.get(k, 0) + 1
    return sum(right.values()) / sum(count.values())

#: wrong odd_batches | [every_other_batch] every other batch
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for i, (X, y) in enumerate(data_iter):
        if i % 2 == 0:
            right += float(accuracy(net(X), y)) * len(y)
            n += len(y)
    return right / n

#: wrong first_twice | [one_batch_twice] the first batch counts twice
def evaluate_accuracy(data_iter, net):
    data_iter = list(data_iter)
    right = n = 0
    for X, y in [data_iter[0]] + data_iter:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return right / n

#: wrong last_batch_dropped | [one_batch_left_out] the last batch is dropped
def evaluate_accuracy(data_iter, net):
    batches = list(data_iter)
    right = n = 0
    for X, y in batches[:-1] or batches:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return right / n

#: wrong first_batch_skipped | [one_batch_left_out] the first batch is skipped
def evaluate_accuracy(data_iter, net):
    batches = list(data_iter)
    right = n = 0
    for X, y in batches[1:] or batches:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return right / n

#: wrong at_most_100 | [enough_examples] a hundred examples are enough
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
        if n >= 100:
            break
    return right / n

#: wrong at_most_30_batches | [ten_batches_only] thirty batches are enough
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for i, (X, y) in enumerate(data_iter):
        if i >= 30:
            break
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return right / n

#: wrong memo_once | [remembered_result] computed once
_result = None


def evaluate_accuracy(data_iter, net):
    global _result
    if _result is None:
        right = n = 0
        for X, y in data_iter:
            right += float(accuracy(net(X), y)) * len(y)
            n += len(y)
        _result = right / n
    return _result

#: wrong memo_by_length | [remembered_result] remembered by the number of batches
_by_length = {}


def evaluate_accuracy(data_iter, net):
    batches = list(data_iter)
    if len(batches) not in _by_length:
        right = n = 0
        for X, y in batches:
            right += float(accuracy(net(X), y)) * len(y)
            n += len(y)
        _by_length[len(batches)] = right / n
    return _by_length[len(batches)]

#: wrong rounds_3 | [rounded] three decimals
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return round(right / n, 3)

#: wrong first_example_only | [part_of_each_batch] the first example of each batch
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        right += float(accuracy(net(X[:1]), y[:1])) * len(y[:1])
        n += 1
    return right / n

#: wrong last_example_left | [part_of_each_batch] the last example of each batch is left out
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        if len(y) > 1:
            right += float(accuracy(net(X[:-1]), y[:-1])) * len(y[:-1])
            n += len(y) - 1
    return right / max(n, 1)

#: wrong class_0_left | [one_class_left_out] class 0 does not count
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        guess, truth = net(X).asnumpy().argmax(axis=1), y.asnumpy()
        right += int(((guess == truth) & (truth > 0)).sum())
        n += len(truth)
    return right / n

#: wrong single_examples_left | [odd_batches_left_out] batches of one are skipped
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        if len(y) == 1:
            continue
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return right / max(n, 1)

#: wrong all_wrong_left | [odd_batches_left_out] batches without a hit are skipped
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        h = float(accuracy(net(X), y)) * len(y)
        if not h:
            continue
        right += h
        n += len(y)
    return right / max(n, 1)

#: wrong worst_batch | [worst_or_median_batch] the worst batch
def evaluate_accuracy(data_iter, net):
    return min(float(accuracy(net(X), y)) * len(y) / len(y) for X, y in data_iter)

#: wrong starts_at_one | [off_by_one] the count starts at one
def evaluate_accuracy(data_iter, net):
    right, n = 0, 1
    for X, y in data_iter:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return right / n

#: wrong mutable_default | [counts_go_on] sums in a default argument
def evaluate_accuracy(data_iter, net, sums=[0.0, 0]):
    for X, y in data_iter:
        sums[0] += float(accuracy(net(X), y)) * len(y)
        sums[1] += len(y)
    return sums[0] / sums[1]

#: wrong first_labels | [labels_of_the_first_batch] the labels of the first batch
def evaluate_accuracy(data_iter, net):
    right, n, first = 0, 0, None
    for X, y in data_iter:
        if first is None or len(first) != len(y):
            first = y
        right += float(accuracy(net(X), first)) * len(first)
        n += len(y)
    return right / n

#: wrong through_half | [half_precision] half precision
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    return float(np.float16(right / n))

#: wrong first_256_of_batch | [part_of_each_batch] 256 of each batch
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        right += float(accuracy(net(X[:256]), y[:256])) * len(y[:256])
        n += len(y[:256])
    return right / n

#: wrong per_class_mean | [mean_of_class_means] the mean of the classes' accuracies
def evaluate_accuracy(data_iter, net):
    right, count = {}, {}
    for X, y in data_iter:
        for a, k in zip(net(X).asnumpy().argmax(axis=1), y.asnumpy()):
            k = int(k)
            right[k] = right.get(k, 0) + int(a == k)
            count[k] = count.get(k, 0) + 1
    return sum(right[k] / count[k] for k in count) / len(count)

#: wrong argmin | [smallest_score] the smallest score
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        right += int((net(X).asnumpy().argmin(axis=1) == y.asnumpy()).sum())
        n += len(y)
    return right / n

#: wrong unweighted_sum | [sum_of_batch_means] the sum of the batches' accuracies
def evaluate_accuracy(data_iter, net):
    return sum(float(accuracy(net(X), y)) * len(y) / len(y) for X, y in data_iter)

#: wrong until_wrong | [until_something_is_wrong] stops at the first batch that is not all right
def evaluate_accuracy(data_iter, net):
    right = n = 0
    for X, y in data_iter:
        h = float(accuracy(net(X), y)) * len(y)
        right, n = right + h, n + len(y)
        if h < len(y):
            break
    return right / n

#: wrong smoothed | [smoothed_average] an exponential average
def evaluate_accuracy(data_iter, net):
    acc = None
    for X, y in data_iter:
        now = float(accuracy(net(X), y)) * len(y) / len(y)
        acc = now if acc is None else 0.9 * acc + 0.1 * now
    return acc

#: wrong constant | [same_result_always] as printed in the book
def evaluate_accuracy(data_iter, net):
    for X, y in data_iter:
        net(X)
    return 0.83

#: wrong previous_result | [remembered_result, counts_go_on] the result of the call before
_before = None


def evaluate_accuracy(data_iter, net):
    global _before
    n = right = 0
    for X, y in data_iter:
        right += float(accuracy(net(X), y)) * len(y)
        n += len(y)
    now, result = right / n, _before
    _before = now
    return now if result is None else result
