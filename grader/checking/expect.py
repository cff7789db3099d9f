"""`expect(result)`: state what must hold, or fail with what a student needs to see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy

from grader.checking import charts
from grader.checking.authoring import CannotTry, CheckFailed, Exercise, Misconception, by_name
from grader.checking.explanation import Fault, explained, fact, lines
from grader.checking.gradients import diagnose_gradient, name_of
from grader.checking.margins import near_enough
from grader.checking.messages import call_text, describe_failure, describe_value, show
from grader.checking.result import Result
from grader.checking.seen import seen_of, was_right
from grader.checking.student import Numbers, try_again
from grader.diagnosis import shrinking, translations, wrong_kinds
from grader.diagnosis.diagnose import Evidence, diagnose, is_right
from grader.diagnosis.nearness import Near
from grader.sandbox import wire

Rng = numpy.random.Generator
Oracle = Callable[..., Any]

# The hint where a check's own is about something that comes later.
WRONG_BEFORE = "With other inputs its values are not right either: see to those first."

# At logits of 1e4 float32 is spaced 1e-3 apart, and a correct form may round there once before the exp.
COARSE = 2e-3

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
        # The exercise's misconceptions take what its function takes, and not what a method of an object takes.
        self.result = replace(result, of="") if result.call and result.of == "value" and against is None else result
        self.against = result.args if against is None else against

    def no_failure(self) -> Expectation:
        """The call returned."""
        if self.result.failure is not None:
            # The check's own hint is about something else.
            raise self.failed(describe_failure(self.result.failure), raised=True, hint="")
        return self

    def array(self) -> Numbers:
        """The value as NumPy, if it is an MXNet array."""
        return self._usable(any_number=False)

    def numbers(self) -> Numbers:
        """The value as NumPy, if it is an array or a number of any kind."""
        return self._usable(any_number=True)

    def number(self) -> float:
        """The value as a number, if it is one of any kind; an array with one element is one."""
        got = self.numbers()
        if got.size != 1:
            raise self.failed(f"has the shape {got.shape}; it must be a number.", got=got, hint="")
        return float(got.reshape(()))

    def _usable(self, any_number: bool) -> Numbers:
        self.no_failure()
        if (what := self._unfit(any_number)) is not None:
            # Nothing says that the numbers are wrong: they can only bear out what was seen before.
            known = self._diagnosed(self._taken_for_right()) or self._wrong_kind()
            fault = Fault(what, wrong_kinds.nested_numbers(self.result.value))
            raise self.failure(fault, None, known, hint="")  # the check's own hint is about something else
        assert self.result.array is not None
        return self.result.array

    def _taken_for_right(self) -> Evidence:
        """What came, as if it were what should have come."""
        numbers = self.result.array
        return Evidence(self.against, numbers, None if numbers is None else numbers.astype(float))

    def _wrong_kind(self, want: Numbers | None = None) -> Misconception | None:
        return wrong_kinds.of_value(self.result.value, want, alone=not self.result.part)

    def _unfit(self, any_number: bool) -> str | None:
        """Why the value is of no use as an array, or as a number; None where it is."""
        result, value = self.result, self.result.value
        if result.failure is not None:
            return describe_failure(result.failure)
        if result.array is None:
            return f"{'is' if result.part else 'returned'} {describe_value(value)}."
        if any_number or (isinstance(value, wire.Array) and value.library != "numpy"):
            return None
        wanted = "an mxnet.np array" if result.flavour == "np" else "an NDArray"
        return f"{'is' if result.part else 'returns'} {describe_value(value)}; it must be {wanted}."

    def fault(self, want: Numbers, near: Near) -> Fault | None:
        """What is wrong, where `want` is right; None where nothing is."""
        got = self.result.array
        if (what := self._unfit(near.any_number)) is not None or got is None:
            return Fault(what or "", wrong_kinds.nested_numbers(self.result.value), unfit=True)
        if near.any_number and got.size == 1 and want.ndim == 0:
            got = got.reshape(())
        if got.shape != want.shape:
            asked = "a number" if near.any_number and want.ndim == 0 else want.shape
            return Fault(f"has the shape {got.shape}; it must be {asked}.", got)
        if not near_enough(near, got, want):
            return Fault("is not right.", got)
        return None

    def close_to(
        self, want: Any, *, rtol: float = Near.rtol, atol: float = Near.atol, any_number: bool = False,
        oracle: Oracle | None = None,
    ) -> Expectation:  # fmt: skip
        """The value has the shape of `want` and its numbers; see `Near`, and `expect_each` for `oracle`."""
        expect_right([self], [numpy.asarray(want)], Near(rtol, atol, any_number), oracle)
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
        """The gradient of sum(result * head) for the argument that was asked for."""
        return self.gradients_close_to([want], rtol=rtol, atol=atol)

    def gradients_close_to(self, wants: Sequence[Numbers], *, rtol: float = 1e-4, atol: float = 1e-5) -> Expectation:
        """The same for several arguments, in the order in which they were asked for."""
        self.array()
        if not self.result.gradients:
            raise self._no_gradient()
        for place, (got, want) in enumerate(zip(self.result.gradients, wants, strict=True)):
            if not near_enough(Near(rtol, atol), self._finite_gradient(place, got, want), numpy.asarray(want)):
                raise self._wrong_gradient("has a wrong gradient.", place, got, want)
        return self

    def gradient(self, want: Numbers | None = None) -> Numbers:
        """The gradient, if there is one and it is finite; with `want`, the right one, a failure tells more."""
        self.array()
        if self.result.gradient is None:
            raise self._no_gradient()
        return self._finite_gradient(0, self.result.gradient, want)

    def _finite_gradient(self, place: int, got: Numbers | None, want: Numbers | None) -> Numbers:
        if got is None:
            raise self._no_gradient()
        if not numpy.isfinite(got).all():
            raise self._wrong_gradient("has a gradient with nan or inf.", place, got, want)
        return got

    def _wrong_gradient(self, what: str, place: int, got: Numbers | None, want: Any) -> CheckFailed:
        """`place` is that among the arguments that were asked for."""
        assert got is not None
        result, argument = self.result, self.result.wrt[place]
        want = None if want is None else numpy.asarray(want)
        known = diagnose_gradient(result, self.against, argument, got, want)
        if result.wrt != (0,):
            what = f"{what.rstrip('.')} for {name_of(result, argument)}."
        hint = None if known is not None or was_right(result) else WRONG_BEFORE
        return self.failure(Fault(what, got), want, known, hint, name="gradient")

    def _no_gradient(self) -> CheckFailed:
        result = self.result
        failure = result.returned.grad_failure
        if failure is not None:
            words = translations.meaning(failure)
            fault = Fault(f"cannot be differentiated: {words}.", None)
            if words == translations.DETACHED:
                return self.failure(fault, None, by_name(result.exercise, "leaves_the_graph"))
            return self.failure(fault, None, self._diagnosed(Evidence(self.against, None)))
        assert result.array is not None and result.head is not None
        what = "has no gradient."
        if result.array.shape != result.head.shape:
            what = f"has the shape {result.array.shape}; it must be {result.head.shape}."
        # Its shape is wrong, which other checks explain; but they have seen nothing of what went through a function.
        known = None if result.through else self._diagnosed(self._taken_for_right())
        return self.failure(Fault(what, result.array), None, known, hint="")

    def operators_run(self) -> int:
        """How many of MXNet's operators the call ran; see `StudentFunction.count`."""
        self.no_failure()
        count = self.result.facts.get("operators")
        if count is None:
            raise self.failed("keeps its operators from being counted.", hint="")
        return count

    def from_scratch(self, forbidden: Sequence[str], uses_library: Misconception) -> Expectation:
        """None of these operators is in the recorded graph; a graph that cannot be read is the instructor's."""
        self.numbers()
        result = self.result
        operators = result.operators
        if operators is None or OPAQUE_OPERATORS.intersection(operators):
            result.channel.note(f"{result.exercise.name}: its compute graph cannot be read, so whether it is written "
                                "from scratch was not judged")  # fmt: skip
            return self
        found = sorted(set(forbidden).intersection(operators))
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
        self, what: str, *, got: Numbers | None = None, want: Any = None, gradient: bool = False, raised: bool = False,
        hint: str | None = None,
    ) -> CheckFailed:  # fmt: skip
        """A `CheckFailed` that names the call, what came, what was expected and, if it is known, the misconception.

        `gradient`: what came is the gradient. `hint` stands in for the check's own.
        """
        want = None if want is None else numpy.asarray(want)
        if gradient and got is not None:
            return self._wrong_gradient(what, 0, got, want)
        known = self._diagnosed(Evidence(self.against, self.result.failure if raised else got, want))
        return self.failure(Fault(what, got), want, known, hint)

    def failure(
        self, fault: Fault, want: Numbers | None, known: Misconception | None, hint: str | None = None, name: str = ""
    ) -> CheckFailed:
        """The same where the misconception, or that there is none, is known already; `name` as of `explained`."""
        text = explained(self.result, fault, want, known, name)
        picture = self.result.picture
        if not picture and self.result.channel.is_notebook:
            picture = charts.beside(fault.got, want, name or self.result.made)
        return CheckFailed(text, known, hint, picture)

    def _diagnosed(self, evidence: Evidence) -> Misconception | None:
        result = self.result
        return diagnose(result.exercise, result.flavour, [evidence], result.of, seen_of(result))


