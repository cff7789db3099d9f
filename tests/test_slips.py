"""Slips that any exercise may have: what a result is, compared with the right one, where that is sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import pytest

from grader.diagnosis import slips
from grader.diagnosis.diagnose import Evidence, diagnose
from grader.diagnosis.misconception import Misconception
from grader.diagnosis.slips import Seen
from grader.exercises.shared.softmax import softmax
from grader.exercises.softmax_regression.cross_entropy.exercise import cross_entropy
from grader.sandbox.wire import Numbers

SHAPES = ((4, 3), (4, 3), (3, 3), (1, 5), (2, 10), (300, 3), (4, 12))
Wrong = Callable[[Numbers], Any]


def logits(shapes: Sequence[tuple[int, ...]] = SHAPES, scale: float = 1.0) -> list[Numbers]:
    draw = numpy.random.default_rng(5)
    return [draw.normal(scale=scale, size=shape).astype(numpy.float32) for shape in shapes]


def slip_of(wrong: Wrong, batches: Sequence[Numbers]) -> slips.Slip | None:
    seen = [Seen((X,), numpy.asarray(wrong(X)), softmax(X)) for X in batches]
    return slips.find(seen, ["X"])


def but(P: Numbers, places: Any, value: Any = 0) -> Numbers:
    """The same, but for what is in these places."""
    P = P.copy()
    P[places] = value
    return P


class Memory:
    """Remembers a result by the shape of what it was computed from."""

    def __init__(self) -> None:
        self.results: dict[tuple[int, ...], Numbers] = {}

    def __call__(self, X: Numbers) -> Numbers:
        return self.results.setdefault(X.shape, softmax(X))


NAMED: dict[str, tuple[Wrong, str]] = {
    "first row": (lambda X: but(softmax(X), 0), "first_row_wrong"),
    "last row, as it came": (lambda X: but(softmax(X), -1, X[-1]), "last_row_wrong"),
    "rows beyond the eighth": (lambda X: but(softmax(X), slice(8, None)), "rows_beyond_wrong"),
    "last column": (lambda X: but(softmax(X), (slice(None), -1), 2), "last_column_wrong"),
    "every other row": (lambda X: but(softmax(X), slice(1, None, 2)), "every_other_row_wrong"),
    "every tenth row is nan": (lambda X: but(softmax(X), slice(9, None, 10), numpy.nan), "every_10th_row_wrong"),
    "one row for all": (lambda X: softmax(X)[:1].repeat(len(X), 0), "one_for_all"),
    "256 rows": (lambda X: softmax(X)[:256], "lines_missing"),
    "without the last row": (lambda X: softmax(X)[:-1], "lines_missing"),
    "running sums": (lambda X: softmax(X).cumsum(axis=0), "running_sum"),
    "wide inputs": (lambda X: softmax(X) ** (2 if X.shape[1] > 10 else 1), "right_for_some_sizes"),
    "nothing below 0.05": (lambda X: numpy.maximum(softmax(X), 0.05), "cut_off"),
    "nothing above a half": (lambda X: numpy.minimum(softmax(X), 0.5), "cut_off"),
    "small ones are 0": (lambda X: softmax(X) * (softmax(X) > 0.05), "small_values_lost"),
    "through float16": (lambda X: softmax(X).astype("float16").astype("float32"), "half_precision"),
    "three decimals": (lambda X: numpy.round(softmax(X), 3).astype("float32"), "rounded"),
    "squared": (lambda X: softmax(X) ** 2, "one_function_more"),
    "root of the columns": (lambda X: softmax(X) / X.shape[1] ** 0.5, "constant_factor"),
    "rows by numbers of their own": (lambda X: softmax(X) * (1 + abs(X[:, :1])), "rows_scaled"),
    "off by another number each time": (lambda X: softmax(X) + X[0, 0], "offset_of_call"),
    "nearly": (lambda X: softmax(X) * (1 + 0.005 * numpy.sin(7 * X)), "nearly_right"),
    "always the same": (lambda X: softmax(logits(((4, 3),), 2)[0]), "same_result_always"),
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED)
def test_a_slip_is_named(case: str) -> None:
    wrong, name = NAMED[case]
    found = slip_of(wrong, logits())
    assert found is not None
    assert found.name == name


def test_a_result_that_comes_back_is_named_and_its_source_is_right() -> None:
    found = slip_of(Memory(), logits())
    assert found is not None
    assert found.name == "remembered_result"


def test_very_small_values_that_are_lost_are_seen_where_all_else_is_right() -> None:
    X = logits(((60, 6),), scale=4)[0]
    right = softmax(X)
    evidence = [Evidence((X,), (right * (right > 1e-5)).astype("float32"), right)]
    assert ((right < 1e-5) & (right > 1e-8)).sum() > 1
    known = diagnose(Nothing(), "np", evidence)
    assert known is not None
    assert known.name == "small_values_lost"


def test_what_wrong_rows_hold_is_told() -> None:
    for case, told in (
        ("first row", "holds zeros"), ("every tenth row is nan", "holds nan"), ("last row, as it came", "what X has"),
    ):  # fmt: skip
        found = slip_of(NAMED[case][0], logits())
        assert found is not None
        assert told in found.fact


def test_rows_that_may_be_the_last_by_chance_are_not_called_so() -> None:
    """In two rows, whatever is wrong with one of them, it is the first or the last."""
    assert slip_of(lambda X: but(softmax(X), -1, 7), logits(((2, 3), (2, 2), (3, 3), (2, 3)))) is None
    assert slip_of(lambda X: but(softmax(X), -1, 7), logits(((9, 3), (8, 2), (7, 3)))) is not None


def test_a_mistake_that_follows_the_numbers_is_no_matter_of_place_or_size() -> None:
    """Wrong where a logit is above 2, which is more often so in a large batch."""
    assert slip_of(lambda X: numpy.where(X > 2, 5 * X, softmax(X)), logits()) is None


def test_the_rows_of_a_class_are_named_by_their_label() -> None:
    draw = numpy.random.default_rng(3)
    pairs = [(softmax(draw.normal(size=(n, 12))), draw.integers(0, 12, n).astype("int32")) for n in (60, 40)]
    for classes, which in (([0], "y is 0"), ([10, 11], "y is 10 or more")):
        seen = [Seen((p, y), cross_entropy(p, y) * ~numpy.isin(y, classes), cross_entropy(p, y)) for p, y in pairs]
        found = slips.find(seen, ["y_hat", "y"])
        assert found is not None
        assert found.name == "some_classes_wrong"
        assert which in found.sentence


@dataclass(frozen=True)
class Holds:
    values: Numbers


def test_arguments_that_hold_arrays_are_compared_by_what_these_hold() -> None:
    """A dataclass's own == would ask for the truth of an array."""
    some, same, others = Holds(numpy.arange(3)), Holds(numpy.arange(3)), Holds(numpy.ones(3))
    seen = [Seen((trace,), numpy.array(3.0 - n), numpy.array(float(n))) for n, trace in enumerate((some, same, others))]
    assert slips.find(seen, ["trace"]) is None


