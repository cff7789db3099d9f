#: right pick_eps | pick, with an eps too small to see
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-12)

#: right range_index | fancy indexing by range
def cross_entropy(y_hat, y):
    p = y_hat[range(len(y_hat)), y]
    return -np.log(p + 1e-10)

#: right arange_index | fancy indexing by arange
def cross_entropy(y_hat, y):
    rows = np.arange(y_hat.shape[0])
    return -np.log(np.maximum(y_hat[rows, y], 1e-12))

#: right list_index | fancy indexing by Python lists
def cross_entropy(y_hat, y):
    labels = [int(k) for k in y.asnumpy()]
    p = y_hat[list(range(len(labels))), labels]
    return -np.log(np.clip(p, 1e-12, 1))

#: right log_then_pick | the log of everything first, made safe, then pick
def cross_entropy(y_hat, y):
    log_p = np.log(y_hat + 1e-12)
    return -npx.pick(log_p, y)

#: right clip | probabilities clipped from below
def cross_entropy(y_hat, y):
    y_hat = np.clip(y_hat, 1e-9, 1.0)
    return -np.log(npx.pick(y_hat, y))

#: right one_hot_sum | one-hot labels times logs, summed over axis 1
def cross_entropy(y_hat, y):
    one_hot = npx.one_hot(y, y_hat.shape[1])
    return -(one_hot * np.log(y_hat + 1e-12)).sum(axis=1)

#: right one_hot_inside_log | the probability selected by one-hot before the log
def cross_entropy(y_hat, y):
    mask = npx.one_hot(y, y_hat.shape[1])
    p = (mask * y_hat).sum(axis=1)
    return -np.log(p + 1e-12)

#: right one_hot_by_comparison | one-hot built by comparing with the class numbers
def cross_entropy(y_hat, y):
    classes = np.arange(y_hat.shape[1]).reshape((1, -1)).astype('float32')
    hits = (y.astype('float32').reshape((-1, 1)) == classes).astype('float32')
    return -np.log((hits * y_hat).sum(axis=1) + 1e-12)

#: right one_hot_eye | rows of the identity matrix
def cross_entropy(y_hat, y):
    one_hot = np.eye(y_hat.shape[1])[y]
    return -(one_hot * np.log(np.maximum(y_hat, 1e-12))).sum(axis=-1)

#: right row_loop | a loop over the examples
def cross_entropy(y_hat, y):
    losses = []
    for i in range(len(y)):
        p = y_hat[i, int(y[i].item())]
        losses.append(-np.log(p + 1e-12))
    return np.stack(losses).reshape((-1,))

#: right comprehension | list comprehension over zip
def cross_entropy(y_hat, y):
    losses = [-np.log(row[int(k)] + 1e-12) for row, k in zip(y_hat, y.asnumpy())]
    return np.stack(losses).reshape((len(losses),))

#: right column_reshaped | pick with keepdims, then back to one axis
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y, axis=1, keepdims=True)
    return -np.log(p + 1e-12).reshape((-1,))

#: right gather_nd | gather_nd by row and label
def cross_entropy(y_hat, y):
    rows = np.arange(y_hat.shape[0]).astype('int32')
    index = np.stack([rows, y.astype('int32')])
    return -np.log(npx.gather_nd(y_hat, index) + 1e-12)

#: right flat_take | the position in the flattened matrix
def cross_entropy(y_hat, y):
    n, q = y_hat.shape
    where = np.arange(n).astype('int32') * q + y.astype('int32')
    p = y_hat.reshape((-1,)).take(where)
    return -np.log(p + 1e-12)

#: right transpose | pick along axis 0 of the transpose
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat.T, y, axis=0) + 1e-12)

#: right log_reciprocal | log(1/p) instead of -log(p)
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y)
    return np.log(1 / (p + 1e-12))

