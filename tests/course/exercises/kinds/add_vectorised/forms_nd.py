#: right by_name | nd.elemwise_add
def add_vectorised(a, b):
    return nd.elemwise_add(a, b)

#: wrong list | [loops_over_elements] a list of arrays of one element
def add_vectorised(a, b):
    return nd.concat(*[a[i] + b[i] for i in range(len(a))], dim=0)
