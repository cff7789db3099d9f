"""An answer that has nothing to do with the question earns nothing: constants, the argument itself, None."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.judging.report import Report, SubmissionReport
from tests import notebooks

ANSWERS = {
    "constants": {
        "softmax": "return np.zeros_like(X)",
        "cross_entropy": "return np.zeros(len(y))",
        "accuracy": "return 0",
        "evaluate_accuracy": "return 0.5",
        "sgd": "pass",
        "data_iter": "yield features[:batch_size], labels[:batch_size]",
        "net": "return np.ones((len(X), 10)) / 10",
        "train": "return [(0.5, 0.8)] * num_epochs",
    },
    "arguments": {
        "softmax": "return X * 1",
        "cross_entropy": "return y_hat[:, 0] * 1",
        "accuracy": "return len(y)",
        "evaluate_accuracy": "return 1.0",
        "sgd": "for param in params: param[:] = 0",
        "data_iter": "yield features, labels",
        "net": "return np.dot(X.reshape((-1, 784)), W)",
        "train": "return [(2.3, 0.1) for _ in range(num_epochs)]",
    },
    "almost": {
        "softmax": "return np.ones_like(X) / X.shape[1] + 0 * X",
        "cross_entropy": "return -np.log(y_hat).sum(axis=1)",
        "accuracy": "return 1.0",
        "evaluate_accuracy": "return sum(0.1 for X, y in data_iter if net(X) is not None) and 0.1",
        "sgd": "for param in params: param[:] = param - param.grad",
        "data_iter": "return []",
        "net": "return softmax(np.dot(np.zeros((len(X), 784)), W))",
        "train": "return []",
    },
}


@pytest.mark.parametrize("flavour", ["np", "nd"])
@pytest.mark.parametrize("answers", ANSWERS.values(), ids=ANSWERS)
def test_a_trivial_answer_earns_nothing(
    try_notebook: Callable[..., Report], flavour: str, answers: dict[str, str]
) -> None:
    heads = {name: notebooks.cell(notebooks.solution(flavour), name).source.splitlines()[0] for name in answers}
    cells = {name: f"{heads[name]}\n    {body.replace('np.', f'{flavour}.')}" for name, body in answers.items()}
    report = try_notebook(notebooks.with_cells(flavour, **cells), timeout=30)
    assert isinstance(report, SubmissionReport)
    earned = {
        (exercise.name, check.name): check.score
        for exercise in report.exercises
        for check in exercise.checks
        if check.score
    }
    assert earned == {}
