#: right book | reshape, dot, bias, softmax
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: right first_axis_kept | keeps the batch axis, lets reshape work out the rest
def net(X):
    X = X.reshape((X.shape[0], -1))
    O = np.dot(X, W) + b
    return softmax(O)

#: right flatten | the library's flatten
def net(X):
    return softmax(np.dot(npx.batch_flatten(X), W) + b)

#: right sizes_from_parameters | the sizes read off W and b
def net(X):
    num_features, num_classes = W.shape
    logits = np.dot(X.reshape((-1, num_features)), W) + b.reshape((1, num_classes))
    return softmax(logits)

#: right transposed | the product of the transposes, turned back
def net(X):
    rows = X.reshape((-1, num_inputs))
    return softmax(np.dot(W.T, rows.T).T + b)

#: right fully_connected | the operator behind Gluon's Dense, given W.T
def net(X):
    out = npx.fully_connected(X, W.T, b, num_hidden=num_outputs, flatten=True)
    return softmax(out)

#: right bias_as_weight | a column of ones joined to the inputs, the bias joined to W
def net(X):
    X = X.reshape(-1, num_inputs)
    X1 = np.concatenate([X, np.ones((X.shape[0], 1))], axis=1)
    W1 = np.concatenate([W, b.reshape(1, -1)], axis=0)
    return softmax(np.dot(X1, W1))

#: right row_loop | one example at a time
def net(X):
    rows = [np.dot(x.reshape((-1,)), W) + b for x in X]
    return softmax(np.stack(rows))

#: right np matmul | the matmul function
def net(X):
    return softmax(np.matmul(X.reshape(len(X), -1), W) + b)

#: right np einsum | einsum
def net(X):
    return softmax(np.einsum('ni,iq->nq', X.reshape(-1, 28 * 28), W) + b)

#: right helper_and_prints | a helper for the linear part, type hints, prints
def linear(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.dot(X, W) + b


def net(images: np.ndarray) -> np.ndarray:
    flat = images.reshape((-1, num_inputs))
    print('net sees', images.shape, '->', flat.shape)
    return softmax(linear(flat, W, b))

#: right lambda | one line
net = lambda X: softmax(np.dot(X.reshape((-1, 784)), W) + b)

#: right callable_class | an object with __call__ that looks W and b up when called
class Net:
    def __call__(self, X):
        return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)


net = Net()

#: right early_return | one path for images, another for rows
def net(X):
    if len(X.shape) == 2:
        return softmax(np.dot(X, W) + b)
    return softmax(np.dot(X.reshape((X.shape[0], -1)), W) + b)

#: right keyword_arguments | a default, keywords, a comment in German
def net(X, inputs=784):
    # die Bilder werden zu Zeilen
    rows = X.reshape((-1, inputs))
    return softmax(np.dot(rows, W) + b)

#: right decorated | a decorator that counts the calls
calls = []


def counted(function):
    def wrapper(*args, **kwargs):
        calls.append(len(args))
        return function(*args, **kwargs)
    return wrapper


@counted
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: right nested_function | the linear part inside, a warning
import warnings


def net(X):
    def linear(rows):
        warnings.warn('linear')
        return np.dot(rows, W) + b

    return softmax(linear(X.reshape((len(X), -1))))

#: right weighted_columns | each class's score by itself, put together again
def net(X):
    X = X.reshape((-1, num_inputs))
    columns = [(X * W[:, j]).sum(axis=1) + b[j] for j in range(num_outputs)]
    return softmax(np.stack(columns, axis=1))

#: right class_with_parameters | a layer holds on to the parameters
class Linear:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def __call__(self, X):
        return np.dot(X.reshape((-1, self.W.shape[0])), self.W) + self.b


layer = Linear(W, b)


def net(X):
    return softmax(layer(X))

#: right parameters_as_defaults | the parameters are default arguments
def net(X, W=W, b=b):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: wrong forgets_softmax | [forgets_softmax] the scores are the prediction
def net(X):
    return np.dot(X.reshape((-1, num_inputs)), W) + b

#: wrong softmax_before_bias | [softmax_before_bias] the bias is added to the probabilities
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W)) + b

