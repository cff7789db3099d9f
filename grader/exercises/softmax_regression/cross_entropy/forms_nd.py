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