def test_an_argument_that_does_not_count_is_named() -> None:
    draw = numpy.random.default_rng(3)
    p, y = softmax(draw.normal(size=(5, 3))), numpy.array([0, 1, 2, 1, 0])
    fixed = numpy.array([0, 0, 1, 1, 2])
    seen = [Seen((p, labels), cross_entropy(p, fixed), cross_entropy(p, labels)) for labels in (y, y[::-1] * 0 + 2)]
    found = slips.find(seen, ["y_hat", "y"])
    assert found is not None
    assert found.name == "ignored_argument"
    assert "y does not count" in found.sentence


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (0, "the first row"), (-1, "the last row"), ((slice(None), -1), "the last column"),
        (slice(None, None, 2), "some rows"), (([0, 1], [1, 2]), "some entries"), (slice(None), "it is 0 everywhere"),
    ],
)  # fmt: skip
def test_where_a_gradient_stops_is_told(places: Any, told: str) -> None:
    want = numpy.random.default_rng(4).uniform(0.5, 1, size=(5, 4))
    found = slips.in_gradient([Seen((), but(want, places), want)])
    assert found is not None
    assert found.name == "gradient_stops"
    assert told in found.sentence


def test_a_gradient_that_is_wrong_elsewhere_too_has_not_just_stopped() -> None:
    want = numpy.random.default_rng(4).uniform(0.5, 1, size=(5, 4))
    found = slips.in_gradient([Seen((), but(but(want, 0), (1, 1), 9), want)])
    assert found is None


