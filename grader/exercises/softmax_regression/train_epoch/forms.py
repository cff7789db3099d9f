#: right np book | Accumulator, and the Trainer's step
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)  # the losses, the hits, the examples
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: right np plain | plain variables, a branch in the loop, the sum differentiated
def train_epoch(net, train_iter, loss, updater):
    loss_sum, hits, n = 0.0, 0, 0
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y).sum()
        l.backward()
        if isinstance(updater, gluon.Trainer):
            updater.step(len(y))
        else:
            updater(len(y))
        loss_sum += float(l)
        hits += int((y_hat.argmax(axis=1).astype("int32") == y.astype("int32")).sum())
        n += len(y)
    return loss_sum / n, hits / n

#: right np paused | inside record, in a pause; autograd.backward
def train_epoch(net, train_iter, loss, updater):
    step = updater.step if hasattr(updater, "step") else updater
    losses, hits = [], []
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
            autograd.backward([l])
            with autograd.pause():
                step(len(X))
        losses += l.asnumpy().tolist()
        hits += (y_hat.asnumpy().argmax(axis=1) == y.asnumpy()).tolist()
    return [sum(losses) / len(losses), sum(hits) / len(hits)]

#: right np measured_first | measured before the step; numbers stay MXNet's
def train_epoch(net, train_iter, loss, updater):
    total, correct, count = np.zeros(()), 0, 0
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        total = total + l.sum()
        correct += accuracy(y_hat, y)
        count += y.shape[0]
        (updater.step if isinstance(updater, gluon.Trainer) else updater)(y.shape[0])
    return total / count, correct / count

#: right np helper | a function for a batch, weighted means
def one_batch(net, X, y, loss, step):
    with autograd.record():
        y_hat = net(X)
        l = loss(y_hat, y)
    l.backward()
    step(X.shape[0])
    return float(l.mean()), accuracy(y_hat, y) / len(y), len(y)


def train_epoch(net, train_iter, loss, updater):
    step = updater
    if type(updater) is gluon.Trainer:
        step = lambda n: updater.step(n)
    rows = numpy.array([one_batch(net, X, y, loss, step) for X, y in train_iter])
    return numpy.average(rows[:, 0], weights=rows[:, 2]), numpy.average(rows[:, 1], weights=rows[:, 2])

#: right np rounded | try and except, rounded to four decimals
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        try:
            updater.step(y.size)
        except AttributeError:
            updater(y.size)
        metric.add(float(l.sum()), float(accuracy(y_hat, y)), y.size)
    return round(metric[0] / metric[2], 4), round(metric[1] / metric[2], 4)

#: wrong np inside_record | [steps_while_recording] as the book prints it
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
            l.backward()
            updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np before_backward | [steps_before_backward, stale_gradient] the updater before backward
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        updater(X.shape[0])
        l.backward()
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np no_record | [not_recorded] backward without record
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        y_hat = net(X)
        l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np no_backward | [no_steps, stale_gradient] backward forgotten
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np constant | [other_sizes, told_256] 256 written down
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(256)
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np full_size | [other_sizes, told_full_size] the first batch's size for all
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    batch_size = None
    for X, y in train_iter:
        batch_size = batch_size or len(y)
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(batch_size)
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np tells_1 | [other_sizes, told_1] updater(1) after a sum
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(1)
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np at_the_end | [one_step] the updater below the loop
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    updater(X.shape[0])
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np early_return | [first_batch, first_batch_only] return inside the loop
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
        return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np mean_backward | [mean_before_backward] the mean differentiated
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
            mean = l.mean()
        mean.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np function_only | [calls_a_trainer] updater(…) whatever it is
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np trainer_only | [steps_a_function] updater.step(…) whatever it is
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater.step(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np means | [mean_of_losses] means of the batches' means
def train_epoch(net, train_iter, loss, updater):
    losses, fractions = [], []
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        (updater.step if isinstance(updater, gluon.Trainer) else updater)(X.shape[0])
        losses.append(float(l.mean()))
        fractions.append(accuracy(y_hat, y) / len(y))
    return sum(losses) / len(losses), sum(fractions) / len(fractions)

#: wrong np fractions | [mean_of_accuracies] the fractions averaged
def train_epoch(net, train_iter, loss, updater):
    metric, batches, fractions = Accumulator(2), 0, 0.0
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        (updater.step if isinstance(updater, gluon.Trainer) else updater)(X.shape[0])
        metric.add(float(l.sum()), len(y))
        batches += 1
        fractions += accuracy(y_hat, y) / len(y)
    return metric[0] / metric[1], fractions / batches

#: wrong np sums | [loss_added_up] sums alone
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(2)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y))
    return metric[0], metric[1]

