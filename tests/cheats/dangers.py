"""What could act on a page that shows a submission."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

# Elements and attributes by which a page can act, or be covered; and whatever the cheats themselves would run.
_ACTING = ("iframe", "object", "embed", "base", "form", "svg", "animate")
_SCRIPTS = re.compile(r"^\s*(java|vb)\s*script:|^data:(?!image/(png|jpeg|gif))|/formgrader/", re.I)
# The kit writes formulas as MathML, which is text as long as it holds nothing else.
_FORMULA_TAGS = re.compile(r"(math|menclose|m(frac|i|n|o|over|padded|phantom|root|row|space|sqrt|style|sub|subsup|sup)|"
                           r"m(table|td|text|tr|under|underover))$")  # fmt: skip
_FORMULA_ATTRIBUTES = re.compile(r"(?!on|href|src|class|id$|xmlns|xlink)[a-z]+$")


def dangers(page: str) -> list[str]:
    """What on a page would run, or lead a click astray, and was put there by a submission."""
    found = []
    for tag in BeautifulSoup(page, "html.parser").find_all(True):
        refreshes = tag.name == "meta" and str(tag.get("http-equiv")).lower() == "refresh"
        runs = tag.name in ("script", "style", "link") and re.search(r"owned|5 / 5|example\.org", str(tag))
        tells_a_score = tag.name == "p" and "score" in str(tag.get("class"))
        in_formula = tag.name == "math" or tag.find_parent("math") is not None
        if in_formula and not (_FORMULA_TAGS.match(tag.name) and all(map(_FORMULA_ATTRIBUTES.match, tag.attrs))):
            found.append(str(tag)[:200])
        if tag.name in _ACTING or refreshes or runs or tells_a_score:
            found.append(str(tag)[:200])
        for name, value in tag.attrs.items():
            address = re.sub(r"[\x00-\x20]", "", str(value))
            if name.startswith("on") or (name in ("href", "src", "srcdoc", "action") and _SCRIPTS.search(address)):
                found.append(f"{name}={value}"[:200])
            if name == "style" and "position" in str(value):
                found.append(f"{name}={value}"[:200])
    return found
