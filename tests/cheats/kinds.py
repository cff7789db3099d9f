"""Answers of kinds that no check has asked for: what lies about itself, has no end, or takes more than there is.

None of them may end in `error`, outlast the exercise's time or earn a point, in a slot or in a student's own notebook.
The exercises are those of tests/course/exercises/kinds.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass

EXERCISES = ("predict", "linreg", "Accumulator", "load_array", "build_net", "make_trainer", "train_step",
             "add_vectorised", "plot_history", "show_images")  # fmt: skip
FIGURES = ("plot_history", "show_images")
# One for each kind of request: several values, a gradient, an object, what is iterated, a net.
OF_EACH_KIND = ("predict", "linreg", "Accumulator", "load_array", "build_net")


@dataclass(frozen=True)
class Answer:
    """One answer: the code of the exercise's cell. `earns` is what is honest work in it.

    `heavy`: it takes seconds to make, which one try has to be enough for.
    """

    exercise: str
    name: str
    code: str
    earns: float = 0.0
    heavy: bool = False


# What a function returns, whatever it is asked, and what is needed for it.
_VALUES: dict[str, str] = {}
_BEFORE = """
import itertools

import mxnet as mx
import numpy

NOTHING = object()


def no(*args, **kwargs):
    raise RuntimeError("no")


class Raises:
    \"\"\"Raises whatever it is asked.\"\"\"
    __eq__ = __len__ = __iter__ = __bool__ = __float__ = __repr__ = __str__ = __getattr__ = __getitem__ = __call__ = no
    __hash__ = None


class Exits:
    \"\"\"Ends the process, where it can.\"\"\"
    def __getattribute__(self, name):
        raise SystemExit(name)


class Agrees:
    \"\"\"Is of any class, has any attribute, and is equal to everything.\"\"\"
    shape, size, ndim, dtype = (4,), 4, 1, "float32"

    def __init__(self, *args):
        pass

    def __getattr__(self, name):
        return Agrees()

    def __call__(self, *args, **kwargs):
        return Agrees()

    def __getitem__(self, index):
        return Agrees()

    def __iter__(self):
        while True:
            yield Agrees()

    @property
    def __class__(self):
        return mx.nd.NDArray

    __eq__ = lambda self, other: True
    __len__ = lambda self: 2
    __bool__ = lambda self: True
    __float__ = __int__ = __index__ = lambda self: 1
    __hash__ = None


class Endless(list):
    \"\"\"A list that says it has two items, and never ends.\"\"\"
    __len__ = lambda self: 2

    def __iter__(self):
        while True:
            yield 1


class Named(type):
    \"\"\"The class of a class that has no name.\"\"\"
    @property
    def __name__(cls):
        raise RuntimeError("no")


class Text(str, metaclass=Named):
    \"\"\"A text that is no text where it is looked at.\"\"\"
    __str__ = lambda self: self
    __getitem__ = splitlines = isprintable = __eq__ = no
    __hash__ = None


class Whole(int):
    __int__ = __index__ = lambda self: self
    __eq__ = __lt__ = __le__ = no
    __hash__ = None


class Odd(numpy.float64):
    item = lambda self: NOTHING


class Liar(numpy.ndarray):
    tobytes = __eq__ = no
    nbytes, size = 1, 1


class Unreadable(mx.nd.NDArray):
    asnumpy = lambda self: NOTHING
    size = property(lambda self: 10**30)


