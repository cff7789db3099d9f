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