#: wrong softmax_of_inputs | [softmax_of_inputs] the softmax comes before the linear layer
def net(X):
    return np.dot(softmax(X.reshape((-1, num_inputs))), W) + b

#: wrong forgets_bias | [forgets_bias] the bias can be left out
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W))

#: wrong subtracts_bias | [subtracts_bias] the sign of the bias does not matter
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) - b)

#: wrong forgets_reshape | [forgets_reshape] images arrive flat
def net(X):
    return softmax(np.dot(X, W) + b)

#: wrong batch_of_256 | [batch_of_256] there are always 256 images
def net(X):
    return softmax(np.dot(X.reshape((256, -1)), W) + b)

#: wrong flattens_everything | [flattens_everything] a batch is flattened into one vector
def net(X):
    return softmax(np.dot(X.reshape((1, -1)), W) + b)

#: wrong reshapes_to_columns | [reshapes_to_columns] reshaping to (784, n) and turning is the same as (n, 784)
def net(X):
    return softmax(np.dot(X.reshape((num_inputs, -1)).T, W) + b)

#: wrong transposed_weight | [transposed_weight] the weight is (outputs, inputs)
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W.T) + b)

#: wrong dot_arguments_swapped | [dot_arguments_swapped] the weight comes first
def net(X):
    return softmax(np.dot(W, X.reshape((-1, num_inputs))) + b)

#: wrong elementwise_product | [elementwise_product] * is the matrix product
def net(X):
    return softmax(X.reshape((-1, num_inputs)) * W + b)

#: wrong softmax_twice | [softmax_twice] one more softmax does no harm
def net(X):
    return softmax(softmax(np.dot(X.reshape((-1, num_inputs)), W) + b))

#: wrong returns_classes | [returns_classes] the net returns the class it predicts
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b).argmax(axis=1)

#: wrong own_parameters | [own_parameters] the net makes its own parameters
def net(X):
    W = np.random.normal(0, 0.01, (num_inputs, num_outputs))
    b = np.zeros(num_outputs)
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: wrong frozen_parameters | [frozen_parameters] the parameters never change again
W0, b0 = W.copy(), b.copy()


def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W0) + b0)

#: wrong through_asnumpy | [leaves_the_graph] NumPy is the same thing
def net(X):
    logits = X.asnumpy().reshape(-1, num_inputs) @ W.asnumpy() + b.asnumpy()
    return softmax(np.array(logits))

#: wrong detached_parameters | [leaves_the_graph] the parameters need no gradient here
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W.detach()) + b.detach())

#: wrong pauses_recording | [leaves_the_graph] the net need not be recorded
def net(X):
    with autograd.pause():
        return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: wrong scales_pixels | [scales_pixels] pixels run from 0 to 255
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)) / 255, W) + b)

#: wrong relu | [relu] a layer needs an activation
def net(X):
    O = np.maximum(np.dot(X.reshape((-1, num_inputs)), W) + b, 0)
    return softmax(O)

#: wrong sigmoid_output | [sigmoid_output] the output is a sigmoid
def net(X):
    return 1 / (1 + np.exp(-(np.dot(X.reshape((-1, num_inputs)), W) + b)))

#: wrong library_softmax | [uses_the_library] the library's softmax stands in for one's own
def net(X):
    return npx.softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: wrong gluon_dense | [frozen_parameters] a Dense layer uses W and b
dense = gluon.nn.Dense(num_outputs)
dense.initialize()


def net(X):
    return softmax(dense(X.reshape((-1, num_inputs))))

#: wrong returns_nothing | [returns_nothing] the last line is returned by itself
def net(X):
    y_hat = softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: wrong misspelt_softmax | [misspelt_name] sotfmax
def net(X):
    return sotfmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: wrong adds_bias_in_place | [changes_while_recording] += b is the same as adding b
def net(X):
    O = np.dot(X.reshape((-1, num_inputs)), W)
    O += b
    return softmax(O)

#: wrong normalises_input_in_place | [centres_the_input, changes_while_recording] the images may be centred where they are
def net(X):
    X -= X.mean()
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b)

#: wrong mean_of_inputs | [mean_of_inputs] the scores need an average
def net(X):
    X = X.reshape((-1, num_inputs))
    return softmax(np.dot(X, W) / num_inputs + b)

