"""The class that ``grader demo`` makes up: correct work in several styles, misconceptions, accidents."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from grader.course.course import Course

NP, ND = "softmax-regression", "softmax-regression-nd"

# What each student wrote instead of the solution, by cell; None: the stub as it was released.
_Work = Mapping[str, str | None]

_NAIVE = """def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(axis=1, keepdims=True)"""

_STYLES: dict[str, tuple[str, _Work]] = {
    "ada": (NP, {}),
    "ben": (NP, {
        "softmax": '''def softmax(X):
    def one_row(x):
        e = np.exp(x - x.max())
        return e / e.sum()
    return np.stack([one_row(x) for x in X])''',
        "cross_entropy": '''def cross_entropy(y_hat, y):
    p = np.stack([row[int(k)] for row, k in zip(y_hat, y)])
    return -np.log(p + 1e-12)''',
    }),
    "carla": (ND, {}),
    "dmitri": (ND, {
        "data_iter": '''def data_iter(batch_size, features, labels):
    order = np.random.permutation(len(features))
    batches = []
    for i in range(0, len(order), batch_size):
        idx = nd.array(order[i:i + batch_size])
        batches.append((features.take(idx), labels.take(idx)))
    print(len(batches), "batches")
    return batches''',
        "sgd": '''def sgd(params, lr, batch_size):
    for i in range(len(params)):
        params[i][:] = params[i] - lr / batch_size * params[i].grad''',
    }),
}  # fmt: skip

_MISCONCEPTIONS: dict[str, tuple[str, _Work]] = {
    "emma": (NP, {"softmax": _NAIVE}),
    "farid": (NP, {"softmax": '''def softmax(X):
    X_exp = np.exp(X - X.max())
    return X_exp / X_exp.sum(axis=0, keepdims=True)'''}),
    "greta": (NP, {"softmax": '''def softmax(X):
    X_exp = np.exp(X)
    return X_exp / X_exp.sum(axis=1)'''}),
    "hugo": (NP, {"softmax": '''def softmax(X):
    return npx.softmax(X)'''}),
    "ines": (NP, {"cross_entropy": '''def cross_entropy(y_hat, y):
    return -np.log(y_hat[range(len(y_hat)), y]).mean()'''}),
    "jonas": (NP, {"cross_entropy": '''def cross_entropy(y_hat, y):
    return -np.log(y_hat[:, y])'''}),
    "kim": (NP, {"accuracy": '''def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=0).astype('float32') == y.astype('float32')).sum())'''}),
    "lena": (ND, {"evaluate_accuracy": '''def evaluate_accuracy(data_iter, net):
    accs = [accuracy(net(X), y) for X, y in data_iter]
    return float(sum(accs) / len(accs))'''}),
    "mo": (ND, {"sgd": '''def sgd(params, lr, batch_size):
    for param in params:
        param = param - lr * param.grad / batch_size'''}),
    "nora": (ND, {"sgd": '''def sgd(params, lr, batch_size):
    for param in params:
        param[:] = param - lr * param.grad'''}),
    "omar": (ND, {"data_iter": '''def data_iter(batch_size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    for i in range(0, len(order) - batch_size + 1, batch_size):
        idx = nd.array(order[i:i + batch_size])
        yield features.take(idx), labels.take(idx)'''}),
    "paula": (ND, {"data_iter": '''def data_iter(batch_size, features, labels):
    for i in range(0, len(features), batch_size):
        yield features[i:i + batch_size], labels[i:i + batch_size]'''}),
}  # fmt: skip

_ACCIDENTS: dict[str, tuple[str, _Work]] = {
    "quinn": (NP, {
        "train": None,
        "sgd": None,
        "evaluate_accuracy": None,
        "question-underflow": None,
        "question-medical": "It is not: a wrong answer can do great harm, and how much depends on which one it is.",
        "question-vocabulary": None,
    }),
    "rosa": (NP, {"accuracy": '''def accuracy(y_hat, y):
    while True:
        pass'''}),
    "sven": (ND, {"net": '''import os
def net(X):
    os._exit(1)'''}),
    "tara": (ND, {"softmax": '''def sotfmax(X):
    e = nd.exp(X - X.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)'''}),
    "ugo": (NP, {"cross_entropy": '''def cross_entropy(y_hat, y):
    print "loss", y
    return -np.log(npx.pick(y_hat, y))'''}),
}  # fmt: skip

STUDENTS: dict[str, tuple[str, _Work]] = {**_STYLES, **_MISCONCEPTIONS, **_ACCIDENTS}
BROKEN = ("vera", NP, '{"cells": [{"cell_type": "code", "source": "def softm')


def make_class(course: Course, folder: Path) -> Path:
    """Write the class's notebooks in nbgrader's layout below `folder`; gives the folder submitted/."""
    submitted = folder / "submitted"
    read = {name: nbformat.read(course.root / "solutions" / name / f"{name}.ipynb", 4) for name in (NP, ND)}
    stubs = {name: nbformat.read(course.root / "assignments" / name / f"{name}.ipynb", 4) for name in (NP, ND)}
    for student, (assignment, work) in STUDENTS.items():
        notebook = copy.deepcopy(read[assignment])
        for grade_id, source in work.items():
            _cell(notebook, grade_id).source = source or _cell(stubs[assignment], grade_id).source
        _write(submitted / student / assignment / f"{assignment}.ipynb", nbformat.writes(notebook))
    student, assignment, text = BROKEN
    _write(submitted / student / assignment / f"{assignment}.ipynb", text)
    return submitted


def _cell(notebook: Any, grade_id: str) -> Any:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == grade_id)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
