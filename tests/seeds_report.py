"""Writes docs/seeds.md: what there is here of each block of code, and of each figure, of the texts softmark began with.

python -m tests.seeds_report              # from tests/seeds.toml and what python -m tests.seeds_runs has computed
python -m tests.seeds_report --check DIR  # hold the table's places against the texts, where one has them
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests import seeds_runs

PAGE = seeds_runs.ROOT / "docs" / "seeds.md"

_INTRODUCTION = """# The seeds, and what there is of them here

softmark began with three texts: chapter 3 of *Dive into Deep Learning* in the edition in `mxnet.np`, section 3.6 in the
one in `mxnet.nd`, and the notebook of section 3.7 in `mxnet.nd`. Below stands each of their {blocks} blocks of code, by
its place, with what does the same here, and each figure that they print, with ours.

This page is written by `python -m tests.seeds_report` from `tests/seeds.toml` and `tests/seeds_results.json`, which
`python -m tests.seeds_runs` computes. The texts themselves are not part of the kit.

## In short

- **Code.** Of the {blocks} blocks {as_printed} run as they are printed on MXNet 1.9.1; beside the others stands what
  stops them. `d2l`, the book's own package, is missing everywhere: what the chapter takes from it, its sections define
  themselves, but for the drawing. What does a block's work here is in `reference/`.
- **Draws.** {equal} of {drawn} random numbers are equal to ours in every digit, and {found} of {looked_for} printed
  examples are among ours, with their labels. MXNet draws the same in each fresh process, then as now.
- **What follows from given numbers**: {exact} of {exactly} as printed.
- **Training, linear regression**: {linear} of {of_linear} numbers lie in the range of ours, {orders} runs from the
  book's own data and first parameters; they differ in the order of the examples alone, which the book took from
  generators without a seed.
- **Training, softmax regression**: {softmax} of {of_softmax} numbers of the two tables lie in the range of ours.
  Losses are within {loss} of it, training accuracies within {train_acc}, test accuracies within {test_acc};
  but {test_above} of {of_test} test accuracies are above all of ours. See the next point.
