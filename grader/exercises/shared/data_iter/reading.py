"""Reads the batches that a student's data_iter gave, as far as they can be made out: no slip must hide the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy

from grader.checking import CheckFailed, Misconception, Numbers, Result, as_numpy, describe_value, no_failure
from grader.sandbox import wire

from . import misconceptions as known

WIDTH = 3
_IN_A_ROW = numpy.array([0, 0.25, 0.5])


def features(n: int) -> Numbers:
    """Row i is (i, i + 0.25, i + 0.5), so that each row tells its index."""
    return (numpy.arange(n)[:, None] + _IN_A_ROW).astype(numpy.float32)


def labels(n: int) -> Numbers:
    return (10 * numpy.arange(n)).astype(numpy.float32)


@dataclass(frozen=True)
class Batch:
    """The indices of a batch's examples, by its features and by its labels; -1 where it is no example's.

    `labels` is None where there are none. `fault` says what is wrong with the batch as a pair of arrays.
    """

    rows: list[int]
    labels: list[int] | None
    fault: CheckFailed | None = None


@dataclass(frozen=True)
class Pass:
    """What one call gave for n examples; `endless`: it was stopped after far more batches than a pass has."""

    n: int
    batch_size: int
    batches: list[Batch]
    endless: bool

    @property
    def wanted(self) -> list[int]:
        """The sizes that the batches must have."""
        return [min(self.batch_size, self.n - start) for start in range(0, self.n, self.batch_size)]

    @property
    def sizes(self) -> list[int]:
        return [len(batch.rows) for batch in self.first_round]

    @property
    def first_round(self) -> list[Batch]:
        """The batches; of those that never end as many as one pass has."""
        return self.batches[: len(self.wanted)] if self.endless else self.batches

    @property
    def order(self) -> list[int]:
        return [row for batch in self.first_round for row in batch.rows]

    @property
    def told_apart(self) -> set[int]:
        """The examples that come, as far as their features or their labels tell."""
        parts = [part for batch in self.batches for part in (batch.rows, batch.labels or [])]
        return {row for part in parts for row in part} - {-1}

    @property
    def call(self) -> str:
        return f"data_iter({self.batch_size}, features, labels) with {self.n} examples"


def limit(n: int) -> int:
    """Where an iterator that goes on is taken not to end: well beyond any number of batches that a slip gives."""
    return 3 * (n + 2)


def read(result: Result, n: int, batch_size: int) -> Pass:
    """What the call gave. Raises `CheckFailed` where no examples can be made out in it."""
    no_failure(result, known.FAILURES)
    value = result.value
    if not isinstance(value, wire.Sequence):
        advice = " Is a `yield` or `return` missing?" if isinstance(value, wire.Scalar) else ""
        raise CheckFailed(f"data_iter(…) gives {describe_value(value)}; it must give batches to iterate over.{advice}")
    single = _pair_of_arrays(value)
    if single is not None and single[0].shape[1:] == (WIDTH,) and single[1].shape == single[0].shape[:1]:
        fault = CheckFailed("data_iter(…) returns X and y; it must give pairs of them, batch after batch.",
                            known.RETURNS_ONE_BATCH)  # fmt: skip
        return Pass(n, batch_size, [Batch(_indices(single[0]), _label_indices(single[1]), fault)], False)
    batches = [_batch(item, number) for number, item in enumerate(value.items, 1)]
    found = Pass(n, batch_size, batches, result.facts.get("ended") == 0)
    rows = [row for batch in batches for row in batch.rows]
    if found.endless and rows.count(n - 1) > len(rows) / 2:
        text = f"{found.call} goes on and on, and nearly all it gives is the last example."
        raise CheckFailed(text, known.READS_PAST_THE_END)
    return found


def _batch(item: wire.Value, number: int) -> Batch:
    alone = _array(item)
    if alone is not None and alone.ndim == 2 and alone.shape[1] == WIDTH:
        text = f"Batch {number} is {describe_value(item)}; it must be a pair of arrays, (X, y)."
        return Batch(_indices(alone), None, CheckFailed(text, known.YIELDS_FEATURES_ONLY))
    pair = _pair_of_arrays(item)
    if pair is None:
        raise CheckFailed(f"Batch {number} is {describe_value(item)}; it must be a pair of arrays, (X, y).",
                          known.READS_PAST_THE_END if _cannot_be_read(item) else None)  # fmt: skip
    X, y = pair
    text = f"Batch {number} has X of shape {X.shape} and y of shape {y.shape}; for k examples they must be "
    text += f"(k, {WIDTH}) and (k,)."
    why: Misconception | None = None
    if X.ndim < 2 and y.shape == (*X.shape, WIDTH):
        X, y, why = y, X, known.SWAPS_FEATURES_AND_LABELS
        text = f"Batch {number} holds labels first and features second."
    fault = CheckFailed(text, why) if why else _fault_of_shapes(X, y, text)
    if X.shape[-1:] != (WIDTH,) or y.size * WIDTH != X.size:
        raise CheckFailed(text)
    return Batch(_indices(X.reshape(-1, WIDTH)), _label_indices(y), fault or _fault_of_kind(item, number))


def _fault_of_shapes(X: Numbers, y: Numbers, text: str) -> CheckFailed | None:
    if X.ndim == 2 and y.shape == X.shape[:1]:
        return None
    if X.shape == (WIDTH,):
        return CheckFailed(text, known.ONE_EXAMPLE)
    return CheckFailed(text, known.LABELS_AS_COLUMN if X.ndim == 2 and y.ndim == 2 else None)


def _fault_of_kind(item: wire.Value, number: int) -> CheckFailed | None:
    """NumPy arrays and lists, where arrays of the flavour are wanted."""
    for part in item.items if isinstance(item, wire.Sequence) else []:
        if isinstance(part, wire.Array) and part.library != "numpy":
            continue
        why = known.GIVES_NUMPY_ARRAYS if isinstance(part, wire.Array) else known.GIVES_LISTS
        return CheckFailed(f"Batch {number} holds {describe_value(part)}; MXNet arrays are expected.", why)
    return None


def _pair_of_arrays(value: wire.Value) -> tuple[Numbers, Numbers] | None:
    arrays = [_array(item) for item in value.items] if isinstance(value, wire.Sequence) else []
    if len(arrays) != 2 or arrays[0] is None or arrays[1] is None:
        return None
    return arrays[0], arrays[1]


def _array(value: wire.Value) -> Numbers | None:
    """An array or number; also a list of those, if they are alike."""
    if not isinstance(value, wire.Sequence):
        return as_numpy(value)
    parts = [as_numpy(item) for item in value.items]
    arrays = [part for part in parts if part is not None]
    alike = len({array.shape for array in arrays}) == 1 and len(arrays) == len(parts)
    return numpy.stack(arrays) if alike else None


def _cannot_be_read(item: wire.Value) -> bool:
    """Whether MXNet raised only when the numbers were asked for, as it does for indices that do not exist."""
    parts = item.items if isinstance(item, wire.Sequence) else [item]
    return any(isinstance(part, wire.Opaque) and "MXNetError" in part.why for part in parts)


def _finite(array: Numbers) -> Numbers:
    """As floats, with numbers that no index has in the place of nan and infinities."""
    numbers: Numbers = array.astype(float)
    return numpy.where(numpy.isfinite(numbers), numbers, -1)


def _indices(X: Numbers) -> list[int]:
    rows = _finite(X)
    whole = (abs(rows - rows[:, :1] - _IN_A_ROW) < 1e-6).all(axis=1)
    return [int(row) for row in numpy.where(whole, rows[:, 0], -1)]


def _label_indices(y: Numbers) -> list[int]:
    return [int(label) // 10 if label % 10 == 0 else -1 for label in _finite(y).ravel()]