# -- misconceptions with several values


class Nothing:
    """An exercise without misconceptions."""

    misconceptions: tuple[Misconception, ...] = ()
    signature = "softmax(X)"


class Cuts(Nothing):
    """One whose logits are cut off, at one of several bounds."""

    @staticmethod
    def cuts(X: Numbers, *, bound: Any = (1, 2)) -> Numbers:
        return softmax(numpy.clip(X, -bound, bound))

    misconceptions = (Misconception("cuts", "the logits are cut off", function=cuts),)


def test_a_misconception_with_several_values_is_one_of_them_throughout() -> None:
    batches = logits(((4, 3), (5, 3)), scale=3)
    for bound in (1, 2):
        found = diagnose(Cuts(), "np", [Evidence((X,), Cuts.cuts(X, bound=bound), softmax(X)) for X in batches])
        assert found is not None
        assert found.name == "cuts"
    mixed = [Cuts.cuts(X, bound=bound) for X, bound in zip(batches, (1, 2), strict=True)]
    evidence = [Evidence((X,), got, softmax(X)) for X, got in zip(batches, mixed, strict=True)]
    found = diagnose(Cuts(), "np", evidence)
    assert found is None or found.name != "cuts"


def test_a_misconception_that_gives_other_wrong_numbers_elsewhere_is_not_named() -> None:
    X, Y = logits(((4, 3), (5, 3)), scale=3)
    earlier = [Evidence((Y,), softmax(Y)[::-1], softmax(Y))]
    evidence = [Evidence((X,), Cuts.cuts(X, bound=1), softmax(X))]
    assert diagnose(Cuts(), "np", evidence, earlier=earlier) is None
    same = [Evidence((Y,), Cuts.cuts(Y, bound=1), softmax(Y))]
    found = diagnose(Cuts(), "np", evidence, earlier=same)
    assert found is not None
    assert found.name == "cuts"


def of_scale(x: Numbers, lam: float) -> Numbers:
    return numpy.asarray(lam * x.sum())


def seen_of_scale(wrong: Callable[[Numbers, float], Any], calls: Sequence[tuple[int, float]]) -> list[Seen]:
    draw = numpy.random.default_rng(5)
    args = [(draw.uniform(0.5, 1, size=n).astype(numpy.float32), lam) for n, lam in calls]
    return [Seen(one, numpy.asarray(wrong(*one)), of_scale(*one)) for one in args]


def test_sizes_are_not_to_blame_where_another_argument_tells_as_much() -> None:
    calls = [(3, 1.0), (3, 1.0), (4, 2.0), (30, 0.5)]
    whole = seen_of_scale(lambda x, lam: max(int(lam), 1) * x.sum(), calls)
    assert slips.find(whole, ["x", "lam"]) is None
    ten = slips.find(seen_of_scale(lambda x, lam: lam * x[:10].sum(), [*calls, (40, 2.0)]), ["x", "lam"])
    assert ten is not None and ten.name == "right_for_some_sizes"


def test_nothing_is_cut_off_where_an_earlier_result_lies_beyond() -> None:
    zero = [Seen((x,), numpy.asarray(0.0), numpy.asarray(x)) for x in (1.2, 0.7, 0.4)]
    zero.append(Seen((-0.5,), numpy.asarray(-0.5), numpy.asarray(-0.5)))
    found = slips.find(zero, ["x"])
    assert found is not None and found.name == "cut_off"
    earlier = [Seen((x,), numpy.asarray(x), numpy.asarray(x)) for x in (1.1, 0.3)]
    assert slips.find(zero, ["x"], earlier) is None


def test_a_misconception_and_a_slip_that_undo_each_other_explain_nothing() -> None:
    """Right numbers in half precision are no wrong sign that has been turned around."""
    P = [softmax(X) for X in logits()]
    got = [numpy.asarray(p).astype(numpy.float16) for p in P]
    lost = Misconception("lost", "the sign is lost", "Mind it.", lambda p: -p)

    class Subject:
        misconceptions = (lost,)
        signature = "same(p)"

    found = diagnose(Subject(), "np", [Evidence((p,), g, p) for p, g in zip(P, got, strict=True)])  # type: ignore[arg-type]
    assert found is None or "+" not in found.name
