"""The smallest input on which a function is wrong: a row or two, few columns, round numbers where they will do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, Protocol, TypeVar

import numpy

from grader.sandbox.wire import Numbers

MOST_CALLS = 12
MOST_SECONDS = 1.0
# Rows of probabilities that are easy to reckon with, by their length.
_NEAT = {2: (0.25, 0.75), 3: (0.2, 0.3, 0.5), 4: (0.1, 0.2, 0.3, 0.4)}

Args = tuple[Any, ...]


class Called(Protocol):
    """What came of a call with these arguments."""

    @property
    def args(self) -> Args: ...


R = TypeVar("R", bound=Called)


def smallest(result: R, again: Callable[[R, Args], R | None], is_wrong: Callable[[R], bool]) -> R | None:
    """The function's result on the smallest input found on which `is_wrong` holds as it does for `result`.

    None where no smaller one is found. The function is called `again`, a few times and for a short while; that is None
    where another call would cost too much.
    """
    if not _is_batch(result.args):
        return None
    search = _Search(result, again, is_wrong)
    for step in (_fewer_rows, _fewer_columns, _rounder):
        search.first_of(step(search.best.args))
    return search.best if search.best is not result else None


class _Search(Generic[R]):
    """Holds the smallest input so far."""

    def __init__(self, result: R, again: Callable[[R, Args], R | None], is_wrong: Callable[[R], bool]) -> None:
        self.best = result
        self._again = again
        self._is_wrong = is_wrong
        self._calls = MOST_CALLS
        self._until = time.monotonic() + MOST_SECONDS

    def first_of(self, candidates: Iterator[Args]) -> None:
        """Go on from the first candidate on which the function is still wrong."""
        for args in candidates:
            if self._calls == 0 or time.monotonic() > self._until:
                return
            self._calls -= 1
            found = self._again(self.best, args)
            if found is None:
                self._calls = 0
                return
            if self._still_wrong(found):
                self.best = found
                return

    def _still_wrong(self, found: R) -> bool:
        try:
            with numpy.errstate(all="ignore"):
                return self._is_wrong(found)
        except (ValueError, IndexError):
            return False  # no input that the truth is defined for


def _is_batch(args: Args) -> bool:
    return bool(args) and isinstance(args[0], numpy.ndarray) and args[0].ndim > 0 and len(args[0]) > 0


def _of_rows(args: Args, rows: Sequence[int]) -> Args:
    """These rows of all arrays that have as many as the first."""
    n = len(args[0])
    return tuple(arg[list(rows)] if isinstance(arg, numpy.ndarray) and arg.shape[:1] == (n,) else arg for arg in args)


def _fewer_rows(args: Args) -> Iterator[Args]:
    n = len(args[0])
    if n > 1:
        yield from (_of_rows(args, [row]) for row in range(min(n, 3)))
    if n > 2:
        yield from (_of_rows(args, [row, row + 1]) for row in range(min(n - 1, 2)))
    if n > 4:
        yield _of_rows(args, range(n // 2))


def _fewer_columns(args: Args) -> Iterator[Args]:
    X = args[0]
    if X.ndim != 2 or X.shape[1] < 3:
        return
    labels = [arg for arg in args[1:] if _is_labels(arg, X)]
    if len(labels) < len(args) - 1:
        return  # another array goes with the columns, in a way that is not known here
    for first in (0, X.shape[1] - 2):
        columns = sorted({int(label) for y in labels for label in y} | {first, first + 1})[:3]
        if len(columns) < X.shape[1] and all(numpy.isin(y, columns).all() for y in labels):
            part = X[:, columns]
            if _is_probabilities(X):
                part = part / part.sum(axis=1, keepdims=True)
            renamed = [numpy.searchsorted(columns, y).astype(y.dtype) for y in labels]
            yield (part.astype(X.dtype), *renamed)


def _rounder(args: Args) -> Iterator[Args]:
    for digits in (0, 1):
        rounded = tuple(_rounded(arg, args[0], digits) for arg in args)
        if any(not numpy.array_equal(a, b) for a, b in zip(args, rounded, strict=True)):
            yield rounded


def _rounded(arg: Any, X: Numbers, digits: int) -> Any:
    if (
        not isinstance(arg, numpy.ndarray)
        or _is_labels(arg, X)
        or arg.dtype.kind != "f"
        or abs(arg).max(initial=0) > 99
    ):
        return arg
    if _is_probabilities(arg):
        return _neat_probabilities(arg) if digits == 0 else arg
    rounded = numpy.round(arg, digits) + 0.0
    if rounded.ndim == 2 and any(len(set(row)) < len(row) for row in rounded.tolist()):
        rounded = _ranks(arg).astype(arg.dtype)  # equal entries are too special a case
    return rounded


def _neat_probabilities(rows: Numbers) -> Numbers:
    """Rows of round probabilities, in the same order of size."""
    neat = _NEAT.get(rows.shape[1])
    return rows if neat is None else numpy.array(neat, rows.dtype)[_ranks(rows)]


def _ranks(rows: Numbers) -> Numbers:
    ranks: Numbers = rows.argsort(axis=1).argsort(axis=1)
    return ranks


def _is_labels(arg: Any, X: Numbers) -> bool:
    """Whether it holds one column's number for each row of X."""
    if not isinstance(arg, numpy.ndarray) or X.ndim != 2 or arg.shape != (len(X),):
        return False
    return bool(numpy.isin(arg, numpy.arange(X.shape[1])).all())


def _is_probabilities(arg: Numbers) -> bool:
    return arg.ndim == 2 and bool((arg >= 0).all() and numpy.allclose(arg.sum(axis=1), 1, atol=1e-3))
