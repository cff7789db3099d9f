#: right book_cast | the labels cast to float32, mean
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1) == y.astype('float32')).mean().asscalar()

#: right differences_zero | rows where prediction minus label is zero
def accuracy(y_hat, y):
    difference = y_hat.argmax(axis=1) - y.astype('float32')
    return 1 - np.count_nonzero(difference.asnumpy()) / len(y)

#: right metric_class | Gluon's metric does the counting
from mxnet import metric


def accuracy(y_hat, y):
    m = metric.Accuracy()
    m.update([y], [y_hat])
    return m.get()[1]

#: right lambda | one line
accuracy = lambda y_hat, y: (y_hat.argmax(1) == y.astype('float32')).mean().asscalar()

#: right callable_object | an object with __call__
class Accuracy:
    def __init__(self, axis):
        self.axis = axis

    def __call__(self, y_hat, y):
        best = y_hat.argmax(axis=self.axis).astype('float32')
        return (best == y.astype('float32')).mean().asscalar()


accuracy = Accuracy(axis=1)

#: wrong misplaced_parenthesis | [misplaced_parenthesis] the mean is taken of the comparison
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1) == y.astype('float32').mean()).mean().asscalar()

#: wrong misplaced_parenthesis_no_scalar | [misplaced_parenthesis_no_scalar] .mean() belongs to the whole line
def accuracy(y_hat, y):
    return y_hat.argmax(axis=1) == y.astype('float32').mean().asscalar()

#: wrong column_against_row | [column_against_row] a column compared with a vector goes element by element
def accuracy(y_hat, y):
    best = y_hat.argmax(axis=1, keepdims=True)
    return (best == y.astype('float32')).mean().asscalar()

#: wrong integer_division | [all_or_nothing] // divides like /
def accuracy(y_hat, y):
    hits = int((y_hat.argmax(axis=1) == y.astype('float32')).sum().asscalar())
    return hits // len(y)

#: wrong returns_count | [returns_count] an accuracy is a number of rows; here the fraction was asked for
def accuracy(y_hat, y):
    return (y_hat.argmax(axis=1) == y.astype('float32')).sum().asscalar()

#: wrong all_or_nothing | [all_or_nothing] right means that every row is right
def accuracy(y_hat, y):
    same = y_hat.asnumpy().argmax(axis=1) == y.asnumpy()
    return 1.0 if same.all() else 0.0

#: wrong returns_nothing | [returns_nothing] printing is returning
def accuracy(y_hat, y):
    print((y_hat.argmax(axis=1) == y.astype('float32')).mean().asscalar())

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
