#: right mean | the mean
def best_constant(x):
    return float(x.mean())

#: right zero_axes | an array without axes
def best_constant(x):
    return x.mean()

#: right sum_over_n | the sum, divided
def best_constant(x):
    return x.sum() / len(x)

#: right one_entry | an array of one entry
def best_constant(x):
    return x.mean().reshape((1,))

#: right numpy | NumPy
def best_constant(x):
    return x.asnumpy().astype('float64').mean()

#: right loop | a loop
def best_constant(x):
    total = 0.0
    for value in x.tolist():
        total += value
    return total / x.size

#: right descent | gradient descent until it has arrived
def best_constant(x):
    x = x.asnumpy().astype('float64')
    b = 0.0
    for _ in range(200):
        b -= 0.2 * (b - x).mean()
    return b

#: right solve | a linear model with a column of ones
def best_constant(x):
    A = numpy.ones((len(x), 1))
    return numpy.linalg.lstsq(A, x.asnumpy(), rcond=None)[0][0]

#: wrong middle | [median] the median
def best_constant(x):
    return float(numpy.median(x.asnumpy()))

#: wrong between | [midrange] the middle of the range
def best_constant(x):
    return float(x.min() + x.max()) / 2

#: wrong rms | [root_mean_square] the root of the mean square
def best_constant(x):
    return float(np.sqrt((x ** 2).mean()))

#: wrong sum | [total] the sum
def best_constant(x):
    return float(x.sum())

#: wrong minimum | [the_minimum_itself] the smallest sum
def best_constant(x):
    return float(((x - x.mean()) ** 2).sum())

#: wrong absolute | [mean_of_absolute] absolute values
def best_constant(x):
    return float(np.abs(x).mean())

#: wrong unbiased | [divides_by_n_minus_1] n − 1
def best_constant(x):
    return x.tolist()[0] if False else sum(x.tolist()) / (len(x) - 1)

#: wrong factor | [keeps_the_2] 2·Σx/n
def best_constant(x):
    return float(2 * x.sum() / len(x))

#: wrong first | [one_of_them] the first
def best_constant(x):
    return float(x[0])

#: wrong largest | [one_of_them] the largest
def best_constant(x):
    return float(x.max())

#: wrong nothing | [always_0] 0
def best_constant(x):
    return 0.0

#: wrong five | divided by a number that is written down
def best_constant(x):
    return float(x.sum()) / 5

#: wrong few_steps | [constant_factor] descent that has not arrived
def best_constant(x):
    b = 0.0
    for _ in range(20):
        b -= 0.1 * float((b - x).mean())
    return b

#: wrong minus | [negated] the sign of the derivative
def best_constant(x):
    return -float(x.mean())

#: wrong array | all of x minus its mean
def best_constant(x):
    return x - x.mean()

#: wrong whole | [whole_numbers] int
def best_constant(x):
    return int(x.mean())

#: wrong text | [wrong_container] a text
def best_constant(x):
    return f"{float(x.mean()):.4f}"

#: right running_mean | a mean that runs along
def best_constant(x):
    b = 0
    for i, value in enumerate(x.tolist(), 1):
        b += (value - b) / i
    return b

#: wrong each_value_once | equal values counted once
def best_constant(x):
    values = set(x.tolist())
    return sum(values) / len(values)
