#: wrong integer_labels_alone | [labels_of_one_dtype] labels compared with int32 numbers
def softmax_cross_entropy(logits, y):
    o = logits - logits.max(axis=1, keepdims=True)
    hot = (y.reshape((-1, 1)) == nd.arange(logits.shape[1], dtype='int32').reshape((1, -1))).astype('float32')
    return nd.log(nd.exp(o).sum(axis=1)) - (hot * o).sum(axis=1)

#: right row_by_row | a loop over the rows, put together by concat
def softmax_cross_entropy(logits, y):
    losses = []
    for o, k in zip(logits, y.asnumpy()):
        shifted = o - o.max()
        losses.append(nd.log(nd.exp(shifted).sum()) - shifted[int(k)])
    return nd.concat(*losses, dim=0)
