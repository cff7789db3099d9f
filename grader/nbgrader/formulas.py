"""Formulas in Markdown as MathML, which browsers draw by themselves: no script, and nothing from the network.

Markdown is rendered with a marker for each formula (`FormulaRenderer`), cleaned like all of a student's text, and only
then the markers become MathML (`FormulaFilter`): what a formula holds is never read as HTML.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from bleach.html5lib_shim import Filter  # type: ignore[attr-defined]  # the stubs leave it out
from latex2mathml.converter import convert_to_element
from nbconvert.filters.markdown_mistune import IPythonRenderer

Token = dict[str, Any]

# A formula's TeX in hexadecimal between two characters for private use: whoever types these gets a formula, no more.
_MARKER = re.compile("\ue000([ib])((?:[0-9a-f]{2})+)\ue001")
_LONGEST = 4000
# Definitions could make a short formula grow without end.
_DEFINES = re.compile(r"\\(def|let|(re)?newcommand|newenvironment)\b")
# latex2mathml knows these under other names alone, or would number their lines.
_ENVIRONMENTS = re.compile(r"\\(begin|end)\{(aligned|align|split|gathered|gather|equation)\}")

_TAGS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
_ATTRIBUTES = {
    "accent", "columnalign", "depth", "display", "displaystyle", "fence", "form", "height", "largeop", "linethickness",
    "lspace", "mathcolor", "mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowspacing", "rspace",
    "scriptlevel", "separator", "stretchy", "symmetric", "width",
}  # fmt: skip
# Neither addresses nor anything below zero or larger than a page, which could cover other text.
_VALUE = re.compile(r"(?!.*\d{4})[\w.%# ]{0,40}$")


class FormulaRenderer(IPythonRenderer):
    """Leaves a marker in the place of each formula."""

    def inline_math(self, body: str) -> str:
        return _marker("i", body)

    def block_math(self, body: str) -> str:
        return _marker("b", body)

    def latex_environment(self, name: str, body: str) -> str:
        return _marker("b", f"\\begin{{{name}}}{body}\\end{{{name}}}")


class FormulaFilter(Filter):
    """One of bleach's filters, for what has been cleaned: markers become MathML, or TeX inside of an attribute."""

    def __iter__(self) -> Iterator[Token]:
        for token in super().__iter__():
            if token["type"] in ("StartTag", "EmptyTag"):
                token["data"] = {name: _MARKER.sub(_as_typed, value) for name, value in token["data"].items()}
            if token["type"] == "Characters" and _MARKER.search(token["data"]):
                yield from _with_formulas(token["data"])
            else:
                yield token


def _marker(kind: str, tex: str) -> str:
    return f"\ue000{kind}{tex.encode(errors='replace').hex()}\ue001" if tex.strip() else ""


def _tex(found: re.Match[str]) -> str:
    return bytes.fromhex(found[2]).decode(errors="replace")


def _as_typed(found: re.Match[str]) -> str:
    mark = "$" if found[1] == "i" else "$$"
    return f"{mark}{_tex(found)}{mark}"


def _with_formulas(text: str) -> Iterator[Token]:
    place = 0
    for found in _MARKER.finditer(text):
        yield _characters(text[place : found.start()])
        yield from _formula(found)
        place = found.end()
    yield _characters(text[place:])


def _formula(found: re.Match[str]) -> list[Token]:
    """The formula's tokens; what cannot be read as one stands there as it was typed."""
    try:
        element = _element(_tex(found), "inline" if found[1] == "i" else "block")
    except Exception:  # latex2mathml raises many, and RecursionError
        element = None
    return [_characters(_as_typed(found))] if element is None else list(_tokens(element))


@functools.lru_cache(maxsize=1000)  # a class reads the same text
def _element(tex: str, display: str) -> Element | None:
    if len(tex) > _LONGEST or _DEFINES.search(tex):
        return None
    return convert_to_element(_ENVIRONMENTS.sub(r"\\\1{align*}", tex), display=display)


def _tokens(element: Element) -> Iterator[Token]:
    known = element.tag in _TAGS
    if known:
        yield {"type": "StartTag", "name": element.tag, "namespace": None, "data": _attributes(element)}
    if element.text:
        yield _characters(html.unescape(element.text))
    for child in element:
        yield from _tokens(child)
        if child.tail:
            yield _characters(html.unescape(child.tail))
    if known:
        yield {"type": "EndTag", "name": element.tag, "namespace": None, "data": {}}


def _attributes(element: Element) -> dict[tuple[None, str], str]:
    kept = {(None, name): value for name, value in element.items() if name in _ATTRIBUTES and _VALUE.match(value)}
    if element.tag == "mtd" and element.get("columnalign") in ("left", "right"):
        # Chromium knows no columnalign.
        kept[None, "style"] = f"text-align:{element.get('columnalign')}"
    return kept


def _characters(text: str) -> Token:
    return {"type": "Characters", "data": text}
