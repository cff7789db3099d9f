"""Many submissions, graded in parallel: each judge process has a slot of its own."""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from grader.course.course import Course
from grader.course.notebook import MAX_NOTEBOOK_BYTES, assignment_named_in
from grader.data import use_verified
from grader.judging.graded import Graded
from grader.judging.judge import Data, Job, Options, grade, refused
from grader.judging.report import Report, decoded
from grader.judging.turnstile import Turnstile
from grader.sandbox.launch import NoSandbox, SlotOptions
from grader.sandbox.slot import Slot, SlotFailed


@dataclass(frozen=True)
class Setting:
    """All that a judge process needs to know."""

    course: Course
    data: Data
    slot: SlotOptions
    confinement: str
    options: Options
    # Where the judge processes of one run find each other; None for one alone.
    turnstile: Path | None = None


class _Head(msgspec.Struct):
    """As much of a notebook as says which assignment it is."""

    metadata: dict[str, Any] = {}


def data_needed(work: Sequence[Job | Report], course: Course, options: Options) -> set[str]:
    """The names of the data sets that the assignments of these submissions ask for."""
    names = {named(job, course, options) for job in work if isinstance(job, Job)} & set(course.assignment_names)
    return {data for name in names for data in course.assignment(name).facts.data}


def named(job: Job, course: Course, options: Options) -> str:
    """The assignment as `grade` will find it; a notebook that cannot be read is refused there."""
    mark: Any = None
    with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):
        if options.assignment is None and job.path.is_file() and job.path.stat().st_size <= MAX_NOTEBOOK_BYTES:
            mark = assignment_named_in(msgspec.to_builtins(msgspec.json.decode(job.path.read_bytes(), type=_Head)))
    return options.assignment or course.named(mark, job.assignment) or job.path.stem


# -- one process

_setting: Setting | None = None
_slot: Slot | None = None
_failure: SlotFailed | NoSandbox | None = None


def _begin(setting: Setting) -> None:
    global _setting, _slot
    _setting = setting
    _slot = Slot(setting.slot, setting.confinement)
    atexit.register(_slot.close)
    # Verified once by the parent; opened, not hashed, from here on.
    use_verified(setting.data)


def _begin_in_pool(setting: Setting) -> None:
    """As `_begin`; the pool would answer an exception here with a traceback, so it is kept for the first submission."""
    global _failure
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    try:
        _begin(setting)
    except (SlotFailed, NoSandbox) as error:
        _failure = error


def _end_with_the_parent() -> None:
    """Leave no slot behind where the process that handed out the work has been killed."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    try:
        if _setting is not None and _setting.turnstile is not None:
            shutil.rmtree(_setting.turnstile, ignore_errors=True)
        if _slot is not None:
            _slot.close()
    finally:
        os._exit(1)


def _grade_one(job: Job) -> Graded:
    assert _setting is not None
    assert _slot is not None
    try:
        turnstile = Turnstile(_setting.turnstile)
        with turnstile.among_others():
            return grade(job, _setting.course, _slot, _setting.data, _setting.options, turnstile)
    except Exception as error:  # whatever it is, the other submissions are graded
        why = str(error) if isinstance(error, (SlotFailed, OSError)) else f"{type(error).__name__}: {error}"
        return Graded(refused(job, f"{job.given}: the grader failed, not the student ({why})", _setting.options))


def _grade_to_json(job: Job) -> tuple[bytes, bytes]:
    """The report and, or empty, the graded notebook."""
    if _failure is not None:
        raise _failure
    graded = _grade_one(job)
    return msgspec.json.encode(graded.report), msgspec.json.encode(graded.notebook) if graded.notebook else b""


def _from_json(given: tuple[bytes, bytes]) -> Graded:
    """A judge process's own words; what they hold of a submission's are strings and numbers."""
    line, notebook = given
    return Graded(decoded(line), msgspec.json.decode(notebook) if notebook else None)


# -- many

Finished = Callable[[Job, Graded], None]


def _to_nobody(job: Job, graded: Graded) -> None:
    pass


def grade_all(
    work: Sequence[Job | Report], setting: Setting, jobs: int, finished: Finished = _to_nobody
) -> Generator[Graded, None, None]:
    """What came of each, in the order of `work`; what is a report already is passed on.

    `finished` is told of each that was graded as soon as it is, in whatever order. Who closes the iterator ends the
    judge processes. Raises `SlotFailed` where no slot can be started.
    """
    to_grade = [item for item in work if isinstance(item, Job)]
    if not to_grade:
        yield from (Graded(item) for item in work if not isinstance(item, Job))
    elif min(jobs, len(to_grade)) == 1:
        yield from _in_this_process(work, setting, finished)
    else:
        yield from _in_processes(work, setting, min(jobs, len(to_grade)), finished)


def _in_this_process(work: Sequence[Job | Report], setting: Setting, finished: Finished) -> Iterator[Graded]:
    _begin(setting)
    assert _slot is not None
    try:
        for item in work:
            if isinstance(item, Job):
                # By way of JSON here too, so that a report is the same to the byte however many jobs there are.
                graded = _from_json(_grade_to_json(item))
                finished(item, graded)
                yield graded
            else:
                yield Graded(item)
    finally:
        _slot.close()


def _in_processes(work: Sequence[Job | Report], setting: Setting, jobs: int, finished: Finished) -> Iterator[Graded]:
    context = multiprocessing.get_context("spawn")
    folder = tempfile.TemporaryDirectory(prefix="softmark-run-")
    setting = dataclasses.replace(setting, turnstile=Path(folder.name))
    pool = ProcessPoolExecutor(jobs, context, _begin_in_pool, (setting,))
    try:
        with _interrupts_are_ours():
            pending: list[Future[tuple[bytes, bytes]] | Report] = [
                pool.submit(_grade_to_json, item) if isinstance(item, Job) else item for item in work
            ]
        yield from _in_order(work, pending, finished)
    except (KeyboardInterrupt, GeneratorExit):
        for process in multiprocessing.active_children():
            process.kill()
        raise
    except BrokenProcessPool:
        raise SlotFailed("a judge process ended unexpectedly: is there memory left? Try fewer --jobs") from None
    finally:
        pool.shutdown(cancel_futures=True)
        folder.cleanup()


def _in_order(
    work: Sequence[Job | Report], pending: Sequence[Future[tuple[bytes, bytes]] | Report], finished: Finished
) -> Iterator[Graded]:
    """What comes of each of `pending` in its order, and to `finished` in the order in which they end."""
    whose = {future: job for future, job in zip(pending, work, strict=True)
             if isinstance(future, Future) and isinstance(job, Job)}  # fmt: skip
    ending = as_completed(whose)
    done: dict[Future[tuple[bytes, bytes]], Graded] = {}
    for item in pending:
        if not isinstance(item, Future):
            yield Graded(item)
            continue
        while item not in done:
            future = next(ending)
            done[future] = _from_json(future.result())
            finished(whose[future], done[future])
        yield done.pop(item)


@contextmanager
def _interrupts_are_ours() -> Iterator[None]:
    """Processes started here leave Ctrl-C, which a terminal sends to all of them, to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
