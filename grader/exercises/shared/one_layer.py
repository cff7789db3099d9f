"""What `build_net()` is to give: a Gluon net of one dense layer, ready to be trained.

The layers that it is made of are the student's affair: X·W + b is what it has to be able to compute, with any W and b.
`expect_linear` says why not, as far as its parameters and what it computes tell.
"""

from __future__ import annotations

import contextlib

import numpy

from grader.checking import (
    CheckFailed,
    Misconception,
    Numbers,
    Student,
    StudentObject,
    expect,
    linear_of,
    no_failure,
    set_linear,
    show,
)

NO_NET = Misconception(
    "no_net",
    "what comes back is no Gluon net: it has no parameters that a Trainer could be given",
    "Return an nn.Sequential with the layer in it, or the layer.",
)
NOT_INITIALISED = Misconception(
    "not_initialised", "the parameters were never initialised", "net.initialize(init.Normal(sigma=0.01))"
)
LAYERS_IN_CONSTRUCTOR = Misconception(
    "layers_in_constructor",
    "the layers are handed to Sequential's constructor, which takes none in MXNet",
    "net = nn.Sequential(), and then net.add(…) in a line of its own.",
)
INPUTS_WRITTEN_DOWN = Misconception(
    "inputs_written_down",
    "the number of inputs is written down in the layer, and other inputs do not fit",
    "Leave in_units out: the layer sees how many inputs there are when it is first called.",
)
OTHER_OUTPUTS = Misconception(
    "other_outputs",
    "the layer has another number of outputs",
    "nn.Dense takes the number of outputs, not that of the inputs or of the examples.",
)
NO_BIAS = Misconception("no_bias", "there is no bias", "A Dense layer has one by itself: leave use_bias as it is.")
MORE_LAYERS = Misconception(
    "more_layers", "there is more than one layer with parameters", "The model is a single Dense layer."
)
ACTIVATION = Misconception(
    "activation",
    "an activation function, such as ReLU or sigmoid, is applied: the result is no linear function of X any more",
    "Leave the activation out: any number may have to be predicted.",
)
DEFAULT_START = Misconception(
    "default_start",
    "initialize() is called without a rule of its own: its weights are evenly spread between -0.07 and 0.07",
    "net.initialize(init.Normal(sigma=0.01))",
)
SPREAD_OF_A_TENTH = Misconception(
    "spread_of_a_tenth",
    "0.01 is taken for the variance, so that the standard deviation is 0.1",
    "sigma is the standard deviation: init.Normal(sigma=0.01).",
)
ALL_ALIKE = Misconception(
    "all_alike", "all weights begin with the same value and not with random ones", "init.Normal(sigma=0.01) draws them."
)
OTHER_SPREAD = Misconception(
    "other_spread",
    "the weights are drawn with another standard deviation than 0.01",
    "net.initialize(init.Normal(sigma=0.01))",
)
BIAS_START = Misconception(
    "bias_start", "the bias does not begin at 0", "It does by itself, whatever initialize() does with the weights."
)
SAME_START = Misconception(
    "same_start",
    "every net begins with the same weights: it is one net all the time, or a seed is set inside",
    "Make the net, and draw its weights, inside the function; and leave the seed alone there.",
)
FROZEN = Misconception(
    "frozen",
    "some parameters get no gradient, and so will never learn",
    "Leave grad_req as it is, and compute with MXNet's operators from X to the result.",
)
# For the namespace of an exercise's module: its misconceptions are those that it finds there.
KNOWN = [
    NO_NET, NOT_INITIALISED, LAYERS_IN_CONSTRUCTOR, INPUTS_WRITTEN_DOWN, OTHER_OUTPUTS, NO_BIAS, MORE_LAYERS,
    ACTIVATION, DEFAULT_START, SPREAD_OF_A_TENTH, ALL_ALIKE, OTHER_SPREAD, BIAS_START, SAME_START, FROZEN,
]  # fmt: skip
FAILURES = (
    (r"has not been initialized", NOT_INITIALISED),
    (r"_children|takes (1|from 1 to \d) positional argument", LAYERS_IN_CONSTRUCTOR),
    (r"Shape inconsistent|inferred shape", INPUTS_WRITTEN_DOWN),
)

