"""Vectors that are added, in a loop or at once, and the ways in which their sum goes wrong."""

from __future__ import annotations

from collections.abc import Callable

import numpy

from grader.checking import Misconception, Near, Numbers, Rng

# A loop runs an operator for each element at least: so many more for the second size.
SIZES = (20, 50)
FURTHER = SIZES[1] - SIZES[0]
# One rounding of float32, and another of those who add in float64 and return float32.
SUM = Near(rtol=1e-6, atol=1e-6)

MATH_TAKES_NUMBERS = Misconception(
    "math_takes_numbers", "a function of Python's math gets a whole array, where it takes one number",
    "np.exp, np.log and so on take arrays.")  # fmt: skip
FAILURES = (
    (r"(size-1|length-1) arrays can be converted|not a scalar|array of size 1|real number, not", MATH_TAKES_NUMBERS),
)


def draw(rng: Rng, n: int) -> tuple[Numbers, Numbers]:
    """Two vectors in float32."""
    a, b = rng.normal(size=(2, n)).astype(numpy.float32)
    return a, b + numpy.float32(2)


def draws(rng: Rng) -> list[tuple[Numbers, Numbers]]:
    """Two of an ordinary size, one element, and more than anybody writes down."""
    return [draw(rng, n) for n in (7, 7, 1, 300)]


def added(name: str) -> list[Misconception]:
    """What may come instead of the sum from `name`, the exercise's function."""

    def wrong(named: str, sentence: str, hint: str, function: Callable[[Numbers, Numbers], Numbers]) -> Misconception:
        return Misconception(named, sentence, hint, function)

    return [
        wrong("misses_the_last", "the last element is left at 0: the loop ends too early",
              "range(len(a)) goes from 0 to len(a) - 1.", lambda a, b: (a + b) * (numpy.arange(len(a)) < len(a) - 1)),
        wrong("misses_the_first", "the first element is left at 0: the loop begins at 1",
              "Indices begin at 0.", lambda a, b: (a + b) * (numpy.arange(len(a)) > 0)),
        wrong("always_the_first", "the first elements are added again and again: the index does not move",
              "a[i] and b[i], with the i of the loop.", lambda a, b: numpy.full(len(a), a[0] + b[0])),
        wrong("adds_to_the_first", "all elements of b are added to all of a: the sum is taken over the whole of b",
              f"{name} adds b[i] to a[i], and to no other.", lambda a, b: a + b.sum()),
        wrong("multiplies", "the elements are multiplied", "A sum is asked for: +.", lambda a, b: a * b),
        wrong("subtracts", "b is taken away", "A sum is asked for: +.", lambda a, b: a - b),
        wrong("adds_itself", "a is added to itself, and b is not used", "a[i] + b[i]", lambda a, b: a + a),
        wrong("joins", "the two vectors are put one behind the other: + joins Python's lists",
              "+ adds arrays, and joins lists.", lambda a, b: numpy.concatenate([a, b])),
    ]  # fmt: skip
