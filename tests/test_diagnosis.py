"""What a student learns from a failed check: the slip, the misconception, MXNet's error in plain words, or a small
example; and nothing that is not certain."""

from __future__ import annotations

import re
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace

import numpy
import pytest

from grader.authors.trials import Slots, Trials
from grader.checking.authoring import CheckFailed
from grader.checking.expect import WRONG_BEFORE, Oracle, expect, expect_each
from grader.checking.messages import describe_failure
from grader.checking.outcomes import CheckReport
from grader.checking.student import Numbers, Student
from grader.diagnosis import diagnose as diagnosis
from grader.diagnosis import translations
from grader.diagnosis.diagnose import Evidence
from grader.exercises.shared.softmax import softmax
from grader.exercises.softmax_regression.accuracy.exercise import accuracy
from grader.exercises.softmax_regression.cross_entropy.exercise import cross_entropy
from grader.judging.session import Session
from grader.judging.slot_channel import SlotChannel
from grader.sandbox import wire
from tests import notebooks

Checks = dict[str, CheckReport]
GradeBody = Callable[..., Checks]
RunCode = Callable[[str, str, str], AbstractContextManager[Student]]
NP = notebooks.assignment("np")


@pytest.fixture
def grade_body(slots: Slots) -> GradeBody:
    """Grades one function with another body, and gives the reports of its checks by name."""

    def run(name: str, body: str, flavour: str = "np", timeout: float = 60.0) -> Checks:
        assignment = notebooks.assignment(flavour)
        head = assignment.by_id[name].source.splitlines()[0]
        code = f"{head}\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"
        exercise = assignment.exercise(name)
        report = Trials(assignment, exercise, slots, timeout / exercise.budget.seconds).grade(code)
        return {check.name: check for check in report.checks}

    return run


@pytest.fixture(scope="module")
def run_code(slots: Slots) -> RunCode:
    """A notebook in a slot, as an exercise's checks see it, where this code stands behind the solution's."""

    @contextmanager
    def run(flavour: str, name: str, code: str) -> Iterator[Student]:
        assignment = notebooks.assignment(flavour)
        exercise = assignment.exercise(name)
        both = f"{assignment.by_id[name].source}\n{code}"
        session = Session(slots.main, Trials(assignment, exercise, slots).submission(both), 1)
        yield Student(exercise, SlotChannel(session, exercise, 60, frozenset()))
        session.end()

    return run


def rng() -> numpy.random.Generator:
    return numpy.random.default_rng(1)


# -- slips

P = "E = np.exp(X - X.max(axis=1, keepdims=True))\nP = E / E.sum(axis=1, keepdims=True)\n"
Q = "p = -np.log(npx.pick(y_hat, y) + 1e-12)\n"

