"""A timer (section 3.1.1): a class whose instances remember how long things took.

How long that was, the judge measures with its own clock, before and after each call: whatever else the machine does in
between, the right number lies between the two.
"""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy

from grader.checking import (
    CheckFailed,
    Exercise,
    Known,
    Misconception,
    Numbers,
    Result,
    Rng,
    Student,
    StudentObject,
    check,
    compare,
    describe_value,
    expect,
    misconception,
    no_failure,
    same,
)
from grader.diagnosis import habits
from grader.exercises.shared.histories import rows_of
from grader.sandbox import wire

EXERCISE = Exercise("Timer()", "3.1.1")

# -- wrong versions of avg, sum and cumsum, of the times measured


@misconception("the result is the sum of all times")
def the_sum(times: Numbers) -> Numbers:
    return times.sum()


@misconception("the result is the mean of all times")
def the_mean(times: Numbers) -> Numbers:
    return times.mean()


@misconception("the result is the last time alone", "All times count.")
def the_last(times: Numbers) -> Numbers:
    return times[-1]


@misconception("the sum is divided by one more, or one less, than there are times", "len(self.times)")
def wrong_count(times: Numbers, *, more: int | tuple[int, ...] = (1, -1)) -> Numbers:
    assert isinstance(more, int)
    return times.sum() / (len(times) + more)


@misconception("the times themselves come back, and not their running sums", "Each entry adds up all times so far.")
def the_times(times: Numbers) -> Numbers:
    return times


@misconception("the running sums begin with 0, and the whole sum is missing", "The first entry is the first time.")
def begins_with_0(times: Numbers) -> Numbers:
    return numpy.concatenate([[0.0], times.cumsum()[:-1]])


@misconception("the running sums have a 0 before them", "There are as many of them as times.")
def one_too_many(times: Numbers) -> Numbers:
    return numpy.concatenate([[0.0], times.cumsum()])


# -- those that its behaviour tells

NOT_STARTED = Misconception(
    "not_started", "the clock is not started where the timer is made", "__init__ calls self.start()."
)
NO_LIST = Misconception(
    "no_list", "there is no list of times when the first is to be kept", "self.times = [], in __init__."
)
RECORDS_NOTHING = Misconception(
    "records_nothing", "stop returns a time, and does not keep it in times", "self.times.append(…), then return it."
)
RECORDS_ANOTHER = Misconception(
    "records_another", "what stop returns is not what it appends to times", "Read the clock once, and use that twice."
)
STOP_RETURNS_THE_SUM = Misconception(
    "stop_returns_the_sum", "stop returns the sum of all times so far", "It returns the one that was just measured."
)
CPU_TIME = Misconception(
    "cpu_time", "the clock stands still while the program waits: it counts the processor's work, as process_time does",
    "time.time() and time.perf_counter() go on.")  # fmt: skip
OTHER_UNIT = Misconception(
    "other_unit", "the time is not in seconds, but in thousandths of them, or in billionths",
    "time.time() is in seconds already; what ends in _ns is not.")  # fmt: skip
WHOLE_SECONDS = Misconception(
    "whole_seconds", "exactly 0 comes out: the time is cut to whole seconds, or the start is read where the end is",
    "The difference of two readings, as it is, is a float.")  # fmt: skip
NEGATIVE = Misconception("negative", "the end is taken away from the start", "The time that has passed is end − start.")
READS_THE_CLOCK = Misconception(
    "reads_the_clock",
    "stop gives what the clock says, and not how much time has passed",
    "Take the start away from it.",
)
NEVER_RESTARTS = Misconception(
    "never_restarts", "start does not start the clock anew: the time still counts from the first start, or from the "
    "making of the timer", "start sets self.start_time to what the clock says now.")  # fmt: skip
FORGETS = Misconception("forgets", "start empties the list of times", "start sets the clock, and leaves times alone.")
SHARES_TIMES = Misconception(
    "shares_times", "two timers share one list of times: it belongs to the class", "self.times = [], in __init__."
)

FAILURES: Known = (
    (r"'Timer' object has no attribute '_*(start|begin|begun|tik|tic|t_?0?'|last)", NOT_STARTED),
    (r"unsupported operand type\(s\) for -: '\w+' and 'NoneType'", NOT_STARTED),
    (r"'Timer' object has no attribute 'times'", NO_LIST),
    *habits.FAILURES,
)

STOP_RESTARTS = Misconception(
    "stop_restarts", "stop() starts the clock anew as well, so that the next stop() counts from there",
    "The time since the last start() is asked for: read the clock in stop(), and leave it running.")  # fmt: skip
