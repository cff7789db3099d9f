#: right row_max | the row max subtracted, keepdims on both reductions
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    partition = X_exp.sum(axis=1, keepdims=True)
    return X_exp / partition

#: right last_axis | axis=-1 instead of axis=1
def softmax(X):
    shifted = X - X.max(axis=-1, keepdims=True)
    E = np.exp(shifted)
    return E / E.sum(axis=-1, keepdims=True)

#: right reshape | row max and row sum reshaped by hand
def softmax(X):
    m = X.max(axis=1).reshape((-1, 1))
    E = np.exp(X - m)
    return E / E.sum(axis=1).reshape((-1, 1))

#: right expand_dims | the reduced axis put back with expand_dims
def softmax(X):
    row_max = np.expand_dims(X.max(axis=1), axis=1)
    X_exp = np.exp(X - row_max)
    return X_exp / np.expand_dims(X_exp.sum(axis=1), axis=1)

#: right transpose | works on columns of the transpose, then turns back
def softmax(X):
    Z = X.T
    Z = np.exp(Z - Z.max(axis=0))
    return (Z / Z.sum(axis=0)).T

#: right log_softmax_by_hand | exp of a log-softmax written out
def softmax(X):
    shifted = X - X.max(axis=1, keepdims=True)
    log_partition = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return np.exp(shifted - log_partition)

#: right row_loop | a Python loop over the rows, stacked at the end
def softmax(X):
    rows = []
    for row in X:
        e = np.exp(row - row.max())
        rows.append(e / e.sum())
    return np.stack(rows)

#: right row_comprehension | a helper for one row and a list comprehension over indices
def softmax_row(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def softmax(X):
    return np.stack([softmax_row(X[i]) for i in range(X.shape[0])])

#: right branch_for_1d | also accepts a single row
def softmax(X):
    if X.ndim == 1:
        return softmax(X.reshape((1, -1))).reshape((-1,))
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: right detached_max | only the max is detached: the shift cancels, the gradient is the same
def softmax(X):
    m = X.max(axis=1, keepdims=True).detach()
    E = np.exp(X - m)
    return E / E.sum(axis=1, keepdims=True)

#: right max_under_pause | the max is taken without recording it
def softmax(X):
    with autograd.pause():
        biggest = X.max(axis=1, keepdims=True)
    numerator = np.exp(X - biggest)
    return numerator / numerator.sum(axis=1, keepdims=True)

#: right lambda_helper | a lambda built from another
exps = lambda X: np.exp(X - X.max(axis=1, keepdims=True))
softmax = lambda X: exps(X) / exps(X).sum(axis=1, keepdims=True)

#: right callable_class | an object with __call__
class Softmax:
    def __init__(self, axis):
        self.axis = axis

    def __call__(self, X):
        Z = X - X.max(axis=self.axis, keepdims=True)
        E = np.exp(Z)
        return E / E.sum(axis=self.axis, keepdims=True)


softmax = Softmax(axis=1)

#: right type_hints | annotated, argument renamed, extra default argument
def softmax(logits: np.ndarray, axis: int = 1) -> np.ndarray:
    """Each row of logits turned into probabilities."""
    shifted: np.ndarray = logits - logits.max(axis=axis, keepdims=True)
    weights = np.exp(shifted)
    return weights / weights.sum(axis=axis, keepdims=True)

#: right prints_and_warns | prints and warns along the way
import warnings


def softmax(X):
    print('softmax of', X.shape)
    warnings.warn('my softmax is being called')
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    print(X_exp.sum(axis=1))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: right dot_with_ones | the row sum as a product with a column of ones
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    ones = np.ones((X.shape[1], 1))
    return E / np.dot(E, ones)

#: right max_from_sort | the max read off the sorted rows
def softmax(X):
    biggest = np.sort(X, axis=1)[:, -1].reshape((-1, 1))
    E = np.exp(X - biggest)
    return E / E.sum(axis=1, keepdims=True)

#: right float32_inside | works in float32 whatever it is given
def softmax(X):
    Z = X.astype('float32')
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)

