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

#: wrong eps_1e_5 | [eps_1e_5, nearly_right] an eps of 1e-5 costs nothing
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

#: right chunks | 64 rows at a time
def cross_entropy(y_hat, y):
    parts = []
    for i in range(0, len(y), 64):
        p = npx.pick(y_hat[i:i + 64], y[i:i + 64])
        parts.append(-np.log(p + 1e-12))
    return np.concatenate(parts, axis=0)

#: right absolute_log | the absolute value of the logarithm
def cross_entropy(y_hat, y):
    return np.abs(np.log(npx.pick(y_hat, y) + 1e-12))

#: right log_base_2_times_ln_2 | log2 times ln 2
import math


def cross_entropy(y_hat, y):
    return -np.log2(npx.pick(y_hat, y) + 1e-12) * math.log(2)

#: right clip_1e_7 | as Keras clips
def cross_entropy(y_hat, y):
    return -np.log(np.clip(npx.pick(y_hat, y), 1e-7, 1))

#: right float64_inside | double precision inside
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat.astype('float64'), y)
    return -np.log(p + 1e-30).astype('float32')

#: right branch_on_dtype | labels as they come, or cast
def cross_entropy(y_hat, y):
    if y.dtype != numpy.float32:
        y = y.astype('float32')
    return -np.log(npx.pick(y_hat, y) + 1e-12)

#: right keeps_history | remembers all losses so far
history = []


def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    history.append(float(loss.sum()))
    return loss

#: right eps_only_if_zero | an eps only where something is 0
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y)
    if float(p.min()) <= 0:
        p = p + 1e-12
    return -np.log(p)

#: right ternary_large | two ways, by the size of the batch
def cross_entropy(y_hat, y):
    def small():
        return -np.log(y_hat[list(range(len(y))), y] + 1e-12)
    def large():
        return -np.log(npx.pick(y_hat, y) + 1e-12)
    return small() if len(y) < 32 else large()

#: right cached_rows | the row numbers are remembered by their count
_rows = {}


def cross_entropy(y_hat, y):
    n = len(y_hat)
    if n not in _rows:
        _rows[n] = list(range(n))
    return -np.log(y_hat[_rows[n], y] + 1e-12)

#: wrong prod | [mends_the_logarithm] the product along the row
def cross_entropy(y_hat, y):
    one_hot = npx.one_hot(y, y_hat.shape[1])
    kept = one_hot * y_hat + (1 - one_hot)
    return -np.log(kept.prod(axis=1) + 1e-12)

#: wrong first_8_rows | [values_beyond_wrong] rows beyond the eighth have no loss
def cross_entropy(y_hat, y):
    losses = -np.log(npx.pick(y_hat, y) + 1e-12)
    mask = (np.arange(len(y)) < 8).astype('float32')
    return losses * mask

#: wrong loop_of_8 | [lines_missing] eight rows at most
def cross_entropy(y_hat, y):
    losses = -np.log(npx.pick(y_hat, y) + 1e-12)
    return losses[:8]

#: wrong first_10_classes | [some_classes_wrong] ten classes at most
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat[:, :10], y) + 1e-12)

#: wrong three_classes | [some_classes_wrong] written for three classes
def cross_entropy(y_hat, y):
    y = y.astype('float32')
    p = (y == 0) * y_hat[:, 0] + (y == 1) * y_hat[:, 1] + (y > 1) * y_hat[:, 2]
    return -np.log(p + 1e-12)

#: wrong class_0_ignored | [some_classes_wrong, gradient_stops] class 0 is the background
def cross_entropy(y_hat, y):
    losses = -np.log(npx.pick(y_hat, y) + 1e-12)
    return losses * (y.astype('float32') > 0)

#: wrong last_row_ignored | [last_value_wrong, gradient_stops] the last example has no loss
def cross_entropy(y_hat, y):
    losses = -np.log(npx.pick(y_hat, y) + 1e-12)
    keep = (np.arange(len(y)) < len(y) - 1).astype('float32')
    return losses * keep

#: wrong through_half | [half_probabilities, nearly_right, mends_the_logarithm] half precision is enough
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y).astype('float16').astype('float32')
    return -np.log(p + 1e-12)

#: wrong result_through_half | [half_precision, nearly_right] losses in half precision
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    return loss.astype('float16').astype('float32')

#: wrong floor_1e_3 | [clips_at_1e_2] no probability below a thousandth
def cross_entropy(y_hat, y):
    return -np.log(np.maximum(npx.pick(y_hat, y), 1e-3))

