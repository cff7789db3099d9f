#: right book | the book's
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c

#: right while | while
def add_loop(a, b):
    c, i = np.zeros(a.shape), 0
    while i < a.shape[0]:
        c[i] = a[i] + b[i]
        i += 1
    return c

#: right zip | pairs, stacked
def add_loop(a, b):
    return np.stack([x + y for x, y in zip(a, b)])

#: right items | Python's numbers, one by one
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i].item() + b[i].item()
    return c

#: right python_lists | lists of Python's numbers
def add_loop(a, b):
    result = []
    for x, y in zip(a.tolist(), b.tolist()):
        result.append(x + y)
    return np.array(result)

#: right copy | a copy, added to
def add_loop(a, b):
    c = a.copy()
    for i, y in enumerate(b):
        c[i] += y
    return c

#: right numpy_loop | NumPy's elements
def add_loop(a, b):
    x, y = a.asnumpy(), b.asnumpy()
    for i in range(len(x)):
        y[i] = x[i] + y[i]
    return np.array(y)

#: right slices | slices of one element
def add_loop(a, b):
    return np.concatenate([a[i:i + 1] + b[i:i + 1] for i in range(len(a))])

#: wrong vectorised | [adds_whole_arrays] +
def add_loop(a, b):
    return a + b

#: wrong vectorised_name | [adds_whole_arrays] np.add
def add_loop(a, b):
    c = np.zeros(len(a))
    c[:] = np.add(a, b)
    return c

#: wrong too_short | [misses_the_last] one too few
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a) - 1):
        c[i] = a[i] + b[i]
    return c

#: wrong from_one | [misses_the_first] from 1
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(1, len(a)):
        c[i] = a[i] + b[i]
    return c

#: wrong from_one_to_n | [misses_the_first] from 1, with the last stretched
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        if i > 0:
            c[i] = a[i] + b[i]
    return c

#: wrong index_0 | [always_the_first] the index does not move
def add_loop(a, b):
    c, i = np.zeros(len(a)), 0
    for k in range(len(a)):
        c[k] = a[i] + b[i]
    return c

#: wrong nested | [adds_to_the_first] two loops
def add_loop(a, b):
    c = a.tolist()
    for i in range(len(c)):
        for y in b.tolist():
            c[i] += y
    return np.array(c)

#: wrong product | [multiplies] *
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] * b[i]
    return c

#: wrong minus | [subtracts] -
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] - b[i]
    return c

#: wrong twice | [adds_itself] a and a
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + a[i]
    return c

#: wrong lists | [joins] one behind the other
def add_loop(a, b):
    c = []
    for x in a.tolist():
        c.append(x)
    for y in b.tolist():
        c.append(y)
    return np.array(c)

#: wrong total | one number
def add_loop(a, b):
    c = 0
    for i in range(len(a)):
        c += a[i] + b[i]
    return c

#: wrong list | [wrong_container] a list
def add_loop(a, b):
    return [x + y for x, y in zip(a.tolist(), b.tolist())]

#: wrong early_return | [only_first_value_right] returns in the first round
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
        return c

#: wrong no_return | [returns_nothing] the return forgotten
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]

#: wrong ten | [values_beyond_wrong] a fixed number of rounds
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(min(10, len(a))):
        c[i] = a[i] + b[i]
    return c

#: wrong running | [running_sum] the sum goes on
def add_loop(a, b):
    c, s = np.zeros(len(a)), 0
    for i in range(len(a)):
        s = s + a[i] + b[i]
        c[i] = s
    return c

#: wrong whole_numbers | [whole_numbers] int
def add_loop(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = int(a[i] + b[i])
    return c

#: right descending | from the last to the first
def add_loop(a, b):
    c = np.zeros(a.shape)
    for i in reversed(range(len(a))):
        c[i] = np.add(a[i], b[i])
    return c

#: wrong into_a | [changes_arguments] b added to a itself
def add_loop(a, b):
    for i in range(len(a)):
        a[i] += b[i]
    return a