- **Fashion-MNIST was another one.** First parameters that agree in every digit get {fresh} of the book's test images
  right, and {fresh_ours} of ours. MXNet 1.9.1 asks for files with the sums that it [asked for on 29 August
  2017](https://github.com/apache/mxnet/pull/7655). Two days later somebody found [images that stand in them
  twice](https://github.com/zalandoresearch/fashion-mnist/issues/44), some to train and to test on, and [the data were
  released anew](https://github.com/zhunzhong07/Random-Erasing/issues/9): in today's files, which the kit uses, {twice}
  images stand more than once. With today's 70,000 images divided at random otherwise, {divisions} times, {divided} of
  those {of_divided} numbers lie in the range. So another division of such images explains the book's tables, and
  today's does not give them. The kit tunes nothing to come nearer.
- **Times** tell of a machine, and are not compared.
"""


@dataclass(frozen=True)
class Row:
    """One line about a figure: what the text says, what there is here, and whether they agree; `off` by how much.

    `divided` is the same with the images divided otherwise.
    """

    line: int
    what: str
    kind: str
    printed: str
    ours: str
    verdict: str
    agree: int
    of: int
    off: float = 0.0
    divided: str = ""
    agree_divided: int = 0


# -- figures


def rows(seed: dict[str, Any], results: dict[str, Any]) -> Iterator[Row]:
    """What is to be said of a text's figures."""
    for figure in seed["figures"]:
        yield from _KINDS[figure["kind"]](figure, seed, results)


def _times(figure: dict[str, Any], seed: dict[str, Any], results: dict[str, Any]) -> Iterator[Row]:
    seconds = results["times"][figure["ours"]]
    ours = f"{statistics.median(seconds):.2g} ({min(seconds):.2g} to {max(seconds):.2g})"
    yield Row(figure["line"], figure["what"], "times", figure["printed"][0], ours, "not compared", 0, 0)


def _draws(figure: dict[str, Any], seed: dict[str, Any], results: dict[str, Any]) -> Iterator[Row]:
    drawn = results["draws"][figure["ours"]]
    if isinstance(drawn, dict):
        drawn = [*(p for row in drawn["X_prob"] for p in row), *drawn["sums"]]
    agree = sum(map(seeds_runs.as_printed, figure["printed"], drawn))
    yield _all(figure, agree, len(drawn), "equal in every digit")


def _examples(figure: dict[str, Any], seed: dict[str, Any], results: dict[str, Any]) -> Iterator[Row]:
    found = results["draws"]["examples"][str(figure["line"])]
    agree = sum(number >= 0 for number in found)
    numbers = f"numbers {', '.join(map(str, found))}"
    yield Row(figure["line"], figure["what"], "examples", f"{len(found)} examples", numbers,
              f"{agree} of {len(found)} are among our 1,000", agree, len(found))  # fmt: skip


def _numbers(figure: dict[str, Any], seed: dict[str, Any], results: dict[str, Any]) -> Iterator[Row]:
    ours = results["numbers"][seed["flavour"]][figure["ours"]]
    agree = sum(round(b, seeds_runs.decimals(a)) == float(a) for a, b in zip(figure["printed"], ours, strict=True))
    yield _all(figure, agree, len(ours), "the same")


def _all(figure: dict[str, Any], agree: int, of: int, words: str) -> Row:
    first = ", ".join(figure["printed"][:5]) + (" …" if of > 5 else "")
    verdict = words if agree == of else f"{agree} of {of} {words}"
    return Row(figure["line"], figure["what"], figure["kind"], first, "", verdict, agree, of)


def _runs(figure: dict[str, Any], seed: dict[str, Any], results: dict[str, Any]) -> Iterator[Row]:
    first = figure.get("first", 0)
    for place, (part, text) in enumerate(zip(figure["parts"], figure["printed"], strict=True), first):
        ours, verdict, off = _compared(text, [run[place] for run in results["runs"][figure["ours"]]])
        divided, agree = _divided(text, place, figure, results)
        what = f"{figure['what']} {part}"
        yield Row(figure["line"], what, "runs", text, ours, verdict, not off, 1, off, divided, agree)


def _test_data(figure: dict[str, Any], seed: dict[str, Any], results: dict[str, Any]) -> Iterator[Row]:
    [text], ours = figure["printed"], results["draws"][figure["ours"]]["untrained"]
    verdict = "the same" if float(text) == ours else "other images: the parameters are the same"
    divided, agree = _divided(text, -1, figure, results)
    yield Row(figure["line"], figure["what"], "test data", text, f"{ours:.4f}", verdict, float(text) == ours, 1, 0.0,
              divided, agree)  # fmt: skip


def _divided(text: str, place: int, figure: dict[str, Any], results: dict[str, Any]) -> tuple[str, int]:
    """What is to be said of the runs with the images divided otherwise, and whether they agree."""
    if "divided" not in figure:
        return "", 0
    ours, verdict, off = _compared(text, [run[place] for run in results["runs"][figure["divided"]]])
    return f"{ours}: {verdict}", not off


def _compared(text: str, ours: list[float]) -> tuple[str, str, float]:
    """Our numbers in words, whether the printed one lies in their range, and how far outside."""
    # As many decimals as are printed; of an error, which is printed with more than it can mean, six.
    places = min(seeds_runs.decimals(text), 6)
    printed, low, high = round(float(text), places), round(min(ours), places), round(max(ours), places)
    off = max(low - printed, printed - high, 0.0)
    verdict = "in the range"
    if off:
        verdict = f"{off:.{places}f} {'below our lowest' if printed < low else 'above our highest'}"
    return f"{statistics.fmean(ours):.{places}f} ({low:.{places}f} to {high:.{places}f})", verdict, off


_KINDS = {"times": _times, "draws": _draws, "examples": _examples, "numbers": _numbers, "runs": _runs,
          "test data": _test_data}  # fmt: skip


# -- the page


def page(seeds: list[dict[str, Any]], results: dict[str, Any]) -> str:
    figures = {seed["key"]: list(rows(seed, results)) for seed in seeds}
    every = [row for each in figures.values() for row in each]
    lines = [_wrapped(_INTRODUCTION.format(**_in_short(seeds, results, every))), ""]
    for seed in seeds:
        lines += [f"## {seed['title']}", ""]
        lines += _figures(figures[seed["key"]])
        lines += _blocks(seed)
    return "\n".join(lines).rstrip() + "\n"


def _wrapped(text: str) -> str:
    """With each paragraph and each item of a list in lines of 120 characters."""
    paragraphs = re.split(r"\n(?=\n|- )", text)
    return "\n".join(
        textwrap.fill(" ".join(words.split()), 120, subsequent_indent="  " * words.startswith("- "),
                      initial_indent="", break_long_words=False, break_on_hyphens=False)
        if not words.startswith("\n")
        else "\n" + _wrapped(words[1:])
        for words in paragraphs
    )  # fmt: skip


def _in_short(seeds: list[dict[str, Any]], results: dict[str, Any], every: list[Row]) -> dict[str, Any]:
    blocks = [block for seed in seeds for block in seed["blocks"]]
    linear = [row for row in every if row.what.startswith(("loss of", "error of"))]
    tables = [row for row in every if row.kind == "runs" and row.what.startswith("epoch")]
    fresh = [row for row in every if row.kind == "test data"]
    tests = [row for row in tables if row.what.endswith("test acc")]

    def counted(kind: str) -> tuple[int, int]:
        of_kind = [row for row in every if row.kind == kind]
        return sum(row.agree for row in of_kind), sum(row.of for row in of_kind)

    def furthest(words: str) -> str:
        return f"{max(row.off for row in tables if row.what.endswith(words)):.3f}"

    (equal, drawn), (found, looked_for), (exact, exactly) = map(counted, ("draws", "examples", "numbers"))
    train, test = results["numbers"]["np"]["seen twice"]
    return {
        "blocks": len(blocks), "as_printed": sum(_runs_as_printed(block) for block in blocks),
        "equal": equal, "drawn": drawn, "found": found, "looked_for": looked_for, "exact": exact, "exactly": exactly,
        "linear": sum(row.agree for row in linear), "of_linear": len(linear),
        "orders": len(results["runs"]["np.linear_regression"]),
        "softmax": sum(row.agree for row in tables), "of_softmax": len(tables),
        "loss": furthest("loss"), "train_acc": furthest("train acc"), "test_acc": furthest("test acc"),
        "test_above": sum("above" in row.verdict for row in tests), "of_test": len(tests),
        "fresh": " and ".join(row.printed for row in fresh), "fresh_ours": " and ".join(row.ours for row in fresh),
        "twice": (train + test) or "no", "divided": sum(row.agree_divided for row in tables),
        "of_divided": sum(bool(row.divided) for row in tables),
        "divisions": len(results["runs"]["nd, divided otherwise"]),
    }  # fmt: skip


def _figures(found: list[Row]) -> Iterator[str]:
    divided = any(row.divided for row in found)
    yield f"| line | figure | printed | ours: mean (lowest to highest) | |{' images divided otherwise |' * divided}"
    yield f"|---:|---|---|---|---|{'---|' * divided}"
    for row in found:
        more = f" {row.divided} |" if divided else ""
        yield f"| {row.line} | {row.what} | {row.printed} | {row.ours} | {row.verdict} |{more}"
    yield ""


def _blocks(seed: dict[str, Any]) -> Iterator[str]:
    for section in dict.fromkeys([*seed["lessons"], *(block[1] for block in seed["blocks"])]):
        lesson = seed["lessons"][section]
        yield f"### Section {section}: `reference/{seed['flavour']}/`, lesson `{lesson}`"
        yield ""
        found = [block for block in seed["blocks"] if block[1] == section]
        if not found:
            yield "No code; its formulas and its exercises' are in `softmax_theory`."
            yield ""
            continue
        yield "| line | begins | here | as printed |"
        yield "|---:|---|---|---|"
        for line, _, words, here, stopped in found:
            yield f"| {line} | `{words}` | {_code(here) or 'the lesson'} | {stopped or 'runs'} |"
        yield ""


def _runs_as_printed(block: list[Any]) -> bool:
    return not block[4] or block[4].startswith("runs")


def _code(name: str) -> str:
    return f"`{name.replace(':', '.')}`" if name else ""


# -- the texts, where they are at hand


def fenced(text: str) -> list[int]:
    """The lines of the opening fences: of a text in which a closing one may end a line of words."""
    fences = [number for number, line in enumerate(text.splitlines(), 1) if line.rstrip().endswith("```")]
    return fences[::2]


def complaints(folder: Path) -> Iterator[str]:
    """Where the table does not say what the texts say."""
    for seed in seeds_runs.table():
        text = (folder / f"{seed['key']}.txt").read_text()
        lines, known = text.splitlines(), {block[0]: block for block in seed["blocks"]}
        figures = {figure["line"] for figure in seed["figures"]}
        for number, block in known.items():
            # A block ends before the next one begins, or after at most a screen.
            stop = min([other for other in {*known, *figures} if other > number], default=number + 45)
            below = " ".join("\n".join(lines[number - 1 : stop]).split())
            if missing := [words for words in block[2].split("; ") if " ".join(words.split()) not in below]:
                yield f"{seed['key']}, line {number}: {missing} does not stand there"
        if text.lstrip().startswith("{"):
            continue  # a notebook has no fences
        for number in fenced(text):
            if number not in {*known, *figures} and not lines[number].startswith(("In [", "Out[")):
                yield f"{seed['key']}, line {number}: not in the table"


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", type=Path)
    folder = parser.parse_args().check
    if folder:
        found = list(complaints(folder))
        sys.exit("\n".join(found) or 0)
    PAGE.write_text(page(seeds_runs.table(), json.loads(seeds_runs.RESULTS.read_text())))


if __name__ == "__main__":
    main()
