"""Kinds of answers beyond one array: several values, objects that live on, nets, figures, gradients, operators.

The exercises of tests/course/exercises/kinds have one each. What people write for them is graded in a slot and in a
notebook's own process, and comes to the same; so do answers of no kind that anybody has asked for.
"""

from __future__ import annotations

import base64
import doctest
import functools
import gc
import inspect
import io
import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import numpy
import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import from_dict
from traitlets.config import Config

import grader.checking
from grader.authors import answers, forms
from grader.authors.trials import Slots, Trials, needed
from grader.authors.verdicts import describe
from grader.checking import (
    CheckFailed,
    Expectation,
    KeptArray,
    Numbers,
    Picture,
    Result,
    Student,
    StudentFunction,
    StudentObject,
    Through,
    check,
    expect,
    linear_of,
    misconception,
    set_linear,
)
from grader.checking.authoring import Check, Exercise
from grader.checking.outcomes import CheckReport
from grader.course import catalogue
from grader.course.course import Assignment, find_course
from grader.judging import render
from grader.judging.check_run import judge_check, run_check
from grader.judging.graded import graded_notebook
from grader.judging.judge import Job, Options, grade, without_hollow_points
from grader.judging.report import ExerciseReport, SubmissionReport, as_json
from grader.judging.selfcheck import NotebookChannel
from grader.nbgrader.pages import FILTERS
from grader.sandbox import figures, wire
from grader.sandbox.confinements import find_confinement
from grader.sandbox.encoding import Encoder
from grader.sandbox.launch import SlotOptions
from tests.cheats import kinds
from tests.notebooks import ROOT

COURSE = Path(__file__).parent / "course"
NOTEBOOKS = {"np": "kinds", "nd": "kinds-nd"}
PAGE = ROOT / "docs" / "checks.md"


def assignment(flavour: str) -> Assignment:
    return find_course(COURSE).assignment(NOTEBOOKS[flavour])


TAUGHT = [(flavour, name) for flavour in NOTEBOOKS for name in assignment(flavour).exercises]


@pytest.fixture(scope="module")
def slots() -> Iterator[Slots]:
    with closing(Slots(SlotOptions.of("cpu", {}), find_confinement())) as slots:
        yield slots


@pytest.fixture(scope="module")
def trials(slots: Slots) -> Callable[[str, str], Trials]:
    """For an exercise in a flavour; with no more time than a student's has."""

    @functools.cache
    def of(flavour: str, name: str) -> Trials:
        return Trials(assignment(flavour), assignment(flavour).exercise(name), slots, patience=1)

    return of


# -- in a slot


@pytest.mark.parametrize("flavour", NOTEBOOKS)
def test_the_solution_gets_full_marks_and_its_stubs_are_not_attempted(flavour: str, slots: Slots) -> None:
    found = {}
    for which in ("solutions", "assignments"):
        path = COURSE / which / NOTEBOOKS[flavour] / f"{NOTEBOOKS[flavour]}.ipynb"
        report = grade(Job(path, path.name), find_course(COURSE), slots.main, {}, Options(seed=1)).report
        assert isinstance(report, SubmissionReport), report
        found[which] = {exercise.name: exercise.outcome for exercise in report.exercises}
    names = assignment(flavour).exercises
    assert found == {"solutions": dict.fromkeys(names, "passed"), "assignments": dict.fromkeys(names, "not_attempted")}


@pytest.mark.parametrize(("flavour", "name"), TAUGHT)
def test_forms_get_what_they_deserve(flavour: str, name: str, trials: Callable[[str, str], Trials]) -> None:
    tried = trials(flavour, name)
    folder = tried.exercise.folder
    expected = {form.name: "" for form in forms.forms(folder, flavour)} | forms.outcomes(folder, flavour)
    found, recognised, meant = {}, {}, {}
    for form in forms.forms(folder, flavour):
        report = tried.grade(form.code)
        found[form.name] = describe(report)
        recognised[form.name] = list(dict.fromkeys(c.misconception for c in report.checks if c.misconception))
        meant[form.name] = list(form.misconceptions)
        assert (report.score == report.max_score) == (form.kind == "right"), form.name
    assert found == expected
    assert recognised == meant