SLIPS = [
    ("softmax", P + "return P.T", "transposed", "is transposed"),
    ("softmax", P + "return -P", "negated", "sign is turned around"),
    ("softmax", P + "return P * len(X)", "constant_factor", "multiplied by the number of rows"),
    ("softmax", P + "return P / X.shape[1]", "constant_factor", "divided by the number of columns"),
    ("softmax", P + "return -P / X.size", "constant_factor", "divided by the number of entries, and its sign"),
    ("softmax", P + "return P * 2", "constant_factor", "multiplied by 2"),
    ("softmax", P + "return P / 255", "constant_factor", "divided by 255"),
    ("softmax", P + "return P * 1.37", "constant_factor", "1.37 times what it should be.*the same number"),
    ("softmax", P + "return P - 1", "constant_offset", "1 is taken away from every value"),
    ("softmax", P + "return P + 0.25", "constant_offset", "0.25 too large.*the same number is added"),
    ("softmax", P + "return P[::-1]", "reversed", "rows come in the opposite order"),
    ("softmax", P + "return P[:, ::-1]", "reversed", "columns come in the opposite order"),
    ("softmax", P + "return np.concatenate([P[1:], P[:1]])", "permuted", "rows come in another order"),
    ("softmax", P + "return P.reshape((1, *P.shape))", "extra_axis", "an axis of length 1 too many"),
    ("softmax", P + "return P.reshape(-1)", "flattened|flattens_single_row", "one long row|as a vector"),
    ("softmax", P + "return P.reshape((*P.shape[::-1], 1))", "other_shape", "in another shape"),
    ("softmax", P + "return P.mean(axis=0)", "averaged", "right values are averaged"),
    ("softmax", P + "return P.astype('int32')", "whole_numbers", "decimals are lost"),
    ("softmax", P + "return np.rint(P * 1000) / 1000", "rounded", "rounded to 3 decimals"),
    ("softmax", P + "return P.astype('float16')", "half_precision", "computed in float16"),
    ("softmax", P + "return X", "another_variable", "simply the argument X"),
    ("softmax", P + "return np.exp(X)", "another_variable", r"simply exp\(X\)"),
    ("softmax", P + "return P.asnumpy()", "wrong_container", "right numbers come back as a NumPy array"),
    ("softmax", P + "return P.asnumpy().tolist()", "wrong_container", "right numbers come back as a Python list"),
    ("softmax", P + "return P,", "stray_comma", "a comma behind the returned value"),
    ("softmax", P + "return E, P", "returns_several", "2 things are returned, where the second one"),
    ("softmax", P + "print(P.sum())", "returns_nothing", "without a return"),
    ("softmax", P + "yield P", "generator_not_run", "a generator is returned"),
    ("softmax", P + "return map(float, P[0])", "generator_not_run", "an iterator is returned"),
    ("softmax", P + "return P.sum", "function_not_called", "a function is returned"),
    ("softmax", P + "return {'P': P}", "wrong_container", "a dict comes back"),
    ("cross_entropy", Q + "return p / np.log(2.0)", "log_base_2", "logarithm has base 2"),
    ("cross_entropy", Q + "return p.reshape((-1, 1)) * np.ones_like(p)", "spread", "each example meets every other"),
    ("cross_entropy", Q + "return float(p[0].item())", "wrong_container", "a plain number comes back"),
    ("accuracy", "return str(3)", "wrong_container", "a text comes back instead of a number"),
]  # fmt: skip


IN_ND = [("softmax", body.replace("np.", "nd."), known, told) for _, body, known, told in SLIPS[:6] + SLIPS[21:29]]
ALL = [("np", *slip) for slip in SLIPS] + [("nd", *slip) for slip in IN_ND]


def inputs_of(name: str, flavour: str) -> tuple[list[tuple[Numbers, ...]], Oracle]:
    """Arguments for an exercise's function, and the truth."""
    draw = rng()
    batches = [draw.normal(size=shape).astype(numpy.float32) for shape in ((4, 3), (3, 3), (1, 5), (2, 10))]
    if name == "softmax":
        return [(X,) for X in batches], softmax
    pairs: list[tuple[Numbers, ...]] = [
        (softmax(X).astype(numpy.float32), draw.integers(0, X.shape[1], len(X)).astype(numpy.int32)) for X in batches
    ]
    return pairs, cross_entropy if name == "cross_entropy" else accuracy


@pytest.fixture(scope="module")
def slips(run_code: RunCode) -> dict[tuple[str, str], CheckFailed]:
    """How each of them fails, all of an exercise in one notebook of each flavour."""
    found = {}
    for flavour, name in dict.fromkeys((flavour, name) for flavour, name, *_ in ALL):
        bodies = [body for in_flavour, of, body, *_ in ALL if (in_flavour, of) == (flavour, name)]
        functions = [
            f"def try_{number}({'X' if name == 'softmax' else 'y_hat, y'}):\n{textwrap.indent(body, '    ')}\n"
            for number, body in enumerate(bodies)
        ]
        every, truth = inputs_of(name, flavour)
        wants = [truth(*args) for args in every]
        with run_code(flavour, name, "\n".join(functions)) as student:
            for number, body in enumerate(bodies):
                results = [getattr(student, f"try_{number}")(*args) for args in every]
                with pytest.raises(CheckFailed) as failed:
                    expect_each(results, wants, oracle=truth, any_number=name == "accuracy")
                found[flavour, body] = failed.value
    return found