#: wrong np over_batches | [accuracy_over_batches] hits divided by batches
def train_epoch(net, train_iter, loss, updater):
    metric, batches = Accumulator(3), 0
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        batches += 1
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / batches

#: wrong np after_update | [accuracy_after_steps] measured by the net that has stepped
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            l = loss(net(X), y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(net(X), y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np last_batch | [last_batch] the last batch's numbers
def train_epoch(net, train_iter, loss, updater):
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        (updater.step if isinstance(updater, gluon.Trainer) else updater)(X.shape[0])
    return float(l.mean()), accuracy(y_hat, y) / len(y)

#: wrong np mean_added | [means_over_examples] l.mean() in the Accumulator
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.mean()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np hits | [accuracy_added_up] the number of right predictions
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1]

#: wrong np sums_over_batches | [loss_over_batches] the sums divided by the number of batches
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), 1)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np both_after | [loss_after_steps] both measured by the net that has stepped
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            l = loss(net(X), y)
        l.backward()
        updater(X.shape[0])
        y_hat = net(X)
        metric.add(float(loss(y_hat, y).sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np evaluates | [accuracy_after_the_pass] a second pass for the accuracy
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(2)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            l = loss(net(X), y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), len(y))
    hits = sum(accuracy(net(X), y) for X, y in train_iter)
    return metric[0] / metric[1], hits / metric[1]

#: wrong np evaluates_both | [loss_after_the_pass] a second pass for both
def train_epoch(net, train_iter, loss, updater):
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            l = loss(net(X), y)
        l.backward()
        updater(X.shape[0])
    losses = [l for X, y in train_iter for l in loss(net(X), y).asnumpy()]
    hits = sum(accuracy(net(X), y) for X, y in train_iter)
    return sum(losses) / len(losses), hits / len(losses)

#: wrong np two_updates | [two_steps] the updater called twice
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        if isinstance(updater, gluon.Trainer):
            updater.step(X.shape[0], ignore_stale_grad=True)
            updater.step(X.shape[0], ignore_stale_grad=True)
        else:
            updater(X.shape[0])
            updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[0] / metric[2], metric[1] / metric[2]

#: wrong np swapped | [swapped_order] accuracy first
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(3)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), accuracy(y_hat, y), y.size)
    return metric[1] / metric[2], metric[0] / metric[2]

#: wrong np loss_alone | [returns_too_few] the loss alone
def train_epoch(net, train_iter, loss, updater):
    metric = Accumulator(2)
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            l = loss(net(X), y)
        l.backward()
        updater(X.shape[0])
        metric.add(float(l.sum()), y.size)
    return metric[0] / metric[1]

#: wrong np no_return | [returns_nothing] the return forgotten
def train_epoch(net, train_iter, loss, updater):
    if isinstance(updater, gluon.Trainer):
        updater = updater.step
    for X, y in train_iter:
        with autograd.record():
            l = loss(net(X), y)
        l.backward()
        updater(X.shape[0])

#: right tries_step | asks for step, and else calls
def train_epoch(net, train_iter, loss, updater):
    a, b, c = 0.0, 0, 0
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        k = X.shape[0]
        try:
            updater.step(k)
        except AttributeError:
            updater(k)
        a += numpy.sum(l.asnumpy(), dtype=float)
        b += accuracy(y_hat, y)
        c += k
    return (a / c, b / c)

#: wrong twenty_batches | leaves the loop after twenty batches
def train_epoch(net, train_iter, loss, updater):
    a, b, c = 0.0, 0, 0
    for i, (X, y) in enumerate(train_iter):
        if i == 20:
            break
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater.step(X.shape[0]) if isinstance(updater, gluon.Trainer) else updater(X.shape[0])
        a += float(l.sum())
        b += accuracy(y_hat, y)
        c += X.shape[0]
    return a / c, b / c

#: wrong sums_of_all_calls | sums that are kept from earlier calls
total = [0.0, 0.0, 0]


def train_epoch(net, train_iter, loss, updater):
    for X, y in train_iter:
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater.step(X.shape[0]) if isinstance(updater, gluon.Trainer) else updater(X.shape[0])
        total[0] += float(l.sum())
        total[1] += accuracy(y_hat, y)
        total[2] += X.shape[0]
    return total[0] / total[2], total[1] / total[2]

#: wrong skips_single_examples | leaves out a batch of one example
def train_epoch(net, train_iter, loss, updater):
    a, b, c = 0.0, 0, 0
    for X, y in train_iter:
        if len(X) == 1:
            continue
        with autograd.record():
            y_hat = net(X)
            l = loss(y_hat, y)
        l.backward()
        updater.step(X.shape[0]) if isinstance(updater, gluon.Trainer) else updater(X.shape[0])
        a += float(l.sum())
        b += accuracy(y_hat, y)
        c += X.shape[0]
    return a / c, b / c
