#: wrong adds_shares | [adds_shares] accuracy gives a number of rows here
def train(net, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        loss_sum, correct, n = 0.0, 0.0, 0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                y_hat = net(X)
                l = cross_entropy(y_hat, y)
            l.backward()
            sgd(params, lr, batch_size)
            loss_sum += l.sum().asscalar()
            correct += accuracy(y_hat, y)
            n += len(y)
        history.append((loss_sum / n, correct / n))
    return history