#: right reciprocal | multiplies by one over the sum
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    scale = 1 / E.sum(axis=1, keepdims=True)
    return E * scale

#: right shift_until_zero | subtracts the max twice, harmlessly
def softmax(X):
    X = X - X.max(axis=1, keepdims=True)
    X = X - X.max(axis=1, keepdims=True)
    X = np.exp(X)
    X = X / X.sum(axis=1, keepdims=True)
    return X

#: right tiny_eps_after_max | an eps far too small to be seen: the denominator is at least 1
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / (E.sum(axis=1, keepdims=True) + 1e-12)

#: right column_accumulation | the row sum and row max gathered one column at a time
def softmax(X):
    q = X.shape[1]
    m = X[:, 0]
    for j in range(1, q):
        m = np.maximum(m, X[:, j])
    cols = [np.exp(X[:, j] - m) for j in range(q)]
    total = sum(cols)
    return np.stack([c / total for c in cols], axis=1)

#: right decorated | a decorator, keyword arguments inside, a comment in French
def checked(function):
    def wrapper(scores):
        result = function(scores=scores)
        assert result.shape == scores.shape
        return result
    return wrapper


@checked
def softmax(scores):
    # on retire le maximum de chaque ligne
    shifted = scores - scores.max(axis=1, keepdims=True)
    numerator = np.exp(shifted)
    return numerator / numerator.sum(axis=1, keepdims=True)

#: right ones_matrix | the row sums as a product with a matrix of ones
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / np.dot(E, np.ones((X.shape[1], X.shape[1])))

#: right subtracts_log_of_sum | exp of the logits less the logarithm of their row's sum
def softmax(X):
    best = X.max(axis=1, keepdims=True)
    log_of_sum = best + np.log(np.exp(X - best).sum(axis=1, keepdims=True))
    return np.exp(X - log_of_sum)

#: wrong naive_exp | [naive_exp] the formula as it stands: exp, then divide by the row sum
def softmax(X):
    X_exp = np.exp(X)
    partition = X_exp.sum(axis=1, keepdims=True)
    return X_exp / partition