@pytest.mark.parametrize(
    ("flavour", "body", "known", "told"),
    [(flavour, body, known, told) for flavour, _, body, known, told in ALL],
    ids=[f"{flavour}: {body.splitlines()[-1]}" for flavour, _, body, _, _ in ALL],
)
def test_a_slip_is_named_for_what_it_is(
    slips: dict[tuple[str, str], CheckFailed], flavour: str, body: str, known: str, told: str
) -> None:
    failed = slips[flavour, body]
    assert failed.misconception is not None, failed
    assert re.fullmatch(known, failed.misconception.name)
    assert re.search(told, f"{failed}\n{failed.misconception.sentence}", re.DOTALL)


def test_a_misconception_of_the_exercise_comes_before_a_slip(grade_body: GradeBody) -> None:
    """The loss without its minus is "negated" as well."""
    checks = grade_body("cross_entropy", Q + "return -p")
    assert checks["values"].misconception == "forgot_minus"


def test_a_misconception_and_a_slip_are_named_together(grade_body: GradeBody) -> None:
    values = grade_body("softmax", "E = np.exp(X)\nreturn -E / E.sum(axis=0)")["values"]
    assert values.misconception == "sums_over_axis_0+negated"
    assert re.search("the sum runs over axis 0.*besides, the sign is turned around", values.message)


def test_one_cause_is_named_in_the_gradient_too(grade_body: GradeBody) -> None:
    checks = grade_body("softmax", "E = np.exp(X)\nreturn E / E.sum(axis=0)")
    assert checks["values"].misconception == checks["gradient"].misconception == "sums_over_axis_0"
    checks = grade_body("cross_entropy", Q + "return p / len(y)")
    assert checks["values"].misconception == checks["gradient"].misconception == "divides_by_batch"


def test_where_the_values_are_wrong_the_later_checks_send_the_student_there(grade_body: GradeBody) -> None:
    checks = grade_body("softmax", P + "return P ** 1.1")
    assert checks["values"].hint.startswith("One row is one example")
    for name in ("gradient", "stable_for_large_logits", "half_precision"):
        assert checks[name].misconception is None
        assert checks[name].hint == WRONG_BEFORE


def test_numbers_that_differ_are_shown_to_differ(grade_body: GradeBody) -> None:
    message = grade_body("softmax", P + "return P - 2e-5")["values"].message
    returned, expected = re.findall(r"(?:returned|expected): (.*)", message)
    assert returned != expected


def test_the_call_is_shown_with_its_arguments_in_the_order_of_the_flavour(grade_body: GradeBody) -> None:
    for flavour, call in (("np", "evaluate_accuracy(net, data_iter)"), ("nd", "evaluate_accuracy(data_iter, net)")):
        message = grade_body("evaluate_accuracy", "return 0.123", flavour)["values"].message
        assert message.startswith(call)


def test_a_check_about_something_else_gives_no_hint_that_leads_astray(grade_body: GradeBody) -> None:
    checks = grade_body("softmax", "return E")
    assert "raised NameError" in checks["leaves_its_input_alone"].message
    assert checks["leaves_its_input_alone"].hint == ""


# -- nothing is named that is not certain


def of_softmax(*pairs: tuple[Numbers, Numbers]) -> str | None:
    evidence = [Evidence((X,), got, softmax(X)) for X, got in pairs]
    known = diagnosis.diagnose(NP.exercise("softmax"), "np", evidence)
    return known.name if known else None


def test_what_two_misconceptions_explain_is_named_only_when_one_is_ruled_out() -> None:
    """With one class the sum down the columns is the sum of the whole matrix."""
    X, Y = rng().normal(size=(3, 1)), rng().normal(size=(3, 4))
    by_column, by_matrix = (numpy.exp(Z) / numpy.exp(Z).sum() for Z in (X, Y))
    assert of_softmax((X, by_column)) is None
    assert of_softmax((X, by_column), (Y, by_matrix)) == "sums_whole_matrix"
    assert of_softmax((X, by_column), (Y, softmax(Y))) is None


