#: right book_cast | the labels cast to float32, mean
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1) == y.astype('float32')).mean().asscalar()

#: right int_cast | both sides cast to int32
def accuracy(y_hat, y):
    hits = y_hat.argmax(axis=1).astype('int32') == y.astype('int32')
    return float(hits.sum().asscalar()) / len(y)

#: right cast_to_prediction | the labels cast to whatever argmax returns
def accuracy(y_hat, y):
    guess = nd.argmax(y_hat, axis=1)
    return (guess == y.astype(guess.dtype)).sum().asscalar() / len(y)

#: right numpy | NumPy throughout: no gradient is needed here
def accuracy(y_hat, y):
    return (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum() / len(y)

#: right loop | a loop that counts
def accuracy(y_hat, y):
    correct = 0
    for i in range(len(y)):
        if int(y_hat[i].argmax(axis=0).asscalar()) == int(y[i].asscalar()):
            correct += 1
    return correct / len(y)

#: right generator_sum | sum of a generator over zip
def accuracy(y_hat, y):
    return sum(int(row.argmax()) == int(k) for row, k in zip(y_hat.asnumpy(), y.asnumpy())) / len(y)

#: right hits_list | a list of hits, counted
def accuracy(y_hat, y):
    predictions = y_hat.argmax(axis=1).asnumpy().tolist()
    hits = [p for p, t in zip(predictions, y.asnumpy().tolist()) if p == t]
    return len(hits) / len(y)

#: right transpose | argmax over axis 0 of the transpose
def accuracy(y_hat, y):
    best = y_hat.T.argmax(axis=0).astype('float32')
    return float((best == y.astype('float32')).sum().asscalar()) / len(y)

#: right one_hot | one-hot of both, multiplied
def accuracy(y_hat, y):
    q = y_hat.shape[1]
    return float((nd.one_hot(y_hat.argmax(axis=1), q) * nd.one_hot(y, q)).sum().asscalar()) / len(y)

#: right label_has_max | the probability of the label is the largest of its row
def accuracy(y_hat, y):
    return float((nd.pick(y_hat, y) == y_hat.max(axis=1)).sum().asscalar()) / len(y)

#: right topk | the first of topk
def accuracy(y_hat, y):
    best = nd.topk(y_hat, axis=1, k=1).reshape((-1,))
    return int((best.astype('int32') == y.astype('int32')).sum().asscalar()) / len(y)

#: right differences_zero | rows where prediction minus label is zero
def accuracy(y_hat, y):
    difference = y_hat.argmax(axis=1) - y.astype('float32')
    return 1 - np.count_nonzero(difference.asnumpy()) / len(y)

#: right both_columns | both sides made columns first
def accuracy(y_hat, y):
    a = y_hat.argmax(axis=1).astype('float32').reshape((-1, 1))
    b = y.astype('float32').reshape((-1, 1))
    return (a == b).sum().asscalar() / len(y)

#: right metric_class | Gluon's metric does the counting
from mxnet import metric


def accuracy(y_hat, y):
    m = metric.Accuracy()
    m.update([y], [y_hat])
    return m.get()[1]

#: right type_hints_and_prints | annotated, with a helper, prints, arguments renamed
def predicted_classes(probs: nd.NDArray) -> nd.NDArray:
    return probs.argmax(axis=-1)


def accuracy(probs: nd.NDArray, labels: nd.NDArray) -> float:
    guess = predicted_classes(probs)
    print(guess, labels)
    return float((guess.astype('int64') == labels.astype('int64')).sum().asscalar()) / len(labels)

#: right lambda | one line
accuracy = lambda y_hat, y: (y_hat.argmax(1) == y.astype('float32')).mean().asscalar()

#: right one_sided_cast | the prediction cast to the labels' dtype, axis -1
def accuracy(y_hat, y):
    guess = y_hat.argmax(axis=-1).astype(y.dtype)
    return float((guess == y).sum().asscalar()) / len(y)

#: right decorated | a decorator that prints
import functools


def announced(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        result = function(*args, **kwargs)
        print('accuracy', result)
        return result
    return wrapper


@announced
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum().asscalar()) / len(y)

#: right callable_object | an object with __call__
class Accuracy:
    def __init__(self, axis):
        self.axis = axis

    def __call__(self, y_hat, y):
        best = y_hat.argmax(axis=self.axis).astype('float32')
        return (best == y.astype('float32')).mean().asscalar()


accuracy = Accuracy(axis=1)

#: right nested_and_warns | a nested function, keywords, a warning
import warnings


def accuracy(y_hat, y):
    def is_right(*, scores, label):
        return scores.index(max(scores)) == label

    warnings.warn('slow')
    rows = zip(y_hat.asnumpy().tolist(), y.asnumpy().tolist())
    good = sum(is_right(scores=scores, label=label) for scores, label in rows)
    return good / len(y)

#: right argsort_last | the last of argsort
def accuracy(y_hat, y):
    order = y_hat.asnumpy().argsort(axis=1)
    return float((order[:, -1] == y.asnumpy()).sum()) / len(y)

#: right counts_errors | the errors subtracted from the rows
def accuracy(y_hat, y):
    errors = 0
    for guess, label in zip(y_hat.asnumpy().argmax(axis=1), y.asnumpy()):
        if guess != label:
            errors += 1
    return (len(y) - errors) / len(y)

#: right while_true | a while loop over indices, closure over a global
offset = 0


def accuracy(predictions, labels):
    i, found = offset, []
    while i < len(labels):
        found.append(bool(predictions[i].asnumpy().argmax() == labels[i].asnumpy()))
        i += 1
    return found.count(True) / len(labels)

#: right ignores_gradient | under pause, detached
def accuracy(y_hat, y):
    with autograd.pause():
        guess = y_hat.detach().argmax(axis=1).astype('float32')
        return float((guess == y.astype('float32')).sum().asscalar()) / len(y)

#: right masked_where | where gives 1 and 0
def accuracy(y_hat, y):
    hits = y_hat.argmax(axis=1).astype('int32') == y.astype('int32')
    return sum([1 if hit else 0 for hit in hits.asnumpy()]) / len(y)

#: wrong no_cast | [compares_dtypes] == does not care about the type
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1) == y).sum().asscalar()) / len(y)

