#: right book | two lists of names, zip and +
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y.asnumpy())
    preds = get_fashion_mnist_labels(net(X).argmax(axis=1).asnumpy())
    return [true + '\n' + pred for true, pred in zip(trues, preds)]

#: right loop | a loop, an f-string
def predict_titles(net, X, y):
    predicted = get_fashion_mnist_labels(nd.argmax(net(X), axis=1))
    true = get_fashion_mnist_labels(y)
    titles = []
    for i in range(len(y)):
        titles.append(f"{true[i]}\n{predicted[i]}")
    return titles
