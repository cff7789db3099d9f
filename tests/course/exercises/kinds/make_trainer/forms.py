#: right book | sgd
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": lr})

#: right optimizer | an optimizer that was made before
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(), mx.optimizer.SGD(learning_rate=lr))

#: right later | the rate set later
def make_trainer(net, lr):
    trainer = gluon.Trainer(net.collect_params(), "sgd")
    trainer.set_learning_rate(lr)
    return trainer

#: wrong no_rate | [default_rate] the rate left out
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(), "sgd")

#: wrong bias_alone | [stays] the bias alone
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(".*bias"), "sgd", {"learning_rate": lr})

#: wrong decay | [decays] weight decay
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": lr, "wd": 0.1})

#: wrong adam | another rule
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(), "adam", {"learning_rate": lr})

#: wrong gd | [no_such_optimizer] gradient descent by a name that Gluon does not know
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(), "gd", {"learning_rate": lr})

#: wrong lr_key | the key misspelt
def make_trainer(net, lr):
    return gluon.Trainer(net.collect_params(), "sgd", {"lr": lr})

#: wrong params | no parameters at all
def make_trainer(net, lr):
    return gluon.Trainer({}, "sgd", {"learning_rate": lr})

#: wrong returns_net | the net
def make_trainer(net, lr):
    gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": lr})
    return net

#: wrong steps_itself | a number
def make_trainer(net, lr):
    return lr
