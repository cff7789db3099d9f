#: right np book | two lists of names, zip and +
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).argmax(axis=1))
    return [true + '\n' + pred for true, pred in zip(trues, preds)]

#: right np loop | a loop, an f-string
def predict_titles(net, X, y):
    y_hat = net(X)
    predicted = get_fashion_mnist_labels(np.argmax(y_hat, axis=1))
    true = get_fashion_mnist_labels(y)
    titles = []
    for i in range(len(y)):
        titles.append(f"{true[i]}\n{predicted[i]}")
    return titles

#: right in_numpy | argmax in NumPy, a tuple
def predict_titles(net, X, y):
    scores = net(X).asnumpy()
    predicted = get_fashion_mnist_labels(numpy.argmax(scores, axis=-1))
    true = get_fashion_mnist_labels(y.asnumpy())
    return tuple("\n".join(pair) for pair in zip(true, predicted))

#: right one_by_one | picture by picture
def predict_titles(net, X, y):
    titles = []
    for i in range(len(X)):
        label = int(y[i:i + 1].asnumpy()[0])
        guess = int(net(X[i:i + 1]).asnumpy()[0].argmax())
        true, predicted = get_fashion_mnist_labels([label, guess])
        titles.append(true + "\n" + predicted)
    return titles

#: right twice | a softmax of what is one already, map
def predict_titles(net, X, y):
    probabilities = npx.softmax(net(X))
    labels = probabilities.asnumpy().argmax(axis=1)
    return list(map("{}\n{}".format, get_fashion_mnist_labels(y), get_fashion_mnist_labels(labels)))

#: right sorted_scores | argsort, names of its own
def predict_titles(net, X, y):
    names = ["t-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot"]
    order = numpy.argsort(net(X).asnumpy(), axis=1)
    return [names[int(label)] + "\n" + names[row[-1]] for label, row in zip(y.asnumpy(), order)]

#: wrong pred_first | [prediction_first] the other way round
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [pred + '\n' + true for true, pred in zip(trues, preds)]

#: wrong true_twice | [truth_twice] the same list twice
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [true + '\n' + true for true, pred in zip(trues, preds)]

#: wrong pred_twice | [prediction_twice] the prediction twice
def predict_titles(net, X, y):
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [pred + '\n' + pred for pred in preds]

#: wrong argmin | [least_likely] argmin
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmin(axis=1))
    return [true + '\n' + pred for true, pred in zip(trues, preds)]

#: wrong axis_0 | [argmax_over_axis_0] the wrong axis
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=0) % 10)
    return [true + '\n' + pred for true, pred in zip(trues, preds)]

#: wrong space | [one_line] a space between the two
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [f"{true} {pred}" for true, pred in zip(trues, preds)]

#: wrong escaped | [backslash_and_n] a backslash too many
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [true + '\\n' + pred for true, pred in zip(trues, preds)]

#: wrong indices | [class_numbers] numbers for names
def predict_titles(net, X, y):
    preds = net(X).asnumpy().argmax(axis=1)
    return [f"{int(true)}\n{int(pred)}" for true, pred in zip(y.asnumpy(), preds)]

#: wrong first_only | [first_text_alone] return inside the loop
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    titles = []
    for true, pred in zip(trues, preds):
        titles.append(true + '\n' + pred)
        return titles

#: wrong first_pred | [first_prediction] preds[0]
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [true + '\n' + preds[0] for true in trues]

#: wrong off_by_one | [shifted] i - 1
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [trues[i] + '\n' + preds[i - 1] for i in range(len(trues))]

#: wrong all_in_one | [one_text] one text
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return '\n'.join(true + '\n' + pred for true, pred in zip(trues, preds))

#: wrong tuples | [pairs] pairs of names
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return list(zip(trues, preds))

#: wrong lazy | [generator_not_run] zip and map alone
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return map(lambda true, pred: true + '\n' + pred, trues, preds)

#: wrong printed | [returns_nothing] print
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    for true, pred in zip(trues, preds):
        print(true + '\n' + pred)

#: wrong half | [no_last_text] range(len - 1)
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).asnumpy().argmax(axis=1))
    return [trues[i] + '\n' + preds[i] for i in range(len(trues) - 1)]

#: wrong only_misses | the prediction where it is wrong alone
def predict_titles(net, X, y):
    trues = get_fashion_mnist_labels(y)
    preds = get_fashion_mnist_labels(net(X).argmax(axis=1))
    return [f"{t}\n{p}" if t != p else t for t, p in zip(trues, preds)]
