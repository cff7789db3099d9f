"""Which confinement works on this machine: each is tried by starting it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from grader.sandbox import containers, landlock, launch

# By strength; and those that are taken only by name, since an image has to be built for them.
CONFINEMENTS = ("bwrap", "landlock")
CONTAINERS = ("podman", "docker")

_TRY = launch.KIT + "from grader.sandbox import seccomp; seccomp.program(seccomp.Needs())"


def find_confinement(among: Sequence[str] = CONFINEMENTS) -> str:
    """The strongest confinement that works here, tried by starting it. Raises `NoSandbox`, saying what to install."""
    reasons = []
    for confinement in among:
        reason = _trial(confinement)
        if reason is None:
            return confinement
        reasons.append(f"{confinement}: {reason}")
    raise launch.NoSandbox(
        "no sandbox can be had here (" + "; ".join(reasons) + "). Install bubblewrap (apt-get install bubblewrap), "
        "run on a kernel with Landlock (Linux 5.13 or later) and libseccomp, or in a container (--sandbox podman or "
        "--sandbox docker says what it needs); --trust-submissions grades without any protection."
    )


def _trial(confinement: str) -> str | None:
    """None where the confinement works, else why not."""
    if confinement in CONTAINERS:
        return containers.trial(confinement)
    if confinement == "landlock":
        if landlock.version() == 0:
            return "this kernel has no Landlock"
        kit = str(Path(__file__).resolve().parents[2])
        return launch.run([sys.executable, "-I", "-c", _TRY.format(path=[kit])])
    try:
        command = launch.bwrap_command(launch.SlotOptions(device="cpu"), 0, {})
    except launch.NoSandbox as error:
        return str(error)
    return launch.run([*command[: command.index(launch.PYTHON)], "/usr/bin/env", "true"])
