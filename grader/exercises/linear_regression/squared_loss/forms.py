#: right book | reshape and square
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2

#: right square | np.square and a factor
def squared_loss(y_hat, y):
    return 0.5 * np.square(y.reshape(y_hat.shape) - y_hat)

#: right flat | flat first, and back in the end
def squared_loss(y_hat, y):
    d = y_hat.reshape(-1) - y
    return (d * d / 2).reshape(y_hat.shape)

#: right branch | a column of y where one is needed
def squared_loss(y_hat, y):
    if y_hat.ndim == 2:
        y = y[:, None]
    return np.power(y_hat - y, 2) / 2

#: right reshape_like | the operator that is made for it
def squared_loss(y_hat, y):
    return (y_hat - npx.reshape_like(y.astype("float32"), y_hat)) ** 2 * 0.5

#: right library | Gluon's loss, in the shape that is asked for
def squared_loss(y_hat, y):
    return gluon.loss.L2Loss()(y_hat, y.astype("float32")).reshape(y_hat.shape)

#: right loop | example by example
def squared_loss(y_hat, y):
    losses = [(y_hat[i] - y[i]) ** 2 / 2 for i in range(len(y))]
    return np.stack(losses).reshape(y_hat.shape)

#: right expanded | the square multiplied out
def squared_loss(y_hat, y):
    y = y.reshape(y_hat.shape).astype("float32")
    return (y_hat * y_hat - 2 * y_hat * y + y * y) / 2

#: wrong no_reshape | [spread] the shapes left as they are
def squared_loss(y_hat, y):
    return (y_hat - y) ** 2 / 2

#: wrong always_a_column | [spread] y made a column in any case
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(-1, 1)) ** 2 / 2

#: wrong no_half | [no_half] the square alone
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2

#: wrong half_inside | [half_inside] half of the error, squared
def squared_loss(y_hat, y):
    return ((y_hat - y.reshape(y_hat.shape)) / 2) ** 2

#: wrong precedence | [not_squared] 2 / 2 as the power
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** (2 / 2)

#: wrong times_two | [not_squared] * 2 for ** 2
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) * 2 / 2

#: wrong half_error | [half_of_the_error] the square forgotten
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) / 2

#: wrong absolute | [absolute] a distance
def squared_loss(y_hat, y):
    return np.abs(y_hat - y.reshape(y_hat.shape))

#: wrong root | [root] root of the square
def squared_loss(y_hat, y):
    return np.sqrt((y_hat - y.reshape(y_hat.shape)) ** 2 / 2)

#: wrong squares_apart | [squares_apart] each squared for itself
def squared_loss(y_hat, y):
    return (y_hat ** 2 - y.reshape(y_hat.shape) ** 2) / 2

#: wrong plus | [adds] a sum
def squared_loss(y_hat, y):
    return (y_hat + y.reshape(y_hat.shape)) ** 2 / 2

#: wrong one_sided | [one_sided] only what is too high
def squared_loss(y_hat, y):
    return np.maximum(y_hat - y.reshape(y_hat.shape), 0) ** 2 / 2

#: wrong signed | [signed] the sign kept
def squared_loss(y_hat, y):
    d = y_hat - y.reshape(y_hat.shape)
    return d * np.abs(d) / 2

#: wrong log | [logarithm] tamed by a logarithm
def squared_loss(y_hat, y):
    return np.log(1 + (y_hat - y.reshape(y_hat.shape)) ** 2 / 2)

#: wrong minus | [negated] the minus of a log-likelihood
def squared_loss(y_hat, y):
    return -(y_hat - y.reshape(y_hat.shape)) ** 2 / 2

#: wrong mean | [averages] one loss for all
def squared_loss(y_hat, y):
    return ((y_hat - y.reshape(y_hat.shape)) ** 2 / 2).mean()

#: wrong sum | [adds_up] all losses added up
def squared_loss(y_hat, y):
    return ((y_hat - y.reshape(y_hat.shape)) ** 2).sum() / 2

#: wrong over_n | [divides_by_n] each loss divided by the number of examples
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape)) ** 2 / 2 / len(y)

#: wrong shape_of_y | [missing_axis] y_hat reshaped instead
def squared_loss(y_hat, y):
    return (y_hat.reshape(y.shape) - y) ** 2 / 2

#: wrong gluon | [missing_axis] Gluon's loss as it is
def squared_loss(y_hat, y):
    return gluon.loss.L2Loss()(y_hat, y)

#: wrong numpy_result | [wrong_container] left in NumPy
def squared_loss(y_hat, y):
    return (y_hat.asnumpy() - y.asnumpy().reshape(y_hat.shape)) ** 2 / 2

#: wrong out_and_back | [leaves_the_graph] through NumPy
def squared_loss(y_hat, y):
    d = np.array(y_hat.asnumpy() - y.asnumpy().reshape(y_hat.shape))
    return d ** 2 / 2

#: wrong in_place | [changes_arguments, changes_while_recording] y_hat overwritten
def squared_loss(y_hat, y):
    y_hat -= y.reshape(y_hat.shape)
    return y_hat ** 2 / 2

#: wrong as_labels | [casts_predictions] predictions in the labels' type
def squared_loss(y_hat, y):
    return (y_hat.astype(y.dtype) - y.reshape(y_hat.shape)) ** 2 / 2

#: wrong no_return | [returns_nothing] computed and not returned
def squared_loss(y_hat, y):
    loss = (y_hat - y.reshape(y_hat.shape)) ** 2 / 2

#: wrong entries | [lines_missing] the first 256 examples alone
def squared_loss(y_hat, y):
    return (y_hat - y.reshape(y_hat.shape))[:256] ** 2 / 2