def test_what_is_right_on_these_inputs_explains_nothing() -> None:
    """naive_exp equals the truth for small logits: a result that is slightly off is not its doing."""
    X = rng().normal(size=(4, 3))
    assert of_softmax((X, softmax(X) * (1 + 3e-5 * rng().normal(size=X.shape)))) is None


def test_a_row_of_equal_entries_tells_nothing() -> None:
    X = numpy.zeros((2, 3))
    assert of_softmax((X, numpy.full((2, 3), 0.5)), (X, numpy.full((2, 3), 0.5))) is None


def test_one_count_that_fits_is_chance_and_several_are_not() -> None:
    exercise, wrong, draw = NP.exercise("accuracy"), [], rng()
    for n in (5, 6, 7, 8):
        y_hat, y = draw.normal(size=(n, 3)), draw.integers(0, 3, size=n)
        wrong.append(Evidence((y_hat, y), numpy.asarray(float(n)), numpy.asarray(accuracy(y_hat, y))))
    one = diagnosis.diagnose(exercise, "np", wrong[:1])
    several = diagnosis.diagnose(exercise, "np", wrong)
    with_earlier = diagnosis.diagnose(exercise, "np", wrong[:1], earlier=wrong[1:])
    assert one is None
    assert several is not None
    assert with_earlier == several


def test_a_misconception_that_would_have_spoilt_what_was_right_is_none() -> None:
    X, Y = rng().normal(size=(3, 4)), rng().normal(size=(4, 3))
    E = numpy.exp(Y)
    wrong = [Evidence((Y,), E / E.sum(axis=0), softmax(Y))]
    exercise = NP.exercise("softmax")
    known = diagnosis.diagnose(exercise, "np", wrong)
    assert known is not None
    assert known.name == "sums_over_axis_0"
    assert diagnosis.diagnose(exercise, "np", wrong, earlier=[Evidence((X,), softmax(X), softmax(X))]) is None


@pytest.mark.parametrize(
    ("body", "known"),
    [
        ("return softmax(X.reshape((256, -1)))", "batch_of_256"),
        ("E = np.exp(X)\nreturn E / E.sum(axis=1).reshape((256, 1))", "batch_of_256"),
        ("E = np.exp(X)\nreturn E / E.sum(axis=1).reshape((128, 1))", None),
        ("return np.dot(X, X)", None),
    ],
)
def test_an_error_about_other_shapes_is_not_laid_to_a_misconception(
    grade_body: GradeBody, body: str, known: str | None
) -> None:
    values = grade_body("softmax", body)["values"]
    assert " raised MXNetError: " in values.message
    assert values.misconception == known


# -- a small example where nothing is named


def shown(text: str, name: str) -> Numbers:
    """The array that a message shows under that name."""
    found = re.search(rf"^  {name}: *(\[.*?\])$", text, re.MULTILINE | re.DOTALL)
    assert found, text
    return numpy.array(eval(found[1], {"__builtins__": {}}))


def test_an_unknown_mistake_is_shown_on_a_row_of_small_whole_numbers(grade_body: GradeBody) -> None:
    values = grade_body("softmax", P + "return P ** 1.1")["values"]
    X = shown(values.message, "X")
    assert values.misconception is None
    assert "The smallest input found where it goes wrong" in values.message
    assert X.shape == (1, 2)
    assert numpy.array_equal(X, X.round())
    assert numpy.allclose(shown(values.message, "returned"), softmax(X) ** 1.1, atol=1e-3)
    assert numpy.allclose(shown(values.message, "expected"), softmax(X), atol=1e-3)


def test_a_small_example_keeps_to_what_the_function_may_expect(grade_body: GradeBody) -> None:
    """Rows of probabilities, labels within them."""
    values = grade_body("cross_entropy", "return (-np.log(npx.pick(y_hat, y))) ** 1.5")["values"]
    y_hat, y = shown(values.message, "y_hat"), shown(values.message, "y")
    assert y_hat.shape == (1, 2)
    assert y_hat.sum() == 1
    assert 0 <= y[0] < 2
    assert numpy.allclose(shown(values.message, "expected"), -numpy.log(y_hat[0, y]), atol=1e-3)


