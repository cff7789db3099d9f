#: right masked | the classes that come up, then the formula
def kl_divergence(p, q):
    p, q = p[p > 0], q[p > 0]
    return (p * np.log(p / q)).sum()

#: right difference | cross-entropy less entropy
def kl_divergence(p, q):
    return cross_entropy_between(p, q) - entropy(p)

#: right where | the product where p is positive
def kl_divergence(p, q):
    return np.where(p > 0, p * np.log(p / q), np.zeros_like(p)).sum()

#: right logs | the difference of the logarithms, safe ones
def kl_divergence(p, q):
    return float(np.dot(p, np.log(np.maximum(p, 1e-30)) - np.log(np.maximum(q, 1e-30))))

#: right eps | a little in both logarithms
def kl_divergence(p, q):
    return (p * (np.log(p + 1e-12) - np.log(q + 1e-12))).sum()

#: right loop | a loop over Python's numbers
import math


def kl_divergence(p, q):
    return sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist()) if a > 0)

#: right never_negative | a negative rounding error cut off
def kl_divergence(p, q):
    d = np.nan_to_num(p * np.log(p / q)).sum()
    return np.maximum(d, 0)

#: right numpy | NumPy in double precision
def kl_divergence(p, q):
    p, q = p.asnumpy().astype(float), q.asnumpy().astype(float)
    seen = p > 0
    return numpy.sum(p[seen] * numpy.log(p[seen] / q[seen]))

#: right one_element | an array with one element
def kl_divergence(p, q):
    ratio = np.where(p > 0, q / p, np.ones_like(p))
    return -(p * np.log(ratio)).sum(keepdims=True)

#: wrong naive | [zero_times_log_zero] the formula as printed
def kl_divergence(p, q):
    return (p * np.log(p / q)).sum()

#: wrong naive_logs | [zero_times_log_zero] a difference of logarithms
def kl_divergence(p, q):
    return np.dot(p, np.log(p) - np.log(q))

#: wrong mask_of_q | [zero_times_log_zero] the zeros of q left out, and not those of p
def kl_divergence(p, q):
    p, q = p[q > 0], q[q > 0]
    return (p * np.log(p / q)).sum()

#: wrong eps_in_p | [zero_of_q] p alone made safe
def kl_divergence(p, q):
    return (p * (np.log(p + 1e-12) - np.log(q))).sum()

#: wrong swapped | [swaps_p_and_q] p and q exchanged
def kl_divergence(p, q):
    return (q * np.log(q / p)).sum()

#: wrong minus | [negated] log(q / p)
def kl_divergence(p, q):
    p, q = p[p > 0], q[p > 0]
    return (p * np.log(q / p)).sum()

#: wrong base_2 | [constant_factor] in bits
def kl_divergence(p, q):
    p, q = p[p > 0], q[p > 0]
    return (p * np.log2(p / q)).sum()

#: wrong mean | [constant_factor] the mean for the sum
def kl_divergence(p, q):
    return (p * (np.log(p + 1e-12) - np.log(q + 1e-12))).mean()

#: wrong cross_entropy | [cross_entropy_alone] nothing taken away
def kl_divergence(p, q):
    return cross_entropy_between(p, q)

#: wrong entropy_of_q | [takes_away_the_entropy_of_q] H(p, q) − H(q)
def kl_divergence(p, q):
    return cross_entropy_between(p, q) - entropy(q)

#: wrong entropies | [difference_of_entropies] H(q) − H(p)
def kl_divergence(p, q):
    return entropy(q) - entropy(p)

#: wrong weights_q | [weighs_by_q] q as the weights
def kl_divergence(p, q):
    return (q * np.log(p / q)).sum()

#: wrong unweighted | [leaves_out_the_weights] no weights
def kl_divergence(p, q):
    return np.log(p / q).sum()

#: wrong vector | [no_sum] no sum
def kl_divergence(p, q):
    return p * (np.log(p + 1e-12) - np.log(q + 1e-12))

#: wrong absolute | [absolute_terms] positive by force
def kl_divergence(p, q):
    return np.abs(p * (np.log(p + 1e-12) - np.log(q + 1e-12))).sum()

#: wrong symmetric | [both_directions] both directions added up
def kl_divergence(p, q):
    return ((p - q) * (np.log(p) - np.log(q))).sum()

#: wrong js | [jensen_shannon] compared with the mean
def kl_divergence(p, q):
    m = (p + q) / 2
    return (cross_entropy_between(p, m) - entropy(p) + cross_entropy_between(q, m) - entropy(q)) / 2

#: wrong squares | [squared_distance] a squared distance
def kl_divergence(p, q):
    return ((p - q) ** 2).sum()

#: wrong softmax | [softmax_first] softmax of both
def kl_divergence(p, q):
    p, q = npx.softmax(p), npx.softmax(q)
    return (p * np.log(p / q)).sum()

#: wrong large_eps | [adds_too_much] 1e-3 in both logarithms
def kl_divergence(p, q):
    return (p * np.log((p + 1e-3) / (q + 1e-3))).sum()

#: wrong in_place | [changes_its_arguments] zeros replaced in p and q
def kl_divergence(p, q):
    q[p == 0] = 1
    p[p == 0] = 1e-30
    return (p * np.log(p / q)).sum()

#: wrong nansum | what NumPy has and MXNet has not
def kl_divergence(p, q):
    return np.nansum(p * np.log(p / q))

#: right object | a class of its own
class Divergence:
    def __init__(self, p, q):
        self.pairs = list(zip(p.tolist(), q.tolist()))

    def value(self):
        return sum(p * (math.log(p) - math.log(q)) for p, q in self.pairs if p != 0)


def kl_divergence(p, q):
    return Divergence(p, q).value()

#: wrong raised | [adds_too_much] the smallest probabilities raised
def kl_divergence(p, q):
    return np.sum(p * (np.log(np.maximum(p, 1e-5)) - np.log(np.maximum(q, 1e-5))))

#: wrong epsilon_of_a_millionth | [adds_too_much] a millionth added
def kl_divergence(p, q):
    return (p * np.log((p + 1e-6) / (q + 1e-6))).sum()

#: wrong positive_terms | negative terms left out
def kl_divergence(p, q):
    return sum(max(0, a * math.log(a / b)) for a, b in zip(p.tolist(), q.tolist()) if a)