def assert_earns_nothing(answer: kinds.Answer, report: ExerciseReport) -> None:
    outcomes = {one.name: (one.outcome, one.message) for one in report.checks}
    assert "error" not in {one.outcome for one in report.checks}, (answer.name, outcomes)
    assert report.score <= answer.earns, (answer.name, outcomes)
    assert not {"crashed", "timed_out"} & {one.outcome for one in report.checks}, (answer.name, outcomes)


@pytest.mark.parametrize("exercise", kinds.OF_EACH_KIND)
def test_an_answer_of_no_kind_that_was_asked_for_earns_nothing(
    exercise: str, trials: Callable[[str, str], Trials]
) -> None:
    for answer in kinds.everywhere([exercise]):
        assert_earns_nothing(answer, trials("nd", exercise).grade(answer.code))


def test_an_answer_that_lies_about_its_kind_earns_nothing(trials: Callable[[str, str], Trials]) -> None:
    for answer in kinds.PARTICULAR:
        flavour = "np" if answer.exercise in kinds.FIGURES else "nd"
        assert_earns_nothing(answer, trials(flavour, answer.exercise).grade(answer.code))


@pytest.mark.parametrize(("flavour", "name"), TAUGHT)
def test_no_reply_breaks_a_check_whatever_a_forger_sends(flavour: str, name: str) -> None:
    assert list(answers.problems(assignment(flavour).exercise(name), flavour)) == []


# -- in a notebook's own process


def tried_in_this_process(assignment: Assignment, name: str, code: str) -> ExerciseReport:
    """What a self-check says of a cell, all checks being visible."""
    exercise = assignment.exercise(name)
    given = [cell.source for cell in assignment.cells if cell.role == "locked"]
    namespace: dict[str, Any] = {"__name__": "__main__"}
    for source in (*given, *(assignment.by_id[need].source for need in needed(assignment, exercise)), code):
        exec(compile(source, "<cell>", "exec"), namespace)
    channel = NotebookChannel(exercise, namespace)
    reports = [self_checked(exercise, info, channel) for info in exercise.checks]
    channel.put_back()
    return ExerciseReport.of(name, without_hollow_points(exercise, reports))


def self_checked(exercise: Exercise, info: Check, channel: NotebookChannel) -> CheckReport:
    try:
        run_check(exercise, info, getattr(catalogue.module_of(exercise), info.name), channel, 1)
    except Exception as error:
        return judge_check(info, error)
    return judge_check(info, None)


Tried = tuple[str, str, str, ExerciseReport]


def answered_here(flavour: str) -> list[kinds.Answer]:
    """Pictures in flavour np, where they are asked for, and the rest in the other."""
    every = [one for one in (*kinds.everywhere(), *kinds.PARTICULAR) if not one.heavy]
    return [one for one in every if (one.exercise in kinds.FIGURES) == (flavour == "np")]


def main(flavour: str) -> None:
    """Try all forms and answers here; a line of JSON for each: which it is, its exercise, its name, its report."""
    said, sys.stdout = sys.stdout, open(os.devnull, "w")
    os.environ["MPLBACKEND"] = "agg"
    __import__("mxnet")
    gc.freeze()  # each DataLoader asks for a collection, which would go through all of MXNet
    course = assignment(flavour)
    work = [("form", name, one.name, one.code) for name in course.exercises
            for one in forms.forms(course.exercise(name).folder, flavour)]  # fmt: skip
    work += [("answer", one.exercise, one.name, one.code) for one in answered_here(flavour)]
    for which, name, own_name, code in work:
        tried: Tried = which, name, own_name, tried_in_this_process(course, name, code)
        print(msgspec.json.encode(tried).decode(), file=said, flush=True)  # some answers take the rest with them