#: wrong adds_bias_twice | [adds_bias_twice] one b for W and one for the scores
def net(X):
    return softmax(np.dot(X.reshape((-1, num_inputs)), W) + b + b)

#: wrong leaves_weight_out | [leaves_weight_out] only b is learned
def net(X):
    X = X.reshape((-1, num_inputs))
    return softmax(np.dot(X, W) * 0 + b)

#: wrong negated_scores | [negated_scores] the softmax takes costs
def net(X):
    return softmax(-(np.dot(X.reshape((-1, num_inputs)), W) + b))

#: wrong torch_view | [torch_habits] arrays have a view, as in PyTorch
def net(X):
    return softmax(np.dot(X.view(-1, num_inputs), W) + b)

#: wrong np dot_as_method | [function_as_method] an array has dot, as in NumPy
def net(X):
    return softmax(X.reshape((-1, num_inputs)).maximum(0).dot(W) + b)

#: right chunks | 100 images at a time
def net(X):
    X = X.reshape((len(X), -1))
    parts = [softmax(np.dot(X[i:i + 100], W) + b) for i in range(0, len(X), 100)]
    return np.concatenate(parts, axis=0)

#: right cache_by_value | the same images with the same parameters are looked up
_cache = {}


def net(X):
    X = X.reshape((-1, 784))
    if autograd.is_recording():
        return softmax(np.dot(X, W) + b)
    key = hash((X.asnumpy().tobytes(), W.asnumpy().tobytes(), b.asnumpy().tobytes()))
    if key not in _cache:
        _cache[key] = softmax(np.dot(X, W) + b)
    return _cache[key]

#: right one_by_one_when_small | small batches one by one
def net(X):
    X = X.reshape((-1, 784))
    if X.shape[0] < 4:
        return np.concatenate([softmax(np.dot(X[i:i + 1], W) + b) for i in range(X.shape[0])], axis=0)
    return softmax(np.dot(X, W) + b)

#: right float64 | double precision inside
def net(X):
    X = X.reshape((X.shape[0], -1)).astype('float64')
    Z = np.dot(X, W.astype('float64')) + b.astype('float64')
    return softmax(Z.astype('float32'))

#: right own_formula | the softmax written out once more
def net(X):
    Z = np.dot(X.reshape((-1, 784)), W) + b
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

#: right scaled_and_back | scaled, and scaled back
def net(X):
    X = X.reshape((-1, 784)) * 2
    return softmax(np.dot(X, W) / 2 + b)

#: right split_weight | the weight in two halves
def net(X):
    X = X.reshape((-1, W.shape[0]))
    h = W.shape[0] // 2
    return softmax(np.dot(X[:, :h], W[:h]) + np.dot(X[:, h:], W[h:]) + b)

#: right records_itself | counts what it has seen
images_seen = 0


def net(X):
    global images_seen
    images_seen += X.shape[0]
    return softmax(np.dot(X.reshape((-1, 784)), W) + b)

#: wrong last_pixel | [some_pixels] the last pixel is left out
def net(X):
    X = X.reshape((-1, 784))
    return softmax(np.dot(X[:, :-1], W[:-1]) + b)

#: wrong first_100_pixels | [some_pixels] the first hundred pixels
def net(X):
    X = X.reshape((-1, 784))
    return softmax(np.dot(X[:, :100], W[:100]) + b)

#: wrong last_class_without_bias | [one_bias_missing] the last class has no bias
def net(X):
    X = X.reshape((-1, 784))
    mask = (np.arange(10) < 9).astype('float32')
    return softmax(np.dot(X, W) + b * mask)

#: wrong memo_by_shape | [remembered_result, frozen_parameters] remembered by shape
_memo = {}


def net(X):
    if X.shape not in _memo:
        _memo[X.shape] = softmax(np.dot(X.reshape((-1, 784)), W) + b)
    return _memo[X.shape]

#: wrong first_256 | [lines_missing] 256 images, and no more
def net(X):
    X = X.reshape((-1, 784))[:256]
    return softmax(np.dot(X, W) + b)

