#: right book | sum and count
def mean_loss(net, batches):
    total, n = 0.0, 0
    for X, y in batches:
        l = (net(X) - y.reshape((-1, 1))) ** 2 / 2
        total += float(l.sum())
        n += len(y)
    return total / n

#: right gathered | all losses, then their mean
def mean_loss(net, batches):
    losses = [((net(X).asnumpy()[:, 0] - y.asnumpy()) ** 2 / 2) for X, y in batches]
    return numpy.concatenate(losses).mean()

#: wrong means | [mean_of_means] means of batches
def mean_loss(net, batches):
    means = [float(((net(X) - y.reshape((-1, 1))) ** 2 / 2).mean()) for X, y in batches]
    return sum(means) / len(means)

#: wrong last | [last_batch] the last batch alone
def mean_loss(net, batches):
    for X, y in batches:
        l = (net(X) - y.reshape((-1, 1))) ** 2 / 2
    return float(l.mean())

#: wrong twice | [reads_twice] the net is asked twice
def mean_loss(net, batches):
    total, n = 0.0, 0
    for X, y in batches:
        net(X)
        l = (net(X) - y.reshape((-1, 1))) ** 2 / 2
        total += float(l.sum())
        n += len(y)
    return total / n
