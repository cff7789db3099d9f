"""HTML and JavaScript that would run in formgrader, in the instructor's name, or on a feedback page.

`fools="page"`: nbconvert, as it comes, makes a page of it that has what `tests.cheats.dangers` looks for.
"""

from __future__ import annotations

import base64
from typing import Any

import nbformat

from tests import notebooks
from tests.cheats import ALONE, WRONG, cheat, code_cell, handed_out

SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><script>owned = 1</script></svg>').decode()


def _answer(text: str) -> Any:
    return handed_out(ALONE, softmax=WRONG, **{"question-underflow": text})


def _shows(code: str) -> Any:
    notebook = handed_out(ALONE, softmax=WRONG)
    notebook.cells.append(code_cell(code))
    return notebook


@cheat(fools="page")
def script_in_an_answer() -> Any:
    """A written answer holds a script."""
    return _answer("Mine. <script>owned = 1</script> <SCRIPT SRC=//example.org/x.js></SCRIPT> <script >owned</script>")


@cheat()
def event_attributes() -> Any:
    """A written answer holds elements that act when they are loaded, seen, pointed at or focused."""
    return _answer(
        "<img src=x onerror=owned=1><svg/onload=owned=2><details open ontoggle=owned=3>\n\n"
        "<input autofocus onfocus=owned=4> <body onpageshow=owned=5> <p onmouseover=owned=6>text</p>"
        "<img src='x'onerror='owned=7'> <math><mtext><img/src/onerror=owned=8></math>"
    )


@cheat(fools="page")
def links_that_run() -> Any:
    """Links whose address is a script, written in all the ways that Markdown and HTML know."""
    return _answer(
        "[one](javascript:owned=1) <a href=' java\tscript:owned=2'>two</a> <a href=&#106;avascript:owned=3>three</a>"
        "\n\n[four][x] <javascript:owned=5> [six](data:text/html;base64,PHNjcmlwdD4=) [seven](vbscript:owned)\n\n"
        "[x]: JaVaScRiPt:owned=4\n"
    )


@cheat(fools="page")
def frames_and_forms() -> Any:
    """Frames, plug-ins, forms, a refresh and a new base for all links of the page."""
    return _answer(
        '<iframe srcdoc="<script>parent.owned=1</script>"></iframe><object data="x.html"></object><embed src="x.html">'
        '<form action="/formgrader/api"><button>Submit</button></form><meta http-equiv=refresh content="0;url=x">'
        '<base href="//example.org/"><link rel=stylesheet href="//example.org/x.css">'
    )


@cheat(fools="page")
def style_that_covers_the_page() -> Any:
    """A style that hides the scores and lays a picture of full marks over them."""
    return _answer(
        "<style>.score { display: none } body::after { content: 'Score: 5 / 5' }</style>"
        "<div style='position: fixed; inset: 0; background: white'>5 / 5</div><p class='score'>5 / 5</p>"
    )


@cheat()
def id_of_another_cell() -> Any:
    """An element with the id of the graded cell, where formgrader would write its score."""
    return _answer("# check-softmax\n\n<div id='check-softmax'>5 / 5</div> <a name='question-underflow'>mine</a>")


@cheat(fools="page")
def picture_that_is_a_script() -> Any:
    """An attachment is a drawing with a script in it; another breaks out of the attribute that it is put into."""
    pictures = "![a](attachment:a.svg) ![b](attachment:b.png)"
    notebook = _answer(f"{pictures} <img src='data:image/svg+xml;base64,{SVG}'>")
    notebooks.cell(notebook, "question-underflow").attachments = {
        "a.svg": {"image/svg+xml": SVG, "text/html": "<script>owned = 1</script>"},
        "b.png": {"image/png": '"><script>owned = 2</script><img src="'},
    }
    return notebook


@cheat()
def raw_cell() -> Any:
    """A raw cell that declares itself to be HTML."""
    notebook = handed_out(ALONE, softmax=WRONG)
    raw = nbformat.v4.new_raw_cell("<script>owned = 1</script><h1 onclick=owned=2>5 / 5</h1>")
    raw.metadata.update(raw_mimetype="text/html", format="text/html")
    notebook.cells.append(raw)
    return notebook


@cheat()
def displayed_html() -> Any:
    """The cells show HTML, JavaScript, SVG, a widget and a link, by IPython's own functions."""
    return _shows("""
from IPython.display import HTML, IFrame, Javascript, Markdown, SVG, display
display(HTML("<script>owned = 1</script>"), Javascript("owned = 2"), Markdown("<script>owned = 3</script>"))
display(IFrame("/formgrader/", 10, 10), {"text/html": "<b>5 / 5</b>", "application/javascript": "owned = 4"}, raw=True)

class Rich:
    _repr_html_ = lambda self: "<img src=x onerror=owned=5>"
    _repr_javascript_ = lambda self: "owned = 6"
    _repr_svg_ = lambda self: "<svg onload=owned=7></svg>"
    _repr_latex_ = lambda self: "$\\\\href{javascript:owned=8}{x}$"
    __repr__ = lambda self: "<script>owned = 9</script>"

Rich()
""")


@cheat()
def picture_of_another_kind() -> Any:
    """What a cell shows as a picture is HTML, and one of a thousand million pixels."""
    return _shows("""
import struct, zlib
from IPython.display import display

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
huge = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(3751 * 30_000), 9))
display({"image/png": b"<script>owned = 1</script>"}, raw=True)
display({"image/png": huge + chunk(b"IEND", b"")}, raw=True)
display({"image/jpeg": "PHNjcmlwdD4=", "application/pdf": "PHNjcmlwdD4="}, raw=True)
""")


@cheat(fools="page")
def stored_outputs() -> Any:
    """The notebook comes with outputs that hold HTML, in a cell that cannot run."""
    notebook = _shows("this is an error (")
    html = {"text/html": "<script>owned = 1</script>", "text/plain": "5.0", "application/javascript": "owned = 2"}
    notebook.cells[-1].outputs = [nbformat.v4.new_output("display_data", html)]
    return notebook


@cheat()
def exception_with_html() -> str:
    """The message of an exception, which the page quotes, is HTML, and so is the name of its class."""
    return """
class Loud(Exception):
    pass

Loud.__name__ = "<img src=x onerror=owned=1>"

def softmax(X):
    raise Loud("</pre><script>owned = 2</script>\\x1b[31m\\x1b]8;;javascript:owned=3\\x07click\\x1b]8;;\\x07")
"""


@cheat()
def colours_and_control_characters() -> Any:
    """What is printed holds escape sequences for terminals, backspaces and text that runs the other way."""
    return _shows("""
print("\\x1b]0;owned\\x07\\x1b[2J\\x1b[H5 / 5 points", "\\x08" * 20, "\\u202e5 / 5", "\\x1b[8m", chr(0x9b) + "2J")
print("<script>owned = 1</script>", "\\x1b[31;1;<script>owned = 2</script>m", sep="\\r")
""")


@cheat(fools="page")
def names_of_the_template() -> Any:
    """The answer is written in the language of the page's template, and in LaTeX that opens links."""
    return _answer(
        "{{ resources }} {% include '/etc/passwd' %} {{ cell.__class__.__mro__ }} $\\href{javascript:owned=1}{x}$"
        " <a href='/formgrader/api/status'>x</a><img src='/formgrader/api/assignment/x/autograde'>"
        "<script>{{owned}}</script>"
    )