# Of n normal draws the standard deviation is within SIGMAS / sqrt(2n) of itself, but once in 5e8 times.
SPREAD, SIGMAS = 0.01, 6
# Evenly spread numbers reach no further than 1.733 standard deviations. Of 400 normal draws one does, but once in 1e14.
EVENLY, ONE_IN = 1.75, 12


def built(student: Student, X: Numbers) -> StudentObject:
    """A new net, called once with X, so that it knows its inputs. Raises `CheckFailed` where it gives no array."""
    net = student.build_net.object(called="net", known=FAILURES)
    try:
        net.parameters()
    except CheckFailed as failed:
        raise CheckFailed(str(failed), NO_NET, hint="") from None
    try:
        no_failure(net(X), FAILURES).array()
    except CheckFailed as failed:
        known = SAME_START if failed.misconception is INPUTS_WRITTEN_DOWN and _is_one_net(student) else None
        raise CheckFailed(str(failed), known or failed.misconception, failed.hint) from None
    return net


def _is_one_net(student: Student) -> bool:
    """Whether two calls give the same weights at once, which therefore are from an earlier call."""
    nets = (student.build_net.object(called="net") for _ in range(2))
    first, second = ([values for _, values in net.parameters() if values is not None and values.any()] for net in nets)
    return bool(first) and len(first) == len(second) and all(map(numpy.array_equal, first, second))


def expect_linear(student: Student, X: Numbers, W: Numbers, b: Numbers) -> StudentObject:
    """A net that computes X·W + b, which is compared; W is (inputs, outputs), X (n, inputs) or (n, *shape)."""
    net = built(student, X)
    rows = X.reshape(len(X), -1).astype(float)
    came = expect(net(X)).array()
    if came.ndim == 2 and len(came) == len(X) and came.shape[1] != len(b):
        text = f"has the shape {came.shape} for {len(X)} examples; it must be {(len(X), len(b))}."
        raise CheckFailed(str(expect(net(X)).failed(text, got=came)), OTHER_OUTPUTS)
    if why_not_linear(net, X) is ACTIVATION:  # with the numbers below, chance may hide it
        raise CheckFailed("net(X) is no linear function of X.", ACTIVATION)
    try:
        set_linear(net, W, b, X.shape[1:])
    except CheckFailed as failed:
        # What the parameters are now says nothing of an activation where they are those of other layers.
        known = MORE_LAYERS if len(_sizes(net)) > 2 else why_not_linear(net, X) or _lacks_bias(net, W)
        raise CheckFailed(str(failed), known, hint="") from None
    expect(net(X), against=(rows, W, b)).close_to(rows @ W + b, rtol=1e-4, atol=1e-5)
    return net


def why_not_linear(net: StudentObject, X: Numbers) -> Misconception | None:
    """Whether an activation shows, or a second layer.

    Where f is linear but for a bias, f(X) + f(-2X) is f(-X) + f(0).
    """
    # The first weights are about 0.01: with inputs as large as this, an activation makes a difference.
    results = [net((times * X).astype(numpy.float32)).array for times in (100, -200, -100, 0)]
    arrays = [numpy.asarray(array, float) for array in results if array is not None]
    if len({array.shape for array in arrays}) == 1 and len(arrays) == 4 and arrays[0].size:
        ahead, far_back, back, zero = arrays
        # A hundredth, so that numbers rounded to float16 on the way are not taken for it.
        if not numpy.allclose(ahead + far_back, back + zero, rtol=0, atol=1e-4 + 0.01 * abs(ahead).max()):
            return ACTIVATION
    return MORE_LAYERS if len(_sizes(net)) > 2 else None


