#: right book | all readings as one batch, with autograd and sgd
def fit_ohm(voltage, current):
    R = np.zeros(1)
    R.attach_grad()
    for _ in range(100):
        with autograd.record():
            l = squared_loss(R * current, voltage)
        l.backward()
        sgd([R], 0.5, len(current))
    return float(R)

#: right minibatches | batches of ten, through data_iter
def fit_ohm(voltage, current):
    R = np.random.normal(0, 0.01, (1, 1))
    R.attach_grad()
    for epoch in range(75):
        for I, V in data_iter(10, current.reshape(-1, 1), voltage):
            with autograd.record():
                l = squared_loss(np.dot(I, R), V)
            l.backward()
            sgd([R], 0.4, 10)
    return R

#: right with_train | the training loop of the notebook, with a net of its own
def fit_ohm(voltage, current):
    R = np.ones((1,))
    R.attach_grad()
    train(lambda I: R * I, squared_loss, [R], current, voltage, 100, 0.5, len(current))
    return R.item()

#: right formula | the minimum written down
def fit_ohm(voltage, current):
    return np.dot(voltage, current) / np.dot(current, current)

#: right lstsq | NumPy's least squares
def fit_ohm(voltage, current):
    solution = numpy.linalg.lstsq(current.asnumpy()[:, None], voltage.asnumpy(), rcond=None)[0]
    return solution[0]

#: right by_hand | the gradient written down, and Python's numbers
def fit_ohm(voltage, current):
    V, I = voltage.tolist(), current.tolist()
    R, n = 0.0, len(V)
    for _ in range(2000):
        R -= 0.1 * sum((R * i - v) * i for v, i in zip(V, I)) / n
    return R

#: right weighted | the mean of V / I, each weighed with the square of its current
def fit_ohm(voltage, current):
    weights = current ** 2
    return float((voltage / current * weights).sum() / weights.sum())

#: right by_conductance | the conductance fitted, and turned over: the readings are good enough
def fit_ohm(voltage, current):
    return float((voltage ** 2).sum() / (voltage * current).sum())

#: right largest_first | by halving an interval until the loss no longer falls
def fit_ohm(voltage, current):
    V, I = voltage.asnumpy(), current.asnumpy()
    low, high = 0.0, 10 * float((V / I).max())
    for _ in range(60):
        middle = (low + high) / 2
        if ((middle * I - V) * I).sum() > 0:
            high = middle
        else:
            low = middle
    return low

#: wrong intercept | [fits_an_intercept] linear regression as it was, with a bias
def fit_ohm(voltage, current):
    w, b = np.zeros((1, 1)), np.zeros(1)
    for param in (w, b):
        param.attach_grad()
    for _ in range(300):
        with autograd.record():
            l = squared_loss(linreg(current.reshape(-1, 1), w, b), voltage)
        l.backward()
        sgd([w, b], 0.8, len(voltage))
    return float(w)

#: wrong polyfit | [fits_an_intercept] NumPy's straight line
def fit_ohm(voltage, current):
    return float(numpy.polyfit(current.asnumpy(), voltage.asnumpy(), 1)[0])

#: wrong mean_of_ratios | [mean_of_ratios] each reading gives a resistance, and the mean is taken
def fit_ohm(voltage, current):
    return (voltage / current).mean()

#: wrong median | [median_of_ratios] the reading in the middle
def fit_ohm(voltage, current):
    return float(numpy.median((voltage / current).asnumpy()))

#: wrong ratio_of_means | [ratio_of_means] mean voltage by mean current
def fit_ohm(voltage, current):
    return voltage.mean() / current.mean()

#: wrong conductance | [conductance] I = G·V is fitted
def fit_ohm(voltage, current):
    return float((voltage * current).sum() / (voltage ** 2).sum())

#: wrong too_few_steps | [stops_too_early] three epochs at the rate of the book
def fit_ohm(voltage, current):
    R = np.zeros((1, 1))
    R.attach_grad()
    train(lambda I: np.dot(I, R), squared_loss, [R], current.reshape(-1, 1), voltage, 3, 0.03, 10)
    return float(R)

#: wrong divides_twice | [stops_too_early] the mean, and a step that divides once more
def fit_ohm(voltage, current):
    R = np.zeros(1)
    R.attach_grad()
    for _ in range(100):
        with autograd.record():
            l = squared_loss(R * current, voltage).mean()
        l.backward()
        sgd([R], 0.5, len(current))
    return float(R)

#: wrong diverges | [diverges] nothing divides by the number of readings
def fit_ohm(voltage, current):
    R = np.zeros(1)
    R.attach_grad()
    for _ in range(300):
        with autograd.record():
            l = squared_loss(R * current, voltage)
        l.backward()
        sgd([R], 2, 1)
    return float(R)

#: wrong last_reading | [last_reading] the last reading alone
def fit_ohm(voltage, current):
    for v, i in zip(voltage, current):
        R = v / i
    return float(R)

#: wrong largest | [largest_reading] the reading with the largest current alone
def fit_ohm(voltage, current):
    k = int(current.argmax())
    return float(voltage[k] / current[k])

#: wrong no_backward | [never_moves] R stays where it begins
def fit_ohm(voltage, current):
    R = np.zeros(1)
    R.attach_grad()
    for _ in range(10):
        with autograd.record():
            l = squared_loss(R * current, voltage)
        sgd([R], 0.5, len(current))
    return float(R)

#: wrong power | [power] the power, V times I, averaged
def fit_ohm(voltage, current):
    return (voltage * current).mean()

#: wrong all_ratios | one resistance for each reading
def fit_ohm(voltage, current):
    return voltage / current

#: wrong first_batch | only the first 256 readings
def fit_ohm(voltage, current):
    V, I = voltage[:256], current[:256]
    R = np.dot(V, I) / np.dot(I, I)
    return float(R) if len(voltage) <= 256 else float(R) * 256 / len(voltage)

#: wrong half | the derivative without its 2
def fit_ohm(voltage, current):
    return float(np.dot(voltage, current) / (2 * np.dot(current, current)))

#: wrong pair | [returns_several] the loss as well
def fit_ohm(voltage, current):
    R = float(np.dot(voltage, current) / np.dot(current, current))
    return R, float(squared_loss(R * current, voltage).mean())

#: wrong printed | [returns_nothing] shown and not returned
def fit_ohm(voltage, current):
    print(np.dot(voltage, current) / np.dot(current, current))

#: wrong in_place | [changes_readings] the readings scaled in place first
def fit_ohm(voltage, current):
    scale = float(current.max())
    current /= scale
    return float(np.dot(voltage, current) / np.dot(current, current)) / scale