#: wrong rounded | [rounded, gradient_stops] three decimals are enough
def softmax(X):
    e = np.exp(X - X.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    return (np.rint(p * 1000)) / 1000

#: wrong sums_over_axis_0 | [sums_over_axis_0] axis 0 means along the row
def softmax(X):
    X_exp = np.exp(X)
    partition = X_exp.sum(axis=0, keepdims=True)
    return X_exp / partition

#: wrong max_and_sum_over_axis_0 | [sums_over_axis_0, max_and_sum_over_axis_0] axis 0 means along the row, for the max too
def softmax(X):
    X_exp = np.exp(X - X.max(axis=0, keepdims=True))
    return X_exp / X_exp.sum(axis=0, keepdims=True)

#: wrong sums_whole_matrix | [sums_whole_matrix] the formula for one vector carries over to a batch
def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_exp.sum()

#: wrong sums_whole_matrix_after_max | [sums_whole_matrix, sums_whole_matrix_after_max] the formula for one vector, made stable, carries over to a batch
def softmax(X):
    X_exp = np.exp(X - X.max())
    return X_exp / X_exp.sum()

#: wrong sums_whole_matrix_after_row_max | [sums_whole_matrix_after_row_max] the max needs an axis, the sum does not
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    return X_exp / X_exp.sum()

#: wrong max_over_axis_0 | [max_over_axis_0] any max will do
def softmax(X):
    X_exp = np.exp(X - X.max(axis=0))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong sum_without_keepdims | [sum_without_keepdims] the shapes line up by themselves
def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(axis=1)

#: wrong max_without_keepdims | [max_without_keepdims] the shapes line up by themselves, for the max
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong len_of_shape | [len_of_shape] len(X.shape) is the number of rows
def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(axis=1).reshape((len(X.shape), 1))

#: wrong global_max | [global_max] one max for the whole batch is a max
def softmax(X):
    X_exp = np.exp(X - X.max())
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong subtracts_min | [subtracts_min] any shift is safe: the min
def softmax(X):
    X_exp = np.exp(X - X.min(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong subtracts_mean | [subtracts_mean] any shift is safe: the mean
def softmax(X):
    X_exp = np.exp(X - X.mean(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong subtracts_half_max | [subtracts_half_max] any shift is safe: half the max
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True) / 2)
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong subtracts_constant | [subtracts_constant] any shift is safe: 100
def softmax(X):
    X_exp = np.exp(X - 100)
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong max_after_exp | [max_after_exp] the order does not matter: exp first, then the max
def softmax(X):
    X_exp = np.exp(X)
    X_exp = X_exp - X_exp.max(axis=1, keepdims=True)
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong divides_by_max | [divides_by_max] dividing by the max tames the exponents as subtracting does
def softmax(X):
    X_exp = np.exp(X / X.max(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong clips_logits | [clips_logits] large logits may be cut off
def softmax(X):
    X_exp = np.exp(np.clip(X, -50, 50))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong eps_in_denominator | [eps_in_denominator] an eps keeps the division from going wrong
def softmax(X):
    X_exp = np.exp(X)
    return X_exp / (X_exp.sum(axis=1, keepdims=True) + 1e-8)

#: wrong nan_replaced_by_zero | [nan_replaced_by_zero] a nan must have been a zero
def softmax(X):
    X_exp = np.exp(X)
    P = X_exp / X_exp.sum(axis=1, keepdims=True)
    return np.where(np.isnan(P), np.zeros_like(P), P)

#: wrong in_place_subtraction | [changes_its_input, changes_while_recording] -= saves memory
def softmax(X):
    X -= X.max(axis=1, keepdims=True)
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong in_place_assignment | [changes_its_input, changes_while_recording] X[:] = saves memory
def softmax(X):
    X[:] = np.exp(X - X.max(axis=1, keepdims=True))
    return X / X.sum(axis=1, keepdims=True)

#: wrong in_place_on_copy | [changes_while_recording] a copy may be changed in place while recording
def softmax(X):
    X = X.copy()
    X -= X.max(axis=1, keepdims=True)
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong in_place_division | [changes_while_recording] the exponentials may be divided in place
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    X_exp /= X_exp.sum(axis=1, keepdims=True)
    return X_exp

#: wrong row_loop_in_place | [changes_while_recording] the result may be filled in row by row
def softmax(X):
    out = np.zeros(X.shape)
    for i in range(X.shape[0]):
        e = np.exp(X[i] - X[i].max())
        out[i] = e / e.sum()
    return out

#: wrong through_asnumpy | [leaves_the_graph] NumPy is the same thing
def softmax(X):
    x = X.asnumpy()
    e = numpy.exp(x - x.max(axis=1, keepdims=True))
    return np.array(e / e.sum(axis=1, keepdims=True))

#: wrong returns_numpy | [wrong_container] a NumPy array is as good as the library's
def softmax(X):
    x = X.asnumpy()
    e = numpy.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

#: wrong detaches_partition | [detaches_partition] the partition is just a constant
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    partition = X_exp.sum(axis=1, keepdims=True).detach()
    return X_exp / partition

#: wrong detaches_numerator | [detaches_numerator] detaching is harmless
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    return X_exp.detach() / X_exp.sum(axis=1, keepdims=True)

#: wrong pauses_recording | [leaves_the_graph] the softmax needs no gradient
def softmax(X):
    with autograd.pause():
        X_exp = np.exp(X - X.max(axis=1, keepdims=True))
        return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong pairwise_differences | [shift_is_not_the_maximum, pairwise_differences] 1 / sum_k exp(x_k - x_j) never divides by zero; its gradient does
def softmax(X):
    n, q = X.shape
    differences = X.reshape((n, 1, q)) - X.reshape((n, q, 1))
    return 1 / np.exp(differences).sum(axis=2)

#: wrong sigmoid | [sigmoid] the sigmoid of each score is its probability
def softmax(X):
    return 1 / (1 + np.exp(-X))

#: wrong no_exp | [no_exp] dividing by the sum is enough
def softmax(X):
    return X / X.sum(axis=1, keepdims=True)

#: wrong base_2 | [base_2] the base does not matter
def softmax(X):
    X_pow = 2 ** (X - X.max(axis=1, keepdims=True))
    return X_pow / X_pow.sum(axis=1, keepdims=True)

#: wrong rounds | [rounds] a few decimals are enough
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    return np.rint(X_exp / X_exp.sum(axis=1, keepdims=True) * 100) / 100

#: wrong returns_log_softmax | [returns_log_softmax] the logarithm is what the loss needs anyway
def softmax(X):
    Z = X - X.max(axis=1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))

#: wrong returns_exponentials | [returns_exponentials] returned the wrong variable: the numerators
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    partition = X_exp.sum(axis=1, keepdims=True)
    X_prob = X_exp / partition
    return X_exp

#: wrong returns_partition | [returns_partition] returned the wrong variable: the denominators
def softmax(X):
    X_exp = np.exp(X)
    partition = X_exp.sum(axis=1, keepdims=True)
    X_prob = X_exp / partition
    return partition

#: wrong returns_nothing | [returns_nothing] the last line is returned by itself
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong ten_classes | [ten_classes] there are always ten classes
def softmax(X):
    X = X.reshape((-1, 10))
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong batch_of_256 | [batch_of_256] there are always 256 rows
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1).reshape((256, 1)))
    return X_exp / X_exp.sum(axis=1).reshape((256, 1))

#: wrong flattens_single_row | [flattens_single_row] one row is a vector
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    P = X_exp / X_exp.sum(axis=1, keepdims=True)
    if P.shape[0] == 1:
        return P.reshape((-1,))
    return P

#: wrong normalizes_by_length | [normalizes_by_length] normalising means dividing by the length of the vector
def softmax(X):
    X_exp = np.exp(X - X.max(axis=1, keepdims=True))
    return X_exp / (X_exp ** 2).sum(axis=1, keepdims=True) ** 0.5

#: wrong divides_before_exp | [divides_before_exp] the division may come before the exp
def softmax(X):
    return np.exp(X / X.sum(axis=1, keepdims=True))

#: wrong takes_mean | [takes_mean] the mean normalises as the sum does
def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_exp.mean(axis=1, keepdims=True)

#: wrong forgets_parentheses | [forgets_parentheses] division and subtraction come in reading order
def softmax(X):
    m = X.max(axis=1, keepdims=True)
    return np.exp(X - m) / np.exp(X).sum(axis=1, keepdims=True)

#: wrong torch_dim | [torch_habits] the argument is called dim, as in PyTorch
def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(dim=1, keepdim=True)

#: wrong np method_exp | [function_as_method] arrays have an exp method in this flavour too
def softmax(X):
    X_exp = (X - X.max(axis=1, keepdims=True)).exp()
    return X_exp / X_exp.sum(axis=1, keepdims=True)

#: wrong typo | [misspelt_name] a name misspelt
def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_epx.sum(axis=1, keepdims=True)

#: wrong library_softmax | [uses_the_library] from scratch allows the library's own softmax
def softmax(X):
    return npx.softmax(X, axis=1)

#: wrong library_log_softmax | [uses_the_library] exp of the library's log-softmax is from scratch
def softmax(X):
    return np.exp(npx.log_softmax(X, axis=1))

#: wrong negated_logits | [negated_logits] softmin
def softmax(X):
    X = -X
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong returns_reciprocal | [returns_reciprocal] the sum is divided by each entry
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E.sum(axis=1, keepdims=True) / E

#: wrong sum_leaves_itself_out | [sum_leaves_itself_out] the denominator holds the others only
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / (E.sum(axis=1, keepdims=True) - E)

#: wrong adds_one_to_partition | [adds_one_to_partition] 1 more keeps the denominator from 0
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / (E.sum(axis=1, keepdims=True) + 1)

#: wrong doubled_logits | [doubled_logits] a temperature of one half
def softmax(X):
    Z = 2 * (X - X.max(axis=1, keepdims=True))
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)

#: right float64_inside | float64 inside, float32 outside
def softmax(X):
    Z = X.astype('float64')
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).astype(X.dtype)

