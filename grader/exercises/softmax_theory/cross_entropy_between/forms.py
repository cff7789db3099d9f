#: right masked | the classes that come up, then the formula
def cross_entropy_between(p, q):
    return -(p[p > 0] * np.log(q[p > 0])).sum()

#: right where | the product where p is positive
def cross_entropy_between(p, q):
    return -np.where(p > 0, p * np.log(q), np.zeros_like(p)).sum()

#: right floor | a floor below the logarithm
def cross_entropy_between(p, q):
    return -(p * np.log(np.maximum(q, 1e-30))).sum()

#: right eps | a little inside the logarithm, a dot product
def cross_entropy_between(p, q):
    return float(-np.dot(p, np.log(q + 1e-12)))

#: right surprisals | the student's own surprisal
def cross_entropy_between(p, q):
    return np.dot(p, surprisal(np.where(p > 0, q, np.ones_like(q))))

#: right divergence_and_entropy | the divergence and the entropy
def cross_entropy_between(p, q):
    p, q = p[p > 0], q[p > 0]
    kl = (p * np.log(p / q)).sum()
    return kl + entropy(p)

#: right loop | a loop over Python's numbers
import math


def cross_entropy_between(p, q):
    return sum(-a * math.log(b) for a, b in zip(p.tolist(), q.tolist()) if a > 0)

#: right nan_to_num | nan replaced by 0 before the sum
def cross_entropy_between(p, q):
    return np.nan_to_num(-p * np.log(q)).sum().item()

#: right zeros_of_q | masked where q is 0: there p is 0 too
def cross_entropy_between(p, q):
    keep = q > 0
    return (p[keep] * -np.log(q[keep])).sum()

#: right numpy | NumPy: no gradient is asked for
def cross_entropy_between(p, q):
    p, q = p.asnumpy(), q.asnumpy()
    return -numpy.sum(p * numpy.log(q, where=q > 0, out=numpy.zeros_like(q)))

#: wrong naive | [zero_times_log_zero] the formula as printed
def cross_entropy_between(p, q):
    return -(p * np.log(q)).sum()

#: wrong swapped | [swaps_p_and_q] p and q exchanged
def cross_entropy_between(p, q):
    return -(q * np.log(p)).sum()

#: wrong of_p | [entropy_of_p] the entropy of p
def cross_entropy_between(p, q):
    return -(p * np.log(p + 1e-12)).sum()

#: wrong of_q | [entropy_of_q] the entropy of q
def cross_entropy_between(p, q):
    return -(q * np.log(q + 1e-12)).sum()

#: wrong kl | [divergence] log of p / q
def cross_entropy_between(p, q):
    return (p * np.log((p + 1e-12) / (q + 1e-12))).sum()

#: wrong unweighted | [leaves_out_the_weights] no weights
def cross_entropy_between(p, q):
    return -np.log(q).sum()

#: wrong vector | [no_sum] no sum
def cross_entropy_between(p, q):
    return -p * np.log(np.maximum(q, 1e-30))

#: wrong softmax | [softmax_first] softmax of q
def cross_entropy_between(p, q):
    return -(p * npx.log_softmax(q)).sum()

#: wrong label | [of_the_likeliest] the likeliest class taken for the label
def cross_entropy_between(p, q):
    return -np.log(q[int(p.argmax())])

#: wrong log_outside | [log_of_the_sum] the logarithm outside
def cross_entropy_between(p, q):
    return -np.log(np.dot(p, q))

#: wrong binary | [a_coin_for_each_class] the binary formula for each class
def cross_entropy_between(p, q):
    return -(p * np.log(q + 1e-12) + (1 - p) * np.log(1 - q + 1e-12)).sum()

#: wrong large_eps | [adds_too_much] 1e-3 inside the logarithm
def cross_entropy_between(p, q):
    return -(p * np.log(q + 1e-3)).sum()

#: wrong no_minus | [negated] the minus forgotten
def cross_entropy_between(p, q):
    return (p * np.log(q + 1e-12)).sum()

#: wrong base_2 | [constant_factor] the logarithm to base 2
def cross_entropy_between(p, q):
    return -(p[p > 0] * np.log2(q[p > 0])).sum()

#: wrong mean | [constant_factor] the mean for the sum
def cross_entropy_between(p, q):
    return -(p * np.log(q + 1e-12)).mean()

#: wrong in_place | [changes_its_arguments] zeros replaced in q
def cross_entropy_between(p, q):
    q[q == 0] = 1
    return -(p * np.log(q)).sum()

#: wrong no_return | [returns_nothing] no return
def cross_entropy_between(p, q):
    loss = -(p * np.log(q + 1e-12)).sum()

#: wrong raised | [adds_too_much] the smallest probabilities raised
def cross_entropy_between(p, q):
    return -np.sum(p * np.log(np.maximum(q, 1e-5)))

#: wrong renormalised | q's rest made to add up to 1
def cross_entropy_between(p, q):
    rest = q[p > 0] / q[p > 0].sum()
    return -(p[p > 0] * np.log(rest)).sum()

#: right powers | logarithms of powers
def cross_entropy_between(p, q):
    return -sum(math.log(b**a) if a else 0 for a, b in zip(p.tolist(), q.tolist()))
