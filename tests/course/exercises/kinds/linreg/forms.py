#: right book | dot
def linreg(X, w, b):
    return np.dot(X, w) + b

#: right sum | products and their sum
def linreg(X, w, b):
    return (X * w).sum(axis=1) + b

#: right column | w as a column
def linreg(X, w, b):
    return np.dot(X, w.reshape((-1, 1))).reshape((-1,)) + b

#: wrong no_bias | [leaves_out_b] the bias forgotten
def linreg(X, w, b):
    return np.dot(X, w)

#: wrong number_of_b | [takes_b_out] b as a plain number
def linreg(X, w, b):
    return np.dot(X, w) + float(b.asnumpy()[0])

#: wrong detached_w | [takes_w_out] w detached
def linreg(X, w, b):
    return np.dot(X, w.detach()) + b

#: wrong twice | [doubles_w] w added to itself
def linreg(X, w, b):
    return np.dot(X, w + w) + b

#: wrong out_and_back | [leaves_the_graph] through NumPy
def linreg(X, w, b):
    return np.array(numpy.dot(X.asnumpy(), w.asnumpy()) + b.asnumpy())

#: wrong numpy_result | [wrong_container] left in NumPy
def linreg(X, w, b):
    return numpy.dot(X.asnumpy(), w.asnumpy()) + b.asnumpy()

#: wrong pair | [returns_several] the weights as well
def linreg(X, w, b):
    return np.dot(X, w) + b, w

#: wrong in_place | [changes_while_recording] adds in place
def linreg(X, w, b):
    out = np.dot(X, w)
    out += b
    return out
