"""How many of MXNet's operators a call runs: MXNet's own profiler sees them where they are computed."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from typing import Any

# When the process ends, MXNet's profiler replaces the file of this name, /dev/null too; unless there is no such folder.
_NOWHERE = "/nonexistent/operators.json"
# What MXNet's engine does beside the operators that a program asks for.
_HOUSEKEEPING = frozenset({"DeleteVariable", "ResourceParallelRandomSetSeed", "WaitForVar", "SetValueOp"})
# Seldom used, so that it can stand before and after what is counted.
_MARK = "hard_sigmoid"


@contextlib.contextmanager
def counted(mx: Any, facts: dict[str, int]) -> Iterator[None]:
    """Counts the operators that run in the block, as the fact "operators".

    There is no such fact where somebody else has stopped the profiler, or emptied it, in the meantime.
    """
    profiler, one = mx.profiler, mx.nd.ones(1)
    mx.nd.waitall()
    profiler.set_config(profile_imperative=True, aggregate_stats=True, filename=_NOWHERE)
    profiler.dumps(reset=True)
    profiler.set_state("run")
    try:
        _mark(mx, one)
        yield
        _mark(mx, one)
    finally:
        profiler.set_state("stop")
        seen = json.loads(profiler.dumps(reset=True, format="json")).get("Time", {}).get("operator", {})
    counts = {name: int(each["Count"]) for name, each in seen.items() if name not in _HOUSEKEEPING}
    if counts.get(_MARK, 0) >= 2:
        facts["operators"] = sum(counts.values()) - 2


def _mark(mx: Any, one: Any) -> None:
    """Run the operator, and wait until all are through."""
    getattr(mx.nd, _MARK)(one)
    mx.nd.waitall()
