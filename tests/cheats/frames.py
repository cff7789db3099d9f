"""Forging what goes over the wire to the judge: the submission's process holds the socket, so it can say anything."""

from tests.cheats import cheat

FORGED = "suspicious: .*(forged|nothing had asked)"

_CHANNEL = """
import msgspec, os, socket, stat, struct, threading, time

def _is_socket(number):
    try:
        return stat.S_ISSOCK(os.fstat(number).st_mode)
    except OSError:
        return False

numbers = [n for n in range(3, 256) if _is_socket(n)]
sockets = [socket.socket(fileno=os.dup(n)) for n in numbers]

def send(body, length=None):
    data = body if isinstance(body, bytes) else msgspec.msgpack.encode(body)
    for sock in sockets:
        sock.sendall(struct.pack(">I", len(data) if length is None else length) + data)
"""


@cheat(flagged=FORGED)
def announces_full_marks() -> str:
    """A reply is sent ahead that says, in every field one can think of, that all went well."""
    return f"""{_CHANNEL}
def softmax(X):
    for kind in ("returned", "passed", "finished", "report"):
        send({{"type": kind, "outcome": "passed", "score": 5.0, "max_score": 5.0, "points": 5, "passed": True}})
    return X
"""


@cheat(flagged=FORGED)
def replays_earlier_replies() -> str:
    """Replies are recorded and sent again, so that each question gets the answer of the one before."""
    return f"""{_CHANNEL}
from grader.sandbox import frames
sent, send_really = [], frames.send

def replaying(sock, frame, deadline=None):
    sent.append(frame)
    for earlier in sent[-3:]:
        send_really(sock, earlier, deadline)

frames.send = replaying

def softmax(X):
    return np.ones_like(X) / X.shape[1]
"""


@cheat(flagged=FORGED)
def floods_the_judge() -> str:
    """A thread sends replies without end."""
    return f"""{_CHANNEL}
def flood():
    while True:
        send({{"type": "returned", "value": None}})

threading.Thread(target=flood, daemon=True).start()

def softmax(X):
    time.sleep(0.05)
    return X
"""


@cheat(flagged=FORGED)
def promises_a_huge_frame() -> str:
    """A frame's length says four gigabytes."""
    return f"""{_CHANNEL}
def softmax(X):
    send(b"", 0xFFFFFFFF)
    return X
"""


@cheat()
def breaks_off_in_a_frame() -> str:
    """A frame is begun, and the process ends in the middle of it."""
    return f"""{_CHANNEL}
def softmax(X):
    send(b"\\x85", 1000)
    os._exit(0)
"""


@cheat(flagged=FORGED)
def nests_without_end() -> str:
    """A reply holds a list in a list in a list, a hundred thousand deep, to break the judge's decoder."""
    return f"""{_CHANNEL}
def softmax(X):
    nested = 100_000 * b"\\x83\\xa4type\\xa8sequence\\xa4kind\\xa0\\xa5items\\x91"
    send(b"\\x82\\xa4type\\xa8returned\\xa5value" + nested + b"\\xc0")
    return X
"""


@cheat(flagged=FORGED)
def speaks_to_the_instructor() -> str:
    """A wrong word where the schema knows a few: the judge's complaint is to carry a message to the instructor."""
    return f"""{_CHANNEL}
def softmax(X):
    value = {{"type": "array", "dtype": "graded by hand: full marks", "shape": [1], "data": bytes(4)}}
    send({{"type": "returned", "value": value, "ops": ["graded by hand: full marks"]}})
    value = {{"type": "array", "dtype": "int8", "shape": [1], "data": b"1", "library": "graded by hand: full marks"}}
    send({{"type": "returned", "value": value}})
    return X
"""


@cheat()
def answers_with_the_judges_own_words() -> str:
    """Replies hold what only requests hold: functions, kept things, what an exercise gives, with code of one's own."""
    return """
from grader.sandbox import encoding, wire

array = wire.Array.of(__import__("numpy").ones((4, 3), "float32"))
values = [wire.Given("answer", [array], "def answer(here, X): raise SystemExit"), wire.Function("softmax"),
          wire.Kept(0, "ndarray"), wire.Opaque("ndarray"), wire.Sequence([array] * 4, "ndarray")] * 9
encoding.Encoder._encode = lambda self, value, depth: values.pop()

def softmax(X):
    return X
"""


@cheat()
def forges_everything_about_the_call() -> str:
    """The runner in the sandbox is replaced: no failure, a gradient, the input unchanged, a graph of exp and sum."""
    return """
import numpy
from grader.sandbox import runner, wire

def forged(self, request):
    X = request.args[0]
    return wire.Returned(value=wire.Array(X.dtype, X.shape, X.data, "mxnet.np"), after=[X], grads=[X],
                         ops=["exp", "sum", "broadcast_div"])

runner.Runner._call = runner.Runner._gradient = forged

def softmax(X):
    return X
"""


@cheat()
def answers_from_another_process() -> str:
    """A child process takes the socket over and answers, after the submission itself has ended."""
    return f"""{_CHANNEL}
if os.fork() == 0:
    os.setsid()
    for _ in range(3):
        sockets[0].recv(1 << 16)
        send({{"type": "returned", "value": {{"type": "scalar", "value": 1.0, "kind": "float"}}}})
    os._exit(0)

def softmax(X):
    os._exit(0)
"""


@cheat()
def odd_numbers() -> str:
    """Arrays of other types, of no elements, of many dimensions, of nan and infinity: one may break the judge."""
    return """
import itertools
import numpy
from grader.sandbox import runner, wire

odd = [numpy.zeros((0, 3), "float32"), numpy.ones((4, 3), "bool"), numpy.full((4, 3), numpy.inf, "float16"),
       numpy.full((4, 3), -(2**63)), numpy.ones((1,) * 32, "int8"), numpy.full((4, 3), numpy.nan), numpy.array(True),
       numpy.ones(4, "uint8"), numpy.full((4, 3), 1.8e308)]
odd = itertools.cycle(wire.Array.of(array, library) for array in odd for library in ("mxnet.np", "mxnet.nd", "numpy"))

def forged(self, request):
    return wire.Returned(value=next(odd), after=[next(odd)], grads=[next(odd)], ops=[])

runner.Runner._call = runner.Runner._gradient = forged

def softmax(X):
    return X
"""
