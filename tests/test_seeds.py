"""docs/seeds.md: its draws are made anew, its words and its verdicts held to what the table and the results give."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests import seeds_report, seeds_runs
from tests.flavours import BOTH, of_flavour

from mxnet import npx, random  # isort: skip

RESULTS: dict[str, Any] = json.loads(seeds_runs.RESULTS.read_text())
SEEDS = seeds_runs.table()


@pytest.fixture(autouse=True)
def array_mode() -> Iterator[None]:
    yield
    npx.reset_np()


def test_the_page_tells_what_the_table_and_the_results_give() -> None:
    written = seeds_report.PAGE.read_text()
    assert written == seeds_report.page(SEEDS, RESULTS), "out of date: run python -m tests.seeds_report"


def test_the_data_of_linear_regression_are_drawn_as_the_page_says() -> None:
    of_flavour("np", "linear_regression")
    random.seed(0)  # as good as a fresh process, in which the committed numbers were drawn
    assert seeds_runs.first_example() == RESULTS["draws"]["first example"]
    random.seed(0)
    assert seeds_runs.examples() == RESULTS["draws"]["examples"]


@BOTH
def test_parameters_and_logits_are_drawn_as_the_page_says(flavour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    module = of_flavour(flavour, "softmax_regression")
    random.seed(0)
    for name, param in zip("Wb", module.init_params(), strict=True):
        monkeypatch.setattr(module, name, param)
    assert seeds_runs.softmax_draws(flavour) == RESULTS["draws"][flavour]


@BOTH
def test_what_follows_from_given_numbers_is_as_the_page_says(flavour: str) -> None:
    of_flavour(flavour, "softmax_regression")
    assert seeds_runs.numbers(flavour).items() <= RESULTS["numbers"][flavour].items()


@pytest.mark.parametrize("seed", SEEDS, ids=[seed["key"] for seed in SEEDS])
def test_what_the_table_names_is_there(seed: dict[str, Any]) -> None:
    for _, section, _, here, stopped in seed["blocks"]:
        assert section in seed["lessons"]
        assert here or stopped or section == "3.2" or section == "3.6"
        if here:
            module, name = here.split(":")
            assert hasattr(importlib.import_module(f"reference.{seed['flavour']}.{module}"), name), here
    for lesson in seed["lessons"].values():
        assert (seeds_runs.ROOT / "solutions" / lesson / f"{lesson}.ipynb").is_file()


@pytest.mark.parametrize(
    ("printed", "verdict", "agree"),
    [
        ("0.52", "in the range", True),
        ("0.53", "in the range", True),
        ("0.54", "0.01 above our highest", False),
        ("0.4999", "0.0001 below our lowest", False),
        ("5.2e-1", "in the range", True),
    ],
)
def test_a_figure_is_compared_with_the_range_of_ours_as_far_as_it_is_printed(
    printed: str, verdict: str, agree: bool
) -> None:
    figure = {
        "line": 1,
        "what": "loss",
        "kind": "runs",
        "printed": [printed],
        "parts": ["1"],
        "ours": "run",
        "first": 1,
    }
    seed = {"figures": [figure], "flavour": "np"}
    [row] = seeds_report.rows(seed, {"runs": {"run": [[9.0, 0.5], [9.0, 0.5321]]}})
    assert (row.verdict, bool(row.agree), row.of) == (verdict, agree, 1)


def test_digits_are_counted_as_they_are_printed() -> None:
    assert [seeds_runs.decimals(text) for text in ("12", "5.", "0.0811", "5.5313110e-05")] == [0, 0, 4, 12]


@pytest.mark.parametrize(
    ("printed", "number", "so"),
    [("0.3461234", 0.3461233973503113, True), ("-0.118653", -0.1186534, True), ("0.118653", 0.118654, False)],
)
def test_a_number_is_held_against_the_digits_that_are_printed(printed: str, number: float, so: bool) -> None:
    assert seeds_runs.as_printed(printed, number) is so


def test_a_text_is_held_against_the_table_by_its_fences(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "words\n```\nIn [1]:\n```\n\n```\nx = 1\n```\nmore of `this`.```\nOut[1]:\n```\n\n```\n1\n```\n"
    (tmp_path / "text.txt").write_text(text)
    block, figure = [6, "3.6", "x = 1", "", ""], {"line": 13}
    seed = {"key": "text", "blocks": [block], "figures": [figure]}
    monkeypatch.setattr(seeds_runs, "table", lambda: [seed])
    assert list(seeds_report.complaints(tmp_path)) == []
    seed["blocks"], seed["figures"] = [[6, "3.6", "y = 1", "", ""]], []
    assert list(seeds_report.complaints(tmp_path)) == [
        "text, line 6: ['y = 1'] does not stand there",
        "text, line 13: not in the table",
    ]
