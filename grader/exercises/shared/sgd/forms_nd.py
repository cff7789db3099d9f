#: right sgd_update | the library's operator with out=
def sgd(params, lr, batch_size):
    for param in params:
        nd.sgd_update(param, param.grad, out=param, lr=lr, wd=0, rescale_grad=1 / batch_size)

#: right out_argument | the out argument of elemwise_sub
def sgd(params, lr, batch_size):
    for param in params:
        nd.elemwise_sub(param, lr * param.grad / batch_size, out=param)

#: wrong sgd_update_without_out | [takes_no_step] the library's operator changes its first argument
def sgd(params, lr, batch_size):
    for param in params:
        nd.sgd_update(param, param.grad, lr=lr, rescale_grad=1 / batch_size)
