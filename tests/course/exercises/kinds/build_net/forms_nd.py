#: right own_block | a block with parameters of its own, (inputs, outputs), made at the first call
class Linear(nn.Block):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.w = self.params.get("w", shape=(0, 1), allow_deferred_init=True)
        self.b = self.params.get("b", shape=(1,), init="zeros")

    def forward(self, X):
        if self.w.shape[0] == 0:
            self.w.shape = (X.shape[1], 1)
            self.w._finish_deferred_init()
        return nd.dot(X, self.w.data()) + self.b.data()


def build_net():
    net = Linear()
    net.initialize(init.Normal(0.01))
    return net
