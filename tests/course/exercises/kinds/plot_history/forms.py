#: right np book | subplots
def plot_history(history):
    fig, axes = plt.subplots()
    epochs = range(1, len(history) + 1)
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(epochs, values, label=label)
    axes.legend()
    return axes

#: right np pyplot | pyplot alone, shown at the end
def plot_history(history):
    for i, label in enumerate(["train loss", "train acc", "test acc"]):
        plt.plot(numpy.arange(len(history)) + 1, [epoch[i] for epoch in history], "o-", label=label)
    plt.xlabel("epoch")
    plt.legend(loc="best")
    plt.show()

#: right np figure_legend | a legend of the figure's
def plot_history(history):
    fig = plt.figure(figsize=(5, 3))
    axes = fig.add_subplot(1, 1, 1)
    losses, train, test = zip(*history)
    x = [i + 1 for i in range(len(history))]
    lines = axes.plot(x, losses, x, train, x, test)
    for line, label in zip(lines, ("train loss", "train acc", "test acc")):
        line.set_label(label)
    fig.legend()

#: right np imports | its own import, and a figure by number
def plot_history(history):
    import matplotlib.pyplot as pyplot
    pyplot.figure(1)
    for i, label in enumerate(["train loss", "train acc", "test acc"]):
        pyplot.plot(range(1, len(history) + 1), [epoch[i] for epoch in history])
    pyplot.gca().legend(["train loss", "train acc", "test acc"])
    for line, label in zip(pyplot.gca().get_lines(), ["train loss", "train acc", "test acc"]):
        line.set_label(label)

#: wrong np from_0 | [counts_from_0] epochs from 0
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(values, label=label)
    axes.legend()

#: wrong np last | [last_alone] the last epoch
def plot_history(history):
    fig, axes = plt.subplots()
    for label, value in zip(("train loss", "train acc", "test acc"), history[-1]):
        axes.plot([len(history)], [value], "o", label=label)
    axes.legend()

#: wrong np without_last | [leaves_out_the_last] one epoch too few
def plot_history(history):
    fig, axes = plt.subplots()
    epochs = range(1, len(history))
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history[:-1])):
        axes.plot(epochs, values, label=label)
    axes.legend()

#: wrong np no_legend | [no_legend] labels that nobody sees
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)

#: wrong np figure_each | [one_figure_each] a figure for each line
def plot_history(history):
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        fig, axes = plt.subplots()
        axes.plot(range(1, len(history) + 1), values, label=label)
        axes.legend()

#: wrong np closes | [closed] closed at the end
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()
    plt.close()

#: wrong np swapped | labels at other lines
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train acc", "train loss", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()

#: wrong np other_labels | other words
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("loss", "train", "test"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.legend()

#: wrong np cut_off | the picture cuts values off
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
    axes.set_ylim(0.9, 1)
    axes.legend()

#: wrong np invisible | lines that cannot be seen
def plot_history(history):
    fig, axes = plt.subplots()
    for label, values in zip(("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)[0].set_visible(False)
    axes.legend()

#: wrong np returns_it | [closed] numbers, no picture
def plot_history(history):
    return [list(values) for values in zip(*history)]

#: wrong np panels | three panels
def plot_history(history):
    fig, panels = plt.subplots(1, 3)
    for axes, label, values in zip(panels, ("train loss", "train acc", "test acc"), zip(*history)):
        axes.plot(range(1, len(history) + 1), values, label=label)
        axes.legend()
