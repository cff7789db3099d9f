"""What Trainer.step divides by (section 3.3, exercise 1), so that sum and mean of the losses step alike."""

from __future__ import annotations

from dataclasses import replace

from msgspec.structs import replace as replace_returned

from grader.checking import Exercise, Result, Rng, Student, check, expect_parts, misconception
from grader.sandbox import wire

EXERCISE = Exercise("mean_or_sum(batch_size)", "3.3")

DIVIDES = "step(k) divides the gradient by k; what should be left is the gradient of the mean."


@misconception("the sum is not divided: the step is batch_size times too long", DIVIDES, of="sum")
def one_for_the_sum(batch_size: int) -> float:
    return 1


@misconception(
    "the sum is multiplied by batch_size, as step divides by 1 / batch_size", "step divides by its argument.", of="sum"
)
def reciprocal_for_the_sum(batch_size: int) -> float:
    return 1 / batch_size


@misconception("the sum is divided by batch_size twice over", "Once is enough: " + DIVIDES, of="sum")
def square_for_the_sum(batch_size: int) -> float:
    return batch_size**2


@misconception("the sum is divided by 10, whatever batch_size is", "One of the arguments is not used.", of="sum")
def ten_for_the_sum(batch_size: int) -> float:
    return 10


@misconception(
    "the mean is divided by batch_size once more: the step is that much too short",
    "The gradient of the mean has been divided already: leave it as it is.",
    of="mean",
)
def batch_size_for_the_mean(batch_size: int) -> float:
    return batch_size


@misconception(
    "the mean is divided by 1 / batch_size, which makes a sum of it", "step divides by its argument.", of="mean"
)
def reciprocal_for_the_mean(batch_size: int) -> float:
    return 1 / batch_size


@misconception("the mean is divided by 0", "What leaves a number as it is when it is divided by that?", of="mean")
def zero_for_the_mean(batch_size: int) -> float:
    return 0


def one_by_one(result: Result) -> Result:
    """Two numbers in one array are a pair as well."""
    value = result.value
    if not (isinstance(value, wire.Array) and value.shape == (2,)):
        return result
    items: list[wire.Value] = [wire.Scalar(float(item), "float") for item in value.numpy()]
    return replace(result, returned=replace_returned(result.returned, value=wire.Sequence(items, "array")))


def expect_right(student: Student, rng: Rng, only: str) -> None:
    sizes = (1, 2, int(rng.integers(20, 200)), int(rng.integers(300, 2000)))
    wants = [{"sum": size, "mean": 1} for size in sizes]
    expect_parts([one_by_one(student.mean_or_sum(size)) for size in sizes], wants, only=only, any_number=True)


@check(points=1, hint=DIVIDES)
def of_the_sum(student: Student, rng: Rng) -> None:
    """the first number makes trainer.step right for the sum of a batch's losses"""
    expect_right(student, rng, "sum")


@check(points=1, trivial=True, hint="The mean has been divided by the number of examples already.")
def of_the_mean(student: Student, rng: Rng) -> None:
    """the second number makes trainer.step right for the mean of a batch's losses"""
    expect_right(student, rng, "mean")
