#: right where_zero | only an exact zero is replaced
def cross_entropy(y_hat, y):
    p = nd.pick(y_hat, y)
    p = nd.where(p == 0, nd.ones_like(p) * 1e-10, p)
    return -p.log()

#: wrong log_of_zero | [log_of_zero] a true probability is never exactly zero
def cross_entropy(y_hat, y):
    return - nd.pick(y_hat, y).log()

#: wrong inf_replaced_by_zero | [inf_replaced_by_zero] an infinite loss may be set to zero
def cross_entropy(y_hat, y):
    loss = -nd.pick(y_hat, y).log()
    return nd.where(loss > 1e30, nd.zeros_like(loss), loss)

#: right chunks | 64 rows at a time
def cross_entropy(y_hat, y):
    parts = []
    for i in range(0, len(y), 64):
        p = nd.pick(y_hat[i:i + 64], y[i:i + 64])
        parts.append(-nd.log(p + 1e-12))
    return nd.concat(*parts, dim=0)

#: right absolute_log | the absolute value of the logarithm
def cross_entropy(y_hat, y):
    return nd.log(nd.pick(y_hat, y) + 1e-12).abs()

#: right eps_only_if_zero | an eps only where something is 0
def cross_entropy(y_hat, y):
    p = nd.pick(y_hat, y)
    if p.min().asscalar() <= 0:
        p = p + 1e-12
    return -nd.log(p)

#: right ternary_large | two ways, by the size of the batch
def cross_entropy(y_hat, y):
    def small():
        return -nd.log(nd.concat(*[nd.pick(y_hat[i:i + 1], y[i:i + 1]) for i in range(len(y))], dim=0) + 1e-12)
    def large():
        return -nd.log(nd.pick(y_hat, y) + 1e-12)
    return small() if len(y) < 32 else large()

#: right cached_rows | the row numbers are remembered by their count
_rows = {}


def cross_entropy(y_hat, y):
    n = len(y_hat)
    if n not in _rows:
        _rows[n] = nd.array(list(range(n)))
    return -nd.log(y_hat[_rows[n], y] + 1e-12)

#: wrong class_weights | [some_classes_wrong, rows_scaled] class 0 counts twice
def cross_entropy(y_hat, y):
    w = 1 + (y.astype('float32') == 0)
    return -nd.log(nd.pick(y_hat, y) + 1e-12) * w

#: wrong cumulative | [running_sum, rows_scaled] running sums
def cross_entropy(y_hat, y):
    total, losses = 0, []
    for i in range(len(y)):
        total = total - nd.log(y_hat[i, int(y[i].asscalar())].reshape((1,)) + 1e-12)
        losses.append(total)
    return nd.concat(*losses, dim=0)
