"""`expect(result)`: state what must hold, or fail with what a student needs to see."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy

from grader import diagnosis
from grader.authoring import CannotTry, CheckFailed, Exercise, Misconception
from grader.messages import advice_on, call_text, describe_failure, describe_value, show
from grader.sandbox import wire
from grader.student import Numbers, Result

Rng = numpy.random.Generator

# Single precision has a relative spacing of 1.2e-7; correct forms of these exercises (a few dozen roundings, exp and
# log good to 2 units in the last place) were seen within 2e-6 of the float64 oracle. Five times that is granted.
RTOL = 1e-5
ATOL = 1e-6
# At logits of 1e4 float32 is spaced 1e-3 apart, and a correct form may round there once before the exp.
COARSE = 2e-3

# Operators of MXNet that compute a softmax or its logarithm, as they stand in a recorded graph.
SOFTMAX_OPERATORS = frozenset(
    {"softmax", "log_softmax", "softmin", "masked_softmax", "masked_log_softmax", "SoftmaxActivation",
     "SoftmaxOutput", "Softmax", "softmax_cross_entropy", "SoftmaxCrossEntropyLoss"}
)  # fmt: skip
# Operators that hide a graph of their own.
OPAQUE_OPERATORS = frozenset({"_CustomFunction", "Custom", "_CachedOp", "_NoGradient"})
_LACKS_OPERATOR = re.compile(
    r"only supports|[Nn]ot support|[Uu]nsupported|not implemented|Unknown type|type_flag"
    # A helper array in float32, which a form that is right in float32 may well use.
    r"|expected float16, got float32|float16.*inferred type = float32|float32.*inferred type = float16"
)


class Expectation:
    """What `expect` gives: each method returns itself where the property holds, and raises `CheckFailed` else."""

    def __init__(self, result: Result, against: tuple[Any, ...] | None) -> None:
        self.result = result
        self.against = result.args if against is None else against

    def no_failure(self) -> Expectation:
        """The call returned."""
        if self.result.failure is not None:
            raise self.failed(describe_failure(self.result.failure), raised=True)
        return self

    def array(self) -> Numbers:
        """The value as NumPy, if it is an MXNet array."""
        numbers = self.numbers()
        value = self.result.value
        if isinstance(value, wire.Array) and value.library != "numpy":
            return numbers
        wanted = "an mxnet.np array" if self.result.flavour == "np" else "an NDArray"
        raise self.failed(f"returns {describe_value(value)}; it must be {wanted}.", got=numbers)

    def numbers(self) -> Numbers:
        """The value as NumPy, if it is an array or a number of any kind."""
        numbers = self.no_failure().result.array
        if numbers is None:
            value = self.result.value
            raise self.failed(f"returned {describe_value(value)}.{advice_on(value)}")
        return numbers

    def close_to(self, want: Any, *, rtol: float = RTOL, atol: float = ATOL, any_number: bool = False) -> Expectation:
        """The value has the shape of `want` and its numbers, within `atol + rtol * |want|`.

        `any_number`: a Python or NumPy number, or an array with one element, does as well as an MXNet array.
        """
        want = numpy.asarray(want)
        got = self.numbers() if any_number else self.array()
        if any_number and got.size == 1 and want.ndim == 0:
            got = got.reshape(())
        if got.shape != want.shape:
            text = f"has the shape {got.shape}; it must be {want.shape}."
            raise self.failed(text, got=got, want=want)
        if not numpy.allclose(numpy.asarray(got, float), want, rtol=rtol, atol=atol):
            raise self.failed("is not right.", got=got, want=want)
        return self

    def finite(self, what: str = "contains nan or inf.") -> Expectation:
        """No nan and no infinity in the value."""
        got = self.numbers()
        if not numpy.isfinite(got).all():
            raise self.failed(what, got=got)
        return self

    def argument_unchanged(self, index: int, name: str, known: Misconception | None = None) -> Expectation:
        """The caller's own array still holds what it held before the call."""
        self.no_failure()
        before, after = numpy.asarray(self.result.args[index]), self.result.argument_after(index)
        if after is None or not numpy.array_equal(before, after, equal_nan=True):
            text = f"{call_text(self.result)} changes the array {name} that it is given."
            text += f"\n  before: {show(before)}\n  after:  {show(after)}"
            raise CheckFailed(text, known)
        return self

    def gradient_close_to(self, want: Numbers, *, rtol: float = 1e-4, atol: float = 1e-5) -> Expectation:
        """The gradient of sum(result * head) for the first argument."""
        got = self.gradient()
        if got.shape != want.shape or not numpy.allclose(got, want, rtol=rtol, atol=atol):
            raise self.failed("has a wrong gradient.", got=got, want=want, gradient=True)
        return self

    def gradient(self) -> Numbers:
        """The gradient, if there is one and it is finite."""
        self.array()
        got = self.result.gradient
        if got is None:
            failure = self.result.returned.grad_failure
            why = describe_failure(failure) if failure else "Its result has no gradient."
            raise self.failed(f"cannot be differentiated. {why}", detached=failure is not None)
        if not numpy.isfinite(got).all():
            raise self.failed("has a gradient with nan or inf.", got=got, gradient=True)
        return got

    def from_scratch(self, uses_library: Misconception) -> Expectation:
        """No operator of the recorded graph computes a softmax; a graph that cannot be read is the instructor's."""
        self.numbers()
        result = self.result
        operators = result.operators
        if operators is None or OPAQUE_OPERATORS.intersection(operators):
            result.channel.note(f"{result.exercise.name}: its compute graph cannot be read, so whether it is written "
                                "from scratch was not judged")  # fmt: skip
            return self
        found = sorted(SOFTMAX_OPERATORS.intersection(operators))
        if found:
            text = f"{call_text(result)} uses the library's operator {', '.join(found)}."
            raise CheckFailed(text, uses_library)
        return self

    def or_lacks_operator(self) -> Expectation:
        """Raises `CannotTry` where MXNet's CPU has no operator for this dtype that the student's form uses."""
        failure = self.result.failure
        if failure is not None and failure.type == "MXNetError" and _LACKS_OPERATOR.search(failure.message):
            raise CannotTry(f"MXNet lacks an operator here ({failure.message[:160]}); the points are yours.")
        return self

    def failed(
        self, what: str, *, got: Numbers | None = None, want: Numbers | None = None, gradient: bool = False,
        raised: bool = False, detached: bool = False,
    ) -> CheckFailed:  # fmt: skip
        """A `CheckFailed` that names the call, what came, what was expected and, if it is known, the misconception."""
        result = self.result
        outcome = result.failure if raised else got
        if detached:
            known = diagnosis.by_name(result.exercise, "leaves_the_graph")
        elif gradient:
            evidence = [((*self.against, result.head), outcome)]
            known = diagnosis.diagnose(result.exercise, result.flavour, evidence, "gradient")
        else:
            known = diagnosis.diagnose(result.exercise, result.flavour, [(self.against, outcome)])
        lines = [f"{call_text(result)} {what}", *_lines(_small_inputs(result))]
        lines += _lines({"gradient" if gradient else "returned": got, "expected": want})
        return CheckFailed("\n".join(lines), known)


