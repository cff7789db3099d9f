#: right masked | the classes that come up, then the formula
def entropy(p):
    p = p[p > 0]
    return -(p * np.log(p)).sum()

#: right where | the product where p is positive, 0 elsewhere
def entropy(p):
    return -np.where(p > 0, p * np.log(p), np.zeros_like(p)).sum()

#: right floor | a floor below the logarithm
def entropy(p):
    return -(p * np.log(np.maximum(p, 1e-30))).sum()

#: right eps | a little inside the logarithm, a dot product
def entropy(p):
    return -np.dot(p, np.log(p + 1e-12)).item()

#: right small_eps | 1e-8, as often seen
def entropy(p):
    return float(-np.sum(p * np.log(p + 1e-8)))

#: right loop | a loop over Python's numbers
import math


def entropy(p):
    total = 0.0
    for x in p.tolist():
        if x > 0:
            total -= x * math.log(x)
    return total

#: right nan_to_num | nan replaced by 0 before the sum
def entropy(p):
    return -np.nan_to_num(p * np.log(p)).sum()

#: right product | the logarithm of a product of powers, 0⁰ being 1
def entropy(p):
    return -np.log(np.power(p, p)).sum()

#: right bits | base 2, and back to nats
import math


def entropy(p):
    p = p[p > 0]
    return (p * -np.log2(p)).sum() * math.log(2)

#: right numpy | NumPy: no gradient is asked for
def entropy(p):
    p = p.asnumpy()
    p = p[p != 0]
    return numpy.dot(p, -numpy.log(p))

#: right one_element | an array with one element, zeros made to ones
def entropy(p):
    safe = np.where(p == 0, np.ones_like(p), p)
    return np.dot(-np.log(safe).reshape(1, -1), p)

#: wrong naive | [zero_times_log_zero] the formula as printed
def entropy(p):
    return -(p * np.log(p)).sum()

#: wrong naive_dot | [zero_times_log_zero] a dot product
def entropy(p):
    return -np.dot(p, np.log(p))

#: wrong no_minus | [negated] the minus forgotten
def entropy(p):
    p = p[p > 0]
    return (p * np.log(p)).sum()

#: wrong base_2 | [constant_factor] the logarithm to base 2
def entropy(p):
    p = p[p > 0]
    return -(p * np.log2(p)).sum()

#: wrong mean | [constant_factor] the mean for the sum
def entropy(p):
    return -(p * np.log(p + 1e-12)).mean()

#: wrong half | [constant_factor] divided by 2, as the book says of the binary entropy
def entropy(p):
    return -(p * np.log(p + 1e-12)).sum() / 2

#: wrong unweighted | [leaves_out_the_weights] the sum of the surprisals
def entropy(p):
    return -np.log(p).sum()

#: wrong vector | [no_sum] no sum
def entropy(p):
    return -p * np.log(np.maximum(p, 1e-30))

#: wrong uniform | [of_equal_classes] log k
def entropy(p):
    return np.log(len(p))

#: wrong perplexity | [one_function_more] exp of the entropy
def entropy(p):
    return np.exp(-(p * np.log(p + 1e-12)).sum())

#: wrong gini | [gini] 1 − Σp²
def entropy(p):
    return 1 - (p ** 2).sum()

#: wrong collision | [log_of_the_sum] the logarithm outside
def entropy(p):
    return -np.log((p * p).sum())

#: wrong likeliest | [of_the_likeliest] −log of the maximum
def entropy(p):
    return -np.log(p.max())

#: wrong softmax | [softmax_first] softmax of p
def entropy(p):
    p = npx.softmax(p)
    return -(p * np.log(p)).sum()

#: wrong binary | [a_coin_for_each_class] the binary formula for each class
def entropy(p):
    return -(p * np.log(p + 1e-12) + (1 - p) * np.log(1 - p + 1e-12)).sum()

#: wrong large_eps | [adds_too_much] 1e-3 inside the logarithm
def entropy(p):
    return -(p * np.log(p + 1e-3)).sum()

#: wrong in_place | [changes_p] zeros replaced in p
def entropy(p):
    p[p == 0] = 1
    return -(p * np.log(p)).sum()

#: wrong prints | [returns_nothing] print for return
def entropy(p):
    p = p[p > 0]
    print(-(p * np.log(p)).sum())

#: wrong method | [function_as_method] p.log()
def entropy(p):
    return -(p * p.log()).sum()

#: wrong ten | [right_for_some_sizes] the first ten classes
def entropy(p):
    return -sum(float(x) * float(np.log(x)) for x in p[:10] if x > 0)

#: right power | the logarithm of p to the power of p
def entropy(p):
    return -math.log(math.prod(v**v for v in p.tolist()))

#: wrong nan_is_zero | nan replaced by 0 at the end
def entropy(p):
    h = float(-(p * np.log(p)).sum())
    return 0.0 if math.isnan(h) else h

#: wrong stops_at_zero | a loop that ends at the first zero
def entropy(p):
    h = 0
    for v in p.tolist():
        if v == 0:
            break
        h -= v * math.log(v)
    return h

#: wrong different_values | each value counted once
def entropy(p):
    return -sum(v * math.log(v) for v in set(p.tolist()) if v > 0)