@pytest.mark.parametrize("flavour", NOTEBOOKS)
def test_a_notebooks_own_process_comes_to_the_same(flavour: str) -> None:
    """For forms; and answers of no kind that was asked for earn nothing there, and end nothing."""
    folder = COURSE / "solutions"  # checks() looks for its course where the notebook lies
    before = sorted(os.listdir(folder))
    done = subprocess.run(
        [sys.executable, "-c", f"from tests.test_kinds import main; main({flavour!r})"], cwd=folder, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert sorted(os.listdir(folder)) == before, "MXNet's profiler has written down what it counted"
    found = [msgspec.json.decode(line, type=Tried) for line in done.stdout.splitlines()]
    expected: dict[tuple[str, str], str] = {}
    for name in assignment(flavour).exercises:
        exercise = assignment(flavour).exercise(name)
        expected |= {(name, one.name): "" for one in forms.forms(exercise.folder, flavour)}
        expected |= {(name, one): words for one, words in forms.outcomes(exercise.folder, flavour).items()}
    assert {(name, one): describe(report) for which, name, one, report in found if which == "form"} == expected
    reports = [report for which, *_, report in found if which == "answer"]
    for answer, report in zip(answered_here(flavour), reports, strict=True):
        assert_earns_nothing(answer, report)


@pytest.fixture
def notebook() -> Iterator[Callable[..., Student]]:
    """Makes the student of a notebook of flavour np that has these names."""
    import mxnet

    made: list[NotebookChannel] = []
    exercise = catalogue.load(COURSE / "exercises" / "kinds" / "linreg")

    def student(namespace: dict[str, Any]) -> Student:
        made.append(NotebookChannel(exercise, namespace))
        return Student(exercise, made[-1])

    with mxnet.util.np_shape(True), mxnet.util.np_array(True):
        yield student


def in_mxnet(*values: float) -> Any:
    import mxnet

    return mxnet.np.array(values, dtype="float32")


def test_a_self_check_leaves_globals_as_they_were(notebook: Callable[..., Student]) -> None:
    import mxnet

    w, detached, other, held = in_mxnet(1, 2), in_mxnet(3), in_mxnet(1, 2, 3), in_mxnet(7, 8)
    for array in (w, other, held):
        array.attach_grad()
    with mxnet.autograd.record():
        loss = (held * held).sum()
        result = held * 3
    loss.backward()
    namespace = {"w": w, "b": detached, "X": result, "other": other, "held": held, "text": "text", "function": print}
    before = dict(namespace)
    student = notebook(namespace)
    values = numpy.array([5, 6], numpy.float32)
    for name in (*namespace, "missing"):
        first = student.param(values, values + 1, name=name)
        student.param(values + 2, name=name)
        assert first.start is values
    assert set(namespace) == {*before, "missing"}
    assert namespace["w"] is w, "a closure may hold on to it"
    assert w.asnumpy().tolist() == [7, 8]
    assert "missing" in namespace
    del namespace["text"]  # as a student's own function may

    channel = student.channel
    assert isinstance(channel, NotebookChannel)
    channel.put_back()
    assert sorted(namespace) == sorted(before)
    assert all(namespace[name] is value for name, value in before.items())
    assert w.asnumpy().tolist() == [1, 2]
    assert w.grad.asnumpy().tolist() == [0, 0]
    assert detached.grad is None
    assert held.asnumpy().tolist() == [7, 8]
    assert held.grad.asnumpy().tolist() == [14, 16]
    assert (other.asnumpy().tolist(), result.asnumpy().tolist()) == ([1, 2, 3], [21, 24])
    result.backward()  # what it was computed from is still known
    assert held.grad.asnumpy().tolist() == [3, 3]


def test_a_notebook_that_was_left_recording_is_checked_and_left_as_it_is(notebook: Callable[..., Student]) -> None:
    import mxnet

    w = in_mxnet(1, 2)
    w.attach_grad()
    student = notebook({"w": w, "f": lambda X, w, b: (X * w).sum(axis=1) + b})
    before = mxnet.autograd.set_recording(True)
    try:
        param = student.param(numpy.array([3, 4], numpy.float32), name="w")
        assert param.value.tolist() == [3, 4]
        student.channel.put_back()  # type: ignore[attr-defined]
        assert mxnet.autograd.is_recording()
    finally:
        mxnet.autograd.set_recording(before)
    assert w.asnumpy().tolist() == [1, 2]


PLOTS = """
def plot(history):
    plt.figure(3)
    plt.title("theirs")
    plt.plot(history, label="line")
    plt.rcParams["lines.linewidth"] = 9
    plt.show()
    return plt.gca()


def spoils(history):
    plt.plot(history)
    raise ValueError("late")
"""


def test_a_self_check_leaves_open_figures_as_they_were(notebook: Callable[..., Student]) -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    pyplot.close("all")
    for number in (3, 5, 4):
        axes = pyplot.figure(number).add_subplot()
        axes.plot([number, number + 1])
    pyplot.figure(5)
    held = {number: pyplot.figure(number) for number in (3, 4, 5)}
    pyplot.figure(5)
    order, width, show = list(pyplot._pylab_helpers.Gcf.figs), pyplot.rcParams["lines.linewidth"], pyplot.show

    namespace: dict[str, Any] = {"plt": pyplot}
    exec(PLOTS, namespace)
    student = notebook(namespace)
    for _ in range(2):
        result = student.plot.figure([1, 2, 3])
        assert [figure.axes[0].title for figure in result.figures] == ["theirs"]
        assert result.figures[0].axes[0].lines[0].y.numpy().tolist() == [1, 2, 3]
        assert result.picture.startswith(b"\x89PNG")
        late = student.spoils.figure([1, 2])
        assert (late.figures, late.failure is not None and late.failure.type) == ([], "ValueError")
    assert list(pyplot._pylab_helpers.Gcf.figs) == order
    assert all(pyplot.figure(number) is figure for number, figure in held.items())
    assert [len(figure.axes[0].lines) for figure in held.values()] == [1, 1, 1]
    assert [figure.axes[0].get_title() for figure in held.values()] == ["", "", ""]
    assert (pyplot.rcParams["lines.linewidth"], pyplot.show) == (width, show)
    pyplot.close("all")


# -- bounds


def test_all_values_of_a_reply_fit_into_one_frame() -> None:
    import mxnet

    encoder = Encoder(mxnet)
    large = mxnet.nd.zeros((2048, 2048))  # 16 MB each
    for value in ([large] * 100, [[0.5] * 4096] * 4096, ["x" * 10**6] * 4096, [numpy.zeros(10**6)] * 4096):
        encoder.begin()
        encoded = [encoder.encode(value) for _ in range(2)]
        reply = wire.Returned(value=encoded[0], late=[encoded[1]])
        assert wire.decode_reply(wire.encode(reply)[4:]) == reply
        first = encoded[0]
        assert isinstance(first, wire.Sequence)
        assert not isinstance(first.items[0], wire.Opaque), "as much as there is room for"
    encoder.begin()
    assert isinstance(encoder.encode(large), wire.Array), "a new reply has all the room"


def test_what_is_read_of_figures_fits_into_one_frame() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    with figures.drawn() as found:
        pyplot.rcParams["figure.max_open_warning"] = 0
        for _ in range(50):
            axes = pyplot.figure().add_axes([0, 0, 1, 1])
            axes.axis("off")
            axes.imshow(numpy.random.default_rng(0).uniform(size=(400, 400)))
            axes.plot(numpy.zeros(10**5), label="x" * 10_000)
    assert len(found) == wire.MAX_OUTPUTS
    reply = wire.Returned(figures=found)
    assert wire.decode_reply(wire.encode(reply)[4:]) == reply
    assert all(len(figure.axes[0].images[0].data) <= 8 << 16 for figure in found)
    assert 0 < sum(bool(figure.png) for figure in found) < 10


def test_requests_about_what_lives_on_cross_unchanged() -> None:
    array = wire.Array.of(numpy.ones(2))
    for request in (
        wire.Make(wire.Given("net", [array], "def net(here): ...")),
        wire.SetParameters(1, [None, array]),
        wire.Parameters(3, True),
        wire.Attribute(2, "times"),
        wire.Gradient("", [array], array, None, (0, 1), 4),
        wire.Call("add", [array], of=3, keep=True, figures=True, count=True),
    ):
        assert wire.decode_request(wire.encode(request)[4:]) == request


# -- objects


OBJECTS = """
class Thing:
    kind = "its own"

    def length(self):
        return 5

    def broken(self):
        return self.missing

    @property
    def late(self):
        raise AttributeError("from inside")


def make():
    return Thing()


def raises():
    raise ValueError("no")
"""


def test_what_is_missing_of_an_object_is_said_plainly(notebook: Callable[..., Student]) -> None:
    namespace: dict[str, Any] = {}
    exec(OBJECTS, namespace)
    student = notebook(namespace)
    thing = student.make.object(called="thing")
    assert thing.kind == "Thing"
    assert thing.method("length")().array == 5, "a method of a name that is taken here"
    assert expect(thing.attribute("kind")).result.value == wire.Scalar("its own", "str")
    said = {}
    asked: dict[str, Callable[[], Any]] = {
        "method": lambda: thing.nothing(1),
        "attribute": lambda: thing.attribute("nothing"),
        "item": lambda: expect(thing[0]).no_failure(),
        "length": lambda: expect(thing.length()).no_failure(),
        "pass": lambda: expect(thing.iterate(3)).numbers(),
        "inside": lambda: expect(thing.broken()).no_failure(),
        "property": lambda: expect(thing.attribute("late")).no_failure(),
        "not a method": lambda: expect(thing.kind_()).no_failure(),
        "raises": lambda: student.raises.object(),
        "no block": lambda: thing.parameters(),
    }
    for name, ask in asked.items():
        with pytest.raises(CheckFailed) as failed:
            ask()
        said[name] = str(failed.value).partition("\n")[0]
    assert said == {
        "method": "thing has no method nothing.",
        "attribute": "thing has no attribute nothing.",
        "item": "thing[0] raised TypeError: 'Thing' object is not subscriptable",
        "length": "len(thing) raised TypeError: object of type 'Thing' has no len()",
        "pass": "a pass over thing returned a Thing.",
        "inside": "thing.broken() raised AttributeError: 'Thing' object has no attribute 'missing'",
        "property": "thing.late raised AttributeError: from inside",
        "not a method": "thing has no method kind_.",
        "raises": "raises(…) raised ValueError: no",
        "no block": "thing is no Gluon block: it is of type Thing, without collect_params().",
    }
    with pytest.raises(TypeError, match="iterate"):
        iter(thing)
    with pytest.raises(TypeError, match="argument"):
        student.make(thing.broken)


def test_a_gradient_goes_through_a_function_for_any_argument(notebook: Callable[..., Student]) -> None:
    """As a difference quotient has it."""
    student = notebook({"f": lambda p, w: (p * w * w).sum(axis=1)})
    softmax = Through("softmax", lambda X: numpy.exp(X) / numpy.exp(X).sum(axis=1, keepdims=True), "X")
    rng = numpy.random.default_rng(1)
    X, w, head = (rng.normal(size=size).astype(numpy.float32) for size in ((2, 3), 3, 2))

    def weighted(X: Numbers, w: Numbers) -> float:
        return float((softmax.function(X) * w * w).sum(axis=1) @ head)

    result = student.f.gradient(X, w, head=head, through=softmax, wrt=(1, 0))
    for got, place in zip(result.gradients, (1, 0), strict=True):
        point = [X.astype(float), w.astype(float)]
        for index in numpy.ndindex(point[place].shape):
            step = numpy.zeros_like(point[place])
            step[index] = 1e-5
            up, down = ([p + s * step if n == place else p for n, p in enumerate(point)] for s in (1, -1))
            assert got is not None
            assert abs(got[index] - (weighted(*up) - weighted(*down)) / 2e-5) < 1e-4


NETS = """
def deferred():
    net = nn.Dense(1)
    net.initialize()
    return net


def two_outputs():
    net = nn.HybridSequential()
    net.add(nn.Flatten(), nn.Dense(2, use_bias=False))
    net.initialize()
    net.hybridize()
    return net


class Square(nn.Block):
    def __init__(self):
        super().__init__()
        self.w = self.params.get("w", shape=(2, 2))
        self.b = self.params.get("b", shape=(2, 2))

    def forward(self, X):
        return np.dot(X, self.b.data()) + self.w.data()[0]


def square():
    net = Square()
    net.initialize()
    return net
"""


def test_a_net_is_given_numbers_in_whatever_layout_they_fit(notebook: Callable[..., Student]) -> None:
    """Also where inputs are no vectors, there is no bias, or it is as large as the weights."""
    import mxnet

    namespace: dict[str, Any] = {"nn": mxnet.gluon.nn, "np": mxnet.np}
    exec(NETS, namespace)
    student = notebook(namespace)
    W = numpy.random.default_rng(2).normal(size=(4, 2))
    net = student.deferred.object(called="net")
    assert net.parameters()[0][1] is None, "nobody has told it how many inputs there are"
    net.set_parameters([numpy.array([[2.0, 3.0]], numpy.float32), numpy.array([5.0], numpy.float32)])
    expect(net(numpy.array([[1, 1], [0, 10]], numpy.float32))).close_to([[10], [35]])
    set_linear(net, W[:2, :1], W[0, :1])
    numpy.testing.assert_allclose(linear_of(net, 2)[0], W[:2, :1], atol=1e-5)
    net = student.two_outputs.object(called="net")
    set_linear(net, W, numpy.zeros(2), shape=(1, 2, 2))
    found = linear_of(net, 4, shape=(1, 2, 2))
    numpy.testing.assert_allclose(found[0], W, atol=1e-5)
    with pytest.raises(CheckFailed, match=r"net cannot be made to compute X·W \+ b with a W of shape \(4, 2\)"):
        set_linear(net, W, numpy.ones(2), shape=(1, 2, 2))
    with pytest.raises(CheckFailed, match=r"the shapes of its parameters are \(2, 2\) and \(2, 2\)"):
        set_linear(student.square.object(called="net"), W[:2], numpy.zeros(2))


# -- pictures


def plotted(code: str, slots: Slots) -> ExerciseReport:
    return Trials(assignment("np"), assignment("np").exercise("plot_history"), slots).grade(code)


def form(name: str, which: str) -> str:
    every = forms.forms(assignment("np").exercise(name).folder, "np")
    return next(form.code for form in every if form.name == which)


def test_axes_are_read_row_by_row_in_whatever_order_they_were_made() -> None:
    pyplot = pytest.importorskip("matplotlib.pyplot")
    pyplot.switch_backend("agg")
    with figures.drawn() as found:
        figure = pyplot.figure()
        for place in (2, 5, 1, 6, 4, 3):
            axes = figure.add_subplot(2, 3, place, title=str(place))
            axes.imshow(numpy.zeros((2, 9)))  # takes only a part of its place
    nobody: Any = None
    picture = Picture(nobody, found[0]).row_by_row()
    assert [axes.title for axes in picture.axes] == list("123456")


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        (numpy.array(["bag", "coat"]), wire.Sequence([*map(wire.Scalar, ("bag", "coat"), ("str", "str"))], "ndarray")),
        (numpy.array([[None, 1]], object), wire.Sequence(
            [wire.Sequence([wire.Scalar(None, "NoneType"), wire.Scalar(1, "int")], "list")], "ndarray")),
        (numpy.array("coat"), wire.Opaque("ndarray", "of dtype <U4 and shape ()")),
        (numpy.array(["coat"] * 5000), wire.Opaque("ndarray", "of dtype <U4 and shape (5000,)")),
    ],
)  # fmt: skip
def test_arrays_of_texts_and_of_objects_cross_as_what_they_hold(value: Any, encoded: wire.Value) -> None:
    assert Encoder(__import__("mxnet")).encode(value) == encoded