def test_a_mistake_that_takes_several_rows_is_shown_on_several(grade_body: GradeBody) -> None:
    body = P + "return P if len(X) < 2 else P ** 1.1"
    X = shown(grade_body("softmax", body)["values"].message, "X")
    assert len(X) == 2


@pytest.mark.parametrize("trap", ["import os; os._exit(1)", "while True: pass"], ids=["crash", "endless"])
def test_looking_for_an_example_changes_no_outcome(grade_body: GradeBody, trap: str) -> None:
    """No check uses a single row of three; only the search for an example does."""
    body = P + "{}\nreturn P ** 1.1"
    plain = grade_body("softmax", body.format(""), timeout=5)
    trapped = grade_body("softmax", body.format(f"if X.shape == (1, 3):\n    {trap}"), timeout=5)
    outcomes = [[(c.name, c.outcome, c.score) for c in checks.values()] for checks in (plain, trapped)]
    assert outcomes[0] == outcomes[1]
    assert "smallest input" not in trapped["values"].message


def test_a_slow_function_is_not_called_again(grade_body: GradeBody) -> None:
    body = P + "import time; time.sleep(0.15)\nreturn P ** 1.1"
    started = time.monotonic()
    values = grade_body("softmax", body, timeout=1.0)["values"]
    assert "smallest input" not in values.message
    assert time.monotonic() - started < 10


def test_numbers_are_shown_and_asked_for_as_such(run_code: RunCode) -> None:
    X = numpy.array([1.0, 2.0], numpy.float32)
    with run_code("np", "softmax", "def softmax(X, lam=1.0):\n    return X * lam") as student:
        result = student.softmax(X, 0.5)
        result = replace(result, exercise=replace(result.exercise, signature="softmax(X, lam=1.0)"))
        with pytest.raises(CheckFailed, match=r"shape \(2,\); it must be a number\.") as failed:
            expect(result).close_to(1.5, any_number=True)
    assert re.search(r"^  lam: +0\.5$", str(failed.value), re.MULTILINE)


# -- errors in plain words

