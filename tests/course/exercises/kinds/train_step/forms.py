#: right book | L2Loss, and step(n)
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    trainer.step(len(X))
    return float(l.mean())

#: right mean | the mean, and step(1)
def train_step(net, trainer, X, y):
    with autograd.record():
        l = ((net(X) - y.reshape((-1, 1))) ** 2 / 2).mean()
    l.backward()
    trainer.step(1)
    return l

#: right in_two | allreduce and update
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    autograd.backward([l])
    trainer.allreduce_grads()
    trainer.update(len(X))
    return float(l.mean())

#: wrong sum | [adds_up] step(1) of a sum
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    trainer.step(1)
    return float(l.mean())

#: wrong twice | [divides_twice] the mean, and step(n)
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y).mean()
    l.backward()
    trainer.step(len(X))
    return float(l.mean())

#: wrong no_half | [without_the_half] the square
def train_step(net, trainer, X, y):
    with autograd.record():
        l = ((net(X) - y.reshape((-1, 1))) ** 2).mean()
    l.backward()
    trainer.step(1)
    return float(l.mean()) / 2

#: wrong uphill | [ascends] minus the loss
def train_step(net, trainer, X, y):
    with autograd.record():
        l = -((net(X) - y.reshape((-1, 1))) ** 2 / 2).mean()
    l.backward()
    trainer.step(1)
    return -float(l.mean())

#: wrong recorded | [records_the_step] the step inside record()
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
        l.backward()
        trainer.step(len(X))
    return float(l.mean())

#: wrong no_backward | [stale_gradient] backward forgotten
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    trainer.step(len(X))
    return float(l.mean())

#: wrong no_number | [returns_nothing] nothing returned
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    trainer.step(len(X))

#: wrong losses | all losses returned
def train_step(net, trainer, X, y):
    loss = gluon.loss.L2Loss()
    with autograd.record():
        l = loss(net(X), y)
    l.backward()
    trainer.step(len(X))
    return l
