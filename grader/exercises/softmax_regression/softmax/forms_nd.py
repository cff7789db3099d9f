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
