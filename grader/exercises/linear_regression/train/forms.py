#: right book | the loop of the book
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        train_l = loss(net(features), labels)
        history.append(float(train_l.mean()))
    return history

#: right own_size | the last batch divided by its own size, and numbers as they come
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, X.shape[0])
        history.append(loss(net(features), labels).mean())
    return history

#: right mean_of_batch | the mean, and a batch size of 1
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y).mean()
            l.backward()
            sgd(params, lr, 1)
        history.append(loss(net(features), labels).sum().item() / len(labels))
    return history

#: right sum | the sum, and backward of a list
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y).sum()
            autograd.backward([l])
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).asnumpy().mean()))
    return history

#: right backward_inside | backward inside record, the step in a pause
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
                l.backward()
                with autograd.pause():
                    sgd(params, lr, batch_size)
        history.append(round(float(loss(net(features), labels).mean()), 6))
    return history

#: right own_step | the update written out, in place
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            for param in params:
                param -= lr * param.grad / batch_size
        history.append(float(loss(net(features), labels).mean()))
    return history

#: right over_batches | measured afterwards, batch by batch, and printed besides
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = numpy.zeros(num_epochs)
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        total = 0.0
        for X, y in data_iter(batch_size, features, labels):
            total += float(loss(net(X), y).sum())
        history[epoch] = total / len(labels)
        print(f"epoch {epoch + 1}, loss {history[epoch]:f}")
    return history

#: right measured_while_recording | the losses recorded too, which does no harm
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    while len(history) < num_epochs:
        for batch in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(batch[0]), batch[1])
            l.backward()
            sgd(params, lr, batch_size)
        with autograd.record():
            history += [loss(net(features), labels).mean().asnumpy()]
    return history

#: wrong no_backward | [never_moves] backward forgotten
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong no_step | [never_moves] the step forgotten
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong rebinds_in_loop | [never_moves] new arrays under the loop's own name
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            for param in params:
                param = param - lr * param.grad / batch_size
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong rebinds | [rebinds_parameters] new arrays in the list
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            for i in range(len(params)):
                params[i] = params[i] - lr * params[i].grad / batch_size
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong step_inside_record | [steps_while_recording] as it is printed, with the step indented too far
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
                l.backward()
                sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong not_recorded | [not_recorded] no record at all
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong divides_twice | [divides_twice] the mean, and the batch size again
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y).mean()
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong never_divides | [never_divides] a batch size of 1 for the sum
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, 1)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong ascends | [ascends] minus the loss
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = -loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong step_first | [steps_before_backward] the step before backward
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            sgd(params, lr, batch_size)
            l.backward()
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong swapped | [sgd_arguments_swapped] lr and batch_size in the other order
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, batch_size, lr)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong weights_alone | [leaves_the_bias] the bias forgotten
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params[:1], lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong lr_written_down | [rate_of_the_book] 0.03 for lr
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, 0.03, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong batch_written_down | [batch_of_10] 10 for batch_size
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(10, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, 10)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong three_epochs | [three_epochs] 3 for num_epochs
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(3):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong own_loss | [own_loss] squared_loss instead of the argument
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = squared_loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(squared_loss(net(features), labels).mean()))
    return history

#: wrong globals | [never_moves] the notebook's own parameters are trained
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    w, b = np.zeros((features.shape[1], 1)), np.zeros(1)
    w.attach_grad()
    b.attach_grad()
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(linreg(X, w, b), y)
            l.backward()
            sgd([w, b], lr, batch_size)
        history.append(float(loss(linreg(features, w, b), labels).mean()))
    return history

#: wrong one_epoch | [one_epoch_only, returns_one_number] the loop over epochs forgotten
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    for X, y in data_iter(batch_size, features, labels):
        with autograd.record():
            l = loss(net(X), y)
        l.backward()
        sgd(params, lr, batch_size)
    return float(loss(net(features), labels).mean())

#: wrong return_inside | [one_epoch_only] the return indented too far
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
        return history

#: wrong from_one | [one_epoch_too_few] epochs counted from 1
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(1, num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong one_more | [one_epoch_too_many] an epoch too many
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs + 1):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong one_iterator | [one_iterator_for_all_epochs] data_iter called once
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    batches = data_iter(batch_size, features, labels)
    for _ in range(num_epochs):
        for X, y in batches:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong kept_batches | [keeps_the_batches] the batches kept in a list
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    batches = list(data_iter(batch_size, features, labels))
    for _ in range(num_epochs):
        for X, y in batches:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong step_once | [steps_once_per_epoch] the step after the loop over the batches
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
        sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong first_batch | [first_batch_only] a break left from trying
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            break
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong skips_last | [skips_last_batch] only full batches
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            if len(X) < batch_size:
                continue
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong fifty_batches | [stops_after_some_batches] no more than fifty batches
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for i, (X, y) in enumerate(data_iter(batch_size, features, labels)):
            if i == 50:
                break
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong all_examples | [all_in_every_step] the whole data in each step
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(features), labels)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong one_batch | [one_batch_for_all] no batches at all
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        with autograd.record():
            l = loss(net(features), labels)
        l.backward()
        sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong starts_anew | [starts_anew] the parameters set anew in the beginning
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    params[0][:] = np.random.normal(0, 0.01, params[0].shape)
    params[1][:] = 0
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong while_training | [measured_while_training] the running mean of the epoch
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            total += float(l.sum())
        history.append(total / len(labels))
    return history

#: wrong batch_means | [mean_of_batch_means] the batches' means averaged
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        means = []
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            means.append(float(l.mean()))
        history.append(sum(means) / len(means))
    return history

#: wrong last_loss | [last_batch_before_step] l as the loop has left it
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(l.mean()))
    return history

#: wrong last_batch | [last_batch_after_step] X and y as the loop has left them
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(X), y).mean()))
    return history

#: wrong before_epoch | [measured_before] the loss before each epoch
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        history.append(float(loss(net(features), labels).mean()))
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
    return history

#: wrong after_steps | [after_each_step] measured again after each step
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            total += float(loss(net(X), y).sum())
        history.append(total / len(labels))
    return history

#: wrong summed | [summed_losses] the sum of all losses
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).sum()))
    return history

#: wrong squares | [twice_the_loss] the mean squared error
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(((net(features).reshape(-1) - labels) ** 2).mean()))
    return history

#: wrong every_batch | [history_inside_batches] the append inside the loop over the batches
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
            history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong no_mean | [all_losses] the losses of all examples
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(loss(net(features), labels))
    return history

#: wrong last_epoch | [returns_one_number] the last epoch's loss alone
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    for _ in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
    return float(loss(net(features), labels).mean())

#: wrong prints | [returns_nothing] printed and not returned
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        print("epoch %d, loss %f" % (epoch + 1, loss(net(features), labels).mean()))

#: right params_in_a_tuple | params handed on as a tuple
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    n = features.shape[0]
    res = []
    for _ in range(num_epochs):
        for X, y in data_iter(min(batch_size, n), features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(tuple(params), lr, batch_size)
        res.append(float(loss(net(features), labels).mean()))
    return res

#: wrong loss_swapped | [labels_first] the loss's arguments swapped
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(y, net(X))
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features), labels).mean()))
    return history

#: wrong measures_256 | the first 256 examples measured
def train(net, loss, params, features, labels, num_epochs, lr, batch_size):
    history = []
    for epoch in range(num_epochs):
        for X, y in data_iter(batch_size, features, labels):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            sgd(params, lr, batch_size)
        history.append(float(loss(net(features[:256]), labels[:256]).mean()))
    return history
