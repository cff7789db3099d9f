#: right where | np.where
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5)

#: right smooth_l1 | the library's, under its other name
def huber_loss(y_hat, y):
    return npx.smooth_l1(y_hat - npx.reshape_like(y, y_hat), scalar=1.0)

#: right in_two_pieces | what is below 1, and what is above
def huber_loss(y_hat, y):
    a = np.abs(y_hat - y.reshape(y_hat.shape))
    return 0.5 * np.minimum(a, 1) ** 2 + np.maximum(a - 1, 0)

#: right masks | masks that are floats
def huber_loss(y_hat, y):
    a = abs(y_hat - y.reshape(y_hat.shape))
    small = (a <= 1).astype("float32")
    return small * 0.5 * a ** 2 + (1 - small) * (a - 0.5)

#: right clipped | by clip
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    c = np.clip(e, -1, 1)
    return c * (e - c / 2)

#: right strictly | the comparison turned around
def huber_loss(y_hat, y):
    difference = y.reshape(y_hat.shape) - y_hat
    return np.where(np.abs(difference) > 1, np.abs(difference) - 1 / 2, 1 / 2 * np.square(difference))

#: right loop | an if for each example
def huber_loss(y_hat, y):
    losses = []
    for a, b in zip(y_hat.reshape(-1), y):
        e = a - b
        losses.append(e * e / 2 if abs(float(e)) <= 1 else abs(e) - 0.5)
    return np.stack(losses).reshape(y_hat.shape)

#: right by_sign | sign for abs
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where((e <= 1) * (e >= -1), 0.5 * e * e, np.sign(e) * e - 0.5)

#: right difference | the square, less what is too much of it
def huber_loss(y_hat, y):
    a = np.abs(y_hat - y.reshape(y_hat.shape))
    return a ** 2 / 2 - npx.relu(a - 1) ** 2 / 2

#: wrong no_half | [no_half] the halves left out
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2, 2 * np.abs(e) - 1)

#: wrong no_half_inside | [no_half_inside] the half left out of one part
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2, np.abs(e) - 0.5)

#: wrong no_offset | [no_offset] it joins by itself
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e))

#: wrong offset_of_one | [offset_of_one] the threshold taken away
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 1)

#: wrong minimum | [min_of_both] the smaller part
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.minimum(e ** 2 / 2, np.abs(e) - 0.5)

#: wrong maximum | [squared_everywhere] the larger part
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.maximum(e ** 2 / 2, np.abs(e) - 0.5)

#: wrong l2 | [squared_everywhere] the squared loss
def huber_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2

#: wrong swapped | [parts_swapped] the wrong way round
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, np.abs(e) - 0.5, e ** 2 / 2)

#: wrong not_abs | [threshold_without_abs] e <= 1
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(e <= 1, e ** 2 / 2, np.abs(e) - 0.5)

#: wrong signed | [without_abs] e - 0.5
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2 / 2, e - 0.5)

#: wrong cut_off | [cuts_errors_off] clip, and the square of that
def huber_loss(y_hat, y):
    return np.clip(y_hat - y.reshape(y_hat.shape), -1, 1) ** 2 / 2

#: wrong l1 | [absolute] the absolute loss
def huber_loss(y_hat, y):
    return np.abs(y_hat - y.reshape(y_hat.shape))

#: wrong logarithm | [log_cosh] a smooth relative
def huber_loss(y_hat, y):
    return np.log(np.cosh(y_hat - y.reshape(y_hat.shape)))

#: wrong root | [pseudo_huber] another
def huber_loss(y_hat, y):
    return np.sqrt(1 + (y_hat - y.reshape(y_hat.shape)) ** 2) - 1

#: wrong mask_times_half | [bool_times_half] a mask that is no float, times 0.5
def huber_loss(y_hat, y):
    a = np.abs(y_hat - y.reshape(y_hat.shape))
    return (a <= 1) * 0.5 * a ** 2 + (a > 1) * (a - 0.5)

#: wrong sum_of_both | [adds_both] both parts
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return e ** 2 / 2 + np.abs(e) - 0.5

#: wrong mean | [mean] the mean
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5).mean()

#: wrong total | [total] the sum
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5).sum()

#: wrong no_reshape | [no_reshape] shapes broadcast by themselves
def huber_loss(y_hat, y):
    e = y_hat - y
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5)

#: wrong column | [always_a_column] both made columns
def huber_loss(y_hat, y):
    e = y_hat.reshape(-1, 1) - y.reshape(-1, 1)
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5)

#: wrong shape_of_y | [shape_of_y] y_hat made flat
def huber_loss(y_hat, y):
    e = y_hat.reshape(y.shape) - y
    return np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5)

#: wrong gluon | [gluons_own] the ready-made one
def huber_loss(y_hat, y):
    return gluon.loss.HuberLoss(rho=1)(y_hat, y)

#: wrong python_if | [if_of_an_array] if for a whole array
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    if np.abs(e) <= 1:
        return e ** 2 / 2
    return np.abs(e) - 0.5

#: wrong through_numpy | [leaves_the_graph] NumPy's where
def huber_loss(y_hat, y):
    e = (y_hat - y.reshape(y_hat.shape)).asnumpy()
    return np.array(numpy.where(abs(e) <= 1, e ** 2 / 2, abs(e) - 0.5))

#: wrong sqrt_of_square | [root_of_square] the root of the square for the absolute value
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    a = np.sqrt(e ** 2)
    return np.where(a <= 1, e ** 2 / 2, a - 0.5)

#: wrong in_place | [changes_while_recording, changes_arguments] -=
def huber_loss(y_hat, y):
    y_hat -= y.reshape(y_hat.shape)
    return np.where(np.abs(y_hat) <= 1, y_hat ** 2 / 2, np.abs(y_hat) - 0.5)

#: wrong rounded | [rounded, gradient_stops] rounded as for print
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    return np.round(np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5), 3)

#: wrong no_return | [returns_nothing] return forgotten
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    np.where(np.abs(e) <= 1, e ** 2 / 2, np.abs(e) - 0.5)

#: right two_losses | Gluon's other two losses
_l1, _l2 = gluon.loss.L1Loss(), gluon.loss.L2Loss()

def huber_loss(y_hat, y):
    a, q = _l1(y_hat, y), _l2(y_hat, y)
    return np.where(a <= 1, q, a - 0.5).reshape(y_hat.shape)

#: right excess | what is above 1, by relu
def huber_loss(y_hat, y):
    a = np.abs(y_hat - y.reshape(y_hat.shape))
    excess = npx.relu(a - 1)
    return 0.5 * (a - excess) ** 2 + excess

#: wrong if_all | [min_of_both] one branch for the whole batch
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    if (np.abs(e) <= 1).all():
        return 0.5 * e ** 2
    return np.abs(e) - 0.5

#: wrong at_most_1000 | errors cut off at 1000
def huber_loss(y_hat, y):
    e = np.clip(y_hat - y.reshape(y_hat.shape), -1000, 1000)
    return np.where(np.abs(e) <= 1, 0.5 * e ** 2, np.abs(e) - 0.5)

#: wrong own_threshold | the batch's mean error for the threshold
def huber_loss(y_hat, y):
    e = y_hat - y.reshape(y_hat.shape)
    d = float(np.abs(e).mean())
    return np.where(np.abs(e) <= d, 0.5 * e ** 2, d * (np.abs(e) - d / 2))
