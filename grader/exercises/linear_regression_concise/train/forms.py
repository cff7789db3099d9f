#: right book | the losses' sum, and step(n)
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(X.shape[0])
            total += float(l.sum())
            n += len(y)
        history.append(total / n)
    return history

#: right mean | their mean, and step(1)
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        losses = []
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
                mean = l.mean()
            mean.backward()
            trainer.step(1)
            losses.append(l)
        history.append(np.concatenate(losses).mean())
    return history

#: right sum | the sum taken by hand, and a function of MXNet's for backward
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        sums, n = np.zeros(1), 0
        for batch in data_iter:
            X, y = batch
            with autograd.record():
                l = loss(net(X), y).sum()
            autograd.backward([l])
            trainer.step(len(X))
            sums += l
            n += len(X)
        history.append(float(sums) / n)
    return np.array(history)

#: right in_two | allreduce and update
def train(net, data_iter, loss, trainer, num_epochs):
    means = []
    for epoch in range(1, num_epochs + 1):
        seen = []
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.allreduce_grads()
            trainer.update(y.size)
            seen += l.asnumpy().tolist()
        means.append(sum(seen) / len(seen))
        print(f"epoch {epoch}, loss {means[-1]:f}")
    return means

#: right first_size | every step divided by the size of the first batch
def train(net, data_iter, loss, trainer, num_epochs):
    batch_size = None
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            batch_size = batch_size or len(X)
            with autograd.record():
                l = loss(net(X), y)
                l.backward()
            trainer.step(batch_size)
            total, n = total + l.sum().item(), n + len(l)
        history.append(total / n)
    return tuple(history)

#: right new_trainer | a Trainer of its own, which for plain SGD makes no difference
def train(net, data_iter, loss, trainer, num_epochs):
    own = gluon.Trainer(net.collect_params(), "sgd", {"learning_rate": trainer.learning_rate})
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            own.step(len(X))
            total, n = total + float(l.mean()) * len(X), n + len(X)
        history.append(round(total / n, 4))
    return history

#: right by_hand | the step by hand, inside pause()
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
                l.backward()
                with autograd.pause():
                    for param in net.collect_params().values():
                        param.set_data(param.data() - trainer.learning_rate / len(X) * param.grad())
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong step_of_one | [never_divides] the losses' sum, and step(1)
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(1)
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong divided_twice | [divides_twice] their mean, and step(n)
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y).mean()
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l) * len(X), n + len(X)
        history.append(total / n)
    return history

#: wrong step_of_ten | [batch_of_ten] the book's batch size, whatever comes
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(10)
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong step_of_all | [divides_by_all] divided by all examples
def train(net, data_iter, loss, trainer, num_epochs):
    num_examples = sum(len(X) for X, y in data_iter)
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(num_examples)
            total += float(l.sum())
        history.append(total / num_examples)
    return history

#: wrong uphill | [ascends] minus the loss
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = -loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total - float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong recorded | [steps_while_recording] the step inside record(), as the book's lines can be read
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
                l.backward()
                trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong no_backward | [stale_gradient] backward forgotten
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong two_steps | [stale_gradient] two steps for one gradient
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong stale_ignored | [never_moves] the warning silenced, and backward still forgotten
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            trainer.step(len(X), ignore_stale_grad=True)
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong no_record | [not_recorded] record() forgotten
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong no_step | [never_moves] step forgotten
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong step_per_epoch | [steps_once_per_epoch] one level too far out
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            total, n = total + float(l.sum()), n + len(X)
        l.backward()
        trainer.step(len(X))
        history.append(total / n)
    return history

#: wrong breaks_off | [first_batch_only, counts_first_batch] a break, left from trying things out
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
            break
        history.append(total / n)
    return history

#: wrong full_only | [skips_last_batch] the smaller batch is left out of the steps
def train(net, data_iter, loss, trainer, num_epochs):
    batch_size = 0
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            batch_size = max(batch_size, len(X))
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            if len(X) == batch_size:
                trainer.step(batch_size)
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong one_epoch | [one_epoch_only, returns_last_epoch] return inside the loop
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
        return history

