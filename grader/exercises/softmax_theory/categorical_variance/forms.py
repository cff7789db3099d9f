#: right book | diag less outer
def categorical_variance(p):
    return np.diag(p) - np.outer(p, p)

#: right eye | the identity times p
def categorical_variance(p):
    return np.eye(len(p)) * p - p.reshape(-1, 1) * p

#: right column | columns and rows
def categorical_variance(p):
    p = p.reshape(-1, 1)
    return p * np.eye(p.shape[0]) - np.dot(p, p.T)

#: right factored | p_i (δ_ij − p_j)
def categorical_variance(p):
    return np.expand_dims(p, 1) * (np.identity(p.size) - np.expand_dims(p, 0))

#: right loop | a double loop
def categorical_variance(p):
    p = p.tolist()
    H = np.zeros((len(p), len(p)))
    for i in range(len(p)):
        for j in range(len(p)):
            H[i, j] = p[i] * (1 - p[i]) if i == j else -p[i] * p[j]
    return H

#: right einsum | products by einsum
def categorical_variance(p):
    return np.diagflat(p) - np.einsum('i,j->ij', p, p)

#: right expectation | the average of (Z − p)(Z − p)ᵀ over the classes
def categorical_variance(p):
    total = np.zeros((len(p), len(p)))
    for k in range(len(p)):
        z = one_hot(np.array([k]), len(p))[0] - p
        total = total + p[k] * np.outer(z, z)
    return total

#: right numpy_and_back | NumPy, and back
def categorical_variance(p):
    p = p.asnumpy()
    return np.array(numpy.diag(p) - numpy.outer(p, p))

#: wrong diagonal | [diagonal_alone] independent classes
def categorical_variance(p):
    return np.diag(p * (1 - p))

#: wrong vector | [vector] a number for each class
def categorical_variance(p):
    return p * (1 - p)

#: wrong plus | [adds_the_products] plus for minus
def categorical_variance(p):
    return np.diag(p) + np.outer(p, p)

#: wrong outer | [products_alone] the products
def categorical_variance(p):
    return np.outer(p, p)

#: wrong minus_outer | [minus_products_alone] minus the products
def categorical_variance(p):
    return -np.outer(p, p)

#: wrong diag | [probabilities_alone] diag(p)
def categorical_variance(p):
    return np.diag(p)

#: wrong column_minus_outer | [spread_over_rows] p as a column
def categorical_variance(p):
    p = p.reshape(-1, 1)
    return p - np.dot(p, p.T)

#: wrong row_minus_outer | [spread_over_columns] p as a row
def categorical_variance(p):
    return p - np.outer(p, p)

#: wrong identity | [identity_for_p] I − ppᵀ
def categorical_variance(p):
    return np.eye(len(p)) - np.outer(p, p)

#: wrong squares | [squares_on_the_diagonal] diag(p²)
def categorical_variance(p):
    return np.diag(p * p) - np.outer(p, p)

#: wrong trace | [total] one number
def categorical_variance(p):
    return (p * (1 - p)).sum()

#: wrong dot | [inner_product] dot for outer
def categorical_variance(p):
    return np.diag(p) - np.dot(p, p)

#: wrong minus | [negated] the sign
def categorical_variance(p):
    return np.outer(p, p) - np.diag(p)

#: wrong mean | [constant_factor] divided by the number of classes
def categorical_variance(p):
    return (np.diag(p) - np.outer(p, p)) / len(p)

#: wrong numpy_result | [wrong_container] left in NumPy
def categorical_variance(p):
    p = p.asnumpy()
    return numpy.diag(p) - numpy.outer(p, p)

#: wrong of_the_numbers | [variance_of_the_probabilities] the variance of the entries
def categorical_variance(p):
    return p.var()

#: wrong class_number | [variance_of_the_class_number] Σ k² p − (Σ k p)²
def categorical_variance(p):
    k = np.arange(len(p))
    return (p * k ** 2).sum() - (p * k).sum() ** 2

#: wrong softmax | [softmax_first] softmax of p
def categorical_variance(p):
    p = npx.softmax(p)
    return np.diag(p) - np.outer(p, p)

#: wrong correlations | [correlations] divided by the standard deviations
def categorical_variance(p):
    deviations = np.sqrt(p * (1 - p))
    return (np.diag(p) - np.outer(p, p)) / np.outer(deviations, deviations)

#: right weighted_deviations | the deviations of each class from the mean, weighed
def categorical_variance(p):
    D = np.eye(len(p)) - p
    return np.dot(D.T * p, D)

#: wrong in_place | [changes_p] the variances stored in p
def categorical_variance(p):
    C = -np.outer(p, p)
    p *= 1 - p
    for i in range(len(p)):
        C[i, i] = p[i]
    return C
