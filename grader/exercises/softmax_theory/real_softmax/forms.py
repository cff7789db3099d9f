#: right shifted | the maximum taken out
def real_softmax(x, lam=1.0):
    m = x.max()
    return m + np.log(np.exp(lam * (x - m)).sum()) / lam

#: right scaled_first | z = lam · x, then the shift
def real_softmax(x, lam=1.0):
    z = lam * x
    m = z.max()
    return (m + np.log(np.sum(np.exp(z - m)))) / lam

#: right float | a plain float, the maximum through item()
def real_softmax(x, lam=1.0):
    m = x.max().item()
    return float(np.log(np.exp(lam * (x - m)).sum())) / lam + m

#: right log_softmax | the library's log-softmax of the largest
def real_softmax(x, lam=1.0):
    i = int(x.argmax())
    return x[i] - npx.log_softmax(lam * x)[i] / lam

#: right pairs | folded, two at a time
import math


def real_softmax(x, lam=1.0):
    values = [lam * v for v in x.tolist()]
    total = values[0]
    for v in values[1:]:
        total = max(total, v) + math.log1p(math.exp(-abs(total - v)))
    return total / lam

#: right softrelu | folded, with the library's log(1 + exp(z))
def real_softmax(x, lam=1.0):
    total = lam * x[0]
    for v in x[1:]:
        total = total + npx.activation((lam * v - total).reshape(1), act_type='softrelu')[0]
    return total / lam

#: right numpy | NumPy in double precision
def real_softmax(x, lam=1.0):
    z = lam * x.asnumpy().astype('float64')
    return (z.max() + numpy.log(numpy.exp(z - z.max()).sum())) / lam

#: right one_element | an array with one element
def real_softmax(x, lam=1.0):
    m = x.max(keepdims=True)
    return m + np.log(np.exp(lam * (x - m)).sum(keepdims=True)) / lam

#: wrong naive | [naive] the formula as printed
def real_softmax(x, lam=1.0):
    return np.log(np.exp(lam * x).sum()) / lam

#: wrong no_division | [lam_inside_alone] not divided by lam
def real_softmax(x, lam=1.0):
    m = (lam * x).max()
    return m + np.log(np.exp(lam * x - m).sum())

#: wrong no_product | [lam_outside_alone] not multiplied by lam
def real_softmax(x, lam=1.0):
    m = x.max()
    return (m + np.log(np.exp(x - m).sum())) / lam

#: wrong ignores_lam | [leaves_out_lam] the book's first formula
def real_softmax(x, lam=1.0):
    m = x.max()
    return m + np.log(np.exp(x - m).sum())

#: wrong temperature | [lam_divides_inside] lam as a temperature
def real_softmax(x, lam=1.0):
    m = x.max()
    return m + np.log(np.exp((x - m) / lam).sum()) * lam

#: wrong divides_twice | [lam_divides_inside] divided inside and outside
def real_softmax(x, lam=1.0):
    m = (x / lam).max()
    return (m + np.log(np.exp(x / lam - m).sum())) / lam

#: wrong maximum | [maximum_alone] the limit
def real_softmax(x, lam=1.0):
    return x.max()

#: wrong softmax | [its_namesake] the softmax
def real_softmax(x, lam=1.0):
    return npx.softmax(lam * x)

#: wrong average | [weighted_average] Σ p x
def real_softmax(x, lam=1.0):
    return (npx.softmax(lam * x) * x).sum()

#: wrong not_added | [shift_not_undone] the shift is left out in the end
def real_softmax(x, lam=1.0):
    return np.log(np.exp(lam * (x - x.max())).sum()) / lam

#: wrong adds_scaled | [shift_off_by_lam] adds lam times the maximum
def real_softmax(x, lam=1.0):
    z = lam * x
    m = z.max()
    return m + np.log(np.exp(z - m).sum()) / lam

#: wrong divides_shift | [shift_off_by_lam] divides the maximum as well
def real_softmax(x, lam=1.0):
    m = x.max()
    return (m + np.log(np.exp(lam * (x - m)).sum())) / lam

#: wrong mean | [mean_of_the_exponentials] the mean for the sum
def real_softmax(x, lam=1.0):
    m = x.max()
    return m + np.log(np.exp(lam * (x - m)).mean()) / lam

#: wrong softmin | [smooth_minimum] the minimum's signs
def real_softmax(x, lam=1.0):
    m = (-x).max()
    return -(m + np.log(np.exp(lam * (-x - m)).sum()) / lam)

#: wrong two | [first_two_alone] two numbers, as in the book
def real_softmax(x, lam=1.0):
    z = lam * x[:2]
    m = z.max()
    return (m + np.log(np.exp(z - m).sum())) / lam

#: wrong log_first | [sum_of_logarithms] the logarithm inside the sum
def real_softmax(x, lam=1.0):
    return np.log(np.exp(x)).sum()

#: wrong min_shift | [shift_too_small] the minimum taken out
def real_softmax(x, lam=1.0):
    m = x.min()
    return m + np.log(np.exp(lam * (x - m)).sum()) / lam

#: wrong base_2 | [constant_factor] base 2, in the shifted form's own units
def real_softmax(x, lam=1.0):
    z = lam * x
    m = z.max()
    return (m + np.log(np.exp(z - m).sum())) / np.log(2) / lam

#: wrong in_place | [changes_x] x multiplied and shifted in place
def real_softmax(x, lam=1.0):
    x *= lam
    m = x.max()
    return (m + np.log(np.exp(x - m).sum())) / lam

#: wrong no_default | [no_default] lam has to be given
def real_softmax(x, lam):
    m = x.max()
    return m + np.log(np.exp(lam * (x - m)).sum()) / lam

#: wrong default_2 | [another_default] another default
def real_softmax(x, lam=2.0):
    m = x.max()
    return m + np.log(np.exp(lam * (x - m)).sum()) / lam

#: wrong clipped | [clips_the_exponents] exponents cut off at 80
def real_softmax(x, lam=1.0):
    return np.log(np.exp(np.clip(lam * x, -80, 80)).sum()) / lam

#: wrong logaddexp | what NumPy has and MXNet has not
def real_softmax(x, lam=1.0):
    return np.logaddexp(lam * x[0], lam * x[1]) / lam

#: wrong mean_shift | [shift_too_small] the mean taken out
def real_softmax(x, lam=1.0):
    m = x.mean()
    return m + np.log(np.exp(lam * (x - m)).sum()) / lam

#: wrong first_shift | [shift_too_small] whatever stands first taken out
def real_softmax(x, lam=1.0):
    return x[0] + np.log(np.exp(lam * (x - x[0])).sum()) / lam

#: wrong whole_scale | a scale that is cut down to a whole number
def real_softmax(x, lam=1.0):
    lam = max(int(lam), 1)
    return x.max() + np.log(np.exp(lam * (x - x.max())).sum()) / lam

#: wrong epsilon | something added to the sum
def real_softmax(x, lam=1.0):
    return x.max() + np.log(np.exp(lam * (x - x.max())).sum() + 1e-2) / lam

#: right folded | two numbers at a time
from functools import reduce


def real_softmax(x, lam=1.0):
    scaled = [v * lam for v in x.tolist()]
    return reduce(lambda a, b: max(a, b) + math.log1p(math.exp(-abs(a - b))), scaled) / lam
