#: right book | a pair
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return y_hat, (y_hat - y) ** 2 / 2

#: right list | a list of the two
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return [y_hat, 0.5 * np.square(y_hat - y)]

#: right named_tuple | a tuple with names
from collections import namedtuple

Predicted = namedtuple("Predicted", ["y_hat", "loss"])


def predict(X, w, b, y):
    y_hat = (X * w).sum(axis=1) + b
    return Predicted(y_hat, (y - y_hat) ** 2 / 2)

#: wrong swapped | [swapped_order] the loss first
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return (y_hat - y) ** 2 / 2, y_hat

#: wrong no_bias | [leaves_out_b] the bias forgotten in the prediction that is returned
def predict(X, w, b, y):
    y_hat = np.dot(X, w)
    return y_hat, (y_hat + b - y) ** 2 / 2

#: wrong minus | [subtracts_b] the bias with the wrong sign, in both
def predict(X, w, b, y):
    y_hat = np.dot(X, w) - b
    return y_hat, (y_hat - y) ** 2 / 2

#: wrong no_half | [without_the_half] the square alone
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return y_hat, (y_hat - y) ** 2

#: wrong error | [does_not_square] the error as loss
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return y_hat, y_hat - y

#: wrong mean | [averages] one loss for all
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return y_hat, ((y_hat - y) ** 2 / 2).mean()

#: wrong prediction_alone | [returns_too_few] no loss at all
def predict(X, w, b, y):
    return np.dot(X, w) + b

#: wrong three | [returns_too_many] the error as well
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return y_hat, y_hat - y, (y_hat - y) ** 2 / 2

#: wrong stacked | [returns_one_array] both in one array
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return np.stack([y_hat, (y_hat - y) ** 2 / 2])

#: wrong comma | [stray_comma] a comma too many
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return (y_hat, (y_hat - y) ** 2 / 2),

#: wrong dictionary | [returns_a_container] by name
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return {"y_hat": y_hat, "loss": (y_hat - y) ** 2 / 2}

#: wrong yields | [generator_not_run] yield for return
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    yield y_hat, (y_hat - y) ** 2 / 2

#: wrong prints | [returns_nothing] shown and not returned
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    print(y_hat, (y_hat - y) ** 2 / 2)

#: wrong numpy_loss | [wrong_container] the loss left MXNet
def predict(X, w, b, y):
    y_hat = np.dot(X, w) + b
    return y_hat, ((y_hat - y) ** 2 / 2).asnumpy()

#: wrong nothing_second | the second value is None
def predict(X, w, b, y):
    return np.dot(X, w) + b, None
