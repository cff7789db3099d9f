"""The page that a student gets back: what it says first, and that it needs no network and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import jinja2
import nbformat
import pytest
from bs4 import BeautifulSoup, Tag

from grader.nbgrader.pages import markdown_with_formulas
from tests.cheats.dangers import dangers
from tests.nbgrader_course import NbgraderCourse, nbgrader_course
from tests.notebooks import SMALL, cell

NAME = SMALL["np"]
INTO = ("--gradebook", "sqlite:///gradebook.db")
NO_MINUS = """
def sigmoid(X):
    return 1 / (1 + np.exp(X))
"""
ATTACK = r"""
# Full points!

$\text{<script>owned = 1</script>}$ and $\href{javascript:owned=2}{x}$ and $\style{position:fixed}{x}$ and $\frac{1}{2}$

$$\begin{aligned} a &= b \\ c &= d \end{aligned}$$

![$x$ " onerror="owned = 3](x.png) <script>owned = 4</script> $\def\a{x}\a$ $\left($
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with nbgrader_course(tmp_path_factory.mktemp("feedback")) as course:
        notebook = SMALL.solved("np", "descend")
        cell(notebook, "sigmoid").source = NO_MINUS
        cell(notebook, "question-zero").source = ATTACK
        notebook.cells[1:1] = [nbformat.v4.new_markdown_cell(ATTACK)]
        course.hand_in("ben", NAME, notebook)
        course.teacher.nbgrader("generate_assignment", NAME)
        done = course.grader("grade", "submitted", *INTO, "--feedback", "--jobs", "1")
        assert done.status == 0, done
        yield course


@pytest.fixture(scope="module")
def page(course: NbgraderCourse) -> BeautifulSoup:
    return BeautifulSoup(_page(course), "html.parser")


def _page(course: NbgraderCourse) -> str:
    return (course.root / "feedback" / "ben" / NAME / f"{NAME}.html").read_text()


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _summary(page: BeautifulSoup) -> Tag:
    (found,) = page.select(".summary")
    return found


def test_it_says_first_what_is_right_what_to_try_next_and_the_points(page: BeautifulSoup) -> None:
    text = _text(_summary(page))
    assert "8 of 23 points" in text
    assert "What is right double , neuron , scale What to try next" in text
    assert (
        "sigmoid sigmoid(X) is 1 / (1 + exp(-X)): not right. This is what you get when the minus before X is "
        "forgotten: large numbers become small. What should become of 100? descend It is not written yet." in text
    )
    rows = {_text(row.select("td")[0]): [_text(cell) for cell in row.select("td")[1:]] for row in page.select("tr")[:7]}
    assert rows == {
        "✓ double": ["2 of 2", "right"],
        "✗ sigmoid": ["0 of 5", "not right"],
        "✓ neuron": ["2 of 2", "right"],
        "✓ scale": ["4 of 4", "right"],
        "· descend": ["0 of 6", "not written yet"],
        "… Question 1: never zero?": ["0 of 2", "not read yet"],
        "· Question 2: the sign": ["0 of 2", "not answered"],
    }
    assert "1 of your answers is still to be read, and counted as 0 until then." in text


def test_headings_name_what_is_graded_and_the_summary_leads_there(page: BeautifulSoup) -> None:
    headings = {str(heading["id"]): _text(heading) for heading in page.select("h3[id]")}
    assert headings["check-sigmoid"] == "✗ sigmoid 0 of 5 · top"
    assert headings["sigmoid"] == "Your answer: sigmoid top"
    assert headings["question-zero"] == "Your answer: Question 1: never zero? 0 of 2, not read yet · top"
    places = {str(tag["id"]) for tag in page.find_all(id=True)}
    links = {str(link["href"]).removeprefix("#") for link in _summary(page).select("a")}
    assert links
    assert links <= places


def test_it_needs_neither_a_script_nor_the_network(page: BeautifulSoup) -> None:
    assert page.select("script, link, iframe, object, embed, svg") == []
    assert "default-src 'none'" in str(page.select("meta[http-equiv]"))
    assert not re.search(r"url\(|@import", " ".join(style.get_text() for style in page.select("style")))
    formulas = [_text(formula) for formula in page.select("math")]
    assert "1 / ( 1 + e − x )" in formulas
    assert formulas.count("1 2") == 2, "the fraction, in a cell of the student's own and in an answer"
    assert formulas.count("a = b c = d") == 2


def test_what_a_formula_holds_is_text(course: NbgraderCourse, page: BeautifulSoup) -> None:
    assert dangers(_page(course)) == []
    text = _text(page)
    assert text.count("<script>owned = 1</script>") == 2
    assert "javascript" not in _page(course)
    assert r"$\def\a{x}\a$ $\left($" in text, "what is no formula stands there as it was typed"
    allowed = {"display", "style", "stretchy", "fence", "form", "columnalign", "rowspacing", "displaystyle"}
    assert {name for tag in page.select("math, math *") for name in tag.attrs} <= allowed
    assert {str(tag.get("style")) for tag in page.select("math *[style]")} == {"text-align:left", "text-align:right"}


def test_nbgraders_own_command_writes_the_same_page(course: NbgraderCourse) -> None:
    page = _page(course)
    course.teacher.nbgrader("generate_feedback", NAME, "--force")
    assert _page(course) == page


def test_what_the_instructor_wrote_counts_and_is_linked(course: NbgraderCourse) -> None:
    with course.gradebook() as gradebook:
        question = gradebook.find_grade("question-zero", NAME, NAME, "ben")
        question.manual_score, question.needs_manual_grade = 1.5, False
        gradebook.find_comment("question-zero", NAME, NAME, "ben").manual_comment = "It *does*: $2^{-149}$."
        gradebook.find_grade("check-sigmoid", NAME, NAME, "ben").manual_score = 5
        gradebook.db.commit()
    course.teacher.nbgrader("generate_feedback", NAME, "--force")
    page = BeautifulSoup(_page(course), "html.parser")
    text = _text(_summary(page))
    assert "14.5 of 23 points" in text
    assert "still to be read" not in text
    assert "• sigmoid 5 of 5 by your instructor" in text
    assert "What to try next descend" in text
    assert "Question 1: never zero? 1.5 of 2 by your instructor, with a comment" in text
    (comment,) = page.select("#comment-question-zero")
    assert _text(comment) == "Comments: It does : 2 − 149 ."


def test_a_formula_that_is_too_deep_stands_there_as_it_was_typed() -> None:
    deep = "$" + "{" * 3000 + "$"
    environment = jinja2.Environment()
    environment.filters["shown"] = markdown_with_formulas
    assert deep in environment.from_string("{{ deep | shown }}").render(deep=deep)
