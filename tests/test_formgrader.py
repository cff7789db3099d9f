"""nbgrader's formgrader in a real browser, on a class that the judge has graded.

ada does everything right, ben makes mistakes, mallory's notebook attacks the page that shows it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from grader.checking.outcomes import DIAGNOSIS
from grader.nbgrader.pages import FILTERS
from tests.nbgrader_course import NbgraderCourse, nbgrader_course
from tests.notebooks import KIT, SMALL, cell
from tests.services import own_folder, running, wait_for

NAME = SMALL["np"]
TOKEN = "of-the-tests"
QUESTIONS = ("question-zero", "question-sign")
COMMENT = "Well put: and what would a **second** opinion cost?"
ANSWER = "It depends on what each mistake costs: $c_{01} < c_{10}$ here."

NO_MINUS = """
def sigmoid(X):
    return 1 / (1 + np.exp(X))
"""
LONG_WORDS = """
def double(X):
    raise ValueError("<b>never</b> " + 300 * "x")
"""
PLOT = """
import matplotlib.pyplot as plt
_ = plt.plot([3, 1, 2])
"""
# Each would run in a browser that takes a cell's Markdown for HTML, as nbconvert does.
SCRIPTS = """
First <script>owned = 1</script> and <img src="x.png" onerror="owned = 2">
and <svg onload="owned = 3"></svg> and <iframe srcdoc="<script>parent.owned = 4</script>"></iframe>
and [a link](javascript:owned=5) and <a href="javascript:owned=6">one more</a> and [a page](mine.html).
<style>body { display: none }</style>
"""
# formgrader finds the box for a question's score by the question's id.
IMPOSTOR = """
# question-sign

<div id="question-sign">is the question that this score should count for, too</div>

Where $a < b$ holds, `if a<b:` is true.
"""
OUTPUTS = """
from IPython.display import HTML, Javascript, Markdown, display
display(HTML("<script>owned = 7</script>"), Javascript("owned = 8"), Markdown("<script>owned = 9</script>"))
print("<script>owned = 10</script>")
raise ValueError("<img src=x onerror='owned = 11'>")
"""


# Where the text of a table is cut, sticks out or lies below something else.
PROBLEMS_OF_TABLES = """
    const problems = [];
    for (const table of document.querySelectorAll(".output_html table")) {
        const room = table.closest(".output_area").getBoundingClientRect();
        if (table.getBoundingClientRect().right > room.right + 1) problems.push("sticks out: " + table.innerText);
        for (const text of table.querySelectorAll("td, pre"))
            if (text.scrollWidth > text.clientWidth + 1) problems.push("is cut: " + text.innerText);
        for (const cell of table.querySelectorAll("td")) {
            cell.scrollIntoView({block: "center", behavior: "instant"});
            const box = cell.getBoundingClientRect();
            const seen = document.elementFromPoint(box.left + 12, box.top + 12);
            if (seen && !cell.contains(seen)) problems.push("lies below something: " + cell.innerText);
        }
    }
    return problems;
