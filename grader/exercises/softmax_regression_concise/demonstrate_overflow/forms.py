#: right book | exp(100) is infinite
def demonstrate_overflow():
    return np.array([100.0, 0.0]), 0

#: right underflow | exp(-200) is 0, and so is the probability
def demonstrate_overflow():
    return np.array([-200.0, 0.0, 1.0]), 0

#: right python_list | a list of whole numbers
def demonstrate_overflow():
    return [0, 1000], 0

#: right numpy_and_array | NumPy's logits, the label as an array
def demonstrate_overflow():
    return numpy.array([89.0, 90.0, 91.0]), np.array([1])

#: right batch_of_one | a batch with one row
def demonstrate_overflow():
    logits = np.zeros((1, 10))
    logits[0, 3] = -300
    return logits, 3

#: right all_far_below | every exponential is 0: 0 / 0
def demonstrate_overflow():
    logits = np.array([-120.0, -121.0, -119.0])
    return logits, int(logits.argmin().item())

#: right just_in_the_quotient | each exponential is finite, the quotient is 0
def demonstrate_overflow():
    return (60.0, -60.0), 1.0

#: wrong nan_input | [not_finite_to_begin_with] nan is put in
def demonstrate_overflow():
    return np.array([numpy.nan, 0.0]), 0

#: wrong inf_input | [not_finite_to_begin_with] infinity is put in
def demonstrate_overflow():
    return np.array([float("inf"), 0.0]), 0

#: wrong beyond_float32 | [not_finite_to_begin_with] finite in Python alone
def demonstrate_overflow():
    return [1e39, 0.0], 0

#: wrong ordinary | [too_small] 50 is much already
def demonstrate_overflow():
    return np.array([50.0, 0.0]), 1

#: wrong float16 | [for_float16] what float16 cannot hold
def demonstrate_overflow():
    return np.array([12.0, 0.0]), 1

#: wrong other_class | [other_class_vanishes] the label is the sure one
def demonstrate_overflow():
    return np.array([-200.0, 0.0]), 1

#: wrong label_out_of_range | a class that is not there
def demonstrate_overflow():
    return np.array([100.0, 0.0]), 5

#: wrong one_based | [one_based] the second class is 2
def demonstrate_overflow():
    return np.array([0.0, 100.0]), 2

#: wrong negative_label | [counts_from_the_end] Python's last entry
def demonstrate_overflow():
    return np.array([0.0, 100.0]), -1

#: wrong label_first | [label_first] the other way round
def demonstrate_overflow():
    return 0, np.array([100.0, 0.0])

#: wrong one_logit | [one_logit] a single number
def demonstrate_overflow():
    return [1000.0], 0

#: wrong logits_alone | [returns_too_few] no label
def demonstrate_overflow():
    return np.array([100.0, 0.0, 5.0])

#: wrong prints | [returns_nothing] printed
def demonstrate_overflow():
    print(np.array([100.0, 0.0]), 0)

#: wrong the_loss | [returns_too_few] the infinite loss itself
def demonstrate_overflow():
    E = np.exp(np.array([100.0, 0.0]))
    return float(-np.log(E / E.sum()).asnumpy()[1])

#: wrong a_batch | several rows
def demonstrate_overflow():
    return np.array([[100.0, 0.0], [0.0, 100.0]]), 0

#: wrong one_hot_label | the label as a row
def demonstrate_overflow():
    return np.array([100.0, 0.0]), [1, 0]

#: right searches | goes up until exp overflows
def demonstrate_overflow(step=1):
    d = 0.0
    while numpy.isfinite(numpy.exp(numpy.float32(d))):
        d += step
    return numpy.array([d, 0.0]), 1

#: right largest | as large as float32 can be
def demonstrate_overflow():
    return np.array([3e38, -3e38]), 1

#: wrong returns_the_loss | the loss in place of the label
def demonstrate_overflow():
    return np.array([0.0, 200.0]), float('inf')
