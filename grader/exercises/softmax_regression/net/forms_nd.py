#: right flatten | the library's flatten
def net(X):
    return softmax(nd.dot(X.flatten(), W) + b)

#: right fully_connected | the operator behind Gluon's Dense, given W.T
def net(X):
    out = nd.FullyConnected(X, W.T, b, num_hidden=num_outputs, flatten=True)
    return softmax(out)

#: right bias_as_weight | a column of ones joined to the inputs, the bias joined to W
def net(X):
    X = X.reshape((-1, num_inputs))
    X1 = nd.concat(X, nd.ones((X.shape[0], 1)), dim=1)
    W1 = nd.concat(W, b.reshape((1, -1)), dim=0)
    return softmax(nd.dot(X1, W1))

#: right weighted_columns | each class's score by itself, put together again
def net(X):
    X = X.reshape((-1, num_inputs))
    columns = [nd.dot(X, W[:, j]) + b[j] for j in range(num_outputs)]
    return softmax(nd.stack(*columns, axis=1))

#: right chunks | 100 images at a time
def net(X):
    X = X.reshape((len(X), -1))
    parts = [softmax(nd.dot(X[i:i + 100], W) + b) for i in range(0, len(X), 100)]
    return nd.concat(*parts, dim=0)

#: right one_by_one_when_small | small batches one by one
def net(X):
    X = X.reshape((-1, 784))
    if X.shape[0] < 4:
        return nd.concat(*[softmax(nd.dot(X[i:i + 1], W) + b) for i in range(X.shape[0])], dim=0)
    return softmax(nd.dot(X, W) + b)

#: wrong turned_pictures | [transposed_pictures] pictures are transposed
def net(X):
    n = len(X)
    X = X.reshape((n, 28, 28)).transpose((0, 2, 1))
    return softmax(nd.dot(X.reshape((n, 784)), W) + b)
