#: right book | slice assignment
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size

#: right slice_minus | param[:] -=
def sgd(params, lr, batch_size):
    for param in params:
        param[:] -= lr * param.grad / batch_size

#: right minus_equals | -= is in place
def sgd(params, lr, batch_size):
    for p in params:
        p -= lr * p.grad / batch_size

#: right mean_gradient_first | the gradient divided first, as a separate variable
def sgd(params, lr, batch_size):
    for param in params:
        g = param.grad / batch_size
        param[:] = param - lr * g

#: right step_size_first | the step size computed once
def sgd(params, lr, batch_size):
    step = lr / batch_size
    for param in params:
        param[:] = param - step * param.grad

#: right by_index | indexing the list
def sgd(params, lr, batch_size):
    for i in range(len(params)):
        params[i][:] = params[i] - lr * params[i].grad / batch_size

#: right sgd_update | the library's operator with out=
from mxnet import nd


def sgd(params, lr, batch_size):
    for param in params:
        w = param.as_nd_ndarray()
        nd.sgd_update(w, param.grad.as_nd_ndarray(), out=w, lr=lr, wd=0, rescale_grad=1 / batch_size)

#: right zeroes_gradient | zeroes the gradient afterwards: needless, harmless
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
        param.grad[:] = 0

#: right inside_pause | inside autograd.pause
def sgd(params, lr, batch_size):
    with autograd.pause():
        for param in params:
            param[:] = param - lr * param.grad / batch_size

#: right gradient_in_place | divides the gradient in place first
def sgd(params, lr, batch_size):
    for param in params:
        param.grad[:] = param.grad / batch_size
        param -= lr * param.grad

#: right helper | a helper that takes one parameter, type hints
def step(param: np.ndarray, rate: float) -> None:
    param[:] = param - rate * param.grad


def sgd(params: list, lr: float, batch_size: int) -> None:
    for param in params:
        step(param, lr / batch_size)

#: right list_comprehension | a list comprehension for its side effect
def sgd(params, lr, batch_size):
    [p.__isub__(lr * p.grad / batch_size) for p in params]

#: right copyto | computes the new value, then copies it into the old array
def sgd(params, lr, batch_size):
    for param in params:
        new = param - lr * param.grad / batch_size
        new.copyto(param)

#: right gradients_first | all gradients gathered before the first step
def sgd(params, lr, batch_size):
    grads = [param.grad.copy() for param in params]
    for param, grad in zip(params, grads):
        param[:] = param - lr * grad / batch_size

#: right out_argument | the out argument of subtract
def sgd(params, lr, batch_size):
    for param in params:
        np.subtract(param, lr * param.grad / batch_size, out=param)

#: right through_numpy | the new value computed in NumPy and written back
def sgd(params, lr, batch_size):
    for param in params:
        value = param.asnumpy() - lr * param.grad.asnumpy() / batch_size
        param[:] = np.array(value)

#: right while_prints_returns | a while loop, prints, and returns the parameters as well
def sgd(params, lr, batch_size):
    i = 0
    while i < len(params):
        param = params[i]
        print('step', i, param.shape)
        param[:] = param - lr * param.grad / batch_size
        i += 1
    return params

#: right map_lambda | a lambda over map
update = lambda lr, batch_size: (lambda p: p.__setitem__(slice(None), p - lr * p.grad / batch_size))
sgd = lambda params, lr, batch_size: list(map(update(lr, batch_size), params))

#: right power_of_minus_one | the reciprocal of the batch size as a power
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - batch_size ** -1 * (lr * param.grad)

#: right detached_view | writes through a detached view, which shares the memory
def sgd(params, lr, batch_size):
    for param in params:
        param.detach()[:] -= lr * param.grad / batch_size

#: right list_of_indices | a list of indices, in reverse
def sgd(params, lr, batch_size):
    indices = list(range(len(params)))
    for i in reversed(indices):
        param = params[i]
        param[:] = param - param.grad * lr / batch_size

#: right keyword_call | a helper with keywords
def new_value(*, value, slope, rate=0.1, size=1):
    return value - rate / size * slope


def sgd(params, lr, batch_size):
    for p in params:
        p[:] = new_value(value=p, slope=p.grad, rate=lr, size=batch_size)

#: right decorated | a decorator that counts the calls
import functools


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)
    wrapper.calls = 0
    return wrapper


@counted
def sgd(params, lr, batch_size):
    for param in params:
        param -= lr * param.grad / batch_size

