#: right np book | subplots, both axes hidden
def show_images(imgs, num_rows, num_cols, titles):
    figsize = (num_cols * 1.5, num_rows * 1.5)
    _, axes = plt.subplots(num_rows, num_cols, figsize=figsize)
    axes = axes.flatten()
    for i, (ax, img) in enumerate(zip(axes, imgs)):
        ax.imshow(img.asnumpy())
        ax.axes.get_xaxis().set_visible(False)
        ax.axes.get_yaxis().set_visible(False)
        ax.set_title(titles[i])
    return axes

#: right np one_by_one | add_subplot, axes off
def show_images(imgs, num_rows, num_cols, titles):
    fig = plt.figure(figsize=(1.5 * num_cols, 1.5 * num_rows))
    for i in range(len(imgs)):
        ax = fig.add_subplot(num_rows, num_cols, i + 1)
        ax.imshow(imgs[i].asnumpy(), cmap="gray", vmin=0, vmax=1)
        ax.set_axis_off()
        ax.set_title(titles[i])

#: right np no_ticks | no ticks, titles at the left
def show_images(imgs, num_rows, num_cols, titles):
    for i, (img, title) in enumerate(zip(imgs, titles)):
        if i == 0:
            plt.gcf().set_size_inches(1.5 * num_cols, 1.5 * num_rows)
        plt.subplot(num_rows, num_cols, i + 1)
        plt.imshow(img.asnumpy())
        plt.xticks([])
        plt.yticks([])
        plt.title(title, loc="left")

#: right np tick_params | ticks and their labels left out
def show_images(imgs, num_rows, num_cols, titles):
    fig, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows), squeeze=False)
    for ax, img, title in zip(axes.ravel(), imgs, titles):
        ax.imshow(img.asnumpy())
        ax.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
        ax.set_title(title)

#: wrong np transposed | [turned] .T
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for ax, img, title in zip(axes.ravel(), imgs, titles):
        ax.imshow(img.asnumpy().T)
        ax.set_axis_off()
        ax.set_title(title)

#: wrong np first | [always_the_first] always the same
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for ax, title in zip(axes.ravel(), titles):
        ax.imshow(imgs[0].asnumpy())
        ax.set_axis_off()
        ax.set_title(title)

#: wrong np columns | [column_by_column] in Fortran's order
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for ax, img, title in zip(axes.T.ravel(), imgs, titles):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        ax.set_title(title)

#: wrong np last_axes | [all_in_one] plt.imshow draws into the last
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for ax, img, title in zip(axes.ravel(), imgs, titles):
        plt.imshow(img.asnumpy())
        ax.set_axis_off()
        ax.set_title(title)

#: wrong np figsize | [size_swapped] height and width
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_rows, 1.5 * num_cols))
    for ax, img, title in zip(axes.ravel(), imgs, titles):
        ax.imshow(img.asnumpy())
        ax.set_axis_off()
        ax.set_title(title)

#: wrong np ticks | [axes_shown] the axes are drawn
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for ax, img, title in zip(axes.ravel(), imgs, titles):
        ax.imshow(img.asnumpy())
        ax.set_title(title)

#: wrong np hidden | the images hidden too
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for ax, img, title in zip(axes.ravel(), imgs, titles):
        ax.imshow(img.asnumpy())
        ax.set_visible(False)
        ax.set_title(title)

#: wrong np mxnet_image | imshow takes no MXNet array
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for ax, img, title in zip(axes.ravel(), imgs, titles):
        ax.imshow(img)
        ax.set_axis_off()
        ax.set_title(title)

#: wrong np titles_off | the titles one off
def show_images(imgs, num_rows, num_cols, titles):
    _, axes = plt.subplots(num_rows, num_cols, figsize=(1.5 * num_cols, 1.5 * num_rows))
    for i, ax in enumerate(axes.ravel()):
        ax.imshow(imgs[i].asnumpy())
        ax.set_axis_off()
        ax.set_title(titles[i - 1])