# Flavours, an expression of X (5, 3), y (5,) int32, M (3, 4), v (3,), and what the student reads.
ERRORS: list[tuple[str, str, str]] = [
    ("np nd", "X - X.max(axis=1)", r"\(5, 3\) and \(5,\) do not fit together.*keepdims=True"),
    ("np nd", "X.max(axis=1) - X", r"\(5,\) and \(5, 3\) do not fit together.*keepdims=True"),
    ("np nd", "X[:4] + X", r"\(4, 3\) and \(5, 3\) do not fit together: compared from the right"),
    ("nd", "X.__setitem__(slice(None), M)", r"values of shape \(3, 4\) do not fit into shape \(5, 3\)"),
    ("np", "X.__setitem__(slice(None), M)", r"values of shape \(3, 4\) do not fit into shape \(5, 3\)"),
    ("nd", "A.broadcast_to(X, (5, 4))", r"shape \(5, 3\) cannot be spread to shape \(5, 4\)"),
    ("np nd", "X[list(range(3)), y]", r"two indices have the shapes \(3,\) and \(5,\)"),
    ("np nd", "X.asnumpy()[range(3), [0, 1, 2, 0, 1]]", r"two indices have the shapes \(3,\) and \(5,\)"),
    ("np nd", "X.asnumpy() - X.asnumpy().max(axis=1)", r"\(5, 3\) and \(5,\) do not fit together.*keepdims=True"),
    ("nd", "A.dot(X, X)", r"no matrix product of shapes \(5, 3\) and \(5, 3\)"),
    ("np", "A.dot(X, X)", r"shape \(5, 3\) stands where one of shape \(any, 5\) is needed: in a matrix product"),
    ("np", "A.dot(X.reshape((5, 1, 1, 3)), X)", r"shape \(5, 1, 1, 3\) stands where one of shape \(…, 5\) is needed"),
    ("np nd", "numpy.dot(X.asnumpy(), X.asnumpy())", r"no matrix product of shapes \(5, 3\) and \(5, 3\)"),
    ("np nd", "X.asnumpy() @ X.asnumpy()", "as many columns in the first as rows in the second"),
    ("np", "npx.pick(X, y[:3])", r"shape \(3,\) stands where one of shape \(5,\) is needed: one label goes with each"),
    ("nd", "nd.pick(X, y[:3])", r"shape \(3,\) stands where one of shape \(5,\) is needed: one label goes with each"),
    ("np nd", "X.reshape((-1, 784))", r"15 numbers cannot be put into the shape \(-1, 784\)"),
    ("nd", "X.reshape((4, 4))", "15 numbers cannot fill a shape of 16"),
    ("np nd", "X.squeeze(axis=1)", "squeeze drops axes of length 1 only, and this one has length 3"),
    ("np", "A.concatenate([X, M])", r"must agree in all axes but one: this one is \(3, 4\), and \(-1, 3\) is needed"),
    ("nd", "A.concat(X, M, dim=0)", r"must agree in all axes but one: this one is \(3, 4\), and \(-1, 3\) is needed"),
    ("np", "A.stack([X, M])", "stacked must all have the same shape"),
    ("nd", "A.stack(X, M)", "stacked must all have the same shape"),
    ("np nd", "A.where(X > 0.5, X, M)", "the three arrays of where do not fit together"),
    ("np", "A.transpose(X, (0, 1, 2))", r"axes \(0, 1, 2\) are named for an array of shape \(5, 3\)"),
    ("np nd", "X.sum(axis=2)", r"no axis 2 in an array of shape \(5, 3\)"),
    ("np nd", "v.sum(axis=1)", r"no axis 1 in an array of shape \(3,\)"),
    ("nd", "X.argmax(axis=2)", "no axis 2: the number of axes is 2"),
    ("np nd", "X.swapaxes(0, 2)", "no axis 2: the number of axes is 2"),
    ("np nd", "X.asnumpy().sum(axis=2)", "no axis 2: the number of axes is 2"),
    ("np", "v.max(axis=1, keepdims=True)", "no axis 1: the number of axes is 1"),
    ("np nd", "A.expand_dims(X, axis=4)", "no axis 4 in this array"),
    ("np nd", "A.take(X, y, axis=3)", "the axis is larger than the array has"),
    ("np nd", "X[0, 0, 0]", "3 indices for an array with 2 axes"),
    ("np nd", "X.asnumpy()[0, 0, 0]", "3 indices for an array with 2 axes"),
    ("np nd", "X[7]", "no index 7 along axis 0: it has 5 entries, 0 to 4"),
    ("np nd", "A.log(X[range(5), y + 5])", "no index 6 along axis 1: it has 3 entries, 0 to 2"),
    ("np nd", "A.take(X, A.array([9]), axis=0, mode='raise')", "an index does not exist"),
    ("np nd", "X[1.0]", "an index must be a whole number, and 1.0 is a float"),
    ("np nd", "[1, 2, 3][y[0]]", "a Python list takes no array as its index"),
    ("np nd", "range(y[0])", "a Python whole number is needed, and this is of type (NDA|nda)rray"),
    ("np nd", "X.shape[2]", "the array has fewer axes than that"),
    ("np nd", "().__getitem__(2)", "raised IndexError: tuple index out of range"),
    ("np", "X.argmax(axis=1) == y", r"one array is int64, the other int32 \(argmax gives int64\).*astype\('int32'\)"),
    ("nd", "X.argmax(axis=1) == y", r"float32, the other int32 \(argmax gives float32\).*astype\('float32'\)"),
    ("np nd", "A.dot(X, M.astype('float64'))", r"one array is float32, the other float64.*astype\('float32'\)"),
    ("np nd", "A.dot(X.astype('float16'), M.astype('float16'))", "for float32 and float64 only"),
    ("np", "mxnet.nd.log(X)", "a function of mxnet.nd met an mxnet.np array.*Use np.log or npx.log"),
    ("np", "mxnet.nd.ones(3) + X", "a function of mxnet.nd met an mxnet.np array.*arrays on both sides"),
    ("nd", "mxnet.np.log(X)", "a function of mxnet.np met an NDArray.*Use nd.log"),
    ("nd", "mxnet.np.ones(3) + X", "mxnet.np, mxnet.nd and NumPy do not mix"),
    ("np nd", "X * numpy.ones((5, 3))", "an MXNet array met a NumPy array"),
    ("np nd", "X == [1, 2, 3]", "an MXNet array and a list cannot be combined"),
    ("np nd", "X * X.grad", "something here is None.*attach_grad"),
    ("np nd", "0.1 * X.grad", "something here is None.*attach_grad"),
    ("np nd", "X.grad[:]", "something here is None.*attach_grad"),
    ("nd", "X @ M", r"an NDArray has no @; nd.dot\(A, B\)"),
    ("np nd", "1 if X > 0 else 0", "if, and, or, not and max need one True or False"),
    ("np nd", "X.asnumpy() > 0 and 1", "if, and, or, not and max need one True or False"),
    ("nd", "float(X.sum())", r"float\(\) takes no NDArray; .asscalar\(\)"),
    ("np", "float(X)", "more than one entry is no single number"),
    ("nd", "X.asscalar()", "more than one entry is no single number"),
    ("np", "X.item()", "more than one entry is no single number"),
    ("nd", "math.exp(X)", "Python's math takes single numbers"),
    ("nd", "numpy.exp(X)", "NumPy's functions cannot read an NDArray"),
    ("np nd", "A.mean([1, 2])", "an MXNet array is needed here, and this is a list"),
    ("nd", "A.exp(3)", "an MXNet array is needed here, and this is a plain number"),
    ("nd", "A.stack([X, X])", r"one by one, with a star: nd.stack\(\*arrays\)"),
    ("nd", "A.array([X, X])", "for a list of NDArrays there is nd.stack"),
    ("np", "A.array([[1, 2], [3]])", "rows of equal length"),
    ("np nd", "math.log(0)", "a logarithm or root of a number that has none"),
    ("np nd", "math.exp(1000)", "too large for a number"),
    ("np nd", "X.sum(dim=1)", "no argument dim; MXNet calls it axis"),
    ("np nd", "A.sum(X, axis=1, keepdim=True)", "no argument keepdim; MXNet calls it keepdims"),
    ("np", "A.exp(X, axis=1)", "exp has no argument axis"),
    ("np", "X.sum().asscalar()", r"no .asscalar: use .item\(\)"),
    ("nd", "X.sum().item()", r"no .item: use .asscalar\(\)"),
    ("np", "X.exp()", r"no .exp: use np.exp"),
    ("np nd", "X.unsqueeze(1)", "no .unsqueeze: use .expand_dims"),
    ("np nd", "X.nope", r"an MXNet array has no .nope$"),
    ("np", "A.pick(X, y)", "there is no np.pick: use npx.pick"),
    ("np nd", "A.random.permutation(5)", "there is no (np|nd).random.permutation: use random.shuffle"),
    ("np nd", "A.dot(X)", "dot takes 2 arrays, and gets 1"),
    ("nd", "A.one_hot(y)", "one_hot needs its argument depth"),
    ("nd", "A.zeros((5.0, 3))", r"the argument shape cannot be \(5.0, 3\)"),
    ("np nd", "A.zeros(5, 3)", "an argument stands in the wrong place: a shape is one tuple"),
    ("np nd", "X.shape(0)", ".shape and .size are values: write them without parentheses"),
    ("np nd", "X(0)", "an array is called like a function"),
    ("np nd", "2(3)", "a value of type int is called like a function"),
    ("np nd", "unbound()", "z is read before it has a value"),
    ("np nd", "mx.nd", "mx is not defined: nothing in the notebook has imported it"),
    ("np nd", "in_place(X)", r"changed in place \(-=, \[:\] =\); make a new array"),
    ("np", "own_function(X)", r"the backward of an autograd\.Function fails"),
    ("nd", "joined(X)", "nd.concatenate fills a new array piece by piece"),
    ("np nd", "(X * 1).backward()", "nothing is recorded that backward could follow"),
    ("np nd", "A.zeros((100000, 1000000))", "more than 2,147,483,647 numbers"),
    ("np nd", "mxnet.gluon.nn.Dense(10)(X)", r"before its initialize\(\)"),
    ("np nd", "again(0)", "calls itself again and again"),
    ("np nd", "input()", "nobody can give while grading"),
    ("np nd", "__import__('torch')", "there is no package torch where notebooks are graded"),
    ("nd", "A.linalg_gemm2(X, X)", "raised MXNetError: Incompatible matrix dimensions for multiplication"),
    ("nd", "X[3:10, 5:]", "MXNet refuses this operation on these arrays"),
]  # fmt: skip

