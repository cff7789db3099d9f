#: right metric | MXNet's own metrics, which take NDArrays alone
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        train_acc, test_acc, mean_loss = mx.metric.Accuracy(), mx.metric.Accuracy(), mx.metric.Loss()
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            train_acc.update(y, y_hat)
            mean_loss.update(None, l)
        for X, y in test_iter:
            test_acc.update(y, net(X))
        history.append((mean_loss.get()[1], train_acc.get()[1], test_acc.get()[1]))
    return history
