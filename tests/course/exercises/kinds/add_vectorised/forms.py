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

#: right through_numpy | NumPy's whole arrays
def add_vectorised(a, b):
    return np.array(a.asnumpy() + b.asnumpy())

#: wrong loop | [loops_over_elements] element by element
def add_vectorised(a, b):
    c = np.zeros(len(a))
    for i in range(len(a)):
        c[i] = a[i] + b[i]
    return c

#: wrong list | [loops_over_elements] a list of arrays of one element
def add_vectorised(a, b):
    return np.concatenate([(a[i] + b[i]).reshape((1,)) for i in range(len(a))])

#: wrong minus | the difference
def add_vectorised(a, b):
    return a - b

#: wrong first | [another_variable] the first array
def add_vectorised(a, b):
    return a

#: wrong numpy | [wrong_container] left in NumPy
def add_vectorised(a, b):
    return a.asnumpy() + b.asnumpy()
