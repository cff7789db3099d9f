#: right book | diag less outer
def softmax_hessian(o):
    exp = np.exp(o - o.max())
    p = exp / exp.sum()
    return np.diag(p) - np.outer(p, p)

#: right library | the library's softmax, the identity times p
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.eye(len(o)) * p - p.reshape(-1, 1) * p

#: right column | columns and rows
def softmax_hessian(o):
    p = npx.softmax(o).reshape(-1, 1)
    return p * np.eye(p.shape[0]) - np.dot(p, p.T)

#: right factored | p_i (δ_ij − p_j)
def softmax_hessian(o):
    p = npx.softmax(o, axis=0)
    return np.expand_dims(p, 1) * (np.identity(p.size) - np.expand_dims(p, 0))

#: right jacobian | one backward pass for each probability
def softmax_hessian(o):
    rows = []
    for i in range(len(o)):
        z = o.copy()
        z.attach_grad()
        with autograd.record():
            p = npx.softmax(z)[i]
        p.backward()
        rows.append(z.grad.copy())
    return np.stack(rows)

#: right gradient_twice | differences of the gradient's formula, in NumPy's double precision
def softmax_hessian(o):
    def gradient(z):
        e = numpy.exp(z - z.max())
        return e / e.sum()

    z, h = o.asnumpy().astype('float64'), 1e-5
    steps = h * numpy.eye(len(z))
    return np.array([(gradient(z + s) - gradient(z - s)) / (2 * h) for s in steps])

#: right loop | a double loop
def softmax_hessian(o):
    p = npx.softmax(o).tolist()
    H = np.zeros((len(p), len(p)))
    for i in range(len(p)):
        for j in range(len(p)):
            H[i, j] = p[i] * (1 - p[i]) if i == j else -p[i] * p[j]
    return H

#: right einsum | products by einsum
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.diagflat(p) - np.einsum('i,j->ij', p, p)

#: right numpy_and_back | NumPy, and back
def softmax_hessian(o):
    z = o.asnumpy()
    p = numpy.exp(z - z.max())
    p /= p.sum()
    return np.array(numpy.diag(p) - numpy.outer(p, p))

#: wrong diagonal | [diagonal_alone] independent classes
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.diag(p * (1 - p))

#: wrong vector | [vector] a number for each class
def softmax_hessian(o):
    p = npx.softmax(o)
    return p * (1 - p)

#: wrong plus | [adds_the_products] plus for minus
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.diag(p) + np.outer(p, p)

#: wrong outer | [products_alone] the products
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.outer(p, p)

#: wrong minus_outer | [minus_products_alone] minus the products
def softmax_hessian(o):
    p = npx.softmax(o)
    return -np.outer(p, p)

#: wrong diag | [probabilities_alone] diag(p)
def softmax_hessian(o):
    return np.diag(npx.softmax(o))

#: wrong column_minus_outer | [spread_over_rows] p as a column
def softmax_hessian(o):
    p = npx.softmax(o).reshape(-1, 1)
    return p - np.dot(p, p.T)

#: wrong row_minus_outer | [spread_over_columns] p as a row
def softmax_hessian(o):
    p = npx.softmax(o)
    return p - np.outer(p, p)

#: wrong identity | [identity_for_p] I − ppᵀ
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.eye(len(p)) - np.outer(p, p)

#: wrong squares | [squares_on_the_diagonal] diag(p²)
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.diag(p * p) - np.outer(p, p)

#: wrong trace | [total] one number
def softmax_hessian(o):
    p = npx.softmax(o)
    return (p * (1 - p)).sum()

#: wrong dot | [inner_product] dot for outer
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.diag(p) - np.dot(p, p)

#: wrong logits | [of_the_logits] no softmax
def softmax_hessian(o):
    return np.diag(o) - np.outer(o, o)

#: wrong exponentials | [of_the_exponentials] no division
def softmax_hessian(o):
    e = np.exp(o)
    return np.diag(e) - np.outer(e, e)

#: wrong naive | [naive_exp] no shift
def softmax_hessian(o):
    p = np.exp(o) / np.exp(o).sum()
    return np.diag(p) - np.outer(p, p)

#: wrong minus | [negated] the sign
def softmax_hessian(o):
    p = npx.softmax(o)
    return np.outer(p, p) - np.diag(p)

#: wrong mean | [constant_factor] divided by the number of classes
def softmax_hessian(o):
    p = npx.softmax(o)
    return (np.diag(p) - np.outer(p, p)) / len(p)

#: wrong second_backward | [second_backward] autograd twice
def softmax_hessian(o):
    z = o.copy()
    z.attach_grad()
    with autograd.record():
        loss = np.log(np.exp(z).sum())
        grad = autograd.grad(loss, [z], create_graph=True, retain_graph=True)[0]
        first = grad[0]
    first.backward()
    return z.grad

#: wrong differences | differences in float32, where 1e-4 is next to nothing
def softmax_hessian(o):
    def loss(z):
        return np.log(np.exp(z).sum())

    h, q = 1e-4, len(o)
    steps = h * np.eye(q)
    H = np.zeros((q, q))
    for i in range(q):
        for j in range(q):
            a = loss(o + steps[i] + steps[j]) - loss(o + steps[i] - steps[j])
            b = loss(o - steps[i] + steps[j]) - loss(o - steps[i] - steps[j])
            H[i, j] = (a - b) / (4 * h * h)
    return H

#: wrong in_place | [changes_o] the shift in place
def softmax_hessian(o):
    o -= o.max()
    p = np.exp(o) / np.exp(o).sum()
    return np.diag(p) - np.outer(p, p)

#: wrong numpy_result | [wrong_container] left in NumPy
def softmax_hessian(o):
    p = npx.softmax(o).asnumpy()
    return numpy.diag(p) - numpy.outer(p, p)
