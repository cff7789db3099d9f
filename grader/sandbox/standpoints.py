"""A cell counts where it stands: a notebook's names as they were when each check cell was reached.

What a student's own cells further down rebind, delete or reset makes no difference to what was checked above them. A
function sees its globals by name, in the one namespace that there is: so the namespace is set, before an exercise is
tried, to what it was at that exercise's check. Functions that the exercise builds upon are taken as they were at
checks of their own, with the names that they read.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Iterable, Iterator
from typing import Any

Namespace = dict[str, Any]
_MOST_NAMES = 2_000


class Standpoints:
    """Of one notebook, whose live namespace this is; see `use`."""

    def __init__(self, namespace: Namespace) -> None:
        self._live = namespace
        self._at: dict[str, Namespace] = {}
        self._given: Namespace = {}
        self._end: Namespace | None = None
        self._binders: dict[str, str] = {}

    # -- while the notebook runs

    def reach(self, checks: Iterable[str]) -> None:
        """The check cells of these exercises are reached now."""
        for name in checks:
            self._at[name] = dict(self._live)

    def note_cell(self, label: str, before: Namespace, given: bool) -> None:
        """A cell has run; `given`: it is one of the course's own, and what it binds is what is meant to be there."""
        if self._end is not None:
            return  # the notebook has run: this is the solution's version of something, for one exercise alone
        for name, value in self._live.items():
            if name not in before or before[name] is not value:
                self._binders[name] = label
                if given:
                    self._given[name] = value

    def binder(self, name: str) -> str:
        """The cell that has given the name its last value, if that is known."""
        return self._binders.get(name, "")

    # -- before an exercise is tried

    def use(self, name: str, needs: Iterable[str], replaced: bool, variant: int) -> int:
        """Set the live namespace to what an exercise meets, and tell how many variants of that there are.

        The first is the one at its check, with what it `needs` as it was at checks of its own; the others, where they
        make a difference to what the exercise reads, are the one at its check as it was, and the one at the end.
        `replaced`: the solution's version of something will stand in, for which the course's own names are put back.
        """
        if self._end is None:
            self._end = dict(self._live)
        found = self._variants(name, list(needs), replaced)
        chosen = found[min(variant, len(found) - 1)]
        self._live.clear()
        self._live.update(chosen)
        return len(found)

    def _variants(self, name: str, needs: list[str], replaced: bool) -> list[Namespace]:
        assert self._end is not None
        here = self._at.get(name, self._end)
        # What is defined only further down is taken from there, but for what would stand before a builtin.
        later = {name: value for name, value in self._end.items() if name not in here and name not in _BUILTINS}
        here = {**here, **later}
        own = dict(here)
        for need in needs:
            there = self._at.get(need)
            if there is not None:
                own |= {read: there[read] for read in _read_by(need, there) if read in there}
        every = [own, here, self._end]
        if replaced:
            every = [{**each, **self._given} for each in every]
        found: list[Namespace] = []
        for each in every:
            if not any(_alike(each, other, [name, *needs]) for other in found):
                found.append(each)
        return found


def _alike(one: Namespace, other: Namespace, names: Iterable[str]) -> bool:
    """Whether these functions, and all that they read, are the same things in both."""
    return all(
        one.get(read, _NOTHING) is other.get(read, _NOTHING)
        for name in names
        for read in {*_read_by(name, one), *_read_by(name, other)}
    )


_NOTHING = object()
_BUILTINS = frozenset(vars(builtins))


def _read_by(name: str, namespace: Namespace) -> set[str]:
    """The names of globals that a function reads, its own and those of functions that it calls by name."""
    found: set[str] = set()
    waiting = [name]
    while waiting and len(found) < _MOST_NAMES:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for code in _codes_of(namespace.get(name)):
            waiting += [read for read in code.co_names if read in namespace or read in _BUILTINS]
    return found


def _codes_of(value: Any) -> Iterator[types.CodeType]:
    """The code of a function, of what it wraps, of a class's methods, with all that is nested in it."""
    if isinstance(value, types.MethodType):
        value = value.__func__
    if isinstance(value, type):
        for thing in list(vars(value).values())[:_MOST_NAMES]:
            if isinstance(thing, types.FunctionType | staticmethod | classmethod | property):
                yield from _codes_of(getattr(thing, "__func__", getattr(thing, "fget", thing)))
        return
    if isinstance(value, types.FunctionType):
        yield from _nested(value.__code__)
        for cell in value.__closure__ or ():
            try:
                inner = cell.cell_contents
            except ValueError:
                continue
            if isinstance(inner, types.FunctionType) and inner is not value:
                yield from _nested(inner.__code__)
    elif isinstance(type(value), type) and type(value).__module__ in ("__main__", "builtins"):
        call = vars(type(value)).get("__call__")
        if isinstance(call, types.FunctionType):
            yield from _codes_of(type(value))


def _nested(code: types.CodeType) -> Iterator[types.CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _nested(constant)