"""


# -- the class


def _adas() -> Any:
    notebook = SMALL.solved("np", "descend")
    cell(notebook, "question-sign").source = ANSWER
    notebook.cells.append(nbformat.v4.new_code_cell(PLOT))
    return notebook


def _bens() -> Any:
    notebook = SMALL.solved("np", "descend")
    cell(notebook, "sigmoid").source = NO_MINUS
    cell(notebook, "double").source = LONG_WORDS
    return notebook


def _mallorys() -> Any:
    notebook = SMALL.solved("np", "descend")
    cell(notebook, "question-zero").source = IMPOSTOR
    cell(notebook, "question-sign").source = SCRIPTS
    notebook.cells[1:1] = [
        nbformat.v4.new_markdown_cell(SCRIPTS),
        nbformat.v4.new_raw_cell(SCRIPTS + IMPOSTOR),
        nbformat.v4.new_code_cell(OUTPUTS),
    ]
    return notebook


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NbgraderCourse]:
    with nbgrader_course(tmp_path_factory.mktemp("formgrader")) as course:
        course.hand_in("ada", NAME, _adas())
        course.hand_in("ben", NAME, _bens())
        course.teacher.nbgrader("generate_assignment", NAME)
        course.teacher.nbgrader("db", "student", "add", "ada", "--first-name=Ada", "--last-name=Lovelace")
        course.teacher.nbgrader("autograde", NAME)
        course.hand_in("mallory", NAME, _mallorys())  # for the button in formgrader
        yield course


# -- the browser


class Window:
    """The browser, looking at the course's pages."""

    def __init__(self, driver: Remote, course: NbgraderCourse, port: str) -> None:
        self.driver = driver
        self._course = course
        self._server = f"http://127.0.0.1:{port}"
        self.driver.get(f"{self._server}/formgrader?token={TOKEN}")

    def open(self, page: str) -> None:
        """A page of formgrader, with what it loads afterwards."""
        self.driver.get(f"{self._server}/formgrader/{page}")
        self.wait("return jQuery.active == 0 && !document.body.innerText.includes('Loading, please wait')")

    def open_submission(self, student: str) -> None:
        with self._course.gradebook() as gradebook:
            self.open(f"submissions/{gradebook.find_submission_notebook(NAME, NAME, student).id}/")

    def open_feedback(self, student: str) -> None:
        page = self._course.root / "feedback" / student / NAME / f"{NAME}.html"
        self.driver.get(page.as_uri())

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)  # type: ignore[no-untyped-call]

    def wait(self, script: str, *arguments: Any) -> Any:
        return wait_for(lambda: self.run(script, *arguments), script)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector: str = "body") -> str:
        """What can be seen of it, line by line."""
        return self.find(selector).text

    def rows(self) -> list[list[str]]:
        rows = self.driver.find_elements(By.CSS_SELECTOR, "#main-table tr")
        return [[cell.text for cell in row.find_elements(By.CSS_SELECTOR, "td")] for row in rows]

    def complaints(self) -> list[str]:
        """What the browser's console has against the pages since the last call, but for the library of the formulas:
        nbgrader takes it from the network, and formgrader's own script breaks off where there is none."""
        entries = self.driver.execute("getLog", {"type": "browser"})["value"]
        found = [entry["message"] for entry in entries if entry["level"] == "SEVERE"]
        return [message for message in found if "mathjax" not in message.lower()]


@pytest.fixture(scope="module")
def _window(browser: Remote, course: NbgraderCourse) -> Iterator[Window]:
    server = ("-m", "jupyter_server", "--port=0", "--no-browser", "--allow-root", f"--IdentityProvider.token={TOKEN}")
    environment = course.teacher.environment
    with running(sys.executable, *server, folder=own_folder(), cwd=course.root, **environment) as await_line:
        yield Window(browser, course, await_line(r"http://127\.0\.0\.1:(\d+)/"))


@pytest.fixture
def window(_window: Window) -> Iterator[Window]:
    _window.driver.set_window_size(1280, 1000)
    yield _window
    assert not _window.complaints()


@pytest.fixture(scope="module")
def mallory_graded(_window: Window) -> str:
    """What formgrader says after a click on its button to autograde mallory's submission."""
    _window.open(f"manage_submissions/{NAME}")
    row = next(row for row in _window.driver.find_elements(By.CSS_SELECTOR, "#main-table tr") if "mallory" in row.text)
    row.find_element(By.CSS_SELECTOR, ".autograde a").click()
    return str(_window.wait("return document.querySelector('.modal.in .modal-body')?.innerText"))


@pytest.fixture(scope="module")
def adas_grades(_window: Window) -> None:
    """The instructor types points, extra credit and a comment into ada's submission."""
    _window.open_submission("ada")
    question = _cell_of(_window, "question-sign")
    _type(_window, question, ".score", "1.5")
    _type(_window, question, ".comment", COMMENT)
    _type(_window, _cell_of(_window, "check-sigmoid"), ".extra-credit", "0.25")


