"""What formgrader and the feedback pages show of a student's Markdown: text and pictures, no scripts.

nbconvert passes HTML in Markdown through as it is. In formgrader, where the instructor is logged in, a script in an
answer could write grades. FILTERS are Jinja's, which nbgrader_config.py puts in the place of nbconvert's own.
"""

from __future__ import annotations

import re
from typing import Any

import bleach
from bleach.css_sanitizer import CSSSanitizer
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from grader.nbgrader.formulas import FormulaFilter, FormulaRenderer

_TAGS = bleach.ALLOWED_TAGS | {
    "br", "caption", "dd", "del", "details", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "img", "ins", "kbd", "p", "pre", "q", "s", "samp", "small", "span", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "u", "var",
}  # fmt: skip
# No `id`, which headings have too: formgrader looks for the score boxes by their cells' ids. No class but those of
# highlighted code, and no style but a table's: others could cover the page. No link into the server itself.
_ALLOWED = {
    ("a", "href"): r"https?://|mailto:",
    ("img", "src"): r"https?://|data:image/(png|jpeg|gif);base64,|(?!.*\.\.)\w[\w ./%-]*$",
    ("img", "alt"): "",
    ("img", "width"): r"\d+$",
    ("img", "height"): r"\d+$",
    ("div", "class"): r"highlight( hl-\w+)?$",
    ("span", "class"): r"[a-z]{1,2}[a-z0-9]?$",
    ("td", "style"): "",
    ("th", "style"): "",
}


def _is_allowed(tag: str, name: str, value: str) -> bool:
    pattern = _ALLOWED.get((tag, name))
    return name == "title" or (pattern is not None and re.match(pattern, value) is not None)


def clean_html(html: str) -> str:
    """The HTML that a Markdown or raw cell became, with whatever is not text or a picture shown as it was typed."""
    return _cleaned(html, _cleaner)


def _cleaned(html: str, cleaner: bleach.Cleaner) -> str:
    # nbgrader's pages leave a table bare that does not ask for Bootstrap's looks.
    return cleaner.clean(html).replace("<table>", '<table class="table table-condensed" style="width:auto">')


class _Attachments(dict[str, Any]):
    """A cell's pictures, where one that is missing is an empty one: nbconvert would make no page at all of the cell."""

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> dict[str, str]:
        return {"image/png": ""}


@pass_context
def markdown_to_html(context: Context, source: str) -> str:
    """Markdown as HTML, which `clean_html` is still to go through."""
    return _rendered(context, source, IPythonRenderer)


@pass_context
def markdown_with_formulas(context: Context, source: str) -> str:
    """Markdown as HTML that is clean already, its formulas as MathML."""
    return _cleaned(_rendered(context, source, FormulaRenderer), _cleaner_with_formulas)


def _rendered(context: Context, source: str, kind: type[IPythonRenderer]) -> str:
    attachments = _Attachments(context.get("cell", {}).get("attachments", {}))
    renderer = kind(escape=False, attachments=attachments, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


FILTERS = {
    "clean_html": "grader.nbgrader.pages.clean_html",
    "strip_files_prefix": "grader.nbgrader.pages.clean_html",
    "markdown2html": "grader.nbgrader.pages.markdown_to_html",
}


def _new_cleaner(**options: Any) -> bleach.Cleaner:
    return bleach.Cleaner(
        tags=_TAGS,
        attributes=_is_allowed,
        protocols=frozenset({"http", "https", "mailto", "data"}),
        css_sanitizer=CSSSanitizer(allowed_css_properties=["text-align"]),
        **options,
    )


_cleaner = _new_cleaner()
_cleaner_with_formulas = _new_cleaner(filters=[FormulaFilter])
