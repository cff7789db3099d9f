#: right book | normal draws, dot, noise added in place
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    y += np.random.normal(0, 0.01, y.shape)
    return X, y

#: right keywords | loc and scale, and @
def synthetic_data(w, b, num_examples):
    X = np.random.normal(size=(num_examples, w.shape[0]))
    return X, X @ w + b + np.random.normal(loc=0.0, scale=0.01, size=num_examples)

#: right sum | products and their sum; noise scaled
def synthetic_data(w, b, num_examples):
    X = np.random.randn(num_examples, w.size)
    noise = 0.01 * np.random.randn(num_examples)
    return X, (X * w).sum(axis=1) + b + noise

#: right linreg_as_it_comes | tensordot and a list of two
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.tensordot(X, w, axes=1)
    return [X, y + b + np.random.normal(0, 0.01, (num_examples,))]

#: right numpy_draws | drawn by NumPy, and handed over
def synthetic_data(w, b, num_examples):
    X = numpy.random.normal(0, 1, (num_examples, len(w)))
    y = X @ w.asnumpy() + b + numpy.random.normal(0, 0.01, num_examples)
    return np.array(X, dtype="float32"), np.array(y, dtype="float32")

#: right double | in double precision
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w))).astype("float64")
    y = np.dot(X, w.astype("float64")) + b
    return X, y + np.random.normal(0, 0.01, y.shape).astype("float64")

#: right column_inside | a column of weights on the way
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w.reshape(-1, 1)) + b
    y = y + np.random.normal(0, 0.01, y.shape)
    return X, y.reshape(-1)

#: wrong no_noise | [no_noise] the noise forgotten
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    return X, np.dot(X, w) + b

#: wrong one_draw | [one_draw_for_all] a single number for the noise
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    return X, np.dot(X, w) + b + float(np.random.normal(0, 0.01))

#: wrong variance | [variance_for_deviation] the root of 0.01
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01 ** 0.5, y.shape)

#: wrong squared | [deviation_squared] 0.01 squared
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01 ** 2, y.shape)

#: wrong standard_noise | [noise_of_one] 0.01 for the mean, and 1 for the deviation
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0.01, 1, y.shape)

#: wrong abs_noise | [noise_has_a_sign] errors that are never negative
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.abs(np.random.normal(0, 0.01, y.shape))

#: wrong uniform_noise | [uniform_noise] noise that is spread evenly
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.uniform(-0.01, 0.01, y.shape)

#: wrong uniform_noise_of_that_size | [uniform_noise] evenly, with the right deviation
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.uniform(-0.01, 0.01, y.shape) * 3 ** 0.5

#: wrong noise_before | [noise_on_features] noise in the product
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    noise = np.random.normal(0, 0.01, X.shape)
    return X, np.dot(X + noise, w) + b

#: wrong relative_noise | [noise_of_the_labels_size] one per cent of the label
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y * (1 + np.random.normal(0, 0.01, y.shape))

#: wrong no_b | [leaves_out_b] the bias forgotten
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w)
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong other_X | [other_weights] the features drawn again for the labels
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(np.random.normal(0, 1, (num_examples, len(w))), w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong squares_w | [other_weights] the weights squared
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w ** 2) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong uniform_features | [uniform_features] features between -1 and 1
def synthetic_data(w, b, num_examples):
    X = np.random.uniform(-1, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong uniform_from_zero | [uniform_features] rand, which lies between 0 and 1
def synthetic_data(w, b, num_examples):
    X = np.random.rand(num_examples, len(w))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong narrow | [narrow_features] 0.01 for the features too
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 0.01, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong one_column | [columns_repeated] one column for all features
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, 1)) * np.ones(len(w))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong one_row | [rows_repeated] one row for all examples
def synthetic_data(w, b, num_examples):
    X = np.ones((num_examples, 1)) * np.random.normal(0, 1, (1, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong column | [column_of_labels] labels in a column
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w.reshape(-1, 1)) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong noise_table | a table of noise, from labels in a vector and noise in a column
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    return X, np.dot(X, w) + b + np.random.normal(0, 0.01, (num_examples, 1))

#: wrong star | [one_label_per_feature] * for the product
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = X * w + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong transposed | [features_transposed] a row for each feature
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (len(w), num_examples))
    y = np.dot(w, X) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong two | [two_features] two features, as in the example
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, 2))
    y = X[:, 0] * w[0] + X[:, 1] * w[-1] + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong thousand | [thousand_examples] a thousand examples, as in the book
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (1000, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong seed | [fixed_seed] the same numbers in every call
def synthetic_data(w, b, num_examples):
    import mxnet
    mxnet.random.seed(42)
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return X, y + np.random.normal(0, 0.01, y.shape)

#: wrong noise_once | [drawn_once] noise drawn outside the function
noise = numpy.random.normal(0, 0.01, 10000)


def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    return X, np.dot(X, w) + b + np.array(noise[:num_examples])

#: wrong swapped | [swapped] labels first
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return y + np.random.normal(0, 0.01, y.shape), X

#: wrong labels_alone | [returns_too_few] the features kept for itself
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b
    return y + np.random.normal(0, 0.01, y.shape)

#: wrong numpy_arrays | [wrong_container] left in NumPy
def synthetic_data(w, b, num_examples):
    X = numpy.random.normal(0, 1, (num_examples, len(w)))
    return X, X @ w.asnumpy() + b + numpy.random.normal(0, 0.01, num_examples)

#: right loop | example by example, stacked
def synthetic_data(w, b, num_examples):
    rows, labels = [], []
    for _ in range(num_examples):
        x = np.random.normal(size=len(w))
        noise = np.random.normal(loc=0, scale=0.01, size=1)[0]
        rows.append(x)
        labels.append((x * w).sum() + b + noise)
    return [np.stack(rows), np.stack(labels)]

#: right columns | feature by feature, the noise drawn around b
def synthetic_data(w, b, num_examples):
    X = np.stack([np.random.normal(0, 1, (num_examples,)) for _ in w], axis=1)
    y = np.random.normal(b, 0.01, num_examples)
    for j in range(len(w)):
        y = y + X[:, j] * w[j]
    return X, y

#: wrong repeats | [examples_repeated] half of them drawn, and repeated
def synthetic_data(w, b, num_examples):
    h = (num_examples + 1) // 2
    X = np.random.normal(0, 1, (h, len(w)))
    X = np.concatenate([X, X])[:num_examples]
    return X, np.dot(X, w) + b + np.random.normal(0, 0.01, num_examples)

#: wrong float16 | [rounded] the labels through float16
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b + np.random.normal(0, 0.01, num_examples)
    return X, y.astype("float16").astype("float32")

#: wrong writes_w | [changes_weights] w set to 0 at the end
def synthetic_data(w, b, num_examples):
    X = np.random.normal(0, 1, (num_examples, len(w)))
    y = np.dot(X, w) + b + np.random.normal(0, 0.01, num_examples)
    w[:] = 0
    return X, y
