#: right book | dot
def linreg(X, w, b):
    return np.dot(X, w) + b

#: right at | the @ operator, b first
def linreg(X, w, b):
    return b + X @ w

#: right matmul | matmul and add
def linreg(X, w, b):
    return np.add(np.matmul(X, w), b)

#: right tensordot | tensordot
def linreg(X, w, b):
    return np.tensordot(X, w, axes=1) + b

#: right ones_column | the bias as one more weight, of a column of ones
def linreg(X, w, b):
    ones = np.ones((X.shape[0], 1))
    both = np.concatenate([w, b.reshape((1,) * w.ndim)], axis=0)
    return np.dot(np.concatenate([X, ones], axis=1), both)

#: right sum | products and their sum, in the shape that is wanted
def linreg(X, w, b):
    y_hat = (X * w.reshape(-1)).sum(axis=1) + b
    return y_hat.reshape(-1, 1) if w.ndim == 2 else y_hat

#: right einsum | einsum, for whatever axes w has
def linreg(X, w, b):
    return np.einsum("ij,j...->i...", X, w) + b if w.ndim == 1 else np.einsum("ij,jk->ik", X, w) + b

#: right loop | example by example
def linreg(X, w, b):
    rows = []
    for x in X:
        rows.append(np.dot(x, w) + b)
    return np.stack(rows).reshape((len(X),) + w.shape[1:])

#: right other_names | arguments by other names
def linreg(features, weights, bias):
    predictions = np.dot(features, weights)
    predictions = predictions + bias
    return predictions

#: wrong no_bias | [leaves_out_b] the bias forgotten
def linreg(X, w, b):
    return np.dot(X, w)

#: wrong minus | [subtracts_b] the bias with the wrong sign
def linreg(X, w, b):
    return np.dot(X, w) - b

#: wrong times_b | [multiplies_by_b] the bias as a factor
def linreg(X, w, b):
    return np.dot(X, w) * b

#: wrong shifts_X | [adds_b_to_inputs] the bias added to the inputs
def linreg(X, w, b):
    return np.dot(X + b, w)

#: wrong shifts_w | [adds_b_to_w] the bias added to the weights
def linreg(X, w, b):
    return np.dot(X, w + b)

#: wrong elementwise | [entry_by_entry] * for the product
def linreg(X, w, b):
    return X * w.reshape(-1) + b

#: wrong star | [star] * with the column of weights, for which the shapes do not fit
def linreg(X, w, b):
    return X * w + b

#: wrong w_first | [w_first] the factors in the wrong order
def linreg(X, w, b):
    return np.dot(w, X) + b

#: wrong w_transposed | [transposes_w] w turned round first
def linreg(X, w, b):
    return np.dot(X, w.T) + b

#: wrong w_first_and_transposed | [w_turned_and_first] both, so that a square X goes unnoticed
def linreg(X, w, b):
    return np.dot(w.T, X) + b

#: wrong X_transposed | [transposes_inputs] X turned round first
def linreg(X, w, b):
    return np.dot(X.T, w) + b

#: wrong bias_per_feature | [adds_b_for_each_feature] b inside the sum
def linreg(X, w, b):
    y_hat = (X * w.reshape(-1) + b).sum(axis=1)
    return y_hat.reshape(-1, 1) if w.ndim == 2 else y_hat

#: wrong classifier | [softmax_on_top] softmax regression by habit
def linreg(X, w, b):
    return npx.softmax(np.dot(X, w) + b, axis=0)

#: wrong mean | [averages] the mean of all predictions
def linreg(X, w, b):
    return (np.dot(X, w) + b).mean()

#: wrong total | [adds_up] the sum of all predictions
def linreg(X, w, b):
    return np.dot(X, w).sum() + len(X) * b

#: wrong flat | [missing_axis] one number for each example, but no column
def linreg(X, w, b):
    return np.dot(X, w.reshape(-1)) + b

#: wrong column | [extra_axis] a column always, for weights in a vector too
def linreg(X, w, b):
    return np.dot(X, w.reshape(-1, 1)) + b

#: wrong layer | [extra_axis] the library's layer, which makes a column always
def linreg(X, w, b):
    return npx.fully_connected(X, w.reshape(1, -1), b, num_hidden=1)

#: wrong two_features | [two_features] two features, as in the example
def linreg(X, w, b):
    return X[:, :1] * w[0] + X[:, 1:2] * w[1] + b

#: wrong detached_w | [takes_w_out] w detached
def linreg(X, w, b):
    return np.dot(X, w.detach()) + b

#: wrong number_of_b | [takes_b_out] b as a plain number
def linreg(X, w, b):
    return np.dot(X, w) + float(b)

#: wrong out_and_back | [leaves_the_graph] through NumPy
def linreg(X, w, b):
    return np.array(numpy.dot(X.asnumpy(), w.asnumpy()) + b.asnumpy())

#: wrong numpy_result | [wrong_container] left in NumPy
def linreg(X, w, b):
    return numpy.dot(X.asnumpy(), w.asnumpy()) + b.asnumpy()

#: wrong in_place | [changes_while_recording] b added in place
def linreg(X, w, b):
    y_hat = np.dot(X, w)
    y_hat += b
    return y_hat

#: wrong no_return | [returns_nothing] computed and not returned
def linreg(X, w, b):
    y_hat = np.dot(X, w) + b

#: wrong globals | the weights of the notebook instead of the arguments
true_weights, true_bias = np.array([[2.0], [-3.4]]), 4.2


def linreg(X, w, b):
    return np.dot(X, true_weights) + true_bias
