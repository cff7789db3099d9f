#: right mirrored | with real_softmax
def soft_min(x, lam=1.0):
    return -real_softmax(-x, lam)

#: right negative_lam | the formula with −lam, the minimum taken out
def soft_min(x, lam=1.0):
    m = x.min()
    return m + np.log(np.exp(-lam * (x - m)).sum()) / -lam

#: right scaled | z = −lam · x
def soft_min(x, lam=1.0):
    z = -lam * x
    return -(z.max() + np.log(np.exp(z - z.max()).sum())) / lam

#: right float | a plain float
def soft_min(x, lam=1.0):
    return float(-real_softmax(x * -1, lam=lam))

#: right fold | two at a time
import math


def soft_min(x, lam=1.0):
    low, *others = x.tolist()
    for v in others:
        low = min(low, v) - math.log1p(math.exp(-lam * abs(low - v))) / lam
    return low

#: right numpy | NumPy in double precision
def soft_min(x, lam=1.0):
    z = -lam * x.asnumpy().astype('float64')
    return -(z.max() + numpy.log(numpy.exp(z - z.max()).sum())) / lam

#: right lambda | one line
soft_min = lambda x, lam=1.0: 0 - real_softmax(0 - x, lam)

#: wrong maximum | [smooth_maximum] no sign
def soft_min(x, lam=1.0):
    return real_softmax(x, lam)

#: wrong inside | [forgets_to_turn_back] the minus inside alone
def soft_min(x, lam=1.0):
    return real_softmax(-x, lam)

#: wrong outside | [forgets_to_turn_around] the minus outside alone
def soft_min(x, lam=1.0):
    return -real_softmax(x, lam)

#: wrong minimum | [minimum_alone] the limit
def soft_min(x, lam=1.0):
    return x.min()

#: wrong softmin | [its_namesake] probabilities
def soft_min(x, lam=1.0):
    return npx.softmax(-lam * x)

#: wrong average | [weighted_average] Σ p x
def soft_min(x, lam=1.0):
    return (npx.softmax(-lam * x) * x).sum()

#: wrong lam_lost | [leaves_out_lam] lam not handed on
def soft_min(x, lam=1.0):
    return -real_softmax(-x)

#: wrong mean | [mean_of_the_exponentials] the mean
def soft_min(x, lam=1.0):
    m = x.min()
    return m - np.log(np.exp(-lam * (x - m)).mean()) / lam

#: wrong reciprocals | [of_reciprocals] 1 / x
def soft_min(x, lam=1.0):
    return 1 / real_softmax(1 / x, lam)

#: wrong naive | [unshifted] no shift
def soft_min(x, lam=1.0):
    return -np.log(np.exp(-lam * x).sum()) / lam

#: wrong minus_lam | [forgets_to_turn_back] minus lam, and one minus too many
def soft_min(x, lam=1.0):
    return -real_softmax(x, -lam)

#: wrong no_default | [no_default] lam has to be given
def soft_min(x, lam):
    return -real_softmax(-x, lam)

#: wrong default_10 | [another_default] another default
def soft_min(x, lam=10.0):
    return -real_softmax(-x, lam)

#: wrong one_minus | the wrong mirror
def soft_min(x, lam=1.0):
    return 1 - real_softmax(1 - x, lam) + x[0]

#: right handed_on | whatever is given, handed on
def soft_min(x, *args, **kwargs):
    return np.negative(real_softmax(np.negative(x), *args, **kwargs))

#: wrong turns_x_around | [changes_x] x turned around in place
def soft_min(x, lam=1.0):
    x *= -1
    return -real_softmax(x, lam)

#: wrong scaled_twice | lam inside, and handed on too
def soft_min(x, lam=1.0):
    return -real_softmax(-lam * x, lam)

#: wrong ten | [right_for_some_sizes] ten numbers at most
def soft_min(x, lam=1.0):
    return -real_softmax(-x[:10], lam)
