#: right book | Sequential and Dense
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: right dense | the layer alone
def build_net():
    net = nn.Dense(10)
    net.initialize(init.Normal(0.01))
    return net

#: right flatten_hybrid | flattened first, hybridized
def build_net():
    net = nn.HybridSequential()
    net.add(nn.Flatten(), nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    net.hybridize()
    return net

#: right in_units | the number of pixels written down, the rule at the layer
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10, in_units=784, weight_initializer=init.Normal(0.01)))
    net.initialize()
    return net

#: right by_name | the rule by its name: its sigma is 0.01
def build_net():
    net = nn.Sequential()
    with net.name_scope():
        net.add(nn.Dense(10, activation=None))
    net.collect_params().initialize("normal", ctx=mx.cpu(), force_reinit=True)
    return net

#: right own_block | a block of one's own around the layer
class Softmax(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = nn.Dense(10, in_units=28 * 28)

    def forward(self, X):
        return self.dense(X.reshape((-1, 28 * 28)))


def build_net():
    net = Softmax()
    net.initialize(init.Normal(sigma=0.01))
    return net

#: right own_parameters | a matrix (784, 10) of one's own
class Linear(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.w = self.params.get("w", shape=(784, 10))
        self.b = self.params.get("b", shape=(10,), init="zeros")

    def forward(self, X):
        return np.dot(X.reshape(-1, 784), self.w.data()) + self.b.data()


def build_net():
    net = Linear()
    net.initialize(init.Normal(0.01))
    return net

#: right set_by_hand | the weights drawn and set by hand
def build_net():
    net = nn.Dense(10, in_units=784)
    net.initialize()
    net.weight.set_data(np.random.normal(0, 0.01, (10, 784)))
    return net

#: wrong default_start | [default_start] initialize() by itself
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize()
    return net

#: wrong not_initialised | [not_initialised] initialize forgotten
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    return net

#: wrong sigma_of_a_tenth | [spread_of_a_tenth] 0.01 is a variance
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Normal(sigma=0.1))
    return net

#: wrong sigma_1 | [other_spread] standard normal weights
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Normal(sigma=1))
    return net

#: wrong xavier | [other_spread] another rule
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Xavier())
    return net

#: wrong zeros | [all_alike] begins at zero
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Zero())
    return net

#: wrong softmax_inside | [softmax_inside] a net gives probabilities
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10), nn.Lambda(npx.softmax))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong log_softmax_inside | [log_softmax_inside] a net gives logarithms of probabilities
class Net(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = nn.Dense(10)

    def forward(self, X):
        return npx.log_softmax(self.dense(X))


def build_net():
    net = Net()
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong activation_softmax | softmax as an activation, which Dense does not know
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10, activation="softmax"))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong relu | [activation] an activation at the end
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10, activation="relu"))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong hidden_layer | [hidden_layer] a multilayer perceptron
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(256, activation="relu"), nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong two_layers | [more_layers] two layers without an activation
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(128), nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong dense_1 | [other_outputs] one output, as in linear regression
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(1))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong dense_784 | [other_outputs] the number of inputs where that of the outputs belongs
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(784))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong no_bias | [no_bias] without a bias
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10, use_bias=False))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong flatten_false | [keeps_the_rows] flatten=False
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10, flatten=False))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong in_units_28 | [inputs_written_down] 28 inputs
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10, in_units=28))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong returns_nothing | [returns_nothing] add returns None
def build_net():
    net = nn.Sequential().add(nn.Dense(10))
    return net

#: wrong passes_layer | [layers_in_constructor] as in PyTorch
def build_net():
    net = nn.Sequential(nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong global_net | [same_start] one net for all calls
shared_net = nn.Sequential()
shared_net.add(nn.Dense(10))
shared_net.initialize(init.Normal(sigma=0.01))


def build_net():
    return shared_net

#: wrong fixed_seed | [same_start] a seed inside
def build_net():
    mx.random.seed(0)
    net = nn.Dense(10, in_units=784)
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong frozen | [frozen] the layer learns nothing
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    net.collect_params().setattr("grad_req", "null")
    return net

#: wrong random_bias | [bias_start] the bias drawn as the weights
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10, bias_initializer=init.Normal(0.01)))
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong no_net | [no_net] a function with arrays of its own
def build_net():
    w, b = np.random.normal(0, 0.01, (784, 10)), np.zeros(10)
    return lambda X: np.dot(X.reshape((-1, 784)), w) + b

#: right drawn_by_numpy | weights drawn by NumPy
def build_net():
    net = nn.Dense(10, in_units=784)
    net.initialize()
    net.weight.set_data(np.array(numpy.random.normal(0, 0.01, (10, 784)), dtype='float32'))
    return net

#: right own_initializer | an initializer of one's own, and a hybridized net
class Mine(init.Initializer):
    def _init_weight(self, name, arr):
        arr[:] = np.random.normal(0, 0.01, arr.shape)


def build_net():
    net = nn.HybridSequential()
    net.add(nn.Dense(10))
    net.initialize(Mine())
    net.hybridize()
    return net

#: wrong evenly_spread | evenly spread numbers with the standard deviation 0.01
def build_net():
    net = nn.Sequential()
    net.add(nn.Dense(10))
    net.initialize(init.Uniform(0.01 * 3 ** 0.5))
    return net

#: wrong gradients_add_up | grad_req add: each backward adds to the gradients of all before
def build_net():
    net = nn.Dense(10)
    net.initialize(init.Normal(sigma=0.01))
    net.collect_params().setattr('grad_req', 'add')
    return net

#: wrong through_float16 | scores rounded to float16
class Net(nn.Block):
    def __init__(self):
        super().__init__()
        self.d = nn.Dense(10)

    def forward(self, X):
        return self.d(X).astype('float16').astype('float32')


def build_net():
    net = Net()
    net.initialize(init.Normal(sigma=0.01))
    return net

#: wrong dropout | pixels dropped while training
def build_net():
    net = nn.Sequential()
    net.add(nn.Dropout(0.5), nn.Dense(10))
    net.initialize(init.Normal(sigma=0.01))
    return net
