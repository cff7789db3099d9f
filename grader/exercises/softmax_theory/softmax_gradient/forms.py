#: right book | softmax, less the one-hot labels
def softmax_gradient(o, y):
    exp = np.exp(o - o.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True) - one_hot(y, o.shape[1])

#: right library | the library's softmax and one-hot
def softmax_gradient(o, y):
    return npx.softmax(o) - npx.one_hot(y, o.shape[1])

#: right in_place | 1 taken away in an array of its own
def softmax_gradient(o, y):
    p = npx.softmax(o, axis=1)
    p[np.arange(len(y)), y.astype('int32')] -= 1
    return p

#: right autograd | the library's loss, differentiated
def softmax_gradient(o, y):
    o.attach_grad()
    with autograd.record():
        loss = gluon.loss.SoftmaxCELoss()(o, y)
    loss.backward()
    return o.grad

#: right log_sum_exp | log-sum-exp differentiated, with a copy
def softmax_gradient(o, y):
    z = np.array(o)
    z.attach_grad()
    with autograd.record():
        m = z.max(axis=1, keepdims=True).detach()
        loss = np.log(np.exp(z - m).sum(axis=1)) - (z * npx.one_hot(y, z.shape[1])).sum(axis=1)
    loss.backward()
    return z.grad

#: right rows | row by row
def softmax_gradient(o, y):
    rows = []
    for row, k in zip(o, y.tolist()):
        e = np.exp(row - row.max())
        p = e / e.sum()
        p[int(k)] = p[int(k)] - 1
        rows.append(p)
    return np.stack(rows)

#: right numpy_and_back | NumPy, and back
def softmax_gradient(o, y):
    z = o.asnumpy()
    p = numpy.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    p[numpy.arange(len(p)), y.asnumpy().astype(int)] -= 1
    return np.array(p)

#: right pairs | 1 over the sum of exp of differences
def softmax_gradient(o, y):
    differences = np.expand_dims(o, 1) - np.expand_dims(o, 2)
    return 1 / np.exp(np.minimum(differences, 80)).sum(axis=2) - npx.one_hot(y, o.shape[1])

#: wrong no_labels | [leaves_out_the_labels] the probabilities alone
def softmax_gradient(o, y):
    return npx.softmax(o)

#: wrong sign | [labels_less_probabilities] the other way round
def softmax_gradient(o, y):
    return one_hot(y, o.shape[1]) - npx.softmax(o)

#: wrong true_column | [true_column_alone] the label's column alone
def softmax_gradient(o, y):
    t = npx.one_hot(y, o.shape[1])
    return t * (npx.softmax(o) - t)

#: wrong sigmoid | [derivative_of_the_probabilities] p (1 − p)
def softmax_gradient(o, y):
    p = npx.softmax(o)
    return p * (1 - p)

#: wrong probabilities | [for_the_probabilities] −1 / p
def softmax_gradient(o, y):
    return -npx.one_hot(y, o.shape[1]) / npx.softmax(o)

#: wrong label_subtracted | [takes_away_the_number] the label as a number
def softmax_gradient(o, y):
    return npx.softmax(o) - y.astype('float32').reshape(-1, 1)

#: wrong all_rows | [takes_away_in_all_rows] p[:, y] -= 1
def softmax_gradient(o, y):
    p = npx.softmax(o)
    p[:, y.astype('int32')] = p[:, y.astype('int32')] - 1
    return p

#: wrong logits | [leaves_out_the_softmax] logits less one-hot
def softmax_gradient(o, y):
    return o - one_hot(y, o.shape[1])

#: wrong one_based | [counts_from_one] labels from 1
def softmax_gradient(o, y):
    return npx.softmax(o) - np.eye(o.shape[1])[y.astype('int32') - 1]

#: wrong predicted | [takes_the_prediction] the likeliest class
def softmax_gradient(o, y):
    return npx.softmax(o) - npx.one_hot(o.argmax(axis=1), o.shape[1])

#: wrong axis_0 | [softmax_over_axis_0] over the batch
def softmax_gradient(o, y):
    return npx.softmax(o, axis=0) - npx.one_hot(y, o.shape[1])

#: wrong whole_sum | [one_sum_for_all] one sum for the batch
def softmax_gradient(o, y):
    exp = np.exp(o - o.max())
    return exp / exp.sum() - npx.one_hot(y, o.shape[1])

#: wrong loss | [losses] the loss
def softmax_gradient(o, y):
    return -npx.pick(npx.log_softmax(o), y)

#: wrong naive | [naive_exp] no shift
def softmax_gradient(o, y):
    exp = np.exp(o)
    return exp / exp.sum(axis=1, keepdims=True) - one_hot(y, o.shape[1])

#: wrong global_shift | [one_shift_for_all] one maximum for the batch
def softmax_gradient(o, y):
    exp = np.exp(o - o.max())
    return exp / exp.sum(axis=1, keepdims=True) - one_hot(y, o.shape[1])

#: wrong mean_loss | [constant_factor] divided by the batch's size
def softmax_gradient(o, y):
    return (npx.softmax(o) - npx.one_hot(y, o.shape[1])) / len(y)

#: wrong summed | [summed] added up over the batch
def softmax_gradient(o, y):
    return (npx.softmax(o) - npx.one_hot(y, o.shape[1])).sum(axis=0)

#: wrong integer_labels | [labels_of_one_dtype] float labels as Python's indices
def softmax_gradient(o, y):
    p = npx.softmax(o)
    for i, k in enumerate(y.tolist()):
        p[i, range(p.shape[1])[k]] -= 1
    return p

#: wrong changes_o | [changes_o] the shift in place
def softmax_gradient(o, y):
    o -= o.max(axis=1, keepdims=True)
    exp = np.exp(o)
    return exp / exp.sum(axis=1, keepdims=True) - one_hot(y, o.shape[1])

#: wrong numpy_result | [wrong_container] left in NumPy
def softmax_gradient(o, y):
    return (npx.softmax(o) - npx.one_hot(y, o.shape[1])).asnumpy()

#: right pure_python | lists and math
def softmax_gradient(o, y):
    out = []
    for row, label in zip(o.tolist(), y.tolist()):
        e = [math.exp(v - max(row)) for v in row]
        out.append([v / sum(e) - (j == int(label)) for j, v in enumerate(e)])
    return np.array(out)

#: right first_of_grad | autograd.grad, whose first entry is the gradient
def softmax_gradient(o, y):
    x = o.copy()
    x.attach_grad()
    with autograd.record():
        loss = -npx.pick(npx.log_softmax(x), y).sum()
    return autograd.grad(loss, x)[0]

#: wrong list_of_grad | [returns_several, wrong_container] what autograd.grad returns: a list
def softmax_gradient(o, y):
    x = o.copy()
    x.attach_grad()
    with autograd.record():
        loss = -npx.pick(npx.log_softmax(x), y).sum()
    return autograd.grad(loss, x)

#: wrong ten_classes | labels beyond ten are left out
def softmax_gradient(o, y):
    p = npx.softmax(o)
    for i in range(len(y)):
        if int(y[i]) < 10:
            p[i, int(y[i])] -= 1
    return p
