#: right book | sums over the pass, divided at its end
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: right mean_and_step_1 | the mean of the losses, and step(1)
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y).mean()
            l.backward()
            trainer.step(1)
            sums += float(l.mean()) * len(y), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: right size_of_first_batch | the last batch is divided by the size of the full ones
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    size = None
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            size = size or len(y)
            trainer.step(size)
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: right in_two | allreduce_grads and update, backward of the sum in the recorded block
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
                autograd.backward([l.sum()])
            trainer.allreduce_grads()
            trainer.update(y.size)
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: right lists | names of its own, every loss and every hit kept
def train(model, train_data, test_data, criterion, optimiser, epochs):
    rows = []
    while len(rows) < epochs:
        losses, right = [], []
        for X, y in train_data:
            with autograd.record():
                scores = model(X)
                l = criterion(scores, y)
            l.backward()
            optimiser.step(len(X))
            losses.extend(l.asnumpy())
            right.extend(scores.asnumpy().argmax(axis=1) == y.asnumpy())
        tested = [model(X).asnumpy().argmax(axis=1) == y.asnumpy() for X, y in test_data]
        rows.append([numpy.mean(losses), numpy.mean(right), numpy.concatenate(tested).mean()])
        print(*rows[-1])
    return rows

#: right counts_first | a pass before the first one counts the examples; hybridized, gradients zeroed
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    n = sum(len(y) for _, y in train_iter)
    net.hybridize()
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            net.collect_params().zero_grad()
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / n, sums[1] / n, evaluate_accuracy(net, test_iter)))
    return history

#: right rounded_numbers | three digits, as for printing
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append([round(float(number), 3) for number in (sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter))])
    return history

#: wrong step_inside_record | [steps_while_recording] the book's indentation: the step is recorded
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
                l.backward()
                trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong no_record | [not_recorded] record forgotten
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            if True:
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong no_backward | [stale_gradient] backward forgotten
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong no_step | [never_moves] step forgotten
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong step_1 | [never_divides] step(1) after a vector of losses
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(1)
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong mean_and_step_size | [divides_twice] the mean divided once more
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y).mean()
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.mean()) * len(y), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong step_256 | [batch_of_256] 256 written down
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(256)
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong global_batch_size | [no_batch_size] batch_size from somewhere
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(batch_size)
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong trainer_called | [trainer_called] the trainer called
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong steps_once_per_epoch | [steps_once_per_epoch] the step behind the loop
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        trainer.step(X.shape[0])
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong own_trainer | [lr_of_its_own] a trainer of its own
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    trainer = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": 0.1})
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong own_loss | [loss_of_its_own] a loss of its own
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    loss = gluon.loss.SoftmaxCrossEntropyLoss()
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong minus_the_loss | [ascends] minus the loss
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = -loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += -float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong initialises | [starts_anew] the net initialised in each epoch
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        net.initialize(init.Normal(0.01), force_reinit=True)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong one_epoch | [one_epoch_only] returns inside the loop
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
        return history

#: wrong ten_epochs | [ten_epochs] ten epochs, whatever num_epochs says
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(10):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong breaks | [stops_after_some_batches] ends after 200 examples, to try it out
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
            if sums[2] >= 200:
                break
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong first_batch | [first_batch_only] the first batch alone
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
            break
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong skips_small_batch | [skips_last_batch] the small batch skipped
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    size = len(next(iter(train_iter))[1])
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            if len(y) < size:
                continue
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong kept_batches | [keeps_the_batches] the batches kept in a list
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    batches = list(train_iter)
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in batches:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong trains_on_test | [trains_on_test] the test examples take steps too
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in [*train_iter, *test_iter]:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong returns_nothing | [returns_nothing] prints alone
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        print(sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter))

#: wrong last_row | [returns_last_epoch] the last epoch alone
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history[-1]

#: wrong pairs | [no_test] no test accuracy
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2]))
    return history

#: wrong row_per_batch | [history_inside_batches] a row for each batch
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
            history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong accuracy_first | [accuracy_first] accuracy first
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[1] / sums[2], sums[0] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong percent | [in_percent] in percent
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], 100 * sums[1] / sums[2], 100 * evaluate_accuracy(net, test_iter)))
    return history

#: wrong sum_of_losses | [loss_not_divided] the sum of the losses
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong mean_of_means | [mean_of_batch_means] the batches' means averaged
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.mean()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / len(train_iter), sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong means_over_examples | [means_over_examples] means divided by the examples
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.mean()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong last_loss | [loss_of_last_batch] the last batch's loss
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((float(l.mean()), sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong after_step | [measures_after_step] measured after the step
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(loss(net(X), y).sum()), num_correct(net(X), y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history

#: wrong after_the_pass | [accuracy_after_the_pass] the train accuracy measured after the epoch
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], evaluate_accuracy(net, train_iter), evaluate_accuracy(net, test_iter)))
    return history

#: wrong test_before | [test_before_the_epoch] tested before the epoch
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        test_acc = evaluate_accuracy(net, test_iter)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], test_acc))
    return history

#: wrong test_of_train | [test_on_train] the training examples where test_iter belongs
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, train_iter)))
    return history

#: wrong test_mean_of_means | [test_mean_of_batches] the test batches' shares averaged
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        sums = numpy.zeros(3)
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2],
                        numpy.mean([num_correct(net(X), y) / len(y) for X, y in test_iter])))
    return history

#: wrong sums_go_on | [sums_across_epochs] the sums go on
def train(net, train_iter, test_iter, loss, trainer, num_epochs):
    history = []
    sums = numpy.zeros(3)
    for epoch in range(num_epochs):
        for X, y in train_iter:
            with autograd.record():
                y_hat = net(X)
                l = loss(y_hat, y)
            l.backward()
            trainer.step(X.shape[0])
            sums += float(l.sum()), num_correct(y_hat, y), len(y)
        history.append((sums[0] / sums[2], sums[1] / sums[2], evaluate_accuracy(net, test_iter)))
    return history