def _lacks_bias(net: StudentObject, W: Numbers) -> Misconception | None:
    return NO_BIAS if _sizes(net) == [W.size] else None


def _sizes(net: StudentObject) -> list[int]:
    """How many numbers each of its parameters has; none where it is no Gluon block."""
    with contextlib.suppress(CheckFailed):
        return [0 if values is None else values.size for _, values in net.parameters()]
    return []


def expect_small_start(student: Student, X: Numbers) -> None:
    """Of X, (n, inputs) or (n, *shape), only its width counts: new nets have normal weights and no bias at first."""
    inputs, shape = int(numpy.prod(X.shape[1:])), X.shape[1:]
    first, second = ((net, *linear_of(net, inputs, shape)) for net in (built(student, X) for _ in range(2)))
    net, W, b = first
    spread = float(W.std())
    if abs(spread - SPREAD) > SIGMAS * SPREAD / (2 * W.size) ** 0.5:
        text = f"The standard deviation of the {W.size} weights of a new net is {spread:.4f}, and not 0.01."
        # One net for all calls need not hold any more what it began with.
        known = SAME_START if W.std() and numpy.allclose(W, second[1], atol=1e-6) else _of_spread(W)
        raise CheckFailed(text, why_not_linear(net, X) or known)
    if abs(W.mean()) > SIGMAS * SPREAD / W.size**0.5:
        raise CheckFailed(f"The mean of the {W.size} weights of a new net is {W.mean():.4f}, and not near 0.")
    if abs(W).max() < EVENLY * SPREAD:
        text = f"Of the {W.size} weights of a new net none is further from 0 than {abs(W).max():.4f}."
        raise CheckFailed(f"{text} Of normal draws with the standard deviation 0.01, about one in {ONE_IN} is.")
    if abs(b).max() > 1e-6:
        raise CheckFailed(f"The bias of a new net is {show(b)}, and not 0.", why_not_linear(net, X) or BIAS_START)
    if numpy.allclose(W, second[1], atol=1e-6):
        raise CheckFailed("Two nets, of two calls of build_net(), have the same weights.", SAME_START)


def _of_spread(W: Numbers) -> Misconception:
    spread, mean = float(W.std()), abs(float(W.mean()))
    if spread < 1e-3 * mean + 1e-7:
        return ALL_ALIKE
    for known, usual in ((SPREAD_OF_A_TENTH, 0.1), (DEFAULT_START, 0.07 / 3**0.5)):
        evenly_spread = abs(W).max() < 0.0701
        if abs(spread - usual) < SIGMAS * usual / (2 * W.size) ** 0.5 and evenly_spread == (known is DEFAULT_START):
            return known
    return OTHER_SPREAD


def expect_gradients(student: Student, X: Numbers, W: Numbers, b: Numbers, head: Numbers) -> None:
    """The gradient of the sum of head · net(X) comes to X, and to as many numbers as W and b are."""
    net = expect_linear(student, X, W, b)
    result = net.gradient(X, head=head)
    expect(result, against=(X, W, b)).gradient_close_to((head @ W.T).reshape(X.shape))
    rows = X.reshape(len(X), -1)
    found = sorted(abs(grad).sum() for _, grad in net.parameters(grad=True) if grad is not None)
    wanted = sorted([abs(rows.T @ head).sum(), abs(head.sum(axis=0)).sum()])
    if len(found) != 2 or not numpy.allclose(found, wanted, rtol=1e-3):
        text = f"The gradients of the parameters, in size, add up to {show(found)}, and not to {show(wanted)}."
        raise CheckFailed(text, FROZEN if len(found) < 2 or not all(found) else None)
    net.gradient(X, head=head)
    again = sorted(abs(grad).sum() for _, grad in net.parameters(grad=True) if grad is not None)
    if not numpy.allclose(again, wanted, rtol=1e-3):
        text = f"The gradients of the parameters, in size, add up to {show(found)} at first, and to {show(again)} when"
        raise CheckFailed(f"{text} the same gradient is computed once more: leave grad_req as it is.")