#: right callable_object | an object with __call__
class SGD:
    def __call__(self, params, lr, batch_size):
        for param in params:
            self.step(param, lr / batch_size)

    def step(self, param, size):
        param[:] = param - size * param.grad


sgd = SGD()

#: right nested_and_warns | a nested function and a warning
import warnings


def sgd(params, lr, batch_size):
    def step(param):
        param[:] = param - lr * param.grad / batch_size

    warnings.warn('a step is taken')
    for param in tuple(params):
        step(param)

#: right row_by_row | row by row
def sgd(params, lr, batch_size):
    for param in params:
        for i in range(param.shape[0]):
            param[i] = param[i] - lr * param.grad[i] / batch_size

#: right ellipsis_assignment | param[...] on the left
def sgd(parameters, learning_rate, n):
    for weight in parameters:
        weight[...] = weight - learning_rate * weight.grad / float(n)

#: wrong rebinds_loop_variable | [rebinds_loop_variable] the loop variable is the parameter
def sgd(params, lr, batch_size):
    for param in params:
        param = param - lr * param.grad / batch_size

#: wrong replaces_list_entries | [replaces_entries] a new array in the list is the parameter
def sgd(params, lr, batch_size):
    for i in range(len(params)):
        params[i] = params[i] - lr * params[i].grad / batch_size

#: wrong returns_new_arrays | [returns_new_arrays] the caller takes what is returned
def sgd(params, lr, batch_size):
    return [param - lr * param.grad / batch_size for param in params]

#: wrong no_division | [no_division] the gradient is a mean already
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad

#: wrong multiplies_by_batch_size | [multiplies_by_batch_size] a larger batch takes a larger step
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad * batch_size

#: wrong divides_by_parameter_length | [divides_by_parameter_length] len(param) is the batch size
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / len(param)

#: wrong divides_twice | [divides_twice] divided by the batch size twice
def sgd(params, lr, batch_size):
    for param in params:
        grad = param.grad / batch_size
        param[:] = param - lr * grad / batch_size

#: wrong divides_everything | [divides_everything] the parentheses put the parameter under the division too
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = (param - lr * param.grad) / batch_size

#: wrong ascends | [ascends] adds the gradient
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param + lr * param.grad / batch_size

#: wrong lr_hard_coded | [lr_hard_coded] the learning rate is always 0.1
def sgd(params, lr, batch_size):
    lr = 0.1
    for param in params:
        param[:] = param - lr * param.grad / batch_size

#: wrong batch_of_256 | [batch_of_256] the batch size is always 256
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / 256

#: wrong ignores_lr | [ignores_lr] the step is the gradient
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - param.grad / batch_size

#: wrong divides_by_lr | [divides_by_lr] a rate divides
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - param.grad / (lr * batch_size)

