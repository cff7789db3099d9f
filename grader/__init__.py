"""softmark: an autograding exercise kit for the linear-networks chapter of *Dive into Deep Learning* in MXNet.

A notebook says once which assignment it is, ``check = checks("softmax-regression")``, and then ``check("softmax")``.
Importing this package also makes ``import mxnet`` possible: MXNet 1.9.1, the last release, still says ``numpy.bool``, a
name that NumPy 1.24 removed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy

__version__ = "0.1.0"
__all__ = ["check", "checks"]

vars(numpy).setdefault("bool", bool)


def checks(assignment: str) -> Callable[[str], None]:
    """The function ``check`` of a notebook: ``check("softmax")`` tries the function of that name, as it is now.

    It shows what the exercise's checks say, and raises nothing for a wrong answer; `ValueError` for a name that is no
    assignment, or no exercise of it. For nbgrader validate the cell fails where the table shows a lost point. While a
    submission is being graded the call does nothing: the grader runs the same checks from outside.
    """
    from grader.judging.selfcheck import Notebook

    return Notebook(assignment).check


def check(exercise: str) -> None:
    """As ``checks``, for a notebook that has not said which assignment it is: the one that has an exercise so called.

    Raises `ValueError` where several have one.
    """
    from grader.judging.selfcheck import Notebook

    Notebook.with_exercise(exercise).check(exercise)
