"""The layers that confine a slot's worker, and those that each submission's process adds.

Namespaces, where there are any, stand already when these are put up: by bubblewrap or a container's runtime, outside.
The layers here hold inside as well, and carry the whole weight where there is no namespace. Settings.leave_out, which
tests alone use, leaves some out: "rlimits", "hidden memory", "no new privileges", "uid", "landlock", "seccomp",
"memory".
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from grader.data import VARIABLE
from grader.sandbox import confine, landlock, seccomp
from grader.sandbox.control import Settings


@dataclass(frozen=True)
class Held:
    """The layers that hold for the worker, as a report names them, and the filter that a submission adds."""

    names: list[str]
    submission_filter: bytes = b""


def namespaced(settings: Settings) -> bool:
    """Whether processes, files and network are the slot's own."""
    return settings.confinement not in ("landlock", "none")


def confine_worker(settings: Settings) -> Held:
    """Raises `OSError` for a layer that cannot be put up: nothing runs with less than was promised."""
    names = [settings.confinement] if namespaced(settings) else []
    if "rlimits" not in settings.leave_out:
        confine.limits(settings.processes)
        names.append("rlimits")
    if "no new privileges" not in settings.leave_out:
        confine.no_new_privileges()
    if "hidden memory" not in settings.leave_out:
        confine.hide_memory()
    if settings.confinement == "none":
        return Held(names)
    own_user = "uid" not in settings.leave_out and _become_user(settings)
    if own_user:
        names.append("uid")
    if "landlock" not in settings.leave_out and _restrict_access(settings):
        names.append("landlock")
    if "seccomp" in settings.leave_out:
        return Held(names)
    gpu = bool(settings.devices)
    needs = seccomp.Needs(
        metadata=namespaced(settings) or own_user,
        truncates=namespaced(settings) or own_user or _landlock(settings) >= 3,
        gpu=gpu,
    )
    submission_filter = seccomp.program(needs)
    seccomp.install(seccomp.program(seccomp.Needs(worker=True, gpu=gpu)))
    return Held([*names, "seccomp"], submission_filter)


def confine_submission(settings: Settings, held: Held, memory: int | None) -> None:
    """What a submission's process adds before the student's code: `memory` is all that it may map."""
    if settings.confinement == "landlock":
        # Its own domain holds for this thread and those to come. MXNet's first ones, which the fork has started, could
        # signal the worker, and no further: a slot that ends is replaced.
        if _landlock(settings) >= 6 and "landlock" in held.names:
            landlock.scope()
        elif held.submission_filter:
            seccomp.install(seccomp.only_signals_to_itself(os.getpid()))
    confine.show_memory()
    if memory is not None and "memory" not in settings.leave_out:
        confine.limit_memory(memory)
    if held.submission_filter:
        seccomp.install(held.submission_filter)


def _become_user(settings: Settings) -> bool:
    must_read = [sys.base_prefix, sys.prefix, *(path for name, path in os.environ.items() if name.startswith(VARIABLE))]
    if not confine.drop_user(settings.uid, must_read):
        return False
    if namespaced(settings):
        confine.end_with_parent()
    return True


def _landlock(settings: Settings) -> int:
    version = landlock.version()
    return version if settings.landlock is None else min(version, settings.landlock)


def _restrict_access(settings: Settings) -> bool:
    version = _landlock(settings)
    if not namespaced(settings):
        if version == 0:
            raise OSError("this kernel has no Landlock")
        confine.adopt_orphans()
        landlock.restrict(version, settings.readable, [settings.scratch], settings.devices)
        return True
    if version < 2:  # the first version moves no file to another folder, and here it would only be a second wall
        return False
    landlock.restrict(version, ["/"], [settings.scratch, "/dev/shm"], settings.devices)
    return True
