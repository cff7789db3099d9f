"""What MXNet's and Python's errors mean to somebody who writes these functions: patterns, and plain words for them.

Each pattern was seen in a real message of MXNet 1.9.1 (or of Python or NumPy); tests/test_diagnosis.py provokes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from grader.sandbox import wire

# A shape as MXNet ([5,3]) or Python ((5, 3)) writes it.
_SHAPE = r"([\[(][-\d, ]*[\])])"
_ARRAY = r"(?:NDArray|ndarray)"

# Names from PyTorch, NumPy or the book's other edition, and what this library has instead.
_INSTEAD = {
    "asscalar": ".item()", "item": ".asscalar()", "numpy": ".asnumpy()", "tolist": ".asnumpy().tolist()",
    "view": ".reshape(…)", "unsqueeze": ".expand_dims(axis=…)", "size": ".shape", "numel": ".size", "t": ".T",
    "clone": ".copy()", "float": ".astype('float32')", "long": ".astype('int64')", "int": ".astype('int32')",
    "double": ".astype('float64')", "clamp": ".clip(…)", "eq": "==", "zero_": "[:] = 0", "fill_": "[:] = …",
    "gather": "picking with indices: X[rows, columns]", "exp": "np.exp(…)", "log": "np.log(…)",
    "dot": "nd.dot(…)", "matmul": "dot(…)", "data": "the array itself, or param[:] = …",
    "requires_grad": ".attach_grad()", "requires_grad_": ".attach_grad()", "append": "a Python list, or concatenate",
    "softmax": "npx.softmax(…)", "log_softmax": "npx.log_softmax(…)",
}  # fmt: skip
_MODULE_INSTEAD = {
    "pick": "npx.pick(…), or y_hat[rows, labels]", "one_hot": "npx.one_hot(…)", "softmax": "npx.softmax(…)",
    "log_softmax": "npx.log_softmax(…)", "relu": "npx.relu(…)", "permutation": "random.shuffle(…) on a list of indices",
    "choice": "Python's random.sample(…)", "logsumexp": "log, sum and exp", "tensor": "array(…)", "cat": "concatenate",
}  # fmt: skip
_KEYWORDS = {"dim": "axis", "keepdim": "keepdims", "input": "the array as first argument"}

Meaning = str | Callable[["re.Match[str]", str], str]


def _size_to_range(found: re.Match[str], line: str) -> str:
    index, axis, size = found.groups()
    return f"there is no index {index} along axis {axis}: it has {size} entries, 0 to {int(size) - 1}"


def _shapes_inconsistent(found: re.Match[str], line: str) -> str:
    text = (
        f"an array of shape {_shape(found[1])} stands where one of shape {_shape(found[2], any_length='any')} is needed"
    )
    if re.search(r"dot\(|@|matmul", line):
        return f"{text}: in a matrix product the first has as many columns as the second has rows"
    if re.search(r"pick\(|[Ll]oss", line):
        return f"{text}: one label goes with each row, or, along axis 0, with each column"
    return text


def _dtypes_differ(found: re.Match[str], line: str) -> str:
    text = f"MXNet does not mix dtypes here: one array is {found[1]}, the other {found[2]}"
    if "argmax" in line:
        text += f" (argmax gives {'int64' if 'int64' in found.groups() else 'float32'})"
    alike = "float32" if "float" in found[1] + found[2] else found[2]
    return f"{text}. Make them alike with .astype('{alike}')"


def _no_attribute(found: re.Match[str], line: str) -> str:
    name = found[1]
    instead = f": use {_INSTEAD[name]}" if name in _INSTEAD else ""
    return f"an MXNet array has no .{name}{instead}"


def _no_function(found: re.Match[str], line: str) -> str:
    module, name = found[1].replace("numpy", "np", 1).replace("ndarray", "nd", 1), found[2]
    instead = f": use {_MODULE_INSTEAD[name]}" if name in _MODULE_INSTEAD else ""
    return f"there is no {module}.{name}{instead}"


def _unknown_keyword(found: re.Match[str], line: str) -> str:
    name = found[1] or found[2]
    return f"there is no argument {name}" + (f"; MXNet calls it {_KEYWORDS[name]}" if name in _KEYWORDS else "")


def _legacy_operator(found: re.Match[str], line: str) -> str:
    name = found[1]
    new = f"np.{name} or npx.{name}" if not name.startswith("broadcast_") else "mxnet.np arrays on both sides"
    return f"a function of mxnet.nd met an mxnet.np array; the two kinds do not mix. Use {new}"


def _not_combined(found: re.Match[str], line: str) -> str:
    kind = found[1]
    if kind == "NoneType":
        return _NONE
    if "mxnet" in kind:
        return "an MXNet array met one of another kind: mxnet.np, mxnet.nd and NumPy do not mix. Make both the same"
    if kind == "numpy.ndarray":
        return "an MXNet array met a NumPy array. Turn the one into the other first, with array(…) or .asnumpy()"
    return f"an MXNet array and a {kind} cannot be combined. Make an array of it first, with array(…)"


def _no_array(found: re.Match[str], line: str) -> str:
    kind = {"[": "a list", "(": "a tuple", "<": "none"}.get(
        found[1], "a plain number" if found[1].isdigit() else "none"
    )
    if kind == "a list" and (name := re.search(r"\b(stack|concat)\(", line)):
        return f"nd.{name[1]} takes the arrays of a list one by one, with a star: nd.{name[1]}(*arrays)"
    return f"an MXNet array is needed here, and this is {kind}"


def _not_callable(found: re.Match[str], line: str) -> str:
    if re.search(r"\.(shape|size)\(", line):
        return ".shape and .size are values: write them without parentheses"
    if "ndarray" in found[1].lower():
        return "an array is called like a function: indices stand in [ ], and a product needs its *"
    return f"a value of type {found[1]} is called like a function: is a * missing, or is its name a function's as well?"


def _changed_in_place(found: re.Match[str], line: str) -> str:
    if "concatenate(" in line:
        return "nd.concatenate fills a new array piece by piece, which autograd cannot follow: use nd.concat(*arrays)"
    return "an array that takes part in the gradient is changed in place (-=, [:] =); make a new array instead"


def _no_entry(found: re.Match[str], line: str) -> str:
    if ".shape" in line:
        return "the array has fewer axes than that: .shape has one entry for each axis"
    return found[0]


_NONE = "something here is None: what a function without return gives, or .grad of an array without attach_grad()"
_AXES = "there is no axis {0}: the number of axes is {1}, and they are counted from 0"
_PRODUCT = (
    "there is no matrix product of shapes {0} and {1}: the first must have as many columns as the second has rows"
)
_PAIRS = "two indices have the shapes {0} and {1}; they go in pairs, so there must be as many of one as of the other"
_FIT = "do not fit together"
_KEEP = "sum, max and mean drop the axis that they run over, unless they are told keepdims=True"
_RECORD = "compute the loss inside autograd.record(), from parameters with attach_grad(), and call backward once"

TABLE: tuple[tuple[str, Meaning], ...] = (
    # shapes
    (r"with shapes ([\[(](\d+), ?\d+[\])]) ([\[(]\2,?[\])])", f"arrays of the shapes {{0}} and {{2}} {_FIT}: {_KEEP}"),
    (r"with shapes ([\[(](\d+),?[\])]) ([\[(]\2, ?\d+[\])])", f"arrays of the shapes {{0}} and {{2}} {_FIT}: {_KEEP}"),
    (rf"remapped shapes.*?: {_SHAPE} and requested shape {_SHAPE}", "values of shape {0} do not fit into shape {1}"),
    (rf"indexing arrays could not be broadcast together with shapes {_SHAPE} {_SHAPE}", _PAIRS),
    (rf"with shapes {_SHAPE} {_SHAPE}",
     f"arrays of the shapes {{0}} and {{1}} {_FIT}: compared from the right, lengths must be equal, or one of them 1"),
    (rf"shape {_SHAPE} is not broadcastable to {_SHAPE}", "values of shape {0} do not fit into shape {1}"),
    (rf"cannot be broadcasted from {_SHAPE} to {_SHAPE}", "an array of shape {0} cannot be spread to shape {1}"),
    (rf"shape1={_SHAPE} is not broadcastable to shape2={_SHAPE}", _PAIRS),
    (rf"dot shape error: {_SHAPE} X {_SHAPE}", _PRODUCT),
    (rf"shapes {_SHAPE} and {_SHAPE} not aligned", _PRODUCT),
    (r"mismatch in its core dimension", "a matrix product needs as many columns in the first as rows in the second"),
    (rf"Shape inconsistent, Provided = {_SHAPE}, inferred shape={_SHAPE}", _shapes_inconsistent),
    (rf"(?i)cannot reshape array of size (\d+) into shape {_SHAPE}", "{0} numbers cannot be put into the shape {1}"),
    (r"shape_\.Size\(\) >= shape\.Size\(\) \((\d+) vs\. (\d+)\)", "{0} numbers cannot fill a shape of {1}"),
    (r"squeeze out which has size=(\d+)", "squeeze drops axes of length 1 only, and this one has length {0}"),
    (rf"Incompatible input shape: expected {_SHAPE}, got {_SHAPE}",
     "arrays that are joined must agree in all axes but one: this one is {1}, and {0} is needed"),
    (r"new and old shape do not match total elements", "arrays that are stacked must all have the same shape"),
    (r"Operands could not be broadcast together\.|Operator where inferring", f"the three arrays of where {_FIT}"),
    (rf"The number of axes does not match the dimension of the tensor\. axes = {_SHAPE}, input tensor shape = {_SHAPE}",
     "axes {0} are named for an array of shape {1}: it needs each of its axes once"),
    # axes and indices
    (rf"Reduction axis \[?(-?\d+)\]? Exceeds input dimensions {_SHAPE}",
     "there is no axis {0} in an array of shape {1}; axes are counted from 0"),
    (r"axis (-?\d+) (?:exceeds the input dimension of|is out of bounds for array of n?dim(?:ension)?) (\d+)", _AXES),
    (r"index = (\d+) must be in range \[0, (\d+)\)", _AXES),
    (r"axis must be in the range \[.*?\] \((-?\d+) provided\)", "there is no axis {0} in this array"),
    (r"Axis should be in the range of \[-r, r-1\]", "the axis is larger than the array has; axes are counted from 0"),
    (r"too many indices \((\d+)\) for array with (\d+) dim", "{0} indices for an array with {1} axes"),
    (r"array is (\d+)-dimensional, but (\d+) were indexed", "{1} indices for an array with {0} axes"),
    (r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", _size_to_range),
    (r"take operator contains indices out of bound", "an index does not exist: the axis has fewer entries than that"),
    (r"slicing with key (\S+) of type <class 'float'>", "an index must be a whole number, and {0} is a float: int(…)"),
    (r"list indices must be integers or slices, not (\w*[Aa]rray)",
     "a Python list takes no array as its index: int(i) makes a number of it, array(…) an array of the list"),
    (r"'(\w+)' object cannot be interpreted as an integer",
     "a Python whole number is needed, and this is of type {0}: int(…), of an array .item() or .asscalar() first"),
    (r"tuple index out of range", _no_entry),
    # dtypes
    (r"Type inconsistent, Provided = (\w+), inferred type = (\w+)", _dtypes_differ),
    (r"Incompatible attr in node.*expected (\w+), got (\w+)", _dtypes_differ),
    (r"only supports? float32/float64 for CPU", "MXNet's CPU has this operation for float32 and float64 only"),
    # two kinds of arrays, and what is none
    (r"is known as `(\w+)` in Python\. This is a legacy operator", _legacy_operator),
    (r"is known as `(\w+)` in Python\. This is a numpy operator",
     "a function of mxnet.np met an NDArray; the two kinds do not mix. Use nd.{0}"),
    (r"type <class '([\w.]+)'> not supported", _not_combined),
    (r"unsupported operand type\(s\) for .*NoneType", _NONE),
    (r"'NoneType' object", _NONE),
    (r"unsupported operand type\(s\) for @: 'NDArray'", "an NDArray has no @; nd.dot(A, B) is the matrix product"),
    (rf"The truth value of an (?:{_ARRAY}|array) with (?:multiple|more than one) element",
     "if, and, or, not and max need one True or False, and this is an array of many: reduce it first, or use where"),
    (r"(float|int)\(\) argument must be .* not 'NDArray'", "{0}() takes no NDArray; .asscalar() makes a number of it"),
    (r"only (?:size-1|length-1) arrays can be converted|current array is not a scalar|convert an array of size 1",
     "an array with more than one entry is no single number. Reduce it first, with sum or mean"),
    (r"must be real number, not NDArray",
     "Python's math takes single numbers: MXNet has its own exp, log and so on, for whole arrays"),
    (r"exceed the maximum number of dimension",
     "NumPy's functions cannot read an NDArray: MXNet has its own, nd.exp, nd.log and so on"),
    (r"must have NDArray type, but got (.)", _no_array),
    (r"source_array must be array like",
     "nd.array takes numbers in rows of equal length; for a list of NDArrays there is nd.stack"),
    (r"inhomogeneous shape", "array(…) needs numbers in rows of equal length"),
    (r"math domain error", "a logarithm or root of a number that has none, such as log(0)"),
    (r"math range error", "the result is too large for a number"),
    # names and arguments
    (r"Cannot find argument '(\w+)'|unexpected keyword argument '(\w+)'", _unknown_keyword),
    (r"(\w+) is an invalid keyword to function '(\w+)'", "{1} has no argument {0}"),
    (rf"(?:'{_ARRAY}' object|mxnet\.numpy\.ndarray object) has no attribute '?(\w+)'?", _no_attribute),
    (r"module 'mxnet\.((?:numpy|ndarray)(?:\.random)?)' has no attribute '(\w+)'", _no_function),
    (r"Operator _?(?:np_)?(\w+) expects (\d+) inputs, but got (\d+)", "{0} takes {1} arrays, and gets {2}"),
    (r"Required parameter (\w+) of .* in operator (\w+)", "{1} needs its argument {0}"),
    (r"Invalid Parameter format for (\w+) expect .* but value='(.*?)',", "the argument {0} cannot be {1}"),
    (r"Invalid context string|Cannot interpret '.*' as a data type",
     "an argument stands in the wrong place: a shape is one tuple, zeros((5, 3)), and keepdims needs its name"),
    (r"'(\w+)' object is not callable", _not_callable),
    (r"cannot access local variable '(\w+)'|local variable '(\w+)' referenced before assignment",
     "{0} is read before it has a value: a name that is assigned anywhere in a function is the function's own"),
    (r"name '(nd|np|npx|mx|autograd|gluon|math|random)' is not defined",
     "{0} is not defined: nothing in the notebook has imported it"),
    (r"No module named '(\w+)", "there is no package {0} where notebooks are graded, and no such file beside this one"),
    # gradients
    (r"Assigning to NDArrays that are already in a computational graph|Inplace operations.*recording",
     _changed_in_place),
    (r"kCustomFunctionBackward",
     "the backward of an autograd.Function fails: in mxnet.np it is given arrays of mxnet.nd, which do not mix"),
    # and what it costs
    (r"(?i)memory allocation failed|failed to allocate \w+ memory|std::bad_alloc|out of memory",
     "it needs more memory than the budget allows"),
    (r"larger than 2\^31 elements", "an array of more than 2,147,483,647 numbers is asked for"),
    (r"Parameter '\w+' has not been initialized", "a Gluon layer is used before its initialize()"),
    (r"maximum recursion depth exceeded", "the function calls itself again and again, without an end"),
)  # fmt: skip

_BACKWARD = "Cannot differentiate node because it is not in a computational graph"
_OF_ITS_TYPE = {
    "MemoryError": "it needs more memory than the budget allows",
    "EOFError": "input() waits for an answer that nobody can give while grading; remove it",
}


def meaning(failure: wire.Failure) -> str:
    """The failure's message in plain words, or, where it is unknown, its telling part."""
    if failure.type in _OF_ITS_TYPE:
        return _OF_ITS_TYPE[failure.type]
    if _BACKWARD in failure.message:
        # Called by the student, there is a line of the student's own; by the grader, there is none.
        return f"nothing is recorded that backward could follow: {_RECORD}" if failure.line else DETACHED
    for pattern, words in TABLE:
        if found := re.search(pattern, failure.message):
            if callable(words):
                return words(found, failure.line)
            return words.format(*(_shape(group) for group in found.groups() if group is not None))
    return _telling_part(failure.message)


DETACHED = (
    "the result does not depend on the input through MXNet operations that were recorded (asnumpy(), float() and the "
    "like leave the graph)"
)


def _shape(text: str, any_length: str = "-1") -> str:
    """A shape as Python writes it; other text as it is."""
    if text[:1] not in "[(":
        return text
    lengths = [part.strip() for part in text[1:-1].split(",") if part.strip()]
    lengths = [any_length if length == "-1" else length for length in lengths]
    text = re.sub(r"(any, )+any\b", "…", ", ".join(lengths))
    return f"({lengths[0]},)" if len(lengths) == 1 else f"({text})"


def _telling_part(message: str) -> str:
    """An unknown message without the frames and conditions of MXNet's C++ code."""
    text = re.sub(r'^Traceback \(most recent call last\):(?:\s+File "[^"]*", line \d+)?\s*', "", message)
    text = re.sub(r"^\w*Error: ", "", text.strip())
    if found := re.search(r"Check failed: .*?(?:\([^()]* vs\. [^()]*\) ?: ?|(?<![: ]): (?!:))(.*)", text, re.DOTALL):
        text = found[1].strip() or "MXNet refuses this operation on these arrays"
    return text
