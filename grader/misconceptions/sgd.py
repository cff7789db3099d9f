"""The ways people get `sgd(params, lr, batch_size)` wrong: what each returns, in NumPy."""

from __future__ import annotations

import numpy

from grader.authoring import misconception
from grader.student import Numbers


@misconception(
    "the parameter stays as it was: param = ... makes a new array and gives it the name of the loop "
    "variable, "
    "while the array in params is never written to",
    hint="Write into the array that exists; how does one assign to all of its entries?",
)
def rebinds_loop_variable(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return numpy.asarray(param, "float64")


@misconception(
    "the gradient is not divided by the batch size: it is a sum over the batch, so the step is that much too large",
    hint="One of the arguments is not used.",
)
def no_division(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad


@misconception(
    "the gradient is multiplied by the batch size instead of divided by it",
    hint="The gradient is a sum over the batch; the step should follow its mean.",
)
def multiplies_by_batch_size(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad * batch_size


@misconception(
    "the gradient is divided by the length of the parameter instead of the batch size",
    hint="How many examples the gradient was summed over is not to be read from the parameter.",
)
def divides_by_parameter_length(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / len(param)


@misconception(
    "the gradient is divided by the batch size twice, so that the step is too small",
    hint="Once is enough.",
)
def divides_twice(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / batch_size / batch_size


@misconception(
    "the parameter itself is divided by the batch size as well, so that it shrinks with every step",
    hint="Look at what the parentheses hold together.",
)
def divides_everything(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return (param - lr * grad) / batch_size


@misconception(
    "the step is added: it goes up the slope, and the loss grows",
    hint="The gradient points to where the loss grows.",
)
def ascends(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param + lr * grad / batch_size


@misconception(
    "the learning rate is fixed at 0.1, whatever is passed in",
    hint="One of the arguments is not used.",
)
def lr_hard_coded(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - 0.1 * grad / batch_size


@misconception(
    "the gradient is divided by 256, whatever the batch size",
    hint="One of the arguments is not used.",
)
def batch_of_256(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / 256


@misconception(
    "the learning rate is left out, so that the step is the whole mean gradient",
    hint="One of the arguments is not used.",
)
def ignores_lr(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - grad / batch_size


@misconception(
    "the gradient is divided by the learning rate, so that a smaller rate takes a larger step",
    hint="A small learning rate should mean a small step.",
)
def divides_by_lr(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - grad / (lr * batch_size)


@misconception(
    "the parameter is replaced by the step itself; what it was before is lost",
    hint="The new value starts from the old one.",
)
def stores_the_step(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return lr * grad / batch_size


@misconception(
    "the parameter is subtracted from the step, which turns its sign around",
    hint="Which of the two is taken away from the other?",
)
def subtracts_parameter(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return lr * grad / batch_size - param


@misconception(
    "all entries of the gradient are averaged into one number, and every entry of the parameter moves by "
    "the same amount",
    hint="The mean is over the examples; each entry of the parameter has a gradient of its own.",
)
def mean_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.mean(grad)


@misconception(
    "the parameter is pulled towards 0 as well (weight decay), which was not asked for",
    hint="The step depends on the gradient alone.",
)
def weight_decay(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * (grad / batch_size + 1e-2 * param)


@misconception(
    "only the sign of the gradient is used, so that steep and gentle slopes get the same step",
    hint="The size of the gradient counts as well.",
)
def sign_of_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.sign(grad) / batch_size


@misconception(
    "the gradient is cut off at ±1, so that steep slopes get too small a step",
    hint="Use the gradient as it is.",
)
def clips_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.clip(grad, -1, 1) / batch_size


@misconception(
    "the step is taken twice",
    hint="-= and the assignment each make a step: one of them is enough.",
)
def steps_twice(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - 2 * lr * grad / batch_size


@misconception(
    "the step of parameters with one axis, such as the bias, is not divided by the batch size",
    hint="All parameters follow the same rule.",
)
def missing_division_of_bias(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / (batch_size if numpy.ndim(param) > 1 else 1)