CHANGES_TIMES = Misconception(
    "changes_times", "the sums are written into the list times itself, and the times are lost",
    "Let cumsum make a list of its own.")  # fmt: skip

# -- measuring

# Clocks differ by some milliseconds where one of them is set right meanwhile; a gap that must not count is longer.
CLOCKS = 0.004
NAP = 0.04
# The mean is near none of them, nor the sum divided by two or four.
NAPS = (0.02, 0.05, 0.01)


class Lap(NamedTuple):
    """What stop() gave, and the least and the most that it can have measured right."""

    result: Result
    least: float
    most: float

    @property
    def seconds(self) -> float:
        return expect(self.result).number()

    def fits(self, seconds: float) -> bool:
        return self.least - CLOCKS <= seconds <= self.most + CLOCKS


def made(student: Student, called: str = "timer") -> StudentObject:
    return student.Timer.object(called=called, known=FAILURES)


def lap(timer: StudentObject, seconds: float) -> Lap:
    """Start, sleep, stop."""
    before = time.perf_counter()
    no_failure(timer.start(), FAILURES)
    started = time.perf_counter()
    return stopped(timer, seconds, before, started)


def stopped(timer: StudentObject, seconds: float, before: float, started: float) -> Lap:
    time.sleep(seconds)
    stopping = time.perf_counter()
    result = timer.stop()
    after = time.perf_counter()
    no_failure(result, FAILURES)
    return Lap(result, stopping - started, after - before)


def times_of(timer: StudentObject) -> list[float]:
    """What the attribute times holds."""
    result = timer.attribute("times")
    rows = rows_of(result.value, 1)
    kind = result.value.kind if isinstance(result.value, wire.Sequence) else ""
    if kind != "list" or len(rows) != len(getattr(result.value, "items", [])):
        raise CheckFailed(f"{timer.title}.times is {describe_value(result.value)}; it must be a list of floats.")
    return [number for (number,) in rows]


# -- the checks


@check(
    points=0.75, hint="stop() reads the clock, takes away what start() has read, appends that to times, and returns it."
)
def measures(student: Student, rng: Rng) -> None:
    """stop() returns the seconds since the start, and appends them to the list times"""
    made(student, "another")
    time.sleep(NAP)  # a clock that began with the class, and not with Timer(), is ahead by this
    before = time.perf_counter()
    timer = made(student)
    first = stopped(timer, NAP, before, time.perf_counter())
    laps = [first, lap(timer, NAP), lap(timer, NAP / 2)]
    kept, seconds = times_of(timer), [each.seconds for each in laps]
    for number, each in enumerate(laps, 1):
        if not each.fits(each.seconds):
            text = f"{'Between Timer() and' if number == 1 else 'From start() to'} stop() {each.least:.3f} s went by; "
            known = _why_not(laps[:number], kept[-len(laps) :][:number], time.perf_counter() - before)
            raise CheckFailed(f"{text}stop() returned {each.seconds:.4g}.", known)
    # What another timer may have left before is for other checks.
    if not same(numpy.array(kept[-len(laps) :]), numpy.array(seconds)):
        text = f"stop() returned {_list(seconds)}, one after the other; timer.times is {_list(kept)}."
        raise CheckFailed(text, _why_not_kept(kept, seconds))


def _why_not_kept(kept: list[float], seconds: list[float]) -> Misconception | None:
    if not kept:
        return RECORDS_NOTHING
    if len(kept) < len(seconds):
        return FORGETS if same(numpy.array(kept), numpy.array(seconds[-len(kept) :])) else None
    return RECORDS_ANOTHER if len(kept) == len(seconds) else None


def _list(numbers: list[float]) -> str:
    return "[" + ", ".join(f"{number:.4f}" for number in numbers) + "]"


def _why_not(laps: list[Lap], kept: list[float], most: float) -> Misconception | None:
    """Why the last of these laps has measured wrong; `kept` are the times kept, `most` has passed since the first."""
    wrong, seconds = laps[-1], laps[-1].seconds
    if wrong.fits(-seconds):
        return NEGATIVE
    if wrong.fits(seconds / 1e3) or wrong.fits(seconds / 1e9) or wrong.fits(seconds / 1e6):
        return OTHER_UNIT
    if seconds == 0:
        return WHOLE_SECONDS
    if 0 < seconds < wrong.least / 4:
        return CPU_TIME
    if seconds > 1000:
        return READS_THE_CLOCK
    if (before := sum(each.least for each in laps[:-1])) and before + wrong.least - CLOCKS <= seconds <= most + CLOCKS:
        return STOP_RETURNS_THE_SUM if kept and wrong.fits(kept[-1]) else NEVER_RESTARTS
    return None