#: wrong misplaced_parenthesis | [misplaced_parenthesis] the mean is taken of the comparison
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1) == y.astype('float32').mean()).mean().asscalar()

#: wrong length_of_comparison | [length_of_comparison] the length of a comparison is the number of hits
def accuracy(y_hat, y):
    return len(y_hat.argmax(axis=1).astype('float32') == y.astype('float32')) / len(y)

#: wrong argmax_axis_0 | [argmax_axis_0] axis 0 goes along the row
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=0).astype('float32') == y.astype('float32')).sum().asscalar()) / len(y)

#: wrong argmax_axis_0_loop | [argmax_axis_0_loop] axis 0 goes along the row; the loop hides the shapes
def accuracy(y_hat, y):
    best = y_hat.argmax(axis=0).asnumpy()
    return sum(int(b) == int(k) for b, k in zip(best, y.asnumpy())) / len(y)

#: wrong argmax_flattened | [argmax_flattened] argmax knows to go row by row
def accuracy(y_hat, y):
    return float((y_hat.argmax().astype('float32') == y.astype('float32')).sum().asscalar()) / len(y)

#: wrong column_against_row | [column_against_row] a column compared with a vector goes element by element
def accuracy(y_hat, y):
    best = y_hat.argmax(axis=1, keepdims=True)
    return (best == y.astype('float32')).mean().asscalar()

#: wrong integer_division | [all_or_nothing] // divides like /
def accuracy(y_hat, y):
    hits = int((y_hat.argmax(axis=1) == y.astype('float32')).sum().asscalar())
    return hits // len(y)

#: wrong threshold_half | [threshold_half] a prediction is right when its probability is above one half
def accuracy(y_hat, y):
    return float((nd.pick(y_hat, y) > 0.5).sum().asscalar()) / len(y)

#: wrong argmin | [argmin] the best class has the smallest value, as in a loss
def accuracy(y_hat, y):
    return float((y_hat.argmin(axis=1).astype('float32') == y.astype('float32')).sum().asscalar()) / len(y)

