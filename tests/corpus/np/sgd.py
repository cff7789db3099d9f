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

#: wrong rebinds_loop_variable | the loop variable is the parameter
def sgd(params, lr, batch_size):
    for param in params:
        param = param - lr * param.grad / batch_size

#: wrong replaces_list_entries | a new array in the list is the parameter
def sgd(params, lr, batch_size):
    for i in range(len(params)):
        params[i] = params[i] - lr * params[i].grad / batch_size

#: wrong returns_new_arrays | the caller takes what is returned
def sgd(params, lr, batch_size):
    return [param - lr * param.grad / batch_size for param in params]

#: wrong no_division | the gradient is a mean already
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad

#: wrong multiplies_by_batch_size | a larger batch takes a larger step
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad * batch_size

#: wrong divides_by_parameter_length | len(param) is the batch size
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / len(param)

#: wrong divides_twice | divided by the batch size twice
def sgd(params, lr, batch_size):
    for param in params:
        grad = param.grad / batch_size
        param[:] = param - lr * grad / batch_size

#: wrong divides_everything | the parentheses put the parameter under the division too
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = (param - lr * param.grad) / batch_size

#: wrong ascends | adds the gradient
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param + lr * param.grad / batch_size

#: wrong lr_hard_coded | the learning rate is always 0.1
def sgd(params, lr, batch_size):
    lr = 0.1
    for param in params:
        param[:] = param - lr * param.grad / batch_size

#: wrong batch_of_256 | the batch size is always 256
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / 256

#: wrong ignores_lr | the step is the gradient
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - param.grad / batch_size

#: wrong divides_by_lr | a rate divides
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - param.grad / (lr * batch_size)

#: wrong integer_division | // divides like /
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - (lr // batch_size) * param.grad

#: wrong only_first_parameter | the return belongs inside the loop
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
        return params

#: wrong two_parameters_only | there are always a weight and a bias
def sgd(params, lr, batch_size):
    w, bias = params
    w[:] = w - lr * w.grad / batch_size
    bias[:] = bias - lr * bias.grad / batch_size

#: wrong updates_globals | the parameters are W and b
def sgd(params, lr, batch_size):
    for param in [W, b]:
        param[:] = param - lr * param.grad / batch_size

#: wrong stores_the_step | stores the step alone
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = lr * param.grad / batch_size

#: wrong subtracts_parameter | step minus parameter
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = lr * param.grad / batch_size - param

#: wrong rebinds_and_attaches | a new array with attach_grad is the parameter
def sgd(params, lr, batch_size):
    for param in params:
        param = param - lr * param.grad / batch_size
        param.attach_grad()

#: wrong replaces_and_attaches | a new list entry with attach_grad is the parameter
def sgd(params, lr, batch_size):
    for i, param in enumerate(params):
        params[i] = param - lr * param.grad / batch_size
        params[i].attach_grad()

#: wrong mean_gradient | the mean of the gradient is the mean over the batch
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad.mean()

#: wrong torch_data | a parameter has .data, as in PyTorch
def sgd(params, lr, batch_size):
    for param in params:
        param.data -= lr * param.grad / batch_size

#: wrong torch_zero | a gradient has zero_(), as in PyTorch
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad / batch_size
        param.grad.zero_()

#: wrong zeroes_gradient_first | the gradient is zeroed before the step, as in PyTorch's loop
def sgd(params, lr, batch_size):
    for param in params:
        param.grad[:] = 0
        param[:] = param - lr * param.grad / batch_size

#: wrong weight_decay | a little weight decay belongs to SGD
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * (param.grad / batch_size + 1e-2 * param)

#: wrong sgd_update_without_out | the library's operator changes its first argument
from mxnet import nd


def sgd(params, lr, batch_size):
    for param in params:
        nd.sgd_update(param.as_nd_ndarray(), param.grad.as_nd_ndarray(), lr=lr, rescale_grad=1 / batch_size)

#: wrong sign_of_gradient | only the direction of the gradient counts
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * np.sign(param.grad) / batch_size

#: wrong clips_gradient | large gradients are cut off
def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * np.clip(param.grad, -1, 1) / batch_size

#: wrong steps_twice | the step in both notations
def sgd(params, lr, batch_size):
    for param in params:
        param -= lr * param.grad / batch_size
        param[:] = param - lr * param.grad / batch_size

#: wrong empties_the_list | the list of parameters may be used up
def sgd(params, lr, batch_size):
    params = params if isinstance(params, list) else list(params)
    while params:
        param = params.pop()
        param[:] = param - lr * param.grad / batch_size

#: wrong changes_the_gradient | the gradient is what is updated
def sgd(params, lr, batch_size):
    for param in params:
        param.grad[:] = param - lr * param.grad / batch_size

#: wrong records_the_step | the step is recorded
def sgd(params, lr, batch_size):
    with autograd.record():
        for param in params:
            param[:] = param - lr * param.grad / batch_size

#: wrong missing_division_of_bias | only the weight's gradient is divided
def sgd(params, lr, batch_size):
    for param in params:
        if len(param.shape) > 1:
            param[:] = param - lr * param.grad / batch_size
        else:
            param[:] = param - lr * param.grad
