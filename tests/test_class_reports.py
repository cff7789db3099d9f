"""`grader report`: pages that say how a class did, for people who look, who listen, and who only have a keyboard."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_core_python
import pytest
from bs4 import BeautifulSoup
from selenium.webdriver import Remote
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from grader.checking.outcomes import CheckReport
from grader.classroom import items
from grader.judging.report import ExerciseReport, SubmissionReport
from tests.command import grader, in_small_course
from tests.notebooks import SMALL, write

AXE = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text()
NAME = SMALL["np"]
NO_MINUS = "def sigmoid(X):\n    return 1 / (1 + np.exp(X))"
EVIL = "def double(X):\n    raise ValueError('</pre><script>document.title = 1</script>')"
CRASHES = "import os\ndef neuron(*args):\n    os._exit(3)"
CLASS: dict[str, dict[str, str]] = {
    "ada": {}, "ben": {"sigmoid": NO_MINUS}, "cleo": {"sigmoid": NO_MINUS}, "dan": {"double": EVIL},
    "<i>eve": {"neuron": CRASHES}, "fay": {},
}  # fmt: skip


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class's reports, with a notebook among them that cannot be read."""
    folder = tmp_path_factory.mktemp("class")
    for student, cells in CLASS.items():
        write(SMALL.with_cells("np", **cells), folder / "submitted" / student / NAME / f"{NAME}.ipynb")
    broken = folder / "submitted" / "gus" / NAME / f"{NAME}.ipynb"
    broken.parent.mkdir(parents=True)
    broken.write_text("{")
    done = in_small_course("grade", folder / "submitted", "--format", "json", "--jobs", "1", "--seed", "1")
    assert done.status == 1
    file = folder / "reports.jsonl"
    file.write_text(done.out)
    return file


@pytest.fixture(scope="module")
def pages(lines: Path) -> Path:
    done = in_small_course("report", lines, "--to", lines.parent / "pages")
    assert (done.status, done.err) == (0, "")
    return lines.parent / "pages"


def soup(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(), "html.parser")


def table(page: BeautifulSoup, region: str) -> list[list[str]]:
    rows = page.select(f'[aria-label="{region}"] tbody tr')
    return [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]


def test_a_page_says_what_the_class_believes_and_who_needs_a_look(pages: Path) -> None:
    page = soup(pages / f"{NAME}.html")
    [belief] = [each for each in page.select("h3") if each.get_text().startswith("sigmoid: ")]
    told = belief.find_next("p")
    assert told is not None
    assert "2 of 7 submissions" in told.get_text()
    example = belief.find_next("details")
    assert example is not None
    assert "ben, cleo" in example.get_text()
    assert "expected" in example.get_text(), "an input, what came, what was expected"
    looks = {who: why for who, _, why in table(page, "Who needs a look")}
    assert "crashed: neuron" in looks["<i>eve"]
    assert "not graded" in looks["gus"]
    assert "ada" not in looks


def test_every_check_has_its_share_and_every_submission_its_row(pages: Path) -> None:
    page = soup(pages / f"{NAME}.html")
    shares = {row[1]: row[3] for row in table(page, "Exercises and checks") if row[0] == "double"}
    assert shares["all of it"] == "83 %", "one of six that were graded"
    rows = {row[0]: row[-2] for row in table(page, "Submissions")}
    reports = {
        report["student"]: report
        for report in map(json.loads, (pages.parent / "reports.jsonl").read_text().splitlines())
    }
    assert rows == {who: f"{one['score']:g}" if "score" in one else "not graded" for who, one in reports.items()}


def test_what_a_submission_says_is_text_on_the_page(pages: Path) -> None:
    page = soup(pages / f"{NAME}.html")
    assert len(page.select("script")) == 1
    assert not page.select("td i, a i")
    assert "default-src 'none'" in page.select_one("meta[http-equiv]")["content"]  # type: ignore[index]


def test_an_anonymous_page_names_nobody(lines: Path, tmp_path: Path) -> None:
    done = in_small_course("report", lines, "--to", tmp_path, "--anonymous")
    assert done.status == 0
    for page in tmp_path.iterdir():
        text = soup(page).get_text()
        assert [name for name in (*CLASS, "gus") if name in text.split()] == []
        assert "submitted/" not in text
        assert "student 7" in text


