"""Carries out what a check asks, on the student's functions: in a slot, or in the student's own notebook.

Everything here runs beside untrusted code and is trusted by nobody: it turns wire values into MXNet arrays, calls,
and turns what comes back into wire values of bounded size.
"""

from __future__ import annotations

import contextlib
import json
import linecache
import os
import random
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import numpy

from grader.sandbox import wire

Namespace = dict[str, Any]
_SLICE = 6000


class NoSuchFunction(Exception):
    """The notebook defines nothing of that name."""


class Runner:
    """Serves requests on one notebook's namespace.

    `flavour` is "np" or "nd"; `device` an MXNet context such as "cpu(0)"; `run_cell` runs a cell's source and
    returns the exception it ended with, if any, and what it showed.
    """

    def __init__(
        self,
        flavour: str,
        namespace: Namespace,
        run_cell: Callable[[str], tuple[BaseException | None, list[wire.Output]]] | None = None,
        device: str = "cpu(0)",
    ) -> None:
        import mxnet

        self.mx = mxnet
        self.flavour = flavour
        self._api = mxnet.np if flavour == "np" else mxnet.nd
        self.namespace = namespace
        self._run_cell = run_cell
        kind, _, index = device.rstrip(")").partition("(")
        self.context = mxnet.Context(kind, int(index or 0))
        self._kept: list[Any] = []
        # As they are now: a cell that says random.seed = 1 must not break what comes later.
        self._seeds = (random.seed, numpy.random.seed, mxnet.random.seed)

    def seed(self, number: int) -> None:
        """Have Python's, NumPy's and MXNet's generators of random numbers begin with it; below 2^32."""
        for seed, number_of_values in zip(self._seeds, (2**32, 2**32, 2**31), strict=True):
            seed(number % number_of_values)

    def serve(self, request: wire.Request) -> wire.Returned:
        """Answer one request; whatever the student's code does short of ending the process becomes a `Failure`."""
        with warnings.catch_warnings(), self.context, self._numpy_semantics():
            warnings.simplefilter("ignore")
            match request:
                case wire.RunCell():
                    return self._cell(request)
                case wire.Call():
                    return self._call(request)
                case wire.Gradient():
                    return self._gradient(request)
                case wire.Keep():
                    return self._keep(request)
                case wire.SetGrad():
                    self._kept[request.number].grad[:] = self._array(request.grad)
                    return wire.Returned()
                case wire.Read():
                    kept = self._kept[request.number]
                    return wire.Returned(value=self.encode(kept.grad if request.grad else kept))

    def _numpy_semantics(self) -> AbstractContextManager[Any]:
        """A student's `npx.set_np()` or `reset_np()` must not leak into the arrays that the grader makes."""
        return self.mx.util.np_array(self.flavour == "np")

    # -- requests

    def _cell(self, request: wire.RunCell) -> wire.Returned:
        assert self._run_cell is not None
        error, outputs = self._run_cell(request.source)
        failure = self.failure(error) if error is not None else None
        return wire.Returned(failure=failure, outputs=outputs)

    def _call(self, request: wire.Call) -> wire.Returned:
        facts: dict[str, int] = {}
        value: Any = None
        late: list[wire.Value] = []
        encodings: list[wire.Value] = []
        args = [self._argument(arg, facts) for arg in request.args]
        if request.seed is not None:
            self.seed(request.seed)
        try:
            for _ in range(request.times):
                value = self._function(request.function)(*args)
                self._settle(value)
                if request.collect is None:
                    encoded = self.encode(value)
                else:
                    encoded, late = self._collect(value, request.collect, facts)
                encodings.append(encoded)
        except (Exception, SystemExit) as error:
            failure = self._with_its_line(self.failure(error), request)
            return wire.Returned(failure=failure, after=self._after(args), facts=facts)
        if request.times > 1:
            encoded = wire.Sequence(encodings, "list")
        return wire.Returned(value=encoded, after=self._after(args), late=late, facts=facts)

    def _collect(self, iterable: Any, limit: int, facts: dict[str, int]) -> tuple[wire.Value, list[wire.Value]]:
        """What an iterable gives, each item as it is when given (the value) and as it is at the end (late)."""
        # A for loop runs over what has __getitem__ alone as well.
        loops = any(hasattr(type(iterable), name) for name in ("__iter__", "__getitem__"))
        if isinstance(iterable, (self.mx.nd.NDArray, numpy.ndarray, str)) or not loops:
            return self.encode(iterable), []
        given: list[wire.Value] = []
        items: list[Any] = []
        facts["ended"] = 0
        iterator = iter(iterable)
        for _ in range(limit + 1):
            try:
                item = next(iterator)
            except StopIteration:
                facts["ended"] = 1
                break
            if len(items) == limit:
                break
            items.append(item)
            given.append(self.encode(item))
        return wire.Sequence(given, _type_name(iterable)), [self.encode(item) for item in items]

    def _gradient(self, request: wire.Gradient) -> wire.Returned:
        autograd = self.mx.autograd
        facts: dict[str, int] = {}
        args = [self._argument(arg, facts) for arg in request.args]
        leaf = args[0]
        leaf.attach_grad()
        try:
            with autograd.record():
                # Not the leaf itself: in a network the argument is always the result of something.
                args[0] = self._softmax(leaf) if request.through_softmax else leaf * 1
                value = self._function(request.function)(*args)
            self._settle(value)
        except (Exception, SystemExit) as error:
            return wire.Returned(failure=self._with_its_line(self.failure(error), request))
        encoded = self.encode(value)
        head = self._array(request.head)
        # MXNet does not compare the head's shape with the result's, and can end the process.
        if not isinstance(value, self.mx.nd.NDArray) or value.shape != head.shape:
            return wire.Returned(value=encoded)
        ops = self._operators(value)
        try:
            value.backward(head if value.dtype == head.dtype else head.astype(value.dtype))
            grad = wire.Array.of(leaf.grad.asnumpy(), self._library)
        except Exception as error:
            return wire.Returned(value=encoded, ops=ops, grad_failure=self.failure(error))
        return wire.Returned(value=encoded, ops=ops, grad=grad)

    def _keep(self, request: wire.Keep) -> wire.Returned:
        array = self._array(request.value)
        if request.name is None:
            array.attach_grad()
        else:
            array = self._as_global(request.name, array)
        if request.grad is not None:
            array.grad[:] = self._array(request.grad)
        self._kept.append(array)
        return wire.Returned(value=wire.Kept(len(self._kept) - 1))

    def _as_global(self, name: str, array: Any) -> Any:
        """The parameter of that name, with the values of `array` and a gradient of zeros.

        The one that is there already where it can take them: as training changes parameters in place, a class or a
        closure may hold on to it.
        """
        there: Any = self.namespace.get(name)
        if type(there) is type(array) and _kind(there) == _kind(array) and there.grad is not None:
            there[:] = array
            there.grad[:] = 0
            return there
        array.attach_grad()
        self.namespace[name] = array
        return array

    # -- arguments

    def _function(self, name: str) -> Callable[..., Any]:
        try:
            function = self.namespace[name]
        except KeyError:
            raise NoSuchFunction(name) from None
        if not callable(function):
            kind = _type_name(function)
            raise TypeError(f"{name} is no function: a cell has given that name to something else, of type {kind}")
        return function

    def _argument(self, value: wire.Value, facts: dict[str, int]) -> Any:
        match value:
            case wire.Array():
                return self._array(value)
            case wire.Scalar():
                return value.value
            case wire.Sequence():
                items = [self._argument(item, facts) for item in value.items]
                return tuple(items) if value.kind == "tuple" else items
            case wire.Kept():
                return self._kept[value.number]
            case wire.Function():
                return self._function(value.name)
            case wire.Data():
                return self._data(value)
            case wire.LinearNet():
                return self._linear_net(value, facts)
            case wire.Batches():
                return self._batches(value, facts)
        raise wire.WireError(f"{type(value).__name__} is not an argument")

    @property
    def _library(self) -> wire.Library:
        return "mxnet.np" if self.flavour == "np" else "mxnet.nd"

    def _array(self, value: wire.Array) -> Any:
        array = value.numpy()
        return self._api.array(array, dtype=array.dtype, ctx=self.context)

    def _softmax(self, logits: Any) -> Any:
        return (self.mx.npx if self.flavour == "np" else self.mx.nd).softmax(logits)

    def _data(self, value: wire.Data) -> Any:
        from grader import fashion_mnist

        stored = getattr(fashion_mnist.load(), value.part)[: value.first]
        pixels, classes = (None, None) if value.order is None else wire.disguise(value.order)
        if value.part.endswith("labels"):
            labels = stored if classes is None else classes[stored]
            return self._array(wire.Array.of(labels.astype(numpy.int32)))
        images = stored.reshape(len(stored), -1)
        scaled = self._api.empty(images.shape, dtype="float32", ctx=self.context)
        # In slices: a whole float32 copy in NumPy would double the memory.
        for start in range(0, len(images), _SLICE):
            part = images[start : start + _SLICE]
            part = part if pixels is None else part[:, pixels]
            scaled[start : start + _SLICE] = numpy.multiply(part, numpy.float32(1 / 255), dtype=numpy.float32)
        return scaled

    def _linear_net(self, value: wire.LinearNet, facts: dict[str, int]) -> Callable[[Any], Any]:
        W, b = self._array(value.W), self._array(value.b)
        facts.update(calls=0, recorded=0)

        def net(X: Any) -> Any:
            facts["calls"] += 1
            facts["recorded"] += int(self.mx.autograd.is_recording())
            return self._api.dot(X, W) + b

        return net

    def _batches(self, value: wire.Batches, facts: dict[str, int]) -> Any:
        items = [(self._array(X), self._array(y)) for X, y in value.items]
        return (item for item in items) if value.once else items

    # -- results

    def _after(self, args: list[Any]) -> list[wire.Value]:
        return [self.encode(arg) for arg in args]

    def _settle(self, value: Any) -> None:
        """Wait for an array's numbers: MXNet computes behind the scenes and raises some errors only here."""
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if isinstance(item, self.mx.nd.NDArray):
                item.wait_to_read()

    def encode(self, value: Any, depth: int = 0) -> wire.Value:
        """A wire value for what a student returned; what cannot cross becomes `Opaque`."""
        try:
            return self._encode(value, depth)
        except Exception as error:
            return wire.Opaque(_type_name(value), f"reading it raised {type(error).__name__}")

    def _encode(self, value: Any, depth: int) -> wire.Value:
        name = _type_name(value)
        if isinstance(value, self.mx.nd.NDArray):
            if value.size * numpy.dtype(value.dtype).itemsize > wire.MAX_ARRAY_BYTES:
                return wire.Opaque(name, f"too large, of shape {value.shape}")
            library: wire.Library = "mxnet.np" if isinstance(value, self.mx.np.ndarray) else "mxnet.nd"
            return wire.Array.of(value.asnumpy(), library)
        if isinstance(value, numpy.ndarray):
            if value.dtype.name not in wire.DTYPES or value.nbytes > wire.MAX_ARRAY_BYTES:
                return wire.Opaque(name, f"of dtype {value.dtype} and shape {value.shape}")
            return wire.Array.of(value)
        if isinstance(value, numpy.generic):
            return self._scalar(value.item(), f"numpy.{value.dtype.name}")
        if value is None or isinstance(value, (bool, int, float, str)):
            return self._scalar(value, name)
        if isinstance(value, (list, tuple)):
            if depth >= wire.MAX_DEPTH or len(value) > wire.MAX_ITEMS:
                return wire.Opaque(name, f"of {len(value)} items")
            return wire.Sequence([self.encode(item, depth + 1) for item in value], name)
        return wire.Opaque(name)

    def _scalar(self, value: Any, name: str) -> wire.Value:
        if isinstance(value, int) and not -(2**63) <= value < 2**63:
            return wire.Opaque(name, "too large a number")
        if isinstance(value, str):
            value = value[: wire.MAX_TEXT]
        return wire.Scalar(value, name)

    def _operators(self, value: Any) -> list[str] | None:
        """The operators of the graph that was recorded for `value`; None where MXNet cannot show it."""
        try:
            graph = json.loads(self.mx.autograd.get_symbol(value).tojson())
        except Exception:
            return None
        return [str(node["op"])[:80] for node in graph["nodes"] if node["op"] != "null"][: wire.MAX_ITEMS]

    def _with_its_line(self, failure: wire.Failure, request: wire.Call | wire.Gradient) -> wire.Failure:
        """The same failure with the student's line, where MXNet has computed, and failed, behind the scenes.

        The line is found by calling the function once more, waiting for all numbers after each of its lines.
        """
        if failure.line or failure.type not in ("MXNetError", "IndexError", "ValueError"):
            return failure
        last: dict[Any, int] = {}
        found: list[tuple[Any, int]] = []

        def wait(frame: Any, event: str, _: object) -> Any:
            if frame.f_globals is not self.namespace:
                return None
            code = frame.f_code
            try:
                if event != "call":
                    self.mx.nd.waitall()
            except Exception as error:
                if _text(error) == failure.message and not found:
                    found.append((code, last.get(code, frame.f_lineno)))
                raise
            last[code] = frame.f_lineno
            return wait

        previous = sys.gettrace()
        with contextlib.suppress(Exception):
            self.mx.nd.waitall()  # raises what has failed already
        args = [self._argument(arg, {}) for arg in request.args]
        if isinstance(request, wire.Gradient) and request.through_softmax:
            args[0] = self._softmax(args[0])
        try:
            sys.settrace(wait)
            self._function(request.function)(*args)
        except (Exception, SystemExit):
            pass
        finally:
            sys.settrace(previous)
        for code, lineno in found:
            line = linecache.getline(code.co_filename, lineno).strip()
            return wire.Failure(failure.type, failure.message, _cut(code.co_name), _cut(line), lineno)
        return failure

    def failure(self, error: BaseException) -> wire.Failure:
        """The exception in short, with the last line of the notebook's own that it passed through."""
        name, message = _type_name(error), _text(error)
        if isinstance(error, SyntaxError):
            line = (error.text or "").strip()
            return wire.Failure(name, _cut(error.msg or message), "", _cut(line), error.lineno or 0)
        for frame, lineno in reversed(list(traceback.walk_tb(error.__traceback__))):
            if frame.f_globals is self.namespace:
                code = frame.f_code
                line = linecache.getline(code.co_filename, lineno).strip()
                where = "" if code.co_name == "<module>" else code.co_name
                return wire.Failure(name, message, _cut(where), _cut(line), lineno)
        return wire.Failure(name, message)


def _text(error: BaseException) -> str:
    """An exception's message without MXNet's C++ trace."""
    try:
        text = str(error)
    except Exception:
        return ""
    lines = [line for line in text.splitlines() if line.strip()]
    found = [line for line in lines if "Check failed" in line or line.startswith(("MXNetError:", "Error in"))]
    return _cut(" ".join((found or lines)[:6]))


def _cut(text: str, most: int = 600) -> str:
    return text if len(text) <= most else text[:most] + " …"


def _kind(array: Any) -> tuple[Any, ...]:
    return array.shape, array.dtype, array.context


def _type_name(value: Any) -> str:
    return str(type(value).__name__)[: wire.MAX_NAME]


def read_requests(receive: Callable[[], bytes]) -> Iterator[wire.Request]:
    """Requests until the judge hangs up."""
    while True:
        try:
            yield wire.decode_request(receive())
        except (wire.Closed, OSError):
            return


def silence_native_output() -> None:
    """Send what C and C++ code prints to nowhere: the process's descriptors 0, 1 and 2."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    os.close(null)
