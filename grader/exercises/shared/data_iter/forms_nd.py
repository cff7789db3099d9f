#: right library_shuffle | the library's own shuffle of an arange
def data_iter(batch_size, features, labels):
    n = len(features)
    order = nd.random.shuffle(nd.arange(n))
    for i in range(0, n, batch_size):
        yield features.take(order[i:i + batch_size]), labels.take(order[i:i + batch_size])

#: wrong slice_ends_too_soon | [loses_one_example] the last index is n - 1, so the last slice ends there
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(n))
    random.shuffle(indices)
    for i in range(0, n, batch_size):
        j = indices[i:min(i + batch_size, n - 1)]
        yield features[j], labels[j]

#: wrong indices_from_one | [counts_from_one] examples are counted from one
def data_iter(batch_size, features, labels):
    n = len(features)
    indices = list(range(1, n + 1))
    random.shuffle(indices)
    for i in range(0, n, batch_size):
        j = nd.array(indices[i:i + batch_size])
        yield features.take(j, axis=0), labels.take(j, axis=0)

#: wrong shuffle_in_place | [never_shuffles] the library's shuffle works in place
def data_iter(batch_size, features, labels):
    order = nd.arange(len(features))
    nd.random.shuffle(order)
    for i in range(0, len(features), batch_size):
        yield features.take(order[i:i + batch_size]), labels.take(order[i:i + batch_size])