def test_feedback_shows_what_was_drawn_and_reports_do_not(slots: Slots) -> None:
    course, code = assignment("np"), form("plot_history", "no_legend")
    report = plotted(code, slots)
    picture = next(one.picture for one in report.checks if one.outcome == "failed")
    assert base64.b64decode(picture).startswith(b"\x89PNG")
    assert [bool(one.picture) for one in report.checks] == [one.outcome == "failed" for one in report.checks]

    whole = SubmissionReport("kinds", "s.ipynb", None, 1, "cpu", "none", [], [], 0.0, 3.0, 0.1, [report])
    assert "picture" not in as_json(whole)
    submission = Trials(course, course.exercise("plot_history"), slots).submission(code)
    notebook = graded_notebook(submission, whole, {})
    assert picture not in json.dumps(notebook["metadata"])
    exporter = HTMLExporter(  # type: ignore[no-untyped-call]
        config=Config({"HTMLExporter": {"filters": FILTERS}})
    )
    for sanitize in (False, True):
        exporter.sanitize_html = sanitize
        page = exporter.from_notebook_node(from_dict(notebook))[0]
        assert f"data:image/png;base64,{picture}" in page


def test_a_picture_of_what_students_may_not_see_stays_with_the_grader(slots: Slots) -> None:
    report = plotted(form("plot_history", "no_legend"), slots)
    assert "<img" in render.graded_table_html(report)
    hidden = [msgspec.structs.replace(one, hidden=True) for one in report.checks]
    assert "<img" not in render.graded_table_html(msgspec.structs.replace(report, checks=hidden))
    assert "<img" not in render.graded_table_html(msgspec.structs.replace(report, replaced=["sgd"]))


