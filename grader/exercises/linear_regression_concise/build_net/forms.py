#: right book | Sequential and Dense
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: right hybrid | a HybridSequential, hybridized
def build_net():
    net = nn.HybridSequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    net.hybridize()
    return net

#: right dense | the layer alone; 0.01 is what Normal() draws with anyway
def build_net():
    net = nn.Dense(1)
    net.initialize(init.Normal())
    return net

#: right layers_own | the rule given to the layer, as a text for the bias
def build_net():
    net = nn.Sequential()
    with net.name_scope():
        net.add(nn.Dense(units=1, weight_initializer=init.Normal(0.01), bias_initializer="zeros"))
    net.initialize()
    return net

#: right nested | a Sequential in a Sequential, with Flatten
def build_net():
    inner = nn.HybridSequential()
    inner.add(nn.Flatten(), nn.Dense(1, activation=None))
    net = nn.Sequential()
    net.add(inner)
    net.collect_params().initialize(init.Normal(sigma=0.01))
    return net

#: right subclass | a block of its own with the layer inside
class LinearRegression(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.output = nn.Dense(1)

    def forward(self, X):
        return self.output(X)


def build_net():
    net = LinearRegression()
    net.initialize(init.Normal(sigma=0.01))
    return net

#: right own_parameters | a block with parameters of its own, (inputs, outputs), made at the first call
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

#: right twice_initialised | initialize called a second time, with the rule
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize()
    net.initialize(init.Normal(sigma=0.01), force_reinit=True)
    return net

#: wrong default | [default_start] initialize() by itself
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

#: wrong rule_alone | [not_initialised] a rule given to the layer, and initialize forgotten
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, weight_initializer=init.Normal(sigma=0.01)))
    return net

#: wrong tenth | [spread_of_a_tenth] a variance of 0.01
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01 ** 0.5))
    return net

#: wrong zeros | [all_alike] all weights 0
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Zero())
    return net

#: wrong ones | [all_alike] all weights 1
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.One())
    return net

#: wrong xavier | [other_spread] another rule
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Xavier())
    return net

#: wrong standard_normal | [other_spread] a standard deviation of 1
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=1))
    return net

#: wrong random_bias | [bias_start] the bias drawn as well
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, bias_initializer=init.Normal(sigma=0.01)))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong relu | [activation] an activation at the end
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, activation="relu"))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong sigmoid | [activation] another
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1), nn.Activation("sigmoid"))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong hidden_relu | [activation] a hidden layer with an activation
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(8, activation="relu"), nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong two_layers | [more_layers] a hidden layer without one
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(4), nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong two_outputs | [other_outputs] the number of inputs taken for that of outputs
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(2))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong no_bias | [no_bias] without a bias
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, use_bias=False))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong two_inputs | [inputs_written_down] the number of inputs fixed
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1, in_units=2))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong one_for_all | [same_start] one net for all calls
NET = nn.Sequential()
NET.add(nn.Dense(1))
NET.initialize(init.Normal(sigma=0.01))


def build_net():
    return NET

#: wrong seed_inside | [same_start] a seed, and a call, inside
def build_net():
    import mxnet as mx
    mx.random.seed(42)
    net = nn.Sequential()
    net.add(nn.Dense(1))
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

#: wrong frozen | [frozen] parameters that take no gradient
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    net.collect_params().setattr("grad_req", "null")
    return net

#: wrong to_the_constructor | [layers_in_constructor] as in PyTorch
def build_net():
    net = nn.Sequential(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong sequential_of_layers | [returns_nothing] add returns None
def build_net():
    net = nn.Sequential().add(nn.Dense(1))
    return net

#: wrong initialized_net | [returns_nothing] and so does initialize
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    return net.initialize(init.Normal(sigma=0.01))

#: wrong no_return | [returns_nothing] return forgotten
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))

#: wrong no_block | [no_net] a function, without parameters that anybody could set
def build_net():
    w = np.random.normal(0, 0.01, (2, 1))
    return lambda X: np.dot(X, w)

#: wrong class_itself | [no_net] the class, and no layer
def build_net():
    return nn.Dense

#: right own_rule | a rule of its own, with MXNet's draws
@init.register
class Tiny(init.Initializer):
    def _init_weight(self, name, arr):
        arr[:] = np.random.normal(0, 0.01, arr.shape)

def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(Tiny())
    return net

#: right rule_by_name | the rule by its name
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize("normal")
    return net

#: wrong evenly_spread | Uniform, with that standard deviation
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Uniform(0.01 * 3 ** 0.5))
    return net

#: wrong cut_off | [cut_off] what is far from 0 cut off
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1), nn.Lambda(lambda x: np.clip(x, -100, 100)))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong too_early | [not_initialised] initialised while it was empty
def build_net():
    net = nn.Sequential()
    net.initialize(init.Normal(0.01))
    net.add(nn.Dense(1))
    return net

#: wrong around_a_hundredth | a mean of 0.01
@init.register
class Shift(init.Initializer):
    def _init_weight(self, name, arr):
        arr[:] = np.random.normal(0.01, 0.01, arr.shape)

def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(Shift())
    return net

#: wrong layer_as_default | [same_start] one layer, made once, as a default argument
def build_net(layer=nn.Dense(1)):
    net = nn.Sequential()
    net.add(layer)
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong normalises | [more_layers] the inputs normalised first
def build_net():
    net = nn.Sequential()
    net.add(nn.BatchNorm(), nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net
