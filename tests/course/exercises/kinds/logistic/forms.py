#: right book | as in the formula
def logistic(z):
    return 1 / (1 + np.exp(-z))

#: right other | exp(z) / (1 + exp(z))
def logistic(z):
    odds = np.exp(z)
    return odds / (1 + odds)

#: wrong library | [uses_the_library] npx.sigmoid
def logistic(z):
    return npx.sigmoid(z)

#: wrong rising | [falls] without the minus
def logistic(z):
    return 1 / (1 + np.exp(z))

#: wrong odds | [odds] exp alone
def logistic(z):
    return np.exp(z)