def expect_right(
    expectations: Sequence[Expectation], wants: Sequence[Numbers], near: Near, oracle: Oracle | None = None
) -> None:
    """What `expect_each` says of these; they are all of one function, or of one part."""
    faults = [one.fault(want, near) for one, want in zip(expectations, wants, strict=True)]
    evidence = [
        Evidence(one.against, one.result.failure or one.result.array, want)
        for one, want in zip(expectations, wants, strict=True)
    ]
    first = expectations[0].result
    seen = seen_of(first)
    earlier = list(seen)
    seen += evidence
    for one, fault, want in zip(expectations, faults, wants, strict=True):
        if fault is None:
            continue
        known = diagnose(first.exercise, first.flavour, evidence, first.of, earlier)
        if known is None and fault.unfit:
            known = one._wrong_kind(want)
        failure = one.failure(fault, want, known, None if known or all(map(is_right, earlier)) else WRONG_BEFORE)
        if known is None and oracle is not None and one.result.failure is None:
            failure = _smaller(one.result, near, oracle, failure.hint) or failure
        raise failure


def _smaller(result: Result, near: Near, oracle: Oracle, hint: str | None) -> CheckFailed | None:
    """The same about the smallest input found on which the function is wrong."""

    def fault_of(result: Result) -> tuple[Fault | None, Numbers]:
        want = numpy.asarray(oracle(*result.args))
        return Expectation(result, None).fault(want, near), want

    def is_wrong(fault: Fault | None, want: Numbers) -> bool:
        # Where the truth is infinite, or none, nobody asked for it: a rounded probability is 0, and its logarithm -inf.
        return fault is not None and bool(numpy.isfinite(want).all())

    if result.exercise.training:
        return None
    smaller = shrinking.smallest(
        result, try_again,
        lambda one: one.failure is None and one.array is not None and is_wrong(*fault_of(one)),
    )  # fmt: skip
    if smaller is None:
        return None
    fault, want = fault_of(smaller)
    assert fault is not None
    fault = Fault(f"{fault.what} The smallest input found where it goes wrong:", fault.got)
    return Expectation(smaller, None).failure(fault, want, None, hint)


