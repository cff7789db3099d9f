#: right book_cast | both sides cast to float32, summed
def accuracy(y_hat, y):
    predicted = y_hat.argmax(axis=1).astype('float32')
    return float((predicted == y.astype('float32')).sum())

#: right int_cast | both sides cast to int32
def accuracy(y_hat, y):
    hits = y_hat.argmax(axis=1).astype('int32') == y.astype('int32')
    return float(hits.sum())

#: right cast_to_prediction | the labels cast to whatever argmax returns
def accuracy(y_hat, y):
    guess = np.argmax(y_hat, axis=1)
    return (guess == y.astype(guess.dtype)).sum().item()

#: right numpy | NumPy throughout: no gradient is needed here
def accuracy(y_hat, y):
    return (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).sum()

#: right loop | a loop that counts
def accuracy(y_hat, y):
    correct = 0
    for i in range(len(y)):
        if int(y_hat[i].argmax()) == int(y[i]):
            correct += 1
    return correct

#: right generator_sum | sum of a generator over zip
def accuracy(y_hat, y):
    return sum(int(row.argmax()) == int(k) for row, k in zip(y_hat.asnumpy(), y.asnumpy()))

#: right hits_list | a list of hits, counted
def accuracy(y_hat, y):
    predictions = y_hat.argmax(axis=1).asnumpy().tolist()
    hits = [p for p, t in zip(predictions, y.asnumpy().tolist()) if p == t]
    return len(hits)

#: right transpose | argmax over axis 0 of the transpose
def accuracy(y_hat, y):
    best = y_hat.T.argmax(axis=0).astype('float32')
    return float((best == y.astype('float32')).sum())

#: right one_hot | one-hot of both, multiplied
def accuracy(y_hat, y):
    q = y_hat.shape[1]
    return float((npx.one_hot(y_hat.argmax(axis=1), q) * npx.one_hot(y, q)).sum())

#: right label_has_max | the probability of the label is the largest of its row
def accuracy(y_hat, y):
    return float((npx.pick(y_hat, y) == y_hat.max(axis=1)).sum())

#: right topk | the first of topk
def accuracy(y_hat, y):
    best = npx.topk(y_hat, axis=1, k=1).reshape((-1,))
    return int((best.astype('int32') == y.astype('int32')).sum())

#: right differences_zero | rows where prediction minus label is zero
def accuracy(y_hat, y):
    difference = y_hat.argmax(axis=1).astype('float32') - y.astype('float32')
    return len(y) - numpy.count_nonzero(difference.asnumpy())

#: right both_columns | both sides made columns first
def accuracy(y_hat, y):
    a = y_hat.argmax(axis=1).astype('float32').reshape((-1, 1))
    b = y.astype('float32').reshape((-1, 1))
    return (a == b).sum().item()

#: right metric_class | Gluon's metric does the counting
from mxnet import metric


def accuracy(y_hat, y):
    m = metric.Accuracy()
    m.update([y.as_nd_ndarray()], [y_hat.as_nd_ndarray()])
    return round(m.get()[1] * len(y))

#: right type_hints_and_prints | annotated, with a helper, prints, arguments renamed
def predicted_classes(probs: np.ndarray) -> np.ndarray:
    return probs.argmax(axis=-1)


def accuracy(probs: np.ndarray, labels: np.ndarray) -> float:
    guess = predicted_classes(probs)
    print(guess, labels)
    return float((guess.astype('int64') == labels.astype('int64')).sum())

#: right lambda | one line
accuracy = lambda y_hat, y: float((y_hat.argmax(1).astype('float32') == y.astype('float32')).sum())

#: wrong book_float_cast | the book's line: only the labels are cast to float32
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1) == y.astype('float32')).sum())

#: wrong no_cast | == does not care about the type
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1) == y).sum())

#: wrong misplaced_parenthesis | the mean is taken of the comparison
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1).astype('float32') == y.astype('float32').sum()).sum())

#: wrong length_of_comparison | the length of a comparison is the number of hits
def accuracy(y_hat, y):
    return len(y_hat.argmax(axis=1).astype('float32') == y.astype('float32'))

#: wrong argmax_axis_0 | axis 0 goes along the row
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=0).astype('float32') == y.astype('float32')).sum())

#: wrong argmax_axis_0_loop | axis 0 goes along the row; the loop hides the shapes
def accuracy(y_hat, y):
    best = y_hat.argmax(axis=0).asnumpy()
    return sum(int(b) == int(k) for b, k in zip(best, y.asnumpy()))

#: wrong argmax_flattened | argmax knows to go row by row
def accuracy(y_hat, y):
    return float((y_hat.argmax().astype('float32') == y.astype('float32')).sum())

#: wrong column_against_row | a column compared with a vector goes element by element
def accuracy(y_hat, y):
    best = y_hat.argmax(axis=1).astype('float32').reshape((-1, 1))
    return float((best == y.astype('float32')).sum())

#: wrong divides_by_classes | the second size of y_hat is the number of examples
def accuracy(y_hat, y):
    hits = (y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum()
    return float(hits) / y_hat.shape[1]

#: wrong divides_by_size | y_hat.size is the number of examples
def accuracy(y_hat, y):
    hits = (y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum()
    return float(hits) / y_hat.size

#: wrong batch_of_256 | there are always 256 examples
def accuracy(y_hat, y):
    hits = (y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum()
    return float(hits) / 256

#: wrong integer_division | // divides like /
def accuracy(y_hat, y):
    hits = int((y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum())
    return hits // len(y)

#: wrong threshold_half | a prediction is right when its probability is above one half
def accuracy(y_hat, y):
    return float((npx.pick(y_hat, y) > 0.5).sum())

#: wrong argmin | the best class has the smallest value, as in a loss
def accuracy(y_hat, y):
    return float((y_hat.argmin(axis=1).astype('float32') == y.astype('float32')).sum())

#: wrong max_instead_of_argmax | the max of a row is its class
def accuracy(y_hat, y):
    return float((y_hat.max(axis=1) == y.astype('float32')).sum())

#: wrong error_rate | counts the rows that differ
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1).astype('float32') != y.astype('float32')).sum())

#: wrong percent | an accuracy is a percentage
def accuracy(y_hat, y):
    hits = (y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum()
    return 100 * float(hits) / len(y)

#: wrong returns_fraction | an accuracy is a fraction; here the number was asked for
def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).mean())

#: wrong returns_array | an array with one number in it is a number
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum()

#: wrong returns_vector | the hits, one per row, are the answer
def accuracy(y_hat, y):
    return y_hat.argmax(axis=1).astype('float32') == y.astype('float32')

#: wrong compares_probabilities | the labels can be compared with the probabilities
def accuracy(y_hat, y):
    return float((y_hat == y.astype('float32')).sum())

#: wrong mean_probability | the mean probability of the label is the accuracy
def accuracy(y_hat, y):
    return float(npx.pick(y_hat, y).sum())

#: wrong all_or_nothing | right means that every row is right
def accuracy(y_hat, y):
    same = y_hat.asnumpy().argmax(axis=1) == y.asnumpy()
    return len(y) if same.all() else 0

#: wrong return_inside_loop | the return belongs inside the loop
def accuracy(y_hat, y):
    correct = 0
    for i in range(len(y)):
        correct += int(y_hat[i].argmax()) == int(y[i])
        return correct

#: wrong returns_nothing | printing is returning
def accuracy(y_hat, y):
    print(float((y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum()))

#: wrong nd_asscalar | asscalar exists in this flavour too
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1).astype('float32') == y.astype('float32')).sum().asscalar()
