"""Where Gluon keeps gradients (section 3.3, exercise 3): that of the first layer's weight, after a batch."""

from __future__ import annotations

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    StudentObject,
    check,
    expect,
    expect_each,
    known_failures,
    misconception,
    same,
    show,
)
from grader.diagnosis import habits
from grader.exercises.shared.loops import NOT_RECORDED
from grader.exercises.shared.trained_nets import given_net

EXERCISE = Exercise("weight_gradient(net, X, y)", "3.3")


def errors(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return X.astype(float) @ W + b - y[:, None]


def weight_gradient(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    """The truth, (1, d): of the sum of ½(ŷ - y)²."""
    return errors(X, y, W, b).T @ X


SUM = "backward on the vector of losses takes the gradient of their sum: no mean before it, no division after it."


@misconception("the losses are averaged, or the gradient is divided by the number of examples", SUM)
def of_the_mean(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return weight_gradient(X, y, W, b) / len(X)


@misconception("the half is left out of the loss, so that the gradient is doubled, or backward's results are added up",
               "Gluon's L2Loss is ½(ŷ - y)², and one backward is enough.")  # fmt: skip
def doubled(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return 2 * weight_gradient(X, y, W, b)


@misconception(
    "the weight itself is returned, and not its gradient", "net[0].weight.grad(), where .data() is the weight."
)
def the_weight(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return W.T


@misconception("it is the bias's gradient", "net[0].weight has a gradient of its own.")
def of_the_bias(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return errors(X, y, W, b).sum(axis=0)


@misconception("it is the gradient for X, the inputs", "The parameter is asked for its gradient: net[0].weight.grad().")
def of_the_inputs(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return errors(X, y, W, b) @ W.T


@misconception("nothing has been computed yet: the gradient is 0 until backward is called",
               "Record the loss, call backward on it, and ask for the gradient then.")  # fmt: skip
def before_backward(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return 0 * W.T


@misconception("y, of shape (n,), and net(X), of shape (n, 1), make (n, n) differences",
               "L2Loss sees to the shapes itself; by hand, y.reshape(-1, 1).")  # fmt: skip
def pairs(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return (X.astype(float) @ W + b - y[None, :]).sum(axis=1)[None, :] @ X


@misconception("it is the gradient of the predictions, without a loss", "Call backward on the loss of net(X) and y.")
def of_the_predictions(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return X.astype(float).sum(axis=0)[None, :]


@misconception("all values are positive: only the size of the gradient is returned", "Its sign says which way is up.")
def only_its_size(X: Numbers, y: Numbers, W: Numbers, b: Numbers) -> Numbers:
    return abs(weight_gradient(X, y, W, b))


OF_AN_EARLIER_BATCH = Misconception(
    "of_an_earlier_batch", "the gradient is that which an earlier batch has left, or that is added to",
    "Record, and call backward, in each call anew; grad_req stays as it is.")  # fmt: skip
CHANGES_THE_NET = Misconception(
    "changes_the_net", "the net's parameters change: a step is taken, or they are drawn anew",
    "Only look: no trainer.step, and no initialize.")  # fmt: skip
NEVER_CALLED = Misconception(
    "never_called", "the net is asked for its gradient before it was ever called, when it does not know its inputs yet",
    "net(X) comes first.")  # fmt: skip
KNOWN = [NOT_RECORDED]
FAILURES = (
    *habits.FAILURES, (r"not in a computational graph", NOT_RECORDED),
    (r"Deferred|not been initialized|initialization was deferred", NEVER_CALLED),
)  # fmt: skip

# n and d: more inputs and more examples than anybody writes down, and one of each.
SIZES = ((5, 3), (4, 12), (300, 2), (1, 1))
Case = tuple[Numbers, Numbers, Numbers, Numbers]


def draw(rng: Rng, n: int, d: int) -> Case:
    """X, y, W and b, as numbers that float32 holds."""
    shapes = ((n, d), (n,), (d, 1), (1,))
    X, y, W, b = (rng.normal(size=shape).astype(numpy.float32) for shape in shapes)
    return X, y, W, b


def call(student: Student, case: Case, net: StudentObject | None = None) -> Result:
    """With a net that was never called, if none is given."""
    X, y, W, b = case
    result = student.weight_gradient(net or student.given("uncalled_net", W, b), X, y)
    known_failures([result], FAILURES)
    return result


@check(points=1, hint="Record the loss of net(X) and y, call backward on it; net[0].weight.grad() is what it leaves.")
def values(student: Student, rng: Rng) -> None:
    """weight_gradient(net, X, y) is the gradient of the summed L2Loss for the weight of the first layer"""
    cases = [draw(rng, *size) for size in SIZES]
    results = [call(student, case) for case in cases]
    # The sum of 300 products, each of them rounded.
    expect_each(results, [weight_gradient(*case) for case in cases], cases, any_number=True, rtol=1e-4, atol=1e-4)


@check(points=0.5, trivial=True, hint="Each call computes a gradient of its own, and leaves the parameters alone.")
def looks_only(student: Student, rng: Rng) -> None:
    """the parameters stay as they were, and a second batch has its own gradient"""
    case, other = draw(rng, 6, 3), draw(rng, 6, 3)
    W, b = case[2:]
    other = (*other[:2], W, b)
    net = given_net(student, (W, b))
    found = [call(student, one, net).array for one in (case, other)]
    held = [values for _, values in net.parameters()]
    if not (len(held) == 2 and all(same(now, was) for now, was in zip(held, (W.T, b), strict=True) if now is not None)):
        raise CheckFailed("After weight_gradient(net, X, y) the parameters of net are others.", CHANGES_THE_NET)
    wants = [weight_gradient(*one) for one in (case, other)]
    if found[0] is None or found[1] is None:
        raise CheckFailed("weight_gradient(net, X, y) gives no numbers.")
    first, second = (numpy.asarray(array, float).ravel() for array in found if array is not None)
    # What is wrong in both, such as a factor, is the check above's affair.
    if same(second, wants[0].ravel()) or same(second, wants[0].ravel() + wants[1].ravel()):
        text = "Called for a second batch, with the same net, weight_gradient gives "
        raise CheckFailed(f"{text}{show(second)}; for the first it was {show(first)}.", OF_AN_EARLIER_BATCH)


@check(points=0.5, trivial=True, hint="net[0].weight.grad() is an array as it is.")
def is_an_array(student: Student, rng: Rng) -> None:
    """the gradient is an MXNet array of shape (1, d), as the weight is"""
    result = call(student, draw(rng, 4, 3))
    got = expect(result).array()
    if got.shape != (1, 3):
        raise expect(result).failed(f"has the shape {got.shape} for 3 inputs; it must be (1, 3).", got=got)
