"""The ways people get `sgd(params, lr, batch_size)` wrong: what each returns, in NumPy."""

from __future__ import annotations

from typing import Any

import numpy

from grader.checking import Numbers, misconception


@misconception(
    "the parameters stay as they were, because the arrays in params are never written to: param = …, for example, "
    "makes a new array and gives it the name of the loop variable, and an operator without out= makes a new array, too",
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
    "the gradient is cut off at some bound, ±1 say, so that steep slopes get too small a step",
    hint="Use the gradient as it is.",
)
def clips_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int, *, bound: Any = (
    1, 0.1, 0.5, 2, 5, 10, 100,
)) -> Numbers:  # fmt: skip
    return param - lr * numpy.clip(grad, -bound, bound) / batch_size


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


@misconception(
    "// rounds lr // batch_size down to a whole number, 0 as a rule, so that there is no step or too small a one",
    hint="Python's / and // are two different divisions.",
)
def integer_division(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr // batch_size * grad


@misconception(
    "the gradient is divided by batch_size - 1, as if one example did not count",
    hint="The gradient is a sum over batch_size examples.",
)
def divides_by_one_less(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / (batch_size - 1)


@misconception(
    "the gradient is divided by batch_size + 1",
    hint="The gradient is a sum over batch_size examples.",
)
def divides_by_one_more(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / (batch_size + 1)


@misconception(
    "the gradient is divided by 2 and not by the batch size",
    hint="The ½ of the squared loss has nothing to do with the step.",
)
def divides_by_two(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / 2


@misconception(
    "the gradient is divided by 10, whatever the batch size",
    hint="One of the arguments is not used.",
)
def batch_of_10(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / 10


@misconception(
    "the learning rate is fixed at 0.03, whatever is passed in",
    hint="One of the arguments is not used.",
)
def lr_of_0_03(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - 0.03 * grad / batch_size


@misconception(
    "the learning rate is fixed at 0.01, whatever is passed in",
    hint="One of the arguments is not used.",
)
def lr_of_0_01(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - 0.01 * grad / batch_size


@misconception(
    "the whole gradient is subtracted: neither the learning rate nor the batch size is used",
    hint="Two of the arguments are not used.",
)
def subtracts_the_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - grad


@misconception(
    "lr and batch_size have changed places: the gradient is divided by the rate and multiplied by the size",
    hint="A large batch should not make a large step.",
)
def swaps_lr_and_batch_size(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - batch_size * grad / lr


@misconception(
    "the step goes along the parameter and not along its gradient",
    hint="What does .grad hold?",
)
def steps_along_the_parameter(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * param / batch_size


@misconception(
    "the parameter is multiplied by the step",
    hint="A step is subtracted.",
)
def multiplies_by_the_step(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param * (1 - lr * grad / batch_size)


@misconception(
    "the step is divided by the gradient instead of multiplied by it",
    hint="Where the slope is steep the step is large.",
)
def divides_by_the_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr / (grad * batch_size)


@misconception(
    "the gradient is squared, so that every step goes down",
    hint="Where the slope goes the other way the step does, too.",
)
def squares_the_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad**2 / batch_size


@misconception(
    "the sign of the gradient is lost, so that every step goes down",
    hint="Where the slope goes the other way the step does, too.",
)
def loses_the_sign(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.abs(grad) / batch_size


@misconception(
    "the gradient is divided by its own length, so that all steps are equally long",
    hint="The size of the gradient counts as well.",
)
def normalises_the_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / numpy.sqrt((grad**2).sum()) / batch_size


@misconception(
    "all entries of the gradient are added up, and every entry of the parameter moves by the same amount",
    hint="The sum over the examples is done; each entry of the parameter has a gradient of its own.",
)
def sum_of_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.sum(grad) / batch_size


@misconception(
    "all entries of the gradient are averaged into one number, and that is divided by the batch size once more",
    hint="The mean is over the examples; each entry of the parameter has a gradient of its own.",
)
def mean_gradient_divided(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.mean(grad) / batch_size


@misconception(
    "the gradient is averaged over its rows, as if they were the examples",
    hint="The sum over the examples is done already: the gradient has the parameter's own shape.",
)
def averages_over_rows(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.mean(grad, axis=0)


@misconception(
    "only the first row of each parameter takes the step",
    hint="param[0] is a row; how does one write to all of them?",
)
def only_first_row(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    result = numpy.array(param, float)
    result[0] -= lr * grad[0] / batch_size
    return result


@misconception(
    "the new values are cut off to whole numbers",
    hint="Leave the dtype as it is.",
)
def whole_numbers(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return numpy.trunc(param - lr * grad / batch_size)


@misconception(
    "the parameter is set to 0 after the step, instead of the gradient",
    hint="Which array stands on the left of the assignment? Zeroing is not needed at all: MXNet overwrites gradients.",
)
def zeroes_the_parameter(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return numpy.zeros_like(param, dtype="float64")


@misconception(
    "the learning rate comes in twice",
    hint="Once is enough.",
)
def lr_squared(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * lr * grad / batch_size


@misconception(
    "the gradient is added, and not divided by the batch size: two slips in one step",
    hint="The gradient points to where the loss grows, and it is a sum over the batch.",
)
def ascends_undivided(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param + lr * grad


@misconception(
    "only entries with a positive gradient take the step",
    hint="Use the gradient as it is.",
)
def steps_only_where_positive(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.maximum(grad, 0) / batch_size


@misconception(
    "a batch of one example is taken for a batch of two, so that its step is half as large as it should be",
    hint="batch_size is never 0: no limit is needed.",
)
def at_least_two(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * grad / max(batch_size, 2)


@misconception(
    "the gradient is put into float16 first, which holds three digits",
    hint="Leave the arrays in the dtype in which they come.",
)
def half_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * numpy.asarray(grad, "float16").astype("float64") / batch_size


@misconception(
    "the mean of the gradient's entries is taken away from each of them",
    hint="Use the gradient as it is.",
)
def centres_the_gradient(param: Numbers, grad: Numbers, lr: float, batch_size: int) -> Numbers:
    return param - lr * (grad - numpy.mean(grad)) / batch_size