#: wrong beyond_256_zero | [rows_beyond_wrong] images beyond 256 get zeros
def net(X):
    X = X.reshape((-1, 784))
    P = softmax(np.dot(X, W) + b)
    keep = (np.arange(len(X)) < 256).astype('float32').reshape((-1, 1))
    return P * keep

#: wrong per_image_scale | [scales_by_the_largest] each image is divided by its largest pixel
def net(X):
    X = X.reshape((-1, 784))
    X = X / X.max(axis=1, keepdims=True)
    return softmax(np.dot(X, W) + b)

#: wrong binarised | [black_or_white] black or white
def net(X):
    X = (X.reshape((-1, 784)) > 0.5).astype('float32')
    return softmax(np.dot(X, W) + b)

#: wrong inverted | [negative_picture] white on black
def net(X):
    return softmax(np.dot(1 - X.reshape((-1, 784)), W) + b)

#: wrong pixels_in_half | [pixels_in_half] the images in float16
def net(X):
    X = X.reshape((-1, 784)).astype('float16').astype('float32')
    return softmax(np.dot(X, W) + b)

#: wrong input_detached | [leaves_the_graph] the input needs no gradient
def net(X):
    return softmax(np.dot(X.reshape((-1, 784)).detach(), W) + b)

#: wrong first_row_detached | [gradient_stops] the first image gives no gradient
def net(X):
    X = X.reshape((-1, 784))
    Z = np.dot(X, W) + b
    mask = (np.arange(len(X)) > 0).astype('float32').reshape((-1, 1))
    return softmax(Z * mask + Z.detach() * (1 - mask))

#: wrong turned_pictures | [transposed_pictures] pictures are transposed
def net(X):
    n = len(X)
    X = X.reshape((n, 28, 28))
    X = np.swapaxes(X, 1, 2)
    return softmax(np.dot(X.reshape((n, 784)), W) + b)

#: wrong rounds_scores | [rounds_scores] whole scores
def net(X):
    Z = np.dot(X.reshape((-1, 784)), W) + b
    return softmax(np.rint(Z))

#: wrong tanh_scores | [tanh_of_scores] a tanh between
def net(X):
    Z = np.dot(X.reshape((-1, 784)), W) + b
    return softmax(np.tanh(Z))

#: wrong first_image_for_all | [one_for_all] one image's result for all
def net(X):
    X = X.reshape((-1, 784))
    P = softmax(np.dot(X[:1], W) + b)
    return P * np.ones((len(X), 1))

#: wrong mean_image | [mean_of_the_batch] the mean image
def net(X):
    X = X.reshape((-1, 784))
    m = X.mean(axis=0, keepdims=True)
    return softmax(np.dot(m, W) + b) * np.ones((len(X), 1))

#: wrong small_to_zero | [small_values_lost] unlikely classes are impossible
def net(X):
    P = softmax(np.dot(X.reshape((-1, 784)), W) + b)
    return P * (P > 0.01)

#: wrong own_bias_frozen | [frozen_parameters] the bias as it was at the first call
_bias = []


def net(X):
    if not _bias:
        _bias.append(b.copy())
    return softmax(np.dot(X.reshape((-1, 784)), W) + _bias[0])

#: wrong softmax_down | [softmax_over_the_batch] a softmax of the transpose
def net(X):
    Z = np.dot(X.reshape((-1, 784)), W) + b
    return softmax(Z.T).T

#: wrong temperature | [scaled_scores] half the scores
def net(X):
    Z = np.dot(X.reshape((-1, 784)), W) + b
    return softmax(Z / 2)

#: wrong odd_images | [every_other_row_wrong] every other image
def net(X):
    X = X.reshape((-1, 784))
    P = softmax(np.dot(X, W) + b)
    keep = (np.arange(len(X)) % 2 == 0).astype('float32').reshape((-1, 1))
    return P * keep

#: wrong rounded_2 | [rounded] two decimals
def net(X):
    P = softmax(np.dot(X.reshape((-1, 784)), W) + b)
    return np.rint(P * 100) / 100

#: wrong centres_each_image | [centres_each_image] each image less its own mean
def net(X):
    X = X.reshape((-1, 784))
    X = X - X.mean(axis=1, keepdims=True)
    return softmax(np.dot(X, W) + b)