@check(
    points=0.5, hint="start() sets the clock to 0; what went by between a stop() and the next start() does not count."
)
def starts_anew(student: Student, rng: Rng) -> None:
    """start() starts the clock anew, as often as it is called; stop() does not"""
    begun = time.perf_counter()
    timer = made(student)
    laps = []
    for seconds in NAPS:
        time.sleep(NAP)
        laps.append(lap(timer, seconds))
        if not laps[-1].fits(laps[-1].seconds):
            since = Lap(laps[-1].result, 0, time.perf_counter() - begun)
            text = f"From start() to stop() {laps[-1].least:.3f} s went by; stop() returned {laps[-1].seconds:.4g}. "
            raise CheckFailed(
                f"{text}{NAP} s went by before start().", _why_more(laps, since) or _why_not(laps[-1:], [], 0)
            )
    again = stopped(timer, NAP, before := time.perf_counter(), before)
    since_start = Lap(again.result, again.least + laps[-1].least, time.perf_counter() - begun - sum(NAPS[:-1]) - NAP)
    if not since_start.fits(again.seconds):
        text = f"stop() returned {laps[-1].seconds:.4g}, and after another {again.least:.3f} s {again.seconds:.4g}, "
        restarted = again.least - CLOCKS <= again.seconds < since_start.least - CLOCKS
        raise CheckFailed(f"{text}without a start() in between.", STOP_RESTARTS if restarted else None)


def _why_more(laps: list[Lap], since: Lap) -> Misconception | None:
    """Why the last of these laps has measured more than it should; `since` the timer was made."""
    wrong = laps[-1]
    if len(laps) > 1 and wrong.fits(wrong.seconds - sum(each.seconds for each in laps[:-1])):
        return STOP_RETURNS_THE_SUM
    gap = wrong.seconds - wrong.least
    return NEVER_RESTARTS if gap > NAP * 0.9 and since.fits(wrong.seconds) else None


@check(
    points=0.5,
    hint="All three are about the list times: its mean, its sum, and the sums of its first 1, 2, 3, … entries.",
)
def adds_up(student: Student, rng: Rng) -> None:
    """avg() and sum() are the mean and the sum of the times, cumsum() the list of their running sums"""
    timer = made(student)
    if there := times_of(timer):
        raise CheckFailed(f"A new timer has {len(there)} times already, before its first stop().", SHARES_TIMES)
    for seconds in NAPS:
        lap(timer, seconds)
    times = numpy.array(times_of(timer))
    if len(times) != len(NAPS):
        raise CheckFailed(f"After {len(NAPS)} calls of stop(), timer.times holds {len(times)} times.")
    for name, want in (("sum", times.sum()), ("avg", times.mean())):
        got = numpy.array(no_failure(timer.method(name)(), FAILURES).number())
        compare(
            student.exercise,
            f"the result of timer.{name}() is not right.",
            got,
            want,
            (times,),
            inputs={"times": times},
        )
    result = timer.cumsum()
    no_failure(result, FAILURES)
    sums = rows_of(result.value, 1)
    if not sums:
        raise CheckFailed(f"timer.cumsum() returned {describe_value(result.value)}; it must be a list of floats.")
    got = numpy.array(sums)[:, 0]
    compare(student.exercise, "the result of timer.cumsum() is not right.", got, times.cumsum(), (times,),
            inputs={"times": times})  # fmt: skip
    if (now := times_of(timer)) != times.tolist():
        text = f"timer.times was {_list(times.tolist())}; after sum(), avg() and cumsum() it is {_list(now)}."
        raise CheckFailed(text, CHANGES_TIMES)


@check(points=0.25, hint="Make the list in __init__, as self.times.")
def independent(student: Student, rng: Rng) -> None:
    """two timers do not know of each other"""
    first, second = made(student, "first"), made(student, "second")
    seconds = lap(first, NAPS[0]).seconds
    if (kept := times_of(second)) or len(times_of(first)) != 1:
        text = f"After first.stop(), which returned {seconds:.4f}, second.times is {_list(kept)}"
        raise CheckFailed(f"{text} and first.times is {_list(times_of(first))}.", SHARES_TIMES if kept else None)
    lap(second, NAPS[0])
    if len(times_of(first)) != 1:
        raise CheckFailed(f"After second.stop(), first.times is {_list(times_of(first))}.", SHARES_TIMES)
