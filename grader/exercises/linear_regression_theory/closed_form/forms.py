#: right inverse | the formula
def closed_form(X, y):
    return np.dot(np.linalg.inv(np.dot(X.T, X)), np.dot(X.T, y))

#: right in_one_line | @
def closed_form(X, y):
    return np.linalg.inv(X.T @ X) @ X.T @ y

#: right solve | solve
def closed_form(X, y):
    return np.linalg.solve(np.dot(X.T, X), np.dot(X.T, y))

#: right pinv | the pseudoinverse
def closed_form(X, y):
    return np.dot(np.linalg.pinv(X), y)

#: right lstsq | lstsq
def closed_form(X, y):
    return np.linalg.lstsq(X, y, rcond=None)[0]

#: right numpy | NumPy
def closed_form(X, y):
    X, y = X.asnumpy().astype('float64'), y.asnumpy()
    return np.array(numpy.linalg.solve(X.T.dot(X), X.T.dot(y)))

#: right numpy_lstsq | NumPy's lstsq
def closed_form(X, y):
    w, residuals, rank, values = numpy.linalg.lstsq(X.asnumpy(), y.asnumpy(), rcond=None)
    return np.array(w)

#: right numpy_qr | QR
def closed_form(X, y):
    Q, R = numpy.linalg.qr(X.asnumpy())
    return np.array(numpy.linalg.solve(R, Q.T @ y.asnumpy()))

#: right cholesky | Cholesky, and two solves
def closed_form(X, y):
    L = np.linalg.cholesky(np.dot(X.T, X))
    return np.linalg.solve(L.T, np.linalg.solve(L, np.dot(X.T, y)))

#: right means | both sides divided by n
def closed_form(X, y):
    n = len(y)
    return np.linalg.solve(np.dot(X.T, X) / n, np.dot(X.T, y) / n)

#: right column | y as a column, and back
def closed_form(X, y):
    w = np.linalg.inv(np.dot(X.T, X)).dot(X.T).dot(y.reshape((-1, 1)))
    return w.reshape((-1,))

#: right descent | gradient descent until it has arrived
def closed_form(X, y):
    w = np.zeros(X.shape[1])
    for _ in range(400):
        w = w - 0.2 / len(y) * np.dot(X.T, np.dot(X, w) - y)
    return w

#: right gauss | elimination by hand
def closed_form(X, y):
    A, c = np.dot(X.T, X).tolist(), np.dot(X.T, y).tolist()
    d = len(c)
    for i in range(d):
        for k in range(i + 1, d):
            f = A[k][i] / A[i][i]
            A[k] = [p - f * q for p, q in zip(A[k], A[i])]
            c[k] -= f * c[i]
    w = [0.0] * d
    for i in reversed(range(d)):
        w[i] = (c[i] - sum(A[i][j] * w[j] for j in range(i + 1, d))) / A[i][i]
    return np.array(w)

#: wrong without_inverse | [no_inverse] Xᵀy
def closed_form(X, y):
    return np.dot(X.T, y)

#: wrong multiplied | [not_inverted] XᵀX·Xᵀy
def closed_form(X, y):
    return np.dot(np.dot(X.T, X), np.dot(X.T, y))

#: wrong upside_down | [elementwise_inverse] 1 / A
def closed_form(X, y):
    return np.dot(1 / np.dot(X.T, X), np.dot(X.T, y))

#: wrong power | [elementwise_inverse] ** -1
def closed_form(X, y):
    return np.dot(np.dot(X.T, X) ** -1, np.dot(X.T, y))

#: wrong diagonal | [diagonal_only] each feature alone
def closed_form(X, y):
    return np.dot(X.T, y) / (X ** 2).sum(axis=0)

#: wrong twice | [inverse_twice] inv and solve
def closed_form(X, y):
    A = np.dot(X.T, X)
    return np.linalg.solve(A, np.dot(np.linalg.inv(A), np.dot(X.T, y)))

#: wrong mean | [one_over_n] divided by n
def closed_form(X, y):
    return np.linalg.solve(np.dot(X.T, X), np.dot(X.T, y) / len(y))