#: right cache_by_value | a cache keyed by what X holds, left alone while recording
_known = {}


def softmax(X):
    def compute():
        E = np.exp(X - X.max(axis=1, keepdims=True))
        return E / E.sum(axis=1, keepdims=True)
    if autograd.is_recording():
        return compute()
    key = (X.shape, X.asnumpy().tobytes())
    if key not in _known:
        _known[key] = compute()
    return _known[key].copy()

#: right chunks_of_128 | 128 rows at a time
def softmax(X):
    parts = []
    for start in range(0, len(X), 128):
        Z = X[start:start + 128]
        E = np.exp(Z - Z.max(axis=1, keepdims=True))
        parts.append(E / E.sum(axis=1, keepdims=True))
    return np.concatenate(parts, axis=0)

#: right branch_for_large | small batches row by row, large ones at once
def softmax(X):
    if len(X) <= 16:
        rows = []
        for i in range(len(X)):
            e = np.exp(X[i] - X[i].max())
            rows.append(e / e.sum())
        return np.stack(rows)
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: right max_minus_three | the largest exponent is -3
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True) - 3)
    return E / E.sum(axis=1, keepdims=True)

#: right expm1_plus_1 | expm1, and the 1 put back
def softmax(X):
    E = np.expm1(X - X.max(axis=1, keepdims=True)) + 1
    return E / E.sum(axis=1, keepdims=True)

