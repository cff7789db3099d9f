"""softmark: an autograding exercise kit for the linear-networks chapter of *Dive into Deep Learning* in MXNet.

A notebook makes one call, ``check("softmax")``. Importing this package also makes ``import mxnet`` possible:
MXNet 1.9.1, the last release, still says ``numpy.bool``, a name that NumPy 1.24 removed.
"""

from __future__ import annotations

import numpy

__version__ = "0.1.0"
__all__ = ["check"]

vars(numpy).setdefault("bool", bool)


def check(exercise: str) -> None:
    """Try the function of that name, as this notebook defines it now, and show what its checks say.

    Raises nothing for a wrong answer; `ValueError` for a name that is no exercise. For nbgrader validate the cell
    fails where the table shows a lost point. While a submission is being graded the call does nothing: the grader runs
    the same checks from outside.
    """
    from grader.selfcheck import check_in_notebook

    check_in_notebook(exercise)