#: wrong ridge_one | [ridge] the identity added
def closed_form(X, y):
    return np.linalg.solve(np.dot(X.T, X) + np.eye(X.shape[1]), np.dot(X.T, y))

#: wrong ridge_ten | [ridge] ten of it
def closed_form(X, y):
    return np.linalg.solve(np.dot(X.T, X) + 10 * np.eye(X.shape[1]), np.dot(X.T, y))

#: wrong first_rows | [first_rows_only] a square part
def closed_form(X, y):
    d = X.shape[1]
    return np.linalg.solve(X[:d], y[:d])

#: wrong minus | [negative] the sign
def closed_form(X, y):
    return -np.linalg.solve(np.dot(X.T, X), np.dot(X.T, y))

#: wrong ones | [adds_ones, singular] a column of ones
def closed_form(X, y):
    X = np.concatenate([X, np.ones((len(X), 1))], axis=1)
    return np.linalg.solve(np.dot(X.T, X), np.dot(X.T, y))

#: wrong ones_dropped | [drops_the_bias] and its weight dropped
def closed_form(X, y):
    X = np.concatenate([np.ones((len(X), 1)), X], axis=1)
    return np.linalg.lstsq(X, y, rcond=None)[0][1:]

#: wrong centred | [drops_the_bias] centred columns
def closed_form(X, y):
    X, y = X - X.mean(axis=0), y - y.mean()
    return np.linalg.lstsq(X, y, rcond=None)[0]

#: wrong step | [one_step] one step of descent
def closed_form(X, y):
    w = np.zeros(X.shape[1])
    return w - 0.1 / len(y) * np.dot(X.T, np.dot(X, w) - y)

#: wrong few_steps | descent that has not arrived
def closed_form(X, y):
    w = np.zeros(X.shape[1])
    for _ in range(30):
        w = w - 0.03 / len(y) * np.dot(X.T, np.dot(X, w) - y)
    return w

#: wrong fitted | [predictions] the predictions
def closed_form(X, y):
    return np.dot(X, np.linalg.solve(np.dot(X.T, X), np.dot(X.T, y)))

#: wrong outer | [outer_product] pinv of XXᵀ
def closed_form(X, y):
    X = X.asnumpy().astype('float64')
    return np.array(numpy.linalg.pinv(X @ X.T) @ y.asnumpy())

#: wrong outer_inverted | XXᵀ inverted
def closed_form(X, y):
    return np.dot(X.T, np.linalg.inv(np.dot(X, X.T)) @ y)

#: wrong inverted_X | [inverts_X] X inverted
def closed_form(X, y):
    return np.dot(np.linalg.inv(X), y)

#: wrong solve_X | [inverts_X] X solved for
def closed_form(X, y):
    return np.linalg.solve(X, y)

#: wrong column_result | [extra_axis] (d, 1)
def closed_form(X, y):
    return np.linalg.solve(np.dot(X.T, X), np.dot(X.T, y.reshape((-1, 1))))

#: wrong order | factors in the wrong order
def closed_form(X, y):
    return np.dot(np.dot(X, np.linalg.inv(np.dot(X.T, X))), y)

#: wrong whole_lstsq | [returns_several] all that lstsq gives
def closed_form(X, y):
    return np.linalg.lstsq(X, y, rcond=None)

#: wrong in_numpy | [wrong_container] left in NumPy
def closed_form(X, y):
    return numpy.linalg.lstsq(X.asnumpy(), y.asnumpy(), rcond=None)[0]

#: wrong in_place | [changes_arguments] y changed in place
def closed_form(X, y):
    X *= 2
    return np.linalg.solve(np.dot(X.T, X), np.dot(X.T, 2 * y))

#: wrong random | descent from random weights, hardly begun
def closed_form(X, y):
    return np.random.normal(0, 0.01, X.shape[1])

#: wrong no_return | [returns_nothing] the return forgotten
def closed_form(X, y):
    w = np.linalg.inv(np.dot(X.T, X)).dot(np.dot(X.T, y))