def _cell_of(window: Window, grade_id: str) -> WebElement:
    return window.find(f"#{grade_id}").find_element(By.XPATH, "ancestor::*[contains(@class, 'nbgrader_cell')]")


def _type(window: Window, place: WebElement, selector: str, text: str) -> None:
    box = place.find_element(By.CSS_SELECTOR, selector)
    box.clear()
    box.send_keys(text)
    window.run("arguments[0].blur()", box)
    window.wait("return jQuery.active == 0")


@pytest.fixture(scope="module")
def feedback(_window: Window, mallory_graded: str, adas_grades: None) -> str:
    """What formgrader says after a click on its button to generate feedback."""
    _window.open("manage_assignments")
    row = next(row for row in _window.driver.find_elements(By.CSS_SELECTOR, "#main-table tr") if NAME in row.text)
    row.find_element(By.CSS_SELECTOR, ".generate-feedback a").click()
    return str(_window.wait("return document.querySelector('.modal.in .modal-body')?.innerText"))


# -- lists


def test_the_class_shows_up(window: Window, mallory_graded: str) -> None:
    window.open("manage_assignments")
    assert {row[0]: row[8] for row in window.rows()} == {NAME: "3", f"{NAME}-nd": "0"}
    window.open(f"manage_submissions/{NAME}")
    students = {row[1]: (row[0], row[3]) for row in window.rows()}
    assert students["ada"][0] == "Lovelace, Ada"
    assert students["ben"][1] == "graded"  # there is no answer to read
    assert students["mallory"][1] == "needs manual grading"
    window.open(f"gradebook/{NAME}/{NAME}")
    assert [row[1] for row in window.rows()] == ["Submission #1", "Submission #2", "Submission #3"]
    window.open("manage_students")
    assert [row[1] for row in window.rows()] == ["ada", "ben", "mallory"]


def test_the_button_autogrades_with_the_judge(course: NbgraderCourse, mallory_graded: str) -> None:
    assert "Successfully autograded" in mallory_graded
    report = course.autograded("mallory", NAME).metadata.softmark.graded.report
    assert report.score == 13
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(NAME, "mallory").code_score == 13


# -- one submission


@pytest.mark.parametrize("width", [1280, 800])
@pytest.mark.parametrize("page", ["formgrader", "feedback"])
def test_the_tables_of_the_judge_can_be_read(
    window: Window, course: NbgraderCourse, feedback: str, page: str, width: int
) -> None:
    window.driver.set_window_size(width, 1000)
    window.open_submission("ben") if page == "formgrader" else window.open_feedback("ben")
    assert window.run(PROBLEMS_OF_TABLES) == []
    report = course.autograded("ben", NAME).metadata.softmark.graded.report
    for exercise in report.exercises:
        text = window.text(f"[id='cell-id=check-{exercise.name}']")
        assert f"{exercise.name}: {exercise.score:g} of {exercise.max_score:g} points" in text
        if exercise.outcome != "not_attempted":
            assert [check.title for check in exercise.checks if check.title not in text] == []
    sigmoid = window.text("[id='cell-id=check-sigmoid']")
    assert "sigmoid(X) is not right." in sigmoid
    assert "This is what you get when the minus before X is forgotten" in sigmoid
    assert "Hint What should become of 100?" in sigmoid
    assert "<b>never</b> xxx" in window.text("[id='cell-id=check-double']")


@pytest.mark.parametrize("page", ["formgrader", "feedback"])
def test_what_only_the_grader_tries_is_not_on_the_page(
    window: Window, course: NbgraderCourse, feedback: str, page: str
) -> None:
    window.open_submission("ben") if page == "formgrader" else window.open_feedback("ben")
    report = course.autograded("ben", NAME).metadata.softmark.graded.report
    checks = [check for exercise in report.exercises for check in exercise.checks if check.outcome == "failed"]
    shown, hidden = (
        {line.strip() for check in checks if check.hidden is hides for line in _numbers(check)}
        for hides in (False, True)
    )
    source = window.driver.page_source
    assert hidden
    assert [line for line in shown if line in source]
    assert not [line for line in hidden - shown if line in source]
    assert str(report.seed) not in source


