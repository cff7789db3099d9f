"""Runs the real `grader` command in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.notebooks import ROOT

GRADER = ("-c", "from grader.cli import app; app()")


@dataclass(frozen=True)
class Finished:
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def reports(self) -> list[dict[str, Any]]:
        """Its output, which must be JSON lines and nothing else."""
        return [json.loads(line) for line in self.out.splitlines()]

    def refused(self, status: int = 2) -> str:
        """What it says on stderr, where it has nothing but one sentence to say."""
        assert (self.status, self.out) == (status, ""), self
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        return self.err


def grader(
    *args: str | Path,
    cwd: Path = ROOT,
    python: str | Path = sys.executable,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """`grader ARGS`, with more variables in the environment."""
    done = subprocess.run(
        [python, *GRADER, *args], env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}, cwd=cwd,
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip
    return Finished(done.returncode, done.stdout, done.stderr)