#: wrong cap_at_5 | [caps_the_loss] no loss above 5
def cross_entropy(y_hat, y):
    return np.minimum(-np.log(npx.pick(y_hat, y) + 1e-12), 5)

#: wrong small_losses_0 | [small_values_lost, gradient_stops] losses below 0.1 are none
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    return loss * (loss > 0.3)

#: wrong memo_by_shape | [remembered_result, leaves_the_graph] remembers by shape
_memo = {}


def cross_entropy(y_hat, y):
    key = y_hat.shape
    if key not in _memo:
        _memo[key] = -np.log(npx.pick(y_hat, y) + 1e-12)
    return _memo[key]

#: wrong memo_of_labels | [ignored_argument] remembers the labels by their number
_labels = {}


def cross_entropy(y_hat, y):
    if len(y) not in _labels:
        _labels[len(y)] = y
    return -np.log(npx.pick(y_hat, _labels[len(y)]) + 1e-12)

#: wrong global_y | [ignored_argument] global labels
labels = np.array([0, 1, 2, 0, 1])


def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, labels[:len(y_hat)]) + 1e-12)

#: wrong first_label | [one_label_for_all] the first label for every row
def cross_entropy(y_hat, y):
    return -np.log(y_hat[:, int(y[0].asnumpy())] + 1e-12)

#: wrong class_weights | [some_classes_wrong, rows_scaled] class 0 counts twice
def cross_entropy(y_hat, y):
    w = 1 + (y.astype('float32') == 0)
    return -np.log(npx.pick(y_hat, y) + 1e-12) * w

#: wrong label_smoothing | [label_smoothing] a tenth of the label goes to the others
def cross_entropy(y_hat, y):
    q = y_hat.shape[1]
    target = npx.one_hot(y, q) * 0.9 + 0.1 / q
    return -(target * np.log(y_hat + 1e-12)).sum(axis=1)

#: wrong detached_first_row | [gradient_stops] no gradient in the first row
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    mask = (np.arange(len(y)) > 0).astype('float32')
    return loss * mask + loss.detach() * (1 - mask)

#: wrong detached_sure_rows | [gradient_stops] no gradient where the prediction is right
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    mask = (y_hat.argmax(axis=1).astype('float32') != y.astype('float32')).astype('float32')
    return loss * mask + loss.detach() * (1 - mask)

#: wrong rounded_probabilities | [rounds_probabilities] two decimals of a probability
def cross_entropy(y_hat, y):
    p = np.rint(npx.pick(y_hat, y) * 100) / 100
    return -np.log(p + 1e-12)

#: wrong rounded_losses | [rounded, gradient_stops] three decimals of a loss
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    return np.rint(loss * 1000) / 1000

#: wrong only_where_wrong | [only_where_wrong] no loss where the prediction is right
def cross_entropy(y_hat, y):
    loss = -np.log(npx.pick(y_hat, y) + 1e-12)
    return loss * (y_hat.argmax(axis=1).astype('float32') != y.astype('float32'))

#: wrong per_classes | [constant_factor] divided by the logarithm of the number of classes
import math


def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y) + 1e-12) / math.log(y_hat.shape[1])

#: wrong odds | [log_of_odds] the logarithm of the odds
def cross_entropy(y_hat, y):
    p = npx.pick(y_hat, y)
    return -np.log((p + 1e-12) / (1 - p + 1e-12))

#: wrong cumulative | [running_sum, rows_scaled] running sums
def cross_entropy(y_hat, y):
    total, losses = 0, []
    for i in range(len(y)):
        total = total - np.log(y_hat[i:i + 1, int(y[i].asnumpy())] + 1e-12)
        losses.append(total)
    return np.concatenate(losses, axis=0)

#: wrong skips_odd | [every_other_value_wrong, gradient_stops] every other example
def cross_entropy(y_hat, y):
    losses = -np.log(npx.pick(y_hat, y) + 1e-12)
    return losses * (np.arange(len(y)) % 2 == 0)

#: wrong reversed_labels | [labels_in_another_order] the labels backwards
def cross_entropy(y_hat, y):
    return -np.log(npx.pick(y_hat, y[::-1]) + 1e-12)

#: wrong labels_of_the_call_before | [depends_on_earlier_calls] the labels of the call before, where their number fits
_labels_before = {}


def cross_entropy(y_hat, y):
    labels = _labels_before.get(len(y), y)
    _labels_before[len(y)] = y
    return -np.log(npx.pick(y_hat, labels) + 1e-12)