#: right online | one pass over the columns, max and sum together
def softmax(X):
    m = X[:, 0]
    s = np.ones_like(m)
    for j in range(1, X.shape[1]):
        new = np.maximum(m, X[:, j])
        s = s * np.exp(m - new) + np.exp(X[:, j] - new)
        m = new
    return np.exp(X - m.reshape((-1, 1))) / s.reshape((-1, 1))

#: right two_shifts | the batch's max, then each row's
def softmax(X):
    Z = X - X.max()
    Z = Z - Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)

#: right tiny_floor | probabilities below 1e-30 lifted
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return np.maximum(E / E.sum(axis=1, keepdims=True), 1e-30)

#: right counts_calls | keeps statistics in globals
calls, largest = 0, None


def softmax(X):
    global calls, largest
    calls += 1
    largest = X.max(axis=1, keepdims=True)
    E = np.exp(X - largest)
    return E / E.sum(axis=1, keepdims=True)

#: right in_place_unless_recording | in place on its own copy, but not while recording
def softmax(X):
    Z = X - X.max(axis=1, keepdims=True)
    if autograd.is_recording():
        E = np.exp(Z)
        return E / E.sum(axis=1, keepdims=True)
    Z[:] = np.exp(Z)
    Z /= Z.sum(axis=1, keepdims=True)
    return Z

#: right numpy_max | the max found by NumPy, which only shifts
def softmax(X):
    m = np.array(X.asnumpy().max(axis=1, keepdims=True), dtype=X.dtype)
    E = np.exp(X - m)
    return E / E.sum(axis=1, keepdims=True)

#: wrong first_8_rows | [rows_beyond_wrong] only eight rows are ever looked at
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    done = [E[i] / E[i].sum() for i in range(min(8, len(X)))]
    rest = [E[i] for i in range(8, len(X))]
    return np.stack(done + rest)

