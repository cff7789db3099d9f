"""The IPython that runs a submission's cells, and the record of what they show: text and pictures, nothing else.

No HTML and no SVG: both can hold scripts, and what is recorded here is shown to graders in their browsers.
"""

from __future__ import annotations

import base64
import contextlib
import io
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from grader.sandbox import wire

_CUT = "\n… (the rest of this cell's output was cut)\n"
_PICTURES = 8
_ROOM_FOR_PICTURES = 2 << 20
_DPI = 72


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a cell."""

    def __init__(self, recorder: Recorder, kind: Literal["stdout", "stderr"]) -> None:
        self._recorder = recorder
        self._kind: Literal["stdout", "stderr"] = kind

    def writable(self) -> bool:
        return True

    def flush(self) -> None:
        """Nothing waits here, and a student who closes it closes nothing."""

    def close(self) -> None:
        """As `flush`."""

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._recorder.add(self._kind, text)
        return len(text)

    def drop_the_rest(self) -> None:
        """Take what is written from now on for written, at the price of a call in C: a loop may print millions."""
        vars(self)["write"] = len

    def keep_again(self) -> None:
        vars(self).pop("write", None)


class Recorder:
    """Keeps the first part of what a cell shows, in order."""

    def __init__(self) -> None:
        self._streams = _Stream(self, "stdout"), _Stream(self, "stderr")
        self.clear()

    def clear(self) -> None:
        self._outputs: list[tuple[Literal["stdout", "stderr", "result", "display"], list[str], bytes]] = []
        self._room = wire.MAX_SHOWN_TEXT
        self._cut = False
        self._pictures = 0
        self._picture_bytes = 0
        for stream in self._streams:
            stream.keep_again()

    def take_over_streams(self) -> None:
        sys.stdout, sys.stderr = self._streams

    def add(self, kind: Literal["stdout", "stderr", "result", "display"], text: str, png: bytes = b"") -> None:
        """Record one output; text in a row on one stream is one output. What is beyond the bounds is dropped."""
        if png and not self._takes_picture(png):
            png = b""
        if (self._room <= 0 or not text) and not png:
            return
        text = wire.plain(text[: self._room])[: self._room]
        last = self._outputs[-1] if self._outputs else None
        if last is not None and last[0] == kind and kind in ("stdout", "stderr"):
            last[1].append(text)
        elif len(self._outputs) < wire.MAX_OUTPUTS:
            self._outputs.append((kind, [text], png))
        else:
            self._room = 0
        self._room = max(self._room - len(text), 0)
        if self._room == 0 and not self._cut:
            self._cut_here()

    def _cut_here(self) -> None:
        self._cut = True
        self._outputs[-1][1].append(_CUT)
        for stream in self._streams:
            stream.drop_the_rest()

    def _takes_picture(self, png: bytes) -> bool:
        self._pictures += 1
        self._picture_bytes += len(png)
        fits = len(png) <= wire.MAX_PICTURE_BYTES and self._picture_bytes <= _ROOM_FOR_PICTURES
        return fits and self._pictures <= _PICTURES

    def add_bundle(self, kind: Literal["result", "display"], data: Mapping[str, Any]) -> None:
        """Record what IPython has made of an object: its text and its picture."""
        text, png = data.get("text/plain", ""), data.get("image/png", b"")
        if isinstance(png, str):
            try:
                png = base64.b64decode(png)
            except ValueError:
                png = b""
        self.add(kind, text if isinstance(text, str) else "", png if isinstance(png, bytes) else b"")

    def take(self) -> list[wire.Output]:
        """What was recorded since the last time."""
        outputs = [wire.Output(kind, "".join(texts), png) for kind, texts, png in self._outputs]
        self.clear()
        return outputs


def make(recorder: Recorder) -> Any:
    """An IPython without history, terminal or kernel: cells with magics run as they do in a notebook."""
    import matplotlib
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.text import LSString, SList
    from traitlets import Type
    from traitlets.config import Config

    matplotlib.use("agg")

    class Hook(DisplayHook):
        def start_displayhook(self) -> None:
            return None

        def write_output_prompt(self) -> None:
            return None

        def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
            recorder.add_bundle("result", format_dict)

        def finish_displayhook(self) -> None:
            return None

    class Publisher(DisplayPublisher):
        def publish(self, data: Any, metadata: Any = None, *args: Any, **kwargs: Any) -> None:
            recorder.add_bundle("display", data)

        def clear_output(self, wait: bool = False) -> None:
            recorder.clear()

    class Shell(InteractiveShell):
        displayhook_class = Type(Hook)
        display_pub_class = Type(Publisher)

        def enable_gui(self, gui: Any = None) -> None:
            return None

        def enable_matplotlib(self, gui: Any = None) -> tuple[str, str]:
            return "agg", "agg"  # `%matplotlib inline`: figures are shown at the end of the cell in any case

        def system(self, cmd: str) -> None:
            """`!cmd`: IPython's own wants a terminal, and there is none, nor anybody to type into it."""
            for text in _output_of(self.var_expand(cmd, depth=1), self.user_ns):
                sys.stdout.write(text)

        def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:
            """`x = !cmd`"""
            text = "".join(_output_of(self.var_expand(cmd, depth=depth + 1), self.user_ns))
            return SList(text.splitlines()) if split else LSString(text)

        def showtraceback(self, *args: Any, **kwargs: Any) -> None:
            return None

        def showsyntaxerror(self, *args: Any, **kwargs: Any) -> None:
            return None

    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config)
    shell.display_formatter.active_types = ["text/plain", "image/png"]
    shell.run_cell("1", store_history=False, silent=True)
    recorder.clear()
    return shell


def _output_of(command: str, namespace: dict[str, Any]) -> Iterator[str]:
    """What a shell command prints, piece by piece; its exit status becomes `_exit_code`, as in IPython."""
    with subprocess.Popen(
        command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        while text := process.stdout.read(8192):
            yield text
    namespace["_exit_code"] = process.returncode


def prepare_figures() -> None:
    """Import what draws, and have its list of fonts made."""
    import matplotlib.font_manager
    import matplotlib.pyplot  # noqa: F401


def show_figures(recorder: Recorder) -> None:
    """Record the figures that a cell has left open, and close them, as a notebook does."""
    pyplot = sys.modules["matplotlib.pyplot"]
    with contextlib.suppress(Exception):  # the student's own code may have changed any of this
        for number in pyplot.get_fignums()[:_PICTURES]:
            drawn = io.BytesIO()
            pyplot.figure(number).savefig(drawn, format="png", dpi=_DPI, bbox_inches="tight")
            recorder.add("display", "", drawn.getvalue())
        pyplot.close("all")
