#: right book | the book's
class Timer(object):
    """Record multiple running times."""
    def __init__(self):
        self.times = []
        self.start()

    def start(self):
        self.start_time = time.time()

    def stop(self):
        self.times.append(time.time() - self.start_time)
        return self.times[-1]

    def avg(self):
        return sum(self.times)/len(self.times)

    def sum(self):
        return sum(self.times)

    def cumsum(self):
        return np.array(self.times).cumsum().tolist()

#: right monotonic | another clock, numpy
class Timer:
    def __init__(self):
        self.times = list()
        self.begun = time.monotonic()

    def start(self):
        self.begun = time.monotonic()
        return self

    def stop(self):
        elapsed = time.monotonic() - self.begun
        self.times += [elapsed]
        return elapsed

    def avg(self):
        return numpy.mean(self.times)

    def sum(self):
        return numpy.sum(self.times)

    def cumsum(self):
        return list(numpy.cumsum(self.times))

#: right loops | loops, and an array of running sums
class Timer:
    def __init__(self):
        self.times, self.t = [], time.perf_counter()

    def start(self):
        self.t = time.perf_counter()

    def stop(self):
        self.times.append(time.perf_counter() - self.t)
        return self.times[-1]

    def sum(self):
        total = 0
        for t in self.times:
            total += t
        return total

    def avg(self):
        return self.sum() / len(self.times)

    def cumsum(self):
        sums, total = [], 0
        for t in self.times:
            total += t
            sums.append(total)
        return sums

#: right nanoseconds | nanoseconds, turned into seconds
class Timer:
    def __init__(self):
        self.times = []
        self.start()

    def start(self):
        self._t = time.time_ns()

    def stop(self):
        self.times.append((time.time_ns() - self._t) / 1e9)
        return self.times[-1]

    def sum(self):
        return float(np.array(self.times).sum())

    def avg(self):
        return np.array(self.times).mean()

    def cumsum(self):
        return [sum(self.times[:i + 1]) for i in range(len(self.times))]

#: right datetime | datetime, accumulate
import datetime
import itertools


class Timer:
    def __init__(self):
        self.times = []
        self.start()

    def start(self):
        self.begin = datetime.datetime.now()

    def stop(self):
        delta = datetime.datetime.now() - self.begin
        self.times.append(delta.total_seconds())
        return delta.total_seconds()

    avg = lambda self: sum(self.times) / len(self.times)
    sum = lambda self: sum(self.times)
    cumsum = lambda self: tuple(itertools.accumulate(self.times))

#: right slots | a dataclass
from dataclasses import dataclass, field


@dataclass
class Timer:
    times: list = field(default_factory=list)
    begin: float = field(default_factory=time.perf_counter)

    def start(self):
        self.begin = time.perf_counter()

    def stop(self):
        self.times.append(time.perf_counter() - self.begin)
        return self.times[-1]

    def avg(self):
        return self.sum() / len(self.times)

    def sum(self):
        return math.fsum(self.times)

    def cumsum(self):
        return numpy.array(self.times).cumsum()

#: wrong no_start | [not_started] the clock starts with start() alone
class Timer:
    def __init__(self): self.times = []
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong none_at_first | [not_started] None until start() is called
class Timer:
    def __init__(self): self.times = []; self.start_time = None
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong misspelt_clock | a function of time that there is not
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.perf_count() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong times_missing | [no_list] no list is made
class Timer:
    def __init__(self): self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong not_kept | [records_nothing] stop only returns
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): return time.time() - self.start_time
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong two_readings | [records_another] the times kept are in milliseconds
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self):
        elapsed = time.time() - self.start_time
        self.times.append(1000 * elapsed)
        return elapsed
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong returns_total | [stop_returns_the_sum] stop returns the total
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return sum(self.times)
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong stop_returns_list | [wrong_container] stop returns the list
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong stop_returns_none | [returns_nothing] stop returns nothing
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time)
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong process_time | [cpu_time] the clock of the processor
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.process_time()
    def stop(self): self.times.append(time.process_time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong milliseconds | [other_unit] milliseconds
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(1000 * (time.time() - self.start_time)); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong nanoseconds_kept | [other_unit] nanoseconds
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.perf_counter_ns()
    def stop(self): self.times.append(time.perf_counter_ns() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong minus | [negative] start − end
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(self.start_time - time.time()); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong clock | [reads_the_clock] the time of day
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time()); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong once | [never_restarts] start only if it has not begun
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self):
        if not hasattr(self, 'start_time'):
            self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong local | [never_restarts] start sets a local variable
