"""How much memory does a slot take? The largest sums over its processes that frequent samples have seen.

PSS counts a page that several processes share once, divided among them; RSS counts it in each. The submission is the
solution notebook of softmax-regression. The judge, this program, is not in the sums, except in the last row, where
`grade_all` has four judge processes with a slot each.

    python -m benchmarks.memory    # about a minute
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from rich.table import Table

import grader.data
from benchmarks._common import publish
from grader.course.course import find_course
from grader.judging.batch import Setting, grade_all
from grader.judging.judge import Job, Options, grade
from grader.judging.report import Report, SubmissionReport
from grader.sandbox.confinements import find_confinement
from grader.sandbox.launch import SlotOptions
from grader.sandbox.slot import Slot

ASSIGNMENT = "softmax-regression"
KIT = Path(__file__).resolve().parents[1]
INTERVAL = 0.01
SETTLE = 1.0
SLOTS = 4


class Peak:
    """While entered: the largest PSS and RSS, in bytes, of all processes below this one."""

    pss = rss = 0

    def __enter__(self) -> Peak:
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._over.wait(INTERVAL):
            pss = rss = 0
            for process in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess):
                    used = process.memory_full_info()
                    pss, rss = pss + used.pss, rss + used.rss
            self.pss, self.rss = max(self.pss, pss), max(self.rss, rss)


def peak_of(call: Callable[[], object]) -> Peak:
    with Peak() as peak:
        call()
    return peak


def main() -> None:
    data, course, confinement = grader.data.load({"fashion_mnist"}), find_course(KIT), find_confinement()
    options, images = SlotOptions.of("cpu", data), data["fashion_mnist"].name
    path = KIT / "solutions" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    job = Job(path, path.name)

    def expect_full_marks(report: Report) -> None:
        assert isinstance(report, SubmissionReport) and report.score == report.max_score, report
        assert not any("too slow" in note for note in report.notes), report.notes  # then it trains on a part

    def grade_in(slot: Slot, training: bool) -> None:
        expect_full_marks(grade(job, course, slot, data, Options(seed=1, training=training)).report)

    def four_at_once() -> None:
        setting = Setting(course, data, options, confinement, Options(seed=1))
        for graded in grade_all([job] * SLOTS, setting, SLOTS):
            expect_full_marks(graded.report)

    slots = [Slot(options, confinement)]
    peaks = {
        "one slot, warm and idle": peak_of(lambda: time.sleep(SETTLE)),
        "one slot, grading without training": peak_of(lambda: grade_in(slots[0], training=False)),
        f"one slot, grading with the full training ({images})": peak_of(lambda: grade_in(slots[0], training=True)),
    }
    slots += [Slot(options, confinement) for _ in range(SLOTS - 1)]
    peaks[f"{SLOTS} slots, warm and idle"] = peak_of(lambda: time.sleep(SETTLE))
    for slot in slots:
        slot.close()
    peaks[f"{SLOTS} slots with their judges, grading with the full training"] = peak_of(four_at_once)
    table = Table("peak, MiB", "PSS", "RSS", title=f"Memory of slots ({confinement})")
    for name, peak in peaks.items():
        table.add_row(name, f"{peak.pss / 2**20:.0f}", f"{peak.rss / 2**20:.0f}")
    publish("memory", table, f"Sampled every {INTERVAL * 1000:.0f} ms or as fast as the kernel allows.")


if __name__ == "__main__":
    main()