#: wrong too_few | [one_epoch_too_few] range(1, num_epochs)
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(1, num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong too_many | [one_epoch_too_many] range(num_epochs + 1)
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for epoch in range(num_epochs + 1):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong keeps_batches | [keeps_the_batches] a list of the first pass
def train(net, data_iter, loss, trainer, num_epochs):
    batches = list(data_iter)
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in batches:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong own_loss | [other_loss] L2Loss, whatever loss is
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = gluon.loss.L2Loss()(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong labels_first | [labels_first] the loss's arguments swapped
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(y, net(X))
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong own_net | [never_moves] another net is trained
def train(net, data_iter, loss, trainer, num_epochs):
    own = nn.Dense(1)
    own.initialize(init.Normal(sigma=0.01))
    trainer = gluon.Trainer(own.collect_params(), "sgd", {"learning_rate": 0.03})
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(own(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong asks_length | [needs_a_length] the mean of the batches' means, by len(data_iter)
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total += float(l.mean())
        history.append(total / len(data_iter))
    return history

#: wrong means_of_batches | [mean_of_means] the mean of the batches' means
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        means = []
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            means.append(float(l.mean()))
        history.append(sum(means) / len(means))
    return history

#: wrong means_by_examples | [means_over_examples] means added up, divided by the examples
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.mean()), n + len(X)
        history.append(total / n)
    return history

#: wrong by_batches | [over_batches] divided by the number of batches
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for number, (X, y) in enumerate(data_iter, 1):
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total += float(l.sum())
        history.append(total / number)
    return history

#: wrong sums | [summed] never divided
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total = 0.0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total += float(l.sum())
        history.append(total)
    return history

#: wrong last_loss | [counts_last_batch] the last batch's mean, as it is left in l
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
        history.append(float(l.mean()))
    return history

#: wrong assigns | [keeps_last_loss] = for +=
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total = float(l.sum())
            n += len(X)
        history.append(total / n)
    return history

#: wrong new_prediction | [measures_after_step] a second prediction, after the step
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total += float(loss(net(X), y).sum())
            n += len(X)
        history.append(total / n)
    return history

#: wrong after_the_epoch | [measures_after_the_pass] as the book prints it
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
        losses = [loss(net(X), y) for X, y in data_iter]
        history.append(float(np.concatenate(losses).mean()))
    return history

#: wrong never_reset | [sum_goes_on] the sum outside the loop over the epochs
def train(net, data_iter, loss, trainer, num_epochs):
    history, total = [], 0.0
    for _ in range(num_epochs):
        n = 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong neither_reset | [mean_goes_on] both outside
def train(net, data_iter, loss, trainer, num_epochs):
    history, total, n = [], 0.0, 0
    for _ in range(num_epochs):
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        history.append(total / n)
    return history

#: wrong prints | [returns_nothing] printed, and not returned
def train(net, data_iter, loss, trainer, num_epochs):
    for epoch in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
        print(f"epoch {epoch + 1}, loss {total / n:f}")

#: wrong last_epoch | [returns_one_number] the last epoch's loss alone
def train(net, data_iter, loss, trainer, num_epochs):
    for _ in range(num_epochs):
        total, n = 0.0, 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            total, n = total + float(l.sum()), n + len(X)
    return total / n

#: wrong each_batch | [history_inside_batches] the append one level too far in
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            history.append(float(l.mean()))
    return history

#: wrong all_losses | [returns_arrays] no mean taken
def train(net, data_iter, loss, trainer, num_epochs):
    history = []
    for _ in range(num_epochs):
        losses = []
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            losses.append(l)
        history.append(np.concatenate(losses))
    return history

#: right head_gradient | backward with 1/k for each loss, and step(1)
def train(net, data_iter, loss, trainer, num_epochs):
    res = []
    for _ in range(num_epochs):
        tot = n = 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward(np.ones_like(l) / len(l))
            trainer.step(1)
            tot = tot + l.sum()
            n += len(l)
        res.append(float(tot) / n)
    return res

#: right next | iter and next, the losses kept in NumPy
def train(net, data_iter, loss, trainer, num_epochs):
    means = []
    for _ in range(num_epochs):
        it = iter(data_iter)
        losses = []
        while True:
            try:
                X, y = next(it)
            except StopIteration:
                break
            with autograd.record(train_mode=True):
                l = loss(net(X), y)
            l.backward()
            trainer.allreduce_grads()
            trainer.update(len(X))
            losses.append(l.asnumpy())
        means.append(float(numpy.concatenate(losses).mean()))
    return means

#: right accumulator | a class that adds up, in MXNet's arrays
class Acc:
    def __init__(self):
        self.s, self.n = np.zeros(()), 0

    def add(self, l):
        self.s += l.detach().sum()
        self.n += l.shape[0]

def train(net, data_iter, loss, trainer, num_epochs=3):
    out = []
    for _ in range(num_epochs):
        a = Acc()
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(y.size)
            a.add(l)
        out.append((a.s / a.n).item())
    return out

#: wrong restarts | initialised anew in each epoch
def train(net, data_iter, loss, trainer, num_epochs):
    out = []
    for _ in range(num_epochs):
        net.initialize(init.Normal(0.01), force_reinit=True)
        t = n = 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            t += float(l.sum()); n += len(X)
        out.append(t / n)
    return out

#: wrong own_rate | the book's learning rate set
def train(net, data_iter, loss, trainer, num_epochs):
    trainer.set_learning_rate(0.03)
    out = []
    for _ in range(num_epochs):
        t = n = 0
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
            t += float(l.sum()); n += len(X)
        out.append(t / n)
    return out

#: wrong globals | measured on the notebook's own data
def train(net, data_iter, loss, trainer, num_epochs):
    out = []
    for _ in range(num_epochs):
        for X, y in data_iter:
            with autograd.record():
                l = loss(net(X), y)
            l.backward()
            trainer.step(len(X))
        out.append(float(loss(net(features), labels).mean()))
    return out