def _small_inputs(result: Result) -> dict[str, Numbers]:
    """The small arrays among the arguments, named as in the exercise's signature."""
    names = result.exercise.signature.partition("(")[2].rstrip(")").split(",")
    arrays = zip(names, result.args, strict=False)
    return {name.strip(): arg for name, arg in arrays if isinstance(arg, numpy.ndarray) and arg.size <= 64}


def _lines(arrays: Mapping[str, Any]) -> list[str]:
    return [f"  {name + ':':10}{show(array)}" for name, array in arrays.items() if array is not None]


def compare(
    exercise: Exercise, what: str, got: Numbers, want: Numbers, args: tuple[Any, ...], *, rtol: float = RTOL,
    atol: float = ATOL, inputs: Mapping[str, Any], brief: str = "",
) -> None:  # fmt: skip
    """Fail with `what` unless two arrays agree; `args` go to the exercise's misconceptions, `inputs` are shown.

    `brief` stands for the two arrays where they are too large to show.
    """
    if got.shape == want.shape and numpy.allclose(got, want, rtol=rtol, atol=atol):
        return
    shown = [f"  {brief}"] if brief else _lines({"is": got, "expected": want})
    text = "\n".join([what[:1].upper() + what[1:], *_lines(inputs), *shown])
    raise CheckFailed(text, diagnosis.diagnose(exercise, "", [(args, got)]))


def expect_each(
    results: Sequence[Result], wants: Sequence[Any], against: Sequence[tuple[Any, ...]] | None = None, **options: Any
) -> None:
    """Every result is close to what is wanted; `options` as of `Expectation.close_to`.

    The first that is not makes the message. The diagnosis has to explain all of them, which tells misconceptions
    apart that agree on one input.
    """
    every = list(against or [result.args for result in results])
    for result, want, args in zip(results, wants, every, strict=True):
        try:
            expect(result, args).close_to(want, **options)
        except CheckFailed as failed:
            evidence = [(a, r.failure or r.array) for a, r in zip(every, results, strict=True)]
            known = diagnosis.diagnose(result.exercise, result.flavour, evidence)
            raise CheckFailed(str(failed), known or failed.misconception) from None


def expect(result: Result, against: tuple[Any, ...] | None = None) -> Expectation:
    """Begin a statement about a result: ``expect(student.softmax(X)).close_to(want)``.

    `against` is what the exercise's misconceptions take, where it is not what the student's function takes.
    """
    return Expectation(result, against)
