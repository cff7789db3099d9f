"""Wrong versions of any function that computes with MXNet; `KNOWN` by the exception that they end with."""

from __future__ import annotations

from grader.diagnosis.misconception import Misconception

CHANGES_WHILE_RECORDING = Misconception(
    "changes_while_recording",
    "an array is changed in place, by -=, /=, [:] = or a function that does so, while autograd records: the gradient "
    "needs what it held before",
    "Make a new array instead, even of a copy: E = E / s and not E /= s.",
)
TORCH_HABITS = Misconception(
    "torch_habits",
    "an array is used as in PyTorch: MXNet says axis for dim, keepdims for keepdim, and has other methods",
    "MXNet's np works like NumPy.",
)
FUNCTION_AS_METHOD = Misconception(
    "function_as_method",
    "a function is called as if it were a method of the array",
    "np.exp(X) and np.log(X) are functions.",
    flavour="np",  # an NDArray has such methods
)
MISSPELT_NAME = Misconception(
    "misspelt_name",
    "a name is used that nothing has been given, by a slip of the pen for example",
    "Compare the name in the message with those in your cell, letter by letter.",
)
RETURNS_AN_ARRAY = Misconception(
    "returns_an_array",
    "an array with one element is returned instead of the number in it",
    ".asscalar() gives the number of an NDArray, float(…) that of an mxnet.np array.",
)

KNOWN = [CHANGES_WHILE_RECORDING, TORCH_HABITS, FUNCTION_AS_METHOD, MISSPELT_NAME]
FAILURES = (
    (r"already in a computational graph|[Ii]nplace operations.*recording", CHANGES_WHILE_RECORDING),
    (r"(keyword argument|find argument) '(dim|keepdim)'|(dim|keepdim) is an invalid keyword", TORCH_HABITS),
    (r"has no attribute '?(gather|unsqueeze|view|scatter_|item_|numpy)\b", TORCH_HABITS),
    (r"ndarray'? (object )?has no attribute '?(exp|log|maximum|dot)\b", FUNCTION_AS_METHOD),
    (r"^NameError", MISSPELT_NAME),
)