#: wrong max_instead_of_argmax | [max_instead_of_argmax] the max of a row is its class
def accuracy(y_hat, y):
    return float((y_hat.max(axis=1) == y.astype('float32')).sum().asscalar()) / len(y)

#: wrong error_rate | [error_rate] counts the rows that differ
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1).astype('float32') != y.astype('float32')).sum().asscalar()) / len(y)

#: wrong returns_array | [returns_an_array] an array with one number in it is a number
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum() / len(y)

#: wrong compares_probabilities | [compares_probabilities] the labels can be compared with the probabilities
def accuracy(y_hat, y):
    return float((y_hat == y.astype('float32')).sum().asscalar()) / len(y)

#: wrong mean_probability | [mean_probability] the mean probability of the label is the accuracy
def accuracy(y_hat, y):
    return float(nd.pick(y_hat, y).sum().asscalar()) / len(y)

#: wrong all_or_nothing | [all_or_nothing] right means that every row is right
def accuracy(y_hat, y):
    same = y_hat.asnumpy().argmax(axis=1) == y.asnumpy()
    return 1.0 if same.all() else 0.0

#: wrong return_inside_loop | [return_inside_loop] the return belongs inside the loop
def accuracy(y_hat, y):
    correct = 0
    for i in range(len(y)):
        correct += int(y_hat[i].argmax(axis=0).asscalar()) == int(y[i].asscalar())
        return correct / len(y)

#: wrong returns_nothing | [returns_nothing] printing is returning
def accuracy(y_hat, y):
    print((y_hat.argmax(axis=1) == y.astype('float32')).mean().asscalar())

#: wrong last_row_only | [last_row_only] = adds up
def accuracy(y_hat, y):
    for row, label in zip(y_hat.asnumpy(), y.asnumpy()):
        correct = int(row.argmax() == label)
    return correct / len(y)

#: wrong equals_plus | [one_if_any] =+ adds up
def accuracy(y_hat, y):
    correct = 0
    for row, label in zip(y_hat.asnumpy(), y.asnumpy()):
        if row.argmax() == label:
            correct =+ 1
    return correct / len(y)

#: wrong starts_at_one | [starts_at_one] counting starts at one
def accuracy(y_hat, y):
    correct = 1
    for row, label in zip(y_hat.asnumpy(), y.asnumpy()):
        correct += int(row.argmax() == label)
    return correct / len(y)

#: wrong skips_last_row | [skips_last_row] the last index is len(y) - 1
def accuracy(y_hat, y):
    best, correct = y_hat.asnumpy().argmax(axis=1), 0
    for i in range(len(y) - 1):
        correct += int(best[i] == y.asnumpy()[i])
    return correct / len(y)

#: wrong skips_first_row | [skips_first_row] rows are counted from one
def accuracy(y_hat, y):
    best, correct = y_hat.asnumpy().argmax(axis=1), 0
    for i in range(1, len(y)):
        correct += int(best[i] == y.asnumpy()[i])
    return correct / len(y)

#: wrong stops_at_first_error | [stops_at_first_error] break goes on to the next row
def accuracy(y_hat, y):
    correct = 0
    for row, label in zip(y_hat.asnumpy(), y.asnumpy()):
        if row.argmax() != label:
            break
        correct += 1
    return correct / len(y)

#: wrong classes_from_one | [classes_from_one] classes are counted from one
def accuracy(y_hat, y):
    return float((y_hat.asnumpy().argmax(axis=1) + 1 == y.asnumpy()).sum()) / len(y)

#: wrong top_two | [top_two] nearly right is right
def accuracy(y_hat, y):
    order = y_hat.asnumpy().argsort(axis=1)
    return sum(int(label) in row[-2:] for row, label in zip(order, y.asnumpy())) / len(y)

#: wrong better_than_chance | [better_than_chance] more than 1/q is a prediction
def accuracy(y_hat, y):
    rows = zip(y_hat.asnumpy(), y.asnumpy())
    return sum(bool(row[int(label)] > 1 / len(row)) for row, label in rows) / len(y)

