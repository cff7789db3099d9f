"""`grader doctor`: what a machine has of what grading needs, and whether its sandboxes hold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.doctor.canaries import Bait, canaries, holds
from tests.command import grader, in_small_course
from tests.sandboxes import AVAILABLE

# Without a sandbox these harm nobody.
HARMLESS = ("read the judge's files", "write beside them", "read the judge's environment",
            "reach a service of this machine", "end another process")  # fmt: skip


def rows(out: str) -> dict[str, str]:
    """What is said of each thing, with its mark."""
    found = {}
    for line in out.splitlines():
        if not line.startswith(" "):
            mark, _, rest = line.partition(" ")
            what, _, told = rest.partition(": ")
            found[what] = f"{mark} {told}"
    return found


def test_a_machine_that_grades_is_in_good_health() -> None:
    done = in_small_course("doctor")
    assert (done.status, done.err) == (0, "")
    found = rows(done.out)
    assert found["numpy"].startswith("✓ 1.26")
    assert found["course"].endswith("/tests/course, 4 assignments")
    for confinement in AVAILABLE:
        if confinement in ("bwrap", "landlock"):
            assert found[f"sandbox {confinement}"].startswith("✓ ")
            assert "seccomp" in found[f"sandbox {confinement}"]


def test_what_is_missing_is_said_with_what_to_do(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"short")
    done = in_small_course("doctor", environment={"PATH": "/nowhere", "SOFTMARK_SECRET_FILE": str(secret)})
    assert done.status == 1
    found = rows(done.out)
    assert found["sandbox bwrap"].startswith("– does not work here")
    assert found["alembic"] == "– not on the path"
    assert found["secret"] == "✗ unusable"
    assert "restore it, or delete it" in done.out
    assert "Traceback" not in done.out + done.err


@pytest.mark.parametrize("confinement", [name for name in AVAILABLE if name in ("bwrap", "landlock")])
def test_no_canary_gets_what_it_is_after(confinement: str) -> None:
    done = grader("doctor", "--sandbox", confinement)
    assert done.status == 0, done
    assert done.out.count("✓ it cannot ") == len(canaries(Bait(Path(), Path(), 0, os.getpid())))


def test_without_a_sandbox_they_do() -> None:
    """What was never possible proves nothing."""
    assert dict(holds("none", HARMLESS)) == dict.fromkeys(HARMLESS, False)
