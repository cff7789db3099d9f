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

#: wrong empties | reset leaves an empty list
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

#: wrong no_items | no square brackets
class Accumulator:
    def __init__(self, n):
        self.n = n
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * self.n

#: wrong takes_a_list | add takes one list
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

#: wrong no_n | n is not kept
class Accumulator:
    def __init__(self, n):
        self.data = [0.0] * n

    def add(self, *args):
        self.data = [a + b for a, b in zip(self.data, args)]

    def reset(self):
        self.data = [0.0] * len(self.data)

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
