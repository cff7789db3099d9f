#: right book | +
def add_vectorised(a, b):
    return a + b

#: right by_name | np.add
def add_vectorised(a, b):
    return np.add(a, b)

#: right in_place | a copy that is added to
def add_vectorised(a, b):
    c = a.copy()
    c += b
    return c

#: right zeros_filled | a new array, filled in one go
def add_vectorised(a, b):
    c = np.zeros(a.shape)
    c[:] = a + b
    return c

#: right through_numpy | NumPy's whole arrays
def add_vectorised(a, b):
    return np.array(a.asnumpy() + b.asnumpy())

#: right stacked | rows of a matrix, and their sum
def add_vectorised(a, b):
    return np.stack([a, b]).sum(axis=0)

#: right blocks | blocks of 32
def add_vectorised(a, b):
    parts = [a[i:i + 32] + b[i:i + 32] for i in range(0, len(a), 32)]
    return np.concatenate(parts)

#: right lambda | one line
add_vectorised = lambda a, b: b + a

#: wrong loop | [loops_over_elements] element by element
def add_vectorised(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c

#: wrong stack | [loops_over_elements] a list of arrays without an axis
def add_vectorised(a, b):
    return np.stack([x + y for x, y in zip(a, b)])

#: wrong concatenate | [loops_over_elements] a list of arrays of one element
def add_vectorised(a, b):
    return np.concatenate([a[i:i + 1] + b[i:i + 1] for i in range(len(a))])

#: wrong short_loop | [misses_the_last, loops_over_elements] a loop that ends too early
def add_vectorised(a, b):
    c = np.zeros(len(a))
    for i in range(len(a) - 1):
        c[i] = a[i] + b[i]
    return c

#: wrong from_one | [misses_the_first, loops_over_elements] a loop that begins at 1
def add_vectorised(a, b):
    c = np.zeros(len(a))
    for i in range(1, len(a)):
        c[i] = a[i] + b[i]
    return c

#: wrong all_but_last | [misses_the_last] a slice that ends too early
def add_vectorised(a, b):
    c = np.zeros(len(a))
    c[:-1] = a[:-1] + b[:-1]
    return c

#: wrong first | [another_variable] the first array
def add_vectorised(a, b):
    return a

#: wrong twice | [adds_itself] a and a
def add_vectorised(a, b):
    return a + a

#: wrong zero | [always_the_first] the first elements, spread
def add_vectorised(a, b):
    return np.zeros(len(a)) + a[0] + b[0]

#: wrong sum_of_b | [adds_to_the_first] the sum of b
def add_vectorised(a, b):
    return a + b.sum()

#: wrong product | [multiplies] *
def add_vectorised(a, b):
    return a * b

#: wrong minus | [subtracts] -
def add_vectorised(a, b):
    return a - b

#: wrong lists | [joins] + of lists
def add_vectorised(a, b):
    return np.array(a.tolist() + b.tolist())

#: wrong numpy | [wrong_container] left in NumPy
def add_vectorised(a, b):
    return a.asnumpy() + b.asnumpy()

#: wrong list | [wrong_container] a list
def add_vectorised(a, b):
    return [x + y for x, y in zip(a.tolist(), b.tolist())]

#: wrong prints | [returns_nothing] printed
def add_vectorised(a, b):
    print(a + b)

#: wrong number | a scalar product
def add_vectorised(a, b):
    return np.dot(a, b)

#: right summed_stack | both stacked, and added up
def add_vectorised(a, b):
    return np.stack([a, b]).sum(axis=0)

#: wrong into_a | [changes_arguments] b added to a itself
def add_vectorised(a, b):
    a += b
    return a
