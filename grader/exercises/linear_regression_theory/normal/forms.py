#: right book | as in the book
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma**2 * (z - mu)**2)

#: right standardised | z standardised first
def normal(z, mu, sigma):
    t = (z - mu) / sigma
    return np.exp(-t * t / 2) / (sigma * math.sqrt(2 * math.pi))

#: right np_functions | np.square, np.sqrt, np.pi
def normal(z, mu, sigma):
    return np.exp(-np.square(z - mu) / (2 * sigma ** 2)) / np.sqrt(2 * np.pi) / sigma

#: right power | np.power, an intermediate variance
def normal(z, mu, sigma):
    var = np.power(sigma, 2)
    return (2 * math.pi * var) ** -0.5 * np.exp(-np.power(z - mu, 2) / 2 / var)

#: right log_space | exp of the log density
def normal(z, mu, sigma):
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2 - math.log(sigma) - 0.5 * math.log(2 * math.pi))

#: right loop | a loop, stacked
def normal(z, mu, sigma):
    def one(t):
        return math.exp(-(t - mu) ** 2 / (2 * sigma ** 2)) / math.sqrt(2 * math.pi * sigma ** 2)
    return np.array([one(t) for t in z.reshape(-1).tolist()]).reshape(z.shape)

#: right numpy | NumPy, and back
def normal(z, mu, sigma):
    z = z.asnumpy().astype('float64')
    return np.array(numpy.exp(-(z - mu) ** 2 / (2 * sigma ** 2)) / numpy.sqrt(2 * numpy.pi * sigma ** 2))

#: right reciprocal | 1 / exp
def normal(z, mu, sigma):
    return 1 / (math.sqrt(2 * math.pi) * sigma * np.exp((z - mu) ** 2 / (2 * sigma ** 2)))

#: right arrays | mu and sigma as arrays
def normal(z, mu, sigma):
    mu, sigma = np.array(mu), np.array(sigma)
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * np.sqrt(np.array(2 * math.pi)))

#: right lambda | one line
normal = lambda z, mu, sigma: 1 / (sigma * (2 * math.pi) ** 0.5) * np.exp(-0.5 * ((z - mu) / sigma) ** 2)

#: wrong variance | [sigma_is_variance] as the book's legend says
def normal(z, mu, sigma):
    return np.exp(-(z - mu) ** 2 / (2 * sigma)) / math.sqrt(2 * math.pi * sigma)

#: wrong bell_only | [no_normaliser] the exponential alone
def normal(z, mu, sigma):
    return np.exp(-0.5 / sigma**2 * (z - mu)**2)

#: wrong root_two_pi | [normaliser_without_sigma] 1/√(2π)
def normal(z, mu, sigma):
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / math.sqrt(2 * math.pi)

#: wrong variance_outside | [sigma_squared_outside] σ² outside the root
def normal(z, mu, sigma):
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma**2 * math.sqrt(2 * math.pi))

#: wrong short_root | [root_over_2_only] a parenthesis too early
def normal(z, mu, sigma):
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (math.sqrt(2) * math.pi * sigma**2)

#: wrong without_root | [no_root] no root
def normal(z, mu, sigma):
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (2 * math.pi * sigma**2)

#: wrong times_root | [multiplies_by_root] multiplied
def normal(z, mu, sigma):
    p = math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma**2 * (z - mu)**2)

#: wrong half_sigma | [sigma_not_squared] σ in the exponent
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma * (z - mu)**2)

#: wrong without_half | [no_half] no ½
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-(z - mu)**2 / sigma**2)

#: wrong without_minus | [no_minus] the sign
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp((z - mu)**2 / (2 * sigma**2))

#: wrong no_parentheses | [precedence] 1/2*σ²
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-(z - mu)**2 / 2 * sigma**2)

#: wrong late_mu | [minus_mu_late] z² − μ
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma**2 * z**2 - mu)

#: wrong plus | [mu_plus] z + μ
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma**2 * (z + mu)**2)

#: wrong absolute | [abs_for_square] |z − μ|
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma**2 * np.abs(z - mu))

#: wrong not_squared | [no_square] z − μ
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma**2 * (z - mu))

#: wrong logarithm | [log_density] the log density
def normal(z, mu, sigma):
    return -0.5 * ((z - mu) / sigma) ** 2 - math.log(sigma * math.sqrt(2 * math.pi))

#: wrong integral | [cdf] the cumulative distribution
def normal(z, mu, sigma):
    t = (z - mu) / (sigma * math.sqrt(2))
    return np.array([(1 + math.erf(u)) / 2 for u in t.reshape(-1).tolist()]).reshape(z.shape)

#: wrong standard | [standard_only] the standard normal
def normal(z, mu, sigma):
    return np.exp(-z ** 2 / 2) / math.sqrt(2 * math.pi)

#: wrong swapped | [mu_for_sigma] arguments changed places
def normal(z, sigma, mu):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return p * np.exp(-0.5 / sigma**2 * (z - mu)**2)

#: wrong of_sample | [standardises_by_sample] the sample's own figures
def normal(z, mu, sigma):
    mu, sigma = z.mean(), z.std()
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))

#: wrong integers | [whole_z] z as integers
def normal(z, mu, sigma):
    z = z.astype('int32').astype('float32')
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))

#: wrong in_numpy | [wrong_container] left in NumPy
def normal(z, mu, sigma):
    z = z.asnumpy()
    return numpy.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))

#: wrong eps | [nearly_right] a small number added to sigma
def normal(z, mu, sigma):
    sigma = sigma + 1e-4
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))

#: wrong rounded_pi | [constant_factor] π of 3.14
def normal(z, mu, sigma):
    return np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * 3.14))

#: wrong mean_of_all | [averaged] one number
def normal(z, mu, sigma):
    return (np.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))).mean()

#: wrong sums_to_one | [adds_up_to_1] values that add up to 1
def normal(z, mu, sigma):
    p = np.exp(-0.5 * ((z - mu) / sigma) ** 2)
    return p / p.sum()

#: wrong math_exp | [math_takes_numbers] math.exp of an array
def normal(z, mu, sigma):
    return math.exp(-0.5 * ((z - mu) / sigma) ** 2) / (sigma * math.sqrt(2 * math.pi))

#: wrong flat | [flattened] a loop that flattens
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    return np.array([p * math.exp(-0.5 / sigma**2 * (t - mu)**2) for t in z.reshape(-1).tolist()])

#: wrong no_return | [returns_nothing] the return forgotten
def normal(z, mu, sigma):
    p = 1 / math.sqrt(2 * math.pi * sigma**2)
    p * np.exp(-0.5 / sigma**2 * (z - mu)**2)

#: right step_by_step | in place, on an array of its own
def normal(z, mu, sigma):
    r = z.copy()
    r -= mu
    r /= sigma
    r **= 2
    return np.exp(-0.5 * r) / (sigma * (2 * math.pi) ** 0.5)

#: wrong shifts_z | [changes_arguments] mu taken away from z itself
def normal(z, mu, sigma):
    z -= mu
    return np.exp(-(z**2) / (2 * sigma**2)) / math.sqrt(2 * math.pi * sigma**2)