class Timer:
    def __init__(self): self.times = []; self.start_time = time.time()
    def start(self): start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong empties | [forgets] start empties the list
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.times = []; self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong class_list | [shares_times] a list of the class
class Timer:
    times = []
    def __init__(self): self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong default_list | [shares_times] a default argument
class Timer:
    def __init__(self, times=[]): self.times = times; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong avg_last | [the_last] avg is the last time
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return self.times[-1]
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong avg_sum | [the_sum] avg is the sum
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong avg_less | [wrong_count] divided by n − 1
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / (len(self.times) - 1)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong sum_mean | [the_mean] sum is the mean
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return float(numpy.mean(self.times))
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong sum_of_name | the method calls itself
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return self.sum()
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong cumsum_times | [the_times] the list itself
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return self.times

#: wrong cumsum_sum | the sum
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return sum(self.times)

#: wrong cumsum_short | [begins_with_0] a slice too short
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return [sum(self.times[:i]) for i in range(len(self.times))]

#: wrong cumsum_long | [one_too_many] one too many
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return [sum(self.times[:i]) for i in range(len(self.times) + 1)]

#: wrong tuple_times | times is an array
class Timer:
    def __init__(self): self.times = numpy.array([]); self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times = numpy.append(self.times, time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong rounded_times | [whole_seconds] whole seconds
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(int(time.time() - self.start_time)); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)
    def cumsum(self): return np.array(self.times).cumsum().tolist()

#: wrong no_cumsum | a method is missing
class Timer:
    def __init__(self): self.times = []; self.start()
    def start(self): self.start_time = time.time()
    def stop(self): self.times.append(time.time() - self.start_time); return self.times[-1]
    def avg(self): return sum(self.times) / len(self.times)
    def sum(self): return sum(self.times)

#: wrong restarts_in_stop | [stop_restarts] stop starts the clock anew
class Timer:
    def __init__(self):
        self.times = []
        self.start()

    def start(self):
        self.tik = time.time()

    def stop(self):
        self.times.append(time.time() - self.tik)
        self.start()
        return self.times[-1]

    def avg(self):
        return sum(self.times) / len(self.times)

    def sum(self):
        return sum(self.times)

    def cumsum(self):
        return np.array(self.times).cumsum().tolist()

#: wrong sums_in_times | [changes_times] the running sums written into the list itself
class Timer:
    def __init__(self):
        self.times = []
        self.start()

    def start(self):
        self.tik = time.time()

    def stop(self):
        self.times.append(time.time() - self.tik)
        return self.times[-1]

    def avg(self):
        return sum(self.times) / len(self.times)

    def sum(self):
        return sum(self.times)

    def cumsum(self):
        for i in range(1, len(self.times)):
            self.times[i] += self.times[i - 1]
        return self.times

#: wrong clock_of_the_class | a clock that began with the class
class Timer:
    tik = time.time()

    def __init__(self):
        self.times = []

    def start(self):
        self.tik = time.time()

    def stop(self):
        self.times.append(time.time() - self.tik)
        return self.times[-1]

    def avg(self):
        return sum(self.times) / len(self.times)

    def sum(self):
        return sum(self.times)

    def cumsum(self):
        return np.array(self.times).cumsum().tolist()