#: wrong integer_division | [integer_division] // divides like /
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - (lr // batch_size) * param.grad

#: wrong only_first_parameter | [only_first_parameter] the return belongs inside the loop
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
        return params

#: wrong two_parameters_only | [two_parameters_only] there are always a weight and a bias
def sgd(params, lr, batch_size):
    w, bias = params
    w[:] = w - lr * w.grad / batch_size
    bias[:] = bias - lr * bias.grad / batch_size

#: wrong updates_globals | [updates_globals] the parameters are W and b
W, b = np.zeros((784, 10)), np.zeros(10)
for param in [W, b]:
    param.attach_grad()


def sgd(params, lr, batch_size):
    for param in [W, b]:
        param[:] = param - lr * param.grad / batch_size

#: wrong stores_the_step | [stores_the_step] stores the step alone
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = lr * param.grad / batch_size

#: wrong subtracts_parameter | [subtracts_parameter] step minus parameter
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = lr * param.grad / batch_size - param

#: wrong rebinds_and_attaches | [rebinds_loop_variable] a new array with attach_grad is the parameter
def sgd(params, lr, batch_size):
    for param in params:
        param = param - lr * param.grad / batch_size
        param.attach_grad()

#: wrong replaces_and_attaches | [replaces_entries] a new list entry with attach_grad is the parameter
def sgd(params, lr, batch_size):
    for i, param in enumerate(params):
        params[i] = param - lr * param.grad / batch_size
        params[i].attach_grad()

#: wrong mean_gradient | [mean_gradient] the mean of the gradient is the mean over the batch
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad.mean()

#: wrong torch_data | [torch_habits] a parameter has .data, as in PyTorch
def sgd(params, lr, batch_size):
    for param in params:
        param.data -= lr * param.grad / batch_size

#: wrong torch_zero | [torch_habits] a gradient has zero_(), as in PyTorch
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
        param.grad.zero_()

#: wrong zeroes_gradient_first | [zeroes_gradient_first] the gradient is zeroed before the step, as in PyTorch's loop
def sgd(params, lr, batch_size):
    for param in params:
        param.grad[:] = 0
        param[:] = param - lr * param.grad / batch_size

#: wrong weight_decay | [weight_decay] a little weight decay belongs to SGD
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * (param.grad / batch_size + 1e-2 * param)

#: wrong sgd_update_without_out | [takes_no_step] the library's operator changes its first argument
from mxnet import nd


def sgd(params, lr, batch_size):
    for param in params:
        nd.sgd_update(param.as_nd_ndarray(), param.grad.as_nd_ndarray(), lr=lr, rescale_grad=1 / batch_size)

#: wrong sign_of_gradient | [sign_of_gradient] only the direction of the gradient counts
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * np.sign(param.grad) / batch_size

#: wrong clips_gradient | [clips_gradient] large gradients are cut off
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * np.clip(param.grad, -1, 1) / batch_size

#: wrong steps_twice | [steps_twice] the step in both notations
def sgd(params, lr, batch_size):
    for param in params:
        param -= lr * param.grad / batch_size
        param[:] = param - lr * param.grad / batch_size

#: wrong empties_the_list | [changes_the_list] the list of parameters may be used up
def sgd(params, lr, batch_size):
    params = params if isinstance(params, list) else list(params)
    while params:
        param = params.pop()
        param[:] = param - lr * param.grad / batch_size

#: wrong changes_the_gradient | [changes_the_gradient] the gradient is what is updated
def sgd(params, lr, batch_size):
    for param in params:
        param.grad[:] = param - lr * param.grad / batch_size

#: wrong records_the_step | [records_the_step] the step is recorded
def sgd(params, lr, batch_size):
    with autograd.record():
        for param in params:
            param[:] = param - lr * param.grad / batch_size

#: wrong missing_division_of_bias | [missing_division_of_bias] only the weight's gradient is divided
def sgd(params, lr, batch_size):
    for param in params:
        if len(param.shape) > 1:
            param[:] = param - lr * param.grad / batch_size
        else:
            param[:] = param - lr * param.grad

#: wrong divides_by_one_less | [divides_by_one_less] one example does not count
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / (batch_size - 1)

#: wrong divides_by_one_more | [divides_by_one_more] one example more, so that nothing is divided by 0
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / (batch_size + 1)

#: wrong divides_by_two | [divides_by_two] the half of the squared loss
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / 2

#: wrong batch_of_10 | [batch_of_10] the batch size of linear regression
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / 10

#: wrong lr_of_linear_regression | [lr_of_0_03] the learning rate of linear regression
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - 0.03 * param.grad / batch_size

#: wrong lr_of_0_01 | [lr_of_0_01] the usual learning rate
def sgd(params, lr, batch_size, lr_=0.01):
    for param in params:
        param[:] = param - lr_ * param.grad / batch_size

#: wrong subtracts_the_gradient | [subtracts_the_gradient] the gradient is the step
def sgd(params, lr, batch_size):
    for param in params:
        param -= param.grad

#: wrong swaps_lr_and_batch_size | [swaps_lr_and_batch_size] the arguments in another order
def sgd(params, batch_size, lr):
    for param in params:
        param[:] = param - lr * param.grad / batch_size

#: wrong steps_along_the_parameter | [steps_along_the_parameter] .grad forgotten
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param / batch_size

#: wrong multiplies_by_the_step | [multiplies_by_the_step] *= for -=
def sgd(params, lr, batch_size):
    for param in params:
        param *= 1 - lr * param.grad / batch_size

#: wrong divides_by_the_gradient | [divides_by_the_gradient] the gradient under the line
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr / (param.grad * batch_size)

#: wrong squares_the_gradient | [squares_the_gradient] the gradient squared
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad ** 2 / batch_size

#: wrong loses_the_sign | [loses_the_sign] a step always goes down
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * np.abs(param.grad) / batch_size

#: wrong normalises_the_gradient | [normalises_the_gradient] only the direction of the gradient counts
def sgd(params, lr, batch_size):
    for param in params:
        length = np.sqrt((param.grad ** 2).sum())
        param[:] = param - lr * param.grad / length / batch_size

#: wrong sum_of_gradient | [sum_of_gradient] the gradient has to be summed over the batch
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad.sum() / batch_size

#: wrong mean_gradient_divided | [mean_gradient_divided] mean and division
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad.mean() / batch_size

#: wrong averages_over_rows | [averages_over_rows] the rows are the examples
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad.mean(axis=0)

#: wrong only_first_row | [only_first_row] param[0] is the parameter
def sgd(params, lr, batch_size):
    for param in params:
        param[0] = param[0] - lr * param.grad[0] / batch_size

#: wrong whole_numbers | [whole_numbers] the parameters are integers
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = (param - lr * param.grad / batch_size).astype('int32')

#: wrong zeroes_the_parameter | [zeroes_the_parameter] zeroes the wrong array
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
        param[:] = 0

#: wrong step_in_whole_numbers | [divides_with_floor] // divides like /
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad // batch_size

#: wrong only_last_parameter | [only_last_parameter] the step stands after the loop
def sgd(params, lr, batch_size):
    for param in params:
        step = lr * param.grad / batch_size
    param[:] = param - step

#: wrong skips_first_parameter | [first_parameter_stays] counting starts at one
def sgd(params, lr, batch_size):
    for i in range(1, len(params)):
        params[i][:] = params[i] - lr * params[i].grad / batch_size

#: wrong shrinks_lr_in_loop | [shrinks_lr_in_loop] the rate is divided in the loop
def sgd(params, lr, batch_size):
    for param in params:
        lr = lr / batch_size
        param[:] = param - lr * param.grad

#: wrong momentum | [momentum] the step of before carries on
velocity = {}


def sgd(params, lr, batch_size):
    for param in params:
        v = 0.9 * velocity.get(id(param), 0) + param.grad / batch_size
        velocity[id(param)] = v
        param[:] = param - lr * v

#: wrong adds_gradients_up | [momentum] gradients are added up, as in PyTorch
sums = {}


def sgd(params, lr, batch_size):
    for param in params:
        sums[id(param)] = sums.get(id(param), 0) + param.grad.copy()
        param[:] = param - lr * sums[id(param)] / batch_size

#: wrong params_as_array | [treats_params_as_array] params has one gradient
def sgd(params, lr, batch_size):
    params -= lr * params.grad / batch_size

#: wrong calls_the_gradient | [calls_the_gradient] grad is a method
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad() / batch_size

#: wrong indexes_with_parameters | [indexes_with_parameters] the loop gives indices
def sgd(params, lr, batch_size):
    for i in params:
        params[i][:] = params[i] - lr * params[i].grad / batch_size

#: wrong loops_over_a_number | [loops_over_a_number] len counts by itself
def sgd(params, lr, batch_size):
    for i in len(params):
        params[i][:] = params[i] - lr * params[i].grad / batch_size

#: wrong works_on_a_copy | [takes_no_step] a copy is the parameter
def sgd(params, lr, batch_size):
    for param in params:
        new = param.copy()
        new[:] = new - lr * param.grad / batch_size

#: wrong rebinds_the_list | [takes_no_step] params = ... changes the caller's list
def sgd(params, lr, batch_size):
    params = [param - lr * param.grad / batch_size for param in params]

#: wrong lr_squared | [lr_squared] the rate twice
def sgd(params, lr, batch_size):
    for param in params:
        step = lr * param.grad / batch_size
        param[:] = param - lr * step

#: wrong ascends_undivided | [ascends_undivided] adds the gradient, undivided
def sgd(params, lr, batch_size):
    for param in params:
        param += lr * param.grad

#: wrong steps_only_where_positive | [steps_only_where_positive] negative gradients are cut off
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * np.maximum(param.grad, 0) / batch_size

#: wrong at_least_two | [at_least_two] the size is kept from being too small for a division
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / max(batch_size, 2)

#: wrong clips_at_5 | [clips_gradient] large gradients are cut off, far from the usual ones
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * np.clip(param.grad, -5, 5) / batch_size

#: wrong skips_small_gradients | [ignores_small_gradients] where the slope is gentle one has arrived
def sgd(params, lr, batch_size):
    for param in params:
        if abs(param.grad.asnumpy()).max() > 0.01:
            param[:] = param - lr * param.grad / batch_size

#: wrong lr_of_0_5 | [wrong_length] the learning rate is always 0.5
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - 0.5 * param.grad / batch_size

#: wrong divides_by_root | [wrong_length] the root of the batch size, as in a standard error
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size ** 0.5

#: wrong batch_of_100 | [wrong_length] there are always 100 examples in a batch
def sgd(params, lr, batch_size):
    for param in params:
        param -= lr / 100 * param.grad

#: wrong weaker_weight_decay | [weight_decay] a penalty of a thousandth is part of SGD
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = (1 - 1e-3 * lr) * param - lr * param.grad / batch_size

#: wrong lazy_map | [takes_no_step] map computes when something asks for its items, and nothing does
def sgd(params, lr, batch_size):
    map(lambda p: p.__isub__(lr * p.grad / batch_size), params)

#: wrong steps_on_copies | [takes_no_step] the copies take the step
def sgd(params, lr, batch_size):
    for param in params:
        new = param.copy()
        new[:] = new - lr * param.grad / batch_size

#: right reattaches | attaches a new gradient buffer after each step: needless, harmless
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
        param.attach_grad()

#: right attach_add | gradients are added up from the second step on
def sgd(params, lr, batch_size):
    for p in params:
        p[:] = p - lr * p.grad / batch_size
        p.attach_grad('add')

#: right chunks_of_rows | large parameters 128 rows at a time
def sgd(params, lr, batch_size):
    for param in params:
        if param.shape[0] <= 128:
            param -= lr * param.grad / batch_size
        else:
            for i in range(0, param.shape[0], 128):
                param[i:i + 128] = param[i:i + 128] - lr * param.grad[i:i + 128] / batch_size

#: right float64 | in double precision
def sgd(params, lr, batch_size):
    for param in params:
        new = param.astype('float64') - lr * param.grad.astype('float64') / batch_size
        param[:] = new.astype('float32')

#: right zeroes_all_after | zeroes all gradients in a second loop
def sgd(params, lr, batch_size):
    for p in params:
        p[:] = p - lr * p.grad / batch_size
    for p in params:
        p.grad[:] = 0

#: right interpolation | towards a far point
def sgd(params, lr, batch_size):
    for p in params:
        target = p - p.grad
        rate = lr / batch_size
        p[:] = (1 - rate) * p + rate * target

#: right counts_steps | keeps a count
steps = 0


def sgd(params, lr, batch_size):
    global steps
    steps += 1
    for p in params:
        p[:] = p - lr * p.grad / batch_size

#: right any_size_branch | one way for vectors, another for matrices
def sgd(params, lr, batch_size):
    for p in params:
        if p.ndim == 1:
            for i in range(min(len(p), 4)):
                p[i] = p[i] - lr * p.grad[i] / batch_size
            if len(p) > 4:
                p[4:] = p[4:] - lr * p.grad[4:] / batch_size
        else:
            p[:] = p - lr * p.grad / batch_size

#: right skips_none | skips what has no gradient
def sgd(params, lr, batch_size):
    for p in params:
        if p.grad is None:
            continue
        p[:] = p - lr * p.grad / batch_size

#: wrong skips_one_entry | [parameters_of_some_shapes] parameters of one entry are left out
def sgd(params, lr, batch_size):
    for p in params:
        if p.size > 1:
            p[:] = p - lr * p.grad / batch_size

#: wrong attach_null | [reattaches] no gradients from the second step on
def sgd(params, lr, batch_size):
    for p in params:
        p[:] = p - lr * p.grad / batch_size
        p.attach_grad('null')

#: wrong attach_add_once | [reattaches] gradients are added up from the second step on
_attached = set()


def sgd(params, lr, batch_size):
    for p in params:
        p[:] = p - lr * p.grad / batch_size
        if id(p) not in _attached:
            _attached.add(id(p))
            p.attach_grad('add')

#: wrong first_8_rows | [rows_beyond_wrong] eight rows
def sgd(params, lr, batch_size):
    for p in params:
        p[:8] = p[:8] - lr * p.grad[:8] / batch_size

#: wrong first_10_columns | [columns_beyond_wrong] ten columns
def sgd(params, lr, batch_size):
    for p in params:
        if p.ndim == 2:
            p[:, :10] = p[:, :10] - lr * p.grad[:, :10] / batch_size
        else:
            p[:] = p - lr * p.grad / batch_size

#: wrong through_half | [half_precision] half precision
def sgd(params, lr, batch_size):
    for p in params:
        p[:] = (p - lr * p.grad / batch_size).astype('float16').astype('float32')

#: wrong gradient_through_half | [half_gradient] the gradient in half precision
def sgd(params, lr, batch_size):
    for p in params:
        g = p.grad.astype('float16').astype('float32')
        p[:] = p - lr * g / batch_size

#: wrong rounds_4 | [rounded] four decimals
def sgd(params, lr, batch_size):
    for p in params:
        p[:] = np.rint((p - lr * p.grad / batch_size) * 1e4) / 1e4

#: wrong first_lr | [uses_first_figures, wrong_length] the first rate is remembered
_first = {}


def sgd(params, lr, batch_size):
    rate = _first.setdefault('lr', lr)
    for p in params:
        p[:] = p - rate * p.grad / batch_size

#: wrong last_row | [last_row_wrong] the last row is left out
def sgd(params, lr, batch_size):
    for p in params:
        for i in range(len(p) - 1):
            p[i] = p[i] - lr * p.grad[i] / batch_size

#: wrong first_row_skipped | [first_row_wrong] from row 1 on
def sgd(params, lr, batch_size):
    for p in params:
        for i in range(1, len(p)):
            p[i] = p[i] - lr * p.grad[i] / batch_size

#: wrong matrices_only | [parameters_of_some_shapes] vectors are left out
def sgd(params, lr, batch_size):
    for p in params:
        if p.ndim > 1:
            p[:] = p - lr * p.grad / batch_size

#: wrong odd_parameters | [every_other_parameter] every other parameter
def sgd(params, lr, batch_size):
    for p in params[::2]:
        p[:] = p - lr * p.grad / batch_size

#: wrong first_two | [few_parameters] two parameters
def sgd(params, lr, batch_size):
    for p in params[:2]:
        p[:] = p - lr * p.grad / batch_size

#: wrong all_but_last | [last_parameter_stays] the last parameter is left out
def sgd(params, lr, batch_size):
    for i in range(len(params) - 1):
        p = params[i]
        p[:] = p - lr * p.grad / batch_size

#: wrong decays_rate | [depends_on_earlier_calls] the rate falls from call to call
_calls = 0


def sgd(params, lr, batch_size):
    global _calls
    rate = lr * 0.9 ** _calls
    _calls += 1
    for p in params:
        p[:] = p - rate * p.grad / batch_size

#: wrong keeps_within_1 | [cut_off] the parameters are kept between -1 and 1
def sgd(params, lr, batch_size):
    for p in params:
        p[:] = np.clip(p - lr * p.grad / batch_size, -1, 1)

#: wrong centred_gradient | [centres_the_gradient] the gradient's mean is taken away
def sgd(params, lr, batch_size):
    for p in params:
        p[:] = p - lr * (p.grad - p.grad.mean()) / batch_size

#: wrong first_gradient_for_all | [one_gradient_for_all] one gradient for all
def sgd(params, lr, batch_size):
    g = params[0].grad
    for p in params:
        if p.shape == g.shape:
            p[:] = p - lr * g / batch_size
        else:
            p[:] = p - lr * p.grad / batch_size

#: wrong batch_at_most_128 | [wrong_length] a batch of 128 at most
def sgd(params, lr, batch_size):
    n = min(batch_size, 128)
    for p in params:
        p[:] = p - lr * p.grad / n

#: wrong grows_gradient | [depends_on_earlier_calls] a tenth of the old gradient is left
_old = {}


def sgd(params, lr, batch_size):
    for i, p in enumerate(params):
        g = p.grad.copy()
        if i in _old and _old[i].shape == g.shape:
            g = 0.9 * g + 0.1 * _old[i]
        _old[i] = p.grad.copy()
        p[:] = p - lr * g / batch_size

#: wrong memo_step | [remembers_the_step] the step is remembered by the shape
_steps = {}


def sgd(params, lr, batch_size):
    for p in params:
        if p.shape not in _steps:
            _steps[p.shape] = lr * p.grad / batch_size
        p[:] = p - _steps[p.shape]

#: wrong noise | [draws_at_random] a little noise
def sgd(params, lr, batch_size):
    for p in params:
        noise = np.array(numpy.random.normal(scale=0.01, size=p.shape).astype('float32'))
        p[:] = p - lr * p.grad / batch_size + noise

#: wrong enumerate_list | [assigns_to_entries] enumerate
def sgd(params, lr, batch_size):
    for i, _ in enumerate(params):
        params[i] -= params[i].grad * (lr / batch_size)
