#: right book | subplots
def plot_history(history):
    fig, axes = plt.subplots()
    epochs = range(1, len(history) + 1)
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(epochs, values, label=label)
    axes.set_xlabel("epoch")
    axes.legend()
    return axes

#: right pyplot | pyplot alone, shown at the end
def plot_history(history):
    for i, label in enumerate(["train loss", "train acc", "test acc"]):
        plt.plot([e + 1 for e in range(len(history))], [epoch[i] for epoch in history], "o-", label=label)
    plt.xlabel("epoch")
    plt.legend(loc="best")
    axes = plt.gca()
    plt.show()
    return axes

#: right figure_legend | a legend of the figure's
def plot_history(history):
    fig = plt.figure(figsize=(5, 3))
    axes = fig.add_subplot(1, 1, 1)
    losses, train, test = zip(*history)
    x = [i + 1 for i in range(len(history))]
    lines = axes.plot(x, losses, x, train, x, test)
    for line, label in zip(lines, ("train loss", "train acc", "test acc")):
        line.set_label(label)
    fig.legend()
    return axes

#: right table | a table in NumPy, a grid, and limits that hold all
def plot_history(history):
    table = numpy.array(history)
    _, ax = plt.subplots(figsize=(4, 3))
    ax.plot(numpy.arange(1, len(table) + 1), table, label=["train loss", "train acc", "test acc"])
    ax.set_ylim(0, max(1, table.max() * 1.1))
    ax.grid()
    ax.legend(loc="upper right")
    return ax

#: right one_by_one | three calls, an array of MXNet's for the epochs
def plot_history(history):
    fig, axes = plt.subplots()
    epochs = np.arange(1, len(history) + 1).asnumpy()
    axes.plot(epochs, [row[0] for row in history], "b-", label="train loss")
    axes.plot(epochs, [row[1] for row in history], "g--", label="train acc")
    axes.plot(epochs, [row[2] for row in history], "r:", label="test acc")
    axes.set_xlim(0.5, len(history) + 0.5)
    axes.legend()
    return axes

#: right labels_late | the labels given to the legend
def plot_history(history):
    fig = plt.figure()
    axes = fig.gca()
    names = ["train loss", "train acc", "test acc"]
    for i, name in enumerate(names):
        (line,) = axes.plot([], [])
        line.set_data(list(range(1, len(history) + 1)), [epoch[i] for epoch in history])
        line.set_label(name)
    axes.relim()
    axes.autoscale_view()
    axes.legend(names)
    return axes

#: wrong from_0 | [counts_from_0] epochs from 0
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(values, label=label)
    axes.legend()
    return axes

#: wrong last | [last_alone] the last epoch
def plot_history(history):
    fig, axes = plt.subplots()
    for label, value in zip(("train loss", "train acc", "test acc"), history[-1]):
        axes.plot([len(history)], [value], "o", label=label)
    axes.legend()
    return axes

#: wrong without_last | [leaves_out_the_last] one epoch too few
def plot_history(history):
    fig, axes = plt.subplots()
    epochs = range(1, len(history))
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history[:-1])):
        axes.plot(epochs, values, label=label)
    axes.legend()
    return axes

#: wrong reversed_order | [backwards] pop takes the last
def plot_history(history):
    fig, axes = plt.subplots()
    rows = [history[-i - 1] for i in range(len(history))]
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*rows)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()
    return axes

#: wrong three_epochs | [first_three] range(3) for the epochs too
def plot_history(history):
    fig, axes = plt.subplots()
    for i, label in enumerate(("train loss", "train acc", "test acc")):
        axes.plot([1, 2, 3], [history[epoch][i] for epoch in range(3)], label=label)
    axes.legend()
    return axes

#: wrong rows_for_columns | a line for each of three epochs
def plot_history(history):
    fig, axes = plt.subplots()
    for values, label in zip(history, ("train loss", "train acc", "test acc")):
        axes.plot(range(1, 4), values, label=label)
    axes.legend()
    return axes

