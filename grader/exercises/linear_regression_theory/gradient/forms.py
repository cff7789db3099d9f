#: right book | Xᵀ(Xw − y)
def gradient(X, y, w):
    return np.dot(X.T, np.dot(X, w) - y)

#: right from_the_left | rᵀX
def gradient(X, y, w):
    return np.dot(np.dot(X, w) - y, X)

#: right at | @
def gradient(X, y, w):
    return X.T @ X @ w - X.T @ y

#: right products | products, summed
def gradient(X, y, w):
    r = (X * w).sum(axis=1) - y
    return (r.reshape((-1, 1)) * X).sum(axis=0)

#: right einsum | einsum
def gradient(X, y, w):
    return np.einsum('nd,n->d', X, np.einsum('nd,d->n', X, w) - y)

#: right loops | loops over Python's numbers
def gradient(X, y, w):
    X, y, w = X.tolist(), y.tolist(), w.tolist()
    grad = [0.0] * len(w)
    for row, label in zip(X, y):
        error = sum(a * b for a, b in zip(row, w)) - label
        for j in range(len(w)):
            grad[j] += error * row[j]
    return np.array(grad)

#: right element_loops | a loop over the examples
def gradient(X, y, w):
    grad = np.zeros(w.shape)
    for i in range(len(y)):
        grad += (np.dot(X[i], w) - y[i]) * X[i]
    return grad

#: right autograd_copy | autograd on a copy
def gradient(X, y, w):
    w = w.copy()
    w.attach_grad()
    with autograd.record():
        loss = ((np.dot(X, w) - y) ** 2).sum() / 2
    loss.backward()
    return w.grad

#: right autograd_grad | autograd.grad, on a copy
def gradient(X, y, w):
    v = w.copy()
    v.attach_grad()
    with autograd.record():
        loss = 0.5 * np.square(np.dot(X, v) - y).sum()
    return autograd.grad(loss, [v])[0]

#: right numpy | NumPy, and back
def gradient(X, y, w):
    X, y, w = X.asnumpy(), y.asnumpy(), w.asnumpy()
    return np.array(X.T.dot(X.dot(w) - y))

#: right columns | columns, and back
def gradient(X, y, w):
    r = np.dot(X, w.reshape((-1, 1))) - y.reshape((-1, 1))
    return np.dot(X.T, r).reshape((-1,))

#: wrong mean | [of_the_mean] divided by n
def gradient(X, y, w):
    return np.dot(X.T, np.dot(X, w) - y) / len(y)

#: wrong mean_loss | [of_the_mean] autograd of the mean
def gradient(X, y, w):
    w = w.copy()
    w.attach_grad()
    with autograd.record():
        loss = ((np.dot(X, w) - y) ** 2 / 2).mean()
    loss.backward()
    return w.grad

#: wrong two | [without_the_half] the factor 2
def gradient(X, y, w):
    return 2 * np.dot(X.T, np.dot(X, w) - y)

#: wrong minus | [downhill] y − Xw
def gradient(X, y, w):
    return np.dot(X.T, y - np.dot(X, w))

#: wrong transpose | [no_transpose] X for Xᵀ
def gradient(X, y, w):
    return np.dot(X, np.dot(X, w) - y)

#: wrong errors | [errors_alone] the errors
def gradient(X, y, w):
    return np.dot(X, w) - y

#: wrong without_y | [forgets_y] XᵀXw
def gradient(X, y, w):
    return np.dot(X.T, np.dot(X, w))

#: wrong without_Xw | [forgets_predictions] −Xᵀy
def gradient(X, y, w):
    return -np.dot(X.T, y)

#: wrong not_summed | [per_example] (n, d)
def gradient(X, y, w):
    return (np.dot(X, w) - y).reshape((-1, 1)) * X

#: wrong other_axis | [sums_over_features] axis 1
def gradient(X, y, w):
    return ((np.dot(X, w) - y).reshape((-1, 1)) * X).sum(axis=1)

#: wrong loss | [loss_itself] the loss
def gradient(X, y, w):
    return ((np.dot(X, w) - y) ** 2).sum() / 2

#: wrong signs | [of_absolute_errors] signs
def gradient(X, y, w):
    return np.dot(X.T, np.sign(np.dot(X, w) - y))

#: wrong decay | [decays_weights] plus w
def gradient(X, y, w):
    return np.dot(X.T, np.dot(X, w) - y) + w

#: wrong step | [takes_a_step] w minus the gradient
def gradient(X, y, w):
    return w - 0.01 * np.dot(X.T, np.dot(X, w) - y)

#: wrong column | [column_of_labels] labels as a column
def gradient(X, y, w):
    return np.dot(X.T, np.dot(X, w) - y.reshape((-1, 1)))

#: wrong column_result | [extra_axis] (d, 1)
def gradient(X, y, w):
    return np.dot(X.T, (np.dot(X, w) - y).reshape((-1, 1)))

#: wrong total | one number
def gradient(X, y, w):
    return np.dot(X.T, np.dot(X, w) - y).sum()

#: wrong parenthesis | the product of the difference of sums
def gradient(X, y, w):
    return np.dot(X.T, np.dot(X, w)) - y.sum()

#: wrong in_place | [changes_arguments] y changed in place
def gradient(X, y, w):
    y -= np.dot(X, w)
    return -np.dot(X.T, y)

#: wrong autograd_w | [attaches_to_callers_w] autograd on the caller's w
def gradient(X, y, w):
    w.attach_grad()
    with autograd.record():
        loss = ((np.dot(X, w) - y) ** 2).sum() / 2
    loss.backward()
    return w.grad

#: wrong not_attached | autograd without attach_grad
def gradient(X, y, w):
    w = w.copy()
    with autograd.record():
        loss = ((np.dot(X, w) - y) ** 2).sum() / 2
    loss.backward()
    return w.grad

#: wrong in_numpy | [wrong_container] left in NumPy
def gradient(X, y, w):
    X, y, w = X.asnumpy(), y.asnumpy(), w.asnumpy()
    return X.T.dot(X.dot(w) - y)

#: wrong swapped | arguments changed places
def gradient(X, w, y):
    return np.dot(X.T, np.dot(X, w) - y)

#: wrong no_return | [returns_nothing] the return forgotten
def gradient(X, y, w):
    np.dot(X.T, np.dot(X, w) - y)