#: right where_zero | only an exact zero is replaced
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y)
    p = np.where(p == 0, np.ones_like(p) * 1e-10, p)
    return -np.log(p)

#: right callable_class | an object with __call__
class CrossEntropy:
    def __init__(self, eps=1e-12):
        self.eps = eps

    def __call__(self, y_hat, y):
        return -np.log(npx.pick(y_hat, y) + self.eps)


cross_entropy = CrossEntropy()

#: right lambda_renamed | a lambda with other argument names
EPS = 1e-12
cross_entropy = lambda probs, labels: -np.log(npx.pick(probs, labels) + EPS)

#: right type_hints_and_prints | annotated, with a helper, prints and warns
import warnings


def true_probability(y_hat: np.ndarray, y: np.ndarray) -> np.ndarray:
    return npx.pick(y_hat, y.astype('float32'))


def cross_entropy(y_hat: np.ndarray, y: np.ndarray) -> np.ndarray:
    p = true_probability(y_hat, y)
    warnings.warn('about to take a log')
    print('smallest probability', p.min())
    return -np.log(np.maximum(p, 1e-12))

#: right all_classes_masked | zeros elsewhere set to one before the log
def cross_entropy(y_hat, y):
    one_hot = npx.one_hot(y, y_hat.shape[1])
    safe = one_hot * (y_hat + 1e-12) + (1 - one_hot)
    return -np.log(safe).sum(axis=1)

#: right decorated | a decorator, keyword arguments inside, a comment in Chinese
def announced(function):
    def wrapper(*args):
        print('loss of', len(args[1]))
        return function(predictions=args[0], targets=args[1])
    return wrapper


@announced
def cross_entropy(predictions, targets):
    # 选出正确类别的概率
    return -np.log(npx.pick(predictions, targets) + 1e-20)

#: wrong log_of_zero | [log_of_zero] a true probability is never exactly zero
def cross_entropy(y_hat, y):
    return -np.log(y_hat[range(len(y_hat)), y])

#: wrong log_then_pick_of_zero | [log_of_zero] a true probability is never exactly zero, wherever the log is taken
def cross_entropy(y_hat, y):
    return -npx.pick(np.log(y_hat), y)

#: wrong zero_times_log_zero | [zero_times_log_zero] zero times anything is zero
def cross_entropy(y_hat, y):
    one_hot = npx.one_hot(y, y_hat.shape[1])
    return -(one_hot * np.log(y_hat)).sum(axis=1)

#: wrong forgot_minus | [forgot_minus] the log-likelihood is the loss
def cross_entropy(y_hat, y):
    return np.log(npx.pick(y_hat, y) + 1e-12)

#: wrong forgot_log | [forgot_log] minus the probability is the loss
def cross_entropy(y_hat, y):
    return -npx.pick(y_hat, y)

#: wrong log_base_2 | [log_base_2] the base of the logarithm does not matter
def cross_entropy(y_hat, y):
    return -np.log2(npx.pick(y_hat, y) + 1e-12)

#: wrong softmax_again | [softmax_again] every loss takes logits
def cross_entropy(y_hat, y):
    e = np.exp(y_hat)
    probs = e / e.sum(axis=1, keepdims=True)
    return -np.log(npx.pick(probs, y) + 1e-12)

#: wrong library_loss_on_probabilities | [softmax_again, uses_the_library] Gluon's loss takes probabilities
def cross_entropy(y_hat, y):
    loss = gluon.loss.SoftmaxCrossEntropyLoss()
    return loss(y_hat, y)

#: wrong library_log_softmax | [uses_the_library] from scratch allows the library's log-softmax
def cross_entropy(y_hat, y):
    logits = np.log(y_hat + 1e-12)
    return -npx.pick(npx.log_softmax(logits, axis=1), y)

#: wrong eps_1e_6 | [eps_1e_6] an eps of 1e-6 costs nothing
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-6)

