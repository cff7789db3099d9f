#: right book | as in the formula
def log_loss(p, y):
    return -(y * np.log(p) + (1 - y) * np.log(1 - p))

#: right chosen | the probability of what was observed
def log_loss(p, y):
    return -np.log(y * p + (1 - y) * (1 - p))

#: wrong half | [class_1_alone] class 1 alone
def log_loss(p, y):
    return -y * np.log(p)

#: wrong reward | [rewards] without the minus
def log_loss(p, y):
    return y * np.log(p) + (1 - y) * np.log(1 - p)