HELPERS = """
import math, mxnet, numpy
A = {flavour}
M, v = A.ones((3, 4)), A.ones(3)
def unbound(): return (z, (z := 1))
def again(n): return again(n + 1)
def in_place(X):
    X.attach_grad()
    with autograd.record():
        X -= 1
def joined(X):
    X.attach_grad()
    with autograd.record():
        return A.concatenate([X, X * 1], axis=1)
class Square(autograd.Function):
    def forward(self, X):
        self.save_for_backward(X)
        return X * X
    def backward(self, head):
        return 2 * self.saved_tensors[0] * head
def own_function(X):
    X.attach_grad()
    with autograd.record():
        Y = Square()(X)
    Y.backward()
    return X.grad.asnumpy()
"""


@pytest.fixture(scope="module")
def failures(run_code: RunCode) -> dict[tuple[str, str], wire.Failure]:
    """What comes of every expression above, in a function of a student's, in a slot."""
    X, y = rng().uniform(size=(5, 3)).astype(numpy.float32), numpy.array([0, 1, 2, 0, 1], numpy.int32)
    found = {}
    for flavour in notebooks.ASSIGNMENTS:
        tried = [expression for flavours, expression, _ in ERRORS if flavour in flavours.split()]
        functions = [f"def try_{number}(X, y):\n    return {expression}\n" for number, expression in enumerate(tried)]
        code = HELPERS.format(flavour=flavour) + "\n".join(functions)
        with run_code(flavour, "cross_entropy", code) as student:
            for number, expression in enumerate(tried):
                call = wire.Call(f"try_{number}", [wire.Array.of(X), wire.Array.of(y)])
                failure = student.channel.ask(call).failure
                assert failure is not None, (flavour, expression)
                found[flavour, expression] = failure
    return found


@pytest.mark.parametrize(
    ("flavour", "expression", "told"),
    [(flavour, expression, told) for flavours, expression, told in ERRORS for flavour in flavours.split()],
)
def test_an_error_is_told_in_plain_words_with_the_students_line(
    failures: dict[tuple[str, str], wire.Failure], flavour: str, expression: str, told: str
) -> None:
    text = describe_failure(failures[flavour, expression])
    first, _, line = text.partition("\n")
    assert re.search(told, first), text
    assert line.startswith("  line ")
    for inner in ("Check failed", "Traceback", "src/", "MXNetError: MXNetError"):
        assert inner not in text
    if expression not in ("unbound()", "again(0)", "in_place(X)", "joined(X)", "own_function(X)"):
        assert expression in line


def test_every_translation_was_provoked(failures: dict[tuple[str, str], wire.Failure]) -> None:
    messages = [failure.message for failure in failures.values()]
    first = {next((p for p, _ in translations.TABLE if re.search(p, message)), None) for message in messages}
    left = [pattern for pattern, _ in translations.TABLE if pattern not in first]
    assert left == [pattern for pattern, _ in translations.TABLE if "bad_alloc" in pattern]