def expect_each(
    results: Sequence[Result], wants: Sequence[Any], against: Sequence[tuple[Any, ...]] | None = None, *,
    oracle: Oracle | None = None, **options: Any,
) -> None:  # fmt: skip
    """Every result is close to what is wanted; `options` as of `Near`.

    The first that is not makes the message. The diagnosis has to explain all of them, which tells misconceptions
    apart that agree on one input. Where there is none, `oracle`, the truth for any arguments of the function, lets
    the message show a smaller input.
    """
    every = against or [result.args for result in results]
    expectations = [expect(result, args) for result, args in zip(results, every, strict=True)]
    expect_right(expectations, [numpy.asarray(want) for want in wants], Near(**options), oracle)


def compare(
    exercise: Exercise, what: str, got: Numbers, want: Numbers, args: tuple[Any, ...], *, rtol: float = Near.rtol,
    atol: float = Near.atol, inputs: Mapping[str, Any], brief: str = "",
) -> None:  # fmt: skip
    """Fail with `what` unless two arrays agree; `args` go to the exercise's misconceptions, `inputs` are shown.

    `brief` stands for the two arrays where they are too large to show.
    """
    if near_enough(Near(rtol, atol), got, want):
        return
    known = diagnose(exercise, "", [Evidence(args, got, want)])
    shown = [f"  {brief}"] if brief else lines({"is": got, "expected": want})
    text = "\n".join([what[:1].upper() + what[1:], *lines(inputs), *shown, *fact(known)])
    raise CheckFailed(text, known)


def expect(result: Result, against: tuple[Any, ...] | None = None) -> Expectation:
    """Begin a statement about a result: ``expect(student.softmax(X)).close_to(want)``.

    `against` is what the exercise's misconceptions take, where it is not what the student's function takes.
    """
    return Expectation(result, against)
