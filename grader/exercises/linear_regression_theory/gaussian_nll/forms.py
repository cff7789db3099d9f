#: right book | constants and squares
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma ** 2)

#: right per_example | each example's cost, then the sum
def gaussian_nll(X, y, w, b, sigma):
    r = np.dot(X, w) + b - y
    return float((0.5 * math.log(2 * math.pi * sigma ** 2) + r * r / (2 * sigma ** 2)).sum())

#: right dot | np.dot(r, r)
def gaussian_nll(X, y, w, b, sigma):
    r = y - (np.dot(X, w) + b)
    n = X.shape[0]
    return n * (math.log(sigma) + math.log(2 * math.pi) / 2) + 0.5 * np.dot(r / sigma, r / sigma)

#: right loop | a loop over the examples
def gaussian_nll(X, y, w, b, sigma):
    total = 0.0
    for i in range(len(y)):
        r = float(y[i] - np.dot(X[i], w) - b)
        total += 0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)
    return total

#: right lists | Python's numbers
def gaussian_nll(X, y, w, b, sigma):
    w = w.tolist()
    total = 0.0
    for row, label in zip(X.tolist(), y.tolist()):
        r = label - sum(p * q for p, q in zip(row, w)) - b
        total -= -math.log(sigma * math.sqrt(2 * math.pi)) - r ** 2 / (2 * sigma ** 2)
    return total

#: right numpy | NumPy
def gaussian_nll(X, y, w, b, sigma):
    r = y.asnumpy() - X.asnumpy() @ w.asnumpy() - b
    return numpy.sum(0.5 * numpy.log(2 * numpy.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2))

#: right one_entry | an array of one entry
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    nll = (np.square(r) / (2 * sigma ** 2) + np.log(sigma * math.sqrt(2 * math.pi))).sum()
    return nll.reshape((1,))

#: right columns | columns throughout
def gaussian_nll(X, y, w, b, sigma):
    r = y.reshape((-1, 1)) - np.dot(X, w.reshape((-1, 1))) - b
    return 0.5 * len(y) * math.log(2 * math.pi * sigma ** 2) + 0.5 / sigma ** 2 * np.dot(r.T, r)[0, 0]

#: wrong mean | [averages] the mean
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return (0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)).mean()

#: wrong plus | [log_likelihood] the log-likelihood
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return -(0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)).sum()

#: wrong bits | [log_base_2] bits
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return (0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)).sum() / math.log(2)

#: wrong base_10 | [log_base_10] base 10
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return (0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)).sum() / math.log(10)

#: wrong no_log | [likelihood] the product
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return np.exp(-(0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)).sum())

#: wrong log_of_sum | [sums_densities] the densities' sum
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return -np.log((np.exp(-r ** 2 / (2 * sigma ** 2)) / math.sqrt(2 * math.pi * sigma ** 2)).sum())

#: wrong product | [log_of_product] the densities' product
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return -np.log(np.prod(np.exp(-r ** 2 / (2 * sigma ** 2)) / math.sqrt(2 * math.pi * sigma ** 2)))

#: wrong densities | [log_of_density] the densities' logarithms
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return -np.log(np.exp(-r ** 2 / (2 * sigma ** 2)) / math.sqrt(2 * math.pi * sigma ** 2)).sum()

#: wrong not_summed | [each_example] no sum
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return 0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)

#: wrong squares_only | [forgets_constant] the squares alone
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return (r ** 2).sum() / (2 * sigma ** 2)

#: wrong once | [constant_once] the constant outside the sum
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma ** 2)

#: wrong minus_constant | [constant_subtracted] the constant's sign
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return (r ** 2).sum() / (2 * sigma ** 2) - len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2)

#: wrong plus_b | [adds_b] the parentheses around Xw + b
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) + b
    return len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma ** 2)

#: wrong without_b | [forgets_b] no bias
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w)
    return len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma ** 2)

#: wrong spread | [all_pairs] a column and a vector
def gaussian_nll(X, y, w, b, sigma):
    r = y.reshape((-1, 1)) - (np.dot(X, w) + b)
    return (0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)).sum()

#: wrong square_of_sum | [of_the_sum] (Σr)²
def gaussian_nll(X, y, w, b, sigma):
    r = (y - np.dot(X, w) - b).sum()
    return len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)

#: wrong two_sigma | [sigma_not_squared] 2σ
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma)

#: wrong variance | [sigma_is_variance] σ as the variance
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * 0.5 * math.log(2 * math.pi * sigma) + (r ** 2).sum() / (2 * sigma)

#: wrong one_sigma | [squares_without_half] σ²
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / sigma ** 2

#: wrong no_sigma | [squares_without_sigma] ½r²
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / 2

#: wrong whole_log | [constant_without_half] log(2πσ²)
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma ** 2)

#: wrong log_sigma | [log_sigma_only] log σ
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(sigma) + (r ** 2).sum() / (2 * sigma ** 2)

#: wrong log_2_pi | [log_2_pi_only] ½ log 2π
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return len(y) * math.log(2 * math.pi) / 2 + (r ** 2).sum() / (2 * sigma ** 2)

#: wrong clamped | [never_below_0] not below 0
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return max(0.0, float((0.5 * math.log(2 * math.pi * sigma ** 2) + r ** 2 / (2 * sigma ** 2)).sum()))

#: wrong absolute | [absolute_residuals] |r|
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return (0.5 * math.log(2 * math.pi * sigma ** 2) + np.abs(r) / (2 * sigma ** 2)).sum()

#: wrong math_log | [math_takes_numbers] math.log of an array
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return -math.log(np.exp(-r ** 2 / (2 * sigma ** 2)) / math.sqrt(2 * math.pi * sigma ** 2))

#: wrong seven | a number of examples that is written down
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return 7 * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma ** 2)

#: wrong eps | an eps inside the logarithm
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    return -np.log(np.exp(-r ** 2 / (2 * sigma ** 2)) / math.sqrt(2 * math.pi * sigma ** 2) + 1e-12).sum()

#: wrong no_return | [returns_nothing] the return forgotten
def gaussian_nll(X, y, w, b, sigma):
    r = y - np.dot(X, w) - b
    nll = len(y) * 0.5 * math.log(2 * math.pi * sigma ** 2) + (r ** 2).sum() / (2 * sigma ** 2)

#: right mean_times_n | n times the mean
def gaussian_nll(X, y, w, b, sigma):
    squares = ((X @ w + b - y) ** 2).mean()
    return len(y) * (squares / (2 * sigma**2) + math.log(2 * math.pi * sigma**2) / 2)

#: wrong residuals_in_y | [changes_arguments] the residuals stored in y
def gaussian_nll(X, y, w, b, sigma):
    y -= X @ w + b
    return 0.5 * len(y) * math.log(2 * math.pi * sigma**2) + (y**2).sum() / (2 * sigma**2)
