#: right maximum_added | log-sum-exp with the maximum added again
def softmax_cross_entropy(logits, y):
    m = logits.max(axis=1)
    return m + np.log(np.exp(logits - m.reshape((-1, 1))).sum(axis=1)) - npx.pick(logits, y)


#: right shift_first | shifted before anything else
def softmax_cross_entropy(logits, y):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(shifted).sum(axis=1)) - npx.pick(shifted, y, axis=1)


#: right detached_maximum | a maximum without a gradient
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True).detach()
    log_p = o - np.log(np.exp(o).sum(axis=1, keepdims=True))
    return -npx.pick(log_p, y)


#: right one_hot | a product with one-hot labels
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    log_p = o - np.log(np.exp(o).sum(axis=1, keepdims=True))
    return -(npx.one_hot(y, logits.shape[1]) * log_p).sum(axis=1)


#: right np fancy_index | indexing by rows and labels
def softmax_cross_entropy(logits, y):
    o = logits - np.max(logits, axis=-1, keepdims=True)
    rows = np.arange(len(logits)).astype("int32")
    return np.log(np.exp(o).sum(-1)) - o[rows, y.astype("int32")]


#: right np row_by_row | a loop over the rows, put together by stack
def softmax_cross_entropy(logits, y):
    losses = []
    for o, k in zip(logits, y.asnumpy()):
        shifted = o - o.max()
        losses.append(np.log(np.exp(shifted).sum()) - shifted[int(k)])
    return np.stack(losses)


#: right odds | the sum of the exponentials of the differences to the label's logit, shifted
def softmax_cross_entropy(logits, y):
    differences = logits - npx.pick(logits, y).reshape((-1, 1))
    m = differences.max(axis=1)
    return m + np.log(np.exp(differences - m.reshape((-1, 1))).sum(axis=1))


#: right helper | log_softmax written by hand
def log_softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.sum(np.exp(shifted), axis=1, keepdims=True))


def softmax_cross_entropy(logits, y):
    return -npx.pick(log_softmax(logits), y.astype("float32"))


#: right mean_shift_then_max | a needless second shift
def softmax_cross_entropy(logits, y):
    centred = logits - logits.mean(axis=1, keepdims=True)
    o = centred - centred.max(axis=1, keepdims=True)
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)


#: wrong gluon | [uses_the_library] Gluon's loss
def softmax_cross_entropy(logits, y):
    return gluon.loss.SoftmaxCrossEntropyLoss()(logits, y)


#: wrong log_softmax | [uses_the_library] the library's log-softmax
def softmax_cross_entropy(logits, y):
    return -npx.pick(npx.log_softmax(logits), y)


#: wrong naive_pair | [naive_pair] the book's two functions in a row
def softmax_cross_entropy(logits, y):
    E = np.exp(logits)
    y_hat = E / E.sum(axis=1, keepdims=True)
    return -np.log(npx.pick(y_hat, y))


#: wrong naive_log_sum | [no_shift] the formula as it stands
def softmax_cross_entropy(logits, y):
    return np.log(np.exp(logits).sum(axis=1)) - npx.pick(logits, y)


#: wrong stable_softmax_then_log | [log_of_stable_softmax] a stable softmax is enough
def softmax_cross_entropy(logits, y):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    return -np.log(npx.pick(E / E.sum(axis=1, keepdims=True), y))


#: wrong floor_1e_30 | [floor] a floor is the cure
def softmax_cross_entropy(logits, y):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    return -np.log(np.maximum(npx.pick(E / E.sum(axis=1, keepdims=True), y), 1e-30))


#: wrong eps_1e_8 | [floor] 1e-8 is added
def softmax_cross_entropy(logits, y):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    return -np.log(npx.pick(E / E.sum(axis=1, keepdims=True), y) + 1e-8)


#: wrong mean | [mean_over_batch] a loss is one number
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return (np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)).mean()


#: wrong sum | [sum_over_batch] a loss is one number
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return (np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)).sum()


#: wrong column | [column_result] keepdims to the end
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(o).sum(axis=1, keepdims=True)) - npx.pick(o, y, keepdims=True)


#: wrong double_softmax | [double_softmax] losses take probabilities
def softmax_cross_entropy(logits, y):
    E = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = E / E.sum(axis=1, keepdims=True)
    return np.log(np.exp(p).sum(axis=1)) - npx.pick(p, y)


#: wrong takes_probabilities | [logits_as_probabilities] the logits are probabilities already
def softmax_cross_entropy(logits, y):
    return -np.log(npx.pick(logits, y))