LARGE = mx.nd.zeros((2048, 2048))  # 16 MB
"""


def value(name: str, expression: str) -> None:
    _VALUES[name] = expression


value("nothing", "None")
value("number", "7")
value("text", "'The answer is 7.'")
value("empty", "()")
value("too_many", "(1.0, 2.0, 3.0, 4.0, 5.0)")
value("too_few", "(mx.nd.ones(4),)")
value("ragged", "[[1.0, 2.0], [3.0], numpy.ones((2, 3))]")
value("ragged_pair", "(numpy.ones((2, 3)), [[1.0], 2.0])")
value("huge", "[LARGE] * 100")
value("too_large", "mx.nd.zeros((3000, 3000))")
value("many_in_many", "[[[[[0] * 4096] * 4096] * 4096] * 4096] * 4096")
value("in_itself", "(lambda a: a.append(a) or a)([])")
value("raises", "Raises()")
value("exits", "Exits()")
value("agrees", "Agrees()")
value("pair_that_agrees", "(Agrees(), Agrees())")
value("endless", "itertools.count()")
value("endless_list", "Endless([1, 2])")
value("generator", "(no() for _ in range(3))")
value("function", "no")
value("class_", "Agrees")
value("text_that_lies", "Text('softmax')")
value("number_that_lies", "Whole(3)")
value("scalar_that_lies", "Odd(3)")
value("array_that_lies", "numpy.ones(4).view(Liar)")
value("array_without_numbers", "(lambda x: setattr(x, '__class__', Unreadable) or x)(mx.nd.ones(4))")
value("long_text", "'x' * 10**7")
value("long_number", "10**4000")
value("complex_", "numpy.ones(4, complex)")
value("objects", "numpy.array([None, 1, 'x'], dtype=object)")
value("nan", "mx.nd.ones(4) * float('nan')")
value("no_rows", "mx.nd.array(numpy.zeros((0, 3)))")
value("sparse", "mx.nd.ones((4, 3)).tostype('csr')")


def everywhere(exercises: Sequence[str] = EXERCISES) -> list[Answer]:
    """Each of these values as the answer to each exercise."""
    return [
        Answer(exercise, name, f"{_BEFORE}\n\ndef {exercise}(*args, **kwargs):\n    return {expression}\n")
        for exercise in exercises
        for name, expression in _VALUES.items()
        # To draw nothing, and return what it may, is an answer of the right kind to a question for a picture.
        if exercise not in FIGURES or name in ("nothing", "raises", "agrees")
    ]


PARTICULAR: list[Answer] = []


def answer(
    exercise: str, earns: float = 0.0, heavy: bool = False
) -> Callable[[Callable[[], str]], Callable[[], str]]:  # fmt: skip
    """Make a function that gives a cell's code an answer to that exercise."""

    def add(make: Callable[[], str]) -> Callable[[], str]:
        PARTICULAR.append(Answer(exercise, make.__name__, _BEFORE + textwrap.dedent(make()), earns, heavy))
        return make

    return add


# -- exceptions


@answer("predict")
def exception_that_lies() -> str:
    """What is raised says of itself what no exception says."""
    return """
    class Lying(SyntaxError):
        text, msg, lineno = Agrees(), 5, "one"
        __str__ = lambda self: Text("no")

    def predict(*args):
        raise Lying
    """


@answer("predict")
def exception_that_exits() -> str:
    """To look at what is raised ends the process, where it can."""
    return """
    class Exiting(ValueError):
        def __str__(self):
            raise SystemExit(0)

    def predict(*args):
        raise Exiting
    """


# -- objects


@answer("Accumulator")
def says_yes_to_every_method() -> str:
    """It has every method, and every one of them does nothing."""
    return """
    class Accumulator:
        def __init__(self, n):
            pass

        def __getattr__(self, name):
            return lambda *args: 0

        def __getitem__(self, i):
            return 0
    """


@answer("Accumulator")
def exits_in_a_property() -> str:
    """The method is found through a property that ends the process."""
    return """
    class Accumulator:
        def __init__(self, n):
            pass

        @property
        def add(self):
            raise SystemExit(0)

        n = reset = add
    """


@answer("Accumulator")
def forges_what_is_missing() -> str:
    """The error about a missing attribute is made by hand, and lies about whose it is."""
    return """
    class Forged(AttributeError):
        name = property(no)
        obj = property(no)
        __str__ = no

    class Accumulator:
        def __init__(self, n):
            pass

        def __getattribute__(self, name):
            raise Forged(name)
    """


@answer("Accumulator")
def sums_that_lie() -> str:
    """Each sum is equal to every number."""
    return """
    class Accumulator:
        def __init__(self, n):
            self.n = Agrees()

        def add(self, *args):
            return Agrees()

        reset = add

        def __getitem__(self, i):
            return Agrees()
    """