#: wrong eps_1e_3 | [eps_1e_3] an eps of 1e-3 costs nothing
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-3)

#: wrong eps_1e_4 | [eps_1e_4] an eps of 1e-4 costs nothing
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-4)

#: wrong eps_1e_5 | [eps_1e_5] an eps of 1e-5 costs nothing
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-5)

#: wrong clips_at_1e_2 | [clips_at_1e_2] small probabilities may be cut off
def cross_entropy(y_hat, y):
    return -np.log(np.clip(npx.pick(y_hat, y), 1e-2, 1))

#: wrong inf_replaced_by_zero | [inf_replaced_by_zero] an infinite loss may be set to zero
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y))
    return np.where(np.isinf(loss), np.zeros_like(loss), loss)

#: wrong inf_replaced_by_twenty | [mends_the_logarithm] an infinite loss can be mended after the logarithm
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y))
    return np.where(loss == numpy.inf, np.ones_like(loss) * 20, loss)

#: wrong denormal_eps | [eps_out_of_range] the smaller the eps the better
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-40)

#: wrong adds_eps_in_place | [changes_while_recording] += is the same as adding
def cross_entropy(y_hat, y):
    y_hat += 1e-12
    return -np.log(npx.pick(y_hat, y))

#: wrong every_label_for_every_row | [every_label_for_every_row] y_hat[:, y] pairs rows with labels
def cross_entropy(y_hat, y):
    return -np.log(y_hat[:, y] + 1e-12)

#: wrong pick_axis_0 | [pick_axis_0] pick along axis 0 goes along the rows
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y, axis=0) + 1e-12)

#: wrong rows_and_labels_swapped | [rows_and_labels_swapped] the label comes first in the index
def cross_entropy(y_hat, y):
    return -np.log(y_hat[y, range(len(y))] + 1e-12)

#: wrong sum_axis_0 | [sum_axis_0] axis 0 sums over the classes
def cross_entropy(y_hat, y):
    one_hot = npx.one_hot(y, y_hat.shape[1])
    return -(one_hot * np.log(y_hat + 1e-12)).sum(axis=0)

#: wrong mean_over_batch | [mean_over_batch] a loss is one number: the mean
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-12).mean()

#: wrong sum_over_batch | [sum_over_batch] a loss is one number: the sum
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-12).sum()

#: wrong divides_by_batch | [divides_by_batch] each loss is divided by the batch already
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-12) / len(y)

#: wrong mean_over_classes | [mean_over_classes] the mean over the classes is the sum
def cross_entropy(y_hat, y):
    one_hot = npx.one_hot(y, y_hat.shape[1])
    return -(one_hot * np.log(y_hat + 1e-12)).mean(axis=1)

#: wrong no_sum_over_classes | [no_sum_over_classes] the product with one-hot is the loss already
def cross_entropy(y_hat, y):
    return -npx.one_hot(y, y_hat.shape[1]) * np.log(y_hat + 1e-12)

#: wrong column_result | [column_result] a column of losses is as good as a vector
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y, keepdims=True) + 1e-12)

#: wrong label_as_one_hot | [label_as_one_hot] the class index multiplies the logs as one-hot would
def cross_entropy(y_hat, y):
    return -(y.astype('float32').reshape((-1, 1)) * np.log(y_hat + 1e-12)).sum(axis=1)

#: wrong label_times_matrix | [label_times_matrix] the labels line up with the matrix by themselves
def cross_entropy(y_hat, y):
    return -(y.astype('float32') * np.log(y_hat + 1e-12)).sum(axis=1)

#: wrong binary_per_class | [binary_per_class] each class is its own yes-or-no question
def cross_entropy(y_hat, y):
    t = npx.one_hot(y, y_hat.shape[1])
    return -(t * np.log(y_hat + 1e-12) + (1 - t) * np.log(1 - y_hat + 1e-12)).sum(axis=1)