#: wrong first_256_rows | [lines_missing] a buffer of 256 rows
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P[:256]

#: wrong first_10_columns | [sums_some_columns] the sum of ten columns
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E[:, :10].sum(axis=1, keepdims=True)

#: wrong three_classes | [sums_some_columns] three columns by name
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    total = E[:, 0] + E[:, 1] + E[:, 2]
    return E / total.reshape((-1, 1))

#: wrong sum_without_last_column | [sum_leaves_one_column_out] the sum leaves the last column out
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    return E / E[:, :-1].sum(axis=1, keepdims=True)

#: wrong first_row_left | [first_row_wrong] the first row is left as it came
def softmax(X):
    rows = [X[0]]
    for i in range(1, len(X)):
        e = np.exp(X[i] - X[i].max())
        rows.append(e / e.sum())
    return np.stack(rows)

#: wrong last_row_zero | [last_row_wrong, gradient_stops] the last row is never filled
def softmax(X):
    rows = []
    for i in range(len(X) - 1):
        e = np.exp(X[i] - X[i].max())
        rows.append(e / e.sum())
    rows.append(np.zeros_like(X[0]))
    return np.stack(rows)

#: wrong through_half | [half_precision] computed in float16
def softmax(X):
    Z = X.astype('float16')
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True)).astype('float32')

#: wrong result_through_half | [half_precision, nearly_right] the result is kept in float16 to save memory
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P.astype('float16').astype('float32')

#: wrong half_logits | [half_logits, half_precision] logits are kept in float16 to save memory
def softmax(X):
    Z = X.astype('float16').astype('float32')
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong small_to_zero | [small_values_lost] below a thousandth is nothing
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P * (P > 1e-3)

#: wrong tiny_to_zero | [small_values_lost] below 1e-5 is nothing
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return P * (P > 1e-5)

#: wrong floor_of_1e_4 | [cut_off] no probability below 1e-4
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return np.maximum(P, 1e-4)

#: wrong memo_by_shape | [remembered_result, leaves_the_graph] a result is remembered for each shape
_memo = {}


def softmax(X):
    if X.shape not in _memo:
        E = np.exp(X - X.max(axis=1, keepdims=True))
        _memo[X.shape] = E / E.sum(axis=1, keepdims=True)
    return _memo[X.shape]

#: wrong memo_last_call | [remembered_result, leaves_the_graph] the previous call's result comes back
_previous = None


def softmax(X):
    global _previous
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    if _previous is not None and _previous.shape == P.shape:
        P, _previous = _previous, P
    else:
        _previous = P
    return P

#: wrong memo_of_max | [shift_is_not_the_maximum] the maxima are remembered by the number of rows
_maxima = {}


def softmax(X):
    if len(X) not in _maxima:
        _maxima[len(X)] = X.max(axis=1, keepdims=True)
    E = np.exp(X - _maxima[len(X)])
    return E / E.sum(axis=1, keepdims=True)

#: wrong shift_first_column | [subtracts_one_column] the first logit is subtracted
def softmax(X):
    E = np.exp(X - X[:, :1])
    return E / E.sum(axis=1, keepdims=True)

