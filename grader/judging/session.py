"""One submission in a slot: runs its cells, carries requests, starts afresh when its code ends the process."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.checking.messages import slip_of_the_pen
from grader.checking.outcomes import Crashed, GraderFault, TimedOut
from grader.course.course import CHECK
from grader.diagnosis.translations import meaning
from grader.judging.allowance import Allowance
from grader.judging.submission import Cell, Submission, cell_missing
from grader.sandbox import wire
from grader.sandbox.slot import Forged, Slot, SlotFailed, SubmissionDied

CELL_SECONDS = 20.0
ALL_CELLS_SECONDS = 60.0
MAX_STARTS = 40
# Ways to see a notebook's names that are worth trying, and cells beside the usual ones that are run for a call.
MOST_VARIANTS = 3
MOST_DEMOS = 6
# For the cells of all starts together: slow cells are run anew after each crash.
ALL_STARTS_SECONDS = 300.0
# The run that a graded notebook shows, from top to bottom.
SHOW_CELL_SECONDS = 30.0
SHOW_SECONDS = 90.0
SHOW_MEMORY = 4 << 30
MAX_SHOWN_BYTES = 12 << 20
# What a question out of turn gets.
PROBE_SECONDS = 2.0


@dataclass(frozen=True)
class Shown:
    """What a cell shows in the graded notebook: its outputs, and the exception that it ends with.

    `stopped` says why it was not run, or not to its end.
    """

    outputs: list[wire.Output] = field(default_factory=list)
    failure: wire.Failure | None = None
    stopped: str = ""


class Standing(NamedTuple):
    """Where an exercise is tried: at its check, with what it needs as that was at checks of its own.

    `variant`: of the ways to see that, where they differ; see `grader.sandbox.standpoints`.
    """

    exercise: str
    needs: tuple[str, ...] = ()
    variant: int = 0


class Session:
    """Runs a submission's cells when first needed, and again in a fresh process after a crash.

    A cell that ends the process or overruns its time is left out from then on. `notes` collects what the
    instructor should know. `second_slot`: where the submission runs without operators that a check takes away; without
    it, in turns with the other in `slot`.
    """

    def __init__(
        self, slot: Slot, submission: Submission, rng_seed: int, main: Session | None = None,
        second_slot: Slot | None = None, lacks: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self.slot = slot
        self._second_slot = second_slot or slot
        self._main = main
        self.lacks = lacks
        self._twins: dict[tuple[str, ...], Session] = {}
        self._turn = 0
        self.submission = submission
        self.notes: list[str] = []
        self._rng_seed = rng_seed
        self._wanted: tuple[int, frozenset[str]] = (0, frozenset())
        self._standing: Standing | None = None
        self._reached: list[str] = []
        self._demos: frozenset[int] = frozenset()
        self.variants = 1
        self._alive = False
        self._starts = 0
        self._failures: dict[int, wire.Failure] = {}
        self._left_out: dict[int, Crashed | TimedOut] = {}
        self._for_cells = self._allow(ALL_CELLS_SECONDS)
        self.met_ceiling = False
        self._seconds_in_cells = 0.0

    # -- running the notebook

    def ready(self, memory: int, replaced: frozenset[str], standing: Standing) -> None:
        """Have a process with all cells run, `memory` bytes to use, and the solution's version of `replaced`.

        The notebook's names are what they were where the exercise stands.
        """
        if not (self._alive and self._wanted == (memory, replaced) and self._turn == self.slot.turn):
            self._start(memory, replaced)
            self._standing = None
        if self._standing != standing:
            self._stand(standing, replaced)
            self._replace(replaced)

    def _stand(self, standing: Standing, replaced: frozenset[str]) -> None:
        request = wire.Stand(standing.exercise, list(standing.needs), bool(replaced), standing.variant, self._reached)
        try:
            value = self._to_slot(request, self._allow(CELL_SECONDS)).value
        except (TimeoutError, SubmissionDied):
            self._alive = False
            raise Crashed("The notebook leaves something running that ends its process.") from None
        self._reached, self._standing = [], standing
        told = value.value if isinstance(value, wire.Scalar) and isinstance(value.value, int) else 1
        self.variants = min(max(told, 1), MOST_VARIANTS)

    def _start(self, memory: int, replaced: frozenset[str]) -> None:
        self._wanted = (memory, replaced)
        self._alive = False
        self._for_cells = self._allow(ALL_CELLS_SECONDS)
        while not self._alive:
            self._starts += 1
            if self._starts > MAX_STARTS:
                raise Crashed("the notebook ended its process again and again; the rest was not tried")
            if self._seconds_in_cells > ALL_STARTS_SECONDS:
                raise Crashed("the notebook has ended its process, or run out of time, too often for cells as slow as "
                              "its own to be run anew; the rest was not tried")  # fmt: skip
            started = time.monotonic()
            try:
                assignment = self.submission.assignment
                self.slot.begin(assignment.flavour, memory, self._rng_seed, without=self.lacks, draws=assignment.draws)
            except SlotFailed as error:
                raise GraderFault(str(error)) from None
            self._turn = self.slot.turn
            try:
                self._alive = self._put_files() and self._run_cells()
            finally:
                self._seconds_in_cells += time.monotonic() - started

    def _replace(self, names: frozenset[str]) -> None:
        """Run the solution's cells for exercises that the submission got wrong and a later one builds upon."""
        for name in sorted(names):
            source = self.submission.assignment.by_id[name].source
            try:
                self._to_slot(wire.RunCell(name, source), self._allow(CELL_SECONDS))
            except (TimeoutError, SubmissionDied):
                self._alive = False
                raise Crashed("The notebook leaves something running that ends its process.") from None

    def _put_files(self) -> bool:
        """Have what was handed in beside the notebook lie beside it here."""
        for name, data in self.submission.files.items():
            try:
                self._to_slot(wire.PutFile(name, data), self._allow(CELL_SECONDS))
            except (TimeoutError, SubmissionDied) as error:
                raise GraderFault(f"{name} could not be put beside the notebook: {error}") from None
        return True

    def _run_cells(self) -> bool:
        """Run the cells in order, then once more those that failed. False: a cell took the process down."""
        self._failures.clear()
        self._reached = []
        for number, cell in enumerate(self.submission.cells):
            if cell.role == "check":
                self._reached.append(cell.label.removeprefix(CHECK))
            elif (cell.role in ("solution", "locked") or number in self._demos) and not self._run_cell(number):
                return False
        failed = [n for n in self._failures if self._failures[n].type != "SyntaxError"]
        # Cells in another order than they were released, or in need of the data that the demonstrations load.
        return all(self._run_cell(number) for number in ([*self._demos_needed(failed), *failed] if failed else []))

    def _run_cell(self, number: int) -> bool:
        cell = self.submission.cells[number]
        if number in self._left_out:
            return True
        if self._for_cells.left <= 0 and self._for_cells.more() <= 0:
            self._leave_out(number, TimedOut(f"was not run: the cells before it took {ALL_CELLS_SECONDS:.0f} seconds"))
            return True
        self._failures.pop(number, None)
        allowance = self._allow(min(CELL_SECONDS, self._for_cells.left))
        self._for_cells.begin()
        try:
            returned = self._to_slot(
                wire.RunCell(cell.label, cell.source, self._reached, cell.role in ("locked", "demo")), allowance
            )
            self._reached = []
        except TimeoutError:
            self.met_ceiling |= allowance.met_ceiling
            self._leave_out(number, TimedOut(f"ran for more than {CELL_SECONDS:.0f} seconds and was stopped"))
            return False
        except SubmissionDied as error:
            self._leave_out(number, Crashed(f"ended the notebook's process: {error}"))
            return False
        finally:
            self._for_cells.end()
        if returned.failure is not None:
            self._failures[number] = returned.failure
        return True

    def _leave_out(self, number: int, why: Crashed | TimedOut) -> None:
        self._left_out[number] = why
        self.notes.append(f"{self.submission.cells[number].label} {why}")

    def include_given(self, failure: wire.Failure) -> bool:
        """Whether a call failed for want of a name that a given cell assigns which is not run by itself.

        Then that cell is run from now on, in a new process.
        """
        needed = frozenset(self._demos_with(_names_missing([failure]))) - self._demos
        if not needed or len(self._demos) >= MOST_DEMOS:
            return False
        self._demos |= needed
        self._alive = False
        return True

    def _demos_needed(self, failed: list[int]) -> list[int]:
        """The demonstration cells that assign a name which a failed cell did not find."""
        return self._demos_with(_names_missing([self._failures[number] for number in failed]))

    def _demos_with(self, missing: set[str]) -> list[int]:
        return [
            number
            for number, cell in enumerate(self.submission.cells)
            if cell.role == "demo" and number not in self._left_out and cell.assigns & missing
        ]

    # -- what the graded notebook shows

    def show(self, demos: bool) -> dict[int, Shown]:
        """What each code cell shows, by its place, when the notebook is run from top to bottom in a fresh process.

        `demos`: the demonstrations too, the training among them. Costs no points, whatever happens.
        """
        self._alive = False
        self.slot.begin(self.submission.assignment.flavour, SHOW_MEMORY, self._rng_seed, show=True)
        until = time.monotonic() + SHOW_SECONDS
        room = MAX_SHOWN_BYTES
        shown: dict[int, Shown] = {}
        over = ""
        for number, cell in enumerate(self.submission.cells):
            if cell.role == "check":
                continue
            if cell.role == "demo" and not demos:
                shown[cell.place] = Shown(stopped="This demonstration was left out of the grading run.")
            elif number in self._left_out:
                shown[cell.place] = Shown(stopped=f"This cell {self._left_out[number]}.")
            elif over:
                shown[cell.place] = Shown(stopped=f"This cell was not run: {over}.")
            else:
                found = self._show_cell(cell, min(SHOW_CELL_SECONDS, until - time.monotonic()))
                over = f"{cell.label} has ended the notebook's process" if found.stopped else ""
                room -= sum(len(output.text) + len(output.png) for output in found.outputs)
                shown[cell.place] = found if room > 0 else Shown(stopped="This notebook shows too much to be kept.")
        return shown

    def _show_cell(self, cell: Cell, seconds: float) -> Shown:
        try:
            returned = self._to_slot(wire.RunCell(cell.label, cell.source), self._allow(seconds))
        except TimeoutError:
            return Shown(stopped="This cell took too long to be shown here, and was stopped.")
        except SubmissionDied as error:
            return Shown(stopped=f"This cell ended the notebook's process: {error}.")
        return Shown(returned.outputs, returned.failure)

    # -- requests

    def _to_slot(self, request: wire.Request, allowance: Allowance) -> wire.Returned:
        """The slot's answer; what only a forger would send is told to the instructor."""
        allowance.begin()
        try:
            return self.slot.ask(request, time.monotonic() + allowance.left, allowance.more)
        except Forged as forged:
            self.note(f"suspicious: a reply to the judge was forged: {forged.what}")
            raise
        finally:
            allowance.end()

    def _allow(self, seconds: float) -> Allowance:
        return Allowance(seconds, self.slot)

    def note(self, text: str) -> None:
        if self._main is not None:
            self._main.note(text)
        elif text not in self.notes:
            self.notes.append(text)

    def without(self, operators: tuple[str, ...]) -> Session | None:
        """The same submission where MXNet lacks these operators; None where that cannot be had.

        What its cells do there, end the process for one, is nothing that the notebook is to be told.
        """
        if not self.slot.hello.can_do_without:
            return None
        if operators not in self._twins:
            twin = Session(self._second_slot, self.submission, self._rng_seed, self, lacks=operators)
            self._twins[operators] = twin
        return self._twins[operators]

    def ask(self, request: wire.Request, allowance: Allowance) -> wire.Returned:
        """Raises `Crashed` and `TimedOut`; either way the next request meets a fresh process."""
        try:
            return self._to_slot(request, allowance)
        except SubmissionDied as error:
            self._alive = False
            raise Crashed(f"The notebook's process ended while this was tried: {error}.") from None
        except TimeoutError:
            self._alive = False
            raise TimedOut("") from None
        except SlotFailed as error:
            raise GraderFault(str(error)) from None

    def probe(self, request: wire.Request) -> wire.Returned | None:
        """Ask out of turn: nothing that comes of it is held against the submission."""
        if not self._alive or self._turn != self.slot.turn:
            return None
        try:
            return self.ask(request, self._allow(PROBE_SECONDS))
        except (Crashed, TimedOut, GraderFault):
            return None

    def end(self) -> None:
        self.slot.finish()
        self._alive = False

    def explain_missing(self, function: str) -> str:
        """Why there is no such function: its cell failed, is missing, or the name is misspelt.

        Raises `Crashed` or `TimedOut` where its cell was left out.
        """
        cells = self.submission.cells
        for number, cell in enumerate(cells):
            if not _defines(cell, function):
                continue
            if (why := self._left_out.get(number)) is not None:
                raise type(why)(f"{function} is not defined: its cell {why}.")
            failure = self._failures.get(number)
            if failure is not None:
                line = f" in line {failure.lineno}:  {failure.line}" if failure.line else ""
                return f"{function} is not defined: its cell stops with {failure.type}: {meaning(failure)}{line}"
        slip = slip_of_the_pen(function, self.submission.defined_names())
        its_own = _binds if slip else _defines
        if any(its_own(cell, function) for cell in cells):
            return self._defined_in_vain(function)
        return f"There is no function {function} in the notebook.{slip or self._advice(function)}"

    def source_of(self, function: str) -> str:
        """The text of the last cell that defines it."""
        found = [cell.source for cell in self.submission.cells if _defines(cell, function)]
        return found[-1] if found else ""

    def _defined_in_vain(self, function: str) -> str:
        """Why a function is not there whose cell has run to its end."""
        cell = next(cell for cell in self.submission.cells if _defines(cell, function))
        magic = re.match(r"\s*%%(\w+)", cell.source)
        if magic is not None:
            return (f"{function} is not defined: its cell begins with %%{magic[1]}, which runs the lines below it and "
                    "keeps nothing of them. Take that line out.")  # fmt: skip
        if not re.search(rf"\b{re.escape(function)}\b", cell.source):
            return f"There is no function {function} in the notebook: its cell does not define one."
        return (f"{function} is not defined: its cell ({cell.label}) runs without giving that name to anything, or "
                "another one has deleted it.")  # fmt: skip

    def _advice(self, exercise: str) -> str:
        missing = cell_missing(exercise) in self.submission.notes
        return " Its cell is missing: take it from the released notebook." if missing else ""


def _names_missing(failures: Sequence[wire.Failure]) -> set[str]:
    """The names that these were not found for."""
    said = " ".join(failure.message for failure in failures if failure.type == "NameError")
    return set(re.findall(r"name '(\w+)' is not defined", said))


def _defines(cell: Cell, function: str) -> bool:
    """Whether it does, or is the cell for it."""
    return cell.label == function or _binds(cell, function)


def _binds(cell: Cell, function: str) -> bool:
    # Not \s at the beginning of a line: on thousands of empty ones that takes for ever.
    found = re.search(rf"^[ \t]*(?:def|class)\s+{re.escape(function)}\b|^{re.escape(function)}\s*=", cell.source, re.M)
    return found is not None
