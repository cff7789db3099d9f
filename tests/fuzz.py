"""Fuzzing at length: notebooks, frames and answers; `tests/test_fuzzing.py` tries a few of each."""

from __future__ import annotations

import argparse
import functools
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import grader.data
from tests.conftest import data_names
from tests.fuzz_answers import decode, exercise_cases, frame_bodies, judge
from tests.fuzz_notebooks import grade_on_paper, notebook_files, shows, verdicts

SECONDS = 5.0  # what one case may take


def timed(what: Callable[..., Any], *args: Any) -> Any:
    started = time.process_time()
    result = what(*args)
    took = time.process_time() - started
    assert took < SECONDS, f"{took:.1f} seconds"
    return result


BATCH = 2_000


def _run(title: str, cases: int, start: int, case: Callable[..., Any], *strategies: Any) -> bool:
    """In batches: hypothesis remembers all that it has tried."""
    counts: Counter[str] = Counter()
    started = time.monotonic()
    while (done := counts.total()) < cases:
        size = min(BATCH, cases - done)

        @seed(start + done)
        @settings(
            max_examples=size,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate, Phase.shrink],
        )
        @given(st.tuples(*strategies))
        def batch(drawn: tuple[Any, ...]) -> None:
            counts.update(timed(case, *drawn))

        try:
            batch()
        except Exception as error:
            print("".join(traceback.format_exception(error))[-6_000:])
            print(f"{title}: seed {start + done} found this after {done} cases")
            return False
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(
            f"{title}: {counts.total()} cases, {dict(counts)}, {time.monotonic() - started:.0f} s, {most} MB at most",
            flush=True,
        )
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, cases in (("notebooks", 50_000), ("frames", 500_000), ("answers", 20_000), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=cases)
    wanted = parser.parse_args()
    grader.data.use_verified(grader.data.embedded(data_names()))
    with tempfile.TemporaryDirectory() as folder:
        paper = functools.partial(grade_on_paper, Path(folder))
        good = [
            _run("answers", wanted.answers, wanted.seed, lambda case: [judge(*case)], exercise_cases),
            _run(
                "frames", wanted.frames, wanted.seed, lambda bodies: [decode(body) for body in bodies], frame_bodies()
            ),
            _run(
                "notebooks",
                wanted.notebooks,
                wanted.seed,
                lambda *case: [paper(*case)],
                notebook_files(),
                shows,
                verdicts,
            ),
        ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
