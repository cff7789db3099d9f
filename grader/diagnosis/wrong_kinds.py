"""Slips that the kind of a returned value gives away: None, a generator, a function, a list, a NumPy array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy

from grader.diagnosis.slips import Slip, alike
from grader.sandbox import wire
from grader.sandbox.wire import Numbers, as_numpy

_FUNCTIONS = frozenset({"function", "method", "builtin_function_or_method", "type", "partial", "CachedOp"})
_LAZY = frozenset({"map", "filter", "zip", "range", "enumerate", "reversed"})


def of_value(value: wire.Value | None, want: Numbers | None = None, alone: bool = True) -> Slip | None:
    """The slip that the kind of value alone gives away; `want` is what an array in its place should hold.

    `alone`: the value is all that the function returns.
    """
    match value:
        case wire.Scalar(value=None) | wire.Kept(kind="NoneType"):
            if not alone:
                return None
            return Slip("returns_nothing", "the function comes to its end without a return, or returns what a function "
                        "gives that itself returns nothing, such as print or shuffle",
                        "The last line of a function is usually return, with the result behind it.")  # fmt: skip
        case wire.Opaque(kind="generator"):
            return Slip("generator_not_run", "a generator is returned: it has promised values and computed none",
                        "A yield makes a function a generator; so do for and in between parentheses. Use return, "
                        "and sum(…) or list(…) around it.")  # fmt: skip
        case wire.Opaque(kind=kind) if kind in _FUNCTIONS:
            return Slip("function_not_called", "a function is returned, and not what it computes",
                        "Parentheses call it: name(…).")  # fmt: skip
        case wire.Opaque(kind=kind) if kind in _LAZY:
            return Slip("generator_not_run", "an iterator is returned: it has promised values and computed none",
                        "Make an array of its values.")  # fmt: skip
        case wire.Opaque(kind="dict" | "set" as kind):
            return _container(f"a {kind}", None, want)
        case wire.Sequence():
            return _of_sequence(value, want) if alone else _container(_kind(value), nested_numbers(value), want)
        case wire.Array(library="numpy"):
            return _container("a NumPy array", as_numpy(value), want)
        case wire.Scalar():
            return _container("a text" if isinstance(value.value, str) else "a plain number", as_numpy(value), want)
    return None


def _of_sequence(value: wire.Sequence, want: Numbers | None) -> Slip:
    if value.kind == "tuple" and len(value.items) == 1:
        return Slip("stray_comma", "a comma behind the returned value makes a tuple of it", "Leave the comma out.")
    right = [place for place, item in enumerate(value.items) if _holds(item, want)]
    if len(right) == 1:
        which = ("first", "second", "third")[right[0]] if right[0] < 3 else "right"
        sentence = f"{len(value.items)} things are returned, where the {which} one alone is asked for"
        if len(value.items) == 1:
            sentence = "a list is returned that holds the result, where the result itself is asked for"
        return Slip("returns_several", sentence, "Return the result alone.")
    numbers = nested_numbers(value)
    if value.kind == "tuple" and (numbers is None or want is None or not alike(numbers, want)):
        return Slip("returns_several", f"{len(value.items)} things are returned, where one is asked for",
                    "Return the result alone.")  # fmt: skip
    return _container(_kind(value), numbers, want)


def _kind(value: wire.Sequence) -> str:
    return f"a Python {value.kind if value.kind in ('list', 'tuple') else 'sequence'}"


def of_several(value: wire.Value | None, names: Sequence[str]) -> Slip | None:
    """The slip that gives away why a value is not several values of these names."""
    listed = ", ".join(names)
    hint = f"return {listed}"
    match value:
        case wire.Sequence(items=[wire.Sequence(items=inner)]) if len(inner) == len(names):
            return Slip("stray_comma", "a comma behind the returned values makes a tuple of a tuple of them",
                        "Leave the comma out.")  # fmt: skip
        case wire.Sequence(items=items):
            few = len(items) < len(names)
            return Slip("returns_too_few" if few else "returns_too_many",
                        f"{len(items)} values are returned, where {len(names)} are asked for", f"{hint}.")  # fmt: skip
        case wire.Array(shape=shape) if shape[:1] == (len(names),):
            return Slip("returns_one_array", "the values are put together into one array",
                        f"Return them one by one: {hint}.")  # fmt: skip
        case wire.Array() | wire.Scalar(value=int() | float() | str()):
            return Slip("returns_too_few", f"one value is returned, where {len(names)} are asked for", f"{hint}.")
        case wire.Opaque(kind="dict" | "set" as kind):
            return Slip("returns_a_container", f"a {kind} is returned instead of the values themselves", f"{hint}.")
    return of_value(value)


def in_another_order(names: Sequence[str], came: Sequence[str]) -> Slip:
    """What is returned are the right values, in this order."""
    return Slip("swapped_order", f"the values are returned in another order: {', '.join(came)}",
                f"Whoever calls the function expects {', '.join(names)}.")  # fmt: skip


def _container(what: str, numbers: Numbers | None, want: Numbers | None) -> Slip:
    asked = "an array or a number" if want is None else "a number" if want.ndim == 0 else "an MXNet array"
    sentence = f"{what} comes back instead of {asked}"
    if numbers is not None and want is not None and alike(numbers, want):
        sentence = f"the right numbers come back as {what} instead of {asked}"
    hint = "Return the number itself."
    if asked != "a number":
        hint = "Compute with MXNet's functions to the end: they give MXNet arrays."
    if what == "a text":
        hint = "Return what was computed; how it is written is for print."
    return Slip("wrong_container", sentence, hint)


def _holds(value: wire.Value, want: Numbers | None) -> bool:
    numbers = as_numpy(value)
    return numbers is not None and want is not None and alike(numbers, want)


def nested_numbers(value: wire.Value | None) -> Numbers | None:
    """Numbers, arrays and nested lists of such as one array, if that is what they make."""
    if not isinstance(value, wire.Sequence):
        numbers = as_numpy(value)
        return numbers.reshape(()) if numbers is not None and numbers.size == 1 else numbers
    parts = [nested_numbers(item) for item in value.items]
    arrays = [part for part in parts if part is not None]
    if not arrays or len(arrays) < len(parts) or len({part.shape for part in arrays}) > 1:
        return None
    return numpy.stack(arrays)
