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

#: wrong clipped | [adds_too_much] no probability below 0.01
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

#: right nested_lists | down through lists of lists
def surprisal(p):
    def walk(part):
        return [walk(x) for x in part] if isinstance(part, list) else -math.log(part)

    return np.array(walk(p.tolist()))

#: right own_copy | in place, on a copy
def surprisal(p):
    result = p.copy()
    result[:] = np.log(result)
    result *= -1
    return result

#: wrong in_place | [changes_p] the result stored in p
def surprisal(p):
    p[:] = -np.log(p)
    return p

#: wrong raised | [adds_too_much] small probabilities raised
def surprisal(p):
    return -np.log(np.clip(p, 1e-3, 1))

#: wrong raised_a_little | [adds_too_much] the smallest probabilities raised
def surprisal(p):
    return -np.log(np.maximum(p, 1e-5))

#: wrong half_result | [half_precision] the right values in half precision
def surprisal(p):
    return (-np.log(p)).astype('float16')

#: wrong first_ten | the first ten entries alone
def surprisal(p):
    result = p.copy().reshape(-1)
    result[:10] = -np.log(result[:10])
    return result.reshape(p.shape)