@answer("load_array")
def batches_without_end() -> str:
    """Each pass goes on for ever, with arrays as large as they come."""
    return """
    class load_array:
        def __init__(self, *args):
            pass

        def __len__(self):
            return -1

        def __iter__(self):
            while True:
                yield LARGE, LARGE
    """


@answer("load_array")
def iterators_that_are_none() -> str:
    """Its iterator has no next, and its length is a text."""
    return """
    class load_array:
        def __init__(self, *args):
            pass

        def __len__(self):
            return "three"

        def __iter__(self):
            return self
    """


@answer("load_array")
def batches_that_lie() -> str:
    """The batches are pairs that say they hold what is asked for."""
    return """
    class load_array:
        def __init__(self, *args):
            pass

        def __len__(self):
            return 10**30

        def __iter__(self):
            return iter([(Agrees(), Agrees())] * 3)
    """


# -- Gluon blocks


@answer("build_net")
def parameters_of_another_net() -> str:
    """collect_params gives parameters that have nothing to do with what the net computes."""
    return """
    def build_net():
        other = mx.gluon.nn.Dense(1, in_units=2)
        other.initialize()

        class Net:
            collect_params = other.collect_params

            def __call__(self, X):
                return X[:, :1] * 0

        return Net()
    """


@answer("build_net")
def parameters_without_end() -> str:
    """There is no end to its parameters, each of which takes every value."""
    return """
    class Parameters:
        def values(self):
            while True:
                yield Agrees()

    class build_net:
        def collect_params(self):
            return Parameters()

        def __call__(self, X):
            return X[:, :1]
    """


@answer("build_net")
def parameters_that_lie() -> str:
    """Its parameters are of every shape, and hold what they are set to."""
    return """
    class Parameter:
        shape = property(lambda self: (1, 2), lambda self, value: None)
        name = Text("weight")
        data = grad = lambda self: Agrees()
        set_data = initialize = lambda self, *args, **kwargs: None

    class build_net:
        def collect_params(self):
            return {n: Parameter() for n in range(3)}

        def __call__(self, X):
            return Agrees()
    """


@answer("build_net")
def exits_when_asked_for_parameters() -> str:
    """collect_params ends the process, and so does a call."""
    return """
    class build_net:
        def collect_params(self):
            raise SystemExit(0)

        __call__ = collect_params
    """


@answer("build_net")
def no_parameters_at_all() -> str:
    """collect_params gives None."""
    return """
    class build_net:
        def collect_params(self):
            return None

        def __call__(self, X):
            return X
    """


@answer("make_trainer")
def steps_that_do_nothing() -> str:
    """A trainer whose every method does nothing."""
    return """
    class make_trainer:
        def __init__(self, net, lr):
            pass

        def __getattr__(self, name):
            return lambda *args: None
    """


@answer("train_step")
def spoils_the_net() -> str:
    """The net that is trained is taken apart, and can be asked for nothing any more."""
    return """
    def train_step(net, trainer, X, y):
        net.__dict__.clear()
        return 0.0
    """


# -- gradients


@answer("linreg")
def backward_that_raises() -> str:
    """An operator of the student's own, whose backward ends the process, where it can."""
    return """
    class Linear(mx.autograd.Function):
        def forward(self, X, w, b):
            return (X * w).sum(axis=1) + b * 2

        def backward(self, head):
            raise SystemExit(0)

    def linreg(X, w, b):
        return Linear()(X, w, b)
    """


@answer("linreg")
def shape_that_lies() -> str:
    """The result says it has the head's shape, and has another."""
    return """
    class Lying(mx.np.ndarray if mx.util.is_np_array() else mx.nd.NDArray):
        shape = property(lambda self: (4,))

    def linreg(X, w, b):
        out = (X * 2).sum()
        out.__class__ = Lying
        return out
    """


# -- operators


