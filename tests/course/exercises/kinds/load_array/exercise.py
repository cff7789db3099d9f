"""Minibatches of arrays: an object that can be gone through again and again, such as Gluon's DataLoader."""

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
    check,
    expect,
    expect_parts,
    items,
    parts,
)

EXERCISE = Exercise("load_array(data_arrays, batch_size, is_train=True)", "3.3.2")

FEATURES = 3


ONE_PASS_ONLY = Misconception(
    "one_pass_only",
    "it can be gone through once: a generator is used up after its first pass",
    "Return something that begins anew with each for loop, such as Gluon's DataLoader.",
)
NO_SHUFFLE = Misconception("no_shuffle", "the examples come in the same order in each pass", "shuffle=is_train")
ALWAYS_SHUFFLES = Misconception(
    "always_shuffles", "the examples are shuffled where is_train is False as well", "shuffle=is_train"
)
DROPS_LAST = Misconception(
    "drops_last",
    "the last batch, which is smaller, is left out",
    'last_batch="keep" is what DataLoader does by itself.',
)


def draw(rng: Rng, n: int) -> tuple[Numbers, Numbers]:
    """Features, and labels that are the examples' numbers."""
    return rng.normal(size=(n, FEATURES)).astype(numpy.float32), numpy.arange(n, dtype=numpy.float32)


def labels(result: Result) -> list[float]:
    """Those of one pass, in order."""
    pairs = [parts(batch, "X", "y") for batch in items(result, "batch")]
    return [float(label) for _, y in pairs for label in expect(y).array().ravel()]


@check(points=2, hint="DataLoader(ArrayDataset(*data_arrays), batch_size, shuffle=is_train)")
def batches(student: Student, rng: Rng) -> None:
    """with is_train=False, the batches are the rows of X and y in order, and the last is smaller"""
    X, y = draw(rng, 10)
    loader = student.load_array.object((X, y), 4, False, called="loader")
    wanted = [{"X": X[start : start + 4], "y": y[start : start + 4]} for start in range(0, 10, 4)]
    if len(items(loader.iterate(limit=9))) == 2:
        raise CheckFailed("Of 10 examples in batches of 4, the last 2 are missing.", DROPS_LAST)
    found = items(loader.iterate(limit=9), "batch", count=3)
    if sorted(labels(loader.iterate(limit=9))) == y.tolist() != labels(loader.iterate(limit=9)):
        raise CheckFailed("The examples do not come in their order.", ALWAYS_SHUFFLES)
    expect_parts(found, wanted, against=[(batch["X"], batch["y"]) for batch in wanted])


@check(points=1, hint="A for loop asks for a new pass each time: an iterator alone has only one.")
def again(student: Student, rng: Rng) -> None:
    """each pass gives every example once"""
    X, y = draw(rng, 40)
    loader = student.load_array.object((X, y), 8, called="loader")
    first, second = (labels(loader.iterate(limit=20)) for _ in range(2))
    if first and not second:
        raise CheckFailed("The second pass gives nothing.", ONE_PASS_ONLY)
    for which, found in (("first", first), ("second", second)):
        if sorted(found) != y.tolist():
            raise CheckFailed(f"The {which} pass gives {len(found)} labels; each of the 40 must come once.")


@check(points=1, hint="shuffle=is_train")
def shuffles(student: Student, rng: Rng) -> None:
    """with is_train=True, each pass has a new random order"""
    X, y = draw(rng, 40)
    loader = student.load_array.object((X, y), 8, True, called="loader")
    first, second = (labels(loader.iterate(limit=20)) for _ in range(2))
    if len(first) < 2 or first == second:  # one order of 40 in 10^47 comes twice
        raise CheckFailed("Two passes have the same order.", NO_SHUFFLE)


@check(points=0.5, trivial=True, hint="len() of a DataLoader is the number of its batches.")
def length(student: Student, rng: Rng) -> None:
    """len(…) is the number of batches"""
    loader = student.load_array.object(draw(rng, 10), 4, called="loader")
    expect(loader.length()).close_to(3, any_number=True)
