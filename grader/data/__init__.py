"""Named data sets: each a module here, found, verified and opened when an assignment asks for it.

An assignment names what it needs in its assignment.toml, `data = ["fashion_mnist"]`. What one data set needs, and how
it is verified, is its module's affair: `load(download)` and `embedded()` give a `DataSet`.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

VARIABLE = "SOFTMARK_DATA_"


class DataSet(Protocol):
    """A data set that is there: in one directory, which can be mounted into a slot and is read by the set's module."""

    @property
    def directory(self) -> Path: ...

    @property
    def name(self) -> str:
        """What reports call it."""

    @property
    def notes(self) -> tuple[str, ...]:
        """One sentence for each thing that the instructor should know about this load."""


def load(names: Iterable[str], download: bool = True) -> dict[str, DataSet]:
    """The data sets of these names. Raises `DataError` of `grader.data.files` for one that cannot be had."""
    return {name: _module(name).load(download) for name in names}


def embedded(names: Iterable[str]) -> dict[str, DataSet]:
    """The small versions that come with the kit, for trying things out. Raises as `load`."""
    return {name: _module(name).embedded() for name in names}


def _module(name: str) -> Any:
    from grader.data.files import DataError

    try:
        module = importlib.import_module(f"grader.data.{name}")
    except ModuleNotFoundError:
        module = None
    if not hasattr(module, "embedded"):
        raise DataError(f"There is no data set {name!r}: correct the name in the assignment's assignment.toml.")
    return module


def variable(name: str) -> str:
    """The environment variable that says where a data set lies that has been verified already, in a slot for one."""
    return f"{VARIABLE}{name.upper()}"


def use_verified(data: Mapping[str, DataSet]) -> None:
    """Have this process open these as they are, without verifying them once more."""
    os.environ.update({variable(name): str(one.directory) for name, one in data.items()})


@contextmanager
def in_use(data: Mapping[str, DataSet]) -> Iterator[None]:
    """As `use_verified`, for the block alone."""
    before = {variable(name): os.environ.get(variable(name)) for name in data}
    use_verified(data)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