@answer("add_vectorised", earns=1)
def stops_the_profiler() -> str:
    """Nobody counts while the loop runs."""
    return """
    def add_vectorised(a, b):
        mx.profiler.set_state("stop")
        c = a.copy()
        for i in range(len(a)):
            c[i] = a[i] + b[i]
        return c
    """


@answer("add_vectorised", earns=1)
def empties_the_profiler() -> str:
    """What was counted is thrown away."""
    return """
    def add_vectorised(a, b):
        c = a.copy()
        for i in range(len(a)):
            c[i] = a[i] + b[i]
        mx.nd.waitall()
        try:
            mx.profiler.dumps(reset=True)
        except mx.MXNetError:  # nobody counts
            pass
        return c
    """


# -- figures


def _figure(body: str, exercise: str = "plot_history") -> str:
    return f"""
import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes


def {exercise}(*args):
{textwrap.indent(textwrap.dedent(body), "    ")}
"""


@answer("plot_history", heavy=True)
def many_axes() -> str:
    """More pairs of axes than anybody looks at."""
    return _figure("""
        figure = plt.figure()
        for n in range(150):
            figure.add_axes([0, 0, 1, 1], label=str(n))
    """)


@answer("show_images", heavy=True)
def huge_image() -> str:
    """An image of half a gigabyte."""
    return _figure("""
        figure, axes = plt.subplots(2, 3)
        axes[0, 0].imshow(numpy.zeros((22_000, 22_000), "uint8"))
    """, "show_images")  # fmt: skip


@answer("plot_history")
def huge_figure() -> str:
    """A figure as large as a football field, which takes more memory than there is."""
    return _figure("""
        figure, axes = plt.subplots(figsize=(5000, 5000))
        axes.plot([1, 2], label="train loss")
    """)


@answer("plot_history", heavy=True)
def many_figures() -> str:
    """More figures than anybody looks at."""
    return _figure("""
        for n in range(60):
            plt.figure().add_axes([0, 0, 1, 1])
    """)


@answer("plot_history")
def many_points() -> str:
    """A line of a million points, and labels of a megabyte."""
    return _figure("""
        figure, axes = plt.subplots()
        for label in ("train loss", "train acc", "test acc"):
            axes.plot(numpy.zeros(10**6), label=label)
        axes.set_title("x" * 2**20)
    """)


@answer("plot_history")
def artist_that_raises() -> str:
    """Something in the figure raises when it is drawn."""
    return _figure("""
        class Broken(Artist):
            draw = no

        figure, axes = plt.subplots()
        axes.add_artist(Broken())
    """)


@answer("plot_history")
def artist_that_exits() -> str:
    """Something in the figure ends the process when it is drawn."""
    return _figure("""
        class Broken(Artist):
            def draw(self, renderer):
                raise SystemExit(0)

        figure, axes = plt.subplots()
        axes.add_artist(Broken())
    """)


@answer("plot_history")
def axes_that_lie() -> str:
    """Axes of a class of their own, which say what they like, and raise where they are asked for lines."""
    return _figure("""
        class Lying(Axes):
            get_legend = lambda self: Agrees()
            get_xscale = lambda self: "x" * 1000
            get_xlim = lambda self: (Agrees(), Agrees())
            get_lines = no

        plt.figure().add_axes(Lying(plt.gcf(), [0, 0, 1, 1]))
    """)


@answer("plot_history")
def lines_that_lie() -> str:
    """A line that gives away no numbers, and has no end of words for a label."""
    return _figure("""
        from matplotlib.lines import Line2D

        class Lying(Line2D):
            get_xdata = get_ydata = lambda self, orig=True: Agrees()
            get_label = lambda self: Text("train loss")

        figure, axes = plt.subplots()
        axes.add_line(Lying([1], [2]))
    """)


@answer("plot_history")
def pyplot_taken_apart() -> str:
    """pyplot is not what it was, after the call."""
    return _figure("""
        from matplotlib._pylab_helpers import Gcf

        Gcf.figs = {n: Agrees() for n in range(3)}
        plt.close = plt.figure = plt.gcf = no
    """)
