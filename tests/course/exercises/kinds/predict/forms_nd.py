#: wrong stacked | [returns_one_array] both in one array
def predict(X, w, b, y):
    y_hat = nd.dot(X, w) + b
    return nd.stack(y_hat, (y_hat - y) ** 2 / 2)