#: wrong adds_confidence | [adds_confidence] the largest probability is the accuracy
def accuracy(y_hat, y):
    return float(y_hat.asnumpy().max(axis=1).sum()) / len(y)

#: wrong at_least | [at_least] >= for ==
def accuracy(y_hat, y):
    return float((y_hat.asnumpy().argmax(axis=1) >= y.asnumpy()).sum()) / len(y)

#: wrong at_most | [at_most] <= for ==
def accuracy(y_hat, y):
    return float((y_hat.asnumpy().argmax(axis=1) <= y.asnumpy()).sum()) / len(y)

#: wrong adds_distances | [adds_distances] classes are amounts
def accuracy(y_hat, y):
    return float(abs(y_hat.asnumpy().argmax(axis=1) - y.asnumpy()).sum()) / len(y)

#: wrong ignores_class_0 | [ignores_class_0] a class is true
def accuracy(y_hat, y):
    correct = 0
    for row, label in zip(y_hat.asnumpy(), y.asnumpy()):
        guess = row.argmax()
        if guess and guess == label:
            correct += 1
    return correct / len(y)

#: wrong compares_sorted | [compares_sorted] order does not matter
def accuracy(y_hat, y):
    best = sorted(y_hat.asnumpy().argmax(axis=1).tolist())
    return sum(a == b for a, b in zip(best, sorted(y.asnumpy().tolist()))) / len(y)

#: wrong counts_common_classes | [counts_common_classes] sets can be compared
def accuracy(y_hat, y):
    best = set(y_hat.asnumpy().argmax(axis=1).tolist())
    return len(best & set(y.asnumpy().astype(int).tolist())) / len(y)

#: wrong anywhere_among_labels | [anywhere_among_labels] in compares
def accuracy(y_hat, y):
    labels = y.asnumpy().astype(int).tolist()
    return sum(int(row.argmax()) in labels for row in y_hat.asnumpy()) / len(y)

#: wrong argmax_of_labels | [argmax_of_labels] the labels are one-hot
def accuracy(y_hat, y):
    return float((y_hat.asnumpy().argmax(axis=1) == y.asnumpy().argmax()).sum()) / len(y)

#: wrong if_of_an_array | [if_of_an_array] if goes through all rows
def accuracy(y_hat, y):
    correct = 0
    if y_hat.argmax(axis=1).astype('float32') == y.astype('float32'):
        correct += 1
    return correct / len(y)

#: wrong rows_as_numbers | [rows_as_numbers] a row is a class
def accuracy(y_hat, y):
    correct = 0
    for row, label in zip(y_hat.asnumpy(), y.asnumpy()):
        correct += int(row) == int(label)
    return correct / len(y)

#: wrong argsort_first | [argmin] argsort begins with the largest
def accuracy(y_hat, y):
    return float((y_hat.asnumpy().argsort(axis=1)[:, 0] == y.asnumpy()).sum()) / len(y)

#: wrong misplaced_parenthesis_no_scalar | [misplaced_parenthesis_no_scalar] .mean() belongs to the whole line
def accuracy(y_hat, y):
    return y_hat.argmax(axis=1) == y.astype('float32').mean().asscalar()

#: wrong returns_count | [returns_count] an accuracy is a number of rows; here the fraction was asked for
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1) == y.astype('float32')).sum().asscalar()

#: wrong float_of_array | [converts_an_ndarray] float() takes any array with one number in it
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1) == y.astype('float32')).mean())

#: wrong rounds_to_two_decimals | [rounds_to_two_decimals] two digits are enough
def accuracy(y_hat, y):
    return round(float((y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).mean()), 2)

#: wrong rounds_to_whole_numbers | [rounds_to_whole_numbers] a number is a whole number
def accuracy(y_hat, y):
    return round(float((y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).mean()))

#: wrong cuts_off | [all_or_nothing] int() makes a number
def accuracy(y_hat, y):
    return int((y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).mean())

#: wrong mean_of_integers | [mean_of_integers] a mean of integers has decimals
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1).astype(y.dtype) == y).mean().asscalar())

#: wrong item_of_an_ndarray | [other_edition] item() gives the number of an array
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1) == y.astype('float32')).mean().item()
