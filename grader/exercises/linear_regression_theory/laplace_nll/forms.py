#: right book | n·log 2 and absolute values
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2) + np.abs(r).sum()

#: right per_example | each cost, then the sum
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return float((np.abs(r) - math.log(0.5)).sum())

#: right loop | a loop over the examples
def laplace_nll(X, y, w, b):
    total = 0.0
    for i in range(len(y)):
        total += math.log(2) + abs(float(y[i] - np.dot(X[i], w) - b))
    return total

#: right lists | Python's numbers
def laplace_nll(X, y, w, b):
    w = w.tolist()
    rows = zip(X.tolist(), y.tolist())
    return sum(math.log(2) + abs(t - sum(p * q for p, q in zip(x, w)) - b) for x, t in rows)

#: right numpy | NumPy
def laplace_nll(X, y, w, b):
    r = X.asnumpy() @ w.asnumpy() + b - y.asnumpy()
    return numpy.abs(r).sum() + numpy.log(2) * r.size

#: right one_entry | an array of one entry
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return (np.abs(r) + math.log(2)).sum().reshape((1,))

#: right maximum | the larger of r and −r
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return np.maximum(r, -r).sum() + X.shape[0] * math.log(2)

#: right root | the root of the square
def laplace_nll(X, y, w, b):
    r = y.reshape((-1, 1)) - np.dot(X, w.reshape((-1, 1))) - b
    return np.sqrt(r ** 2).sum() + len(y) * math.log(2)

#: wrong mean | [averages] the mean
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return math.log(2) + np.abs(r).mean()

#: wrong plus | [log_likelihood] the log-likelihood
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return -len(y) * math.log(2) - np.abs(r).sum()

#: wrong bits | [log_base_2] bits
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) + np.abs(r).sum() / math.log(2)

#: wrong base_10 | [log_base_10] base 10
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return (len(y) * math.log(2) + np.abs(r).sum()) / math.log(10)

#: wrong no_log | [likelihood] the product
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return np.prod(0.5 * np.exp(-np.abs(r)))

#: wrong log_of_sum | [sums_densities] the densities' sum
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return -np.log((0.5 * np.exp(-np.abs(r))).sum())

#: wrong product | [log_of_product] the densities' product
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return -np.log(np.prod(0.5 * np.exp(-np.abs(r))))

#: wrong densities | [log_of_density] the densities' logarithms
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return -np.log(0.5 * np.exp(-np.abs(r))).sum()

#: wrong not_summed | [each_example] no sum
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return math.log(2) + np.abs(r)

#: wrong no_log_2 | [forgets_constant] absolute values alone
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return np.abs(r).sum()

#: wrong log_2_once | [constant_once] log 2 once
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return math.log(2) + np.abs(r).sum()

#: wrong log_half | [constant_subtracted] log ½
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(0.5) + np.abs(r).sum()

#: wrong plus_b | [adds_b] the parentheses around Xw + b
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) + b
    return len(y) * math.log(2) + np.abs(r).sum()

#: wrong without_b | [forgets_b] no bias
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w)
    return len(y) * math.log(2) + np.abs(r).sum()

#: wrong spread | [all_pairs] a column and a vector
def laplace_nll(X, y, w, b):
    r = y.reshape((-1, 1)) - (np.dot(X, w) + b)
    return (math.log(2) + np.abs(r)).sum()

#: wrong sum_first | [of_the_sum] |Σr|
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2) + np.abs(r.sum())

#: wrong signed | [without_absolute] no absolute values
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2) + r.sum()

#: wrong gauss | [squared] ½r²
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2) + (r ** 2).sum() / 2

#: wrong squares | [squared_whole] r²
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2) + (r ** 2).sum()

#: wrong half | [half_outside] ½|r|
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return 0.5 * np.abs(r).sum()

#: wrong half_and_log | [halves_residuals] log 2 + ½|r|
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2) + 0.5 * np.abs(r).sum()

#: wrong half_added | [adds_a_half] ½ + |r|
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return (0.5 + np.abs(r)).sum()

#: wrong normal_density | [normal_constant] ½ log 2π
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return len(y) * 0.5 * math.log(2 * math.pi) + np.abs(r).sum()

#: wrong math_log | [math_takes_numbers] math.log of an array
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return -math.log(0.5 * np.exp(-np.abs(r)))

#: wrong seven | a number of examples that is written down
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return 7 * math.log(2) + np.abs(r).sum()

#: wrong eps | an eps inside the logarithm
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return -np.log(0.5 * np.exp(-np.abs(r)) + 1e-12).sum()

#: wrong no_return | [returns_nothing] the return forgotten
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    nll = len(y) * math.log(2) + np.abs(r).sum()

#: right where_positive | the sign turned around where it is minus
def laplace_nll(X, y, w, b):
    r = y - np.dot(X, w) - b
    return float(np.where(r > 0, r, -r).sum()) + len(r) * math.log(2)

#: wrong residuals_in_y | [changes_arguments] the residuals stored in y
def laplace_nll(X, y, w, b):
    y -= X @ w + b
    return np.abs(y).sum() + len(y) * math.log(2)
