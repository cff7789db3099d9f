"""Reads a notebook file as plain data, and refuses what is none, with the reason.

nbformat would do as well, at the price of a second at every start: importing it loads a grammar of web addresses.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

MAX_NOTEBOOK_BYTES = 32 << 20
MAX_CELLS = 2_000
MAX_SOURCE = 1 << 20


class Refused(Exception):
    """This file cannot be graded at all; the message says why, in one sentence."""


def read_notebook(path: Path) -> tuple[dict[str, Any], bytes]:
    """The notebook as a dict in nbformat's layout, and its bytes. Raises `Refused`.

    Each cell's source is one string, whose lines end as Python's do: those of Windows are no difference.
    """
    data = _bytes(path)
    return _checked(path, _parsed(path, data)), data


def assignment_named_in(notebook: dict[str, Any]) -> str | None:
    """The assignment that the notebook's metadata names, if it names one."""
    mark = notebook["metadata"].get("softmark")
    name = mark.get("assignment") if isinstance(mark, dict) else None
    return name if isinstance(name, str) else None


def what_it_says(text: str) -> str:
    """A cell's text without what is no difference: the space around it and at the ends of its lines."""
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def same_text(one: str, other: str) -> bool:
    """Whether two cells say the same."""
    return what_it_says(one) == what_it_says(other)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise Refused(f"{path} is not a file")
        if size > MAX_NOTEBOOK_BYTES:
            raise Refused(
                f"{path} has {size >> 20} MB, more than the {MAX_NOTEBOOK_BYTES >> 20} MB allowed: clear large "
                "outputs (Kernel > Restart & Clear Output) and submit it again"
            )
        with path.open("rb") as file:
            return file.read(MAX_NOTEBOOK_BYTES + 1)
    except FileNotFoundError:
        what = "is a link to a file that does not exist" if path.is_symlink() else "does not exist"
        raise Refused(f"{path} {what}") from None
    except OSError as error:
        raise Refused(f"{path} cannot be read: {error.strerror or error}") from None


def _parsed(path: Path, data: bytes) -> Any:
    try:
        return json.loads(data)
    except UnicodeDecodeError:
        raise Refused(f"{path} is not a notebook but a file of another kind; submit the .ipynb file itself") from None
    except (ValueError, RecursionError) as error:
        if not data.strip():
            what = "is empty"
        elif data.lstrip().startswith(b"{"):
            what = f"is damaged or was not saved whole ({error})"
        else:
            what = "is not a notebook but a file of another kind"
        raise Refused(f"{path} {what}; save the notebook again from Jupyter and submit the .ipynb file") from None


def _checked(path: Path, parsed: Any) -> dict[str, Any]:
    if not isinstance(parsed, dict) or not isinstance(parsed.get("nbformat"), int):
        raise Refused(f"{path} is JSON but not a notebook: it has no nbformat")
    if parsed["nbformat"] != 4:
        raise Refused(
            f"{path} is in notebook format {parsed['nbformat']}; format 4 is needed: open and save it in a current "
            "Jupyter, or run jupyter nbconvert --to notebook --nbformat 4"
        )
    cells = parsed.get("cells")
    if not isinstance(cells, list):
        raise Refused(f"{path} is not a valid notebook: its cells are not a list; save it again from Jupyter")
    if len(cells) > MAX_CELLS:
        raise Refused(f"{path} has {len(cells)} cells; at most {MAX_CELLS} are graded")
    metadata = parsed.get("metadata")
    return {
        "metadata": metadata if isinstance(metadata, dict) else {},
        "cells": [_cell(path, number, cell) for number, cell in enumerate(cells, 1)],
    }


def _cell(path: Path, number: int, cell: Any) -> dict[str, Any]:
    source = cell.get("source") if isinstance(cell, dict) else None
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise Refused(f"{path} is not a valid notebook: its cell {number} has no text; save it again from Jupyter")
    if len(source) > MAX_SOURCE:
        raise Refused(f"{path}: cell {number} has more than a million characters; nobody writes so many by hand")
    metadata, attachments = cell.get("metadata"), cell.get("attachments")
    return {
        "id": cell.get("id"),
        "cell_type": cell.get("cell_type"),
        "metadata": metadata if isinstance(metadata, dict) else {},
        # Half of a surrogate pair is JSON, but no text that could be run or sent.
        "source": "\n".join(re.split("\r\n?", source)).encode("utf-8", "replace").decode("utf-8"),
        "attachments": attachments if isinstance(attachments, dict) else {},
    }
