#: right book | Sequential and Dense
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: right dense | the layer alone
def build_net():
    net = nn.Dense(1)
    net.initialize(init.Normal(0.01))
    return net

#: right nested | a Sequential in a Sequential, hybridized
def build_net():
    inner = nn.HybridSequential()
    inner.add(nn.Flatten(), nn.Dense(1, weight_initializer=init.Normal(0.01)))
    net = nn.HybridSequential()
    net.add(inner)
    net.initialize()
    net.hybridize()
    return net

#: right own_block | a block with parameters of its own, (inputs, outputs), made at the first call
class Linear(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.w = self.params.get("w", shape=(-1, 1), allow_deferred_init=True)
        self.b = self.params.get("b", shape=(1,), init="zeros")

    def forward(self, X):
        if self.w.shape[0] <= 0:
            self.w.shape = (X.shape[1], 1)
            self.w._finish_deferred_init()
        return np.dot(X, self.w.data()) + self.b.data()


def build_net():
    net = Linear()
    net.initialize(init.Normal(0.01))
    return net

#: right shared | two layers with the same parameters, and the mean of what they give
class Twice(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.one = nn.Dense(1)
        self.other = nn.Dense(1, params=self.one.params)

    def forward(self, X):
        return (self.one(X) + self.other(X)) / 2


def build_net():
    net = Twice()
    net.initialize(init.Normal(0.01))
    return net

#: wrong default | [wrong_spread] initialize() by itself
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize()
    return net

#: wrong not_initialised | [not_initialised] initialize forgotten
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    return net

#: wrong relu | an activation at the end
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, activation="relu"))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong two_outputs | two outputs
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(2))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong no_bias | without a bias
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, use_bias=False))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong two_inputs | the number of inputs fixed
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, in_units=2))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong flat | [missing_axis] one number for each example, but no column
class Flat(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = nn.Dense(1)

    def forward(self, X):
        return self.dense(X).reshape((-1,))


def build_net():
    net = Flat()
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong sequential_of_layers | [returns_nothing] add returns None
def build_net():
    net = nn.Sequential().add(nn.Dense(1))
    return net

#: wrong class_itself | the class, not a net
def build_net():
    return nn.Dense

#: wrong no_block | a function, without parameters that anybody could set
def build_net():
    w = np.random.normal(0, 0.01, (2, 1))
    return lambda X: np.dot(X, w)
