#: right book | as in the formula
def surprisal(p):
    return -np.log(p)

#: right reciprocal | the logarithm of the reciprocal
def surprisal(p):
    return np.log(1 / p)

#: right bits | from base 2
def surprisal(p):
    return -np.log2(p) * float(np.log(2))

#: right difference | the logarithm of 1 less that of p
def surprisal(p):
    return np.log(np.ones_like(p)) - np.log(p)

#: right eps | a little inside the logarithm, which is not needed
def surprisal(p):
    return -np.log(p + 1e-8)

#: right loop | a loop over all entries
import math


def surprisal(p):
    flat = [-math.log(x) for x in p.reshape(-1).tolist()]
    return np.array(flat).reshape(p.shape)

#: right numpy_and_back | NumPy, and back
def surprisal(p):
    return np.array(-numpy.log(p.asnumpy()))

#: right log1p | log(1 + (p − 1))
def surprisal(p):
    return -np.log1p(p - 1)

#: wrong no_minus | [forgets_the_minus] the minus forgotten
def surprisal(p):
    return np.log(p)

#: wrong base_2 | [constant_factor] in bits
def surprisal(p):
    return -np.log2(p)

#: wrong base_10 | [constant_factor] base 10
def surprisal(p):
    return -np.log10(p)

#: wrong weighted | [weighs_by_p] a term of the entropy
def surprisal(p):
    return -p * np.log(p)

#: wrong one_minus_p | [another_variable] 1 − p
def surprisal(p):
    return 1 - p

#: wrong one_over_p | [reciprocal] 1 / p
def surprisal(p):
    return 1 / p

#: wrong opposite | [of_the_opposite] log(1 − p)
def surprisal(p):
    return -np.log(1 - p)

#: wrong plus_one | [adds_one] log1p
def surprisal(p):
    return -np.log1p(p)

#: wrong odds | [log_odds] log(p / (1 − p))
def surprisal(p):
    return -np.log(p / (1 - p))

#: wrong large_eps | [adds_too_much] 1e-4 inside the logarithm
def surprisal(p):
    return -np.log(p + 1e-4)

#: wrong clipped | [cut_off] no probability below 0.01
def surprisal(p):
    return -np.log(np.clip(p, 0.01, 1))

#: wrong mean | [one_number_for_all] the mean of all
def surprisal(p):
    return -np.log(p).mean()

#: wrong sum | [one_number_for_all] the sum of all
def surprisal(p):
    return -np.log(p).sum()

#: wrong one_loop | [math_takes_numbers] rows for numbers
import math


def surprisal(p):
    return np.array([-math.log(x) for x in p.tolist()])

#: wrong numpy_result | [wrong_container] left in NumPy
def surprisal(p):
    return -numpy.log(p.asnumpy())

#: wrong flat | [flattened] the shape is lost
def surprisal(p):
    return -np.log(p.reshape(-1))

#: wrong log_of_float | [math_takes_numbers] math.log of an array
import math


def surprisal(p):
    return -math.log(p)
