#: right book | weight.grad()
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].weight.grad()

#: right of_the_sum | the sum taken first
def weight_gradient(net, X, y):
    with autograd.record():
        l = gluon.loss.L2Loss()(net(X), y).sum()
    l.backward()
    return net[0].weight.data().grad

#: right listed | list_grad, a list with an array for each device
def weight_gradient(net, X, y):
    with autograd.record():
        l = ((net(X) - y.reshape(-1, 1)) ** 2 / 2).sum()
    autograd.backward([l])
    return net[0].weight.list_grad()[0]

#: right copied | a copy
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
        l.backward()
    return net[0].weight.grad().copy()

#: right by_name | from collect_params
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    net.collect_params().zero_grad()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return next(p for name, p in net.collect_params().items() if name.endswith("weight")).grad()

#: right formula | as it is on paper
def weight_gradient(net, X, y):
    errors = net(X) - y.reshape(-1, 1)
    return np.dot(errors.T, X)

#: right function | autograd.grad
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    net(X)
    with autograd.record():
        l = loss(net(X), y).sum()
    return autograd.grad(l, [net[0].weight.data()])[0]

#: wrong mean | [of_the_mean] the mean
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y).mean()
    l.backward()
    return net[0].weight.grad()

#: wrong no_half | [doubled] the square alone
def weight_gradient(net, X, y):
    with autograd.record():
        l = (net(X) - y.reshape(-1, 1)) ** 2
    l.backward()
    return net[0].weight.grad()

#: wrong no_call | [function_not_called] grad without its parentheses
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].weight.grad

#: wrong weight | [the_weight] data for grad
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].weight.data()

#: wrong bias | [of_the_bias] the other parameter
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].bias.grad()

#: wrong inputs | [of_the_inputs] as in Section 2.5
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    X = X.copy()
    X.attach_grad()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return X.grad

#: wrong no_backward | [before_backward] backward forgotten
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    return net[0].weight.grad()

#: wrong at_once | [never_called] asked for at once
def weight_gradient(net, X, y):
    return net[0].weight.grad()

#: wrong no_record | [not_recorded] record() forgotten
def weight_gradient(net, X, y):
    l = gluon.loss.L2Loss()(net(X), y)
    l.backward()
    return net[0].weight.grad()

#: wrong broadcast | [pairs] (n, 1) minus (n,)
def weight_gradient(net, X, y):
    with autograd.record():
        l = (net(X) - y) ** 2 / 2
    l.backward()
    return net[0].weight.grad()

#: wrong no_loss | [of_the_predictions] backward on the predictions
def weight_gradient(net, X, y):
    with autograd.record():
        y_hat = net(X)
    y_hat.backward()
    return net[0].weight.grad()

#: wrong size | [only_its_size] its size
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return np.abs(net[0].weight.grad())

#: wrong adds_up | [of_an_earlier_batch] grad_req add
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    net(X)
    net.collect_params().setattr("grad_req", "add")
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].weight.grad().copy()

#: wrong steps | [changes_the_net] a step besides
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.03})
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    trainer.step(len(X))
    return net[0].weight.grad()

#: wrong initialises | [changes_the_net] the net drawn anew
def weight_gradient(net, X, y):
    net.initialize(init.Normal(sigma=0.01), force_reinit=True)
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].weight.grad()

#: wrong downhill | [negated] minus the gradient
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = -loss(net(X), y)
    l.backward()
    return net[0].weight.grad()

#: wrong column | [other_shape] as W is in the book's formula
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].weight.grad().T

#: wrong difference | [nearly_right] a difference quotient
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    here = loss(net(X), y).sum()
    weight = net[0].weight
    held = weight.data().copy()
    slopes = []
    for i in range(held.size):
        moved = held.copy()
        moved[0, i] += 1e-3
        weight.set_data(moved)
        slopes.append(float(loss(net(X), y).sum() - here) / 1e-3)
    weight.set_data(held)
    return np.array([slopes])

#: wrong numpy_array | [wrong_container] through asnumpy, which costs the array alone
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    return net[0].weight.grad().asnumpy()

#: wrong no_return | [returns_nothing] printed
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    print(net[0].weight.grad())

#: right one_by_one | example by example, added up
def weight_gradient(net, X, y):
    loss = gluon.loss.L2Loss()
    total = 0
    for i in range(len(X)):
        with autograd.record():
            l = loss(net(X[i:i + 1]), y[i:i + 1])
        l.backward()
        total = total + net[0].weight.grad()
    return total

#: right numpy_inside | NumPy's loop, and an array in the end
def weight_gradient(net, X, y):
    e = (net(X).asnumpy().ravel() - y.asnumpy())
    g = numpy.zeros((1, X.shape[1]))
    for i, row in enumerate(X.asnumpy()):
        g[0] += e[i] * row
    return np.array(g)