#: wrong logit_only | [logit_only] the sum cancels
def softmax_cross_entropy(logits, y):
    return -npx.pick(logits, y)


#: wrong without_the_label | [without_the_label] the label's logit forgotten
def softmax_cross_entropy(logits, y):
    m = logits.max(axis=1, keepdims=True)
    return (m + np.log(np.exp(logits - m).sum(axis=1, keepdims=True))).reshape((-1,))


#: wrong shift_not_undone | [shift_not_undone] the maximum cancels by itself
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(logits, y)


#: wrong shift_undone_twice | [shift_undone_twice] added, and taken from o_y too
def softmax_cross_entropy(logits, y):
    m = logits.max(axis=1)
    o = logits - m.reshape((-1, 1))
    return m + np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)


#: wrong one_maximum | [one_maximum_for_all] max() without an axis
def softmax_cross_entropy(logits, y):
    o = logits - logits.max()
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)


#: wrong maximum_of_columns | [maximum_of_columns] max over axis 0
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=0, keepdims=True)
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)


#: wrong no_keepdims | keepdims left out
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1)
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)


#: wrong sign | [negated] the sign turned around
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return npx.pick(o, y) - np.log(np.exp(o).sum(axis=1))


#: wrong log_2 | [log_base_2] bits
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return (np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)) / 0.6931472


#: wrong one_based | [next_class] labels count from 1
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y - 1)


#: wrong clips_logits | [clips_logits] 50 is enough
def softmax_cross_entropy(logits, y):
    o = np.clip(logits, -50, 50)
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)


#: wrong detached | [detaches_the_sum] the sum detached
def softmax_cross_entropy(logits, y):
    m = logits.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(logits - m).sum(axis=1, keepdims=True)) + m
    return log_sum.detach().reshape((-1,)) - npx.pick(logits, y)


#: wrong detached_once | [detaches_one_maximum] the maximum detached in one place
def softmax_cross_entropy(logits, y):
    m = logits.max(axis=1, keepdims=True)
    return (m + np.log(np.exp(logits - m.detach()).sum(axis=1, keepdims=True))).reshape((-1,)) - npx.pick(logits, y)


#: wrong asnumpy | [leaves_the_graph] through NumPy
def softmax_cross_entropy(logits, y):
    o = logits.asnumpy()
    o = o - o.max(axis=1, keepdims=True)
    return np.array(numpy.log(numpy.exp(o).sum(axis=1)) - o[numpy.arange(len(o)), y.asnumpy().astype(int)])


#: wrong in_place | [changes_the_logits, changes_while_recording] the caller's logits shifted
def softmax_cross_entropy(logits, y):
    logits -= logits.max(axis=1, keepdims=True)
    return np.log(np.exp(logits).sum(axis=1)) - npx.pick(logits, y)


#: wrong sum_axis_0 | [sum_axis_0] the softmax of each column
def softmax_cross_entropy(logits, y):
    E = np.exp(logits - logits.max())
    return -np.log(npx.pick(E / E.sum(axis=0, keepdims=True), y))


#: wrong predicted_class | [predicted_class] the largest logit where the label's belongs
def softmax_cross_entropy(logits, y):
    m = logits.max(axis=1)
    return m + np.log(np.exp(logits - m.reshape((-1, 1))).sum(axis=1)) - m


#: wrong no_sum_over_classes | [no_sum_over_classes] the last sum left out
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    log_p = o - np.log(np.exp(o).sum(axis=1, keepdims=True))
    return -npx.one_hot(y, logits.shape[1]) * log_p


#: wrong np integer_labels_alone | [labels_of_one_dtype] labels compared with int32 numbers
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    hot = (y.reshape(-1, 1) == np.arange(logits.shape[1], dtype="int32")).astype("float32")
    return np.log(np.exp(o).sum(axis=1)) - (hot * o).sum(axis=1)


#: wrong torch | [torch_habits] PyTorch's names
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(dim=1, keepdim=True)
    return o.exp().sum(dim=1).log() - o.gather(1, y)

#: wrong np methods | [function_as_method] exp and log as methods
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    return o.exp().sum(axis=1).log() - npx.pick(o, y)

#: wrong misspelt | [misspelt_name] a letter too few
def softmax_cross_entropy(logits, y):
    o = logits - logit.max(axis=1, keepdims=True)
    return np.log(np.exp(o).sum(axis=1)) - npx.pick(o, y)