def test_a_note_that_is_pinned_is_read_by_those_whom_it_concerns(tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(SMALL.root, course)
    pin = write_text(course / "pins" / f"{NAME}.md", "# Notes\n\n## values\nSee page 7 & ask.\n\n## nobody\nUnread.\n")
    path = write(SMALL.with_cells("np", sigmoid=NO_MINUS), tmp_path / "one.ipynb")
    done = in_small_course("grade", path, "--format", "json", "--only", "sigmoid", cwd=course)
    [report] = done.reports
    pins = {c["name"]: c["pin"] for e in report["exercises"] for c in e["checks"]}
    assert pins["values"] == "See page 7 & ask."
    assert not any(text for name, text in pins.items() if name != "values")
    write_text(tmp_path / "one.jsonl", done.out)
    assert in_small_course("report", tmp_path / "one.jsonl", "--to", tmp_path / "pages", cwd=course).status == 0
    assert "Your note: See page 7 & ask." in soup(tmp_path / "pages" / f"{NAME}.html").get_text(" ")
    pin.write_bytes(b"\xff")
    assert "cannot be read (it is no text)" in in_small_course("report", tmp_path / "one.jsonl", cwd=course).refused()


def write_text(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.mark.parametrize(("text", "why"), [
    ("{\n", "line 1, is no report"), ('{"score": 3}\n', "line 1, is no report"), ("", "holds no report"),
])  # fmt: skip
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str, why: str) -> None:
    (tmp_path / "lines.jsonl").write_text(text)
    assert why in in_small_course("report", tmp_path / "lines.jsonl", "--to", tmp_path / "pages").refused()
    assert not (tmp_path / "pages").exists()


def test_without_anything_graded_it_says_how_to_begin(tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    assert "grade first" in grader("report", "--course", tmp_path).refused()


# -- in a browser


@pytest.fixture
def opened(browser: Remote, pages: Path) -> Callable[[str], Remote]:
    def open_page(name: str) -> Remote:
        browser.get((pages / name).as_uri())
        return browser

    return open_page


def violations(browser: Remote) -> list[Any]:
    browser.execute_script(AXE)  # type: ignore[no-untyped-call]
    found = browser.execute_async_script("axe.run().then(arguments[arguments.length - 1])")  # type: ignore[no-untyped-call]
    return [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found["violations"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", f"{NAME}.html"])
def test_axe_finds_no_barrier(opened: Callable[[str], Remote], name: str, theme: str) -> None:
    browser = opened(name)
    features = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    browser.execute("executeCdpCommand", {"cmd": "Emulation.setEmulatedMedia", "params": features})
    assert violations(browser) == []
    said = [entry["message"] for entry in browser.execute("getLog", {"type": "browser"})["value"]]
    assert [message for message in said if "axe" not in message] == [], "nothing is loaded, and nothing is refused"


def test_tables_are_sorted_and_filtered_by_keyboard(opened: Callable[[str], Remote]) -> None:
    browser = opened(f"{NAME}.html")
    rows = (
        "return [...document.querySelectorAll('#class tbody tr')].filter(r => !r.hidden).map(r => r.cells[0].innerText)"
    )
    score = browser.find_element(By.XPATH, "//table[@id='class']//button[.='score']")
    score.send_keys(Keys.ENTER)
    rising = browser.execute_script(rows)  # type: ignore[no-untyped-call]
    score.send_keys(Keys.SPACE)
    assert browser.execute_script(rows) == rising[::-1]  # type: ignore[no-untyped-call]
    assert set(rising[-3:-1]) == {"ada", "fay"}
    assert rising[-1] == "gus", "what has no score comes last"
    browser.find_element(By.CSS_SELECTOR, "input[data-filter=class]").send_keys("cle")
    assert browser.execute_script(rows) == ["cleo"]  # type: ignore[no-untyped-call]


# -- the figures


def of(*scores: float) -> SubmissionReport:
    checks = [[CheckReport("values", "", "passed" if score else "failed", False, max(score, 1))] for score in scores]
    exercises = [ExerciseReport(f"e{place}", "passed", score, 2, check)
                 for place, (score, check) in enumerate(zip(scores, checks, strict=True))]  # fmt: skip
    return SubmissionReport("a", "s", None, 1, "cpu", "none", [], [], sum(scores), 6, 1, exercises)


def test_alpha_is_cronbachs() -> None:
    """The first table's value is worked out by hand: item variances 1, 1, 1, variance of the sums 5: 3/2 (1 - 3/5)."""
    table = [(0, 0, 1), (2, 0, 0), (0, 2, 1), (2, 2, 2), (1, 1, 1)]
    variances = [1.0, 1.0, 0.5]
    total = 3.5
    got = items.alpha([of(*row) for row in table])
    assert got == pytest.approx(3 / 2 * (1 - sum(variances) / total))
    assert items.alpha([of(n, n, n) for n in (0, 0, 1, 2, 2)]) == pytest.approx(1)
    assert items.alpha([of(1, 1, 1)] * 9) is None, "all alike: nothing can be said"
    assert items.alpha([of(*row) for row in table[:4]]) is None, "too few"


def test_an_item_that_the_weak_get_right_does_not_tell_apart() -> None:
    reports = [of(2, 0, 0), of(2, 0, 0), of(0, 1, 1), of(0, 2, 2), of(0, 2, 2)]
    first, second, _ = items.exercises(reports)
    assert first.discrimination is not None
    assert second.discrimination is not None
    assert first.discrimination < -0.9
    assert first.difficulty == pytest.approx(0.4)
    assert second.difficulty == pytest.approx(0.5)