#: wrong predicted_class | [predicted_class] the loss is about the class predicted
def cross_entropy(y_hat, y):
    return -np.log(y_hat.max(axis=1) + 1e-12)

#: wrong next_class | [next_class] labels count from one
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y.astype('float32') - 1) + 1e-12)

#: wrong class_after | [class_after] columns count from one
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y.astype('float32') + 1) + 1e-12)

#: wrong one_minus_p | [one_minus_p] one minus the probability measures the same
def cross_entropy(y_hat, y):
    return 1 - npx.pick(y_hat, y)

#: wrong squared_error | [squared_error] any loss will do
def cross_entropy(y_hat, y):
    return ((y_hat - npx.one_hot(y, y_hat.shape[1])) ** 2).sum(axis=1)

#: wrong ten_classes | [ten_classes] there are always ten classes
def cross_entropy(y_hat, y):
    one_hot = npx.one_hot(y, 10)
    return -(one_hot * np.log(y_hat + 1e-12)).sum(axis=1)

#: wrong batch_of_256 | [batch_of_256] there are always 256 examples
def cross_entropy(y_hat, y):
    return -np.log(y_hat[range(256), y] + 1e-12)

#: wrong through_asnumpy | [leaves_the_graph] NumPy is the same thing
def cross_entropy(y_hat, y):
    p = y_hat.asnumpy()[range(len(y)), y.asnumpy().astype(int)]
    return np.array(-numpy.log(p + 1e-12))

#: wrong python_float | [mean_over_batch, wrong_container] a plain number is what one wants to see
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    return float(loss.mean().item())

#: wrong list_of_floats | [wrong_container] a list of numbers is as good as an array
def cross_entropy(y_hat, y):
    return (-np.log(npx.pick(y_hat, y) + 1e-12)).asnumpy().tolist()

#: wrong arguments_swapped | [arguments_swapped] the labels come first
def cross_entropy(y, y_hat):
    return -np.log(npx.pick(y_hat, y) + 1e-12)

#: wrong detached | [leaves_the_graph] the loss needs no gradient
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat.detach(), y) + 1e-12)

#: wrong returns_nothing | [returns_nothing] the last line is returned by itself
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    print(loss)

#: wrong entropy | [entropy] the entropy of the prediction is the cross-entropy
def cross_entropy(y_hat, y):
    return -(y_hat * np.log(y_hat + 1e-12)).sum(axis=1)

#: wrong torch_gather | [torch_habits] gather and unsqueeze, as in PyTorch
def cross_entropy(y_hat, y):
    return -np.log(y_hat.gather(1, y.unsqueeze(1)).squeeze(1))

#: wrong plus_one_in_log | [plus_one_in_log] log(1 + p) cannot be infinite
def cross_entropy(y_hat, y):
    return -np.log(1 + npx.pick(y_hat, y))

#: wrong log_of_one_minus_p | [log_of_one_minus_p] the wrong classes' share
def cross_entropy(y_hat, y):
    return -np.log(1 - npx.pick(y_hat, y) + 1e-12)

#: wrong halved | [halved] half, as in the squared loss
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-12) / 2

#: wrong log_base_10 | [log_base_10] log10 is the logarithm
def cross_entropy(y_hat, y):
    return -np.log10(npx.pick(y_hat, y) + 1e-12)

#: wrong focal | [focal] easy examples count for less
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y) + 1e-12
    return -(1 - p) * np.log(p)

#: wrong focal_squared | [focal_squared] the focal loss is a better cross-entropy
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y)
    return -(1 - p) ** 2 * np.log(p + 1e-12)

#: wrong misspelt_name | [misspelt_name] yhat is y_hat
def cross_entropy(y_hat, y):
    return -np.log(yhat[range(len(y)), y])

#: wrong np log_as_method | [function_as_method] an array has log, as in PyTorch
def cross_entropy(y_hat, y):
    return -y_hat[range(len(y_hat)), y].log()
