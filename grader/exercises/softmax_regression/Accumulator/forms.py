#: right book | a list of sums
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * len(self.data)

    def __getitem__(self, i):
        return self.data[i]

#: right array | an MXNet array, whose entries are given
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.reset()

    def add(self, *args):
        self.data += np.array(args)
        return self

    def reset(self):
        self.data = np.zeros(self.n)

    def __getitem__(self, i):
        return self.data[i]

#: right dictionary | sums by their number; n is a property
class Accumulator:
    def __init__(self, n):
        self.sums = {i: 0 for i in range(n)}

    @property
    def n(self):
        return len(self.sums)

    def add(self, *args):
        for i, number in enumerate(args):
            self.sums[i] += number

    def reset(self):
        self.sums = dict.fromkeys(self.sums, 0)

    def __getitem__(self, i):
        return self.sums[i]

#: right closure | a function that makes an object of another class
class Sums(list):
    def add(self, *args):
        self[:] = [a + b for a, b in zip(self, args)]

    def reset(self):
        self[:] = [0] * len(self)


def Accumulator(n):
    made = Sums([0] * n)
    made.n = n
    return made

#: right in_numpy | sums in NumPy, a += in a loop
class Accumulator(object):
    """Sums of n numbers."""

    def __init__(self, n):
        self.sums = numpy.zeros(n)

    def add(self, *numbers):
        for i, number in enumerate(numbers):
            self.sums[i] += number

    def reset(self):
        self.sums[:] = 0

    def __getitem__(self, idx):
        return self.sums[idx]

#: right late | begins with nothing; all calls are kept
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.calls = []

    def add(self, *args):
        self.calls.append(args)

    def reset(self):
        self.calls.clear()

    def __getitem__(self, i):
        return sum(float(args[i]) for args in self.calls)

#: right map | whole numbers at first, add and a lambda
class Accumulator:
    def __init__(self, n):
        self.data = [0 for _ in range(n)]

    def add(self, *args):
        self.data[:] = map(lambda pair: pair[0] + pair[1], zip(self.data, args))

    def reset(self):
        self.__init__(len(self.data))

    def __getitem__(self, i):
        return self.data[i]

#: wrong replaces | [overwrites] the last numbers alone
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = list(args)

    def reset(self):
        self.data = [0.0] * self.n

    def __getitem__(self, i):
        return self.data[i]

#: wrong first_only | [adds_the_first] the first number for all
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + args[0] for a in self.data]

    def reset(self):
        self.data = [0.0] * self.n

    def __getitem__(self, i):
        return self.data[i]

#: wrong mean | [averages] means
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.reset()

    def add(self, *args):
        self.calls += 1
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        self.calls = 0
        self.data = [0.0] * self.n

    def __getitem__(self, i):
        return self.data[i] / max(self.calls, 1)

#: wrong whole | [cuts_to_whole_numbers] int
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0] * n

    def add(self, *args):
        self.data = [a + int(b) for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0] * self.n

    def __getitem__(self, i):
        return self.data[i]

#: wrong shared | [shares_sums] a list of the class
class Accumulator:
    data = []

    def __init__(self, n):
        self.n = n
        self.data[:] = [0.0] * n

    def add(self, *args):
        for i, number in enumerate(args):
            self.data[i] += number

    def reset(self):
        self.data[:] = [0.0] * self.n

    def __getitem__(self, i):
        return self.data[i]

#: wrong no_reset | [keeps_sums] reset does nothing
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        pass

    def __getitem__(self, i):
        return self.data[i]

#: wrong empties | [empties] reset leaves an empty list
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        self.data = []

    def __getitem__(self, i):
        return self.data[i]

#: wrong no_add | the method has another name
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def append(self, *args):
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * self.n

    def __getitem__(self, i):
        return self.data[i]

#: wrong add_is_a_list | add is no method
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.add = [0.0] * n

    def reset(self):
        self.add = [0.0] * self.n

    def __getitem__(self, i):
        return self.add[i]

#: wrong no_items | [no_items] no square brackets
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * self.n

#: wrong takes_a_list | [takes_one] add takes one list
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, numbers):
        self.data = [a + b for a, b in zip(self.data, numbers)]

    def reset(self):
        self.data = [0.0] * self.n

    def __getitem__(self, i):
        return self.data[i]

#: wrong texts | [wrong_container] the sums are texts
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * self.n

    def __getitem__(self, i):
        return f"{self.data[i]:.3f}"

#: wrong returns_none | [returns_nothing] a function that makes nothing
def Accumulator(n):
    data = [0.0] * n

#: wrong joined | [stays_0] + of two lists
class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = self.data + list(args)

    def reset(self):
        self.data = [0.0] * len(self.data)

    def __getitem__(self, i):
        return self.data[i]

#: wrong counter | [counts_calls] a += 1
class Accumulator:
    def __init__(self, n):
        self.data = [0] * n

    def add(self, *args):
        for i, number in enumerate(args):
            self.data[i] += 1

    def reset(self):
        self.data = [0] * len(self.data)

    def __getitem__(self, i):
        return self.data[i]

#: wrong forgets_self | [keeps_sums] reset gives a name of its own to the zeros
class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + float(b) for a, b in zip(self.data, args)]

    def reset(self):
        data = [0.0] * len(self.data)

    def __getitem__(self, i):
        return self.data[i]

#: wrong default_list | [shares_sums] a default that all share
class Accumulator:
    def __init__(self, n, data=[]):
        self.data = data
        data[:] = [0.0] * n

    def add(self, *args):
        for i, number in enumerate(args):
            self.data[i] += number

    def reset(self):
        self.data[:] = [0.0] * len(self.data)

    def __getitem__(self, i):
        return self.data[i]

#: right made_by_a_function | a function that returns an object of another class
class _Sums:
    def __init__(self, n):
        self.data = [0] * n

    def add(self, *args):
        self.data = list(map(sum, zip(self.data, args)))

    def reset(self):
        self.data = [0 for _ in self.data]

    def __getitem__(self, i):
        return self.data[i]


def Accumulator(n):
    return _Sums(n)

#: right keeps_all | everything that was added is kept, and summed when asked for
class Accumulator:
    def __init__(self, n):
        self.n, self.rows = n, []

    def add(self, *args):
        self.rows.append(args)

    def reset(self):
        self.rows.clear()

    def __getitem__(self, i):
        return sum(row[i] for row in self.rows)

#: wrong magnitudes | the numbers without their sign
class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + abs(float(b)) for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * len(self.data)

    def __getitem__(self, i):
        return self.data[i]

#: wrong keeps_what_it_gets | [keeps_the_arrays] the first numbers are kept as they are, and += changes the caller's
class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n
        self.first = True

    def add(self, *args):
        if self.first:
            self.data = list(args)
            self.first = False
        else:
            for i, a in enumerate(args):
                self.data[i] += a

    def reset(self):
        self.data = [0.0] * len(self.data)
        self.first = True

    def __getitem__(self, i):
        return self.data[i]

#: wrong half_precision | [nearly_right] sums in float16
class Accumulator:
    def __init__(self, n):
        self.data = numpy.zeros(n, dtype=numpy.float16)

    def add(self, *args):
        self.data += numpy.array([float(a) for a in args], dtype=numpy.float16)

    def reset(self):
        self.data[:] = 0

    def __getitem__(self, i):
        return self.data[i]