def test_what_is_no_picture_or_too_large_is_not_shown() -> None:
    header = b"\x89PNG\r\n\x1a\n" + bytes(4) + b"IHDR"
    size = (100).to_bytes(4, "big") * 2
    info = Check("plots", "plots", 1.0, "")
    shown = [
        judge_check(info, CheckFailed("no", picture=png)).picture
        for png in (header + size, b"", b"<script>", header, header + b"\xff" * 8, header + size + bytes(1 << 20))
    ]
    assert [bool(picture) for picture in shown] == [True, False, False, False, False, False]


# -- the page for authors

# An example, and the file that it is taken from.
_BLOCK = re.compile(r"^```(python|pycon)\n(.*?)^```\n(?:<!-- (\S+) -->)?", re.MULTILINE | re.DOTALL)


def stands_in(block: str, path: Path) -> bool:
    """Whether the file has these lines, one after the other, however far they are indented."""
    wanted = textwrap.dedent(block).rstrip().splitlines()
    lines = path.read_text().splitlines()
    pieces = (textwrap.dedent("\n".join(lines[n : n + len(wanted)])).splitlines() for n in range(len(lines)))
    return wanted in pieces


def test_examples_of_the_page_stand_in_tested_files_or_run(notebook: Callable[..., Student]) -> None:
    pytest.importorskip("matplotlib.pyplot").switch_backend("agg")
    blocks = _BLOCK.findall(PAGE.read_text())
    assert [path for kind, code, path in blocks if path and not stands_in(code, ROOT / path)] == []
    loose = [code for kind, code, path in blocks if kind == "python" and not path]
    assert len(loose) == 2, "the first line, and the notebook"
    namespace: dict[str, Any] = {}
    for code in loose:
        exec(code, namespace)
    examples = "\n".join(code for kind, code, _ in blocks if kind == "pycon")
    known = {name: getattr(grader.checking, name) for name in grader.checking.__all__}
    test = doctest.DocTestParser().get_doctest(examples, {**known, "numpy": numpy, "student": notebook(namespace)},
                                               "checks.md", str(PAGE), 0)  # fmt: skip
    said = io.StringIO()
    done = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=said.write)
    assert (done.failed, said.getvalue()) == (0, "")
    assert done.attempted > 20


def test_the_page_tells_of_all_that_checks_are_written_with() -> None:
    page = PAGE.read_text()
    parts: dict[str, Any] = {
        "": dict.fromkeys(grader.checking.__all__),
        "check": inspect.signature(check).parameters,
        "misconception": inspect.signature(misconception).parameters,
        "wire.Axes": dict.fromkeys(wire.Axes.__struct_fields__),
    }
    for kind in (Expectation, KeptArray, Picture, Result, Student, StudentFunction, StudentObject):
        parts[kind.__name__] = dict.fromkeys(name for name in dir(kind) if name[0] != "_")
    missing = {
        f"{of}.{name}"
        for of, names in parts.items()
        for name in names
        if not re.search(rf"\b{re.escape(name)}\b", page)
    }
    assert missing == {"Result.of_part", "StudentFunction.to_wire"}, "what is of use to the engine alone"
