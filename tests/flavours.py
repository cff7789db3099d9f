"""What the tests of the reference's sections share: arrays, and the modules of a flavour."""

from __future__ import annotations

import importlib
from typing import Any

import pytest

import reference  # noqa: F401  (before mxnet: it makes the import possible)

from mxnet import npx  # isort: skip
from mxnet import np as mxnp  # isort: skip

BOTH = pytest.mark.parametrize("flavour", ["np", "nd"])


def arrays(*sources: Any) -> Any:
    """float32 arrays of `mxnet.np`, in a list."""
    return [mxnp.array(source, dtype="float32") for source in sources]


def of_flavour(flavour: str, name: str) -> Any:
    """A module of the reference, in its flavour's mode."""
    module = importlib.import_module(f"reference.{flavour}.{name}")
    (npx.set_np if flavour == "np" else npx.reset_np)()
    return module
