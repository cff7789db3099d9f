"""Carries out what a check asks, on the student's functions: in a slot, or in the student's own notebook.

Everything here runs beside untrusted code and is trusted by nobody: it turns wire values into MXNet arrays, calls,
and turns what comes back into wire values of bounded size.
"""

from __future__ import annotations

import contextlib
import functools
import json
import operator
import os
import random
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy

from grader.sandbox import blocks, figures, frames, given, wire
from grader.sandbox.counting import counted
from grader.sandbox.encoding import Encoder, entries, type_name
from grader.sandbox.failures import failure_of, with_its_line
from grader.sandbox.standpoints import Standpoints

Namespace = dict[str, Any]


class NoSuchFunction(Exception):
    """The notebook defines nothing of that name."""


class NoSuchAttribute(Exception):
    """Something that is kept has no attribute, or no method, of that name."""


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
        self._encoder = Encoder(mxnet)
        self._kept: list[Any] = []
        self._globals = given.Globals(mxnet, namespace)
        self._standpoints = Standpoints(namespace)
        # As they are now: a cell that says random.seed = 1 must not break what comes later.
        self._seeds = (random.seed, numpy.random.seed, mxnet.random.seed)

    def seed(self, number: int) -> None:
        """Have Python's, NumPy's and MXNet's generators of random numbers begin with it; below 2^32."""
        for seed, number_of_values in zip(self._seeds, (2**32, 2**32, 2**31), strict=True):
            seed(number % number_of_values)

    def serve(self, request: wire.Request) -> wire.Returned:
        """Answer one request; whatever the student's code does short of ending the process becomes a `Failure`."""
        self._encoder.begin()
        with warnings.catch_warnings(), self.context, self._numpy_semantics():
            warnings.simplefilter("ignore")
            if isinstance(request, wire.RunCell):
                return self._cell(request)
            with self.mx.autograd.pause():  # a student's own code may have left it recording
                match request:
                    case wire.PutFile():
                        return self._put(request)
                    case wire.Stand():
                        return self._stand(request)
                    case wire.Call():
                        return self._call(request)
                    case wire.Gradient():
                        return self._gradient(request)
                    case wire.Keep():
                        return self._keep(request)
                try:
                    return self._of_kept(request)
                except (Exception, SystemExit) as error:
                    return wire.Returned(failure=failure_of(error, self.namespace))

    def _numpy_semantics(self) -> AbstractContextManager[Any]:
        """A student's `npx.set_np()` or `reset_np()` must not leak into the arrays that the grader makes."""
        return self.mx.util.np_array(self.flavour == "np")

    # -- requests

    def _cell(self, request: wire.RunCell) -> wire.Returned:
        assert self._run_cell is not None
        self._standpoints.reach(request.reached)
        before = dict(self.namespace)
        error, outputs = self._run_cell(request.source)
        self._standpoints.note_cell(request.name, before, request.given)
        failure = failure_of(error, self.namespace) if error is not None else None
        return wire.Returned(failure=failure, outputs=outputs)

    def _put(self, request: wire.PutFile) -> wire.Returned:
        path = Path(request.name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(request.data)
        except OSError as error:  # a slot's folder is bounded too
            return wire.Returned(failure=failure_of(error, self.namespace))
        return wire.Returned()

    def _stand(self, request: wire.Stand) -> wire.Returned:
        self._standpoints.reach(request.reached)
        variants = self._standpoints.use(request.exercise, request.needs, request.replaced, request.variant)
        return wire.Returned(value=wire.Scalar(variants, "int"))

    def _call(self, request: wire.Call) -> wire.Returned:
        facts: dict[str, int] = {}
        args: list[Any] = []
        encodings: list[wire.Value] = []
        items: list[Any] = []
        pictures: list[wire.Figure] = []
        try:
            args += [self._argument(arg, facts) for arg in request.args]
            if request.seed is not None:
                self.seed(request.seed)
            function = self._function(request)
            for _ in range(request.times):
                with contextlib.ExitStack() as around:
                    if request.count:
                        around.enter_context(counted(self.mx, facts))
                    if request.figures:
                        pictures = around.enter_context(figures.drawn())
                    value = function(*args)
                    self._settle(value)
                encoded, items = self._encoded(value, request, facts)
                encodings.append(encoded)
            # Of several passes nobody asks for it: half of what they would cost.
            late = [self._encoder.encode(item) for item in items] if request.times == 1 else []
        except (Exception, SystemExit) as error:
            failure = self._explained(error, request)
            return wire.Returned(failure=failure, after=self._after(args), facts=facts)
        answer = encodings[0] if request.times == 1 else wire.Sequence(encodings, "list")
        return wire.Returned(value=answer, after=self._after(args), late=late, facts=facts, figures=pictures)

    def _encoded(self, value: Any, request: wire.Call, facts: dict[str, int]) -> tuple[wire.Value, list[Any]]:
        if request.keep:
            return self._kept_as(value), []
        if request.collect is None:
            return self._encoder.encode(value), []
        return self._collect(value, request.collect, facts)

    def _kept_as(self, value: Any) -> wire.Kept:
        self._kept.append(value)
        return wire.Kept(len(self._kept) - 1, type_name(value))

    def _collect(self, iterable: Any, limit: int, facts: dict[str, int]) -> tuple[wire.Value, list[Any]]:
        """What an iterable gives, each item as it is when given, and the items themselves, which may change later."""
        # A for loop runs over what has __getitem__ alone as well.
        loops = any(hasattr(type(iterable), name) for name in ("__iter__", "__getitem__"))
        if isinstance(iterable, (self.mx.nd.NDArray, numpy.ndarray, str)) or not loops:
            return self._encoder.encode(iterable), []
        given_items: list[wire.Value] = []
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
            given_items.append(self._encoder.encode(item))
        return wire.Sequence(given_items, type_name(iterable)), items

    def _gradient(self, request: wire.Gradient) -> wire.Returned:
        facts: dict[str, int] = {}
        leaves: list[Any] = []
        try:
            args = [self._argument(arg, facts) for arg in request.args]
            leaves += [args[place] for place in request.wrt]
            for leaf in leaves:
                leaf.attach_grad()
            with self.mx.autograd.record():
                for place in request.wrt:
                    # Not the leaf itself: in a network the argument is always the result of something.
                    args[place] = args[place] * 1
                if request.through is not None:
                    args[0] = self._through(request.through, args[0])
                value = self._function(request)(*args)
            self._settle(value)
        except (Exception, SystemExit) as error:
            return wire.Returned(failure=self._explained(error, request), facts=facts)
        encoded = self._encoder.encode(value)
        # MXNet does not compare the head's shape with the result's, and can end the process.
        if not isinstance(encoded, wire.Array) or encoded.library == "numpy" or encoded.shape != request.head.shape:
            return wire.Returned(value=encoded, facts=facts)
        ops = self._operators(value)
        head = self._array(request.head)
        try:
            value.backward(head if value.dtype == head.dtype else head.astype(value.dtype))
            grads: list[wire.Array | None] = [wire.Array.of(leaf.grad.asnumpy(), self._library) for leaf in leaves]
        except (Exception, SystemExit) as error:
            failure = failure_of(error, self.namespace)
            return wire.Returned(value=encoded, ops=ops, grad_failure=failure, facts=facts)
        return wire.Returned(value=encoded, ops=ops, grads=grads, facts=facts)

    def _through(self, through: wire.Given, array: Any) -> Any:
        return given.make(through, self._here({}), [array])

    def _keep(self, request: wire.Keep) -> wire.Returned:
        array = self._array(request.value)
        array.attach_grad()
        if request.name is not None:
            array = self._globals.set(request.name, array)
        if request.grad is not None:
            array.grad[:] = self._array(request.grad)
        self._kept.append(array)
        return wire.Returned(value=wire.Kept(len(self._kept) - 1))

    def put_back(self) -> None:
        """Have every global that requests have set be what it was before, with the same values and gradients."""
        with self.mx.autograd.pause(), self._numpy_semantics():
            self._globals.put_back()

    # -- what is kept

    def _of_kept(self, request: wire.Request) -> wire.Returned:
        match request:
            case wire.Make():
                return wire.Returned(value=self._kept_as(self._argument(request.given, {})))
            case wire.SetGrad():
                self._one_kept(request.number).grad[:] = self._array(request.grad)
                return wire.Returned()
            case wire.Read():
                array = self._one_kept(request.number)
                return wire.Returned(value=self._encoder.encode(array.grad if request.grad else array))
            case wire.Attribute():
                value = _attribute(self._one_kept(request.number), request.name)
                self._settle(value)
                return wire.Returned(value=self._encoder.encode(value))
            case wire.Parameters():
                return wire.Returned(value=blocks.read(self._one_kept(request.number), self._encoder, request.grad))
            case wire.SetParameters():
                values = [None if value is None else self._array(value) for value in request.values]
                blocks.write(self._one_kept(request.number), values, self.mx, self.context)
                return wire.Returned()
        raise AssertionError(f"{type(request).__name__} is not about something kept")

    def _one_kept(self, number: int) -> Any:
        """What is kept under a number; a number that was never given out is a forged reply's."""
        if not 0 <= number < len(self._kept):
            raise LookupError("nothing is kept under this number")
        return self._kept[number]

    # -- arguments

    def _function(self, request: wire.Call | wire.Gradient) -> Callable[..., Any]:
        """What the request is to call. Raises `NoSuchFunction`, or what Python raises for what cannot be called."""
        name = request.function
        if request.of is None:
            return self._named(name)
        kept = self._one_kept(request.of)
        if name in _PROTOCOL:
            return functools.partial(_PROTOCOL[name], kept)
        function = _attribute(kept, name) if name else kept
        if not callable(function):
            what = f"{name} is no method" if name else "it cannot be called"
            raise TypeError(f"{what}: it is of type {type_name(function)}")
        return function  # type: ignore[no-any-return]

    def _named(self, name: str) -> Callable[..., Any]:
        try:
            function: Any = self.namespace[name]
        except KeyError:
            raise NoSuchFunction(name) from None
        if not callable(function):
            kind = type_name(function)
            cell = self._standpoints.binder(name) or "a cell"
            cell = cell if " " in cell else f"the cell {cell}"  # a label is a grade_id, or "cell 7"
            raise TypeError(f"{name} is no function: {cell} has given that name to something else, of type {kind}")
        return function  # type: ignore[no-any-return]

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
                return self._one_kept(value.number)
            case wire.Function():
                return self._named(value.name)
            case wire.Given():
                return given.make(value, self._here(facts), [self._argument(arg, facts) for arg in value.args])
        raise frames.WireError(f"{type(value).__name__} is not an argument")

    def _here(self, facts: dict[str, int]) -> given.Here:
        return given.Here(self.mx, self.flavour, self._api, self.context, facts)

    @property
    def _library(self) -> wire.Library:
        return "mxnet.np" if self.flavour == "np" else "mxnet.nd"

    def _array(self, value: wire.Array) -> Any:
        array = value.numpy()
        return self._api.array(array, dtype=array.dtype, ctx=self.context)

    # -- results

    def _after(self, args: list[Any]) -> list[wire.Value]:
        return [self._encoder.encode(arg) for arg in args]

    def _settle(self, value: Any) -> None:
        """Wait for an array's numbers: MXNet computes behind the scenes and raises some errors only here."""
        for item in (value, *entries(value)):
            if isinstance(item, self.mx.nd.NDArray):
                item.wait_to_read()

    def _operators(self, value: Any) -> list[str] | None:
        """The operators of the graph that was recorded for `value`; None where MXNet cannot show it."""
        try:
            graph = json.loads(self.mx.autograd.get_symbol(value).tojson())
        except Exception:
            return None
        return [str(node["op"])[:80] for node in graph["nodes"] if node["op"] != "null"][: wire.MAX_ITEMS]

    def _explained(self, error: BaseException, request: wire.Call | wire.Gradient) -> wire.Failure:
        """The failure, with the student's line also where MXNet has failed behind the scenes."""

        def again() -> None:
            args = [self._argument(arg, {}) for arg in request.args]
            if isinstance(request, wire.Gradient) and request.through is not None:
                args[0] = self._through(request.through, args[0])
            with figures.drawn() if isinstance(request, wire.Call) and request.figures else contextlib.nullcontext():
                self._function(request)(*args)

        failure = failure_of(error, self.namespace)
        return with_its_line(failure, again, self.namespace, self.mx.nd.waitall)


# What is asked of an object by its type, as Python does, and not by an attribute's name.
_PROTOCOL: dict[str, Callable[..., Any]] = {
    "__len__": len, "__getitem__": operator.getitem, "__iter__": lambda iterable: iterable,
}  # fmt: skip


def _attribute(kept: Any, name: str) -> Any:
    try:
        return getattr(kept, name)
    except AttributeError as error:
        # Python's own, and not one that comes from inside a property.
        if type(error) is AttributeError and error.args == (f"{type_name(kept)!r} object has no attribute {name!r}",):
            raise NoSuchAttribute(name) from None
        raise


def read_requests(receive: Callable[[], bytes]) -> Iterator[wire.Request]:
    """Requests until the judge hangs up."""
    while True:
        try:
            yield wire.decode_request(receive())
        except (frames.Closed, OSError):
            return


def silence_native_output() -> None:
    """Send what C and C++ code prints to nowhere: the process's descriptors 0, 1 and 2."""
    null = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(null, number)
    os.close(null)