def _numbers(check: Any) -> list[str]:
    return [line for line in check.message.partition(DIAGNOSIS)[0].splitlines() if re.search(r"\d\.\d", line)]


# -- grading by hand


def test_points_comment_and_extra_credit_reach_the_gradebook(
    window: Window, course: NbgraderCourse, adas_grades: None
) -> None:
    with course.gradebook() as gradebook:
        answer = gradebook.find_grade("question-sign", NAME, NAME, "ada")
        assert (answer.manual_score, answer.needs_manual_grade) == (1.5, False)
        assert gradebook.find_comment("question-sign", NAME, NAME, "ada").comment == COMMENT
        assert gradebook.find_grade("check-sigmoid", NAME, NAME, "ada").extra_credit == 0.25
        assert gradebook.find_submission(NAME, "ada").score == 13 + 1.5 + 0.25
    window.open_submission("ada")
    question = _cell_of(window, "question-sign")
    assert question.find_element(By.CSS_SELECTOR, ".score").get_attribute("value") == "1.5"
    assert question.find_element(By.CSS_SELECTOR, ".comment").get_attribute("value") == COMMENT


def test_feedback_shows_scores_comments_and_plots(window: Window, feedback: str) -> None:
    assert "Successfully generated feedback" in feedback
    window.open_feedback("ada")
    text = window.text()
    assert "14.75 of 23 points" in text
    assert "Question 2: the sign 1.5 of 2 by your instructor, with a comment" in text
    assert "Comments:\nWell put: and what would a second opinion cost?" in text
    formula = window.find(".answer math")  # which the browser draws by itself
    assert formula.size["height"] > 10
    assert "".join(formula.text.split()) == "c01<c10"
    pictures = window.run("return [...document.querySelectorAll('.output_png img')].map(img => img.naturalWidth)")
    assert len(pictures) == 1
    assert min(pictures) > 100


# -- a notebook that attacks


@pytest.mark.parametrize("page", ["formgrader", "feedback"])
def test_scripts_of_a_student_do_not_run(window: Window, feedback: str, page: str) -> None:
    window.open_submission("mallory") if page == "formgrader" else window.open_feedback("mallory")
    assert window.run("return window.owned") is None
    address = window.driver.current_url
    window.run("document.querySelectorAll('.rendered_html a, .rendered_html img').forEach(e => e.click())")
    assert window.run("return window.owned") is None
    assert window.driver.current_url == address
    text = window.text()
    assert text.count("<script>owned = 1</script>") == 3  # in the answer, and in cells of mallory's own
    assert "<IPython.core.display.HTML object>" in text
    if page == "formgrader":
        assert "Where $a < b$ holds, if a<b: is true." in text  # as MathJax wants it
    assert all("x.png" in complaint for complaint in window.complaints())


def test_a_score_goes_to_the_question_that_it_is_typed_at(
    window: Window, course: NbgraderCourse, mallory_graded: str
) -> None:
    window.open_submission("mallory")
    cells = window.driver.find_elements(By.CSS_SELECTOR, ".nbgrader_cell")
    question = next(cell for cell in cells if "is the question that this score" in cell.text)
    _type(window, question, ".score", "1")
    with course.gradebook() as gradebook:
        grades = [gradebook.find_grade(question, NAME, NAME, "mallory") for question in QUESTIONS]
    assert [grade.manual_score for grade in grades] == [1, None]
    assert all("x.png" in complaint for complaint in window.complaints())


def test_the_text_of_the_course_is_not_touched() -> None:
    assert _words_and_tags("np", filters=FILTERS) == _words_and_tags("np")


def _words_and_tags(flavour: str, **options: Any) -> tuple[str, list[Any]]:
    exporter = HTMLExporter(template_name="classic", exclude_anchor_links=True, **options)  # type: ignore[no-untyped-call]
    page = BeautifulSoup(exporter.from_notebook_node(KIT.solution(flavour))[0], "html.parser")
    return page.get_text(), [(tag.name, tag.get("href"), tag.get("src")) for tag in page.find_all(True)]
