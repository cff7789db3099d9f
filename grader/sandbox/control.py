"""What the judge and a slot's warm process say to each other; a submission's process never holds this channel."""

from __future__ import annotations

import socket
from typing import TypeVar

import msgspec

from grader.sandbox import frames

M = TypeVar("M", bound=msgspec.Struct)


class Settings(msgspec.Struct, frozen=True):
    """How a slot is set up; the worker's only argument, as JSON.

    `control` is the descriptor of the channel to the judge, or the path of a socket where none can be handed down.
    Without namespaces, `readable` is all that a submission may see, and `scratch` the one folder it may write to.
    `uid` is the user it runs as where the worker was started by root, `processes` how many that user may have in all,
    `devices` those that it may use. Tests alone set the rest: `leave_out` names layers, `landlock` an older version
    than the kernel's.
    """

    control: int | str
    confinement: str
    scratch: str
    device: str
    processes: int
    readable: list[str] = []
    devices: list[str] = []
    uid: int = 65534
    leave_out: list[str] = []
    landlock: int | None = None


class Hello(msgspec.Struct, frozen=True):
    """The slot is warm: the layers that hold, and the device that works.

    `reaches_no_further`: the worker can kill all that a submission leaves running at once, and nothing else.
    `can_do_without`: a submission can be without operators of the library's.
    """

    layers: list[str]
    reaches_no_further: bool
    device: str
    device_note: str = ""
    can_do_without: bool = False


class Start(msgspec.Struct, tag="start", frozen=True):
    """Fork for a submission; a socket for its requests comes along. `rng_seed` (32 bits) seeds its generators.

    `show`: what its cells print and draw is wanted. `without`: operators of MXNet's that are not there. `draws`: the
    notebook imports matplotlib, which takes as long as all the rest.
    """

    flavour: str
    memory: int
    rng_seed: int
    show: bool = False
    without: list[str] = []
    draws: bool = False


class Started(msgspec.Struct, frozen=True):
    """The submission's process exists; `pid` as the slot sees it."""

    pid: int


class Finish(msgspec.Struct, tag="finish", frozen=True):
    """End the submission: kill what is left of it, empty its folder."""


class Finished(msgspec.Struct, frozen=True):
    """How the submission's process ended; `signal` 9 where `Finish` had to kill it. `clean`: nothing is left."""

    code: int | None
    signal: int | None
    clean: bool


Order = Start | Finish


def send(sock: socket.socket, message: msgspec.Struct, deadline: float | None = None) -> None:
    frames.send(sock, frames.frame(msgspec.msgpack.encode(message)), deadline)


def receive(sock: socket.socket, kind: type[M], deadline: float | None = None) -> M:
    """Raises `frames.Closed`, `frames.WireError`, `TimeoutError`, or `msgspec.MsgspecError`."""
    return msgspec.msgpack.decode(frames.receive(sock, deadline), type=kind)