#: wrong shift_absolute | [subtracts_largest_absolute] the largest absolute value is subtracted
def softmax(X):
    E = np.exp(X - np.abs(X).max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong shift_absolute_of_max | [subtracts_absolute_max] the absolute value of the max is subtracted
def softmax(X):
    E = np.exp(X - np.abs(X.max(axis=1, keepdims=True)))
    return E / E.sum(axis=1, keepdims=True)

#: wrong shift_first_row_max | [max_of_one_row] the max of the first row is subtracted
def softmax(X):
    E = np.exp(X - X[0].max())
    return E / E.sum(axis=1, keepdims=True)

#: wrong shift_max_from_zero | [max_from_zero] the max is sought from 0 upwards
def softmax(X):
    m = np.maximum(X.max(axis=1, keepdims=True), 0)
    E = np.exp(X - m)
    return E / E.sum(axis=1, keepdims=True)

#: wrong shift_sum | [subtracts_sum] the sum of the row is subtracted
def softmax(X):
    E = np.exp(X - X.sum(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong detached_first_row | [gradient_stops] no gradient for the first row
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    if len(X) == 1:
        return P
    return np.concatenate([P[:1].detach(), P[1:]], axis=0)

#: wrong detached_last_column | [gradient_stops] no gradient for the last class
def softmax(X):
    Z = np.concatenate([X[:, :-1], X[:, -1:].detach()], axis=1)
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong detached_odd_rows | [gradient_stops] no gradient for every other row
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return np.stack([P[i].detach() if i % 2 else P[i] for i in range(len(P))])

#: wrong global_X | [same_result_always] a global stands in for the argument
scores = np.array([[1.0, 2.0, 0.5], [0.3, -1.0, 2.0], [1.0, 1.0, 0.0], [0.0, 0.2, 0.3]])


def softmax(X):
    E = np.exp(scores - scores.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong one_row_for_all | [one_for_all] the first row's result for every row
def softmax(X):
    e = np.exp(X[0] - X[0].max())
    p = e / e.sum()
    return np.stack([p for _ in range(len(X))])

#: wrong rounds_logits | [rounds_logits, gradient_stops] the logits rounded to one decimal
def softmax(X):
    Z = np.rint(X * 10) / 10
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong integer_logits | [integer_logits] the logits as whole numbers
def softmax(X):
    Z = X.astype('int32').astype('float32')
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong odd_rows_ignored | [every_other_row_wrong] every other row
def softmax(X):
    rows = []
    for i in range(len(X)):
        if i % 2 == 0:
            e = np.exp(X[i] - X[i].max())
            e = e / e.sum()
        rows.append(e)
    return np.stack(rows)

#: wrong scaled_like_attention | [scaled_logits] divided by the root of the number of columns
def softmax(X):
    Z = X / X.shape[1] ** 0.5
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong taylor | [series_after_shift] exp by its series
def softmax(X):
    Z = X - X.max(axis=1, keepdims=True)
    E, term = 1, 1
    for k in range(1, 10):
        term = term * Z / k
        E = E + term
    return E / E.sum(axis=1, keepdims=True)

#: wrong series_without_shift | [series_for_exp] exp by its series, of the logits as they are
def softmax(X):
    E, term = 1, 1
    for k in range(1, 8):
        term = term * X / k
        E = E + term
    return E / E.sum(axis=1, keepdims=True)

#: wrong cuts_large_logits | [cuts_large_logits] large logits are cut off, small ones do no harm
def softmax(X):
    E = np.exp(np.minimum(X, 30))
    return E / E.sum(axis=1, keepdims=True)

#: wrong clip_after_shift | [lifts_small_exponents] differences cut off at 5
def softmax(X):
    Z = np.maximum(X - X.max(axis=1, keepdims=True), -5)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)

#: wrong eps_in_numerator | [share_for_every_class] a little for everyone
def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True)) + 1e-3
    return E / E.sum(axis=1, keepdims=True)

#: wrong abs_logits | [absolute_logits] absolute values
def softmax(X):
    Z = np.abs(X)
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong total_runs_on | [only_first_row_right, rows_scaled] the total is not set back for each row
def softmax(X):
    total, rows = 0, []
    for i in range(len(X)):
        e = np.exp(X[i] - X[i].max())
        total = total + e.sum()
        rows.append(e / total)
    return np.stack(rows)

#: wrong sum_of_the_call_before | [depends_on_earlier_calls, rows_scaled] the sums of the call before, where the shapes fit
_sums_before = {}


def softmax(X):
    E = np.exp(X - X.max(axis=1, keepdims=True))
    total = E.sum(axis=1, keepdims=True)
    P = E / _sums_before.get(X.shape, total)
    _sums_before[X.shape] = total
    return P
