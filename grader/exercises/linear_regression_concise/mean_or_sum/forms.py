#: right pair | a tuple
def mean_or_sum(batch_size):
    return batch_size, 1

#: right listed | a list
def mean_or_sum(batch_size):
    return [batch_size, 1]

#: right floats | floats
def mean_or_sum(batch_size):
    return float(batch_size), 1.0

#: right arrays | arrays of one element
def mean_or_sum(batch_size):
    return np.array([batch_size]), np.array(1)

#: right named | with names
def mean_or_sum(batch_size):
    for_sum = batch_size
    for_mean = batch_size / for_sum
    return (for_sum, for_mean)

#: right tried_out | by what the gradients of a sum and of a mean are
def mean_or_sum(batch_size):
    w = np.ones(1)
    w.attach_grad()
    found = []
    for reduce in (np.sum, np.mean):
        with autograd.record():
            l = reduce(w * np.ones(batch_size))
        l.backward()
        found.append(round(float(w.grad)))
    return tuple(found)

#: wrong swapped | [swapped_order] the other way round
def mean_or_sum(batch_size):
    return 1, batch_size

#: wrong both_batch_size | [batch_size_for_the_mean] always the batch size
def mean_or_sum(batch_size):
    return batch_size, batch_size

#: wrong both_one | [one_for_the_sum] always 1
def mean_or_sum(batch_size):
    return 1, 1

#: wrong divides_itself | [reciprocal_for_the_sum] step taken for a factor
def mean_or_sum(batch_size):
    return 1 / batch_size, 1

#: wrong undoes_the_mean | [reciprocal_for_the_mean] the mean made a sum again
def mean_or_sum(batch_size):
    return batch_size, 1 / batch_size

#: wrong squared | [square_for_the_sum, batch_size_for_the_mean] once more in both
def mean_or_sum(batch_size):
    return batch_size ** 2, batch_size

#: wrong ten | [ten_for_the_sum] the number from the book
def mean_or_sum(batch_size):
    return 10, 1

#: wrong nothing_to_divide | [zero_for_the_mean] nothing to be done is 0
def mean_or_sum(batch_size):
    return batch_size, 0

#: wrong sum_alone | [returns_too_few] one number
def mean_or_sum(batch_size):
    return batch_size

#: wrong no_return | [returns_nothing] return forgotten
def mean_or_sum(batch_size):
    batch_size, 1

#: wrong in_words | [returns_a_container] a dictionary
def mean_or_sum(batch_size):
    return {"sum": batch_size, "mean": 1}

#: wrong as_functions | [function_not_called] the losses, not the numbers
def mean_or_sum(batch_size):
    return np.sum, np.mean

#: right in_one_array | both in one array
def mean_or_sum(batch_size):
    return np.array([batch_size, 1])

#: right in_numpy | both in one of NumPy's, and printed
def mean_or_sum(batch_size):
    print("sum ->", batch_size, "mean ->", 1)
    pair = numpy.array([batch_size, 1.0])
    return pair

#: wrong at_most_256 | right for small batches alone
def mean_or_sum(batch_size):
    return min(batch_size, 256), 1

#: wrong of_the_example | [same_result_always] the numbers of the worked example
def mean_or_sum(batch_size):
    return 2, 1
