#: right last_axis | axis=-1 instead of axis=1
def softmax(X):
    shifted = X - X.max(axis=-1, keepdims=True)
    E = shifted.exp()
    return E / E.sum(axis=-1, keepdims=True)

#: right exclude | axis=0 with exclude=True: every axis but the first
def softmax(X):
    X_exp = (X - nd.max(X, axis=0, exclude=True, keepdims=True)).exp()
    partition = nd.sum(X_exp, axis=0, exclude=True, keepdims=True)
    return X_exp / partition

#: right broadcast_operators | the broadcast operators called by name
def softmax(X):
    m = nd.max(X, axis=1, keepdims=True)
    e = nd.exp(nd.broadcast_sub(X, m))
    return nd.broadcast_div(e, nd.sum(e, axis=1, keepdims=True))

#: wrong naive_exp | [naive_exp] the formula as it stands: exp, then divide by the row sum
def softmax(X):
    X_exp = X.exp()
    partition = X_exp.sum(axis=1, keepdims=True)
    return X_exp / partition

#: wrong nan_replaced_by_zero | [nan_replaced_by_zero] a nan must have been a zero
def softmax(X):
    X_exp = X.exp()
    P = X_exp / X_exp.sum(axis=1, keepdims=True)
    return nd.where(P == P, P, nd.zeros_like(P))

#: right chunks_of_128 | 128 rows at a time
def softmax(X):
    parts = []
    for start in range(0, len(X), 128):
        Z = X[start:start + 128]
        E = nd.exp(Z - Z.max(axis=1, keepdims=True))
        parts.append(E / E.sum(axis=1, keepdims=True))
    return nd.concat(*parts, dim=0)

#: wrong first_8_rows | [rows_beyond_wrong] only eight rows are ever looked at
def softmax(X):
    E = nd.exp(X - X.max(axis=1, keepdims=True))
    done = [E[i] / E[i].sum() for i in range(min(8, len(X)))]
    rest = [E[i] for i in range(8, len(X))]
    return nd.stack(*(done + rest))

#: wrong detached_first_row | [gradient_stops] no gradient for the first row
def softmax(X):
    E = nd.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    if len(X) == 1:
        return P
    return nd.concat(P[:1].detach(), P[1:], dim=0)

#: wrong detached_last_column | [gradient_stops] no gradient for the last class
def softmax(X):
    Z = nd.concat(X[:, :-1], X[:, -1:].detach(), dim=1)
    E = nd.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: wrong detached_odd_rows | [gradient_stops] no gradient for every other row
def softmax(X):
    E = nd.exp(X - X.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    return nd.stack(*[P[i].detach() if i % 2 else P[i] for i in range(len(P))])

#: wrong one_row_for_all | [one_for_all] the first row's result for every row
def softmax(X):
    e = nd.exp(X[0] - X[0].max())
    p = e / e.sum()
    return nd.stack(*[p for _ in range(len(X))])

#: wrong pairwise_differences | [pairwise_differences] 1 / sum_k exp(x_k - x_j) never divides by zero; its gradient does
def softmax(X):
    n, q = X.shape
    differences = X.reshape((n, 1, q)) - X.reshape((n, q, 1))
    return 1 / nd.exp(differences).sum(axis=2)