#: wrong no_legend | [no_legend] labels that nobody sees
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    return axes

#: wrong own_figures | [figure_each] a figure for each line
def plot_history(history):
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        fig, axes = plt.subplots()
        axes.plot(range(1, len(history) + 1), values, label=label)
        axes.legend()
    return axes

#: wrong three_panels | [panels] three panels
def plot_history(history):
    fig, panels = plt.subplots(1, 3)
    for axes, label, values in zip(panels, ("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
        axes.legend()
    return axes

#: wrong closes | [nothing_open] closed at the end
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()
    plt.close()
    return axes

#: wrong numbers_only | [nothing_open, wrong_container] numbers, no picture
def plot_history(history):
    return [list(values) for values in zip(*history)]

#: wrong swapped_labels | [labels_mixed] labels at other lines
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train acc", "train loss", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()
    return axes

#: wrong test_twice | [labels_mixed] the last measure for two lines
def plot_history(history):
    fig, axes = plt.subplots()
    epochs = range(1, len(history) + 1)
    axes.plot(epochs, [row[0] for row in history], label="train loss")
    axes.plot(epochs, [row[-1] for row in history], label="train acc")
    axes.plot(epochs, [row[-1] for row in history], label="test acc")
    axes.legend()
    return axes

#: wrong other_labels | other words
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("loss", "train", "test"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()
    return axes

#: wrong narrow | [cut_off] the book's limits, which cut values off
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.set_ylim(0.3, 0.9)
    axes.legend()
    return axes

#: wrong returns_nothing | [returns_nothing] return forgotten
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()

#: right names_in_the_legend | the names are given to legend() alone, which leaves the lines' own labels as they are
def plot_history(history):
    fig, ax = plt.subplots(1, 1)
    epochs = numpy.linspace(1, len(history), len(history))
    tl, ta, te = [], [], []
    for a, b, c in history:
        tl.append(a)
        ta.append(b)
        te.append(c)
    ax.plot(epochs, tl, epochs, ta, epochs, te)
    ax.legend(['train loss', 'train acc', 'test acc'])
    return ax

#: right marks_besides | points drawn besides the lines
def plot_history(history):
    fig, ax = plt.subplots()
    epochs = range(1, len(history) + 1)
    for k, label in {0: 'train loss', 1: 'train acc', 2: 'test acc'}.items():
        values = [h[k] for h in history]
        ax.plot(epochs, values, label=label)
        ax.scatter(epochs, values, s=10)
    ax.legend()
    plt.tight_layout()
    return ax

#: wrong legend_mixed | [labels_mixed] the right labels, and other names in the legend
def plot_history(history):
    fig, ax = plt.subplots()
    for i, n in enumerate(('train loss', 'train acc', 'test acc')):
        ax.plot(range(1, len(history) + 1), [h[i] for h in history], label=n)
    ax.legend(['train acc', 'train loss', 'test acc'])
    return ax

#: wrong xlim_of_ten | [cut_off] room for ten epochs alone
def plot_history(history):
    fig, ax = plt.subplots()
    for i, n in enumerate(('train loss', 'train acc', 'test acc')):
        ax.plot(range(1, len(history) + 1), [h[i] for h in history], label=n)
    ax.set_xlim(1, 10)
    ax.legend()
    return ax

#: wrong transparent | a line that nobody can see
def plot_history(history):
    fig, ax = plt.subplots()
    for i, n in enumerate(('train loss', 'train acc', 'test acc')):
        ax.plot(range(1, len(history) + 1), [h[i] for h in history], label=n, alpha=float(i < 2))
    ax.legend()
    return ax

#: wrong sorts_the_history | [permuted] the rows of the caller sorted
def plot_history(history):
    history.sort(reverse=True)
    fig, ax = plt.subplots()
    for i, n in enumerate(('train loss', 'train acc', 'test acc')):
        ax.plot(range(1, len(history) + 1), [h[i] for h in history], label=n)
    ax.legend()
    return ax
